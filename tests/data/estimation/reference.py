"""Writes sample.csv and reference.json: a stored sample, and what statsmodels says of it. Run by hand; the tests read the two files."""

import json
from pathlib import Path

import numpy
import pandas
import statsmodels
import statsmodels.api as sm
from scipy.optimize import minimize
from scipy.stats import norm
from statsmodels.tools.numdiff import approx_hess

FOLDER = Path(__file__).parent
COVARIATES = ["log_right", "age", "hlm"]


def sample() -> pandas.DataFrame:
    random = numpy.random.default_rng(20261123)
    units = 600
    cluster = random.integers(0, 150, units)
    common = random.normal(0, 0.5, 150)[cluster]
    table = pandas.DataFrame(
        {
            "id": numpy.arange(units),
            "cluster": cluster,
            "weight": random.uniform(50, 250, units).round(2),
            "log_right": numpy.log(random.uniform(10, 600, units)).round(4),
            "age": random.integers(18, 66, units),
            "hlm": random.integers(0, 2, units),
        }
    )
    index = -2.2 + 0.5 * table.log_right + 0.01 * table.age + 0.4 * table.hlm + common
    table["receives"] = (random.uniform(size=units) < 1 / (1 + numpy.exp(-index))).astype(int)
    return table


def numbers(result, correction: float = 1.0) -> dict:
    covariance = numpy.asarray(result.cov_params()) * correction
    return {"coefficients": list(map(float, result.params)), "standard_errors": list(map(float, numpy.sqrt(numpy.diag(covariance)))), "log_likelihood": float(result.llf)}


def misclassified() -> dict:
    """Hausman, Abrevaya, Scott-Morton (1998) with a general optimiser; errors from a numerical Hessian in (b, a0, a1)."""
    random = numpy.random.default_rng(7)
    x = (2 * random.normal(size=3000)).round(4)
    claims = random.uniform(size=3000) < norm.cdf(0.3 + 0.8 * x)
    u = random.uniform(size=3000)
    seen = numpy.where(claims, u >= 0.15, u < 0.05).astype(int)
    pandas.DataFrame({"x": x, "seen": seen}).to_csv(FOLDER / "misclassified.csv", index=False)

    def minus_log_likelihood(p):
        chance = p[2] + (1 - p[2] - p[3]) * norm.cdf(p[0] + p[1] * x)
        return -numpy.sum(numpy.where(seen == 1, numpy.log(chance), numpy.log(1 - chance)))

    found = minimize(minus_log_likelihood, [0.2, 0.5, 0.03, 0.1], method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 20000})
    hessian = approx_hess(found.x, minus_log_likelihood)
    errors = numpy.sqrt(numpy.diag(numpy.linalg.inv(hessian)))
    return {"parameters": list(map(float, found.x)), "standard_errors": list(map(float, errors)), "log_likelihood": float(-found.fun)}


def main() -> None:
    table = sample()
    table.to_csv(FOLDER / "sample.csv", index=False)
    y = table.receives
    x = sm.add_constant(table[COVARIATES])
    units, clusters = len(table), table.cluster.nunique()
    links = {"logit": sm.families.links.Logit(), "probit": sm.families.links.Probit(), "cloglog": sm.families.links.CLogLog()}
    # The information matrices are the observed ones, as Newton's method has them.
    reference = {"by": f"statsmodels {statsmodels.__version__}", "covariates": COVARIATES}
    for name, link in links.items():
        plain = sm.GLM(y, x, family=sm.families.Binomial(link))
        weighted = sm.GLM(y, x, family=sm.families.Binomial(link), var_weights=table.weight)
        tight = {"method": "newton", "maxiter": 200, "tol": 1e-14}
        reference[name] = {
            "classical": numbers(plain.fit(**tight)),
            "robust": numbers(plain.fit(**tight, cov_type="HC0"), units / (units - 1)),
            "clustered": numbers(plain.fit(**tight, cov_type="cluster", cov_kwds={"groups": table.cluster, "use_correction": False}), clusters / (clusters - 1)),
            "weighted_robust": numbers(weighted.fit(**tight, cov_type="HC0"), units / (units - 1)),
        }
    logit = sm.Logit(y, x).fit(disp=0, tol=1e-12)
    effects = logit.get_margeff()
    reference["logit"]["marginal_effects"] = list(map(float, effects.margeff))
    reference["logit"]["marginal_effect_errors"] = list(map(float, effects.margeff_se))
    reference["logit"]["pseudo_r2"] = float(logit.prsquared)
    reference["misclassified"] = misclassified()
    (FOLDER / "reference.json").write_text(json.dumps(reference, indent=1) + "\n")


if __name__ == "__main__":
    main()
