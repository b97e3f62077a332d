"""Each verb does its job, and every example of the README runs (those of docs/cli: test_pages.py)."""

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("LABACCES_PROGRAM", ROOT / "build" / "labacces"))
PAGES = [ROOT / "README.md"]


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(PROGRAM), *arguments], capture_output=True, text=True, timeout=300, cwd=cwd, check=False)


def small(*more: str) -> tuple[str, ...]:
    return ("run", "--population", "builtin:bretagne?households=1500", "--period", "2025-06", *more)


def test_run_writes_results_tables_and_record(tmp_path: Path) -> None:
    done = run(*small("--output", str(tmp_path / "out")))
    assert done.returncode == 0, done.stderr
    assert max(len(line) for line in done.stdout.splitlines() if "results in" not in line) <= 90
    results = json.loads((tmp_path / "out/results.json").read_text(encoding="utf-8"))
    figure = results["benefits"]["rsa"]["groups"]["all"]["all"]["month"]["non_take_up_rate_heads"]
    assert figure["ci95"][0] <= figure["value"] <= figure["ci95"][1] and figure["se"] > 0
    assert results["population"]["synthetic"] is True
    record = json.loads((tmp_path / "out/record.json").read_text(encoding="utf-8"))
    assert record["seed"] == 1 and len(record["law"]["files_sha256"]) > 5 and record["defaults_used"]
    rows = (tmp_path / "out/tables/non_take_up.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("scenario,benefit,group,cell,window,measure") and len(rows) > 500


def test_run_gives_the_same_bytes_twice_and_on_any_number_of_threads(tmp_path: Path) -> None:
    for name, threads in (("a", "1"), ("b", "1"), ("c", "2")):
        assert run(*small("--threads", threads, "--output", str(tmp_path / name))).returncode == 0
    first = (tmp_path / "a/results.json").read_bytes()
    assert first == (tmp_path / "b/results.json").read_bytes() == (tmp_path / "c/results.json").read_bytes()


def test_departements_add_up_to_brittany(tmp_path: Path) -> None:
    assert run(*small("--output", str(tmp_path / "out"))).returncode == 0
    results = json.loads((tmp_path / "out/results.json").read_text(encoding="utf-8"))
    groups = results["benefits"]["ppa"]["groups"]
    parts = sum(cell["month"]["euros_of_right"]["value"] for cell in groups["departement"].values())
    assert parts == pytest.approx(groups["all"]["all"]["month"]["euros_of_right"]["value"], rel=1e-9)


def test_a_reform_from_a_file_changes_the_right_and_is_in_the_record(tmp_path: Path) -> None:
    reform = tmp_path / "plus.law"
    reform.write_text('reform rsa_plus "RSA +10 %"\n  set rsa.montant_de_base from 2025-04-01 = before * 1.10\n', encoding="utf-8")
    sums = {}
    for name, more in (("base", ()), ("plus", ("--reform", str(reform)))):
        done = run(*small("--output", str(tmp_path / name), *more))
        assert done.returncode == 0, done.stderr
        results = json.loads((tmp_path / name / "results.json").read_text(encoding="utf-8"))["benefits"]
        sums[name] = {b: results[b]["groups"]["all"]["all"]["month"]["euros_of_right"]["value"] for b in results}
    assert sums["plus"]["rsa"] > 1.1 * sums["base"]["rsa"]
    assert sums["plus"]["af"] == sums["base"]["af"]
    record = json.loads((tmp_path / "plus/record.json").read_text(encoding="utf-8"))
    assert record["reforms"][0]["what"].startswith("set rsa.montant_de_base")


def test_calculate_fills_the_nulls_and_keeps_the_rest(tmp_path: Path) -> None:
    shutil.copy(ROOT / "docs/cli/examples/situation.json", tmp_path / "situation.json")
    done = run("calculate", "situation.json", "--output", "filled.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    before = json.loads((tmp_path / "situation.json").read_text(encoding="utf-8"))
    after = json.loads((tmp_path / "filled.json").read_text(encoding="utf-8"))
    computed = after["familles"]["famille"]
    assert computed["rsa"]["2025-06"] is not None
    computed.update({name: before["familles"]["famille"][name] for name in ("rsa", "ppa")})
    assert after == before


def test_explain_adds_up_as_json(tmp_path: Path) -> None:
    done = run("explain", str(ROOT / "docs/cli/examples/situation.json"), "--variable", "rsa", "--period", "2025-06", "--json")
    assert done.returncode == 0, done.stderr
    tree = json.loads(done.stdout)
    assert tree["format"] == "labacces-explanation/1" and tree["variable"] == "rsa" and tree["because"]


def test_the_cases_of_the_law_pass() -> None:
    done = run("test", str(ROOT / "tests/law"))
    assert done.returncode == 0, done.stdout
    assert re.fullmatch(r"\d+ passed, 0 failed", done.stdout.strip().splitlines()[-1])


def test_a_wrong_case_fails(tmp_path: Path) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("- name: wrong\n  period: 2025-05\n  input: {date_naissance: 1985-01-01}\n  output: {rsa: 1}\n", encoding="utf-8")
    done = run("test", str(case))
    assert done.returncode == 1 and done.stdout.strip().endswith("0 passed, 1 failed"), done.stdout


@pytest.mark.parametrize("verb", ["run", "compare", "calculate", "explain", "takeup", "test", "bench", "law"])
def test_every_verb_has_help_with_an_example(verb: str) -> None:
    done = run(verb, "--help")
    assert done.returncode == 0 and "usage:" in done.stdout and "example:" in done.stdout


def commands() -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            found += [(page.name, line[2:]) for line in block.splitlines() if line.startswith("$ ")]
    return found


@pytest.mark.parametrize(("page", "command"), commands())
def test_the_examples_of_the_pages_run(page: str, command: str, tmp_path: Path) -> None:
    words = shlex.split(command)
    assert words[0] in ("labacces", "build/labacces"), f"{page}: {command}"
    shutil.copytree(ROOT / "docs/cli/examples", tmp_path / "docs/cli/examples")
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    shutil.copytree(ROOT / "tests/law", tmp_path / "tests/law")
    done = run(*words[1:], cwd=tmp_path)
    assert done.returncode == 0, (page, command, done.stderr)


def test_months_that_the_data_lack_are_a_warning_and_stand_in_the_record(tmp_path: Path) -> None:
    head = "id,idmen,quimen,idfam,quifam,idfoy,quifoy,date_naissance,"
    (tmp_path / "one.csv").write_text(head + "salaire_net@2025-05\n1,1,0,1,0,1,0,1980-01-01,1000\n", encoding="utf-8")
    (tmp_path / "whole.csv").write_text(head + "salaire_net\n1,1,0,1,0,1,0,1980-01-01,1000\n", encoding="utf-8")
    done = run("run", "--population", "one.csv", "--period", "2025-06", "--output", "out", cwd=tmp_path)
    gap = "2024-01 to 2025-04, 2025-06 to 2025-12"
    assert done.returncode == 0
    assert done.stderr == f"warning: salaire_net: the data have other periods, but no value for {gap}, where the law's rule or default holds\n"
    record = json.loads((tmp_path / "out/record.json").read_text(encoding="utf-8"))
    assert record["gaps"] == [{"variable": "salaire_net", "periods": gap, "instead": "rule"}]
    assert run("run", "--repeat", "out/record.json", cwd=tmp_path).returncode == 0
    assert run("run", "--population", "whole.csv", "--period", "2025-06", cwd=tmp_path).stderr == ""
