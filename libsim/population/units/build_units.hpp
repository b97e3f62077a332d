// Families, tax units and dwellings built from kinship by the rules of law; what was assumed is counted.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "libsim/base/diagnostics.hpp"
#include "libsim/base/error.hpp"
#include "libsim/population/level.hpp"
#include "libsim/population/units/kinship.hpp"

namespace labacces::units {

struct UnitOptions {
  Day on{};  ///< ages are judged on this day (families) and on 1 January of its year (tax units, CGI 196 bis): first day of the period
};

/// Units of one level. Ids are those of the principals (dwellings keep their own), units in the order of the smallest row of a member.
struct UnitsOfLevel {
  std::vector<std::string> ids;
  std::vector<std::int32_t> unit_of;  ///< person row -> place in ids
  std::vector<std::uint8_t> role_of;  ///< person row -> Role
};

/// Something that the data did not say, or said and could not be: counted, with the first rows.
struct UnitNote {
  std::string kind;                ///< stable name: "children_of_unmarried_parents", "mother_younger_than_child"
  std::string text;                ///< one sentence in English: what was assumed, by which article; or what is wrong
  std::size_t count = 0;           ///< persons concerned (couples count two)
  std::vector<std::int32_t> rows;  ///< the first ten of these, smallest rows first
  Link link = Link::person;        ///< of a finding: the cell that is wrong
};

struct BuiltUnits {
  std::array<UnitsOfLevel, level_count> of;  ///< by index_of(level); [individu] is empty
  /// Inputs of the law that follow from kinship, for readers whose data do not give them; 1 = yes.
  std::vector<std::uint8_t> lives_with_parents;  ///< person row -> habite_chez_parents
  std::vector<std::uint8_t> hosted_by_family;  ///< famille -> proprietaire_proche_famille: in a relative's dwelling (CCH L822-3)
  std::vector<std::uint8_t> flat_share;        ///< menage -> coloc: families without kinship share the dwelling
  std::vector<UnitNote> assumptions;           ///< to go into the run record
  std::vector<UnitNote> findings;  ///< contradictions: each is an error for a reader; the links concerned were left out
};

/// Builds the units. Never fails on contradictory links: it leaves them out and says so in `findings`, so that a check can go on; a reader
/// throws `kinship_error` when there are any. A vector of a wrong length or an index out of range is a Defect. The units do not depend on
/// the order of rows: ties go to the smallest id.
BuiltUnits build_units(const Kinship& kinship, const UnitOptions& options);

/// One error for each of the first rows of a finding: "people.csv:12:5: error: individu '7': the mother is not older than this person: '9'", and
/// the counts by kind where there are more. `place` gives the place of a row's cell.
Error kinship_error(const Kinship& kinship, const BuiltUnits& units,
                    const std::function<Location(std::int32_t row, Link link)>& place);

/// For the run record: [{"kind", "text", "count"}], no ids: a record travels further than the data.
nlohmann::ordered_json assumptions_json(const BuiltUnits& units);
/// The same for people: an assumption with its count and first ids, wrapped at 80 columns. "" when there are none.
std::string assumptions_text(const Kinship& kinship, const BuiltUnits& units);

}  // namespace labacces::units
