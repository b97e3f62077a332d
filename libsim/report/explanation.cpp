#include "libsim/report/explanation.hpp"

#include <nlohmann/json.hpp>

#include "libsim/base/text.hpp"

namespace labacces::report {
namespace {

using Json = nlohmann::ordered_json;
using scenario::ExplainedParameter;
using scenario::ExplainedValue;
using scenario::Explanation;

std::string with_measure(const std::string& value, const std::string& measure) {
  const bool bare = measure == "yes_no" || measure == "count" || measure == "date" || measure.starts_with("enum");
  return bare ? value : value + " " + measure;
}

std::string values_text(const Explanation& item) {
  bool all_same = true;
  for (const ExplainedValue& value : item.values) all_same = all_same && value.value == item.values[0].value;
  if (item.values.empty()) return "?";
  if (item.values.size() == 1) return with_measure(item.values[0].value, item.measure);
  if (all_same) return with_measure(item.values[0].value, item.measure) + " (each)";
  std::vector<std::string> parts;
  for (const ExplainedValue& value : item.values) parts.push_back(value.unit + " " + value.value);
  return join(parts, ", ") + (item.measure == "yes_no" ? "" : " " + item.measure);
}

constexpr std::size_t widest_line = 100;

/// The text broken at spaces into lines of at most `widest_line` columns, the first after `indent`, the others two further in.
void print_wrapped(const std::string& indent, const std::string& text, std::string& out) {
  std::string line = indent;
  std::size_t width = indent.size();
  bool line_is_empty = true;
  for (const std::string_view word : split(text, ' ')) {
    const std::size_t needed = display_width(word) + (line_is_empty ? 0 : 1);
    if (!line_is_empty && width + needed > widest_line) {
      out += line + "\n";
      line = indent + "  ";
      width = line.size();
      line_is_empty = true;
    }
    if (!line_is_empty) line += ' ';
    line += word;
    width += needed;
    line_is_empty = false;
  }
  out += line + "\n";
}

void print_details(const Explanation& item, const std::string& indent, std::string& out) {
  if (!item.since.empty()) {
    print_wrapped(indent, "version of " + item.since + (item.references.empty() ? "" : "; " + join(item.references, "; ")), out);
  }
  for (const ExplainedParameter& parameter : item.parameters) {
    const std::string shown = parameter.value == "table" || parameter.value == "scale"
                                  ? parameter.value
                                  : with_measure(parameter.value, parameter.measure);
    const std::string references = parameter.references.empty() ? "" : " (" + join(parameter.references, "; ") + ")";
    print_wrapped(indent, "* " + parameter.name + " = " + shown + " since " + parameter.since + references, out);
  }
  for (const ExplainedValue& part : item.parts) out += indent + "~ " + part.unit + " = " + part.value + "\n";
}

void print(const Explanation& item, int depth, const std::string& indent, std::string& out);

void print_children(const Explanation& item, int depth, const std::string& indent, std::string& out) {
  if (depth == 0) {
    if (!item.children.empty()) out += indent + "... (--depth shows more)\n";
    return;
  }
  for (std::size_t i = 0; i < item.children.size();) {
    std::size_t end = i + 1;
    while (end < item.children.size() && item.children[end].variable == item.children[i].variable) ++end;
    // A window over many months of an input: one line.
    if (end - i > 3 && item.children[i].is_input) {
      std::vector<std::string> parts;
      for (std::size_t m = i; m < end; ++m) {
        const std::string text = values_text(item.children[m]);
        if (parts.empty() || !parts.back().ends_with(": " + text))
          parts.push_back("from " + item.children[m].period + ": " + text);
      }
      out += indent + "- " + item.children[i].variable + " " + item.children[i].period + " .. " + item.children[end - 1].period +
             " (" + item.children[i].origin + ")\n";
      for (const std::string& part : parts) out += indent + "    " + part + "\n";
    } else {
      for (std::size_t m = i; m < end; ++m) print(item.children[m], depth - 1, indent, out);
    }
    i = end;
  }
}

void print(const Explanation& item, int depth, const std::string& indent, std::string& out) {
  out += indent + "- " + item.variable + (item.period == "always" ? "" : " " + item.period) + " = " + values_text(item);
  if (!item.origin.empty()) out += " (" + item.origin + ")";
  if (item.shown_before) out += " (see above)";
  out += item.label.empty() || item.is_input ? "\n" : "  \"" + item.label + "\"\n";
  if (item.shown_before) return;
  print_details(item, indent + "    ", out);
  print_children(item, depth, indent + "  ", out);
}

Json values_json(const std::vector<ExplainedValue>& values) {
  Json out = Json::object();
  for (const ExplainedValue& value : values) out[value.unit] = {{"value", value.number}, {"text", value.value}};
  return out;
}

Json tree_json(const Explanation& item) {
  Json out{{"variable", item.variable}, {"period", item.period}, {"level", item.level},
           {"measure", item.measure},   {"label", item.label},   {"kind", item.is_input ? "input" : "rule"}};
  out["values"] = values_json(item.values);
  if (!item.origin.empty()) out["origin"] = item.origin;
  if (!item.since.empty()) out["version"] = item.since;
  if (!item.references.empty()) out["references"] = item.references;
  if (!item.parts.empty()) out["parts"] = values_json(item.parts);
  for (const ExplainedParameter& parameter : item.parameters) {
    out["parameters"].push_back({{"name", parameter.name},
                                 {"label", parameter.label},
                                 {"value", parameter.value},
                                 {"measure", parameter.measure},
                                 {"since", parameter.since},
                                 {"references", parameter.references}});
  }
  if (item.shown_before) out["shown_before"] = true;
  for (const Explanation& child : item.children) out["because"].push_back(tree_json(child));
  return out;
}

}  // namespace

std::string to_text(const Explanation& explanation, int depth) {
  std::string out;
  print(explanation, depth, "", out);
  return out;
}

std::string to_json(const Explanation& explanation) {
  Json out{{"format", "labacces-explanation/1"}};
  out.update(tree_json(explanation));
  return out.dump(1) + "\n";
}

}  // namespace labacces::report
