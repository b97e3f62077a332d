"""Arguments of the wrong kind, told as a person can act on it: what was expected, what was found, what to write."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from ._errors import Error

if TYPE_CHECKING:
    from ._population import Population
    from ._scenario import Scenario


def a_population(value: Any) -> Population:
    """The population. Raises Error: a path, a table or anything else in its place."""
    from ._population import Population

    if isinstance(value, Population):
        return value
    if isinstance(value, (str, os.PathLike)):
        told = f"the text '{os.fspath(value)}': la.Population.from_csv reads a file, la.Population.builtin makes a synthetic one"
    elif hasattr(value, "__arrow_c_stream__") or hasattr(value, "columns"):
        told = f"{type(value).__name__}: la.Population.from_arrow and from_pandas read tables"
    else:
        told = type(value).__name__
    raise Error(f"error: population: a labacces.Population was expected, found {told}")


def a_scenario(value: Any) -> Scenario:
    """The scenario. Raises Error: a path or anything else in its place."""
    from ._scenario import Scenario

    if isinstance(value, Scenario):
        return value
    told = f"the text '{os.fspath(value)}': la.Scenario.load reads a file" if isinstance(value, (str, os.PathLike)) else type(value).__name__
    raise Error(f"error: scenario: a labacces.Scenario was expected, found {told}")


def thread_count(value: Any) -> int:
    """The number of threads, 0 for all cores. Raises Error: no whole number, or one below 0."""
    if isinstance(value, bool) or not hasattr(value, "__index__") or value < 0:
        raise Error(f"error: threads: a whole number of 0 (all cores) or more was expected, found {value!r}")
    return int(value)


def in_a_list(value: Any) -> list[Any]:
    """One thing or several as a list; a text is one thing."""
    return [value] if isinstance(value, str) or not hasattr(value, "__iter__") else list(value)


def a_path(value: Any, what: str) -> str:
    """A path as a text. Raises Error: something that is none; ``what`` says what else may stand there."""
    if not isinstance(value, (str, os.PathLike)):
        raise Error(f"error: {what} was expected, found {type(value).__name__}")
    return os.fspath(value)


def a_period(value: Any) -> str:
    """A month or a year as a text, looked at no further. Raises Error: something that is no text."""
    if not isinstance(value, str):
        raise Error(f"error: period: a text such as '2025-06' or '2025' was expected, found {value!r}")
    return value


def a_month(value: Any, what: str) -> str:
    """A month as a text. Raises Error: anything else; ``what`` is the name of the argument."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value):
        raise Error(f"error: {what}: a month was expected, such as 2025-06, found {value!r}")
    return value
