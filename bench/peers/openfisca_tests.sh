#!/bin/sh
# OpenFisca-France's own YAML tests under `labacces test`: openfisca_tests.sh CHECKOUT [options of labacces test]
# Left out of the input: what employers alone pay on, the form of contracts, and the charges of a rent, which housing aid
# does not look at.
set -eu
checkout=$1
shift
program=${LABACCES_PROGRAM:-$(dirname "$0")/../../build/release/labacces}
ignored=""
for name in effectif_entreprise depcom_entreprise taille_entreprise ratio_alternants exposition_accident \
  allegement_general_mode_recouvrement allegement_cotisation_maladie_mode_recouvrement \
  allegement_cotisation_allocations_familiales_mode_recouvrement choix_exoneration_cotisations_employeur_agricole \
  secteur_activite_employeur regime_securite_sociale taches_salarie_type contrat_de_travail_type contrat_duree_determinee_type charges_locatives; do
  ignored="$ignored --ignore $name"
done
# shellcheck disable=SC2086
exec "$program" test --openfisca --from 2019-01 --summary --zones "$checkout/openfisca_france/assets/apl/20110914_zonage.csv" \
  $ignored "$@" "$checkout/tests"
