// Checked expressions as text, and the law as JSON.
#include "libsim/law/export_law.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "libsim/law/load_law.hpp"
#include "libsim/law/print_expr.hpp"

namespace labacces::law {
namespace {

constexpr const char* inputs_text = R"(enum zone = a "Zone A", b
input loyer of menage monthly : EUR/month "Loyer" default 0
input naissance of individu eternal : date
input zone of menage monthly : enum zone default b
input salaire of individu monthly : EUR/month default 0
input revenu of foyer_fiscal yearly : EUR/year default 0
input aide of famille monthly : EUR/month default 0
)";
constexpr const char* program_text = R"(program p "Programme"
  ref "article 1"
param base : EUR/month
  2019-01-01 100 ref "décret"
  2020-04-15 110
table t by zone & n : share
  2019-01-01 a & 1 -> 10 %, a & 2+ -> 20 %, a & 0- -> 0, b & 0 .. 9 -> 30 %
)";

Law law_with(const std::string& level, const std::string& type, const std::string& formula) {
  return load_law_or_throw(
      {LawText{"inputs.law", inputs_text},
       LawText{"p.law", program_text + ("rule x of " + level + " monthly : " + type + "\n" + formula + "\n")}});
}

/// The formula, loaded and printed again.
std::string printed(const std::string& level, const std::string& type, const std::string& formula) {
  const Law law = law_with(level, type, "  from 2021-01-01 = " + formula);
  const Variable& x = law.variables()[*law.find_variable("x")];
  return print_expr(law, x.versions[0].value.expr, x.level);
}

TEST(PrintExpr, prints_what_was_written) {
  const auto same = [](const std::string& level, const std::string& type, const std::string& formula) {
    EXPECT_EQ(printed(level, type, formula), formula);
  };
  same("famille", "EUR/month", "(p.base + aide) * 2 - aide * (1 - 0.5)");
  same("famille", "EUR/month",
       "if menage.zone == zone.a and not any(member.salaire > 0) then p.base at month -1 else round(aide, 0.01)");
  same("famille", "EUR/month", "sum(member.salaire where member is enfant and age(member.naissance) < 20 years)");
  same("famille", "EUR/month", "sum(member.salaire + member.menage.loyer where aide > 0)");
  same("famille", "EUR/month", "max(member.salaire where member is menage.enfant, otherwise aide)");
  same("famille", "EUR/month", "mean(demandeur.salaire, months -3 .. -1) + monthly(foyer_fiscal.revenu at year -2)");
  same("famille", "EUR/month", "menage.loyer at month 7 of year 0");
  same("individu", "yes_no", "rank(naissance in famille where salaire > 0) == 1 and self is famille.enfant");
  same("individu", "EUR/month", "famille.aide + menage.loyer * lookup(p.t, menage.zone, 1, 0)");
  same("menage", "EUR/month", "famille.aide + 5 EUR/month");
  EXPECT_EQ(printed("menage", "EUR/month", "personne_de_reference.famille.aide"), "famille.aide");
}

TEST(PrintExpr, lets_stand_by_their_names) {
  const Law law =
      law_with("famille", "EUR/month", "  let double = aide * 2\n  from 2021-01-01 = sum(min(double, member.salaire)) + double");
  const Version<RuleBody>& version = law.variables()[*law.find_variable("x")].versions[0];
  EXPECT_EQ(print_expr(law, version.value.expr, Level::famille, &version.value), "sum(min(double, member.salaire)) + double");
  EXPECT_EQ(print_expr(law, version.value.lets[0].expr, Level::famille, &version.value), "aide * 2");
}

TEST(ExportLaw, holds_versions_values_and_what_is_read) {
  const Law law = law_with("famille", "EUR/month",
                           "  ref \"article 2\"\n  from 2021-01-01 ref \"loi\" = p.base + menage.loyer\n  from 2030-01-01 ends");
  const auto json = nlohmann::json::parse(export_law(law));
  EXPECT_EQ(json["params"][0]["name"], "p.base");
  EXPECT_EQ(json["params"][0]["versions"][0]["until"], "2020-04");
  EXPECT_EQ(json["params"][0]["versions"][1]["since"], "2020-04-15");
  EXPECT_EQ(json["params"][0]["versions"][1]["from"], "2020-05");
  EXPECT_TRUE(json["params"][0]["versions"][1]["until"].is_null());
  EXPECT_EQ(json["tables"][0]["versions"][0]["rows"][1]["keys"][0], "a");
  EXPECT_EQ(json["tables"][0]["versions"][0]["rows"][1]["keys"][1]["from"], 2);
  EXPECT_EQ(json["inputs"][0]["default"], 0.0);
  EXPECT_TRUE(json["inputs"][1]["default"].is_null());
  EXPECT_EQ(json["inputs"][2]["default"], "b");
  const auto& rule = json["rules"][0];
  EXPECT_EQ(rule["level"], "famille");
  EXPECT_EQ(rule["versions"][0]["until"], "2029-12");
  EXPECT_EQ(rule["versions"][0]["formula"], "p.base + menage.loyer");
  EXPECT_EQ(rule["versions"][0]["reads"], nlohmann::json({"p.base", "loyer"}));
  EXPECT_EQ(rule["versions"][0]["references"][0], "loi");
}

}  // namespace
}  // namespace labacces::law
