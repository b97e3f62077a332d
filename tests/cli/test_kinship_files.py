"""Populations in the usual columns: kinship in place of units, and histories with a row a person and month."""

import json

import pytest

from program import labacces

UNITS = """id,idmen,quimen,idfam,quifam,idfoy,quifoy,wprm,date_naissance,statut_marital,salaire_net,loyer
anna,1,0,1,0,1,0,10,1985-04-02,marie,900,600
tom,1,1,1,1,1,1,10,1984-01-01,marie,0,600
mia,1,2,1,2,1,2,10,2015-06-01,,0,600
jean,2,0,2,0,2,0,12,1950-01-01,veuf,0,
"""
KIN = """id,idmen,idmother,idfather,idpartner,wprm,date_naissance,statut_marital,salaire_net,loyer
anna,1,,,tom,10,1985-04-02,marie,900,600
tom,1,0,0,anna,10,1984-01-01,marie,0,600
mia,1,anna,tom,,10,2015-06-01,,0,600
jean,2,,,,12,1950-01-01,veuf,0,
"""
RUN = ("run", "--period", "2025-06", "--no-suppression", "--output", "out")


def run(folder, population):
    done = labacces(*RUN, "--population", population, folder=folder)
    assert done.returncode == 0, done.stderr
    return (json.loads((folder / "out" / name).read_text(encoding="utf-8")) for name in ("results.json", "record.json"))


def test_kinship_gives_the_units_and_the_results_of_a_file_that_names_them(tmp_path):
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "kin.csv").write_text(KIN, encoding="utf-8")
    given, given_record = run(tmp_path, "units.csv")
    built, record = run(tmp_path, "kin.csv")
    assert given["benefits"] == built["benefits"] and given["population"]["rows"] == built["population"]["rows"]
    assert "units" in record["population"] and "units" not in given_record["population"]


def test_dwellings_and_dates_of_birth_alone_are_enough_and_what_was_inferred_is_counted(tmp_path):
    lines = [line.split(",") for line in KIN.splitlines()]
    drop = {lines[0].index(name) for name in ("id", "idmother", "idfather", "idpartner")}
    (tmp_path / "bare.csv").write_text("\n".join(",".join(cell for i, cell in enumerate(line) if i not in drop) for line in lines) + "\n", encoding="utf-8")
    results, record = run(tmp_path, "bare.csv")
    assert results["population"]["rows"] == {"individus": 4, "familles": 2, "foyers_fiscaux": 2, "menages": 2}
    assert record["population"]["units"] and all(note["count"] > 0 for note in record["population"]["units"])


def test_a_folder_with_kinship_has_its_dwellings_and_its_histories(tmp_path):
    folder = tmp_path / "people"
    folder.mkdir()
    rows = [line.split(",") for line in KIN.splitlines()]
    kept = [i for i, name in enumerate(rows[0]) if name not in ("wprm", "loyer", "salaire_net")]
    (folder / "individus.csv").write_text("".join(",".join(row[i] for i in kept) + "\n" for row in rows), encoding="utf-8")
    (folder / "menages.csv").write_text("id,wprm,loyer\n2,12,\n1,10,600\n", encoding="utf-8")
    (folder / "individus_mois.csv").write_text("id,period,salaire_net\n" + "".join(f"anna,2025-{month:02},900\n" for month in range(1, 7)) + "anna,2024,10800\nanna,2023,10800\n", encoding="utf-8")
    (tmp_path / "kin.csv").write_text(KIN, encoding="utf-8")
    whole, _ = run(tmp_path, "kin.csv")
    parts, _ = run(tmp_path, "people")
    assert whole["benefits"]["aide_logement"] == parts["benefits"]["aide_logement"] and whole["benefits"]["rsa"] == parts["benefits"]["rsa"]
    (folder / "familles.csv").write_text("id\n1\n", encoding="utf-8")
    done = labacces(*RUN, "--population", "people", folder=tmp_path)
    assert done.returncode == 2 and done.stderr == "people/familles.csv: error: the persons come with kinship, from which families and tax units are built: they have no file of their own\n"


@pytest.mark.parametrize(
    "text, message",
    [
        (KIN.replace("idmother,", "idfam,idmother,").replace("1,anna", "1,x,anna").replace("1,,,tom", "1,x,,,tom").replace("1,0,", "1,x,0,").replace("2,,,", "2,x,,,"), "bad.csv:1:10: error: 'idfam' stands beside columns of kinship, from which families and tax units are built: give the one or the other"),
        (KIN.replace("id,idmen", "idmen").replace("anna,1", "1").replace("tom,1,", "1,").replace("mia,1", "1").replace("jean,2", "2"), "bad.csv:1: error: a needed column is missing: id"),
        (KIN.replace("2015-06-01", ""), "bad.csv:4:1: error: the person has no date of birth, which families and tax units are built from"),
        (KIN.replace("mia,1", "anna,1"), "bad.csv:4:1: error: column 'id': the id 'anna' is on line 2 already"),
        (KIN.replace("marie,900", "mariee,900"), "bad.csv:2:28: error: column 'statut_marital': expected one of"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path, text, message):
    (tmp_path / "bad.csv").write_text(text, encoding="utf-8")
    done = labacces(*RUN, "--population", "bad.csv", folder=tmp_path)
    assert done.returncode == 2 and done.stderr.startswith(message), done.stderr


def test_links_that_cannot_be_are_told_with_their_cell(tmp_path):
    (tmp_path / "bad.csv").write_text(KIN.replace("mia,1,anna,tom", "mia,1,annna,tom").replace("tom,1,0,0,anna", "tom,1,0,0,mia"), encoding="utf-8")
    done = labacces(*RUN, "--population", "bad.csv", folder=tmp_path)
    assert done.returncode == 2 and "bad.csv:4:7: error:" in done.stderr and "annna" in done.stderr


HISTORY = "id,period,salaire_net,activite\nanna,2025-05,500,actif\nanna,2025-04,0,chomeur\ntom,2024,1200,\n"


def folder_with_history(tmp_path, history):
    folder = tmp_path / "people"
    folder.mkdir(exist_ok=True)
    (folder / "individus.csv").write_text(UNITS.replace(",salaire_net", "").replace(",900,", ",").replace(",0,600", ",600").replace("veuf,0,", "veuf,"), encoding="utf-8")
    (folder / "individus_mois.csv").write_text(history, encoding="utf-8")


def test_a_long_history_is_the_wide_one(tmp_path):
    folder_with_history(tmp_path, HISTORY)
    long, record = run(tmp_path, "people")
    wide = [line.split(",") for line in UNITS.splitlines()]
    names = ["salaire_net@2025-05", "salaire_net@2025-04", "salaire_net@2024", "activite@2025-05", "activite@2025-04"]
    cells = {"anna": ["500", "0", "", "actif", "chomeur"], "tom": ["", "", "1200", "", ""]}
    wide = [[*row[:10], *(names if row[0] == "id" else cells.get(row[0], [""] * 5)), row[11]] for row in wide]
    (tmp_path / "wide.csv").write_text("\n".join(map(",".join, wide)) + "\n", encoding="utf-8")
    assert run(tmp_path, "wide.csv").__next__()["benefits"] == long["benefits"]
    assert len(record["population"]["sha256"]) == 64


@pytest.mark.parametrize(
    "history, message",
    [
        (HISTORY.replace("tom,2024", "tomm,2024"), "people/individus_mois.csv:4:1: error: column 'id': there is no individu 'tomm' (did you mean 'tom'?)"),
        (HISTORY.replace("2025-04", "2025-4"), "people/individus_mois.csv:3:6: error: column 'period': '2025-4' is not a period: expected a month '2024-01' or a year '2024'"),
        (HISTORY.replace("2025-04", "2025-05"), "people/individus_mois.csv:3:14: error: column 'salaire_net': the value for 2025-05 is on a line before already"),
        (HISTORY.replace("activite", "loyer"), "people/individus_mois.csv:1:23: error: 'loyer' is a variable of menages, not of individus"),
        (HISTORY.replace("activite", "date_naissance"), "people/individus_mois.csv:1:23: error: 'date_naissance' holds for all time: it has no months"),
        (HISTORY.replace("activite", "activitee"), "people/individus_mois.csv:1:23: error: unknown column 'activitee' (did you mean 'activite'?)"),
        (HISTORY.replace("period", "month"), "people/individus_mois.csv:1:4: error: unknown column 'month'"),
        ("id,period,salaire_net\n", "people/individus_mois.csv:1: error: there is a header line, but no row under it"),
        ("id,period,salaire_net\nanna,2025-05\n", "people/individus_mois.csv:2: error: this row has 2 fields, the header has 3"),
    ],
)
def test_a_history_that_is_wrong_is_told_with_its_place(tmp_path, history, message):
    folder_with_history(tmp_path, history)
    done = labacces(*RUN, "--population", "people", folder=tmp_path)
    assert done.returncode == 2 and done.stderr.startswith(message), done.stderr
