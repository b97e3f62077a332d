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


def aah_by_place() -> list[int]:
    paid = [published("caseload", place, "aah_at_home", "2017-12") for place in DEPARTEMENTS]
    factor = published("caseload", "53", "aah_at_home", "2018-12") / sum(paid) * published("caseload", "FR", "aah_at_home", "2022-12") / published("caseload", "FR", "aah_at_home", "2018-12")
    return [round(count * factor) for count in paid]


def share(table: str, item: str, year: str | None = None, territory: str = "FR") -> float:
    return published(table, territory, item, year) / 100


def right(name: str, level: str, figure: dict, best: float, low: float, high: float, date: str, source: str) -> dict:
    """A right against what caseloads imply: the best guess as total, the lowest and highest as range. Rates to a tenth, counts to hundreds."""
    digits = 1 if "rate" in figure else -2
    best, low, high = (whole(round(value, digits)) for value in (best, low, high))
    return {"name": name, "level": level, **figure, "total": best, "range": [low, high], "date": date, "source": source}


def rights() -> list[dict]:
    """Rights are those who are paid, divided by what non-take-up leaves. The source of each spells out its sum; figures and assumptions are rows of published.csv."""
    rsa, quarter, durable, msa = published("caseload", "53", "rsa_households"), share("non_take_up_percent", "rsa_quarter"), share("non_take_up_percent", "rsa_durable"), share("assumed_percent", "rsa_msa", territory="53")
    ppa_share = published("caseload", "53", "ppa_households", "2017-12") / published("caseload", "FR", "ppa_households", "2017-12")
    ppa = [ppa_share * published("caseload", "FR", "ppa_households", year) for year in ("2024-03", "2024-12")]
    ppa_left = 1 - share("non_take_up_percent", "ppa")
    types = [item for items in TYPES.values() for item in items]
    tenants = sum(published("households", "53", item) for item in types) * (published("tenure_percent", "53", "private") + published("tenure_percent", "53", "hlm")) / 100
    tenants_share = tenants / (1000 * published("tenants_percent", "FR", "main_residences") * share("tenants_percent", "all"))
    al = {year: published("caseload", "FR", "al_households", year) * tenants_share for year in ("2024-03", "2024-09")}
    homes, unclaimed = share("assumed_percent", "al_in_homes"), share("assumed_percent", "al_not_claimed")
    aah = published("caseload", "53", "aah_at_home", "2018-12")
    aah_2022 = aah * published("caseload", "FR", "aah_at_home", "2022-12") / published("caseload", "FR", "aah_at_home", "2018-12")
    aah_2024 = aah_2022 * (1 + share("growth_percent", "aah", "2023-10")) * (1 + share("growth_percent", "aah", "2024-09"))
    persons = published("persons_in_households", "53", "all") / sum(published("residents", place, item) for place in DEPARTEMENTS for item in AGES.values())
    young = sum(published("residents", place, "under_20") for place in DEPARTEMENTS) / published("residents", "FM", "under_20") * persons
    rounding = 100_000  # two figures to a tenth of a million
    overseas = published("caseload", "FR", "family_benefits") - published("caseload", "FM", "family_benefits") + rounding
    at_home = published("caseload", "FM", "family_benefits") / published("caseload", "FR", "family_benefits")
    af = [published("caseload", "FR", "af_families", "2022") - overseas, published("caseload", "FR", "af_families", "2022") * at_home, published("caseload", "FR", "af_families", "2020") * at_home]
    alone = share("minimum_vieillesse_percent", "alone_of_paid")

    def aspa(paid: float, not_claimed_alone: float, not_claimed_couples: float) -> float:
        return paid * (alone / (1 - not_claimed_alone) + (1 - alone) / (1 - not_claimed_couples))

    half = share("non_take_up_percent", "aspa_alone")
    return [
        right("Families with a right to RSA", "famille", {"where": "rsa 0.01.."}, rsa / (1 - quarter), rsa / (1 - durable), rsa * (1 + msa) / (1 - quarter), "2019-12",
              "CAF, in Insee Analyses Bretagne 112: 58,000 paid, end of 2019. Best: / (1 - 0.34), a quarter's non-take-up (DREES 2018); low: / (1 - 0.20), the durable one; high: x 1.02 for the "
              "MSA (assumption) / (1 - 0.34)"),
        right("Families with a right to PPA", "famille", {"where": "ppa 0.01.."}, ppa[0] / ppa_left, ppa[0], ppa[1] / ppa_left, "2024",
              "4.56 million (March 2024) to 4.78 million (end of 2024) paid in France (DREES) x 121,200 / 2,670,000, Brittany's share at the end of 2017 (CAF). Low: everybody claims, no rate of "
              "non-take-up being known since the rise of 2019; best and high: / (1 - 0.27), that of 2016 (DREES)"),
        right("Families with a right to housing aid", "famille", {"where": "aide_logement 0.01.."}, al["2024-03"], al["2024-09"] * (1 - homes), al["2024-03"] / (1 - unclaimed), "2024",
              "5.49 million (September 2024) to 5.72 million (March 2024) paid in France (DREES) x tenants of Brittany (33 % of main residences) / of France (40.3 % of 31.1 million, INSEE). Low: "
              "less 10 % in homes and residences (from memory); high: / (1 - 0.08) not claimed (assumption)"),
        right("Persons with a right to AAH", "individu", {"where": "aah 0.01.."}, aah_2022, aah, aah_2024, "2018-12 to 2024-09",
              "56,487 paid at home, end of 2018 (MSA and CNAF): low, the right follows an award, so nearly all who have it are paid. Best: x 1,122,127 / 1,044,882, France to the end of 2022; high: "
              "x 1.043 x 1.05, the growth of the two years of the partner's income left out (DREES)"),
        right("Families with a right to AF", "famille", {"where": "af 0.01.."}, af[1] * young, af[0] * young, af[2] * young, "2020 to 2022",
              "5.0 million (2022) to 5.1 million (2020) families in France (Sécurité sociale, Sénat) x persons under 20 in households of Brittany / in metropolitan France. Overseas, paid from the "
              "first child, left out: low, all families with a family benefit there (6.8 less 6.5 million, 0.4 with rounding); best and high, their share of 6.8 million"),
        right("Persons of 62 and more with ASPA in the family, in 100", "individu", {"where": "age 62..", "rate": "aspa 0.01.."},
              aspa(published("minimum_vieillesse_percent", "22", "from_62"), half, half / 2), aspa(published("minimum_vieillesse_percent", "85", "from_62"), share("non_take_up_percent", "aspa_alone_low"), 0.0),
              aspa(published("assumed_percent", "53", "aspa_paid_high"), share("non_take_up_percent", "aspa_alone_high"), half), "2022 to 2023",
              "About 2 % paid in Côtes-d'Armor; at least the 1.9 % of Vendée, the least of France; at most 2.4 % (assumption). 76 % of the paid live alone, of whom 50 % (44 to 52) do not claim "
              "(DREES 2016); of couples nothing is known: a quarter, from none to half. Best: 2 x (0.76 / 0.50 + 0.24 / 0.75)"),
    ]


def made() -> dict:
    four = [f"d{place}" for place in DEPARTEMENTS]
    three = ["d29", "d35", "d22|d56"]
    households = sum(published("households", "53", item) for items in TYPES.values() for item in items)
    dwellings_22_56 = sum(places("households", item)[2] for items in TYPES.values() for item in items)
    share_22 = published("main_residences", "22", "all") / (published("main_residences", "22", "all") + published("main_residences", "56", "all"))
    ages, activities = activity()
    census = "INSEE, RP2021 FAM T1; 22 and 56 together: the region less 29 and 35"
    filosofi = "INSEE-DGFiP, Filosofi 2013"
    others = "etudiants_seuls = no"  # Filosofi counts with their parents students who live alone or share a flat
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
    tuned_on: list[dict] = [
        {"name": "Poverty, in 100", "level": "individu", "where": others, "by": by_place(four), "rate": line, "total": poverty("all", "2020"), "date": "2020", "source": "INSEE, Filosofi 2020"},
        {"name": "Lone parents who are women, in 100", "where": "type_menage = famille_monoparentale", "rate": "sexe = femme", "date": "2021", "source": "INSEE, RP2021 FAM T1bis",
         "total": round(100 * published("lone_parents", "53", "woman") / (published("lone_parents", "53", "woman") + published("lone_parents", "53", "man")), 1)},
    ]
    for name, key, share_below in (("First decile", "d1", 0.1), ("Median", "median", 0.5), ("Ninth decile", "d9", 0.9)):
        tuned_on.append({"name": f"{name} of the standard of living", "level": "individu", "where": others, "by": by_place(four), "quantile": share_below, "of": "niveau_de_vie", "index": "mediane", "year": 2013,
                         "total": [published("standard_of_living", place, key, "2013") for place in DEPARTEMENTS], "date": "2013", "source": f"{filosofi}, carried on by the metropolitan median"})
    held_out: list[dict] = [
        {"name": "Main residences by département", "by": by_place(four), "total": [whole(published("main_residences", place, "all")) for place in DEPARTEMENTS],
         "source": "INSEE, RP2021 LOG T1", "date": "2021"},
        {"name": "Persons in families with children", "level": "individu", "by": {**by_place(three), "type_menage": ["couple_avec_enfant", "famille_monoparentale"]},
         "total": [[whole(places("persons_in_households", item)[i]) for item in ("couple_with_child", "lone_parent")] for i in range(3)], "source": census, "date": "2021"},
        {"name": "Private tenants, in 100", "rate": "statut_occupation_logement = locataire_vide|locataire_meuble", "total": published("tenure_percent", "53", "private"), "date": "2020",
         "source": "DREAL Bretagne"},
    ]
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
        {"name": "Persons with a right to AAH by département", "level": "individu", "where": "aah 0.01..", "by": by_place(four), "date": "2017 to 2022", "total": aah_by_place(),
         "source": "MSA and CNAF (bretagne.handidonnees.fr): paid at home at the end of 2017, carried by Brittany to 2018 and by France to 2022"},
    ]
    # The generator's disabilities, short careers and children were set with these three in sight.
    set_on = ("Persons with a right to AAH", "Persons of 62 and more with ASPA in the family, in 100", "Families with a right to AF")
    tuned_on += [margin for margin in rights() if margin["name"] in set_on]
    held_out += [margin for margin in rights() if margin["name"] not in set_on]
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
        "margins": margins + [{**margin, "tuned_on": True} for margin in tuned_on] + [{**margin, "held_out": True} for margin in held_out],
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
