"""The smallest household that keeps a difference between two engines.

Each round tries every single change (a person or an input dropped, an amount the same all the time, or rounded) as a household of its own, all in
one run of both engines; then as many of those that keep the difference as go together.
"""

from __future__ import annotations

import copy
import re

import openfisca_engine
from labacces_engine import Labacces
from values import Pair, pairs

ROLES = ("parents", "enfants", "declarants", "personnes_a_charge", "personne_de_reference", "conjoint", "autres")
MOST_ROUNDS = 12
Change = tuple  # ("drop person", person) | ("drop input" | "constant" | "round", entity, unit, variable)


def household_of(unit: str) -> str:
    """'h12' of 'h12', 'h12b' or 'h12p3'."""
    return re.match(r"h\d+", unit)[0]


def household_alone(situation: dict, pair: Pair) -> dict:
    """The household of a value, with that value asked and nothing else."""
    name = household_of(pair.unit)
    alone: dict = {}
    for entity, units in situation.items():
        alone[entity] = {}
        for unit, content in units.items():
            if household_of(unit) != name:
                continue
            alone[entity][unit] = kept = {}
            for variable, cells in content.items():
                if isinstance(cells, dict):
                    cells = {period: value for period, value in cells.items() if value is not None}
                if cells or variable in ROLES:
                    kept[variable] = copy.deepcopy(cells)
    alone[pair.entity][pair.unit].setdefault(pair.variable, {})[pair.period] = None
    return alone


def without_person(household: dict, person: str) -> dict | None:
    """Nothing when a unit would lose its first person."""
    del household["individus"][person]
    for entity in ("familles", "foyers_fiscaux", "menages"):
        for name, unit in list(household[entity].items()):
            for role in ROLES:
                if role in unit:
                    unit[role] = [other for other in unit[role] if other != person]
            if not any(unit.get(role) for role in ROLES):
                del household[entity][name]
            elif not any(unit.get(role) for role in ("parents", "declarants", "personne_de_reference")):
                return None
    return household


def changed(household: dict, change: Change, pair: Pair) -> dict | None:
    """The household with one change; nothing when it cannot be made, or changes nothing."""
    made = copy.deepcopy(household)
    if change[0] == "drop person":
        if change[1] not in made["individus"]:
            return None
        made = without_person(made, change[1])
        return made if made is not None and pair.unit in made[pair.entity] else None
    kind, entity, unit, variable = change
    cells = made.get(entity, {}).get(unit, {}).get(variable)
    if cells is None:
        return None
    if kind == "drop input":
        del made[entity][unit][variable]
        return made
    amounts = {period: value for period, value in cells.items() if isinstance(value, (int, float)) and not isinstance(value, bool)}
    if not amounts or variable == pair.variable:
        return None
    if kind == "constant":
        monthly = max(value / 12 if len(period) == 4 else value for period, value in amounts.items())
        new = {year: round(12 * monthly, 2) for year in sorted({period[:4] for period in amounts})}
    else:
        new = {period: float(round(value, -2 if len(period) == 7 else -3)) for period, value in amounts.items()}
    made[entity][unit][variable] = new
    return made if new != cells else None


def changes_of(household: dict, pair: Pair) -> list[Change]:
    changes: list[Change] = [("drop person", person) for person in household["individus"]]
    for kind in ("drop input", "constant", "round"):
        for entity, units in household.items():
            for unit, content in units.items():
                for variable in content:
                    # Without a zone the engines take another default each.
                    if variable not in (*ROLES, "date_naissance", pair.variable) and (kind, variable) != ("drop input", "zone_apl"):
                        changes.append((kind, entity, unit, variable))
    return changes


def renamed(household: dict, number: int) -> dict:
    def name(text: str) -> str:
        return re.sub(r"^h\d+", f"h{number}", text)

    out: dict = {}
    for entity, units in household.items():
        out[entity] = {
            name(unit): {key: [name(person) for person in value] if key in ROLES else value for key, value in content.items()}
            for unit, content in units.items()
        }
    return out


def differences(candidates: list[dict | None], pair: Pair, engine: Labacces, tolerance: float) -> list[Pair | None]:
    """For each candidate its value, where the engines still differ."""
    together: dict = {entity: {} for entity in ("individus", "familles", "foyers_fiscaux", "menages")}
    for number, candidate in enumerate(candidates):
        for entity, units in (renamed(candidate, number) if candidate else {}).items():
            together[entity].update(copy.deepcopy(units))
    if not together["individus"]:
        return [None] * len(candidates)
    there, _ = openfisca_engine.calculate(together)
    found: list[Pair | None] = [None] * len(candidates)
    for other in pairs(together, engine.calculate(together), there):
        same_side = isinstance(other.here, str) or (other.here > other.there) == (pair.here > pair.there)
        if not other.agrees(tolerance) and same_side:
            found[int(household_of(other.unit)[1:])] = other
    return found


def minimised(situation: dict, pair: Pair, engine: Labacces, tolerance: float) -> tuple[dict, Pair]:
    """The smallest household found, and its two values."""
    household, now = renamed(household_alone(situation, pair), 0), pair
    pair = Pair(pair.entity, re.sub(r"^h\d+", "h0", pair.unit), pair.variable, pair.period, pair.here, pair.there)
    for _ in range(MOST_ROUNDS):
        tried = [(change, made) for change in changes_of(household, pair) if (made := changed(household, change, pair)) is not None]
        kept = differences([made for _, made in tried], pair, engine, tolerance)
        good = [change for (change, _), other in zip(tried, kept, strict=True) if other is not None]
        if not good:
            break
        # As many as go together: the longest run of changes from the first on that keeps the difference.
        runs, made = [], household
        for change in good:
            made = changed(made, change, pair) or made
            runs.append(made)
        kept = differences(runs, pair, engine, tolerance)
        best = max((i for i, other in enumerate(kept) if other is not None), default=None)
        if best is None:
            break
        household, now = runs[best], kept[best]
    household = renamed(household, 0)
    final = differences([household], pair, engine, tolerance)[0]
    return household, final if final is not None else now
