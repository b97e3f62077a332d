"""What it costs to go through Python: tables of pyarrow to the engine and results back, and the same run by the command line.

Run with the package on the path: PYTHONPATH=build/release/python build/venv/bin/python bench/bench_python.py [HOUSEHOLDS]
"""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa

import labacces as la

ROOT = Path(__file__).resolve().parents[1]
PERIOD = "2025-06"


def clock() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def told(what: str, since: tuple[float, float]) -> float:
    wall, cpu = (now - then for now, then in zip(clock(), since, strict=True))
    print(f"{what:52} {wall:8.2f} s elapsed {cpu:8.2f} s of processor")
    return cpu


def arrow_tables(households: int) -> dict[str, pa.Table]:
    """The synthetic population as a person would hold it: whole-number ids, texts as dictionaries."""
    tables = la.Population.builtin(households=households).to_arrow()
    for name, table in tables.items():
        for i, field in enumerate(table.schema):
            if field.name.startswith("id"):
                table = table.set_column(i, field.name, table[field.name].cast(pa.int64()))
            elif pa.types.is_large_string(field.type):
                table = table.set_column(i, field.name, table[field.name].dictionary_encode())
        tables[name] = table.combine_chunks()
    return tables


def main() -> None:
    households = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    base = la.Scenario.base().replace(period=PERIOD)
    tables = arrow_tables(households)
    print(f"{households} households, {tables['individus'].num_rows} persons, {sum(t.num_columns for t in tables.values())} columns, load {os.getloadavg()[0]:.1f}")
    start = clock()
    population = la.Population.from_arrow(**tables, synthetic=True)
    into = told("pyarrow to the engine", start)
    start = clock()
    result = la.run(population, base, progress=False)
    run = told("the run: seven benefits, nine months", start)
    start = clock()
    rights = population.compute("rsa", PERIOD)
    told("one variable for every family", start)
    start = clock()
    back = pa.table({name: pa.table(rights)[name] for name in ("rsa",)})
    result.table("measures").to_arrow()
    out = told("results back to pyarrow", start)
    print(f"in and out: {100 * (into + out) / run:.1f} % of the run ({back.num_rows} families)")
    program = os.environ.get("LABACCES_PROGRAM", str(ROOT / "build" / "release" / "labacces"))
    start = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, "run", "--population", f"builtin:bretagne?households={households}", "--period", PERIOD], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{'labacces run, population made and run':52} {time.perf_counter() - start:8.2f} s elapsed {cpu:8.2f} s of processor")
    start = clock()
    la.run(la.Population.builtin(households=households), base, progress=False)
    told("la.run, population made and run", start)


main()
