// Text made and taken apart: what the standard library of GCC 12 lacks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace labacces {

/// The number with that many decimals: fixed(3.14159, 2) = "3.14".
std::string fixed(double value, int decimals);
/// The same with a space between thousands: "1 234 567.89".
std::string grouped(double value, int decimals);
/// The shortest text that reads back as the same double.
std::string shortest(double value);
/// The whole text as a finite number, or nothing ("1,5", "12abc", "", "nan", "inf" are none).
std::optional<double> parse_number(std::string_view text);
std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
/// Byte offset of the first byte that is not UTF-8, or nothing.
std::optional<std::size_t> invalid_utf8(std::string_view text);
/// Columns that the text takes on a terminal: one a code point.
std::size_t display_width(std::string_view text);
/// The words after `head` in lines of at most 80 columns, where they are not longer themselves; later lines begin with `indent` blanks. Ends with a
/// line break.
std::string wrapped(std::string_view head, std::string_view text, std::size_t indent = 0);

}  // namespace labacces
