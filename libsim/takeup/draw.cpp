#include "libsim/takeup/draw.hpp"

namespace labacces::takeup {

std::vector<std::uint64_t> unit_keys(const Population& population, Level level) {
  std::vector<std::uint64_t> keys;
  keys.reserve(population.count(level));
  for (const std::string& id : population.ids(level)) keys.push_back(hash_name(id));
  return keys;
}

}  // namespace labacces::takeup
