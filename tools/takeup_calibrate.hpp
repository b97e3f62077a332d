// labacces takeup calibrate. Internal to tools.
#pragma once

#include "tools/command.hpp"

namespace labacces::tools {

Exit takeup_calibrate(const Arguments& arguments);

}  // namespace labacces::tools
