"""Values of two filled situations, held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """One value asked, as the two engines have it; `here` or `there` is None where an engine lacks the variable."""

    entity: str
    unit: str
    variable: str
    period: str
    here: object
    there: object

    @property
    def distance(self) -> float:
        if isinstance(self.here, str) or isinstance(self.there, str):
            return 0.0 if self.here == self.there else 1.0
        return abs(float(self.here) - float(self.there))

    @property
    def is_zero(self) -> bool:
        if isinstance(self.here, str) or isinstance(self.there, str):
            return False
        return abs(float(self.here)) < 0.005 and abs(float(self.there)) < 0.005

    def agrees(self, tolerance: float) -> bool:
        """A monthly amount within the tolerance, a yearly one within twelve times that, anything else when equal."""
        if isinstance(self.here, (bool, str)) or isinstance(self.there, (bool, str)):
            return self.distance == 0
        return self.distance <= tolerance * (12 if len(self.period) == 4 else 1) + 1e-9

    def __str__(self) -> str:
        return f"{self.variable} of {self.unit} in {self.period}: here {self.here}, OpenFisca {self.there}"


def pairs(asked: dict, here: dict, there: dict) -> Iterator[Pair]:
    """Every value that `asked` has as null and both engines give."""
    for entity, units in asked.items():
        for unit, variables in units.items():
            for variable, cells in variables.items():
                if not isinstance(cells, dict):
                    continue
                for period in [period for period, value in cells.items() if value is None]:
                    values = [filled[entity][unit].get(variable, {}).get(period) for filled in (here, there)]
                    if None not in values:
                        yield Pair(entity, unit, variable, period, *values)
