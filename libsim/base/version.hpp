// The version of the library, said once in the top CMakeLists.txt.
#pragma once

namespace labacces {

/// "0.1.0"
const char* version();

}  // namespace labacces
