// Mapping: how foreign tables become the columns of a population, as plain data; and its file format.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libsim/base/date.hpp"

namespace labacces::mapping {

/// What a row of a table is. Rows of `months` are one a person and month (or year).
enum class Rows : std::uint8_t { persons, households, months };

struct Table {
  std::string name;
  Rows rows = Rows::persons;
  std::vector<std::string>
      files;           ///< patterns ("*D.csv") in a folder; the table of persons is the file itself where the population is one
  std::string id;      ///< column: the person's, or the household's
  std::string period;  ///< of months
  bool optional = false;  ///< may be absent
  std::string path;       ///< in the JSON, for messages
};

/// The rows that a condition lets through. A row without a value does not pass.
struct Condition {
  std::string table, column;
  std::vector<std::string> in;
  double at_least = -std::numeric_limits<double>::infinity();
  double at_most = std::numeric_limits<double>::infinity();
  bool is_numeric = false;  ///< at_least or at_most is given
  bool optional = false;
  std::string path;
};

/// A value of a code: a number, or the text of an item, "true", "false" or a date; nothing when the code means that there is none.
struct CodeValue {
  std::optional<std::string> text;
  std::string path;
};
/// One row of a value table: a code, or a range of numbers ("18..25", "65..").
struct Code {
  std::string text;
  double low = 0.0, high = -1.0;  ///< a range where low <= high
  CodeValue value;
};

/// Where a value comes from: a tree whose leaves are columns and constants.
struct Source {
  enum class Kind : std::uint8_t { column, constant, sum, ratio, first, age, birth } kind = Kind::column;
  std::string table, column;           ///< of `column`
  std::string constant;                ///< of `constant`, as text
  std::vector<Source> parts;           ///< sum, ratio (two), first; age: the age; birth: year, then month when it is a column
  std::vector<Code> codes;             ///< a value table for the cells of a column
  std::optional<CodeValue> otherwise;  ///< for cells in none of the codes
  std::vector<std::string> missing;    ///< cells that mean no value, beside those of the file
  std::optional<Condition> when;
  double factor = 1.0;
  double floor = -std::numeric_limits<double>::infinity();
  double ceiling = std::numeric_limits<double>::infinity();
  int month = 1;          ///< of age and birth: the month of birth where no column tells it
  bool optional = false;  ///< the column may be absent
  std::string path;
};

/// The time for which a value of a table holds.
struct When {
  enum class Kind : std::uint8_t { always, income, survey, year, month } kind = Kind::always;
  std::int32_t value = 0;  ///< year, or Month::index
};

/// How values of persons become one of their family, tax unit or dwelling.
enum class Combine : std::uint8_t { same, sum, highest, first };
/// Who gets a value that is the household's: everybody (or every unit), or the reference person (or her unit).
enum class GiveTo : std::uint8_t { unsaid, everybody, reference };

/// One column of the population.
struct Target {
  std::string variable;
  Source source;
  std::string unit;  ///< "year", "quarter", "month", "week": of amounts; "" when it is none
  std::optional<When> when;
  std::optional<std::pair<Month, Month>> months;  ///< {yyyy}, {mm} in column names run over these
  Combine combine = Combine::same;
  GiveTo give_to = GiveTo::unsaid;
  bool as_usual =
      false;  ///< amounts are as the usual files have them: the month's of a month, the whole year's of a year; no unit is needed
  std::string path;
};

/// What identifies units and kin: names of columns of the table of persons.
struct Ids {
  std::string person;
  std::string household;
  std::string mother, father, partner;
  std::string family, family_role, tax_unit, tax_unit_role, household_role;
  std::vector<std::string> nobody;  ///< cells of mother, father and partner that mean nobody
};

struct Mapping {
  std::string file;    ///< as messages show it: "mapping:euromod", "my.json"
  std::string name;    ///< as it was asked, with what follows '?'
  std::string sha256;  ///< of its text
  std::string description, source;
  When income, survey;    ///< survey: `always` = the month of the run
  char separator = '\0';  ///< found in the header when it is 0
  bool decimal_comma = false;
  bool ignore_case = false;  ///< of column names
  std::vector<std::string> missing;
  double per_euro = 1.0;  ///< units of the currency in a euro
  std::string currency = "EUR";
  bool synthetic = false;
  std::vector<Table> tables;  ///< the first is the one of persons
  Ids ids;
  std::optional<Source> weight;
  std::map<std::string, Source> kinship;  ///< sex, marital_status, student, disabled, place, monthly_pay, yearly_income
  std::vector<Target> columns;

  const Table* find_table(std::string_view table) const;
};

/// The names of the mappings inside the program: "euromod", "eusilc-laeken", "eusilc-udb".
std::vector<std::string> builtin_mappings();

/// A mapping by name: "mapping:euromod", a path, either with "?income=2022&survey=2023-05" behind it, which replaces `parameters`.
/// Throws Error with file and JSON path: unknown name (nearest), syntax, unknown key (nearest), wrong type, a table or a period that is none.
Mapping load_mapping(const std::string& name);

/// The same from a text.
Mapping parse_mapping(const std::string& name, const std::string& text);

}  // namespace labacces::mapping
