#include "tools/describe_law.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/law/print_expr.hpp"
#include "libsim/report/table.hpp"

namespace labacces::tools {
namespace {

using report::Align;
using report::Table;

std::vector<std::string> all_names(const law::Law& law) {
  std::vector<std::string> names;
  for (const auto& item : law.variables()) names.push_back(item.name);
  for (const auto& item : law.params()) names.push_back(item.name);
  for (const auto& item : law.tables()) names.push_back(item.name);
  for (const auto& item : law.scales()) names.push_back(item.name);
  return names;
}

[[noreturn]] void unknown(const law::Law& law, const std::string& name) {
  // A bare parameter name is looked for in every program before giving up.
  std::vector<std::string> same_end;
  for (const std::string& candidate : all_names(law)) {
    if (candidate.ends_with("." + name)) same_end.push_back(candidate);
  }
  if (!same_end.empty()) throw Error("the law has no '" + name + "'; there is: " + join(same_end, ", "));
  const std::string hint = did_you_mean(name, all_names(law));
  throw Error("the law has no '" + name + "'; " + (hint.empty() ? "see: labacces law list" : hint));
}

std::string value_text(const law::Law& law, const law::ValueType& type, double value) {
  switch (type.kind) {
    case ValueKind::yes_no:
      return value != 0.0 ? "yes" : "no";
    case ValueKind::date:
      return to_string(Day{static_cast<std::int32_t>(value)});
    case ValueKind::enumeration:
      return law.enums()[static_cast<std::size_t>(type.enumeration)].items[static_cast<std::size_t>(value)];
    case ValueKind::number:
      break;
  }
  return shortest(value);
}

std::string references_text(const law::References& references) { return join(references, "; "); }

std::string ends_text(const MonthInterval& interval) { return interval.end == never ? "" : to_string(interval.end); }

std::string key_text(const law::Law& law, std::int32_t enumeration, std::int32_t first, std::int32_t last) {
  if (enumeration >= 0) return law.enums()[static_cast<std::size_t>(enumeration)].items[static_cast<std::size_t>(first)];
  if (first == std::numeric_limits<std::int32_t>::min()) return std::to_string(last) + "-";
  if (last == std::numeric_limits<std::int32_t>::max()) return std::to_string(first) + "+";
  return first == last ? std::to_string(first) : std::to_string(first) + " to " + std::to_string(last);
}

std::string rows_text(const law::Law& law, const law::Table& table, const std::vector<law::TableRow>& rows) {
  std::vector<std::string> parts;
  for (const law::TableRow& row : rows) {
    std::string key = key_text(law, table.key_enums[0], row.first1, row.last1);
    if (table.key_names.size() > 1) key += " & " + key_text(law, table.key_enums[1], row.first2, row.last2);
    parts.push_back(key + " -> " + value_text(law, table.type, row.value));
  }
  return join(parts, ", ");
}

std::string brackets_text(const std::vector<law::Bracket>& brackets) {
  std::vector<std::string> parts;
  for (const law::Bracket& bracket : brackets) parts.push_back(shortest(bracket.threshold) + " -> " + shortest(bracket.value));
  return join(parts, ", ");
}

Table dated_table() {
  return {"", {{"from", Align::left}, {"until", Align::left}, {"value", Align::left}, {"reference", Align::left}}, {}, {}};
}

/// Values of a parameter, table or scale by date; empty when `name` is none of them.
Table dated_values(const law::Law& law, const std::string& name) {
  Table table = dated_table();
  if (const auto found = law.find_param(name)) {
    const law::Param& param = law.params()[*found];
    for (const auto& version : param.versions) {
      table.rows.push_back({to_string(version.since), ends_text(version.in_force), value_text(law, param.type, version.value),
                            references_text(version.references)});
    }
  } else if (const auto found_table = law.find_table(name)) {
    const law::Table& declared = law.tables()[*found_table];
    for (const auto& version : declared.versions) {
      table.rows.push_back({to_string(version.since), ends_text(version.in_force), rows_text(law, declared, version.value),
                            references_text(version.references)});
    }
  } else if (const auto found_scale = law.find_scale(name)) {
    for (const auto& version : law.scales()[*found_scale].versions) {
      table.rows.push_back({to_string(version.since), ends_text(version.in_force), brackets_text(version.value),
                            references_text(version.references)});
    }
  }
  return table;
}

std::string head_text(const std::string& name, const std::string& kind, const std::string& measure, const std::string& label,
                      const law::References& references) {
  std::string out = name + ": " + kind + ", " + measure + "\n";
  if (!label.empty()) out += "  " + label + "\n";
  for (const std::string& reference : references) out += "  ref: " + reference + "\n";
  return out;
}

/// Names that an expression reads, found by walking its tree.
void collect_names(const law::Law& law, law::ExprId id, std::set<std::string>& names) {
  if (id == law::no_expr) return;
  const law::Expr& expr = law.expr(id);
  if (expr.kind == law::ExprKind::variable) names.insert(law.variables()[expr.index].name);
  if (expr.kind == law::ExprKind::param) names.insert(law.params()[expr.index].name);
  if (expr.kind == law::ExprKind::table) names.insert(law.tables()[expr.index].name);
  if (expr.kind == law::ExprKind::scale) names.insert(law.scales()[expr.index].name);
  for (const law::ExprId child : {expr.a, expr.b, expr.c}) collect_names(law, child, names);
  for (const law::ExprId child : expr.args) collect_names(law, child, names);
}

std::string variable_text(const law::Law& law, const law::Variable& variable) {
  const char* const period = variable.periodicity == Periodicity::monthly  ? "monthly"
                             : variable.periodicity == Periodicity::yearly ? "yearly"
                                                                           : "eternal";
  std::string out =
      head_text(variable.name,
                std::string(variable.is_input ? "input" : "rule") + " of " + std::string(name_of(variable.level)) + ", " + period,
                variable.measure_text, variable.label, variable.references);
  out += "  program: " + law.programs()[variable.program].name + "\n";
  if (variable.default_value) out += "  default: " + value_text(law, variable.type, *variable.default_value) + "\n";
  if (variable.past)
    out += "  past: " + std::to_string(variable.past->months) + " months, before them " + shortest(variable.past->start) + "\n";
  for (const auto& version : variable.versions) {
    out += "from " + to_string(version.since) +
           (version.in_force.end == never ? "" : " until " + to_string(version.in_force.end)) + "\n";
    for (const std::string& reference : version.references) out += "  ref: " + reference + "\n";
    out += "  = " + law::print_expr(law, version.value.expr, variable.level, &version.value) + "\n";
    std::set<std::string> names;
    collect_names(law, version.value.expr, names);
    if (!names.empty()) out += "  uses: " + join({names.begin(), names.end()}, ", ") + "\n";
  }
  return out;
}

}  // namespace

std::string list_law(const law::Law& law, const std::string& program) {
  std::vector<std::string> programs;
  for (const law::Program& item : law.programs()) programs.push_back(item.name);
  if (!program.empty() && std::find(programs.begin(), programs.end(), program) == programs.end()) {
    const std::string hint = did_you_mean(program, programs);
    throw Error("the law has no program '" + program + "'; " + (hint.empty() ? "there are: " + join(programs, ", ") : hint));
  }
  std::string out;
  for (std::uint32_t index = 0; index < law.programs().size(); ++index) {
    if (!program.empty() && law.programs()[index].name != program) continue;
    Table table;
    table.columns = {{"name", Align::left}, {"kind", Align::left}, {"type", Align::left}, {"label", Align::left}};
    for (const auto& item : law.variables()) {
      if (item.program == index)
        table.rows.push_back({item.name, std::string(item.is_input ? "input, " : "rule, ") + std::string(name_of(item.level)),
                              item.measure_text, item.label});
    }
    for (const auto& item : law.params()) {
      if (item.program == index) table.rows.push_back({item.name, "param", item.measure_text, item.label});
    }
    for (const auto& item : law.tables()) {
      if (item.program == index) table.rows.push_back({item.name, "table", item.measure_text, item.label});
    }
    for (const auto& item : law.scales()) {
      if (item.program == index) table.rows.push_back({item.name, "scale", item.measure_text, item.label});
    }
    table.caption = law.programs()[index].name + " - " + law.programs()[index].label;
    out += (out.empty() ? "" : "\n") + report::to_text(table);
  }
  return out;
}

std::string show_name(const law::Law& law, const std::string& name) {
  if (const auto found = law.find_variable(name)) return variable_text(law, law.variables()[*found]);
  const Table values = dated_values(law, name);
  if (const auto found = law.find_param(name)) {
    const law::Param& param = law.params()[*found];
    return head_text(param.name, "parameter", param.measure_text, param.label, param.references) + report::to_text(values);
  }
  if (const auto found = law.find_table(name)) {
    const law::Table& table = law.tables()[*found];
    return head_text(table.name, "table by " + join(table.key_names, " & "), table.measure_text, table.label, table.references) +
           report::to_text(values);
  }
  if (const auto found = law.find_scale(name)) {
    const law::Scale& scale = law.scales()[*found];
    return head_text(scale.name, "scale by " + scale.key_text, scale.measure_text, scale.label, scale.references) +
           report::to_text(values);
  }
  unknown(law, name);
}

std::string history_of(const law::Law& law, const std::string& name) {
  if (const auto found = law.find_variable(name)) {
    const law::Variable& variable = law.variables()[*found];
    if (variable.is_input) throw Error("'" + name + "' is an input of the data: it has no history");
    Table table = dated_table();
    for (const auto& version : variable.versions) {
      table.rows.push_back({to_string(version.since), ends_text(version.in_force),
                            "version " + std::to_string(table.rows.size() + 1), references_text(version.references)});
    }
    return report::to_text(table);
  }
  const Table values = dated_values(law, name);
  if (values.rows.empty()) unknown(law, name);
  return report::to_text(values);
}

}  // namespace labacces::tools
