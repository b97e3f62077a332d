"""A population as the tables that it can be read from."""

from __future__ import annotations

from typing import Any

from . import _core
from ._calculate import decoded
from ._law import Law
from ._table import Categories, Table

NAMES = {"individu": "individus", "famille": "familles", "foyer_fiscal": "foyers_fiscaux", "menage": "menages"}
LINKS = {"menage": ("idmen", "quimen"), "famille": ("idfam", "quifam"), "foyer_fiscal": ("idfoy", "quifoy")}


def population_tables(core: _core.Population, law: Law) -> dict[str, Table]:
    """The four tables in canonical order, by plural names of the levels."""
    columns: dict[str, dict[str, Any]] = {level: {"id": core.ids(level)} for level in NAMES}
    for group, (link, role) in LINKS.items():
        ids, unit_of = core.ids(group), core.unit_of(group)
        columns["individu"][link] = [ids[row] for row in unit_of.tolist()] if isinstance(ids, list) else ids[unit_of]
        columns["individu"][role] = core.role_of(group).astype("int64")
    columns["menage"]["wprm"] = core.weights
    for name, level, periods in core.variables:
        info = law._core.variable(name)
        for period in periods:
            columns[level][name + (f"@{period}" if period else "")] = _cells(info, *core.column(name, period))
    return {NAMES[level]: Table(values) for level, values in columns.items()}


def _cells(info: dict[str, Any], values: Any, given: Any) -> Any:
    """Doubles as they are, other kinds decoded; cells without a value are NaN, NaT or None."""
    import numpy as np

    if given is None:
        return decoded(info, values)
    there = given != 0
    if info["kind"] == "number":
        return np.where(there, values, np.nan)
    if info["kind"] == "date":
        return np.where(there, decoded(info, values), np.datetime64("NaT"))
    items = ["false", "true"] if info["kind"] == "yes_no" else info["items"]
    return Categories(np.where(there, values, -1).astype(np.int32), items)
