"""Wrong use gives one error that a person can act on: what, where, what was expected, the nearest name."""

import threading

import numpy as np
import pytest

import labacces as la
from conftest import MONTH, message

PERSONS = {
    "id": [1, 2, 3], "idmen": [1, 1, 2], "quimen": [0, 1, 0], "idfam": [1, 1, 2], "quifam": [0, 1, 0], "idfoy": [1, 1, 2], "quifoy": [0, 1, 0],
    "date_naissance": np.array(["1980-01-01", "1982-02-02", "1990-03-03"], dtype="datetime64[D]"), "salaire_net": [1000.0, 0.0, 1500.0],
}


def people(**columns):
    return la.Population.from_columns({**PERSONS, **columns})


def test_a_wrong_column_name_has_the_nearest_one():
    assert message(lambda: people(salair_net=[1.0, 2.0, 3.0])) == "individus: error: unknown column 'salair_net' (did you mean 'salaire_net'?)"


def test_a_wrong_dtype_is_told_with_the_first_cell():
    text = message(lambda: people(salaire_net=["mille", "0", "0"]))
    assert text == "individus: error: column 'salaire_net': expected a number, found texts (large_utf8), the first 'mille' in row 0"


def test_a_missing_month_is_told():
    text = message(lambda: people(**{"salaire_net@2025": [1.0, 2.0, 3.0], "salaire_net@2025-13": [1.0, 2.0, 3.0]}))
    assert "'2025-13' is not a period" in text
    assert message(lambda: la.evaluate("rsa", PERSONS)) == "error: a period was expected, such as '2025-06'"
    assert "column 'salaire_net' has no values for '2025-05'; it has: '' (for ever)" in message(lambda: people().column("salaire_net", "2025-05"))
    assert 'period: error: a month was expected, such as "2025-06", found "2025-6"' in message(lambda: la.run(people(), period="2025-6"))


def test_months_that_the_data_lack_are_told_by_a_check():
    told = la.Population.from_columns(
        {**{name: values for name, values in PERSONS.items() if name != "salaire_net"}, "salaire_net@2025-05": PERSONS["salaire_net"]})
    found = next(told.check(MONTH, "rsa").where(kind="history_too_short").rows())
    assert max(len(line) for line in repr(told.check(MONTH, "rsa")).splitlines()) < 300  # long texts are cut where a table is printed
    assert found["level"] == "warning" and found["variable"] == "salaire_net" and "not in the data" in found["text"]


def test_months_that_the_data_lack_are_a_warning_of_the_run():
    mine = la.Population.from_columns(
        {**{name: values for name, values in PERSONS.items() if name != "salaire_net"}, "salaire_net@2025-05": PERSONS["salaire_net"]})
    text = "salaire_net: the data have other periods, but no value for 2024-12 to 2025-04, 2025-06, where the law's rule or default holds"
    base = la.Scenario.base().replace(period=MONTH, benefits=["rsa"])
    for ask in (lambda: mine.compute("rsa", MONTH), lambda: la.evaluate("rsa", {"date_naissance": PERSONS["date_naissance"], "salaire_net@2025-03": [1.0, 2.0, 3.0]}, MONTH)):
        with pytest.warns(la.DataWarning) as told:
            ask()
        assert all(one.filename == __file__ for one in told)
    with pytest.warns(la.DataWarning) as told:
        mine.compute("rsa", MONTH)
    assert [str(one.message) for one in told if "salaire_net" in str(one.message)] == [text]
    for run in (lambda: la.run(mine, base), lambda: la.compare(mine, [base, base.replace(name="same")]),
                lambda: la.sweep(mine, base, "rsa.montant_de_base", [600], since="2025-01-01")):
        with pytest.warns(la.DataWarning, match="salaire_net: the data have other periods") as told:
            run()
        assert all(one.filename == __file__ for one in told)


def test_a_period_that_is_no_text_is_told():
    for wrong in (202506, None):
        assert message(lambda wrong=wrong: people().compute("rsa", wrong)) == f"error: period: a text such as '2025-06' or '2025' was expected, found {wrong}"


def test_a_negative_weight_is_told_with_its_row():
    assert message(lambda: people(wprm=[1.0, 1.0, -2.0])) == "individus[2]: error: column 'wprm': expected a weight, a number of 0 or more, found '-2'"


def test_duplicate_ids_are_told_with_both_rows():
    assert message(lambda: people(id=[7, 8, 7])) == "individus[2]: error: column 'id': the id '7' is in row 0 already"


def test_a_reform_with_a_typo_has_the_nearest_name(base):
    assert "did you mean 'rsa.montant_de_base'?" in message(lambda: base.reform({"rsa.montant_de_bas": {"2025-01-01": 700}}))
    assert "a value with its date was expected, such as {'2025-01-01': 700}" in message(lambda: base.reform({"rsa.montant_de_base": 700}))
    with pytest.raises(la.Error) as caught:
        base.reform({"rsa.montant_de_base": {"2025-01-32": 700}})
    assert caught.value.findings[0].line == 2


def test_a_closed_population_says_what_to_do(base):
    with la.Population.builtin(households=20) as closed:
        pass
    for use in (lambda: la.run(closed, base), lambda: closed.compute("rsa", MONTH), lambda: closed.to_arrow(), lambda: la.marginal_rates(closed, MONTH)):
        assert message(use) == "error: the population was closed: make it again"


def test_a_group_that_does_not_exist_has_the_nearest_name(result):
    assert message(lambda: result.table(by="departemen")) == "error: there is no group 'departemen' (did you mean 'departement'?)"
    assert "there is no group 'departemen' (did you mean 'departement'?)" in message(lambda: result.plot("funnel", by="departemen"))


def test_a_group_that_was_not_asked_for_says_how_to_ask(population, base):
    alone = la.run(population, base.replace(groups=[]))
    assert message(lambda: alone.table(by="departement")) == (
        "error: there is no group 'departement' (the scenario asks for all: scenario.replace(groups=['departement']) asks for it)")
    assert "there is no benefit 'rsaa' (did you mean 'rsa'?)" in message(lambda: alone.label("rsaa"))


def test_threads_may_share_a_scenario_and_get_its_errors(population, base):
    found: list[str] = []

    def ask(month: str) -> None:
        try:
            found.append(la.run(population, base.replace(period=month), threads=1).period)
        except la.Error as error:
            found.append(str(error).split(" is not in force")[0][-4:] and "error")

    threads = [threading.Thread(target=ask, args=(month,)) for month in (MONTH, "1990-01", MONTH, "1990-01")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [MONTH, MONTH, "error", "error"]


def test_a_path_or_a_table_in_place_of_a_population_says_what_reads_it(population, base):
    for ask in (la.run, la.measure_take_up):
        assert message(lambda ask=ask: ask("people.csv", base)) == (
            "error: population: a labacces.Population was expected, found the text 'people.csv': la.Population.from_csv reads a file, la.Population.builtin makes a synthetic one")
    assert "found Table: la.Population.from_arrow and from_pandas read tables" in message(lambda: la.run(la.Table(PERSONS), base))
    assert "found the text 'base.json': la.Scenario.load reads a file" in message(lambda: la.run(population, "base.json"))
    assert "a labacces.Scenario was expected, found dict" in message(lambda: la.compare(population, [base, {"name": "x"}]))
    assert "for arrays by name there is from_columns, for files from_csv" in message(lambda: la.Population.from_pandas(PERSONS))
    assert "values by name and date, a text or a file was expected, found list" in message(lambda: base.reform([700]))


def test_threads_are_a_whole_number(population, base):
    for wrong in (-1, "2", 1.5):
        for ask in (lambda: la.run(population, base, threads=wrong), lambda: la.compare(population, [base, base.replace(name="x")], threads=wrong),
                    lambda: population.compute("rsa", MONTH, threads=wrong), lambda: la.marginal_rates(population, MONTH, threads=wrong)):
            assert message(ask) == f"error: threads: a whole number of 0 (all cores) or more was expected, found {wrong!r}"


def test_wrong_kinds_of_arguments_are_told(population, base):
    assert "a list of names was expected" in message(lambda: la.measure_units({"rsa_right": [1.0]}, "rsa"))
    assert "columns by name were expected" in message(lambda: la.measure_units(7, ["rsa"]))
    assert "'rsaa' is not among the benefits of the scenario (did you mean 'rsa'?)" in message(lambda: la.measure_take_up(population, base, receipt={"rsaa": "rsa"}))
    assert "numbers that rise were expected" in message(lambda: la.measure_take_up(population, base, amounts=[100, 50]))
    assert "there is no backend 'altare' (did you mean 'altair'?)" in message(lambda: la.run(population, base).plot(backend="altare"))
