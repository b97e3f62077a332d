#include "libsim/law/set_value.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/base/rounding.hpp"
#include "libsim/law/builtins.hpp"

namespace labacces::law {

namespace {

bool is_arithmetic(Op op) { return op == Op::add || op == Op::subtract || op == Op::multiply || op == Op::divide; }

bool is_scalar_function(Function function) {
  switch (function) {
    case Function::min:
    case Function::max:
    case Function::abs:
    case Function::round:
    case Function::round_up:
    case Function::round_down:
    case Function::clamp:
      return true;
    case Function::monthly:
    case Function::yearly:
    case Function::number:
    case Function::age:
    case Function::age_months:
    case Function::add_months:
    case Function::month_of:
    case Function::year_of:
    case Function::divide3:
      return false;
  }
  return false;
}

}  // namespace

SetValue::SetValue(const Draft& draft, const ast::File& file, ast::ExprId expr, const ValueType& type, const Findings& findings)
    : draft_(draft), file_(file), expr_(expr), type_(type) {
  good_ = check(expr, findings);
}

bool SetValue::check(ast::ExprId id, const Findings& findings) {
  const ast::Expr& node = file_.expr(id);
  const auto wrong = [&](const std::string& message, const std::string& hint = {}) {
    findings.error(node.span, message, hint);
    return false;
  };
  const bool number = type_.kind == ValueKind::number;
  switch (node.kind) {
    case ast::ExprKind::number: {
      if (!number) return wrong("expected " + draft_.describe(type_) + ", found a number");
      if (node.text.empty() || parse_measure(node.text) == type_.measure) return true;
      return wrong("this value is " + draft_.describe(type_) + ", not " + node.text);
    }
    case ast::ExprKind::yes_no:
      return type_.kind == ValueKind::yes_no || wrong("expected " + draft_.describe(type_) + ", found yes or no");
    case ast::ExprKind::date:
      return type_.kind == ValueKind::date || wrong("expected " + draft_.describe(type_) + ", found a date");
    case ast::ExprKind::name: {
      if (node.text == "before") {
        uses_before_ = true;
        return number || id == expr_ || wrong("'before' is computed with only when it is a number");
      }
      if (type_.kind != ValueKind::enumeration)
        return wrong("a value set is made of numbers and 'before' only", did_you_mean(node.text, {"before"}));
      const auto enumeration = static_cast<std::uint32_t>(type_.enumeration);
      if (draft_.find_item(enumeration, node.text)) return true;
      return wrong(draft_.describe(type_) + " has no item '" + node.text + "'",
                   did_you_mean(node.text, draft_.enums[enumeration].items));
    }
    case ast::ExprKind::unary:
      if (node.op == Op::negate && number) return check(node.a, findings);
      break;
    case ast::ExprKind::binary:
      if (is_arithmetic(node.op) && number) return check(node.a, findings) && check(node.b, findings);
      break;
    case ast::ExprKind::call:
      return check_call(node, findings);
    case ast::ExprKind::choose:
    case ast::ExprKind::index:
    case ast::ExprKind::contains:
    case ast::ExprKind::role:
    case ast::ExprKind::aggregate:
    case ast::ExprKind::rank:
    case ast::ExprKind::shift:
    case ast::ExprKind::window:
      break;
  }
  return wrong("a value set is made of numbers, 'before', + - * / and min, max, round only", "replace the rule for more");
}

bool SetValue::check_call(const ast::Expr& node, const Findings& findings) {
  const Builtin* const function = find_builtin(node.text);
  const std::size_t count = node.args.size();
  if (function == nullptr || !is_scalar_function(function->function) || type_.kind != ValueKind::number) {
    findings.error(node.text_span, "a value set is made of numbers, 'before', + - * / and min, max, round only",
                   "replace the rule for more");
    return false;
  }
  if (count < function->min_arguments || count > function->max_arguments) {
    findings.error(node.span, "'" + node.text + "' takes other arguments", "write " + std::string(function->signature));
    return false;
  }
  return std::all_of(node.args.begin(), node.args.end(), [&](ast::ExprId arg) { return check(arg, findings); });
}

std::optional<double> SetValue::value(double before) const {
  const double result = compute(expr_, before);
  return std::isfinite(result) ? std::optional<double>(result) : std::nullopt;
}

double SetValue::compute(ast::ExprId id, double before) const {
  const ast::Expr& node = file_.expr(id);
  if (node.kind == ast::ExprKind::date) return node.day.days;
  if (node.kind == ast::ExprKind::name) {
    return node.text == "before" ? before
                                 : draft_.find_item(static_cast<std::uint32_t>(type_.enumeration), node.text).value_or(0);
  }
  if (node.kind == ast::ExprKind::unary) return -compute(node.a, before);
  if (node.kind == ast::ExprKind::call) return compute_call(node, before);
  if (node.kind != ast::ExprKind::binary) return node.number;
  const double a = compute(node.a, before);
  const double b = compute(node.b, before);
  if (node.op == Op::add) return a + b;
  if (node.op == Op::subtract) return a - b;
  return node.op == Op::multiply ? a * b : a / b;
}

double SetValue::compute_call(const ast::Expr& node, double before) const {
  std::vector<double> args;
  for (const ast::ExprId arg : node.args) args.push_back(compute(arg, before));
  switch (find_builtin(node.text)->function) {
    case Function::min:
      return *std::min_element(args.begin(), args.end());
    case Function::max:
      return *std::max_element(args.begin(), args.end());
    case Function::abs:
      return std::abs(args.at(0));
    case Function::round:
      return round_to(args.at(0), args.at(1));
    case Function::round_up:
      return round_up_to(args.at(0), args.at(1));
    case Function::round_down:
      return round_down_to(args.at(0), args.at(1));
    case Function::clamp:
      return std::min(std::max(args.at(0), args.at(1)), args.at(2));
    case Function::monthly:
    case Function::yearly:
    case Function::number:
    case Function::age:
    case Function::age_months:
    case Function::add_months:
    case Function::month_of:
    case Function::year_of:
    case Function::divide3:
      break;
  }
  return 0.0;
}

}  // namespace labacces::law
