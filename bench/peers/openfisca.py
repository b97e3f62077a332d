#!/usr/bin/env python3
"""LabAccès and OpenFisca-France side by side: the same households, the same outputs, one run.

    python3 openfisca.py --program build/release/labacces --households 1000 10000 100000

The ten monthly benefits of the months asked, then the year's disposable income; each engine in a process of its own, on one core, from
households that are already in memory as columns. Reading and writing are not counted. Households a second are of processor time, as other work
may go on; memory is the peak of the process.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENEFITS = ["rsa", "ppa", "aide_logement", "aah", "aspa", "asi", "af", "cf", "asf", "paje_base"]
YEARLY = "revenu_disponible"
ONE_THREAD = {"NUMEXPR_MAX_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def months_asked(month: str, count: int) -> list[str]:
    last = 12 * int(month[:4]) + int(month[5:7]) - 1
    return [f"{index // 12}-{index % 12 + 1:02d}" for index in range(last - count + 1, last + 1)]


def openfisca_worker(options: argparse.Namespace) -> None:
    """Prints times and memory of OpenFisca-France as JSON."""
    import columns

    simulation = columns.simulation(columns.make(options.month, options.households[0], options.seed))

    def timed(work) -> dict:
        elapsed, processor = time.perf_counter(), time.process_time()
        work()
        return {"elapsed_s": time.perf_counter() - elapsed, "cpu_s": time.process_time() - processor}

    def benefits() -> None:
        for month in months_asked(options.month, options.months):
            for benefit in BENEFITS:
                simulation.calculate(benefit, month)

    result = {"benefits": timed(benefits), "persons": simulation.persons.count}
    result["benefits_peak_bytes"] = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if options.disposable:
        result["disposable"] = timed(lambda: simulation.calculate(YEARLY, options.month[:4]))
        result["peak_bytes"] = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps(result))


def openfisca(options: argparse.Namespace, count: int, disposable: bool) -> dict:
    command = [sys.executable, __file__, "--worker", "--households", str(count), "--month", options.month, "--months", str(options.months)]
    command += ["--seed", str(options.seed)] + (["--disposable"] if disposable else [])
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | ONE_THREAD)
    if done.returncode != 0:
        raise SystemExit(f"OpenFisca-France, {count} households: {done.stderr.strip()[-2000:]}")
    return json.loads(done.stdout)


def labacces(options: argparse.Namespace, folder: Path, asked: list[str]) -> dict:
    command = [str(options.program), "bench", "--population", str(folder)] + [part for one in asked for part in ("--ask", one)]
    done = subprocess.run(command + (["--law", options.law] if options.law else []), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"labacces bench: {done.stderr.strip()}")
    return json.loads(done.stdout)


def has_yearly(options: argparse.Namespace) -> bool:
    command = [str(options.program), "law", "show", YEARLY] + (["--law", options.law] if options.law else [])
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def size(count: float) -> str:
    return f"{count / 1e9:.2f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


def compare(options: argparse.Namespace, count: int, with_yearly: bool) -> None:
    """Prints the rows of one number of households."""
    import columns

    months = months_asked(options.month, options.months)
    benefits = [f"{benefit}@{month}" for month in months for benefit in BENEFITS]
    disposable = with_yearly and count <= options.disposable_up_to
    with tempfile.TemporaryDirectory() as name:
        columns.write_csv(columns.make(options.month, count, options.seed), Path(name))
        here = labacces(options, Path(name), benefits)
        here_year = labacces(options, Path(name), [f"{YEARLY}@{options.month[:4]}"]) if disposable else None
    there = openfisca(options, count, disposable)
    rows = [(f"ten benefits, {options.months} month(s)", here["running"], there["benefits"], here["peak_bytes"], there["benefits_peak_bytes"])]
    if here_year:
        rows.append(("disposable income of the year", here_year["running"], there["disposable"], here_year["peak_bytes"], there["peak_bytes"]))
    for what, own, other, own_memory, other_memory in rows:
        rates = [count / engine["cpu_s"] for engine in (own, other)]
        print(
            f"{count:>10,} {what:32s} {rates[0]:>14,.0f} {rates[1]:>12,.0f} {rates[0] / rates[1]:>9,.0f} "
            f"{size(own_memory):>10s} {size(other_memory):>10s}   planned in {1e3 * here['planning']['cpu_s']:.0f} ms",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, default=ROOT / "build" / "release" / "labacces")
    parser.add_argument("--law", help="folder of .law files in place of the built-in law")
    parser.add_argument("--households", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--month", default="2024-12", help="the last month asked")
    parser.add_argument("--months", type=int, default=1, help="how many months up to it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--disposable-up-to", type=int, default=10_000, help="households up to which the year is asked: OpenFisca keeps every month in memory")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--disposable", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        openfisca_worker(options)
        return
    load = os.getloadavg()
    print(f"load of the machine before: {load[0]:.1f} {load[1]:.1f} {load[2]:.1f}, {os.cpu_count()} cores; month {options.month}, one core each")
    print(f"{'households':>10s} {'asked':32s} {'LabAccès hh/s':>14s} {'OpenFisca':>12s} {'ratio':>9s} {'memory':>10s} {'OpenFisca':>10s}")
    with_yearly = has_yearly(options)
    if not with_yearly:
        print(f"{YEARLY} is not in the law: not asked")
    for count in options.households:
        compare(options, count, with_yearly)
    load = os.getloadavg()
    print(f"load of the machine after: {load[0]:.1f} {load[1]:.1f} {load[2]:.1f}")


if __name__ == "__main__":
    main()
