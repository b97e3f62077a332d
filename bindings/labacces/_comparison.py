"""Several scenarios side by side, and what they change."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from . import _core
from ._errors import Error
from ._result import MEASURES, Language, Result, Window, check_choice, drawn, figures, unknown, wide
from ._scenario import Scenario
from ._table import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TABLES = ("differences", "sweep", "non_take_up", "measures", "measures_of_differences", "income", "income_differences", "winners_and_losers")
#: Plots, and the functions that draw them.
PLOTS = {"non_take_up": "non_take_up_of_scenarios", "differences": "differences", "winners": "winners", "deciles": "gains", "sweep": "sweep", "curve": "budget"}


class Comparison:
    """Scenarios on the same households: each one's result, and the differences from the first with their intervals.

    >>> import labacces as la
    >>> base = la.Scenario.base().replace(period="2025-06")
    >>> plus = base.reform({"rsa.montant_de_base": {"2025-01-01": 700}}, name="RSA à 700 €")
    >>> both = la.compare(la.Population.builtin(households=300), [base, plus])
    >>> [result.scenario.name for result in both.results]
    ['Droit en vigueur', 'RSA à 700 €']
    """

    __slots__ = ("_core", "_differences", "axes", "results")

    def __init__(self, core: _core.Comparison, scenarios: Sequence[Scenario]) -> None:
        self._core = core
        self._differences: Table | None = None
        #: The result of each scenario, as :func:`labacces.run` gives it.
        self.results: tuple[Result, ...] = tuple(Result(run, scenario) for run, scenario in zip(core.runs, scenarios, strict=True))
        #: The parameters that a sweep varies, each with its values; empty when it is none.
        self.axes: tuple[tuple[str, tuple[Any, ...]], ...] = ()

    @property
    def base(self) -> Result:
        """The first scenario's result, which the others are set against."""
        return self.results[0]

    def table(self, name: str = "differences", *, by: str = "all", window: Window = "month") -> Table:
        """A table of the comparison.

        ``"differences"``: what each other scenario changes against the first, one row a scenario, benefit and cell, each change with the ends of
        its 95 % interval; rates change in shares. ``"non_take_up"``: the scenarios' own tables, one under the other. ``"sweep"``: the same by the parameters of a sweep. ``"measures"`` and
        ``"measures_of_differences"``: every figure, one a row, with its standard error. Raises Error: no such table, group or window.
        """
        if name == "measures":
            return _stacked([result.table("measures") for result in self.results])
        if name == "measures_of_differences":
            return self._all_differences()
        if name in ("income", "income_differences", "winners_and_losers"):
            return figures(*getattr(self._core, name)())
        if name not in TABLES:
            raise unknown("table", name, TABLES)
        check_choice(self.base, by, window)
        if name == "non_take_up":
            tables = [(result.scenario.name, result.table("non_take_up", by=by, window=window)) for result in self.results]
            return _stacked([Table({"scenario": [name] * len(t), **{c: t[c] for c in t.columns}}) for name, t in tables])
        if name == "sweep":
            return self._along_axes(by, window)
        columns = wide(self._all_differences(), self.base, by, window, bounds=MEASURES, shares=False)
        return Table(columns, caption=self._caption())

    def _along_axes(self, by: str, window: Window) -> Table:
        """The scenarios' own figures with the parameters of each point."""
        if not self.axes:
            raise Error("error: only a sweep has parameters to go along: la.sweep(...)")
        parts: list[Table] = []
        for point, result in zip(itertools.product(*(values for _, values in self.axes)), self.results[1:], strict=True):
            table = result.table("non_take_up", by=by, window=window)
            given: dict[str, Any] = {name: [value] * len(table) for (name, _), value in zip(self.axes, point, strict=True)}
            parts.append(Table({**given, **{column: table[column] for column in table.columns}}))
        return _stacked(parts)

    def _all_differences(self) -> Table:
        if self._differences is None:
            self._differences = figures(*self._core.differences())
        return self._differences

    def _caption(self) -> str:
        return f"Against: {self.base.scenario.name}, {self.base.period}" + (", SYNTHETIC population" if self.base.synthetic else "")

    @overload
    def plot(self, what: str = "differences", *, backend: Literal["matplotlib"] = "matplotlib", **options: Any) -> Axes: ...
    @overload
    def plot(self, what: str = "differences", *, backend: Literal["altair"], **options: Any) -> Any: ...
    def plot(self, what: str = "differences", *, backend: str = "matplotlib", **options: Any) -> Any:
        """Draws a figure and returns its axes: ``"differences"``, ``"non_take_up"``, ``"winners"``, ``"deciles"`` (mean gains), ``"sweep"``, or
        ``"curve"`` of a standard ``household``.

        Options are those of the functions of :mod:`labacces.plots`, such as ``lang="fr"``. With ``backend="altair"`` it is an Altair chart.
        Raises Error: no such plot or backend (nearest name).
        """
        if what not in PLOTS:
            raise unknown("plot", what, tuple(PLOTS))
        if what == "curve":
            return drawn("budget", backend, json.loads(self._core.curves_json()), self.base, **options)
        return drawn(PLOTS[what], backend, self, **options)

    def to_json(self) -> str:
        """The whole comparison as ``comparison.json`` of the command line holds it."""
        return self._core.comparison_json()

    def to_dict(self) -> dict[str, Any]:
        """The same as Python values."""
        parts: dict[str, Any] = json.loads(self.to_json())
        return parts

    def record(self) -> dict[str, Any]:
        """What one needs to repeat the comparison."""
        parts: dict[str, Any] = json.loads(self._core.record_json(["python"]))
        return parts

    def save(self, folder: str | os.PathLike[str], *, lang: Language = "fr") -> None:
        """Writes the files of ``labacces compare --output``: figures, tables, record, budget curves and the page; all of them or none."""
        texts = {
            "comparison.json": self.to_json(), "record.json": self._core.record_json(["python"]), "budget_curves.json": self._core.curves_json(),
            "tables/non_take_up.csv": self._core.csv(), "tables/differences.csv": self._core.differences_csv(),
            **{f"tables/{name}.csv": text for name, text in self._core.income_csv().items()},
        }
        texts["report.html"] = _core.report_page(("comparison.json", texts["comparison.json"]), texts["record.json"], texts["budget_curves.json"], lang)
        _core.write_folder(os.fspath(folder), {name: text.encode() for name, text in texts.items()})

    def report(self, path: str | os.PathLike[str] | None = None, *, lang: Language = "fr") -> str:
        """The comparison as one self-contained page, in French or English; written to ``path`` where it is given."""
        page = _core.report_page(("comparison.json", self.to_json()), self._core.record_json(["python"]), self._core.curves_json(), lang)
        if path is not None:
            _core.write_file(os.fspath(path), page.encode())
        return page

    def __len__(self) -> int:
        return len(self.results)

    def __getitem__(self, scenario: str) -> Result:
        """The result of the scenario of that name."""
        for result in self.results:
            if result.scenario.name == scenario:
                return result
        raise unknown("scenario", scenario, tuple(result.scenario.name for result in self.results))

    @classmethod
    def merged(cls, parts: Sequence[Comparison], *, source: str = "parts") -> Comparison:
        """The comparison of a whole population out of those of its parts, as :meth:`Result.merged`."""
        if not parts:
            raise Error("error: one part at least was expected")
        whole = cls(_core.Comparison.merged([part._core for part in parts], source), [result.scenario for result in parts[0].results])
        whole.axes = parts[0].axes
        return whole

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return restored_comparison, ([result.scenario for result in self.results], self._core.state(), self.axes)

    def __repr__(self) -> str:
        return self._core.summary()

    def _repr_html_(self) -> str:
        table = self.table("differences")
        keep = [i for i in range(len(table)) if table["euros_of_right"][i] or table["euros_paid"][i] or table["eligible_units"][i]]
        chosen: dict[str, Any] = {name: [table[name][i] for i in keep] for name in table.columns}

        def scaled(name: str, unit: float) -> list[float]:
            return [value / unit for value in chosen[name]]

        columns = {
            "scenario": chosen["scenario"], "benefit": chosen["label"], "eligible, k": scaled("eligible_units", 1e3),
            "right, M€/month": scaled("euros_of_right", 1e6), "from": scaled("euros_of_right_low", 1e6), "to": scaled("euros_of_right_high", 1e6),
            "paid, M€/month": scaled("euros_paid", 1e6), "non-take-up, points": scaled("non_take_up_rate_heads", 0.01),
        }
        return Table(columns, caption=self._caption(), notes=["Benefits that do not change are left out; 95 % intervals."])._repr_html_()


def restored_comparison(scenarios: list[Scenario], state: tuple[bytes, str, int, str], axes: tuple[tuple[str, tuple[Any, ...]], ...]) -> Comparison:
    """A comparison as it was sent."""
    core = _core.Comparison.of_state([scenario.as_text() for scenario in scenarios], [scenario.law._core for scenario in scenarios], state)
    out = Comparison(core, scenarios)
    out.axes = axes
    return out


def _stacked(tables: list[Table]) -> Table:
    import numpy as np

    columns: dict[str, Any] = {}
    for name in tables[0].columns:
        parts = [table[name] for table in tables]
        columns[name] = [value for part in parts for value in part] if isinstance(parts[0], list) else np.concatenate(parts)
    return Table(columns)
