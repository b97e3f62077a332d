"""Writes bretagne.json, the margins of the synthetic Brittany, from published.csv. Run by hand in this folder; a test compares.

What is not printed as such in a source is worked out here, and the margin's source says how.
"""

import csv
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
with open(HERE / "published.csv", encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))

DEPARTEMENTS = ["22", "29", "35", "56"]
TYPES = {"personne_seule": ("single_man", "single_woman"), "sans_famille": ("other_without_family",), "couple_sans_enfant": ("couple_without_child",),
         "couple_avec_enfant": ("couple_with_child",), "famille_monoparentale": ("lone_parent",)}
AGES = {"..19": "under_20", "20..59": "from_20_to_59", "60..74": "from_60_to_74", "75..": "from_75"}


def published(table: str, territory: str, item: str, year: str | None = None) -> float:
    found = [float(row["value"]) for row in ROWS if (row["table"], row["territory"], row["item"]) == (table, territory, item) and year in (None, row["year"])]
    assert len(found) == 1, (table, territory, item, year, found)
    return found[0]


def places(table: str, item: str) -> list[float]:
    """29, 35, and 22 with 56: the region less the two."""
    known = [published(table, place, item) for place in ("29", "35")]
    return [*known, published(table, "53", item) - sum(known)]


def whole(value: float) -> float | int:
    return int(value) if value == int(value) else value


def persons_by_age() -> list[list[float]]:
    """Residents of 1 January by age, times persons in households over residents of the same place (22 and 56 together)."""
    residents = {place: [published("residents", place, item) for item in AGES.values()] for place in DEPARTEMENTS}
    factor = {"29": published("persons_in_households", "29", "all") / sum(residents["29"]), "35": published("persons_in_households", "35", "all") / sum(residents["35"])}
    rest = published("persons_in_households", "53", "all") - published("persons_in_households", "29", "all") - published("persons_in_households", "35", "all")
    factor["22"] = factor["56"] = rest / (sum(residents["22"]) + sum(residents["56"]))
    return [[count * factor[place] for count in residents[place]] for place in DEPARTEMENTS]


def activity() -> tuple[list[str], list[list[float | None]]]:
    """POP5 of residents, times the share of residents who live in households (persons of 15 and more are not told apart)."""
    residents = sum(published("residents", place, item) for place in DEPARTEMENTS for item in AGES.values())
    factor = published("persons_in_households", "53", "all") / residents
    ages = {"15..19": "15-19", "20..24": "20-24", "25..39": "25-39", "40..54": "40-54", "55..64": "55-64", "65..": "65+"}
    known = {(row["table"], row["item"]) for row in ROWS}
    table = []
    for item in ages.values():
        table.append([published(kind, "53", item) * factor if (kind, item) in known else None for kind in ("employed", "unemployed", "retired", "student")])
    return list(ages), table


def poverty(item: str, year: str) -> list[float]:
    return [published("poverty_percent", place, item, year) for place in DEPARTEMENTS]


def by_place(values: list[str]) -> dict[str, list[str]]:
    return {"departement": values}


def made() -> dict:
    four = [f"d{place}" for place in DEPARTEMENTS]
    three = ["d29", "d35", "d22|d56"]
    households = sum(published("households", "53", item) for items in TYPES.values() for item in items)
    dwellings_22_56 = sum(places("households", item)[2] for items in TYPES.values() for item in items)
    share_22 = published("main_residences", "22", "all") / (published("main_residences", "22", "all") + published("main_residences", "56", "all"))
    by_head = sum(published("residents", place, item) for place in DEPARTEMENTS for item in AGES.values()) / published("residents", "FR", "all")
    ages, activities = activity()
    census = "INSEE, RP2021 FAM T1; 22 and 56 together: the region less 29 and 35"
    filosofi = "INSEE-DGFiP, Filosofi 2013"
    others = "etudiant_seul = no"  # Filosofi counts students who live alone with their parents
    line = "niveau_de_vie ..<seuil_de_pauvrete"
    owner, tenant = "proprietaire|primo_accedant", "locataire_hlm|locataire_vide|locataire_meuble"
    margins: list[dict] = [
        {"name": "Dwellings", "total": whole(households), "source": "INSEE, RP2021 FAM T1: the sum of its types (the printed total is one more)", "date": "2021"},
        {"name": "Dwellings by type and département", "by": {**by_place(three), "type_menage": list(TYPES)},
         "total": [[whole(sum(places("households", item)[i] for item in items)) for items in TYPES.values()] for i in range(3)], "source": census, "date": "2021"},
        {"name": "Men alone by département", "where": ["type_menage = personne_seule", "sexe = homme"], "by": by_place(three),
         "total": [whole(value) for value in places("households", "single_man")], "source": census, "date": "2021"},
        {"name": "Dwellings of Côtes-d'Armor", "where": "departement = d22", "total": round(dwellings_22_56 * share_22), "date": "2021",
         "source": "INSEE, RP2021: FAM T1 of 22 and 56 together, shared out by LOG T1 (main residences)"},
        {"name": "Persons by age and département", "level": "individu", "by": {**by_place(four), "age": list(AGES)}, "total": persons_by_age(), "date": "2021",
         "source": "INSEE, estimations localisées de population 2021 x persons in households (RP2021 FAM T1) / residents; institutions taken to have the same ages"},
        {"name": "Owners", "where": f"statut_occupation_logement = {owner}", "total": households * published("tenure_percent", "53", "owner") / 100, "date": "2020",
         "source": "DREAL Bretagne: two in three main residences, x RP2021 households"},
        {"name": "HLM tenants", "where": "statut_occupation_logement = locataire_hlm", "total": households * published("tenure_percent", "53", "hlm") / 100, "date": "2020",
         "source": "DREAL Bretagne: 10 % of main residences, x RP2021 households"},
        {"name": "Activity by age", "level": "individu", "by": {"age": ages, "activite": ["actif", "chomeur", "retraite", "etudiant"]}, "total": activities, "date": "2021",
         "source": "INSEE, RP2021 POP5 x persons in households / residents"},
    ]
    held_out: list[dict] = [
        {"name": "Main residences by département", "by": by_place(four), "total": [whole(published("main_residences", place, "all")) for place in DEPARTEMENTS],
         "source": "INSEE, RP2021 LOG T1", "date": "2021"},
        {"name": "Persons in families with children", "level": "individu", "by": {**by_place(three), "type_menage": ["couple_avec_enfant", "famille_monoparentale"]},
         "total": [[whole(places("persons_in_households", item)[i]) for item in ("couple_with_child", "lone_parent")] for i in range(3)], "source": census, "date": "2021"},
        {"name": "Lone parents who are women, in 100", "where": "type_menage = famille_monoparentale", "rate": "sexe = femme", "date": "2021", "source": "INSEE, RP2021 FAM T1bis",
         "total": round(100 * published("lone_parents", "53", "woman") / (published("lone_parents", "53", "woman") + published("lone_parents", "53", "man")), 1)},
        {"name": "Private tenants, in 100", "rate": "statut_occupation_logement = locataire_vide|locataire_meuble", "total": published("tenure_percent", "53", "private"), "date": "2020",
         "source": "DREAL Bretagne"},
        {"name": "Poverty, in 100", "level": "individu", "where": others, "by": by_place(four), "rate": line, "total": poverty("all", "2020"), "date": "2020",
         "source": "INSEE, Filosofi 2020 (the standard of living in the weights is set on it)"},
    ]
    for name, key, share in (("First decile", "d1", 0.1), ("Median", "median", 0.5), ("Ninth decile", "d9", 0.9)):
        held_out.append({"name": f"{name} of the standard of living", "level": "individu", "where": others, "by": by_place(four), "quantile": share, "of": "niveau_de_vie", "index": "mediane", "year": 2013,
                         "total": [published("standard_of_living", place, key, "2013") for place in DEPARTEMENTS], "date": "2013",
                         "source": f"{filosofi}, carried on by the metropolitan median (the standard of living in the weights is set on it)"})
    bands = {"..29": "under_30", "30..39": "30_39", "40..49": "40_49", "50..59": "50_59", "60..74": "60_74", "75..": "from_75"}
    held_out += [
        {"name": "Poverty by age of the reference person, in 100", "level": "individu", "where": others, "by": {**by_place(four), "age_reference": list(bands)}, "rate": line,
         "total": [[published("poverty_percent", place, item, "2013") for item in bands.values()] for place in DEPARTEMENTS], "source": filosofi, "date": "2013"},
        {"name": "Poverty by age, Brittany, in 100", "level": "individu", "where": others, "by": {"age_reference": ["..29", "75.."]}, "rate": line,
         "total": [published("poverty_percent", "53", "under_30", "2020"), published("poverty_percent", "53", "from_75", "2020")], "date": "2020",
         "source": "INSEE, Filosofi 2020 (Panorama de la pauvreté en Bretagne)"},
        {"name": "Poverty by tenure, in 100", "level": "individu", "where": others, "by": {**by_place(four), "statut_occupation_logement": [owner, tenant]}, "rate": line,
         "total": [[published("poverty_percent", place, item, "2013") for item in ("owners", "tenants")] for place in DEPARTEMENTS], "source": filosofi, "date": "2013"},
        {"name": "Median standard of living, 2017", "level": "individu", "where": others, "quantile": 0.5, "of": "niveau_de_vie", "index": "mediane", "year": 2017,
         "total": published("standard_of_living", "53", "median", "2017"), "date": "2017", "source": "INSEE, Filosofi 2017, carried on by the metropolitan median"},
        {"name": "Persons with a right to AAH, against those paid at home", "level": "individu", "where": "aah 0.01..", "by": by_place(four), "date": "2017-12",
         "total": [whole(published("caseload", place, "aah_at_home")) for place in DEPARTEMENTS], "source": "MSA and CNAF (bretagne.handidonnees.fr): paid, so the right is larger"},
        {"name": "Families with a right to RSA, against those paid", "level": "famille", "where": "rsa 0.01..", "total": whole(published("caseload", "53", "rsa_households")), "date": "2019-12",
         "source": "CAF, in Insee Analyses Bretagne 112: paid, so the right is larger by non-take-up (34 % a quarter, DREES 2018)"},
        {"name": "Families with a right to PPA, against those paid", "level": "famille", "where": "ppa 0.01..", "total": whole(published("caseload", "53", "ppa_households")), "date": "2018-12",
         "source": "CAF, in INSEE's bilan économique: paid, so the right is larger"},
        {"name": "Families with a right to housing aid, against the national caseload by head", "level": "famille", "where": "aide_logement 0.01..", "date": "2019-12",
         "total": round(published("caseload", "FR", "al_households") * by_head), "source": "CNAF, chiffres clés 2019, x residents of Brittany / of France: Brittany, with more owners, has fewer"},
        {"name": "Families with a right to AF, against the national caseload by head", "level": "famille", "where": "af 0.01..", "date": "2019-12",
         "total": round(published("caseload", "FR", "af_families") * by_head), "source": "CNAF, chiffres clés 2019, x residents of Brittany / of France"},
        {"name": "Persons of 62 and more with ASPA in the family, Côtes-d'Armor, in 100", "level": "individu", "where": ["age 62..", "departement = d22"], "rate": "aspa 0.01..", "date": "2023",
         "total": published("minimum_vieillesse_percent", "22", "from_62"), "source": "DREES, about 2 % are paid: the right is larger by non-take-up (half of single persons, DREES 2016)"},
    ]
    medians = {row["year"]: float(row["value"]) for row in ROWS if row["table"] == "metropolitan_median"}
    # 2019 between the years known; after the last one published, an assumption.
    medians["2019"] = (medians["2018"] + medians["2020"]) / 2
    for year, growth in (("2024", 1.03), ("2025", 1.05 / 1.03), ("2026", 1.02)):
        medians[year] = medians[str(int(year) - 1)] * growth
    index = {"source": "Median standard of living, metropolitan France: INSEE, Filosofi 2013 to 2020, ERFS 2021 to 2023 (published.csv); 2019 in between; 2024 to 2026: "
                       "assumption, 5 % from 2023 to 2025 and 2 % then",
             "values": {year: round(medians[year], 2) for year in sorted(medians)}}
    return {
        "name": "Brittany",
        "about": "Written by bretagne.py from published.csv",
        "indices": {"mediane": index},
        "amounts": {"seuil_de_pauvrete": {"value": round(0.6 * medians["2023"], 2), "index": "mediane", "year": 2023, "source": "INSEE, 60 % of the metropolitan median of the year"}},
        "margins": margins + [{**margin, "held_out": True} for margin in held_out],
    }


def text() -> str:
    """One margin a line."""
    root = made()
    margins = root.pop("margins")
    head = json.dumps(root, ensure_ascii=False, indent=1)
    lines = ",\n  ".join(json.dumps(margin, ensure_ascii=False) for margin in margins)
    return head[:-2] + ',\n "margins": [\n  ' + lines + "\n ]\n}\n"


if __name__ == "__main__":
    (HERE / "bretagne.json").write_text(text(), encoding="utf-8")
