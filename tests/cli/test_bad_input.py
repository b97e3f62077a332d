"""Bad input: each one clear line and exit 2, nothing half-written."""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("LABACCES_PROGRAM", ROOT / "build" / "labacces"))

LAW = """program demo "Demo"
  ref "Invented"
input income of individu monthly : EUR/month "Income" default 0
param floor "Floor" : EUR/month
  2020-01-01  100 ref "Invented"
param yearly_floor "Floor a year" : EUR/year
  2020-01-01  1200 ref "Invented"
"""
BAD_LAWS = {
    "unknown_name": ("rule gift of individu monthly : EUR/month\n  ref \"x\"\n  from 2020-01-01 = incme + floor\n", "did you mean 'income'?"),
    "month_plus_year": ("rule gift of individu monthly : EUR/month\n  ref \"x\"\n  from 2020-01-01 = floor + yearly_floor\n", "EUR/year"),
    "cycle": (
        "rule a of individu monthly : EUR/month\n  ref \"x\"\n  from 2020-01-01 = b\n"
        "rule b of individu monthly : EUR/month\n  ref \"x\"\n  from 2020-01-01 = a\n",
        "a",
    ),
    "gap_in_dates": ("rule gift of individu monthly : EUR/month\n  ref \"x\"\n  from 2019-01-01 = floor\n", "2020-01"),
}


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(PROGRAM), *arguments], capture_output=True, text=True, timeout=120, cwd=cwd, check=False)


def refused(result: subprocess.CompletedProcess[str], *words: str) -> str:
    """Exit 2, something on stderr that has these words, nothing of a defect or a sanitizer."""
    assert result.returncode == 2, (result.returncode, result.stderr[-2000:])
    assert result.stderr.strip()
    for bad in ("defect", "Sanitizer", "runtime error", "terminate called"):
        assert bad not in result.stderr, result.stderr
    for word in words:
        assert word in result.stderr, result.stderr
    return result.stderr


@pytest.mark.parametrize("name", sorted(BAD_LAWS))
def test_a_bad_law_is_refused_with_file_line_and_caret(name: str, tmp_path: Path) -> None:
    text, word = BAD_LAWS[name]
    folder = tmp_path / "law"
    folder.mkdir()
    (folder / "demo.law").write_text(LAW + text, encoding="utf-8")
    message = refused(run("law", "check", "--law", str(folder)), "demo.law:", "error:", word)
    assert "^" in message


BAD = ROOT / "tests/data/bad"


@pytest.mark.parametrize("path", sorted(p for ending in ("csv", "csv.gz", "folder") for p in BAD.glob(f"*.{ending}")), ids=lambda p: p.name)
def test_a_bad_csv_is_refused_by_run_and_nothing_is_written(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    refused(run("run", "--population", str(path), "--period", "2025-06", "--output", str(out)), path.name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", sorted(p for p in (ROOT / "tests/data/bad").glob("*.json")), ids=lambda p: p.stem)
def test_a_bad_situation_is_refused_by_calculate_and_nothing_is_written(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "filled.json"
    refused(run("calculate", str(path), "--output", str(out)), path.name)
    assert list(tmp_path.iterdir()) == []


SITUATION = {
    "individus": {"a": {"date_naissance": {"ETERNITY": "1980-01-01"}}, "b": {"date_naissance": {"ETERNITY": "1985-01-01"}}},
    "familles": {"f": {"parents": ["a"], "rsa": {"2025-01": None}}, "g": {"parents": ["b"]}},
    "foyers_fiscaux": {"t": {"declarants": ["a"]}, "u": {"declarants": ["b"]}},
    "menages": {"m": {"personne_de_reference": ["a"], "conjoint": ["b"]}},
}


def situation(tmp_path: Path, change) -> str:
    data = json.loads(json.dumps(SITUATION))
    change(data)
    path = tmp_path / "s.json"
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    return str(path)


def test_an_unknown_variable_is_named_with_the_nearest(tmp_path: Path) -> None:
    path = situation(tmp_path, lambda s: s["individus"]["a"].update(salaire_nte={"2025-01": 100}))
    refused(run("calculate", path), "salaire_nte", "did you mean 'salaire_net'?")


def test_a_wrong_period_is_refused(tmp_path: Path) -> None:
    path = situation(tmp_path, lambda s: s["individus"]["a"].update(salaire_net={"2025-13": 100}))
    refused(run("calculate", path), "2025-13")


def test_a_person_in_two_families_is_refused(tmp_path: Path) -> None:
    path = situation(tmp_path, lambda s: s["familles"]["g"].update(parents=["b", "a"]))
    refused(run("calculate", path), "'a'")


def test_a_json_error_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text('{\n "individus": {\n  "a": {,}\n }\n}\n', encoding="utf-8")
    refused(run("calculate", str(path)), "s.json:3:")
    refused(run("run", str(path)), "s.json:3:")


def test_an_output_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        refused(run("run", "--population", "builtin:bretagne?households=50", "--output", str(out)), "cannot write")


SCENARIOS = {
    '{"benefits": ["rsaa"], "take_up": {"rsaa": {"rate": 0.5}}}': "did you mean 'rsa'?",
    '{"benefits": ["rsa"], "take_up": {"rsa": {"rate": 1.5}}}': "between 0 and 1",
    '{"benefits": ["rsa"], "take_up": {"rsa": {"raet": 0.5}}}': "did you mean 'rate'?",
    '{"benefits": ["rsa"]}': "take_up",
    '{"benefits": ["rsa"], "take_up": {"rsa": {"rate": 0.5}}, "period": "2025"}': "a month was expected",
    '{"benefits": ["rsa"], "take_up": {"rsa": {"rate": 0.5}}, "groups": ["loyer"]}': "cannot split",
    '{"benefits": [], "take_up": {}}': "one benefit",
    "[1]": "JSON object",
    "": "empty",
}


@pytest.mark.parametrize("text", SCENARIOS, ids=range(len(SCENARIOS)))
def test_a_bad_scenario_is_refused_with_its_path(text: str, tmp_path: Path) -> None:
    path = tmp_path / "scenario.json"
    path.write_text(text, encoding="utf-8")
    refused(run("run", str(path), "--population", "builtin:bretagne?households=50"), "scenario.json", SCENARIOS[text])


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("rnu",), "did you mean 'run'?"),
        (("run", "--populaton", "x"), "did you mean '--population'?"),
        (("run", "--period", "june"), "a month was expected"),
        (("run", "--population", "builtin:bretange"), "did you mean 'bretagne'?"),
        (("run", "--population", "nowhere.csv"), "nowhere.csv"),
        (("calculate",), "one situation file"),
        (("law", "show", "rsaa"), "did you mean 'rsa'?"),
        (("law", "history", "montant_de_base"), "rsa.montant_de_base"),
        (("law", "lits"), "did you mean 'list'?"),
        (("test", "nowhere.yaml"), "nowhere.yaml"),
        (("bench", "--households", "0"), "at least 1"),
        (("explain", "nowhere.json", "--variable", "rsa", "--period", "2025-01"), "nowhere.json"),
    ],
)
def test_bad_words_on_the_command_line_are_one_line(arguments: tuple[str, ...], word: str) -> None:
    assert refused(run(*arguments), word).strip().count("\n") == 0


def test_a_period_before_the_law_names_rule_and_first_version() -> None:
    refused(run("run", "--period", "1990-01", "--population", "builtin:bretagne?households=20"), "'rsa' is not in force on 1990-01-01", "2018-04-01")
