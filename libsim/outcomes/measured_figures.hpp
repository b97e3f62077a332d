// Figures of take-up by cell, each with its standard error and where that comes from: the sample, the luck of claiming, the parameters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "libsim/outcomes/estimate.hpp"
#include "libsim/outcomes/survey_design.hpp"

namespace labacces::outcomes {

/// What the units of one benefit receive; months oldest first.
struct Receipt {
  std::vector<double> received;       ///< EUR/month, [unit * months + month]
  std::vector<std::uint8_t> claimed;  ///< 1 where a claim was made, the same shape; empty = not known apart from receipt
};
using Receipts = std::vector<Receipt>;  ///< one a benefit

/// Receipts under replication `replication` of the luck of claiming and draw `parameter_draw` of the parameters (0: as estimated).
/// A pure function, called from several threads.
using ReceiptSource = std::function<Receipts(std::size_t parameter_draw, std::size_t replication)>;

/// Replications under each draw of the parameters: the luck is the same in all draws, so few say enough of what the parameters move.
inline constexpr std::size_t replications_of_parameters = 4;

/// How often receipts are drawn. Observed receipt: once.
struct DrawPlan {
  std::size_t replications = 1;
  std::size_t parameter_draws = 0;
  bool simulated = false;
};

/// A figure out of sums of quantities: numerator, or numerator / denominator, times the factor; less another ratio, where one is named.
struct FigureOf {
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::string name, unit;
  std::size_t numerator = 0, denominator = none;
  double factor = 1.0;
  bool known = true;       ///< false: the data cannot say it
  std::string why = {};    ///< then why
  std::string title = {};  ///< short, for tables with a column a figure
  /// Figures of one block are hidden together when one rests on few sampled entries; "" = by itself never.
  std::string block = {};
  std::size_t less_numerator = none, less_denominator = none;
  double less_factor = 1.0;
};

/// Entries (units, dwellings ...) with quantities that depend on who receives what, and the groups by which they are shown.
struct QuantityTable {
  struct Group {
    std::string name, label;
    std::vector<std::string> cells;
    std::vector<std::uint16_t> code;  ///< of each entry
  };
  std::vector<std::uint32_t> rows;  ///< of the survey design, one an entry
  std::vector<Group> groups;        ///< after "all", which is always there
  std::size_t quantities = 0;
  std::size_t counted = 0;  ///< entries where this quantity is above 0 are those that a cell is said to rest on
  std::vector<FigureOf> figures;
  std::function<void(const Receipts& receipts, std::span<double> values)> fill;  ///< values[entry * quantities + quantity]
};

/// Parts of a variance.
struct VarianceParts {
  double design = 0.0, draws = 0.0, parameters = 0.0;
  double total() const { return design + draws + parameters; }
};

struct MeasuredFigure {
  Estimate estimate;
  VarianceParts parts;
  std::uint64_t sampled = 0;  ///< entries whose numerator is above 0
};

/// The dominance rule (1, 85 %) of official statistics.
inline constexpr double dominating_share = 0.85;

struct MeasuredCell {
  std::string name;
  std::uint64_t sampled = 0;  ///< entries that count
  std::vector<MeasuredFigure> figures;
  bool dominated = false;  ///< one entry makes up more than dominating_share of a total of euros
};
struct MeasuredGroup {
  std::string name, label;
  std::vector<MeasuredCell> cells;
};

/// All tables in one pass over the draws: [table][group], the first group is "all". Values are means over the replications; docs/methods/non-take-up.md has
/// the formulas of the variance. Throws Error on a survey design that has no variance (DesignVariance).
std::vector<std::vector<MeasuredGroup>> measure_tables(const SurveyDesign& design, std::span<const QuantityTable> tables,
                                                       const DrawPlan& plan, const ReceiptSource& receipts, unsigned threads = 0);

/// Variance of values around their mean, and of their mean's draws: sum (x - mean)^2 / (n - 1); 0 with fewer than two.
double variance_of(std::span<const double> values);

/// The parts out of what is measured: `sampled` the design variance of the mean over replications (the luck of the draws is in it),
/// `of_draws` the variance between replications, `of_parameters` that between draws of the parameters.
VarianceParts parts_of(double sampled, double of_draws, double of_parameters, const DrawPlan& plan);

}  // namespace labacces::outcomes
