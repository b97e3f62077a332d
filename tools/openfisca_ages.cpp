#include "tools/openfisca_ages.hpp"

#include <nlohmann/json.hpp>
#include <optional>

#include "libsim/population/time_span.hpp"
#include "tools/case_values.hpp"

namespace labacces::tools {
namespace {

constexpr const char* birth = "date_naissance";
constexpr double first_age_by_years = 18;  // of children the months matter
constexpr double oldest_in_months = 12.0 * 150;

}  // namespace

bool OpenFiscaAges::is_age(const std::string& name) { return name == "age" || name == "age_en_mois"; }

void OpenFiscaAges::note(const CaseYaml& yaml, const std::string& person, const std::string& name, const YAML::Node& value) {
  if (value.IsNull() || (value.IsMap() && value.size() == 0)) return;
  std::string period = yaml.period(), text;
  if (value.IsMap()) {
    for (const auto& item : value) {
      period = yaml.text_of(item.first);
      text = yaml.text_of(item.second);
    }
  } else {
    text = yaml.text_of(value);
  }
  const std::optional<TimeSpan> span = parse_time_span(period);
  const std::optional<double> age = arithmetic(text);
  if (!span || span->is_eternity()) yaml.fail(value, "an age needs a period: expected a month '2024-01' or a year '2024'");
  const double months = age ? *age * (name == "age" ? 12.0 : 1.0) : -1.0;
  if (months < -oldest_in_months || months > oldest_in_months || !age) yaml.fail(value, "expected an age, found '" + text + "'");
  if (name == "age" && by_person_.contains(person)) return;  // in months it is more exact
  const bool holds_before = name == "age" && span->is_month() && *age >= first_age_by_years;
  by_person_[person] = {span->first, static_cast<int>(months) + (holds_before ? 11 : 0)};
}

void OpenFiscaAges::give_birthdays(nlohmann::ordered_json& persons) const {
  for (const auto& person : persons.items()) {
    if (person.value().contains(birth)) continue;
    const auto age = by_person_.find(person.key());
    const Day born = age == by_person_.end() ? Day::of(1970, 1, 1) : first_day(age->second.month + -age->second.months_old);
    person.value()[birth]["ETERNITY"] = to_string(born);
  }
}

}  // namespace labacces::tools
