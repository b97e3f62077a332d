// labacces takeup report: what is measured of take-up.
#pragma once

#include "tools/command.hpp"

namespace labacces::tools {

/// `arguments` stand after "takeup report".
Exit takeup_report(const Arguments& arguments);

}  // namespace labacces::tools
