// The slow, obvious interpreter: walks the checked law for one unit at a time. The engine must agree with it.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "libsim/law/law.hpp"
#include "libsim/population/population.hpp"

namespace labacces::reference {

/// A value, and whether a decision on the way to it (a comparison, a rounding, a key) was so near to its edge that another order
/// of additions may decide it the other way.
struct Answer {
  double value = 0.0;
  bool near_edge = false;
};

/// Shares no code with plan and engine but base/rounding.hpp. Remembers what it computed, so that windows stay affordable.
/// Keeps references to the law and the population.
class ReferenceInterpreter {
 public:
  ReferenceInterpreter(const law::Law& law, const Population& population);

  /// Value of a variable for one unit (canonical row of its level). A monthly amount asked for a year is the sum of its months.
  /// Error when an input is missing and has no default, or a rule is not in force.
  Answer ask(std::uint32_t variable, std::int32_t row, Period period);

 private:
  /// The current month; in a component through time also the month from which it was entered.
  struct Moment {
    Month month;
    std::int32_t component = -1;
    Month anchor;
  };
  struct Key {
    std::uint32_t variable;
    std::int32_t row, period, anchor;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept;
  };
  /// What an expression is evaluated for: a row of the level on which it lives.
  struct Place {
    std::int32_t row = 0;
    Moment moment;
  };

  double variable(std::uint32_t index, const Place& place);
  double compute(const law::Variable& variable, std::int32_t row, std::int32_t period, const Moment& moment);
  bool find_in_data(const law::Variable& variable, std::int32_t row, std::int32_t period, double& value) const;
  double rule(const law::Variable& variable, std::int32_t row, const Moment& moment);
  double eval(law::ExprId id, const Place& place);
  double binary(const law::Expr& expr, const Place& place);
  double call(const law::Expr& expr, const Place& place);
  double extremum(const law::Expr& expr, const Place& place);
  double rounded(law::Function function, double x, double step);
  double table(const law::Expr& expr, const Place& place);
  double scale(const law::Expr& expr, const Place& place);
  double aggregate(const law::Expr& expr, const Place& place);
  double rank(const law::Expr& expr, const Place& place);
  double window(const law::Expr& expr, const Place& place);
  bool compare(law::Op op, double a, double b);
  std::int64_t key_of(double x);
  static bool is_near_zero(double x);
  const std::vector<std::int32_t>& members(Level group, std::int32_t unit) const;

  const law::Law& law_;
  const Population& population_;
  std::array<std::vector<std::vector<std::int32_t>>, level_count> members_;
  std::unordered_map<Key, Answer, KeyHash> known_;
  bool near_edge_ = false;
};

}  // namespace labacces::reference
