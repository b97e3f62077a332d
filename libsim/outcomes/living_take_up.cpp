#include "libsim/outcomes/living_take_up.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "libsim/base/parallel.hpp"
#include "libsim/outcomes/income.hpp"

namespace labacces::outcomes {
namespace {

constexpr double months_a_year = 12.0;

constexpr std::array<IncomeMeasure, 8> measures{
    IncomeMeasure::mean,           IncomeMeasure::median,           IncomeMeasure::poverty_rate_60,
    IncomeMeasure::poverty_gap_60, IncomeMeasure::poverty_rate_50,  IncomeMeasure::poverty_gap_50,
    IncomeMeasure::gini,           IncomeMeasure::interdecile_ratio};
constexpr std::array<const char*, measures.size()> titles{"", "median k€", "poor %", "gap %", "poor 50", "", "Gini %", ""};

bool is_of_the_poor(IncomeMeasure measure) {
  return measure == IncomeMeasure::poverty_rate_60 || measure == IncomeMeasure::poverty_rate_50 ||
         measure == IncomeMeasure::poverty_gap_60 || measure == IncomeMeasure::poverty_gap_50;
}

/// Standards of living of all rows in two cases; were all rights claimed, they are the data's.
struct Cases {
  std::vector<double> paid, without;
};

Cases cases_of(const TakeUpData& data, const Receipts& receipts) {
  Cases out{data.living.full, {}};
  std::vector<double> got(out.paid.size(), 0.0);
  for (std::size_t b = 0; b < data.benefits.size(); ++b) {
    const BenefitUnits& units = data.benefits[b];
    if (units.in_kind) continue;
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      const std::size_t at = (unit + 1) * units.months - 1;
      const double right = units.rights[at], received = receipts[b].received[at];
      const double a_year = months_a_year / data.living.consumption_units[units.rows[unit]];
      const double missing = data.living.resolved ? right - received : std::max(0.0, right - received);
      out.paid[units.rows[unit]] -= a_year * missing;
      const bool counts_whole = data.living.holds_all_receipts || data.living.resolved;
      got[units.rows[unit]] += a_year * (counts_whole ? received : std::min(right, received));
    }
  }
  out.without = out.paid;
  for (std::size_t row = 0; row < got.size(); ++row) out.without[row] -= got[row];
  return out;
}

IncomeDesign design_under(const TakeUpData& data, const std::vector<double>& weights) {
  IncomeDesign design;
  design.households = weights;
  for (std::size_t row = 0; row < weights.size(); ++row) design.persons.push_back(weights[row] * data.living.persons[row]);
  return design;
}

using Measured = std::array<Linearised, measures.size()>;
using Values = std::array<double, measures.size()>;

Measured measured(const std::vector<double>& incomes, const IncomeDesign& design) {
  const IncomeDistribution distribution(incomes, design);
  Measured out;
  for (std::size_t i = 0; i < measures.size(); ++i) out[i] = distribution.linearised(measures[i], distribution);
  return out;
}

Values values_of(const Measured& from) {
  Values out;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = from[i].known ? from[i].value : std::nan("");
  return out;
}

std::uint64_t poor_of(const std::vector<double>& incomes, const IncomeDesign& design, double share_of_median) {
  const double line = share_of_median * IncomeDistribution(incomes, design).quantile(0.5);
  return static_cast<std::uint64_t>(std::count_if(incomes.begin(), incomes.end(), [&](double income) { return income < line; }));
}

/// Values and influences of one case over everything drawn.
class Case {
 public:
  void add_replication(const Measured& found, const IncomeDesign& design) {
    by_replication_.push_back(values_of(found));
    for (std::size_t i = 0; i < found.size(); ++i) {
      influence_[i].resize(design.persons.size(), 0.0);
      for (std::size_t row = 0; row < found[i].influence.size(); ++row)
        influence_[i][row] += design.persons[row] * found[i].influence[row];
    }
  }
  void add_parameters(const Values& values) { by_parameters_.push_back(values); }
  void add_replicate(const Values& values) { by_replicate_.push_back(values); }

  /// What it is more than `base`, draw by draw; a case drawn once is the same in all.
  Case less(const Case& base) const {
    Case out;
    const auto difference = [](const std::vector<Values>& a, const std::vector<Values>& b) {
      std::vector<Values> all(std::max(a.size(), b.size()));
      for (std::size_t k = 0; k < all.size(); ++k) {
        for (std::size_t i = 0; i < all[k].size(); ++i)
          all[k][i] = a[std::min(k, a.size() - 1)][i] - b[std::min(k, b.size() - 1)][i];
      }
      return all;
    };
    out.by_replication_ = difference(by_replication_, base.by_replication_);
    if (!base.by_parameters_.empty())
      out.by_parameters_ =
          difference(by_parameters_.empty() ? std::vector<Values>{by_replication_[0]} : by_parameters_, base.by_parameters_);
    if (!base.by_replicate_.empty()) out.by_replicate_ = difference(by_replicate_, base.by_replicate_);
    for (std::size_t i = 0; i < measures.size(); ++i) {
      for (std::size_t row = 0; row < influence_[i].size(); ++row) {
        out.influence_[i].push_back((influence_[i][row] / count() - base.influence_[i][row] / base.count()) * out.count());
      }
    }
    return out;
  }

  MeasuredFigure figure(std::size_t i, const SurveyDesign& design, DesignVariance& variance, const DrawPlan& plan) const {
    const std::vector<double> replications = column(by_replication_, i);
    const double value = std::accumulate(replications.begin(), replications.end(), 0.0) / count();
    if (std::isnan(value)) return {};
    const double of_draws = variance_of(replications);
    const VarianceParts parts =
        parts_of(sampled(i, of_draws, design, variance), of_draws, variance_of(column(by_parameters_, i)), plan);
    return {{value, std::sqrt(parts.total()), true}, parts, 0};
  }

 private:
  double count() const { return static_cast<double>(by_replication_.size()); }
  static std::vector<double> column(const std::vector<Values>& from, std::size_t i) {
    std::vector<double> out;
    for (const Values& values : from) out.push_back(values[i]);
    return out;
  }

  double sampled(std::size_t i, double of_draws, const SurveyDesign& design, DesignVariance& variance) const {
    if (!design.replicates.empty()) {
      // Of the first replication alone, luck and all: the mean over all has a share of the luck only.
      const double one = variance.of_replicates(by_replication_[0][i], column(by_replicate_, i));
      return std::max(0.0, one - of_draws) + of_draws / count();
    }
    std::vector<std::uint32_t> rows(influence_[i].size());
    std::iota(rows.begin(), rows.end(), 0U);
    std::vector<double> residuals = influence_[i];
    for (double& residual : residuals) residual /= count();
    return variance.of_residuals(rows, residuals);
  }

  std::vector<Values> by_replication_, by_parameters_, by_replicate_;
  std::array<std::vector<double>, measures.size()> influence_;  // persons times influence, summed over replications
};

void add_parameter_draws(const TakeUpData& data, const IncomeDesign& design, unsigned threads, Case& paid) {
  const std::size_t few = std::min(data.plan.replications, replications_of_parameters);
  std::vector<Values> drawn(data.plan.parameter_draws, Values{});
  for_each_chunk(drawn.size(), threads, [&](std::size_t k, unsigned) {
    for (std::size_t m = 0; m < few; ++m) {
      const Values values = values_of(measured(cases_of(data, data.receipts(k + 1, m)).paid, design));
      for (std::size_t i = 0; i < values.size(); ++i) drawn[k][i] += values[i] / static_cast<double>(few);
    }
  });
  for (const Values& values : drawn) paid.add_parameters(values);
}

}  // namespace

std::vector<FigureOf> living_figures() {
  std::vector<FigureOf> out;
  for (std::size_t i = 0; i < measures.size(); ++i) {
    const IncomeMeasureName& name = income_measures[static_cast<std::size_t>(measures[i])];
    FigureOf& figure = out.emplace_back();
    figure.name = name.name;
    figure.unit = name.unit;
    figure.title = titles[i];
    figure.block = is_of_the_poor(measures[i]) ? "poor" : "";
  }
  return out;
}

std::vector<MeasuredCell> measure_living(const TakeUpData& data, unsigned threads) {
  if (!data.living.known()) return {};
  const IncomeDesign design = design_under(data, data.design.weights);
  const Cases first = cases_of(data, data.receipts(0, 0));
  const std::array<const std::vector<double>*, 3> incomes{&first.without, &first.paid, &data.living.full};
  std::array<Case, 3> cases;
  for (std::size_t c = 0; c < cases.size(); ++c) cases[c].add_replication(measured(*incomes[c], design), design);
  for (std::size_t m = 1; m < data.plan.replications; ++m)
    cases[1].add_replication(measured(cases_of(data, data.receipts(0, m)).paid, design), design);
  add_parameter_draws(data, design, threads, cases[1]);
  for (const std::vector<double>& weights : data.design.replicates) {
    const IncomeDesign under = design_under(data, weights);
    for (std::size_t c = 0; c < cases.size(); ++c) cases[c].add_replicate(values_of(measured(*incomes[c], under)));
  }
  DesignVariance variance(data.design);
  std::vector<MeasuredCell> out;
  const std::array<const char*, 4> names{"without_benefits", "paid", "full_take_up", "full_less_paid"};
  const Case change = cases[2].less(cases[1]);
  for (std::size_t c = 0; c < names.size(); ++c) {
    MeasuredCell& cell = out.emplace_back();
    cell.name = names[c];
    cell.sampled = data.living.full.size();
    const std::vector<double>& lived = *incomes[std::min<std::size_t>(c, 2)];
    const std::uint64_t poor = std::min(poor_of(lived, design, 0.6), poor_of(lived, design, 0.5));
    const Case& of = c < cases.size() ? cases[c] : change;
    for (std::size_t i = 0; i < measures.size(); ++i) {
      cell.figures.push_back(of.figure(i, data.design, variance, data.plan));
      cell.figures.back().sampled = is_of_the_poor(measures[i]) ? poor : cell.sampled;
    }
  }
  return out;
}

}  // namespace labacces::outcomes
