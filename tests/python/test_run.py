"""Runs: the figures of the command line, many threads, Ctrl-C, progress, tables and files."""

import csv
import json
import os
import signal
import subprocess
import threading
import time

import numpy as np
import pytest

import labacces as la
from conftest import MONTH, ROOT, message

PROGRAM = os.environ.get("LABACCES_PROGRAM", str(ROOT / "build" / "release" / "labacces"))


def test_python_and_the_command_line_give_the_same_bytes(result, tmp_path):
    subprocess.run([PROGRAM, "run", "--population", "builtin:bretagne?households=2000&seed=1", "--period", MONTH, "--output", "out"], cwd=tmp_path, check=True,
                   capture_output=True)
    result.save(tmp_path / "mine")
    for name in ("results.json", "budget_curves.json", "tables/non_take_up.csv", "tables/income.csv"):
        assert (tmp_path / "mine" / name).read_bytes() == (tmp_path / "out" / name).read_bytes()
    mine, other = (json.loads((tmp_path / folder / "record.json").read_text()) for folder in ("mine", "out"))
    assert mine["law"] == other["law"] and mine["defaults_used"] == other["defaults_used"]
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == sorted(path.name for path in (tmp_path / "out").iterdir())


def test_a_result_is_written_whole_or_not_at_all_and_as_a_page(result, tmp_path):
    (tmp_path / "taken").write_text("")
    assert "taken" in message(lambda: result.save(tmp_path / "taken"))
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
    page = result.report(tmp_path / "page.html", lang="en")
    assert (tmp_path / "page.html").read_text() == page and "https://" not in page.split("</style>")[0] and result.scenario.name in page
    assert result.report(lang="fr") != page
    assert "fr" in message(lambda: result.report(lang="de"))


def test_results_do_not_depend_on_threads(population, base, result):
    assert la.run(population, base, threads=1).to_json() == la.run(population, base, threads=3).to_json() == result.to_json()


def test_tables_of_results(result):
    table = result.table("non_take_up")
    assert table["benefit"] == list(result.benefits)
    row = next(table.rows())
    assert row["label"] == "Revenu de solidarité active"
    assert row["non_take_up_rate_heads_low"] < row["non_take_up_rate_heads"] < row["non_take_up_rate_heads_high"]
    assert row["not_taking_up_units"] == pytest.approx(row["eligible_units"] - row["taking_up_units"])
    by = result.table("non_take_up", by="departement")
    rsa = by.where(benefit="rsa")
    assert rsa["departement"] == ["d22", "d29", "d35", "d56"] and rsa["departement_label"][1] == "Finistère"
    assert rsa["eligible_units"].sum() == pytest.approx(row["eligible_units"])
    measures = result.table("measures")
    assert len(measures) == len(result.benefits) * 5 * 3 * 11
    assert len(measures.to_pandas()) == len(measures.to_polars()) == measures.to_arrow().num_rows == len(measures)
    assert result.table(window="durable")["eligible_units"][0] >= 0


def test_what_is_asked_of_a_result_and_is_not_there_is_told(result, population, base):
    assert "there is no group 'departemen' (did you mean 'departement'?)" in message(lambda: result.table(by="departemen"))
    assert "there is no table 'winers'; there are: non_take_up, measures" in message(lambda: result.table("winers"))
    assert "there is no window 'monthly' (did you mean 'month'?)" in message(lambda: result.table(window="monthly"))
    assert "there is no plot 'funel' (did you mean 'funnel'?)" in message(lambda: result.plot("funel"))
    assert "the table has no column 'benefits' (did you mean 'benefit'?)" in message(lambda: result.table()["benefits"])
    assert "groups/0: error: the law has no variable 'departemen'" in message(lambda: la.run(population, base.replace(groups=["departemen"])))
    assert "is not in force on 1990-01-01" in message(lambda: la.run(population, base, period="1990-01"))
    assert "a month was expected" in message(lambda: la.run(population, base, period="juin"))


def test_scenarios_are_checked_when_they_are_made(base):
    assert "take_up/rsa/rate: error: a probability lies between 0 and 1, found 1.4" in message(lambda: base.with_take_up({"rsa": 1.4}))
    assert "did you mean 'rsa'?" in message(lambda: base.with_take_up({"rsaa": 0.4}))
    assert "did you mean 'period'?" in message(lambda: base.replace(periods="2025-01"))
    assert "a list of names was expected" in message(lambda: base.replace(benefits="rsa"))
    assert base.replace(benefits=["rsa", "ppa"]).take_up.keys() == {"rsa", "ppa"}
    assert "has no rate under take_up" in message(lambda: base.replace(benefits=["rsaa"]))


def test_raising_a_rate_only_adds_takers(population, base):
    low, high = (la.run(population, base.with_take_up({"rsa": rate})).table()["taking_up_units"][0] for rate in (0.4, 0.6))
    assert 0 < low < high


def test_a_scenario_file_has_its_law_and_reforms(tmp_path, population):
    (tmp_path / "plus.law").write_text('reform plus "Plus"\n  set rsa.montant_de_base from 2025-01-01 = 700\n')
    text = json.loads((ROOT / "scenarios" / "base.json").read_text())
    (tmp_path / "plus.json").write_text(json.dumps({**text, "reforms": ["plus.law"], "period": MONTH}))
    scenario = la.Scenario.load(tmp_path / "plus.json")
    assert scenario.law.changes == ("set rsa.montant_de_base from 2025-01-01 = 700",)
    by_hand = la.Scenario.base().replace(period=MONTH).reform({"rsa.montant_de_base": {"2025-01-01": 700}}, name=scenario.name)
    assert la.run(population, scenario).to_dict()["benefits"] == la.run(population, by_hand).to_dict()["benefits"]


def test_other_python_threads_go_on_while_the_engine_runs(base):
    people = la.Population.builtin(households=20_000)
    people.made(base.law, MONTH)
    ticks = 0
    stop = threading.Event()

    def count() -> None:
        nonlocal ticks
        while not stop.is_set():
            ticks += 1
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    before = ticks
    la.run(people, base, threads=1)
    during = ticks - before
    stop.set()
    counter.join()
    assert during > 20


def test_threads_share_a_scenario_a_law_and_a_population(population, base, result):
    found = []
    threads = [threading.Thread(target=lambda: found.append(la.run(population, base, threads=1).to_json())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [result.to_json()] * 4


@pytest.fixture
def ctrl_c():
    """Ctrl-C as at a terminal: jobs in the background of a shell are started without it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_stops_a_run(base):
    people = la.Population.builtin(households=60_000)
    people.made(base.law, MONTH)
    seen = []

    def interrupt(done: int, total: int) -> None:
        seen.append((done, total))
        if len(seen) == 1:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        la.run(people, base, threads=2, progress=interrupt)
    assert len(seen) <= 3 and seen[-1][0] < seen[-1][1]
    assert la.run(people, base).benefits


def interrupted(call) -> bool:
    """Ctrl-C as soon as the call has begun to compute, on a thread of its own; whether that goes on when control is back."""
    begun: set[str] = set()
    looking = threading.Event()

    def interrupt() -> None:
        before = set(os.listdir("/proc/self/task"))
        looking.set()
        while not begun:
            begun.update(set(os.listdir("/proc/self/task")) - before)
        os.kill(os.getpid(), signal.SIGINT)

    helper = threading.Thread(target=interrupt, daemon=True)
    helper.start()
    looking.wait()
    with pytest.raises(KeyboardInterrupt):
        call()
    goes_on = begun <= set(os.listdir("/proc/self/task"))
    helper.join()
    return goes_on


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_stops_whatever_takes_long_and_leaves_the_population_whole(base):
    people = la.Population.builtin(households=100_000)
    assert interrupted(lambda: people.made(base.law, MONTH))  # control is back while the households are still being made
    interrupted(lambda: people.compute("rsa", MONTH))  # made again from the start, then run
    people.made(base.law, MONTH)
    interrupted(lambda: la.run(people, base))
    assert people.counts["menage"] == 100_000


def test_progress_ends_at_the_whole_and_its_errors_come_through(population, base):
    seen = []
    la.run(population, base, progress=lambda done, total: seen.append((done, total)))
    assert seen and seen[-1][0] == seen[-1][1] > 0

    def fail(done: int, total: int) -> None:
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        la.run(population, base, progress=fail)
    la.run(population, base, progress=True)


def test_a_result_reads_well(result):
    assert repr(result).startswith("Droit en vigueur, 2025-06, SYNTHETIC population\n") and "lost M€" in repr(result)
    page = result._repr_html_()
    assert page.count("<tr>") == len(result.benefits) + 1 and "Revenu de solidarité active" in page


def test_numbers_of_a_table_are_lent_to_arrow_not_copied():
    import pyarrow

    values = np.arange(1000.0)
    table = la.Table({"value": values})
    assert pyarrow.table(table)["value"].chunk(0).buffers()[1].address == values.ctypes.data


@pytest.fixture(scope="module")
def compared(population, base):
    plus = base.reform({"rsa.montant_de_base": {"2025-01-01": 700}}, name="RSA à 700 €")
    more = base.with_take_up({"rsa": 0.9}, name="Recours à 90 %")
    return la.compare(population, [base, plus, more])


def test_a_comparison_gives_what_each_scenario_gives_alone(compared, population, result):
    assert compared.base.to_json() == result.to_json()
    for one in compared.results[1:]:
        assert one.to_dict()["benefits"] == la.run(population, one.scenario).to_dict()["benefits"]


def test_differences_have_intervals_narrower_than_those_of_the_scenarios(compared):
    row = next(compared.table("differences").where(benefit="rsa", scenario="RSA à 700 €").rows())
    assert row["euros_of_right_low"] < row["euros_of_right"] < row["euros_of_right_high"]
    own = compared["RSA à 700 €"].table("measures").where(benefit="rsa", group="all", window="month", measure="euros_of_right")
    assert row["euros_of_right_high"] - row["euros_of_right_low"] < own["ci95_high"][0] - own["ci95_low"][0]
    moved = compared["RSA à 700 €"].table()["euros_of_right"] - compared.base.table()["euros_of_right"]
    assert row["euros_of_right"] == pytest.approx(moved[0])
    rates = compared.table("differences").where(benefit="rsa", scenario="Recours à 90 %")
    assert rates["non_take_up_rate_heads"][0] < 0 == rates["eligible_units"][0]


def test_comparisons_read_well_and_are_written_as_the_command_line_does(compared, tmp_path):
    assert repr(compared).startswith("Against: Droit en vigueur, 2025-06") and "RSA à 700 €" in repr(compared)
    assert "Recours à 90 %" in compared._repr_html_()
    compared.save(tmp_path)
    assert json.loads((tmp_path / "comparison.json").read_text()) == compared.to_dict()
    assert (tmp_path / "report.html").read_text() == compared.report(lang="fr")
    assert len(compared.table("non_take_up")) == 3 * len(compared.base.benefits)
    assert set(compared.table("measures")["scenario"]) == {one.scenario.name for one in compared.results}


def test_wrong_comparisons_are_told(compared, population, base):
    assert "two scenarios at least" in message(lambda: la.compare(population, [base]))
    assert "two scenarios at least" in message(lambda: la.compare(population, base))
    assert "two scenarios are called 'Droit en vigueur'" in message(lambda: la.compare(population, [base, base]))
    assert "must have the same seed" in message(lambda: la.compare(population, [base, base.replace(name="x", seed=2)]))
    assert "there is no scenario 'RSA'" in message(lambda: compared["RSA"])
    assert "there is no table 'diferences' (did you mean 'differences'?)" in message(lambda: compared.table("diferences"))


def test_a_sweep_varies_one_parameter(population, base):
    swept = la.sweep(population, base, "rsa.montant_de_base", [600, 650, 700], since="2025-01-01")
    rights = [one.table()["euros_of_right"][0] for one in swept.results[1:]]
    assert rights == sorted(rights) and len(set(rights)) == 3
    assert swept.axes == (("rsa.montant_de_base", (600, 650, 700)),)
    assert swept.table("sweep").where(benefit="rsa")["euros_of_right"].tolist() == rights and swept.table("sweep").columns[0] == "rsa.montant_de_base"
    assert "only a sweep" in message(lambda: la.compare(population, [base, base.replace(name="x")]).table("sweep"))


def test_a_sweep_over_a_grid_is_that_of_the_command_line(base, tmp_path):
    grid = {"rsa.montant_de_base": [600, 700], "prime_activite.montant_de_base": [630, 640, 650]}
    swept = la.sweep(la.Population.builtin(households=400), base, grid, since="2025-01-01")
    assert len(swept) == 7 and [name for name, _ in swept.axes] == list(grid)
    axes = [f"--vary={name}={','.join(map(str, values))}" for name, values in grid.items()]
    subprocess.run([PROGRAM, "sweep", *axes, "--since", "2025-01-01", "--population", "builtin:bretagne?households=400&seed=1", "--period", MONTH, "--output", "out"],
                   cwd=tmp_path, check=True, capture_output=True)
    rows = [row for row in csv.DictReader((tmp_path / "out" / "tables" / "sweep.csv").open()) if row["group"] == "all" and row["measure"] == "euros_of_right" and row["benefit"] == "rsa"]
    mine = list(swept.table("sweep").where(benefit="rsa").rows())
    assert [float(row["value"]) for row in rows] == [row["euros_of_right"] for row in mine]
    assert [float(row["prime_activite.montant_de_base"]) for row in rows] == [row["prime_activite.montant_de_base"] for row in mine]
    assert "only a sweep of one parameter" in message(lambda: swept.plot("sweep"))
    assert "400 points" in message(lambda: la.sweep(None, base, {"rsa.montant_de_base": range(500), "b": [1]}, since="2025-01-01"))


def test_wrong_sweeps_are_told(population, base):
    assert "did you mean" in message(lambda: la.sweep(population, base, "rsa.montant_de_bas", [1], since="2025-01-01"))
    assert "a list of values was expected" in message(lambda: la.sweep(population, base, "rsa.montant_de_base", [], since="2025-01-01"))
