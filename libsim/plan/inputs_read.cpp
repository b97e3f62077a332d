#include "libsim/plan/inputs_read.hpp"

#include <algorithm>
#include <map>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/population_builder.hpp"

namespace labacces::plan {
namespace {

/// One person who has a value for every input and every rule given. The graph knows columns, not values: nothing is folded away.
Population one_person(const law::Law& law, std::span<const std::string> given) {
  PopulationTables tables;
  for (std::size_t level = 0; level < level_count; ++level) tables.ids[level] = {"1"};
  for (const Level group : group_levels) {
    tables.unit_of[index_of(group)] = {0};
    tables.role_of[index_of(group)] = {static_cast<std::uint8_t>(Role::principal)};
  }
  for (const law::Variable& variable : law.variables()) {
    if (!variable.is_input && std::find(given.begin(), given.end(), variable.name) == given.end()) continue;
    // A column each: equal nodes are one node, but names tell them apart.
    tables.variables.push_back(
        {variable.name, variable.level, {{Period::eternity(), static_cast<std::uint32_t>(tables.columns.size())}}});
    tables.columns.push_back({{0.0}, {}});
  }
  return PopulationBuilder::build(std::move(tables));
}

void check_given(const law::Law& law, std::span<const std::string> given) {
  for (const std::string& name : given) {
    if (law.find_variable(name)) continue;
    std::vector<std::string> names;
    for (const law::Variable& variable : law.variables()) names.push_back(variable.name);
    throw Error(Location{}, "unknown variable '" + name + "'", did_you_mean(name, names));
  }
}

}  // namespace

std::vector<InputRead> inputs_read(const law::Law& law, std::span<const Request> requests, std::span<const std::string> given) {
  check_given(law, given);
  const Population population = one_person(law, given);
  const law::Law* const laws[] = {&law};
  std::map<std::uint32_t, InputRead> found;
  for (const Request& request : requests) {
    const Graph graph = build_graph(laws, std::span(&request, 1), population);
    for (const NodeName& name : graph.names) {
      if (name.version >= 0 || name.let >= 0 || population.find(law.variables()[name.variable].name) == nullptr) continue;
      const auto [entry, is_new] = found.try_emplace(name.variable, InputRead{name.variable, name.period, name.period, {}});
      InputRead& read = entry->second;
      read.first = std::min(read.first, name.period);
      read.last = std::max(read.last, name.period);
      if (read.read_by.empty() || read.read_by.back() != request.variable) read.read_by.push_back(request.variable);
    }
  }
  std::vector<InputRead> out;
  for (auto& [variable, read] : found) out.push_back(std::move(read));
  return out;
}

std::vector<Request> requests_in(const Schema& schema, std::span<const std::string> variables, Month month) {
  std::vector<Request> out;
  for (const std::string& variable : variables) {
    const VariableInfo* info = schema.find(variable);
    const bool yearly = info != nullptr && info->periodicity == Periodicity::yearly;
    out.push_back({variable, yearly ? Period::year(month.year()) : Period::month(month)});
  }
  return out;
}

std::vector<NeededInput> inputs_needed(const law::Law& law, const Schema& schema, std::span<const std::string> outputs,
                                       Month month, const Population& population) {
  std::vector<NeededInput> out;
  if (outputs.empty()) return out;
  std::vector<std::string> rules;
  for (const VariableData& data : population.variables()) {
    const VariableInfo* info = schema.find(data.name);
    if (info != nullptr && !info->is_input) rules.push_back(data.name);
  }
  for (const InputRead& read : inputs_read(law, requests_in(schema, outputs, month), rules))
    out.push_back({law.variables()[read.variable].name, read.first, read.last, read.read_by});
  return out;
}

std::vector<std::string> gaps_told(std::span<const Gap> gaps) {
  constexpr std::size_t most_names = 4;
  std::map<std::string, std::vector<std::string>> by_periods;
  for (const Gap& gap : gaps) by_periods[gap.periods].push_back(gap.variable);
  std::vector<std::string> told;
  for (auto& [periods, names] : by_periods) {
    const std::size_t more = names.size() > most_names ? names.size() - most_names : 0;
    names.resize(names.size() - more);
    told.push_back(join(names, ", ") + (more > 0 ? " and " + std::to_string(more) + " more" : "") +
                   ": the data have other periods, but no value for " + periods + ", where the law's rule or default holds");
  }
  return told;
}

}  // namespace labacces::plan
