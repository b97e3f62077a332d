// Amounts: signs, ranges, histories with holes or leaps, years that disagree with their months.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/population/check/findings.hpp"
#include "libsim/population/check/monthly_values.hpp"

namespace labacces::check {
namespace {

constexpr double leap = 100.0;            // times, from one month to the next
constexpr double least_of_leap = 1000.0;  // EUR: a leap to less is small change
constexpr double large_month = 50'000.0;  // EUR a month
constexpr double tolerance_share = 0.01, tolerance_year = 12.0;

constexpr Kind negative{"negative_amount", CheckLevel::error, Level::individu, "less than 0"};
constexpr Kind large{"extreme_amount", CheckLevel::warning, Level::individu,
                     "more than 50 000 EUR a month: is it a year's amount?"};
constexpr Kind share{"share_out_of_range", CheckLevel::error, Level::individu, "a share between 0 and 1 was expected"};
constexpr Kind hole{"month_missing", CheckLevel::warning, Level::individu,
                    "no value in a month between months that have one, where the law's default holds"};
constexpr Kind jump{"income_jump", CheckLevel::warning, Level::individu, "100 times more or less than the month before"};
constexpr Kind disagree{"year_differs_from_months", CheckLevel::warning, Level::individu,
                        "the amount of a year is not the sum of its twelve months, which win"};

/// Amounts that have no sign in law: what is received, paid as rent, or owned. Others, such as profits and capital income, may be losses.
bool has_no_sign(const std::string& name) {
  constexpr std::array prefixes{"salaire_",
                                "chomage_brut",
                                "chomage_net",
                                "chomage_imposable",
                                "retraite_",
                                "loyer",
                                "livret_",
                                "epargne_",
                                "valeur_",
                                "pensions_invalidite",
                                "pensions_alimentaires_percues",
                                "indemnites_",
                                "remuneration_",
                                "traitement_",
                                "rpns_auto_entrepreneur_ca_",
                                "rpns_micro_entreprise_ca_"};
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) { return name.starts_with(prefix); });
}

class VariableCheck {
 public:
  VariableCheck(const Population& population, const VariableData& data, const VariableInfo& info, Findings& findings)
      : population_(population), data_(data), info_(info), findings_(findings), rows_(population.count(data.level)) {}

  void run() {
    ranges();
    if (info_.periodicity != Periodicity::monthly) return;
    for (const PeriodColumn& period : data_.periods) {
      if (period.period.kind == Period::Kind::month) months_.push_back(period.period.value);
      if (period.period.kind == Period::Kind::year && info_.is_flow) year(period.period.value);
    }
    if (months_.size() < 2) return;
    holes();
    if (info_.is_flow) jumps();
  }

 private:
  const Column* month(std::int32_t index) const { return column_of(population_, data_, Period::month(Month{index})); }

  /// Each row once, however many periods of it are out of range.
  void ranges() {
    const bool signless = has_no_sign(data_.name);
    const bool is_share = info_.measure == "share";
    if (!signless && !is_share && !info_.is_flow) return;
    std::vector<std::uint8_t> low(rows_), high(rows_);
    for (const PeriodColumn& period : data_.periods) {
      const Column& column = population_.columns()[period.column];
      const std::span<const double> cells = column.cells();
      const double most = is_share ? 1.0 : period.period.kind == Period::Kind::year ? 12.0 * large_month : large_month;
      for (std::size_t row = 0; row < rows_; ++row) {
        if (!is_given(column, row)) continue;
        low[row] |= static_cast<std::uint8_t>(cells[row] < 0.0);
        high[row] |= static_cast<std::uint8_t>(cells[row] > most);
      }
    }
    for (std::size_t row = 0; row < rows_; ++row) {
      if (is_share && (low[row] | high[row]) != 0) findings_.add_about(share, data_.level, row, data_.name);
      if (!is_share && signless && low[row] != 0) findings_.add_about(negative, data_.level, row, data_.name);
      if (!is_share && info_.is_flow && high[row] != 0) findings_.add_about(large, data_.level, row, data_.name);
    }
  }

  /// A month without a value of its own and of its year, after one with a value and before another.
  void holes() {
    enum : std::uint8_t { before, inside, in_hole, found };
    std::vector<std::uint8_t> state(rows_, before);
    for (std::int32_t index = months_.front(); index <= months_.back(); ++index) {
      const Column* own = month(index);
      const Column* year = column_of(population_, data_, Period::year(Month{index}.year()));
      const Column* always = column_of(population_, data_, Period::eternity());
      for (std::size_t row = 0; row < rows_; ++row) {
        const bool has_own = own != nullptr && is_given(*own, row);
        const bool has = has_own || (year != nullptr && is_given(*year, row)) || (always != nullptr && is_given(*always, row));
        if (has_own && state[row] == in_hole) state[row] = found;
        if (has_own && state[row] == before) state[row] = inside;
        if (!has && state[row] == inside) state[row] = in_hole;
      }
    }
    for (std::size_t row = 0; row < rows_; ++row) {
      if (state[row] == found) findings_.add_about(hole, data_.level, row, data_.name);
    }
  }

  void jumps() {
    std::vector<std::uint8_t> leaps(rows_);
    for (std::size_t i = 1; i < months_.size(); ++i) {
      if (months_[i] != months_[i - 1] + 1) continue;
      const Column& earlier = *month(months_[i - 1]);
      const Column& later = *month(months_[i]);
      const std::span<const double> a = earlier.cells();
      const std::span<const double> b = later.cells();
      for (std::size_t row = 0; row < rows_; ++row) {
        if (!is_given(earlier, row) || !is_given(later, row)) continue;
        const double small = std::min(a[row], b[row]);
        const double big = std::max(a[row], b[row]);
        leaps[row] |= static_cast<std::uint8_t>(small > 0.0 && big >= least_of_leap && big > leap * small);
      }
    }
    for (std::size_t row = 0; row < rows_; ++row) {
      if (leaps[row] != 0) findings_.add_about(jump, data_.level, row, data_.name);
    }
  }

  void year(std::int32_t number) {
    std::vector<const Column*> columns;
    for (int m = 1; m <= 12; ++m) columns.push_back(month(Month::of(number, m).index));
    if (std::find(columns.begin(), columns.end(), nullptr) != columns.end()) return;
    const Column& whole = *column_of(population_, data_, Period::year(number));
    for (std::size_t row = 0; row < rows_; ++row) {
      if (!is_given(whole, row)) continue;
      double sum = 0.0;
      bool all = true;
      for (const Column* column : columns) {
        all = all && is_given(*column, row);
        sum += column->cells()[row];
      }
      const double said = whole.cells()[row];
      if (all && std::abs(sum - said) > std::max(tolerance_year, tolerance_share * std::abs(said)))
        findings_.add_about(disagree, data_.level, row, data_.name);
    }
  }

  const Population& population_;
  const VariableData& data_;
  const VariableInfo& info_;
  Findings& findings_;
  std::size_t rows_;
  std::vector<std::int32_t> months_;
};

}  // namespace

void check_amounts(const Population& population, const Schema& schema, Findings& findings) {
  for (const VariableData& data : population.variables()) {
    const VariableInfo* info = schema.find(data.name);
    if (info != nullptr && info->kind == ValueKind::number) VariableCheck(population, data, *info, findings).run();
  }
}

}  // namespace labacces::check
