// The order of ids: as numbers when all of them are integers, else as bytes.
#include "libsim/population/id_order.hpp"

#include <algorithm>
#include <charconv>
#include <functional>
#include <numeric>
#include <string_view>
#include <unordered_map>

namespace labacces {
namespace {

/// An integer of any length: sign and digits without leading zeros.
struct BigInteger {
  bool negative = false;
  std::string_view digits;
};

bool is_integer(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

BigInteger big_integer(std::string_view text) {
  BigInteger result;
  if (text.front() == '-') {
    result.negative = true;
    text.remove_prefix(1);
  }
  while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
  result.digits = text;
  if (text == "0") result.negative = false;
  return result;
}

int compare_numbers(const BigInteger& a, const BigInteger& b) {
  if (a.negative != b.negative) return a.negative ? -1 : 1;
  int order = 0;
  if (a.digits.size() != b.digits.size()) {
    order = a.digits.size() < b.digits.size() ? -1 : 1;
  } else {
    order = a.digits.compare(b.digits);
  }
  return a.negative ? -order : order;
}

/// Fast path: every id fits 64 bits. Empty when one does not (the answer is then worked out on the digits).
std::vector<std::int64_t> small_integers(std::span<const std::string> ids) {
  std::vector<std::int64_t> numbers(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const char* end = ids[i].data() + ids[i].size();
    const auto [stop, failure] = std::from_chars(ids[i].data(), end, numbers[i]);
    if (failure != std::errc() || stop != end) return {};
  }
  return numbers;
}

template <typename Less>
void sort_rows(std::vector<std::int32_t>& rows, Less less) {
  const auto before = [&](std::int32_t a, std::int32_t b) {
    return less(static_cast<std::size_t>(a), static_cast<std::size_t>(b));
  };
  if (!std::is_sorted(rows.begin(), rows.end(), before)) std::stable_sort(rows.begin(), rows.end(), before);
}

}  // namespace

std::vector<std::int32_t> rows_by_id(std::span<const std::string> ids) {
  std::vector<std::int32_t> rows(ids.size());
  std::iota(rows.begin(), rows.end(), 0);
  const std::vector<std::int64_t> numbers = small_integers(ids);
  if (!numbers.empty()) {
    sort_rows(rows,
              [&](std::size_t a, std::size_t b) { return numbers[a] != numbers[b] ? numbers[a] < numbers[b] : ids[a] < ids[b]; });
  } else if (std::all_of(ids.begin(), ids.end(), [](const std::string& id) { return is_integer(id); })) {
    sort_rows(rows, [&](std::size_t a, std::size_t b) {
      const int order = compare_numbers(big_integer(ids[a]), big_integer(ids[b]));
      return order != 0 ? order < 0 : ids[a] < ids[b];
    });
  } else {
    sort_rows(rows, [&](std::size_t a, std::size_t b) { return ids[a] < ids[b]; });
  }
  return rows;
}

std::vector<std::int32_t> rows_by_id(const IdList& ids) {
  if (!ids.texts().empty()) return rows_by_id(ids.texts());
  std::vector<std::int32_t> rows(ids.size());
  std::iota(rows.begin(), rows.end(), 0);
  const std::span<const std::int64_t> numbers = ids.numbers();
  if (!std::is_sorted(numbers.begin(), numbers.end()))
    sort_rows(rows, [&](std::size_t a, std::size_t b) { return numbers[a] < numbers[b]; });
  return rows;
}

namespace {

using Pairs = std::vector<std::pair<std::int32_t, std::int32_t>>;

template <typename Key, typename Ids>
Pairs repeated(const Ids& ids, std::size_t limit) {
  Pairs result;
  std::unordered_map<Key, std::int32_t> first;
  first.reserve(ids.size());
  for (std::size_t row = 0; row < ids.size() && result.size() < limit; ++row) {
    const auto [entry, is_new] = first.emplace(ids[row], static_cast<std::int32_t>(row));
    if (!is_new) result.emplace_back(entry->second, static_cast<std::int32_t>(row));
  }
  return result;
}

}  // namespace

bool rises(std::span<const std::int64_t> numbers) {
  bool falls = false;  // without a branch, as fast as memory
  for (std::size_t i = 1; i < numbers.size(); ++i) falls |= numbers[i] <= numbers[i - 1];
  return !falls;
}

Pairs duplicated_ids(std::span<const std::string> ids, std::size_t limit) {
  const std::vector<std::int64_t> numbers = small_integers(ids);
  if (!numbers.empty() && rises(numbers)) return {};
  return repeated<std::string_view>(ids, limit);
}

Pairs duplicated_ids(const IdList& ids, std::size_t limit) {
  if (!ids.texts().empty()) return duplicated_ids(ids.texts(), limit);
  if (rises(ids.numbers())) return {};  // the usual file: nothing to compare
  return repeated<std::int64_t>(ids.numbers(), limit);
}

}  // namespace labacces
