#include "libsim/scenario/measured_world.hpp"

#include <algorithm>

#include "libsim/base/error.hpp"
#include "libsim/base/random.hpp"
#include "libsim/scenario/take_up_columns.hpp"
#include "libsim/scenario/take_up_order.hpp"

namespace labacces::scenario {
namespace {

constexpr const char* tenure = "statut_occupation_logement";
constexpr int longest = 9;  // months of a durable non-take-up

bool is_amount(const law::Variable& variable) {
  return variable.type.kind == ValueKind::number && variable.type.measure == law::eur_per_month;
}
bool is_yes_no(const law::Variable& variable) { return variable.type.kind == ValueKind::yes_no; }

const law::Variable& asked(const law::Law& law, const std::string& name, const std::string& what, bool fits(const law::Variable&),
                           const char* expected) {
  const auto found = law.find_variable(name);
  std::vector<std::string> names;
  for (const law::Variable& variable : law.variables()) {
    if (fits(variable)) names.push_back(variable.name);
  }
  if (!found) {
    const std::string hint = did_you_mean(name, names);
    throw Error(what + ": the law has no variable '" + name + "'" + (hint.empty() ? "" : "; " + hint));
  }
  const law::Variable& variable = law.variables()[*found];
  if (!fits(variable)) throw Error(what + ": '" + name + "' is " + variable.measure_text + ", " + expected + " was expected");
  return variable;
}

bool is_benefit(const law::Variable& variable) {
  return (is_amount(variable) || is_yes_no(variable)) && variable.periodicity == Periodicity::monthly;
}
bool is_group_variable(const law::Variable& variable) {
  return (variable.type.kind == ValueKind::enumeration || is_yes_no(variable)) && variable.periodicity != Periodicity::yearly;
}

}  // namespace

Scenario replicated(const Scenario& scenario, std::size_t replication) {
  Scenario out = scenario;
  if (replication > 0) out.seed = hash_name(std::to_string(scenario.seed) + "/replication/" + std::to_string(replication));
  return out;
}

MeasuredWorld::MeasuredWorld(const Scenario& scenario, std::shared_ptr<const law::Law> law,
                             std::shared_ptr<const Population> population, const MeasureOptions& options)
    : scenario_(scenario), law_(std::move(law)), population_(std::move(population)), options_(options) {
  std::vector<plan::Request> requests;
  ask(requests);
  if (!scenario_.order.empty()) refuse_order();
  const law::Law* const laws[] = {law_.get()};
  const plan::Graph graph = plan::build_graph(laws, requests, *population_);
  outputs_ = engine::run(plan::schedule(graph), *population_, {.threads = options_.threads});
  spans_.assign(outputs_.begin(), outputs_.end());
  keys_.resize(level_count);
  for (const std::string& benefit : scenario_.benefits) {
    const Level level = variable(benefit).level;
    if (keys_[index_of(level)].empty()) keys_[index_of(level)] = takeup::unit_keys(*population_, level);
  }
  if (!options_.spreads.empty()) drawn(1, 0);  // what does not fit is told before the work
  if (!scenario_.order.empty()) {
    prepare_order(requests);
  } else if (!observed()) {
    chances_ = chances_alone(decisions(scenario_).of(0), whole());
  }
}

void MeasuredWorld::ask(std::vector<plan::Request>& requests) {
  period_ = scenario_.period.value_or(law_->latest_month());
  scenario_.period = period_;
  int known = longest;
  for (const std::string& benefit : scenario_.benefits) {
    const law::Variable& variable = asked(*law_, benefit, "benefits", is_benefit, "an amount a month or a monthly yes/no");
    if (!variable.versions.empty()) known = std::min(known, period_ - variable.versions.front().in_force.begin + 1);
  }
  months_ = static_cast<std::size_t>(std::max(known, 1));
  const auto by_month = [&](const std::string& name) {
    for (std::size_t month = 0; month < months_; ++month)
      requests.push_back({name, Period::month(period_ - static_cast<int>(months_ - 1 - month))});
  };
  for (const std::string& benefit : scenario_.benefits) by_month(benefit);
  first_receipt_ = requests.size();
  for (const std::string& benefit : observed() ? scenario_.benefits : std::vector<std::string>{}) {
    const auto found = std::find_if(options_.receipts.begin(), options_.receipts.end(),
                                    [&](const auto& receipt) { return receipt.first == benefit; });
    if (found == options_.receipts.end())
      throw Error("receipt is given of some benefits, not of '" + benefit + "': give it of all, or leave the benefit out");
    const law::Variable& variable =
        asked(*law_, found->second, "receipt of '" + benefit + "'", is_benefit, "an amount a month or a monthly yes/no");
    if (variable.level != this->variable(benefit).level) {
      throw Error("receipt of '" + benefit + "': '" + found->second + "' is of " + std::string(name_of(variable.level)) +
                  ", the benefit of " + std::string(name_of(this->variable(benefit).level)));
    }
    by_month(found->second);
  }
  for (const auto& [benefit, name] : options_.receipts) {
    if (std::find(scenario_.benefits.begin(), scenario_.benefits.end(), benefit) == scenario_.benefits.end()) {
      const std::string hint = did_you_mean(benefit, scenario_.benefits);
      throw Error("receipt of '" + benefit + "', which is not among the benefits" + (hint.empty() ? "" : "; " + hint));
    }
  }
  first_group_ = requests.size();
  groups_ = scenario_.groups;
  if (population_->find(tenure) != nullptr && std::find(groups_.begin(), groups_.end(), tenure) == groups_.end())
    groups_.emplace_back(tenure);
  for (const std::string& group : groups_) {
    asked(*law_, group, "groups", is_group_variable, "an enumeration or yes/no");
    requests.push_back({group, Period::month(period_)});
  }
  first_fact_ = requests.size();
  add_facts(scenario_, *law_, facts_);
  for (const std::string& fact : facts_) requests.push_back({fact, period_of_fact(*law_, fact, period_)});
  first_more_ = requests.size();
  for (const std::string& name : options_.more_variables) requests.push_back({name, period_of_fact(*law_, name, period_)});
  first_living_ = requests.size();
  if (options_.living.empty() || !law_->find_variable(options_.living) || !law_->find_variable(options_.consumption_units))
    return;
  for (const std::string& name : {options_.living, options_.consumption_units}) {
    const law::Variable& of_dwelling = variable(name);
    if (of_dwelling.level != Level::menage || of_dwelling.type.kind != ValueKind::number)
      throw Error("'" + name + "' is not a number of the dwelling (menage)");
    requests.push_back(
        {name, of_dwelling.periodicity == Periodicity::yearly ? Period::year(period_.year()) : Period::month(period_)});
  }
}

Scenario MeasuredWorld::drawn(std::size_t parameter_draw, std::size_t replication) const {
  Scenario out = replicated(scenario_, replication);
  if (parameter_draw == 0) return out;
  for (takeup::Behaviour& behaviour : out.take_up) {
    for (const ParameterSpread& spread : options_.spreads) {
      if (spread.benefit == behaviour.benefit) behaviour = moved(behaviour, spread, scenario_.seed, parameter_draw);
    }
  }
  return out;
}

outcomes::Receipt MeasuredWorld::observed_receipt(std::size_t benefit, const std::vector<std::uint32_t>& rows) const {
  const auto& receipt = *std::find_if(options_.receipts.begin(), options_.receipts.end(),
                                      [&](const auto& one) { return one.first == scenario_.benefits[benefit]; });
  const bool whole = is_yes_no(variable(receipt.second));
  outcomes::Receipt out;
  for (const std::uint32_t row : rows) {
    for (std::size_t month = 0; month < months_; ++month) {
      const double seen = outputs_[first_receipt_ + benefit * months_ + month][row];
      const double right = this->right(benefit, row, month);
      out.received.push_back(whole && seen > 0.0 && right > 0.0 ? right : seen);
    }
  }
  return out;
}

std::vector<BenefitColumns> MeasuredWorld::columns_of(const Scenario& now) const {
  return benefit_columns(now, *law_, {0, first_fact_, months_, facts_, first_resolved_});
}

engine::ChunkView MeasuredWorld::whole() const {
  engine::ChunkView view;
  for (std::size_t level = 0; level < level_count; ++level) view.size[level] = population_->count(static_cast<Level>(level));
  view.outputs = spans_;
  return view;
}

Claims MeasuredWorld::claims_of(const Scenario& now) const {
  std::vector<const std::vector<std::uint64_t>*> keys;
  for (std::size_t b = 0; b < scenario_.benefits.size(); ++b) keys.push_back(&this->keys(b));
  return {*population_, columns_of(now), luck_of(now), std::move(keys), first_month(), months_};
}

Decisions MeasuredWorld::decisions(const Scenario& now) const {
  std::vector<Claims> claims;
  claims.push_back(claims_of(now));
  return {std::move(claims), {takeup::UnderReform::redraw}, months_};
}

void MeasuredWorld::refuse_order() const {
  if (observed())
    throw Error(Location{scenario_.file, 0, 0, "order"},
                "receipt is observed, so no order of claiming is followed: take 'order' out, and give the population what is "
                "received under the benefit's own name where it should count in other rights");
  check_order(scenario_, *law_, first_month(), period_);
}

void MeasuredWorld::prepare_order(const std::vector<plan::Request>& requests) {
  OrderedWorlds orders(std::span(&scenario_, 1), first_month(), months_, requests.size());
  first_resolved_ = orders.first_output(0);
  const Decisions asked = decisions(scenario_);
  const law::Law* const laws[] = {law_.get()};
  ordered_ = plan::schedule(plan::build_graph(laws, requests, *population_, orders.resolutions(asked)));
}

outcomes::Receipts MeasuredWorld::ordered_receipts(const Decisions& decisions,
                                                   const std::vector<std::vector<std::uint32_t>>& rows, unsigned threads) const {
  outcomes::Receipts out(rows.size());
  for (std::size_t b = 0; b < rows.size(); ++b) out[b].received.resize(rows[b].size() * months_);
  engine::RunOptions run{.threads = threads};
  run.decide = [&](std::uint32_t name, const engine::ChunkView& view, std::span<double> claims) {
    decisions.decide(name, view, claims);
  };
  engine::run_chunks(*ordered_, *population_, run, [&](const engine::ChunkView& view) {
    for (std::size_t b = 0; b < rows.size(); ++b) {
      const std::size_t level = index_of(variable(scenario_.benefits[b]).level);
      auto row = std::lower_bound(rows[b].begin(), rows[b].end(), view.first[level]);
      for (; row != rows[b].end() && *row < view.first[level] + view.size[level]; ++row) {
        const auto entry = static_cast<std::size_t>(row - rows[b].begin());
        for (std::size_t month = 0; month < months_; ++month) {
          const double right = decisions.of(0).right(view, b, *row, month);
          if (right > 0.0 && decisions.claims(view, 0, b, *row, month)) out[b].received[entry * months_ + month] = right;
        }
      }
    }
  });
  return out;
}

outcomes::Receipts MeasuredWorld::receipts(const std::vector<std::vector<std::uint32_t>>& rows, std::size_t parameter_draw,
                                           std::size_t replication) const {
  if (!observed()) {
    const Scenario now = drawn(parameter_draw, replication);
    // Draws of the parameters come from several threads already.
    if (ordered_) return ordered_receipts(decisions(now), rows, parameter_draw == 0 ? options_.threads : 1);
    if (parameter_draw == 0) return drawn_receipts(claims_of(now), whole(), chances_, rows);
    return receipts_of(now, rows);
  }
  outcomes::Receipts out;
  for (std::size_t b = 0; b < rows.size(); ++b) out.push_back(observed_receipt(b, rows[b]));
  return out;
}

outcomes::Receipts MeasuredWorld::receipts_of(const Scenario& now, const std::vector<std::vector<std::uint32_t>>& rows) const {
  const Claims claims = claims_of(now);
  const engine::ChunkView view = whole();
  return drawn_receipts(claims, view, chances_alone(claims, view), rows);
}

}  // namespace labacces::scenario
