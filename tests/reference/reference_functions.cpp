// Functions of the language: the part of the reference interpreter that knows their arithmetic.
#include <algorithm>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/base/rounding.hpp"
#include "tests/reference/reference_interpreter.hpp"

namespace labacces::reference {
namespace {

using law::Function;

Day day_of(double x) { return Day{static_cast<std::int32_t>(x)}; }

/// Complete months from a date to the first day of a month.
int age_in_months(Day date, Month now) {
  const int months = now - date.month_of();
  return date.day() == 1 ? months : months - 1;
}

int floor_of_twelfth(int months) { return months >= 0 ? months / 12 : -((11 - months) / 12); }

/// The same day of a later month, or its last day when that month is shorter.
Day later(Day date, int months) {
  const Month target = date.month_of() + months;
  const int length = first_day(target + 1).days - first_day(target).days;
  return Day{first_day(target).days + std::min(date.day(), length) - 1};
}

}  // namespace

/// The whole part of a key: tables have whole keys.
std::int64_t ReferenceInterpreter::key_of(double x) {
  const double whole = std::floor(x);
  const double rest = x - whole;
  if (!is_near_zero(rest) && !is_near_zero(1.0 - rest)) return static_cast<std::int64_t>(whole);
  if (rest != 0.0) near_edge_ = true;
  return static_cast<std::int64_t>(whole);
}

bool ReferenceInterpreter::is_near_zero(double x) { return std::fabs(x) < 1e-9; }

/// Exact multiples and exact halves lie a whole slack away from the edge; what is within half of it could fall either way.
double ReferenceInterpreter::rounded(Function function, double x, double step) {
  const double steps = std::fabs(x) / step;
  const double slack = rounding_slack(steps);
  const bool away_from_zero = (function == Function::round_up) == (x >= 0.0);
  const double edge = function == Function::round ? steps + 0.5 + slack : away_from_zero ? steps - slack : steps + slack;
  if (std::fabs(edge - std::nearbyint(edge)) < slack / 2) near_edge_ = true;
  if (function == Function::round) return round_to(x, step);
  return function == Function::round_up ? round_up_to(x, step) : round_down_to(x, step);
}

double ReferenceInterpreter::extremum(const law::Expr& expr, const Place& place) {
  double best = eval(expr.args[0], place);
  for (std::size_t i = 1; i < expr.args.size(); ++i) {
    const double x = eval(expr.args[i], place);
    best = expr.function == Function::min ? std::min(best, x) : std::max(best, x);
  }
  return best;
}

double ReferenceInterpreter::call(const law::Expr& expr, const Place& place) {
  if (expr.function == Function::min || expr.function == Function::max) return extremum(expr, place);
  const double a = eval(expr.args[0], place);
  const Month now = place.moment.month;
  switch (expr.function) {
    case Function::min:
    case Function::max:
      break;
    case Function::abs:
      return std::fabs(a);
    case Function::round:
    case Function::round_up:
    case Function::round_down:
      return rounded(expr.function, a, eval(expr.args[1], place));
    case Function::clamp: {
      const double low = eval(expr.args[1], place);
      const double high = eval(expr.args[2], place);
      return std::min(std::max(a, low), high);
    }
    case Function::monthly:
      return a / 12.0;
    case Function::yearly:
      return a * 12.0;
    case Function::number:
      return a;
    case Function::age:
      return floor_of_twelfth(age_in_months(day_of(a), now));
    case Function::age_months:
      return age_in_months(day_of(a), now);
    case Function::add_months:
      return later(day_of(a), static_cast<int>(eval(expr.args[1], place))).days;
    case Function::month_of:
      return day_of(a).month();
    case Function::year_of:
      return day_of(a).year();
    case Function::divide3: {
      const double b = eval(expr.args[1], place);
      if (b != 0.0 && is_near_zero(b)) near_edge_ = true;
      return b == 0.0 ? eval(expr.args[2], place) : a / b;
    }
  }
  throw Defect("a function of no kind");
}

}  // namespace labacces::reference
