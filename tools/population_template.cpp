// labacces population template: the columns that results need, as a table, as JSON, or as a file of persons to fill in.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/text.hpp"
#include "libsim/plan/inputs_read.hpp"
#include "libsim/population/csv_header.hpp"
#include "libsim/population/values.hpp"
#include "libsim/report/table.hpp"
#include "tools/options.hpp"
#include "tools/population.hpp"

namespace labacces::tools {
namespace {

using Json = nlohmann::ordered_json;

const Usage usage{
    "labacces population template --outputs A,B,... [options]",
    "The columns that these variables of the law need, with their labels, units, codes, defaults and the months for which they\n"
    "are read. A column with a default may be left out; then the default holds, and the run record says so.",
    "  labacces population template --outputs rsa,ppa\n"
    "  labacces population template --outputs rsa --given salaire_net --output people.csv"};

po::options_description options() {
  using Text = std::string;
  po::options_description out("options");
  out.add_options()("outputs", po::value<Text>()->value_name("A,B,..."), "variables of the law that will be asked")(
      "given", po::value<Text>()->value_name("A,B,..."),
      "rules of the law that the data will hold, such as salaire_net: what only they need is left out")(
      "period", po::value<Text>()->value_name("YYYY-MM"), "the month (default: the latest that the law knows)")(
      "periods", "one column for each month or year in which an amount is read, in place of one for all time")(
      "output", po::value<Text>()->value_name("FILE"),
      "FILE.csv: the header of a file of persons; FILE.json: all that the table says");
  add_law_options(out);
  return out;
}

std::vector<std::string> names_from(const po::variables_map& given, const char* option) {
  return given.contains(option) ? list_of(given[option].as<std::string>()) : std::vector<std::string>{};
}

/// What is asked of the law, and what that reads.
struct Asked {
  const law::Law& law;
  Schema schema;
  Month month;
  std::vector<std::string> outputs;
  std::vector<plan::InputRead> reads;

  const VariableInfo& info(const plan::InputRead& read) const { return *schema.find(law.variables()[read.variable].name); }
};

Asked ask(const law::Law& law, const po::variables_map& given) {
  Asked asked{law,
              law.schema(),
              given.contains("period") ? month_from(given, "period") : law.latest_month(),
              names_from(given, "outputs"),
              {}};
  if (asked.outputs.empty()) throw Error(std::string("--outputs: which variables of the law? usage: ") + usage.line);
  const std::vector<plan::Request> requests = plan::requests_in(asked.schema, asked.outputs, asked.month);
  const std::vector<std::string> rules = names_from(given, "given");
  asked.reads = plan::inputs_read(law, requests, rules);
  std::stable_partition(asked.reads.begin(), asked.reads.end(),
                        [&](const plan::InputRead& read) { return !asked.info(read).default_value; });
  return asked;
}

std::string period_name(const VariableInfo& info, std::int32_t period) {
  return info.periodicity == Periodicity::yearly ? std::to_string(period) : to_string(Month{period});
}

std::string periods_text(const VariableInfo& info, const plan::InputRead& read) {
  if (info.periodicity == Periodicity::eternal) return "all time";
  const std::string last = period_name(info, read.last);
  return read.first == read.last ? last : period_name(info, read.first) + " to " + last;
}

std::string default_text(const VariableInfo& info) {
  if (!info.is_input) return "the rule";
  return info.default_value ? value_text(info, *info.default_value) : "needed";
}

struct LinkColumn {
  std::string name, label;
  bool needed;
};

/// The columns that are no variables of the law, as docs/populations.md tells them.
std::vector<LinkColumn> link_columns() {
  std::vector<LinkColumn> out{{"id", "the person's own id; without it, the number of the row", false}};
  const auto add = [&out](Level group, const std::string& roles) {
    out.push_back({std::string(unit_column(group)), "the person's " + std::string(name_of(group)), true});
    out.push_back({std::string(role_column(group)), roles, true});
  };
  add(Level::menage, "0 reference person, 1 conjoint, 2 child, 3 other");
  add(Level::famille, "0 demandeur, 1 conjoint, 2 and more child");
  add(Level::foyer_fiscal, "0 declarant, 1 conjoint, 2 and more dependant");
  out.push_back({"wprm", "survey weight of the dwelling; without it, 1", false});
  return out;
}

/// Names of the columns that hold a variable: itself, or one for each period in which it is read.
std::vector<std::string> column_names(const VariableInfo& info, const plan::InputRead& read, bool by_period) {
  const bool changes = info.periodicity == Periodicity::yearly || info.is_flow;
  if (!by_period || !changes) return {info.name};
  std::vector<std::string> out;
  for (std::int32_t period = read.first; period <= read.last; ++period)
    out.push_back(info.name + "@" + period_name(info, period));
  return out;
}

std::string header_line(const Asked& asked, bool by_period) {
  std::vector<std::string> names;
  for (const LinkColumn& link : link_columns()) names.push_back(link.name);
  for (const plan::InputRead& read : asked.reads) {
    for (std::string& name : column_names(asked.info(read), read, by_period)) names.push_back(std::move(name));
  }
  return join(names, ",") + "\n";
}

Json json_of(const Asked& asked, bool by_period) {
  Json out{{"format", "labacces-template/1"},
           {"law", std::string(asked.law.name())},
           {"period", to_string(asked.month)},
           {"outputs", asked.outputs}};
  out["links"] = Json::array();
  for (const LinkColumn& link : link_columns())
    out["links"].push_back({{"column", link.name}, {"label", link.label}, {"needed", link.needed}});
  out["variables"] = Json::array();
  for (const plan::InputRead& read : asked.reads) {
    const VariableInfo& info = asked.info(read);
    Json variable{{"variable", info.name}, {"label", info.label}, {"entity", name_of(info.level)}, {"measure", info.measure}};
    variable["needed"] = info.is_input && !info.default_value;
    if (info.default_value) variable["default"] = value_text(info, *info.default_value);
    if (info.periodicity != Periodicity::eternal) {
      variable["periods"] = {{"first", period_name(info, read.first)}, {"last", period_name(info, read.last)}};
    }
    if (info.kind == ValueKind::enumeration) {
      variable["codes"] = Json::array();
      for (std::size_t i = 0; i < info.items.size(); ++i) {
        Json code{{"code", info.items[i]}};
        if (i < info.item_labels.size()) code["label"] = info.item_labels[i];
        variable["codes"].push_back(std::move(code));
      }
    }
    variable["columns"] = column_names(info, read, by_period);
    variable["read_by"] = read.read_by;
    out["variables"].push_back(std::move(variable));
  }
  return out;
}

report::Table table_of(const Asked& asked) {
  using report::Align;
  report::Table table{"",
                      {{"column", Align::left},
                       {"of", Align::left},
                       {"unit", Align::left},
                       {"default", Align::left},
                       {"read for", Align::left},
                       {"label", Align::left}},
                      {},
                      {}};
  for (const plan::InputRead& read : asked.reads) {
    const VariableInfo& info = asked.info(read);
    table.rows.push_back(
        {info.name, std::string(name_of(info.level)), info.measure, default_text(info), periods_text(info, read), info.label});
  }
  return table;
}

void print_codes(const Asked& asked) {
  std::vector<std::string> told;
  for (const plan::InputRead& read : asked.reads) {
    const VariableInfo& info = asked.info(read);
    if (info.kind != ValueKind::enumeration || std::find(told.begin(), told.end(), info.measure) != told.end()) continue;
    told.push_back(info.measure);
    std::cout << "\n" << info.measure << "\n";
    for (std::size_t i = 0; i < info.items.size(); ++i) {
      const std::string label = i < info.item_labels.size() ? info.item_labels[i] : std::string();
      std::cout << "  " << info.items[i] << (label.empty() || label == info.items[i] ? "" : "  " + label) << "\n";
    }
  }
}

void print(const Asked& asked) {
  const auto needed =
      static_cast<std::size_t>(std::count_if(asked.reads.begin(), asked.reads.end(), [&](const plan::InputRead& read) {
        return default_text(asked.info(read)) == "needed";
      }));
  std::cout << join(asked.outputs, ", ") << " in " << to_string(asked.month) << ": " << asked.reads.size()
            << " variables are read, " << needed << " of them needed\n\n";
  report::Table links{"", {{"column", report::Align::left}, {"", report::Align::left}, {"label", report::Align::left}}, {}, {}};
  links.notes.push_back(
      "Without idfam, quifam, idfoy and quifoy, families and tax units are built from idmother, idfather, idpartner and ages.");
  for (const LinkColumn& link : link_columns()) links.rows.push_back({link.name, link.needed ? "needed" : "", link.label});
  std::cout << report::to_text(links) << "\n" << report::to_text(table_of(asked));
  print_codes(asked);
}

}  // namespace

Exit population_template(const Arguments& arguments) {
  const auto given = read_options(arguments, usage, options());
  if (!given) return Exit::done;
  const std::string path = given->contains("output") ? (*given)["output"].as<std::string>() : std::string();
  if (!path.empty() && !path.ends_with(".csv") && !path.ends_with(".json"))
    throw Error("--output: a name in .csv or .json was expected, found '" + path + "'");
  const law::Law law = law_from(*given);
  const Asked asked = ask(law, *given);
  const bool by_period = given->contains("periods");
  if (path.ends_with(".csv")) write_file(path, header_line(asked, by_period));
  if (path.ends_with(".json")) write_file(path, json_of(asked, by_period).dump(2) + "\n");
  print(asked);
  if (!path.empty()) std::cout << "\nwritten: " << path << "\n";
  return Exit::done;
}

}  // namespace labacces::tools
