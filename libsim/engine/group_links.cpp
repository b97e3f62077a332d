#include "libsim/engine/group_links.hpp"

#include <algorithm>
#include <limits>
#include <span>

namespace labacces::engine {
namespace {

/// Ranks of a small unit: count those that come before.
void rank_by_counting(std::span<const std::int32_t> chosen, const double* key, double* out) {
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const double own = key[chosen[i]];
    std::size_t before = 0;
    for (std::size_t j = 0; j < i; ++j) before += key[chosen[j]] <= own ? 1U : 0U;
    for (std::size_t j = i + 1; j < chosen.size(); ++j) before += key[chosen[j]] < own ? 1U : 0U;
    out[chosen[i]] = static_cast<double>(before + 1);
  }
}

void rank_by_sorting(std::span<std::int32_t> chosen, const double* key, double* out) {
  const auto sortable = [key](std::int32_t row) {
    return key[row] == key[row] ? key[row] : std::numeric_limits<double>::infinity();  // a NaN has no place in an order
  };
  std::sort(chosen.begin(), chosen.end(),
            [&](std::int32_t a, std::int32_t b) { return sortable(a) != sortable(b) ? sortable(a) < sortable(b) : a < b; });
  for (std::size_t i = 0; i < chosen.size(); ++i) out[chosen[i]] = static_cast<double>(i + 1);
}

}  // namespace

GroupLinks::GroupLinks(std::size_t capacity, bool with_members) : unit_of_(capacity), principal_of_(capacity) {
  if (!with_members) return;
  start_.resize(capacity + 2);
  members_.resize(capacity);
  chosen_.resize(capacity);
}

void GroupLinks::load(const Population& population, Level group, const Chunk& chunk) noexcept {
  const Membership& links = population.membership(group);
  const std::size_t first_person = chunk.first[index_of(Level::individu)];
  const std::size_t first_unit = chunk.first[index_of(group)];
  persons_ = chunk.size[index_of(Level::individu)];
  units_ = chunk.size[index_of(group)];
  const auto unit_shift = static_cast<std::int32_t>(first_unit);
  const auto person_shift = static_cast<std::int32_t>(first_person);
  for (std::size_t i = 0; i < persons_; ++i) unit_of_[i] = links.unit_of[first_person + i] - unit_shift;
  for (std::size_t i = 0; i < units_; ++i) principal_of_[i] = links.principal_of[first_unit + i] - person_shift;
  if (!members_.empty()) list_members();
}

void GroupLinks::list_members() noexcept {
  // A counting sort: start_[u + 1] first counts, then is where the next member of u goes, and ends as the start of u + 1.
  std::fill_n(start_.begin(), units_ + 2, 0);
  for (std::size_t i = 0; i < persons_; ++i) ++start_[static_cast<std::size_t>(unit_of_[i]) + 2];
  for (std::size_t u = 2; u < units_ + 2; ++u) start_[u] += start_[u - 1];
  for (std::size_t i = 0; i < persons_; ++i) {
    std::int32_t& place = start_[static_cast<std::size_t>(unit_of_[i]) + 1];
    members_[static_cast<std::size_t>(place++)] = static_cast<std::int32_t>(i);
  }
}

void GroupLinks::rank(double* out, const double* key, const double* condition) noexcept {
  constexpr std::size_t small = 32;  // up to here counting is faster than sorting
  std::fill_n(out, persons_, 0.0);
  for (std::size_t u = 0; u < units_; ++u) {
    std::size_t count = 0;
    for (auto place = static_cast<std::size_t>(start_[u]); place < static_cast<std::size_t>(start_[u + 1]); ++place) {
      const std::int32_t row = members_[place];
      chosen_[count] = row;
      count += condition == nullptr || condition[row] != 0.0 ? 1U : 0U;
    }
    const std::span<std::int32_t> chosen(chosen_.data(), count);
    if (count <= small) {
      rank_by_counting(chosen, key, out);
    } else {
      rank_by_sorting(chosen, key, out);
    }
  }
}

}  // namespace labacces::engine
