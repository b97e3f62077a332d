"""labacces run --validate: published totals beside what is simulated, with a status for each."""

import csv
import json

import jsonschema
import pytest

from program import ROOT, labacces

PEOPLE = "builtin:bretagne?households=1500"
SCHEMA = json.loads((ROOT / "scenarios" / "targets" / "schema.json").read_text(encoding="utf-8"))


def target(**more) -> dict:
    return {"benefit": "rsa", "counted": "units", "value": 50_000, "date": "2025-06", "source": "invented for the test", **more}


def validate(folder, *targets, population=PEOPLE, output=True):
    text = {"format": "labacces-targets/1", "targets": list(targets)}
    jsonschema.validate(text, SCHEMA)
    (folder / "t.json").write_text(json.dumps(text), encoding="utf-8")
    more = ["--output", "out"] if output else []
    return labacces("run", "--population", population, "--period", "2025-06", "--validate", "t.json", *more, folder=folder)


def rows(folder) -> list[dict]:
    return json.loads((folder / "out" / "validation.json").read_text(encoding="utf-8"))["rows"]


def month(folder, group="all", cell="all") -> dict:
    results = json.loads((folder / "out" / "results.json").read_text(encoding="utf-8"))
    return results["benefits"]["rsa"]["groups"][group][cell]["month"]


def test_figures_are_those_of_the_run_before_and_after_take_up(tmp_path):
    done = validate(tmp_path, target(), target(counted="euros_year"), target(counted="persons", where={"departement": "d35"}))
    assert done.returncode == 0, done.stderr
    units, euros, persons = rows(tmp_path)
    assert units["full_take_up"] == month(tmp_path)["eligible_units"]
    assert units["paid"] == month(tmp_path)["paid_units"]
    assert units["paid_over_published"] == pytest.approx(units["paid"]["value"] / 50_000)
    assert euros["paid"]["value"] == pytest.approx(12 * month(tmp_path)["euros_paid"]["value"])
    assert euros["paid"]["se"] == pytest.approx(12 * month(tmp_path)["euros_paid"]["se"])
    there = month(tmp_path, "departement", "d35")
    assert persons["full_take_up"]["value"] == there["eligible_persons"]["value"]
    assert persons["paid"]["value"] == pytest.approx(there["eligible_persons"]["value"] - there["not_taking_up_persons"]["value"])
    assert {row["status"] for row in (units, euros, persons)} == {"comparable"}


def test_each_status_is_told_with_its_reason(tmp_path):
    done = validate(
        tmp_path,
        target(date="2019-12"),
        target(status="concept_differs", note="CAF only"),
        target(benefit="apa"),
        target(where={"departement": "d92"}),
        target(where={"departemen": "d22"}),
        target(where={"departement": "d22"}, status="not_covered", note="closed file"),
    )
    assert done.returncode == 0, done.stderr
    told = [(row["status"], row["note"]) for row in rows(tmp_path)]
    assert told[0] == ("concept_differs", "published for 2019-12, simulated for 2025-06")
    assert told[1] == ("concept_differs", "CAF only")
    assert told[2] == ("not_covered", "'apa' is not among the benefits of the scenario (did you mean 'ppa'?)")
    assert told[3][0] == "not_covered" and told[3][1].startswith("nobody in the population has the right where departement is d92")
    assert told[4] == ("not_covered", "'departemen' is not among the groups of the scenario (did you mean 'departement'?)")
    assert told[5] == ("not_covered", "closed file")
    table = done.stdout.split("against published totals\n")[1].split("\n1: ")[0]
    assert all(len(line) <= 80 for line in table.splitlines()), table


def test_a_comparable_figure_outside_its_tolerance_exits_with_1(tmp_path):
    assert validate(tmp_path, target(value=1, tolerance=0.5)).returncode == 1
    assert rows(tmp_path)[0]["falls_short"] is True
    assert validate(tmp_path, target(value=1, tolerance=0.5, status="concept_differs", note="x")).returncode == 0
    paid = month(tmp_path)["paid_units"]["value"]
    assert validate(tmp_path, target(value=paid * 1.04, tolerance=0.05)).returncode == 0
    assert validate(tmp_path, target(value=paid * 1.06, tolerance=0.05)).returncode == 1


def test_table_and_page_show_every_target(tmp_path):
    validate(tmp_path, target(), target(date="2019"))
    with (tmp_path / "out" / "tables" / "validation.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    assert [row["status"] for row in table] == ["comparable", "concept_differs"]
    assert float(table[0]["paid"]) == rows(tmp_path)[0]["paid"]["value"]
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert '"labacces-validation/1"' in page
    again = labacces("report", "out/results.json", "--output", "again.html", folder=tmp_path)
    assert again.returncode == 0 and '"labacces-validation/1"' in (tmp_path / "again.html").read_text(encoding="utf-8")


def test_a_cell_that_is_hidden_in_the_results_is_hidden_here(tmp_path):
    lines = ["idmen,quimen,idfam,quifam,idfoy,quifoy,date_naissance,departement"]
    lines += [f"{i},0,{i},0,{i},0,1980-01-01,{'d22' if i < 5 else 'd29' if i < 40 else 'd35'}" for i in range(1, 120)]
    (tmp_path / "p.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = validate(tmp_path, target(where={"departement": "d22"}), target(), population="p.csv")
    assert done.returncode == 0, done.stderr
    hidden, shown = rows(tmp_path)
    assert hidden["paid"] == {"suppressed": True} and hidden["paid_over_published"] is None
    assert shown["paid"]["value"] > 0


def test_the_ready_targets_fit_the_schema(tmp_path):
    files = [path for path in (ROOT / "scenarios" / "targets").glob("*.json") if path.name != "schema.json"]
    ready = [text for path in files if (text := json.loads(path.read_text(encoding="utf-8")))["format"] == "labacces-targets/1"]
    assert ready
    for text in ready:
        jsonschema.validate(text, SCHEMA)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"benefit": ""}, "targets/0/benefit: error: a text was expected, found an empty one"),
        ({"counted": "unit"}, "targets/0/counted: error: one of units, persons, euros_month, euros_year was expected, found 'unit' (did you mean 'units'?)"),
        ({"value": -1}, "targets/0/value: error: a number of 0 or more was expected, found -1"),
        ({"value": "many"}, "targets/0/value: error: a number was expected, found string"),
        ({"date": "june"}, 'targets/0/date: error: a month or a year was expected, such as "2019-12" or "2019", found "june"'),
        ({"where": {"departement": 22}}, 'targets/0/where: error: one variable and its item were expected: {"departement": "d29"}'),
        ({"status": "concept differs"}, "(did you mean 'concept_differs'?)"),
        ({"status": "not_covered"}, "targets/0: error: a target that is not comparable needs a 'note' that says why"),
        ({"tolerance": -0.1}, "targets/0/tolerance: error: a number of 0 or more was expected"),
        ({"sources": "x"}, "did you mean 'source'?"),
    ],
)
def test_a_wrong_target_is_told_by_its_path_before_the_run(change, message, tmp_path):
    text = {"format": "labacces-targets/1", "targets": [{**target(), **change}]}
    (tmp_path / "t.json").write_text(json.dumps(text), encoding="utf-8")
    done = labacces("run", "--population", PEOPLE, "--validate", "t.json", "--output", "out", folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and message in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ({"targets": [target()]}, "t.json: error: 'format' is missing"),
        ({"format": "labacces-targets/1", "targets": []}, "targets: error: a list of one target at least was expected"),
        ({"format": "labacces-targets/1", "targets": [target(), target(value=3)]}, "targets/1: error: this target stands twice"),
        ([], "t.json: error: targets are a JSON object"),
    ],
)
def test_a_wrong_file_of_targets_is_told(text, message, tmp_path):
    (tmp_path / "t.json").write_text(json.dumps(text), encoding="utf-8")
    done = labacces("run", "--population", PEOPLE, "--validate", "t.json", folder=tmp_path)
    assert done.returncode == 2 and message in done.stderr
