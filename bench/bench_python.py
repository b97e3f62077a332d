"""What it costs to go through Python: tables of pyarrow to the engine and results back, beside the runs on them, and the same run by the command line.

Run with the package on the path: PYTHONPATH=build/release/python build/venv/bin/python bench/bench_python.py [HOUSEHOLDS]
"""

import os
import resource
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

import labacces as la

ROOT = Path(__file__).resolve().parents[1]
PERIOD = "2025-06"
TEN = ["rsa", "ppa", "aide_logement", "aah", "aspa", "asi", "af", "cf", "asf", "paje_base"]
YEAR = [f"2025-{month:02}" for month in range(1, 13)]


Seconds = tuple[float, float]
"""Elapsed, and of processor."""


def measured(what: str, work: Callable[[], Any], times: int = 1) -> tuple[Any, Seconds]:
    """Prints the median of some turns; gives it with the last result."""
    turns: list[tuple[float, float]] = []
    result: Any = None
    for _ in range(times):
        result = None  # the one before lets go of its memory
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        turns.append((time.perf_counter() - wall, time.process_time() - cpu))
    wall, cpu = (statistics.median(turn[i] for turn in turns) for i in (0, 1))
    print(f"{what:64} {wall:8.3f} s elapsed {cpu:8.3f} s of processor", flush=True)
    return result, (wall, cpu)


def share(parts: list[Seconds], run: Seconds) -> str:
    elapsed, processor = (100 * sum(part[i] for part in parts) / run[i] for i in (0, 1))
    return f"{processor:.1f} % of the run's processor time, {elapsed:.1f} % of the time elapsed"


def arrow_tables(households: int) -> dict[str, pa.Table]:
    """The synthetic population as a person would hold it: one batch a table, whole-number ids, texts as dictionaries."""
    return {name: table.combine_chunks() for name, table in la.Population.builtin(households=households, on=PERIOD).to_arrow().items()}


def to_control(call: Callable[[], Any], after: float) -> float:
    """Milliseconds from Ctrl-C, so many seconds into the call, until Python has it back."""
    sent: list[float] = []

    def interrupt() -> None:
        sent.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(after, interrupt)
    timer.start()
    try:
        call()
    except KeyboardInterrupt:
        return 1000 * (time.perf_counter() - sent[0])
    timer.join()
    return float("nan")  # it had ended before


def main() -> None:
    households = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    base = la.Scenario.base().replace(period=PERIOD)
    tables = arrow_tables(households)
    size = sum(table.nbytes for table in tables.values())
    print(f"{households} households, {tables['individus'].num_rows} persons, {sum(t.num_columns for t in tables.values())} columns, {size / 1e9:.2f} GB, load {os.getloadavg()[0]:.1f}")
    population, into = measured("pyarrow to the engine", lambda: la.Population.from_arrow(**tables, synthetic=True), 3)
    rights, standard = measured("the standard run: ten benefits, twelve months", lambda: population.compute_tables(TEN, YEAR, progress=False), 2)
    _, out = measured("its 120 columns and the ids back to pyarrow", lambda: [table.to_arrow() for table in rights.values()], 3)
    print(f"    in and out: {share([into, out], standard)}")
    result, run = measured("la.run: seven benefits, nine months, take-up, incomes", lambda: la.run(population, base, progress=False))
    _, told = measured("its tables to pyarrow", lambda: [result.table(name).to_arrow() for name in ("measures", "income")])
    print(f"    in and out: {share([into, told], run)}")
    again = la.Population.builtin(households=households)
    waits = [to_control(lambda: again.made(base.law, PERIOD), 0.3), *(to_control(lambda: la.run(population, base, progress=False), after) for after in (0.01, 0.3, 1.0))]
    print(f"from Ctrl-C to control, while households are made, rules become a plan, a run goes on: {', '.join(f'{wait:.0f}' for wait in waits)} ms")
    del population, rights, result, tables, again
    program = os.environ.get("LABACCES_PROGRAM", str(ROOT / "build" / "release" / "labacces"))
    command = [program, "run", "--population", f"builtin:bretagne?households={households}", "--period", PERIOD]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{'labacces run, population made and run':64} {time.perf_counter() - start:8.3f} s elapsed {cpu:8.3f} s of processor")
    measured("la.run, population made and run", lambda: la.run(la.Population.builtin(households=households), base, progress=False))


main()
