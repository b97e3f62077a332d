"""`labacces takeup calibrate`: targets met, files written, what comes of the calibrated scenario, what is refused."""

import json
from pathlib import Path

import jsonschema
import pytest

from program import ROOT, files_in, labacces

PEOPLE = "builtin:bretagne?households=1500&weights=uniform"  # so that a rate can be met to the unit
SCENARIO = {"extends": "builtin:base", "benefits": ["aide_logement", "rsa"], "period": "2025-06", "population": PEOPLE, "income": False,
            "take_up": {"rsa": {"model": "logit", "intercept": 0, "amount": {"form": "log", "coefficient": 0.3}, "source": "assumption: for the test"}}}
ALL = {"benefit": "rsa", "non_take_up": 0.34, "source": "invented"}


def calibrate(folder: Path, targets: list | dict, scenario: dict | None = None, *more: str):
    (folder / "scenario.json").write_text(json.dumps(scenario or SCENARIO), encoding="utf-8")
    (folder / "targets.json").write_text(json.dumps(targets if isinstance(targets, dict) else {"draws": 4, "targets": targets}), encoding="utf-8")
    return labacces("takeup", "calibrate", "scenario.json", "--targets", "targets.json", *more, folder=folder)


def found(folder: Path, targets: list | dict, scenario: dict | None = None, *more: str) -> dict:
    done = calibrate(folder, targets, scenario, "--output", "out", *more)
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "out" / "calibration.json").read_text(encoding="utf-8"))


def test_it_writes_a_scenario_that_runs_and_gives_what_was_asked(tmp_path):
    targets = {"name": "Invented", "match": "realised", "targets": [ALL, {"benefit": "aide_logement", "take_up": 0.8}]}
    calibration = found(tmp_path, targets)
    assert files_in(tmp_path / "out") >= {"scenario.json", "calibration.json", "tables/targets.csv", "tables/targets.tex", "tables/effective.html", "tables/parameters.txt"}
    for path in (tmp_path / "out" / "tables").glob("*.txt"):
        assert max(map(len, path.read_text(encoding="utf-8").splitlines())) <= 80, path.name
    scenario = json.loads((tmp_path / "out" / "scenario.json").read_text(encoding="utf-8"))
    jsonschema.validate(scenario, json.loads((ROOT / "scenarios" / "schema.json").read_text(encoding="utf-8")))
    rsa = scenario["take_up"]["rsa"]
    assert rsa["source"] == "assumption: for the test" and rsa["calibrated_to"] == "Invented: non_take_up 0.34 (all)"
    assert rsa["amount"] == {"form": "log", "coefficient": 0.3}
    ran = labacces("run", "out/scenario.json", "--output", "run", folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    results = json.loads((tmp_path / "run" / "results.json").read_text(encoding="utf-8"))["benefits"]
    units = {row["benefit"]: row["sampled_units"] for row in calibration["targets"]}
    for name, rate in (("rsa", 0.34), ("aide_logement", 0.2)):
        month = results[name]["groups"]["all"]["all"]["month"]
        assert month["non_take_up_rate_heads"]["value"] == pytest.approx(rate, abs=0.51 / units[name])  # to the unit
        assert 1 - month["non_take_up_rate_heads"]["value"] == pytest.approx(calibration["effective"][name]["realised"], abs=1e-12)


def test_heads_and_euros_by_cell_are_met_and_held_out_targets_only_compared(tmp_path):
    targets = [
        {"benefit": "rsa", "cell": {"variable": "departement", "item": item}, "take_up": rate} for item, rate in (("d22", 0.7), ("d29", 0.6), ("d35", 0.65))
    ] + [{"benefit": "rsa", "take_up": 0.66, "mean_unclaimed": 450}, {"benefit": "rsa", "cell": {"variable": "rsa", "from": 0, "to": 200}, "non_take_up": 0.9, "held_out": True},
         {"benefit": "rsa", "cell": [{"receives": "aide_logement"}, {"variable": "departement", "item": "d56"}], "non_take_up": 0.2, "held_out": True}]
    calibration = found(tmp_path, targets)
    for row in calibration["targets"]:
        assert row["held_out"] or row["after"]["se"] > 0
    parameters = {row["parameter"]: row["after"] for row in calibration["parameters"]}
    assert set(parameters) == {"trait departement=d22", "trait departement=d29", "trait departement=d35", "intercept", "amount"}
    again = found(tmp_path, targets)
    assert again == calibration
    # Expected shares hold to six decimals of the parameters; the mean of four draws comes near.
    effective = calibration["effective"]["rsa"]
    assert effective["expected"] == pytest.approx(0.66, abs=5e-5) and effective["drawn"]["value"] == pytest.approx(0.66, abs=0.05)
    assert sum(row["held_out"] for row in calibration["targets"]) == 2


def test_the_calibrated_scenario_calibrates_to_itself_on_any_number_of_threads(tmp_path):
    targets = [{"benefit": "rsa", "window": "quarter", "non_take_up": 0.34}, {"benefit": "rsa", "window": "durable", "non_take_up": 0.2}]
    found(tmp_path, targets, None, "--threads", "1")
    first = json.loads((tmp_path / "out" / "scenario.json").read_text(encoding="utf-8"))
    assert 0 < first["take_up"]["rsa"]["persistence"] < 1
    found(tmp_path, targets, first, "--threads", "3")
    assert json.loads((tmp_path / "out" / "scenario.json").read_text(encoding="utf-8")) == first


def test_rates_are_looked_at_under_other_weights(tmp_path):
    rows = ["idmen,w1,w2"] + [f"{i},{1 + i % 3},{2 if i % 2 else 0.5}" for i in range(1, 1501)]
    (tmp_path / "weights.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    calibration = found(tmp_path, [ALL], None, "--weights", "weights.csv")
    other = calibration["effective"]["rsa"]["other_weights"]
    assert other["sets"] == 2 and 0.5 < other["low"] < other["high"] < 0.8


def test_relative_paths_of_the_scenario_are_kept(tmp_path):
    (tmp_path / "base.json").write_text(json.dumps(SCENARIO), encoding="utf-8")
    found(tmp_path, [ALL], {"$schema": "schema.json", "extends": "base.json", "name": "Mine"})
    scenario = json.loads((tmp_path / "out" / "scenario.json").read_text(encoding="utf-8"))
    assert scenario["$schema"] == "../schema.json" and scenario["extends"] == "../base.json"
    assert labacces("run", "out/scenario.json", folder=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("targets", "words"),
    [
        ([{"benefit": "rsaa", "non_take_up": 0.3}], "targets.json: targets/0/benefit: error: 'rsaa' is not among the benefits of the scenario (did you mean 'rsa'?)"),
        ([ALL, ALL], "targets.json: targets/1: error: the same figure stands in targets/0"),
        ([ALL, {"benefit": "rsa", "takers": 10}], "targets.json: targets/1: error: it sets the same parameter as targets/0"),
        ([{"benefit": "rsa", "takers": -3}], "targets.json: targets/0/takers: error: a number from 0 on was expected, found -3"),
        ([{"benefit": "rsa", "non_take_up": 1.34}], "targets.json: targets/0/non_take_up: error: a probability lies between 0 and 1, found 1.34"),
        ([{"benefit": "rsa", "non_takeup": 0.3}], "did you mean 'non_take_up'?"),
        ([{"benefit": "rsa"}], "targets.json: targets/0: error: a value is missing"),
        ([{**ALL, "cell": {"variable": "departemnt", "item": "d29"}}], "targets/0/cell/variable: error: the law has no variable 'departemnt' (did you mean 'departement'?)"),
        ([{**ALL, "cell": {"variable": "departement", "item": "d28"}}], "targets/0/cell: error: 'departement' has no item 'd28'"),
        ([{**ALL, "cell": {"variable": "rsa", "from": 5000}, "sets": "intercept"}], "nobody in the population has the right there"),
        ([{**ALL, "cell": {"variable": "rsa", "from": 0, "to": 100}}], "targets/0/sets: error: this cell does not say which parameter"),
        ([{"benefit": "rsa", "takers": 10000000}], "targets/0 (rsa, all): takers: 10 000 000: more than have the right ("),
        ([{"benefit": "rsa", "euros": 1e12}], "more than all rights together ("),
        ([{"benefit": "rsa", "take_up": 0.5, "euros": 100}], "does not go with the"),
        ([{"benefit": "aide_logement", "euros": 30000000}], "give the benefit a logit, a probit or a threshold"),
        ([{"benefit": "rsa", "window": "durable", "non_take_up": 0.6}, {**ALL, "window": "quarter"}], "no persistence reaches it"),
        ([{**ALL, "cell": {"receives": "rsa"}}], "a cell of 'rsa' cannot be whether it is received"),
        ([{"benefit": "aide_logement", "cell": {"receives": "rsa"}, "non_take_up": 0.1}], "'rsa' stands after 'aide_logement' under benefits"),
        ([{**ALL, "held_out": True, "sets": "intercept"}], "a target that is held out sets nothing"),
        ({"targets": []}, "targets.json: targets: error: a list of one target at least was expected"),
        ({"targets": [ALL], "draws": 0}, "targets.json: draws: error: a whole number from 1 to 1000 was expected"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_one_message_that_names_the_culprit(targets, words, tmp_path):
    done = calibrate(tmp_path, targets, None, "--output", "out")
    assert done.returncode == 2 and words in done.stderr, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and not (tmp_path / "out").exists()


def test_a_right_in_kind_has_no_euros(tmp_path):
    scenario = {"extends": "builtin:base", "benefits": ["cmu_c"], "population": PEOPLE, "take_up": {"cmu_c": {"rate": 0.7}}}
    done = calibrate(tmp_path, [{"benefit": "cmu_c", "euros": 5}], scenario)
    assert done.returncode == 2 and "targets/0: error: 'cmu_c' is a right in kind and has no euros" in done.stderr


def test_the_law_must_be_known_long_enough_for_the_window(tmp_path):
    scenario = {"extends": "builtin:base", "benefits": ["css_payante"], "period": "2019-12", "population": PEOPLE, "take_up": {"css_payante": {"rate": 0.3}}}
    done = calibrate(tmp_path, [{"benefit": "css_payante", "window": "quarter", "non_take_up": 0.67}], scenario)
    assert done.returncode == 2 and "targets/0/window: error: the law is known for 2 months up to the period; 3 are needed" in done.stderr


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios" / "take_up_targets").glob("*.json")), ids=lambda path: path.stem)
def test_targets_files_fit_their_schema(path):
    if path.name != "schema.json":
        jsonschema.validate(json.loads(path.read_text(encoding="utf-8")), json.loads((path.parent / "schema.json").read_text(encoding="utf-8")))
