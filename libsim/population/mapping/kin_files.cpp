#include "libsim/population/mapping/kin_files.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/csv_header.hpp"

namespace labacces::mapping {
namespace {

using Use = CsvColumn::Use;

/// A column that holds a variable as the usual files do: no codes, amounts a month, a year's column the whole year.
Target plain_target(const std::string& table, const std::string& column, const VariableInfo& variable, const Period& period) {
  Target target;
  target.variable = variable.name;
  target.path = column;
  target.source.table = table;
  target.source.column = column;
  target.source.path = column;
  if (variable.kind == ValueKind::number && variable.measure == "EUR/month")
    target.unit = variable.is_flow && period.kind == Period::Kind::year ? "year" : "month";
  if (variable.kind == ValueKind::number && variable.measure == "EUR/year") target.unit = "year";
  if (period.kind == Period::Kind::year) target.when = When{When::Kind::year, period.value};
  if (period.kind == Period::Kind::month) target.when = When{When::Kind::month, period.value};
  return target;
}

class KinMapping {
 public:
  KinMapping(const CsvTexts& texts, const Schema& schema) : texts_(texts), schema_(schema) {}

  Mapping make() {
    for (const Level level : {Level::famille, Level::foyer_fiscal}) {
      for (const auto* files : {&texts_.files, &texts_.months}) {
        const auto found = files->find(level);
        if (found != files->end())
          throw Error(
              Location{found->second.first, 0, 0, {}},
              "the persons come with kinship, from which families and tax units are built: they have no file of their own");
      }
    }
    mapping_.file = texts_.files.at(Level::individu).first;
    mapping_.synthetic = texts_.synthetic;
    Table persons;
    persons.name = "persons";
    persons.files = {"individus.csv"};
    persons.path = "persons";
    mapping_.tables.push_back(std::move(persons));
    read_persons();
    if (texts_.files.contains(Level::menage)) read_dwellings();
    for (const auto& [level, file] : texts_.months) read_history(level, file);
    findings_.throw_if_any();
    return std::move(mapping_);
  }

 private:
  CsvHeader header_of(const std::pair<std::string, std::string>& file, Level level, bool kinship) {
    CsvText text(file.first, file.second);
    return read_csv_header(text, schema_, {level, false, kinship}, findings_);
  }

  void read_persons() {
    for (const CsvColumn& column : header_of(texts_.files.at(Level::individu), Level::individu, true).columns) {
      if (column.use == Use::id) mapping_.ids.person = column.name;
      if (column.use == Use::unit) mapping_.ids.household = column.name;
      if (column.use == Use::kin)
        (column.name == "idmother"   ? mapping_.ids.mother
         : column.name == "idfather" ? mapping_.ids.father
                                     : mapping_.ids.partner) = column.name;
      if (column.use == Use::role) mapping_.kinship["place"] = place_of(column.name);
      if (column.use == Use::weight) mapping_.weight = weight_of({}, column.name);
      if (column.use == Use::value) mapping_.columns.push_back(plain_target({}, column.name, *column.variable, column.period));
    }
    mapping_.ids.nobody = {"0"};
  }

  static Source place_of(const std::string& column) {
    Source source;
    source.column = column;
    source.path = column;
    const std::vector<std::pair<std::string, std::string>> codes{
        {"0", "reference"}, {"1", "conjoint"}, {"2", "child"}, {"3", "other"}};
    for (const auto& [code, place] : codes) source.codes.push_back({code, 0.0, -1.0, {place, column}});
    return source;
  }

  static Source weight_of(const std::string& table, const std::string& column) {
    Source source;
    source.table = table;
    source.column = column;
    source.path = column;
    return source;
  }

  void add_table(const std::string& name, Rows rows, const std::pair<std::string, std::string>& file, const std::string& period) {
    Table table;
    table.name = name;
    table.rows = rows;
    std::string own = std::filesystem::path(file.first).filename().string();
    if (own.ends_with(".gz")) own.resize(own.size() - 3);
    table.files = {own};
    table.id = "id";
    table.period = period;
    table.path = own;
    mapping_.tables.push_back(std::move(table));
  }

  void read_dwellings() {
    const auto& file = texts_.files.at(Level::menage);
    add_table("menages", Rows::households, file, {});
    for (const CsvColumn& column : header_of(file, Level::menage, false).columns) {
      if (column.use == Use::weight) mapping_.weight = weight_of("menages", column.name);
      if (column.use == Use::value)
        mapping_.columns.push_back(plain_target("menages", column.name, *column.variable, column.period));
    }
  }

  void read_history(Level level, const std::pair<std::string, std::string>& file) {
    if (level != Level::individu)
      throw Error(Location{file.first, 0, 0, {}}, "the persons come with kinship: histories are of persons (individus_mois.csv)");
    add_table("history", Rows::months, file, "period");
    CsvText text(file.first, file.second);
    if (!text.next(findings_)) return;
    for (std::size_t field = 0; field < text.fields().size(); ++field) {
      const std::string name(trim(text.fields()[field]));
      if (name == "id" || name == "period") continue;
      const VariableInfo* variable = schema_.find(name);
      if (variable == nullptr)
        findings_.add(text.location(field), "unknown column '" + name + "'", did_you_mean(name, schema_.names()));
      if (variable != nullptr) mapping_.columns.push_back(history_target(name, *variable));
    }
  }

  /// A row for a year holds the whole year's amount, and one for a month the month's: no unit is right for both, so none converts.
  static Target history_target(const std::string& column, const VariableInfo& variable) {
    Target target = plain_target("history", column, variable, Period::eternity());
    target.unit = "";
    target.as_usual = true;
    return target;
  }

  const CsvTexts& texts_;
  const Schema& schema_;
  CsvFindings findings_;
  Mapping mapping_;
};

}  // namespace

bool asks_for_units(const CsvTexts& texts) {
  const auto& [name, content] = texts.files.at(Level::individu);
  CsvFindings findings;
  CsvText text(name, content);
  return text.next(findings) && labacces::asks_for_units(text.fields());
}

MappedPopulation read_kin_files(const CsvTexts& texts, const Schema& schema, Month period) {
  MappedPopulation read = read_mapped(texts.source, KinMapping(texts, schema).make(), schema, period);
  // The columns are those of every population: only what was assumed has a place in the record.
  const nlohmann::ordered_json all = nlohmann::ordered_json::parse(read.record);
  read.record = nlohmann::ordered_json{{"units", all.at("units")}}.dump();
  return read;
}

}  // namespace labacces::mapping
