#include "libsim/law/print_expr.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include "libsim/law/builtins.hpp"

namespace labacces::law {

namespace {

constexpr std::size_t longest_text = 20'000;

/// How tightly a form binds; a tighter place puts looser forms in parentheses.
enum class Binding : std::uint8_t {
  choose,
  logical_or,
  logical_and,
  logical_not,
  comparison,
  sum,
  product,
  negation,
  postfix,
  atom
};

constexpr std::array<std::string_view, 14> operator_symbols{"-",    "not ", " + ",  " - ",  " * ",  " / ",   " < ",
                                                            " <= ", " > ",  " >= ", " == ", " != ", " and ", " or "};
constexpr std::array<std::string_view, 7> aggregation_words{"sum", "mean", "any", "all", "count", "min", "max"};
constexpr std::array<std::string_view, 3> constant_words{"this_month", "this_year", "first_day"};

std::string number_text(double number) {
  std::array<char, 64> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  return std::string(buffer.data(), result.ptr);
}

Binding binding_of(Op op) {
  switch (op) {
    case Op::negate:
      return Binding::negation;
    case Op::logical_not:
      return Binding::logical_not;
    case Op::add:
    case Op::subtract:
      return Binding::sum;
    case Op::multiply:
    case Op::divide:
      return Binding::product;
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::equal:
    case Op::not_equal:
      return Binding::comparison;
    case Op::logical_and:
      return Binding::logical_and;
    case Op::logical_or:
      return Binding::logical_or;
  }
  return Binding::atom;
}

Binding tighter(Binding binding) { return static_cast<Binding>(static_cast<int>(binding) + 1); }

std::string_view principal_of(Level level) {
  for (const RoleSet& set : role_sets) {
    if (set.level == level && set.roles == 1) return set.name;
  }
  return "";
}

std::string role_text(Level group, double roles) {
  for (const RoleSet& set : role_sets) {
    if (set.level == group && set.roles == static_cast<std::uint8_t>(roles)) return std::string(set.name);
  }
  return "?";
}

struct Place {
  Level level;
  bool in_members = false;
};

class Printer {
 public:
  Printer(const Law& law, ExprId root, const RuleBody* body) : law_(law), root_(root) {
    if (body == nullptr) return;
    for (const Let& let : body->lets) lets_.emplace(static_cast<std::uint32_t>(let.expr), &let.name);
  }

  std::string print(ExprId id, Place place, Binding needed) {
    if (length_ > longest_text) return "...";
    const auto let = lets_.find(static_cast<std::uint32_t>(id));
    if (let != lets_.end() && id != root_) return *let->second;
    const Expr& node = law_.expr(id);
    Binding binding = Binding::atom;
    std::string text = form(node, place, binding);
    length_ +=
        node.kind == ExprKind::literal || node.kind == ExprKind::param || node.kind == ExprKind::variable ? text.size() : 2;
    return binding < needed ? "(" + text + ")" : text;
  }

 private:
  std::string list(const std::vector<ExprId>& args, Place place) {
    std::string text;
    for (const ExprId arg : args) text += (text.empty() ? "" : ", ") + print(arg, place, Binding::choose);
    return text;
  }

  std::string form(const Expr& node, Place place, Binding& binding) {
    switch (node.kind) {
      case ExprKind::literal:
        return literal(node, binding);
      case ExprKind::param:
        return law_.params()[node.index].name;
      case ExprKind::variable:
        return (place.in_members && node.level == Level::individu ? "member." : "") + law_.variables()[node.index].name;
      case ExprKind::constant:
        return std::string(constant_words[static_cast<std::size_t>(node.constant)]);
      case ExprKind::unary:
        binding = binding_of(node.op);
        return std::string(operator_symbols[static_cast<std::size_t>(node.op)]) + print(node.a, place, tighter(binding));
      case ExprKind::binary: {
        binding = binding_of(node.op);
        const bool chain = binding == Binding::comparison;
        return print(node.a, place, chain ? tighter(binding) : binding) +
               std::string(operator_symbols[static_cast<std::size_t>(node.op)]) + print(node.b, place, tighter(binding));
      }
      case ExprKind::choose:
        binding = Binding::choose;
        return "if " + print(node.a, place, Binding::logical_or) + " then " + print(node.b, place, Binding::logical_or) +
               " else " + print(node.c, place, Binding::choose);
      case ExprKind::call:
        return call(node, place);
      case ExprKind::table:
        if (node.c == no_expr) return law_.tables()[node.index].name + "[" + list(node.args, place) + "]";
        return "lookup(" + law_.tables()[node.index].name + ", " + list(node.args, place) + ", " +
               print(node.c, place, Binding::choose) + ")";
      case ExprKind::scale:
        return law_.scales()[node.index].name + "[" + print(node.a, place, Binding::choose) + "]";
      case ExprKind::project:
        return project(node, place, binding);
      case ExprKind::aggregate:
        return aggregate(node, place);
      case ExprKind::role: {
        binding = Binding::comparison;
        const std::string role = role_text(node.from, node.number);
        if (place.in_members && node.from == place.level) return "member is " + role;
        return (place.in_members ? "member is " : "self is ") + std::string(name_of(node.from)) + "." + role;
      }
      case ExprKind::rank:
        return "rank(" + print(node.a, place, Binding::choose) + " in " + std::string(name_of(node.from)) +
               (node.b == no_expr ? "" : " where " + print(node.b, place, Binding::choose)) + ")";
      case ExprKind::shift:
        binding = Binding::postfix;
        return print(node.a, place, Binding::postfix) + " " + print_shift(node.time);
      case ExprKind::window:
        return std::string(aggregation_words[static_cast<std::size_t>(node.aggregation)]) + "(" +
               print(node.a, place, Binding::choose) + ", " + print_window(node.time) + ")";
    }
    return "";
  }

  std::string literal(const Expr& node, Binding& binding) const {
    std::string text = print_value(law_, node.number, node.type);
    if (node.type.kind == ValueKind::enumeration)
      return law_.enums()[static_cast<std::size_t>(node.type.enumeration)].name + "." + text;
    if (node.type.kind != ValueKind::number) return text;
    if (node.number < 0.0) binding = Binding::negation;
    if (node.number != 0.0 && !node.type.measure.dimensionless()) text += " " + to_string(node.type.measure);
    return text;
  }

  std::string call(const Expr& node, Place place) {
    std::string text = std::string(builtin_of(node.function).name) + "(";
    const bool rounds =
        node.function == Function::round || node.function == Function::round_up || node.function == Function::round_down;
    if (!rounds) return text + list(node.args, place) + ")";
    return text + print(node.args[0], place, Binding::choose) + ", " + number_text(law_.expr(node.args[1]).number) + ")";
  }

  /// The dotted path of a chain of projections, or "" when it does not end at a variable.
  std::string path(ExprId id) const {
    const Expr& node = law_.expr(id);
    if (node.kind == ExprKind::variable) return law_.variables()[node.index].name;
    if (node.kind != ExprKind::project) return "";
    if (is_group(node.from)) return dotted(name_of(node.from), path(node.a));
    const Expr& person = law_.expr(node.a);
    if (person.kind == ExprKind::project && person.from != node.level) return path(node.a);
    return dotted(principal_of(node.level), path(node.a));
  }

  static std::string dotted(std::string_view first, const std::string& rest) {
    return rest.empty() ? "" : std::string(first) + "." + rest;
  }

  std::string project(const Expr& node, Place place, Binding& binding) {
    const bool own = place.in_members && node.from == place.level;
    if (own) {
      // The unit's own value, seen by each member.
      const auto let = lets_.find(static_cast<std::uint32_t>(node.a));
      if (let != lets_.end()) return *let->second;
      binding = Binding::atom;
      return print(node.a, Place{place.level, false}, Binding::atom);
    }
    const std::string inner = path(node.a);
    if (inner.empty()) return print(node.a, place, Binding::atom);
    if (is_group(node.from)) return (place.in_members ? "member." : "") + std::string(name_of(node.from)) + "." + inner;
    const Expr& person = law_.expr(node.a);
    const bool over_person = person.kind == ExprKind::project && person.from != node.level;
    return over_person ? inner : std::string(principal_of(node.level)) + "." + inner;
  }

  std::string aggregate(const Expr& node, Place place) {
    const Place members{place.level, true};
    std::string text = std::string(aggregation_words[static_cast<std::size_t>(node.aggregation)]) + "(" +
                       print(node.a, members, Binding::choose);
    if (node.b != no_expr) text += " where " + print(node.b, members, Binding::choose);
    if (node.c != no_expr) text += ", otherwise " + print(node.c, Place{place.level, false}, Binding::choose);
    return text + ")";
  }

  const Law& law_;
  ExprId root_;
  std::unordered_map<std::uint32_t, const std::string*> lets_;
  std::size_t length_ = 0;
};

}  // namespace

std::string print_expr(const Law& law, ExprId id, Level level, const RuleBody* body) {
  if (id == no_expr) return "";
  return Printer(law, id, body).print(id, Place{level, false}, Binding::choose);
}

std::string print_value(const Law& law, double value, const ValueType& type) {
  switch (type.kind) {
    case ValueKind::number:
      return number_text(value);
    case ValueKind::yes_no:
      return value != 0.0 ? "yes" : "no";
    case ValueKind::date:
      return to_string(Day{static_cast<std::int32_t>(std::clamp(value, -1e9, 1e9))});
    case ValueKind::enumeration:
      break;
  }
  const Enumeration& enumeration = law.enums()[static_cast<std::size_t>(type.enumeration)];
  if (value >= 0.0 && value < static_cast<double>(enumeration.items.size()))
    return enumeration.items[static_cast<std::size_t>(value)];
  return number_text(value);
}

std::string print_type(const Law& law, const ValueType& type) {
  switch (type.kind) {
    case ValueKind::number:
      return to_string(type.measure);
    case ValueKind::yes_no:
      return "yes_no";
    case ValueKind::date:
      return "date";
    case ValueKind::enumeration:
      return "enum " + law.enums()[static_cast<std::size_t>(type.enumeration)].name;
  }
  return "";
}

std::string print_shift(const TimeRef& time) {
  switch (time.kind) {
    case TimeRef::Kind::months:
      return "at month " + std::to_string(time.first);
    case TimeRef::Kind::month_of_year:
      return "at month " + std::to_string(time.month) + " of year " + std::to_string(time.first);
    case TimeRef::Kind::absolute_month:
      return "at " + to_string(Month{time.first});
    case TimeRef::Kind::year:
      return "at year " + std::to_string(time.first);
  }
  return "";
}

std::string print_window(const TimeRef& time) {
  if (time.kind == TimeRef::Kind::year) return "year " + std::to_string(time.first);
  return "months " + std::to_string(time.first) + " .. " + std::to_string(time.last);
}

}  // namespace labacces::law
