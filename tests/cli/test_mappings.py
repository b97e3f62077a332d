"""Foreign files through the ready mappings, end to end: read, units built, rights computed, all of it in the record."""

import gzip
import hashlib
import json
import shutil
import subprocess

import pytest
from jsonschema import Draft202012Validator

from foreign_files import households, write, write_eusilc, write_euromod, write_udb
from program import ROOT, labacces

FOLDER = ROOT / "libsim" / "population" / "mappings"
SCHEMA = Draft202012Validator(json.loads((FOLDER / "schema.json").read_text(encoding="utf-8")))
READY = sorted(path for path in FOLDER.glob("*.json") if path.name != "schema.json")
RUN = ("run", "--period", "2025-06", "--output", "out", "--no-suppression")


def run(folder, *more):
    done = labacces(*RUN, *more, folder=folder)
    assert done.returncode == 0, done.stderr
    return (json.loads((folder / "out" / name).read_text(encoding="utf-8")) for name in ("results.json", "record.json"))


def right(results, benefit):
    return results["benefits"][benefit]["groups"]["all"]["all"]["month"]


@pytest.mark.parametrize("path", READY, ids=lambda path: path.stem)
def test_a_ready_mapping_is_as_the_schema_says(path):
    assert not list(SCHEMA.iter_errors(json.loads(path.read_text(encoding="utf-8"))))


def test_what_the_schema_refuses_the_program_refuses():
    refused = 0
    for path in sorted((ROOT / "tests" / "data" / "bad_mappings").glob("*.json")):
        if path.stem == "syntax_error":
            continue
        refused += not SCHEMA.is_valid(json.loads(path.read_text(encoding="utf-8")))
        assert path.with_name(path.name + ".message").read_text(encoding="utf-8") != "no error\n"
    assert refused >= 10


def test_euromod_text_runs_end_to_end(tmp_path):
    path = write_euromod(tmp_path / "fr_2020_a1.txt")
    results, record = run(tmp_path, "--population", path.name, "--mapping", "mapping:euromod")
    homes = households(200, 1)
    rows = results["population"]["rows"]
    assert rows["menages"] == 200 and rows["individus"] == sum(len(home.persons) for home in homes)
    assert rows["familles"] >= 200 and rows["foyers_fiscaux"] > rows["menages"]  # couples that are not married are two tax units
    assert results["population"]["weighted_households"] == pytest.approx(sum(home.weight for home in homes))
    assert right(results, "rsa")["euros_of_right"]["value"] > 0 and right(results, "ppa")["euros_of_right"]["value"] > 0
    told = record["population"]
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told["mapping"]["name"] == "mapping:euromod" and len(told["mapping"]["sha256"]) == 64 and told["mapping"]["survey"] == "run"
    assert {"variable": "salaire_de_base", "from": "yem", "for": "always", "unit": "month"} in told["columns"]
    assert told["not_read"] == {"persons": ["dct", "drgn1"]}
    assert told["units"] and all(note["count"] > 0 and note["text"] for note in told["units"])


def test_a_file_in_the_layout_of_eusilc_runs_and_is_called_synthetic(tmp_path):
    write_eusilc(tmp_path / "eusilc.csv")
    results, record = run(tmp_path, "--population", "eusilc.csv", "--mapping", "mapping:eusilc-laeken")
    assert results["population"]["synthetic"] and results["population"]["rows"]["menages"] == 80
    assert right(results, "rsa")["euros_of_right"]["value"] > 0
    assert "couples" in json.dumps(record["population"]["units"])  # the file has no links: all of them are inferred


def test_the_user_database_is_four_files_joined(tmp_path):
    folder = write_udb(tmp_path / "udb")
    (folder / "UDB_cFR20P.csv.gz").write_bytes(gzip.compress((folder / "UDB_cFR20P.csv").read_bytes(), mtime=0))
    (folder / "UDB_cFR20P.csv").unlink()
    results, record = run(tmp_path, "--population", "udb", "--mapping", "mapping:eusilc-udb?income=2023")
    assert results["population"]["rows"]["menages"] == 60 and not results["population"]["synthetic"]
    assert record["population"]["mapping"]["income"] == "2023"
    assert {"variable": "salaire_de_base", "from": "answers.PY010G", "for": "2023", "unit": "year"} in record["population"]["columns"]
    assert right(results, "aide_logement")["euros_of_right"]["value"] > 0


def test_rows_in_another_order_give_the_same_results(tmp_path):
    path = write_euromod(tmp_path / "a.txt", 40)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    first, _ = run(tmp_path, "--population", "a.txt", "--mapping", "mapping:euromod")
    path.write_text("".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
    second, _ = run(tmp_path, "--population", "a.txt", "--mapping", "mapping:euromod")
    assert first["benefits"] == second["benefits"]


def test_a_scenario_names_its_mapping_beside_its_population(tmp_path):
    write_euromod(tmp_path / "a.txt", 30)
    shutil.copy(FOLDER / "euromod.json", tmp_path / "mine.json")
    for name, mapping in (("ready", "mapping:euromod"), ("own", "mine.json")):
        (tmp_path / f"{name}.scenario.json").write_text(json.dumps({"extends": "builtin:base", "name": name, "population": "a.txt", "mapping": mapping, "period": "2025-06"}), encoding="utf-8")
    ready, record = run(tmp_path, "ready.scenario.json")
    own, own_record = run(tmp_path, "own.scenario.json")
    assert ready["benefits"] == own["benefits"] and record["population"]["mapping"]["sha256"] == own_record["population"]["mapping"]["sha256"]
    again = labacces("run", "--repeat", "out/record.json", folder=tmp_path)
    assert again.returncode == 0 and "the same results" in again.stdout


@pytest.mark.parametrize(
    "options, message",
    [
        (("--mapping", "mapping:euromod"), "error: --mapping goes with --population: the file or folder that it reads"),
        (("--population", "builtin:bretagne", "--mapping", "mapping:euromod"), "error: the mapping 'mapping:euromod' goes with a file or a folder, and the population is 'builtin:bretagne'"),
        (("--population", "a.txt", "--mapping", "mapping:euromode"), "error: unknown mapping 'mapping:euromode'; did you mean 'euromod'?"),
        (("--population", "a.txt", "--mapping", "mapping:eusilc-udb"), "a.txt: error: a folder was expected: mapping:eusilc-udb reads the table 'answers' (UDB_c*P.csv, UDB_c*P_ver*.csv, P.csv) too"),
        (("--population", "no.txt", "--mapping", "mapping:euromod"), "no.txt: error: there is no such file or folder"),
    ],
)
def test_a_wrong_use_is_one_line(tmp_path, options, message):
    write_euromod(tmp_path / "a.txt", 5)
    done = labacces(*RUN, *options, folder=tmp_path)
    assert (done.returncode, done.stderr, (tmp_path / "out").exists()) == (2, message + "\n", False)


def test_a_damaged_cell_is_told_with_its_place(tmp_path):
    path = write_euromod(tmp_path / "a.txt", 5)
    lines = path.read_text(encoding="utf-8").split("\n")
    cells = lines[3].split("\t")
    cells[lines[0].split("\t").index("les")] = "12"
    lines[3] = "\t".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")
    done = labacces(*RUN, "--population", "a.txt", "--mapping", "mapping:euromod", folder=tmp_path)
    assert done.returncode == 2 and done.stderr.startswith("a.txt:4:") and "column 'les' (for activite): '12' is none of the codes of the mapping" in done.stderr


def laeken_file(folder):
    """The data set of the R package, where R has it."""
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("Rscript is not there")
    code = 'if (!requireNamespace("laeken", quietly = TRUE)) quit(status = 3); data("eusilc", package = "laeken"); write.csv(eusilc, "eusilc.csv", row.names = FALSE)'
    done = subprocess.run([rscript, "--vanilla", "-e", code], cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode == 3:
        pytest.skip("the R package laeken is not there (Debian: r-cran-laeken)")
    assert done.returncode == 0, done.stderr
    return "eusilc.csv"


def test_the_whole_eusilc_of_laeken_runs_end_to_end(tmp_path):
    results, record = run(tmp_path, "--population", laeken_file(tmp_path), "--mapping", "mapping:eusilc-laeken")
    rows = results["population"]["rows"]
    assert rows["individus"] == 14827 and rows["menages"] == 6000  # as the help page of the data set says
    assert rows["familles"] > rows["menages"] and rows["foyers_fiscaux"] > rows["menages"]
    assert record["population"]["not_read"]["persons"] == ["hsize", "db040", "py140n", "hy050n", "hy070n", "hy110n", "hy145n", "eqSS", "eqIncome", "rb050"]


def test_the_mapping_of_the_manual_reads_a_folder_like_the_one_it_tells_of(tmp_path):
    page = (ROOT / "docs" / "populations.md").read_text(encoding="utf-8")
    block = next(part for part in page.split("```json\n")[1:] if "labacces-mapping/1" in part).split("```")[0]
    assert not list(SCHEMA.iter_errors(json.loads(block)))
    (tmp_path / "my.json").write_text(block, encoding="utf-8")
    folder = tmp_path / "survey"
    folder.mkdir()
    months = {f"benefit_2023_0{month}": "310,5" if month < 3 else "." for month in (1, 2, 3)}
    nobody = {"mother": 0, "father": 0, "partner": 0}
    people = [
        {"pid": 1, "hid": 7, **nobody, "partner": 2, "sex": 1, "year": 1980, "month_of_birth": 5, "status": 1, "wages": "24000,5", "bonus": "NA", **months},
        {"pid": 2, "hid": 7, **nobody, "partner": 1, "sex": 2, "year": 1982, "month_of_birth": ".", "status": 9, "wages": "NA", "bonus": "NA", **months},
    ]
    write(folder / "persons_2023.csv", people, ";")
    write(folder / "dwellings_2023.csv", [{"hid": 7, "weight": "12,5", "rent": 640, "interest": 100}], ";")
    write(folder / "pay_2023.csv", [{"pid": 1, "month": "2025-04", "net": "1700,25"}], ";")
    results, record = run(tmp_path, "--population", "survey", "--mapping", "my.json")
    assert results["population"]["weighted_households"] == 12.5
    assert {"variable": "chomage_net", "from": "benefit_{yyyy}_{mm}", "for": "2023-01 to 2023-03", "unit": "month"} in record["population"]["columns"]
    assert {"variable": "salaire_net", "from": "pay.net", "for": "rows of pay", "unit": "month"} in record["population"]["columns"]


def test_a_converted_population_is_the_one_that_was_read(tmp_path):
    write_euromod(tmp_path / "a.txt", 40)
    direct, _ = run(tmp_path, "--population", "a.txt", "--mapping", "mapping:euromod")
    done = labacces("population", "convert", "a.txt", "--mapping", "mapping:euromod", "--period", "2025-06", "--output", "people", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    converted, _ = run(tmp_path, "--population", "people")
    assert converted["benefits"] == direct["benefits"] and converted["population"]["rows"] == direct["population"]["rows"]
    about = json.loads((tmp_path / "people" / "conversion.json").read_text(encoding="utf-8"))
    assert about["mapping"]["name"] == "mapping:euromod" and about["source"] == "a.txt" and about["units"]
