// OpenFisca situation JSON: households by hand, `null` for what is asked; read, and written back filled.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces {

/// One `null` of the file: the n-th of the text, asked for one unit.
struct AskedCell {
  std::int32_t row = 0;  ///< canonical row of the unit
  std::size_t null_index = 0;
};

/// One variable asked for one period by some units. An amount by month asked for more months is the sum over them: `parts`.
struct SituationRequest {
  std::string variable;
  Level level = Level::individu;
  std::string period;         ///< as written first: "2024-01"
  std::vector<Period> parts;  ///< one, or the months to sum
  std::vector<AskedCell> cells;
};

/// A variable that the law does not know, asked `count` times: its nulls stay.
struct UnknownRequest {
  std::string variable;
  Level level = Level::individu;
  std::size_t count = 0;
  std::string hint;  ///< "did you mean 'x'?" or ""
};

/// A situation read. An entity kind that is wholly absent has one unit a person, with the person's id, as in OpenFisca; an entity
/// kind that is there must have every person in one unit (OpenFisca would make a unit for the others in silence).
struct Situation {
  std::string text;
  Population population;
  std::vector<SituationRequest> requests;  ///< in the order of the file
  std::vector<UnknownRequest> unknown;     ///< in the order of the file
  std::vector<Level> built_levels;         ///< entity kinds that were absent
};

/// Reads a situation. Error with every finding (at most 20) and its JSON path: syntax, repeated keys, unknown variables and codes,
/// wrong types and periods, persons in two units or in none, roles held twice.
Situation read_situation(const std::string& file, std::string text, const Schema& schema);

/// The text with each asked `null` replaced; all other bytes stay. values[r] belongs to requests[r], by canonical row of its level;
/// an empty vector leaves its nulls.
std::string filled_situation(const Situation& situation, const Schema& schema, std::span<const std::vector<double>> values);

}  // namespace labacces
