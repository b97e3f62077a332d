#include "libsim/law/export_law.hpp"

#include <limits>
#include <nlohmann/json.hpp>
#include <set>

#include "libsim/law/print_expr.hpp"
#include "libsim/law/references.hpp"

namespace labacces::law {

namespace {

using Json = nlohmann::ordered_json;

Json value_json(const Law& law, double value, const ValueType& type) {
  if (type.kind == ValueKind::number) return value;
  if (type.kind == ValueKind::yes_no) return value != 0.0;
  return print_value(law, value, type);
}

/// since: as written; from and until: first and last month in which it is read.
template <typename T>
Json version_json(const Version<T>& version) {
  Json json;
  json["since"] = to_string(version.since);
  json["from"] = to_string(version.in_force.begin);
  json["until"] = version.in_force.end == never ? Json(nullptr) : Json(to_string(version.in_force.end - 1));
  return json;
}

Json key_json(const Law& law, const Table& table, std::size_t key, std::int32_t first, std::int32_t last) {
  if (table.key_enums[key] >= 0)
    return law.enums()[static_cast<std::size_t>(table.key_enums[key])].items[static_cast<std::size_t>(first)];
  if (first == last) return first;
  Json json;
  json["from"] = first == std::numeric_limits<std::int32_t>::min() ? Json(nullptr) : Json(first);
  json["to"] = last == std::numeric_limits<std::int32_t>::max() ? Json(nullptr) : Json(last);
  return json;
}

Json programs_json(const Law& law) {
  Json list = Json::array();
  for (const Program& program : law.programs()) {
    if (!program.name.empty())
      list.push_back({{"name", program.name}, {"label", program.label}, {"references", program.references}});
  }
  return list;
}

Json enums_json(const Law& law) {
  Json list = Json::array();
  for (const Enumeration& enumeration : law.enums()) {
    Json items = Json::array();
    for (std::size_t i = 0; i < enumeration.items.size(); ++i) {
      items.push_back({{"name", enumeration.items[i]}, {"label", enumeration.item_labels[i]}});
    }
    list.push_back({{"name", enumeration.name}, {"label", enumeration.label}, {"items", std::move(items)}});
  }
  return list;
}

/// What params, tables and scales share.
template <typename T>
Json head_json(const T& thing) {
  return {{"name", thing.name}, {"label", thing.label}, {"type", thing.measure_text}, {"references", thing.references}};
}

Json params_json(const Law& law) {
  Json list = Json::array();
  for (const Param& param : law.params()) {
    Json json = head_json(param);
    json["versions"] = Json::array();
    for (const auto& version : param.versions) {
      Json item = version_json(version);
      item["value"] = value_json(law, version.value, param.type);
      item["references"] = version.references;
      json["versions"].push_back(std::move(item));
    }
    list.push_back(std::move(json));
  }
  return list;
}

Json tables_json(const Law& law) {
  Json list = Json::array();
  for (const Table& table : law.tables()) {
    Json json = head_json(table);
    json["keys"] = table.key_names;
    json["versions"] = Json::array();
    for (const auto& version : table.versions) {
      Json item = version_json(version);
      item["rows"] = Json::array();
      for (const TableRow& row : version.value) {
        Json keys = Json::array({key_json(law, table, 0, row.first1, row.last1)});
        if (table.key_names.size() > 1) keys.push_back(key_json(law, table, 1, row.first2, row.last2));
        item["rows"].push_back({{"keys", std::move(keys)}, {"value", value_json(law, row.value, table.type)}});
      }
      item["references"] = version.references;
      json["versions"].push_back(std::move(item));
    }
    list.push_back(std::move(json));
  }
  return list;
}

Json scales_json(const Law& law) {
  constexpr std::array<std::string_view, 3> kinds{"marginal", "average", "brackets"};
  Json list = Json::array();
  for (const Scale& scale : law.scales()) {
    Json json = head_json(scale);
    json["kind"] = kinds[static_cast<std::size_t>(scale.kind)];
    json["key"] = scale.key_text;
    json["versions"] = Json::array();
    for (const auto& version : scale.versions) {
      Json item = version_json(version);
      item["brackets"] = Json::array();
      for (const Bracket& bracket : version.value)
        item["brackets"].push_back({{"threshold", bracket.threshold}, {"value", bracket.value}});
      item["references"] = version.references;
      json["versions"].push_back(std::move(item));
    }
    list.push_back(std::move(json));
  }
  return list;
}

std::string name_of_target(const Law& law, const Reference& reference) {
  switch (reference.kind) {
    case Reference::Kind::param:
      return law.params()[reference.index].name;
    case Reference::Kind::table:
      return law.tables()[reference.index].name;
    case Reference::Kind::scale:
      return law.scales()[reference.index].name;
    case Reference::Kind::variable:
      return law.variables()[reference.index].name;
    case Reference::Kind::divisor:
      break;
  }
  return "";
}

/// Names that a version reads, in the order of the formula, each once.
Json reads_json(const Law& law, const VersionReferences& version) {
  Json reads = Json::array();
  std::set<std::string> seen;
  for (const Reference& reference : version.references) {
    std::string name = name_of_target(law, reference);
    if (!name.empty() && seen.insert(name).second) reads.push_back(std::move(name));
  }
  return reads;
}

Json rule_version_json(const Law& law, const Variable& rule, const VersionReferences& references) {
  const Version<RuleBody>& version = rule.versions[references.version];
  Json json = version_json(version);
  json["formula"] = print_expr(law, version.value.expr, rule.level, &version.value);
  json["lets"] = Json::array();
  for (const Let& let : version.value.lets) {
    json["lets"].push_back({{"name", let.name}, {"formula", print_expr(law, let.expr, rule.level, &version.value)}});
  }
  json["reads"] = reads_json(law, references);
  json["references"] = version.references;
  return json;
}

Json variable_json(const Law& law, const Variable& variable) {
  constexpr std::array<std::string_view, 3> periods{"monthly", "yearly", "eternal"};
  Json json = head_json(variable);
  json["program"] = law.programs()[variable.program].name;
  json["level"] = name_of(variable.level);
  json["period"] = periods[static_cast<std::size_t>(variable.periodicity)];
  if (variable.is_input)
    json["default"] = variable.default_value ? value_json(law, *variable.default_value, variable.type) : Json(nullptr);
  if (variable.past)
    json["past"] = {{"months", variable.past->months}, {"start", value_json(law, variable.past->start, variable.type)}};
  if (!variable.is_input) json["versions"] = Json::array();
  return json;
}

}  // namespace

std::string export_law(const Law& law) {
  Json inputs = Json::array();
  Json rules = Json::array();
  const std::vector<VersionReferences> references = collect_references(law);
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < law.variables().size(); ++i) {
    const Variable& variable = law.variables()[i];
    Json json = variable_json(law, variable);
    for (; next < references.size() && references[next].variable == i; ++next) {
      json["versions"].push_back(rule_version_json(law, variable, references[next]));
    }
    (variable.is_input ? inputs : rules).push_back(std::move(json));
  }
  Json changes = Json::array();
  for (const Change& change : law.changes()) changes.push_back({{"reform", change.reform}, {"what", change.what}});
  Json months = Json::array();
  for (const Month month : law.change_months()) months.push_back(to_string(month));
  Json whole;
  whole["programs"] = programs_json(law);
  whole["enums"] = enums_json(law);
  whole["params"] = params_json(law);
  whole["tables"] = tables_json(law);
  whole["scales"] = scales_json(law);
  whole["inputs"] = std::move(inputs);
  whole["rules"] = std::move(rules);
  whole["changes"] = std::move(changes);
  whole["change_months"] = std::move(months);
  return whole.dump(2) + "\n";
}

}  // namespace labacces::law
