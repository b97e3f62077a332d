#include "libsim/plan/scalar.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "libsim/base/date.hpp"
#include "libsim/base/error.hpp"
#include "libsim/base/rounding.hpp"

namespace labacces::plan {
namespace {

/// A whole double as a day; out of the range of days it is the nearest one.
Day day_of(double days) {
  constexpr double limit = 100'000'000.0;
  return Day{static_cast<std::int32_t>(std::clamp(days, -limit, limit))};
}

double truth(bool claim) { return claim ? 1.0 : 0.0; }

double months_later(double date, double months) {
  const Day day = day_of(date);
  const Month month = day.month_of() + static_cast<std::int32_t>(std::clamp(months, -1'000'000.0, 1'000'000.0));
  const std::int32_t length = first_day(month + 1).days - first_day(month).days;
  return static_cast<double>(first_day(month).days + std::min(day.day(), length) - 1);
}

}  // namespace

double evaluate(NodeOp op, double number, double a, double b, double c) {
  switch (op) {
    case NodeOp::add:
      return a + b;
    case NodeOp::subtract:
      return a - b;
    case NodeOp::multiply:
      return a * b;
    case NodeOp::divide:
      return a / b;
    case NodeOp::negate:
      return -a;
    case NodeOp::absolute:
      return std::fabs(a);
    case NodeOp::minimum:
      return a < b ? a : b;
    case NodeOp::maximum:
      return a > b ? a : b;
    case NodeOp::less:
      return truth(a < b);
    case NodeOp::less_equal:
      return truth(a <= b);
    case NodeOp::equal:
      return truth(a == b);
    case NodeOp::not_equal:
      return truth(a != b);
    case NodeOp::logical_and:
      return truth(a != 0.0 && b != 0.0);
    case NodeOp::logical_or:
      return truth(a != 0.0 || b != 0.0);
    case NodeOp::logical_not:
      return truth(a == 0.0);
    case NodeOp::select:
      return a != 0.0 ? b : c;
    case NodeOp::divide_or:
      return b == 0.0 ? c : a / b;
    case NodeOp::round_half:
      return round_to(a, number);
    case NodeOp::round_up:
      return round_up_to(a, number);
    case NodeOp::round_down:
      return round_down_to(a, number);
    case NodeOp::floor_div:
      return std::floor(a / number);
    case NodeOp::month_index: {
      const Day day = day_of(a);
      return static_cast<double>(day.month_of().index + (day.day() > 1 ? 1 : 0));
    }
    case NodeOp::month_of:
      return static_cast<double>(day_of(a).month());
    case NodeOp::year_of:
      return static_cast<double>(day_of(a).year());
    case NodeOp::add_months:
      return months_later(a, b);
    case NodeOp::constant:
      return number;
    case NodeOp::input:
    case NodeOp::input_given:
    case NodeOp::table:
    case NodeOp::scale:
    case NodeOp::member_sum:
    case NodeOp::member_min:
    case NodeOp::member_max:
    case NodeOp::to_members:
    case NodeOp::of_principal:
    case NodeOp::role:
    case NodeOp::rank:
    case NodeOp::decision:
      break;
  }
  SIM_CHECK(false, "not an operation of one row");
  return 0.0;
}

double look_up(const TableData& table, double key1, double key2, double otherwise) {
  const auto holds = [](double key, std::int32_t first, std::int32_t last) {
    constexpr std::int32_t lowest = std::numeric_limits<std::int32_t>::min();
    constexpr std::int32_t highest = std::numeric_limits<std::int32_t>::max();
    const double whole = std::floor(key);
    return (first == lowest || whole >= static_cast<double>(first)) && (last == highest || whole <= static_cast<double>(last));
  };
  for (const TableRowData& row : table.rows) {
    if (holds(key1, row.first1, row.last1) && holds(key2, row.first2, row.last2)) return row.value;
  }
  return otherwise;
}

double apply_scale(const ScaleData& scale, double key) {
  const std::size_t count = scale.thresholds.size();
  if (count == 0 || key < scale.thresholds[0]) return 0.0;
  std::size_t bracket = 0;
  while (bracket + 1 < count && scale.thresholds[bracket + 1] <= key) ++bracket;
  if (scale.kind == 1) return key * scale.values[bracket];
  if (scale.kind == 2) return scale.values[bracket];
  double total = 0.0;
  for (std::size_t i = 0; i <= bracket; ++i) {
    const double top = i + 1 < count && scale.thresholds[i + 1] < key ? scale.thresholds[i + 1] : key;
    total += scale.values[i] * (top - scale.thresholds[i]);
  }
  return total;
}

}  // namespace labacces::plan
