"""Runs of scenarios."""

from __future__ import annotations

from . import _core
from ._population import Population
from ._progress import Progress, watching
from ._result import Result
from ._scenario import Scenario


def run(population: Population | None = None, scenario: Scenario | None = None, *, period: str | None = None, threads: int = 0,
        progress: Progress = None) -> Result:
    """Runs one scenario: who has the right to each benefit, who is modelled to claim it, what stays unclaimed.

    Without arguments: the law in force on the built-in synthetic Brittany, for the latest month known. ``threads=0`` takes all cores; results
    are the same bytes whatever their number. Other Python threads go on meanwhile, and Ctrl-C stops the run.

    Raises Error: an unknown benefit or group (nearest name), missing inputs, a month before the law begins.

    >>> import labacces as la
    >>> result = la.run(la.Population.builtin(households=300), period="2025-06")
    >>> result.table("non_take_up")["benefit"][:2]
    ['rsa', 'ppa']
    """
    scenario = scenario or Scenario.base()
    if period is not None:
        scenario = scenario.replace(period=period)
    if population is None:
        population = _named(scenario)
    core = population.made(scenario.law, scenario.period or scenario.law.latest_month)
    with watching(progress, scenario.name) as watch:
        result = _core.run(scenario.file or "scenario", scenario.to_json(), scenario.law._core, core, threads, watch)
    return Result(result, scenario)


def _named(scenario: Scenario) -> Population:
    """The population that a scenario names."""
    if scenario.population.startswith("builtin:"):
        return Population(None, None, scenario.population)
    return Population.from_csv(scenario.population, law=scenario.law)
