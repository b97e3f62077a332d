#include "libsim/scenario/income_error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "libsim/base/error.hpp"
#include "libsim/base/random.hpp"
#include "libsim/population/scaled.hpp"
#include "libsim/takeup/normal.hpp"

namespace labacces::scenario {
namespace {

std::vector<std::string> incomes_of(const MeasuredWorld& world, const MeasureOptions& options) {
  const std::vector<std::string> given = given_incomes(world.population(), world.law().schema());
  if (options.incomes.empty()) return given;
  for (const std::string& name : options.incomes) {
    if (std::find(given.begin(), given.end(), name) != given.end()) continue;
    const std::string hint = did_you_mean(name, given);
    throw Error("incomes: the data give no amount '" + name + "' of persons" + (hint.empty() ? "" : "; " + hint));
  }
  return options.incomes;
}

/// Every unit of each benefit.
std::vector<std::vector<std::uint32_t>> all_rows(const MeasuredWorld& world) {
  std::vector<std::vector<std::uint32_t>> rows;
  for (const std::string& benefit : world.scenario().benefits) {
    rows.emplace_back(world.population().count(world.variable(benefit).level));
    std::iota(rows.back().begin(), rows.back().end(), 0U);
  }
  return rows;
}

/// Rights of the month, one column a benefit.
std::vector<std::vector<double>> rights_in(const MeasuredWorld& world, const Population& population, unsigned threads) {
  std::vector<plan::Request> requests;
  for (const std::string& benefit : world.scenario().benefits)
    requests.push_back({benefit, Period::month(*world.scenario().period)});
  const law::Law* const laws[] = {&world.law()};
  const plan::Graph graph = plan::build_graph(laws, requests, population);
  return engine::run(plan::schedule(graph), population, {.threads = threads});
}

Population with_errors(const MeasuredWorld& world, const std::vector<std::string>& incomes, double deviation,
                       std::uint64_t draw) {
  const Stream stream(world.scenario().seed, "income_error");
  std::vector<double> factors;
  for (const std::string& id : world.population().ids(Level::individu)) {
    const double e = takeup::normal_quantile(stream.uniform(hash_name(id), draw) + 0x1.0p-54);
    factors.push_back(std::exp(deviation * e - 0.5 * deviation * deviation));
  }
  return scaled(world.shared_population(), incomes, [&](std::size_t, std::size_t row) { return factors[row]; });
}

}  // namespace

std::vector<outcomes::IncomeError> income_errors(const std::shared_ptr<const MeasuredWorld>& world,
                                                 const MeasureOptions& options) {
  if (options.income_errors.empty()) return {};
  const std::vector<std::string> incomes = incomes_of(*world, options);
  const auto rows = std::make_shared<const std::vector<std::vector<std::uint32_t>>>(all_rows(*world));
  const std::size_t benefits = rows->size();
  std::vector<outcomes::IncomeError> out;
  for (const double deviation : options.income_errors) {
    outcomes::IncomeError& error = out.emplace_back();
    error.deviation = deviation;
    error.plan = {std::max<std::size_t>(options.income_draws, 1), 0, true};
    for (std::size_t b = 0; b < benefits; ++b) {
      const law::Variable& variable = world->variable(world->scenario().benefits[b]);
      std::vector<std::uint32_t> dwellings;
      for (const std::uint32_t row : (*rows)[b])
        dwellings.push_back(static_cast<std::uint32_t>(seen_from(world->population(), variable.level, row, Level::menage)));
      error.tables.push_back(outcomes::apparent_table(std::move(dwellings),
                                                      {b, benefits, variable.type.kind == ValueKind::yes_no, world->observed()}));
    }
    error.receipts = [world, rows, incomes, deviation, benefits, threads = options.threads](std::size_t, std::size_t draw) {
      const outcomes::Receipts whole = world->receipts(*rows, 0, draw);
      const std::size_t months = world->months();
      outcomes::Receipts receipts(2 * benefits);
      for (std::size_t b = 0; b < benefits; ++b) {
        for (std::size_t row = 0; row < (*rows)[b].size(); ++row) {
          receipts[b].received.push_back(whole[b].received[(row + 1) * months - 1]);
          receipts[benefits + b].received.push_back(
              world->right(b, row, months - 1));  // as it is: the last third of what the table reads
        }
      }
      std::vector<std::vector<double>> measured = rights_in(*world, with_errors(*world, incomes, deviation, draw), threads);
      for (std::size_t b = 0; b < benefits; ++b)
        receipts.insert(receipts.begin() + static_cast<std::ptrdiff_t>(benefits + b), {std::move(measured[b]), {}});
      return receipts;
    };
  }
  return out;
}

}  // namespace labacces::scenario
