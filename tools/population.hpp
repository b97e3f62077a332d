// The words of labacces population.
#pragma once

#include "tools/command.hpp"

namespace labacces::tools {

Exit population_calibrate(const Arguments& arguments);  // population calibrate
Exit population_check(const Arguments& arguments);      // population check
Exit population_convert(const Arguments& arguments);    // population convert
Exit population_generate(const Arguments& arguments);   // population generate
Exit population_margins(const Arguments& arguments);    // population margins
Exit population_template(const Arguments& arguments);   // population template
Exit population_uprate(const Arguments& arguments);     // population uprate

}  // namespace labacces::tools
