#include "libsim/scenario/margin_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/engine/run.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/population/calibration/counted.hpp"
#include "libsim/scenario/take_up_columns.hpp"

namespace labacces::scenario {
namespace {

using calibration::Counted;
using calibration::MarginData;
using calibration::TableCell;

bool is_derived(const law::Law& law, const std::string& name) {
  const auto& derived = calibration::derived_names();
  return !law.find_variable(name) && std::find(derived.begin(), derived.end(), name) != derived.end();
}

/// Where the file names a variable first.
std::string place_of(const calibration::MarginFile& file, const std::string& name) {
  for (const calibration::MarginTable& table : file.tables) {
    for (const auto* conditions : {&table.where, &table.part}) {
      for (const calibration::Condition& condition : *conditions) {
        if (condition.variable == name) return condition.place;
      }
    }
    for (const calibration::Dimension& side : table.by) {
      if (side.variable == name) return side.place;
    }
    if (table.of == name) return table.place;
  }
  return {};
}

std::vector<std::string> asked_of(const law::Law& law, const calibration::MarginFile& file) {
  std::vector<std::string> asked;
  std::vector<std::string> known = calibration::derived_names();
  for (const law::Variable& variable : law.variables()) known.push_back(variable.name);
  for (const std::string& name : calibration::variables_of(file)) {
    const std::string needed = is_derived(law, name) ? calibration::needed_by(name) : name;
    if (needed.empty()) continue;
    if (!law.find_variable(needed))
      throw Error(Location{file.file, 0, 0, place_of(file, name)}, "the law has no variable '" + needed + "'",
                  did_you_mean(needed, known));
    if (std::find(asked.begin(), asked.end(), needed) == asked.end()) asked.push_back(needed);
  }
  return asked;
}

/// Columns of every variable; `outputs` keeps their values.
MarginData data_of(const law::Law& law, const Population& population, const calibration::MarginFile& file, Month period,
                   unsigned threads, std::vector<std::vector<double>>& outputs) {
  MarginData data = calibration::margin_data(population);
  const std::vector<std::string> asked = asked_of(law, file);
  std::vector<plan::Request> requests;
  for (const std::string& name : asked) requests.push_back({name, period_of_fact(law, name, period)});
  if (!requests.empty()) {
    const law::Law* const laws[] = {&law};
    const plan::Graph graph = plan::build_graph(laws, requests, population);
    outputs = engine::run(plan::schedule(graph), population, {.threads = threads});
  }
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const law::Variable& variable = law.variables()[*law.find_variable(asked[i])];
    std::vector<std::string> items;
    if (variable.type.kind == ValueKind::enumeration)
      items = law.enums()[static_cast<std::size_t>(variable.type.enumeration)].items;
    data.columns.push_back({variable.name, variable.level, variable.type.kind, items, outputs[i], {}});
  }
  for (const std::string& name : calibration::variables_of(file)) {
    if (is_derived(law, name)) calibration::add_derived(data, name, period);
  }
  return data;
}

WeightRatios ratios_of(const std::vector<double>& before, const std::vector<double>& after) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] > 0.0) ratios.push_back(after[i] / before[i]);
  }
  std::sort(ratios.begin(), ratios.end());
  const auto effect = [](const std::vector<double>& weights) {
    double sum = 0.0, squares = 0.0, count = 0.0;
    for (const double weight : weights) {
      sum += weight;
      squares += weight * weight;
      count += weight != 0.0 ? 1.0 : 0.0;
    }
    return count * squares / (sum * sum);
  };
  WeightRatios out;
  if (ratios.empty()) return out;
  out.least = ratios[0];
  out.most = ratios[ratios.size() - 1];
  out.effect_before = effect(before);
  out.effect_after = effect(after);
  for (std::size_t decile = 1; decile <= 9; ++decile) {
    out.deciles[decile - 1] = ratios[std::min(ratios.size() - 1, ratios.size() * decile / 10)];
  }
  return out;
}

}  // namespace

std::optional<double> MarginFigure::error(const std::optional<double>& value) const {
  if (!value || !target || *target == 0.0) return std::nullopt;
  return 100.0 * (*value - *target) / std::abs(*target);
}

std::optional<Standing> MarginFigure::standing(const std::optional<double>& value) const {
  if (!value || !range) return std::nullopt;
  return *value < range->low ? Standing::below : *value > range->high ? Standing::above : Standing::inside;
}

MarginComparison compare_margins(const law::Law& law, const Population& population, calibration::MarginFile margins, Month period,
                                 const MarginOptions& options) {
  MarginComparison out;
  out.margins = std::move(margins);
  out.population = population.source();
  out.synthetic = population.is_synthetic();
  out.period = period;
  out.dwellings = population.count(Level::menage);
  out.persons = population.count(Level::individu);
  out.options = options.calibration;
  std::vector<std::vector<double>> outputs;
  const MarginData data = data_of(law, population, out.margins, period, options.threads, outputs);
  const Counted counted(out.margins, data);
  const std::vector<TableCell> cells = counted.calibrated_cells();
  out.calibrated_margins = cells.size();
  if (options.calibrate) {
    if (cells.empty()) throw Error(Location{out.margins.file, 0, 0, {}}, "no margin to calibrate to: all are held out");
    const calibration::Margins rows = counted.rows(cells);
    calibration::Calibrated found = calibration::calibrate(rows, population.weights(), options.calibration);
    for (const calibration::Calibrated& replicate :
         calibration::calibrate_replicates(rows, options.replicates, options.calibration))
      out.replicates.push_back(replicate.weights);
    out.calibrated = true;
    out.weights = std::move(found.weights);
    out.steps = found.steps;
    out.largest_error = found.largest_error;
    out.ratios = ratios_of(population.weights(), out.weights);
  }
  const auto before = counted.figures(population.weights());
  const auto after = out.calibrated ? counted.figures(out.weights) : before;
  for (std::size_t t = 0; t < out.margins.tables.size(); ++t) {
    for (std::size_t c = 0; c < out.margins.tables[t].cells(); ++c) {
      const calibration::MarginTable& table = out.margins.tables[t];
      MarginFigure figure;
      figure.table = t;
      figure.cell = c;
      figure.target = table.values[c];
      if (!table.ranges.empty()) figure.range = table.ranges[c];
      if (!figure.target && !figure.range) continue;
      figure.before = before[t][c];
      if (out.calibrated) figure.after = after[t][c];
      out.figures.push_back(figure);
    }
  }
  return out;
}

}  // namespace labacces::scenario
