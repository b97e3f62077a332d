// What must hold of the French law whatever the household: amounts are never negative, a euro more costs at most a euro of RSA, AF knows
// nothing of rents, a higher ceiling excludes nobody, a child more never lowers the amount of RSA.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>
#include <map>
#include <set>

#include "libsim/base/error.hpp"
#include "tests/property/changed_people.hpp"
#include "tests/property/dice.hpp"
#include "tests/property/legislation_case.hpp"
#include "tests/property/property_case.hpp"
#include "tests/property/random_population.hpp"

namespace labacces::property {
namespace {

constexpr int dwellings = 1'000;
constexpr double last_bits = 1e-6;  // euros
const std::array<Month, 6> months{Month::of(2019, 6),  Month::of(2020, 12), Month::of(2022, 9),
                                  Month::of(2023, 11), Month::of(2025, 2),  Month::of(2026, 5)};

/// The same families before and after a change.
struct Raised {
  PopulationTables before, after;
};

/// A rule of a month.
struct Asked {
  std::string rule;
  Month month;
};

/// Values of one rule by the id of its unit.
using ById = std::map<std::string, double>;

class SaneLaw : public testing::Test {
 protected:
  PopulationTables people(double amounts = 1.0) {
    // Cells of rules are never given: a value given is the data's affair, not the law's.
    const PopulationStyle style{.zero_amounts = 0.96,
                                .amounts = amounts,
                                .births_from = 0,
                                .given_rules = 0.0,
                                .first_year = 2015,
                                .monthly_columns = 0.02};
    return random_population(seed_++, dwellings, law_, style);
  }

  /// The values of each rule asked, all worked out together.
  static std::vector<ById> values_of(const law::Law& law, const PopulationTables& tables, const std::vector<Asked>& asked) {
    const Population population = PopulationBuilder::build(tables);
    std::vector<plan::Request> requests;
    for (const Asked& one : asked) requests.push_back({one.rule, Period::month(one.month)});
    const std::vector<std::vector<double>> values = answers(law, requests, population);
    std::vector<ById> by_id(asked.size());
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const IdList& ids = population.ids(law.variables()[*law.find_variable(asked[i].rule)].level);
      for (std::size_t row = 0; row < values[i].size(); ++row) by_id[i][ids[row]] = values[i][row];
    }
    return by_id;
  }

  static ById values_of(const law::Law& law, const PopulationTables& tables, const std::string& rule, Month month) {
    return values_of(law, tables, {{rule, month}}).front();
  }

  /// By how much the change raises each rule asked, by the id of its unit.
  std::vector<ById> differences(const Raised& changed, const std::vector<Asked>& asked) const {
    std::vector<ById> more = values_of(law_, changed.after, asked);
    const std::vector<ById> before = values_of(law_, changed.before, asked);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      for (const auto& [id, value] : before[i]) more[i].at(id) -= value;
    }
    return more;
  }

  /// Families whose other minima the change moves in the months that RSA looks at: a euro over the ceiling of a quarter may raise the ASI,
  /// which then looks at a year, and AAH makes up for ASI a month later.
  std::set<std::string> families_with_other_minima(const Raised& changed, Month month) const {
    std::map<std::string, std::string> family_of;
    for (std::size_t row = 0; row < changed.before.ids[index_of(Level::individu)].size(); ++row) {
      const auto family = static_cast<std::size_t>(changed.before.unit_of[index_of(Level::famille)][row]);
      family_of[changed.before.ids[index_of(Level::individu)][row]] = changed.before.ids[index_of(Level::famille)][family];
    }
    std::vector<Asked> asked;
    for (const char* rule : {"asi", "aah", "aspa", "ass", "caah"}) {
      for (int back = 0; back <= 4; ++back) {
        if (is_asked(rule, month - back)) asked.push_back({rule, month - back});
      }
    }
    std::set<std::string> families;
    const std::vector<ById> moved = differences(changed, asked);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const bool of_persons = law_.variables()[*law_.find_variable(asked[i].rule)].level == Level::individu;
      for (const auto& [id, more] : moved[i]) {
        if (more != 0.0) families.insert(of_persons ? family_of.at(id) : id);
      }
    }
    return families;
  }

  /// Those of the rules that can be asked in a month.
  template <typename Rules>
  std::vector<Asked> asked_of(const Rules& rules, Month month) const {
    std::vector<Asked> asked;
    for (const char* rule : rules) {
      if (is_asked(rule, month)) asked.push_back({rule, month});
    }
    return asked;
  }

  bool has(const std::string& rule, Month month) const {
    const auto index = law_.find_variable(rule);
    return index && law::Law::in_force(law_.variables()[*index].versions, month) != nullptr;
  }

  /// A rule of months that is in force: some of these benefits are inputs, or yearly, in other laws.
  bool is_asked(const std::string& rule, Month month) const {
    return has(rule, month) && law_.variables()[*law_.find_variable(rule)].periodicity == Periodicity::monthly;
  }

  double param(const std::string& name, Month month) const {
    const law::Param& found = law_.params()[law_.find_param(name).value()];
    const law::Version<double>* const version = law::Law::in_force(found.versions, month);
    return version == nullptr ? 0.0 : version->value;
  }

  law::Law law_ = law::load_law_or_throw(texts_of("france"));
  std::uint64_t seed_ = first_seed();
};

/// What is paid to people, and what it is worked out from where that cannot be negative either.
constexpr std::array<const char*, 28> never_negative{"rsa",
                                                     "ppa",
                                                     "aide_logement",
                                                     "apl",
                                                     "alf",
                                                     "als",
                                                     "aah",
                                                     "caah",
                                                     "mva",
                                                     "aspa",
                                                     "asi",
                                                     "af",
                                                     "cf",
                                                     "asf",
                                                     "paje_base",
                                                     "ars",
                                                     "aeeh",
                                                     "ass",
                                                     "ppa_forfait_logement",
                                                     "rsa_forfait_logement",
                                                     "rsa_socle",
                                                     "rsa_socle_majore",
                                                     "aide_logement_base_ressources",
                                                     "css_participation_forfaitaire",
                                                     "paje_naissance",
                                                     "reduction_loyer_solidarite",
                                                     "af_base",
                                                     "af_majoration"};

TEST_F(SaneLaw, no_benefit_is_negative_or_no_number) {
  std::size_t values = 0;
  for (const Month month : months) {
    const PopulationTables tables = people(seed_ % 2 == 0 ? 1.0 : 6.0);
    const std::vector<Asked> asked = asked_of(never_negative, month);
    const std::vector<ById> found = values_of(law_, tables, asked);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      for (const auto& [unit, value] : found[i]) {
        ++values;
        ASSERT_TRUE(std::isfinite(value) && value >= 0.0)
            << asked[i].rule << " of " << unit << " in " << to_string(month) << " is " << value << ", seed " << seed_ - 1;
      }
    }
  }
  EXPECT_GT(values, 50'000U);
}

/// Gives the first parent of each family a random amount in each of the last fifteen months, and then `more`.
Raised raised(const PopulationTables& tables, const law::Law& law, const std::string& variable, Month month, double more,
              std::uint64_t seed) {
  constexpr int months_back = 15;
  Dice dice(seed, variable);
  std::vector<double> amounts(tables.ids[index_of(Level::individu)].size(), 0.0);
  std::vector<double> changes = amounts;
  for (const std::size_t parent : principals(tables, Level::famille)) {
    amounts[parent] = dice.chance(0.2) ? 0.0 : dice.uniform() * 900.0;
    changes[parent] = more;
  }
  const auto before = [&](std::size_t row) { return amounts[row]; };
  const auto after = [&](std::size_t row) { return amounts[row] + changes[row]; };
  return {with_monthly(tables, law, variable, month - months_back, month, before),
          with_monthly(tables, law, variable, month - months_back, month, after)};
}

TEST_F(SaneLaw, alimony_counts_for_at_most_itself_in_the_resources_of_rsa) {
  std::size_t rose = 0;
  for (const Month month : months) {
    const Raised people_raised = raised(people(), law_, "pensions_alimentaires_percues", month, 53.0, seed_);
    const std::set<std::string> moved = families_with_other_minima(people_raised, month);
    const std::vector<ById> more_resources = differences(people_raised, {{"rsa_base_ressources", month}});
    for (const auto& [family, more] : more_resources.front()) {
      if (moved.contains(family)) continue;
      EXPECT_LE(more, 53.0 + last_bits) << "family " << family << " in " << to_string(month) << ", seed " << seed_ - 1;
      rose += more > 0.0 ? 1 : 0;
    }
  }
  EXPECT_GT(rose, 2'500U);
}

TEST_F(SaneLaw, rsa_falls_by_at_most_a_euro_for_a_euro_of_resources) {
  std::size_t entitled = 0;
  for (const char* resource : {"pensions_alimentaires_percues", "salaire_net", "chomage_net", "retraite_nette"}) {
    for (const Month month : months) {
      const double more = seed_ % 2 == 0 ? 1.0 : 137.0;
      const double minimum = param("rsa.seuil_de_versement", month);
      const Raised people_raised = raised(people(), law_, resource, month, more, seed_);
      const std::vector<Asked> asked{{"rsa", month}, {"rsa_base_ressources", month}, {"rsa_forfait_logement", month}};
      const std::vector<ById> before = values_of(law_, people_raised.before, asked);
      const std::vector<ById> after = values_of(law_, people_raised.after, asked);
      for (const auto& [family, amount] : before[0]) {
        entitled += amount > 0.0 ? 1 : 0;
        // A pension or an unemployment benefit may open ASI or AAH, which count too. Under the minimum nothing is paid: one more euro
        // may then cost the rest.
        const double resources = std::max(more, after[1].at(family) - before[1].at(family)) +
                                 std::max(0.0, after[2].at(family) - before[2].at(family));
        const double allowed = resources + (after[0].at(family) == 0.0 ? minimum : 0.0);
        EXPECT_LE(amount - after[0].at(family), allowed + last_bits)
            << resource << ", family " << family << " in " << to_string(month) << ", seed " << seed_ - 1;
      }
    }
  }
  EXPECT_GT(entitled, 2'500U);
}

TEST_F(SaneLaw, family_benefits_know_nothing_of_rents) {
  std::size_t aids_moved = 0;
  for (const Month month : months) {
    const Month first = month - 30;
    Raised rents{people(), {}};
    rents.after = with_monthly(rents.before, law_, "loyer", first, month,
                               [](std::size_t row) { return 300.0 + static_cast<double>(row % 700); });
    rents.before = with_monthly(std::move(rents.before), law_, "loyer", first, month, [](std::size_t) { return 0.0; });
    std::vector<Asked> asked = asked_of(std::array{"af", "cf", "asf", "paje_base", "ars", "aeeh", "aah", "aspa", "asi"}, month);
    asked.push_back({"aide_logement", month});
    const std::vector<ById> moved = differences(rents, asked);
    for (std::size_t i = 0; i + 1 < asked.size(); ++i) {
      for (const auto& [unit, more] : moved[i])
        EXPECT_EQ(more, 0.0) << asked[i].rule << " of " << unit << " in " << to_string(month) << ", seed " << seed_ - 1;
    }
    for (const auto& [family, more] : moved.back()) aids_moved += more != 0.0 ? 1 : 0;
  }
  EXPECT_GT(aids_moved, 50U);
}

/// Ceilings of resources, and whom they keep out.
constexpr std::array<std::pair<const char*, const char*>, 18> ceilings{{
    {"af.plafond_1", "af"},
    {"af.plafond_2", "af"},
    {"af.plafond_par_enfant", "af"},
    {"cf.plafond", "cf"},
    {"cf.plafond_deux_premiers", "cf"},
    {"cf.plafond_suivants", "cf"},
    {"cf.plafond_biactif_isole", "cf"},
    {"paje.plafond_plein", "paje_base"},
    {"paje.plafond_plein_biactif_isole", "paje_base"},
    {"paje.plafond_partiel", "paje_base"},
    {"paje.plafond_partiel_biactif_isole", "paje_base"},
    {"paje.plafond_deux_premiers", "paje_base"},
    {"paje.plafond_suivants", "paje_base"},
    {"minimum_vieillesse.aspa_plafond_seul", "aspa"},
    {"minimum_vieillesse.aspa_plafond_couple", "aspa"},
    {"minimum_vieillesse.asi_plafond_seul", "asi"},
    {"aah.majoration_plafond_couple", "aah"},
    {"aah.majoration_plafond_enfant", "aah"},
}};

TEST_F(SaneLaw, a_higher_ceiling_excludes_nobody) {
  std::size_t included = 0;
  for (const auto& [ceiling, benefit] : ceilings) {
    ASSERT_TRUE(law_.find_param(ceiling)) << ceiling;
    std::vector<law::LawText> texts = texts_of("france");
    texts.push_back(
        {"higher.law", "reform higher \"Higher ceiling\"\n  set " + std::string(ceiling) + " from 2022-01-01 = before * 1.5\n"});
    const law::Law higher = law::load_law_or_throw(std::move(texts), {"higher"});
    const Month month = months[2 + seed_ % 4];
    const PopulationTables tables = people(6.0);
    const auto before = values_of(law_, tables, benefit, month);
    const auto after = values_of(higher, tables, benefit, month);
    for (const auto& [unit, amount] : before) {
      EXPECT_FALSE(amount > 0.0 && after.at(unit) <= 0.0)
          << ceiling << ": " << benefit << " of " << unit << " in " << to_string(month) << ", seed " << seed_ - 1;
      included += amount <= 0.0 && after.at(unit) > 0.0 ? 1 : 0;
    }
  }
  EXPECT_GT(included, 5U);
}

TEST_F(SaneLaw, a_child_more_never_lowers_the_amount_of_rsa_nor_af) {
  for (const char* rule : {"rsa_socle", "rsa_socle_majore", "af_base"}) {
    std::size_t raised_by_child = 0;
    for (const Month month : months) {
      if (!has(rule, month)) continue;
      const PopulationTables tables = people();
      const PopulationTables larger = with_a_child_more(tables, Day::of(month.year() - 7, 5, 17));
      const auto before = values_of(law_, tables, rule, month);
      const auto after = values_of(law_, larger, rule, month);
      for (const auto& [family, amount] : before) {
        EXPECT_GE(after.at(family), amount - last_bits)
            << rule << " of " << family << " in " << to_string(month) << ", seed " << seed_ - 1;
        raised_by_child += after.at(family) > amount + last_bits ? 1 : 0;
      }
    }
    EXPECT_TRUE(!law_.find_variable(rule) || raised_by_child > 100) << rule;
  }
}

TEST_F(SaneLaw, a_higher_base_amount_never_lowers_rsa) {
  std::vector<law::LawText> texts = texts_of("france");
  texts.push_back({"higher.law", "reform higher \"RSA\"\n  set rsa.montant_de_base from 2019-01-01 = before * 1.1\n"});
  const law::Law higher = law::load_law_or_throw(std::move(texts), {"higher"});
  for (const Month month : months) {
    const PopulationTables tables = people();
    const auto before = values_of(law_, tables, "rsa_socle", month);
    const auto after = values_of(higher, tables, "rsa_socle", month);
    for (const auto& [family, amount] : before) EXPECT_GE(after.at(family), amount) << family << " in " << to_string(month);
  }
}

}  // namespace
}  // namespace labacces::property
