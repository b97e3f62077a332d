// What margins look at: units, their links, and columns of values, whether given, computed or worked out here.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/population/calibration/margin_file.hpp"
#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces::calibration {

/// One variable: a value a unit of its level. Values are lent, or kept in `own`.
struct MarginColumn {
  std::string name;
  Level level = Level::individu;
  ValueKind kind = ValueKind::number;
  std::vector<std::string> items;  ///< of an enumeration
  std::span<const double> lent;
  std::vector<double> own = {};
  std::span<const double> values() const { return own.empty() ? lent : std::span<const double>(own); }
};

/// `memberships` of group levels; those of individu is null.
struct MarginData {
  std::array<std::size_t, level_count> counts{};
  std::array<const Membership*, level_count> memberships{};
  std::vector<MarginColumn> columns;

  const MarginColumn* find(std::string_view name) const;
  /// Row, at `to`, of what a unit of `from` belongs to: itself, its group; of a group, that of its principal.
  std::size_t row_at(Level from, std::size_t row, Level to) const;
  std::size_t dwelling_of(Level level, std::size_t row) const { return row_at(level, row, Level::menage); }
};

/// Units and links of a population, no columns yet. It must outlive the data.
MarginData margin_data(const Population& population);

/// Names that need no variable of the law: `age` (whole years on the last day of `month`'s year; needs the column date_naissance),
/// `age_reference` (of the dwelling's reference person), `etudiants_seuls` (a dwelling in which everybody studies; needs activite), `personnes` (of the
/// dwelling), `type_menage` (personne_seule, sans_famille, couple_sans_enfant, couple_avec_enfant, famille_monoparentale, by the roles in the dwelling).
const std::vector<std::string>& derived_names();
/// The variable that one of them needs; "" = none.
std::string needed_by(const std::string& derived);
/// Adds one of them; what it needs is there.
void add_derived(MarginData& data, const std::string& name, Month month);

/// Every variable that the file names, once, in the order of the file; derived names too.
std::vector<std::string> variables_of(const MarginFile& file);

}  // namespace labacces::calibration
