#include "libsim/population/mapping/parse_source.hpp"

#include <algorithm>

#include "libsim/base/diagnostics.hpp"

namespace labacces::mapping {
namespace {

using Kind = Source::Kind;

constexpr std::size_t most_parts = 1000;

// In the order of Source::Kind.
const std::vector<std::string> kinds{"column", "constant", "sum", "ratio", "first", "age", "birth_year"};

std::vector<std::string> with(std::vector<std::string> keys, const std::vector<std::string>& more) {
  keys.insert(keys.end(), more.begin(), more.end());
  return keys;
}

/// The keys that a kind of source has beside its own name.
std::vector<std::string> keys_of(const std::string& kind) {
  std::vector<std::string> keys{kind, "when"};
  if (kind == "column") return with(keys, {"table", "codes", "otherwise", "missing", "optional", "factor", "floor", "ceiling"});
  if (kind == "constant") return keys;
  if (kind == "age") return with(keys, {"birth_month"});
  if (kind == "birth_year") return with(keys, {"birth_month"});
  return with(keys, {"factor", "floor", "ceiling"});
}

CodeValue code_value(const JsonReader& reader, const Json& value, const std::string& path) {
  if (value.is_null()) return {std::nullopt, path};
  return {reader.cell(value, path), path};
}

/// "18..25", "65..", "..17" as a range; other codes are texts.
Code code_of(const JsonReader& reader, const std::string& key, const Json& value, const std::string& path) {
  Code code{key, 0.0, -1.0, code_value(reader, value, path)};
  const std::size_t dots = key.find("..");
  if (dots == std::string::npos) return code;
  const std::string low = key.substr(0, dots), high = key.substr(dots + 2);
  const auto first = low.empty() ? std::optional(-std::numeric_limits<double>::infinity()) : parse_number(low);
  const auto last = high.empty() ? std::optional(std::numeric_limits<double>::infinity()) : parse_number(high);
  if (!first || !last || *first > *last || (low.empty() && high.empty())) {
    reader.wrong(path, "a range such as \"18..25\", \"65..\" or \"..17\" was expected, found \"" + key + "\"");
  }
  code.low = *first;
  code.high = *last;
  return code;
}

void read_codes(const JsonReader& reader, const Json& value, const std::string& path, Source& source) {
  if (!value.is_object() || value.empty()) reader.wrong(path, "codes and their values were expected, such as {\"1\": \"actif\"}");
  for (const auto& item : value.items())
    source.codes.push_back(code_of(reader, item.key(), item.value(), path + "/" + item.key()));
}

Condition condition(const JsonReader& reader, const Json& value, const std::string& path) {
  reader.object(value, path, {"column", "table", "in", "at_least", "at_most", "optional"});
  Condition out;
  out.path = path;
  if (!value.contains("column")) reader.wrong(path, "'column' is missing: the column that the condition looks at");
  out.column = reader.text(value["column"], path + "/column");
  if (value.contains("table")) out.table = reader.text(value["table"], path + "/table");
  if (value.contains("optional")) out.optional = reader.truth(value["optional"], path + "/optional");
  if (value.contains("in")) out.in = reader.cells(value["in"], path + "/in");
  for (const char* key : {"at_least", "at_most"}) {
    if (!value.contains(key)) continue;
    (std::string(key) == "at_least" ? out.at_least : out.at_most) = reader.number(value[key], path + "/" + key);
    out.is_numeric = true;
  }
  if (out.in.empty() == !out.is_numeric) reader.wrong(path, "either 'in' or 'at_least' and 'at_most' was expected");
  return out;
}

std::vector<Source> parts_of(const JsonReader& reader, const Json& value, const std::string& path, std::size_t least,
                             std::size_t most) {
  if (!value.is_array() || value.size() < least || value.size() > most) {
    reader.wrong(path, least == most ? "a list of " + std::to_string(least) + " columns was expected"
                                     : "a list of one column or more was expected");
  }
  std::vector<Source> parts;
  for (std::size_t i = 0; i < value.size(); ++i) parts.push_back(parse_source(reader, value[i], path + "/" + std::to_string(i)));
  return parts;
}

void read_birth_month(const JsonReader& reader, const Json& value, const std::string& path, Source& source) {
  const auto is_month = [](double month) { return month >= 1 && month <= 12 && month == static_cast<int>(month); };
  if (!value.is_number()) {
    if (source.kind == Kind::age) reader.wrong(path, "the number of a month, 1 to 12, was expected");
    source.parts.push_back(parse_source(reader, value, path));
    return;
  }
  if (!is_month(value.get<double>())) reader.wrong(path, "the number of a month, 1 to 12, was expected, found " + value.dump());
  source.month = value.get<int>();
}

void read_limits(const JsonReader& reader, const Json& value, const std::string& path, Source& source) {
  if (value.contains("factor")) source.factor = reader.number(value["factor"], path + "/factor");
  if (value.contains("floor")) source.floor = reader.number(value["floor"], path + "/floor");
  if (value.contains("ceiling")) source.ceiling = reader.number(value["ceiling"], path + "/ceiling");
  if (source.floor > source.ceiling) reader.wrong(path + "/floor", "the floor lies above the ceiling");
  if (value.contains("when")) source.when = condition(reader, value["when"], path + "/when");
}

void read_column(const JsonReader& reader, const Json& value, const std::string& path, Source& source) {
  source.column = reader.text(value["column"], path + "/column");
  if (value.contains("table")) source.table = reader.text(value["table"], path + "/table");
  if (value.contains("codes")) read_codes(reader, value["codes"], path + "/codes", source);
  if (value.contains("otherwise")) {
    if (source.codes.empty()) reader.wrong(path + "/otherwise", "'otherwise' goes with 'codes'");
    source.otherwise = code_value(reader, value["otherwise"], path + "/otherwise");
  }
  if (value.contains("missing")) source.missing = reader.cells(value["missing"], path + "/missing");
  if (value.contains("optional")) source.optional = reader.truth(value["optional"], path + "/optional");
}

}  // namespace

std::size_t JsonReader::one_of(const Json& value, const std::string& path, const std::vector<std::string>& known) const {
  const std::string written = text(value, path);
  const auto found = std::find(known.begin(), known.end(), written);
  if (found == known.end())
    wrong(path, "expected one of " + join(known, ", ") + ", found '" + written + "'", did_you_mean(written, known));
  return static_cast<std::size_t>(found - known.begin());
}

Source parse_source(const JsonReader& reader, const Json& value, const std::string& path, const std::vector<std::string>& more) {
  Source source;
  source.path = path;
  if (value.is_string()) {
    source.column = reader.text(value, path);
    return source;
  }
  if (!value.is_object()) reader.wrong_type(value, path, "a column's name or an object");
  std::vector<std::string> found;
  for (const std::string& kind : kinds) {
    if (value.contains(kind)) found.push_back(kind);
  }
  if (found.empty()) {
    refuse_unknown_keys(
        reader.file(), path, value,
        with({"when", "table", "codes", "otherwise", "missing", "optional", "factor", "floor", "ceiling", "birth_month"},
             with(kinds, more)));
    reader.wrong(path, "one of " + join(kinds, ", ") + " was expected");
  }
  if (found.size() > 1)
    reader.wrong(path, "'" + found[0] + "' and '" + found[1] + "' do not go together: one of them was expected");
  const std::string& kind = found[0];
  refuse_unknown_keys(reader.file(), path, value, with(keys_of(kind), more));
  const Json& own = value[kind];
  const std::string at = path + "/" + kind;
  source.kind = static_cast<Kind>(std::find(kinds.begin(), kinds.end(), kind) - kinds.begin());
  if (kind == "column") read_column(reader, value, path, source);
  if (kind == "constant") source.constant = reader.cell(own, at);
  if (kind == "sum" || kind == "first") source.parts = parts_of(reader, own, at, 1, most_parts);
  if (kind == "ratio") source.parts = parts_of(reader, own, at, 2, 2);
  if (kind == "age" || kind == "birth_year") source.parts = {parse_source(reader, own, at)};
  if (value.contains("birth_month")) read_birth_month(reader, value["birth_month"], path + "/birth_month", source);
  read_limits(reader, value, path, source);
  return source;
}

}  // namespace labacces::mapping
