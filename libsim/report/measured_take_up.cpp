// The tables of a report of take-up, measured.
#include "libsim/report/take_up_report.hpp"

namespace labacces::report {

TakeUpReport measured_take_up(const outcomes::TakeUpData& data, unsigned threads) {
  TakeUpReport report{data.title, data.source, data.synthetic, data.plan.simulated, data.plan, data.design.description(), {}};
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
  return report;
}

}  // namespace labacces::report
