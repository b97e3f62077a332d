#include "libsim/base/version.hpp"

namespace labacces {

const char* version() { return LABACCES_VERSION; }

}  // namespace labacces
