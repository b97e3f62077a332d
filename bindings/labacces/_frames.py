"""A population as the tables that it can be read from."""

from __future__ import annotations

from typing import Any, cast

from . import _core
from ._calculate import decoded
from ._law import Law
from ._table import Table

NAMES = {"individu": "individus", "famille": "familles", "foyer_fiscal": "foyers_fiscaux", "menage": "menages"}
LINKS = {"menage": ("idmen", "quimen"), "famille": ("idfam", "quifam"), "foyer_fiscal": ("idfoy", "quifoy")}


def population_tables(core: _core.Population, law: Law) -> dict[str, Table]:
    """The four tables in canonical order, by plural names of the levels."""
    columns: dict[str, dict[str, Any]] = {level: {"id": core.ids(level)} for level in NAMES}
    for group, (link, role) in LINKS.items():
        ids = columns[group]["id"]
        columns["individu"][link] = [ids[row] for row in core.unit_of(group).tolist()]
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
    texts = decoded(info, values)
    words: list[str] = cast("list[str]", texts) if isinstance(texts, list) else ["true" if value else "false" for value in texts.tolist()]
    return [word if there[i] else None for i, word in enumerate(words)]
