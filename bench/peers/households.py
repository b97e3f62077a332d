#!/usr/bin/env python3
"""Random households with every input, as an OpenFisca situation whose nulls are what is asked.

    python3 households.py --month 2022-09 --households 150 --seed 1 > situation.json

Two thirds rent; wages, unemployment, pensions and disability as families that may claim have them; some wages change in the year before. With
--rare each of the rarer inputs is given with that probability. The same arguments give the same households.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable
from datetime import date, timedelta

YEARS_BEFORE = 4

ASKED_BY_MONTH = {
    "individus": ["aah", "asi"],
    "familles": [
        "af", "cf", "asf", "paje_base", "aspa", "aide_logement", "rsa", "ppa", "css_cmu_acs_eligibilite", "cmu_c",
        "css_participation_forfaitaire", "rsa_socle", "rsa_forfait_logement", "rsa_base_ressources", "ppa_base_ressources",
        "ppa_forfait_logement", "prestations_familiales_base_ressources", "aide_logement_base_ressources", "aide_logement_loyer_retenu",
    ],
}  # fmt: skip
ASKED_BY_YEAR = {
    "familles": ["ars"],
    "foyers_fiscaux": ["rfr", "impot_revenu_restant_a_payer"],
    "menages": ["cheque_energie", "revenu_disponible"],
}

Sampler = Callable[[random.Random], object]


def cents(low: float, high: float) -> Sampler:
    return lambda dice: round(dice.uniform(low, high), 2)


def always(value: object) -> Sampler:
    return lambda dice: value


# Inputs that few people have: (entity, variable, is an amount a month, sampler).
RARE: list[tuple[str, str, bool, Sampler]] = [
    ("individus", "indemnites_journalieres", True, cents(100, 1400)),
    ("individus", "pensions_alimentaires_percues", True, cents(50, 500)),
    ("individus", "pensions_alimentaires_versees_individu", True, cents(50, 400)),
    ("individus", "prestation_compensatoire", True, cents(50, 600)),
    ("individus", "gains_exceptionnels", True, cents(20, 300)),
    ("individus", "revenus_capital", True, cents(5, 400)),
    ("individus", "revenus_locatifs", True, cents(50, 900)),
    ("individus", "revenus_stage_formation_pro", True, cents(100, 900)),
    ("individus", "indemnites_chomage_partiel", True, cents(100, 900)),
    ("individus", "ass", True, cents(300, 545)),
    ("individus", "livret_a", False, cents(100, 20_000)),
    ("individus", "epargne_revenus_non_imposables", False, cents(100, 30_000)),
    ("individus", "valeur_immo_non_loue", False, cents(5_000, 150_000)),
    ("individus", "valeur_terrains_non_loues", False, cents(1_000, 40_000)),
    ("individus", "inapte_travail", False, always(True)),
    ("individus", "enceinte", False, always(True)),
    ("individus", "rsa_jeune_condition_heures_travail_remplie", False, always(True)),
    ("individus", "type_conges", False, lambda dice: dice.choice(["conge_parental", "conge_sans_solde", "conge_maternite_paternite"])),
    ("familles", "rsa_isolement_recent", False, always(True)),
    ("familles", "proprietaire_proche_famille", False, always(True)),
    ("menages", "coloc", False, always(True)),
    ("menages", "logement_chambre", False, always(True)),
    ("menages", "participation_frais", False, always(True)),
]
OF_CHILDREN = {"garde_alternee": 0.5}  # times the rarity


class Writer:
    """Writes one household after another into a situation."""

    def __init__(self, month: str, seed: int, rare: float):
        self.dice = random.Random(f"{seed} {month}")
        self.rare = rare
        self.month = month
        self.year, self.month_of_year = int(month[:4]), int(month[5:7])
        self.years = list(range(self.year - YEARS_BEFORE, self.year + 1))
        self.situation: dict = {"individus": {}, "familles": {}, "foyers_fiscaux": {}, "menages": {}}

    def state(self, value: object) -> dict:
        return {str(year): value for year in self.years}

    def amounts(self, monthly: float, first_month: int = 0, without: range | None = None) -> dict:
        """An amount a month as values by year, and by month in the last years when it begins or stops; months count from January YEARS_BEFORE."""
        changes = first_month > 0 or without is not None
        by_period = {}
        for number, year in enumerate(self.years):
            months = range(12 * number, 12 * number + 12)
            inside = [month >= first_month and (without is None or month not in without) for month in months]
            if year == self.year or (changes and not all(inside)):
                by_period |= {f"{year}-{month % 12 + 1:02d}": monthly if yes else 0.0 for month, yes in zip(months, inside, strict=True)}
            else:
                by_period[str(year)] = round(12 * monthly, 2)
        return by_period

    def born(self, youngest: int, oldest: int) -> date:
        """A birthday of someone of that age in the month; some children are listed before birth."""
        days = self.dice.randint(365 * youngest, 365 * (oldest + 1))
        return date(self.year, self.month_of_year, 1) - timedelta(days=days - (120 if youngest == 0 and self.dice.random() < 0.1 else 0))

    def wages(self, person: dict) -> None:
        dice = self.dice
        net = round(dice.choice([dice.uniform(100, 1300), dice.uniform(900, 1900), dice.uniform(1200, 4200)]), 2)
        now = 12 * YEARS_BEFORE + self.month_of_year - 1
        first_month, without = 0, None
        if dice.random() < 0.12:
            first_month = now - dice.randint(0, 15)
        elif dice.random() < 0.15:
            start = now - dice.randint(0, 6)
            without = range(start, start + dice.randint(1, 9))
        for name, factor in (("salaire_net", 1.0), ("salaire_imposable", 1.036), ("salaire_de_base", 1.26325)):
            person[name] = self.amounts(round(net * factor, 2), first_month, without)

    def income(self, person: dict, age: int) -> str:
        """Gives an adult an income, and says what he does."""
        dice = self.dice
        draw = dice.random()
        if age >= 63 and draw < 0.85:
            pension = round(dice.uniform(300, 2600), 2)
            for name in ("retraite_nette", "retraite_imposable", "retraite_brute"):
                person[name] = self.amounts(pension)
            return "retraite"
        if draw < 0.08:
            person["taux_incapacite"] = self.state(dice.choice([0.5, 0.6, 0.79, 0.8, 0.9]))
            person["handicap"] = self.state(True)
            if dice.random() < 0.4:
                person["aah_restriction_substantielle_durable_acces_emploi"] = self.state(True)
            if dice.random() < 0.3:
                person["pensions_invalidite"] = self.amounts(round(dice.uniform(200, 1000), 2))
            if dice.random() < 0.3:
                self.wages(person)
            return "inactif"
        if draw < 0.12:
            person["pensions_invalidite"] = self.amounts(round(dice.uniform(200, 1100), 2))
            return "inactif"
        if draw < 0.27:
            net = round(dice.uniform(300, 1600), 2)
            person["chomage_net"] = self.amounts(net)
            person["chomage_imposable"] = self.amounts(round(net * 1.03, 2))
            return "chomeur"
        if age < 26 and draw < 0.37:
            person["scolarite"] = self.state("enseignement_superieur")
            if dice.random() < 0.5:
                person["boursier"] = self.state(True)
            return "etudiant"
        if draw < 0.72:
            self.wages(person)
            return "actif"
        return "inactif"

    def give_rare(self, entity: str, unit: dict) -> None:
        for owner, variable, is_amount, sampler in RARE:
            if owner == entity and self.dice.random() < self.rare and variable not in unit:
                value = sampler(self.dice)
                unit[variable] = self.amounts(value) if is_amount else self.state(value)

    def adult(self, name: str, marital: str) -> None:
        dice = self.dice
        person: dict = {"date_naissance": {"ETERNITY": ""}}
        birth = self.born(63, 88) if dice.random() < 0.15 else self.born(18, 62)
        person["date_naissance"]["ETERNITY"] = birth.isoformat()
        activity = self.income(person, self.year - birth.year)
        person.setdefault("scolarite", self.state("inconnue"))
        person["activite"] = self.state(activity)
        person["statut_marital"] = self.state(marital)
        self.give_rare("individus", person)
        self.situation["individus"][name] = person

    def child(self, name: str) -> None:
        dice = self.dice
        birth = self.born(0, 20 if dice.random() < 0.9 else 21)
        age = self.year - birth.year
        person = {"date_naissance": {"ETERNITY": birth.isoformat()}, "scolarite": self.state("inconnue")}
        if self.rare > 0 and age >= 3:
            person["scolarite"] = self.state(
                "maternelle" if age < 6 else "primaire" if age < 11 else "college" if age < 15 else "lycee" if age < 18 else "enseignement_superieur"
            )
        person["activite"] = self.state("inactif")
        person["statut_marital"] = self.state("celibataire")
        if dice.random() < self.rare * OF_CHILDREN["garde_alternee"]:
            person["garde_alternee"] = self.state(True)
        if dice.random() < self.rare * 0.5:
            person["taux_incapacite"], person["handicap"] = self.state(dice.choice([0.5, 0.8])), self.state(True)
        if age >= 16 and dice.random() < 0.1:
            self.wages(person)
        self.situation["individus"][name] = person

    def dwelling(self) -> dict:
        dice = self.dice
        status = dice.choices(
            ["locataire_vide", "locataire_hlm", "locataire_meuble", "proprietaire", "loge_gratuitement", "primo_accedant"],
            [38, 21, 9, 26, 4, 2],
        )[0]  # fmt: skip
        unit = {"statut_occupation_logement": self.state(status)}
        if status not in ("proprietaire", "loge_gratuitement"):
            unit["loyer"] = self.amounts(round(dice.uniform(180, 900), 2))
        unit["zone_apl"] = self.state(dice.choice(["zone_1", "zone_2", "zone_2", "zone_3"]))
        self.give_rare("menages", unit)
        return unit

    def household(self, number: int) -> None:
        dice = self.dice
        name = f"h{number}"
        couple = dice.random() < 0.43
        marital = dice.choices(["marie", "pacse", "celibataire"], [45, 31, 24])[0] if couple else "celibataire"
        parents = [f"{name}p{1 + i}" for i in range(2 if couple else 1)]
        children = [f"{name}p{len(parents) + 1 + i}" for i in range(dice.choices(range(6), [50, 20, 16, 8, 4, 2])[0])]
        for person in parents:
            self.adult(person, marital)
        for person in children:
            self.child(person)
        family = {"parents": parents, "enfants": children}
        self.give_rare("familles", family)
        self.situation["familles"][name] = family
        together = couple and marital != "celibataire"
        self.situation["foyers_fiscaux"][name] = {"declarants": parents if together else parents[:1], "personnes_a_charge": children}
        if couple and not together:
            self.situation["foyers_fiscaux"][name + "b"] = {"declarants": parents[1:], "personnes_a_charge": []}
        self.situation["menages"][name] = {
            "personne_de_reference": parents[:1],
            "conjoint": parents[1:],
            "enfants": children,
        } | self.dwelling()


def ask(situation: dict, entity: str, variable: str, period: str) -> None:
    for unit in situation[entity].values():
        unit.setdefault(variable, {})[period] = None


def make(month: str, households: int, seed: int, rare: float) -> dict:
    """The households, without anything asked."""
    writer = Writer(month, seed, rare)
    for number in range(households):
        writer.household(number)
    return writer.situation


def ask_usual(situation: dict, month: str) -> dict:
    """The same, with the usual outputs asked: of the month, and of its year."""
    for asked, period in ((ASKED_BY_MONTH, month), (ASKED_BY_YEAR, month[:4])):
        for entity, variables in asked.items():
            for variable in variables:
                ask(situation, entity, variable, period)
    return situation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--month", default="2022-09", help="the month asked: 2022-09")
    parser.add_argument("--households", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rare", type=float, default=0.0, help="probability of each of the rarer inputs, 0 to 1")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    options = parser.parse_args()
    json.dump(ask_usual(make(options.month, options.households, options.seed, options.rare), options.month), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
