// The generator of laws reaches every form of the language: what it never writes, the property tests never check.
#include <gtest/gtest.h>

#include <set>

#include "tests/property/property_case.hpp"

namespace labacces::property {
namespace {

using law::ExprKind;

template <typename T>
std::set<int> codes(std::initializer_list<T> values) {
  std::set<int> all;
  for (const T value : values) all.insert(static_cast<int>(value));
  return all;
}

std::set<int> first(int count) {
  std::set<int> all;
  for (int i = 0; i < count; ++i) all.insert(i);
  return all;
}

TEST(RandomLaw, reaches_every_form_of_the_language) {
  std::set<int> kinds, ops, functions, over_members, over_months, times, windows, constants;
  bool has_component = false;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const law::Law law = load(random_law(seed));
    has_component = has_component || law.component_count() > 0;
    for (std::size_t i = 0; i < law.expr_count(); ++i) {
      const law::Expr& expr = law.expr(static_cast<law::ExprId>(i));
      kinds.insert(static_cast<int>(expr.kind));
      if (expr.kind == ExprKind::unary || expr.kind == ExprKind::binary) ops.insert(static_cast<int>(expr.op));
      if (expr.kind == ExprKind::call) functions.insert(static_cast<int>(expr.function));
      if (expr.kind == ExprKind::aggregate) over_members.insert(static_cast<int>(expr.aggregation));
      if (expr.kind == ExprKind::window) over_months.insert(static_cast<int>(expr.aggregation));
      if (expr.kind == ExprKind::window) windows.insert(static_cast<int>(expr.time.kind));
      if (expr.kind == ExprKind::shift) times.insert(static_cast<int>(expr.time.kind));
      if (expr.kind == ExprKind::constant) constants.insert(static_cast<int>(expr.constant));
    }
  }
  using law::Aggregation;
  using Kind = law::TimeRef::Kind;
  EXPECT_EQ(kinds, first(static_cast<int>(ExprKind::window) + 1));
  EXPECT_EQ(ops, first(static_cast<int>(law::Op::logical_or) + 1));
  EXPECT_EQ(functions, first(static_cast<int>(law::Function::divide3) + 1));
  EXPECT_EQ(over_members, codes({Aggregation::sum, Aggregation::any, Aggregation::all, Aggregation::count, Aggregation::min,
                                 Aggregation::max}));
  EXPECT_EQ(over_months, first(static_cast<int>(Aggregation::max) + 1));
  EXPECT_EQ(times, first(static_cast<int>(Kind::year) + 1));
  EXPECT_EQ(windows, codes({Kind::months, Kind::year}));
  EXPECT_EQ(constants, codes({law::Constant::this_month, law::Constant::this_year, law::Constant::first_day}));
  EXPECT_TRUE(has_component);
}

}  // namespace
}  // namespace labacces::property
