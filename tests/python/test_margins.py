"""Populations against margins, carried to another year, and the columns that results need: what the command line does, in memory."""

import json
import shutil
import subprocess

import numpy as np
import pytest

import labacces as la
from conftest import MONTH, ROOT, message
from test_run import PROGRAM

EXAMPLES = ROOT / "docs" / "cli" / "examples"


@pytest.fixture(scope="module")
def survey() -> la.Population:
    return la.Population.from_csv(EXAMPLES / "survey.csv")


def test_calibrated_weights_are_those_of_the_command_line(survey, tmp_path):
    for name in ("survey.csv", "margins.json"):
        shutil.copy(EXAMPLES / name, tmp_path)
    subprocess.run([PROGRAM, "population", "calibrate", "survey.csv", "--margins", "margins.json", "--period", MONTH, "--output", "out"], cwd=tmp_path, check=True, capture_output=True)
    found = survey.calibrate(EXAMPLES / "margins.json", MONTH)
    written = [float(line.split(",")[1]) for line in (tmp_path / "out" / "weights.csv").read_text().splitlines()[1:]]
    assert found.weights.tolist() == written == found.population.weights.tolist()
    told = json.loads((tmp_path / "out" / "margins.json").read_text())
    assert found.to_dict()["figures"] == told["figures"] and found.calibrated
    assert found.table["use"].count("held out") == 3 and "Dwellings by" in repr(found)
    again = found.population.margins(EXAMPLES / "margins.json", MONTH)
    assert not again.calibrated and again.population is found.population
    errors = np.array([abs(row["error_before_percent"]) for row in again.to_dict()["figures"] if row["use"] == "calibrated"])
    assert errors.max() < 1e-6
    assert la.run(found.population, period=MONTH).benefits


def test_wrong_margins_and_methods_are_told(survey, tmp_path):
    assert "did you mean 'raking'?" in message(lambda: survey.calibrate(EXAMPLES / "margins.json", MONTH, method="rakin"))
    assert "no such file" in message(lambda: survey.margins(tmp_path / "nothing.json", MONTH))
    (tmp_path / "bad.json").write_text('{"name": "x", "source": "y", "date": "2025-01-01", "margins": [{"name": "a", "by": {"departemen": ["d22"]}, "total": [1]}]}')
    assert "did you mean 'departement'?" in message(lambda: survey.margins(tmp_path / "bad.json", MONTH))


def test_a_population_carried_to_another_year_is_the_one_of_the_command_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(EXAMPLES / "survey_2021.csv", tmp_path)
    subprocess.run([PROGRAM, "population", "uprate", "survey_2021.csv", "--to", "2025", "--output", "out"], cwd=tmp_path, check=True, capture_output=True)
    mine = la.Population.from_csv("survey_2021.csv").uprate(2025)
    mine.to_csv(tmp_path / "mine")
    for path in (tmp_path / "out").iterdir():
        assert (tmp_path / "mine" / path.name).read_bytes() == path.read_bytes()
    assert "expected" in message(lambda: la.Population.from_csv(EXAMPLES / "survey.csv").uprate(2025))


def test_the_columns_that_results_need_are_those_of_the_template(tmp_path):
    needed = la.Population.template(["rsa", "ppa"], MONTH, given=["salaire_net"])
    assert needed["variable"][needed["needed"].tolist().index(True)] == "date_naissance"
    row = next(row for row in needed.rows() if row["variable"] == "salaire_net")
    assert row["measure"] == "EUR/month" and row["first"] < MONTH and "rsa" in row["read_by"]
    subprocess.run([PROGRAM, "population", "template", "--outputs", "rsa,ppa", "--given", "salaire_net", "--period", MONTH, "--output", "t.json"], cwd=tmp_path, check=True, capture_output=True)
    told = json.loads((tmp_path / "t.json").read_text())["variables"]
    assert {(one["variable"], one["needed"]) for one in told} == set(zip(needed["variable"], needed["needed"].tolist()))
    assert "did you mean 'rsa'?" in message(lambda: la.Population.template("rsaa"))
