#include "libsim/scenario/drawn_receipts.hpp"

#include <algorithm>
#include <span>

#include "libsim/takeup/luck_block.hpp"

namespace labacces::scenario {
namespace {

constexpr std::size_t units_per_block = 512;  // see bench_takeup

/// Who claims a benefit that others have as their gateway: [month][row].
using ClaimColumns = std::vector<std::vector<std::uint8_t>>;

class Drawing {
 public:
  Drawing(const Claims& claims, const engine::ChunkView& view, const ChanceColumns& chances)
      : claims_(claims), view_(view), chances_(chances), gateway_claims_(claims.benefits().size()) {
    for (const BenefitColumns& benefit : claims.benefits()) {
      for (const std::size_t gateway : benefit.gateways) add_gateway(gateway);
    }
  }

  std::vector<double> received(std::size_t benefit, std::span<const std::uint32_t> rows) const {
    const std::size_t months = claims_.months();
    std::vector<double> out(rows.size() * months, 0.0);
    for_each_claim(benefit, rows, [&](std::size_t entry, std::size_t month) {
      out[entry * months + month] = claims_.right(view_, benefit, rows[entry], month);
    });
    return out;
  }

 private:
  /// Benefits stand after their gateways, so those of the gateway itself are there when it is drawn.
  void add_gateway(std::size_t benefit) {
    ClaimColumns& columns = gateway_claims_[benefit];
    if (!columns.empty()) return;
    for (const std::size_t gateway : claims_.benefits()[benefit].gateways) add_gateway(gateway);
    std::vector<std::uint32_t> rows(chances_[benefit * claims_.months()].size());
    for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = static_cast<std::uint32_t>(row);
    columns.assign(claims_.months(), std::vector<std::uint8_t>(rows.size(), 0));
    for_each_claim(benefit, rows, [&](std::size_t row, std::size_t month) { columns[month][row] = 1; });
  }

  double chance(std::size_t benefit, std::size_t row, std::size_t month) const {
    const BenefitColumns& columns = claims_.benefits()[benefit];
    double effects = 0.0;
    for (std::size_t i = 0; i < columns.gateways.size(); ++i) {
      if (gateway_claims_[columns.gateways[i]][month][row] != 0) effects += columns.behaviour.gateways[i].effect;
    }
    return takeup::through_gateways(chances_[benefit * claims_.months() + month][row], effects);
  }

  template <typename Work>
  void for_each_claim(std::size_t benefit, std::span<const std::uint32_t> rows, const Work& work) const {
    std::vector<std::uint64_t> keys;
    std::vector<std::uint8_t> claimed;
    for (std::size_t begin = 0; begin < rows.size(); begin += units_per_block) {
      const auto block = rows.subspan(begin, std::min(units_per_block, rows.size() - begin));
      keys.clear();
      for (const std::uint32_t row : block) keys.push_back(claims_.key(benefit, row));
      claimed.resize(block.size());
      takeup::LuckBlock luck(claims_.luck(), keys, claims_.first(), claims_.months());
      for (std::size_t month = 0; month < claims_.months(); ++month) {
        std::vector<double> probabilities;
        probabilities.reserve(block.size());
        for (const std::uint32_t row : block) probabilities.push_back(chance(benefit, row, month));
        takeup::Chances chances(std::move(probabilities));
        luck.claims(benefit, month, chances, claimed);
        for (std::size_t i = 0; i < block.size(); ++i) {
          if (claimed[i] != 0) work(begin + i, month);
        }
      }
    }
  }

  const Claims& claims_;
  const engine::ChunkView& view_;
  const ChanceColumns& chances_;
  std::vector<ClaimColumns> gateway_claims_;
};

}  // namespace

ChanceColumns chances_alone(const Claims& claims, const engine::ChunkView& view) {
  ChanceColumns out;
  for (std::size_t b = 0; b < claims.benefits().size(); ++b) {
    const std::size_t units = view.size[index_of(claims.benefits()[b].level)];
    for (std::size_t month = 0; month < claims.months(); ++month) {
      std::vector<double>& column = out.emplace_back(units, 0.0);
      for (std::size_t row = 0; row < units; ++row) {
        const double right = claims.right(view, b, row, month);
        if (right > 0.0) column[row] = claims.chance_at(view, b, row, right, 0.0);
      }
    }
  }
  return out;
}

outcomes::Receipts drawn_receipts(const Claims& claims, const engine::ChunkView& view, const ChanceColumns& chances,
                                  const std::vector<std::vector<std::uint32_t>>& rows) {
  const Drawing drawing(claims, view, chances);
  outcomes::Receipts out;
  for (std::size_t b = 0; b < rows.size(); ++b) out.push_back({drawing.received(b, rows[b]), {}});
  return out;
}

}  // namespace labacces::scenario
