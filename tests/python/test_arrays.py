"""Arrays in and out: the same memory where it can be, rules on plain arrays, curves, marginal rates."""

import numpy as np
import polars
import pyarrow
import pytest

import labacces as la
from conftest import MONTH, message


def persons(rows: int) -> dict:
    ids = np.arange(rows)
    none = np.zeros(rows, dtype=np.int64)
    return {"idmen": ids, "quimen": none, "idfam": ids, "quifam": none, "idfoy": ids, "quifoy": none,
            "date_naissance": np.full(rows, np.datetime64("1990-04-02")), "salaire_net": np.linspace(0.0, 2000.0, rows)}


def address(array) -> int:
    return array.__array_interface__["data"][0]


def test_columns_of_doubles_are_read_where_they_lie():
    columns = persons(500)
    people = la.Population.from_columns(columns)
    assert address(people.column("salaire_net")) == address(columns["salaire_net"])
    table = pyarrow.table(columns)
    assert address(la.Population.from_arrow(table).column("salaire_net")) == table["salaire_net"].chunk(0).buffers()[1].address
    frame = polars.DataFrame(columns)
    assert address(la.Population.from_arrow(frame).column("salaire_net")) == address(frame["salaire_net"].to_numpy())
    part = table.slice(100)
    assert address(la.Population.from_arrow(part).column("salaire_net")) == table["salaire_net"].chunk(0).buffers()[1].address + 800


def test_memory_that_was_lent_stays_alive_with_the_population():
    people = la.Population.from_arrow(pyarrow.table(persons(300)))
    assert people.column("salaire_net").sum() == pytest.approx(300 * 1000.0)
    column = people.column("salaire_net")
    people.close()
    del people
    assert column.sum() == pytest.approx(300 * 1000.0)
    with pytest.raises(ValueError, match="read-only"):
        column[0] = 1.0


def test_rows_in_another_order_or_with_gaps_are_copied():
    columns = persons(50)
    columns["idmen"] = columns["idmen"][::-1].copy()
    people = la.Population.from_columns(columns)
    assert address(people.column("salaire_net")) != address(columns["salaire_net"])
    assert people.column("salaire_net").tolist() == columns["salaire_net"][::-1].tolist()
    columns = persons(50)
    columns["salaire_net"][3] = np.nan
    assert np.isnan(la.Population.from_columns(columns).column("salaire_net")[3])


def test_results_of_the_engine_are_not_copied_on_their_way_out():
    people = la.Population.from_columns(persons(100))
    values = people.compute(["rsa", "ppa"], MONTH)
    arrow = pyarrow.table(values)
    assert arrow["rsa"].chunk(0).buffers()[1].address == address(values["rsa"])
    assert values["rsa"].base is not None


def test_evaluate_gives_what_calculate_gives_and_keeps_the_order():
    wages = np.array([900.0, 0.0, 300.0, 1500.0])
    births = np.array(["1990-04-02", "1985-01-01", "1970-06-30", "2000-12-31"], dtype="datetime64[D]")
    got = la.evaluate(["rsa", "ppa"], {"salaire_net": wages, "date_naissance": births}, MONTH)
    for i in range(4):
        alone = {"individus": {"x": {"date_naissance": {"ETERNITY": str(births[i])}, "salaire_net": {"ETERNITY": wages[i]}}}}
        assert got["rsa"][i] == la.calculate("rsa", alone, MONTH)["x"] and got["ppa"][i] == la.calculate("ppa", alone, MONTH)["x"]
    links = {"idmen": [9, 9, 2, 1], "quimen": [0, 1, 0, 0], "idfam": [9, 9, 2, 1], "quifam": [0, 1, 0, 0], "idfoy": [9, 9, 2, 1], "quifoy": [0, 1, 0, 0]}
    grouped = la.evaluate({"rsa": MONTH, "salaire_net": "2025-01"}, {**links, "salaire_net": wages, "date_naissance": births})
    assert grouped["salaire_net"].tolist() == wages.tolist()
    assert len(grouped["rsa"]) == 3 and grouped["rsa"][1:].tolist() == got["rsa"][2:].tolist()


def test_evaluate_tells_what_is_wrong():
    births = np.array(["1990-04-02"], dtype="datetime64[D]")
    assert "a period was expected" in message(lambda: la.evaluate("rsa", {"date_naissance": births}))
    assert "did you mean 'rsa'?" in message(lambda: la.evaluate("rsaa", {"date_naissance": births}, MONTH))
    assert "did you mean 'salaire_net'?" in message(lambda: la.evaluate("rsa", {"date_naissance": births, "salair_net": [1.0]}, MONTH))
    assert "one column at least" in message(lambda: la.evaluate("rsa", {}, MONTH))
    assert "one length" in message(lambda: la.evaluate("rsa", {"date_naissance": births, "salaire_net": [1.0, 2.0]}, MONTH))


def test_a_curve_is_what_calculate_gives_at_each_point(family):
    drawn = la.curve(family, "salaire_net", 0, 2500, 250, MONTH, of=["rsa", "ppa", "aide_logement"])
    assert drawn.axis.tolist() == list(range(0, 2501, 250))
    for i in (0, 3, 10):
        family["individus"]["anna"]["salaire_net"] = {"ETERNITY": float(drawn.axis[i])}
        for name in ("rsa", "ppa", "aide_logement"):
            assert drawn.table[name][i] == pytest.approx(sum(la.calculate(name, family, MONTH).values()), abs=1e-9)
    total = drawn.table["total"]
    assert drawn.marginal_rates == pytest.approx((total[:-1] - total[1:]) / 250)
    assert "there is no individu 'tim' (did you mean 'tom'?)" in message(lambda: la.curve(family, "salaire_net", 0, 10, 5, MONTH, entity="tim"))
    assert "an axis that rises" in message(lambda: la.curve(family, "salaire_net", 10, 0, 5, MONTH))
    assert "cannot be varied" in message(lambda: la.curve(family, "boursier", 0, 1, 1, MONTH))
    rents = la.curve(family, "loyer", 0, 600, 100, MONTH, of=["aide_logement"])
    assert rents.table["aide_logement"][0] < rents.table["aide_logement"][-1]


def test_other_incomes_move_with_the_axis(family):
    drawn = la.curve(family, "salaire_net", 0, 2000, 1000, MONTH, of=["aide_logement"], also={"salaire_imposable": 1.04})
    for i, wage in enumerate(drawn.axis):
        family["individus"]["anna"] |= {"salaire_net": {"ETERNITY": float(wage)}, "salaire_imposable": {"ETERNITY": 1.04 * float(wage)}}
        assert drawn.table["aide_logement"][i] == pytest.approx(la.calculate("aide_logement", family, MONTH)["famille"], abs=1e-9)
    assert drawn.table["aide_logement"][0] > drawn.table["aide_logement"][2]
    assert "'loyer' is of menage" in message(lambda: la.curve(family, "salaire_net", 0, 10, 5, MONTH, also={"loyer": 1.0}))


def test_a_curve_is_drawn(family):
    drawn = la.curve(family, "salaire_net", 0, 2500, 50, MONTH)
    axes = drawn.plot(lang="fr")
    assert axes.get_xlabel() == "Salaire net (EUR/month)" or "alaire" in axes.get_xlabel()
    assert axes.lines[0].get_ydata().tolist() == drawn.table["total"].tolist()


def test_marginal_rates_raise_one_person_of_a_household_at_a_time(family):
    drawn = la.curve(family, "salaire_net", 500, 700, 100, MONTH)
    people = la.Population.from_situation(family)
    rates = la.marginal_rates(people, MONTH, step=100.0)
    assert rates["id"] == ["anna"] and rates["value"].tolist() == [500.0]
    assert rates["rate"][0] == pytest.approx(drawn.marginal_rates[0], abs=1e-9)
    couple = {"individus": {"a": {"date_naissance": {"ETERNITY": "1990-01-01"}, "salaire_net": {"2025": 7200, "2024": 7200}},
                            "b": {"date_naissance": {"ETERNITY": "1991-01-01"}, "salaire_net": {"2025": 9600, "2024": 9600}}},
              "familles": {"f": {"parents": ["a", "b"]}}, "foyers_fiscaux": {"t": {"declarants": ["a", "b"]}},
              "menages": {"m": {"personne_de_reference": ["a"], "conjoint": ["b"]}}}
    both = la.marginal_rates(la.Population.from_situation(couple), MONTH, of=["rsa", "ppa"])
    before = sum(la.calculate(name, couple, MONTH)["f"] for name in ("rsa", "ppa"))
    couple["individus"]["b"]["salaire_net"] = {"2025": 10800, "2024": 10800}
    after = sum(la.calculate(name, couple, MONTH)["f"] for name in ("rsa", "ppa"))
    assert both["id"] == ["a", "b"] and both["rate"][1] == pytest.approx((before - after) / 100, abs=1e-9)


def test_marginal_rates_of_a_population(population):
    rates = la.marginal_rates(population, MONTH, of=["rsa", "ppa"])
    assert len(rates) > 500 and np.isfinite(rates["rate"]).all()
    assert np.quantile(rates["rate"], 0.9) > 0.1
    assert "a month was expected" in message(lambda: la.marginal_rates(population, "2025"))
    assert "a variable of persons was expected" in message(lambda: la.marginal_rates(population, MONTH, vary="loyer"))
