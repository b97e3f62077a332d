#include "libsim/law/typecheck.hpp"

#include <algorithm>

#include "libsim/law/checker.hpp"

namespace labacces::law {

void Checker::fail(Span span, std::string message, std::string hint) {
  if (!reported_.insert({span.file, span.begin, message}).second) return;
  findings_.error(span, std::move(message), std::move(hint));
}

void Checker::warn(Span span, std::string message, std::string hint) {
  if (!reported_.insert({span.file, span.begin, message}).second) return;
  findings_.warning(span, std::move(message), std::move(hint));
}

Checked Checker::literal(double number, ValueType type, Span span) {
  Expr node;
  node.kind = ExprKind::literal;
  node.is_scalar = true;
  node.type = type;
  node.number = number;
  node.span = span;
  return Checked{law_.add(std::move(node)), false};
}

Checked Checker::make_over(Expr expr, const Context& context, const std::vector<ExprId>& operands) {
  expr.level = context.level();
  expr.is_scalar = std::all_of(operands.begin(), operands.end(), [this](ExprId id) { return law_.expr(id).is_scalar; });
  return Checked{law_.add(std::move(expr)), false};
}

Checked Checker::make(Expr expr, const Context& context, std::initializer_list<ExprId> operands) {
  return make_over(std::move(expr), context, std::vector<ExprId>(operands));
}

Checked Checker::project(ExprId value, Level to, Level from) {
  if (law_.expr(value).is_scalar) return Checked{value, false};
  Expr node;
  node.kind = ExprKind::project;
  node.level = to;
  node.from = from;
  node.type = law_.expr(value).type;
  node.span = law_.expr(value).span;
  node.a = value;
  return Checked{law_.add(std::move(node)), false};
}

void Checker::retype(ExprId id, const ValueType& type) {
  std::vector<ExprId> waiting{id};
  while (!waiting.empty()) {
    Expr& node = law_.expr(waiting.back());
    waiting.pop_back();
    if (node.type == type) continue;
    node.type = type;
    if (node.kind == ExprKind::unary) waiting.push_back(node.a);
    if (node.kind == ExprKind::binary) waiting.insert(waiting.end(), {node.a, node.b});
    if (node.kind == ExprKind::choose) waiting.insert(waiting.end(), {node.b, node.c});
    if (node.kind == ExprKind::call) waiting.insert(waiting.end(), node.args.begin(), node.args.end());
  }
}

bool Checker::is_plain_number(const Checked& checked) const {
  const Expr& node = law_.expr(checked.id);
  if (node.kind == ExprKind::unary) return is_plain_number(Checked{node.a, false});
  return node.kind == ExprKind::literal && node.type == ValueType{};
}

Checked Checker::check(ast::ExprId id, const Context& context, Hint hint) {
  if (id == ast::no_expr) return {};
  const ast::Expr& written = text_.file->expr(id);
  if (depth_ >= deepest_tree) {
    fail(written.span, "this expression is nested too deep", "split it into rules");
    return {};
  }
  ++depth_;
  const Checked checked = dispatch(written, context, hint);
  --depth_;
  return checked;
}

Checked Checker::dispatch(const ast::Expr& written, const Context& context, Hint hint) {
  switch (written.kind) {
    case ast::ExprKind::number: {
      Measure measure = dimensionless;
      if (!written.text.empty()) {
        const auto unit = parse_measure(written.text);
        if (!unit) {
          fail(written.text_span, "unknown unit of measure '" + written.text + "'",
               "use EUR, hours, days, months, years with * and /");
          return {};
        }
        measure = *unit;
      }
      Checked checked = literal(written.number, ValueType{ValueKind::number, measure, -1}, written.span);
      checked.flexible = written.number == 0.0 && written.text.empty();
      return checked;
    }
    case ast::ExprKind::yes_no:
      return literal(written.number, ValueType{ValueKind::yes_no, {}, -1}, written.span);
    case ast::ExprKind::date:
      return literal(written.day.days, ValueType{ValueKind::date, {}, -1}, written.span);
    case ast::ExprKind::name:
      return check_name(written, context, hint);
    case ast::ExprKind::unary:
      return check_unary(written, context);
    case ast::ExprKind::binary:
      return check_binary(written, context);
    case ast::ExprKind::choose:
      return check_choose(written, context, hint);
    case ast::ExprKind::call:
      return check_call(written, context, hint);
    case ast::ExprKind::index:
      return check_index(written, context);
    case ast::ExprKind::contains:
      return check_contains(written, context);
    case ast::ExprKind::role:
      return check_role(written, context);
    case ast::ExprKind::aggregate:
      return check_aggregate(written, context);
    case ast::ExprKind::rank:
      return check_rank(written, context);
    case ast::ExprKind::shift:
      return check_shift(written, context, hint);
    case ast::ExprKind::window:
      return check_window(written, context);
  }
  return {};
}

void Checker::check_version(std::uint32_t variable, std::size_t version, const RuleText& text) {
  text_ = text;
  lets_.clear();
  open_lets_.clear();
  used_.clear();
  let_names_.clear();
  free_member_.clear();
  depth_ = 0;
  for (const ast::Let& let : text.rule->lets) {
    const auto [place, is_new] = let_names_.emplace(let.name.text, &let);
    if (!is_new) {
      fail(let.name.span, "let '" + let.name.text + "' is written twice in rule '" + text.rule->name.text + "'");
      used_lets_.insert(&let);
    }
    if (draft_.find(let.name.text) != nullptr || find_short(let.name.text) != nullptr) {
      fail(let.name.span, "let '" + let.name.text + "' hides a declared name", "give it another name");
    }
  }
  const Variable& rule = law_.variable(variable);
  Context context;
  context.rule_level = rule.level;
  context.by_year = rule.periodicity == Periodicity::yearly;
  context.first_month = rule.versions[version].in_force.begin;
  const ValueType type = rule.type;
  Checked checked = check(text.expr, context, &type);
  if (checked && expect_type(checked, type, text_.file->expr(text.expr).span, "rule '" + rule.name + "'")) {
    law_.variable(variable).versions[version].value = RuleBody{checked.id, used_};
  }
}

void Checker::warn_unused_lets(const ast::Rule& rule) {
  for (const ast::Let& let : rule.lets) {
    if (used_lets_.contains(&let)) continue;
    findings_.warning(let.name.span, "let '" + let.name.text + "' is not used");
  }
}

void typecheck(const Draft& draft, LawBuilder& law, const Findings& findings) {
  Checker checker(draft, law, findings);
  std::set<const ast::Rule*> rules;
  for (std::uint32_t i = 0; i < draft.variables.size(); ++i) {
    std::size_t version = 0;
    rules.clear();
    for (const DraftLine<RuleText>& line : draft.variables[i].lines) {
      if (line.date.ends) continue;
      checker.check_version(i, version, line.value);
      rules.insert(line.value.rule);
      ++version;
    }
    if (!draft.changes.empty()) continue;  // a reform may have dropped the version that used a let
    for (const ast::Rule* rule : rules) checker.warn_unused_lets(*rule);
  }
}

}  // namespace labacces::law
