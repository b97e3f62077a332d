#include "libsim/population/uprating/indices.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/base/json_text.hpp"
#include "libsim/population/uprating/built_in_indices.hpp"

namespace labacces::uprating {
namespace {

using Json = nlohmann::ordered_json;

struct Reader {
  const std::string& file;

  const Json& object(const Json& value, const std::string& path) const {
    if (!value.is_object()) json_error(file, path, "an object was expected, found " + std::string(value.type_name()));
    return value;
  }
  std::string text(const Json& value, const std::string& path) const {
    if (!value.is_string() || value.get<std::string>().empty()) json_error(file, path, "a text was expected");
    return value.get<std::string>();
  }
  const Json& at(const Json& value, const std::string& path, const char* key) const {
    if (!value.contains(key)) json_error(file, path, "'" + std::string(key) + "' is missing");
    return value[key];
  }

  /// year -> (number, source), without a gap.
  std::map<int, Index::Step> years(const Json& value, const std::string& path) const {
    std::map<int, Index::Step> out;
    for (const auto& [key, pair] : object(value, path).items()) {
      const std::string place = path + "/" + key;
      if (key.size() != 4 || key.find_first_not_of("0123456789") != std::string::npos)
        json_error(file, place, "a year was expected, such as \"2024\"");
      if (!pair.is_array() || pair.size() != 2 || !pair[0].is_number())
        json_error(file, place, "[number, \"source\"] was expected");
      out[std::stoi(key)] = {pair[0].get<double>(), text(pair[1], place + "/1")};
    }
    if (out.empty()) json_error(file, path, "at least one year was expected");
    for (auto year = out.begin(); std::next(year) != out.end(); ++year) {
      if (std::next(year)->first != year->first + 1)
        json_error(file, path,
                   "the year " + std::to_string(year->first + 1) + " is missing between " + std::to_string(year->first) +
                       " and " + std::to_string(std::next(year)->first));
    }
    return out;
  }

  Index index(const Json& value, const std::string& path) const {
    refuse_unknown_keys(file, path, object(value, path), {"label", "growth_percent", "levels"});
    Index out;
    out.label = text(at(value, path, "label"), path + "/label");
    const bool growth = value.contains("growth_percent");
    if (growth == value.contains("levels")) json_error(file, path, "either 'growth_percent' or 'levels' was expected");
    const std::string place = path + (growth ? "/growth_percent" : "/levels");
    out.steps = years(value[growth ? "growth_percent" : "levels"], place);
    for (const auto& [year, step] : out.steps) {
      const double least = growth ? -100.0 : 0.0;
      if (!(std::isfinite(step.factor) && step.factor > least))
        json_error(file, place + "/" + std::to_string(year),
                   std::string(growth ? "a growth above -100" : "a level above 0") + " was expected");
    }
    if (growth) {
      for (auto& [year, step] : out.steps) step.factor = 1.0 + step.factor / 100.0;
      return out;
    }
    if (out.steps.size() < 2) json_error(file, place, "at least two years were expected");
    double before = out.steps.begin()->second.factor;
    out.steps.erase(out.steps.begin());
    for (auto& [year, step] : out.steps) {
      const double level = step.factor;
      step.factor = level / before;
      before = level;
    }
    return out;
  }
};

std::vector<std::string> names_of(const std::map<std::string, Index>& indices) {
  std::vector<std::string> out;
  for (const auto& [name, index] : indices) out.push_back(name);
  return out;
}

}  // namespace

Indices Indices::read(const std::string& file, std::string_view text) {
  const Json json = parse_json(file, text);
  const Reader reader{file};
  refuse_unknown_keys(file, "", reader.object(json, ""), {"format", "indices", "variables", "others"});
  if (reader.text(reader.at(json, "", "format"), "format") != "labacces-indices/1")
    json_error(file, "format", "\"labacces-indices/1\" was expected");
  Indices out;
  out.file_ = file;
  for (const auto& [name, value] : reader.object(reader.at(json, "", "indices"), "indices").items())
    out.indices_.emplace(name, reader.index(value, "indices/" + name));
  const auto known = [&](const std::string& name, const std::string& path) {
    if (!out.indices_.contains(name))
      json_error(file, path, "there is no index '" + name + "'", did_you_mean(name, names_of(out.indices_)));
    return name;
  };
  out.others_ = known(reader.text(reader.at(json, "", "others"), "others"), "others");
  if (!json.contains("variables")) return out;
  for (const auto& [index, variables] : reader.object(json["variables"], "variables").items()) {
    const std::string path = "variables/" + index;
    known(index, path);
    if (!variables.is_array()) json_error(file, path, "a list of texts was expected");
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const std::string place = path + "/" + std::to_string(i);
      std::string name = reader.text(variables[i], place);
      const bool beginning = name.back() == '*';
      if (beginning) name.pop_back();
      if (!(beginning ? out.beginnings_ : out.names_).emplace(name, index).second)
        json_error(file, place, "'" + variables[i].get<std::string>() + "' has an index already");
    }
  }
  return out;
}

Indices Indices::built_in() { return read("indices.json", built_in_indices()); }

const std::string& Indices::index_of(std::string_view variable) const {
  const auto own = names_.find(variable);
  if (own != names_.end()) return own->second;
  for (std::size_t length = variable.size(); length > 0; --length) {
    const auto beginning = beginnings_.find(variable.substr(0, length));
    if (beginning != beginnings_.end()) return beginning->second;
  }
  return others_;
}

double Indices::factor(const std::string& index, int from, int to) const {
  const std::map<int, Index::Step>& steps = indices_.at(index).steps;
  double out = 1.0;
  for (int year = std::min(from, to) + 1; year <= std::max(from, to); ++year) {
    const auto step = steps.find(year);
    if (step == steps.end()) {
      throw Error(Location{file_, 0, 0, "indices/" + index},
                  "the index '" + index + "' has no figure for " + std::to_string(year) + "; it is known from " +
                      std::to_string(steps.begin()->first - 1) + " to " + std::to_string(steps.rbegin()->first),
                  "--indices FILE gives others");
    }
    out *= step->second.factor;
  }
  return to < from ? 1.0 / out : out;
}

}  // namespace labacces::uprating
