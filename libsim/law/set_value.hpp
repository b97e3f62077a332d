// The right side of `set`: a constant computed from the value before.
#pragma once

#include <optional>

#include "libsim/law/draft.hpp"
#include "libsim/law/values.hpp"

namespace labacces::law {

/// The expression of a `set`, of numbers, `before` and scalar functions; or one yes/no, date or enum item.
class SetValue {
 public:
  SetValue(const Draft& draft, const ast::File& file, ast::ExprId expr, const ValueType& type, const Findings& findings);

  /// Whether the form is right; what is not has been reported.
  bool good() const { return good_; }
  bool uses_before() const { return uses_before_; }

  /// The value, given the one before it (which matters only if uses_before()). Nothing when it is not a finite number.
  std::optional<double> value(double before) const;

 private:
  bool check(ast::ExprId id, const Findings& findings);
  bool check_call(const ast::Expr& node, const Findings& findings);
  double compute(ast::ExprId id, double before) const;
  double compute_call(const ast::Expr& node, double before) const;

  const Draft& draft_;
  const ast::File& file_;
  ast::ExprId expr_;
  ValueType type_;
  bool good_ = false;
  bool uses_before_ = false;
};

}  // namespace labacces::law
