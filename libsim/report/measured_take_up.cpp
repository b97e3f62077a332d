// The tables of a report of take-up, measured.
#include <algorithm>

#include "libsim/base/text.hpp"
#include "libsim/outcomes/living_take_up.hpp"
#include "libsim/report/take_up_report.hpp"

namespace labacces::report {

namespace {

/// One row a size of the error; all sizes share the draws of the errors.
void add_income_errors(const outcomes::TakeUpData& data, std::size_t size, unsigned threads, TakeUpReport& report) {
  const outcomes::IncomeError& error = data.income_errors[size];
  const auto measured = measure_tables(data.design, error.tables, error.plan, error.receipts, threads);
  for (std::size_t b = 0; b < error.tables.size(); ++b) {
    const auto same = [&](const TakeUpTable& table) {
      return table.name == "income_error" && table.benefit == data.benefits[b].name;
    };
    auto table = std::find_if(report.tables.begin(), report.tables.end(), same);
    if (table == report.tables.end()) {
      table = report.tables.insert(
          table, {"income_error",
                  data.benefits[b].name,
                  error.tables[b].figures,
                  {{"error", "error", {}}},
                  {"Rates as they appear where incomes are seen with a log-normal error, % (error);",
                   data.observed ? "missed: of the eligible; wrong: of those found eligible; low: were the data so, too."
                                 : "missed: of the eligible; wrong: of those found eligible; beta: of who receives."}});
    }
    outcomes::MeasuredCell cell = measured[b][0].cells[0];
    cell.name = shortest(100.0 * error.deviation) + " %";
    table->groups[0].cells.push_back(std::move(cell));
  }
}

}  // namespace

TakeUpReport measured_take_up(const outcomes::TakeUpData& data, unsigned threads) {
  TakeUpReport report{data.title, data.source,        data.synthetic, data.plan.simulated, data.plan, data.design.description(),
                      {},         data.no_suppression};
  std::vector<outcomes::QuantityTable> tables;
  for (std::size_t b = 0; b < data.benefits.size(); ++b) {
    tables.push_back(outcomes::non_take_up_table(data.benefits[b], b));
    report.tables.push_back({"non_take_up", data.benefits[b].name, {}, {}});
    if (!data.observed) continue;
    tables.push_back(outcomes::confusion_table(data.benefits[b], b));
    report.tables.push_back({"right_by_receipt", data.benefits[b].name, {}, {}});
  }
  if (data.benefits.size() > 1) {
    tables.push_back(outcomes::joint_table(data.benefits));
    report.tables.push_back({"joint", "", {}, {}});
  }
  auto measured = measure_tables(data.design, tables, data.plan, data.receipts, threads);
  for (std::size_t t = 0; t < tables.size(); ++t) {
    report.tables[t].figures = tables[t].figures;
    report.tables[t].groups = std::move(measured[t]);
  }
  if (data.benefits.size() > 1) {
    TakeUpTable& joint = report.tables.back();
    std::vector<outcomes::MeasuredCell> pairs = outcomes::split_pairs(joint.figures, joint.groups[0].cells[0]);
    if (!pairs.empty()) {
      report.tables.push_back({"joint_pairs",
                               "",
                               outcomes::pair_figures(),
                               {{"pair", "1st+2nd benefit", std::move(pairs)}},
                               {"Of dwellings with both rights: what is received, % (error)."}});
    }
  }
  for (std::size_t b = 0; b < data.income_errors.size(); ++b) add_income_errors(data, b, threads, report);
  std::vector<outcomes::MeasuredCell> living = outcomes::measure_living(data, threads);
  if (!living.empty()) {
    report.tables.push_back({"standards_of_living",
                             "",
                             outcomes::living_figures(),
                             {{"income", "income", std::move(living)}},
                             {"Of persons, % (error): below 60 % of the median, their gap to it, below 50 %."}});
  }
  return report;
}

}  // namespace labacces::report
