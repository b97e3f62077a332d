"""`labacces takeup report`: files that it writes, invariances, small cells, receipt observed in a population."""

import csv
import json
import random
import re
from pathlib import Path

import pytest

from program import ROOT, labacces

UNITS = ROOT / "docs" / "cli" / "examples" / "receipt.csv"
OPTIONS = ("--benefits", "rsa,ppa", "--weight", "weight", "--stratum", "stratum", "--cluster", "cluster", "--groups", "tenure,age:30/50")
SCENARIO = ("takeup", "report", "--period", "2025-06", "--population", "builtin:bretagne?households=400", "--living", "none", "--replications", "3",
            "--rate-error", "rsa=0.05", "--parameter-draws", "5", "--income-error", "0.1", "--income-draws", "2")


def report(folder: Path, *arguments: str) -> dict:
    done = labacces(*arguments, "--output", "out", folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "out" / "report.json").read_text(encoding="utf-8"))


def table(found: dict, name: str, benefit: str) -> dict:
    return next(one for one in found["tables"] if (one["table"], one["benefit"]) == (name, benefit))["groups"]


def test_it_writes_every_table_in_four_forms_and_every_figure_with_its_error(tmp_path):
    found = report(tmp_path, "takeup", "report", str(UNITS), *OPTIONS)
    assert found["format"] == "labacces-take-up/1" and found["receipt"] == "observed"
    names = {path.name for path in (tmp_path / "out" / "tables").iterdir()}
    for name in ("non_take_up_rsa", "non_take_up_rsa_groups", "right_by_receipt_ppa", "joint", "joint_pairs"):
        assert {f"{name}.{ending}" for ending in ("txt", "csv", "tex", "html")} <= names
    rate = table(found, "non_take_up", "rsa")["all"]["all"]["rate_heads"]
    assert rate["se"] > 0 and rate["ci95"][0] < rate["value"] < rate["ci95"][1]
    rows = list(csv.DictReader((tmp_path / "out" / "figures.csv").open(encoding="utf-8")))
    assert all(row["se"] for row in rows if row["value"])
    for path in (tmp_path / "out" / "tables").glob("*.txt"):
        assert max(map(len, path.read_text(encoding="utf-8").splitlines())) <= 80, path.name


def test_rows_in_another_order_give_the_same_bytes(tmp_path):
    lines = UNITS.read_text(encoding="utf-8").splitlines()
    rows = lines[1:]
    random.Random(1).shuffle(rows)
    (tmp_path / "units.csv").write_text("\n".join([lines[0], *rows]) + "\n", encoding="utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "units.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    report(tmp_path, "takeup", "report", "units.csv", *OPTIONS)
    report(tmp_path / "a", "takeup", "report", "units.csv", *OPTIONS)
    assert (tmp_path / "out" / "report.json").read_bytes() == (tmp_path / "a" / "out" / "report.json").read_bytes()


def test_any_number_of_threads_gives_the_same_bytes(tmp_path):
    for threads in ("1", "3"):
        (tmp_path / threads).mkdir()
        report(tmp_path / threads, *SCENARIO, "--threads", threads)
    assert (tmp_path / "1" / "out" / "report.json").read_bytes() == (tmp_path / "3" / "out" / "report.json").read_bytes()


def test_small_cells_are_hidden_everywhere(tmp_path):
    found = report(tmp_path, "takeup", "report", str(UNITS), *OPTIONS)
    bands = table(found, "non_take_up", "rsa")["amount"]
    assert sum(cell == {"suppressed": True} for cell in bands.values()) >= 2
    assert all(cell == {"suppressed": True} or cell["sampled_units"] >= 11 for groups in (one["groups"] for one in found["tables"])
               for group in groups.values() for cell in group.values())
    rows = csv.DictReader((tmp_path / "out" / "figures.csv").open(encoding="utf-8"))
    assert all(not row["value"] for row in rows if row["status"] == "suppressed")
    text = (tmp_path / "out" / "tables" / "non_take_up_rsa_groups.txt").read_text(encoding="utf-8")
    assert re.search(r"50-100 +hidden", text)


def test_crossings_that_rest_on_few_units_are_hidden_together(tmp_path):
    lines = ["b_right,b_receipt"] + ["100,100"] * 30 + ["100,0"] * 20 + ["0,50"] * 5 + ["0,0"] * 40
    (tmp_path / "units.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    crossing = table(report(tmp_path, "takeup", "report", "units.csv", "--benefits", "b"), "right_by_receipt", "b")["all"]["all"]
    assert crossing["units"]["value"] == 95
    assert all(crossing[name] == {"suppressed": True} for name in ("right_and_receipt", "beta_error", "leakage", "non_take_up"))


def test_small_cells_are_shown_where_that_is_asked_and_the_report_says_so(tmp_path):
    found = report(tmp_path, "takeup", "report", str(UNITS), *OPTIONS, "--no-suppression")
    assert found["no_suppression"] is True and "suppressed" not in json.dumps(found["tables"])


@pytest.fixture
def observed(tmp_path):
    """Sixty single persons who live from wages; a third of those with the right to RSA receives it, twelve without it too."""
    (tmp_path / "recu.law").write_text('input rsa_recu of famille monthly : EUR/month "RSA perçu" default 0\n', encoding="utf-8")
    (tmp_path / "scenario.json").write_text(json.dumps({"extends": "builtin:base", "benefits": ["rsa"], "take_up": {"rsa": {"rate": 0.5}}, "groups": []}), encoding="utf-8")
    people = ["id,idmen,quimen,idfam,quifam,idfoy,quifoy,wprm,date_naissance,salaire_net,rsa_recu"]
    design = ["idmen,stratum,cluster"]
    for i in range(60):
        wage, received = (0, 500 if i % 3 == 0 else 0) if i < 36 else (2500, 400 if i < 48 else 0)
        people.append(f"{i},{i},0,{i},0,{i},0,10,1980-01-01,{wage},{received}")
        design.append(f"{i},{'north' if i % 2 else 'south'},{i % 2}-{i // 6}")
    (tmp_path / "people.csv").write_text("\n".join(people) + "\n", encoding="utf-8")
    (tmp_path / "design.csv").write_text("\n".join(design) + "\n", encoding="utf-8")
    return tmp_path


OBSERVED = ("takeup", "report", "scenario.json", "--population", "people.csv", "--period", "2025-06", "--add-law", "recu.law", "--receipt", "rsa=rsa_recu", "--living", "none")


def test_receipt_of_a_population_is_crossed_with_the_right(observed):
    found = report(observed, *OBSERVED)
    assert found["receipt"] == "observed"
    assert table(found, "non_take_up", "rsa")["all"]["all"]["rate_heads"]["value"] == pytest.approx(2 / 3)
    crossing = table(found, "right_by_receipt", "rsa")["all"]["all"]
    assert crossing["units"]["value"] == 600
    assert crossing["beta_error"]["value"] == pytest.approx(12 / 24) and crossing["leakage"]["value"] == pytest.approx(12 / 24)


def test_a_survey_design_beside_the_population_gives_the_errors(observed):
    plain = report(observed, *OBSERVED)
    designed = report(observed, *OBSERVED, "--design", "design.csv", "--stratum", "stratum", "--cluster", "cluster")
    rates = [table(found, "non_take_up", "rsa")["all"]["all"]["rate_heads"] for found in (plain, designed)]
    assert rates[0]["value"] == rates[1]["value"] and rates[0]["se"] != rates[1]["se"]
    assert "within strata" in designed["errors"]["sample"]
    rows = (observed / "design.csv").read_text(encoding="utf-8").splitlines()
    (observed / "short.csv").write_text("\n".join(rows[:-1]) + "\n", encoding="utf-8")
    (observed / "more.csv").write_text("\n".join([*rows, "77,north,a"]) + "\n", encoding="utf-8")
    for name, message in (("short.csv", "dwelling '59' of the population is missing"), ("more.csv", "more.csv:62:1: error: the population has no dwelling '77'")):
        done = labacces(*OBSERVED, "--design", name, "--stratum", "stratum", folder=observed)
        assert done.returncode == 2 and message in done.stderr, done.stderr


def test_the_covariance_of_a_fit_is_in_the_part_of_the_parameters(tmp_path):
    fitted = labacces("takeup", "fit", ROOT / "docs/cli/examples/units.csv", "--receipt", "receives", "--covariates", "log(right)", "--output", "fit", folder=tmp_path)
    assert fitted.returncode == 0, fitted.stderr
    constant, slope = (one["value"] for one in json.loads((tmp_path / "fit/fit.json").read_text(encoding="utf-8"))["coefficients"])
    take_up = {"rsa": {"model": "logit", "intercept": constant, "amount": {"form": "log", "coefficient": slope}}}
    (tmp_path / "scenario.json").write_text(json.dumps({"extends": "builtin:base", "take_up": take_up}), encoding="utf-8")
    arguments = ("takeup", "report", "scenario.json", "--population", "builtin:bretagne?households=400", "--period", "2025-06", "--living", "none", "--replications", "5",
                 "--fit", "rsa=fit/fit.json", "--parameter-draws", "20")
    variance = table(report(tmp_path, *arguments), "non_take_up", "rsa")["all"]["all"]["rate_heads"]["variance"]
    assert min(variance["draws"], variance["parameters"]) > 0
    (tmp_path / "scenario.json").write_text(json.dumps({"extends": "builtin:base"}), encoding="utf-8")
    refused = labacces(*arguments, folder=tmp_path)
    assert refused.returncode == 2 and "give its rate an error instead" in refused.stderr


@pytest.mark.parametrize("text", ["", "\n", "b_right,b_receipt\n", "b_right,b_receipt\n1\n", "b_right,b_receipt\n0,0\n", "b_right,b_receipt\n5,0\n", "b_right,b_receipt\n1e308,0\n1e308,0\n",
                                  "b_right,b_receipt\nnan,0\n", "b_right@x,b_receipt\n1,1\n", "b_right@2024-01,b_right@2024-02,b_receipt@2024-01,b_receipt@2024-02\n1,1,0,1\n0,2,0,0\n",
                                  "b_right,b_receipt\n\x00,1\n", 'b_right,"b_receipt\n1,1\n', "b_right,b_right,b_receipt\n1,2,3\n"])
def test_whatever_the_bytes_the_program_answers_or_refuses(tmp_path, text):
    (tmp_path / "units.csv").write_text(text, encoding="utf-8")
    done = labacces("takeup", "report", "units.csv", "--benefits", "b", "--output", "out", folder=tmp_path)
    assert done.returncode in (0, 2), done.stderr
    assert done.returncode == 0 or len(done.stderr.strip().splitlines()) <= 3
    if done.returncode == 0:
        json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
