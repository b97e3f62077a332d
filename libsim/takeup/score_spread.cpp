#include "libsim/takeup/score_spread.hpp"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "libsim/base/error.hpp"
#include "libsim/takeup/design.hpp"

namespace labacces::takeup {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

[[noreturn]] void refuse_one_cluster() { throw Error("one cluster alone gives no errors: at least two were expected"); }

std::size_t units_with_a_weight(const Sample& sample) {
  std::size_t units = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) units += sample.weight(i) > 0.0 ? 1 : 0;
  return units;
}

ScoreSpread over_units(const Sample& sample, Index parameters, unsigned threads, const ScoreReader& read) {
  const Design design(sample);
  std::vector<MatrixXd> parts((design.blocks() + blocks_per_part - 1) / blocks_per_part, MatrixXd::Zero(parameters, parameters));
  for_each_chunk(parts.size(), threads, [&](std::size_t at, unsigned) {
    MatrixXd scores;
    for (std::size_t block = at * blocks_per_part; block < std::min((at + 1) * blocks_per_part, design.blocks()); ++block) {
      read(block, scores);
      parts[at].selfadjointView<Eigen::Lower>().rankUpdate(scores.transpose());
    }
  });
  ScoreSpread out{MatrixXd::Zero(parameters, parameters), units_with_a_weight(sample)};
  for (const MatrixXd& part : parts) out.matrix += part;
  if (out.clusters < 2) refuse_one_cluster();
  const auto n = static_cast<double>(out.clusters);
  out.matrix = n / (n - 1.0) * MatrixXd(out.matrix.selfadjointView<Eigen::Lower>());
  return out;
}

/// A cluster of a stratum: where its score stands among those of all, and a unit of it for messages.
struct Place {
  std::uint64_t stratum = 0;
  std::size_t unit = 0;
};

}  // namespace

ScoreSpread spread_of_scores(const Sample& sample, Errors errors, Index parameters, unsigned threads, const ScoreReader& read) {
  const bool by_cluster = errors == Errors::clustered && !sample.clusters.empty();
  if (!by_cluster && sample.strata.empty()) return over_units(sample, parameters, threads, read);
  const Design design(sample);
  std::map<std::uint64_t, std::unordered_map<std::uint64_t, std::size_t>> strata;
  std::vector<Place> places;
  std::vector<double> scores;  // one after the other
  MatrixXd rows;
  for (std::size_t block = 0; block < design.blocks(); ++block) {
    read(block, rows);
    for (Index i = 0; i < rows.rows(); ++i) {
      const std::size_t row = design.first(block) + static_cast<std::size_t>(i);
      if (!(sample.weight(row) > 0.0)) continue;
      const std::uint64_t stratum = sample.strata.empty() ? 0 : sample.strata[row];
      const auto [place, made] = strata[stratum].try_emplace(by_cluster ? sample.clusters[row] : row, places.size());
      if (made) {
        places.push_back({stratum, row});
        scores.resize(scores.size() + static_cast<std::size_t>(parameters), 0.0);
      }
      Eigen::Map<VectorXd>(scores.data() + place->second * static_cast<std::size_t>(parameters), parameters) +=
          rows.row(i).transpose();
    }
  }
  struct Stratum {
    std::size_t clusters = 0, unit = 0;
    VectorXd sum;
  };
  std::map<std::uint64_t, Stratum> totals;
  const auto score = [&](std::size_t at) {
    return Eigen::Map<const VectorXd>(scores.data() + at * static_cast<std::size_t>(parameters), parameters);
  };
  for (std::size_t at = 0; at < places.size(); ++at) {
    Stratum& stratum = totals[places[at].stratum];
    if (stratum.clusters++ == 0) stratum = {1, places[at].unit, VectorXd::Zero(parameters)};
    stratum.sum += score(at);
  }
  for (const auto& [code, stratum] : totals) {
    if (stratum.clusters > 1) continue;
    if (sample.strata.empty()) refuse_one_cluster();
    throw Error("the stratum of unit " + std::to_string(stratum.unit + 1) +
                " has one cluster only, which says nothing of its spread; join it to another");
  }
  ScoreSpread out{MatrixXd::Zero(parameters, parameters), places.size()};
  for (std::size_t at = 0; at < places.size(); ++at) {
    const Stratum& stratum = totals.at(places[at].stratum);
    const auto n = static_cast<double>(stratum.clusters);
    // Without strata the sum of all scores is 0 at the maximum.
    const VectorXd deviation = sample.strata.empty() ? VectorXd(score(at)) : VectorXd(score(at) - stratum.sum / n);
    out.matrix.selfadjointView<Eigen::Lower>().rankUpdate(deviation, n / (n - 1.0));
  }
  out.matrix = MatrixXd(out.matrix.selfadjointView<Eigen::Lower>());
  return out;
}

}  // namespace labacces::takeup
