// Aggregates over members, ranks, other times and windows: the part of Checker that knows who and when.
#include "libsim/law/checker.hpp"

namespace labacces::law {

namespace {

constexpr ValueType yes_no_type{ValueKind::yes_no, {}, -1};
constexpr std::int32_t longest_window = 120;
constexpr std::int32_t farthest_years = 100;

std::string_view word_of(Aggregation aggregation) {
  constexpr std::array<std::string_view, 7> words{"sum", "mean", "any", "all", "count", "min", "max"};
  return words[static_cast<std::size_t>(aggregation)];
}

std::string quoted(Aggregation aggregation) { return "'" + std::string(word_of(aggregation)) + "'"; }

bool takes_condition(Aggregation aggregation) {
  return aggregation == Aggregation::any || aggregation == Aggregation::all || aggregation == Aggregation::count;
}

}  // namespace

std::optional<ValueType> Checker::aggregated_type(Aggregation aggregation, const Checked& body, Span span, bool over_time,
                                                  bool twelve_months) {
  const ValueType type = type_of(body);
  if (takes_condition(aggregation)) {
    if (!expect_yes_no(body, span, quoted(aggregation))) return std::nullopt;
    return aggregation == Aggregation::count ? ValueType{} : yes_no_type;
  }
  const bool dates = type.kind == ValueKind::date && (aggregation == Aggregation::min || aggregation == Aggregation::max);
  if (!dates && !expect_kind(body, ValueKind::number, span, quoted(aggregation))) return std::nullopt;
  if (aggregation != Aggregation::sum || !over_time || type.measure.exponents[3] >= 0) return type;
  // A sum of amounts a month over months is an amount, over twelve months an amount a year.
  ValueType result = type;
  result.measure = type.measure * in_months;
  if (twelve_months) result.measure = result.measure / in_years;
  return result;
}

Checked Checker::check_aggregate(const ast::Expr& written, const Context& context) {
  const std::string who = quoted(written.aggregation);
  const ast::Expr& body_text = text_.file->expr(written.a);
  if (!is_group(context.rule_level)) {
    fail(written.span, who + " goes over the members of a group, and this rule is of individu",
         "write a rule of famille, foyer_fiscal or menage and read it here as famille.NAME");
    return {};
  }
  if (written.aggregation == Aggregation::mean) {
    fail(written.span, "'mean' goes over months, not over members", "write divide(sum(...), count(...), 0)");
    return {};
  }
  Context members = context;
  members.in_members = true;
  members.rank_group.reset();
  Context outside = context;
  outside.in_members = false;
  outside.rank_group.reset();
  const Checked body = check(written.a, members);
  const Checked where = check(written.b, members);
  const auto type = body ? aggregated_type(written.aggregation, body, body_text.span, false, false) : std::nullopt;
  const bool good_where =
      written.b == ast::no_expr || (where && expect_yes_no(where, text_.file->expr(written.b).span, "'where'"));
  const bool extreme = written.aggregation == Aggregation::min || written.aggregation == Aggregation::max;
  if (extreme && written.b != ast::no_expr && written.c == ast::no_expr) {
    fail(written.span, who + " of the members for whom a condition holds: there may be none",
         "write " + std::string(word_of(written.aggregation)) + "(... where ..., otherwise VALUE)");
    return {};
  }
  if (!extreme && written.c != ast::no_expr) {
    fail(text_.file->expr(written.c).span, who + " takes no 'otherwise'");
    return {};
  }
  Checked otherwise = check(written.c, outside, type ? &*type : nullptr);
  if (!type || !good_where || (written.c != ast::no_expr && !otherwise)) return {};
  if (otherwise && !expect_type(otherwise, *type, text_.file->expr(written.c).span, "this " + who)) return {};
  const bool counts = written.aggregation == Aggregation::count || written.aggregation == Aggregation::sum;
  if (!(counts && law_.expr(body.id).is_scalar) && !has_free_member(written.a) && !has_free_member(written.b)) {
    warn(written.span, who + " goes over the members, and nothing in it is of a member",
         extreme ? "write member.NAME, or two values: " + std::string(word_of(written.aggregation)) + "(a, b)"
                 : "write member.NAME");
  }
  Expr node;
  node.kind = ExprKind::aggregate;
  node.aggregation = written.aggregation;
  node.level = context.rule_level;
  node.from = context.rule_level;
  node.type = *type;
  node.a = body.id;
  node.b = where.id;
  node.c = otherwise.id;
  node.span = written.span;
  Checked result{law_.add(std::move(node)), false};
  // Inside another aggregate it is the unit's own value.
  return context.in_members ? project(result.id, Level::individu, context.rule_level) : result;
}

Checked Checker::check_rank(const ast::Expr& written, const Context& context) {
  const auto group = level_named(written.text);
  if (!group || !is_group(*group)) {
    fail(written.text_span, "'rank' is taken in a group, and '" + written.text + "' is none",
         "write in famille, in foyer_fiscal or in menage");
    return {};
  }
  if (!context.in_members && context.rule_level != Level::individu) {
    fail(written.span, "'rank' is the rank of one person: it stands inside an aggregate or in a rule of individu",
         "for instance count(rank(member.x in famille) <= 2)");
    return {};
  }
  Context inside = context;
  inside.rank_group = *group;
  const Checked key = check(written.a, inside);
  const Checked where = check(written.b, inside);
  bool good = static_cast<bool>(key);
  if (key && type_of(key).kind != ValueKind::date)
    good = expect_kind(key, ValueKind::number, text_.file->expr(written.a).span, "'rank'");
  if (written.b != ast::no_expr) good = where && expect_yes_no(where, text_.file->expr(written.b).span, "'where'") && good;
  if (!good) return {};
  Expr node;
  node.kind = ExprKind::rank;
  node.level = Level::individu;
  node.from = *group;
  node.a = key.id;
  node.b = where.id;
  node.span = written.span;
  return Checked{law_.add(std::move(node)), false};
}

std::optional<Context> Checker::context_at(const ast::Expr& written, const Context& context) {
  const TimeRef& time = written.time;
  Context inside = context;
  inside.by_year = time.kind == TimeRef::Kind::year;
  const Span span = written.time_span;
  switch (time.kind) {
    case TimeRef::Kind::months:
      if (context.by_year) {
        fail(span, "the current time is a year here: it has no month before",
             "write at month 12 of year -1, or a window: year 0");
        return std::nullopt;
      }
      if (time.first > 0) {
        fail(span, "a rule cannot read months to come", "write at month -1 for the month before");
        return std::nullopt;
      }
      if (time.first < -longest_window * 2) {
        fail(span, "'at' reaches back " + std::to_string(longest_window * 2) + " months at most");
        return std::nullopt;
      }
      return inside;
    case TimeRef::Kind::month_of_year:
      if (time.month < 1 || time.month > 12) {
        fail(span, "a year has the months 1 to 12");
        return std::nullopt;
      }
      break;
    case TimeRef::Kind::absolute_month:
      if (context.first_month < Month{time.first}) {
        fail(span, "this version holds from " + to_string(context.first_month) + " and cannot read a month to come", "");
        return std::nullopt;
      }
      return inside;
    case TimeRef::Kind::year:
      break;
  }
  if (time.first > 0 || time.first < -farthest_years) {
    fail(span,
         time.first > 0 ? "a rule cannot read years to come"
                        : "'at' reaches back " + std::to_string(farthest_years) + " years at most",
         "0 is this civil year, -1 the year before");
    return std::nullopt;
  }
  return inside;
}

Checked Checker::check_shift(const ast::Expr& written, const Context& context, Hint hint) {
  const auto inside = context_at(written, context);
  const Checked value = inside ? check(written.a, *inside, hint) : Checked{};
  if (!value) return {};
  Expr node;
  node.kind = ExprKind::shift;
  node.type = type_of(value);
  node.a = value.id;
  node.time = written.time;
  node.span = written.span;
  Checked result = make(std::move(node), context, {value.id});
  return result;
}

std::optional<Context> Checker::context_over(const ast::Expr& written, const Context& context) {
  const TimeRef& time = written.time;
  const Span span = written.time_span;
  Context inside = context;
  inside.by_year = false;
  if (time.kind == TimeRef::Kind::year) {
    if (time.first <= 0 && time.first >= -farthest_years) return inside;
    fail(span,
         time.first > 0 ? "a rule cannot read years to come"
                        : "a window reaches back " + std::to_string(farthest_years) + " years at most",
         "year 0 is this civil year, year -1 the year before");
    return std::nullopt;
  }
  if (time.kind != TimeRef::Kind::months) {
    fail(span, "a window is a range of months or a year", "write months -3 .. -1, or year -1");
    return std::nullopt;
  }
  if (context.by_year) {
    fail(span, "the current time is a year here", "write a year: year 0, or year -1");
    return std::nullopt;
  }
  if (time.last > 0) {
    fail(span, "a rule cannot read months to come",
         "the last month of a window is 0 (the current one) or before: months -11 .. 0");
    return std::nullopt;
  }
  if (time.first > time.last) {
    fail(span, "this window is empty: " + std::to_string(time.first) + " comes after " + std::to_string(time.last),
         "write months " + std::to_string(time.last) + " .. " + std::to_string(time.first));
    return std::nullopt;
  }
  if (time.first < -longest_window) {
    fail(span, "a window reaches back " + std::to_string(longest_window) + " months at most");
    return std::nullopt;
  }
  return inside;
}

Checked Checker::check_window(const ast::Expr& written, const Context& context) {
  const auto inside = context_over(written, context);
  const Checked value = inside ? check(written.a, *inside) : Checked{};
  if (!value) return {};
  const TimeRef& time = written.time;
  const bool twelve = time.kind == TimeRef::Kind::year || time.last - time.first == 11;
  const auto type = aggregated_type(written.aggregation, value, text_.file->expr(written.a).span, true, twelve);
  if (!type) return {};
  Expr node;
  node.kind = ExprKind::window;
  node.aggregation = written.aggregation;
  node.type = *type;
  node.a = value.id;
  node.time = time;
  node.span = written.span;
  return make(std::move(node), context, {value.id});
}

}  // namespace labacces::law
