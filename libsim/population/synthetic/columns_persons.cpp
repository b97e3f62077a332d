// What the data say of a person, but for amounts.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "libsim/base/error.hpp"
#include "libsim/population/level.hpp"
#include "libsim/population/synthetic/columns.hpp"
#include "libsim/population/synthetic/draw.hpp"

namespace labacces::synthetic {
namespace {

/// Codes of the items of an enumeration, in the order of a C++ enumeration.
template <std::size_t N>
std::array<double, N> codes_of(const Schema& schema, std::string_view variable, const std::array<std::string_view, N>& items) {
  std::array<double, N> codes{};
  for (std::size_t i = 0; i < N; ++i) codes[i] = item_code(schema, variable, items[i]);
  return codes;
}

/// Where a child or a student is at school in the school year of the month asked: index in the items below.
std::size_t school_of(const Person& person, Month period) {
  const int autumn = period.month() >= 9 ? period.year() : period.year() - 1;
  const int age = autumn - person.birth.month_of().year();
  if (age < 3) return 0;
  if (age <= 5) return 1;
  if (age <= 10) return 2;
  if (age <= 14) return 3;
  if (person.activity != Activity::student) return 0;
  return age <= 17 ? 4 : 5;
}

bool out_of_work(const Person& person, std::size_t month) {
  return (person.activity == Activity::employed || person.activity == Activity::unemployed) &&
         (person.work[month] == WorkState::none || person.work[month] == WorkState::with_allowance);
}

/// First day of the spell out of work that holds the month; the far end of time for others.
double unemployed_since(const Person& person, std::size_t month, Month first) {
  if (!out_of_work(person, month)) return static_cast<double>(Day::of(9999, 12, 31).days);
  std::size_t start = month;
  while (start > 0 && out_of_work(person, start - 1)) --start;
  const Month began = first + static_cast<int>(start);
  return static_cast<double>(Day::of(began.year(), began.month(), 1).days);
}

}  // namespace

double item_code(const Schema& schema, std::string_view variable, std::string_view item) {
  const VariableInfo* info = schema.find(variable);
  if (info == nullptr) return 0.0;
  const auto found = std::find(info->items.begin(), info->items.end(), item);
  if (found == info->items.end())
    throw Error("the built-in population needs the code '" + std::string(item) + "' of '" + std::string(variable) +
                "', which this law lacks");
  return static_cast<double>(found - info->items.begin());
}

std::vector<ColumnSpec<Person>> person_columns(const ColumnPlan& plan) {
  const Schema& schema = plan.schema;
  const Period always = Period::eternity();
  const auto now = static_cast<std::size_t>(plan.period - plan.first_history);
  std::vector<ColumnSpec<Person>> columns;
  const auto add = [&](const char* name, std::function<double(const Person&)> value) {
    columns.push_back({{name}, always, std::move(value)});
  };
  add("date_naissance", [](const Person& p) { return static_cast<double>(p.birth.days); });
  const auto sexes = codes_of<2>(schema, "sexe", {"homme", "femme"});
  add("sexe", [=](const Person& p) { return sexes[p.woman ? 1 : 0]; });
  const auto diplomas =
      codes_of<diploma_count>(schema, "diplome", {"aucun", "cap_bep", "baccalaureat", "bac_plus_2", "superieur"});
  add("diplome", [=](const Person& p) { return diplomas[static_cast<std::size_t>(p.diploma)]; });
  const auto skills = codes_of<3>(schema, "competences_numeriques", {"illectronisme", "faibles", "de_base"});
  add("competences_numeriques", [=](const Person& p) { return skills[static_cast<std::size_t>(p.digital)]; });
  const auto unions = codes_of<5>(schema, "statut_marital", {"celibataire", "marie", "pacse", "divorce", "veuf"});
  add("statut_marital", [=](const Person& p) { return unions[static_cast<std::size_t>(p.marital)]; });
  const auto activities = codes_of<5>(schema, "activite", {"actif", "chomeur", "retraite", "etudiant", "inactif"});
  add("activite", [=](const Person& p) { return activities[static_cast<std::size_t>(activity_in(p, now))]; });
  const auto schools =
      codes_of<6>(schema, "scolarite", {"inconnue", "maternelle", "primaire", "college", "lycee", "enseignement_superieur"});
  const Month period = plan.period;
  add("scolarite", [=](const Person& p) { return schools[school_of(p, period)]; });
  add("boursier", [](const Person& p) { return p.grant ? 1.0 : 0.0; });
  add("apprenti", [=](const Person& p) { return p.apprentice && p.work[now] == WorkState::working ? 1.0 : 0.0; });
  add("habite_chez_parents",
      [](const Person& p) { return p.dwelling_role == static_cast<std::uint8_t>(Role::enfant) ? 1.0 : 0.0; });
  add("handicap", [](const Person& p) { return p.severe || p.partial ? 1.0 : 0.0; });
  add("taux_incapacite", [](const Person& p) { return p.severe ? 0.8 : p.partial ? 0.6 : 0.0; });
  add("aah_restriction_substantielle_durable_acces_emploi", [](const Person& p) { return p.partial ? 1.0 : 0.0; });
  add("travailleur_non_salarie", [](const Person& p) { return p.self_employed != SelfEmployed::no ? 1.0 : 0.0; });
  add("ass_precondition_remplie", [](const Person& p) { return p.solidarity_allowance ? 1.0 : 0.0; });
  const Month first = plan.first_history;
  add("date_debut_chomage", [=](const Person& p) { return unemployed_since(p, now, first); });
  add("livret_a", [](const Person& p) { return std::round(p.livret_a); });
  add_amounts(columns, plan);
  return columns;
}

}  // namespace labacces::synthetic
