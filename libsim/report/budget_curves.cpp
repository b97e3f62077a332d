#include "libsim/report/budget_curves.hpp"

#include <nlohmann/json.hpp>
#include <vector>

#include "libsim/base/error.hpp"
#include "libsim/population/situation.hpp"
#include "libsim/report/curve.hpp"
#include "libsim/scenario/curve.hpp"

namespace labacces::report {
namespace {

using Json = nlohmann::ordered_json;

struct Household {
  const char* name;
  int adults;
  std::vector<int> ages_of_children;
  int rent;  ///< EUR a month
};

const std::vector<Household>& households() {
  static const std::vector<Household> all{
      {"single", 1, {}, 450}, {"single_parent", 1, {6}, 550}, {"couple_two_children", 2, {6, 9}, 650}};
  return all;
}

/// As an OpenFisca situation: tenants without furniture all year; the first adult has the wage.
std::string situation(const Household& household, int year) {
  Json people = Json::object();
  Json adults = Json::array();
  Json children = Json::array();
  const auto add = [&](Json& list, const std::string& id, int age) {
    people[id]["date_naissance"]["ETERNITY"] = std::to_string(year - age) + "-01-15";
    list.push_back(id);
  };
  for (int i = 0; i < household.adults; ++i) add(adults, "adulte_" + std::to_string(i + 1), 35);
  for (std::size_t i = 0; i < household.ages_of_children.size(); ++i)
    add(children, "enfant_" + std::to_string(i + 1), household.ages_of_children[i]);
  const std::string key = std::to_string(year);
  Json home{{"personne_de_reference", {adults[0]}},
            {"enfants", children},
            {"loyer", {{key, 12 * household.rent}}},
            {"statut_occupation_logement", {{key, "locataire_vide"}}}};
  if (household.adults > 1) home["conjoint"] = {adults[1]};
  return Json{{"individus", people},
              {"familles", {{"famille", {{"parents", adults}, {"enfants", children}}}}},
              {"foyers_fiscaux", {{"foyer", {{"declarants", adults}, {"personnes_a_charge", children}}}}},
              {"menages", {{"menage", home}}}}
      .dump();
}

/// Net wage taxed is a little higher than net wage: CSG and CRDS that are not deductible (2.9 % of 98.25 % of gross pay).
constexpr double taxable_to_net = 1.037;

Json curves_of(const Household& household, std::span<const NamedLaw> laws, Month month) {
  Json out = Json::array();
  for (const NamedLaw& one : laws) {
    Situation read = read_situation(household.name, situation(household, month.year()), one.law->schema());
    scenario::CurveAsked asked;
    asked.vary = "salaire_net";
    asked.to = 3000.0;
    asked.step = 50.0;
    asked.also = {{"salaire_imposable", taxable_to_net}};
    asked.month = month;
    const scenario::Curve curve = scenario::curve(*one.law, std::move(read.population), asked);
    if (curve.income.empty()) throw Error("the law has no disposable income");
    Json json = Json::parse(to_json(curve));
    json.erase("format");
    Json next{{"scenario", one.scenario}};
    next.update(json);
    out.push_back(std::move(next));
  }
  return out;
}

}  // namespace

std::string budget_curves_json(std::span<const NamedLaw> laws, Month month) {
  Json out{{"format", "labacces-budget-curves/1"}, {"households", Json::array()}};
  for (const Household& household : households()) {
    try {
      out["households"].push_back({{"name", household.name}, {"curves", curves_of(household, laws, month)}});
    } catch (const Error&) {
      continue;  // a law of one's own may lack wages, dwellings or disposable income: the page says that there is no curve
    }
  }
  return out.dump(1) + "\n";
}

}  // namespace labacces::report
