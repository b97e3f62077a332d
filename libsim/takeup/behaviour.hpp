// How a benefit is claimed: models of the probability of claiming, as plain data. docs/methods/take-up.md has the formulas.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace labacces::takeup {

/// One thing known of a unit: a variable of the law as a number, or 1 where an enumeration is `item` (0 elsewhere).
struct Trait {
  std::string variable, item;
  double coefficient = 0.0;
  bool operator==(const Trait&) const = default;
};

/// A rate of claiming where `variable` is `item` ("yes" or "no" for yes/no).
struct CellRate {
  std::string variable, item;
  double rate = 1.0;
  bool operator==(const CellRate&) const = default;
};

/// Who claims another benefit claims this one more readily: `effect` is added to the log odds.
struct Gateway {
  std::string benefit;
  double effect = 0.0;
  bool operator==(const Gateway&) const = default;
};

enum class Model : unsigned char {
  rate,       ///< one probability, or one by cell
  logit,      ///< logistic(index)
  probit,     ///< normal_cdf(index)
  threshold,  ///< claims when the gain exceeds a log-normal cost: normal_cdf((log(gain) - log(median cost) + traits) / spread)
  observed,   ///< who is seen to receive claims; of the others the share `rate`
};

/// How the amount of the right enters the index of logit and probit.
enum class AmountForm : unsigned char { none, level, log, share_of_income };

struct Behaviour {
  std::string benefit;        ///< a variable of the law, in EUR/month
  std::string source;         ///< the study, or "assumption: ..."; kept in the run record
  std::string calibrated_to;  ///< the targets that its parameters were set to; empty = set by hand
  Model model = Model::rate;
  double rate = 1.0;            ///< rate: where no cell holds; observed: of those not seen to receive
  std::vector<CellRate> cells;  ///< the first that holds
  double intercept = 0.0;
  AmountForm form = AmountForm::none;
  double amount = 0.0;    ///< coefficient: per 100 EUR/month (level), of log(EUR/month), of the share of income
  std::string income;     ///< EUR/month, for share_of_income
  double duration = 0.0;  ///< coefficient of the months with the right among those computed
  std::vector<Trait> traits;
  double cost = 0.0, spread = 1.0;  ///< threshold: median cost in EUR, standard deviation of its logarithm
  double horizon = 12.0;            ///< threshold: months for which the gain is counted
  std::string receipt;              ///< observed: the variable that says so (EUR/month or yes/no)
  std::vector<Gateway> gateways;
  double persistence = 1.0;  ///< correlation of the latent draw from one month to the next; 1 = one decision for ever
  bool operator==(const Behaviour&) const = default;
};

/// Correlation of the latent draws of two benefits (Gaussian copula).
struct Correlation {
  std::string first, second;
  double value = 0.0;
  bool operator==(const Correlation&) const = default;
};

/// How decisions taken under the first scenario of a comparison meet another one. docs/methods/take-up.md has an example of each.
enum class UnderReform : unsigned char {
  redraw,          ///< everybody decides again, by this scenario's models and the same luck
  persist,         ///< decisions of the first scenario stand, also of those whose right is new
  newly_eligible,  ///< they stand for those who had the right; only those whose right is new decide by this scenario's models
  automatic,       ///< everybody who has the right is paid
};

/// What a probability needs to know of a unit in a month. `traits` and `cells` are in the order of the behaviour; a trait is the number that
/// its coefficient multiplies, a cell is whether it holds.
struct UnitFacts {
  double right = 0.0;   ///< EUR/month
  double months = 0.0;  ///< with the right
  double income = 0.0;  ///< EUR/month
  bool received = false;
  std::span<const double> traits;
  std::span<const double> cells;
  double gateway = 0.0;  ///< sum of the effects of the benefits claimed
};

/// Probability of claiming, in [0, 1]. Gateways shift its log odds; who is seen to receive stays at 1.
double probability(const Behaviour& behaviour, const UnitFacts& facts);

/// `p` with the effects of gateways added to its log odds; 0 and 1 stay.
double through_gateways(double p, double effects);

/// The behaviour of a benefit, or nullptr.
const Behaviour* find_behaviour(const std::vector<Behaviour>& behaviours, const std::string& benefit);

}  // namespace labacces::takeup
