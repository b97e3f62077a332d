// Maximum of a log-likelihood that is a weighted sum over units, by their scores (Berndt, Hall, Hall, Hausman 1974). Internal to this folder.
#pragma once

#include <Eigen/Core>

#include "libsim/takeup/sample.hpp"

namespace labacces::takeup {

/// A model's log-likelihood at its parameters; `scores`, when asked, gets a row for each unit. Not weighted: weights are `weights()`.
class UnitLikelihood {
 public:
  virtual ~UnitLikelihood() = default;
  /// Log-likelihood of each unit.
  virtual Eigen::VectorXd evaluate(const Eigen::VectorXd& parameters, Eigen::MatrixXd* scores) const = 0;
};

struct Maximum {
  Eigen::VectorXd parameters;
  Eigen::MatrixXd covariance;
  double log_likelihood = 0.0;
  int iterations = 0;
};

/// Covariates of the sample as a matrix, the constant first.
Eigen::MatrixXd matrix_of(const Sample& sample);

/// Steps along the inverse of the scores' outer products, halved until the log-likelihood rises, then Newton's; the covariance from the Hessian
/// (central differences of the scores' sum) and, for robust and clustered errors, the sandwich of choice.hpp. Throws Error when there is no maximum to
/// be found: `what` names the model.
Maximum maximise(const UnitLikelihood& model, const Sample& sample, const Eigen::VectorXd& start, Errors errors,
                 const char* what);

}  // namespace labacces::takeup
