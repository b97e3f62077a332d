// All that a report of take-up needs: rights, receipts, survey design, standards of living.
#pragma once

#include <string>
#include <vector>

#include "libsim/outcomes/non_take_up_units.hpp"

namespace labacces::outcomes {

/// Standards of living of the rows of the design; all empty when they are not known.
struct LivingStandards {
  std::vector<double> full;  ///< EUR/year and consumption unit, were all rights claimed
  std::vector<double> consumption_units;
  std::vector<double> persons;
  bool holds_all_receipts = false;  ///< what is received without a simulated right is in them, too
  bool resolved =
      false;  ///< receipt is a right given what others are paid: it may be more than that at full take-up, and is paid whole
  bool known() const { return !full.empty(); }
};

/// Rights measured with incomes seen with error, against receipt as it is: apparent_table of each benefit, drawn `plan.replications` times.
struct IncomeError {
  double deviation = 0.0;  ///< standard deviation of the logarithm of the error
  std::vector<QuantityTable> tables;
  DrawPlan plan;
  ReceiptSource receipts;
};

struct TakeUpData {
  std::string title;            ///< of tables
  std::string source;           ///< of the data
  bool synthetic = false;       ///< small cells need not be hidden
  bool no_suppression = false;  ///< asked for: small cells are shown all the same
  bool observed = false;        ///< receipt is seen for all benefits, not simulated
  SurveyDesign design;
  std::vector<BenefitUnits> benefits;
  LivingStandards living;
  DrawPlan plan;
  ReceiptSource receipts;
  std::vector<IncomeError> income_errors;
};

/// Places of the tenths of persons: code 0 .. 9 of each row, by `living`, weighted by weights times persons. Equal values share a tenth.
std::vector<std::uint16_t> tenths(const std::vector<double>& living, const std::vector<double>& weights,
                                  const std::vector<double>& persons);

/// The group "decile" of the units of a benefit.
QuantityTable::Group decile_group(const BenefitUnits& units, const std::vector<std::uint16_t>& tenth_of_row);

}  // namespace labacces::outcomes
