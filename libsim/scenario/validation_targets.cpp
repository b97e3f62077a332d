#include "libsim/scenario/validation_targets.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <span>
#include <tuple>

#include "libsim/base/error.hpp"
#include "libsim/scenario/scenario_reader.hpp"

namespace labacces::scenario {
namespace {

const std::vector<std::string> target_keys{"benefit", "counted", "where", "value",    "date",
                                           "source",  "status",  "note",  "tolerance"};

struct TargetReader {
  Reader reader;

  const Json& needed(const Json& target, const std::string& path, const char* key) const {
    if (!target.contains(key)) json_error(reader.file(), path, "'" + std::string(key) + "' is missing");
    return target[key];
  }
  std::string words(const Json& target, const std::string& path, const char* key) const {
    const std::string text = reader.text(needed(target, path, key), path + "/" + key);
    if (text.empty()) json_error(reader.file(), path + "/" + key, "a text was expected, found an empty one");
    return text;
  }
  double amount(const Json& target, const std::string& path, const char* key) const {
    const double value = reader.number(needed(target, path, key), path + "/" + key);
    if (!(std::isfinite(value) && value >= 0.0))
      json_error(reader.file(), path + "/" + key, "a number of 0 or more was expected, found " + target[key].dump());
    return value;
  }
  /// The place of a word in a list; Error with the nearest.
  std::size_t choice(const std::string& word, std::span<const char* const> known, const std::string& path) const {
    const std::vector<std::string> names(known.begin(), known.end());
    const auto found = std::find(names.begin(), names.end(), word);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    json_error(reader.file(), path, "one of " + all + " was expected, found '" + word + "'", did_you_mean(word, names));
  }

  void read_date(const Json& json, const std::string& path, ValidationTarget& target) const {
    const std::string date = words(json, path, "date");
    target.month = parse_month(date);
    if (target.month) {
      target.year = target.month->year();
      return;
    }
    if (date.size() != 4 || date.find_first_not_of("0123456789") != std::string::npos)
      json_error(reader.file(), path + "/date",
                 "a month or a year was expected, such as \"2019-12\" or \"2019\", found \"" + date + "\"");
    target.year = std::stoi(date);
  }

  void read_where(const Json& json, const std::string& path, ValidationTarget& target) const {
    if (!json.contains("where")) return;
    const Json& where = json["where"];
    if (!where.is_object() || where.size() != 1 || !where.begin()->is_string())
      json_error(reader.file(), path + "/where", R"(one variable and its item were expected: {"departement": "d29"})");
    target.group = where.begin().key();
    target.cell = where.begin()->get<std::string>();
  }

  ValidationTarget target(const Json& json, const std::string& path) const {
    if (!json.is_object()) json_error(reader.file(), path, "an object was expected, found " + std::string(json.type_name()));
    refuse_unknown_keys(reader.file(), path, json, target_keys);
    ValidationTarget out;
    out.benefit = words(json, path, "benefit");
    out.counted = static_cast<Counted>(choice(words(json, path, "counted"), counted_names, path + "/counted"));
    read_where(json, path, out);
    out.value = amount(json, path, "value");
    read_date(json, path, out);
    out.source = words(json, path, "source");
    if (json.contains("status"))
      out.status = static_cast<Comparability>(choice(words(json, path, "status"), comparability_names, path + "/status"));
    if (json.contains("note")) out.note = words(json, path, "note");
    if (out.status != Comparability::comparable && out.note.empty())
      json_error(reader.file(), path, "a target that is not comparable needs a 'note' that says why");
    if (json.contains("tolerance")) out.tolerance = amount(json, path, "tolerance");
    return out;
  }
};

}  // namespace

ValidationTargets parse_validation_targets(const std::string& file, std::string_view text) {
  const Json json = parse_json(file, text);
  const TargetReader reader{Reader(file)};
  if (!json.is_object()) json_error(file, {}, "targets are a JSON object");
  refuse_unknown_keys(file, {}, json, {"$schema", "format", "description", "targets"});
  if (reader.words(json, {}, "format") != "labacces-targets/1") json_error(file, "format", "\"labacces-targets/1\" was expected");
  ValidationTargets out{file, json.contains("description") ? reader.words(json, {}, "description") : std::string(), {}};
  const Json& targets = reader.needed(json, {}, "targets");
  if (!targets.is_array() || targets.empty()) json_error(file, "targets", "a list of one target at least was expected");
  std::set<std::tuple<std::string, Counted, std::string, std::string, int, std::optional<Month>>> seen;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const std::string path = "targets/" + std::to_string(i);
    const ValidationTarget& one = out.targets.emplace_back(reader.target(targets[i], path));
    if (!seen.emplace(one.benefit, one.counted, one.group, one.cell, one.year, one.month).second)
      json_error(file, path, "this target stands twice: the same benefit, count, cell and date");
  }
  return out;
}

}  // namespace labacces::scenario
