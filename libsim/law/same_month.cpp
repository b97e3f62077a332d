#include "libsim/law/same_month.hpp"

#include <algorithm>
#include <unordered_map>

namespace labacces::law {
namespace {

using Readings = std::unordered_map<std::uint32_t, std::vector<std::uint32_t>>;

Readings readings_in(const Law& law, const std::vector<VersionReferences>& references, Month month) {
  Readings out;
  for (const VersionReferences& version : references) {
    if (!law.variables()[version.variable].versions[version.version].in_force.contains(month)) continue;
    for (const Reference& reference : version.references) {
      const bool same_month = reference.offsets.least <= 0 && reference.offsets.most >= 0;
      if (reference.kind == Reference::Kind::variable && same_month) out[version.variable].push_back(reference.index);
    }
  }
  return out;
}

}  // namespace

std::vector<std::uint32_t> SameMonth::path(std::uint32_t from, std::uint32_t to, Month month) const {
  if (from == to) return {};
  const Readings readings = readings_in(law_, references_, month);
  std::unordered_map<std::uint32_t, std::uint32_t> came_from{{from, from}};
  std::vector<std::uint32_t> waiting{from};
  for (std::size_t i = 0; i < waiting.size() && !came_from.contains(to); ++i) {
    const auto found = readings.find(waiting[i]);
    if (found == readings.end()) continue;
    for (const std::uint32_t next : found->second) {
      if (came_from.emplace(next, waiting[i]).second) waiting.push_back(next);
    }
  }
  if (!came_from.contains(to)) return {};
  std::vector<std::uint32_t> path{to};
  while (path.back() != from) path.push_back(came_from[path.back()]);
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace labacces::law
