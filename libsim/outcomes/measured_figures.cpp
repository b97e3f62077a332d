#include "libsim/outcomes/measured_figures.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/base/parallel.hpp"

namespace labacces::outcomes {
namespace {

/// Cells of all groups of a table, one after the other; "all" is cell 0.
struct Layout {
  explicit Layout(const QuantityTable& of) : table(of) {
    first.push_back(0);
    cells = 1;
    for (const QuantityTable::Group& group : table.groups) {
      first.push_back(cells);
      cells += group.cells.size();
    }
  }
  std::size_t cell(std::size_t group, std::size_t entry) const {
    return group == 0 ? 0 : first[group] + table.groups[group - 1].code[entry];
  }
  const QuantityTable& table;
  std::vector<std::size_t> first;  // cell of each group
  std::size_t cells = 0;
};

std::vector<double> values_of(const QuantityTable& table, const Receipts& receipts) {
  std::vector<double> values(table.rows.size() * table.quantities, 0.0);
  table.fill(receipts, values);
  return values;
}

/// Weighted sums, [cell * quantities + quantity].
std::vector<double> totals_of(const Layout& layout, std::span<const double> values, std::span<const double> weights) {
  const std::size_t q = layout.table.quantities;
  std::vector<double> totals(layout.cells * q, 0.0);
  for (std::size_t entry = 0; entry < layout.table.rows.size(); ++entry) {
    const double weight = weights[layout.table.rows[entry]];
    for (std::size_t group = 0; group < layout.first.size(); ++group) {
      double* into = totals.data() + layout.cell(group, entry) * q;
      for (std::size_t i = 0; i < q; ++i) into[i] += weight * values[entry * q + i];
    }
  }
  return totals;
}

/// The figure from the sums of one cell; NaN where the denominator is 0.
double figure_value(const FigureOf& figure, const double* totals) {
  if (figure.denominator == FigureOf::none) return figure.factor * totals[figure.numerator];
  if (!(totals[figure.denominator] > 0.0)) return std::nan("");
  const double value = figure.factor * totals[figure.numerator] / totals[figure.denominator];
  if (figure.less_numerator == FigureOf::none) return value;
  if (!(totals[figure.less_denominator] > 0.0)) return std::nan("");
  return value - figure.less_factor * totals[figure.less_numerator] / totals[figure.less_denominator];
}

/// Everything drawn of one table.
struct Drawn {
  std::vector<double> mean;                         // of the values over replications
  std::vector<std::vector<double>> by_replication;  // totals
  std::vector<std::vector<double>> by_parameters;   // totals, mean over replications
};

void add_to(std::vector<double>& sum, const std::vector<double>& more) {
  if (sum.empty()) sum.assign(more.size(), 0.0);
  for (std::size_t i = 0; i < more.size(); ++i) sum[i] += more[i];
}

void divide(std::vector<double>& values, std::size_t by) {
  for (double& value : values) value /= static_cast<double>(by);
}

std::vector<Drawn> draw_all(const SurveyDesign& design, std::span<const QuantityTable> tables, std::span<const Layout> layouts,
                            const DrawPlan& plan, const ReceiptSource& receipts, unsigned threads) {
  std::vector<Drawn> drawn(tables.size());
  for (std::size_t m = 0; m < plan.replications; ++m) {
    const Receipts now = receipts(0, m);
    for (std::size_t t = 0; t < tables.size(); ++t) {
      const std::vector<double> values = values_of(tables[t], now);
      drawn[t].by_replication.push_back(totals_of(layouts[t], values, design.weights));
      add_to(drawn[t].mean, values);
    }
  }
  for (Drawn& one : drawn) {
    divide(one.mean, plan.replications);
    one.by_parameters.resize(plan.parameter_draws);
  }
  const std::size_t few = std::min(plan.replications, replications_of_parameters);
  for_each_chunk(plan.parameter_draws, threads, [&](std::size_t k, unsigned) {
    for (std::size_t m = 0; m < few; ++m) {
      const Receipts now = receipts(k + 1, m);
      for (std::size_t t = 0; t < tables.size(); ++t) {
        add_to(drawn[t].by_parameters[k], totals_of(layouts[t], values_of(tables[t], now), design.weights));
      }
    }
    for (Drawn& one : drawn) divide(one.by_parameters[k], few);
  });
  return drawn;
}

/// Entries of each cell of one group.
std::vector<std::vector<std::uint32_t>> entries_by_cell(const Layout& layout, std::size_t group) {
  std::vector<std::vector<std::uint32_t>> out(group == 0 ? 1 : layout.table.groups[group - 1].cells.size());
  for (std::size_t entry = 0; entry < layout.table.rows.size(); ++entry) {
    out[layout.cell(group, entry) - layout.first[group]].push_back(static_cast<std::uint32_t>(entry));
  }
  return out;
}

class TableMeasure {
 public:
  TableMeasure(const SurveyDesign& design, const Layout& layout, const Drawn& drawn, const DrawPlan& plan)
      : design_(design), variance_(design), layout_(layout), drawn_(drawn), plan_(plan) {
    totals_ = totals_of(layout, drawn.mean, design.weights);
    for (const std::vector<double>& weights : design.replicates)
      under_replicates_.push_back(totals_of(layout, drawn.mean, weights));
  }

  std::vector<MeasuredGroup> groups() {
    std::vector<MeasuredGroup> out;
    for (std::size_t g = 0; g < layout_.first.size(); ++g) {
      MeasuredGroup& group = out.emplace_back();
      group.name = g == 0 ? "all" : layout_.table.groups[g - 1].name;
      group.label = g == 0 ? "all" : layout_.table.groups[g - 1].label;
      const auto entries = entries_by_cell(layout_, g);
      for (std::size_t c = 0; c < entries.size(); ++c) {
        MeasuredCell cell = measured(layout_.first[g] + c, entries[c]);
        cell.name = g == 0 ? "all" : layout_.table.groups[g - 1].cells[c];
        if (g == 0 || cell.sampled > 0) group.cells.push_back(std::move(cell));
      }
    }
    return out;
  }

 private:
  MeasuredCell measured(std::size_t cell, const std::vector<std::uint32_t>& entries) {
    MeasuredCell out;
    const std::size_t q = layout_.table.quantities;
    for (const std::uint32_t entry : entries) out.sampled += drawn_.mean[entry * q + layout_.table.counted] > 0.0 ? 1U : 0U;
    for (const FigureOf& figure : layout_.table.figures) {
      out.figures.push_back(measured(figure, cell, entries));
      out.dominated = out.dominated || (figure.unit == "EUR/year" && figure.denominator == FigureOf::none &&
                                        is_dominated(figure.numerator, entries));
    }
    return out;
  }

  bool is_dominated(std::size_t quantity, const std::vector<std::uint32_t>& entries) const {
    double sum = 0.0, largest = 0.0;
    for (const std::uint32_t entry : entries) {
      const double part = design_.weights[layout_.table.rows[entry]] * drawn_.mean[entry * layout_.table.quantities + quantity];
      sum += part;
      largest = std::max(largest, part);
    }
    return largest > dominating_share * sum;
  }

  MeasuredFigure measured(const FigureOf& figure, std::size_t cell, const std::vector<std::uint32_t>& entries) {
    std::uint64_t sampled_entries = 0;
    for (const std::uint32_t entry : entries)
      sampled_entries += drawn_.mean[entry * layout_.table.quantities + figure.numerator] > 0.0 ? 1U : 0U;
    const std::size_t at = cell * layout_.table.quantities;
    const double value = figure_value(figure, totals_.data() + at);
    if (!figure.known || std::isnan(value)) return {};
    const double sampled = design_.replicates.empty() ? linearised(figure, cell, entries) : replicated(figure, at, value);
    const VarianceParts parts = parts_of(sampled, variance_of(values_at(figure, at, drawn_.by_replication)),
                                         variance_of(values_at(figure, at, drawn_.by_parameters)), plan_);
    return {{value, std::sqrt(parts.total()), true}, parts, sampled_entries};
  }

  static std::vector<double> values_at(const FigureOf& figure, std::size_t at, const std::vector<std::vector<double>>& totals) {
    std::vector<double> out;
    for (const std::vector<double>& one : totals) {
      const double value = figure_value(figure, one.data() + at);
      if (!std::isnan(value)) out.push_back(value);
    }
    return out;
  }

  double replicated(const FigureOf& figure, std::size_t at, double value) const {
    return variance_.of_replicates(value, values_at(figure, at, under_replicates_));
  }

  double linearised(const FigureOf& figure, std::size_t cell, const std::vector<std::uint32_t>& entries) {
    const std::size_t q = layout_.table.quantities;
    const double* totals = totals_.data() + cell * q;
    const bool ratio = figure.denominator != FigureOf::none;
    const double share = ratio ? totals[figure.numerator] / totals[figure.denominator] : 0.0;
    const double scale = ratio ? figure.factor / totals[figure.denominator] : figure.factor;
    const bool less = figure.less_numerator != FigureOf::none;
    const double less_scale = less ? figure.less_factor / totals[figure.less_denominator] : 0.0;
    const double other = less ? totals[figure.less_numerator] / totals[figure.less_denominator] : 0.0;
    std::vector<std::uint32_t> rows;
    std::vector<double> residuals;
    rows.reserve(entries.size());
    residuals.reserve(entries.size());
    for (const std::uint32_t entry : entries) {
      const double* values = drawn_.mean.data() + entry * q;
      double residual = scale * (values[figure.numerator] - (ratio ? share * values[figure.denominator] : 0.0));
      if (less) residual -= less_scale * (values[figure.less_numerator] - other * values[figure.less_denominator]);
      if (residual == 0.0) continue;
      rows.push_back(layout_.table.rows[entry]);
      residuals.push_back(design_.weights[rows.back()] * residual);
    }
    return variance_.of_residuals(rows, residuals);
  }

  const SurveyDesign& design_;
  DesignVariance variance_;
  const Layout& layout_;
  const Drawn& drawn_;
  const DrawPlan& plan_;
  std::vector<double> totals_;
  std::vector<std::vector<double>> under_replicates_;
};

}  // namespace

double variance_of(std::span<const double> values) {
  if (values.size() < 2) return 0.0;
  const double first = values.front();  // deviations from it: equal values have no variance, not a rounding of one
  double mean = 0.0;
  for (const double value : values) mean += value - first;
  mean /= static_cast<double>(values.size());
  double squares = 0.0;
  for (const double value : values) squares += (value - first - mean) * (value - first - mean);
  return squares / static_cast<double>(values.size() - 1);
}

VarianceParts parts_of(double sampled, double of_draws, double of_parameters, const DrawPlan& plan) {
  VarianceParts parts;
  parts.draws = plan.simulated ? std::min(sampled, of_draws / static_cast<double>(plan.replications)) : 0.0;
  parts.design = sampled - parts.draws;
  parts.parameters = of_parameters;
  return parts;
}

std::vector<std::vector<MeasuredGroup>> measure_tables(const SurveyDesign& design, std::span<const QuantityTable> tables,
                                                       const DrawPlan& plan, const ReceiptSource& receipts, unsigned threads) {
  SIM_CHECK(plan.replications > 0, "receipts are drawn once at least");
  std::vector<Layout> layouts;
  for (const QuantityTable& table : tables) layouts.emplace_back(table);
  const std::vector<Drawn> drawn = draw_all(design, tables, layouts, plan, receipts, threads);
  std::vector<std::vector<MeasuredGroup>> out;
  for (std::size_t t = 0; t < tables.size(); ++t) out.push_back(TableMeasure(design, layouts[t], drawn[t], plan).groups());
  return out;
}

}  // namespace labacces::outcomes
