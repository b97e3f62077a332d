"""Which page shows which programs of the law, and what its chart draws for four household types."""

from __future__ import annotations

from dataclasses import dataclass, field

MONTH = "2025-06"

Household = dict[str, dict]


@dataclass(frozen=True)
class Page:
    """One page. ``amounts`` are the rules of its chart; ``adults`` and ``children`` what the chart's persons have beside their ages and earnings."""

    slug: str
    title: str
    programs: tuple[str, ...]
    amounts: tuple[str, ...] = ()
    adults: dict = field(default_factory=dict)
    children: dict = field(default_factory=dict)
    vary: str = "salaire_de_base"
    to: int = 5000
    birth: str = "1988-03-15"
    births_of_children: tuple[str, str] = ("2016-05-02", "2023-09-20")
    month: str = MONTH
    note: str = ""


PAGES = (
    Page("rsa", "Revenu de solidarité active", ("rsa", "rsa_ressources"), ("rsa",)),
    Page("prime_activite", "Prime d'activité", ("prime_activite",), ("ppa",)),
    Page("aide_logement", "Aides au logement: APL, ALF, ALS et RLS",
         ("aide_logement", "aide_logement_ressources", "aide_logement_bareme", "aide_logement_alternee", "aide_logement_evaluation", "aide_logement_foyer",
          "aide_logement_accession", "accession_plafonds", "rls"), ("aide_logement",)),
    Page("aah", "Allocation aux adultes handicapés et majoration pour la vie autonome", ("aah", "caah"), ("aah", "mva"), adults={"taux_incapacite": {MONTH[:4]: 0.8}},
         note="Each adult has an incapacity of 80 %."),
    Page("aspa_asi", "Allocation de solidarité aux personnes âgées et allocation supplémentaire d'invalidité", ("minimum_vieillesse",), ("aspa",), vary="retraite_brute",
         to=2000, birth="1950-03-15", births_of_children=("2011-05-02", "2014-09-20"), note="Each adult is 75."),
    Page("af", "Allocations familiales", ("af", "prestations_familiales"), ("af",), to=12000),
    Page("cf", "Complément familial", ("cf",), ("cf",), births_of_children=("2016-05-02", "2018-09-20"), note="Households with children have a third one, aged 9."),
    Page("asf", "Allocation de soutien familial", ("asf",), ("asf",)),
    Page("paje", "Prestation d'accueil du jeune enfant", ("paje", "paje_primes", "prepare"), ("paje_base",), to=8000),
    Page("aeeh", "Allocation d'éducation de l'enfant handicapé", ("aeeh",), ("aeeh",), children={"taux_incapacite": {MONTH[:4]: 0.8}},
         note="Each child has an incapacity of 80 %."),
    Page("ars", "Allocation de rentrée scolaire", ("ars",), ("ars",), births_of_children=("2012-05-02", "2016-09-20"), note="A twelfth of the year's amount."),
    Page("css", "Complémentaire santé solidaire", ("css",), ("css_participation_forfaitaire",), note="The contribution due: above 0 the cover is open and paid for."),
    Page("cheque_energie", "Chèque énergie", ("cheque_energie",), ("cheque_energie",), note="A twelfth of the year's amount."),
    Page("bourses", "Bourses nationales de collège et de lycée", ("bourses",), ("bourses_versees",), children={"scolarite": {MONTH[:4]: "college"}},
         births_of_children=("2011-05-02", "2012-09-20")),
    Page("ass", "Allocation de solidarité spécifique", ("ass",), ("ass",), adults={"activite": {MONTH[:4]: "chomeur"}, "ass_precondition_remplie": {MONTH[:4]: True}},
         vary="pensions_alimentaires_percues", to=2500, note="Each adult is unemployed and has exhausted the insurance; along alimony received."),
    Page("prime_noel", "Prime de Noël", ("prime_noel",), ("aefa",), note="A twelfth of the year's amount."),
    Page("impot", "Impôt sur le revenu", ("impot", "impot_bareme", "quotient_familial", "impot_capital", "revenus_non_salaries"), ("impot_revenu_restant_a_payer",), to=8000,
         note="Negative: to be paid. A twelfth of the year's tax."),
    Page("cotisations_csg", "Cotisations salariales, CSG et CRDS", ("cotisations", "csg"), ("salaire_net",), to=8000),
    Page("revenu_disponible", "Revenu disponible et niveau de vie", ("revenu_disponible",), ("revenu_disponible",)),
    Page("commun", "Montants et données communs", ("base", "groupes", "individus", "population", "sejour", "territoire", "cej")),
)

HOUSEHOLDS = (("single", "Personne seule", 1, 0), ("lone_parent", "Parent isolé, deux enfants", 1, 2), ("couple", "Couple", 2, 0),
              ("couple_children", "Couple, deux enfants", 2, 2))


def situation(page: Page, adults: int, children: int) -> Household:
    """A tenant's household of the page: the first adult earns along the axis."""
    year = int(page.month[:4])
    names = [f"adulte{i + 1}" for i in range(adults)]
    births = list(page.births_of_children[:children])
    if page.slug == "cf" and children:
        births.append("2020-01-10")
    kids = [f"enfant{i + 1}" for i in range(len(births))]
    persons = {name: {"date_naissance": {"ETERNITY": page.birth}, **page.adults} for name in names}
    persons |= {name: {"date_naissance": {"ETERNITY": birth}, **page.children} for name, birth in zip(kids, births, strict=True)}
    years = [str(y) for y in range(year - 3, year + 1)]
    home = {"personne_de_reference": names[:1], "conjoint": names[1:], "enfants": kids, "loyer": dict.fromkeys(years, 550 * 12),
            "statut_occupation_logement": dict.fromkeys(years, "locataire_vide")}
    return {"individus": persons, "familles": {"famille": {"parents": names, "enfants": kids}},
            "foyers_fiscaux": {"foyer": {"declarants": names, "personnes_a_charge": kids}}, "menages": {"menage": home}}
