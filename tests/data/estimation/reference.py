"""Writes sample.csv, misclassified.csv and reference.json: stored samples, and what statsmodels says of the first. Run by hand; the tests read the files."""

import json
from pathlib import Path

import numpy
import pandas
import statsmodels
import statsmodels.api as sm
from scipy.stats import norm

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


def misclassified() -> None:
    """Receipt seen with errors; its reference values are R's (reference.R)."""
    random = numpy.random.default_rng(7)
    x = (2 * random.normal(size=3000)).round(4)
    claims = random.uniform(size=3000) < norm.cdf(0.3 + 0.8 * x)
    u = random.uniform(size=3000)
    seen = numpy.where(claims, u >= 0.15, u < 0.05).astype(int)
    pandas.DataFrame({"x": x, "seen": seen}).to_csv(FOLDER / "misclassified.csv", index=False)


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
    misclassified()
    (FOLDER / "reference.json").write_text(json.dumps(reference, indent=1) + "\n")


if __name__ == "__main__":
    main()
