#!/usr/bin/env python3
"""Random households under LabAccès and under OpenFisca-France, value by value.

    python3 agreement.py --program build/release/labacces --month 2022-09 --households 150 --seed 1
    python3 agreement.py --situation situation.json --minimise 3

Prints for each variable the share of values within one euro (a yearly amount within twelve) among those where either engine has not zero; with
--minimise the smallest household that keeps a difference, as a situation. Exit status 1 when the share of all is under --least.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

import counter_example
import households
import openfisca_engine
from labacces_engine import PLURAL, Labacces
from values import Pair, pairs

ROOT = Path(__file__).resolve().parents[2]
PERIODICITY = {"month": "monthly", "year": "yearly"}


def ask_all_rules(situation: dict, engine: Labacces, month: str) -> None:
    """Asks every rule that both engines have at the same level and by the same period."""
    theirs = openfisca_engine.tax_benefit_system().variables
    for name, declared in engine.variables.items():
        other = theirs.get(name)
        if "default" in declared or not declared.get("versions") or other is None:
            continue
        entity, periodicity = declared["level"], declared["period"]
        if other.entity.key == entity and PERIODICITY.get(str(other.definition_period)) == periodicity:
            households.ask(situation, PLURAL[entity], name, month if periodicity == "monthly" else month[:4])


def print_shares(found: list[Pair], tolerance: float, show: int) -> float:
    """Prints a line a variable; gives the share of all."""
    by_variable: dict[str, list[Pair]] = defaultdict(list)
    for pair in found:
        by_variable[pair.variable].append(pair)
    agreed = told = 0
    for variable, own in sorted(by_variable.items()):
        telling = [pair for pair in own if not pair.is_zero]
        wrong = sorted((pair for pair in telling if not pair.agrees(tolerance)), key=lambda pair: -pair.distance)
        right = len(telling) - len(wrong)
        share = f"{100 * right / len(telling):6.1f} %" if telling else "      - "
        print(f"{variable:45s} {right:5d}/{len(telling):<5d} {share}   both zero {len(own) - len(telling)}")
        for pair in wrong[:show]:
            print(f"      {pair}")
        agreed, told = agreed + right, told + len(telling)
    share = agreed / told if told else 0.0
    print(f"agreement {agreed}/{told} = {100 * share:.2f} % (both zero {len(found) - told})")
    return share


def different_enough(found: list[Pair], tolerance: float, count: int) -> list[Pair]:
    """Differences to look at: the largest of each variable in turn, at most one a household."""
    by_variable: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(found, key=lambda pair: -pair.distance):
        if not pair.agrees(tolerance):
            by_variable[pair.variable].append(pair)
    chosen: list[Pair] = []
    while len(chosen) < count and any(by_variable.values()):
        for own in by_variable.values():
            taken = {counter_example.household_of(pair.unit) for pair in chosen}
            while own and counter_example.household_of(own[0].unit) in taken:
                own.pop(0)
            if own and len(chosen) < count:
                chosen.append(own.pop(0))
    return chosen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    households.add_arguments(parser)
    parser.add_argument("--program", type=Path, default=ROOT / "build" / "release" / "labacces")
    parser.add_argument("--law", help="folder of .law files in place of the built-in law")
    parser.add_argument("--reform", help="a .law file to apply, such as tests/law/households/lecture_openfisca.law")
    parser.add_argument("--situation", type=Path, help="households of one's own, in place of random ones")
    parser.add_argument("--all-rules", action="store_true", help="ask every rule that both engines have, in place of the usual outputs")
    parser.add_argument("--only", help="these variables alone, with commas between")
    parser.add_argument("--tolerance", type=float, default=1.0, help="euros a month")
    parser.add_argument("--show", type=int, default=3, help="worst differences to list for each variable")
    parser.add_argument("--minimise", type=int, default=0, metavar="N", help="find the smallest household for N differences")
    parser.add_argument("--least", type=float, default=0.0)
    options = parser.parse_args()

    law = ["--law", options.law] if options.law else []
    engine = Labacces(options.program, law + (["--reform", options.reform] if options.reform else []))
    if options.situation:
        situation = json.loads(options.situation.read_text(encoding="utf-8"))
    else:
        situation = households.make(options.month, options.households, options.seed, options.rare)
        if options.all_rules:
            ask_all_rules(situation, engine, options.month)
        else:
            households.ask_usual(situation, options.month)
    lacking = engine.drop_unknown_inputs(situation)
    there, unknown = openfisca_engine.calculate(situation)
    found = list(pairs(situation, engine.calculate(situation), there))
    if options.only:
        found = [pair for pair in found if pair.variable in options.only.split(",")]
    compared = {pair.variable for pair in found}
    asked = {one.variable for one in openfisca_engine.asked_of(situation)}
    share = print_shares(found, options.tolerance, options.show)
    for text, names in (("inputs that the law lacks, left out", lacking), ("not in OpenFisca-France", unknown), ("not compared", asked - compared)):
        if names and not options.only:
            print(f"{text}: {', '.join(sorted(names))}")
    for pair in different_enough(found, options.tolerance, options.minimise):
        print(f"\n{pair}; the smallest household that keeps a difference:")
        smallest, now = counter_example.minimised(situation, pair, engine, options.tolerance)
        print(json.dumps(smallest, ensure_ascii=False))
        print(now)
    return 0 if share >= options.least else 1


if __name__ == "__main__":
    sys.exit(main())
