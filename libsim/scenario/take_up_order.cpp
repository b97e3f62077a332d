#include "libsim/scenario/take_up_order.hpp"

#include <algorithm>
#include <tuple>

#include "libsim/base/error.hpp"
#include "libsim/law/same_month.hpp"

namespace labacces::scenario {

void check_order(const Scenario& scenario, const law::Law& law, Month first, Month last) {
  if (scenario.order.size() < 2) return;
  const law::SameMonth readings(law);
  for (Month month = first; month <= last; month = month + 1) {
    for (std::size_t earlier = 0; earlier < scenario.order.size(); ++earlier) {
      for (std::size_t later = earlier + 1; later < scenario.order.size(); ++later) {
        const auto path =
            readings.path(*law.find_variable(scenario.order[earlier]), *law.find_variable(scenario.order[later]), month);
        if (path.empty()) continue;
        std::string text;
        for (const std::uint32_t rule : path) text += (text.empty() ? "" : " -> ") + law.variables()[rule].name;
        throw Error(Location{scenario.file, 0, 0, "order/" + std::to_string(earlier)},
                    "'" + scenario.order[earlier] + "' is decided before '" + scenario.order[later] +
                        "', but the law needs the latter for it in the same month (" + to_string(month) + "): " + text,
                    "put '" + scenario.order[later] + "' before '" + scenario.order[earlier] + "'");
      }
    }
  }
}

OrderedWorlds::OrderedWorlds(std::span<const Scenario> scenarios, Month first, std::size_t months, std::size_t outputs)
    : first_outputs_(scenarios.size(), 0), end_(outputs) {
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    const Scenario& scenario = scenarios[s];
    if (scenario.order.empty()) continue;
    resolutions_.push_back(
        {static_cast<std::uint32_t>(s), scenario.order, scenario.benefits, first, first + (static_cast<int>(months) - 1), {}});
    std::vector<std::size_t>& places = benefits_.emplace_back();
    for (const std::string& benefit : scenario.order) {
      const auto place = std::find(scenario.benefits.begin(), scenario.benefits.end(), benefit);
      SIM_CHECK(place != scenario.benefits.end(), "the order is of benefits of the scenario");
      places.push_back(static_cast<std::size_t>(place - scenario.benefits.begin()));
    }
    first_outputs_[s] = end_;
    end_ += plan::output_count(resolutions_.back());
  }
}

std::span<const plan::Resolution> OrderedWorlds::resolutions(const Decisions& decisions) {
  for (std::size_t i = 0; i < resolutions_.size(); ++i) {
    resolutions_[i].decide = [&decisions, s = resolutions_[i].scenario, places = benefits_[i]](std::size_t place,
                                                                                               std::size_t month) {
      return plan::Decision{decisions.meaning(s, places[place], month), decisions.name(s, places[place], month),
                            decisions.reads(s, places[place], month)};
    };
  }
  return resolutions_;
}

AssumedAmounts::AssumedAmounts(const plan::Graph& graph, std::size_t first_output, unsigned workers) {
  for (std::size_t i = 0; i < graph.assumed.size(); ++i) {
    const plan::AmountAssumed& assumed = graph.assumed[i];
    const auto known = std::find_if(amounts_.begin(), amounts_.end(), [&](const Amount& amount) {
      return std::tie(amount.scenario, amount.variable, amount.month) ==
             std::tie(assumed.scenario, assumed.variable, assumed.month);
    });
    const auto place =
        known == amounts_.end() ? amounts_.insert(known, {assumed.scenario, assumed.variable, assumed.month, {}}) : known;
    place->outputs.push_back(first_output + i);
  }
  counts_.assign(workers, std::vector<std::uint64_t>(amounts_.size(), 0));
}

void AssumedAmounts::operator()(const engine::ChunkView& view) {
  for (std::size_t i = 0; i < amounts_.size(); ++i) {
    const std::size_t rows = view.outputs[amounts_[i].outputs.front()].size();
    for (std::size_t row = 0; row < rows; ++row) {
      const bool due = std::any_of(amounts_[i].outputs.begin(), amounts_[i].outputs.end(),
                                   [&](std::size_t output) { return view.outputs[output][row] > 0.0; });
      counts_[view.worker][i] += due ? 1 : 0;
    }
  }
}

std::vector<AssumedTakeUp> AssumedAmounts::of(std::size_t scenario, const law::Law& law) const {
  std::vector<AssumedTakeUp> out;
  for (std::uint32_t variable = 0; variable < law.variables().size(); ++variable) {
    AssumedTakeUp total{law.variables()[variable].name, never, Month{}, 0};
    for (std::size_t i = 0; i < amounts_.size(); ++i) {
      if (amounts_[i].scenario != scenario || amounts_[i].variable != variable) continue;
      total.first = std::min(total.first, amounts_[i].month);
      total.last = std::max(total.last, amounts_[i].month);
      for (const std::vector<std::uint64_t>& counts : counts_) total.unit_months += counts[i];
    }
    if (total.first != never) out.push_back(std::move(total));
  }
  return out;
}

}  // namespace labacces::scenario
