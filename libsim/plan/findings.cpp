#include "libsim/plan/findings.hpp"

#include <algorithm>

#include "libsim/base/error.hpp"

namespace labacces::plan {
namespace {

std::string_view unit_noun(Level level) { return name_of(level); }

std::string describe(const MissingInput& input) {
  std::string text;
  switch (input.periodicity) {
    case Periodicity::eternal:
      break;
    case Periodicity::monthly:
    case Periodicity::yearly:
      text = " for " + period_text(input.periodicity, input.first);
      if (input.last != input.first) text += " to " + period_text(input.periodicity, input.last);
      break;
  }
  return text;
}

}  // namespace

std::string period_text(Periodicity periodicity, std::int32_t period) {
  switch (periodicity) {
    case Periodicity::monthly:
      return to_string(Month{period});
    case Periodicity::yearly:
      return std::to_string(period);
    case Periodicity::eternal:
      break;
  }
  return "eternity";
}

namespace {

/// Rights look at the year before last; what is older counts through rules that remember years, which come to their start there.
constexpr int years_of_gaps = 2;

/// "2025-03 to 2025-05, 2025-07": of the periods, those that are not too long before the month.
std::string ranges(Periodicity periodicity, const std::set<std::int32_t>& periods, Month first_asked) {
  const Month oldest = Month::of(first_asked.year() - years_of_gaps, 1);
  std::string text;
  for (auto it = periods.lower_bound(periodicity == Periodicity::yearly ? oldest.year() : oldest.index); it != periods.end();) {
    const std::int32_t first = *it;
    std::int32_t last = first;
    while (++it != periods.end() && *it == last + 1) ++last;
    text += (text.empty() ? "" : ", ") + period_text(periodicity, first);
    if (last > first) text += " to " + period_text(periodicity, last);
  }
  return text;
}

}  // namespace

void Findings::missing(const std::string& variable, const MissingInput& input) {
  const auto [it, is_new] = missing_.try_emplace(variable, input);
  if (is_new) return;
  MissingInput& known = it->second;
  if (input.first < known.first) {
    known.unit = input.unit;
    known.needed_by = input.needed_by;
  }
  known.first = std::min(known.first, input.first);
  known.last = std::max(known.last, input.last);
  known.has_data = known.has_data || input.has_data;
}

void Findings::default_used(const std::string& variable, double value, Periodicity periodicity, std::int32_t period,
                            bool whole_column) {
  const auto [it, is_new] = defaults_.try_emplace({variable, value}, Default{periodicity, period, whole_column});
  if (is_new) return;
  it->second.first = std::min(it->second.first, period);
  it->second.whole_column = it->second.whole_column && whole_column;
}

void Findings::not_in_force(const law::Law& law, const char* what, const std::string& name,
                            const std::vector<std::pair<Day, Span>>& since, const MonthInterval& last, Month month,
                            const std::string& needed_by) {
  if (!out_of_force_.try_emplace(name, month).second) return;
  std::string message = std::string(what) + " '" + name + "' is not in force on " + to_string(first_day(month));
  if (!needed_by.empty() && needed_by != name) message += " (needed by rule '" + needed_by + "')";
  Location location;
  if (since.empty()) {
    message += ": it has no version";
  } else if (month < first_month_from(since.front().first)) {
    message += ": its first version starts on " + to_string(since.front().first);
    location = locate(law.sources(), since.front().second);
  } else if (last.end <= month) {
    message += ": its last version, of " + to_string(since.back().first) + ", ends on " + to_string(first_day(last.end));
    location = locate(law.sources(), since.back().second);
  } else {
    const auto later =
        std::find_if(since.begin(), since.end(), [&](const auto& version) { return month < first_month_from(version.first); });
    const auto& nearest = later == since.end() ? since.back() : *later;
    message += ": the nearest version starts on " + to_string(nearest.first);
    location = locate(law.sources(), nearest.second);
  }
  diagnostics_.error(location, message);
}

void Findings::raise(const std::string& source) {
  for (const auto& [variable, input] : missing_) {
    std::string message = "missing input '" + variable + "' (" + std::string(unit_noun(input.level)) + ", " + input.measure +
                          ")" + describe(input) + ": ";
    message += input.has_data ? "no value for " + std::string(unit_noun(input.level)) + " '" + input.unit + "'"
                              : "the data have no such column";
    if (!input.needed_by.empty()) message += "; rule '" + input.needed_by + "' needs it";
    diagnostics_.error(Location{.file = source, .line = 0, .column = 0, .path = {}}, message,
                       "the law declares no default for it");
  }
  missing_.clear();
  if (diagnostics_.has_errors()) throw Error(std::move(diagnostics_));
}

void Findings::gap(const law::Variable& variable, std::int32_t period) {
  const auto [it, is_new] = gaps_.try_emplace(variable.name, GapFound{variable.periodicity, !variable.is_input, {}});
  it->second.periods.insert(period);
}

std::vector<DefaultUsed> Findings::defaults() const {
  std::vector<DefaultUsed> result;
  for (const auto& [key, used] : defaults_) {
    result.push_back({key.first, key.second, period_text(used.periodicity, used.first), used.whole_column});
  }
  return result;
}

std::vector<Gap> Findings::gaps(Month first_asked) const {
  std::vector<Gap> result;
  for (const auto& [variable, found] : gaps_) {
    std::string periods = ranges(found.periodicity, found.periods, first_asked);
    if (!periods.empty()) result.push_back({variable, std::move(periods), found.has_rule});
  }
  return result;
}

}  // namespace labacces::plan
