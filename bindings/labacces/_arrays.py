"""Rules on plain arrays: evaluation, budget curves, marginal rates."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, overload

from . import _core
from ._arguments import a_month, a_population, thread_count
from ._calculate import decoded, texts_of
from ._errors import Error, warn_of_gaps
from ._law import Law
from ._population import Population
from ._progress import Progress, watching
from ._result import drawn
from ._scenario import Scenario
from ._situation import Situation
from ._table import Table

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes

    Doubles = np.ndarray[Any, np.dtype[np.float64]]

LINKS = ("idmen", "quimen", "idfam", "quifam", "idfoy", "quifoy")


def evaluate(outputs: str | Sequence[str] | Mapping[str, str], columns: Mapping[str, Any], period: str | None = None, *, law: Law | None = None,
             threads: int = 0, progress: Progress = None) -> dict[str, Any]:
    """Variables of the law on arrays of one's own, for those who bring their own loop.

    ``columns`` are arrays of shape (persons,) by the names of a table of persons (``salaire_net``, ``salaire_net@2025-03``, ...); without links
    (``idmen`` and the others) each row is a person living alone. ``outputs`` are names, all for ``period``, or a period by name. Columns of
    doubles are read in place. Each answer has one value a unit of its level, units in the order of their first row: ``float64``, ``bool``,
    ``datetime64[D]`` or :class:`Categories` (texts).

    Raises Error: an unknown column or output (nearest name), a wrong type, missing inputs, a rule not in force.

    >>> import numpy as np, labacces as la
    >>> wages = np.array([0.0, 500.0, 1500.0])
    >>> births = np.array(["1990-04-02"] * 3, dtype="datetime64[D]")
    >>> la.evaluate(["rsa", "ppa"], {"salaire_net": wages, "date_naissance": births}, "2025-06")["rsa"].round(2).tolist()
    [646.52, 146.52, 0.0]
    """
    law = law or Law.load()
    if isinstance(outputs, Mapping):
        asked = dict(outputs)
    else:
        names = [outputs] if isinstance(outputs, str) else list(outputs)
        if period is None:
            raise Error("error: a period was expected, such as '2025-06'")
        asked = dict.fromkeys(names, period)
    infos = [law._core.variable(name) for name in asked]
    population = Population.from_columns(_linked(columns), law=law)
    core = population.made(law, "")
    with watching(progress, "computing") as watch:
        values, gaps = _core.compute(law._core, core, list(asked.items()), thread_count(threads), watch)
    warn_of_gaps(gaps)
    return {info["name"]: decoded(info, _as_given(core, info["level"], column)) for info, column in zip(infos, values, strict=True)}


def _linked(columns: Mapping[str, Any]) -> Mapping[str, Any]:
    """The columns with links: everybody alone where there are none."""
    if any(name in columns for name in LINKS):
        return columns
    if not columns:
        raise Error("error: one column at least was expected")
    import numpy as np

    rows = len(next(iter(columns.values())))
    alone = np.arange(rows, dtype=np.int64)
    nobody_else = np.zeros(rows, dtype=np.int64)
    return {**{name: alone if name.startswith("id") else nobody_else for name in LINKS}, **columns}


def _as_given(core: _core.Population, level: str, column: Doubles) -> Doubles:
    """A column in canonical order in the order of the rows given: the same array where the orders are one."""
    import numpy as np

    rows = core.original_rows(level)
    if bool((rows[:-1] < rows[1:]).all()):
        return column
    out = np.empty_like(column)
    out[rows] = column
    return out


@dataclasses.dataclass(frozen=True)
class Curve:
    """Benefits of a household along an axis."""

    variable: str
    period: str
    axis: Doubles
    table: Table
    benefits: tuple[str, ...]
    labels: Mapping[str, str]
    axis_label: str
    axis_unit: str

    @property
    def marginal_rates(self) -> Doubles:
        """The share of each step that is lost in benefits, shape (steps,): 1 means that the household has no more than before."""
        import numpy as np

        rates: Doubles = -np.diff(self.table["total"]) / np.diff(self.axis)
        return rates

    @overload
    def plot(self, *, backend: Literal["matplotlib"] = "matplotlib", **options: Any) -> Axes: ...
    @overload
    def plot(self, *, backend: Literal["altair"], **options: Any) -> Any: ...
    def plot(self, *, backend: str = "matplotlib", **options: Any) -> Any:
        """Draws the benefits one on the other (see :func:`labacces.plots.curve`)."""
        return drawn("curve", backend, self, **options)

    def _repr_html_(self) -> str:
        return self.table._repr_html_()

    def __repr__(self) -> str:
        return f"<Curve of {', '.join(self.benefits)} along {self.variable}, {self.axis[0]:g} to {self.axis[-1]:g}, {self.period}>"


def curve(situation: Situation, vary: str, start: float, stop: float, step: float, period: str, *, of: Sequence[str] | None = None,
          entity: str | None = None, also: Mapping[str, float] | None = None, law: Law | None = None) -> Curve:
    """A household's benefits along an axis: ``vary`` set to start, start + step, ... stop for one unit, in every month.

    ``of`` are the benefits (those of the base scenario when it is None), ``entity`` the unit that varies (the first when it is None). ``also`` names
    variables of the same unit that move with ``vary``, each with its ratio to it (``{"salaire_imposable": 1.04}``). The sums are over all units of the situation, EUR a month. Raises Error as :func:`labacces.calculate`, and for an axis without a step.

    >>> import labacces as la
    >>> alone = {"individus": {"anna": {"date_naissance": {"ETERNITY": "1990-04-02"}}}}
    >>> drawn = la.curve(alone, "salaire_net", 0, 2000, 500, "2025-06", of=["rsa", "ppa"])
    >>> drawn.table["rsa"].round(2).tolist()
    [646.52, 146.52, 0.0, 0.0, 0.0]
    """
    import numpy as np

    law = law or Law.load()
    if not step > 0 or not stop > start:
        raise Error(f"error: an axis that rises was expected, found {start:g} to {stop:g} by {step:g}")
    axis = start + step * np.arange(int(round((stop - start) / step)) + 1, dtype=np.float64)
    info = law._core.variable(vary)
    core = Population.from_situation(situation, law=law).made(law, period)
    ids = texts_of(core.ids(info["level"]))
    if entity is not None and entity not in ids:
        raise Error(f"error: there is no {info['level']} '{entity}'" + _hint(entity, ids))
    unit = ids.index(entity) if entity is not None else 0
    varied = core.varied(vary, unit, axis.tolist())
    for other, ratio in (also or {}).items():
        given = np.full((len(axis), len(ids)), np.nan)
        given[:, unit] = ratio * axis
        varied = varied.replaced(_same_level(law, other, info["level"], vary), given.ravel())
    names = tuple(of) if of is not None else Scenario.base().benefits
    infos = [law._core.variable(name) for name in names]
    columns, _ = _core.compute(law._core, varied, [(name, period) for name in names], 1, None)
    sums = {name: column.reshape(len(axis), -1).sum(axis=1) for name, column in zip(names, columns, strict=True)}
    total = np.sum(list(sums.values()), axis=0)
    return Curve(vary, period, axis, Table({vary: axis, **sums, "total": total}, caption=f"EUR a month, {period}"), names,
                 {item["name"]: item["label"] for item in infos}, info["label"], info["unit"])


def marginal_rates(population: Population, period: str, *, vary: str = "salaire_net", step: float = 100.0, of: Sequence[str] | None = None,
                   among: str | None = None, also: Mapping[str, float] | None = None, law: Law | None = None, threads: int = 0,
                   progress: Progress = None) -> Table:
    """The share of a raise of each person that the household loses in benefits.

    Each person's ``vary`` is raised by ``step`` EUR a month in every month, the others' as they are; persons of one linked household are raised one
    after the other, all households at once. ``also`` names variables that are raised with it, each by its ratio to the step. Only persons with some ``among`` (``vary`` itself when it is None) in that month are raised. Columns: ``id`` of
    the person, ``weight`` of the dwelling, ``value`` of ``among``, ``rate`` in shares of the step. Raises Error as :meth:`Population.compute`.

    >>> import labacces as la
    >>> rates = la.marginal_rates(la.Population.builtin(households=100), "2025-06")
    >>> rates.columns
    ('id', 'weight', 'value', 'rate')
    """
    import numpy as np

    period = a_month(period, "period")
    if not step > 0:
        raise Error(f"error: a step above 0 was expected, found {step:g}")
    law = law or a_population(population)._law or Law.load()
    threads = thread_count(threads)
    core = population.made(law, period)
    info = law._core.variable(vary)
    if info["level"] != "individu":
        raise Error(f"error: a variable of persons was expected, '{vary}' is of {info['level']}")
    names = tuple(of) if of is not None else Scenario.base().benefits
    levels = [law._core.variable(name)["level"] for name in names]
    asked = [(name, period) for name in names]
    base, _ = _core.compute(law._core, core, [*asked, (among or vary, period)], threads, None)
    value = base.pop()
    blocks = core.block_of_person
    raised = np.flatnonzero(value > 0)
    turn = _turns(blocks[raised])
    rate = np.full(len(value), np.nan)
    with watching(progress, "marginal rates") as watch:
        for which in range(int(turn.max(initial=-1)) + 1):
            chosen = raised[turn == which]
            steps = np.zeros(len(value))
            steps[chosen] = step
            more = core.raised(vary, steps)
            for other, ratio in (also or {}).items():
                more = more.raised(_same_level(law, other, "individu", vary), ratio * steps)
            after, _ = _core.compute(law._core, more, asked, threads, None)
            lost = sum((_by_block(core, level, old - new) for level, old, new in zip(levels, base, after, strict=True)), np.zeros(int(blocks[-1]) + 1))
            rate[chosen] = lost[blocks[chosen]] / step
            if watch is not None:
                watch(which + 1, int(turn.max()) + 1)
    weights = core.weights[core.unit_of("menage")]
    ids = core.ids("individu")
    return Table({"id": [ids[i] for i in raised] if isinstance(ids, list) else ids[raised], "weight": weights[raised], "value": value[raised], "rate": rate[raised]},
                 caption=f"Share of a raise of {step:g} EUR/month of {vary} that is lost, {period}")


def _same_level(law: Law, name: str, level: str, beside: str) -> str:
    found = law._core.variable(name)["level"]
    if found != level:
        raise Error(f"error: also: '{name}' is of {found}, '{beside}' of {level}")
    return name


def _turns(blocks: np.ndarray[Any, np.dtype[np.int32]]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """0, 1, 2 ... within runs of equal blocks."""
    import numpy as np

    places = np.arange(len(blocks))
    starts = np.flatnonzero(np.r_[True, blocks[1:] != blocks[:-1]]) if len(blocks) else places
    lengths = np.diff(np.r_[starts, len(blocks)])
    turns: np.ndarray[Any, np.dtype[np.int64]] = places - np.repeat(starts, lengths)
    return turns


def _by_block(core: _core.Population, level: str, values: Doubles) -> Doubles:
    """Sums of a level's values over linked households."""
    import numpy as np

    starts = core.block_starts(level)
    running = np.r_[0.0, np.cumsum(values)]
    sums: Doubles = running[starts[1:]] - running[starts[:-1]]
    return sums


def _hint(name: str, candidates: list[str]) -> str:
    hint = _core.nearest(name, candidates)
    return f" ({hint})" if hint else ""
