"""Behaviours set to targets, two benefits at once, and populations checked: what the command line gives."""

import json
import subprocess

import numpy as np
import pandas as pd
import pytest

import labacces as la
from conftest import MONTH, ROOT, message
from test_run import PROGRAM

PEOPLE = "builtin:bretagne?households=600&seed=1"
TARGETS = {"name": "Invented", "draws": 4, "targets": [
    {"benefit": "rsa", "non_take_up": 0.4, "source": "invented"}, {"benefit": "ppa", "take_up": 0.7, "source": "invented"},
    {"benefit": "rsa", "cell": {"variable": "departement", "item": "d29"}, "non_take_up": 0.3, "source": "invented", "held_out": True}]}


@pytest.fixture(scope="module")
def pop() -> la.Population:
    return la.Population.builtin(households=600, seed=1)


def test_targets_are_met_as_the_command_line_meets_them(tmp_path, pop, base):
    (tmp_path / "targets.json").write_text(json.dumps(TARGETS), encoding="utf-8")
    subprocess.run([PROGRAM, "takeup", "calibrate", "--targets", "targets.json", "--population", PEOPLE, "--period", MONTH, "--output", "out"],
                   cwd=tmp_path, check=True, capture_output=True)
    wanted = json.loads((tmp_path / "out" / "calibration.json").read_text(encoding="utf-8"))
    scenario, report = base.calibrate(pop, tmp_path / "targets.json")
    wanted.pop("targets_file", None), report.pop("targets_file", None)
    assert report["targets"] == wanted["targets"] and report["parameters"] == wanted["parameters"] and report["effective"] == wanted["effective"]
    assert scenario.take_up["rsa"]["rate"] == pytest.approx(report["parameters"][0]["after"])
    assert scenario.take_up["rsa"]["calibrated_to"].startswith("Invented") and scenario.take_up["aide_logement"] == base.take_up["aide_logement"]
    results = subprocess.run([PROGRAM, "run", "out/scenario.json", "--output", "run"], cwd=tmp_path, check=True, capture_output=True)
    assert results.returncode == 0
    told = json.loads((tmp_path / "run" / "results.json").read_text(encoding="utf-8"))["benefits"]
    assert la.run(pop, scenario).to_dict()["benefits"] == told


def test_the_calibrated_scenario_keeps_its_reform_and_its_targets_may_be_a_dict(pop, base):
    reformed = base.reform({"rsa.montant_de_base": {"2025-01-01": 700}}, name="RSA à 700 €")
    scenario, report = reformed.calibrate(pop, TARGETS)
    assert scenario.name == "RSA à 700 €" and scenario.law is reformed.law
    assert report["effective"]["rsa"]["expected"] == pytest.approx(0.6, abs=1e-5)
    assert report != base.calibrate(pop, TARGETS)[1]


def test_other_weights_are_looked_at(pop, base):
    weights = {"idmen": pop.ids("menage"), "w1": pop.weights, "w2": pop.weights * np.linspace(0.5, 2.0, len(pop.weights))}
    other = base.calibrate(pop, TARGETS, weights=weights)[1]["effective"]["rsa"]["other_weights"]
    assert other["sets"] == 2 and 0 < other["low"] < other["high"] < 1


def test_wrong_targets_are_told_with_their_path(tmp_path, pop, base):
    assert "no such file" in message(lambda: base.calibrate(pop, tmp_path / "none.json")).lower()
    text = message(lambda: base.calibrate(pop, {"targets": [{"benefit": "rsaa", "non_take_up": 0.4, "source": "x"}]}))
    assert text.startswith("targets: targets/0") and "did you mean 'rsa'?" in text
    assert "targets/0" in message(lambda: base.calibrate(pop, {"targets": [{"benefit": "rsa", "non_take_up": 1.4, "source": "x"}]}))


TWO = pd.read_csv(ROOT / "docs" / "cli" / "examples" / "two_benefits.csv")
TWO = TWO[(TWO["rsa_right"] > 0) & (TWO["ppa_right"] > 0)].reset_index(drop=True)


def both(errors=None) -> la.BivariateProbit:
    return la.BivariateProbit(errors).fit(TWO[["age", "tenure"]], TWO["rsa"], TWO["ppa"], sample_weight=TWO["weight"], clusters=TWO["dwelling"])


def test_two_benefits_at_once_are_the_fit_of_the_command_line(tmp_path):
    subprocess.run([PROGRAM, "takeup", "fit", ROOT / "docs/cli/examples/two_benefits.csv", "--model", "biprobit", "--receipt", "rsa", "--receipt2", "ppa",
                    "--covariates", "age,tenure", "--covariates2", "age,tenure", "--right", "rsa_right", "--right2", "ppa_right", "--weight", "weight",
                    "--cluster", "dwelling", "--output", "fit"], cwd=tmp_path, check=True, capture_output=True)
    told = json.loads((tmp_path / "fit" / "fit.json").read_text(encoding="utf-8"))
    model = both()
    assert list(model.feature_names_in_) == ["age", "tenure=owner", "tenure=private"]
    assert model.rho_ == told["correlation"]["value"] and model.statistics["log_likelihood"] == told["log_likelihood"]
    assert model.coef_[1].tolist() == [row["value"] for row in told["second"]][1:]
    assert model.joint["rate"].tolist() == [outcome["fitted"]["value"] for outcome in told["joint"]]
    assert model.table["ci95_low"][-1] == told["correlation"]["ci95"][0]


def test_each_equation_may_have_its_own_covariates():
    first, second = TWO.assign(amount=np.log(TWO["rsa_right"]))[["amount", "age"]], TWO.assign(amount=np.log(TWO["ppa_right"]))[["amount"]]
    model = la.BivariateProbit().fit(first, TWO["rsa"], TWO["ppa"], sample_weight=TWO["weight"], X2=second)
    assert [len(values) for values in model.coef_] == [2, 1] and [list(names) for names in model.feature_names_in_] == [["amount", "age"], ["amount"]]
    assert np.average(model.predict_proba(first, second), axis=0, weights=TWO["weight"]) == pytest.approx(model.joint["rate"], abs=1e-10)
    assert "covariate 'age' is missing" in message(lambda: model.predict_proba(second, second))


def test_probabilities_of_the_four_outcomes_average_to_the_fitted_rates():
    model = both()
    proba = model.predict_proba(TWO[["tenure", "age"]])  # by name, whatever the order
    assert proba.shape == (len(TWO), 4) and proba.sum(axis=1) == pytest.approx(1.0)
    assert np.average(proba, axis=0, weights=TWO["weight"]) == pytest.approx(model.joint["rate"], abs=1e-10)


def test_what_no_two_probits_fit_is_told():
    X, y = TWO[["age", "tenure"]], TWO["rsa"]
    assert "not fitted yet" in message(lambda: la.BivariateProbit().predict_proba(X))
    assert "clustered errors need clusters" in message(lambda: la.BivariateProbit("clustered").fit(X, y, TWO["ppa"]))
    assert "age" in message(lambda: la.BivariateProbit().fit(X.assign(age=1.0), y, TWO["ppa"]))
    message(lambda: la.BivariateProbit().fit(X, y, y))  # the correlation goes to 1
    assert "no parameter 'link'" in message(lambda: la.BivariateProbit().set_params(link="probit"))


PERSONS = {
    "id": [5, 2, 9], "idmen": [1, 1, 2], "quimen": [0, 1, 0], "idfam": [1, 1, 2], "quifam": [0, 1, 0], "idfoy": [1, 1, 2], "quifoy": [0, 1, 0],
    "date_naissance": ["1980-01-01", "1982-02-02", "1890-03-03"], "salaire_net": [1000.0, -5.0, 1500.0],
}


def test_a_check_finds_what_the_command_line_finds(tmp_path):
    people = la.Population.from_columns(PERSONS)
    pd.DataFrame(PERSONS).to_csv(tmp_path / "people.csv", index=False)
    done = subprocess.run([PROGRAM, "population", "check", "people.csv", "--period", MONTH, "--outputs", "rsa", "--json"], cwd=tmp_path, capture_output=True, text=True)
    told = json.loads(done.stdout)["findings"]
    found = people.check(MONTH, "rsa")
    assert len(told) > 2 and found["kind"] == [one["kind"] for one in told] and found["level"] == [one["level"] for one in told]
    assert found["count"].tolist() == [one.get("count", 0) for one in told]
    assert found["first"] == [", ".join(unit["id"] for unit in one["first"]) for one in told]
    assert found["rows"] == [", ".join(str(unit["row"] - 1) for unit in one["first"]) for one in told]
    assert people.check(MONTH).columns == found.columns and len(people.check(MONTH)) < len(found)


def test_a_check_of_replicates_and_of_unknown_outputs():
    people = la.Population.from_columns({**PERSONS, "wprm": [10.0, 10.0, 20.0]})
    assert len(people.check(MONTH, replicates=[[10.0, 500.0], [20.0, 900.0]])) > len(people.check(MONTH))
    assert message(lambda: people.check(MONTH, replicates=[[1.0]])) == "error: replicates of shape (2, replicates) were expected, found (1, 1)"
    assert "did you mean 'rsa'?" in message(lambda: people.check(MONTH, "rsaa"))


def test_a_built_in_population_has_no_error(pop):
    assert "error" not in pop.check(MONTH)["level"]
