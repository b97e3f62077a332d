// Loops between levels, tables and scales against scalar code.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "libsim/engine/kernels.hpp"
#include "libsim/engine/table_index.hpp"
#include "libsim/plan/scalar.hpp"

namespace labacces::engine {
namespace {

constexpr std::size_t lengths[] = {0, 1, 7, 8, 9, 2047, 2048};
constexpr std::int32_t lowest = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t highest = std::numeric_limits<std::int32_t>::max();

/// Persons in units of 1 to 5, each seventh person strayed into the unit before.
struct Units {
  std::vector<std::int32_t> of;
  std::size_t count = 0;
};

Units units_of(std::size_t persons) {
  Units units;
  std::int32_t unit = 0;
  for (std::size_t i = 0; i < persons; ++i) {
    units.of.push_back(i % 7 == 6 && unit > 0 ? unit - 1 : unit);
    if ((i * i + i / 3) % 3 == 0) ++unit;
  }
  for (const std::int32_t u : units.of) units.count = std::max(units.count, static_cast<std::size_t>(u) + 1);
  return units;
}

double value_at(std::size_t i) { return static_cast<double>((i * 7919) % 1000) / 7.0 - 50.0; }

std::vector<double> values(std::size_t n) {
  std::vector<double> result;
  for (std::size_t i = 0; i < n; ++i) result.push_back(value_at(i));
  return result;
}

TEST(LevelKernels, members_are_summed_in_row_order) {
  for (const KernelTable* table : kernel_tables()) {
    for (const std::size_t n : lengths) {
      const Units units = units_of(n);
      const std::vector<double> a = values(n);
      std::vector<double> wanted(units.count, 0.0), out(units.count, 99.0);
      for (std::size_t i = 0; i < n; ++i) wanted[static_cast<std::size_t>(units.of[i])] += a[i];
      table->levels.member_sum(out.data(), units.count, a.data(), units.of.data(), n);
      EXPECT_EQ(out, wanted) << table->name << n;
    }
  }
}

TEST(LevelKernels, least_and_greatest_of_members) {
  for (const KernelTable* table : kernel_tables()) {
    for (const std::size_t n : lengths) {
      const Units units = units_of(n);
      const std::vector<double> a = values(n);
      std::vector<double> least(units.count), greatest(units.count);
      table->levels.member_min(least.data(), units.count, a.data(), units.of.data(), n);
      table->levels.member_max(greatest.data(), units.count, a.data(), units.of.data(), n);
      for (std::size_t u = 0; u < units.count; ++u) {
        double low = std::numeric_limits<double>::infinity(), high = -low;
        for (std::size_t i = 0; i < n; ++i) {
          if (static_cast<std::size_t>(units.of[i]) != u) continue;
          low = std::min(low, a[i]);
          high = std::max(high, a[i]);
        }
        ASSERT_EQ(least[u], low);
        ASSERT_EQ(greatest[u], high);
      }
    }
  }
}

TEST(LevelKernels, gather_reads_the_row_of_the_unit) {
  for (const KernelTable* table : kernel_tables()) {
    for (const std::size_t n : lengths) {
      const Units units = units_of(n);
      const std::vector<double> a = values(units.count);
      std::vector<double> out(n);
      table->levels.gather(out.data(), a.data(), units.of.data(), n);
      for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(out[i], a[static_cast<std::size_t>(units.of[i])]);
    }
  }
}

TEST(LevelKernels, roles_and_given_cells_become_yes_and_no) {
  for (const KernelTable* table : kernel_tables()) {
    for (const std::size_t n : lengths) {
      std::vector<std::uint8_t> bytes;
      for (std::size_t i = 0; i < n; ++i) bytes.push_back(static_cast<std::uint8_t>((i * 5) % 4));
      std::vector<double> role(n), given(n);
      table->levels.role(role.data(), bytes.data(), 0b0101, n);
      table->levels.truth_of_bytes(given.data(), bytes.data(), n);
      for (std::size_t i = 0; i < n; ++i) {
        ASSERT_EQ(role[i], bytes[i] == 0 || bytes[i] == 2 ? 1.0 : 0.0);
        ASSERT_EQ(given[i], bytes[i] != 0 ? 1.0 : 0.0);
      }
    }
  }
}

/// Keys around and far from the intervals, with fractions.
std::vector<double> keys(std::size_t n, double low, double high) {
  std::vector<double> result;
  for (std::size_t i = 0; i < n; ++i) {
    const double share = static_cast<double>((i * 7919) % 997) / 996.0;
    result.push_back(i % 50 == 13 ? -1e12 : i % 50 == 14 ? 1e12 : low - 3.0 + share * (high - low + 6.0));
  }
  return result;
}

void expect_table_agrees(const plan::TableData& data, double low1, double high1, double low2, double high2) {
  const TableIndex index(data);
  for (const KernelTable* table : kernel_tables()) {
    for (const std::size_t n : lengths) {
      std::vector<double> key1 = keys(n, low1, high1);
      std::vector<double> key2 = keys(n + 1, low2, high2);
      for (std::size_t i = 0; i < n; i += 2) key1[i] = std::floor(key1[i]);
      const std::vector<double> otherwise = values(n);
      std::vector<double> out(n);
      index.look_up(table->levels, out.data(), key1.data(), key2.data(), otherwise.data(), n);
      for (std::size_t i = 0; i < n; ++i) {
        ASSERT_EQ(out[i], plan::look_up(data, key1[i], key2[i], otherwise[i]))
            << table->name << " keys " << key1[i] << " " << key2[i];
      }
    }
  }
}

TEST(Tables, one_open_key_covers_all) {
  expect_table_agrees({{{1, 1, lowest, highest, 0.12},
                        {2, 2, lowest, highest, 0.16},
                        {3, highest, lowest, highest, 0.165},
                        {lowest, 0, lowest, highest, 0.5}}},
                      0, 6, 0, 1);
}
TEST(Tables, keys_without_a_row_take_the_other_value) {
  expect_table_agrees({{{1, 2, lowest, highest, 1.0}, {5, 7, lowest, highest, 2.0}}}, 0, 9, 0, 1);
}
TEST(Tables, the_first_of_overlapping_rows_wins) {
  expect_table_agrees({{{2, 4, 1, 3, 1.0}, {1, 6, 2, 2, 2.0}, {lowest, highest, 0, 9, 3.0}, {3, 3, lowest, highest, 4.0}}}, 0, 8,
                      -1, 11);
}
TEST(Tables, keys_far_apart_are_searched_row_by_row) {
  expect_table_agrees({{{-1000000, 5, lowest, highest, 1.0}, {6, 2000000, 3, 4, 2.0}, {7, highest, lowest, 2, 3.0}}}, -2000000,
                      3000000, 0, 6);
}
TEST(Tables, the_ends_of_the_integers_are_keys_as_others) {
  expect_table_agrees({{{lowest + 1, -5, lowest, highest, 1.0}, {6, highest - 1, lowest, highest, 2.0}}}, -10, 10, 0, 1);
}
TEST(Tables, no_row_gives_the_other_value) { expect_table_agrees({}, 0, 5, 0, 5); }

TEST(Scales, marginal_average_and_brackets_agree_with_the_scalar_meaning) {
  for (std::uint8_t kind = 0; kind < 3; ++kind) {
    for (const std::size_t brackets : {std::size_t{1}, std::size_t{2}, std::size_t{5}}) {
      plan::ScaleData scale{kind, {}, {}};
      for (std::size_t j = 0; j < brackets; ++j) {
        scale.thresholds.push_back(static_cast<double>(j * j) * 10.07 + 1.0);
        scale.values.push_back(0.05 * static_cast<double>(j + 1));
      }
      for (const KernelTable* table : kernel_tables()) {
        for (const std::size_t n : lengths) {
          std::vector<double> key = keys(n, 0.0, 200.0);
          for (std::size_t i = 0; i < n; i += 5) key[i] = scale.thresholds[i % brackets];
          std::vector<double> out(n, -1.0);
          apply_scale(table->levels, scale, out.data(), key.data(), n);
          for (std::size_t i = 0; i < n; ++i) ASSERT_EQ(out[i], plan::apply_scale(scale, key[i])) << table->name << " " << key[i];
        }
      }
    }
  }
}

}  // namespace
}  // namespace labacces::engine
