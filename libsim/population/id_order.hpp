// The order of ids: as numbers when all of them are integers, else as bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "libsim/population/id_list.hpp"

namespace labacces {

/// Rows sorted by id: as numbers when every id is an integer of any length (equal numbers by their bytes), else as bytes.
/// Equal ids keep the order of their rows.
std::vector<std::int32_t> rows_by_id(std::span<const std::string> ids);
std::vector<std::int32_t> rows_by_id(const IdList& ids);
inline std::vector<std::int32_t> rows_by_id(const std::vector<std::string>& ids) { return rows_by_id(std::span(ids)); }

/// Each number is larger than the one before.
bool rises(std::span<const std::int64_t> numbers);

/// Pairs (earlier row, later row) of rows with the same id, in the order of the later row; at most `limit` of them.
std::vector<std::pair<std::int32_t, std::int32_t>> duplicated_ids(std::span<const std::string> ids, std::size_t limit);
std::vector<std::pair<std::int32_t, std::int32_t>> duplicated_ids(const IdList& ids, std::size_t limit);

}  // namespace labacces
