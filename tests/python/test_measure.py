"""Measured take-up: what the command line reports, from scenarios and from units."""

import json
import subprocess

import numpy as np
import pandas as pd
import pytest

import labacces as la
from conftest import MONTH, ROOT
from test_run import PROGRAM


@pytest.fixture(scope="module")
def units() -> pd.DataFrame:
    frame = pd.read_csv(ROOT / "docs" / "cli" / "examples" / "units.csv")
    return pd.DataFrame({"rsa_right": frame["right"], "rsa_receipt": frame["right"] * frame["receives"], "weight": frame["weight"], "tenure": frame["tenure"],
                         "dwelling": frame["dwelling"]})


def test_units_in_memory_give_the_report_of_their_file(units, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    units.to_csv(tmp_path / "units.csv", index=False)
    subprocess.run([PROGRAM, "takeup", "report", "units.csv", "--benefits", "rsa", "--weight", "weight", "--cluster", "dwelling", "--groups", "tenure", "--output", "out"],
                   cwd=tmp_path, check=True, capture_output=True)
    asked = {"weight": "weight", "cluster": "dwelling", "groups": ["tenure"]}
    report = la.measure_units("units.csv", ["rsa"], **asked)
    told = json.loads((tmp_path / "out" / "report.json").read_text())
    assert report.to_dict() == told
    in_memory = la.measure_units(units, ["rsa"], **asked)
    mine, theirs = (one.table("non_take_up", benefit="rsa", by="tenure")["value"] for one in (in_memory, report))
    assert np.array_equal(mine, theirs, equal_nan=True)
    report.save(tmp_path / "mine")
    assert (tmp_path / "mine" / "figures.csv").read_text().splitlines()[0] == (tmp_path / "out" / "figures.csv").read_text().splitlines()[0]
    assert "rsa" in repr(report) and "<pre>" in report._repr_html_()


def test_a_scenario_is_measured_as_by_the_command_line(base, tmp_path):
    asked = ["--population", "builtin:bretagne?households=400&seed=1", "--period", MONTH, "--replications", "3", "--rate-error", "rsa=0.02", "--parameter-draws", "4"]
    subprocess.run([PROGRAM, "takeup", "report", *asked, "--output", "out"], cwd=tmp_path, check=True, capture_output=True)
    report = la.measure_take_up(la.Population.builtin(households=400), la.Scenario.base(), period=MONTH, replications=3, rate_errors={"rsa": 0.02}, parameter_draws=4)
    assert report.to_dict() == json.loads((tmp_path / "out" / "report.json").read_text())
    assert (report.table("non_take_up", benefit="rsa", by="all")["se"] >= 0).all()
