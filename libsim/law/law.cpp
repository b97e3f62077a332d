#include "libsim/law/law.hpp"

#include <algorithm>

namespace labacces::law {

namespace {

std::optional<std::uint32_t> find(const std::unordered_map<std::string, std::uint32_t>& index, std::string_view name) {
  const auto found = index.find(std::string(name));
  if (found == index.end()) return std::nullopt;
  return found->second;
}

template <typename T>
void add_months(std::vector<Month>& months, const std::vector<Version<T>>& versions) {
  for (const Version<T>& version : versions) {
    if (version.in_force.end <= version.in_force.begin) continue;
    months.push_back(version.in_force.begin);
    if (version.in_force.end != never) months.push_back(version.in_force.end);
  }
}

template <typename T>
void take_latest(Month& latest, const std::vector<Version<T>>& versions) {
  for (const Version<T>& version : versions) {
    if (version.in_force.begin < version.in_force.end) latest = std::max(latest, version.in_force.begin);
  }
}

}  // namespace

std::optional<std::uint32_t> Law::find_variable(std::string_view name) const { return find(variable_index_, name); }
std::optional<std::uint32_t> Law::find_param(std::string_view full_name) const { return find(param_index_, full_name); }
std::optional<std::uint32_t> Law::find_table(std::string_view full_name) const { return find(table_index_, full_name); }
std::optional<std::uint32_t> Law::find_scale(std::string_view full_name) const { return find(scale_index_, full_name); }

std::vector<Month> Law::change_months() const {
  std::vector<Month> months;
  Month first = never;
  for (const Variable& variable : variables_) {
    if (!variable.versions.empty()) first = std::min(first, variable.versions.front().in_force.begin);
    add_months(months, variable.versions);
  }
  for (const Param& param : params_) add_months(months, param.versions);
  for (const Table& table : tables_) add_months(months, table.versions);
  for (const Scale& scale : scales_) add_months(months, scale.versions);
  std::sort(months.begin(), months.end());
  months.erase(std::unique(months.begin(), months.end()), months.end());
  months.erase(months.begin(), std::lower_bound(months.begin(), months.end(), first));
  return months;
}

Month Law::latest_month() const {
  Month latest{};
  for (const Variable& variable : variables_) take_latest(latest, variable.versions);
  for (const Param& param : params_) take_latest(latest, param.versions);
  for (const Table& table : tables_) take_latest(latest, table.versions);
  for (const Scale& scale : scales_) take_latest(latest, scale.versions);
  return latest;
}

}  // namespace labacces::law
