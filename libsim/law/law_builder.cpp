#include "libsim/law/law_builder.hpp"

namespace labacces::law {

namespace {

template <typename T, typename U, typename Convert>
std::vector<Version<U>> versions_of(DraftLines<T>& lines, const Convert& convert) {
  const std::vector<MonthInterval> months = months_in_force(dates_of(lines));
  std::vector<Version<U>> versions;
  for (DraftLine<T>& line : lines) {
    if (line.date.ends) continue;
    versions.push_back(
        Version<U>{line.date.since, months[versions.size()], convert(line.value), std::move(line.references), line.date.span});
  }
  return versions;
}

template <typename T>
std::vector<Version<T>> plain_versions(DraftLines<T>& lines) {
  return versions_of<T, T>(lines, [](T& value) { return std::move(value); });
}

}  // namespace

void LawBuilder::take(Draft& draft, std::string name) {
  law_.name_ = std::move(name);
  law_.programs_ = draft.programs;
  law_.enums_ = draft.enums;
  law_.changes_ = draft.changes;
  for (DraftParam& param : draft.params) {
    law_.param_index_.emplace(param.head.name, static_cast<std::uint32_t>(law_.params_.size()));
    law_.params_.push_back(param.head);
    law_.params_.back().versions = plain_versions(param.lines);
  }
  for (DraftTable& table : draft.tables) {
    law_.table_index_.emplace(table.head.name, static_cast<std::uint32_t>(law_.tables_.size()));
    law_.tables_.push_back(table.head);
    law_.tables_.back().versions = plain_versions(table.lines);
  }
  for (DraftScale& scale : draft.scales) {
    law_.scale_index_.emplace(scale.head.name, static_cast<std::uint32_t>(law_.scales_.size()));
    law_.scales_.push_back(scale.head);
    law_.scales_.back().versions = plain_versions(scale.lines);
  }
  for (DraftVariable& variable : draft.variables) {
    law_.variable_index_.emplace(variable.head.name, static_cast<std::uint32_t>(law_.variables_.size()));
    law_.variables_.push_back(variable.head);
    law_.variables_.back().versions = versions_of<RuleText, RuleBody>(variable.lines, [](const RuleText&) { return RuleBody{}; });
  }
}

}  // namespace labacces::law
