// Ids, links and roles of a frame as rows of units.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libsim/population/csv_header.hpp"
#include "libsim/population/frame.hpp"
#include "libsim/population/population_builder.hpp"
#include "libsim/population/units/kinship.hpp"

namespace labacces {

/// Ids of units in a column of ids: each once, in order of first appearance, and the place of each row's.
struct FrameIds {
  IdList ids;
  std::vector<std::int32_t> row_of;
};

/// Reads a column of ids or links: integers, whole numbers or texts. A missing cell or another type is a finding.
FrameIds read_ids(const Frame& frame, const FrameColumn& column, CsvFindings& findings);

/// The usual ids of a table, whole numbers that rise, in place. Nothing when they are others, which read_ids reads.
std::optional<IdList> rising_ids(const FrameColumn& column);

/// The usual links, whole numbers about in the order of `known`, which rises: the row in `known` of each. Nothing when they are others (far from
/// that order, a gap, an id that is not known), which read_ids and match_ids read.
std::optional<std::vector<std::int32_t>> near_links(const FrameColumn& column, const IdList& known);

/// Rows of `known` for the ids of the links, in place of those in the order of the links; an id that is not known is a finding with the
/// nearest one.
void match_ids(const Frame& frame, const std::string& column, const std::string& of, const IdList& known, FrameIds& links,
               CsvFindings& findings);

/// Role codes of a group (as in CSV files: 0, 1, 2 and more).
std::vector<std::uint8_t> read_roles(const Frame& frame, const FrameColumn& column, Level level, CsvFindings& findings);

/// Kinship of the persons of a frame, whose ids and dwellings are in `tables`: links by id (missing, "" or 0 = nobody), and the place in the
/// dwelling where `quimen` is there. An id of nobody in the frame is left for the building of units to tell.
units::Kinship read_kinship(const Frame& frame, const CsvHeader& header, const PopulationTables& tables, CsvFindings& findings);

/// A unit with two persons of role 0 or 1, or none of role 0, is a finding.
void check_holders(const Frame& frame, Level level, const FrameIds& units, const std::vector<std::uint8_t>& roles,
                   CsvFindings& findings);

}  // namespace labacces
