"""Populations from everywhere give the same results, and what is wrong with them is told."""

import concurrent.futures
import datetime
import pickle

import duckdb
import numpy as np
import polars
import pyarrow
import pytest

import labacces as la
from conftest import message


@pytest.fixture(scope="module")
def tables(population):
    return population.tables()


def figures(population, base):
    return la.run(population, base).to_dict()["benefits"]


def test_what_is_looked_at_is_of_one_month_whatever_was_run_before(base):
    def seen(people):
        return people.tables()["individus"].to_arrow(), people.column("date_naissance").tolist(), people.weights.tolist(), people.counts, repr(people)

    fresh, used = (la.Population.builtin(households=150, on="2024-03") for _ in range(2))
    plus = base.reform({"rsa.montant_de_base": {"2025-01-01": 700}})
    la.run(used, plus)
    used.compute("rsa", "2025-01")
    assert seen(used) == seen(fresh) == seen(pickle.loads(pickle.dumps(used)))
    latest = la.Population.builtin(households=150)
    la.run(latest, base)
    assert latest.tables()["individus"].to_arrow() == la.Population.builtin(households=150, on=la.Law.load().latest_month).tables()["individus"].to_arrow()
    assert latest.tables()["individus"].to_arrow() != fresh.tables()["individus"].to_arrow()
    assert message(lambda: la.Population.builtin(on="2025-13")) == "error: on: a month was expected, such as 2025-06, found '2025-13'"


@pytest.mark.parametrize("tool", ["tables", "pyarrow", "polars", "pandas", "duckdb", "csv", "columns"])
def test_a_population_goes_out_and_in_with_the_same_results(tool, tables, base, result, population, tmp_path):
    if tool == "csv":
        population.to_csv(tmp_path / "people")
        again = la.Population.from_csv(tmp_path / "people")
    elif tool == "pandas":
        again = la.Population.from_pandas(**{name: table.to_pandas() for name, table in tables.items()}, synthetic=True)
    elif tool == "columns":
        again = la.Population.from_columns(**{name: {c: table[c] for c in table.columns} for name, table in tables.items()}, synthetic=True)
    else:
        convert = {"tables": lambda t: t, "pyarrow": pyarrow.table, "polars": polars.DataFrame, "duckdb": lambda t: duckdb.from_arrow(pyarrow.table(t))}[tool]
        again = la.Population.from_arrow(**{name: convert(table) for name, table in tables.items()}, synthetic=True)
    assert again.counts == population.counts
    assert figures(again, base) == result.to_dict()["benefits"]


def test_the_order_and_the_batches_of_rows_do_not_matter(tables, base, result):
    frames = {name: polars.DataFrame(table).sample(fraction=1.0, shuffle=True, seed=3) for name, table in tables.items()}
    cut = {name: pyarrow.table(frame).to_batches(max_chunksize=97) for name, frame in frames.items()}
    again = la.Population.from_arrow(**{name: pyarrow.Table.from_batches(batches) for name, batches in cut.items()}, synthetic=True)
    assert figures(again, base) == result.to_dict()["benefits"]


def test_threads_may_share_a_population_whose_columns_are_not_yet_worked_out(tables, base, result):
    again = la.Population.from_arrow(**{name: pyarrow.table(table) for name, table in tables.items()}, synthetic=True)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: figures(again, base), range(4)))
        columns = list(pool.map(lambda _: again.tables()["individus"]["activite"], range(2)))
    assert all(one == result.to_dict()["benefits"] for one in found)
    assert list(columns[0]) == list(columns[1]) == list(tables["individus"]["activite"])


def test_categories_that_no_row_has_may_be_of_any_text(tables, base, result):
    persons = pyarrow.table(tables["individus"])
    place = persons.column_names.index("activite")
    column = persons["activite"].combine_chunks()
    texts = pyarrow.array([*column.dictionary.to_pylist(), "lapin"])
    wider = persons.set_column(place, "activite", pyarrow.DictionaryArray.from_arrays(column.indices, texts))
    others = {name: table for name, table in tables.items() if name != "individus"}
    assert figures(la.Population.from_arrow(wider, **others, synthetic=True), base) == result.to_dict()["benefits"]
    codes = column.indices.to_numpy().copy()
    codes[[3, 8]] = len(texts) - 1
    wrong = persons.set_column(place, "activite", pyarrow.DictionaryArray.from_arrays(pyarrow.array(codes), texts))
    told = message(lambda: la.Population.from_arrow(wrong, **others, synthetic=True))
    assert "individus[3]" in told and "individus[8]" in told and "found 'lapin'" in told


def test_columns_of_any_width_and_categories_are_read(tables, base, result):
    persons = pyarrow.table(tables["individus"])
    for name, kind in [("quimen", pyarrow.int8()), ("quifam", pyarrow.uint16()), ("quifoy", pyarrow.float32()), ("idmen", pyarrow.string_view()),
                       ("activite", pyarrow.dictionary(pyarrow.int16(), pyarrow.string())), ("date_naissance", pyarrow.timestamp("us")), ("idfam", pyarrow.string())]:
        persons = persons.set_column(persons.column_names.index(name), name, persons[name].cast(kind))
    dwellings = pyarrow.table(tables["menages"])
    again = la.Population.from_arrow(persons, menages=dwellings, familles=tables["familles"], foyers_fiscaux=tables["foyers_fiscaux"], synthetic=True)
    assert figures(again, base) == result.to_dict()["benefits"]


PERSONS = {
    "idmen": [1, 1, 2], "quimen": [0, 1, 0], "idfam": [1, 1, 2], "quifam": [0, 1, 0], "idfoy": [1, 1, 2], "quifoy": [0, 1, 0],
    "date_naissance": np.array(["1980-01-01", "1982-02-02", "1990-03-03"], dtype="datetime64[D]"), "salaire_net": [1000.0, 0.0, 1500.0],
}


def changed(**columns):
    return lambda: la.Population.from_columns({**PERSONS, **columns})


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        ({"salair_net": [1.0, 2.0, 3.0]}, "individus: error: unknown column 'salair_net' (did you mean 'salaire_net'?)"),
        ({"salaire_net": ["a", "b", "c"]}, "column 'salaire_net': expected a number, found texts (large_utf8), the first 'a' in row 0"),
        ({"salaire_net": [1.0, np.inf, 0.0]}, "individus[1]: error: column 'salaire_net': expected a number, found 'inf'"),
        ({"activite": ["actif", "chomer", "actif"]}, "individus[1]: error: column 'activite': expected one of actif"),
        ({"activite": [1, 2, 3]}, "found a column of type int64"),
        ({"boursier": [0, 1, 2]}, "individus[2]: error: column 'boursier': expected true or false, or 0 or 1, found '2'"),
        ({"date_naissance": ["1980-01-01", "1982-02-30", "1990-03-03"]}, "individus[1]: error: column 'date_naissance': expected a date such as 1990-01-31, found '1982-02-30'"),
        ({"wprm": [1.0, 1.0, -2.0]}, "individus[2]: error: column 'wprm': expected a weight, a number of 0 or more, found '-2'"),
        ({"wprm": [1.0, 2.0, 2.0]}, "column 'wprm': another value than in row 0 for the same menage '1'"),
        ({"wprm": [1.0, 1.0, np.nan]}, "menage '2' has no weight, others have one"),
        ({"id": [7, 7, 8]}, "individus[1]: error: column 'id': the id '7' is in row 0 already"),
        ({"idmen": [1, 1, None]}, "column 'idmen'"),
        ({"idmen": [1.5, 1.5, 2.0]}, "column 'idmen': expected ids, whole numbers or texts without gaps, found a column of type float64"),
        ({"quimen": [0, 0, 0]}, "menage '1' has two persons with quimen 0 (personne_de_reference): the other is in row 0"),
        ({"quimen": [0, 1, 1]}, "menage '2' has no personne_de_reference (quimen 0)"),
        ({"quimen": [0, 4, 0]}, "individus[1]: error: column 'quimen': expected 0 (reference), 1 (conjoint), 2 (enfant) or 3 (autre), found '4'"),
        ({"salaire_net@2025-13": [1.0, 2.0, 3.0]}, "'2025-13' is not a period"),
        ({"salaire_net": [1.0, 2.0]}, "the columns of a table have one length"),
        ({"salaire_net": [[1.0], [2.0], [3.0]]}, "values in one dimension were expected"),
        ({"salaire_net": [object(), 1, 2]}, "column 'salaire_net': numbers, texts, dates, or true and false were expected"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(columns, text):
    assert text in message(changed(**columns))


def test_missing_columns_and_unknown_units_are_told():
    assert "needed columns are missing: quimen, quifam" in message(lambda: la.Population.from_columns({k: v for k, v in PERSONS.items() if k not in ("quimen", "quifam")}))
    assert "there is no '2' in menages" in message(lambda: la.Population.from_columns(PERSONS, menages={"id": [1, 3], "loyer": [1.0, 2.0]}))
    assert "menage '3' has no person" in message(lambda: la.Population.from_columns(PERSONS, menages={"id": [1, 2, 3]}))
    assert "also in menages" in message(lambda: la.Population.from_columns({**PERSONS, "loyer": [1.0, 1.0, 2.0]}, menages={"id": [1, 2], "loyer": [1.0, 2.0]}))
    assert "the id '1' is in row 0 already" in message(lambda: la.Population.from_columns(PERSONS, menages={"id": [1, 1, 2]}))
    assert "a table with __arrow_c_stream__" in message(lambda: la.Population.from_arrow({"idmen": [1]}))
    assert "the table has no row" in message(lambda: la.Population.from_columns({name: np.asarray(values)[:0] for name, values in PERSONS.items()}))


def test_nan_and_none_are_missing_values_and_the_default_holds():
    people = la.Population.from_columns({**PERSONS, "salaire_net@2025-05": [np.nan, 7.0, np.nan], "activite": ["actif", None, "chomeur"]})
    column = people.column("salaire_net", "2025-05")
    assert column[1] == 7.0 and np.isnan(column[[0, 2]]).all()
    assert people.compute("salaire_net", "2025-05")["salaire_net"].tolist() == [1000.0, 7.0, 1500.0]
    assert people.compute("activite", "2025-05")["activite"] == ["actif", "inactif", "chomeur"]


def test_a_missing_needed_input_is_named():
    assert "date_naissance" in message(lambda: la.run(la.Population.from_columns({k: v for k, v in PERSONS.items() if k != "date_naissance"}), period="2025-06"))


def test_values_of_all_kinds_come_back_as_pythons_own(population):
    assert population.compute("departement", "2025-06")["departement"][0] in ("d22", "d29", "d35", "d56")
    assert population.compute("boursier", "2025-06")["boursier"].dtype == bool
    births = population.compute("date_naissance", "2025-06")
    assert births["date_naissance"].dtype == "datetime64[D]" and isinstance(next(births.rows())["date_naissance"], datetime.date)
    assert "stand on one level" in message(lambda: population.compute(["rsa", "loyer"], "2025-06"))
    assert "did you mean 'rsa'?" in message(lambda: population.compute("rsaa", "2025-06"))
    assert "a month was expected, such as 2025-06, found" in message(lambda: population.compute("rsa", "2025-6"))


def test_a_closed_population_says_so():
    with la.Population.builtin(households=20) as people:
        assert people.counts["menage"] == 20
    assert "was closed" in message(lambda: la.run(people))
    assert "was closed" in message(lambda: people.counts)
    assert repr(people) == "<Population, closed>"


def test_a_population_read_under_another_law_is_refused(tmp_path):
    (tmp_path / "more.law").write_text('program more "More"\ninput more_money of individu monthly : EUR/month "More" default 0\n')
    law = la.Law.load(add=[tmp_path / "more.law"])
    people = la.Population.from_columns({**PERSONS, "more_money": [1.0, 2.0, 3.0]}, law=law)
    assert "'more_money', which this law does not know" in message(lambda: la.run(people, period="2025-06"))
    assert la.run(people, la.Scenario.base().replace(law=law, period="2025-06")).benefits


def test_unknown_built_in_populations_and_files_are_told(tmp_path):
    assert "did you mean 'bretagne'?" in message(lambda: la.Population.builtin("bretagn").counts)
    assert "there is no such file" in message(lambda: la.Population.from_csv(tmp_path / "nothing.csv"))
