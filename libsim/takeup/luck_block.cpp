#include "libsim/takeup/luck_block.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/takeup/luck_kernels.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {
namespace {

constexpr double steps_of_a_draw = 0x1.0p53;

std::uint64_t threshold_of(double probability) {
  if (!(probability > 0.0)) return 0;
  return static_cast<std::uint64_t>(std::ceil(std::min(probability, 1.0) * steps_of_a_draw));
}

}  // namespace

Chances::Chances(std::vector<double> probabilities) : probabilities_(std::move(probabilities)) {
  thresholds_.reserve(probabilities_.size());
  for (const double p : probabilities_) thresholds_.push_back(threshold_of(p));
}

std::span<const double> Chances::scores() {
  if (scores_.empty()) {
    scores_.reserve(probabilities_.size());
    for (const double p : probabilities_) scores_.push_back(normal_quantile(p));
  }
  return scores_;
}

LuckBlock::LuckBlock(const LatentLuck& luck, std::span<const std::uint64_t> keys, Month first, std::size_t months,
                     std::uint64_t replication)
    : luck_(luck),
      keys_(keys),
      first_(first),
      months_(months),
      replication_(replication),
      draws_(luck.own_.size()),
      own_scores_(luck.own_.size()) {}

bool LuckBlock::is_independent(std::size_t benefit) const {
  return luck_.factor_[benefit].empty() && luck_.persistence_[benefit] >= 1.0;
}

const LuckBlock::Column& LuckBlock::draw(std::size_t benefit, std::size_t place) {
  // Months from 35 before the first on, and last the draw that is the same in all of them, which is the only one where decisions are for ever.
  const std::size_t of_months = luck_.persistence_[benefit] >= 1.0 ? 0 : months_ + LatentLuck::months_remembered - 1;
  std::vector<Column>& columns = draws_[benefit];
  if (columns.empty()) columns.resize(of_months + 1);
  Column& column = columns[place];
  if (column.size() == keys_.size()) return column;
  column.resize(keys_.size());
  const LuckKernels& kernels = luck_kernels();
  if (place == of_months) {
    kernels.uniforms(luck_.own_[benefit].stream().key(), keys_.data(), replication_, column.data(), column.size());
  } else {
    const Month month = first_ + static_cast<int>(place) - static_cast<int>(LatentLuck::months_remembered - 1);
    kernels.uniforms(luck_.monthly_[benefit].key(), keys_.data(), LatentLuck::draw_of_month(month, replication_), column.data(),
                     column.size());
  }
  kernels.scores(column.data(), column.size());
  return column;
}

const LuckBlock::Column& LuckBlock::own_score(std::size_t benefit, std::size_t month) {
  const double r = luck_.persistence_[benefit];
  if (r >= 1.0) return draw(benefit, 0);
  if (own_scores_[benefit].empty()) own_scores_[benefit].resize(months_);
  Column& column = own_scores_[benefit][month];
  if (column.size() == keys_.size()) return column;
  column.assign(keys_.size(), 0.0);
  // The same steps as LatentLuck::normal, of all units side by side.
  double power = std::sqrt(1.0 - r * r);
  double farther = 1.0;
  for (std::size_t back = 0; back < LatentLuck::months_remembered; ++back) {
    const Column& one = draw(benefit, month + LatentLuck::months_remembered - 1 - back);
    luck_kernels().add_scaled(column.data(), one.data(), power, column.size());
    power *= r;
    farther *= r;
  }
  luck_kernels().add_scaled(column.data(), draw(benefit, months_ + LatentLuck::months_remembered - 1).data(), farther,
                            column.size());
  return column;
}

const LuckBlock::Column& LuckBlock::score(std::size_t benefit, std::size_t month) {
  const std::vector<double>& row = luck_.factor_[benefit];
  if (row.empty()) return own_score(benefit, month);
  mixed_.assign(keys_.size(), 0.0);
  for (std::size_t k = 0; k < row.size(); ++k) {
    if (row[k] != 0.0) luck_kernels().add_scaled(mixed_.data(), own_score(k, month).data(), row[k], mixed_.size());
  }
  return mixed_;
}

void LuckBlock::uniforms(std::size_t benefit, std::size_t month, std::span<double> out) {
  SIM_CHECK(out.size() == keys_.size() && month < months_, "a number for each unit, a month of the block");
  if (is_independent(benefit)) {
    luck_kernels().uniforms(luck_.own_[benefit].stream().key(), keys_.data(), replication_, out.data(), out.size());
    return;
  }
  const Column& z = score(benefit, month);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = normal_cdf(z[i]);
}

void LuckBlock::claims(std::size_t benefit, std::size_t month, Chances& chances, std::span<std::uint8_t> out) {
  SIM_CHECK(out.size() == keys_.size() && chances.size() == keys_.size() && month < months_,
            "a chance for each unit, a month of the block");
  if (is_independent(benefit)) {
    luck_kernels().below(luck_.own_[benefit].stream().key(), keys_.data(), replication_, chances.thresholds().data(), out.data(),
                         out.size());
    return;
  }
  const Column& z = score(benefit, month);
  doubtful_.resize(out.size());
  luck_kernels().lower(z.data(), chances.scores().data(), out.data(), doubtful_.data(), out.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (doubtful_[i] != 0) out[i] = normal_cdf(z[i]) < chances.probabilities()[i] ? 1 : 0;
  }
}

}  // namespace labacces::takeup
