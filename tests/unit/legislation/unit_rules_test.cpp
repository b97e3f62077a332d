// The limits that units are built with are those of the law.
#include <gtest/gtest.h>

#include "libsim/population/units/unit_rules.hpp"
#include "tests/law/french_law.hpp"

namespace labacces {
namespace {

const law::Param& param(const std::string& name) { return french_law().params()[french_law().find_param(name).value()]; }

TEST(UnitRules, minimum_wages_are_those_of_the_law_with_their_dates) {
  const law::Param& wage = param("base.smic_horaire_brut");
  ASSERT_EQ(wage.versions.size(), units::minimum_wages.size());
  for (std::size_t i = 0; i < wage.versions.size(); ++i) {
    EXPECT_EQ(wage.versions[i].since, Day::of(units::minimum_wages[i].year, units::minimum_wages[i].month, 1)) << i;
    EXPECT_EQ(wage.versions[i].value, units::minimum_wages[i].hourly) << i;
  }
}

TEST(UnitRules, amounts_of_the_rsa_are_those_of_the_law_with_their_dates) {
  const law::Param& amount = param("rsa.montant_de_base");
  ASSERT_EQ(amount.versions.size(), units::rsa_amounts.size());
  for (std::size_t i = 0; i < amount.versions.size(); ++i) {
    EXPECT_EQ(amount.versions[i].since, Day::of(units::rsa_amounts[i].year, units::rsa_amounts[i].month, 1)) << i;
    EXPECT_EQ(amount.versions[i].value, units::rsa_amounts[i].monthly) << i;
  }
  EXPECT_EQ(param("rsa.majoration_enfant_suivant").versions.back().value, units::rsa_increase_share);
  EXPECT_EQ(param("prestations_familiales.age_limite_complement_familial").versions.back().value, units::rsa_child_alone_from);
}

TEST(UnitRules, share_hours_and_ages_are_those_of_the_law) {
  EXPECT_EQ(param("prestations_familiales.plafond_revenu_enfant").versions.back().value, units::pay_limit_share);
  EXPECT_EQ(param("prestations_familiales.heures_plafond_revenu_enfant").versions.back().value, units::pay_limit_hours);
  EXPECT_EQ(param("rsa.age_max_personne_a_charge").versions.back().value, units::rsa_child_under);
}

TEST(UnitRules, the_family_is_the_widest_of_the_limits_of_age) {
  for (const char* limit : {"prestations_familiales.age_limite_enfant", "prestations_familiales.age_limite_complement_familial"})
    EXPECT_LE(param(limit).versions.back().value, units::rsa_child_under) << limit;
}

}  // namespace
}  // namespace labacces
