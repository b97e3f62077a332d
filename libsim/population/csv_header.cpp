// What the columns of a population file are: ids, links, roles, the weight, variables with their period.
#include "libsim/population/csv_header.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/time_span.hpp"

namespace labacces {
namespace {

using Use = CsvColumn::Use;

class HeaderReader {
 public:
  HeaderReader(const HeaderNames& names, const Schema& schema, const CsvHeaderOptions& options, CsvFindings& findings)
      : names_(names), schema_(schema), options_(options), findings_(findings) {}

  CsvHeader read() {
    CsvHeader header;
    header.field_count = names_.names.size();
    std::set<std::string> seen;
    for (std::size_t field = 0; field < header.field_count; ++field) {
      CsvColumn column;
      column.field = field;
      column.name = std::string(trim(names_.names[field]));
      if (column.name.empty()) {
        findings_.add(names_.place(field), "column " + std::to_string(field + 1) + " has no name");
      } else if (!seen.insert(column.name).second) {
        findings_.add(names_.place(field), "the column '" + column.name + "' is there twice");
      } else if (!set_special(column)) {
        set_variable(column);
      }
      if (column.use != Use::ignored) header.columns.push_back(column);
    }
    refuse_same_period(header);
    list_missing(header);
    return header;
  }

 private:
  bool has_links() const {
    return options_.kinship && std::any_of(names_.names.begin(), names_.names.end(), [](std::string_view name) {
             return std::find(kin_columns.begin(), kin_columns.end(), trim(name)) != kin_columns.end();
           });
  }

  /// Names that a file of this level has beside variables, and whether they are needed.
  std::vector<std::pair<std::string, bool>> special_names() const {
    std::vector<std::pair<std::string, bool>> names;
    if (options_.kinship) {
      for (const std::string_view kin : kin_columns) names.emplace_back(kin, false);
      names.emplace_back(unit_column(Level::menage), true);
      names.emplace_back(role_column(Level::menage), false);
    } else if (options_.level == Level::individu) {
      for (const Level group : {Level::menage, Level::famille, Level::foyer_fiscal}) {
        names.emplace_back(unit_column(group), true);
        names.emplace_back(role_column(group), true);
      }
    }
    names.emplace_back("id", is_group(options_.level) || has_links());
    if (options_.level == Level::individu || options_.level == Level::menage) names.emplace_back("wprm", false);
    return names;
  }

  bool set_special(CsvColumn& column) const {
    const auto names = special_names();
    const auto found = std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.first == column.name; });
    if (found == names.end()) return false;
    if (column.name == "id") column.use = Use::id;
    if (column.name == "wprm") column.use = Use::weight;
    if (std::find(kin_columns.begin(), kin_columns.end(), column.name) != kin_columns.end()) column.use = Use::kin;
    for (const Level group : group_levels) {
      if (column.name == unit_column(group)) column = {Use::unit, group, nullptr, {}, column.field, column.name};
      if (column.name == role_column(group)) column = {Use::role, group, nullptr, {}, column.field, column.name};
    }
    return true;
  }

  void set_variable(CsvColumn& column) {
    const std::size_t sign = column.name.find('@');
    const std::string name = column.name.substr(0, sign);
    const VariableInfo* info = schema_.find(name);
    if (info == nullptr) {
      unknown(column, name);
      return;
    }
    if (is_group(options_.level) && info->level != options_.level) {
      findings_.add(names_.place(column.field), "'" + name + "' is a variable of " + std::string(plural_of(info->level)) +
                                                    ", not of " + std::string(plural_of(options_.level)));
      return;
    }
    if (sign != std::string::npos && !set_period(column, *info, column.name.substr(sign + 1))) return;
    column.use = Use::value;
    column.variable = info;
  }

  bool set_period(CsvColumn& column, const VariableInfo& info, const std::string& period) {
    const std::optional<TimeSpan> span = parse_time_span(period);
    if (!span || (!span->is_eternity() && !span->is_month() && span->civil_years() != 1)) {
      findings_.add(names_.place(column.field), "column '" + column.name + "': '" + period +
                                                    "' is not a period: expected a month '2024-01' or a year '2024'");
      return false;
    }
    if (info.periodicity == Periodicity::eternal || span->is_eternity()) return true;
    if (span->is_month() && info.periodicity == Periodicity::yearly) {
      findings_.add(names_.place(column.field),
                    "column '" + column.name + "': '" + info.name + "' is yearly: expected a year such as '2024'");
      return false;
    }
    column.period = span->is_month() ? Period::month(span->first) : Period::year(span->first.year());
    return true;
  }

  void unknown(const CsvColumn& column, const std::string& name) {
    for (const Level group : {Level::famille, Level::foyer_fiscal}) {
      if (!options_.kinship || (name != unit_column(group) && name != role_column(group))) continue;
      findings_.add(
          names_.place(column.field),
          "'" + name +
              "' stands beside columns of kinship, from which families and tax units are built: give the one or the other");
      return;
    }
    if (options_.ignore_unknown_columns) return;
    std::vector<std::string> candidates = schema_.names();
    for (const auto& [special, needed] : special_names()) candidates.push_back(special);
    findings_.add(names_.place(column.field), "unknown column '" + column.name + "'", did_you_mean(name, candidates));
  }

  /// "loyer" twice under two spellings of one period ("@2024" and "@year:2024").
  void refuse_same_period(const CsvHeader& header) {
    for (std::size_t i = 0; i < header.columns.size(); ++i) {
      for (std::size_t j = 0; j < i && header.columns[i].use == Use::value; ++j) {
        if (header.columns[j].variable != header.columns[i].variable || header.columns[j].period != header.columns[i].period)
          continue;
        findings_.add(names_.place(header.columns[i].field),
                      "the columns '" + header.columns[j].name + "' and '" + header.columns[i].name + "' are for the same time");
      }
    }
  }

  void list_missing(const CsvHeader& header) {
    std::vector<std::string> missing;
    for (const auto& [name, needed] : special_names()) {
      const bool there = std::any_of(header.columns.begin(), header.columns.end(),
                                     [&name = name](const CsvColumn& column) { return column.name == name; });
      if (needed && !there) missing.push_back(name);
    }
    if (missing.empty()) return;
    findings_.add(
        names_.place(std::nullopt),
        std::string(missing.size() == 1 ? "a needed column is missing: " : "needed columns are missing: ") + join(missing, ", "));
  }

  const HeaderNames& names_;
  const Schema& schema_;
  const CsvHeaderOptions& options_;
  CsvFindings& findings_;
};

}  // namespace

std::string_view unit_column(Level group) {
  constexpr std::array<std::string_view, level_count> names{"", "idfam", "idfoy", "idmen"};
  return names[index_of(group)];
}

std::string_view role_column(Level group) {
  constexpr std::array<std::string_view, level_count> names{"", "quifam", "quifoy", "quimen"};
  return names[index_of(group)];
}

bool asks_for_units(const std::vector<std::string_view>& names) {
  const auto has = [&](std::string_view wanted) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return trim(name) == wanted; });
  };
  if (std::any_of(kin_columns.begin(), kin_columns.end(), has)) return true;
  for (const Level group : {Level::famille, Level::foyer_fiscal}) {
    if (has(unit_column(group)) || has(role_column(group))) return false;
  }
  return has(unit_column(Level::menage)) && has("date_naissance");
}

const CsvColumn* CsvHeader::find(CsvColumn::Use use, Level group) const {
  for (const CsvColumn& column : columns) {
    const bool grouped = use == Use::unit || use == Use::role;
    if (column.use == use && (!grouped || column.group == group)) return &column;
  }
  return nullptr;
}

CsvHeader read_header(const HeaderNames& names, const Schema& schema, const CsvHeaderOptions& options, CsvFindings& findings) {
  return HeaderReader(names, schema, options, findings).read();
}

CsvHeader read_csv_header(CsvText& text, const Schema& schema, const CsvHeaderOptions& options, CsvFindings& findings) {
  if (!text.next(findings)) return {};
  const auto place = [&text](std::optional<std::size_t> field) {
    return field ? text.location(*field) : text.line_location(text.line());
  };
  return read_header({text.fields(), place}, schema, options, findings);
}

}  // namespace labacces
