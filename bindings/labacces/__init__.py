"""LabAccès: social benefits in France, who has the right, who claims, what stays unclaimed.

>>> import labacces as la
>>> pop = la.Population.builtin("bretagne", households=300, seed=1)
>>> base = la.Scenario.base().replace(period="2025-06")
>>> la.run(pop, base).table("non_take_up").columns[:2]
('benefit', 'label')
"""

from __future__ import annotations

from . import _core
from ._calculate import Explanation, WhyNot, calculate, explain, fill, why_not
from ._arrays import Curve, curve, evaluate, marginal_rates
from ._biprobit import BivariateProbit
from ._comparison import Comparison
from ._errors import DataWarning, Defect, Error, Finding
from ._law import Declared, Law, Version
from ._margins import Margins
from ._measure import TakeUpReport, measure_take_up, measure_units
from ._population import Population
from ._result import Result
from ._run import compare, run, sweep
from ._scenario import Scenario
from ._table import Categories, Table
from ._takeup import TakeUpModel

__version__: str = _core.version

__all__ = [
    "BivariateProbit", "Categories", "Comparison", "Curve", "DataWarning", "Declared", "Defect", "Error", "Explanation", "Finding", "Law", "Margins", "Population", "Result", "Scenario", "Table",
    "TakeUpModel", "TakeUpReport", "Version", "WhyNot",
    "calculate", "compare", "curve", "evaluate", "explain", "fill", "marginal_rates", "measure_take_up", "measure_units", "run", "sweep", "why_not",
]
