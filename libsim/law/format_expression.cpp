#include "libsim/law/format_expression.hpp"

#include <utility>
#include <vector>

namespace labacces::law {
namespace {

using ast::Expr;
using ast::ExprId;
using ast::ExprKind;
using ast::no_expr;

// How tightly an expression holds together; an operand that is looser than its place asks for gets parentheses.
enum Binding : int {
  loosest = 0,
  with_or,
  with_and,
  with_not,
  with_comparison,
  with_sum,
  with_product,
  with_minus,
  with_at,
  tightest
};

int binding(const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::choose:
      return loosest;
    case ExprKind::unary:
      return expr.op == Op::logical_not ? with_not : with_minus;
    case ExprKind::contains:
    case ExprKind::role:
      return with_comparison;
    case ExprKind::shift:
      return with_at;
    case ExprKind::binary:
      break;
    default:
      return tightest;
  }
  switch (expr.op) {
    case Op::logical_or:
      return with_or;
    case Op::logical_and:
      return with_and;
    case Op::add:
    case Op::subtract:
      return with_sum;
    case Op::multiply:
    case Op::divide:
      return with_product;
    default:
      return with_comparison;
  }
}

std::string_view symbol(Op op) {
  switch (op) {
    case Op::negate:
    case Op::subtract:
      return "-";
    case Op::logical_not:
      return "not";
    case Op::add:
      return "+";
    case Op::multiply:
      return "*";
    case Op::divide:
      return "/";
    case Op::less:
      return "<";
    case Op::less_equal:
      return "<=";
    case Op::greater:
      return ">";
    case Op::greater_equal:
      return ">=";
    case Op::equal:
      return "==";
    case Op::not_equal:
      return "!=";
    case Op::logical_and:
      return "and";
    case Op::logical_or:
      return "or";
  }
  return "";
}

std::string time_text(const Expr& expr) {
  const TimeRef& time = expr.time;
  switch (time.kind) {
    case TimeRef::Kind::months:
      if (expr.kind == ExprKind::window) return "months " + std::to_string(time.first) + " .. " + std::to_string(time.last);
      return "month " + std::to_string(time.first);
    case TimeRef::Kind::month_of_year:
      return "month " + std::to_string(time.month) + " of year " + std::to_string(time.first);
    case TimeRef::Kind::absolute_month:
      return to_string(Month{time.first});
    case TimeRef::Kind::year:
      return "year " + std::to_string(time.first);
  }
  return "";
}

/// What stands between the brackets of a call, an index, a list.
struct Argument {
  std::string_view before = {};  ///< "where ", "otherwise "
  ExprId expr = no_expr;
  std::string literal = {};  ///< instead of an expression: a time, a group
  bool after_comma = true;
  int place = loosest;
};

class ExpressionPrinter {
 public:
  ExpressionPrinter(const Sources& sources, const ast::File& file) : sources_(sources), file_(file) {}

  std::string flat(ExprId id, int place) const;
  std::string broken(ExprId id, int place, std::size_t indent, std::size_t column) const;

 private:
  const Expr& at(ExprId id) const { return file_.expr(id); }
  std::string number(const Expr& expr) const;
  std::string flat_inside(const Expr& expr) const;
  std::string flat_binary(const Expr& expr) const;
  std::string flat_arguments(const Expr& expr) const;
  std::string broken_inside(ExprId id, std::size_t indent, std::size_t column) const;
  std::string broken_choose(const Expr& expr, std::size_t indent, std::size_t column) const;
  std::string broken_chain(ExprId id, std::size_t indent, std::size_t column) const;
  std::string broken_arguments(const Expr& expr, std::size_t indent, std::size_t column) const;
  static std::string opening(const Expr& expr);
  static std::vector<Argument> arguments(const Expr& expr);
  int left_place(const Expr& expr) const;
  int right_place(const Expr& expr) const;

  const Sources& sources_;
  const ast::File& file_;
};

std::size_t end_column(const std::string& text, std::size_t column) {
  const std::size_t newline = text.rfind('\n');
  return newline == std::string::npos ? column + text.size() : text.size() - newline - 1;
}

std::string new_line(std::size_t indent) { return "\n" + std::string(indent, ' '); }

std::string ExpressionPrinter::number(const Expr& expr) const {
  std::string text(sources_.text(expr.digits));
  if (expr.percent) text += " %";
  if (!expr.text.empty()) text += " " + expr.text;
  return text;
}

int ExpressionPrinter::left_place(const Expr& expr) const {
  const int own = binding(expr);
  if (expr.op == Op::logical_or && at(expr.a).kind == ExprKind::binary && at(expr.a).op == Op::logical_and) return with_not;
  return own == with_comparison ? with_sum : own;
}

int ExpressionPrinter::right_place(const Expr& expr) const {
  if (expr.op == Op::logical_or && at(expr.b).kind == ExprKind::binary)
    return at(expr.b).op == Op::logical_and ? with_not : with_and;
  return binding(expr) + 1;
}

std::string ExpressionPrinter::flat(ExprId id, int place) const {
  const Expr& expr = at(id);
  std::string text = flat_inside(expr);
  return binding(expr) < place ? "(" + text + ")" : text;
}

std::string ExpressionPrinter::flat_inside(const Expr& expr) const {
  switch (expr.kind) {
    case ExprKind::number:
      return number(expr);
    case ExprKind::yes_no:
      return expr.number != 0.0 ? "yes" : "no";
    case ExprKind::date:
      return to_string(expr.day);
    case ExprKind::name:
      return expr.text;
    case ExprKind::unary:
      if (expr.op == Op::negate) return "-" + flat(expr.a, with_at);
      return "not " + flat(expr.a, at(expr.a).kind == ExprKind::binary ? with_sum : with_not);
    case ExprKind::binary:
      return flat_binary(expr);
    case ExprKind::choose:
      return "if " + flat(expr.a, with_or) + " then " + flat(expr.b, with_or) + " else " + flat(expr.c, loosest);
    case ExprKind::role:
      return flat(expr.a, with_at) + " is " + expr.text;
    case ExprKind::shift:
      return flat(expr.a, with_at) + " at " + time_text(expr);
    default:
      return flat_arguments(expr);
  }
}

std::string ExpressionPrinter::flat_binary(const Expr& expr) const {
  return flat(expr.a, left_place(expr)) + " " + std::string(symbol(expr.op)) + " " + flat(expr.b, right_place(expr));
}

std::string ExpressionPrinter::opening(const Expr& expr) {
  if (expr.kind == ExprKind::contains) return " in (";
  if (expr.kind == ExprKind::rank) return "rank(";
  return expr.text + (expr.kind == ExprKind::index ? "[" : "(");
}

std::vector<Argument> ExpressionPrinter::arguments(const Expr& expr) {
  std::vector<Argument> result;
  if (expr.kind == ExprKind::rank) {
    result.push_back({.expr = expr.a, .place = with_sum});
    result.push_back({.before = "in ", .literal = expr.text, .after_comma = false});
    if (expr.b != no_expr) result.push_back({.before = "where ", .expr = expr.b, .after_comma = false});
    return result;
  }
  if (expr.kind == ExprKind::aggregate || expr.kind == ExprKind::window) result.push_back({.expr = expr.a});
  if (expr.kind == ExprKind::aggregate && expr.b != no_expr)
    result.push_back({.before = "where ", .expr = expr.b, .after_comma = false});
  if (expr.kind == ExprKind::aggregate && expr.c != no_expr) result.push_back({.before = "otherwise ", .expr = expr.c});
  if (expr.kind == ExprKind::window) result.push_back({.literal = time_text(expr)});
  for (const ExprId argument : expr.args) result.push_back({.expr = argument});
  if (expr.named_otherwise) result.back().before = "otherwise ";
  return result;
}

std::string ExpressionPrinter::flat_arguments(const Expr& expr) const {
  std::string text = expr.kind == ExprKind::contains ? flat(expr.a, with_sum) : "";
  text += opening(expr);
  bool first = true;
  for (const Argument& argument : arguments(expr)) {
    if (!first) text += argument.after_comma ? ", " : " ";
    first = false;
    text += argument.before;
    text += argument.expr == no_expr ? argument.literal : flat(argument.expr, argument.place);
  }
  return text + (expr.kind == ExprKind::index ? "]" : ")");
}

std::string ExpressionPrinter::broken(ExprId id, int place, std::size_t indent, std::size_t column) const {
  std::string one_line = flat(id, place);
  if (column + one_line.size() <= line_width) return one_line;
  if (binding(at(id)) < place) return "(" + broken_inside(id, indent + 1, column + 1) + ")";
  return broken_inside(id, indent, column);
}

std::string ExpressionPrinter::broken_inside(ExprId id, std::size_t indent, std::size_t column) const {
  const Expr& expr = at(id);
  switch (expr.kind) {
    case ExprKind::number:
    case ExprKind::yes_no:
    case ExprKind::date:
    case ExprKind::name:
    case ExprKind::role:
      return flat_inside(expr);
    case ExprKind::unary:
      if (expr.op == Op::negate) return "-" + broken(expr.a, with_at, indent, column + 1);
      return "not " + broken(expr.a, at(expr.a).kind == ExprKind::binary ? with_sum : with_not, indent, column + 4);
    case ExprKind::shift:
      return broken(expr.a, with_at, indent, column) + " at " + time_text(expr);
    case ExprKind::binary:
      return broken_chain(id, indent, column);
    case ExprKind::choose:
      return broken_choose(expr, indent, column);
    default:
      return broken_arguments(expr, indent, column);
  }
}

std::string ExpressionPrinter::broken_choose(const Expr& expr, std::size_t indent, std::size_t column) const {
  const std::size_t deeper = indent + 2;
  const auto branch = [&](const Expr& node, std::size_t start) {
    std::string text = "if " + broken(node.a, with_or, deeper, start + 3);
    const std::string value = flat(node.b, with_or);
    if (text.find('\n') == std::string::npos && start + text.size() + 6 + value.size() <= line_width)
      return text + " then " + value;
    return text + new_line(deeper) + "then " + broken(node.b, with_or, deeper, deeper + 5);
  };
  std::string text = branch(expr, column);
  const Expr* node = &expr;
  while (at(node->c).kind == ExprKind::choose) {
    node = &at(node->c);
    text += new_line(indent) + "else " + branch(*node, indent + 5);
  }
  return text + new_line(indent) + "else " + broken(node->c, loosest, deeper, indent + 5);
}

std::string ExpressionPrinter::broken_chain(ExprId id, std::size_t indent, std::size_t column) const {
  // Operators of one level stand under each other: a + b - c is the chain (a) (+ b) (- c).
  std::vector<ExprId> chain{id};
  const int level = binding(at(id));
  ExprId first = at(id).a;
  while (level != with_comparison && at(first).kind == ExprKind::binary && binding(at(first)) == level) {
    chain.push_back(first);
    first = at(first).a;
  }
  std::string text = broken(first, left_place(at(chain.back())), indent, column);
  for (auto link = chain.rbegin(); link != chain.rend(); ++link) {
    const Expr& node = at(*link);
    const std::string op(symbol(node.op));
    text += new_line(indent) + op + " " + broken(node.b, right_place(node), indent + 2, indent + op.size() + 1);
  }
  return text;
}

std::string ExpressionPrinter::broken_arguments(const Expr& expr, std::size_t indent, std::size_t column) const {
  std::string text = expr.kind == ExprKind::contains ? broken(expr.a, with_sum, indent, column) : "";
  text += opening(expr);
  const std::size_t deeper = indent + 2;
  bool first = true;
  for (const Argument& argument : arguments(expr)) {
    if (!first && argument.after_comma) text += ",";
    first = false;
    const std::string value = argument.expr == no_expr ? argument.literal : flat(argument.expr, argument.place);
    // Short constants stay on the line: max(..., 0), mean(..., months -3 .. -1).
    const bool is_short = value.size() <= 20 && argument.after_comma && text.find('\n') != std::string::npos;
    if (is_short && end_column(text, column) + argument.before.size() + value.size() + 3 <= line_width) {
      text += " " + std::string(argument.before) + value;
      continue;
    }
    text += new_line(deeper) + std::string(argument.before);
    text += argument.expr == no_expr ? value : broken(argument.expr, argument.place, deeper, deeper + argument.before.size());
  }
  return text + (expr.kind == ExprKind::index ? "]" : ")");
}

}  // namespace

std::string flat_expression(const Sources& sources, const ast::File& file, ast::ExprId id) {
  return ExpressionPrinter(sources, file).flat(id, loosest);
}

std::string broken_expression(const Sources& sources, const ast::File& file, ast::ExprId id, std::size_t indent,
                              std::size_t column) {
  return ExpressionPrinter(sources, file).broken(id, loosest, indent, column);
}

}  // namespace labacces::law
