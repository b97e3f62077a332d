// Loading small laws: names, types and levels.
#include "libsim/law/load_law.hpp"

#include <gtest/gtest.h>

namespace labacces::law {
namespace {

constexpr const char* inputs_text = R"(
enum zone_apl "Zone" = zone_1, zone_2, zone_3
input loyer of menage monthly : EUR/month "Loyer" default 0
input date_naissance of individu eternal : date
input zone_apl of menage monthly : enum zone_apl default zone_2
input handicap of individu monthly : yes_no default no
input salaire of individu monthly : EUR/month default 0
input revenu_annuel of foyer_fiscal yearly : EUR/year default 0
)";

LoadedLaw load(const std::string& text) { return load_law({LawText{"inputs.law", inputs_text}, LawText{"test.law", text}}); }

std::string load_errors(const std::string& text) { return render(load(text).diagnostics); }

TEST(LoadLaw, the_example_of_the_design_loads) {
  const LoadedLaw loaded = load(R"(program rsa "Revenu de solidarité active"
  ref "CASF L262-2 et s."

param montant_de_base "Montant forfaitaire, une personne seule" : EUR/month
  2016-04-01  635.71   ref "Décret 2024-396, art. 1"
  2025-04-01  646.52   ref "Décret 2025-293, art. 1"
param seuil : EUR/month
  2009-06-01 6
table part_logement by personnes : share
  2009-06-01  1 -> 12 %, 2 -> 16 %, 3+ -> 16.5 %      ref "CASF R262-9"
table plafond by zone_apl & personnes : EUR/month
  2009-06-01  zone_1 & 1 -> 329.71, zone_1 & 2+ -> 397.64, zone_2 & 1 -> 287, zone_2 & 2+ -> 300, zone_3 & 1+ -> 200

rule personnes of famille monthly : count
  from 2010-01-01 = count(member is parent) + count(member is enfant and age(member.date_naissance) < 25 years)
rule aine of individu monthly : yes_no
  from 2010-01-01 = rank(date_naissance in famille where not handicap) == 1 and self is famille.enfant
rule rsa_base_ressources of famille monthly : EUR/month
  ref "CASF R262-6"
  from 2017-01-01 = mean(sum(member.salaire where member.handicap), months -3 .. -1) + monthly(demandeur.foyer_fiscal.revenu_annuel at year -2)
rule rsa of famille monthly : EUR/month "RSA, droit mensuel"
  ref "CASF R262-39"
  let droit = max(montant_de_base * (1 + lookup(part_logement, personnes, 0)) - rsa_base_ressources, 0)
  from 2017-01-01 = if droit >= seuil and menage.zone_apl in (zone_1, zone_2) then round(droit, 0.01) else 0
  from 2019-01-01 = min(droit, lookup(plafond, menage.zone_apl, personnes, 0), rsa.montant_de_base at 2019-01)
)");
  EXPECT_EQ(render(loaded.diagnostics), "");
  ASSERT_TRUE(loaded.law);
  const Law& law = *loaded.law;
  const auto rsa = law.find_variable("rsa");
  ASSERT_TRUE(rsa);
  EXPECT_EQ(law.variables()[*rsa].versions.size(), 2U);
  EXPECT_EQ(law.variables()[*rsa].versions[0].in_force.end, Month::of(2019, 1));
  EXPECT_EQ(law.variables()[*rsa].versions[0].value.lets.front().name, "droit");
}

TEST(LoadLaw, months_and_years_do_not_add_up) {
  const std::string errors = load_errors(R"(program p
rule x of famille monthly : EUR/month
  from 2017-01-01 = sum(member.salaire) + demandeur.foyer_fiscal.revenu_annuel at year -2
)");
  EXPECT_NE(errors.find("'+' mixes EUR/month and EUR/year"), std::string::npos) << errors;
  EXPECT_NE(errors.find("monthly(...)"), std::string::npos) << errors;
}

TEST(LoadLaw, an_aggregate_without_a_member_is_a_warning) {
  const LoadedLaw loaded = load("program p\nrule x of menage monthly : EUR/month\n  from 2017-01-01 = max(loyer)\n");
  EXPECT_TRUE(loaded.law);
  ASSERT_EQ(loaded.diagnostics.items().size(), 1U);
  EXPECT_EQ(loaded.diagnostics.items()[0].severity, Severity::warning);
  EXPECT_EQ(loaded.diagnostics.items()[0].message, "'max' goes over the members, and nothing in it is of a member");
}

TEST(LoadLaw, an_unknown_name_gets_the_nearest_one) {
  const std::string errors = load_errors("program p\nrule x of menage monthly : EUR/month\n  from 2017-01-01 = loyr\n");
  EXPECT_NE(errors.find("unknown name 'loyr'"), std::string::npos) << errors;
  EXPECT_NE(errors.find("did you mean 'loyer'?"), std::string::npos) << errors;
}

}  // namespace
}  // namespace labacces::law
