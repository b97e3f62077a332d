// Operators, conditions and measures: the part of Checker that knows their types.
#include <array>

#include "libsim/law/checker.hpp"

namespace labacces::law {

namespace {

constexpr ValueType yes_no_type{ValueKind::yes_no, {}, -1};

/// Nodes of a divisor, lets expanded: its value is computed at every date, so it stays small.
constexpr std::uint32_t largest_divisor = 200;

std::string_view symbol_of(Op op) {
  constexpr std::array<std::string_view, 14> symbols{"-",  "not", "+",  "-",  "*",  "/",   "<",
                                                     "<=", ">",   ">=", "==", "!=", "and", "or"};
  return symbols[static_cast<std::size_t>(op)];
}

std::string quoted(Op op) { return "'" + std::string(symbol_of(op)) + "'"; }

bool is_arithmetic(Op op) { return op == Op::add || op == Op::subtract || op == Op::multiply || op == Op::divide; }
bool is_logical(Op op) { return op == Op::logical_and || op == Op::logical_or; }
bool is_equality(Op op) { return op == Op::equal || op == Op::not_equal; }

Expr node_of(ExprKind kind, Op op, ValueType type, Span span) {
  Expr node;
  node.kind = kind;
  node.op = op;
  node.type = type;
  node.span = span;
  return node;
}

}  // namespace

bool Checker::expect_kind(const Checked& checked, ValueKind kind, Span span, std::string_view who) {
  const ValueType& type = type_of(checked);
  if (type.kind == kind) return true;
  const std::string subject(who);
  switch (kind) {
    case ValueKind::number:
      fail(span, subject + " takes numbers, and this is " + describe(checked),
           type.kind == ValueKind::yes_no ? "number(...) makes 1 of yes and 0 of no" : "");
      break;
    case ValueKind::yes_no:
      fail(span, subject + " takes yes or no, and this is " + describe(checked),
           type.kind == ValueKind::number ? "compare it, for instance > 0" : "compare it with ==");
      break;
    case ValueKind::date:
      fail(span, subject + " takes a date, and this is " + describe(checked));
      break;
    case ValueKind::enumeration:
      fail(span, subject + " takes an item of an enum, and this is " + describe(checked));
      break;
  }
  return false;
}

bool Checker::expect_yes_no(const Checked& checked, Span span, std::string_view who) {
  return expect_kind(checked, ValueKind::yes_no, span, who);
}

std::string Checker::describe(const Checked& checked) {
  return type_of(checked) == ValueType{} ? "a plain number" : draft_.describe(type_of(checked));
}

std::string Checker::with_unit(const Checked& checked, const Measure& unit) {
  const Span span = law_.expr(checked.id).span;
  return std::string(findings_.sources->text(span)) + " " + to_string(unit);
}

std::string Checker::conversion_hint(const Checked& checked, const Measure& expected) {
  const Measure& measure = type_of(checked).measure;
  if (is_plain_number(checked)) return "write " + with_unit(checked, expected);
  if (measure * in_years == expected * in_months && measure.exponents[4] < 0) return "write monthly(...): it divides by 12";
  if (measure * in_months == expected * in_years && measure.exponents[3] < 0) return "write yearly(...): it multiplies by 12";
  if (measure == eur_per_month && expected == eur) return "write ... * 1 month";
  return "";
}

bool Checker::unify(Checked& a, Checked& b, Span span, std::string_view who) {
  const ValueType type_a = type_of(a);
  const ValueType type_b = type_of(b);
  if (type_a == type_b) {
    a.flexible = b.flexible = a.flexible && b.flexible;
    return true;
  }
  const std::string subject(who);
  if (type_a.kind != type_b.kind || type_a.kind != ValueKind::number) {
    fail(span, subject + " mixes " + describe(a) + " and " + describe(b));
    return false;
  }
  if (a.flexible) {
    retype(a.id, type_b);
    a.flexible = b.flexible;
    return true;
  }
  if (b.flexible) {
    retype(b.id, type_a);
    b.flexible = a.flexible;
    return true;
  }
  const bool plain_a = is_plain_number(a);
  if (plain_a || is_plain_number(b)) {
    const Checked& plain = plain_a ? a : b;
    const Checked& other = plain_a ? b : a;
    fail(law_.expr(plain.id).span, "this number has no unit, and it stands next to " + describe(other),
         "write " + with_unit(plain, type_of(other).measure));
    return false;
  }
  const std::string hint = conversion_hint(b, type_a.measure);
  fail(span, subject + " mixes " + describe(a) + " and " + describe(b), hint.empty() ? conversion_hint(a, type_b.measure) : hint);
  return false;
}

bool Checker::expect_type(Checked& checked, const ValueType& type, Span span, const std::string& who) {
  if (type_of(checked) == type) return true;
  if (checked.flexible && type.kind == ValueKind::number) {
    retype(checked.id, type);
    checked.flexible = false;
    return true;
  }
  const bool numbers = type.kind == ValueKind::number && type_of(checked).kind == ValueKind::number;
  fail(span, who + " is " + draft_.describe(type) + ", and this is " + describe(checked),
       numbers ? conversion_hint(checked, type.measure) : "");
  return false;
}

Checked Checker::check_unary(const ast::Expr& written, const Context& context) {
  const Checked a = check(written.a, context);
  if (!a) return {};
  const Span span = text_.file->expr(written.a).span;
  if (!expect_kind(a, written.op == Op::negate ? ValueKind::number : ValueKind::yes_no, span, quoted(written.op))) return {};
  Expr node = node_of(ExprKind::unary, written.op, type_of(a), written.span);
  node.a = a.id;
  Checked result = make(std::move(node), context, {a.id});
  result.flexible = a.flexible;
  return result;
}

Checked Checker::check_binary(const ast::Expr& written, const Context& context) {
  if (is_arithmetic(written.op)) return check_arithmetic(written, context);
  if (!is_logical(written.op)) return check_comparison(written, context);
  const Checked a = check(written.a, context);
  const Checked b = check(written.b, context);
  const bool good_a = a && expect_yes_no(a, text_.file->expr(written.a).span, quoted(written.op));
  const bool good_b = b && expect_yes_no(b, text_.file->expr(written.b).span, quoted(written.op));
  if (!good_a || !good_b) return {};
  Expr node = node_of(ExprKind::binary, written.op, yes_no_type, written.span);
  node.a = a.id;
  node.b = b.id;
  return make(std::move(node), context, {a.id, b.id});
}

Checked Checker::check_arithmetic(const ast::Expr& written, const Context& context) {
  Checked a = check(written.a, context);
  Checked b = check(written.b, context);
  const bool good_a = a && expect_kind(a, ValueKind::number, text_.file->expr(written.a).span, quoted(written.op));
  const bool good_b = b && expect_kind(b, ValueKind::number, text_.file->expr(written.b).span, quoted(written.op));
  if (!good_a || !good_b) return {};
  ValueType type;
  bool flexible = false;
  if (written.op == Op::multiply) {
    type.measure = type_of(a).measure * type_of(b).measure;
  } else if (written.op == Op::divide) {
    std::uint32_t budget = largest_divisor;
    if (!is_never_zero_form(b.id, budget)) {
      fail(text_.file->expr(written.b).span,
           "this divisor could be 0: only a literal, a parameter or arithmetic of those may stand after '/'",
           "write divide(a, b, otherwise)");
      return {};
    }
    type.measure = type_of(a).measure / type_of(b).measure;
  } else {
    if (!unify(a, b, written.span, quoted(written.op))) return {};
    type = type_of(a);
    flexible = a.flexible;
  }
  Expr node = node_of(ExprKind::binary, written.op, type, written.span);
  node.a = a.id;
  node.b = b.id;
  Checked result = make(std::move(node), context, {a.id, b.id});
  result.flexible = flexible;
  return result;
}

bool Checker::is_item_word(const ast::Expr& written, const Context&) const {
  if (written.kind != ast::ExprKind::name || written.text.find('.') != std::string::npos) return false;
  return find_let(written.text) == nullptr && draft_.find(written.text) == nullptr && find_short(written.text) == nullptr;
}

Checked Checker::check_comparison(const ast::Expr& written, const Context& context) {
  const ast::Expr& left = text_.file->expr(written.a);
  const ast::Expr& right = text_.file->expr(written.b);
  Checked a;
  Checked b;
  if (is_item_word(left, context) && !is_item_word(right, context)) {
    b = check(written.b, context);
    if (!b) return {};
    const ValueType type = type_of(b);
    a = check(written.a, context, &type);
  } else {
    a = check(written.a, context);
    const ValueType type = a ? type_of(a) : ValueType{};
    if (!a && is_item_word(right, context)) return {};
    b = check(written.b, context, a ? &type : nullptr);
  }
  if (!a || !b || !unify(a, b, written.span, quoted(written.op))) return {};
  const ValueKind kind = type_of(a).kind;
  if (!is_equality(written.op) && (kind == ValueKind::yes_no || kind == ValueKind::enumeration)) {
    fail(written.span, quoted(written.op) + " does not order " + describe(a), "use == or !=");
    return {};
  }
  Expr node = node_of(ExprKind::binary, written.op, yes_no_type, written.span);
  node.a = a.id;
  node.b = b.id;
  return make(std::move(node), context, {a.id, b.id});
}

Checked Checker::check_choose(const ast::Expr& written, const Context& context, Hint hint) {
  const Checked condition = check(written.a, context);
  const bool good = condition && expect_yes_no(condition, text_.file->expr(written.a).span, "'if'");
  Checked b = check(written.b, context, hint);
  const ValueType other = b ? type_of(b) : ValueType{};
  Checked c = check(written.c, context, b && hint == nullptr ? &other : hint);
  if (!good || !b || !c || !unify(b, c, written.span, "'if'")) return {};
  Expr node = node_of(ExprKind::choose, Op::add, type_of(b), written.span);
  node.a = condition.id;
  node.b = b.id;
  node.c = c.id;
  Checked result = make(std::move(node), context, {condition.id, b.id, c.id});
  result.flexible = b.flexible;
  return result;
}

Checked Checker::check_contains(const ast::Expr& written, const Context& context) {
  const Checked value = check(written.a, context);
  if (!value) return {};
  const ValueType type = type_of(value);
  std::vector<ExprId> equal;
  bool good = true;
  for (const ast::ExprId item : written.args) {
    Checked a = value;
    Checked b = check(item, context, &type);
    if (!b || !unify(a, b, text_.file->expr(item).span, "'in'")) {
      good = false;
      continue;
    }
    Expr node = node_of(ExprKind::binary, Op::equal, yes_no_type, written.span);
    node.a = a.id;
    node.b = b.id;
    equal.push_back(make(std::move(node), context, {a.id, b.id}).id);
  }
  if (!good || equal.empty()) return {};
  while (equal.size() > 1) {  // balanced, so that long lists stay shallow
    std::vector<ExprId> pairs;
    for (std::size_t i = 0; i + 1 < equal.size(); i += 2) {
      Expr node = node_of(ExprKind::binary, Op::logical_or, yes_no_type, written.span);
      node.a = equal[i];
      node.b = equal[i + 1];
      pairs.push_back(make(std::move(node), context, {equal[i], equal[i + 1]}).id);
    }
    if (equal.size() % 2 == 1) pairs.push_back(equal.back());
    equal = std::move(pairs);
  }
  return Checked{equal.front(), false};
}

bool Checker::is_never_zero_form(ExprId id, std::uint32_t& budget) const {
  if (budget == 0) return false;
  --budget;
  const Expr& node = law_.expr(id);
  switch (node.kind) {
    case ExprKind::literal:
    case ExprKind::param:
      return true;
    case ExprKind::unary:
    case ExprKind::shift:
      return is_never_zero_form(node.a, budget);
    case ExprKind::binary:
      return is_arithmetic(node.op) && is_never_zero_form(node.a, budget) && is_never_zero_form(node.b, budget);
    case ExprKind::call:
      if (node.function == Function::monthly || node.function == Function::yearly)
        return is_never_zero_form(node.args[0], budget);
      return false;
    case ExprKind::variable:
    case ExprKind::constant:
    case ExprKind::choose:
    case ExprKind::table:
    case ExprKind::scale:
    case ExprKind::project:
    case ExprKind::aggregate:
    case ExprKind::role:
    case ExprKind::rank:
    case ExprKind::window:
      return false;
  }
  return false;
}

}  // namespace labacces::law
