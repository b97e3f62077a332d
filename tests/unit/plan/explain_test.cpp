#include "libsim/plan/explain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "libsim/law/load_law.hpp"
#include "libsim/plan/from_law.hpp"
#include "tests/unit/plan/small_population.hpp"

namespace labacces::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ExplainTest : public ::testing::Test {
 protected:
  ExplainTest()
      : law_(law::load_law_or_throw({{"test.law", R"(program test "Test"
  ref "Code, art. 1"
input x of individu monthly : EUR/month default 0
rule y of famille monthly : EUR/month
  let total = sum(member.x)
  from 2020-01-01 ref "Code, art. 2" = max(total - 5 EUR/month, 0)
rule z of famille monthly : EUR/month
  from 2020-01-01 = y * 2
)"}})),
        population_(SmallPopulation().add("x", Level::individu, Period::eternity(), {1, 2, 3, 4, 5, 6, 7}).build()),
        laws_{&law_} {
    const std::vector<Request> requests{{"z", Period::month(Month::of(2024, 1))}};
    graph_ = build_graph(laws_, requests, population_);
  }

  const NodeName& named(const std::string& text) const {
    for (const NodeName& name : graph_.names) {
      if (text_of(name, laws_) == text) return name;
    }
    throw std::runtime_error("no " + text);
  }

  law::Law law_;
  Population population_;
  std::vector<const law::Law*> laws_;
  Graph graph_;
};

TEST_F(ExplainTest, graph_shows_operations_names_and_references) {
  const std::string text = print_graph(graph_, laws_);
  EXPECT_THAT(text, HasSubstr("sum over members(%"));
  EXPECT_THAT(text, HasSubstr("famille  # y 2024-01: total [Code, art. 2]\n"));
  EXPECT_THAT(text, HasSubstr("# z 2024-01 [Code, art. 1]\n"));
  EXPECT_THAT(text, HasSubstr("output z 2024-01 = %"));
}

TEST_F(ExplainTest, plan_shows_registers_columns_and_counts) {
  const std::string text = print_plan(graph_, schedule(graph_), laws_);
  EXPECT_THAT(text, HasSubstr("r0 = sum over members(column 0)  famille"));
  EXPECT_THAT(text, HasSubstr("r0 = max(r0, 0)  famille  # y 2024-01 [Code, art. 2]"));
  EXPECT_THAT(text, HasSubstr("4 instructions (0 individu, 4 famille, 0 foyer_fiscal, 0 menage), 1 registers"));
}

TEST_F(ExplainTest, names_tell_where_they_come_from) {
  EXPECT_EQ(origin_of(named("x 2024-01"), laws_), "input");
  EXPECT_EQ(origin_of(named("y 2024-01"), laws_), "from 2020-01-01");
  EXPECT_THAT(references_of(named("z 2024-01"), laws_), ElementsAre("Code, art. 1"));
  EXPECT_THAT(references_of(named("y 2024-01: total"), laws_), ElementsAre("Code, art. 2"));
}

}  // namespace
}  // namespace labacces::plan
