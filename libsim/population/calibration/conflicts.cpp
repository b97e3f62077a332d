#include "libsim/population/calibration/conflicts.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"

namespace labacces::calibration {
namespace {

constexpr double dependent_below = 1e-10;  // share of a column's square that the columns before it leave unexplained
constexpr double same_total = 1e-8;

Eigen::MatrixXd products(const Margins& margins, std::span<const double> weights) {
  const auto size = static_cast<Eigen::Index>(margins.count());
  Eigen::MatrixXd out = Eigen::MatrixXd::Zero(size, size);
  for (std::size_t row = 0; row < margins.units(); ++row) {
    for (const Cell& a : margins.unit(row)) {
      for (const Cell& b : margins.unit(row)) out(a.margin, b.margin) += weights[row] * a.value * b.value;
    }
  }
  return out;
}

/// "'d22' = 120, but 'men' + 'women' = 100".
std::string told(const Margins& margins, std::uint32_t margin, const std::vector<std::pair<std::uint32_t, double>>& terms,
                 double sum) {
  std::string text = "margin '" + margins.margins()[margin].name + "' asks " + shortest(margins.margins()[margin].total) +
                     ", but in these data it is ";
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const double factor = terms[i].second;
    const double size = std::abs(factor);
    text += i == 0 ? (factor < 0.0 ? "-" : "") : factor < 0.0 ? " - " : " + ";
    if (std::abs(size - 1.0) > 1e-9) text += fixed(size, 6) + " x ";
    text += "'" + margins.margins()[terms[i].first].name + "'";
  }
  return text + ", whose totals give " + shortest(sum);
}

}  // namespace

std::vector<std::uint32_t> independent_margins(const Margins& margins, std::span<const double> weights) {
  const Eigen::MatrixXd all = products(margins, weights);
  std::vector<std::uint32_t> kept;
  std::vector<std::string> findings;
  for (std::uint32_t margin = 0; margin < margins.count(); ++margin) {
    const double total = margins.margins()[margin].total;
    const double square = all(margin, margin);
    if (!(square > 0.0)) {
      if (total != 0.0)
        findings.push_back("margin '" + margins.margins()[margin].name + "' asks " + shortest(total) +
                           ", but no unit with a weight counts in it");
      continue;
    }
    const auto size = static_cast<Eigen::Index>(kept.size());
    Eigen::MatrixXd before(size, size);
    Eigen::VectorXd with(size);
    for (Eigen::Index i = 0; i < size; ++i) {
      const std::uint32_t a = kept[static_cast<std::size_t>(i)];
      with[i] = all(a, margin) / std::sqrt(all(a, a) * square);
      for (Eigen::Index j = 0; j < size; ++j) {
        const std::uint32_t b = kept[static_cast<std::size_t>(j)];
        before(i, j) = all(a, b) / std::sqrt(all(a, a) * all(b, b));
      }
    }
    const Eigen::VectorXd factors = size == 0 ? Eigen::VectorXd() : Eigen::VectorXd(before.ldlt().solve(with));
    if (size == 0 || 1.0 - with.dot(factors) > dependent_below) {
      kept.push_back(margin);
      continue;
    }
    double sum = 0.0, largest = std::abs(total);
    std::vector<std::pair<std::uint32_t, double>> terms;
    for (Eigen::Index i = 0; i < size; ++i) {
      const std::uint32_t a = kept[static_cast<std::size_t>(i)];
      if (std::abs(factors[i]) < 1e-6) continue;
      terms.emplace_back(a, factors[i] * std::sqrt(square / all(a, a)));
      sum += terms.back().second * margins.margins()[a].total;
      largest = std::max(largest, std::abs(terms.back().second * margins.margins()[a].total));
    }
    if (std::abs(sum - total) > same_total * largest) findings.push_back(told(margins, margin, terms, sum));
  }
  if (!findings.empty()) throw Error("calibration: margins contradict each other: " + join(findings, "; "));
  return kept;
}

void check_reach(const Margins& margins, std::span<const double> weights, const Distance& distance) {
  std::vector<double> positive(margins.count(), 0.0), negative(margins.count(), 0.0);
  for (std::size_t row = 0; row < margins.units(); ++row) {
    for (const Cell& cell : margins.unit(row)) (cell.value > 0.0 ? positive : negative)[cell.margin] += weights[row] * cell.value;
  }
  const auto times = [](double bound, double amount) { return amount == 0.0 ? 0.0 : bound * amount; };
  for (std::size_t i = 0; i < margins.count(); ++i) {
    const Margin& margin = margins.margins()[i];
    const double least = times(distance.lower(), positive[i]) + times(distance.upper(), negative[i]);
    const double most = times(distance.upper(), positive[i]) + times(distance.lower(), negative[i]);
    if (margin.total < least || margin.total > most) {
      throw Error("calibration: margin '" + margin.name + "' asks " + shortest(margin.total) +
                  ", out of reach: with these bounds it lies between " + shortest(least) + " and " + shortest(most));
    }
  }
}

std::vector<std::uint32_t> conflict_among(const Margins& margins, std::span<const double> weights,
                                          std::vector<std::uint32_t> asked, const Distance& distance,
                                          const NewtonOptions& options) {
  for (std::size_t i = 0; i < asked.size();) {
    std::vector<std::uint32_t> rest = asked;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
    if (!rest.empty() && !solve(margins, weights, rest, distance, options).met) {
      asked = std::move(rest);
    } else {
      ++i;
    }
  }
  return asked;
}

}  // namespace labacces::calibration
