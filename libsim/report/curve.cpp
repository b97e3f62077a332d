#include "libsim/report/curve.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "libsim/base/text.hpp"

namespace labacces::report {

Table curve_table(const scenario::Curve& curve, bool for_terminal) {
  const auto euros = [&](double value) { return for_terminal ? fixed(value, 2) : shortest(value); };
  std::vector<const scenario::CurveLine*> lines;
  std::string left_out;
  for (const scenario::CurveLine& line : curve.lines) {
    const bool zero = std::all_of(line.values.begin(), line.values.end(), [](double value) { return value == 0.0; });
    if (!for_terminal || !zero) {
      lines.push_back(&line);
    } else {
      left_out += (left_out.empty() ? "" : ", ") + line.name;
    }
  }
  Table table;
  table.caption = curve.label + " of " + curve.entity + " (" + curve.vary + ", " + curve.measure + "), " + to_string(curve.month);
  table.columns.push_back({curve.vary});
  if (!curve.income.empty()) table.columns.push_back({for_terminal ? "income" : "revenu_disponible"});
  if (!curve.marginal_rate.empty()) table.columns.push_back({for_terminal ? "METR %" : "marginal_rate"});
  for (const scenario::CurveLine* line : lines) table.columns.push_back({line->name});
  for (std::size_t i = 0; i < curve.axis.size(); ++i) {
    std::vector<std::string> row{shortest(curve.axis[i])};
    if (!curve.income.empty()) row.push_back(euros(curve.income[i]));
    if (!curve.marginal_rate.empty()) {
      const bool last = i == curve.marginal_rate.size();
      row.push_back(last ? "" : for_terminal ? fixed(100.0 * curve.marginal_rate[i], 1) : shortest(curve.marginal_rate[i]));
    }
    for (const scenario::CurveLine* line : lines) row.push_back(euros(line->values[i]));
    table.rows.push_back(std::move(row));
  }
  table.notes.emplace_back("Euros a month, all members together, at full take-up.");
  if (!curve.income.empty())
    table.notes.push_back("income: revenu_disponible of " + std::to_string(curve.month.year()) + ", a twelfth of it.");
  if (!curve.marginal_rate.empty()) table.notes.emplace_back("METR: the share of the step to the next line that is lost.");
  if (!left_out.empty()) table.notes.push_back("Zero everywhere: " + left_out + ".");
  return table;
}

std::string to_json(const scenario::Curve& curve) {
  nlohmann::ordered_json out{{"format", "labacces-curve/1"}, {"vary", curve.vary},     {"label", curve.label},
                             {"measure", curve.measure},     {"entity", curve.entity}, {"period", to_string(curve.month)},
                             {"axis", curve.axis},           {"income", curve.income}, {"marginal_rate", curve.marginal_rate}};
  out["lines"] = nlohmann::ordered_json::object();
  for (const scenario::CurveLine& line : curve.lines) out["lines"][line.name] = {{"label", line.label}, {"values", line.values}};
  return out.dump(1) + "\n";
}

}  // namespace labacces::report
