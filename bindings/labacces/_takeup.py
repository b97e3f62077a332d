"""Models of who claims, estimated from observed receipt, in the manner of scikit-learn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from . import _core
from ._errors import Error
from ._table import Table, columns_of, settled

if TYPE_CHECKING:
    import numpy as np

    Doubles = np.ndarray[Any, np.dtype[np.float64]]

Link = Literal["logit", "probit", "cloglog"]
Errors = Literal["classical", "robust", "clustered"]


class TakeUpModel:
    """Probability that a unit that has the right claims it: logit, probit or complementary log-log by weighted maximum likelihood.

    It has the methods of a scikit-learn classifier (``fit``, ``predict``, ``predict_proba``, ``score``, ``get_params``, ``set_params``) and works in
    its pipelines. Covariates ``X`` are a data frame (pandas, polars), a :class:`labacces.Table`, a dict of arrays, or a matrix of shape (units,
    covariates); texts are categories: an indicator for each value but the first. The constant is added. Formulas: ``docs/methods/estimation.md``.

    Parameters
    ----------
    link : ``"logit"``, ``"probit"`` or ``"cloglog"``.
    errors : ``"robust"`` (survey weights), ``"clustered"`` or ``"classical"``; None is clustered when clusters are given, else robust.

    >>> import numpy as np, labacces as la
    >>> right = np.tile([50.0, 100.0, 200.0, 400.0], 50)
    >>> claims = np.tile([0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0, 1], 13)[:200]
    >>> model = la.TakeUpModel().fit({"log_right": np.log(right)}, claims)
    >>> bool(model.coef_[0, 0] > 0), model.predict_proba({"log_right": [5.0]}).shape
    (True, (1, 2))
    """

    def __init__(self, link: Link = "logit", errors: Errors | None = None) -> None:
        self.link = link
        self.errors: Errors | None = errors

    def fit(self, X: Any, y: Any, sample_weight: Any = None, clusters: Any = None) -> TakeUpModel:
        """Fits the model: ``y`` is 1 where the unit receives, shape (units,); ``sample_weight`` survey weights; ``clusters`` codes or texts.

        Raises Error, naming the culprit: columns of another length, values that are not finite, a constant covariate or one that is a
        combination of others, a covariate that separates takers from non-takers, too few of either.
        """
        import numpy as np

        columns, self._categories = covariates_of(X, None)
        codes, spread = cluster_codes(clusters, self.errors)
        weights = None if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
        self._fit = _core.fit_choice(list(columns.items()), np.asarray(y, dtype=np.float64), weights, codes, self.link, spread, 0)
        values = [row[1] for row in self._fit["coefficients"]]
        self.classes_ = np.array([0, 1])
        self.feature_names_in_ = np.array(list(columns), dtype=object)
        self.n_features_in_ = len(columns)
        self.intercept_ = np.array(values[:1])
        self.coef_ = np.array([values[1:]])
        return self

    def _index(self, X: Any) -> Doubles:
        if not hasattr(self, "coef_"):
            raise Error("error: the model is not fitted yet: call fit first")
        matrix = covariate_matrix(X, self._categories, [str(name) for name in self.feature_names_in_])
        index: Doubles = self.intercept_[0] + matrix @ self.coef_[0]
        return index

    def predict_proba(self, X: Any) -> Doubles:
        """Probabilities of not claiming and of claiming, shape (units, 2)."""
        import numpy as np

        claims = _core.probability_at(self.link, self._index(X))
        return np.column_stack([1.0 - claims, claims])

    def predict(self, X: Any) -> np.ndarray[Any, np.dtype[np.int64]]:
        """1 where claiming is the likelier, shape (units,)."""
        import numpy as np

        likelier: np.ndarray[Any, np.dtype[np.int64]] = (self.predict_proba(X)[:, 1] >= 0.5).astype(np.int64)
        return likelier

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """The weighted share of units predicted right."""
        import numpy as np

        return float(np.average(self.predict(X) == np.asarray(y), weights=sample_weight))

    @property
    def table(self) -> Table:
        """Coefficients with standard errors, tests, 95 % intervals, and mean marginal effects on the probability."""
        import numpy as np

        rows = self._fit["coefficients"]
        effects = {row[0]: row for row in self._fit["marginal_effects"]}
        names = ["coefficient", "se", "z", "p", "ci95_low", "ci95_high"]
        columns: dict[str, Any] = {"covariate": [row[0] for row in rows]}
        columns |= {name: np.array([row[i + 1] for row in rows]) for i, name in enumerate(names)}
        columns["effect"] = np.array([effects[row[0]][1] if row[0] in effects else np.nan for row in rows])
        columns["effect_se"] = np.array([effects[row[0]][2] if row[0] in effects else np.nan for row in rows])
        return Table(columns, caption=f"Take-up, {self.link}, {self._fit['units']} units, pseudo-R2 {self._fit['pseudo_r2']:.3f}, "
                                      f"AUC {self._fit['area_under_curve']:.3f}")

    @property
    def statistics(self) -> dict[str, float]:
        """Units, clusters, share that receives, log-likelihood, pseudo-R2, AIC, BIC, area under the curve."""
        return {name: value for name, value in self._fit.items() if isinstance(value, (int, float))}

    def block(self, *, amount: str | None = None, traits: Mapping[str, tuple[str, str] | str] | None = None, source: str = "") -> dict[str, Any]:
        """The model as a block of ``take_up`` for scenarios (logit and probit).

        ``amount`` names the covariate that is the logarithm of the right; ``traits`` say which variable of the law each other covariate is: a name, or
        (variable, item) for an indicator. A covariate "x=item" that is not named there is the item of variable x, another is the variable of its name.
        """
        if self.link == "cloglog":
            raise Error("error: scenarios know logit and probit, not cloglog")
        block: dict[str, Any] = {"model": self.link, "intercept": float(self.intercept_[0]), "source": source or f"fitted on {self._fit['units']} units"}
        given = dict(traits or {})
        listed: list[dict[str, Any]] = []
        for covariate, coefficient in zip([str(name) for name in self.feature_names_in_], self.coef_[0].tolist(), strict=True):
            if covariate == amount:
                block["amount"] = {"form": "log", "coefficient": coefficient}
                continue
            meant = given.get(covariate, tuple(covariate.split("=", 1)) if "=" in covariate else covariate)
            variable, *item = (meant,) if isinstance(meant, str) else meant
            listed.append({"variable": variable, **({"item": item[0]} if item else {}), "coefficient": coefficient})
        if amount is not None and "amount" not in block:
            raise Error(f"error: there is no covariate '{amount}'")
        return {**block, "traits": listed} if listed else block

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters of the constructor."""
        return {"link": self.link, "errors": self.errors}

    def set_params(self, **params: Any) -> TakeUpModel:
        """Sets parameters of the constructor."""
        for name, value in params.items():
            if name not in ("link", "errors"):
                raise Error(f"error: a take-up model has no parameter '{name}'; it has: link, errors")
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        if not hasattr(self, "_fit"):
            return f"TakeUpModel(link={self.link!r}, errors={self.errors!r})"
        return repr(self.table)

    def _repr_html_(self) -> str:
        return self.table._repr_html_() if hasattr(self, "_fit") else repr(self)


def cluster_codes(clusters: Any, errors: Errors | None) -> tuple[list[int] | None, str]:
    """A whole number for each cluster, and the errors that are meant."""
    import numpy as np

    spread = errors or ("robust" if clusters is None else "clustered")
    if spread == "clustered" and clusters is None:
        raise Error("error: clustered errors need clusters")
    return None if clusters is None else np.unique(np.asarray(clusters), return_inverse=True)[1].astype(np.uint64).tolist(), spread


def covariate_matrix(X: Any, categories: Mapping[str, list[str]], names: list[str]) -> Doubles:
    """The covariates of a fitted model, in its order, shape (units, covariates)."""
    import numpy as np

    columns, _ = covariates_of(X, categories)
    for name in names:
        if name not in columns:
            hint = _core.nearest(name, list(columns))
            raise Error(f"error: covariate '{name}' is missing" + (f" ({hint})" if hint else ""))
    matrix: Doubles = np.column_stack([columns[name] for name in names])
    return matrix


def covariates_of(X: Any, categories: Mapping[str, list[str]] | None) -> tuple[dict[str, Doubles], dict[str, list[str]]]:
    """Covariates by name, categories as indicators; and the values of each category, the reference first."""
    import numpy as np

    out: dict[str, Doubles] = {}
    seen: dict[str, list[str]] = {}
    for name, values in _named(X).items():
        kind, column = settled(name, values)
        if kind == "category":
            column = column.tolist()
        elif kind != "utf8":
            out[name] = np.asarray(column, dtype=np.float64)
            continue
        if any(value is None for value in column):
            raise Error(f"error: covariate '{name}' is missing in row {column.index(None)}")
        known = categories[name] if categories is not None and name in categories else sorted(set(column))
        strange = sorted(set(column) - set(known))
        if strange:
            raise Error(f"error: covariate '{name}': '{strange[0]}' was not among the values when the model was fitted: {', '.join(known)}")
        seen[name] = known
        for value in known[1:]:
            out[f"{name}={value}"] = np.array([1.0 if cell == value else 0.0 for cell in column])
    return out, seen


def _named(X: Any) -> dict[str, Any]:
    import numpy as np

    if hasattr(X, "columns") or hasattr(X, "items"):
        return columns_of(X)
    matrix = np.asarray(X, dtype=np.float64)
    if matrix.ndim != 2:
        raise Error(f"error: covariates of shape (units, covariates) were expected, found {matrix.shape}")
    return {f"x{i}": matrix[:, i] for i in range(matrix.shape[1])}

