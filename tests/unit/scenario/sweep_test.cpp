#include "libsim/scenario/sweep.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "libsim/base/error.hpp"
#include "libsim/population/synthetic.hpp"
#include "libsim/report/results.hpp"
#include "libsim/report/sweep_tables.hpp"

namespace labacces::scenario {
namespace {

const Day since = Day::of(2025, 5, 1);  // no value of the law is younger in what is swept here

Scenario asked_scenario() {
  Scenario scenario = base_scenario();
  scenario.period = Month::of(2025, 6);
  return scenario;
}

const law::Law& french() {
  static const law::Law law = scenario_law(asked_scenario());
  return law;
}

const Population& people() {
  static const Population population =
      make_synthetic(parse_synthetic("builtin:bretagne?households=400&seed=5"), french().schema(), Month::of(2025, 6));
  return population;
}

Sweep swept(std::vector<SweepAxis> axes) {
  return sweep(asked_scenario(), french(), people(), {std::move(axes), since, {}}, {.threads = 2});
}

std::string message(const auto& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(Sweep, an_axis_is_a_range_with_both_ends_or_a_list) {
  EXPECT_EQ(parse_sweep_axis("rsa.montant_de_base=600:700:25").values, (std::vector<double>{600, 625, 650, 675, 700}));
  EXPECT_EQ(parse_sweep_axis("a.b=0.1,0.25").values, (std::vector<double>{0.1, 0.25}));
  EXPECT_EQ(parse_sweep_axis("a.b=5").path, "a.b");
}

TEST(Sweep, another_form_is_told) {
  for (const char* wrong : {"a.b", "=3", "a.b=", "a.b=x", "a.b=1:2", "a.b=2:1:1", "a.b=1:2:0", "a.b=1:2:-1", "a.b=2,1", "a.b=1,1",
                            "a.b=1:1e9:1", "a.b=nan", "a.b=1:inf:1"}) {
    EXPECT_THROW(parse_sweep_axis(wrong), Error) << wrong;
  }
}

TEST(Sweep, each_point_has_the_bytes_of_its_own_run) {
  const Sweep grid =
      swept({parse_sweep_axis("rsa.montant_de_base=600,700"), parse_sweep_axis("prime_activite.part_revenus_activite=0.5,0.62")});
  ASSERT_EQ(grid.points.size(), 4U);
  EXPECT_EQ(grid.points[1], (std::vector<double>{600, 0.62}));
  for (std::size_t i = 0; i < grid.points.size(); ++i) {
    Scenario alone = asked_scenario();
    alone.name = grid.comparison.runs[i + 1].scenario.name;
    alone.reforms.push_back(reform_of_parameters("r", "r", {{"rsa.montant_de_base", {{since, grid.points[i][0]}}}}));
    alone.reforms.push_back(
        reform_of_parameters("p", "p", {{"prime_activite.part_revenus_activite", {{since, grid.points[i][1]}}}}));
    EXPECT_EQ(report::results_json(run_scenario(alone, scenario_law(alone), people())),
              report::results_json(grid.comparison.runs[i + 1]))
        << alone.name;
  }
}

TEST(Sweep, the_value_of_the_law_changes_nothing) {
  const Sweep line = swept({parse_sweep_axis("rsa.age_min=20,25")});
  EXPECT_FALSE(line.comparison.runs[1].scenario.reforms.empty());
  EXPECT_TRUE(line.comparison.runs[2].scenario.reforms.empty());
  const auto json = nlohmann::json::parse(report::sweep_json(line));
  EXPECT_GT(json.at("points").at(0).at("benefits").at("rsa").at("euros_of_right").at("difference").at("value"), 0.0);
  EXPECT_EQ(json.at("points").at(1).at("benefits").at("rsa").at("euros_of_right").at("difference").at("value"), 0.0);
}

TEST(Sweep, rights_rise_with_the_amount) {
  const Sweep line = swept({parse_sweep_axis("rsa.montant_de_base=500:800:100")});
  double before = 0.0;
  const auto json = nlohmann::json::parse(report::sweep_json(line));
  for (const auto& point : json.at("points")) {
    const double right = point.at("benefits").at("rsa").at("euros_of_right").at("value");
    EXPECT_GT(right, before);
    before = right;
    EXPECT_EQ(point.at("benefits").at("af").at("euros_of_right").at("difference").at("value"), 0.0);
  }
}

TEST(Sweep, a_path_that_is_no_parameter_is_told_with_the_nearest) {
  EXPECT_EQ(message([] {
              swept({{"rsa.montant_de_bas", {600}, {}, {}}});
            }),
            "error: --vary: the law has no parameter 'rsa.montant_de_bas'; did you mean 'rsa.montant_de_base'?");
  EXPECT_NE(message([] {
              swept({{"rsa.montant_de_base", {600}, {}, {}}, {"rsa.montant_de_base", {600}, {}, {}}});
            }).find("twice"),
            std::string::npos);
  EXPECT_NE(message([] { swept({}); }).find("one parameter or two"), std::string::npos);
  std::vector<double> many(30);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = 600.0 + static_cast<double>(i);
  EXPECT_NE(message([&] {
              swept({{"rsa.montant_de_base", many, {}, {}}, {"base.bmaf", many, {}, {}}});
            }).find("has 900"),
            std::string::npos);
}

}  // namespace
}  // namespace labacces::scenario
