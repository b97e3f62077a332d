// Populations from tables in memory, with the column names of the CSV files.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "libsim/population/frame.hpp"
#include "libsim/population/kin_units.hpp"
#include "libsim/population/population.hpp"
#include "libsim/population/schema.hpp"

namespace labacces {

struct FrameTables {
  std::string source;             ///< what the population is called in messages and records
  std::map<Level, Frame> frames;  ///< persons are needed; units without a table are built from their links
  bool synthetic = false;
  bool ignore_unknown_columns = false;
  std::string weighting = {};  ///< how the weights were made, a sentence; "" = as given
  std::optional<Day> on =
      {};  ///< the first day of the month for which families and tax units are built, where the persons come with kinship
};

/// The same tables, names, checks and order as read_csv_population. Columns of doubles without gaps whose rows are in canonical order are
/// read where they lie. Throws Error with the first 20 findings: table, row (from 0), column, what was expected, nearest name.
Population read_frames(FrameTables tables, const Schema& schema);

struct FramePopulation {
  Population population;
  std::optional<AssumedUnits> assumed;  ///< where units were built
};
/// The same. Persons with idmother, idfather or idpartner (an id, or missing, "" or 0 for nobody in the table) in place of families, tax units
/// and roles need `on`; quimen is the place in the dwelling, where it is there.
FramePopulation read_kin_frames(FrameTables tables, const Schema& schema);

}  // namespace labacces
