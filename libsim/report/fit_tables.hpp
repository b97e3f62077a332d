// Estimates of take-up as tables, in the form in which the field prints them.
#pragma once

#include <string>
#include <vector>

#include "libsim/report/table.hpp"
#include "libsim/takeup/biprobit.hpp"
#include "libsim/takeup/choice.hpp"
#include "libsim/takeup/misclassified.hpp"
#include "libsim/takeup/misclassified_eligibility.hpp"

namespace labacces::report {

/// Coefficients with errors, tests, intervals and marginal effects; the fit in the notes. `references`: of the categories.
Table fit_table(const takeup::ChoiceFit& fit, const std::vector<std::string>& references);
Table fit_table(const takeup::MisclassifiedFit& fit, const std::vector<std::string>& references);

Table fit_table(const takeup::EligibilityFit& fit, const std::vector<std::string>& references);
/// Both equations, the correlation and the joint rates; `first` and `second` name the benefits.
Table fit_table(const takeup::BiprobitFit& fit, const std::string& first, const std::string& second,
                const std::vector<std::string>& references);

/// Tenths of the predicted probability: predicted and observed rates.
Table calibration_table(const takeup::GoodnessOfFit& goodness);

/// Observed and fitted rates by cell.
Table cells_table(const std::vector<takeup::CellFit>& cells);

/// The same figures unrounded (format "labacces-fit/1").
std::string fit_json(const takeup::ChoiceFit& fit, const std::vector<takeup::CellFit>& cells,
                     const std::vector<std::string>& references);
std::string fit_json(const takeup::MisclassifiedFit& fit, const std::vector<std::string>& references);
std::string fit_json(const takeup::EligibilityFit& fit, const std::vector<std::string>& references);
std::string fit_json(const takeup::BiprobitFit& fit, const std::string& first, const std::string& second,
                     const std::vector<std::string>& references);

}  // namespace labacces::report
