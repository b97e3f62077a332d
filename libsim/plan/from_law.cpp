#include "libsim/plan/from_law.hpp"

#include <memory>

#include "libsim/base/error.hpp"
#include "libsim/plan/expansion.hpp"
#include "libsim/plan/findings.hpp"

namespace labacces::plan {
namespace {

std::string text_of(const Period& period) {
  switch (period.kind) {
    case Period::Kind::month:
      return to_string(Month{period.value});
    case Period::Kind::year:
      return std::to_string(period.value);
    case Period::Kind::eternity:
      break;
  }
  return "eternity";
}

bool is_monthly_flow(const law::Variable& variable) {
  return variable.type.kind == ValueKind::number && variable.type.measure == law::eur_per_month;
}

std::vector<std::string> names_of(const law::Law& law) {
  std::vector<std::string> names;
  for (const law::Variable& variable : law.variables()) names.push_back(variable.name);
  return names;
}

/// Why a variable cannot be asked for a period, or "".
std::string objection(const law::Variable& variable, const Period& period) {
  const std::string ask = "variable '" + variable.name + "' cannot be asked for " + text_of(period) + ": ";
  switch (variable.periodicity) {
    case Periodicity::monthly:
      if (period.kind == Period::Kind::eternity) return ask + "it is monthly; ask for a month";
      if (period.kind == Period::Kind::year && !is_monthly_flow(variable)) {
        return ask + "it is monthly and not an amount (EUR/month) that could be added up; ask for a month";
      }
      break;
    case Periodicity::yearly:
      if (period.kind != Period::Kind::year) return ask + "it is yearly; ask for a year";
      break;
    case Periodicity::eternal:
      break;
  }
  return {};
}

Output answer(Graph& graph, Expansion& expansion, const law::Variable& variable, std::uint32_t index, const Period& period) {
  Output output{.variable = index, .period = period.value, .is_year = period.kind == Period::Kind::year, .level = variable.level};
  if (variable.periodicity == Periodicity::monthly && output.is_year) {
    std::vector<NodeId> months;
    for (int month = 1; month <= 12; ++month) months.push_back(expansion.ask(index, Month::of(period.value, month)));
    output.node = sum_of_months(graph, months, Month::of(period.value, 1));
    return output;
  }
  output.node = expansion.ask(index, output.is_year ? Month::of(period.value, 1) : Month{period.value});
  return output;
}

}  // namespace

Graph build_graph(std::span<const law::Law* const> laws, std::span<const Request> requests, const Population& population) {
  Graph graph;
  Findings findings;
  InputBinder binder(population);
  for (std::size_t scenario = 0; scenario < laws.size(); ++scenario) {
    const law::Law& law = *laws[scenario];
    Expansion expansion(graph, law, static_cast<std::uint32_t>(scenario), binder, findings);
    for (const Request& request : requests) {
      const auto index = law.find_variable(request.variable);
      if (!index) {
        findings.diagnostics().error(Location{}, "unknown variable '" + request.variable + "'",
                                     did_you_mean(request.variable, names_of(law)));
        continue;
      }
      const law::Variable& variable = law.variables()[*index];
      if (std::string why = objection(variable, request.period); !why.empty()) {
        findings.diagnostics().error(Location{}, std::move(why));
        continue;
      }
      Output output = answer(graph, expansion, variable, *index, request.period);
      output.scenario = static_cast<std::uint32_t>(scenario);
      graph.outputs.push_back(output);
    }
  }
  findings.raise(population.source());
  graph.defaults_used = findings.defaults();
  return graph;
}

}  // namespace labacces::plan
