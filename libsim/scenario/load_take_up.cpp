#include "libsim/scenario/load_take_up.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "libsim/base/error.hpp"

namespace labacces::scenario {
namespace {

using takeup::Behaviour;
using takeup::Model;

template <typename Value, std::size_t Count>
using Names = std::array<std::pair<const char*, Value>, Count>;

constexpr Names<Model, 5> models{{{"rate", Model::rate},
                                  {"logit", Model::logit},
                                  {"probit", Model::probit},
                                  {"threshold", Model::threshold},
                                  {"observed", Model::observed}}};
constexpr Names<takeup::AmountForm, 3> forms{{{"level", takeup::AmountForm::level},
                                              {"log", takeup::AmountForm::log},
                                              {"share_of_income", takeup::AmountForm::share_of_income}}};
constexpr Names<takeup::UnderReform, 4> rules{{{"redraw", takeup::UnderReform::redraw},
                                               {"persist", takeup::UnderReform::persist},
                                               {"newly_eligible", takeup::UnderReform::newly_eligible},
                                               {"automatic", takeup::UnderReform::automatic}}};

template <typename Value, std::size_t Count>
Value named(const Reader& reader, const Json& json, const std::string& path, const Names<Value, Count>& names) {
  const std::string written = reader.text(json, path);
  std::vector<std::string> known;
  for (const auto& [name, value] : names) {
    if (written == name) return value;
    known.emplace_back(name);
  }
  std::string all;
  for (const std::string& name : known) all += (all.empty() ? "" : ", ") + name;
  json_error(reader.file(), path, "'" + written + "' is none of " + all, did_you_mean(written, known));
}

/// Keys that a block of each model may have, beside those of all models.
std::vector<std::string> keys_of(Model model) {
  std::vector<std::string> keys{"model", "source", "calibrated_to", "gateways", "persistence"};
  const auto more = [&keys](std::initializer_list<const char*> names) { keys.insert(keys.end(), names.begin(), names.end()); };
  switch (model) {
    case Model::rate:
      more({"rate", "cells"});
      break;
    case Model::logit:
    case Model::probit:
      more({"intercept", "amount", "duration", "traits"});
      break;
    case Model::threshold:
      more({"cost", "spread", "horizon", "traits"});
      break;
    case Model::observed:
      more({"receipt", "rate", "cells"});
      break;
  }
  return keys;
}

const Json& needed(const Reader& reader, const Json& block, const std::string& path, const char* key, const char* what) {
  if (!block.contains(key)) json_error(reader.file(), path, "'" + std::string(key) + "' is missing: " + what);
  return block[key];
}

double positive(const Reader& reader, const Json& json, const std::string& path) {
  const double value = reader.number(json, path);
  if (!(value > 0.0)) json_error(reader.file(), path, "a number above 0 was expected, found " + json.dump());
  return value;
}

const Json& list(const Reader& reader, const Json& json, const std::string& path) {
  if (!json.is_array()) json_error(reader.file(), path, "a list was expected, found " + std::string(json.type_name()));
  return json;
}

const Json& object(const Reader& reader, const Json& json, const std::string& path, const char* example) {
  if (!json.is_object()) json_error(reader.file(), path, std::string("an object was expected: ") + example);
  return json;
}

void read_cells(const Reader& reader, const Json& block, const std::string& path, Behaviour& behaviour) {
  if (!block.contains("cells")) return;
  const Json& cells = list(reader, block["cells"], path + "/cells");
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string at = path + "/cells/" + std::to_string(i);
    const Json& cell = object(reader, cells[i], at, R"({"variable": "departement", "item": "d29", "rate": 0.6})");
    refuse_unknown_keys(reader.file(), at, cell, {"variable", "item", "rate"});
    behaviour.cells.push_back({reader.text(needed(reader, cell, at, "variable", "an enumeration or yes/no"), at + "/variable"),
                               reader.text(needed(reader, cell, at, "item", "an item of it, or yes or no"), at + "/item"),
                               reader.probability(needed(reader, cell, at, "rate", "a probability"), at + "/rate")});
  }
}

void read_traits(const Reader& reader, const Json& block, const std::string& path, Behaviour& behaviour) {
  if (!block.contains("traits")) return;
  const Json& traits = list(reader, block["traits"], path + "/traits");
  for (std::size_t i = 0; i < traits.size(); ++i) {
    const std::string at = path + "/traits/" + std::to_string(i);
    const Json& trait = object(reader, traits[i], at,
                               R"({"variable": "statut_occupation_logement", "item": "locataire_hlm", "coefficient": 0.3})");
    refuse_unknown_keys(reader.file(), at, trait, {"variable", "item", "coefficient"});
    behaviour.traits.push_back({reader.text(needed(reader, trait, at, "variable", "a variable of the law"), at + "/variable"),
                                trait.contains("item") ? reader.text(trait["item"], at + "/item") : std::string{},
                                reader.number(needed(reader, trait, at, "coefficient", "a number"), at + "/coefficient")});
  }
}

void read_amount(const Reader& reader, const Json& block, const std::string& path, Behaviour& behaviour) {
  if (!block.contains("amount")) return;
  const std::string at = path + "/amount";
  const Json& amount = object(reader, block["amount"], at, R"({"form": "log", "coefficient": 0.4})");
  refuse_unknown_keys(reader.file(), at, amount, {"form", "coefficient", "income"});
  behaviour.form = named(reader, needed(reader, amount, at, "form", "level, log or share_of_income"), at + "/form", forms);
  behaviour.amount = reader.number(needed(reader, amount, at, "coefficient", "a number"), at + "/coefficient");
  const bool shares = behaviour.form == takeup::AmountForm::share_of_income;
  if (shares)
    behaviour.income =
        reader.text(needed(reader, amount, at, "income", "the variable that the right is a share of"), at + "/income");
  if (!shares && amount.contains("income"))
    json_error(reader.file(), at + "/income", "only the form share_of_income has an income");
}

void read_dependence(const Reader& reader, const Json& block, const std::string& path, const Scenario& scenario,
                     Behaviour& behaviour) {
  if (block.contains("persistence")) behaviour.persistence = reader.probability(block["persistence"], path + "/persistence");
  if (!block.contains("gateways")) return;
  const Json& gateways =
      object(reader, block["gateways"], path + "/gateways", R"({"aide_logement": 0.5}, added to the log odds)");
  const auto own = std::find(scenario.benefits.begin(), scenario.benefits.end(), behaviour.benefit);
  const std::vector<std::string> earlier(scenario.benefits.begin(), own);
  for (const auto& item : gateways.items()) {
    const std::string at = path + "/gateways/" + item.key();
    if (std::find(earlier.begin(), earlier.end(), item.key()) == earlier.end()) {
      json_error(reader.file(), at, "a gateway is a benefit that stands before '" + behaviour.benefit + "' under benefits",
                 did_you_mean(item.key(), earlier));
    }
    behaviour.gateways.push_back({item.key(), reader.number(item.value(), at)});
  }
}

Behaviour read_behaviour(const Reader& reader, const std::string& benefit, const Json& json, const Scenario& scenario) {
  const std::string path = "take_up/" + benefit;
  const Json& block = object(reader, json, path, R"({"rate": 0.66, "source": "..."})");
  Behaviour behaviour;
  behaviour.benefit = benefit;
  if (block.contains("model")) behaviour.model = named(reader, block["model"], path + "/model", models);
  refuse_unknown_keys(reader.file(), path, block, keys_of(behaviour.model));
  if (block.contains("source")) behaviour.source = reader.text(block["source"], path + "/source");
  if (block.contains("calibrated_to")) behaviour.calibrated_to = reader.text(block["calibrated_to"], path + "/calibrated_to");
  switch (behaviour.model) {
    case Model::rate:
      behaviour.rate =
          reader.probability(needed(reader, block, path, "rate", "the probability of claiming, between 0 and 1"), path + "/rate");
      break;
    case Model::logit:
    case Model::probit:
      behaviour.intercept = reader.number(needed(reader, block, path, "intercept", "a number"), path + "/intercept");
      if (block.contains("duration")) behaviour.duration = reader.number(block["duration"], path + "/duration");
      break;
    case Model::threshold:
      behaviour.cost =
          positive(reader, needed(reader, block, path, "cost", "the median cost of claiming, in EUR"), path + "/cost");
      behaviour.spread =
          positive(reader, needed(reader, block, path, "spread", "the standard deviation of its logarithm"), path + "/spread");
      if (block.contains("horizon")) behaviour.horizon = positive(reader, block["horizon"], path + "/horizon");
      break;
    case Model::observed:
      behaviour.receipt =
          reader.text(needed(reader, block, path, "receipt", "the variable that says who is seen to receive"), path + "/receipt");
      behaviour.rate = block.contains("rate") ? reader.probability(block["rate"], path + "/rate") : 0.0;
      break;
  }
  read_amount(reader, block, path, behaviour);
  read_cells(reader, block, path, behaviour);
  read_traits(reader, block, path, behaviour);
  read_dependence(reader, block, path, scenario, behaviour);
  return behaviour;
}

takeup::Correlation read_correlation(const Reader& reader, const Json& json, const std::string& path, const Scenario& scenario) {
  if (!json.is_array() || json.size() != 3)
    json_error(reader.file(), path, R"(two benefits and a number were expected: ["aide_logement", "rsa", 0.4])");
  takeup::Correlation out{reader.text(json[0], path + "/0"), reader.text(json[1], path + "/1"),
                          reader.number(json[2], path + "/2")};
  for (const auto& [name, at] : {std::pair{out.first, path + "/0"}, std::pair{out.second, path + "/1"}}) {
    if (std::find(scenario.benefits.begin(), scenario.benefits.end(), name) == scenario.benefits.end()) {
      json_error(reader.file(), at, "'" + name + "' is not among the benefits", did_you_mean(name, scenario.benefits));
    }
  }
  if (out.first == out.second) json_error(reader.file(), path, "a benefit is not correlated with itself");
  if (!(out.value > -1.0 && out.value < 1.0))
    json_error(reader.file(), path + "/2", "a correlation between -1 and 1 was expected, found " + json[2].dump());
  return out;
}

void read_order(const Reader& reader, const Json& json, Scenario& scenario) {
  if (json.contains("order")) scenario.order = reader.texts(json["order"], "order");
  const auto place_of = [&](const std::string& benefit) {
    return std::find(scenario.order.begin(), scenario.order.end(), benefit);
  };
  for (std::size_t i = 0; i < scenario.order.size(); ++i) {
    const std::string& benefit = scenario.order[i];
    const std::string path = "order/" + std::to_string(i);
    if (std::find(scenario.benefits.begin(), scenario.benefits.end(), benefit) == scenario.benefits.end())
      json_error(reader.file(), path, "'" + benefit + "' is not among the benefits", did_you_mean(benefit, scenario.benefits));
    const auto here = scenario.order.begin() + static_cast<std::ptrdiff_t>(i);
    if (place_of(benefit) != here) json_error(reader.file(), path, "'" + benefit + "' is named twice");
    for (const takeup::Gateway& gateway : takeup::find_behaviour(scenario.take_up, benefit)->gateways) {
      if (place_of(gateway.benefit) < here) continue;
      json_error(reader.file(), path,
                 "who claims '" + gateway.benefit + "' claims '" + benefit + "' more readily (a gateway): '" + gateway.benefit +
                     "' must stand before it in the order");
    }
  }
}

}  // namespace

void read_take_up(const Reader& reader, const Json& json, Scenario& scenario) {
  if (json.contains("take_up")) {
    const Json& blocks = object(reader, json["take_up"], "take_up", "one entry a benefit");
    for (const auto& item : blocks.items()) {
      if (std::find(scenario.benefits.begin(), scenario.benefits.end(), item.key()) == scenario.benefits.end()) {
        json_error(reader.file(), "take_up/" + item.key(), "'" + item.key() + "' is not among the benefits",
                   did_you_mean(item.key(), scenario.benefits));
      }
      std::erase_if(scenario.take_up, [&](const Behaviour& behaviour) { return behaviour.benefit == item.key(); });
      scenario.take_up.push_back(read_behaviour(reader, item.key(), item.value(), scenario));
    }
  }
  for (std::size_t i = 0; i < scenario.benefits.size(); ++i) {
    if (takeup::find_behaviour(scenario.take_up, scenario.benefits[i]) == nullptr) {
      json_error(reader.file(), "benefits/" + std::to_string(i),
                 "'" + scenario.benefits[i] + "' has no rate under take_up; 1 means that all who have the right claim it");
    }
  }
  if (json.contains("correlations")) {
    scenario.correlations.clear();
    const Json& correlations = list(reader, json["correlations"], "correlations");
    for (std::size_t i = 0; i < correlations.size(); ++i) {
      scenario.correlations.push_back(read_correlation(reader, correlations[i], "correlations/" + std::to_string(i), scenario));
    }
  }
  read_order(reader, json, scenario);
  if (json.contains("under_reform")) scenario.under_reform = named(reader, json["under_reform"], "under_reform", rules);
}

}  // namespace labacces::scenario
