#include "libsim/outcomes/survey_design.hpp"

#include <algorithm>
#include <cmath>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"

namespace labacces::outcomes {

std::string SurveyDesign::description() const {
  if (!replicates.empty()) return std::to_string(replicates.size()) + " replicate weights";
  std::string out = clusters.empty() ? "linearisation, rows" : "linearisation, clusters";
  return out + " drawn with replacement" + (strata.empty() ? "" : " within strata");
}

double replicate_factor(const std::string& method, std::size_t count) {
  if (count < 2) throw Error("replicate weights: two at least were expected, found " + std::to_string(count));
  const auto replicates = static_cast<double>(count);
  if (method == "brr") return 1.0 / replicates;
  if (method == "jk1") return (replicates - 1.0) / replicates;
  if (method == "jk2") return 1.0;
  if (method == "bootstrap") return 1.0 / (replicates - 1.0);
  if (method.starts_with("fay:")) {
    const auto k = parse_number(method.substr(4));
    if (!k || !(*k >= 0.0 && *k < 1.0))
      throw Error("replicate weights: fay:K needs a K from 0 to below 1, found '" + method + "'");
    return 1.0 / (replicates * (1.0 - *k) * (1.0 - *k));
  }
  const std::string hint = did_you_mean(method, {"brr", "jk1", "jk2", "bootstrap"});
  throw Error("replicate weights: '" + method + "' is none of brr, fay:K, jk1, jk2, bootstrap" +
              (hint.empty() ? "" : "; " + hint));
}

DesignVariance::DesignVariance(const SurveyDesign& design) : design_(design) {
  const std::size_t rows = design.weights.size();
  constexpr std::uint32_t unseen = 0xFFFFFFFFU;
  const auto name = [&](std::uint32_t stratum) {
    return stratum < design.stratum_names.size() ? design.stratum_names[stratum] : std::to_string(stratum);
  };
  for (std::size_t row = 0; row < rows; ++row) {
    const std::uint32_t cluster = design.clusters.empty() ? static_cast<std::uint32_t>(row) : design.clusters[row];
    const std::uint32_t stratum = design.strata.empty() ? 0 : design.strata[row];
    if (cluster >= stratum_of_cluster_.size()) stratum_of_cluster_.resize(cluster + 1, unseen);
    if (stratum >= clusters_in_stratum_.size()) clusters_in_stratum_.resize(stratum + 1, 0.0);
    if (stratum_of_cluster_[cluster] == unseen) {
      stratum_of_cluster_[cluster] = stratum;
      clusters_in_stratum_[stratum] += 1.0;
    } else if (stratum_of_cluster_[cluster] != stratum) {
      throw Error("survey design: one cluster has rows in stratum '" + name(stratum_of_cluster_[cluster]) + "' and in stratum '" +
                  name(stratum) + "'; a cluster lies in one stratum");
    }
  }
  totals_.assign(stratum_of_cluster_.size(), 0.0);
  touched_.assign(stratum_of_cluster_.size(), 0);
  if (design.strata.empty() || !design.replicates.empty()) return;
  for (std::size_t stratum = 0; stratum < clusters_in_stratum_.size(); ++stratum) {
    if (clusters_in_stratum_[stratum] != 1.0) continue;
    throw Error("survey design: stratum '" + name(static_cast<std::uint32_t>(stratum)) +
                "' has one cluster only, which says nothing of its spread; join it to another");
  }
}

double DesignVariance::of_residuals(std::span<const std::uint32_t> rows, std::span<const double> residuals) {
  if (stratum_of_cluster_.size() < 2) return std::nan("");
  std::vector<std::uint32_t> seen;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint32_t cluster = design_.clusters.empty() ? rows[i] : design_.clusters[rows[i]];
    if (touched_[cluster] == 0) {
      touched_[cluster] = 1;
      seen.push_back(cluster);
    }
    totals_[cluster] += residuals[i];
  }
  std::vector<double> sums(clusters_in_stratum_.size(), 0.0), squares(clusters_in_stratum_.size(), 0.0);
  for (const std::uint32_t cluster : seen) {
    sums[stratum_of_cluster_[cluster]] += totals_[cluster];
    squares[stratum_of_cluster_[cluster]] += totals_[cluster] * totals_[cluster];
    totals_[cluster] = 0.0;
    touched_[cluster] = 0;
  }
  double variance = 0.0;
  for (std::size_t stratum = 0; stratum < sums.size(); ++stratum) {
    const double n = clusters_in_stratum_[stratum];
    if (n > 1.0) variance += n / (n - 1.0) * std::max(0.0, squares[stratum] - sums[stratum] * sums[stratum] / n);
  }
  return variance;
}

double DesignVariance::of_replicates(double value, std::span<const double> under_replicates) const {
  double squares = 0.0;
  for (const double one : under_replicates) squares += (one - value) * (one - value);
  return design_.replicate_factor * squares;
}

}  // namespace labacces::outcomes
