"""Populations against published margins: how far they are, and weights that meet them."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any, Literal

from . import _core
from ._table import Table

if TYPE_CHECKING:
    import numpy as np

    from ._population import Population

    Doubles = np.ndarray[Any, np.dtype[np.float64]]

Method = Literal["linear", "raking", "logit", "truncated_linear"]


class Margins:
    """What a population gives against published margins. Printed it is what ``labacces population margins`` or ``calibrate`` prints."""

    __slots__ = ("_core", "_population")

    def __init__(self, core: _core.Margins, population: Population) -> None:
        self._core = core
        self._population = population

    @property
    def table(self) -> Table:
        """Every cell: margin, level, classes, published value, accepted range, before, after, errors in %, where in the range, use (calibrated, tuned on or
        held out), source."""
        titles, rows = self._core.table()
        return Table({title: numbers([row[i] for row in rows]) for i, title in enumerate(titles)})

    @property
    def calibrated(self) -> bool:
        """Whether weights were moved."""
        return self._core.calibrated

    @property
    def weights(self) -> Doubles:
        """The new weights, shape (menages,), in canonical order; empty when nothing was calibrated."""
        return self._core.weights

    @property
    def population(self) -> Population:
        """The population with its new weights (the one that was looked at when nothing was calibrated). Its columns are lent."""
        return self._population

    def to_dict(self) -> dict[str, Any]:
        """All of it as Python values (format "labacces-margins/1"), without the weights."""
        parts: dict[str, Any] = json.loads(self._core.json())
        return parts

    def __repr__(self) -> str:
        return "\n".join(self._core.printed()).rstrip("\n")

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(repr(self))}</pre>"


def numbers(cells: list[str]) -> Any:
    """Numbers where every cell that is not empty is one, NaN where it is empty; else the texts."""
    import numpy as np

    try:
        values = [float(cell) if cell else float("nan") for cell in cells]
    except ValueError:
        return cells
    return np.array(values) if any(cells) else cells
