#include "libsim/scenario/take_up_columns.hpp"

#include <algorithm>

#include "libsim/base/error.hpp"

namespace labacces::scenario {
namespace {

const law::Variable& fact_variable(const Scenario& scenario, const law::Law& law, const std::string& name,
                                   const std::string& path) {
  const auto found = law.find_variable(name);
  if (found) return law.variables()[*found];
  std::vector<std::string> names;
  for (const law::Variable& variable : law.variables()) names.push_back(variable.name);
  throw Error(Location{scenario.file, 0, 0, path}, "the law has no variable '" + name + "'", did_you_mean(name, names));
}

/// The code of an item; none for a number.
std::optional<double> code_of(const Scenario& scenario, const law::Law& law, const law::Variable& variable,
                              const std::string& item, const std::string& path) {
  const Location where{scenario.file, 0, 0, path};
  switch (variable.type.kind) {
    case ValueKind::number:
      if (!item.empty()) throw Error(where, "'" + variable.name + "' is a number and has no item '" + item + "'");
      return std::nullopt;
    case ValueKind::yes_no:
      if (item.empty() || item == "yes") return 1.0;
      if (item == "no") return 0.0;
      throw Error(where, "'" + variable.name + "' is yes or no, not '" + item + "'");
    case ValueKind::enumeration: {
      const std::vector<std::string>& items = law.enums()[static_cast<std::size_t>(variable.type.enumeration)].items;
      const auto found = std::find(items.begin(), items.end(), item);
      if (found == items.end())
        throw Error(where, "'" + variable.name + "' has no item '" + item + "'", did_you_mean(item, items));
      return static_cast<double>(found - items.begin());
    }
    case ValueKind::date:
      break;
  }
  throw Error(where, "'" + variable.name + "' is a date: a number, yes/no or an enumeration was expected");
}

std::string path_of(const takeup::Behaviour& behaviour, const char* list, std::size_t i) {
  return "take_up/" + behaviour.benefit + "/" + list + "/" + std::to_string(i);
}

/// Calls visit(name, item, path) for each variable that a behaviour looks at, traits first, then cells, income and receipt.
template <typename Visit>
void for_each_fact(const takeup::Behaviour& behaviour, const Visit& visit) {
  for (std::size_t i = 0; i < behaviour.traits.size(); ++i)
    visit(behaviour.traits[i].variable, behaviour.traits[i].item, path_of(behaviour, "traits", i));
  for (std::size_t i = 0; i < behaviour.cells.size(); ++i)
    visit(behaviour.cells[i].variable, behaviour.cells[i].item, path_of(behaviour, "cells", i));
}

std::size_t level_index(const law::Law& law, const std::string& benefit) {
  return index_of(law.variables()[*law.find_variable(benefit)].level);
}

}  // namespace

void add_facts(const Scenario& scenario, const law::Law& law, std::vector<std::string>& facts) {
  const auto add = [&facts](const std::string& name) {
    if (std::find(facts.begin(), facts.end(), name) == facts.end()) facts.push_back(name);
  };
  for (const takeup::Behaviour& behaviour : scenario.take_up) {
    for_each_fact(behaviour, [&](const std::string& name, const std::string& item, const std::string& path) {
      code_of(scenario, law, fact_variable(scenario, law, name, path), item, path);
      add(name);
    });
    for (const auto& [name, key] : {std::pair{behaviour.income, "amount/income"}, std::pair{behaviour.receipt, "receipt"}}) {
      if (name.empty()) continue;
      fact_variable(scenario, law, name, "take_up/" + behaviour.benefit + "/" + key);
      add(name);
    }
  }
  for (const takeup::Behaviour& behaviour : scenario.take_up) {
    for (const takeup::Gateway& gateway : behaviour.gateways) {
      if (level_index(law, gateway.benefit) != level_index(law, behaviour.benefit)) {
        throw Error(Location{scenario.file, 0, 0, "take_up/" + behaviour.benefit + "/gateways/" + gateway.benefit},
                    "a gateway leads between benefits of the same kind of unit, these are not");
      }
    }
  }
  for (std::size_t i = 0; i < scenario.correlations.size(); ++i) {
    if (level_index(law, scenario.correlations[i].first) != level_index(law, scenario.correlations[i].second)) {
      throw Error(Location{scenario.file, 0, 0, "correlations/" + std::to_string(i)},
                  "benefits of different kinds of units have no common draw to correlate");
    }
  }
}

Period period_of_fact(const law::Law& law, const std::string& fact, Month month) {
  const law::Variable& variable = law.variables()[*law.find_variable(fact)];
  return variable.periodicity == Periodicity::yearly ? Period::year(month.year()) : Period::month(month);
}

std::vector<BenefitColumns> benefit_columns(const Scenario& scenario, const law::Law& law, const OutputsOfScenario& outputs) {
  const auto column = [&](const std::string& name, const std::string& item, const std::string& path) {
    const law::Variable& variable = fact_variable(scenario, law, name, path);
    const auto place = std::find(outputs.facts.begin(), outputs.facts.end(), name);
    SIM_CHECK(place != outputs.facts.end(), "facts were added before");
    return FactColumn{outputs.first + outputs.first_fact + static_cast<std::size_t>(place - outputs.facts.begin()),
                      variable.level, code_of(scenario, law, variable, item, path)};
  };
  std::vector<BenefitColumns> all;
  for (std::size_t b = 0; b < scenario.benefits.size(); ++b) {
    const takeup::Behaviour* behaviour = takeup::find_behaviour(scenario.take_up, scenario.benefits[b]);
    SIM_CHECK(behaviour != nullptr, "each benefit of a scenario has a behaviour");
    BenefitColumns& columns = all.emplace_back();
    columns.first_full = outputs.first + b * outputs.months;
    columns.first_output = scenario.order.empty() ? columns.first_full : outputs.first_resolved + b * outputs.months;
    const auto decided = std::find(scenario.order.begin(), scenario.order.end(), scenario.benefits[b]);
    if (decided != scenario.order.end()) {
      const auto after_rights = scenario.benefits.size() + static_cast<std::size_t>(decided - scenario.order.begin());
      columns.first_claim = outputs.first_resolved + after_rights * outputs.months;
    }
    columns.level = law.variables()[*law.find_variable(behaviour->benefit)].level;
    columns.behaviour = *behaviour;
    for_each_fact(*behaviour, [&](const std::string& name, const std::string& item, const std::string& path) {
      (columns.traits.size() < behaviour->traits.size() ? columns.traits : columns.cells).push_back(column(name, item, path));
    });
    if (!behaviour->income.empty())
      columns.income = column(behaviour->income, {}, "take_up/" + behaviour->benefit + "/amount/income");
    if (!behaviour->receipt.empty())
      columns.receipt = column(behaviour->receipt, {}, "take_up/" + behaviour->benefit + "/receipt");
    for (const takeup::Gateway& gateway : behaviour->gateways) {
      const auto place = std::find(scenario.benefits.begin(), scenario.benefits.end(), gateway.benefit);
      columns.gateways.push_back(static_cast<std::size_t>(place - scenario.benefits.begin()));
    }
  }
  return all;
}

takeup::LatentLuck luck_of(const Scenario& scenario) {
  std::vector<double> persistence;
  for (const std::string& benefit : scenario.benefits)
    persistence.push_back(takeup::find_behaviour(scenario.take_up, benefit)->persistence);
  return {scenario.seed, scenario.benefits, scenario.correlations, persistence};
}

}  // namespace labacces::scenario
