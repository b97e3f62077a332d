"""The errors of the package: their text is the one that the command line prints."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable
from typing import NamedTuple


class Finding(NamedTuple):
    """One thing that is wrong with the input, and where.

    ``line`` and ``column`` count from 1 and are 0 where there is none; ``path`` is a path in a JSON text.
    """

    severity: str
    file: str
    line: int
    column: int
    path: str
    message: str
    hint: str


class Error(ValueError):
    """The input is wrong: a law, data, a scenario or an argument.

    ``str(error)`` is the text of the command line: file, line and column, what was expected, the nearest name.
    ``findings`` has its parts.
    """

    findings: tuple[Finding, ...]

    def __init__(self, text: str, findings: Iterable[tuple[str, str, int, int, str, str, str]] = ()) -> None:
        self.findings = tuple(Finding(*finding) for finding in findings)
        super().__init__(text, self.findings)

    def __str__(self) -> str:
        return str(self.args[0])


class DataWarning(UserWarning):
    """The data have an input, but not for all periods that were read: in the others the law's default or rule holds. Give these periods, or see that this is meant."""


def warn_of_gaps(told: Iterable[str]) -> None:
    """A warning for each sentence, at the line outside the package that asked."""
    caller, level = sys._getframe(1), 2
    while caller.f_back is not None and caller.f_globals.get("__name__", "").startswith(__package__):
        caller, level = caller.f_back, level + 1
    for text in told:
        warnings.warn(text, DataWarning, stacklevel=level)


class Defect(RuntimeError):
    """A state that cannot be: a defect of the program, never of the input. Please report it."""
