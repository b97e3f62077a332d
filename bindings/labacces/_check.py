"""Findings of a population's check as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import _core
from ._errors import Error
from ._table import Table


def findings(core: _core.Population, law: _core.Law, month: str, outputs: Sequence[str], replicates: Any) -> Table:
    """What :meth:`labacces.Population.check` gives."""
    import numpy as np

    sets: Any = []
    if replicates is not None:
        matrix: Any = np.asarray(replicates, dtype=np.float64)
        if matrix.ndim != 2 or matrix.shape[0] != core.count("menage"):
            raise Error(f"error: replicates of shape ({core.count('menage')}, replicates) were expected, found {matrix.shape}")
        sets = matrix.T.tolist()
    found = _core.check_population(core, law, month, outputs, sets)
    columns: dict[str, Any] = {name: [row[i] for row in found] for i, name in enumerate(("kind", "level", "entity", "variable"))}
    columns["count"] = np.array([row[5] for row in found], dtype=np.int64)
    columns["text"] = [row[4] + (": " + ", ".join(row[6]) if row[6] else "") for row in found]
    columns["first"] = [", ".join(row[7]) for row in found]
    columns["rows"] = [", ".join(map(str, row[8])) for row in found]
    return Table(columns, caption=f"Check of {core.source}, {month}")
