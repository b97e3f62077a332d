// What the columns of a population file are: ids, links, roles, the weight, variables with their period.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/population/csv_text.hpp"
#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces {

struct CsvColumn {
  enum class Use : std::uint8_t { ignored, id, unit, role, kin, weight, value } use = Use::ignored;
  Level group = Level::menage;             ///< of `unit` and `role`
  const VariableInfo* variable = nullptr;  ///< of `value`
  Period period;                           ///< of `value`
  std::size_t field = 0;
  std::string name;  ///< as in the header
};

struct CsvHeader {
  std::vector<CsvColumn> columns;
  std::size_t field_count = 0;
  /// The column of that use, or nullptr.
  const CsvColumn* find(CsvColumn::Use use, Level group = Level::menage) const;
};

struct CsvHeaderOptions {
  Level level = Level::individu;  ///< what a row is
  bool ignore_unknown_columns = false;
  bool kinship =
      false;  ///< of persons: idmother, idfather, idpartner, or nothing, in place of families, tax units and roles, which are built
};

/// The columns of kinship: "idmother", "idfather", "idpartner".
inline constexpr std::array<std::string_view, 3> kin_columns{"idmother", "idfather", "idpartner"};
/// Whether families and tax units are to be built for persons with these columns: there are links of kin, or dwellings and dates of birth and
/// no column of a family or tax unit at all.
bool asks_for_units(const std::vector<std::string_view>& names);

/// "idmen", "idfam", "idfoy" and "quimen", "quifam", "quifoy".
std::string_view unit_column(Level group);
std::string_view role_column(Level group);

/// Names of columns, wherever they come from, and the place that a finding shows for one of them (nothing = for all together).
struct HeaderNames {
  std::vector<std::string_view> names;
  std::function<Location(std::optional<std::size_t> field)> place;
};
CsvHeader read_header(const HeaderNames& names, const Schema& schema, const CsvHeaderOptions& options, CsvFindings& findings);

/// Reads the header line. Findings: unknown, repeated and empty names, periods, and all needed columns that are missing, in one.
CsvHeader read_csv_header(CsvText& text, const Schema& schema, const CsvHeaderOptions& options, CsvFindings& findings);

}  // namespace labacces
