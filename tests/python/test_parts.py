"""Results travel and merge: pickles, parts of a population, a cluster that loses a worker."""

import os
import pickle
import signal
import threading
import time

import polars
import pytest

import labacces as la
from conftest import message


@pytest.fixture(scope="module")
def parts(population):
    """The population in five parts of whole linked blocks, as tables."""
    frames = {name: polars.DataFrame(table) for name, table in population.tables().items()}
    blocks = polars.DataFrame(population.blocks())
    out = []
    for i in range(5):
        ids = blocks.filter(polars.col("block") % 5 == i)["id"].implode()
        people = frames["individus"].filter(polars.col("idmen").is_in(ids))
        links = {"menages": ids, "familles": people["idfam"].unique().implode(), "foyers_fiscaux": people["idfoy"].unique().implode()}
        out.append({"individus": people, **{name: frames[name].filter(polars.col("id").is_in(ids)) for name, ids in links.items()}})
    return out


def made(part) -> la.Population:
    return la.Population.from_arrow(**part, synthetic=True)


@pytest.fixture(scope="module")
def base(base) -> la.Scenario:
    """Deciles of parts do not add up: no incomes."""
    return base.replace(income=False)


@pytest.fixture(scope="module")
def result(population, base) -> la.Result:
    return la.run(population, base)


@pytest.fixture(scope="module")
def scenarios(base):
    return [base, base.reform({"rsa.montant_de_base": {"2025-01-01": 700}}, name="RSA à 700 €")]


def figures(one) -> dict:
    whole = one.to_dict()
    for run in whole.get("scenarios", [whole]):
        run["population"].pop("source", None)
        run["population"].pop("weights", None)  # how they were made does not travel with a table
    return whole


def test_results_and_comparisons_are_pickled_to_the_last_bit(result, population, scenarios):
    again = pickle.loads(pickle.dumps(result))
    assert again.to_json() == result.to_json() and again.record() == result.record() and repr(again) == repr(result)
    compared = la.compare(population, scenarios)
    copy = pickle.loads(pickle.dumps(compared))
    assert copy.to_json() == compared.to_json() and copy.table("differences").to_arrow() == compared.table("differences").to_arrow()
    assert copy.results[1].scenario.law.changes == scenarios[1].law.changes


def test_incomes_travel_and_are_left_out_of_parts_put_together(population, parts, base):
    with_income = la.compare(population, [base.replace(income=True), base.replace(income=True, name="same")])
    again = pickle.loads(pickle.dumps(with_income))
    assert again.to_json() == with_income.to_json()
    assert len(with_income.table("income")) == 2 * 3 * 17 and len(again.table("winners_and_losers")) == 16
    assert set(with_income.table("income_differences")["value"]) == {0.0}
    merged = la.Result.merged([la.run(made(part), base.replace(income=True)) for part in parts[:2]])
    assert merged.to_dict()["income"] is None and len(merged.table("income")) == 0


def test_populations_are_pickled(population, parts, base):
    assert repr(pickle.loads(pickle.dumps(population))).startswith("<Population builtin:bretagne?households=2000&seed=1")
    part = made(parts[0])
    assert la.run(pickle.loads(pickle.dumps(part)), base).to_dict()["benefits"] == la.run(part, base).to_dict()["benefits"]
    carried = la.Population.builtin(households=200).uprate(2026)
    assert carried.assumptions.columns and la.run(carried, base).to_dict()["population"]["weights"]
    assert la.run(pickle.loads(pickle.dumps(carried)), base).to_dict() == la.run(carried, base).to_dict()


def test_parts_add_up_to_the_whole_in_any_order(result, parts, base, population, scenarios):
    results = [la.run(made(part), base) for part in parts]
    for order in (results, results[::-1], [la.Result.merged(results[:2]), la.Result.merged(results[2:])]):
        assert figures(la.Result.merged(order)) == figures(result)
    compared = la.Comparison.merged([la.compare(made(part), scenarios) for part in parts])
    assert figures(compared) == figures(la.compare(population, scenarios))
    assert compared.table("differences").to_arrow() == la.compare(population, scenarios).table("differences").to_arrow()


def test_parts_of_different_questions_do_not_add_up(result, population, base):
    other = la.run(population, base.replace(period="2025-05"))
    assert "the same scenarios, period, benefits and groups" in message(lambda: la.Result.merged([result, other]))
    assert "one part at least" in message(lambda: la.Result.merged([]))


def test_damaged_states_are_refused(result):
    from labacces import _core

    text, law, (state, sha, threads, read) = result.scenario.as_text(), result.scenario.law._core, result._core.state()
    for bad in (b"", b"nonsense", state[: len(state) // 2], state.replace(b"labacces-comparison-state/3", b"labacces-comparison-state/9")):
        assert "state" in message(lambda bad=bad: _core.RunResult.of_state(text, law, (bad, sha, threads, read)))


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(parts, scenarios, population, base, result, monkeypatch):
    distributed = pytest.importorskip("distributed")
    from conftest import PACKAGE

    from labacces import distributed as on_cluster

    monkeypatch.setenv("PYTHONPATH", str(PACKAGE) + os.pathsep + os.path.dirname(__file__))
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster, distributed.Client(cluster) as client:
        pids = client.run(os.getpid)

        def kill() -> None:
            time.sleep(0.3)
            os.kill(next(iter(pids.values())), signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        whole = on_cluster.run([SlowPart(part) for part in parts], base, client=client)
        killer.join()
        assert figures(whole) == figures(result)
        compared = on_cluster.compare([SlowPart(part) for part in parts], scenarios, client=client)
        assert figures(compared) == figures(la.compare(population, scenarios))


class SlowPart:
    """A part that takes a moment, so that a worker can die while it computes."""

    def __init__(self, part) -> None:
        self.part = part

    def __call__(self) -> la.Population:
        time.sleep(0.3)
        return made(self.part)
