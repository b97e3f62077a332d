#include "tools/case_yaml.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/time_span.hpp"

namespace labacces::tools {

std::map<std::string, std::string> read_zones(const std::string& file) {
  const std::string text = read_file(file);
  std::map<std::string, std::string> zones;
  std::size_t code = std::string::npos, zone = std::string::npos;
  std::uint32_t line = 0;
  for (const std::string_view row : split(text, '\n')) {
    ++line;
    if (trim(row).empty()) continue;
    const std::vector<std::string_view> cells = split(trim(row), ',');
    if (line == 1) {
      code = static_cast<std::size_t>(std::find(cells.begin(), cells.end(), "CODGEO") - cells.begin());
      zone = static_cast<std::size_t>(std::find(cells.begin(), cells.end(), "Zonage") - cells.begin());
      if (std::max(code, zone) >= cells.size()) throw Error(Location{file, 1, 0, {}}, "expected columns CODGEO and Zonage");
      continue;
    }
    if (cells.size() <= std::max(code, zone) || cells[zone].empty() || cells[zone][0] < '1' || cells[zone][0] > '3')
      throw Error(Location{file, line, 0, {}}, "expected a commune and its zone 1, 1bis, 2 or 3");
    zones[std::string(cells[code])] = std::string("zone_") + cells[zone][0];
  }
  return zones;
}

std::uint32_t line_of(const YAML::Node& node) { return static_cast<std::uint32_t>(std::max(0, node.Mark().line + 1)); }

void CaseYaml::set_period(const YAML::Node& node) {
  period_ = text_of(node);
  if (form_.openfisca && parse_day(period_)) period_ = period_.substr(0, std::string_view("2024-01").size());
  if (!parse_time_span(period_)) fail(node, "'" + period_ + "' is not a period: expected " + std::string(period_forms));
}

std::optional<std::string> CaseYaml::zone_of(const std::string& commune) const {
  static const std::array<std::pair<std::string_view, const char*>, 3> cities{
      {{"751", "75056"}, {"6938", "69123"}, {"132", "13055"}}};
  const auto found = form_.zone_of.find(commune);
  if (found != form_.zone_of.end()) return found->second;
  for (const auto& [beginning, city] : cities) {
    if (commune.starts_with(beginning) && form_.zone_of.contains(city)) return form_.zone_of.at(city);
  }
  return std::nullopt;
}

void CaseYaml::fail(const YAML::Node& at, const std::string& message, const std::string& hint) const {
  throw Error(Location{file_, line_of(at), static_cast<std::uint32_t>(std::max(0, at.Mark().column + 1)), {}}, message, hint);
}

std::string CaseYaml::text_of(const YAML::Node& node) const {
  if (!node.IsScalar())
    fail(node, "expected a single value, found " + std::string(node.IsNull() ? "nothing" : node.IsMap() ? "a map" : "a list"));
  return node.Scalar();
}

double CaseYaml::margin_of(const YAML::Node& node) const {
  const std::optional<double> number = parse_number(text_of(node));
  if (!number || *number < 0) fail(node, "expected a margin: a number from 0 on, found '" + node.Scalar() + "'");
  return *number;
}

std::string CaseYaml::period_for(const VariableInfo& info, const YAML::Node& at) const {
  if (info.periodicity == Periodicity::eternal) return "ETERNITY";
  if (period_.empty()) fail(at, "'" + info.name + "' has no period: give the case a period, or the value one");
  if (info.periodicity != Periodicity::yearly) return period_;
  const std::optional<TimeSpan> span = parse_time_span(period_);
  return span->is_eternity() ? period_ : std::to_string(span->first.year());
}

std::vector<std::pair<std::string, YAML::Node>> CaseYaml::by_period(const VariableInfo& info, const YAML::Node& value) const {
  if (!value.IsMap()) return {{period_for(info, value), value}};
  std::vector<std::pair<std::string, YAML::Node>> all;
  for (const auto& item : value) {
    const std::string period = text_of(item.first);
    if (!parse_time_span(period)) fail(item.first, "'" + period + "' is not a period: expected " + std::string(period_forms));
    all.emplace_back(period, item.second);
  }
  return all;
}

}  // namespace labacces::tools
