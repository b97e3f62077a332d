// Links of the persons of one chunk to the units of one group level, as rows counted from the chunk's first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "libsim/engine/chunks.hpp"
#include "libsim/population/population.hpp"

namespace labacces::engine {

class GroupLinks {
 public:
  /// Room for chunks of up to `capacity` rows; `with_members` when member lists are needed (for ranks).
  GroupLinks(std::size_t capacity, bool with_members);

  /// Takes the links of a chunk; nothing is allocated.
  void load(const Population& population, Level group, const Chunk& chunk) noexcept;

  const std::int32_t* unit_of() const { return unit_of_.data(); }
  const std::int32_t* principal_of() const { return principal_of_.data(); }

  /// out[i] = place of person i by rising `key` among the members of its unit where `condition` is not 0 (null: all of them),
  /// the earlier row first among equals; 0 where the condition does not hold.
  void rank(double* out, const double* key, const double* condition) noexcept;

 private:
  void list_members() noexcept;

  std::size_t persons_ = 0, units_ = 0;
  std::vector<std::int32_t> unit_of_, principal_of_;
  std::vector<std::int32_t> start_;    // of each unit in members_, and the end
  std::vector<std::int32_t> members_;  // rows of persons by unit, rising in each
  std::vector<std::int32_t> chosen_;   // of one unit, for rank
};

}  // namespace labacces::engine
