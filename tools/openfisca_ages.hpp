// Ages given in place of dates of birth, as OpenFisca-France's cases have them.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "libsim/base/date.hpp"
#include "tools/case_yaml.hpp"

namespace labacces::tools {

class OpenFiscaAges {
 public:
  /// Whether the name is an age: "age" in years, "age_en_mois" in months, both on the first day of a month.
  static bool is_age(const std::string& name);

  /// Notes the age of a person: one value for the case's period, or by period (the last one counts). Error for what is not a number.
  void note(const CaseYaml& yaml, const std::string& person, const std::string& name, const YAML::Node& value);

  /// Gives a date of birth to each person without one. The age noted of a month holds in the eleven before too, as OpenFisca has it (in months,
  /// of a year, and under 18 it is exact); without an age the date is 1970-01-01, what OpenFisca takes.
  void give_birthdays(nlohmann::ordered_json& persons) const;

 private:
  struct Age {
    Month month{};
    int months_old = 0;
  };
  std::map<std::string, Age> by_person_;
};

}  // namespace labacces::tools
