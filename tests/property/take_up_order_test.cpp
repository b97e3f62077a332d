// A declared order of claiming against the obvious way: what others are paid given as data, the law computed anew, the luck drawn by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "libsim/outcomes/non_take_up.hpp"
#include "libsim/population/population_builder.hpp"
#include "libsim/population/synthetic.hpp"
#include "libsim/scenario/measured_world.hpp"
#include "tests/property/legislation_case.hpp"
#include "tests/property/property_case.hpp"
#include "tests/property/random_population.hpp"
#include "tests/reference/reference_interpreter.hpp"

namespace labacces::property {
namespace {

using scenario::Scenario;

const Month june = Month::of(2025, 6);

/// A population in tables, so that columns can be added. Rows are in canonical order.
PopulationTables tables_of(const Population& population) {
  PopulationTables tables;
  for (std::size_t level = 0; level < level_count; ++level) {
    tables.ids[level] = population.ids(static_cast<Level>(level));
    if (level == 0) continue;
    tables.unit_of[level] = population.membership(static_cast<Level>(level)).unit_of;
    tables.role_of[level] = population.membership(static_cast<Level>(level)).role_of;
  }
  tables.weights = population.weights();
  tables.columns = population.columns();
  tables.variables = population.variables();
  return tables;
}

void give(PopulationTables& tables, const law::Variable& variable, Month month, std::vector<double> values) {
  auto data = std::find_if(tables.variables.begin(), tables.variables.end(),
                           [&](const VariableData& item) { return item.name == variable.name; });
  if (data == tables.variables.end()) data = tables.variables.insert(data, {variable.name, variable.level, {}});
  data->periods.push_back({Period::month(month), static_cast<std::uint32_t>(tables.columns.size())});
  tables.columns.push_back({std::move(values), {}, {}});
}

/// One scenario on one population, and what each unit is paid in each month.
class Resolved {
 public:
  Resolved(Scenario asked, law::Law read, Population people)
      : scenario_(std::move(asked)),
        law_(std::make_shared<const law::Law>(std::move(read))),
        population_(std::make_shared<const Population>(std::move(people))) {
    scenario::MeasureOptions options;
    options.living = "";
    options.threads = 1;
    const scenario::MeasuredWorld world(scenario_, law_, population_, options);
    months_ = world.months();
    std::vector<std::vector<std::uint32_t>> rows;
    for (const std::string& benefit : scenario_.benefits) {
      rows.emplace_back(population_->count(variable(benefit).level));
      std::iota(rows.back().begin(), rows.back().end(), 0U);
    }
    for (const outcomes::Receipt& receipt : world.receipts(rows, 0, 0)) paid_.push_back(receipt.received);
  }

  const Scenario& scenario() const { return scenario_; }
  const law::Law& law() const { return *law_; }
  const Population& population() const { return *population_; }
  std::size_t months() const { return months_; }
  Month month(std::size_t index) const { return *scenario_.period - static_cast<int>(months_ - 1 - index); }
  const law::Variable& variable(const std::string& name) const { return law_->variables()[*law_->find_variable(name)]; }
  double paid(std::size_t benefit, std::size_t row, std::size_t month) const { return paid_[benefit][row * months_ + month]; }

  /// The data with what is paid of the order's benefits, but for one of them in one month.
  Population with_payments(const std::string& but, std::size_t but_month) const {
    PopulationTables tables = tables_of(*population_);
    for (std::size_t b = 0; b < scenario_.benefits.size(); ++b) {
      const std::string& benefit = scenario_.benefits[b];
      if (std::find(scenario_.order.begin(), scenario_.order.end(), benefit) == scenario_.order.end()) continue;
      for (std::size_t m = 0; m < months_; ++m) {
        if (benefit == but && m == but_month) continue;
        std::vector<double> values(population_->count(variable(benefit).level));
        for (std::size_t row = 0; row < values.size(); ++row) values[row] = paid(b, row, m);
        give(tables, variable(benefit), month(m), std::move(values));
      }
    }
    return PopulationBuilder::build(std::move(tables));
  }

  /// Whether a unit is lucky enough for the rate of its benefit: it claims if it has the right.
  bool is_lucky(std::size_t benefit, std::size_t row) const {
    const std::string& name = scenario_.benefits[benefit];
    const takeup::LatentDraws draws(scenario_.seed, name);
    const std::string& id = population_->ids(variable(name).level)[row];
    return draws.uniform(hash_name(id)) < takeup::find_behaviour(scenario_.take_up, name)->rate;
  }

 private:
  Scenario scenario_;
  std::shared_ptr<const law::Law> law_;
  std::shared_ptr<const Population> population_;
  std::size_t months_ = 0;
  std::vector<std::vector<double>> paid_;
};

Scenario scenario_of(const std::vector<std::string>& benefits, const std::vector<std::string>& order, Month period, double rate) {
  Scenario out;
  out.benefits = benefits;
  out.order = order;
  out.period = period;
  out.seed = first_seed();
  for (const std::string& benefit : benefits) {
    takeup::Behaviour behaviour;
    behaviour.benefit = benefit;
    behaviour.rate = rate;
    out.take_up.push_back(behaviour);
  }
  return out;
}

/// Units whose payment is not what the law gives them when the payments of the others are data; how many were paid, how many were not lucky.
struct Count {
  std::size_t units = 0, paid = 0, unclaimed = 0;
  std::size_t moved = 0;  ///< whose right is not that at full take-up
};

using RightsBy = std::vector<double> (*)(const Resolved& made, const Population& data, const std::string& name, Month month);

Count check(const Resolved& made, std::size_t benefit, std::size_t month, RightsBy rights_by) {
  Count count;
  const std::string& name = made.scenario().benefits[benefit];
  const Population data = made.with_payments(name, month);
  const std::vector<double> rights = rights_by(made, data, name, made.month(month));
  const std::vector<double> full = answers(made.law(), {{name, Period::month(made.month(month))}}, made.population())[0];
  for (std::size_t row = 0; row < rights.size(); ++row) {
    const double right = rights[row];
    const double expected = right > 0.0 && made.is_lucky(benefit, row) ? right : 0.0;
    EXPECT_NEAR(made.paid(benefit, row, month), expected, 0.005)
        << name << " of unit " << data.ids(made.variable(name).level)[row] << " in " << to_string(made.month(month));
    ++count.units;
    count.moved += right != full[row] ? 1 : 0;
    count.paid += expected > 0.0 ? 1 : 0;
    count.unclaimed += right > 0.0 && expected == 0.0 ? 1 : 0;
  }
  return count;
}

/// French benefits of the synthetic Brittany, or of random people with odd families.
Resolved french(bool synthetic, int dwellings, const std::vector<std::string>& benefits, const std::vector<std::string>& order) {
  law::Law law = law::load_law_or_throw(texts_of("france"), {});
  Population people =
      synthetic ? make_synthetic({.households = static_cast<std::size_t>(dwellings), .seed = first_seed()}, law.schema(), june)
                : people_of(law, first_seed(), dwellings);
  return {scenario_of(benefits, order, june, 0.6), std::move(law), std::move(people)};
}

std::vector<double> by_engine(const Resolved& made, const Population& data, const std::string& name, Month month) {
  return answers(made.law(), {{name, Period::month(month)}}, data)[0];
}

std::vector<double> by_reference(const Resolved& made, const Population& data, const std::string& name, Month month) {
  reference::ReferenceInterpreter interpreter(made.law(), data);
  const std::uint32_t variable = *made.law().find_variable(name);
  std::vector<double> rights;
  for (std::size_t row = 0; row < data.count(made.variable(name).level); ++row)
    rights.push_back(interpreter.ask(variable, static_cast<std::int32_t>(row), Period::month(month)).value);
  return rights;
}

const std::vector<std::string> four{"rsa", "ppa", "aide_logement", "cmu_c"};
const std::vector<std::string> order{"aide_logement", "rsa", "ppa"};

TEST(TakeUpOrder, french_rights_are_those_of_a_household_whose_other_payments_are_data) {
  const Resolved made = french(true, 100 * case_count(4), four, order);
  ASSERT_EQ(made.months(), outcomes::months_for_windows);
  std::vector<std::size_t> moved(four.size(), 0);
  for (const std::size_t month : {std::size_t{0}, std::size_t{1}, std::size_t{5}, std::size_t{8}}) {
    for (std::size_t benefit = 0; benefit < four.size(); ++benefit) {
      const Count count = check(made, benefit, month, by_engine);
      EXPECT_GT(count.paid, 0U) << four[benefit];
      EXPECT_GT(count.unclaimed, 0U) << four[benefit];
      moved[benefit] += count.moved;
    }
  }
  for (const std::size_t benefit : {0U, 1U, 2U})
    EXPECT_GT(moved[benefit], 0U) << four[benefit] << ": the payments of others change a right";
}

TEST(TakeUpOrder, rights_of_families_of_all_shapes_are_those_of_a_household_whose_other_payments_are_data) {
  const Resolved made = french(false, 50 * case_count(4), four, order);
  for (const std::size_t month : {std::size_t{0}, std::size_t{8}}) {
    for (std::size_t benefit = 0; benefit < four.size(); ++benefit) check(made, benefit, month, by_engine);
  }
}

TEST(TakeUpOrder, the_reference_interpreter_finds_the_same_payments) {
  const std::vector<std::string> two{"aide_logement", "rsa"};
  const Resolved made = french(true, 120, two, two);
  for (std::size_t benefit = 0; benefit < 2; ++benefit) EXPECT_GT(check(made, benefit, 8, by_reference).paid, 0U) << two[benefit];
}

// Two levels, and each looks at the other's past.
TEST(TakeUpOrder, in_kerland_rights_follow_what_was_paid_in_the_months_before) {
  law::Law toy = law::load_law_or_throw(texts_of("toy"), {});
  Population people = people_of(toy, first_seed(), 50 * case_count(4));
  const Resolved made(scenario_of({"minimum_income", "housing_aid", "child_grant"}, {"housing_aid", "minimum_income"}, june, 0.5),
                      std::move(toy), std::move(people));
  for (std::size_t month = 0; month < made.months(); ++month) {
    for (std::size_t benefit = 0; benefit < 3; ++benefit) check(made, benefit, month, by_engine);
  }
}

}  // namespace
}  // namespace labacces::property
