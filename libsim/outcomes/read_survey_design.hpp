// The survey design of dwellings, from a CSV beside the population.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsim/outcomes/survey_design.hpp"

namespace labacces::outcomes {

/// Names of columns; "" = none. `replicates`: what the names of the columns of replicate weights begin with;
/// `method` "": they are other weights of the same dwellings, and give no variance.
struct DesignColumns {
  std::string stratum, cluster, replicates, method = "bootstrap";
};

/// One row a dwelling, its id in the column idmen; `ids` are those of the population, in order. Weights are left empty: they are the population's. Throws Error
/// with line: a dwelling twice, or not in the population, or missing; a column that is missing (nearest name); a weight that is not a number of 0 or more.
SurveyDesign read_survey_design(const std::string& file, std::string_view text, const std::vector<std::string>& ids,
                                const DesignColumns& columns);

}  // namespace labacces::outcomes
