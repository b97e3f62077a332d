// labacces explain: how a figure of one household came about.
#include <iostream>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/plan/explain.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/report/explanation.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"

namespace labacces::tools {
namespace {

const Usage usage{"labacces explain SITUATION.json --variable V --period M [options]",
                  "Prints the tree of a figure: each rule with its value, the version used, its articles, the parameters it "
                  "reads (*), its parts (~),\n"
                  "and what it is made of, down to the data.",
                  "  labacces explain situation.json --variable rsa --period 2025-01 --depth 2"};

po::options_description options() {
  po::options_description out("options");
  out.add_options()("variable", po::value<std::string>()->value_name("V"), "the rule to explain")(
      "period", po::value<std::string>()->value_name("M"), "a month (2025-01), or a year for a yearly rule")(
      "entity", po::value<std::string>()->default_value("")->value_name("ID"), "the unit (default: the first)")(
      "depth", po::value<int>()->default_value(3)->value_name("N"), "levels of the tree")("json", "the whole tree as JSON")(
      "html", "the whole tree as a page")("why-not", "which conditions fail, and the smallest changes that open the right")(
      "graph", "the graph that computes it, a line a node")("plan", "the plan that the engine runs, a line an instruction");
  add_law_options(out);
  return out;
}

Period period_of(const std::string& text) {
  if (const auto month = parse_month(text)) return Period::month(*month);
  if (const auto year = parse_month(text + "-01")) return Period::year(year->year());
  throw Error("--period: a month such as 2025-01 or a year such as 2025 was expected, found '" + text + "'");
}

}  // namespace

Exit explain_command(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options(), "situation");
  if (!given) return Exit::done;
  const std::vector<std::string> files = values(*given, "situation");
  if (files.size() != 1) throw Error(std::string("one situation file was expected; usage: ") + usage.line);
  for (const char* needed : {"variable", "period"}) {
    if (!given->contains(needed)) throw Error("--" + std::string(needed) + " is missing; usage: " + usage.line);
  }
  const int depth = (*given)["depth"].as<int>();
  if (depth < 0) throw Error("--depth: a number from 0 on was expected");
  const law::Law law = law_from(*given);
  const Situation situation = read_situation(files[0], read_file(files[0]), law.schema());
  if (given->contains("graph") || given->contains("plan")) {
    const law::Law* laws[] = {&law};
    const plan::Request requests[] = {{(*given)["variable"].as<std::string>(), period_of((*given)["period"].as<std::string>())}};
    const plan::Graph graph = plan::build_graph(laws, requests, situation.population);
    std::cout << (given->contains("graph") ? plan::print_graph(graph, laws)
                                           : plan::print_plan(graph, plan::schedule(graph), laws));
    return Exit::done;
  }
  if (given->contains("why-not")) {
    const scenario::WhyNot found =
        scenario::why_not(law, files[0], situation.text, (*given)["variable"].as<std::string>(),
                          period_of((*given)["period"].as<std::string>()), (*given)["entity"].as<std::string>());
    std::cout << (given->contains("json")   ? report::to_json(found)
                  : given->contains("html") ? report::to_html(found)
                                            : report::to_text(found));
    return Exit::done;
  }
  const scenario::Explanation explanation =
      scenario::explain(law, situation.population, (*given)["variable"].as<std::string>(),
                        period_of((*given)["period"].as<std::string>()), (*given)["entity"].as<std::string>());
  std::cout << (given->contains("json")   ? report::to_json(explanation)
                : given->contains("html") ? report::to_html(explanation)
                                          : report::to_text(explanation, depth));
  return Exit::done;
}

}  // namespace labacces::tools
