"""Runs of scenarios: one, several in one pass, a parameter along an axis."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from . import _core
from ._arguments import a_population, a_scenario, thread_count
from ._comparison import Comparison
from ._errors import Error, warn_of_gaps
from ._law import Value
from ._population import Population
from ._progress import Progress, watching
from ._result import Result
from ._scenario import Scenario


def run(population: Population | None = None, scenario: Scenario | None = None, *, period: str | None = None, threads: int = 0,
        progress: Progress = None) -> Result:
    """Runs one scenario: who has the right to each benefit, who is modelled to claim it, what stays unclaimed.

    Without arguments: the law in force on the built-in synthetic Brittany, for the latest month known. ``threads=0`` takes all cores; results
    are the same bytes whatever their number. Other Python threads go on meanwhile, and Ctrl-C stops the run.
    Inputs that the data have for some of the months read only are a :class:`DataWarning`.

    Raises Error: an unknown benefit or group (nearest name), missing inputs, a month before the law begins.

    >>> import labacces as la
    >>> result = la.run(la.Population.builtin(households=300), period="2025-06")
    >>> result.table("non_take_up")["benefit"][:2]
    ['rsa', 'ppa']
    """
    scenario = Scenario.base() if scenario is None else a_scenario(scenario)
    if period is not None:
        scenario = scenario.replace(period=period)
    core = made_for(population, scenario)
    with watching(progress, scenario.name) as watch:
        result = _core.run(scenario.as_text(), scenario.law._core, core, thread_count(threads), watch)
    warn_of_gaps(result.gaps)
    return Result(result, scenario)


def compare(population: Population | None, scenarios: Sequence[Scenario], *, period: str | None = None, threads: int = 0,
            progress: Progress = None) -> Comparison:
    """Runs several scenarios in one pass over the same households and sets the others against the first.

    What two scenarios have in common is computed once, and the luck of claiming is shared: a difference is due to the change alone, and its
    interval is that of the difference. Each scenario's figures are the ones that :func:`run` gives for it alone, to the last bit.

    Raises Error: fewer than two scenarios, two of one name, another period, benefits, groups or seed.

    >>> import labacces as la
    >>> base = la.Scenario.base().replace(period="2025-06")
    >>> plus = base.reform({"rsa.montant_de_base": {"2025-01-01": 700}}, name="RSA à 700 €")
    >>> both = la.compare(la.Population.builtin(households=300), [base, plus])
    >>> bool(both.table("differences").where(benefit="rsa")["euros_of_right"][0] > 0)
    True
    """
    if isinstance(scenarios, Scenario) or len(scenarios) < 2:
        raise Error("error: two scenarios at least were expected, the first of which the others are set against")
    given = [a_scenario(scenario) for scenario in scenarios]
    chosen = given if period is None else [scenario.replace(period=period) for scenario in given]
    for i, scenario in enumerate(chosen):
        if scenario.name in [other.name for other in chosen[:i]]:
            raise Error(f"error: two scenarios are called '{scenario.name}': each needs its own name")
    first = chosen[0]
    core = made_for(population, first)
    with watching(progress, first.name) as watch:
        compared = _core.compare([s.as_text() for s in chosen], [s.law._core for s in chosen], core, thread_count(threads), watch)
    warn_of_gaps(compared.runs[0].gaps)
    return Comparison(compared, chosen)


def sweep(population: Population | None, scenario: Scenario, parameter: str | Mapping[str, Sequence[Value]], values: Sequence[Value] = (), *, since: str,
          period: str | None = None, threads: int = 0, progress: Progress = None) -> Comparison:
    """A parameter of the law set to each of the values from a date on, against the scenario as it is, in one pass.

    Several parameters at once are a mapping from each to its values: every point of the grid is a scenario, the last parameter moves fastest.
    The scenarios are called ``"parameter = value"``; ``axes`` of the comparison holds the values, its table ``"sweep"`` the figures by point.
    Raises Error as :func:`compare`, and for a parameter that the law lacks (nearest name) or more than 400 points.

    >>> import labacces as la
    >>> base = la.Scenario.base().replace(period="2025-06")
    >>> swept = la.sweep(la.Population.builtin(households=300), base, "rsa.montant_de_base", [650, 700, 750], since="2025-01-01")
    >>> swept.axes
    (('rsa.montant_de_base', (650, 700, 750)),)
    """
    a_scenario(scenario)
    axes = dict(parameter) if isinstance(parameter, Mapping) else {parameter: values}
    for name, along in axes.items():
        if isinstance(along, str) or len(along) == 0:
            raise Error(f"error: {name}: a list of values was expected")
    grid = list(itertools.product(*axes.values()))
    if len(grid) > 400:
        raise Error(f"error: 400 points at most were expected, found {len(grid)}")
    points = [dict(zip(axes, point, strict=True)) for point in grid]
    reformed = [scenario.reform({name: {since: value} for name, value in point.items()}, name=", ".join(f"{name} = {value}" for name, value in point.items()))
                for point in points]
    compared = compare(population, [scenario, *reformed], period=period, threads=threads, progress=progress)
    compared.axes = tuple((name, tuple(along)) for name, along in axes.items())
    return compared


def made_for(population: Population | None, scenario: Scenario) -> _core.Population:
    """The population, or else the one that the scenario names, as the scenario's law reads it in its month."""
    if population is None:
        named = scenario.population
        population = Population(None, None, named) if named.startswith("builtin:") else Population.from_csv(
            named, mapping=scenario.mapping or None, on=scenario.period, law=scenario.law)
    return a_population(population).made(scenario.law, scenario.period or scenario.law.latest_month)
