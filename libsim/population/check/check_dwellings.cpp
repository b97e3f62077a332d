// Dwellings: tenure and rent, zone and département, weights.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "libsim/base/text.hpp"
#include "libsim/population/check/codes.hpp"
#include "libsim/population/check/findings.hpp"
#include "libsim/population/check/monthly_values.hpp"

namespace labacces::check {
namespace {

constexpr double extreme_weight = 100.0;    // times the median
constexpr double replicate_distance = 0.2;  // of the total

constexpr Kind no_rent{"tenant_without_rent", CheckLevel::warning, Level::menage, "a tenant who pays no rent in the period"};
constexpr Kind odd_rent{"rent_without_lease", CheckLevel::warning, Level::menage,
                        "a rent in the period, of an owner without a loan or of who is housed free"};
constexpr Kind far_zone{"zone_1_outside_paris", CheckLevel::error, Level::menage,
                        "zone_1 in a département that is not in Île-de-France (arrêté du 17 mars 1978)"};
constexpr Kind zero_weight{"weight_of_zero", CheckLevel::warning, Level::menage,
                           "a weight of 0: the dwelling counts for nothing"};
constexpr Kind great_weight{"extreme_weight", CheckLevel::warning, Level::menage, "a weight of more than 100 times the median"};
constexpr Kind no_weights{"no_weights", CheckLevel::note, Level::menage, "every weight is 1: results are those of the sample"};
constexpr Kind nothing_left{"no_weight_at_all", CheckLevel::error, Level::menage, "every weight is 0"};
constexpr Kind same_replicate{"replicate_is_the_weight", CheckLevel::warning, Level::menage, ""};
constexpr Kind far_replicate{"replicate_total_differs", CheckLevel::warning, Level::menage, ""};

void check_tenure(const Population& population, const Schema& schema, Month month, Findings& findings) {
  const MonthlyValues tenure(population, schema, "statut_occupation_logement", month);
  const MonthlyValues rent(population, schema, "loyer", month);
  const MonthlyValues zone(population, schema, "zone_apl", month);
  const MonthlyValues departement(population, schema, "departement", month);
  const IsOneOf tenant(schema, "statut_occupation_logement",
                       {"locataire_hlm", "locataire_vide", "locataire_meuble", "locataire_foyer"});
  const IsOneOf no_lease(schema, "statut_occupation_logement", {"proprietaire", "loge_gratuitement"});
  const IsOneOf paris(schema, "zone_apl", {"zone_1"});
  const IsOneOf any_other(schema, "departement", {"autre"});
  for (std::size_t row = 0; row < population.count(Level::menage); ++row) {
    if (tenant(tenure.at(row)) && rent.amount(row) == 0.0) findings.add(no_rent, row);
    if (no_lease(tenure.at(row)) && rent.amount(row) > 0.0) findings.add(odd_rent, row);
    // The départements that the law tells apart are all outside Île-de-France.
    if (paris(zone.at(row)) && departement.at(row) && !any_other(departement.at(row))) findings.add(far_zone, row);
  }
}

void check_weights(const Population& population, Findings& findings) {
  const std::vector<double>& weights = population.weights();
  if (weights.empty()) return;
  if (std::all_of(weights.begin(), weights.end(), [](double weight) { return weight == 1.0; })) {
    findings.add_whole(no_weights, {}, no_weights.text);
    return;
  }
  std::vector<double> positive;
  std::copy_if(weights.begin(), weights.end(), std::back_inserter(positive), [](double weight) { return weight > 0.0; });
  if (positive.empty()) {
    findings.add_whole(nothing_left, {}, nothing_left.text);
    return;
  }
  const auto middle = positive.begin() + static_cast<std::ptrdiff_t>(positive.size() / 2);
  std::nth_element(positive.begin(), middle, positive.end());
  for (std::size_t row = 0; row < weights.size(); ++row) {
    if (weights[row] == 0.0) findings.add(zero_weight, row);
    if (weights[row] > extreme_weight * *middle) findings.add(great_weight, row);
  }
}

void check_replicates(const Population& population, const CheckOptions& options, Findings& findings) {
  const std::vector<double>& weights = population.weights();
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<std::string> same, far;
  for (std::size_t r = 0; r < options.replicates.size(); ++r) {
    const std::vector<double>& replicate = options.replicates[r];
    if (replicate == weights) same.push_back(std::to_string(r + 1));
    const double sum = std::accumulate(replicate.begin(), replicate.end(), 0.0);
    if (std::abs(sum - total) > replicate_distance * std::abs(total)) far.push_back(std::to_string(r + 1));
  }
  if (!same.empty()) findings.add_whole(same_replicate, {}, "replicates that are the weights themselves: " + join(same, ", "));
  if (!far.empty())
    findings.add_whole(far_replicate, {}, "replicates whose total is over 20 % from that of the weights: " + join(far, ", "));
}

}  // namespace

void check_dwellings(const Population& population, const Schema& schema, const CheckOptions& options, Findings& findings) {
  check_tenure(population, schema, options.period, findings);
  check_weights(population, findings);
  check_replicates(population, options, findings);
}

}  // namespace labacces::check
