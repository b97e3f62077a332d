// Suggestions for misspelt names.
#include <algorithm>
#include <vector>

#include "libsim/base/diagnostics.hpp"

namespace labacces {
namespace {

constexpr std::size_t longest_compared = 80;

/// Damerau-Levenshtein distance (adjacent swaps count one).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

}  // namespace

std::string nearest_name(std::string_view name, const std::vector<std::string>& candidates) {
  if (name.empty() || name.size() > longest_compared) return {};
  const std::size_t allowed = std::max<std::size_t>(1, (name.size() + 2) / 3);
  std::size_t best = allowed + 1;
  const std::string* found = nullptr;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > name.size() + allowed || name.size() > candidate.size() + allowed) continue;
    const std::size_t d = distance(name, candidate);
    if (d < best || (d == best && found != nullptr && candidate < *found)) {
      best = d;
      found = &candidate;
    }
  }
  return found == nullptr || best > allowed ? std::string{} : *found;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& candidates) {
  const std::string nearest = nearest_name(name, candidates);
  return nearest.empty() ? std::string{} : "did you mean '" + nearest + "'?";
}

}  // namespace labacces
