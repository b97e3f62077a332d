// The stored sample with its reference values (tests/data/estimation), and samples simulated with known coefficients.
#pragma once

#include <cmath>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "libsim/base/file.hpp"
#include "libsim/base/random.hpp"
#include "libsim/base/text.hpp"
#include "libsim/takeup/choice.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::takeup {

inline std::string stored(const char* name) {
  return read_file(std::string(LABACCES_SOURCE_DIR) + "/tests/data/estimation/" + name);
}

inline nlohmann::json stored_reference() { return nlohmann::json::parse(stored("reference.json")); }

/// What R says (reference.R).
inline nlohmann::json r_reference() { return nlohmann::json::parse(stored("reference_r.json")); }

/// A stored CSV of numbers, by column.
inline std::map<std::string, std::vector<double>> stored_table(const char* name) {
  std::map<std::string, std::vector<double>> out;
  std::vector<std::string> header;
  const std::string text = stored(name);
  for (const std::string_view line : split(text, '\n')) {
    if (line.empty()) continue;
    const auto cells = split(line, ',');
    for (std::size_t j = 0; j < cells.size(); ++j) {
      if (header.size() < cells.size()) {
        header.emplace_back(cells[j]);
      } else {
        out[header[j]].push_back(parse_number(cells[j]).value());
      }
    }
  }
  return out;
}

inline std::vector<std::uint64_t> codes_of(const std::vector<double>& numbers) { return {numbers.begin(), numbers.end()}; }

/// Columns of sample.csv: id, cluster, weight, log_right, age, hlm, receives.
inline Sample stored_sample() {
  Sample sample{{"log_right", "age", "hlm"}, std::vector<std::vector<double>>(3), {}, {}, {}};
  const std::string text = stored("sample.csv");
  bool header = true;
  for (const std::string_view line : split(text, '\n')) {
    const auto cells = split(line, ',');
    if (std::exchange(header, false) || cells.size() != 7) continue;
    sample.clusters.push_back(static_cast<std::uint64_t>(parse_number(cells[1]).value()));
    sample.weights.push_back(parse_number(cells[2]).value());
    for (std::size_t j = 0; j < 3; ++j) sample.columns[j].push_back(parse_number(cells[3 + j]).value());
    sample.claims.push_back(parse_number(cells[6]).value());
  }
  return sample;
}

/// Columns of misclassified.csv: x, seen.
inline Sample stored_misclassified_sample() {
  Sample sample{{"x"}, std::vector<std::vector<double>>(1), {}, {}, {}};
  const std::string text = stored("misclassified.csv");
  bool header = true;
  for (const std::string_view line : split(text, '\n')) {
    const auto cells = split(line, ',');
    if (std::exchange(header, false) || cells.size() != 2) continue;
    sample.columns[0].push_back(parse_number(cells[0]).value());
    sample.claims.push_back(parse_number(cells[1]).value());
  }
  return sample;
}

inline std::vector<double> simulated_truth() { return {-0.4, 0.5, -0.3, 0.6}; }

/// Two normal covariates and a dummy; the index has the coefficients of simulated_truth().
inline Sample simulated_sample(std::uint64_t seed, std::size_t units, Link link) {
  Sample sample{{"x1", "x2", "d"}, std::vector<std::vector<double>>(3), {}, {}, {}};
  const Stream stream(seed, "simulated sample");
  const std::vector<double> truth = simulated_truth();
  for (std::uint64_t i = 0; i < units; ++i) {
    const double x1 = normal_quantile(stream.uniform(i, 0) + 0x1p-54);
    const double x2 = normal_quantile(stream.uniform(i, 1) + 0x1p-54);
    const double d = stream.uniform(i, 2) < 0.4 ? 1.0 : 0.0;
    const double index = truth[0] + truth[1] * x1 + truth[2] * x2 + truth[3] * d;
    sample.columns[0].push_back(x1);
    sample.columns[1].push_back(x2);
    sample.columns[2].push_back(d);
    sample.claims.push_back(stream.uniform(i, 3) < probability_at(link, index) ? 1.0 : 0.0);
  }
  return sample;
}

}  // namespace labacces::takeup
