#include "tests/property/moved_values.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <regex>

#include "libsim/base/text.hpp"

namespace labacces::property {
namespace {

constexpr std::size_t date_length = 10;

bool begins_line(const std::string& text, std::size_t at) {
  while (at > 0 && text[at - 1] == ' ') --at;
  return at == 0 || text[at - 1] == '\n';
}

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// The end of the version that begins with the date at `begin`: the next date that begins a line, the next declaration, or the end.
std::size_t end_of_version(const std::string& text, std::size_t begin) {
  for (std::size_t at = text.find('\n', begin); at != std::string::npos; at = text.find('\n', at + 1)) {
    std::size_t first = at + 1;
    while (first < text.size() && text[first] == ' ') ++first;
    const bool in_column_1 = first == at + 1 && first < text.size() && text[first] != '\n';
    const bool is_date = first + 4 < text.size() && is_digit(text[first]) && text[first + 4] == '-' && begins_line(text, first);
    if (in_column_1 || is_date) return at;
  }
  return text.size();
}

/// The same length, with blanks for comments and texts in quotes.
std::string without_texts(std::string text) {
  bool quoted = false, comment = false;
  for (char& c : text) {
    const bool quote = c == '"' && !comment;
    if (quote) quoted = !quoted;
    if (c == '#' && !quoted) comment = true;
    if (c == '\n') comment = false;
    if (quoted || quote || comment) c = ' ';
  }
  return text;
}

/// Who reads a parameter, a table or a scale, and the first month of a rule version that does.
struct Reads {
  Month first = never;
  std::vector<std::string> readers;
};

struct AllReads {
  std::vector<Reads> params, tables, scales;

  explicit AllReads(const law::Law& law) : params(law.params().size()), tables(law.tables().size()), scales(law.scales().size()) {
    for (const law::Variable& variable : law.variables()) {
      for (const auto& version : variable.versions) read(law, version.value.expr, version.in_force.begin, variable.name);
    }
  }

  void read(const law::Law& law, law::ExprId id, Month month, const std::string& reader) {
    if (id == law::no_expr) return;
    const law::Expr& expr = law.expr(id);
    std::vector<Reads>* const kind = expr.kind == law::ExprKind::param   ? &params
                                     : expr.kind == law::ExprKind::table ? &tables
                                     : expr.kind == law::ExprKind::scale ? &scales
                                                                         : nullptr;
    if (kind != nullptr) {
      Reads& reads = (*kind)[expr.index];
      reads.first = std::min(reads.first, month);
      if (reads.readers.empty() || reads.readers.back() != reader) reads.readers.push_back(reader);
    }
    for (const law::ExprId part : {expr.a, expr.b, expr.c}) read(law, part, month, reader);
    for (const law::ExprId part : expr.args) read(law, part, month, reader);
  }
};

struct Finder {
  const std::vector<law::LawText>& texts;
  std::vector<WrittenValue> found;

  template <typename T>
  void add(const std::string& name, const std::vector<law::Version<T>>& versions, const Reads& reads, bool is_table,
           bool is_scale) {
    static const std::regex number("[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9][0-9_]*(\\.[0-9]+)?|yes|no");
    for (const law::Version<T>& version : versions) {
      const std::size_t file = version.span.file;
      const std::string& text = texts[file].text;
      const std::size_t begin = version.span.begin + date_length;
      const std::string body = without_texts(text.substr(begin, end_of_version(text, begin) - begin));
      std::size_t rank = 0;
      for (std::sregex_iterator it(body.begin(), body.end(), number), last; it != last; ++it) {
        const auto at = static_cast<std::size_t>(it->position());
        const auto length = static_cast<std::size_t>(it->length());
        if (at > 0 && (std::isalnum(static_cast<unsigned char>(body[at - 1])) != 0 || body[at - 1] == '_')) continue;
        const bool before_arrow = is_before_arrow(body, at + length);
        if ((is_table && before_arrow) || (is_scale && before_arrow && it->str() == "0")) continue;
        ++rank;
        found.push_back({name, name + " " + to_string(version.since) + " #" + std::to_string(rank) + " = " + it->str(),
                         version.in_force, reads.first, reads.readers, file, begin + at, begin + at + length});
      }
    }
  }

  /// A key or a threshold: what stands before "->" in its row.
  static bool is_before_arrow(const std::string& body, std::size_t at) {
    const std::size_t arrow = body.find("->", at);
    const std::size_t comma = body.find(',', at);
    return arrow != std::string::npos && (comma == std::string::npos || arrow < comma);
  }
};

}  // namespace

std::vector<WrittenValue> values_written(const law::Law& law, const std::vector<law::LawText>& texts) {
  Finder finder{texts, {}};
  const AllReads reads(law);
  std::size_t i = 0;
  for (const law::Param& param : law.params()) finder.add(param.name, param.versions, reads.params[i++], false, false);
  i = 0;
  for (const law::Table& table : law.tables()) finder.add(table.name, table.versions, reads.tables[i++], true, false);
  i = 0;
  for (const law::Scale& scale : law.scales()) finder.add(scale.name, scale.versions, reads.scales[i++], false, true);
  return std::move(finder.found);
}

std::vector<law::LawText> moved(std::vector<law::LawText> texts, std::vector<const WrittenValue*> values, double factor) {
  // From the last to the first of a file, so that places before stay where they are.
  std::sort(values.begin(), values.end(), [](const auto* a, const auto* b) { return a->begin > b->begin; });
  for (const WrittenValue* value : values) {
    std::string& text = texts[value->file].text;
    std::string written = text.substr(value->begin, value->end - value->begin);
    std::erase(written, '_');
    std::string other = written == "yes" ? "no" : "yes";
    if (const auto day = parse_day(written)) {
      other = to_string(Day{day->days + static_cast<std::int32_t>((factor - 1.0) * 1000.0)});
    } else if (const auto number = parse_number(written)) {
      other = fixed(*number == 0.0 ? std::fabs(factor - 1.0) : *number * factor, 6);
    }
    text.replace(value->begin, value->end - value->begin, other);
  }
  return texts;
}

}  // namespace labacces::property
