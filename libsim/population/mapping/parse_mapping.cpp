// Mappings, out of JSON and by name.
#include <algorithm>
#include <array>
#include <set>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/hash.hpp"
#include "libsim/population/mapping/embedded.hpp"
#include "libsim/population/mapping/mapping.hpp"
#include "libsim/population/mapping/parse_source.hpp"

namespace labacces::mapping {
namespace {

constexpr std::string_view prefix = "mapping:";

const std::vector<std::string> kinship_keys{"sex",   "marital_status", "student",      "disabled",
                                            "place", "monthly_pay",    "yearly_income"};
const std::vector<std::string> units{"year", "quarter", "month", "week"};

/// "2022", "2022-05", "always", "run", and where `words` names them "income" and "survey".
When when_of(const JsonReader& reader, const std::string& text, const std::string& path, const std::vector<std::string>& words) {
  const auto is_word = [&](const char* word) {
    return text == word && std::find(words.begin(), words.end(), text) != words.end();
  };
  if (is_word("always") || is_word("run")) return {};
  if (is_word("income")) return {When::Kind::income, 0};
  if (is_word("survey")) return {When::Kind::survey, 0};
  if (const auto month = parse_month(text)) return {When::Kind::month, month->index};
  const auto year = parse_number(text);
  if (text.size() == 4 && year && *year >= 1900) return {When::Kind::year, static_cast<std::int32_t>(*year)};
  reader.wrong(path, "expected a year such as 2022, a month such as 2022-05, or " + join(words, ", ") + "; found '" + text + "'",
               did_you_mean(text, words));
}

class Parser {
 public:
  Parser(const JsonReader& reader, Mapping& mapping) : reader_(reader), mapping_(mapping) {}

  void read(const Json& json) {
    reader_.object(json, {},
                   {"$schema", "format", "description", "source", "parameters", "file", "currency", "synthetic", "tables", "ids",
                    "weight", "kinship", "columns"});
    if (!json.contains("format") || json["format"] != "labacces-mapping/1")
      reader_.wrong("format", "\"labacces-mapping/1\" was expected");
    if (json.contains("description")) mapping_.description = reader_.text(json["description"], "description");
    if (json.contains("source")) mapping_.source = reader_.text(json["source"], "source");
    if (json.contains("synthetic")) mapping_.synthetic = reader_.truth(json["synthetic"], "synthetic");
    if (json.contains("parameters")) read_parameters(json["parameters"]);
    if (json.contains("file")) read_file_form(json["file"]);
    if (json.contains("currency")) read_currency(json["currency"]);
    if (!json.contains("ids")) reader_.wrong({}, "'ids' is missing: the columns that tell persons and households");
    read_tables(json.contains("tables") ? json["tables"] : Json{{"persons", Json::object()}});
    read_ids(json["ids"]);
    if (json.contains("weight")) mapping_.weight = checked(parse_source(reader_, json["weight"], "weight"));
    if (json.contains("kinship")) read_kinship(json["kinship"]);
    if (!json.contains("columns")) reader_.wrong({}, "'columns' is missing: the variables of the law and where they come from");
    read_columns(json["columns"]);
  }

  void set_parameter(const std::string& key, const std::string& value, const std::string& path) {
    if (key == "income") mapping_.income = when_of(reader_, value, path, {"always"});
    if (key == "survey") mapping_.survey = when_of(reader_, value, path, {"run"});
  }

 private:
  void read_parameters(const Json& json) {
    reader_.object(json, "parameters", {"income", "survey"});
    for (const auto& item : json.items()) {
      const std::string path = "parameters/" + item.key();
      set_parameter(item.key(), reader_.cell(item.value(), path), path);
    }
  }

  void read_file_form(const Json& json) {
    reader_.object(json, "file", {"separator", "decimal", "missing", "ignore_case"});
    if (json.contains("separator")) {
      constexpr std::array<char, 3> separators{'\t', ',', ';'};
      mapping_.separator = separators[reader_.one_of(json["separator"], "file/separator", {"tab", "comma", "semicolon"})];
    }
    if (json.contains("decimal"))
      mapping_.decimal_comma = reader_.one_of(json["decimal"], "file/decimal", {"point", "comma"}) == 1;
    if (json.contains("missing")) mapping_.missing = reader_.cells(json["missing"], "file/missing");
    if (json.contains("ignore_case")) mapping_.ignore_case = reader_.truth(json["ignore_case"], "file/ignore_case");
  }

  void read_currency(const Json& json) {
    reader_.object(json, "currency", {"name", "per_euro", "note"});
    if (json.contains("name")) mapping_.currency = reader_.text(json["name"], "currency/name");
    if (json.contains("note")) reader_.text(json["note"], "currency/note");
    if (!json.contains("per_euro")) return;
    mapping_.per_euro = reader_.number(json["per_euro"], "currency/per_euro");
    if (!(mapping_.per_euro > 0))
      reader_.wrong("currency/per_euro", "a number above 0 was expected: how many units of the currency are one euro");
  }

  void read_tables(const Json& json) {
    if (!json.is_object()) reader_.wrong_type(json, "tables", "an object");
    if (!json.contains("persons")) reader_.wrong("tables", "there is no table 'persons'");
    mapping_.tables.push_back(table("persons", json["persons"]));
    for (const auto& item : json.items()) {
      if (item.key() != "persons") mapping_.tables.push_back(table(item.key(), item.value()));
    }
  }

  Table table(const std::string& name, const Json& json) {
    const std::string path = "tables/" + name;
    Table out;
    out.name = name;
    out.path = path;
    if (name == "persons") {
      reader_.object(json, path, {"file"});
    } else {
      reader_.object(json, path, {"file", "rows", "id", "period", "optional"});
      if (!json.contains("rows")) reader_.wrong(path, "'rows' is missing: persons, households or months");
      out.rows = static_cast<Rows>(reader_.one_of(json["rows"], path + "/rows", {"persons", "households", "months"}));
      if (!json.contains("id"))
        reader_.wrong(path, "'id' is missing: the column with the id of the " +
                                std::string(out.rows == Rows::households ? "household" : "person"));
      out.id = reader_.text(json["id"], path + "/id");
      if (json.contains("optional")) out.optional = reader_.truth(json["optional"], path + "/optional");
      if (json.contains("period") != (out.rows == Rows::months)) {
        reader_.wrong(path, out.rows == Rows::months ? "'period' is missing: the column with the month of the row"
                                                     : "'period' goes with rows that are months");
      }
      if (json.contains("period")) out.period = reader_.text(json["period"], path + "/period");
      if (!json.contains("file")) reader_.wrong(path, "'file' is missing: the file of a folder, such as \"*D.csv\"");
    }
    if (json.contains("file")) out.files = reader_.cells(json["file"], path + "/file");
    return out;
  }

  void read_ids(const Json& json) {
    Ids& ids = mapping_.ids;
    const std::vector<std::pair<const char*, std::string*>> names{{"person", &ids.person},
                                                                  {"household", &ids.household},
                                                                  {"mother", &ids.mother},
                                                                  {"father", &ids.father},
                                                                  {"partner", &ids.partner},
                                                                  {"family", &ids.family},
                                                                  {"family_role", &ids.family_role},
                                                                  {"tax_unit", &ids.tax_unit},
                                                                  {"tax_unit_role", &ids.tax_unit_role},
                                                                  {"household_role", &ids.household_role}};
    std::vector<std::string> known{"nobody"};
    for (const auto& [key, place] : names) known.emplace_back(key);
    reader_.object(json, "ids", known);
    for (const auto& [key, place] : names) {
      if (json.contains(key)) *place = reader_.text(json[key], std::string("ids/") + key);
    }
    if (json.contains("nobody")) ids.nobody = reader_.cells(json["nobody"], "ids/nobody");
    if (ids.household.empty()) reader_.wrong("ids", "'household' is missing: the column with the id of the person's household");
    const std::array<bool, 5> own{!ids.family.empty(), !ids.family_role.empty(), !ids.tax_unit.empty(),
                                  !ids.tax_unit_role.empty(), !ids.household_role.empty()};
    const bool any = std::find(own.begin(), own.end(), true) != own.end(),
               all = std::find(own.begin(), own.end(), false) == own.end();
    if (any && !all)
      reader_.wrong("ids",
                    "family, family_role, tax_unit, tax_unit_role and household_role go together: give all five, or none, and "
                    "units are built");
    if (any && !(ids.mother + ids.father + ids.partner).empty())
      reader_.wrong("ids",
                    "'family' and 'tax_unit' do not go with mother, father and partner: units are given, or built from kinship");
    if (any && ids.person.empty()) reader_.wrong("ids", "'person' is missing: the column with the person's id");
    if (!(ids.mother + ids.father + ids.partner).empty() && ids.person.empty())
      reader_.wrong("ids", "'person' is missing: mother, father and partner are ids of persons");
  }

  void read_kinship(const Json& json) {
    reader_.object(json, "kinship", kinship_keys);
    if (!mapping_.ids.family.empty())
      reader_.wrong("kinship", "units are given by 'ids': there is nothing to build from kinship");
    for (const auto& item : json.items())
      mapping_.kinship[item.key()] = checked(parse_source(reader_, item.value(), "kinship/" + item.key()));
  }

  void read_columns(const Json& json) {
    if (!json.is_object() || json.empty())
      reader_.wrong("columns", "an object was expected, such as {\"salaire_net\": {\"column\": \"yem\", \"unit\": \"month\"}}");
    for (const auto& item : json.items()) {
      const std::string path = "columns/" + item.key();
      if (!item.value().is_array()) {
        mapping_.columns.push_back(target(item.key(), item.value(), path));
        continue;
      }
      if (item.value().empty()) reader_.wrong(path, "the list is empty");
      for (std::size_t i = 0; i < item.value().size(); ++i) {
        mapping_.columns.push_back(target(item.key(), item.value()[i], path + "/" + std::to_string(i)));
      }
    }
  }

  Target target(const std::string& variable, const Json& json, const std::string& path) {
    Target out;
    out.variable = variable;
    out.path = path;
    out.source = checked(parse_source(reader_, json, path, {"unit", "for", "months", "members", "give_to", "note"}));
    if (!json.is_object()) return out;
    if (json.contains("note")) reader_.text(json["note"], path + "/note");
    if (json.contains("unit")) out.unit = units[reader_.one_of(json["unit"], path + "/unit", units)];
    if (json.contains("for"))
      out.when = when_of(reader_, reader_.cell(json["for"], path + "/for"), path + "/for", {"always", "income", "survey"});
    if (json.contains("months")) out.months = months(json["months"], path + "/months");
    if (out.months && out.when) reader_.wrong(path + "/for", "'for' does not go with 'months', which say the time");
    if (json.contains("members"))
      out.combine = static_cast<Combine>(reader_.one_of(json["members"], path + "/members", {"same", "sum", "highest", "first"}));
    if (json.contains("give_to"))
      out.give_to = reader_.one_of(json["give_to"], path + "/give_to", {"everybody", "reference"}) == 0 ? GiveTo::everybody
                                                                                                        : GiveTo::reference;
    return out;
  }

  std::pair<Month, Month> months(const Json& json, const std::string& path) {
    reader_.object(json, path, {"from", "to"});
    std::array<Month, 2> found{};
    for (const std::size_t i : {std::size_t{0}, std::size_t{1}}) {
      const char* key = i == 0 ? "from" : "to";
      if (!json.contains(key)) reader_.wrong(path, std::string("'") + key + "' is missing: a month such as \"2024-01\"");
      const std::string text = reader_.text(json[key], path + "/" + key);
      const auto month = parse_month(text);
      if (!month) reader_.wrong(path + "/" + key, "a month was expected, such as \"2024-01\", found \"" + text + "\"");
      found[i] = *month;
    }
    if (found[1] < found[0]) reader_.wrong(path, "the last month lies before the first");
    if (found[1] - found[0] >= 1200) reader_.wrong(path, "more than a hundred years of months");
    return {found[0], found[1]};
  }

  /// Tables that a source names are there.
  Source checked(Source source) const {
    check_table(source.table, source.path + "/table");
    if (source.when) check_table(source.when->table, source.when->path + "/table");
    for (Source& part : source.parts) part = checked(std::move(part));
    return source;
  }
  void check_table(const std::string& name, const std::string& path) const {
    if (name.empty() || mapping_.find_table(name) != nullptr) return;
    std::vector<std::string> known;
    for (const Table& table : mapping_.tables) known.push_back(table.name);
    const std::string hint = did_you_mean(name, known);
    reader_.wrong(path, "'tables' has no '" + name + "'", hint.empty() ? "known: " + join(known, ", ") : hint);
  }

  const JsonReader& reader_;
  Mapping& mapping_;
};

std::string text_of(const std::string& name) {
  if (!name.starts_with(prefix)) return read_file(name);
  const std::string own = name.substr(prefix.size());
  for (const EmbeddedFile& mapping : embedded_mappings()) {
    if (mapping.name == own) return std::string(mapping.text);
  }
  const std::string hint = did_you_mean(own, builtin_mappings());
  throw Error("unknown mapping '" + name + "'; " +
              (hint.empty() ? "there are: mapping:" + join(builtin_mappings(), ", mapping:") : hint));
}

}  // namespace

const Table* Mapping::find_table(std::string_view table) const {
  for (const Table& known : tables) {
    if (known.name == table) return &known;
  }
  return nullptr;
}

std::vector<std::string> builtin_mappings() {
  std::vector<std::string> out;
  for (const EmbeddedFile& mapping : embedded_mappings()) out.emplace_back(mapping.name);
  return out;
}

Mapping parse_mapping(const std::string& name, const std::string& text) {
  const std::size_t mark = name.find('?');
  Mapping mapping;
  mapping.name = name;
  mapping.file = name.substr(0, mark);
  mapping.sha256 = sha256(text);
  const JsonReader reader(mapping.file);
  Parser parser(reader, mapping);
  parser.read(parse_json(mapping.file, text));
  if (mark == std::string::npos) return mapping;
  const std::vector<std::string> keys{"income", "survey"};
  for (const std::string_view part : split(std::string_view(name).substr(mark + 1), '&')) {
    const std::size_t equal = part.find('=');
    const std::string key(part.substr(0, equal));
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      const std::string hint = did_you_mean(key, keys);
      throw Error("mapping " + name + ": unknown key '" + key + "'; " + (hint.empty() ? "known: income, survey" : hint));
    }
    parser.set_parameter(key, equal == std::string_view::npos ? std::string() : std::string(part.substr(equal + 1)), "?" + key);
  }
  return mapping;
}

Mapping load_mapping(const std::string& name) { return parse_mapping(name, text_of(name.substr(0, name.find('?')))); }

}  // namespace labacces::mapping
