#include "libsim/scenario/why_not.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "libsim/base/error.hpp"
#include "libsim/base/json_text.hpp"
#include "libsim/base/text.hpp"
#include "libsim/engine/run.hpp"
#include "libsim/plan/from_law.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/scenario/explain.hpp"

namespace labacces::scenario {
namespace {

using Json = nlohmann::ordered_json;

constexpr int bisections = 24;  // a factor to 1e-7
constexpr int steps_of_factor = 20;
constexpr double highest_rent = 8.0;  // of the rent given
constexpr int years_of_states = 4;    // a state is changed in the year asked and those before it

/// Persons that a unit names under its roles (texts, or lists of texts; values of variables are objects).
std::set<std::string> members_of(const Json& unit) {
  std::set<std::string> found;
  if (!unit.is_object()) return found;
  for (const auto& item : unit.items()) {
    if (item.value().is_string()) found.insert(item.value().get<std::string>());
    if (!item.value().is_array()) continue;
    for (const Json& person : item.value()) {
      if (person.is_string()) found.insert(person.get<std::string>());
    }
  }
  return found;
}

bool share_a_member(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& person) { return b.contains(person); });
}

/// The unit's dwelling and those linked to it by a family or a tax unit, alone: others of the same file have no part in its right.
Json linked_household(const Json& json, Level level, const std::string& unit) {
  constexpr std::array groups{"familles", "foyers_fiscaux", "menages"};
  const std::string table(plural_of(level));
  std::set<std::string> persons{unit};  // units that the file does not spell out have the id of their person
  if (is_group(level) && json.contains(table) && json[table].contains(unit)) persons = members_of(json[table][unit]);
  for (std::size_t before = 0; before != persons.size();) {
    before = persons.size();
    for (const char* group : groups) {
      if (!json.contains(group) || !json[group].is_object()) continue;
      for (const auto& item : json[group].items()) {
        const std::set<std::string> members = members_of(item.value());
        if (share_a_member(members, persons)) persons.insert(members.begin(), members.end());
      }
    }
  }
  Json out = Json::object();
  for (const auto& item : json.items()) {
    const bool of_persons = item.key() == "individus";
    const bool of_group = std::find(groups.begin(), groups.end(), item.key()) != groups.end();
    out[item.key()] = of_persons || of_group ? Json::object() : item.value();
    if (!item.value().is_object() || !(of_persons || of_group)) continue;
    for (const auto& one : item.value().items()) {
      if (of_persons ? persons.contains(one.key()) : share_a_member(members_of(one.value()), persons))
        out[item.key()][one.key()] = one.value();
    }
  }
  return out;
}

/// The household as JSON that is changed, and the right computed from it.
class Household {
 public:
  Household(const law::Law& law, const std::string& file, const std::string& text, const std::string& variable, Period period,
            std::string unit)
      : law_(law), schema_(law.schema()), file_(file), request_{variable, period}, unit_(std::move(unit)) {
    level_ = law.variables()[*law.find_variable(variable)].level;
    json_ = linked_household(parse_json(file, text), level_, unit_);
  }
  const Json& json() const { return json_; }

  /// The right in a changed situation; none where the change makes no situation (a state that other data contradict).
  std::optional<double> right(const Json& changed) {
    try {
      const Situation situation = read_situation(file_, changed.dump(), schema_);
      const std::vector<double> values = engine::run(plan_of(situation.population), situation.population, {.threads = 1})[0];
      const auto& ids = situation.population.ids(level_);
      for (std::size_t row = 0; row < ids.size(); ++row) {
        if (ids[row] == unit_) return values[row];
      }
    } catch (const Error&) {}
    return std::nullopt;
  }

  /// The object of a unit's values; nullptr where the situation does not spell that unit out.
  static Json* unit_of(Json& json, Level level, const std::string& id) {
    const auto units = json.find(std::string(plural_of(level)));
    if (units == json.end() || !units->is_object()) return nullptr;
    const auto unit = units->find(id);
    return unit == units->end() || !unit->is_object() ? nullptr : &*unit;
  }

 private:
  /// The plan of a population. It depends on who there is and on what is given of whom, not on the amounts: a step along an income has the
  /// plan of the step before.
  const plan::Plan& plan_of(const Population& population) {
    std::string shape;
    for (std::size_t level = 0; level < level_count; ++level)
      shape += std::to_string(population.count(static_cast<Level>(level))) + " ";
    for (const VariableData& variable : population.variables()) {
      shape += variable.name;
      for (const PeriodColumn& period : variable.periods) {
        shape += " " + std::to_string(static_cast<int>(period.period.kind)) + "/" + std::to_string(period.period.value) + "/" +
                 std::to_string(period.column) + " ";
        for (const std::uint8_t given : population.columns()[period.column].given) shape += given != 0 ? '1' : '0';
      }
    }
    const auto known = plans_.find(shape);
    if (known != plans_.end()) return known->second;
    const law::Law* laws[] = {&law_};
    return plans_.emplace(std::move(shape), plan::schedule(plan::build_graph(laws, {&request_, 1}, population))).first->second;
  }

  const law::Law& law_;
  Schema schema_;
  std::map<std::string, plan::Plan> plans_;
  std::string file_;
  Json json_;
  plan::Request request_;
  std::string unit_;
  Level level_ = Level::famille;
};

std::optional<Level> level_named(const std::string& name) {
  for (std::size_t level = 0; level < level_count; ++level) {
    if (name_of(static_cast<Level>(level)) == name) return static_cast<Level>(level);
  }
  return std::nullopt;
}

bool is_flow(const law::Variable& variable) {
  return variable.type.kind == ValueKind::number &&
         (variable.type.measure == law::eur_per_month || variable.type.measure.exponents[0] == 1);
}

class Search {
 public:
  Search(const law::Law& law, Household& household, Period period, WhyNot& out)
      : law_(law), household_(household), period_(period), out_(out) {}

  void conditions(const Explanation& item) {
    if (!item.shown_before) {
      const auto level = level_named(item.level);
      const law::Variable& variable = law_.variables()[*law_.find_variable(item.variable)];
      if (level && item.variable != out_.variable) {
        for (const ExplainedValue& value : item.values) {
          if (item.measure == "yes_no") flip(item, variable, *level, value);
          if (item.is_input && variable.type.kind == ValueKind::enumeration) other_items(item, variable, *level, value);
        }
      }
      for (const Explanation& child : item.children) conditions(child);
    }
  }

  void changes() {
    for (const auto& [unit, name] : incomes()) lower_one(unit, name);
    if (incomes().size() > 1) lower([&](Json& json, double factor) { scale_all(json, factor); }, "all incomes", {}, {});
    rent();
    one_child_more();
  }

 private:
  void flip(const Explanation& item, const law::Variable& variable, Level level, const ExplainedValue& value) {
    if (!seen_.insert(item.variable + "/" + item.period + "/" + value.unit).second) return;
    Json changed = household_.json();
    Json* unit = Household::unit_of(changed, level, value.unit);
    if (unit == nullptr) return;
    const bool now = value.number != 0.0;
    if (item.is_input) {
      set_state(*unit, variable, !now);
    } else {
      (*unit)[item.variable][item.period] = !now;
    }
    keep(item, value.unit, now ? "yes" : "no", now ? "no" : "yes", changed);
  }

  void other_items(const Explanation& item, const law::Variable& variable, Level level, const ExplainedValue& value) {
    if (!seen_.insert(item.variable + "/" + value.unit).second) return;
    for (const std::string& other : law_.enums()[static_cast<std::size_t>(variable.type.enumeration)].items) {
      if (other == value.value) continue;
      Json changed = household_.json();
      Json* unit = Household::unit_of(changed, level, value.unit);
      if (unit == nullptr) return;
      set_state(*unit, variable, other);
      keep(item, value.unit, value.value, other, changed);
    }
  }

  template <typename Value>
  void set_state(Json& unit, const law::Variable& variable, const Value& value) const {
    Json values = Json::object();
    if (variable.periodicity == Periodicity::eternal) {
      values["ETERNITY"] = value;
    } else {
      const int year = period_.kind == Period::Kind::year ? period_.value : Month{period_.value}.year();
      for (int back = years_of_states - 1; back >= 0; --back) values[std::to_string(year - back)] = value;
    }
    unit[variable.name] = std::move(values);
  }

  void keep(const Explanation& item, const std::string& unit, const std::string& now, const std::string& otherwise,
            const Json& changed) {
    auto right = household_.right(changed);
    const bool alone = right && *right > 0.0;
    if (!alone) {
      Json poorer = changed;
      scale_all(poorer, 0.0);
      right = household_.right(poorer);
    }
    if (!right || !(*right > 0.0) || (!alone && opens_without_income())) return;
    out_.conditions.push_back(
        {item.variable, item.label, item.period, unit, item.is_input, now, otherwise, item.references, *right, !alone});
  }

  /// Without any income the right is open as things are: then no condition stands in its way.
  bool opens_without_income() {
    if (!open_without_income_) {
      Json poorer = household_.json();
      scale_all(poorer, 0.0);
      const auto right = household_.right(poorer);
      open_without_income_ = right && *right > 0.0;
    }
    return *open_without_income_;
  }

  /// (person, variable) of all incomes given, above 0 in some period.
  std::vector<std::pair<std::string, std::string>> incomes() const {
    std::vector<std::pair<std::string, std::string>> found;
    const auto persons = household_.json().find("individus");
    if (persons == household_.json().end() || !persons->is_object()) return found;
    for (const auto& person : persons->items()) {
      if (!person.value().is_object()) continue;
      for (const auto& given : person.value().items()) {
        const auto index = law_.find_variable(given.key());
        if (!index || !is_flow(law_.variables()[*index]) || !given.value().is_object()) continue;
        for (const auto& dated : given.value().items()) {
          if (dated.value().is_number() && dated.value().get<double>() > 0.0) {
            found.emplace_back(person.key(), given.key());
            break;
          }
        }
      }
    }
    return found;
  }

  static void scale(Json& given, double factor) {
    for (auto& dated : given.items()) {
      if (dated.value().is_number()) dated.value() = std::floor(dated.value().get<double>() * factor * 100.0) / 100.0;
    }
  }
  void scale_all(Json& json, double factor) const {
    for (const auto& [person, name] : incomes()) scale(json["individus"][person][name], factor);
  }

  void lower_one(const std::string& person, const std::string& name) {
    lower([&](Json& json, double factor) { scale(json["individus"][person][name], factor); }, name + " of " + person, "individus",
          {person, name});
  }

  /// The factor under 1 nearest to it that opens the right. A right that wants some income opens between two bounds: steps of a
  /// twentieth find such a stretch.
  void lower(const std::function<void(Json&, double)>& apply, const std::string& what, const std::string& table,
             const std::pair<std::string, std::string>& shown) {
    for (int step = steps_of_factor - 1; step >= 0; --step) {
      if (bisect(apply, static_cast<double>(step) / steps_of_factor, static_cast<double>(step + 1) / steps_of_factor, what, table,
                 shown))
        return;
    }
  }

  /// Between a factor that may open the right and one that does not: the one nearest to 1 that does.
  bool bisect(const std::function<void(Json&, double)>& apply, double open, double closed, const std::string& what,
              const std::string& table, const std::pair<std::string, std::string>& shown) {
    const auto opens = [&](double factor) {
      Json changed = household_.json();
      apply(changed, factor);
      const auto right = household_.right(changed);
      return right && *right > 0.0;
    };
    if (!opens(open)) return false;
    for (int i = 0; i < bisections; ++i) {
      const double middle = 0.5 * (open + closed);
      (opens(middle) ? open : closed) = middle;
    }
    Json changed = household_.json();
    apply(changed, open);
    OpeningChange change{what, open, {}, {}, *household_.right(changed), changed.dump(1)};
    if (!table.empty()) {
      const Json& before = household_.json()[table][shown.first][shown.second];
      const Json& after = changed[table][shown.first][shown.second];
      for (const auto& dated : before.items()) {
        if (!dated.value().is_number()) continue;
        change.from = dated.key() + ": " + shortest(dated.value().get<double>());
        change.to = shortest(after[dated.key()].get<double>());
      }
    }
    out_.changes.push_back(std::move(change));
    return true;
  }

  void rent() {
    const auto dwellings = household_.json().find("menages");
    if (dwellings == household_.json().end() || !dwellings->is_object()) return;
    for (const auto& dwelling : dwellings->items()) {
      if (!dwelling.value().is_object() || !dwelling.value().contains("loyer") || !dwelling.value()["loyer"].is_object())
        continue;
      const std::string id = dwelling.key();
      const auto apply = [&](Json& json, double factor) { scale(json["menages"][id]["loyer"], factor); };
      for (const double open : {0.0, highest_rent}) bisect(apply, open, 1.0, "loyer of " + id, "menages", {id, "loyer"});
    }
  }

  void one_child_more() {
    Json changed = household_.json();
    std::string name = "enfant_de_plus";
    while (changed["individus"].contains(name)) name += "_";
    const int year = period_.kind == Period::Kind::year ? period_.value : Month{period_.value}.year();
    changed["individus"][name]["date_naissance"]["ETERNITY"] = std::to_string(year - 5) + "-01-01";
    for (const auto& [table, role] :
         {std::pair{"familles", "enfants"}, std::pair{"foyers_fiscaux", "personnes_a_charge"}, std::pair{"menages", "enfants"}}) {
      const auto units = changed.find(table);
      if (units == changed.end()) continue;
      if (!units->is_object() || units->empty() || !units->begin()->is_object()) return;
      Json& members = (*units->begin())[role];
      if (members.is_string()) members = Json::array({members});
      if (members.is_null()) members = Json::array();
      if (!members.is_array()) return;
      members.push_back(name);
    }
    const auto right = household_.right(changed);
    if (right && *right > 0.0) out_.changes.push_back({"a child of five more", 0.0, {}, {}, *right, changed.dump(1)});
  }

  const law::Law& law_;
  Household& household_;
  Period period_;
  WhyNot& out_;
  std::set<std::string> seen_;
  std::optional<bool> open_without_income_;
};

}  // namespace

WhyNot why_not(const law::Law& law, const std::string& file, const std::string& situation, const std::string& variable,
               Period period, const std::string& id) {
  const Situation read = read_situation(file, situation, law.schema());
  const Explanation tree = explain(law, read.population, variable, period, id);
  if (tree.values.size() != 1) throw Error("'" + variable + "' has no single value there");
  WhyNot out{variable, tree.label, tree.period, tree.values[0].unit, tree.values[0].number, {}, {}};
  if (out.right > 0.0) return out;
  Household household(law, file, situation, variable, period, out.unit);
  Search search(law, household, period, out);
  search.conditions(tree);
  search.changes();
  return out;
}

std::vector<OpeningChange> opening_changes(const law::Law& law, const std::string& file, const std::string& situation,
                                           const std::string& variable, Period period, const std::string& unit) {
  WhyNot out{variable, {}, {}, unit, 0.0, {}, {}};
  Household household(law, file, situation, variable, period, unit);
  const auto right = household.right(household.json());
  if (!right) throw Error("'" + variable + "' has no value of '" + unit + "' there");
  if (*right > 0.0) return {};
  Search(law, household, period, out).changes();
  return std::move(out.changes);
}

}  // namespace labacces::scenario
