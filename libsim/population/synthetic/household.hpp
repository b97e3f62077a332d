// One invented household and its persons.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "libsim/base/date.hpp"

namespace labacces::synthetic {

inline constexpr std::size_t history_months = 36;
inline constexpr std::size_t most_persons = 8;

enum class HouseholdType : std::uint8_t {
  single_man,
  single_woman,
  other_without_family,
  couple,
  couple_with_children,
  lone_parent
};
inline constexpr std::size_t household_type_count = 6;
enum class Activity : std::uint8_t { employed, unemployed, retired, student, other };
enum class Diploma : std::uint8_t { aucun, cap_bep, baccalaureat, bac_plus_2, superieur };
inline constexpr std::size_t diploma_count = 5;
enum class Marital : std::uint8_t { single, married, pacs, divorced, widowed };
enum class Digital : std::uint8_t { illectronisme, weak, sound };
enum class SelfEmployed : std::uint8_t { no, micro, craft, liberal, farm };
enum class Tenure : std::uint8_t { owner, buying, hlm, empty_private, furnished, free };
enum class Commune : std::uint8_t { dense, intermediaire, rurale };
inline constexpr std::size_t commune_count = 3;
enum class WorkState : std::uint8_t { none, working, with_allowance, at_school };

/// Amounts are EUR a month, net, of 2025.
struct Person {
  Day birth{};
  bool woman = false;
  Diploma diploma = Diploma::aucun;
  Activity activity = Activity::other;  ///< in the last month of the history
  Marital marital = Marital::single;
  Digital digital = Digital::sound;
  SelfEmployed self_employed = SelfEmployed::no;
  bool grant = false, severe = false, partial = false, solidarity_allowance = false, apprentice = false;
  std::uint8_t family = 0, tax_unit = 0;                          ///< index in the household
  std::uint8_t family_role = 0, tax_role = 0, dwelling_role = 0;  ///< Role
  double power = 0.0;                                             ///< latent earning power, standard normal
  double invalidity_pension = 0.0, pension = 0.0, alimony_received = 0.0, alimony_paid = 0.0;
  double wage = 0.0;    ///< of a full month at work
  double profit = 0.0;  ///< of an ordinary month
  double livret_a = 0.0;
  std::array<WorkState, history_months> work{};
  std::array<std::uint8_t, history_months> paid{};  ///< percent of the wage (of the profit) of a month at work
};

struct Household {
  std::size_t territory = 0;
  HouseholdType type = HouseholdType::single_man;
  std::vector<Person> persons;
  std::uint8_t families = 1, tax_units = 1;
  bool of_parents_tax_unit = false;  ///< the only person is a student in the first tax unit of the household before
  Tenure tenure = Tenure::owner;
  Commune commune = Commune::rurale;
  std::uint8_t zone = 3;
  bool flat_share = false, recent_separation = false, helped_loan = false;
  double rent = 0.0;  ///< or the loan's monthly payment, EUR of 2025
  double surface = 0.0, distance = 0.0;
  int loan_year = 0;                                    ///< 0: no loan
  double interest = 0.0, dividends = 0.0, rents = 0.0;  ///< EUR a year of 2025, of the first tax unit
};

}  // namespace labacces::synthetic
