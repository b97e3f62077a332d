"""What the law computes over a population, and the columns that it needs for that."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from . import _core
from ._arguments import a_period, in_a_list, thread_count
from ._calculate import decoded
from ._errors import Error, warn_of_gaps
from ._law import Law
from ._progress import Progress, watching
from ._table import Table


def computed(made: Callable[[Law, str], _core.Population], variables: Sequence[str], periods: str | Sequence[str], law: Law, threads: int,
             progress: Progress) -> dict[str, Table]:
    """What :meth:`labacces.Population.compute_tables` gives; ``made`` has the population with the histories of a month."""
    names = list(variables)
    asked = [a_period(period) for period in in_a_list(periods)]
    if not names or not asked:
        raise Error("error: one variable and one period at least were expected")
    infos = {name: law._core.variable(name) for name in names}
    last = max(asked)
    core = made(law, last + "-12" if re.fullmatch(r"\d{4}", last) else last)
    requests = [(name, period) for name in names for period in asked]
    with watching(progress, "computing") as watch:
        columns, gaps = _core.compute(law._core, core, requests, thread_count(threads), watch)
    warn_of_gaps(gaps)
    out: dict[str, dict[str, Any]] = {}
    for (name, period), column in zip(requests, columns, strict=True):
        level = infos[name]["level"]
        out.setdefault(level, {"id": core.ids(level)})[name if len(asked) == 1 else f"{name}@{period}"] = decoded(infos[name], column)
    return {level: Table(values, caption=f"{', '.join(asked)}, {core.source}") for level, values in out.items()}


def the_only(tables: dict[str, Table]) -> Table:
    """The table of variables that stand on one level. Raises Error: several levels."""
    if len(tables) != 1:
        raise Error("error: the variables of one table stand on one level; these: " +
                    ", ".join(f"{name} of {level}" for level, table in tables.items() for name in table.columns[1:]))
    return next(iter(tables.values()))


def needed(outputs: Sequence[str], period: str, given: Sequence[str], law: Law) -> Table:
    """What :meth:`labacces.Population.template` gives."""
    rows = _core.columns_needed(law._core, outputs, period, list(given))
    titles = ("variable", "level", "label", "measure", "needed", "default", "first", "last", "read_by")
    columns: dict[str, Any] = {title: [row[i] for row in rows] for i, title in enumerate(titles)}
    columns["read_by"] = [", ".join(readers) for readers in columns["read_by"]]
    return Table(columns, caption=f"Columns that {', '.join(outputs)} need")
