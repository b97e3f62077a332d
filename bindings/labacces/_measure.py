"""Measured take-up: who has the right and does not receive, with the error of each figure."""

from __future__ import annotations

import csv
import html
import io
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any, cast

from . import _core
from ._arguments import a_scenario, thread_count
from ._errors import Error
from ._population import Population
from ._result import figures, unknown
from ._run import made_for
from ._scenario import Scenario
from ._table import Table, columns_of

#: Units as the path of a CSV file, or as columns by name (a data frame, a :class:`Table`, a dict).
Units = Any


class TakeUpReport:
    """Non-take-up in heads and euros, right by receipt with both error rates, joint non-take-up; each figure with its standard error.

    Printed it is what ``labacces takeup report`` prints.
    """

    __slots__ = ("_core", "_figures")

    def __init__(self, core: _core.TakeUpReport) -> None:
        self._core = core
        self._figures: Table | None = None

    @property
    def title(self) -> str:
        """What was measured."""
        return self._core.title

    @property
    def notes(self) -> tuple[str, ...]:
        """Where the errors come from, what is hidden."""
        return tuple(self._core.notes())

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its tables."""
        return tuple(dict.fromkeys(self._all()["table"]))

    def _all(self) -> Table:
        if self._figures is None:
            self._figures = figures(*self._core.figures())
        return self._figures

    def table(self, name: str = "non_take_up", *, benefit: str | None = None, by: str | None = None) -> Table:
        """The figures of a table, one a row, with standard errors; of one benefit or one group where these are named.

        Raises Error: no such table, benefit or group (nearest name).
        """
        out = self._all()
        for column, wanted in (("table", name), ("benefit", benefit), ("group", by)):
            if wanted is None:
                continue
            there = tuple(dict.fromkeys(str(value) for value in out[column]))
            if wanted not in there:
                raise unknown(column, wanted, tuple(value for value in there if value))
            out = out.where(**{column: wanted})
        return out

    def to_json(self) -> str:
        """The whole report (format "labacces-take-up/1")."""
        return self._core.json()

    def to_dict(self) -> dict[str, Any]:
        """The same as Python values."""
        parts: dict[str, Any] = json.loads(self.to_json())
        return parts

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Writes ``report.json`` and ``figures.csv``, whole or not at all."""
        rows = [list(self._core.figures()[0]), *self._core.figures()[1]]
        _core.write_folder(os.fspath(folder), {"report.json": self.to_json().encode(), "figures.csv": _csv(rows).encode()})

    def __repr__(self) -> str:
        return "\n".join([*self._core.printed(), *self.notes])

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(repr(self))}</pre>"


def measure_take_up(population: Population | None = None, scenario: Scenario | None = None, *, period: str | None = None,
                    receipt: Mapping[str, str] | None = None, replications: int = 20, rate_errors: Mapping[str, float] | None = None,
                    fits: Mapping[str, str | os.PathLike[str]] | None = None, parameter_draws: int = 50,
                    amounts: Sequence[float] = (50, 100, 200, 400), income_errors: Sequence[float] = (), incomes: Sequence[str] = (),
                    income_draws: int = 10, design: Units | None = None, stratum: str = "", cluster: str = "", replicates: str = "",
                    replicate_method: str = "bootstrap", no_suppression: bool = False, threads: int = 0) -> TakeUpReport:
    """Measures take-up in a population under a scenario: rights by the law, receipt as observed or as modelled.

    ``receipt`` names for each benefit the variable of the population that says what is received; without it, the scenario's behaviours are drawn
    ``replications`` times. ``rate_errors`` (standard errors of rates) and ``fits`` (fit.json of ``labacces takeup fit``) say how uncertain the
    behaviours are, ``income_errors`` (standard deviations of the logarithm) how well incomes are seen. ``design`` has a row a dwelling, its id
    in ``idmen``, with the columns that ``stratum``, ``cluster`` and ``replicates`` (how the names of replicate weights begin) name.

    Raises Error as :func:`labacces.run`; also: a receipt of a benefit that is not asked, or of some benefits only.

    >>> import labacces as la
    >>> base = la.Scenario.base().replace(period="2025-06", benefits=["rsa"])
    >>> report = la.measure_take_up(la.Population.builtin(households=300), base, replications=2)
    >>> report.tables[0]
    'non_take_up'
    """
    scenario = Scenario.base() if scenario is None else a_scenario(scenario)
    if period is not None:
        scenario = scenario.replace(period=period)
    for option, benefits in (("receipt", receipt), ("rate_errors", rate_errors), ("fits", fits)):
        for benefit in benefits or {}:
            if benefit not in scenario.benefits:
                raise Error(f"error: {option}: '{benefit}' is not among the benefits of the scenario" + _hint(benefit, scenario.benefits))
    for benefit, error in (rate_errors or {}).items():
        if not 0 < error < 1:
            raise Error(f"error: rate_errors: {benefit}: a standard error between 0 and 1 was expected, found {error:g}")
    for size in income_errors:
        if not 0 < size <= 1:
            raise Error(f"error: income_errors: numbers above 0 and up to 1 were expected, such as 0.05, found {size:g}")
    options: dict[str, Any] = {
        "receipt": list((receipt or {}).items()), "replications": replications, "parameter_draws": parameter_draws, "amounts": _rising(amounts),
        "income_errors": [0.0, *income_errors] if income_errors else [], "incomes": list(incomes), "income_draws": income_draws,
        "fits": {benefit: (os.fspath(path), _text(path)) for benefit, path in (fits or {}).items()}, "rate_errors": dict(rate_errors or {}),
        "design": None if design is None else units_text(design)[1], "no_suppression": no_suppression,
        "design_columns": {"stratum": stratum, "cluster": cluster, "replicates": replicates, "replicate_method": replicate_method},
    }
    return TakeUpReport(_core.measure_scenario(scenario.as_text(), scenario.law._core, made_for(population, scenario), options, thread_count(threads)))


def measure_units(units: Units, benefits: Sequence[str], *, weight: str = "", stratum: str = "", cluster: str = "", replicates: str = "",
                  replicate_method: str = "bootstrap", groups: Sequence[str] = (), amounts: Sequence[float] = (50, 100, 200, 400), persons: str = "",
                  living: str = "", consumption_units: str = "", no_suppression: bool = False, threads: int = 0) -> TakeUpReport:
    """Measures take-up of units whose rights and receipt are known: a row a unit, columns ``A_right`` and ``A_receipt`` of each benefit A.

    Amounts are EUR a month, in columns such as ``rsa_right@2024-01`` where there are several months. ``groups`` are columns that split the
    tables, numbers in bands with cut points (``"age:30/50"``). Raises Error with line and column: a missing column (nearest name), a negative
    right or weight, months with a gap.

    >>> import labacces as la
    >>> units = {"rsa_right": [100.0, 200.0, 0.0, 400.0], "rsa_receipt": [100.0, 0.0, 0.0, 400.0]}
    >>> report = la.measure_units(units, ["rsa"], no_suppression=True)
    >>> report.tables[0]
    'non_take_up'
    """
    if isinstance(benefits, str):
        raise Error(f"error: benefits: a list of names was expected, found the text '{benefits}': write ['{benefits}']")
    options: dict[str, Any] = {
        "benefits": list(benefits), "weight": weight, "stratum": stratum, "cluster": cluster, "replicates": replicates,
        "replicate_method": replicate_method, "groups": list(groups), "amounts": _rising(amounts), "persons": persons, "living": living,
        "consumption_units": consumption_units, "no_suppression": no_suppression,
    }
    return TakeUpReport(_core.measure_units(units_text(units), options, thread_count(threads)))


def units_text(units: Units) -> tuple[str, str]:
    """What messages call the units, and their CSV text."""
    if isinstance(units, (str, os.PathLike)):
        path = os.fspath(cast("str | os.PathLike[str]", units))
        return path, _text(path)
    table = Table(columns_of(units))
    names = table.columns
    rows: list[list[str]] = [["" if value is None or value != value else _cell(value) for value in row.values()] for row in table.rows()]
    return "units", _csv([list(names), *rows])


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return repr(value) if isinstance(value, float) else str(value)


def _csv(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _text(path: str | os.PathLike[str]) -> str:
    return _core.read_file(os.fspath(path)).decode("utf-8", "surrogateescape")


def _rising(amounts: Sequence[float]) -> list[float]:
    cuts = [float(amount) for amount in amounts]
    if any(not low < high for low, high in zip(cuts, cuts[1:], strict=False)):
        raise Error(f"error: amounts: numbers that rise were expected, found {cuts}")
    return cuts


def _hint(name: str, candidates: Sequence[str]) -> str:
    hint = _core.nearest(name, list(candidates))
    return f" ({hint})" if hint else "; there are: " + ", ".join(candidates)
