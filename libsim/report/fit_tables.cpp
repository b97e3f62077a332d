#include "libsim/report/fit_tables.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/base/text.hpp"

namespace labacces::report {
namespace {

using Json = nlohmann::ordered_json;
using takeup::Coefficient;

const char* name_of(takeup::Link link) {
  switch (link) {
    case takeup::Link::logit:
      return "logit";
    case takeup::Link::probit:
      return "probit";
    case takeup::Link::cloglog:
      return "complementary log-log";
  }
  return "";
}

const char* name_of(takeup::Errors errors) {
  switch (errors) {
    case takeup::Errors::classical:
      return "classical";
    case takeup::Errors::robust:
      return "robust";
    case takeup::Errors::clustered:
      return "clustered";
  }
  return "";
}

/// Four significant digits, without exponents for usual sizes.
std::string number(double value) {
  if (!std::isfinite(value)) return "-";
  const double size = std::abs(value);
  const int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : size >= 0.01 || value == 0.0 ? 4 : 6;
  return fixed(value, decimals);
}

std::string p_value(double p) { return p < 0.0001 ? "<.0001" : fixed(p, 4).substr(1); }

std::vector<std::string> row_of(const Coefficient& estimate) {
  return {
      estimate.name,          number(estimate.value),      number(estimate.standard_error),
      fixed(estimate.z(), 2), p_value(estimate.p_value()), "[" + number(estimate.low()) + " ; " + number(estimate.high()) + "]"};
}

std::string references_note(const std::vector<std::string>& references) { return "References: " + join(references, ", ") + "."; }

std::string goodness_note(const takeup::GoodnessOfFit& fit) {
  std::string out =
      "R2 of Nagelkerke " + fixed(fit.nagelkerke, 4) + ", of Tjur " + fixed(fit.tjur, 4) + ", Brier score " + fixed(fit.brier, 4);
  if (fit.degrees_of_freedom > 0) {
    out += "; Hosmer-Lemeshow chi2(" + std::to_string(fit.degrees_of_freedom) + ") " + fixed(fit.hosmer_lemeshow, 2) + ", p " +
           p_value(fit.hosmer_lemeshow_p_value);
  }
  return out + ".";
}

Json json_of(const takeup::GoodnessOfFit& fit) {
  Json bands = Json::array();
  for (const takeup::CalibrationBand& band : fit.bands) {
    bands.push_back({{"units", band.units},
                     {"weight", band.weight},
                     {"lowest", band.lowest},
                     {"highest", band.highest},
                     {"predicted", band.predicted},
                     {"observed", band.observed},
                     {"observed_se", band.observed_error}});
  }
  return {{"mcfadden", fit.mcfadden},
          {"cox_snell", fit.cox_snell},
          {"nagelkerke", fit.nagelkerke},
          {"tjur", fit.tjur},
          {"area_under_curve", fit.area_under_curve},
          {"brier", fit.brier},
          {"hosmer_lemeshow", fit.hosmer_lemeshow},
          {"degrees_of_freedom", fit.degrees_of_freedom},
          {"hosmer_lemeshow_p", fit.hosmer_lemeshow_p_value},
          {"calibration", std::move(bands)}};
}

Json json_of(const Coefficient& estimate) {
  return {{"name", estimate.name}, {"value", estimate.value}, {"se", estimate.standard_error},
          {"z", estimate.z()},     {"p", estimate.p_value()}, {"ci95", {estimate.low(), estimate.high()}}};
}

Json json_of(const std::vector<Coefficient>& estimates) {
  Json out = Json::array();
  for (const Coefficient& estimate : estimates) out.push_back(json_of(estimate));
  return out;
}

}  // namespace

Table fit_table(const takeup::ChoiceFit& fit, const std::vector<std::string>& references) {
  Table table;
  table.caption = std::string("Take-up, ") + name_of(fit.link) + ", maximum likelihood, " + name_of(fit.errors) + " errors";
  table.columns = {{"covariate", Align::left}, {"coef"}, {"se"}, {"z"}, {"p"}, {"95 %"}, {"effect"}, {"se"}};
  for (std::size_t j = 0; j < fit.coefficients.size(); ++j) {
    std::vector<std::string> row = row_of(fit.coefficients[j]);
    row.push_back(j == 0 ? "" : number(fit.marginal_effects[j - 1].value));
    row.push_back(j == 0 ? "" : number(fit.marginal_effects[j - 1].standard_error));
    table.rows.push_back(std::move(row));
  }
  table.notes = {"effect: mean change of the probability for one unit more of the covariate.",
                 std::to_string(fit.units) + " units, " + std::to_string(fit.clusters) + " clusters, sum of weights " +
                     grouped(fit.sum_of_weights, 0) + ", share that receives " + fixed(100.0 * fit.share, 1) + " %.",
                 "Log-likelihood " + fixed(fit.log_likelihood, 3) + " (constant alone " + fixed(fit.null_log_likelihood, 3) +
                     "), McFadden R2 " + fixed(fit.pseudo_r2, 4) + ", AIC " + fixed(fit.aic, 1) + ", BIC " + fixed(fit.bic, 1) +
                     ", area under the curve " + fixed(fit.area_under_curve, 3) + ".",
                 goodness_note(fit.goodness)};
  if (!references.empty()) table.notes.push_back(references_note(references));
  return table;
}

Table fit_table(const takeup::MisclassifiedFit& fit, const std::vector<std::string>& references) {
  Table table;
  table.caption =
      std::string("Take-up with misclassified receipt, ") + name_of(fit.link) + ", " + name_of(fit.errors) + " errors";
  table.columns = {{"parameter", Align::left}, {"estimate"}, {"se"}, {"z"}, {"p"}, {"95 %"}};
  for (const Coefficient& coefficient : fit.coefficients) table.rows.push_back(row_of(coefficient));
  for (const Coefficient* share : {&fit.wrongly_seen, &fit.wrongly_missed, &fit.true_rate}) table.rows.push_back(row_of(*share));
  table.notes = {std::to_string(fit.units) + " units; seen to receive " + fixed(100.0 * fit.seen_rate, 1) + " %, corrected " +
                 fixed(100.0 * fit.true_rate.value, 1) + " %. Log-likelihood " + fixed(fit.log_likelihood, 3) + "."};
  if (!references.empty()) table.notes.push_back(references_note(references));
  return table;
}

Table fit_table(const takeup::EligibilityFit& fit, const std::vector<std::string>& references) {
  Table table;
  table.caption =
      std::string("Take-up with misclassified eligibility, ") + name_of(fit.link) + ", " + name_of(fit.errors) + " errors";
  table.columns = {{"parameter", Align::left}, {"estimate"}, {"se"}, {"z"}, {"p"}, {"95 %"}};
  for (const Coefficient& coefficient : fit.coefficients) table.rows.push_back(row_of(coefficient));
  table.rows.push_back(row_of(fit.wrongly_eligible));
  if (fit.seem_eligible < fit.units) table.rows.push_back(row_of(fit.wrongly_excluded));
  table.rows.push_back(row_of(fit.true_rate));
  table.notes = {std::to_string(fit.units) + " units, " + std::to_string(fit.seem_eligible) +
                 " seem to have the right; of these " + fixed(100.0 * fit.seen_rate, 1) +
                 " % receive, corrected rate of those who have it " + fixed(100.0 * fit.true_rate.value, 1) +
                 " %. Log-likelihood " + fixed(fit.log_likelihood, 3) + "."};
  if (!references.empty()) table.notes.push_back(references_note(references));
  return table;
}

Table fit_table(const takeup::BiprobitFit& fit, const std::string& first, const std::string& second,
                const std::vector<std::string>& references) {
  Table table;
  table.caption = std::string("Take-up of two benefits, bivariate probit, ") + name_of(fit.errors) + " errors";
  table.columns = {{"benefit", Align::left}, {"covariate", Align::left}, {"coef"}, {"se"}, {"z"}, {"p"}, {"95 %"}};
  const auto add = [&](const std::string& benefit, std::vector<std::string> row) {
    row.insert(row.begin(), benefit);
    table.rows.push_back(std::move(row));
  };
  for (const Coefficient& coefficient : fit.first) add(first, row_of(coefficient));
  for (const Coefficient& coefficient : fit.second) add(second, row_of(coefficient));
  add("both",
      {"rho", number(fit.correlation.value), number(fit.correlation.standard_error), fixed(fit.atanh_correlation.z(), 2),
       p_value(fit.atanh_correlation.p_value()), "[" + number(fit.correlation_low) + " ; " + number(fit.correlation_high) + "]"});
  table.notes = {"rho: test and interval by atanh(rho).",
                 std::to_string(fit.units) + " units, sum of weights " + grouped(fit.sum_of_weights, 0) + ". Log-likelihood " +
                     fixed(fit.log_likelihood, 3) + " (two probits alone " + fixed(fit.independent_log_likelihood, 3) +
                     ": chi2(1) " + fixed(fit.likelihood_ratio(), 2) + ", p " + p_value(fit.likelihood_ratio_p_value()) +
                     "), AIC " + fixed(fit.aic, 1) + ", BIC " + fixed(fit.bic, 1) + "."};
  for (std::size_t o = 0; o < fit.joint.size(); ++o) {
    table.notes.push_back("Receives " + std::string(takeup::joint_outcomes[o]) + ": observed " +
                          fixed(100.0 * fit.observed[o], 1) + " %, fitted " + fixed(100.0 * fit.joint[o].value, 1) + " % (se " +
                          fixed(100.0 * fit.joint[o].standard_error, 1) + ").");
  }
  if (!references.empty()) table.notes.push_back(references_note(references));
  return table;
}

Table calibration_table(const takeup::GoodnessOfFit& goodness) {
  Table table;
  table.caption = "Calibration by tenths of the fitted probability";
  table.columns = {{"from %"}, {"to %"}, {"units"}, {"fitted %"}, {"observed %"}, {"se"}};
  for (const takeup::CalibrationBand& band : goodness.bands) {
    table.rows.push_back({fixed(100.0 * band.lowest, 1), fixed(100.0 * band.highest, 1), std::to_string(band.units),
                          fixed(100.0 * band.predicted, 1), fixed(100.0 * band.observed, 1),
                          fixed(100.0 * band.observed_error, 1)});
  }
  return table;
}

Table cells_table(const std::vector<takeup::CellFit>& cells) {
  Table table;
  table.caption = "Rates by cell";
  table.columns = {{"cell", Align::left}, {"units"}, {"observed %"}, {"fitted %"}, {"se"}};
  for (const takeup::CellFit& cell : cells) {
    table.rows.push_back({cell.cell, std::to_string(cell.units), fixed(100.0 * cell.observed, 1),
                          fixed(100.0 * cell.predicted.value, 1), fixed(100.0 * cell.predicted.standard_error, 1)});
  }
  return table;
}

std::string fit_json(const takeup::ChoiceFit& fit, const std::vector<takeup::CellFit>& cells,
                     const std::vector<std::string>& references) {
  Json out{{"format", "labacces-fit/1"},
           {"model", name_of(fit.link)},
           {"errors", name_of(fit.errors)},
           {"units", fit.units},
           {"clusters", fit.clusters},
           {"sum_of_weights", fit.sum_of_weights},
           {"share", fit.share},
           {"coefficients", json_of(fit.coefficients)},
           {"covariance", fit.covariance},
           {"marginal_effects", json_of(fit.marginal_effects)},
           {"log_likelihood", fit.log_likelihood},
           {"null_log_likelihood", fit.null_log_likelihood},
           {"pseudo_r2", fit.pseudo_r2},
           {"aic", fit.aic},
           {"bic", fit.bic},
           {"area_under_curve", fit.area_under_curve},
           {"goodness", json_of(fit.goodness)},
           {"iterations", fit.iterations},
           {"references", references}};
  out["cells"] = Json::array();
  for (const takeup::CellFit& cell : cells)
    out["cells"].push_back(
        {{"cell", cell.cell}, {"units", cell.units}, {"observed", cell.observed}, {"fitted", json_of(cell.predicted)}});
  return out.dump(1) + "\n";
}

std::string fit_json(const takeup::MisclassifiedFit& fit, const std::vector<std::string>& references) {
  const Json out{{"format", "labacces-fit/1"},
                 {"model", std::string("misclassified ") + name_of(fit.link)},
                 {"errors", name_of(fit.errors)},
                 {"units", fit.units},
                 {"share", fit.seen_rate},
                 {"coefficients", json_of(fit.coefficients)},
                 {"wrongly_seen", json_of(fit.wrongly_seen)},
                 {"wrongly_missed", json_of(fit.wrongly_missed)},
                 {"true_rate", json_of(fit.true_rate)},
                 {"log_likelihood", fit.log_likelihood},
                 {"iterations", fit.iterations},
                 {"references", references}};
  return out.dump(1) + "\n";
}

std::string fit_json(const takeup::EligibilityFit& fit, const std::vector<std::string>& references) {
  const Json out{{"format", "labacces-fit/1"},
                 {"model", std::string("misclassified eligibility ") + name_of(fit.link)},
                 {"errors", name_of(fit.errors)},
                 {"units", fit.units},
                 {"seem_eligible", fit.seem_eligible},
                 {"share", fit.seen_rate},
                 {"coefficients", json_of(fit.coefficients)},
                 {"covariance", fit.covariance},
                 {"wrongly_eligible", json_of(fit.wrongly_eligible)},
                 {"wrongly_excluded", json_of(fit.wrongly_excluded)},
                 {"true_rate", json_of(fit.true_rate)},
                 {"log_likelihood", fit.log_likelihood},
                 {"iterations", fit.iterations},
                 {"references", references}};
  return out.dump(1) + "\n";
}

std::string fit_json(const takeup::BiprobitFit& fit, const std::string& first, const std::string& second,
                     const std::vector<std::string>& references) {
  Json out{{"format", "labacces-fit/1"},
           {"model", "bivariate probit"},
           {"errors", name_of(fit.errors)},
           {"units", fit.units},
           {"sum_of_weights", fit.sum_of_weights},
           {"benefits", {first, second}},
           {"first", json_of(fit.first)},
           {"second", json_of(fit.second)},
           {"correlation", json_of(fit.correlation)},
           {"atanh_correlation", json_of(fit.atanh_correlation)},
           {"covariance", fit.covariance},
           {"log_likelihood", fit.log_likelihood},
           {"independent_log_likelihood", fit.independent_log_likelihood},
           {"likelihood_ratio", fit.likelihood_ratio()},
           {"likelihood_ratio_p", fit.likelihood_ratio_p_value()},
           {"aic", fit.aic},
           {"bic", fit.bic},
           {"iterations", fit.iterations},
           {"references", references}};
  out["correlation"]["ci95"] = {fit.correlation_low, fit.correlation_high};
  out["joint"] = Json::array();
  for (std::size_t o = 0; o < fit.joint.size(); ++o)
    out["joint"].push_back(
        {{"outcome", takeup::joint_outcomes[o]}, {"observed", fit.observed[o]}, {"fitted", json_of(fit.joint[o])}});
  return out.dump(1) + "\n";
}

}  // namespace labacces::report
