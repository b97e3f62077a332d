"""labacces population check: kinds, counts, first rows, exit codes, table and JSON."""

import json

import pytest

from program import labacces

HEADER = "id,idmen,quimen,idfam,quifam,idfoy,quifoy,wprm,date_naissance,activite,salaire_net,statut_occupation_logement,loyer"
SOUND = ["1,1,0,1,0,1,0,310,1985-02-03,actif,1510,locataire_vide,500", "2,1,2,1,2,1,2,310,2012-05-10,,,,"]


def people(folder, *rows, header=HEADER, name="people.csv"):
    (folder / name).write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return name


def check(folder, *arguments):
    return labacces("population", "check", *arguments, "--period", "2025-06", folder=folder)


def found(folder, *arguments):
    done = check(folder, *arguments, "--json")
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


def test_a_sound_file_has_no_finding_and_exit_0(tmp_path):
    people(tmp_path, *SOUND)
    done = check(tmp_path, "people.csv")
    assert done.returncode == 0
    assert done.stdout.endswith("kinds found: 0 errors, 0 warnings, 0 notes\n")
    assert found(tmp_path, "people.csv")["units"] == {"individus": 2, "familles": 1, "foyers_fiscaux": 1, "menages": 1}


def test_an_error_gives_exit_1_and_a_warning_exit_0(tmp_path):
    people(tmp_path, *SOUND, "3,2,0,2,0,2,0,300,1880-01-01,,,,")
    assert check(tmp_path, "people.csv").returncode == 1
    people(tmp_path, *SOUND, "3,2,0,2,0,2,0,300,1950-01-01,etudiant,,,")
    assert check(tmp_path, "people.csv").returncode == 0


def test_a_finding_has_kind_level_count_and_the_rows_of_the_file(tmp_path):
    people(tmp_path, "7,9,0,9,0,9,0,300,1990-01-01,actif,0,locataire_hlm,0", *SOUND)
    result = found(tmp_path, "people.csv")
    assert (result["errors"], result["warnings"], result["notes"]) == (0, 2, 0)
    kinds = {finding["kind"]: finding for finding in result["findings"]}
    assert kinds["employed_without_pay"] == {
        "kind": "employed_without_pay", "level": "warning", "entity": "individu", "text": kinds["employed_without_pay"]["text"],
        "count": 1, "first": [{"id": "7", "row": 1}],
    }
    assert kinds["tenant_without_rent"]["first"] == [{"id": "9", "row": 1}]


def test_the_inputs_of_results_are_looked_for(tmp_path):
    people(tmp_path, "1,1,0,1,0,1,0,300", header="id,idmen,quimen,idfam,quifam,idfoy,quifoy,wprm")
    result = found(tmp_path, "people.csv", "--outputs", "rsa")
    (missing,) = [finding for finding in result["findings"] if finding["kind"] == "input_missing"]
    assert missing["variable"] == "date_naissance" and "rsa" in missing["text"]
    (defaults,) = [finding for finding in result["findings"] if finding["kind"] == "default_holds"]
    assert "activite" in defaults["variables"]


def test_replicate_weights_are_looked_at(tmp_path):
    people(tmp_path, *SOUND, "3,2,0,2,0,2,0,300,1985-02-03,inactif,0,proprietaire,0")
    (tmp_path / "design.csv").write_text("idmen,r1,r2\n1,310,500\n2,300,615\n", encoding="utf-8")
    kinds = [f["kind"] for f in found(tmp_path, "people.csv", "--design", "design.csv", "--replicates", "r")["findings"]]
    assert kinds == ["replicate_is_the_weight", "replicate_total_differs"]


def test_lines_fit_80_columns(tmp_path):
    people(tmp_path, *[f"{i},{i},0,{i},0,{i},0,300,18{i:02d}-01-01,etudiant,-1,locataire_vide,0" for i in range(10, 30)])
    done = check(tmp_path, "people.csv", "--outputs", "rsa,ppa,aide_logement")
    assert done.returncode == 1
    assert max(len(line) for line in done.stdout.splitlines()) <= 80


def test_a_folder_a_situation_and_a_built_in_population_are_checked_too(tmp_path):
    situation = {"individus": {"a": {"date_naissance": {"ETERNITY": "1870-01-01"}}}}
    (tmp_path / "s.json").write_text(json.dumps(situation), encoding="utf-8")
    assert found(tmp_path, "s.json")["findings"][0]["kind"] == "age_over_122"
    assert found(tmp_path, "builtin:bretagne?households=200")["errors"] == 0
    (tmp_path / "folder").mkdir()
    people(tmp_path / "folder", "1,1,0,1,0,1,0,1880-01-01", header="id,idmen,quimen,idfam,quifam,idfoy,quifoy,date_naissance", name="individus.csv")
    assert found(tmp_path, "folder")["errors"] == 1


def test_what_was_assumed_to_build_units_is_told(tmp_path):
    people(tmp_path, "1,1,,,2,1980-01-01", "2,1,,,1,1981-01-01", "3,1,1,2,,2012-01-01", header="id,idmen,idmother,idfather,idpartner,date_naissance")
    result = found(tmp_path, "people.csv")
    assert [(unit["kind"], unit["count"]) for unit in result["units_assumed"]] == [("couple_of_unknown_status", 2), ("reference_chosen", 1)]
    assert "assumed to build families and tax units" in check(tmp_path, "people.csv").stdout
    people(tmp_path, *SOUND)
    assert "units_assumed" not in found(tmp_path, "people.csv")


def test_links_that_cannot_be_are_refused_each_with_its_cell(tmp_path):
    people(tmp_path, "1,1,,,2,1980-01-01", "2,1,,,,1981-01-01", "3,1,9,,,2012-01-01", header="id,idmen,idmother,idfather,idpartner,date_naissance")
    done = check(tmp_path, "people.csv")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "people.csv:4:5: error: individu '3': the mother is in no row of the file: '9'",
        "people.csv:2:7: error: individu '1': the partner names somebody else, or nobody, as partner: '2'",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "one population was expected"),
        (("nowhere.csv",), "nowhere.csv"),
        (("people.csv", "--output", "rsa"), "did you mean '--outputs'?"),
        (("people.csv", "--outputs", "rsaa"), "did you mean 'rsa'?"),
        (("people.csv", "--outputs", ","), "which variables"),
        (("people.csv", "--replicates", "r"), "--design and --replicates go together"),
    ],
)
def test_wrong_words_are_one_clear_line(arguments, words, tmp_path):
    people(tmp_path, *SOUND)
    done = check(tmp_path, *arguments)
    assert done.returncode == 2 and done.stdout == ""
    assert words in done.stderr and done.stderr.strip().count("\n") == 0, done.stderr


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    people(tmp_path, "1,1,0,1,0,1,0,300,1990-13-01,,,,")
    done = check(tmp_path, "people.csv")
    assert done.returncode == 2 and "people.csv:2:" in done.stderr


def test_a_history_finds_each_of_many_persons(tmp_path):
    folder = tmp_path / "people"
    folder.mkdir()
    ids = [f"person-number-{i:05d}-of-the-survey" for i in range(400)]
    rows = [f"{one},{i},0,{i},0,{i},0,1980-01-01,actif" for i, one in enumerate(ids)]
    people(folder, *rows, header="id,idmen,quimen,idfam,quifam,idfoy,quifoy,date_naissance,activite", name="individus.csv")
    history = "".join(f"{one},2025-06,{1000 + i}\n" for i, one in enumerate(reversed(ids)))
    (folder / "individus_mois.csv").write_text("id,period,salaire_net\n" + history, encoding="utf-8")
    assert [finding["kind"] for finding in found(tmp_path, "people")["findings"]] == ["no_weights"]


def test_pay_is_the_mean_of_six_months_and_the_child_goes_with_the_higher_income(tmp_path):
    months = ["2024-12", "2025-01", "2025-02", "2025-03", "2025-04", "2025-05"]
    header = "id,idmen,idmother,idfather,idpartner,date_naissance,statut_marital," + ",".join(f"salaire_net@{month}" for month in months)

    def assumed(pay):
        people(
            tmp_path,
            "1,1,,,2,1980-01-01,celibataire,1500,1500,1500,1500,1500,1500",
            "2,1,,,1,1981-01-01,celibataire,1600,1600,1600,1600,1600,1600",
            f"3,1,1,2,,2006-01-01,celibataire,{pay}",
            "4,1,1,2,,2012-01-01,celibataire,,,,,,",
            header=header,
        )
        return {unit["kind"]: unit["count"] for unit in found(tmp_path, "people.csv")["units_assumed"]}

    # 55 % of the minimum wage is 1 104 EUR: the mean counts, not the last month.
    paid = assumed("2000,2000,2000,2000,2000,0")
    assert "adult_child_at_charge" not in paid and paid["child_by_income"] == 1
    assert assumed("0,0,0,0,0,2000")["adult_child_at_charge"] == 1
