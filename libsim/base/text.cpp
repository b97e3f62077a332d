#include "libsim/base/text.hpp"

#include <utf8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace labacces {

std::string fixed(double value, int decimals) {
  std::array<char, 400> buffer{};
  const auto made = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
  std::string text(buffer.data(), made.ptr);
  const bool all_zero = text.find_first_of("123456789") == std::string::npos;
  return all_zero && !text.empty() && text.front() == '-' ? text.substr(1) : text;
}

std::string grouped(double value, int decimals) {
  std::string text = fixed(value, decimals);
  const std::size_t first = !text.empty() && text.front() == '-' ? 1 : 0;
  std::size_t at = std::min(text.find('.'), text.size());
  while (at > first + 3) {
    at -= 3;
    text.insert(at, " ");
  }
  return text;
}

std::string shortest(double value) {
  std::array<char, 40> buffer{};
  const auto made = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), made.ptr};
}

std::optional<double> parse_number(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value = 0.0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string_view trim(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t from = 0;
  for (std::size_t at = text.find(separator); at != std::string_view::npos; at = text.find(separator, from)) {
    parts.push_back(text.substr(from, at - from));
    from = at + 1;
  }
  parts.push_back(text.substr(from));
  return parts;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

std::optional<std::size_t> invalid_utf8(std::string_view text) {
  const auto bad = utf8::find_invalid(text.begin(), text.end());
  if (bad == text.end()) return std::nullopt;
  return static_cast<std::size_t>(bad - text.begin());
}

std::size_t display_width(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

std::string wrapped(std::string_view head, std::string_view text, std::size_t indent) {
  constexpr std::size_t line_width = 80;
  std::string out(head);
  std::size_t column = display_width(head);
  bool empty = true;  // no word in this line yet
  for (const std::string_view word : split(text, ' ')) {
    const std::size_t width = display_width(word);
    if (!empty && column + 1 + width > line_width) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (!empty) {
      out += ' ';
      ++column;
    }
    out += word;
    column += width;
    empty = false;
  }
  return out + "\n";
}

}  // namespace labacces
