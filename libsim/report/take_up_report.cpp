#include "libsim/report/take_up_report.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/base/text.hpp"
#include "libsim/report/results.hpp"
#include "libsim/report/suppression.hpp"

namespace labacces::report {
namespace {

using Json = nlohmann::ordered_json;
using outcomes::FigureOf;
using outcomes::MeasuredFigure;

bool is_share(const FigureOf& figure) { return figure.unit == "share"; }

std::string shown(const FigureOf& figure, double value) {
  if (is_share(figure)) return fixed(100.0 * value, 1) + " %";
  if (std::abs(value) >= 1e6 && figure.unit == "EUR/year") return grouped(value / 1e6, 1) + " M";
  return grouped(value, std::abs(value) >= 100.0 ? 0 : 2);
}

std::string interval(const FigureOf& figure, const MeasuredFigure& measured) {
  if (std::isnan(measured.estimate.standard_error)) return "-";
  double low = measured.estimate.low(), high = measured.estimate.high();
  if (is_share(figure)) low = std::max(0.0, low), high = std::min(1.0, high);
  std::string left = shown(figure, low);
  if (is_share(figure)) left.resize(left.size() - 2);
  return "[" + left + " ; " + shown(figure, high) + "]";
}

/// Percent of the variance, or nothing where there is none.
std::string share_of(double part, double total) { return total > 0.0 ? fixed(100.0 * part / total, 0) : ""; }

std::string with_unit(const FigureOf& figure) {
  std::string name = figure.name;
  std::replace(name.begin(), name.end(), '_', ' ');
  if (figure.unit == "EUR/year") return name + ", €";
  if (figure.unit == "EUR/month") return name + ", €/month";
  return name;
}

std::string caption_of(const TakeUpReport& report, const TakeUpTable& table) {
  std::string name = table.name;
  std::replace(name.begin(), name.end(), '_', ' ');
  return report.title + (report.synthetic ? ", SYNTHETIC" : "") + ": " + name +
         (table.benefit.empty() ? "" : ", " + table.benefit);
}

const MeasuredFigure* figure_named(const TakeUpTable& table, const outcomes::MeasuredCell& cell, const std::string& name) {
  for (std::size_t i = 0; i < table.figures.size(); ++i) {
    if (table.figures[i].name == name) return &cell.figures[i];
  }
  return nullptr;
}

std::string percent(const MeasuredFigure* figure) {
  return figure != nullptr && figure->estimate.known ? fixed(100.0 * figure->estimate.value, 1) : "-";
}
std::string error_in_points(const MeasuredFigure* figure) {
  return figure != nullptr && figure->estimate.known && !std::isnan(figure->estimate.standard_error)
             ? fixed(100.0 * figure->estimate.standard_error, 1)
             : "-";
}
std::string amount(const MeasuredFigure* figure, double unit) {
  return figure != nullptr && figure->estimate.known ? grouped(figure->estimate.value / unit, 1) : "-";
}

Json number(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

Json figure_json(const FigureOf& figure, const MeasuredFigure& measured) {
  Json out{{"unit", figure.unit}};
  if (!measured.estimate.known) {
    out["value"] = nullptr;
    out["why"] = figure.known ? "nobody to divide by" : figure.why;
    return out;
  }
  out["value"] = measured.estimate.value;
  out["se"] = number(measured.estimate.standard_error);
  out["ci95"] = {number(measured.estimate.low()), number(measured.estimate.high())};
  out["variance"] = {
      {"sample", number(measured.parts.design)}, {"draws", measured.parts.draws}, {"parameters", measured.parts.parameters}};
  return out;
}

/// Small cells, and, in a cell that is shown, the blocks of figures in which one rests on 1 to 10 sampled units.
class HiddenFigures {
 public:
  HiddenFigures(const TakeUpReport& report, const TakeUpTable& table)
      : cells_(hidden_cells(report, table)), table_(table), shows_all_(report.shows_all_cells()) {}
  bool is_hidden(std::size_t group, std::size_t cell) const { return cells_[group][cell]; }
  bool is_hidden(std::size_t group, std::size_t cell, std::size_t figure) const {
    if (cells_[group][cell]) return true;
    const std::string& block = table_.figures[figure].block;
    if (shows_all_ || block.empty()) return false;
    for (std::size_t i = 0; i < table_.figures.size(); ++i) {
      const std::uint64_t sampled = table_.groups[group].cells[cell].figures[i].sampled;
      if (table_.figures[i].block == block && sampled > 0 && sampled < smallest_cell) return true;
    }
    return false;
  }

 private:
  std::vector<std::vector<bool>> cells_;
  const TakeUpTable& table_;
  bool shows_all_;
};

}  // namespace

std::vector<std::string> notes_of(const TakeUpReport& report) {
  std::vector<std::string> notes{"Errors: " + report.design + "."};
  if (report.simulated) {
    notes.push_back("Receipt simulated: means of " + std::to_string(report.plan.replications) + " draws of who claims; " +
                    (report.plan.parameter_draws > 0 ? std::to_string(report.plan.parameter_draws) + " draws of the parameters."
                                                     : "parameters held fixed."));
    notes.push_back("s, d, p: % of the variance from sample, draws, parameters.");
  }
  if (!report.shows_all_cells())
    notes.push_back("Hidden: under " + std::to_string(smallest_cell) +
                    " sampled units, or most euros of one; and the next with them.");
  return notes;
}

std::vector<std::vector<bool>> hidden_cells(const TakeUpReport& report, const TakeUpTable& table) {
  std::vector<std::vector<bool>> out;
  for (const outcomes::MeasuredGroup& group : table.groups) {
    std::vector<std::size_t> sampled;
    std::vector<bool> dominated;
    for (const outcomes::MeasuredCell& cell : group.cells) {
      sampled.push_back(static_cast<std::size_t>(cell.sampled));
      dominated.push_back(cell.dominated);
    }
    out.push_back(hidden_counts(sampled, report.shows_all_cells(), dominated));
  }
  return out;
}

Table take_up_figures(const TakeUpReport& report, const TakeUpTable& table) {
  Table out;
  out.caption = caption_of(report, table);
  out.columns = {{"figure", Align::left}, {"value"}, {"se"}, {"95 %"}};
  if (report.simulated) out.columns.insert(out.columns.end(), {{"s"}, {"d"}, {"p"}});
  out.notes = notes_of(report);
  const HiddenFigures hides(report, table);
  for (std::size_t i = 0; i < table.figures.size(); ++i) {
    const FigureOf& figure = table.figures[i];
    const MeasuredFigure& measured = table.groups[0].cells[0].figures[i];
    if (!measured.estimate.known) continue;
    const bool hidden = hides.is_hidden(0, 0, i);
    std::vector<std::string> row{with_unit(figure), "hidden", "", ""};
    if (!hidden) {
      const double error = measured.estimate.standard_error;
      row = {with_unit(figure), shown(figure, measured.estimate.value), std::isnan(error) ? "-" : shown(figure, error),
             interval(figure, measured)};
    }
    if (report.simulated) {
      for (const double part : {measured.parts.design, measured.parts.draws, measured.parts.parameters})
        row.push_back(hidden ? "" : share_of(part, measured.parts.total()));
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

Table take_up_groups(const TakeUpReport& report, const TakeUpTable& table) {
  Table out;
  out.caption = caption_of(report, table) + ", by group";
  out.columns = {{"", Align::left}, {"units k"}, {"NTU %"}, {"se"}, {"€ %"}, {"se"}, {"durable"}, {"lost M€"}};
  out.notes = {"NTU: eligible that receive nothing in the month, % of the eligible; €: in euros;",
               "durable: in three quarters running; lost: unclaimed a year."};
  const auto hidden = hidden_cells(report, table);
  for (std::size_t g = 1; g < table.groups.size(); ++g) {
    out.rows.push_back({table.groups[g].name, "", "", "", "", "", "", ""});
    for (std::size_t c = 0; c < table.groups[g].cells.size(); ++c) {
      const outcomes::MeasuredCell& cell = table.groups[g].cells[c];
      const auto of = [&](const char* name) { return figure_named(table, cell, name); };
      std::vector<std::string> row{"  " + cell.name};
      if (hidden[g][c]) {
        row.insert(row.end(), {"hidden", "", "", "", "", "", ""});
      } else {
        row.insert(row.end(), {amount(of("eligible_units"), 1e3), percent(of("rate_heads")), error_in_points(of("rate_heads")),
                               percent(of("rate_euros")), error_in_points(of("rate_euros")), percent(of("rate_durable")),
                               amount(of("unclaimed_a_year"), 1e6)});
      }
      out.rows.push_back(std::move(row));
    }
  }
  return out;
}

Table take_up_cells(const TakeUpReport& report, const TakeUpTable& table) {
  Table out;
  out.caption = caption_of(report, table);
  out.columns = {{table.groups[0].label, Align::left}};
  for (const FigureOf& figure : table.figures) {
    if (!figure.title.empty()) out.columns.push_back({figure.title});
  }
  out.notes = table.notes;
  const HiddenFigures hides(report, table);
  for (std::size_t c = 0; c < table.groups[0].cells.size(); ++c) {
    std::vector<std::string> row{table.groups[0].cells[c].name};
    for (std::size_t i = 0; i < table.figures.size(); ++i) {
      const MeasuredFigure& measured = table.groups[0].cells[c].figures[i];
      if (table.figures[i].title.empty()) continue;
      if (hides.is_hidden(0, c, i)) {
        row.emplace_back("hidden");
      } else if (!is_share(table.figures[i])) {
        const bool with_error = table.figures[i].unit == "EUR/year";
        row.push_back(amount(&measured, 1e3) + (with_error ? " (" + fixed(measured.estimate.standard_error / 1e3, 1) + ")" : ""));
      } else {
        row.push_back(measured.estimate.known ? percent(&measured) + " (" + error_in_points(&measured) + ")" : "-");
      }
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

Table take_up_table(const TakeUpReport& report) {
  Table out;
  out.caption = report.title;
  for (const char* title : {"table", "benefit", "group", "cell", "measure", "unit", "value", "se", "ci95_low", "ci95_high",
                            "variance_sample", "variance_draws", "variance_parameters", "sampled_units", "status"}) {
    out.columns.push_back({title, out.columns.size() < 6 ? Align::left : Align::right});
  }
  for (const TakeUpTable& table : report.tables) {
    const HiddenFigures hides(report, table);
    for (std::size_t g = 0; g < table.groups.size(); ++g) {
      for (std::size_t c = 0; c < table.groups[g].cells.size(); ++c) {
        const outcomes::MeasuredCell& cell = table.groups[g].cells[c];
        for (std::size_t i = 0; i < table.figures.size(); ++i) {
          const MeasuredFigure& measured = cell.figures[i];
          const bool is_hidden = hides.is_hidden(g, c, i);
          const auto text = [&](double value) {
            return is_hidden || !measured.estimate.known || std::isnan(value) ? std::string{} : shortest(value);
          };
          out.rows.push_back({table.name, table.benefit, table.groups[g].name, cell.name, table.figures[i].name,
                              table.figures[i].unit, text(measured.estimate.value), text(measured.estimate.standard_error),
                              text(measured.estimate.low()), text(measured.estimate.high()), text(measured.parts.design),
                              text(measured.parts.draws), text(measured.parts.parameters),
                              is_hidden ? "" : std::to_string(cell.sampled),
                              is_hidden                  ? "suppressed"
                              : !table.figures[i].known  ? table.figures[i].why
                              : !measured.estimate.known ? "nobody to divide by"
                                                         : ""});
        }
      }
    }
  }
  return out;
}

std::string take_up_json(const TakeUpReport& report) {
  Json out{{"format", "labacces-take-up/1"},
           {"title", report.title},
           {"source", report.source},
           {"synthetic", report.synthetic},
           {"no_suppression", report.no_suppression},
           {"receipt", report.simulated ? "simulated" : "observed"}};
  out["errors"] = {
      {"sample", report.design}, {"replications", report.plan.replications}, {"parameter_draws", report.plan.parameter_draws}};
  out["tables"] = Json::array();
  for (const TakeUpTable& table : report.tables) {
    const HiddenFigures hides(report, table);
    Json groups = Json::object();
    for (std::size_t g = 0; g < table.groups.size(); ++g) {
      Json cells = Json::object();
      for (std::size_t c = 0; c < table.groups[g].cells.size(); ++c) {
        const outcomes::MeasuredCell& cell = table.groups[g].cells[c];
        if (hides.is_hidden(g, c)) {
          cells[cell.name] = {{"suppressed", true}};
          continue;
        }
        Json figures{{"sampled_units", cell.sampled}};
        for (std::size_t i = 0; i < table.figures.size(); ++i) {
          figures[table.figures[i].name] =
              hides.is_hidden(g, c, i) ? Json{{"suppressed", true}} : figure_json(table.figures[i], cell.figures[i]);
        }
        cells[cell.name] = std::move(figures);
      }
      groups[table.groups[g].name] = std::move(cells);
    }
    out["tables"].push_back({{"table", table.name}, {"benefit", table.benefit}, {"groups", std::move(groups)}});
  }
  return out.dump(1) + "\n";
}

}  // namespace labacces::report
