// Every kernel of every instruction set against the scalar meaning of its operation, to the bit.
#include "libsim/engine/kernels.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "libsim/base/date.hpp"
#include "libsim/plan/plan.hpp"
#include "libsim/plan/scalar.hpp"

namespace labacces::engine {
namespace {

using plan::NodeOp;

constexpr std::size_t lengths[] = {0, 1, 7, 8, 9, 2047, 2048};

std::vector<NodeOp> row_ops() {
  std::vector<NodeOp> ops;
  for (std::size_t op = 0; op < node_op_count; ++op) {
    if (plan::may_work_in_place(static_cast<NodeOp>(op))) ops.push_back(static_cast<NodeOp>(op));
  }
  return ops;
}

bool takes_dates(NodeOp op) {
  return op == NodeOp::month_index || op == NodeOp::month_of || op == NodeOp::year_of || op == NodeOp::add_months;
}

/// A plain sequence of numbers, the same in every run.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::uint64_t next() {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return state_ >> 33;
  }
  double amount() {
    switch (next() % 8) {
      case 0:
        return 0.0;
      case 1:
        return -0.0;
      case 2:
        return 1.0;
      case 3:
        return -static_cast<double>(next() % 1000) / 100.0;
      case 4:
        return static_cast<double>(next() % 2'000'000) / 1000.0;  // halves of cents among them
      case 5:
        return static_cast<double>(next() % 5) + 0.5;
      case 6:
        return 1.005;
      default:
        return static_cast<double>(next() % 1'000'000'000) / 7.0;
    }
  }
  double date() { return static_cast<double>(next() % 1'000'000) - 300'000.0; }  // years 1148 to 3886
  double months() { return static_cast<double>(next() % 2000) - 1000.0; }

 private:
  std::uint64_t state_;
};

struct Operands {
  std::vector<double> a, b, c;
};

Operands operands(NodeOp op, std::size_t n) {
  Numbers numbers(n + 17 * static_cast<std::size_t>(op));
  Operands result;
  for (std::size_t i = 0; i < std::max<std::size_t>(n, 1); ++i) {
    result.a.push_back(takes_dates(op) ? numbers.date() : numbers.amount());
    result.b.push_back(takes_dates(op) ? numbers.months() : numbers.amount());
    result.c.push_back(numbers.amount());
    if (op == NodeOp::divide && result.b.back() == 0.0) result.b.back() = 3.0;
    if (op == NodeOp::equal && i % 3 == 0) result.b.back() = result.a.back();
  }
  return result;
}

double number_of(NodeOp op) { return op == NodeOp::floor_div ? 12.0 : 0.01; }

std::vector<double> expected(NodeOp op, const Operands& in, std::size_t shape, std::size_t n) {
  std::vector<double> out;
  for (std::size_t i = 0; i < n; ++i) {
    out.push_back(plan::evaluate(op, number_of(op), in.a[(shape & 1) != 0 ? 0 : i], in.b[(shape & 2) != 0 ? 0 : i],
                                 in.c[(shape & 4) != 0 ? 0 : i]));
  }
  return out;
}

/// The first row on which the bits differ, or -1.
std::ptrdiff_t first_difference(const std::vector<double>& a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::bit_cast<std::uint64_t>(a[i]) != std::bit_cast<std::uint64_t>(b[i])) return static_cast<std::ptrdiff_t>(i);
  }
  return -1;
}

/// Shapes of operands that the operation has not are constants; all others are tried.
bool shape_is_used(NodeOp op, std::size_t shape) {
  switch (op) {
    case NodeOp::select:
    case NodeOp::divide_or:
      return true;
    case NodeOp::add:
    case NodeOp::subtract:
    case NodeOp::multiply:
    case NodeOp::divide:
    case NodeOp::minimum:
    case NodeOp::maximum:
    case NodeOp::less:
    case NodeOp::less_equal:
    case NodeOp::equal:
    case NodeOp::not_equal:
    case NodeOp::logical_and:
    case NodeOp::logical_or:
    case NodeOp::add_months:
      return (shape & 4) != 0;
    default:
      return (shape & 6) == 6;
  }
}

TEST(Kernels, every_operation_of_one_row_has_a_kernel_of_every_shape) {
  for (const KernelTable* table : kernel_tables()) {
    for (const NodeOp op : row_ops()) {
      for (std::size_t shape = 0; shape < shape_count; ++shape) EXPECT_NE(table->kernel(op, shape), nullptr) << table->name;
    }
  }
}

TEST(Kernels, every_instruction_set_gives_the_bits_of_the_scalar_meaning) {
  for (const KernelTable* table : kernel_tables()) {
    for (const NodeOp op : row_ops()) {
      for (std::size_t shape = 0; shape < shape_count; ++shape) {
        if (!shape_is_used(op, shape)) continue;
        for (const std::size_t n : lengths) {
          const Operands in = operands(op, n);
          std::vector<double> out(n + 1, 77.0);
          table->kernel(op, shape)(out.data(), in.a.data(), in.b.data(), in.c.data(), number_of(op), n);
          EXPECT_EQ(out[n], 77.0) << "wrote past the end";
          out.pop_back();
          EXPECT_EQ(first_difference(out, expected(op, in, shape, n)), -1)
              << table->name << " operation " << static_cast<int>(op) << " shape " << shape << " length " << n;
        }
      }
    }
  }
}

TEST(Kernels, the_result_may_take_the_place_of_any_operand) {
  for (const KernelTable* table : kernel_tables()) {
    for (const NodeOp op : row_ops()) {
      const std::size_t shape = shape_is_used(op, 0) ? 0 : shape_is_used(op, 4) ? 4 : 6;
      for (const std::size_t n : lengths) {
        const Operands in = operands(op, n);
        const std::vector<double> wanted = expected(op, in, shape, n);
        for (int place = 0; place < 3; ++place) {
          if ((shape >> place & 1) != 0) continue;
          Operands work = in;
          std::vector<double>& out = place == 0 ? work.a : place == 1 ? work.b : work.c;
          table->kernel(op, shape)(out.data(), work.a.data(), work.b.data(), work.c.data(), number_of(op), n);
          out.resize(n);
          EXPECT_EQ(first_difference(out, wanted), -1)
              << table->name << " operation " << static_cast<int>(op) << " place " << place;
        }
      }
    }
  }
}

TEST(Kernels, dates_agree_with_the_calendar_on_every_day_of_four_centuries) {
  for (const KernelTable* table : kernel_tables()) {
    std::vector<double> days, months, month, year, later;
    for (std::int32_t day = -80'000; day < 80'000; ++day) days.push_back(day);
    month = year = months = later = days;
    const double minus_one = -1.0;
    const std::size_t n = days.size();
    table->kernel(NodeOp::month_index, 6)(months.data(), days.data(), &minus_one, &minus_one, 0.0, n);
    table->kernel(NodeOp::month_of, 6)(month.data(), days.data(), &minus_one, &minus_one, 0.0, n);
    table->kernel(NodeOp::year_of, 6)(year.data(), days.data(), &minus_one, &minus_one, 0.0, n);
    table->kernel(NodeOp::add_months, 6)(later.data(), days.data(), &minus_one, &minus_one, 0.0, n);
    for (std::size_t i = 0; i < n; ++i) {
      const Day day{static_cast<std::int32_t>(days[i])};
      ASSERT_EQ(months[i], day.month_of().index + (day.day() > 1 ? 1 : 0)) << to_string(day);
      ASSERT_EQ(month[i], day.month()) << to_string(day);
      ASSERT_EQ(year[i], day.year()) << to_string(day);
      const Month before = day.month_of() - 1;
      const std::int32_t last = first_day(day.month_of()).days - 1;
      ASSERT_EQ(later[i], std::min(first_day(before).days + day.day() - 1, last)) << to_string(day);
    }
  }
}

TEST(Kernels, dates_out_of_range_and_nan_do_no_harm) {
  const std::vector<double> wild{1e300, -1e300, std::nan(""), HUGE_VAL, -HUGE_VAL, 2147483648.0};
  for (const KernelTable* table : kernel_tables()) {
    std::vector<double> out(wild.size());
    for (const NodeOp op : {NodeOp::month_index, NodeOp::month_of, NodeOp::year_of}) {
      table->kernel(op, 6)(out.data(), wild.data(), wild.data(), wild.data(), 0.0, wild.size());
      for (const double value : out) EXPECT_TRUE(std::isfinite(value));
    }
    table->kernel(NodeOp::add_months, 4)(out.data(), wild.data(), wild.data(), wild.data(), 0.0, wild.size());
    for (const double value : out) EXPECT_TRUE(std::isfinite(value));
  }
}

}  // namespace
}  // namespace labacces::engine
