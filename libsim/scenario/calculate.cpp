#include "libsim/scenario/calculate.hpp"

#include "libsim/engine/run.hpp"
#include "libsim/plan/from_law.hpp"

namespace labacces::scenario {

Calculated calculate(const law::Law& law, const Situation& situation) {
  std::vector<plan::Request> requests;
  for (const SituationRequest& request : situation.requests) {
    for (const Period& part : request.parts) requests.push_back({request.variable, part});
  }
  const law::Law* laws[] = {&law};
  const plan::Graph graph = plan::build_graph(laws, requests, situation.population);
  const std::vector<std::vector<double>> columns = engine::run(plan::schedule(graph), situation.population);

  std::vector<std::vector<double>> values;
  std::size_t next = 0;
  for (const SituationRequest& request : situation.requests) {
    std::vector<double> sum = columns[next++];
    for (std::size_t part = 1; part < request.parts.size(); ++part) {
      const std::vector<double>& more = columns[next++];
      for (std::size_t row = 0; row < sum.size(); ++row) sum[row] += more[row];
    }
    values.push_back(std::move(sum));
  }
  return {filled_situation(situation, law.schema(), values), situation.unknown, graph.defaults_used};
}

}  // namespace labacces::scenario
