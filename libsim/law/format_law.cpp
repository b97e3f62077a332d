#include "libsim/law/format_law.hpp"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "libsim/law/format_expression.hpp"
#include "libsim/law/law_writer.hpp"
#include "libsim/law/parser.hpp"

namespace labacces::law {
namespace {

using Gap = LawWriter::Gap;

constexpr std::size_t date_width = 10;
// A reference may pass the width of expressions by a little rather than stand alone.
constexpr std::size_t reference_width = 140;
// Values longer than this are not aligned with the references of the other lines.
constexpr std::size_t aligned_value = 40;

bool is_written(const ast::Text& text) { return text.span.begin != text.span.end; }

std::string quoted(const ast::Text& text) {
  std::string result = "\"";
  for (const char c : text.text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

std::string label_text(const ast::Text& label) { return is_written(label) ? " " + quoted(label) : ""; }

std::string type_text(const ast::Type& type) {
  return type.kind == ast::Type::Kind::enumeration ? "enum " + type.text : type.text;
}

std::string_view period_text(Periodicity periodicity) {
  switch (periodicity) {
    case Periodicity::monthly:
      return "monthly";
    case Periodicity::yearly:
      return "yearly";
    case Periodicity::eternal:
      return "eternal";
  }
  return "";
}

std::string_view scale_text(ScaleKind kind) {
  switch (kind) {
    case ScaleKind::marginal:
      return "marginal";
    case ScaleKind::average:
      return "average";
    case ScaleKind::brackets:
      return "brackets";
  }
  return "";
}

/// Prints the declarations of one file.
class LawPrinter {
 public:
  LawPrinter(const Sources& sources, const ast::File& file) : sources_(sources), file_(file), writer_(sources, file) {}
  std::string print();

 private:
  std::string value(const ast::Value& value) const;
  std::string key(const ast::Key& key) const;
  std::string row(const ast::Row& row) const;
  std::string rows(const std::vector<ast::Row>& rows, std::size_t column) const;
  std::string brackets(const std::vector<ast::Bracket>& brackets, std::size_t column) const;
  static std::string wrapped(const std::vector<std::string>& parts, const std::vector<std::size_t>& groups, std::size_t column);
  static std::string with_references(std::string text, const ast::References& references, std::size_t column, std::size_t indent,
                                     std::size_t padding = 0);

  void references(const ast::References& references, std::size_t indent);
  template <typename T, typename Print>
  void dated(const std::vector<ast::Dated<T>>& lines, std::size_t indent, Print print);

  void print(const ast::Enum& declaration, std::size_t indent, std::string_view prefix);
  void print(const ast::Input& declaration, std::size_t indent, std::string_view prefix);
  void print(const ast::Param& declaration, std::size_t indent, std::string_view prefix);
  void print(const ast::Table& declaration, std::size_t indent, std::string_view prefix);
  void print(const ast::Scale& declaration, std::size_t indent, std::string_view prefix);
  void print(const ast::Rule& declaration, std::size_t indent, std::string_view prefix);
  void print(const ast::Reform& declaration, std::size_t indent, std::string_view prefix);
  void print(const ast::Set& set, std::size_t indent);
  void rule_version(const ast::RuleVersion& version, std::size_t indent);

  /// Writes the first line of a declaration: from its keyword to `end`.
  void head(Span declaration, std::uint32_t end, std::size_t indent, const std::string& text) {
    const std::uint32_t begin = std::exchange(item_, std::nullopt).value_or(declaration.begin);
    writer_.piece({declaration.file, begin, end}, indent, text, std::exchange(gap_, Gap::as_written));
  }

  const Sources& sources_;
  const ast::File& file_;
  LawWriter writer_;
  Gap gap_ = Gap::as_written;          ///< before the declaration that comes
  std::optional<std::uint32_t> item_;  ///< where `add` or `replace` stands before the declaration that comes
};

std::string LawPrinter::value(const ast::Value& value) const {
  switch (value.kind) {
    case ast::Value::Kind::number: {
      const std::string_view source = sources_.file(file_.index).text;
      std::string text = source.substr(value.span.begin, 1) == "-" ? "-" : "";
      text += sources_.text(value.digits);
      return value.percent ? text + " %" : text;
    }
    case ast::Value::Kind::yes_no:
      return value.number != 0.0 ? "yes" : "no";
    case ast::Value::Kind::date:
      return to_string(value.day);
    case ast::Value::Kind::word:
      return value.word;
  }
  return "";
}

std::string LawPrinter::key(const ast::Key& key) const {
  std::string digits(sources_.text(key.digits));
  switch (key.kind) {
    case ast::Key::Kind::exactly:
      return digits;
    case ast::Key::Kind::at_least:
      return digits + "+";
    case ast::Key::Kind::at_most:
      return digits + "-";
    case ast::Key::Kind::range:
      return digits + " .. " + std::string(sources_.text(key.last_digits));
    case ast::Key::Kind::item:
      return key.item;
  }
  return "";
}

std::string LawPrinter::row(const ast::Row& row) const {
  std::string text = key(row.keys[0]);
  if (row.keys.size() > 1) text += " & " + key(row.keys[1]);
  return text + " -> " + value(row.value);
}

/// Parts joined with commas; where they do not fit on one line, a group never shares a line with the one before it.
std::string LawPrinter::wrapped(const std::vector<std::string>& parts, const std::vector<std::size_t>& groups,
                                std::size_t column) {
  std::size_t whole = column;
  for (const std::string& part : parts) whole += part.size() + 2;
  const bool fits = whole - 2 <= line_width;
  std::string text;
  std::size_t at = column;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool new_group = i > 0 && !groups.empty() && groups[i] != groups[i - 1];
    if (i > 0) {
      text += ',';
      if (!fits && (new_group || at + parts[i].size() + 2 > line_width)) {
        text += "\n" + std::string(column, ' ');
        at = column;
      } else {
        text += ' ';
        at += 2;
      }
    }
    text += parts[i];
    at += parts[i].size();
  }
  return text;
}

std::string LawPrinter::rows(const std::vector<ast::Row>& rows, std::size_t column) const {
  std::vector<std::string> parts;
  std::vector<std::size_t> groups;
  for (const ast::Row& entry : rows) {
    const bool same_first = !groups.empty() && key(entry.keys[0]) == key(rows[parts.size() - 1].keys[0]);
    groups.push_back(groups.empty() ? 0 : groups.back() + (same_first || entry.keys.size() < 2 ? 0 : 1));
    parts.push_back(row(entry));
  }
  return wrapped(parts, groups, column);
}

std::string LawPrinter::brackets(const std::vector<ast::Bracket>& brackets, std::size_t column) const {
  std::vector<std::string> parts;
  parts.reserve(brackets.size());
  for (const ast::Bracket& bracket : brackets) parts.push_back(value(bracket.threshold) + " -> " + value(bracket.value));
  return wrapped(parts, {}, column);
}

/// Adds the references on the same line when they fit (after `padding` blanks), on lines of their own otherwise.
std::string LawPrinter::with_references(std::string text, const ast::References& references, std::size_t column,
                                        std::size_t indent, std::size_t padding) {
  if (references.empty()) return text;
  std::string added;
  for (const ast::Text& reference : references) added += std::string(added.empty() ? 0 : 2, ' ') + "ref " + quoted(reference);
  const std::size_t newline = text.rfind('\n');
  const std::size_t at = newline == std::string::npos ? column + text.size() : text.size() - newline - 1;
  if (at + padding + 2 + added.size() <= reference_width) return text + std::string(padding + 2, ' ') + added;
  for (const ast::Text& reference : references) text += "\n" + std::string(indent, ' ') + "ref " + quoted(reference);
  return text;
}

void LawPrinter::references(const ast::References& references, std::size_t indent) {
  for (const ast::Text& reference : references) writer_.piece(reference.span, indent, "ref " + quoted(reference));
}

template <typename T, typename Print>
void LawPrinter::dated(const std::vector<ast::Dated<T>>& lines, std::size_t indent, Print print) {
  const std::size_t column = indent + date_width + 2;
  const auto whole_part = [](const std::string& text) { return std::min(text.find_first_not_of("-_0123456789"), text.size()); };
  const auto is_number = [](const std::string& text) {
    return !text.empty() && (text[0] == '-' || (text[0] >= '0' && text[0] <= '9'));
  };
  std::vector<std::string> contents;
  std::size_t widest_whole = 0;
  for (const ast::Dated<T>& line : lines) {
    contents.push_back(line.content ? print(*line.content, column) : "ends");
    if constexpr (std::is_same_v<T, ast::Value>) {
      if (is_number(contents.back())) widest_whole = std::max(widest_whole, whole_part(contents.back()));
    }
  }
  std::size_t widest = 0;
  for (std::string& content : contents) {
    if constexpr (std::is_same_v<T, ast::Value>) {
      // Decimal points stand under each other.
      if (is_number(content)) content.insert(0, widest_whole - whole_part(content), ' ');
    }
    if (content.find('\n') == std::string::npos && content.size() <= aligned_value) widest = std::max(widest, content.size());
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool is_aligned = contents[i].find('\n') == std::string::npos && contents[i].size() <= aligned_value;
    const std::size_t padding = is_aligned ? widest - contents[i].size() : 0;
    const std::string text =
        with_references(to_string(lines[i].since.day) + "  " + contents[i], lines[i].references, indent, column, padding);
    writer_.piece(lines[i].span, indent, text);
  }
}

void LawPrinter::print(const ast::Enum& declaration, std::size_t indent, std::string_view prefix) {
  const std::string start = std::string(prefix) + "enum " + declaration.name.text + label_text(declaration.label) + " =";
  std::string one_line = start;
  for (const ast::EnumItem& item : declaration.items) {
    one_line += (&item == &declaration.items.front() ? " " : ", ") + item.name.text + label_text(item.label);
  }
  const std::uint32_t head_end = std::max(declaration.label.span.end, declaration.name.span.end);
  if (indent + one_line.size() <= line_width && !writer_.has_comment_within({file_.index, head_end, declaration.span.end})) {
    head(declaration.span, declaration.span.end, indent, one_line);
    return;
  }
  head(declaration.span, head_end, indent, start);
  for (const ast::EnumItem& item : declaration.items) {
    const Span span{item.name.span.file, item.name.span.begin, std::max(item.label.span.end, item.name.span.end)};
    writer_.piece(span, indent + 2, item.name.text + label_text(item.label) + (&item == &declaration.items.back() ? "" : ","));
  }
}

void LawPrinter::print(const ast::Input& declaration, std::size_t indent, std::string_view prefix) {
  std::string text =
      std::string(prefix) + "input " + declaration.name.text + " of " + std::string(name_of(declaration.level)) + " ";
  text += std::string(period_text(declaration.periodicity)) + " : " + type_text(declaration.type) + label_text(declaration.label);
  std::uint32_t end = std::max(declaration.label.span.end, declaration.type.span.end);
  if (declaration.default_value) {
    text += " default " + value(*declaration.default_value);
    end = declaration.default_value->span.end;
  }
  head(declaration.span, end, indent, text);
  references(declaration.references, indent + 2);
}

void LawPrinter::print(const ast::Param& declaration, std::size_t indent, std::string_view prefix) {
  const std::string text = std::string(prefix) + "param " + declaration.name.text + label_text(declaration.label) + " : " +
                           type_text(declaration.type);
  head(declaration.span, std::max(declaration.label.span.end, declaration.type.span.end), indent, text);
  references(declaration.references, indent + 2);
  dated(declaration.versions, indent + 2, [this](const ast::Value& content, std::size_t) { return value(content); });
}

void LawPrinter::print(const ast::Table& declaration, std::size_t indent, std::string_view prefix) {
  std::string text =
      std::string(prefix) + "table " + declaration.name.text + label_text(declaration.label) + " by " + declaration.keys[0].text;
  if (declaration.keys.size() > 1) text += " & " + declaration.keys[1].text;
  head(declaration.span, std::max(declaration.label.span.end, declaration.type.span.end), indent,
       text + " : " + type_text(declaration.type));
  references(declaration.references, indent + 2);
  dated(declaration.versions, indent + 2,
        [this](const std::vector<ast::Row>& content, std::size_t column) { return rows(content, column); });
}

void LawPrinter::print(const ast::Scale& declaration, std::size_t indent, std::string_view prefix) {
  std::string text = std::string(prefix) + "scale " + declaration.name.text + label_text(declaration.label) + " ";
  text += std::string(scale_text(declaration.kind)) + " by " + declaration.key.text + " : " + type_text(declaration.type);
  head(declaration.span, std::max(declaration.label.span.end, declaration.type.span.end), indent, text);
  references(declaration.references, indent + 2);
  dated(declaration.versions, indent + 2,
        [this](const std::vector<ast::Bracket>& content, std::size_t column) { return brackets(content, column); });
}

void LawPrinter::print(const ast::Rule& declaration, std::size_t indent, std::string_view prefix) {
  std::string text =
      std::string(prefix) + "rule " + declaration.name.text + " of " + std::string(name_of(declaration.level)) + " ";
  text += std::string(period_text(declaration.periodicity)) + " : " + type_text(declaration.type) + label_text(declaration.label);
  head(declaration.span, std::max(declaration.label.span.end, declaration.type.span.end), indent, text);
  // Clauses keep the order in which they are written.
  using Clause = std::variant<const ast::Text*, const ast::Past*, const ast::Let*, const ast::RuleVersion*>;
  std::vector<std::pair<std::uint32_t, Clause>> clauses;
  for (const ast::Text& reference : declaration.references) clauses.emplace_back(reference.span.begin, &reference);
  if (declaration.past) clauses.emplace_back(declaration.past->span.begin, &*declaration.past);
  for (const ast::Let& let : declaration.lets) clauses.emplace_back(let.span.begin, &let);
  for (const ast::RuleVersion& version : declaration.versions) clauses.emplace_back(version.span.begin, &version);
  std::sort(clauses.begin(), clauses.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const std::size_t inner = indent + 2;
  for (const auto& clause : clauses) {
    if (const auto* reference = std::get_if<const ast::Text*>(&clause.second)) {
      writer_.piece((*reference)->span, inner, "ref " + quoted(**reference));
    } else if (const auto* past = std::get_if<const ast::Past*>(&clause.second)) {
      writer_.piece((*past)->span, inner, "past " + std::to_string((*past)->months) + " months start " + value((*past)->start));
    } else if (const auto* let = std::get_if<const ast::Let*>(&clause.second)) {
      const std::string start = "let " + (*let)->name.text + " = ";
      std::string formula = broken_expression(sources_, file_, (*let)->expr, inner + 2, inner + start.size());
      if (formula.find('\n') == std::string::npos) {
        writer_.piece((*let)->span, inner, start + formula);
      } else {
        formula = broken_expression(sources_, file_, (*let)->expr, inner + 2, inner + 2);
        writer_.piece((*let)->span, inner, start.substr(0, start.size() - 1) + "\n" + std::string(inner + 2, ' ') + formula);
      }
    } else {
      rule_version(**std::get_if<const ast::RuleVersion*>(&clause.second), inner);
    }
  }
}

void LawPrinter::rule_version(const ast::RuleVersion& version, std::size_t indent) {
  std::string text = "from " + to_string(version.since.day);
  for (const ast::Text& reference : version.references) text += " ref " + quoted(reference);
  if (version.expr == ast::no_expr) {
    writer_.piece(version.span, indent, text + " ends");
    return;
  }
  text += " =";
  const std::string one_line = flat_expression(sources_, file_, version.expr);
  if (indent + text.size() + 1 + one_line.size() <= line_width) {
    text += " " + one_line;
  } else {
    text += "\n" + std::string(indent + 2, ' ') + broken_expression(sources_, file_, version.expr, indent + 2, indent + 2);
  }
  writer_.piece(version.span, indent, text);
}

void LawPrinter::print(const ast::Set& set, std::size_t indent) {
  std::string text = "set " + set.path.text + " from " + to_string(set.since.day);
  if (set.until) text += " ends " + to_string(set.until->day);
  text += " = ";
  text += set.expr == ast::no_expr ? rows(set.rows, indent + text.size())
                                   : broken_expression(sources_, file_, set.expr, indent + 2, indent + text.size());
  writer_.piece(set.span, indent, with_references(text, set.references, indent, indent + 2));
}

void LawPrinter::print(const ast::Reform& declaration, std::size_t indent, std::string_view prefix) {
  head(declaration.span, std::max(declaration.label.span.end, declaration.name.span.end), indent,
       std::string(prefix) + "reform " + declaration.name.text + label_text(declaration.label));
  const std::size_t inner = indent + 2;
  references(declaration.references, inner);
  for (const ast::ReformItem& item : declaration.items) {
    if (const auto* set = std::get_if<ast::Set>(&item)) {
      print(*set, inner);
    } else if (const auto* drop = std::get_if<ast::Drop>(&item)) {
      const std::string text = "drop " + drop->path.text + " from " + to_string(drop->since.day);
      writer_.piece(drop->span, inner, with_references(text, drop->references, inner, inner + 2));
    } else if (const auto* replace = std::get_if<ast::Replace>(&item)) {
      item_ = replace->span.begin;
      print(replace->rule, inner, "replace ");
    } else {
      item_ = std::get<ast::Add>(item).span.begin;
      std::visit([&](const auto& added) { print(added, inner, "add "); }, std::get<ast::Add>(item).declaration);
    }
  }
}

std::string LawPrinter::print() {
  if (file_.program) {
    const ast::Program& program = *file_.program;
    const Span first{program.span.file, program.span.begin, std::max(program.label.span.end, program.name.span.end)};
    writer_.piece(first, 0, "program " + program.name.text + label_text(program.label));
    references(program.references, 2);
    gap_ = Gap::forced;
  }
  const ast::Declaration* before = nullptr;
  for (const ast::Declaration& declaration : file_.declarations) {
    // Declarations of one kind may stand together, as they are written; rules and reforms are parted by a blank line.
    const bool together = before != nullptr && before->index() == declaration.index() &&
                          !std::holds_alternative<ast::Rule>(declaration) && !std::holds_alternative<ast::Reform>(declaration);
    if (before != nullptr) gap_ = together ? Gap::as_written : Gap::forced;
    std::visit([&](const auto& content) { print(content, 0, ""); }, declaration);
    before = &declaration;
  }
  return writer_.finish();
}

}  // namespace

std::string format_file(const Sources& sources, const ast::File& file) { return LawPrinter(sources, file).print(); }

std::optional<std::string> format_law(std::string name, std::string text, DiagnosticList& diagnostics) {
  const std::size_t errors_before = diagnostics.error_count();
  Sources sources;
  const std::uint32_t index = sources.add(std::move(name), std::move(text));
  const ast::File file = parse(sources, index, diagnostics);
  if (diagnostics.error_count() > errors_before) return std::nullopt;
  return format_file(sources, file);
}

}  // namespace labacces::law
