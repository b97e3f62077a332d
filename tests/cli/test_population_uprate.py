"""labacces population uprate: amounts and time carried to another year; the result reads back."""

import csv
import json

import pytest

from program import labacces

HEADER = "idmen,quimen,idfam,quifam,idfoy,quifoy,wprm,date_naissance,salaire_net@2021-03,loyer"


def people(folder, header=HEADER, row="1,0,1,0,1,0,3,1990-09-16,1000,500"):
    (folder / "p.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")


def uprate(folder, *options):
    return labacces("population", "uprate", *options, folder=folder)


def test_the_population_of_another_year_reads_back(tmp_path):
    people(tmp_path)
    done = uprate(tmp_path, "p.csv", "--to", "2023", "--output", "out")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out" / "individus.csv").open(encoding="utf-8") as file:
        person = next(csv.DictReader(file))
    assert person["date_naissance"] == "1992-09-16"
    assert float(person["salaire_net@2023-03"]) == pytest.approx(1000 * 1.038 * 1.038)
    with (tmp_path / "out" / "menages.csv").open(encoding="utf-8") as file:
        dwelling = next(csv.DictReader(file))
    assert float(dwelling["wprm"]) == 3 and float(dwelling["loyer"]) == pytest.approx(500 * 140.59 / 131.12)
    again = labacces("run", "--population", "out", "--period", "2023-04", "--no-suppression", folder=tmp_path)
    assert again.returncode == 0, again.stderr


def test_other_indices_are_taken(tmp_path):
    people(tmp_path)
    indices = {"format": "labacces-indices/1", "indices": {"x": {"label": "X", "growth_percent": {"2022": [100, "test"]}}}, "others": "x"}
    (tmp_path / "i.json").write_text(json.dumps(indices), encoding="utf-8")
    done = uprate(tmp_path, "p.csv", "--to", "2022", "--indices", "i.json", "--output", "out")
    assert done.returncode == 0, done.stderr
    assert "2022  100.00 %  test" in done.stdout
    assert "2000" in (tmp_path / "out" / "individus.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["p.csv", "--output", "out"], "error: --to is missing"),
        (["p.csv", "--to", "2023"], "error: --output is missing"),
        (["--to", "2023", "--output", "out"], "error: one population was expected"),
        (["builtin:bretagne", "--to", "2023", "--output", "out"], "there is nothing to uprate"),
        (["p.csv", "--to", "2031", "--output", "out"], "the index 'wages' has no figure for 2026; it is known from 2016 to 2025"),
        (["undated.csv", "--to", "2023", "--output", "out"], "--from is missing: no column of 'undated.csv' has a year or a month"),
    ],
)
def test_what_cannot_be_uprated_is_told_and_nothing_is_written(options, message, tmp_path):
    people(tmp_path)
    (tmp_path / "undated.csv").write_text("idmen,quimen,idfam,quifam,idfoy,quifoy,date_naissance\n1,0,1,0,1,0,1990-01-01\n", encoding="utf-8")
    done = uprate(tmp_path, *options)
    assert done.returncode == 2 and message in done.stderr
    assert not (tmp_path / "out").exists()
