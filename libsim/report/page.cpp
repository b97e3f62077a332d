#include "libsim/report/page.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/base/json_text.hpp"
#include "libsim/base/version.hpp"
#include "libsim/report/page_parts.hpp"

namespace labacces::report {
namespace {

using Json = nlohmann::ordered_json;

/// A group of more cells than that is no plot that can be read, and would make the page heavy.
constexpr std::size_t most_cells = 60;

/// Seven significant digits: more than any interval leaves, and a third of the bytes.
Json short_number(const Json& number) {
  const double value = number.get<double>();
  if (value == 0.0) return 0;
  const double scale = std::pow(10.0, 6 - static_cast<int>(std::floor(std::log10(std::abs(value)))));
  const double rounded = std::round(value * scale) / scale;
  if (!std::isfinite(rounded)) return value;
  if (rounded == std::round(rounded) && std::abs(rounded) < 1e15) return static_cast<std::int64_t>(rounded);
  return rounded;
}

/// {"value", "se", "ci95"} becomes [value, low, high], [value], or [] when it is not known; all else stays.
Json short_figures(const Json& from) {
  if (!from.is_object()) return from;
  const auto value = from.find("value");
  if (value != from.end() && (value->is_number() || value->is_null())) {
    Json out = Json::array();
    if (value->is_number()) out.push_back(short_number(*value));
    const auto interval = from.find("ci95");
    if (interval != from.end() && interval->is_array() && interval->size() == 2 && (*interval)[0].is_number() &&
        (*interval)[1].is_number()) {
      for (const Json& end : *interval) out.push_back(short_number(end));
    }
    return out;
  }
  Json out = Json::object();
  for (const auto& [key, part] : from.items()) out[key] = short_figures(part);
  return out;
}

/// Takes groups of too many cells out of {benefit: {group: {cell: ...}}} and adds their names to `left_out`.
void drop_large_groups(Json& groups, std::vector<std::string>& left_out) {
  std::vector<std::string> large;
  for (const auto& [name, cells] : groups.items()) {
    if (cells.size() > most_cells) large.push_back(name);
  }
  for (const std::string& name : large) {
    groups.erase(name);
    if (std::find(left_out.begin(), left_out.end(), name) == left_out.end()) left_out.push_back(name);
  }
}

Json parsed(const PageText& from, std::initializer_list<const char*> formats) {
  Json json = parse_json(from.name, from.text);
  const std::string found =
      json.is_object() && json.contains("format") && json["format"].is_string() ? json["format"].get<std::string>() : "";
  std::string expected;
  for (const char* format : formats) {
    if (found == format) return json;
    expected += (expected.empty() ? "\"" : " or \"") + std::string(format) + "\"";
  }
  throw Error(Location{from.name, 0, 0, "format"},
              expected + " was expected, found " + (found.empty() ? "nothing" : "\"" + found + "\""));
}

void check(const Json& run, const std::string& file, const std::string& place) {
  for (const char* needed : {"population", "benefits", "take_up"}) {
    if (!run.is_object() || !run.contains(needed) || !run[needed].is_object())
      throw Error(Location{file, 0, 0, place + needed}, "an object was expected");
  }
  for (const char* needed : {"scenario", "period"}) {
    if (!run.contains(needed) || !run[needed].is_string())
      throw Error(Location{file, 0, 0, place + needed}, "a text was expected");
  }
}

/// The results as the page has them: short figures, no large groups. Every run is checked to have what the page stands on.
Json page_results(const PageText& from, std::vector<std::string>& left_out) {
  Json json = short_figures(parsed(from, {"labacces-results/1", "labacces-comparison/1"}));
  const auto each_run = [&](Json& run, const std::string& place) {
    check(run, from.name, place);
    for (auto& [name, benefit] : run["benefits"].items()) {
      if (!benefit.is_object() || !benefit.contains("groups"))
        throw Error(Location{from.name, 0, 0, place + "benefits." + name}, "groups were expected");
      drop_large_groups(benefit["groups"], left_out);
    }
  };
  if (json["format"] == "labacces-results/1") {
    each_run(json, "");
    return json;
  }
  const bool lists = json.contains("scenarios") && json["scenarios"].is_array() && !json["scenarios"].empty() &&
                     json.contains("differences") && json["differences"].is_array();
  if (!lists) throw Error(Location{from.name, 0, 0, "scenarios"}, "a list of scenarios and one of differences were expected");
  for (std::size_t i = 0; i < json["scenarios"].size(); ++i) {
    // Arrays are kept as they are by short_figures, so that intervals of other parts stay intervals: runs are shortened one by one.
    json["scenarios"][i] = short_figures(json["scenarios"][i]);
    each_run(json["scenarios"][i], "scenarios[" + std::to_string(i) + "].");
  }
  for (Json& difference : json["differences"]) {
    difference = short_figures(difference);
    if (!difference.is_object() || !difference.contains("benefits") || !difference["benefits"].is_object())
      throw Error(Location{from.name, 0, 0, "differences"}, "benefits were expected");
    for (auto& [name, groups] : difference["benefits"].items()) drop_large_groups(groups, left_out);
  }
  return json;
}

/// The rows with short figures, as the page's other figures are.
Json page_validation(const PageText& from) {
  Json json = parsed(from, {"labacces-validation/1"});
  if (!json.contains("rows") || !json["rows"].is_array()) throw Error(Location{from.name, 0, 0, "rows"}, "a list was expected");
  for (Json& row : json["rows"]) row = short_figures(row);
  return json;
}

/// JSON inside a script element: "<" can begin no tag there.
std::string in_script(std::string text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

Language language_from(std::string_view text) {
  if (text == "fr") return Language::french;
  if (text == "en") return Language::english;
  throw Error("--lang: fr or en was expected, found '" + std::string(text) + "'");
}

std::string report_page(const PageInputs& inputs) {
  std::vector<std::string> left_out;
  Json data{{"format", "labacces-page/1"}, {"labacces", version()}, {"results", page_results(inputs.results, left_out)}};
  data["record"] =
      inputs.record.text.empty() ? Json(nullptr) : parsed(inputs.record, {"labacces-record/1", "labacces-comparison-record/1"});
  data["curves"] = inputs.curves.text.empty() ? Json(nullptr) : parsed(inputs.curves, {"labacces-budget-curves/1"});
  data["validation"] = inputs.validation.text.empty() ? Json(nullptr) : page_validation(inputs.validation);
  data["groups_left_out"] = left_out;
  data["licences"] = page::licences();

  const std::string lang = inputs.language == Language::french ? "fr" : "en";
  std::string out = "<!doctype html>\n<html lang=\"" + lang +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; "
                    "style-src 'unsafe-inline'; "
                    "img-src data: blob:; base-uri 'none'; form-action 'none'\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>LabAccès</title>\n<link "
                    "rel=\"icon\" href=\"data:,\">\n<style>\n";
  out += page::style();
  out += "</style>\n</head>\n<body>\n<div id=\"page\"><noscript>";
  out += inputs.language == Language::french ? "Cette page a besoin de JavaScript." : "This page needs JavaScript.";
  out += "</noscript></div>\n<script type=\"application/json\" id=\"data\">";
  out += in_script(data.dump());
  out += "</script>\n<script type=\"application/json\" id=\"outlines\">";
  out += in_script(std::string(page::outlines()));
  out += "</script>\n<script>";
  out += page::plotting();
  out += "</script>\n<script type=\"module\">\n";
  out += page::script();
  out += "</script>\n</body>\n</html>\n";
  return out;
}

}  // namespace labacces::report
