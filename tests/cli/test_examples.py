"""Each verb on the examples of docs/cli: what it prints, what it writes, its exit code."""

import json
import shutil
from pathlib import Path

import pytest

from program import ROOT, files_in, labacces

VERBS = ["run", "calculate", "explain", "test", "bench", "law"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "docs" / "cli" / "examples", tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_the_list_of_verbs_names_them_all(folder):
    result = labacces("--help", folder=folder)
    assert result.returncode == 0
    assert all(f"\n  {verb} " in result.stdout for verb in VERBS)
    assert labacces("--version", folder=folder).stdout.startswith("labacces ")


def test_calculate_prints_what_it_would_write(folder):
    labacces("calculate", "situation.json", "--output", "filled.json", folder=folder)
    assert labacces("calculate", "situation.json", folder=folder).stdout == (folder / "filled.json").read_text()


def test_calculate_strict_falls_short_when_the_law_lacks_a_variable(folder):
    assert labacces("calculate", "situation.json", "--strict", folder=folder).returncode == 1


def test_a_reform_is_applied(folder):
    plain = json.loads(labacces("calculate", "situation.json", folder=folder).stdout)
    reformed = json.loads(labacces("calculate", "situation.json", "--reform", "rsa_plus.law", folder=folder).stdout)
    rsa = [text["familles"]["famille"]["rsa"]["2025-06"] for text in (plain, reformed)]
    assert rsa[1] > rsa[0] + 50


def test_a_file_without_a_reform_is_no_reform(folder):
    result = labacces("calculate", "situation.json", "--reform", "cheque_rentree.law", folder=folder)
    assert (result.returncode, result.stderr) == (2, "cheque_rentree.law: error: no reform stands in this file\n")


def test_explain_as_json_has_a_format_and_the_figure_of_calculate(folder):
    tree = json.loads(labacces("explain", "situation.json", "--variable", "rsa", "--period", "2025-06", "--json", folder=folder).stdout)
    filled = json.loads(labacces("calculate", "situation.json", folder=folder).stdout)
    assert tree["format"].startswith("labacces-explanation/")
    assert tree["values"]["famille"]["value"] == filled["familles"]["famille"]["rsa"]["2025-06"]
    assert tree["references"] and tree["parameters"][0]["references"]


def test_explain_names_what_is_wrong(folder):
    for options, message in [
        (["--variable", "rsaa", "--period", "2025-06"], "unknown variable 'rsaa' (did you mean 'rsa'?)"),
        (["--variable", "rsa", "--period", "2025-06", "--entity", "x"], "there is no famille 'x'"),
        (["--variable", "rsa", "--period", "1990-06"], "rule 'rsa' is not in force on 1990-06-01"),
        (["--variable", "rsa", "--period", "juin"], "a month such as 2025-01 or a year such as 2025 was expected, found 'juin'"),
        (["--variable", "rsa"], "--period is missing"),
    ]:
        result = labacces("explain", "situation.json", *options, folder=folder)
        assert result.returncode == 2 and message in result.stderr and len(result.stderr.splitlines()) == 1


def test_test_counts_and_exits_with_one_when_a_case_fails(folder):
    result = labacces("test", "cases.yaml", "--add-law", "cheque_rentree.law", folder=folder)
    assert result.returncode == 1
    lines = result.stdout.splitlines()
    assert "cases.yaml:29" in lines[0] and "cheque_rentree" in lines[0] and "got 40" in lines[0]
    assert lines[-1] == "1 passed, 1 failed, 1 skipped"


LISTS = """
- name: entities in lists
  period: 2025-06
  input:
    individus:
      - {id: anna, date_naissance: 1990-04-02}
      - {id: tom, date_naissance: 2019-06-10}
    famille: {parents: [anna], enfants: [tom]}
    foyers_fiscaux:
      - {declarants: [anna], personnes_a_charge: [tom]}
    menage: {personne_de_reference: anna, enfants: [tom]}
  output:
    famille: {cheque_rentree: 45}
    salaire_net: [0, 0]
"""


def test_entities_may_be_lists_and_values_too(folder):
    (folder / "lists.yaml").write_text(LISTS)
    result = labacces("test", "lists.yaml", "--add-law", "cheque_rentree.law", folder=folder)
    assert (result.returncode, result.stdout) == (0, "1 passed, 0 failed\n")


def test_law_list_show_and_history(folder):
    listed = labacces("law", "list", "--program", "rsa", folder=folder).stdout
    assert "rsa.montant_de_base" in listed and "paje" not in listed
    assert "CASF L262-2" in labacces("law", "show", "rsa", folder=folder).stdout
    history = labacces("law", "history", "rsa.montant_de_base", folder=folder).stdout
    assert "2024-04-01  2025-04  635.71" in history


def test_law_check_is_silent_on_the_built_in_law(folder):
    result = labacces("law", "check", folder=folder)
    assert (result.returncode, result.stdout) == (0, "")


def test_law_format_rewrites_once(folder):
    path = folder / "cheque_rentree.law"
    canonical = path.read_text()
    path.write_text(canonical.replace("  ref", "      ref").replace(" = if", "   =   if"))
    crooked = path.read_text()
    result = labacces("law", "format", "--check", path.name, folder=folder)
    assert result.returncode == 1 and path.read_text() == crooked
    assert labacces("law", "format", path.name, folder=folder).returncode == 0
    assert path.read_text() == canonical
    assert labacces("law", "format", "--check", path.name, folder=folder).returncode == 0


def test_law_export_is_json(folder):
    assert labacces("law", "export", "--output", "law.json", folder=folder).returncode == 0
    assert (folder / "law.json").read_text() == labacces("law", "export", folder=folder).stdout
    names = {program["name"] for program in json.loads((folder / "law.json").read_text())["programs"]}
    assert "rsa" in names


def test_bench_prints_a_table(folder):
    result = labacces("bench", "--households", "200", folder=folder)
    assert result.returncode == 0 and "household-months/s" in result.stdout
    assert labacces("bench", "--households", "0", folder=folder).returncode == 2


def test_explain_shows_the_graph_and_the_plan_of_a_figure(folder):
    ask = ("explain", "family.json", "--variable", "cheque_rentree", "--period", "2025-06", "--add-law", "cheque_rentree.law")
    graph = labacces(*ask, "--graph", folder=folder).stdout
    plan = labacces(*ask, "--plan", folder=folder).stdout
    assert "sum over members" in graph and "[Exemple, art. 4]" in graph and "output cheque_rentree 2025-06 = %" in graph
    assert "output cheque_rentree 2025-06 = r" in plan and "registers" in plan


def test_references_of_an_explanation_are_broken_at_a_hundred_columns(folder):
    lines = labacces("explain", "situation.json", "--variable", "rsa", "--period", "2025-06", folder=folder).stdout.splitlines()
    assert all(len(line) <= 100 for line in lines if line.lstrip().startswith(("version", "*")))


def test_an_output_folder_that_cannot_be_written_is_told_before_the_work(folder):
    (folder / "taken").write_text("", encoding="utf-8")
    result = labacces("run", "--population", "no_such_file.csv", "--output", "taken", folder=folder)
    assert result.returncode == 2 and result.stderr.startswith("taken: ") and "no_such_file" not in result.stderr


def test_why_not_names_the_change_that_opens_the_right_and_its_situation_has_it(folder):
    found = json.loads(labacces("explain", "family.json", "--variable", "cheque_rentree", "--period", "2023-06", "--add-law", "cheque_rentree.law", "--why-not", "--json", folder=folder).stdout or "{}")
    assert found == {}  # the benefit is not in force yet: an error, no answer
    rich = json.loads((folder / "situation.json").read_text(encoding="utf-8"))
    rich["individus"]["anna"]["salaire_net"] = {"2024": 40000, "2025": 40000}
    (folder / "rich.json").write_text(json.dumps(rich), encoding="utf-8")
    found = json.loads(labacces("explain", "rich.json", "--variable", "rsa", "--period", "2025-06", "--why-not", "--json", folder=folder).stdout)
    assert found["right"] == 0 and found["changes"][0]["what"] == "salaire_net of anna"
    (folder / "changed.json").write_text(json.dumps(found["changes"][0]["situation"]), encoding="utf-8")
    changed = json.loads(labacces("calculate", "changed.json", folder=folder).stdout)
    assert changed["familles"]["famille"]["rsa"]["2025-06"] == found["changes"][0]["right"] > 0
