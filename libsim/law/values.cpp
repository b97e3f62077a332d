#include "libsim/law/values.hpp"

#include <cmath>
#include <limits>

namespace labacces::law {

namespace {

constexpr std::int32_t lowest = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t highest = std::numeric_limits<std::int32_t>::max();
constexpr double largest_key = 1e9;

struct KeyRange {
  std::int32_t first = lowest;
  std::int32_t last = highest;
};

std::string kind_text(const ast::Value& value) {
  switch (value.kind) {
    case ast::Value::Kind::number:
      return "a number";
    case ast::Value::Kind::yes_no:
      return "yes or no";
    case ast::Value::Kind::date:
      return "a date";
    case ast::Value::Kind::word:
      return "'" + value.word + "'";
  }
  return "";
}

std::string expected_text(const Draft& draft, const ValueType& type) {
  switch (type.kind) {
    case ValueKind::number:
      return "a number (" + draft.describe(type) + ")";
    case ValueKind::yes_no:
      return "yes or no";
    case ValueKind::date:
      return "a date (2024-01-01)";
    case ValueKind::enumeration:
      return "an item of " + draft.describe(type);
  }
  return "";
}

std::optional<std::int32_t> whole(double number, Span span, const Findings& findings) {
  if (std::floor(number) == number && std::abs(number) < largest_key) return static_cast<std::int32_t>(number);
  findings.error(span, "a key of a table is a whole number below 1_000_000_000");
  return std::nullopt;
}

std::optional<KeyRange> item_range(const Draft& draft, std::uint32_t enumeration, const ast::Key& key, const Findings& findings) {
  const std::string& name = draft.enums[enumeration].name;
  if (key.kind != ast::Key::Kind::item) {
    findings.error(key.span, "this key is an item of enum " + name + ", not a number",
                   "for instance " + draft.enums[enumeration].items.front());
    return std::nullopt;
  }
  const auto code = draft.find_item(enumeration, key.item);
  if (!code) {
    findings.error(key.span, "enum " + name + " has no item '" + key.item + "'",
                   did_you_mean(key.item, draft.enums[enumeration].items));
    return std::nullopt;
  }
  return KeyRange{*code, *code};
}

std::optional<KeyRange> key_range(const Draft& draft, std::int32_t enumeration, const ast::Key& key, const Findings& findings) {
  if (enumeration >= 0) return item_range(draft, static_cast<std::uint32_t>(enumeration), key, findings);
  if (key.kind == ast::Key::Kind::item) {
    findings.error(key.span, "this key is a whole number, not '" + key.item + "'", "write 2, 3+, 0- or 2 .. 4");
    return std::nullopt;
  }
  const auto first = whole(key.number, key.span, findings);
  if (!first) return std::nullopt;
  switch (key.kind) {
    case ast::Key::Kind::at_least:
      return KeyRange{*first, highest};
    case ast::Key::Kind::at_most:
      return KeyRange{lowest, *first};
    case ast::Key::Kind::range: {
      const auto last = whole(key.last, key.span, findings);
      if (!last) return std::nullopt;
      if (*last < *first) {
        findings.error(key.span,
                       "this range of keys is empty: " + std::to_string(*first) + " is more than " + std::to_string(*last));
        return std::nullopt;
      }
      return KeyRange{*first, *last};
    }
    case ast::Key::Kind::exactly:
    case ast::Key::Kind::item:
      break;
  }
  return KeyRange{*first, *first};
}

bool overlap(const TableRow& a, const TableRow& b) {
  return a.first1 <= b.last1 && b.first1 <= a.last1 && a.first2 <= b.last2 && b.first2 <= a.last2;
}

bool check_overlaps(const std::vector<TableRow>& rows, const std::vector<ast::Row>& written, const Findings& findings) {
  for (std::size_t i = 1; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!overlap(rows[i], rows[j])) continue;
      Diagnostic& diagnostic = findings.error(written[i].span, "two rows hold for the same key");
      findings.note(diagnostic, written[j].span, "the other row");
      return false;
    }
  }
  return true;
}

}  // namespace

std::string type_text(const ast::Type& type) {
  switch (type.kind) {
    case ast::Type::Kind::measure:
      return type.text;
    case ast::Type::Kind::yes_no:
      return "yes_no";
    case ast::Type::Kind::date:
      return "date";
    case ast::Type::Kind::enumeration:
      return "enum " + type.text;
  }
  return "";
}

std::optional<ValueType> resolve_type(const Draft& draft, const ast::Type& type, const Findings& findings) {
  switch (type.kind) {
    case ast::Type::Kind::yes_no:
      return ValueType{ValueKind::yes_no, {}, -1};
    case ast::Type::Kind::date:
      return ValueType{ValueKind::date, {}, -1};
    case ast::Type::Kind::enumeration: {
      const auto found = draft.find_enum(type.text);
      if (found) return ValueType{ValueKind::enumeration, {}, static_cast<std::int32_t>(*found)};
      findings.error(type.span, "unknown enum '" + type.text + "'", did_you_mean(type.text, draft.enum_names()));
      return std::nullopt;
    }
    case ast::Type::Kind::measure:
      break;
  }
  const auto measure = parse_measure(type.text);
  if (measure) return ValueType{ValueKind::number, *measure, -1};
  const std::string hint = draft.find_enum(type.text)
                               ? "write enum " + type.text
                               : "use EUR, hours, days, months, years with * and /, or share, count, yes_no, date, enum NAME";
  findings.error(type.span, "unknown unit of measure '" + type.text + "'", hint);
  return std::nullopt;
}

std::optional<double> resolve_value(const Draft& draft, const ast::Value& value, const ValueType& type,
                                    const Findings& findings) {
  const auto wrong = [&]() -> std::optional<double> {
    findings.error(value.span, "expected " + expected_text(draft, type) + ", found " + kind_text(value));
    return std::nullopt;
  };
  switch (type.kind) {
    case ValueKind::number:
      if (value.kind != ast::Value::Kind::number) return wrong();
      if (!std::isfinite(value.number)) {
        findings.error(value.span, "this number is too large");
        return std::nullopt;
      }
      return value.number;
    case ValueKind::yes_no:
      return value.kind == ast::Value::Kind::yes_no ? std::optional<double>(value.number) : wrong();
    case ValueKind::date:
      return value.kind == ast::Value::Kind::date ? std::optional<double>(value.day.days) : wrong();
    case ValueKind::enumeration:
      break;
  }
  if (value.kind != ast::Value::Kind::word) return wrong();
  const auto enumeration = static_cast<std::uint32_t>(type.enumeration);
  const auto code = draft.find_item(enumeration, value.word);
  if (code) return static_cast<double>(*code);
  findings.error(value.span, draft.describe(type) + " has no item '" + value.word + "'",
                 did_you_mean(value.word, draft.enums[enumeration].items));
  return std::nullopt;
}

std::optional<std::vector<TableRow>> resolve_rows(const Draft& draft, const Table& table, const std::vector<ast::Row>& rows,
                                                  const Findings& findings) {
  std::vector<TableRow> result;
  bool good = true;
  for (const ast::Row& row : rows) {
    if (row.keys.size() != table.key_enums.size()) {
      findings.error(row.span, "table '" + table.name + "' has " + std::to_string(table.key_enums.size()) +
                                   " key(s), this row has " + std::to_string(row.keys.size()));
      return std::nullopt;
    }
    const auto first = key_range(draft, table.key_enums[0], row.keys[0], findings);
    const auto second =
        row.keys.size() > 1 ? key_range(draft, table.key_enums[1], row.keys[1], findings) : std::optional<KeyRange>(KeyRange{});
    const auto value = resolve_value(draft, row.value, table.type, findings);
    if (!first || !second || !value) {
      good = false;
      continue;
    }
    result.push_back(TableRow{first->first, first->last, second->first, second->last, *value});
  }
  if (!good || !check_overlaps(result, rows, findings)) return std::nullopt;
  return result;
}

std::optional<std::vector<Bracket>> resolve_brackets(const Draft& draft, const Scale& scale,
                                                     const std::vector<ast::Bracket>& brackets, const Findings& findings) {
  std::vector<Bracket> result;
  const ValueType key{ValueKind::number, scale.key, -1};
  for (const ast::Bracket& bracket : brackets) {
    const auto threshold = resolve_value(draft, bracket.threshold, key, findings);
    const auto value = resolve_value(draft, bracket.value, scale.type, findings);
    if (!threshold || !value) return std::nullopt;
    if (!result.empty() && *threshold <= result.back().threshold) {
      findings.error(bracket.threshold.span, "thresholds of a scale rise from one bracket to the next");
      return std::nullopt;
    }
    result.push_back(Bracket{*threshold, *value});
  }
  return result;
}

References texts_of(const ast::References& references) {
  References texts;
  texts.reserve(references.size());
  for (const ast::Text& reference : references) texts.push_back(reference.text);
  return texts;
}

}  // namespace labacces::law
