// Ids, links and roles of a frame as rows of units.
#include "libsim/population/frame_links.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>
#include <string_view>
#include <unordered_map>

#include "libsim/population/frame_values.hpp"
#include "libsim/population/id_order.hpp"

namespace labacces {
namespace {

using Kind = FrameColumn::Kind;

constexpr std::size_t most_ids_compared = 10'000;  // for the nearest id in a message

/// Numbers each distinct key in order of first appearance. Keys of a narrow range are looked up in a table, others in a hash map.
FrameIds number_integers(std::span<const std::int64_t> keys) {
  std::vector<std::int64_t> ids;
  std::vector<std::int32_t> row_of(keys.size());
  const auto add = [&ids](std::int64_t key) {
    ids.push_back(key);
    return static_cast<std::int32_t>(ids.size() - 1);
  };
  if (rises(keys)) {  // the usual ids of a table
    ids.assign(keys.begin(), keys.end());
    std::iota(row_of.begin(), row_of.end(), 0);
    return {std::move(ids), std::move(row_of)};
  }
  if (std::is_sorted(keys.begin(), keys.end())) {  // the usual links
    for (std::size_t i = 0; i < keys.size(); ++i) {
      row_of[i] = i > 0 && keys[i] == keys[i - 1] ? row_of[i - 1] : add(keys[i]);
    }
    return {std::move(ids), std::move(row_of)};
  }
  const auto [low, high] = std::minmax_element(keys.begin(), keys.end());
  const std::int64_t first = *low;
  const std::uint64_t range = static_cast<std::uint64_t>(*high) - static_cast<std::uint64_t>(first);
  if (range < 64 * keys.size() + 1024) {
    std::vector<std::int32_t> rows(range + 1, -1);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      std::int32_t& row = rows[static_cast<std::size_t>(keys[i] - first)];
      if (row < 0) row = add(keys[i]);
      row_of[i] = row;
    }
  } else {
    std::unordered_map<std::int64_t, std::int32_t> rows;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const auto [entry, is_new] = rows.emplace(keys[i], 0);
      if (is_new) entry->second = add(keys[i]);
      row_of[i] = entry->second;
    }
  }
  return {std::move(ids), std::move(row_of)};
}

FrameIds number_texts(const FrameColumn& column) {
  const std::span<const std::int32_t> codes = column.coded();
  std::vector<std::string> ids;
  std::vector<std::int32_t> row_of(codes.size());
  std::vector<std::int32_t> rows(column.dictionary.size(), -1);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const auto code = static_cast<std::size_t>(codes[i]);
    if (rows[code] < 0) {
      rows[code] = static_cast<std::int32_t>(ids.size());
      ids.push_back(column.dictionary[code]);
    }
    row_of[i] = rows[code];
  }
  return {std::move(ids), std::move(row_of)};
}

/// Whole numbers held as doubles (pandas does so when cells are missing).
bool as_integers(const FrameColumn& column, std::vector<std::int64_t>& out) {
  const std::span<const double> cells = column.cells();
  out.reserve(cells.size());
  for (const double cell : cells) {
    if (!(std::fabs(cell) < 0x1.0p53) || cell != std::floor(cell)) return false;
    out.push_back(static_cast<std::int64_t>(cell));
  }
  return true;
}

/// The place of each id in `known`, -1 where there is none. Tables are often in one order: only where they part is anything looked up.
template <typename Key, typename Ids>
std::vector<std::int32_t> places_among(const Ids& ids, const Ids& known) {
  std::vector<std::int32_t> places(ids.size(), -1);
  std::unordered_map<Key, std::int32_t> rows;
  std::size_t next = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (next < known.size() && known[next] == ids[i]) {
      places[i] = static_cast<std::int32_t>(next++);
      continue;
    }
    if (rows.empty()) {
      rows.reserve(known.size());
      for (std::size_t row = 0; row < known.size(); ++row) rows.emplace(known[row], static_cast<std::int32_t>(row));
    }
    const auto found = rows.find(ids[i]);
    if (found == rows.end()) continue;
    places[i] = found->second;
    next = static_cast<std::size_t>(found->second) + 1;
  }
  return places;
}

std::vector<std::int32_t> places_of(const IdList& ids, const IdList& known) {
  if (ids.texts().empty() && known.texts().empty()) return places_among<std::int64_t>(ids.numbers(), known.numbers());
  if (ids.numbers().empty() && known.numbers().empty()) return places_among<std::string_view>(ids.texts(), known.texts());
  return places_among<std::string, std::vector<std::string>>(ids, known);
}

std::string codes_of(Level level) {
  return level == Level::menage         ? "0 (reference), 1 (conjoint), 2 (enfant) or 3 (autre)"
         : level == Level::foyer_fiscal ? "0 (declarant), 1 (conjoint), 2 and more (personne a charge)"
                                        : "0 (demandeur), 1 (conjoint), 2 and more (enfant)";
}

}  // namespace

std::optional<IdList> rising_ids(const FrameColumn& column) {
  if (column.kind != Kind::integers || !column.given.empty() || !rises(column.whole())) return std::nullopt;
  if (column.lent_integers.keeper) return IdList(column.lent_integers);
  return IdList(column.integers);
}

std::optional<std::vector<std::int32_t>> near_links(const FrameColumn& column, const IdList& known) {
  if (column.kind != Kind::integers || !column.given.empty() || known.numbers().empty() || !rises(known.numbers()))
    return std::nullopt;
  const std::span<const std::int64_t> keys = column.whole();
  const std::span<const std::int64_t> ids = known.numbers();
  constexpr std::size_t most_steps = 16;  // members of a dwelling lie side by side, their families and tax units too
  std::vector<std::int32_t> rows;
  rows.reserve(keys.size());
  std::size_t place = 0;
  for (const std::int64_t key : keys) {
    std::size_t steps = 0;
    for (; steps < most_steps && ids[place] < key && place + 1 < ids.size(); ++steps) ++place;
    for (; steps < most_steps && ids[place] > key && place > 0; ++steps) --place;
    if (ids[place] != key) return std::nullopt;
    rows.push_back(static_cast<std::int32_t>(place));
  }
  return rows;
}

FrameIds read_ids(const Frame& frame, const FrameColumn& column, CsvFindings& findings) {
  if (const auto missing = first_missing(column)) {
    findings.add(frame_row(frame, *missing), "column '" + column.name + "': the id is missing");
    return {{}, std::vector<std::int32_t>(column.size(), 0)};
  }
  if (column.kind == Kind::texts) {
    if (std::find(column.dictionary.begin(), column.dictionary.end(), std::string()) != column.dictionary.end()) {
      findings.add(Location{frame.name, 0, 0, {}}, "column '" + column.name + "': an id is an empty text");
    }
    return number_texts(column);
  }
  if (column.kind == Kind::integers) return number_integers(column.whole());
  std::vector<std::int64_t> whole;
  if (column.kind == Kind::numbers && as_integers(column, whole)) return number_integers(whole);
  findings.add(
      Location{frame.name, 0, 0, {}},
      "column '" + column.name + "': expected ids, whole numbers or texts without gaps, found a column of type " + column.type);
  return {{}, std::vector<std::int32_t>(column.size(), 0)};
}

void match_ids(const Frame& frame, const std::string& column, const std::string& of, const IdList& known, FrameIds& links,
               CsvFindings& findings) {
  const std::vector<std::int32_t> matched = places_of(links.ids, known);
  for (std::size_t row = 0; row < links.row_of.size() && !findings.full(); ++row) {
    const auto link = static_cast<std::size_t>(links.row_of[row]);
    if (matched[link] < 0) {
      findings.add(frame_row(frame, row), "column '" + column + "': there is no '" + links.ids[link] + "' in " + of,
                   known.size() <= most_ids_compared ? did_you_mean(links.ids[link], known) : std::string());
    }
    links.row_of[row] = std::max(matched[link], 0);
  }
  links.ids = known;
}

std::vector<std::uint8_t> read_roles(const Frame& frame, const FrameColumn& column, Level level, CsvFindings& findings) {
  const std::int64_t last = level == Level::menage ? 3 : 999;
  std::vector<std::int64_t> whole;
  const bool numbers = column.kind == Kind::integers || (column.kind == Kind::numbers && as_integers(column, whole));
  std::vector<std::uint8_t> out(column.size(), 0);
  if (!numbers || !column.given.empty()) {
    findings.add(Location{frame.name, 0, 0, {}},
                 "column '" + column.name + "': expected " + codes_of(level) + " in each row, found a column of type " +
                     column.type + (first_missing(column) ? ", missing in row " + std::to_string(*first_missing(column)) : ""));
    return out;
  }
  const std::span<const std::int64_t> codes = column.kind == Kind::integers ? column.whole() : whole;
  const std::int64_t most = level == Level::menage ? last : 2;
  bool strange = false;
  for (std::size_t row = 0; row < codes.size(); ++row) {
    strange |= codes[row] < 0 || codes[row] > last;
    out[row] = static_cast<std::uint8_t>(codes[row] < most ? codes[row] : most);
  }
  if (!strange) return out;
  for (std::size_t row = 0; row < codes.size() && !findings.full(); ++row) {
    if (codes[row] < 0 || codes[row] > last) {
      findings.add(frame_row(frame, row),
                   "column '" + column.name + "': expected " + codes_of(level) + ", found '" + std::to_string(codes[row]) + "'");
    }
  }
  return out;
}

units::Kinship read_kinship(const Frame& frame, const CsvHeader& header, const PopulationTables& tables, CsvFindings& findings) {
  units::Kinship kinship;
  kinship.ids = tables.ids[index_of(Level::individu)];
  kinship.dwelling_ids = tables.ids[index_of(Level::menage)];
  kinship.dwelling = tables.unit_of[index_of(Level::menage)];
  std::unordered_map<std::string_view, std::int32_t> rows;
  for (std::size_t row = 0; row < kinship.ids.size(); ++row) rows.emplace(kinship.ids[row], static_cast<std::int32_t>(row));
  for (const CsvColumn& column : header.columns) {
    const FrameColumn& cells = frame.columns[column.field];
    if (column.use == CsvColumn::Use::role) {
      for (const std::uint8_t role : read_roles(frame, cells, Level::menage, findings))
        kinship.place.push_back(static_cast<units::Place>(role));
    }
    if (column.use != CsvColumn::Use::kin) continue;
    const units::Link link = column.name == "idmother"   ? units::Link::mother
                             : column.name == "idfather" ? units::Link::father
                                                         : units::Link::partner;
    std::vector<std::int32_t>& links = link == units::Link::mother   ? kinship.mother
                                       : link == units::Link::father ? kinship.father
                                                                     : kinship.partner;
    links.assign(frame.rows, units::no_person);
    for (std::size_t row = 0; row < frame.rows; ++row) {
      if (!cells.is_given(row)) continue;
      const std::string id = cell_text(cells, row);
      if (id.empty() || id == "0" || id == "nan") continue;
      const auto found = rows.find(id);
      if (found != rows.end()) {
        links[row] = found->second;
      } else {
        kinship.missing_links.push_back({static_cast<std::int32_t>(row), link, id});
      }
    }
  }
  return kinship;
}

void check_holders(const Frame& frame, Level level, const FrameIds& units, const std::vector<std::uint8_t>& roles,
                   CsvFindings& findings) {
  const std::size_t count = units.ids.size();
  std::vector<std::array<std::int32_t, 2>> holders(count, {-1, -1});
  std::size_t principals = 0;
  for (std::size_t row = 0; row < roles.size(); ++row) {
    if (roles[row] > 1) continue;
    const auto unit = static_cast<std::size_t>(units.row_of[row]);
    std::int32_t& holder = holders[unit][roles[row]];
    principals += holder < 0 && roles[row] == 0 ? 1 : 0;
    if (holder >= 0 && !findings.full()) {
      findings.add(frame_row(frame, row), std::string(name_of(level)) + " '" + units.ids[unit] + "' has two persons with " +
                                              std::string(role_column(level)) + " " + std::to_string(roles[row]) + " (" +
                                              (roles[row] == 0 ? std::string(principal_role(level)) : "conjoint") +
                                              "): the other is in row " + std::to_string(holder));
    }
    holder = static_cast<std::int32_t>(row);
  }
  if (principals == count) return;
  std::vector<std::uint8_t> has_person(count, 0);
  for (const std::int32_t unit : units.row_of) has_person[static_cast<std::size_t>(unit)] = 1;
  for (std::size_t unit = 0; unit < count; ++unit) {
    if (holders[unit][0] >= 0 || findings.full()) continue;
    const std::string name = std::string(name_of(level)) + " '" + units.ids[unit] + "'";
    if (has_person[unit] == 0) {
      findings.add(Location{std::string(plural_of(level)), 0, 0, {}}, name + " has no person in " + frame.name);
    } else {
      findings.add(Location{frame.name, 0, 0, {}},
                   name + " has no " + std::string(principal_role(level)) + " (" + std::string(role_column(level)) + " 0)");
    }
  }
}

}  // namespace labacces
