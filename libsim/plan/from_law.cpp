#include "libsim/plan/from_law.hpp"

#include <algorithm>
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

std::uint32_t index_of_variable(const law::Law& law, const std::string& name) {
  const auto index = law.find_variable(name);
  SIM_CHECK(index, "the benefits of a resolution are in the law");
  return *index;
}

/// Decisions of one scenario, month by month.
void resolve_scenario(Graph& graph, const law::Law& law, const Resolution& asked, Expansion& expansion) {
  const auto months = static_cast<std::size_t>(asked.last - asked.first + 1);
  const std::size_t first = graph.outputs.size();
  const std::size_t first_decision = first + asked.benefits.size() * months;
  std::vector<std::uint32_t> benefits, order;
  for (const std::string& name : asked.benefits) benefits.push_back(index_of_variable(law, name));
  for (const std::string& name : asked.order) order.push_back(index_of_variable(law, name));
  const auto reserve = [&](const std::vector<std::uint32_t>& variables) {
    for (const std::uint32_t variable : variables) {
      for (std::size_t month = 0; month < months; ++month) {
        graph.outputs.push_back({.scenario = asked.scenario,
                                 .variable = variable,
                                 .period = (asked.first + static_cast<int>(month)).index,
                                 .level = law.variables()[variable].level});
      }
    }
  };
  reserve(benefits);
  reserve(order);
  expansion.decide(order, asked.first, asked.last);
  for (std::size_t month = 0; month < months; ++month) {
    const Month now = asked.first + static_cast<int>(month);
    for (std::size_t place = 0; place < order.size(); ++place) {
      const auto benefit = static_cast<std::size_t>(std::find(benefits.begin(), benefits.end(), order[place]) - benefits.begin());
      const Level level = law.variables()[order[place]].level;
      const NodeId right = expansion.ask(order[place], now);
      graph.outputs[first + benefit * months + month].node = right;
      Decision decision = asked.decide(place, month);
      DecisionData data{decision.meaning, decision.name, {}};
      for (const std::size_t output : decision.reads) data.reads.push_back(graph.outputs[output].node);
      const NodeId claims = graph.add_decision(std::move(data), level);
      graph.outputs[first_decision + place * months + month].node = claims;
      expansion.pay(order[place], now, graph.add({.op = NodeOp::select, .a = claims, .b = right, .c = graph.constant(0.0)}));
    }
    for (std::size_t benefit = 0; benefit < benefits.size(); ++benefit) {
      NodeId& node = graph.outputs[first + benefit * months + month].node;
      if (node == no_node) node = expansion.ask(benefits[benefit], now);
    }
  }
}

/// The first month that something is asked for.
Month first_month(std::span<const Request> requests, std::span<const Resolution> resolutions) {
  Month first = never;
  for (const Request& request : requests) {
    const Period& period = request.period;
    if (period.kind == Period::Kind::month) first = std::min(first, Month{period.value});
    if (period.kind == Period::Kind::year) first = std::min(first, Month::of(period.value, 1));
  }
  for (const Resolution& resolution : resolutions) first = std::min(first, resolution.first);
  return first;
}

}  // namespace

std::size_t output_count(const Resolution& resolution) {
  return (resolution.benefits.size() + resolution.order.size()) *
         static_cast<std::size_t>(resolution.last - resolution.first + 1);
}

Graph build_graph(std::span<const law::Law* const> laws, std::span<const Request> requests, const Population& population,
                  std::span<const Resolution> resolutions) {
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
  for (const Resolution& resolution : resolutions) {
    Expansion expansion(graph, *laws[resolution.scenario], resolution.scenario, binder, findings);
    resolve_scenario(graph, *laws[resolution.scenario], resolution, expansion);
  }
  if (!resolutions.empty()) findings.raise(population.source());
  for (const AmountAssumed& amount : graph.assumed) {
    graph.outputs.push_back({.scenario = amount.scenario,
                             .variable = amount.variable,
                             .period = amount.month.index,
                             .level = laws[amount.scenario]->variables()[amount.variable].level,
                             .node = amount.node});
  }
  graph.defaults_used = findings.defaults();
  graph.gaps = findings.gaps(first_month(requests, resolutions));
  return graph;
}

}  // namespace labacces::plan
