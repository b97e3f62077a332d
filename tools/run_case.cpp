#include "tools/run_case.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "libsim/base/error.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/time_span.hpp"
#include "libsim/scenario/calculate.hpp"
#include "tools/case_values.hpp"

namespace labacces::tools {
namespace {

using Json = nlohmann::ordered_json;

/// Margin where a case gives none: half a cent.
constexpr double default_margin = 0.005;

/// Whether a figure is within its margins, up to the last bits of a double.
bool is_near(double expected, double got, const Margin& margin) {
  const double distance = std::abs(expected - got);
  const double bits = 1e-9 * std::max(1.0, std::abs(expected));
  if (margin.relative && distance > *margin.relative * std::abs(expected) + bits) return false;
  if (margin.absolute || !margin.relative) return distance <= margin.absolute.value_or(default_margin) + bits;
  return true;
}

bool agrees(const ExpectedValue& expected, const Json& got) {
  if (got.is_boolean()) return yes_or_no(expected.expected) == got.get<bool>();
  if (got.is_string()) return got.get<std::string>() == expected.expected;
  const std::optional<double> number = arithmetic(expected.expected);
  return got.is_number() && number && is_near(*number, got.get<double>(), expected.margin);
}

std::string shown(const Json& value) {
  if (value.is_number()) return shortest(std::round(value.get<double>() * 1e6) / 1e6);
  return value.is_string() ? value.get<std::string>() : value.is_null() ? "nothing" : value.dump();
}

/// Whether the law has the variable in each month, or in the year, of a period that does not begin before `from`.
bool is_in_force(const law::Variable& variable, const std::string& period, Month from) {
  const std::optional<TimeSpan> span = parse_time_span(period);
  if (variable.is_input || !span || span->is_eternity()) return true;
  if (span->first < from) return false;
  for (int month = 0; month < span->months; ++month) {
    if (law::Law::in_force(variable.versions, span->first + month) == nullptr) return false;
    if (variable.periodicity == Periodicity::yearly) break;
  }
  return true;
}

void skip(CaseResult& result, Skip why, std::string detail) {
  result.skip = why;
  result.detail = std::move(detail);
}

/// Communes, that OpenFisca takes zones and regions from.
bool is_commune(const std::string& name) { return name == "depcom" || name == "depcom_foyer"; }

/// Inputs that the law lacks and that may matter.
std::vector<std::string> missing_inputs(const LawCase& law_case, const CaseOptions& options) {
  std::vector<std::string> missing;
  for (const std::string& name : law_case.unknown_inputs) {
    const bool ignored = std::find(options.ignore.begin(), options.ignore.end(), name) != options.ignore.end();
    if (!ignored && !is_commune(name)) missing.push_back(name);
  }
  return missing;
}

/// Of one of OpenFisca's own cases: keeps the values that the law computes then, and skips the case when none is left.
void choose_of_openfisca(const law::Law& law, const LawCase& law_case, const CaseOptions& options, CaseResult& result) {
  std::vector<std::string> not_in_force;
  for (const ExpectedValue& expected : law_case.expected) {
    const law::Variable& variable = law.variables()[*law.find_variable(expected.variable)];
    if (is_in_force(variable, expected.period, options.from)) {
      result.compared.push_back(expected);
    } else {
      not_in_force.push_back(expected.variable + " in " + expected.period);
    }
  }
  if (result.compared.empty() && not_in_force.empty())
    return skip(result, Skip::not_covered, join(law_case.unknown_outputs, ", "));
  if (result.compared.empty()) return skip(result, Skip::not_in_force, join(not_in_force, ", "));
  if (law_case.is_overseas) return skip(result, Skip::overseas, "depcom");
  const std::vector<std::string> missing = missing_inputs(law_case, options);
  if (missing.empty()) return;
  skip(result, Skip::unknown_inputs, join(missing, ", "));
  result.missing = missing;
}

/// What is compared, or why the case is skipped.
void choose_compared(const law::Law& law, const LawCase& law_case, const CaseOptions& options, CaseResult& result) {
  if (!law_case.unreadable.empty()) return skip(result, Skip::unreadable, law_case.unreadable);
  if (law_case.asks_for_reforms) return skip(result, Skip::reforms, "give the reform with --reform");
  if (options.openfisca) return choose_of_openfisca(law, law_case, options, result);
  std::vector<std::string> unknown = law_case.unknown_inputs;
  unknown.insert(unknown.end(), law_case.unknown_zeros.begin(), law_case.unknown_zeros.end());
  unknown.insert(unknown.end(), law_case.unknown_outputs.begin(), law_case.unknown_outputs.end());
  if (!unknown.empty()) return skip(result, Skip::not_covered, join(unknown, ", "));
  result.compared = law_case.expected;
}

/// Whether the default zone was taken although the case says where the household lives.
bool lacks_zone(const LawCase& law_case, const std::vector<plan::DefaultUsed>& defaults) {
  return law_case.has_unknown_zone &&
         std::any_of(defaults.begin(), defaults.end(), [](const plan::DefaultUsed& used) { return used.variable == "zone_apl"; });
}

/// The situation with nulls for the compared values alone.
std::string situation_of(const LawCase& law_case, const CaseResult& result) {
  if (result.compared.size() == law_case.expected.size()) return law_case.situation;
  Json situation = Json::parse(law_case.situation);
  for (const ExpectedValue& expected : law_case.expected)
    situation[std::string(plural_of(expected.level))][expected.unit][expected.variable].erase(expected.period);
  for (const ExpectedValue& expected : result.compared)
    situation[std::string(plural_of(expected.level))][expected.unit][expected.variable][expected.period] = nullptr;
  return situation.dump();
}

/// The situation of a case; nothing, and the case skipped, when one of OpenFisca's has what no situation here has: a family without a parent,
/// the code of another enumeration.
std::optional<Situation> situation_read(const LawCase& law_case, const Schema& schema, const CaseOptions& options,
                                        CaseResult& result) {
  try {
    return read_situation("input", situation_of(law_case, result), schema);
  } catch (const Error& error) {
    if (!options.openfisca) throw;
    skip(result, Skip::unreadable, render_one_line(error.diagnostics().front()));
    return std::nullopt;
  }
}

}  // namespace

std::string reason_of(Skip skip) {
  switch (skip) {
    case Skip::none:
      return "";
    case Skip::unreadable:
      return "it cannot be read";
    case Skip::reforms:
      return "it asks for reforms or extensions by name";
    case Skip::not_covered:
      return "not in the law";
    case Skip::not_in_force:
      return "the law is not in force then";
    case Skip::unknown_inputs:
      return "it gives what the law lacks";
    case Skip::overseas:
      return "overseas, where other rules hold";
  }
  return "";
}

CaseResult run_case(const law::Law& law, const Schema& schema, const LawCase& law_case, const CaseOptions& options) {
  CaseResult result;
  choose_compared(law, law_case, options, result);
  if (result.skip != Skip::none) return result;
  const std::string place = "FAILED " + law_case.file + ":";
  try {
    const std::optional<Situation> situation = situation_read(law_case, schema, options, result);
    if (!situation) return result;
    const scenario::Calculated calculated = scenario::calculate(law, *situation);
    if (options.openfisca && lacks_zone(law_case, calculated.defaults_used)) {
      skip(result, Skip::unknown_inputs, "depcom, and no zone_apl");
      result.missing = {"depcom"};
      return result;
    }
    const Json filled = Json::parse(calculated.text);
    for (const ExpectedValue& expected : result.compared) {
      const Json& got =
          filled.at(std::string(plural_of(expected.level))).at(expected.unit).at(expected.variable).at(expected.period);
      result.agreed.push_back(agrees(expected, got) ? 1 : 0);
      if (result.agreed.back() != 0) continue;
      result.failures.push_back(place + std::to_string(expected.line) + ": " + law_case.name + ": " + expected.variable + " of " +
                                expected.unit + " in " + expected.period + ": expected " + expected.expected + ", got " +
                                shown(got));
    }
  } catch (const Error& error) {
    result.agreed.assign(result.compared.size(), 0);
    for (const Diagnostic& finding : error.diagnostics())
      result.failures.push_back(place + std::to_string(law_case.line) + ": " + law_case.name + ": " + render_one_line(finding));
  }
  return result;
}

}  // namespace labacces::tools
