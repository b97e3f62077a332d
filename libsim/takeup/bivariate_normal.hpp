// The bivariate normal distribution, for models of two benefits.
#pragma once

namespace labacces::takeup {

/// P(X <= h, Y <= k) of two standard normals with this correlation, |correlation| <= 1; to about 1e-15. Genz, "Numerical computation of
/// rectangular bivariate and trivariate normal and t probabilities", Statistics and Computing 14 (2004), after Drezner, Wesolowsky (1990).
double bivariate_normal_cdf(double h, double k, double correlation) noexcept;

/// Density at (h, k), |correlation| < 1.
double bivariate_normal_density(double h, double k, double correlation) noexcept;

}  // namespace labacces::takeup
