#include "tests/property/random_expression.hpp"

#include <array>

namespace labacces::property {
namespace {

std::string name_text(Level level) { return std::string(name_of(level)); }

/// "-3", or "0".
std::string number(int x) { return std::to_string(x); }

}  // namespace

std::string measure_of(Type type) {
  constexpr std::array<std::string_view, type_count> words{"EUR/month", "EUR/year",  "count",      "yes_no",
                                                           "date",      "enum zone", "enum tenure"};
  return std::string(words[static_cast<std::size_t>(type)]);
}

std::string_view principal_of(Level level) {
  constexpr std::array<std::string_view, level_count> words{"", "demandeur", "declarant_principal", "personne_de_reference"};
  return words[index_of(level)];
}

std::string ExpressionWriter::literal(Dice& dice, Type type) {
  const std::string_view cents = dice.pick({"", ".25", ".50", ".10", ".37"});
  switch (type) {
    case Type::monthly_amount:
      return number(dice.between(0, 1500)) + std::string(cents) + " EUR/month";
    case Type::yearly_amount:
      return number(dice.between(0, 20'000)) + std::string(cents) + " EUR/year";
    case Type::count:
      return dice.chance(0.3) ? number(dice.between(1, 99)) + " %" : number(dice.between(0, 4));
    case Type::yes_no:
      return dice.chance(0.5) ? "yes" : "no";
    case Type::date: {
      const int month = dice.between(1, 12);
      return number(dice.between(1940, 2024)) + "-" + (month < 10 ? "0" : "") + number(month) + "-" +
             std::string(dice.pick({"01", "02", "15", "28"}));
    }
    case Type::zone:
      return "zone." + std::string(dice.pick({"city", "coast", "inland"}));
    case Type::tenure:
      return "tenure." + std::string(dice.pick({"owner", "tenant"}));
  }
  return "";
}

std::string ExpressionWriter::read(const Declared& variable, const Where& where) {
  std::string path = variable.name;
  const Level at = where.in_members ? Level::individu : where.rule_level;
  if (where.in_members) {
    if (variable.level == Level::individu) path = "member." + path;
    if (variable.level != Level::individu && (variable.level != where.rule_level || dice_.chance(0.5))) {
      path = "member." + name_text(variable.level) + "." + path;
    }
  } else if (variable.level != at) {
    path = (variable.level == Level::individu ? std::string(principal_of(at)) : name_text(variable.level)) + "." + path;
  }
  if (variable.periodicity == Periodicity::eternal) return path;
  if (where.by_year != (variable.periodicity == Periodicity::yearly)) {
    if (where.time_left == 0) return "";
    const std::string year = "year " + number(-dice_.below(3));
    return "(" + path + " at " + (where.by_year ? "month " + number(dice_.between(1, 12)) + " of " + year : year) + ")";
  }
  return path;
}

std::string ExpressionWriter::leaf(Type type, const Where& where) {
  if (where.lets && dice_.chance(0.3)) {
    for (const NamedLet& let : lets_) {
      if (let.type == type && let.by_year == where.by_year && where.time_left > 0) return let.name;
    }
  }
  if (type == Type::date && dice_.chance(0.2)) return "first_day";
  if (type == Type::count && dice_.chance(0.15))
    return std::string(dice_.pick({"this_month", "this_year", "p.factor", "p.share"}));
  if (type == Type::monthly_amount && dice_.chance(0.2)) return std::string(dice_.pick({"p.base", "p.ceiling", "floor"}));
  if (type == Type::yearly_amount && dice_.chance(0.2)) return "p.year_base";
  if (type == Type::yes_no && dice_.chance(0.05)) return "p.switch";
  for (int attempt = 0; attempt < 12; ++attempt) {
    const Declared& variable = dice_.pick(variables_);
    if (variable.type != type || variable.order >= where.order) continue;
    if (std::string text = read(variable, where); !text.empty()) return text;
  }
  return literal(dice_, type);
}

std::string ExpressionWriter::write(Type type, const Where& where, int depth) {
  if (depth <= 0 || dice_.chance(0.1)) return leaf(type, where);
  if (dice_.chance(0.12)) {
    return "(if " + write(Type::yes_no, where, depth - 1) + " then " + write(type, where, depth - 1) + " else " +
           write(type, where, depth - 1) + ")";
  }
  if (where.time_left > 0 && dice_.chance(0.15)) {
    bool by_year = where.by_year;
    const std::string at = shift(where, by_year);
    Where inside = where;
    inside.by_year = by_year;
    inside.time_left -= 1;
    return "(" + write(type, inside, depth - 1) + " at " + at + ")";
  }
  switch (type) {
    case Type::monthly_amount:
    case Type::yearly_amount:
      return amount(type, where, depth);
    case Type::count:
      return count(where, depth);
    case Type::yes_no:
      return yes_no(where, depth);
    case Type::date:
      return date(where, depth);
    case Type::zone:
    case Type::tenure:
      return item(type, where, depth);
  }
  return "";
}

std::string ExpressionWriter::shift(const Where& where, bool& by_year) {
  const int kind = dice_.below(where.may_read_2021 ? 4 : 3);
  if (where.by_year || kind == 1) {
    if (dice_.chance(0.5)) {
      by_year = true;
      return "year " + number(-dice_.below(3));
    }
    by_year = false;
    return "month " + number(dice_.between(1, 12)) + " of year " + number(-dice_.below(3));
  }
  if (kind == 2) return "month " + number(dice_.between(1, 12)) + " of year -1";
  if (kind == 3) return "2021-0" + number(dice_.between(1, 9));
  return "month " + number(-dice_.below(14));
}

std::string ExpressionWriter::window(const Where& where, bool& twelve) {
  if (where.by_year || dice_.chance(0.3)) {
    twelve = true;
    return "year " + number(-dice_.below(3));
  }
  const int last = -dice_.below(4);
  const int first = last - dice_.pick(std::vector<int>{0, 1, 2, 2, 5, 11});
  twelve = last - first == 11;
  return "months " + number(first) + " .. " + number(last);
}

/// An aggregation over months that gives that type, or "".
std::string ExpressionWriter::over_time(Type type, const Where& where, int depth) {
  if (where.time_left == 0) return "";
  Where inside = where;
  inside.by_year = false;
  inside.time_left -= 1;
  bool twelve = false;
  const std::string months = window(where, twelve);
  const auto form = [&](std::string_view word, Type body) {
    return std::string(word) + "(" + write(body, inside, depth - 1) + ", " + months + ")";
  };
  switch (type) {
    case Type::monthly_amount:
      return form(dice_.pick({"mean", "min", "max"}), type);
    case Type::yearly_amount:
      return twelve ? form("sum", Type::monthly_amount) : form("mean", type);
    case Type::count:
      return dice_.chance(0.5) ? form("count", Type::yes_no) : form(dice_.pick({"mean", "max", "min", "sum"}), type);
    case Type::yes_no:
      return form(dice_.pick({"any", "all"}), type);
    case Type::date:
      return form(dice_.pick({"min", "max"}), type);
    case Type::zone:
    case Type::tenure:
      break;
  }
  return "";
}

/// An aggregation over members that gives that type, or "".
std::string ExpressionWriter::over_members(Type type, const Where& where, int depth) {
  if (!is_group(where.rule_level) || where.in_members) return "";
  Where inside = where;
  inside.in_members = true;
  const auto condition = [&] { return dice_.chance(0.6) ? " where " + write(Type::yes_no, inside, depth - 1) : std::string(); };
  const std::string body = write(type == Type::count && dice_.chance(0.5) ? Type::yes_no : type, inside, depth - 1);
  switch (type) {
    case Type::monthly_amount:
    case Type::yearly_amount:
    case Type::date: {
      if (type != Type::date && dice_.chance(0.6)) return "sum(" + body + condition() + ")";
      const std::string where_text = condition();
      const std::string otherwise = where_text.empty() ? "" : ", otherwise " + write(type, where, depth - 1);
      return std::string(dice_.pick({"min", "max"})) + "(" + body + where_text + otherwise + ")";
    }
    case Type::count:
      return "count(" + write(Type::yes_no, inside, depth - 1) + ")";
    case Type::yes_no:
      return dice_.chance(0.5) ? "any(" + body + ")" : "all(" + body + condition() + ")";
    case Type::zone:
    case Type::tenure:
      break;
  }
  return "";
}

std::string ExpressionWriter::amount(Type type, const Where& where, int depth) {
  std::string text;
  if (dice_.chance(0.25)) text = over_members(type, where, depth);
  if (text.empty() && dice_.chance(0.25)) text = over_time(type, where, depth);
  if (!text.empty()) return text;
  const auto same = [&] { return write(type, where, depth - 1); };
  const std::string step(dice_.pick({"0.01", "1", "10", "0.5"}));
  switch (dice_.below(14)) {
    case 0:
    case 1:
      return "(" + same() + " + " + same() + ")";
    case 2:
    case 3:
      return "(" + same() + " - " + same() + ")";
    case 4:
      return "(" + same() + " * clamp(" + write(Type::count, where, depth - 1) + ", 0, 3))";
    case 5:
      return "(" + number(dice_.between(1, 99)) + " % * " + same() + ")";
    case 6:
      return "(" + same() + " / " + std::string(dice_.pick({"2", "3", "12", "p.factor"})) + ")";
    case 7:
      return "max(" + same() + ", 0)";
    case 8:
      return "min(" + same() + ", " + same() + ", " + same() + ")";
    case 9:
      return std::string(dice_.pick({"round", "round_up", "round_down"})) + "(" + same() + ", " + step + ")";
    case 10:
      return dice_.chance(0.5) ? "(-" + same() + ")" : "abs(" + same() + ")";
    case 11:
      return "divide(" + same() + ", " + write(Type::count, where, depth - 1) + ", " + (dice_.chance(0.5) ? "otherwise " : "") +
             same() + ")";
    default:
      return own_amount(type, where, depth);
  }
}

/// Forms of one of the two kinds of amounts only.
std::string ExpressionWriter::own_amount(Type type, const Where& where, int depth) {
  const auto key = [&] { return write(Type::count, where, depth - 1); };
  if (type == Type::monthly_amount) {
    switch (dice_.below(4)) {
      case 0:
        return "monthly(" + write(Type::yearly_amount, where, depth - 1) + ")";
      case 1:
        return "allowance[" + key() + "]";
      case 2:
        return "lookup(p.by_zone, " + write(Type::zone, where, depth - 1) + ", " + key() + ", otherwise " +
               write(type, where, depth - 1) + ")";
      default:
        return "p.steps[" + write(Type::yearly_amount, where, depth - 1) + "]";
    }
  }
  switch (dice_.below(3)) {
    case 0:
      return "yearly(" + write(Type::monthly_amount, where, depth - 1) + ")";
    case 1:
      return "p.tax[" + write(type, where, depth - 1) + "]";
    default:
      return "p.levy[" + write(type, where, depth - 1) + "]";
  }
}

std::string ExpressionWriter::count(const Where& where, int depth) {
  std::string text;
  if (dice_.chance(0.3)) text = over_members(Type::count, where, depth);
  if (text.empty() && dice_.chance(0.2)) text = over_time(Type::count, where, depth);
  if (text.empty() && dice_.chance(0.2)) text = rank(where, depth);
  if (!text.empty()) return text;
  const auto same = [&] { return write(Type::count, where, depth - 1); };
  switch (dice_.below(9)) {
    case 0:
      return "number(" + write(Type::yes_no, where, depth - 1) + ")";
    case 1:
      return dice_.chance(0.5) ? "(age(" + write(Type::date, where, depth - 1) + ") / 1 years)"
                               : "(age_months(" + write(Type::date, where, depth - 1) + ") / 1 months)";
    case 2:
      return std::string(dice_.pick({"month_of", "year_of"})) + "(" + write(Type::date, where, depth - 1) + ")";
    case 3:
      return "(" + same() + " + " + same() + ")";
    case 4:
      return "(" + same() + " - " + same() + ")";
    case 5:
      return "clamp(" + same() + ", 0, " + number(dice_.between(1, 5)) + ")";
    case 6:
      return "coefficient[" + write(Type::tenure, where, depth - 1) + ", " + same() + "]";
    case 7:
      return "divide(" + write(Type::monthly_amount, where, depth - 1) + ", " + write(Type::monthly_amount, where, depth - 1) +
             ", 1)";
    default:
      return "(" + same() + " * " + literal(dice_, Type::count) + ")";
  }
}

std::string ExpressionWriter::rank(const Where& where, int depth) {
  const bool person_rule = where.rule_level == Level::individu;
  if (!person_rule && !where.in_members) return "";
  if (where.rank_group) return "";
  Where inside = where;
  const Level group = dice_.pick(std::vector<Level>(group_levels.begin(), group_levels.end()));
  inside.rank_group = group;
  inside.lets = false;
  const std::string key = leaf(dice_.chance(0.7) ? Type::date : Type::monthly_amount, inside);
  const std::string condition = dice_.chance(0.6) ? " where " + write(Type::yes_no, inside, std::min(1, depth - 1)) : "";
  return "rank(" + key + " in " + name_text(group) + condition + ")";
}

std::string ExpressionWriter::role(const Where& where) {
  if (where.rule_level != Level::individu && !where.in_members) return "";
  std::vector<RoleSet> sets(role_sets.begin(), role_sets.end());
  const RoleSet set = dice_.pick(sets);
  const Level near = where.rank_group ? *where.rank_group : where.rule_level;
  const bool member = where.in_members || (where.rank_group && dice_.chance(0.5));
  const std::string subject = member ? "member" : "self";
  const std::string group = set.level == near && member && dice_.chance(0.5) ? "" : name_text(set.level) + ".";
  return "(" + subject + " is " + group + std::string(set.name) + ")";
}

std::string ExpressionWriter::yes_no(const Where& where, int depth) {
  std::string text;
  if (dice_.chance(0.15)) text = over_members(Type::yes_no, where, depth);
  if (text.empty() && dice_.chance(0.12)) text = over_time(Type::yes_no, where, depth);
  if (text.empty() && dice_.chance(0.25)) text = role(where);
  if (!text.empty()) return text;
  const auto same = [&] { return write(Type::yes_no, where, depth - 1); };
  switch (dice_.below(8)) {
    case 0:
      return "(" + same() + " and " + same() + ")";
    case 1:
      return "(" + same() + " or " + same() + ")";
    case 2:
      return "(not " + same() + ")";
    case 3:
      return "(this_month in (" + number(dice_.between(1, 6)) + ", " + number(dice_.between(7, 12)) + "))";
    case 4:
      return "(" + write(Type::zone, where, depth - 1) + " in (zone.city, zone." + std::string(dice_.pick({"coast", "inland"})) +
             "))";
    default:
      return comparison(where, depth);
  }
}

std::string ExpressionWriter::comparison(const Where& where, int depth) {
  const Type type = dice_.pick(std::vector<Type>{Type::monthly_amount, Type::monthly_amount, Type::yearly_amount, Type::count,
                                                 Type::count, Type::date, Type::zone, Type::tenure, Type::yes_no});
  const bool ordered = type != Type::zone && type != Type::tenure && type != Type::yes_no;
  const std::string sign(ordered ? dice_.pick({"<", "<=", ">", ">=", "<", ">=", "==", "!="}) : dice_.pick({"==", "!="}));
  const std::string right = dice_.chance(0.5) ? literal(dice_, type) : write(type, where, depth - 1);
  return "(" + write(type, where, depth - 1) + " " + sign + " " + right + ")";
}

std::string ExpressionWriter::date(const Where& where, int depth) {
  const auto same = [&] { return write(Type::date, where, depth - 1); };
  switch (dice_.below(4)) {
    case 0:
      return "add_months(" + same() + ", " +
             (dice_.chance(0.5) ? number(dice_.between(-30, 240)) : "clamp(" + write(Type::count, where, depth - 1) + ", 0, 9)") +
             ")";
    case 1:
      return "max(" + same() + ", " + same() + ")";
    case 2: {
      std::string text = over_members(Type::date, where, depth);
      return text.empty() ? same() : text;
    }
    default:
      return leaf(Type::date, where);
  }
}

std::string ExpressionWriter::item(Type type, const Where& where, int depth) {
  if (dice_.chance(0.5)) return leaf(type, where);
  return "(if " + write(Type::yes_no, where, depth - 1) + " then " + literal(dice_, type) + " else " +
         write(type, where, depth - 1) + ")";
}

}  // namespace labacces::property
