#include "libsim/report/validation.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/base/diagnostics.hpp"
#include "libsim/base/text.hpp"
#include "libsim/report/suppression.hpp"

namespace labacces::report {
namespace {

using outcomes::Estimate;
using scenario::Comparability;
using scenario::Counted;
using S = outcomes::NonTakeUpSums;

Estimate times(Estimate estimate, double factor) {
  estimate.value *= factor;
  estimate.standard_error *= factor;
  return estimate;
}

bool counts_euros(Counted counted) { return counted == Counted::euros_month || counted == Counted::euros_year; }

/// The right and what is paid, in what the target counts.
std::pair<Estimate, Estimate> figures(const S& sums, Counted counted, std::size_t clusters) {
  const auto both = [&](S::Measure all, S::Measure paid, double factor) {
    return std::pair{times(sums.total(all, clusters), factor), times(sums.total(paid, clusters), factor)};
  };
  switch (counted) {
    case Counted::units:
      return both(S::units, S::units_paid, 1.0);
    case Counted::persons:
      return both(S::persons, S::persons_paid, 1.0);
    case Counted::euros_month:
      return both(S::euros, S::euros_paid, 1.0);
    case Counted::euros_year:
      return both(S::euros, S::euros_paid, 12.0);
  }
  return {};
}

void not_covered(ValidationRow& row, const std::string& why) {
  row.status = Comparability::not_covered;
  row.note = why;
}

std::string with_hint(const std::string& text, const std::string& hint) { return hint.empty() ? text : text + " (" + hint + ")"; }

/// The cell of a target in the results, or nullptr with the reason in the row.
const scenario::GroupResult::Cell* cell_of(const scenario::BenefitResult& benefit, ValidationRow& row, bool shows_all) {
  const std::string& group_name = row.target.group.empty() ? std::string("all") : row.target.group;
  std::vector<std::string> names;
  for (const scenario::GroupResult& group : benefit.groups) {
    if (group.group != group_name) {
      names.push_back(group.group);
      continue;
    }
    const std::vector<bool> hidden = hidden_cells(group, outcomes::Window::month, shows_all);
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < group.cells.size(); ++i) {
      cells.push_back(group.cells[i].name);
      if (!row.target.group.empty() && group.cells[i].name != row.target.cell) continue;
      row.hidden = hidden[i];
      return &group.cells[i];
    }
    not_covered(row, with_hint("nobody in the population has the right where " + row.target.group + " is " + row.target.cell,
                               did_you_mean(row.target.cell, cells)));
    return nullptr;
  }
  not_covered(row, with_hint("'" + row.target.group + "' is not among the groups of the scenario",
                             did_you_mean(row.target.group, names)));
  return nullptr;
}

ValidationRow row_of(const scenario::RunResult& result, const scenario::ValidationTarget& target) {
  ValidationRow row{target, target.status, target.note, {}, {}, false};
  if (target.status == Comparability::not_covered) return row;
  std::vector<std::string> names;
  for (const scenario::BenefitResult& benefit : result.benefits) {
    names.push_back(benefit.benefit);
    if (benefit.benefit != target.benefit) continue;
    const scenario::GroupResult::Cell* cell = cell_of(benefit, row, result.shows_all_cells());
    if (cell == nullptr) return row;
    if (benefit.in_kind && counts_euros(target.counted)) {
      not_covered(row, "a right in kind has no euros");
      return row;
    }
    if (!row.hidden) std::tie(row.full_take_up, row.paid) = figures(cell->sums[0], target.counted, result.clusters);
    if (row.status == Comparability::comparable && target.year != result.period.year()) {
      row.status = Comparability::concept_differs;
      row.note = "published for " + (target.month ? to_string(*target.month) : std::to_string(target.year)) + ", simulated for " +
                 to_string(result.period);
    }
    return row;
  }
  not_covered(
      row, with_hint("'" + target.benefit + "' is not among the benefits of the scenario", did_you_mean(target.benefit, names)));
  return row;
}

std::string_view status_words(Comparability status) {
  constexpr std::array<std::string_view, 3> words{"comparable", "differs", "not covered"};
  return words[static_cast<std::size_t>(status)];
}

std::string date_of(const scenario::ValidationTarget& target) {
  return target.month ? to_string(*target.month) : std::to_string(target.year);
}
std::string cell_name(const scenario::ValidationTarget& target) { return target.cell.empty() ? "all" : target.cell; }

/// Euros in millions, heads in thousands.
std::string short_number(double value, Counted counted) {
  if (std::isnan(value)) return "-";
  return counts_euros(counted) ? grouped(value / 1e6, 1) : grouped(value / 1e3, 1);
}
std::string_view unit_words(Counted counted) {
  constexpr std::array<std::string_view, 4> words{"k", "k pers", "M€/m", "M€/y"};
  return words[static_cast<std::size_t>(counted)];
}

std::string digits(double value) { return std::isnan(value) ? std::string() : shortest(value); }

}  // namespace

double ValidationRow::ratio() const { return paid.known && target.value > 0.0 ? paid.value / target.value : std::nan(""); }

bool ValidationRow::falls_short() const {
  return status == Comparability::comparable && target.tolerance && paid.known &&
         std::abs(paid.value - target.value) > *target.tolerance * target.value;
}

std::vector<ValidationRow> validate(const scenario::RunResult& result, const scenario::ValidationTargets& targets) {
  std::vector<ValidationRow> out;
  for (const scenario::ValidationTarget& target : targets.targets) out.push_back(row_of(result, target));
  return out;
}

Table validation_summary(const scenario::RunResult& result, const std::vector<ValidationRow>& rows) {
  Table table;
  table.caption = result.scenario.name + ", " + to_string(result.period) + (result.synthetic ? ", SYNTHETIC" : "") +
                  ": against published totals";
  table.columns = {{"benefit", Align::left}, {"cell", Align::left}, {"of"}, {"published"}, {"full"}, {"paid"}, {"%"},
                   {"status", Align::left}};
  std::vector<std::string> notes;
  for (const ValidationRow& row : rows) {
    const double ratio = row.ratio();
    std::string mark;
    if (!row.note.empty()) {
      auto note = std::find(notes.begin(), notes.end(), row.note);
      if (note == notes.end()) note = notes.insert(notes.end(), row.note);
      mark = " " + std::to_string(note - notes.begin() + 1);
    }
    const std::string unit(unit_words(row.target.counted));
    table.rows.push_back({row.target.benefit, cell_name(row.target), date_of(row.target),
                          short_number(row.target.value, row.target.counted) + " " + unit,
                          row.hidden ? "hidden" : short_number(row.full_take_up.value, row.target.counted),
                          row.hidden ? "" : short_number(row.paid.value, row.target.counted),
                          std::isnan(ratio) ? "-" : fixed(100.0 * ratio, 0),
                          std::string(status_words(row.status)) + mark + (row.falls_short() ? " (!)" : "")});
  }
  table.notes = {"full: if everybody claimed; %: paid, of published; differs: in concept or date.",
                 "k: thousand; M€/m, M€/y: million euros a month, a year; (!): off the tolerance."};
  for (std::size_t i = 0; i < notes.size(); ++i) table.notes.push_back(std::to_string(i + 1) + ": " + notes[i]);
  return table;
}

Table validation_table(const std::vector<ValidationRow>& rows) {
  Table table;
  for (const char* name :
       {"benefit", "group", "cell", "counted", "date", "published", "full_take_up", "full_take_up_se", "paid", "paid_se",
        "paid_ci95_low", "paid_ci95_high", "paid_over_published", "status", "note", "tolerance", "falls_short", "source"}) {
    table.columns.push_back({name});
  }
  for (const ValidationRow& row : rows) {
    table.rows.push_back(
        {row.target.benefit, row.target.group.empty() ? "all" : row.target.group, cell_name(row.target),
         scenario::counted_names[static_cast<std::size_t>(row.target.counted)], date_of(row.target), shortest(row.target.value),
         digits(row.full_take_up.value), digits(row.full_take_up.standard_error), digits(row.paid.value),
         digits(row.paid.standard_error), digits(row.paid.low()), digits(row.paid.high()), digits(row.ratio()),
         row.hidden ? "suppressed" : scenario::comparability_names[static_cast<std::size_t>(row.status)], row.note,
         row.target.tolerance ? shortest(*row.target.tolerance) : "", row.falls_short() ? "yes" : "no", row.target.source});
  }
  return table;
}

std::string validation_json(const scenario::RunResult& result, const scenario::ValidationTargets& targets,
                            const std::vector<ValidationRow>& rows) {
  using Json = nlohmann::ordered_json;
  const auto figure = [](const Estimate& estimate, bool hidden) -> Json {
    if (hidden) return {{"suppressed", true}};
    if (!estimate.known) return {{"value", nullptr}};
    if (std::isnan(estimate.standard_error))
      return {{"value", estimate.value}, {"se", nullptr}, {"why_no_se", "fewer than two sampled dwellings"}};
    return {{"value", estimate.value}, {"se", estimate.standard_error}, {"ci95", {estimate.low(), estimate.high()}}};
  };
  Json out{{"format", "labacces-validation/1"}, {"scenario", result.scenario.name}, {"period", to_string(result.period)},
           {"synthetic", result.synthetic},     {"targets", targets.file},          {"description", targets.description}};
  out["rows"] = Json::array();
  for (const ValidationRow& row : rows) {
    const double ratio = row.ratio();
    Json one{{"benefit", row.target.benefit}, {"group", row.target.group.empty() ? "all" : row.target.group},
             {"cell", cell_name(row.target)}, {"counted", scenario::counted_names[static_cast<std::size_t>(row.target.counted)]},
             {"date", date_of(row.target)},   {"published", row.target.value}};
    one["full_take_up"] = figure(row.full_take_up, row.hidden);
    one["paid"] = figure(row.paid, row.hidden);
    one["paid_over_published"] = std::isnan(ratio) ? Json(nullptr) : Json(ratio);
    one["status"] = scenario::comparability_names[static_cast<std::size_t>(row.status)];
    one["note"] = row.note;
    one["tolerance"] = row.target.tolerance ? Json(*row.target.tolerance) : Json(nullptr);
    one["falls_short"] = row.falls_short();
    one["source"] = row.target.source;
    out["rows"].push_back(std::move(one));
  }
  return out.dump(1) + "\n";
}

}  // namespace labacces::report
