// Population: look-up of variables by name.
#include "libsim/population/population.hpp"

namespace labacces {

const VariableData* Population::find(std::string_view name) const {
  const auto found = index_.find(std::string(name));
  return found == index_.end() ? nullptr : &variables_[found->second];
}

}  // namespace labacces
