"""The ready scenarios: each fits the schema, is described, and runs; reforms change what they say and nothing else."""

import json
from pathlib import Path

import jsonschema
import pytest

from program import ROOT, labacces

FOLDER = ROOT / "scenarios"
SCENARIOS = sorted(path for path in FOLDER.glob("*.json") if path.name != "schema.json")
SCHEMA = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
PEOPLE = "builtin:bretagne?households=1500"
EUROS = ("euros_of_right", "euros_paid", "euros_unclaimed")


def figures(results: dict) -> dict:
    """The month's figures of everyone, by benefit."""
    return {name: benefit["groups"]["all"]["all"]["month"] for name, benefit in results["benefits"].items()}


def run(scenario: Path, folder: Path) -> dict:
    done = labacces("run", scenario, "--population", PEOPLE, "--period", "2025-06", "--output", scenario.stem, folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads((folder / scenario.stem / "results.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> dict:
    return figures(run(FOLDER / "base.json", tmp_path_factory.mktemp("base")))


def test_there_are_twelve_and_each_is_described():
    assert len(SCENARIOS) >= 12
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for path in SCENARIOS + sorted(FOLDER.glob("*.law")):
        assert f"| `{path.name}` |" in text, path.name
    named = {reform for path in SCENARIOS for reform in json.loads(path.read_text(encoding="utf-8")).get("reforms", [])}
    assert named == {f"reforms/{path.name}" for path in (FOLDER / "reforms").glob("*.law")}


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_scenario_fits_the_schema_and_runs(path, tmp_path):
    jsonschema.validate(json.loads(path.read_text(encoding="utf-8")), SCHEMA)
    for name, month in figures(run(path, tmp_path)).items():
        assert month["eligible_units"]["value"] > 0, name


def test_the_reforms_are_canonical(tmp_path):
    done = labacces("law", "format", "--check", *sorted((FOLDER / "reforms").glob("*.law")), folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": 3},
        {"period": "June"},
        {"benefits": []},
        {"nom": "x"},
        {"seed": -1},
        {"take_up": {"rsa": {"rate": 1.2}}},
        {"take_up": {"rsa": {"model": "logit"}}},
        {"take_up": {"rsa": {"rate": 0.5, "cost": 3}}},
        {"take_up": {"rsa": {"model": "threshold", "cost": 0, "spread": 1}}},
        {"reforms": [{"rsa.montant_de_base": {"2025": 700}}]},
        {"reforms": [{}]},
        {"correlations": [["rsa", "ppa", 1]]},
        {"under_reform": "redrawn"},
        {"order": ["rsa", "rsa"]},
        {"order": "rsa"},
    ],
    ids=str,
)
def test_what_the_schema_refuses_the_program_refuses(wrong, tmp_path):
    scenario = {"extends": "builtin:base", **wrong}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(scenario, SCHEMA)
    (tmp_path / "wrong.json").write_text(json.dumps(scenario), encoding="utf-8")
    done = labacces("run", "wrong.json", "--population", PEOPLE, folder=tmp_path)
    assert done.returncode == 2 and "wrong.json: " in done.stderr, done.stderr


def test_keys_of_the_schema_are_those_of_the_program(tmp_path):
    for key in SCHEMA["properties"]:
        (tmp_path / "one.json").write_text(json.dumps({"extends": "builtin:base", key: None}), encoding="utf-8")
        assert "unknown" not in labacces("run", "one.json", "--population", PEOPLE, folder=tmp_path).stderr, key


def test_a_higher_rsa_moves_rsa_and_what_depends_on_it(base, tmp_path):
    raised = figures(run(FOLDER / "rsa_plus_10.json", tmp_path))
    assert raised["rsa"]["euros_of_right"]["value"] > 1.05 * base["rsa"]["euros_of_right"]["value"]
    for name in ("af", "cf", "asf", "paje_base"):
        assert raised[name] == base[name]


def test_a_reform_and_its_inverse_give_the_base_back(base, tmp_path):
    (tmp_path / "up.law").write_text('reform up "Up"\n  set rsa.montant_de_base from 2019-04-01 = before * 2\n', encoding="utf-8")
    (tmp_path / "down.law").write_text('reform down "Down"\n  set rsa.montant_de_base from 2019-04-01 = before / 2\n', encoding="utf-8")
    both = {"extends": str(FOLDER / "base.json"), "reforms": ["up.law", "down.law"]}
    (tmp_path / "both.json").write_text(json.dumps(both), encoding="utf-8")
    assert figures(run(tmp_path / "both.json", tmp_path)) == base


def test_full_take_up_leaves_nothing_unclaimed(base, tmp_path):
    full = figures(run(FOLDER / "plein_recours.json", tmp_path))
    for name, month in full.items():
        assert month["euros_unclaimed"]["value"] == 0
        assert month["euros_of_right"] == base[name]["euros_of_right"]


def test_an_order_shows_both_rights_and_what_is_paid_follows_it(base, tmp_path):
    ordered = figures(run(FOLDER / "ordre_de_recours.json", tmp_path))
    for name, month in ordered.items():
        assert month["euros_of_right_at_full_take_up"] == base[name]["euros_of_right"], name
        assert month["eligible_units_at_full_take_up"] == base[name]["eligible_units"], name
    assert ordered["rsa"]["euros_of_right"]["value"] > base["rsa"]["euros_of_right"]["value"]
    assert ordered["aide_logement"]["euros_of_right"]["value"] < base["aide_logement"]["euros_of_right"]["value"]
    results = json.loads((tmp_path / "ordre_de_recours" / "results.json").read_text(encoding="utf-8"))
    assert results["order"]["benefits"] == ["aide_logement", "rsa", "ppa"]
    assert results["order"]["assumed_paid_before"]["rsa"]["last"] < results["order"]["first_month"]
    table = (tmp_path / "ordre_de_recours" / "tables" / "non_take_up.csv").read_text(encoding="utf-8")
    assert "non_take_up_rate_heads_at_full_take_up" in table


def test_an_order_that_the_law_contradicts_is_refused_with_the_rules(tmp_path):
    (tmp_path / "wrong.json").write_text(json.dumps({"extends": "builtin:base", "order": ["rsa", "aide_logement"]}), encoding="utf-8")
    done = labacces("run", "wrong.json", "--population", PEOPLE, "--output", "out", folder=tmp_path)
    assert done.returncode == 2 and not (tmp_path / "out").exists()
    assert "wrong.json: order/0: error: 'rsa' is decided before 'aide_logement'" in done.stderr
    assert "rsa -> rsa_montant -> rsa_forfait_logement -> aide_logement" in done.stderr


def test_a_report_of_take_up_follows_the_order_or_says_why_not(tmp_path):
    asked = ("takeup", "report", FOLDER / "ordre_de_recours.json", "--population", "builtin:bretagne?households=500", "--period", "2025-06")
    done = labacces(*asked, "--replications", "2", "--output", "out", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    shown = ROOT / "docs/cli/examples/targets.json"
    calibrated = labacces("takeup", "calibrate", *asked[2:], "--targets", shown, folder=tmp_path)
    assert calibrated.returncode == 2 and "order: error: behaviours are calibrated to rights at full take-up" in calibrated.stderr
    receipts = [option for name in ("rsa", "ppa", "aide_logement", "af", "cf", "asf", "paje_base") for option in ("--receipt", f"{name}={name}")]
    done = labacces(*asked, *receipts, folder=tmp_path)
    assert done.returncode == 2 and "order: error: receipt is observed" in done.stderr, done.stderr


def test_a_right_in_kind_is_counted_in_heads_only(tmp_path):
    today = figures(run(FOLDER / "css.json", tmp_path))
    for name in ("cmu_c", "css_payante"):
        assert today[name]["non_take_up_rate_heads"]["value"] > 0
        assert all(today[name][measure] == {"value": None, "why": "a right in kind has no euros"} for measure in EUROS)
    automatic = figures(run(FOLDER / "css_automatique.json", tmp_path))
    assert automatic["cmu_c"]["not_taking_up_units"]["value"] < today["cmu_c"]["not_taking_up_units"]["value"]
    assert automatic["css_payante"] == today["css_payante"]


def test_one_pass_over_all_parametric_reforms_gives_what_each_run_gives(tmp_path):
    files = [FOLDER / "base.json"]
    for i in range(10):
        amount = {"rsa.montant_de_base": {"2025-01-01": 600 + 10 * i}} if i % 2 else {"prime_activite.part_revenus_activite": {"2025-01-01": 0.55 + 0.01 * i}}
        files.append(tmp_path / f"reform_{i}.json")
        files[-1].write_text(json.dumps({"extends": str(FOLDER / "base.json"), "name": f"Reform {i}", "reforms": [amount]}), encoding="utf-8")
    done = labacces("compare", *files, "--population", PEOPLE, "--period", "2025-06", "--output", "all", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    compared = json.loads((tmp_path / "all" / "comparison.json").read_text(encoding="utf-8"))["scenarios"]
    for path, together in zip(files, compared, strict=True):
        alone = run(path, tmp_path)
        assert together["benefits"] == alone["benefits"], path.stem


def test_incomes_as_paid_lie_between_none_and_full_take_up(tmp_path):
    income = run(FOLDER / "base.json", tmp_path)["income"]
    poverty = {case: figures["poverty_rate_60_anchored"]["value"] for case, figures in income["figures"].items()}
    assert poverty["full_take_up"] < poverty["paid"] < poverty["without_benefits"]
    for figures in income["figures"].values():
        assert all(figure["se"] > 0 for figure in figures.values())
    paid, full = (income["disposable_income"][case]["value"] for case in ("paid", "full_take_up"))
    unclaimed = sum(month["euros_unclaimed"]["value"] for month in figures_of(tmp_path / "base").values())
    assert full - paid == pytest.approx(12 * unclaimed, rel=1e-9)


def figures_of(folder: Path) -> dict:
    return figures(json.loads((folder / "results.json").read_text(encoding="utf-8")))


def test_full_take_up_makes_winners_and_no_losers(tmp_path):
    done = labacces("compare", FOLDER / "base.json", FOLDER / "plein_recours.json", "--population", PEOPLE, "--period", "2025-06", "--output", "out", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    change = json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))["differences"][0]["income"]
    bands = {name: figure["value"] for name, figure in change["winners_and_losers"].items()}
    assert bands["loses_more_than_5_percent"] == bands["loses_up_to_5_percent"] == 0
    assert bands["gains_more_than_5_percent"] > 0.01 and sum(bands.values()) == pytest.approx(1)
    assert change["figures"]["paid"]["gini"]["value"] < 0
    assert change["figures"]["full_take_up"]["gini"] == {"value": 0.0, "se": 0.0, "ci95": [0.0, 0.0]}
    assert change["mean_change_by_decile"]["1"]["value"] > change["mean_change_by_decile"]["10"]["value"]


def test_a_record_is_repeated_and_a_change_is_told(tmp_path):
    (tmp_path / "mine.json").write_text(json.dumps({"extends": "builtin:base", "period": "2025-06", "population": PEOPLE}), encoding="utf-8")
    assert labacces("run", "mine.json", "--output", "out", "--threads", "1", folder=tmp_path).returncode == 0
    same = labacces("run", "--repeat", "out/record.json", folder=tmp_path)
    assert same.returncode == 0 and same.stdout.startswith("the same results: sha256 "), same.stdout + same.stderr
    (tmp_path / "mine.json").write_text(json.dumps({"extends": "builtin:base", "period": "2025-06", "population": PEOPLE, "seed": 2}), encoding="utf-8")
    other = labacces("run", "--repeat", "out/record.json", folder=tmp_path)
    assert other.returncode == 1 and "other results" in other.stdout and "  seed: 1 then, 2 now\n" in other.stdout, other.stdout
    (tmp_path / "no.json").write_text("{}", encoding="utf-8")
    assert labacces("run", "--repeat", "no.json", folder=tmp_path).stderr == "no.json: format: error: the record.json of a run was expected (labacces-record/1)\n"
    assert labacces("run", "mine.json", "--repeat", "out/record.json", folder=tmp_path).returncode == 2
