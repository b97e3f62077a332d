// One invented household, drawn from its number.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/base/random.hpp"
#include "libsim/population/synthetic_model.hpp"

namespace labacces::synthetic {

inline constexpr std::size_t history_months = 36;
inline constexpr std::size_t most_persons = 8;

enum class Activity : std::uint8_t { employed, unemployed, retired, student, other };

struct Person {
  Day birth{};
  bool woman = false;
  Activity activity = Activity::other;
  bool married = false, pacs = false;
  bool grant = false, severe = false, partial = false;
  std::uint8_t family = 0, tax_unit = 0;                              ///< index in the household
  std::uint8_t family_role = 0, tax_role = 0, dwelling_role = 0;     ///< Role
  double invalidity_pension = 0.0, pension = 0.0, alimony = 0.0;      ///< EUR/month, 2025
  double wage = 0.0;                                                  ///< full monthly net wage when at work, 2025
  std::array<std::uint8_t, history_months> work{};                    ///< 1 at work, 2 unemployed with allowance, 0 neither
};

struct Household {
  Departement departement = Departement::d22;
  HouseholdType type = HouseholdType::single_man;
  std::vector<Person> persons;
  std::uint8_t families = 1, tax_units = 1;
  std::uint8_t tenure = 0;  ///< 0 owner, 1 buying, 2 HLM, 3 private, 4 furnished, 5 free
  bool zone_2 = false, flat_share = false, recent_separation = false;
  double rent = 0.0;  ///< EUR/month, 2025
};

/// Draws household `number`; `last` is the last month of its work history.
Household draw_household(std::uint64_t seed, std::uint64_t number, Month last);

}  // namespace labacces::synthetic
