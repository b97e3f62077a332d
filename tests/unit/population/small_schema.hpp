// The variables that the tests of populations use: a few of each kind, with the names of the French law.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "libsim/population/schema.hpp"

namespace labacces {

inline VariableInfo variable(std::string name, Level level, ValueKind kind, Periodicity periodicity, std::string measure) {
  VariableInfo info;
  info.name = std::move(name);
  info.level = level;
  info.kind = kind;
  info.periodicity = periodicity;
  info.is_flow = measure == "EUR/month";
  info.measure = std::move(measure);
  return info;
}

inline Schema small_schema() {
  Schema schema;
  schema.add(variable("date_naissance", Level::individu, ValueKind::date, Periodicity::eternal, "date"));
  schema.add(variable("salaire_net", Level::individu, ValueKind::number, Periodicity::monthly, "EUR/month"));
  schema.add(variable("taux_incapacite", Level::individu, ValueKind::number, Periodicity::monthly, "share"));
  schema.add(variable("boursier", Level::individu, ValueKind::yes_no, Periodicity::monthly, "yes_no"));
  VariableInfo activite = variable("activite", Level::individu, ValueKind::enumeration, Periodicity::monthly, "enum activite");
  activite.items = {"actif", "chomeur", "etudiant", "retraite", "inactif"};
  activite.item_labels = {"Actif occupé", "Chômeur", "Étudiant, élève", "Retraité", "Autre, inactif"};
  schema.add(activite);
  schema.add(variable("rsa", Level::famille, ValueKind::number, Periodicity::monthly, "EUR/month"));
  schema.add(variable("revenu_categoriel_foncier", Level::foyer_fiscal, ValueKind::number, Periodicity::yearly, "EUR/year"));
  schema.add(variable("loyer", Level::menage, ValueKind::number, Periodicity::monthly, "EUR/month"));
  VariableInfo tenure = variable("statut_occupation_logement", Level::menage, ValueKind::enumeration, Periodicity::monthly,
                                 "enum statut_occupation_logement");
  tenure.items = {"proprietaire", "locataire_hlm", "locataire_vide"};
  tenure.item_labels = {"Propriétaire", "Locataire HLM", "Locataire vide"};
  schema.add(tenure);
  return schema;
}

}  // namespace labacces
