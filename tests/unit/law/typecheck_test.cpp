// The trees that the checker makes: levels, projections, zeros, lets.
#include "libsim/law/typecheck.hpp"

#include <gtest/gtest.h>

#include "libsim/law/load_law.hpp"

namespace labacces::law {
namespace {

constexpr const char* inputs_text = R"(enum zone = zone_1, zone_2
input zone of menage monthly : enum zone default zone_2
input loyer of menage monthly : EUR/month default 0
input naissance of individu eternal : date
input salaire of individu monthly : EUR/month default 0
input aide of famille monthly : EUR/month default 0
input revenu of foyer_fiscal yearly : EUR/year default 0
)";

LoadedLaw load(const std::string& text) {
  return load_law({LawText{"inputs.law", inputs_text}, LawText{"test.law", "program p\n" + text}});
}

/// A law of one rule x.
class OneRule {
 public:
  OneRule(const std::string& head, const std::string& body) : loaded_(load("rule x of " + head + "\n" + body + "\n")) {
    EXPECT_TRUE(loaded_.law) << render(loaded_.diagnostics);
  }
  const Expr& expr(ExprId id) const { return loaded_.law->expr(id); }
  const RuleBody& body() const { return loaded_.law->variables()[*loaded_.law->find_variable("x")].versions[0].value; }
  const Expr& root() const { return expr(body().expr); }

 private:
  LoadedLaw loaded_;
};

TEST(Projections, another_group_is_reached_through_the_one_person) {
  const OneRule rule("famille monthly : EUR/month", "  from 2020-01-01 = menage.loyer");
  const Expr& principal = rule.root();
  EXPECT_EQ(principal.kind, ExprKind::project);
  EXPECT_EQ(principal.level, Level::famille);
  EXPECT_EQ(principal.from, Level::individu);
  const Expr& member = rule.expr(principal.a);
  EXPECT_EQ(member.kind, ExprKind::project);
  EXPECT_EQ(member.level, Level::individu);
  EXPECT_EQ(member.from, Level::menage);
  EXPECT_EQ(rule.expr(member.a).kind, ExprKind::variable);
  EXPECT_EQ(rule.expr(member.a).level, Level::menage);
}

TEST(Projections, inside_an_aggregate_the_value_of_the_group_goes_to_its_members) {
  const OneRule rule("famille monthly : EUR/month", "  from 2020-01-01 = sum(min(member.salaire, aide))");
  const Expr& body = rule.expr(rule.root().a);
  EXPECT_EQ(body.level, Level::individu);
  EXPECT_EQ(rule.expr(body.args[0]).kind, ExprKind::variable);
  const Expr& own = rule.expr(body.args[1]);
  EXPECT_EQ(own.kind, ExprKind::project);
  EXPECT_EQ(own.level, Level::individu);
  EXPECT_EQ(own.from, Level::famille);
}

TEST(Projections, scalars_are_left_as_they_are) {
  const OneRule rule("famille monthly : EUR/month",
                     "  let limit = 5 EUR/month\n  from 2020-01-01 = sum(min(member.salaire, limit))");
  const Expr& limit = rule.expr(rule.expr(rule.root().a).args[1]);
  EXPECT_EQ(limit.kind, ExprKind::literal);
  EXPECT_TRUE(limit.is_scalar);
}

TEST(Projections, an_aggregate_inside_an_aggregate_is_the_unit_s_own) {
  const OneRule rule("famille monthly : count", "  from 2020-01-01 = count(member.salaire > max(member.salaire) * 0.5)");
  const Expr& product = rule.expr(rule.expr(rule.root().a).b);
  const Expr& own = rule.expr(product.a);
  EXPECT_EQ(own.kind, ExprKind::project);
  EXPECT_EQ(rule.expr(own.a).kind, ExprKind::aggregate);
  EXPECT_EQ(rule.expr(own.a).level, Level::famille);
}

TEST(Zeros, take_the_measure_of_the_other_side) {
  const OneRule rule("famille monthly : EUR/month", "  from 2020-01-01 = max(0, if aide > 0 then aide else -0)");
  EXPECT_EQ(rule.expr(rule.root().args[0]).type.measure, eur_per_month);
  EXPECT_EQ(rule.expr(rule.root().args[1]).type.measure, eur_per_month);
}

TEST(Zeros, a_let_of_zero_fits_two_measures) {
  const LoadedLaw loaded = load(R"(
rule x of famille monthly : yes_no
  let nothing = 0
  from 2020-01-01 = aide > nothing and age(demandeur.naissance) > nothing
)");
  EXPECT_TRUE(loaded.law) << render(loaded.diagnostics);
}

TEST(Lets, are_the_same_tree_wherever_they_stand) {
  const OneRule rule("famille monthly : EUR/month", "  let double = aide * 2\n  from 2020-01-01 = double + double");
  EXPECT_EQ(rule.root().a, rule.root().b);
  EXPECT_EQ(rule.body().lets[0].expr, rule.root().a);
}

TEST(Lets, of_a_member_stand_inside_aggregates) {
  const LoadedLaw loaded = load(R"(
rule x of famille monthly : EUR/month
  let young = age(member.naissance) < 20 years
  let gain = if young then member.salaire else 0
  from 2020-01-01 = sum(gain where young)
)");
  EXPECT_TRUE(loaded.law) << render(loaded.diagnostics);
}

TEST(Lets, know_their_enum_from_the_place_they_stand) {
  const LoadedLaw loaded = load(R"(
rule x of menage monthly : enum zone
  let other = if zone == zone_1 then zone_2 else zone_1
  from 2020-01-01 = other
)");
  EXPECT_TRUE(loaded.law) << render(loaded.diagnostics);
}

TEST(Lets, that_double_each_other_load_in_no_time) {
  std::string text = "rule x of famille monthly : EUR/month\n  let a0 = aide\n";
  for (int i = 1; i <= 200; ++i)
    text += "  let a" + std::to_string(i) + " = a" + std::to_string(i - 1) + " + a" + std::to_string(i - 1) + "\n";
  const LoadedLaw loaded = load(text + "  from 2020-01-01 = a200\n");
  EXPECT_TRUE(loaded.law) << render(loaded.diagnostics);
}

TEST(Lets, that_stand_on_each_other_too_high_are_told) {
  std::string text = "rule x of famille monthly : EUR/month\n  let a0 = sum(member.salaire)\n";
  for (int i = 1; i <= 5000; ++i) text += "  let a" + std::to_string(i) + " = a" + std::to_string(i - 1) + " + 1 EUR/month\n";
  for (const std::string end : {"a5000", "sum(min(a5000, member.salaire))"}) {
    const LoadedLaw loaded = load(text + "  from 2020-01-01 = " + end + "\n");
    EXPECT_FALSE(loaded.law);
    EXPECT_NE(render(loaded.diagnostics).find("nested too deep"), std::string::npos);
  }
}

TEST(Windows, a_sum_over_months_is_an_amount_and_over_twelve_an_amount_a_year) {
  EXPECT_TRUE(load("rule x of famille monthly : EUR\n  from 2020-01-01 = sum(aide, months -3 .. -1)\n").law);
  EXPECT_TRUE(load("rule x of famille monthly : EUR/year\n  from 2020-01-01 = sum(aide, months -12 .. -1)\n").law);
  EXPECT_TRUE(load("rule x of famille yearly : EUR/year\n  from 2020-01-01 = sum(aide, year 0)\n").law);
  EXPECT_TRUE(load("rule x of famille monthly : EUR/month\n  from 2020-01-01 = mean(aide, year -1)\n").law);
}

TEST(Dates, a_rule_dated_within_a_month_is_a_warning) {
  const LoadedLaw loaded = load("rule x of famille monthly : EUR/month\n  from 2020-01-15 = aide\n");
  ASSERT_TRUE(loaded.law);
  EXPECT_EQ(loaded.diagnostics.items().at(0).message,
            "a rule is read on the first day of the month: this date counts from 2020-02 on");
  EXPECT_EQ(loaded.law->variables()[*loaded.law->find_variable("x")].versions[0].in_force.begin, Month::of(2020, 2));
}

}  // namespace
}  // namespace labacces::law
