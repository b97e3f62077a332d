#include "libsim/report/behaviour_json.hpp"

#include <nlohmann/json.hpp>

namespace labacces::report {
namespace {

using Json = nlohmann::ordered_json;
using takeup::Behaviour;
using takeup::Model;

Json traits_json(const Behaviour& behaviour) {
  Json out = Json::array();
  for (const takeup::Trait& trait : behaviour.traits) {
    Json one{{"variable", trait.variable}};
    if (!trait.item.empty()) one["item"] = trait.item;
    one["coefficient"] = trait.coefficient;
    out.push_back(std::move(one));
  }
  return out;
}

Json cells_json(const Behaviour& behaviour) {
  Json out = Json::array();
  for (const takeup::CellRate& cell : behaviour.cells)
    out.push_back({{"variable", cell.variable}, {"item", cell.item}, {"rate", cell.rate}});
  return out;
}

const char* name_of(takeup::AmountForm form) {
  switch (form) {
    case takeup::AmountForm::level:
      return "level";
    case takeup::AmountForm::log:
      return "log";
    case takeup::AmountForm::share_of_income:
      return "share_of_income";
    case takeup::AmountForm::none:
      break;
  }
  return "none";
}

void add_choice(const Behaviour& behaviour, Json& out) {
  out["intercept"] = behaviour.intercept;
  if (behaviour.form != takeup::AmountForm::none) {
    out["amount"] = {{"form", name_of(behaviour.form)}, {"coefficient", behaviour.amount}};
    if (!behaviour.income.empty()) out["amount"]["income"] = behaviour.income;
  }
  if (behaviour.duration != 0.0) out["duration"] = behaviour.duration;
}

}  // namespace

Json behaviour_json(const Behaviour& behaviour) {
  Json out;
  switch (behaviour.model) {
    case Model::rate:
      out = {{"model", "rate"}, {"rate", behaviour.rate}};
      break;
    case Model::logit:
    case Model::probit:
      out = {{"model", behaviour.model == Model::logit ? "logit" : "probit"}};
      add_choice(behaviour, out);
      break;
    case Model::threshold:
      out = {{"model", "threshold"}, {"cost", behaviour.cost}, {"spread", behaviour.spread}, {"horizon", behaviour.horizon}};
      break;
    case Model::observed:
      out = {{"model", "observed"}, {"receipt", behaviour.receipt}, {"rate", behaviour.rate}};
      break;
  }
  if (!behaviour.cells.empty()) out["cells"] = cells_json(behaviour);
  if (!behaviour.traits.empty()) out["traits"] = traits_json(behaviour);
  for (const takeup::Gateway& gateway : behaviour.gateways) out["gateways"][gateway.benefit] = gateway.effect;
  if (behaviour.persistence != 1.0) out["persistence"] = behaviour.persistence;
  out["source"] = behaviour.source;
  if (!behaviour.calibrated_to.empty()) out["calibrated_to"] = behaviour.calibrated_to;
  return out;
}

}  // namespace labacces::report
