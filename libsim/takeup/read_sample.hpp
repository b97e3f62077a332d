// A CSV of units with observed receipt, as a sample for the estimators.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/takeup/sample.hpp"

namespace labacces::takeup {

/// Which columns mean what. `log(x)` as a covariate is the natural logarithm of column x. A covariate whose cells are not all numbers is a
/// category: one indicator for each of its values ("tenure=hlm") but the first in the order of bytes, which is the reference.
struct SampleColumns {
  std::string receipt;  ///< 0 or 1
  std::vector<std::string> covariates;
  std::string weight, cluster;    ///< "" = none; clusters may be texts
  std::string right;              ///< "" = all rows; else only rows where it is above 0 are kept
  std::string months;             ///< "" = none; whole numbers, for hazards
  std::string cells;              ///< "" = none; the category by which fitted and observed rates are set side by side
  std::string stratum = {};       ///< "" = none; strata may be texts
  std::string second_right = {};  ///< "" = none; only rows where it, too, is above 0 are kept
  bool keep_without_right =
      false;  ///< rows where `right` is not above 0 are kept all the same, and `eligible` says which they are
};

struct ReadSample {
  Sample sample;
  std::vector<int> months;              ///< of each unit; empty when not asked
  std::vector<std::string> cells;       ///< of each unit; empty when not asked
  std::vector<double> eligible;         ///< 1 where `right` is above 0, else 0; empty when rows without it are left out
  std::vector<std::string> references;  ///< "tenure=owner": the reference of each category
  std::size_t rows = 0;                 ///< of the file, kept or not
};

/// Throws Error with line and column: a column that is missing (nearest name), an empty cell, a text where a number is needed, a logarithm of
/// a number that is not above 0, a category of more than 50 values, and what is wrong with the CSV itself.
ReadSample read_sample(const std::string& file, std::string_view text, const SampleColumns& columns);

}  // namespace labacces::takeup
