"""Runs over a population in parts, on Dask: each part gives exact sums that merge, so the whole is one machine's answer to the last bit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ._comparison import Comparison
from ._errors import Error
from ._population import Population
from ._result import Result
from ._run import compare as compare_here
from ._run import run as run_here
from ._scenario import Scenario
from ._table import needs

#: Makes the population of one part where it is computed: a function without arguments that can be pickled, or the population itself.
Part = Callable[[], Population] | Population


def run(parts: Iterable[Part], scenario: Scenario, *, client: Any = None, source: str = "parts", threads: int = 1) -> Result:
    """Runs a scenario over the parts of a population and merges the results: the same bytes as one run over all of them.

    Each part holds whole linked households (dwellings, and those joined to them by a family or a tax unit); an id stands in one part only.
    ``client`` is a ``dask.distributed.Client`` (the current one when it is None); parts whose worker dies are computed again by the others. ``threads`` are those
    of one part. Distributions of incomes are left out: deciles of parts do not add up. Raises Error as :func:`labacces.run`, from whatever part it comes.
    """
    return Result.merged(_computed(parts, _run_part, (_without_incomes(scenario), threads), client), source=source)


def compare(parts: Iterable[Part], scenarios: Sequence[Scenario], *, client: Any = None, source: str = "parts", threads: int = 1) -> Comparison:
    """Compares scenarios over the parts of a population, as :func:`run`."""
    return Comparison.merged(_computed(parts, _compare_part, ([_without_incomes(one) for one in scenarios], threads), client), source=source)


def _made(part: Part) -> Population:
    return part if isinstance(part, Population) else part()


def _without_incomes(scenario: Scenario) -> Scenario:
    """Deciles of parts do not add up: distributions of incomes are left out."""
    return scenario.replace(income=False)


def _run_part(part: Part, scenario: Scenario, threads: int) -> Result:
    return run_here(_made(part), scenario, threads=threads, progress=False)


def _compare_part(part: Part, scenarios: list[Scenario], threads: int) -> Comparison:
    return compare_here(_made(part), scenarios, threads=threads, progress=False)


def _computed(parts: Iterable[Part], work: Callable[..., Any], shared: tuple[Any, ...], client: Any) -> list[Any]:
    """The parts' results, in the order of the parts."""
    distributed = needs("distributed", "labacces.distributed")
    held = list(parts)
    if not held:
        raise Error("error: one part at least was expected")
    client = client or distributed.get_client()
    results: list[Any] = client.gather([client.submit(work, part, *shared, pure=False) for part in held])
    return results
