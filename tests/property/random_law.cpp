#include "tests/property/random_law.hpp"

#include <algorithm>

#include "tests/property/dice.hpp"
#include "tests/property/random_expression.hpp"

namespace labacces::property {
namespace {

constexpr int parameters_from = 1900;
constexpr int first_rule_from = 1935;
constexpr int years_between_rules = 9;  // more than two shifts and a let can reach back
constexpr int deepest = 4;

std::string number(int x) { return std::to_string(x); }

std::string day(int year, int month, int day_of_month = 1) {
  return number(year) + (month < 10 ? "-0" : "-") + number(month) + (day_of_month < 10 ? "-0" : "-") + number(day_of_month);
}

Level any_level(Dice& dice) { return static_cast<Level>(dice.below(static_cast<int>(level_count))); }

class LawWriter {
 public:
  explicit LawWriter(std::uint64_t seed) : dice_(seed, "law"), expressions_(dice_, variables_) {}

  RandomLaw write() {
    law_.text = "program p \"Random\"\n  ref \"none\"\n";
    law_.text += "enum zone \"Zone\" = city \"City\", coast, inland\nenum tenure = owner, tenant\n";
    inputs();
    parameters();
    const int rules = dice_.between(5, 9);
    const int cycle_at = dice_.chance(0.6) ? dice_.between(2, rules - 1) : -1;
    for (int order = 0; order < rules; ++order) {
      if (order == cycle_at && dice_.chance(0.2)) {
        cycle_over_years(order);
        continue;
      }
      if (order == cycle_at) cycle(order);
      if (order != cycle_at) rule(order);
    }
    reform();
    return std::move(law_);
  }

 private:
  void inputs() {
    int index = 0;
    for (int type = 0; type < type_count; ++type) {
      const int many = type == static_cast<int>(Type::monthly_amount) ? 5 : 2;
      for (int i = 0; i < many; ++i) input(static_cast<Type>(type), any_level(dice_), index++);
    }
    input(Type::date, Level::individu, index++);
    input(Type::monthly_amount, Level::individu, index++);
  }

  void input(Type type, Level level, int index) {
    Declared declared{"i" + number(index), level, static_cast<Periodicity>(dice_.below(3)), type};
    if (type == Type::monthly_amount) declared.periodicity = Periodicity::monthly;
    if (type == Type::yearly_amount) declared.periodicity = Periodicity::yearly;
    constexpr std::array<std::string_view, 3> words{"monthly", "yearly", "eternal"};
    law_.text += "input " + declared.name + " of " + std::string(name_of(level)) + " " +
                 std::string(words[static_cast<std::size_t>(declared.periodicity)]) + " : " + measure_of(type);
    if (dice_.chance(0.8)) law_.text += " default " + default_of(type);
    law_.text += "\n";
    variables_.push_back(declared);
    law_.inputs.push_back(declared);
  }

  std::string default_of(Type type) {
    switch (type) {
      case Type::monthly_amount:
      case Type::yearly_amount:
      case Type::count:
        return number(dice_.below(3) * dice_.below(40));
      case Type::yes_no:
        return std::string(dice_.pick({"yes", "no"}));
      case Type::date:
        return day(dice_.between(1950, 2020), dice_.between(1, 12), dice_.between(1, 28));
      case Type::zone:
        return std::string(dice_.pick({"city", "coast", "inland"}));
      case Type::tenure:
        return std::string(dice_.pick({"owner", "tenant"}));
    }
    return "";
  }

  /// Dates of the versions: the first long ago, others in the years that are asked.
  std::vector<std::string> dates(int first_year, bool mid_month) {
    std::vector<std::string> all{day(first_year, 1)};
    const int months = dice_.below(3);
    int at = 2019 * 12 + dice_.below(24);
    for (int i = 0; i < months; ++i) {
      all.push_back(day(at / 12, at % 12 + 1, mid_month && dice_.chance(0.3) ? dice_.between(2, 28) : 1));
      at += dice_.between(1, 40);
    }
    return all;
  }

  template <typename Value>
  void dated(const std::string& head, const Value& value) {
    law_.text += head + "\n";
    for (const std::string& date : dates(parameters_from, true)) law_.text += "  " + date + "  " + value() + "   ref \"none\"\n";
  }

  void parameters() {
    const auto amount = [&](int most) {
      return [this, most] { return number(dice_.between(1, most)) + std::string(dice_.pick({"", ".5", ".37"})); };
    };
    dated("param base : EUR/month", amount(900));
    dated("param ceiling : EUR/month", amount(3000));
    dated("param floor : EUR/month", amount(90));
    dated("param year_base : EUR/year", amount(30'000));
    dated("param factor : count", amount(4));
    dated("param share : share", [this] { return number(dice_.between(0, 150)) + " %"; });
    dated("param switch : yes_no", [this] { return std::string(dice_.pick({"yes", "no"})); });
    const auto cell = amount(400);
    dated("table allowance by persons : EUR/month",
          [&] { return "0- -> 0, 1 -> " + cell() + ", 2 .. 4 -> " + cell() + ", 5+ -> " + cell(); });
    dated("table by_zone by zone & persons : EUR/month", [&] {
      return "city & 1 -> " + cell() + ", city & 2+ -> " + cell() + ", coast & 0 .. 3 -> " + cell() + ", inland & 2 -> " + cell();
    });
    dated("table coefficient by tenure & persons : share", [&] {
      return "owner & 1- -> " + cell() + " %, owner & 2+ -> 20 %, tenant & 3- -> 1, tenant & 4+ -> " + cell() + " %";
    });
    const auto rates = [&] {
      const int middle = dice_.between(100, 9000);
      return "0 -> " + number(dice_.below(20)) + " %, " + number(middle) + " -> " + number(dice_.below(60)) + " %, " +
             number(middle + dice_.between(1, 30'000)) + " -> " + number(dice_.below(90)) + " %";
    };
    dated("scale tax marginal by EUR/year : share", rates);
    dated("scale levy average by EUR/year : share", rates);
    dated("scale steps brackets by EUR/year : EUR/month",
          [&] { return "0 -> " + cell() + ", " + number(dice_.between(1, 9000)) + " -> " + cell() + ", 9500.5 -> " + cell(); });
  }

  std::string head(const Declared& declared) {
    return "rule " + declared.name + " of " + std::string(name_of(declared.level)) +
           (declared.periodicity == Periodicity::yearly ? " yearly" : " monthly") + " : " + measure_of(declared.type) + "\n";
  }

  void declare(const Declared& declared) {
    variables_.push_back(declared);
    law_.rules.push_back(declared);
  }

  void rule(int order) {
    Declared declared{"r" + number(order),
                      any_level(dice_),
                      Periodicity::monthly,
                      Type::monthly_amount,
                      order,
                      Month::of(first_rule_from + years_between_rules * order, 1)};
    if (dice_.chance(0.45)) declared.type = static_cast<Type>(dice_.below(type_count));
    if (declared.type == Type::yearly_amount || dice_.chance(0.12)) declared.periodicity = Periodicity::yearly;
    Where where;
    where.rule_level = declared.level;
    where.by_year = declared.periodicity == Periodicity::yearly;
    where.order = order;
    law_.text += head(declared);
    lets(where);
    const std::vector<std::string> versions = dates(first_rule_from + years_between_rules * order, false);
    for (const std::string& date : versions) {
      where.may_read_2021 = date >= "2022";
      law_.text += "  from " + date + " = " + expressions_.write(declared.type, where, deepest) + "\n";
    }
    expressions_.set_lets({});
    declare(declared);
  }

  void lets(Where where) {
    where.time_left = 1;
    where.lets = true;
    std::vector<NamedLet> known;
    for (int i = dice_.below(3); i > 0; --i) {
      const NamedLet let{"l" + number(i), static_cast<Type>(dice_.below(type_count)), where.by_year};
      law_.text += "  let " + let.name + " = " + expressions_.write(let.type, where, 3) + "\n";
      known.push_back(let);
    }
    expressions_.set_lets(known);
  }

  /// How a monthly amount of another rule is read: itself, or added up over the members.
  std::string from_afar(const Declared& variable, Level level, const std::string& at) {
    Where where;
    where.rule_level = level;
    where.time_left = 0;
    if (is_group(level) && dice_.chance(0.5)) {
      where.in_members = true;
      return "sum(" + expressions_.read(variable, where) + at + ")";
    }
    return "(" + expressions_.read(variable, where) + at + ")";
  }

  /// One to three rules that read each other's past. Those that begin late are read by no other rule.
  void cycle(int order) {
    const int size = dice_.between(1, 3);
    const bool late = dice_.chance(0.3);
    const Month from = late ? Month::of(2021, 1) + dice_.below(36) : Month::of(first_rule_from + years_between_rules * order, 1);
    std::vector<Declared> ring;
    for (int i = 0; i < size; ++i) {
      ring.push_back(
          {"c" + number(order) + "_" + number(i), any_level(dice_), Periodicity::monthly, Type::monthly_amount, order, from});
    }
    for (int i = 0; i < size; ++i) {
      member_of_cycle(ring[static_cast<std::size_t>(i)], ring[static_cast<std::size_t>((i + 1) % size)],
                      i + 1 == size || dice_.chance(0.5));
    }
    for (const Declared& declared : ring) {
      law_.rules.push_back(declared);
      if (!late) variables_.push_back(declared);
    }
  }

  void member_of_cycle(const Declared& own, const Declared& next, bool looks_back) {
    Where where;
    where.rule_level = own.level;
    where.order = own.order;
    where.lets = false;
    where.time_left = 1;
    law_.text += head(own) + "  past " + number(dice_.between(1, 5)) + " months start " + number(dice_.below(3) * 50) + "\n";
    const bool window = looks_back && dice_.chance(0.4);
    std::string other = from_afar(next, own.level, looks_back && !window ? " at month -" + number(dice_.between(1, 3)) : "");
    if (window) other = "mean(" + other + ", months -" + number(dice_.between(2, 4)) + " .. -1)";
    std::string base = expressions_.write(Type::monthly_amount, where, 2);
    if (dice_.chance(0.5)) base = "round(" + base + ", 0.01)";
    const std::string share = number(dice_.between(5, 60)) + " %";
    const std::string form = dice_.chance(0.5) ? "max(min(" + base + ", 2000 EUR/month) - " + share + " * " + other + ", 0)"
                                               : "min(max(" + base + ", 0) + " + share + " * " + other + ", 4000 EUR/month)";
    law_.text += "  from " + to_string(first_day(own.from)) + " = " + form + "\n";
    if (dice_.chance(0.3))
      law_.text += "  from " + to_string(first_day(Month::of(2024, 1) + dice_.below(24))) + " = " + base + "\n";
  }

  /// A yearly rule of last year's months, and a monthly rule of this year's amount.
  void cycle_over_years(int order) {
    const Month from = Month::of(first_rule_from + years_between_rules * order, 1);
    const std::string name = "c" + number(order);
    const Declared year{name + "_year", Level::foyer_fiscal, Periodicity::yearly, Type::yearly_amount, order, from};
    const Declared month{name + "_month", Level::foyer_fiscal, Periodicity::monthly, Type::monthly_amount, order, from};
    const std::string begin = "  from " + to_string(first_day(from)) + " = ";
    const std::string past = "  past " + number(dice_.between(1, 40)) + " months start 600\n";
    Where where;
    where.rule_level = Level::foyer_fiscal;
    where.order = order;
    where.lets = false;
    law_.text += head(year) + past + begin + "20 % * sum(" + month.name + ", year -1)\n";
    law_.text += head(month) + past + begin + "max(" + expressions_.write(Type::monthly_amount, where, 2) + " - monthly(" +
                 year.name + " at year 0), 0)\n";
    declare(year);
    declare(month);
  }

  void reform() {
    law_.reform = "reform changed \"Some parameters\"\n";
    law_.reform += "  set p.base from " + day(dice_.between(2020, 2025), dice_.between(1, 12)) + " = before * 1.10\n";
    law_.reform += "  set p.share from " + day(dice_.between(2018, 2025), 1) + " = " + number(dice_.between(151, 180)) + " %\n";
  }

  Dice dice_;
  std::vector<Declared> variables_;
  ExpressionWriter expressions_;
  RandomLaw law_;
};

}  // namespace

RandomLaw random_law(std::uint64_t seed) { return LawWriter(seed).write(); }

}  // namespace labacces::property
