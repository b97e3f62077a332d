"""Many random households as columns: as CSV files for LabAccès, as a simulation for OpenFisca-France."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import households
import numpy
import openfisca_engine
from openfisca_core.simulations import SimulationBuilder

BLOCK = 1_000  # households made at once: as situations they take much memory
GROUPS = {
    # entity: (column of the unit, column of the role, the number of the first person in each role: both engines have 0, 1, 2 and more)
    "familles": ("idfam", "quifam", (("parents", 0), ("enfants", 2))),
    "foyers_fiscaux": ("idfoy", "quifoy", (("declarants", 0), ("personnes_a_charge", 2))),
    "menages": ("idmen", "quimen", (("personne_de_reference", 0), ("conjoint", 1), ("enfants", 2))),
}
SINGULAR = {"individus": "individu", "familles": "famille", "foyers_fiscaux": "foyer_fiscal", "menages": "menage"}


@dataclass
class Columns:
    """ids, groups and cells of the households of some seeds; a cell is (row, value)."""

    ids: dict[str, list[str]] = field(default_factory=lambda: {entity: [] for entity in SINGULAR})
    unit_of: dict[str, list[int]] = field(default_factory=lambda: {entity: [] for entity in GROUPS})
    role_of: dict[str, list[int]] = field(default_factory=lambda: {entity: [] for entity in GROUPS})
    cells: dict[tuple[str, str, str], tuple[list[int], list]] = field(default_factory=dict)

    def add(self, situation: dict, block: int) -> None:
        first = {entity: len(ids) for entity, ids in self.ids.items()}
        row_of = {entity: {name: first[entity] + i for i, name in enumerate(units)} for entity, units in situation.items()}
        for entity, units in situation.items():
            self.ids[entity] += [f"{block}_{name}" for name in units]
            for name, content in units.items():
                for variable, by_period in content.items():
                    if isinstance(by_period, dict):
                        for period, value in by_period.items():
                            rows, values = self.cells.setdefault((entity, variable, period), ([], []))
                            rows.append(row_of[entity][name])
                            values.append(value)
        for entity, (_, _, roles) in GROUPS.items():
            unit_of, role_of = {}, {}
            for name, unit in situation[entity].items():
                for role, number in roles:
                    for place, person in enumerate(unit[role]):
                        unit_of[person] = row_of[entity][name]
                        role_of[person] = min(number + place, 2)
            self.unit_of[entity] += [unit_of[person] for person in situation["individus"]]
            self.role_of[entity] += [role_of[person] for person in situation["individus"]]


def make(month: str, count: int, seed: int) -> Columns:
    columns = Columns()
    for block in range(0, count, BLOCK):
        columns.add(households.make(month, min(BLOCK, count - block), seed + block, 0.0), block)
    return columns


def text(value: object) -> str:
    return ("1" if value else "0") if isinstance(value, bool) else str(value)


def rows_of(columns: Columns, entity: str) -> Iterator[list[str]]:
    """Header and rows of the file of an entity."""
    own = [key for key in columns.cells if key[0] == entity]
    header = ["id"] + [variable if period == "ETERNITY" else f"{variable}@{period}" for _, variable, period in own]
    table = [[""] * len(own) for _ in columns.ids[entity]]
    for column, key in enumerate(own):
        for row, value in zip(*columns.cells[key], strict=True):
            table[row][column] = text(value)
    if entity == "individus":
        header[1:1] = [name for unit, role, _ in GROUPS.values() for name in (unit, role)]
        for row, cells in enumerate(table):
            cells[0:0] = [
                part
                for group in GROUPS
                for part in (columns.ids[group][columns.unit_of[group][row]], str(columns.role_of[group][row]))
            ]
    yield header
    for name, cells in zip(columns.ids[entity], table, strict=True):
        yield [name, *cells]


def write_csv(columns: Columns, folder: Path) -> None:
    for entity in SINGULAR:
        with (folder / f"{entity}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows_of(columns, entity))


def simulation(columns: Columns):
    """The same households as a simulation of OpenFisca-France, with nothing computed."""
    system = openfisca_engine.tax_benefit_system()
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("individu", columns.ids["individus"])
    for entity in GROUPS:
        population = builder.declare_entity(SINGULAR[entity], columns.ids[entity])
        builder.join_with_persons(population, columns.unit_of[entity], columns.role_of[entity])
    made = builder.build(system)
    for (entity, variable, period), array in filled_arrays(columns, system):
        made.set_input(variable, period, array)
    return made


def takes_no_year(system, variable: str) -> bool:
    info = system.variables[variable]
    return info.definition_period == "month" and info.set_input is None


def filled_arrays(columns: Columns, system) -> Iterator[tuple[tuple[str, str, str], numpy.ndarray]]:
    """A whole array for each variable and period; months for the years of which some person gives months."""
    by_month = {(entity, variable, period[:4]) for entity, variable, period in columns.cells if len(period) == 7 or takes_no_year(system, variable)}
    arrays: dict[tuple[str, str, str], numpy.ndarray] = {}

    def array_of(entity: str, variable: str, period: str) -> numpy.ndarray:
        key = (entity, variable, period)
        if key not in arrays:
            info = system.variables[variable]
            count = len(columns.ids[entity])
            default = info.default_value
            arrays[key] = (
                numpy.full(count, default.name, dtype=object) if info.value_type.__name__ == "Enum" else numpy.full(count, default, dtype=info.dtype)
            )
        return arrays[key]

    for (entity, variable, period), (rows, values) in columns.cells.items():
        if len(period) == 4 and (entity, variable, period) in by_month:
            divided = openfisca_engine.by_month(variable, {period: 12.0})[f"{period}-01"] == 1.0
            part = [value / 12 for value in values] if divided else values
            for month in range(1, 13):
                array_of(entity, variable, f"{period}-{month:02d}")[rows] = part
        else:
            array_of(entity, variable, period)[rows] = values
    for key, array in arrays.items():
        info = system.variables[key[1]]
        yield key, info.possible_values.encode(array.astype(str)) if array.dtype == object else array
