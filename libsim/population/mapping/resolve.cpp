#include "libsim/population/mapping/resolve.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace labacces::mapping {
namespace {

bool is_rate(const VariableInfo& variable) {
  return variable.kind == ValueKind::number && (variable.measure == "EUR/month" || variable.measure == "EUR/year");
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// {yyyy}, {yy}, {mm} and {m} of a name as the month has them.
std::string in_month(std::string name, Month month) {
  const std::array<std::pair<std::string, std::string>, 4> signs{{{"{yyyy}", std::to_string(month.year())},
                                                                  {"{yy}", two_digits(month.year() % 100)},
                                                                  {"{mm}", two_digits(month.month())},
                                                                  {"{m}", std::to_string(month.month())}}};
  for (const auto& [sign, text] : signs) {
    for (std::size_t at = name.find(sign); at != std::string::npos; at = name.find(sign, at + text.size()))
      name.replace(at, sign.size(), text);
  }
  return name;
}

Source in_month(Source source, Month month) {
  source.column = in_month(source.column, month);
  if (source.when) source.when->column = in_month(source.when->column, month);
  for (Source& part : source.parts) part = in_month(std::move(part), month);
  return source;
}

bool names_a_month(const Source& source) {
  return source.column.find('{') != std::string::npos || std::any_of(source.parts.begin(), source.parts.end(), names_a_month);
}

void collect_tables(const Source& source, std::set<std::string>& tables) {
  if (source.kind == Source::Kind::column) tables.insert(source.table.empty() ? "persons" : source.table);
  if (source.when) tables.insert(source.when->table.empty() ? "persons" : source.when->table);
  for (const Source& part : source.parts) collect_tables(part, tables);
}

void collect_columns(const Source& source, bool optional, std::map<std::string, std::vector<WantedColumn>>& out) {
  if (source.kind == Source::Kind::column)
    out[source.table.empty() ? "persons" : source.table].push_back({source.column, optional || source.optional, source.path});
  if (source.when)
    out[source.when->table.empty() ? "persons" : source.when->table].push_back(
        {source.when->column, source.when->optional, source.when->path + "/column"});
  for (const Source& part : source.parts) collect_columns(part, optional, out);
}

class Resolver {
 public:
  Resolver(const Mapping& mapping, const Schema& schema, CsvFindings& findings)
      : mapping_(mapping), schema_(schema), findings_(findings) {}

  std::vector<ResolvedTarget> all() {
    for (const Target& target : mapping_.columns) add(target);
    return std::move(out_);
  }

 private:
  void wrong(const std::string& path, std::string message, std::string hint = {}) {
    findings_.add(Location{mapping_.file, 0, 0, path}, std::move(message), std::move(hint));
  }

  void add(const Target& target) {
    const VariableInfo* variable = schema_.find(target.variable);
    if (variable == nullptr)
      return wrong(target.path, "unknown variable '" + target.variable + "'", did_you_mean(target.variable, schema_.names()));
    if (is_rate(*variable) && target.unit.empty() && !target.as_usual && target.source.kind != Source::Kind::constant) {
      return wrong(target.path, "'unit' is missing: '" + variable->name + "' is an amount (" + variable->measure +
                                    "), so of what time is the amount of the file? year, quarter, month or week");
    }
    if (!is_rate(*variable) && !target.unit.empty()) {
      return wrong(target.path + "/unit",
                   "'" + variable->name + "' is no amount by time (" + variable->measure + "): it has no 'unit'");
    }
    std::set<std::string> tables;
    collect_tables(target.source, tables);
    std::string months_of;
    for (const std::string& name : tables) {
      if (mapping_.find_table(name)->rows == Rows::months) months_of = name;
    }
    if (!months_of.empty()) return add_history(target, *variable, months_of, tables.size());
    if (target.months) return add_months(target, *variable);
    if (names_a_month(target.source))
      return wrong(target.path, "a column's name has { }, but 'months' is missing: {\"from\": \"2024-01\", \"to\": \"2024-12\"}");
    put(target, *variable, target.source, period(target, *variable));
  }

  void add_history(const Target& target, const VariableInfo& variable, const std::string& table, std::size_t tables) {
    if (tables > 1)
      return wrong(target.path, "a value is read from the table of months '" + table + "' or from others, not from both");
    if (target.when || target.months)
      return wrong(target.path, "the rows of '" + table + "' tell the time: 'for' and 'months' have no place here");
    if (variable.level != Level::individu)
      return wrong(target.path, "the rows of '" + table + "' are of persons, and '" + variable.name + "' is a variable of " +
                                    std::string(plural_of(variable.level)));
    if (variable.periodicity == Periodicity::eternal)
      return wrong(target.path, "'" + variable.name + "' holds for all time: it has no months");
    out_.push_back({&target, &variable, target.source, {}, table});
  }

  void add_months(const Target& target, const VariableInfo& variable) {
    if (!names_a_month(target.source))
      return wrong(target.path + "/months", "no column's name has the month: {mm} or {m}, and {yyyy} or {yy} for the year");
    if (variable.periodicity != Periodicity::monthly)
      return wrong(target.path + "/months", "'" + variable.name + "' is not monthly");
    for (Month month = target.months->first; month <= target.months->second; month = month + 1)
      put(target, variable, in_month(target.source, month), Period::month(month));
  }

  Period period(const Target& target, const VariableInfo& variable) {
    const When when = target.when.value_or(When{is_rate(variable) ? When::Kind::income : When::Kind::always, 0});
    const Period found = period_of(when, mapping_);
    const std::string path = target.path + "/for";
    if (variable.periodicity == Periodicity::eternal && target.when && found.kind != Period::Kind::eternity)
      wrong(path, "'" + variable.name + "' holds for all time: it has no 'for'");
    if (variable.periodicity == Periodicity::eternal) return {};
    if (variable.periodicity == Periodicity::yearly && found.kind == Period::Kind::month)
      wrong(path, "'" + variable.name + "' is yearly: a year such as 2022 was expected");
    return found;
  }

  void put(const Target& target, const VariableInfo& variable, Source source, Period period) {
    if (!seen_.insert({variable.name, period}).second)
      return wrong(target.path, "'" + variable.name + "' is given for this time by another column of the mapping already");
    out_.push_back({&target, &variable, std::move(source), period, {}});
  }

  const Mapping& mapping_;
  const Schema& schema_;
  CsvFindings& findings_;
  std::vector<ResolvedTarget> out_;
  std::set<std::pair<std::string, Period>> seen_;
};

}  // namespace

std::vector<ResolvedTarget> resolve(const Mapping& mapping, const Schema& schema, CsvFindings& findings) {
  return Resolver(mapping, schema, findings).all();
}

std::map<std::string, std::vector<WantedColumn>> wanted_columns(const Mapping& mapping,
                                                                const std::vector<ResolvedTarget>& targets) {
  std::map<std::string, std::vector<WantedColumn>> out;
  const Ids& ids = mapping.ids;
  const std::vector<std::pair<const char*, const std::string*>> names{{"person", &ids.person},
                                                                      {"household", &ids.household},
                                                                      {"mother", &ids.mother},
                                                                      {"father", &ids.father},
                                                                      {"partner", &ids.partner},
                                                                      {"family", &ids.family},
                                                                      {"family_role", &ids.family_role},
                                                                      {"tax_unit", &ids.tax_unit},
                                                                      {"tax_unit_role", &ids.tax_unit_role},
                                                                      {"household_role", &ids.household_role}};
  for (const auto& [key, name] : names) {
    if (!name->empty()) out["persons"].push_back({*name, false, std::string("ids/") + key});
  }
  for (const Table& table : mapping.tables) {
    if (!table.id.empty()) out[table.name].push_back({table.id, false, table.path + "/id"});
    if (!table.period.empty()) out[table.name].push_back({table.period, false, table.path + "/period"});
  }
  if (mapping.weight) collect_columns(*mapping.weight, false, out);
  for (const auto& [key, source] : mapping.kinship) collect_columns(source, false, out);
  for (const ResolvedTarget& target : targets) collect_columns(target.source, false, out);
  return out;
}

double converted(double value, const VariableInfo& variable, const std::string& unit, Period::Kind kind, double per_euro) {
  if (variable.measure.starts_with("EUR") && per_euro != 1.0) value /= per_euro;
  if (!is_rate(variable)) return value;
  const double per_year = unit == "week" ? 52 : unit == "month" ? 12 : unit == "quarter" ? 4 : 1;
  const bool of_month = variable.measure == "EUR/month" && !(variable.is_flow && kind == Period::Kind::year);
  if (!of_month) return unit.empty() ? value : value * per_year;
  if (unit.empty() || unit == "month") return value;
  return unit == "week" ? value * per_year / 12 : value / (12 / per_year);
}

Period period_of(const When& when, const Mapping& mapping) {
  switch (when.kind) {
    case When::Kind::always:
      return Period::eternity();
    case When::Kind::income:
      return period_of(mapping.income, mapping);
    case When::Kind::survey:
      return period_of(mapping.survey, mapping);
    case When::Kind::year:
      return Period::year(when.value);
    case When::Kind::month:
      return Period::month(Month{when.value});
  }
  return {};
}

AgeBasis age_basis(const Mapping& mapping, Month run) {
  switch (mapping.survey.kind) {
    case When::Kind::year:
      return {mapping.survey.value, 0};
    case When::Kind::month:
      return {Month{mapping.survey.value}.year(), Month{mapping.survey.value}.month()};
    case When::Kind::always:
    case When::Kind::income:
    case When::Kind::survey:
      break;
  }
  return {run.year(), run.month()};
}

}  // namespace labacces::mapping
