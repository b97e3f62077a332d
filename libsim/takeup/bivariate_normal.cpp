#include "libsim/takeup/bivariate_normal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double near_one = 0.925;       // beyond it the integral over the angle is too steep
constexpr double lowest_power = -100.0;  // exp of less adds nothing

/// Gauss-Legendre rule on [-1, 1]: roots of the Legendre polynomial by Newton's method.
template <int points>
struct GaussLegendre {
  std::array<double, points> nodes{}, weights{};
  GaussLegendre() {
    for (int i = 0; i < points; ++i) {
      double x = std::cos(pi * (i + 0.75) / (points + 0.5));
      double slope = 0.0;
      for (int step = 0; step < 100; ++step) {
        double last = 1.0;
        double value = x;
        for (int n = 2; n <= points; ++n) last = std::exchange(value, ((2 * n - 1) * x * value - (n - 1) * last) / n);
        slope = points * (x * value - last) / (x * x - 1.0);
        const double change = value / slope;
        x -= change;
        if (std::abs(change) < 1e-16) break;
      }
      nodes[static_cast<std::size_t>(i)] = x;
      weights[static_cast<std::size_t>(i)] = 2.0 / ((1.0 - x * x) * slope * slope);
    }
  }
  template <typename Function>
  double integral(double begin, double end, const Function& function) const {
    const double half = 0.5 * (end - begin);
    double sum = 0.0;
    for (std::size_t i = 0; i < nodes.size(); ++i) sum += weights[i] * function(begin + half * (1.0 + nodes[i]));
    return half * sum;
  }
};

/// The derivative by the correlation, integrated from independence: the correlation is the sine of an angle.
double from_independence(double h, double k, double correlation) noexcept {
  static const GaussLegendre<6> few;
  static const GaussLegendre<12> some;
  static const GaussLegendre<20> many;
  const auto density = [product = h * k, squares = 0.5 * (h * h + k * k)](double angle) {
    const double sine = std::sin(angle);
    return std::exp((sine * product - squares) / (1.0 - sine * sine));
  };
  const double angle = std::asin(correlation);
  const double size = std::abs(correlation);
  const double integral = size < 0.3    ? few.integral(0.0, angle, density)
                          : size < 0.75 ? some.integral(0.0, angle, density)
                                        : many.integral(0.0, angle, density);
  return normal_cdf(h) * normal_cdf(k) + integral / (2.0 * pi);
}

/// What correlation r >= near_one lacks to that of 1, times 2 pi: the integral over x = sqrt(1 - s^2), s from r to 1, of
/// exp(-((h - k)^2 / x^2 + h k) / 2) exp(-h k (1 - s) / (2 (1 + s))) / s. The last two factors less their series 1 + c x^2 (1 + d x^2) by quadrature,
/// the series in closed form.
double lacking_to_one(double h, double k, double correlation) noexcept {
  static const GaussLegendre<20> many;
  const double product = h * k;
  const double square = (h - k) * (h - k);
  const double end_square = (1.0 - correlation) * (1.0 + correlation);
  const double end = std::sqrt(end_square);
  const double c = (4.0 - product) / 8.0;
  const double d = (12.0 - product) / 16.0;
  double closed = 0.0;
  const double power = -0.5 * (square / end_square + product);
  if (power > lowest_power)
    closed = end * std::exp(power) *
             (1.0 - c * (square - end_square) * (1.0 - d * square / 5.0) / 3.0 + c * d * end_square * end_square / 5.0);
  if (-product < -lowest_power) {
    const double distance = std::sqrt(square);
    closed -= std::exp(-0.5 * product) * std::sqrt(2.0 * pi) * normal_cdf(-distance / end) * distance *
              (1.0 - c * square * (1.0 - d * square / 5.0) / 3.0);
  }
  return closed + many.integral(0.0, end, [&](double x) {
    const double xx = x * x;
    const double exponent = -0.5 * (square / xx + product);
    if (!(exponent > lowest_power)) return 0.0;
    const double s = std::sqrt(1.0 - xx);
    return std::exp(exponent) * (std::exp(-0.5 * product * (1.0 - s) / (1.0 + s)) / s - (1.0 + c * xx * (1.0 + d * xx)));
  });
}

}  // namespace

double bivariate_normal_cdf(double h, double k, double correlation) noexcept {
  if (std::isinf(h) || std::isinf(k))
    return h < 0.0 && std::isinf(h) ? 0.0 : k < 0.0 && std::isinf(k) ? 0.0 : normal_cdf(std::min(h, k));
  if (std::abs(correlation) < near_one) return std::max(from_independence(h, k, correlation), 0.0);
  if (correlation > 0.0) {
    const double lacking = correlation < 1.0 ? lacking_to_one(h, k, correlation) : 0.0;
    return std::max(normal_cdf(std::min(h, k)) - lacking / (2.0 * pi), 0.0);
  }
  // P(X <= h, Y <= k) = P(X <= h) - P(X <= h, -Y <= -k), and -Y has the opposite correlation.
  const double lacking = correlation > -1.0 ? lacking_to_one(h, -k, -correlation) : 0.0;
  const double at_one = h > -k ? normal_cdf(h) - normal_cdf(-k) : 0.0;
  return std::max(at_one + lacking / (2.0 * pi), 0.0);
}

double bivariate_normal_density(double h, double k, double correlation) noexcept {
  const double rest = (1.0 - correlation) * (1.0 + correlation);
  return std::exp(-0.5 * (h * h - 2.0 * correlation * h * k + k * k) / rest) / (2.0 * pi * std::sqrt(rest));
}

}  // namespace labacces::takeup
