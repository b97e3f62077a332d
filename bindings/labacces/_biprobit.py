"""Receipt of two benefits at once: two probits whose errors correlate, in the manner of scikit-learn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _core
from ._errors import Error
from ._table import Table
from ._takeup import Errors, cluster_codes, covariate_matrix, covariates_of

if TYPE_CHECKING:
    import numpy as np

    Doubles = np.ndarray[Any, np.dtype[np.float64]]

#: The four outcomes, in the order of :meth:`BivariateProbit.predict_proba`.
OUTCOMES = ("both", "first only", "second only", "neither")


class BivariateProbit:
    """Whether units that have two rights claim each of them: two probits whose errors correlate, by weighted maximum likelihood.

    A correlation ``rho_`` above 0 says that who claims the one claims the other more often than the covariates tell. Covariates are those of
    :class:`TakeUpModel`, the same for both equations unless ``X2`` has those of the second; the constant is added. Formulas: ``docs/methods/estimation.md``.

    After :meth:`fit`: ``coef_``, the coefficients of each equation (an array of shape (2, covariates); with ``X2`` a pair of arrays), ``intercept_`` of
    shape (2,), ``rho_``, ``feature_names_in_`` (with ``X2`` a pair of arrays).

    Parameters
    ----------
    errors : ``"robust"`` (survey weights), ``"clustered"`` or ``"classical"``; None is clustered when clusters are given, else robust.

    >>> import numpy as np, labacces as la
    >>> dice = np.random.default_rng(1)
    >>> x, luck = dice.normal(size=500), dice.normal(size=500)
    >>> y1, y2 = (x + luck + dice.normal(size=500) > 0), (luck + dice.normal(size=500) > 0.2)
    >>> model = la.BivariateProbit().fit({"x": x}, y1, y2)
    >>> model.coef_.shape, bool(model.rho_ > 0.2), model.predict_proba({"x": [0.0]}).shape
    ((2, 1), True, (1, 4))
    """

    def __init__(self, errors: Errors | None = None) -> None:
        self.errors: Errors | None = errors

    def fit(self, X: Any, y1: Any, y2: Any, sample_weight: Any = None, clusters: Any = None, X2: Any = None) -> BivariateProbit:
        """Fits the model: ``y1`` and ``y2`` are 1 where the unit receives the one and the other, shape (units,); all have both rights.

        Raises Error as :meth:`TakeUpModel.fit` for each of the equations; also: a correlation that goes to 1 or -1, a likelihood that is flat.
        """
        import numpy as np

        given = [covariates_of(X, None), covariates_of(X if X2 is None else X2, None)]
        codes, spread = cluster_codes(clusters, self.errors)
        weights = None if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
        first, second = (np.asarray(y, dtype=np.float64) for y in (y1, y2))
        covariates = (list(given[0][0].items()), list(given[1][0].items()))
        self._core = _core.BiprobitFit(covariates, first, second, weights, codes, spread)
        self._fit = self._core.parts()
        self._categories = [categories for _, categories in given]
        self._names = [list(columns) for columns, _ in given]
        values = [np.array([row[1] for row in self._fit[name]]) for name in ("first", "second")]
        names = [np.array(columns, dtype=object) for columns in self._names]
        self.intercept_ = np.array([value[0] for value in values])
        self.coef_ = np.array([value[1:] for value in values]) if X2 is None else (values[0][1:], values[1][1:])
        self.feature_names_in_ = names[0] if X2 is None else (names[0], names[1])
        self.rho_ = float(self._fit["correlation"][0])
        return self

    def _fitted(self) -> dict[str, Any]:
        if not hasattr(self, "_fit"):
            raise Error("error: the model is not fitted yet: call fit first")
        return self._fit

    def predict_proba(self, X: Any, X2: Any = None) -> Doubles:
        """Probabilities of receiving both, the first only, the second only, neither, shape (units, 4)."""
        self._fitted()
        first, second = (covariate_matrix(given, categories, names)
                         for given, categories, names in zip((X, X if X2 is None else X2), self._categories, self._names, strict=True))
        return self._core.predict(first, second)

    @property
    def table(self) -> Table:
        """Coefficients of both equations and the correlation, with standard errors, tests and 95 % intervals.

        The test and the interval of the correlation are those of its inverse hyperbolic tangent.
        """
        import numpy as np

        fit = self._fitted()
        rows = [(name, *row) for name in ("first", "second") for row in fit[name]]
        value, se, low, high, z, p = fit["correlation"]
        rows.append(("both", "rho", value, se, z, p, low, high))
        columns: dict[str, Any] = {"equation": [row[0] for row in rows], "covariate": [row[1] for row in rows]}
        columns |= {name: np.array([row[i + 2] for row in rows]) for i, name in enumerate(["coefficient", "se", "z", "p", "ci95_low", "ci95_high"])}
        return Table(columns, caption=f"Take-up of two benefits, bivariate probit, {fit['units']} units")

    @property
    def joint(self) -> Table:
        """Rates of the four outcomes: as fitted, with their errors, and as observed."""
        import numpy as np

        fit = self._fitted()
        columns: dict[str, Any] = {"outcome": list(OUTCOMES), "rate": np.array([row[1] for row in fit["joint"]]), "se": np.array([row[2] for row in fit["joint"]])}
        return Table({**columns, "observed": np.array(fit["observed"])}, caption="Receipt of both benefits, of one, of neither")

    @property
    def statistics(self) -> dict[str, float]:
        """Units, log-likelihoods with and without the correlation, the likelihood ratio and its p-value (not with weights or clusters), AIC, BIC."""
        return {name: value for name, value in self._fitted().items() if isinstance(value, (int, float))}

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters of the constructor."""
        return {"errors": self.errors}

    def set_params(self, **params: Any) -> BivariateProbit:
        """Sets parameters of the constructor."""
        for name, value in params.items():
            if name != "errors":
                raise Error(f"error: a bivariate probit has no parameter '{name}'; it has: errors")
            self.errors = value
        return self

    def __repr__(self) -> str:
        return repr(self.table) if hasattr(self, "_fit") else f"BivariateProbit(errors={self.errors!r})"

    def _repr_html_(self) -> str:
        return self.table._repr_html_() if hasattr(self, "_fit") else repr(self)
