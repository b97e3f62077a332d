// CSV text cut into records and fields (RFC 4180), with the place of each in the file.
#include "libsim/population/csv_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"

namespace labacces {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// The separator that occurs most in the first line, outside quotes.
char separator_of(std::string_view text) {
  constexpr std::array<char, 3> candidates{',', ';', '\t'};
  std::array<std::size_t, 3> counts{};
  bool quoted = false;
  for (const char byte : text) {
    if (byte == '"') quoted = !quoted;
    if (quoted) continue;
    if (byte == '\n' || byte == '\r') break;
    for (std::size_t i = 0; i < candidates.size(); ++i) counts[i] += byte == candidates[i] ? 1U : 0U;
  }
  return candidates[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

}  // namespace

void CsvFindings::add(Location location, std::string message, std::string hint) {
  if (!full()) list_.error(std::move(location), std::move(message), std::move(hint));
}

void CsvFindings::add(const CsvFindings& others) {
  for (const Diagnostic& finding : others.list_.items()) add(finding.location, finding.message, finding.hint);
}

void CsvFindings::throw_if_any() const {
  if (list_.has_errors()) throw Error(list_);
}

CsvText::CsvText(std::string file, std::string_view text, char separator) : file_(std::move(file)), text_(text) {
  if (text_.starts_with(byte_order_mark)) position_ = byte_order_mark.size();
  if (trim(text_.substr(position_)).empty())
    throw Error(Location{file_, 0, 0, {}}, "the file is empty: expected a header line and rows");
  if (const std::optional<std::size_t> bad = invalid_utf8(text_)) {
    throw Error(location_of(*bad), "byte " + std::to_string(*bad + 1) + " of the file is not UTF-8", "save the file as UTF-8");
  }
  if (const std::size_t nul = text_.find('\0'); nul != std::string_view::npos) {
    throw Error(location_of(nul), "a NUL byte has no place in a CSV file");
  }
  separator_ = separator != '\0' ? separator : separator_of(text_.substr(position_));
}

Location CsvText::location_of(std::size_t offset) const {
  std::size_t start = 0;
  std::uint32_t line = 1;
  for (std::size_t i = 0; i < offset; ++i) {
    const bool ends = text_[i] == '\n' || (text_[i] == '\r' && (i + 1 >= text_.size() || text_[i + 1] != '\n'));
    if (!ends) continue;
    ++line;
    start = i + 1;
  }
  if (start == 0 && text_.starts_with(byte_order_mark) && offset >= byte_order_mark.size()) start = byte_order_mark.size();
  const std::string_view before = text_.substr(start, offset - start);
  const auto points =
      std::count_if(before.begin(), before.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return {file_, line, static_cast<std::uint32_t>(points + 1), {}};
}

Location CsvText::location(std::size_t field) const {
  return field < offsets_.size() ? location_of(offsets_[field]) : line_location(line_);
}

void CsvText::end_line() {
  if (position_ < text_.size() && text_[position_] == '\r') ++position_;
  if (position_ < text_.size() && text_[position_] == '\n') ++position_;
  ++next_line_;
  record_ended_ = true;
}

bool CsvText::next(CsvFindings& findings) {
  while (position_ < text_.size() && (text_[position_] == '\n' || text_[position_] == '\r')) end_line();
  fields_.clear();
  offsets_.clear();
  unescaped_.clear();
  if (position_ >= text_.size()) return false;
  line_ = next_line_;
  record_start_ = position_;
  record_ended_ = false;
  while (!record_ended_) {
    if (!read_field(findings)) {
      position_ = text_.size();
      return false;
    }
  }
  return true;
}

bool CsvText::read_field(CsvFindings& findings) {
  offsets_.push_back(position_);
  if (position_ < text_.size() && text_[position_] == '"') {
    if (!read_quoted(findings)) return false;
  } else {
    const std::size_t begin = position_;
    while (position_ < text_.size() && text_[position_] != separator_ && text_[position_] != '\n' && text_[position_] != '\r')
      ++position_;
    fields_.push_back(text_.substr(begin, position_ - begin));
  }
  if (position_ >= text_.size()) {
    record_ended_ = true;
  } else if (text_[position_] == separator_) {
    ++position_;
  } else {
    end_line();
  }
  return true;
}

bool CsvText::read_quoted(CsvFindings& findings) {
  const std::size_t open = position_++;
  std::size_t begin = position_;
  std::string* unescaped = nullptr;
  while (true) {
    const std::size_t quote = text_.find('"', position_);
    if (quote == std::string_view::npos) {
      findings.add(location_of(open), "the quote opened here is never closed: is the file truncated?");
      return false;
    }
    position_ = quote + 1;
    if (position_ >= text_.size() || text_[position_] != '"') break;
    if (unescaped == nullptr) unescaped = &unescaped_.emplace_back();
    unescaped->append(text_, begin, quote + 1 - begin);
    begin = ++position_;
  }
  const std::string_view last = text_.substr(begin, position_ - 1 - begin);
  if (unescaped != nullptr) unescaped->append(last);
  fields_.push_back(unescaped != nullptr ? std::string_view(*unescaped) : last);
  const std::string_view whole = text_.substr(open, position_ - open);
  next_line_ += static_cast<std::size_t>(std::count(whole.begin(), whole.end(), '\n'));
  if (position_ < text_.size() && text_[position_] != separator_ && text_[position_] != '\n' && text_[position_] != '\r') {
    findings.add(location_of(position_), "text after the closing quote: expected a separator or the end of the line");
    return false;
  }
  return true;
}

}  // namespace labacces
