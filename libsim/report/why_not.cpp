#include <nlohmann/json.hpp>

#include "libsim/base/text.hpp"
#include "libsim/report/explanation.hpp"

namespace labacces::report {
namespace {

using Json = nlohmann::ordered_json;

std::string euros(double amount) { return grouped(amount, 2); }

}  // namespace

std::string to_text(const scenario::WhyNot& why_not) {
  std::string out = why_not.variable + " " + why_not.period + " of " + why_not.unit + " = " + euros(why_not.right) + "  \"" +
                    why_not.label + "\"\n";
  if (why_not.right > 0.0) return out + "The right is open.\n";
  if (why_not.conditions.empty() && why_not.changes.empty())
    return out + "No condition and no change of income, rent or children opens the right by itself.\n";
  if (!why_not.conditions.empty()) out += "It would be open if:\n";
  for (const scenario::FailedCondition& condition : why_not.conditions) {
    out += "- " + condition.variable + (condition.period == "always" ? "" : " " + condition.period) + " of " + condition.unit +
           " were " + condition.otherwise + ", not " + condition.now + ": " + euros(condition.right) +
           (condition.without_income ? " with lower incomes too (without any)" : "") +
           (condition.label.empty() ? "" : "  \"" + condition.label + "\"") + "\n";
    if (!condition.references.empty()) out += "    " + join(condition.references, "; ") + "\n";
  }
  if (!why_not.changes.empty()) out += "Smallest changes that open it, each alone:\n";
  for (const scenario::OpeningChange& change : why_not.changes) {
    out += "- " + change.what;
    if (change.factor > 0.0 || !change.from.empty()) out += " x " + fixed(change.factor, 4);
    if (!change.from.empty()) out += " (" + change.from + " -> " + change.to + ")";
    out += ": " + euros(change.right) + "\n";
  }
  return out;
}

std::string to_json(const scenario::WhyNot& why_not) {
  Json out{{"format", "labacces-why-not/1"}, {"variable", why_not.variable}, {"label", why_not.label},
           {"period", why_not.period},       {"unit", why_not.unit},         {"right", why_not.right}};
  out["conditions"] = Json::array();
  for (const scenario::FailedCondition& condition : why_not.conditions) {
    out["conditions"].push_back({{"variable", condition.variable},
                                 {"label", condition.label},
                                 {"period", condition.period},
                                 {"unit", condition.unit},
                                 {"kind", condition.is_input ? "input" : "rule"},
                                 {"now", condition.now},
                                 {"otherwise", condition.otherwise},
                                 {"references", condition.references},
                                 {"right", condition.right},
                                 {"only_with_lower_incomes", condition.without_income}});
  }
  out["changes"] = Json::array();
  for (const scenario::OpeningChange& change : why_not.changes) {
    out["changes"].push_back({{"what", change.what},
                              {"factor", change.factor},
                              {"from", change.from},
                              {"to", change.to},
                              {"right", change.right},
                              {"situation", Json::parse(change.situation)}});
  }
  return out.dump(1) + "\n";
}

}  // namespace labacces::report
