"""Foreign tables and persons with kinship: read as the command line reads them, with what was assumed; scenarios that name a mapping or an order."""

import json
import pickle
import subprocess
import sys

import polars
import pytest

import labacces as la
from conftest import MONTH, ROOT, message
from test_run import PROGRAM

sys.path.append(str(ROOT / "tests" / "cli"))

from foreign_files import write_euromod  # noqa: E402

KIN = {
    "id": ["anna", "tom", "mia", "jean"], "idmen": [1, 1, 1, 2], "idmother": [None, "0", "anna", None], "idfather": ["", "0", "tom", None],
    "idpartner": ["tom", "anna", None, None], "wprm": [10.0, 10.0, 10.0, 12.0], "date_naissance": ["1985-04-02", "1984-01-01", "2015-06-01", "1950-01-01"],
    "salaire_net": [900.0, 0.0, 0.0, 0.0], "loyer": [600.0, 600.0, 600.0, 0.0],
}


def told(folder, *arguments):
    """The benefits and the record's population of a run of the command line."""
    subprocess.run([PROGRAM, "run", "--period", MONTH, "--output", "out", *arguments], cwd=folder, check=True, capture_output=True)
    parts = [json.loads((folder / "out" / name).read_text(encoding="utf-8")) for name in ("results.json", "record.json")]
    return parts[0]["benefits"], parts[1]["population"]


def record(result, folder):
    result.save(folder / "saved")
    return json.loads((folder / "saved" / "record.json").read_text(encoding="utf-8"))["population"]


@pytest.mark.filterwarnings("ignore:.*the data have other periods")  # data of 2020, rights of 2025
def test_a_mapped_file_gives_the_figures_and_the_record_of_the_command_line(tmp_path, base):
    write_euromod(tmp_path / "fr_2020_a1.txt")
    benefits, wanted = told(tmp_path, "--population", "fr_2020_a1.txt", "--mapping", "mapping:euromod")
    people = la.Population.from_csv(tmp_path / "fr_2020_a1.txt", mapping="mapping:euromod", on=MONTH)
    result = la.run(people, base)
    assert result.to_dict()["benefits"] == benefits
    saved = record(result, tmp_path)
    assert saved["mapping"] == wanted["mapping"] and saved["sha256"] == wanted["sha256"] and saved["units"] == wanted["units"]
    assert people.assumptions["kind"] == [note["kind"] for note in wanted["units"]]
    assert people.assumptions["count"].tolist() == [note["count"] for note in wanted["units"]]


def test_kinship_in_tables_is_kinship_in_a_file(tmp_path, base):
    polars.DataFrame(KIN, strict=False).write_csv(tmp_path / "kin.csv")
    benefits, wanted = told(tmp_path, "--population", "kin.csv")
    for people in (la.Population.from_columns(KIN, on=MONTH), la.Population.from_arrow(polars.DataFrame(KIN), on=MONTH),
                   la.Population.from_pandas(polars.DataFrame(KIN).to_pandas(), on=MONTH), la.Population.from_csv(tmp_path / "kin.csv", on=MONTH)):
        assert people.counts == {"individu": 4, "famille": 2, "foyer_fiscal": 2, "menage": 2}
        result = la.run(people, base)
        assert result.to_dict()["benefits"] == benefits
        assert record(result, tmp_path)["units"] == wanted["units"]
        assert people.assumptions["kind"] == [note["kind"] for note in wanted["units"]]
        assert pickle.loads(pickle.dumps(result)).to_dict() == result.to_dict()


@pytest.mark.filterwarnings("ignore:.*the data have other periods")  # data of 2020, rights of 2025
def test_a_pickle_keeps_what_was_assumed_and_how_the_data_were_read(tmp_path, base):
    write_euromod(tmp_path / "people.txt")
    mapped = la.Population.from_csv(tmp_path / "people.txt", mapping="mapping:euromod", on=MONTH)
    for people in (mapped, la.Population.from_columns(KIN, on=MONTH)):
        again = pickle.loads(pickle.dumps(people))
        assert len(people.assumptions) > 0 and again.assumptions.to_arrow() == people.assumptions.to_arrow()
        assert record(la.run(again, base), tmp_path) == record(la.run(people, base), tmp_path)


def test_units_are_those_of_the_month_that_is_said():
    then = la.Population.from_columns(KIN, on="2025-06").counts["famille"]
    assert la.Population.from_columns(KIN, on="2040-06").counts["famille"] == then + 1  # the child is 25 and a family of her own


def test_given_units_need_no_month_and_nothing_is_assumed(population):
    assert len(population.assumptions) == 0 and population.assumptions.columns == ("kind", "text", "count")


def test_what_is_wrong_with_kinship_or_a_mapping_is_told(tmp_path):
    assert "which month is not said" in message(lambda: la.Population.from_columns(KIN))
    assert "a month was expected, such as 2025-06, found '2025'" in message(lambda: la.Population.from_columns(KIN, on="2025"))
    text = message(lambda: la.Population.from_columns({**KIN, "idmother": [None, None, "anne", None]}, on=MONTH))
    assert text.startswith("individus[2]: error:") and "'anne'" in text
    write_euromod(tmp_path / "people.txt")
    assert "did you mean 'euromod'?" in message(lambda: la.Population.from_csv(tmp_path / "people.txt", mapping="mapping:euromd"))


@pytest.mark.filterwarnings("ignore:.*the data have other periods")  # data of 2020, rights of 2025
def test_a_scenario_with_a_mapping_runs_on_its_own_population(tmp_path):
    write_euromod(tmp_path / "people.txt")
    text = {"extends": "builtin:base", "name": "Mine", "period": MONTH, "population": "people.txt", "mapping": "mapping:euromod"}
    (tmp_path / "mine.json").write_text(json.dumps(text), encoding="utf-8")
    scenario = la.Scenario.load(tmp_path / "mine.json")
    assert scenario.mapping == "mapping:euromod"
    benefits, _ = told(tmp_path, "mine.json")
    assert la.run(None, scenario).to_dict()["benefits"] == benefits


def test_a_scenario_with_an_order_gives_the_rights_of_the_command_line(tmp_path):
    people = "builtin:bretagne?households=400&seed=1"
    scenario = la.Scenario.load(ROOT / "scenarios" / "ordre_de_recours.json").replace(period=MONTH)
    assert scenario.order == ("aide_logement", "rsa", "ppa") and scenario.replace(benefits=["rsa", "ppa"]).order == ("rsa", "ppa")
    benefits, _ = told(tmp_path, ROOT / "scenarios" / "ordre_de_recours.json", "--population", people)
    pop = la.Population.builtin(households=400, seed=1)
    assert la.run(pop, scenario).to_dict()["benefits"] == benefits
    assert la.run(pop, scenario.replace(order=())).to_dict()["benefits"] != benefits
    assert "order" in message(lambda: scenario.replace(order=("aah",)))
