// The words of labacces population.
#pragma once

#include "tools/command.hpp"

namespace labacces::tools {

Exit population_template(const Arguments& arguments);  // population template

}  // namespace labacces::tools
