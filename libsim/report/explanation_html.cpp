// An explanation as one page without scripts: each rule is a part that opens and closes.
#include <set>

#include "libsim/base/text.hpp"
#include "libsim/report/explanation.hpp"
#include "libsim/report/table.hpp"

namespace labacces::report {
namespace {

using scenario::ExplainedParameter;
using scenario::ExplainedValue;
using scenario::Explanation;

constexpr int open_levels = 2;  // of the tree, when the page is opened

constexpr const char* style = R"(<style>
body { font: 16px/1.45 system-ui, sans-serif; color: #1b1b1b; background: #fff; max-width: 60rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.35rem; margin-bottom: .2rem; }
details, .input { border-left: 2px solid #c9ced6; padding-left: .8rem; margin: .3rem 0; }
summary { cursor: pointer; }
summary:focus-visible, a:focus-visible { outline: 3px solid #1a5fb4; }
code { color: #44505c; font-size: .85em; }
.value { font-weight: 600; white-space: nowrap; }
.law { color: #44505c; font-size: .9em; margin: .2rem 0; }
table { border-collapse: collapse; font-size: .9em; margin: .3rem 0; }
td, th { text-align: left; padding: .1rem .7rem .1rem 0; vertical-align: top; }
td.number { text-align: right; white-space: nowrap; }
@media print { details > * { display: block; } }
</style>
)";

std::string measured(const std::string& value, const std::string& measure) {
  const bool bare = measure == "yes_no" || measure == "count" || measure == "date" || measure.starts_with("enum") ||
                    value == "table" || value == "scale";
  return html_text(bare ? value : value + " " + measure);
}

std::string values_of(const Explanation& item) {
  if (item.values.size() == 1) return measured(item.values[0].value, item.measure);
  std::vector<std::string> parts;
  for (const ExplainedValue& value : item.values)
    parts.push_back(html_text(value.unit) + " " + measured(value.value, item.measure));
  return join(parts, ", ");
}

std::string anchor(const Explanation& item) { return html_text(item.variable + "-" + item.period); }

std::string law_of(const Explanation& item) {
  if (item.since.empty()) return {};
  return "<p class=\"law\">version of " + html_text(item.since) +
         (item.references.empty() ? "" : "; " + html_text(join(item.references, "; "))) + "</p>\n";
}

std::string parameters_of(const Explanation& item) {
  if (item.parameters.empty() && item.parts.empty()) return {};
  std::string out = "<table>\n<thead><tr><th>reads</th><th>value</th><th>since</th><th>source</th></tr></thead>\n<tbody>\n";
  for (const ExplainedParameter& parameter : item.parameters) {
    out += "<tr><td>" + html_text(parameter.label.empty() ? parameter.name : parameter.label) + "</td><td class=\"number\">" +
           measured(parameter.value, parameter.measure) + "</td><td>" + html_text(parameter.since) + "</td><td>" +
           html_text(join(parameter.references, "; ")) + "</td></tr>\n";
  }
  for (const ExplainedValue& part : item.parts) {
    out += "<tr><td>" + html_text(part.unit) + "</td><td class=\"number\">" + html_text(part.value) +
           "</td><td></td><td>worked out on the way</td></tr>\n";
  }
  return out + "</tbody>\n</table>\n";
}

std::string head_of(const Explanation& item) {
  std::string out = item.label.empty() ? std::string{} : html_text(item.label) + " ";
  out += "<code>" + html_text(item.variable + (item.period == "always" ? "" : " " + item.period)) +
         "</code> <span class=\"value\">" + values_of(item) + "</span>";
  return item.origin.empty() ? out : out + " (" + html_text(item.origin) + ")";
}

void print(const Explanation& item, int depth, std::set<std::string>& anchors, std::string& out) {
  if (item.shown_before) {
    out += "<p class=\"input\">" + head_of(item) + " <a href=\"#" + anchor(item) + "\">see above</a></p>\n";
    return;
  }
  if (item.children.empty() && item.parameters.empty() && item.since.empty()) {
    out += "<p class=\"input\">" + head_of(item) + "</p>\n";
    return;
  }
  const std::string id = anchors.insert(anchor(item)).second ? " id=\"" + anchor(item) + "\"" : "";
  out += "<details" + id + (depth < open_levels ? " open" : "") + "><summary>" + head_of(item) + "</summary>\n" + law_of(item) +
         parameters_of(item);
  for (const Explanation& child : item.children) print(child, depth + 1, anchors, out);
  out += "</details>\n";
}

std::string page(const std::string& title, const std::string& body) {
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
         "content=\"width=device-width, initial-scale=1\">\n<title>" +
         title + "</title>\n" + style + "</head>\n<body>\n<h1>" + title + "</h1>\n" + body + "</body>\n</html>\n";
}

std::string title_of(const std::string& label, const std::string& variable, const std::string& period) {
  return html_text((label.empty() ? variable : label) + ", " + period);
}

}  // namespace

std::string to_html(const Explanation& explanation) {
  std::set<std::string> anchors;
  std::string body;
  print(explanation, 0, anchors, body);
  return page(title_of(explanation.label, explanation.variable, explanation.period), body);
}

std::string to_html(const scenario::WhyNot& why_not) {
  std::string body = "<p><code>" + html_text(why_not.variable) + "</code> of " + html_text(why_not.unit) +
                     ": <span class=\"value\">" + grouped(why_not.right, 2) + "</span></p>\n";
  if (why_not.right > 0.0) {
    body += "<p>The right is open.</p>\n";
  } else if (why_not.conditions.empty() && why_not.changes.empty()) {
    body += "<p>No condition and no change of income, rent or children opens the right by itself.</p>\n";
  }
  if (!why_not.conditions.empty()) {
    body +=
        "<h2>It would be open "
        "if</h2>\n<table>\n<thead><tr><th>condition</th><th>of</th><th>is</th><th>were</th><th>right</th><th>source</th></tr></"
        "thead>\n<tbody>\n";
    for (const scenario::FailedCondition& condition : why_not.conditions) {
      body += "<tr><td>" + html_text(condition.label.empty() ? condition.variable : condition.label) + " <code>" +
              html_text(condition.variable) + "</code></td><td>" + html_text(condition.unit) + "</td><td>" +
              html_text(condition.now) + "</td><td>" + html_text(condition.otherwise) + "</td><td class=\"number\">" +
              grouped(condition.right, 2) + (condition.without_income ? " with lower incomes too" : "") + "</td><td>" +
              html_text(join(condition.references, "; ")) + "</td></tr>\n";
    }
    body += "</tbody>\n</table>\n";
  }
  if (!why_not.changes.empty()) {
    body +=
        "<h2>Smallest changes that open it, each "
        "alone</h2>\n<table>\n<thead><tr><th>change</th><th>times</th><th>from</th><th>to</th><th>right</th></tr></"
        "thead>\n<tbody>\n";
    for (const scenario::OpeningChange& change : why_not.changes) {
      const bool scaled = change.factor > 0.0 || !change.from.empty();
      body += "<tr><td>" + html_text(change.what) + "</td><td class=\"number\">" + (scaled ? fixed(change.factor, 4) : "") +
              "</td><td>" + html_text(change.from) + "</td><td>" + html_text(change.to) + "</td><td class=\"number\">" +
              grouped(change.right, 2) + "</td></tr>\n";
    }
    body += "</tbody>\n</table>\n";
  }
  return page(title_of(why_not.label, why_not.variable, why_not.period), body);
}

}  // namespace labacces::report
