"""OpenFisca-France on a situation, month after month.

Its definitions are circular in time (housing aid of M <- RSA of M-1 <- housing aid of M-1 ...), it answers a circle with 0 and keeps such values.
So each month is computed on its own, with the rights of the months before given, as the funds have them; only the values given stay.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cache

import numpy
from openfisca_core.holders import set_input_divide_by_period
from openfisca_core.simulations import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

Situation = dict  # entity -> id -> variable -> period -> value, None for what is asked

# Rights of a month, in the order in which they count in one another's resources.
MONTHLY_RIGHTS = ("aspa", "asi", "aah", "caah", "af", "cf", "asf", "paje_base", "aide_logement", "rsa", "ppa")
MONTHS_BEFORE = 13  # any start three months or more before gives the same
# The month from which all departments have the quarter M-4..M-2 for RSA and prime d'activité; an input of that engine.
QUARTER_MOVED_IN = "2025-03"


@cache
def tax_benefit_system() -> FranceTaxBenefitSystem:
    return FranceTaxBenefitSystem()


@dataclass(frozen=True)
class Asked:
    entity: str  # plural
    variable: str
    period: str


def months_from_to(first: str, last: str) -> list[str]:
    begin, end = (12 * int(text[:4]) + int(text[5:7]) - 1 for text in (first, last))
    return [f"{index // 12}-{index % 12 + 1:02d}" for index in range(begin, end + 1)]


def month_before(month: str, count: int) -> str:
    index = 12 * int(month[:4]) + int(month[5:7]) - 1 - count
    return f"{index // 12}-{index % 12 + 1:02d}"


def asked_of(situation: Situation) -> list[Asked]:
    """What is null, once each, in the order of the file."""
    found: dict[Asked, None] = {}
    for entity, units in situation.items():
        for variables in units.values():
            for variable, by_period in variables.items():
                if isinstance(by_period, dict):
                    found.update({Asked(entity, variable, period): None for period, value in by_period.items() if value is None})
    return list(found)


def by_month(variable: str, by_period: dict) -> dict:
    """Values of a year as values of its months, where the variable is monthly: one person may give years and another months."""
    info = tax_benefit_system().variables[variable]
    if info.definition_period != "month":
        return by_period
    divided = info.set_input is set_input_divide_by_period
    months = {period: value for period, value in by_period.items() if len(period) != 4}
    for year, value in by_period.items():
        if len(year) == 4:
            for month in range(1, 13):
                months.setdefault(f"{year}-{month:02d}", value / 12 if divided else value)
    return months


def without_nulls(situation: Situation) -> Situation:
    """What is given, monthly variables by month."""
    given: Situation = {}
    for entity, units in situation.items():
        given[entity] = {}
        for name, variables in units.items():
            given[entity][name] = kept = {}
            for variable, content in variables.items():
                if isinstance(content, dict):
                    content = by_month(variable, {period: value for period, value in content.items() if value is not None})
                    if not content:
                        continue
                kept[variable] = content
    return given


def drop_unknown(situation: Situation) -> set[str]:
    """Takes variables out that OpenFisca-France lacks, as it refuses them; gives their names."""
    known = tax_benefit_system().variables
    roles = {"parents", "enfants", "declarants", "personnes_a_charge", "personne_de_reference", "conjoint", "autres"}
    dropped = set()
    for units in situation.values():
        for variables in units.values():
            for name in [name for name in variables if name not in known and name not in roles]:
                dropped.add(name)
                del variables[name]
    return dropped


class MonthByMonth:
    """One simulation, whose computed values are forgotten after each month; the rights of the month become values given."""

    def __init__(self, situation: Situation):
        self.unknown = drop_unknown(situation)
        self.simulation = SimulationBuilder().build_from_dict(tax_benefit_system(), without_nulls(situation))
        self.given = self._arrays()
        self.refused: set[str] = set()

    def _holders(self):
        for population in self.simulation.populations.values():
            yield from ((population, name, holder) for name, holder in population._holders.items())

    def _arrays(self) -> dict:
        return {(id(population), name): dict(holder._memory_storage._arrays) for population, name, holder in self._holders()}

    def forget(self) -> None:
        for population, name, holder in self._holders():
            holder._memory_storage._arrays = dict(self.given.get((id(population), name), {}))

    def keep(self, variable: str, period: str, values: numpy.ndarray) -> None:
        self.simulation.set_input(variable, period, values)
        population = self.simulation.get_variable_population(variable)
        self.given[id(population), variable] = dict(population.get_holder(variable)._memory_storage._arrays)

    def value(self, variable: str, period: str) -> numpy.ndarray:
        is_month_of_year = len(period) == 4 and tax_benefit_system().variables[variable].definition_period == "month"
        return (self.simulation.calculate_add if is_month_of_year else self.simulation.calculate)(variable, period)

    def answer(self, one: Asked, results: dict) -> None:
        """Some variables cannot be computed at all (a monthly rule that reads a yearly one): then there is nothing to compare."""
        try:
            results[one] = self.value(one.variable, one.period)
        except ValueError:
            self.refused.add(one.variable)

    def run(self, asked: list[Asked]) -> dict[Asked, numpy.ndarray]:
        months = [one.period for one in asked if len(one.period) == 7]
        years = [one.period for one in asked if len(one.period) == 4]
        first = month_before(min(months + [f"{year}-01" for year in years]), MONTHS_BEFORE)
        last = max(months + [f"{year}-12" for year in years])
        results = {}
        for month in months_from_to(first, last):
            if month >= QUARTER_MOVED_IN:
                count = self.simulation.get_variable_population("departement_experimentation_rsa").count
                self.keep("departement_experimentation_rsa", month, numpy.ones(count, dtype=bool))
            rights = {right: self.value(right, month) for right in MONTHLY_RIGHTS}
            for one in asked:
                if one.period == month:
                    self.answer(one, results)
            self.forget()
            for right, values in rights.items():
                self.keep(right, month, values)
            self.forget()
            if month.endswith("-12"):
                for one in asked:
                    if one.period == month[:4]:
                        self.answer(one, results)
                self.forget()
        return results


def calculate(situation: Situation) -> tuple[Situation, set[str]]:
    """The situation with its nulls filled, and the variables that OpenFisca-France lacks: their nulls stay."""
    filled = copy.deepcopy(situation)
    engine = MonthByMonth(copy.deepcopy(situation))
    asked = [one for one in asked_of(situation) if one.variable not in engine.unknown]
    results = engine.run(asked)
    for one in results:
        population = engine.simulation.get_variable_population(one.variable)
        values = results[one]
        values = values.decode_to_str() if hasattr(values, "decode_to_str") else values
        for unit, value in zip(population.ids, values.tolist(), strict=True):
            cells = filled[one.entity][str(unit)].get(one.variable)
            if isinstance(cells, dict) and one.period in cells and cells[one.period] is None:
                cells[one.period] = round(value, 4) if isinstance(value, float) else value
    return filled, engine.unknown | engine.refused
