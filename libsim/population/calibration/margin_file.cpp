#include "libsim/population/calibration/margin_file.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "libsim/base/error.hpp"
#include "libsim/base/file.hpp"
#include "libsim/base/json_text.hpp"
#include "libsim/base/text.hpp"
#include "libsim/population/calibration/margin_conditions.hpp"
#include "libsim/population/calibration/margin_csv.hpp"
#include "libsim/population/margins/builtin_margins.hpp"

namespace labacces::calibration {
namespace {

using Json = nlohmann::ordered_json;

/// One file being read.
class MarginReader {
 public:
  MarginReader(std::string file, int year) : file_(std::move(file)), year_(year) {}

  MarginFile read(const Json& root) {
    if (!root.is_object()) fail("", "an object with 'margins' was expected, found " + std::string(root.type_name()));
    refuse_unknown_keys(file_, "", root, {"name", "source", "date", "about", "indices", "amounts", "margins"});
    MarginFile out{file_, root.contains("name") ? text(root["name"], "name") : file_, {}};
    if (root.contains("source")) source_ = text(root["source"], "source");
    if (root.contains("date")) date_ = text(root["date"], "date");
    if (root.contains("about")) text(root["about"], "about");
    if (root.contains("indices")) read_indices(root["indices"]);
    if (root.contains("amounts")) read_amounts(root["amounts"]);
    if (!root.contains("margins")) fail("", "the key 'margins' is missing");
    const Json& margins = root["margins"];
    if (!margins.is_array() || margins.empty()) fail("margins", "a list of at least one margin was expected");
    std::set<std::string> names;
    for (std::size_t i = 0; i < margins.size(); ++i) {
      out.tables.push_back(table(margins[i], "margins/" + std::to_string(i)));
      if (!names.insert(out.tables.back().name).second)
        fail(out.tables.back().place + "/name", "the margin '" + out.tables.back().name + "' stands twice");
    }
    return out;
  }

 private:
  [[noreturn]] void fail(const std::string& path, const std::string& message, const std::string& hint = {}) const {
    json_error(file_, path, message, hint);
  }

  std::string text(const Json& value, const std::string& path) const {
    if (!value.is_string()) fail(path, "a text was expected, found " + std::string(value.type_name()));
    return value.get<std::string>();
  }
  double number(const Json& value, const std::string& path) const {
    if (!value.is_number()) fail(path, "a number was expected, found " + std::string(value.type_name()));
    return value.get<double>();
  }
  std::vector<std::string> texts(const Json& value, const std::string& path) const {
    if (value.is_string()) return {value.get<std::string>()};
    if (!value.is_array()) fail(path, "a text or a list of texts was expected, found " + std::string(value.type_name()));
    std::vector<std::string> out;
    for (std::size_t i = 0; i < value.size(); ++i) out.push_back(text(value[i], path + "/" + std::to_string(i)));
    return out;
  }

  void read_indices(const Json& indices) {
    if (!indices.is_object()) fail("indices", "an object was expected, found " + std::string(indices.type_name()));
    for (const auto& [name, index] : indices.items()) {
      const std::string path = "indices/" + name;
      if (!index.is_object()) fail(path, "an object was expected, found " + std::string(index.type_name()));
      refuse_unknown_keys(file_, path, index, {"source", "values"});
      if (!index.contains("source")) fail(path, "the key 'source' is missing");
      text(index["source"], path + "/source");
      if (!index.contains("values") || !index["values"].is_object())
        fail(path + "/values", "an object of years, such as {\"2021\": 100}, was expected");
      for (const auto& [year, value] : index["values"].items()) {
        const auto read = parse_number(year);
        const double level = number(value, path + "/values/" + year);
        if (!read || *read != static_cast<int>(*read) || !(level > 0.0))
          fail(path + "/values/" + year, "a year with a number above 0 was expected");
        indices_[name][static_cast<int>(*read)] = level;
      }
    }
  }

  /// What an amount of the object's "year" is in the year of the run, where it names an index; else 1.
  double carried(const Json& object, const std::string& path) const {
    if (!object.contains("index")) {
      if (object.contains("year")) fail(path + "/year", "a year says something only with 'index'");
      return 1.0;
    }
    const std::string name = text(object["index"], path + "/index");
    const auto index = indices_.find(name);
    if (index == indices_.end()) {
      std::vector<std::string> names;
      for (const auto& [known, values] : indices_) names.push_back(known);
      fail(path + "/index", "this file has no index '" + name + "'", did_you_mean(name, names));
    }
    if (!object.contains("year") || !object["year"].is_number_integer())
      fail(path + "/year", "the year of the amount was expected, as a whole number");
    const auto level = [&](int year) {
      const auto found = index->second.find(year);
      if (found == index->second.end()) {
        fail(path + "/index", "the index '" + name + "' has no value for " + std::to_string(year) + ": it runs from " +
                                  std::to_string(index->second.begin()->first) + " to " +
                                  std::to_string(index->second.rbegin()->first));
      }
      return found->second;
    };
    return level(year_) / level(object["year"].get<int>());
  }

  void read_amounts(const Json& amounts) {
    if (!amounts.is_object()) fail("amounts", "an object was expected, found " + std::string(amounts.type_name()));
    for (const auto& [name, amount] : amounts.items()) {
      const std::string path = "amounts/" + name;
      if (!amount.is_object()) fail(path, "an object was expected, found " + std::string(amount.type_name()));
      refuse_unknown_keys(file_, path, amount, {"value", "source", "index", "year"});
      if (!amount.contains("value") || !amount.contains("source")) fail(path, "the keys 'value' and 'source' are needed");
      text(amount["source"], path + "/source");
      amounts_[name] = number(amount["value"], path + "/value") * carried(amount, path);
    }
  }

  std::vector<Condition> conditions(const Json& value, const std::string& path) const {
    std::vector<Condition> out;
    for (const std::string& written : texts(value, path)) {
      std::string reason;
      auto condition = read_condition(written, named(), reason);
      if (!condition) fail(path, reason);
      condition->place = path;
      out.push_back(std::move(*condition));
    }
    return out;
  }

  std::vector<Dimension> dimensions(const Json& by, const std::string& path) const {
    if (!by.is_object() || by.empty())
      fail(path, "an object of variables with their classes, such as {\"departement\": [\"d22\", \"d29\"]}, was expected");
    std::vector<Dimension> out;
    for (const auto& [variable, classes] : by.items()) {
      const std::string at = path + "/" + variable;
      Dimension side{variable, {}, at};
      std::set<std::string> seen;
      for (const std::string& written : texts(classes, at)) {
        std::string reason;
        const auto read = read_class(written, named(), reason);
        if (!read) fail(at, reason);
        if (!seen.insert(read->text).second) fail(at, "the class '" + read->text + "' stands twice");
        side.classes.push_back(*read);
      }
      if (side.classes.empty()) fail(at, "at least one class was expected");
      out.push_back(std::move(side));
    }
    return out;
  }

  double figure(const Json& value, const std::string& path, double factor, const MarginTable& table) const {
    const double read = number(value, path) * factor;
    if (table.figure == Figure::count && !(read >= 0.0)) fail(path, "a count is not negative, found " + value.dump());
    return read;
  }

  AcceptedRange range(const Json& value, const std::string& path, double factor, const MarginTable& table) const {
    if (!value.is_array() || value.size() != 2)
      fail(path, "two numbers, the lowest and the highest accepted, were expected, found " + value.dump());
    const AcceptedRange read{figure(value[0], path + "/0", factor, table), figure(value[1], path + "/1", factor, table)};
    if (read.low > read.high) fail(path, "the lowest is above the highest: " + value.dump());
    return read;
  }

  /// Totals, or ranges, in the shape of the table: a list in a list, a list a side.
  template <typename Add>
  void fill(const Json& value, const std::string& path, std::size_t side, const MarginTable& table, const Add& add) const {
    if (side == table.by.size()) {
      add(value, path);
      return;
    }
    const std::size_t wanted = table.by[side].classes.size();
    if (!value.is_array() || value.size() != wanted) {
      fail(path, "a list of " + std::to_string(wanted) + " was expected, one a class of '" + table.by[side].variable +
                     "', found " + (value.is_array() ? std::to_string(value.size()) : std::string(value.type_name())));
    }
    for (std::size_t i = 0; i < wanted; ++i) fill(value[i], path + "/" + std::to_string(i), side + 1, table, add);
  }

  void read_figure(const Json& margin, MarginTable& out) const {
    const std::string& at = out.place;
    int kinds = 0;
    for (const char* key : {"sum", "rate", "quantile"}) kinds += margin.contains(key) ? 1 : 0;
    if (kinds > 1) fail(at, "a margin has one of 'sum', 'rate' and 'quantile'");
    if (margin.contains("sum")) {
      out.figure = Figure::sum;
      out.of = text(margin["sum"], at + "/sum");
    }
    if (margin.contains("rate")) {
      out.figure = Figure::rate;
      out.part = conditions(margin["rate"], at + "/rate");
    }
    if (margin.contains("quantile")) {
      out.figure = Figure::quantile;
      out.share = number(margin["quantile"], at + "/quantile");
      if (!(out.share > 0.0 && out.share < 1.0))
        fail(at + "/quantile", "a share between 0 and 1 was expected, found " + margin["quantile"].dump());
      if (!margin.contains("of")) fail(at, "a quantile needs 'of', the variable");
      out.of = text(margin["of"], at + "/of");
    } else if (margin.contains("of")) {
      fail(at + "/of", "'of' belongs to a quantile");
    }
    if (yes(margin, "held_out", at)) out.use = Use::held_out;
    if (yes(margin, "tuned_on", at)) {
      if (out.use == Use::held_out) fail(at + "/tuned_on", "a margin is held out or tuned on, not both");
      out.use = Use::tuned_on;
    }
    const char* compared = out.figure == Figure::rate       ? "a rate"
                           : out.figure == Figure::quantile ? "a quantile"
                           : margin.contains("range")       ? "a range"
                                                            : nullptr;
    if (compared != nullptr && out.use == Use::calibrated) {
      fail(at, std::string(compared) +
                   " is compared only, never calibrated to: it needs \"held_out\": true (or \"tuned_on\", where something was "
                   "set on it)");
    }
  }

  bool yes(const Json& margin, const char* key, const std::string& at) const {
    if (!margin.contains(key)) return false;
    if (!margin[key].is_boolean())
      fail(at + "/" + key, "true or false was expected, found " + std::string(margin[key].type_name()));
    return margin[key].get<bool>();
  }

  MarginTable table(const Json& margin, const std::string& at) const {
    if (!margin.is_object()) fail(at, "an object was expected, found " + std::string(margin.type_name()));
    refuse_unknown_keys(file_, at, margin,
                        {"name", "level", "where", "sum", "rate", "quantile", "of", "by", "total", "range", "source", "date",
                         "held_out", "tuned_on", "index", "year"});
    MarginTable out;
    out.place = at;
    if (!margin.contains("name")) fail(at, "the key 'name' is missing");
    if (!margin.contains("total") && !margin.contains("range"))
      fail(at, "the key 'total' is missing (or 'range', where figures are only compared)");
    out.name = text(margin["name"], at + "/name");
    out.source = margin.contains("source") ? text(margin["source"], at + "/source") : source_;
    if (out.source.empty()) fail(at, "the margin '" + out.name + "' has no 'source', and the file none for all");
    out.date = margin.contains("date") ? text(margin["date"], at + "/date") : date_;
    if (margin.contains("level")) {
      const std::string level = text(margin["level"], at + "/level");
      const auto named_level = level_named(level);
      if (!named_level)
        fail(at + "/level", "menage, famille, foyer_fiscal or individu was expected, found '" + level + "'",
             did_you_mean(level, {"menage", "famille", "foyer_fiscal", "individu"}));
      out.level = *named_level;
    }
    if (margin.contains("where")) out.where = conditions(margin["where"], at + "/where");
    if (margin.contains("by")) out.by = dimensions(margin["by"], at + "/by");
    read_figure(margin, out);
    const double factor = carried(margin, at);
    if (margin.contains("total")) {
      fill(margin["total"], at + "/total", 0, out, [&](const Json& value, const std::string& path) {
        out.values.push_back(value.is_null() ? std::nullopt : std::optional(figure(value, path, factor, out)));
      });
    } else {
      out.values.resize(out.cells());
    }
    if (margin.contains("range")) {
      fill(margin["range"], at + "/range", 0, out, [&](const Json& value, const std::string& path) {
        out.ranges.push_back(value.is_null() ? std::nullopt : std::optional(range(value, path, factor, out)));
      });
    }
    return out;
  }

  NamedAmount named() const {
    return [this](std::string_view name) -> std::optional<double> {
      const auto found = amounts_.find(std::string(name));
      if (found == amounts_.end()) return std::nullopt;
      return found->second;
    };
  }

  std::string file_, source_, date_;
  int year_;
  std::map<std::string, std::map<int, double>> indices_;
  std::map<std::string, double> amounts_;
};

}  // namespace

std::size_t MarginTable::cells() const {
  std::size_t out = 1;
  for (const Dimension& side : by) out *= side.classes.size();
  return out;
}

std::vector<std::size_t> MarginTable::classes_of(std::size_t cell) const {
  std::vector<std::size_t> out(by.size());
  for (std::size_t side = by.size(); side-- > 0;) {
    out[side] = cell % by[side].classes.size();
    cell /= by[side].classes.size();
  }
  return out;
}

std::string MarginTable::cell_name(std::size_t cell) const {
  std::string out = name;
  const std::vector<std::size_t> classes = classes_of(cell);
  for (std::size_t side = 0; side < by.size(); ++side)
    out += (side == 0 ? ": " : ", ") + by[side].variable + " " + by[side].classes[classes[side]].text;
  return out;
}

MarginFile parse_margins(const std::string& file, std::string_view text, int year) {
  if (file.ends_with(".csv")) return parse_margins_csv(file, text);
  return MarginReader(file, year).read(parse_json(file, text));
}

MarginFile read_margins(const std::string& path, int year) {
  if (!path.starts_with("builtin:")) return parse_margins(path, read_file(path), year);
  if (path != "builtin:bretagne") throw Error("--margins: unknown built-in margins '" + path + "'; there are: builtin:bretagne");
  return parse_margins(path, bretagne_text(), year);
}

}  // namespace labacces::calibration
