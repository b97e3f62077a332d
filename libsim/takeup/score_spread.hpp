// The spread of scores over units or clusters: the middle of the sandwich. Internal to this folder.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <functional>

#include "libsim/takeup/sample.hpp"

namespace labacces::takeup {

struct ScoreSpread {
  Eigen::MatrixXd matrix;    ///< with the factor n / (n - 1)
  std::size_t clusters = 0;  ///< of units with a weight
};

/// Weighted scores of the units of a block (design.hpp), one a row.
using ScoreReader = std::function<void(std::size_t block, Eigen::MatrixXd& scores)>;

/// n / (n - 1) sum u_c u_c' over the clusters (each unit for itself where the errors are not clustered); with strata the sum over them of
/// n_h / (n_h - 1) sum (u_hc - mean u_h)(u_hc - mean u_h)', clusters nested in strata (Binder 1983; survey::svyglm of R). Throws Error: one
/// cluster alone, in all or in a stratum.
ScoreSpread spread_of_scores(const Sample& sample, Errors errors, Eigen::Index parameters, unsigned threads,
                             const ScoreReader& read);

}  // namespace labacces::takeup
