// Units with observed receipt, as the estimators take them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace labacces::takeup {

/// Units that have the right. `columns[j][i]` is covariate j of unit i; the constant is not among them, estimators add it.
struct Sample {
  std::vector<std::string> names;            ///< of the covariates
  std::vector<std::vector<double>> columns;  ///< finite numbers
  std::vector<double> claims;                ///< 1 receives, 0 does not
  std::vector<double> weights;               ///< 0 or more; empty = 1
  std::vector<std::uint64_t> clusters;       ///< a code for each unit; empty = each unit for itself
  std::vector<std::uint64_t> strata = {};    ///< a code for each unit, clusters nested in them; empty = none
  std::size_t size() const { return claims.size(); }
  double weight(std::size_t i) const { return weights.empty() ? 1.0 : weights[i]; }
};

/// Throws Error, naming the culprit: no units, columns of another length, a value that is not finite, a receipt that is neither 0 nor 1,
/// a negative weight or weights that are all 0, a constant column, a column that is a combination of others, no unit that receives (or that
/// does not), fewer of either than coefficients, a covariate that splits takers from non-takers (separation). Units without weight do not count.
void check_sample(const Sample& sample, unsigned threads = 1);

/// How the spread of the estimates is computed.
enum class Errors : unsigned char {
  classical,  ///< inverse of the information; weights are numbers of equal units
  robust,     ///< sandwich over units: weights are survey weights
  clustered,  ///< sandwich over clusters
};

/// An estimate with its standard error, normal test of 0 and 95 % interval.
struct Coefficient {
  std::string name;
  double value = 0.0, standard_error = 0.0;
  double z() const { return value / standard_error; }
  double p_value() const;  ///< two-sided
  double low() const;
  double high() const;
};

}  // namespace labacces::takeup
