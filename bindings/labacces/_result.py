"""Results of a run as tables, pictures and files."""

from __future__ import annotations

import html
import json
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from . import _core
from ._errors import Error
from ._scenario import Scenario
from ._table import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Window = Literal["month", "quarter", "durable"]
Language = Literal["en", "fr"]
WINDOWS: tuple[Window, ...] = ("month", "quarter", "durable")
MEASURES = (
    "eligible_units", "taking_up_units", "paid_units", "not_taking_up_units", "eligible_persons", "not_taking_up_persons",
    "euros_of_right", "euros_paid", "euros_unclaimed", "non_take_up_rate_heads", "non_take_up_rate_euros",
)
RATES = ("non_take_up_rate_heads", "non_take_up_rate_euros")
PLOTS = ("non_take_up", "funnel", "deciles", "curve")
TABLES = ("non_take_up", "measures", "income")


class Result:
    """What a run found.

    >>> import labacces as la
    >>> result = la.run(la.Population.builtin(households=300), period="2025-06")
    >>> sorted(result.groups)
    ['all', 'departement']
    >>> result.table("non_take_up", by="departement").columns[:3]
    ('benefit', 'label', 'departement')
    """

    __slots__ = ("_core", "_measures", "scenario")

    def __init__(self, core: _core.RunResult, scenario: Scenario) -> None:
        self._core = core
        self._measures: Table | None = None
        #: The scenario that was run.
        self.scenario = scenario

    @property
    def period(self) -> str:
        """The month of the results."""
        return self._core.period

    @property
    def synthetic(self) -> bool:
        """Whether the households are invented."""
        return self._core.synthetic

    @property
    def benefits(self) -> tuple[str, ...]:
        """The benefits, in the order of the tables."""
        return tuple(self._core.labels)

    @property
    def groups(self) -> tuple[str, ...]:
        """What the tables can be split by; "all" is the whole population."""
        return tuple(dict.fromkeys(group for group, _ in self._core.cell_labels))

    def label(self, benefit: str) -> str:
        """The benefit's name in the law."""
        if benefit not in self._core.labels:
            raise unknown("benefit", benefit, self.benefits)
        return self._core.labels[benefit]

    def cell_label(self, group: str, cell: str) -> str:
        """A cell's name in the law: "Finistère" for d29."""
        return self._core.cell_labels[group, cell]

    def table(self, name: str = "non_take_up", *, by: str = "all", window: Window = "month") -> Table:
        """A table of results.

        ``"non_take_up"``: one row a benefit and cell of the group ``by``: units, euros a month, and rates of non-take-up in [0, 1] with the ends
        of their 95 % intervals, in one window (``"month"``, ``"quarter"``, or ``"durable"``: three quarters running).
        ``"measures"``: every figure, one a row, with its standard error: what ``tables/non_take_up.csv`` of the command line holds.
        ``"income"``: standards of living, poverty and inequality as paid, under full take-up and without the benefits (no rows where the scenario
        has ``income=False``).
        Small cells of real populations are hidden (NaN, ``status`` "suppressed"). Raises Error: no such table, group or window (nearest name).
        """
        if name == "measures":
            return self._all_measures()
        if name == "income":
            return figures(*self._core.income())
        if name not in TABLES:
            raise unknown("table", name, TABLES)
        check_choice(self, by, window)
        return self._wide(by, window)

    def _all_measures(self) -> Table:
        if self._measures is None:
            self._measures = figures(*self._core.measures())
        return self._measures

    def _wide(self, by: str, window: str) -> Table:
        columns = wide(self._all_measures(), self, by, window, bounds=RATES)
        del columns["scenario"]
        return Table(columns, caption=self._caption())

    def _caption(self) -> str:
        return f"{self.scenario.name}, {self.period}" + (", SYNTHETIC population" if self.synthetic else "")

    @overload
    def plot(self, what: str = "non_take_up", *, backend: Literal["matplotlib"] = "matplotlib", **options: Any) -> Axes: ...
    @overload
    def plot(self, what: str = "non_take_up", *, backend: Literal["altair"], **options: Any) -> Any: ...
    def plot(self, what: str = "non_take_up", *, backend: str = "matplotlib", **options: Any) -> Any:
        """Draws a figure and returns its axes: ``"non_take_up"``, ``"funnel"``, ``"deciles"``, or ``"curve"`` of a standard ``household``.

        Options are those of the functions of :mod:`labacces.plots`, such as ``lang="fr"``. With ``backend="altair"`` it is an Altair chart.
        Raises Error: no such plot or backend (nearest name). Needs matplotlib, or altair.
        """
        if what not in PLOTS:
            raise unknown("plot", what, PLOTS)
        if what == "curve":
            return drawn("budget", backend, json.loads(self._core.curves_json()), self, **options)
        return drawn(what, backend, self, **options)

    def to_json(self) -> str:
        """The whole result as ``results.json`` of the command line holds it."""
        return self._core.results_json()

    def to_dict(self) -> dict[str, Any]:
        """The same as Python values."""
        parts: dict[str, Any] = json.loads(self.to_json())
        return parts

    def record(self) -> dict[str, Any]:
        """What one needs to repeat the run: versions, hashes, seed, defaults used."""
        parts: dict[str, Any] = json.loads(self._core.record_json(["python"]))
        return parts

    def save(self, folder: str | os.PathLike[str], *, lang: Language = "fr") -> None:
        """Writes the files of ``labacces run --output``: results, tables, record, budget curves and the page; all of them or none."""
        texts = {
            "results.json": self.to_json(), "record.json": self._core.record_json(["python"]), "budget_curves.json": self._core.curves_json(),
            "tables/non_take_up.csv": self._core.csv(), "tables/income.csv": self._core.income_csv(),
        }
        texts["report.html"] = _core.report_page(("results.json", texts["results.json"]), texts["record.json"], texts["budget_curves.json"], lang)
        _core.write_folder(os.fspath(folder), {name: text.encode() for name, text in texts.items() if text})

    def report(self, path: str | os.PathLike[str] | None = None, *, lang: Language = "fr") -> str:
        """The results as one self-contained page with tables, plots, method and record, in French or English; written to ``path`` where it is given."""
        page = _core.report_page(("results.json", self.to_json()), self._core.record_json(["python"]), self._core.curves_json(), lang)
        if path is not None:
            _core.write_file(os.fspath(path), page.encode())
        return page

    @classmethod
    def merged(cls, parts: Sequence[Result], *, source: str = "parts") -> Result:
        """The result of a whole population out of those of its parts: the same scenario on other linked households.

        To the last bit what one run on all of them gives, whatever the parts and their order. Raises Error: other scenarios or months.
        """
        if not parts:
            raise Error("error: one part at least was expected")
        return cls(_core.RunResult.merged([part._core for part in parts], source), parts[0].scenario)

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return restored_result, (self.scenario, self._core.state())

    def __repr__(self) -> str:
        return self._core.summary()

    def _repr_html_(self) -> str:
        table = self.table("non_take_up")
        shown = Table(
            {
                "benefit": table["label"],
                "eligible, k": table["eligible_units"] / 1e3,
                "non-take-up, %": 100 * table["non_take_up_rate_heads"],
                "from": 100 * table["non_take_up_rate_heads_low"],
                "to": 100 * table["non_take_up_rate_heads_high"],
                "right, M€/month": table["euros_of_right"] / 1e6,
                "unclaimed, M€/month": table["euros_unclaimed"] / 1e6,
            },
            caption=self._caption(),
        )
        return shown._repr_html_() + f"<p><small>{html.escape(self._core.population)}; 95 % intervals</small></p>"


def drawn(name: str, backend: str, *given: Any, **options: Any) -> Any:
    """A figure by the name of its function, on matplotlib or Altair."""
    if backend == "altair":
        from ._altair import CHARTS

        return CHARTS[name](*given, **options)
    if backend != "matplotlib":
        raise unknown("backend", backend, ("matplotlib", "altair"))
    from . import plots

    return getattr(plots, name)(*given, **options)


def restored_result(scenario: Scenario, state: tuple[bytes, str, int, str]) -> Result:
    """A result as it was sent."""
    return Result(_core.RunResult.of_state(scenario.as_text(), scenario.law._core, state), scenario)


def figures(titles: list[str], rows: list[list[str]]) -> Table:
    """A table of the command line with its figures as numbers; NaN where there is none."""
    import numpy as np

    columns: dict[str, Any] = {title: [row[i] for row in rows] for i, title in enumerate(titles)}
    for title in ("value", "se", "ci95_low", "ci95_high", "sampled_units", "sampled_households", "variance_sample", "variance_draws",
                  "variance_parameters"):
        if title in columns:
            columns[title] = np.array([float(text) if text else np.nan for text in columns[title]])
    return Table(columns)


def wide(measures: Table, result: Result, by: str, window: str, *, bounds: tuple[str, ...], shares: bool = True) -> dict[str, Any]:
    """One row a benefit and cell, the measures as columns, those of ``bounds`` with the ends of their 95 % intervals."""
    import numpy as np

    chosen = measures.where(group=by, window=window)
    count = len(MEASURES)
    names = [str(name) for name in chosen["benefit"][::count]]
    cells = [str(name) for name in chosen["cell"][::count]]
    columns: dict[str, Any] = {"scenario": chosen["scenario"][::count], "benefit": names, "label": [result.label(name) for name in names]}
    if by != "all":
        columns[by] = cells
        columns[by + "_label"] = [result.cell_label(by, cell) for cell in cells]
    for i, measure in enumerate(MEASURES):
        columns[measure] = chosen["value"][i::count]
        if measure in bounds:
            low, high = chosen["ci95_low"][i::count], chosen["ci95_high"][i::count]
            columns[measure + "_low"] = np.clip(low, 0.0, 1.0) if shares else low
            columns[measure + "_high"] = np.clip(high, 0.0, 1.0) if shares else high
    if "sampled_units" in chosen:
        columns["sampled_units"] = chosen["sampled_units"][::count]
    columns["status"] = chosen["status"][::count]
    return columns


def check_choice(result: Result, by: str, window: str) -> None:
    """Raises Error when there is no such group or window."""
    if by not in result.groups:
        hint = _core.nearest(by, list(result.groups))
        raise Error(f"error: there is no group '{by}' (" + (hint or f"the scenario asks for {', '.join(result.groups)}: scenario.replace(groups=['{by}']) asks for it") + ")")
    if window not in WINDOWS:
        raise unknown("window", window, WINDOWS)


def unknown(what: str, name: str, candidates: tuple[str, ...]) -> Error:
    """The error for a name that is none of the candidates."""
    hint = _core.nearest(name, list(candidates))
    return Error(f"error: there is no {what} '{name}'" + (f" ({hint})" if hint else "; there are: " + ", ".join(candidates)))
