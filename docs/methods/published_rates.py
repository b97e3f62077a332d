#!/usr/bin/env python3
"""Calibrates the ready scenarios of published take-up and writes docs/methods/published-rates.md.

python3 docs/methods/published_rates.py [--program build/labacces] [--keep]
--keep: the scenarios stay as they are, only the page is written anew (their behaviours are measured, nothing is set).
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios"
PAGE = ROOT / "docs" / "methods" / "published-rates.md"
READY = (
    ("france-2018-drees.json", "drees-2018.json", "RSA and prime d'activité"),
    ("france-2016-aspa-drees.json", "drees-aspa-2016.json", "ASPA, single persons"),
    ("france-2021-css-drees.json", "drees-css-2021.json", "Complémentaire santé solidaire"),
)
NOTES = {
    "france-2018-drees.json": "Two tenures are set. Those who receive housing aid or prime d'activité are published to claim their RSA far more often than here: no parameter of this scenario links "
                              "the claims (a gateway would). A figure held out that is far away is a limit of this model, not of the one published.",
    "france-2016-aspa-drees.json": "The form of the amount, its logarithm, was chosen after the amount itself had given a gradient that was too steep for the held-out figures; "
                                   "so those are not wholly held out. Rights are those of the synthetic population: its amounts differ from those of pensioners in the tax files.",
    "france-2021-css-drees.json": "Each rate is set; nothing of the cover is published that could be held out but the rate of both together, which is no benefit of one rule.",
}
INTRODUCTION = """# Published and simulated take-up

What DREES published of take-up, beside what the ready scenarios give. Figures marked **set** were used to set a parameter, those **held out** were not: they say how far the model
can be believed where it was not told. Intervals (95 %) hold the sample of dwellings and the draws of who claims. This page is written by `docs/methods/published_rates.py`, which runs
[`labacces takeup calibrate`](../cli/takeup.md#takeup-calibrate); a test holds the page, the scenarios and the program together.

Read it with three things in mind. The published rates are of France (métropole, ordinary dwellings), the population is a synthetic Brittany: rates are carried over, numbers of people are not. The law is known from
January 2019: figures of 2016 and 2018 are met under the law of the nearest month that has the months a window needs before it. And the rights of DREES are
themselves modelled (Ines on ERFS, or pension files on tax files), with errors of their own.
"""


def calibrate(program: Path, scenario: str, targets: Path, folder: Path) -> dict:
    subprocess.run([program, "takeup", "calibrate", SCENARIOS / scenario, "--targets", targets, "--output", folder], check=True, stdout=subprocess.DEVNULL)
    return json.loads((folder / "calibration.json").read_text(encoding="utf-8"))


def held_out(targets: dict) -> dict:
    """All targets only compared: what the scenario gives as it stands."""
    rows = [{**{key: value for key, value in row.items() if key != "sets"}, "held_out": True} for row in targets["targets"]]
    return {**targets, "targets": rows}


def measure(program: Path, scenario: str, targets: str, folder: Path) -> dict:
    wanted = json.loads((SCENARIOS / "take_up_targets" / targets).read_text(encoding="utf-8"))
    path = folder / targets
    path.write_text(json.dumps(held_out(wanted)), encoding="utf-8")
    found = calibrate(program, scenario, path, folder / scenario)
    for row, target in zip(found["targets"], wanted["targets"], strict=True):
        row["held_out"] = target.get("held_out", False)
    return found


def shown(row: dict, value: float) -> str:
    return f"{100 * value:.1f} %" if row["measure"] in ("non_take_up", "take_up") else f"{value:.0f} EUR"


def figure(row: dict) -> str:
    name = {"non_take_up": "non-take-up", "mean_unclaimed": "unclaimed a month, mean", "mean_paid": "paid a month, mean"}.get(row["measure"], row["measure"])
    window = {"month": "", "quarter": ", quarter", "durable": ", three quarters running"}[row["window"]]
    return name + window + (", persons" if row["unit"] == "persons" else "")


def table(found: dict) -> list[str]:
    lines = ["| benefit | who | figure | published | year | simulated | 95 % | difference | |", "| --- | --- | --- | ---: | --- | ---: | --- | ---: | --- |"]
    for row in found["targets"]:
        after = row["after"]
        share = row["measure"] in ("non_take_up", "take_up")
        difference = after["value"] - row["target"]
        apart = f"{100 * difference:+.1f} points" if share else f"{100 * difference / row['target']:+.0f} %"
        apart = apart.replace("-0.0 points", "0.0 points").replace("+0.0 points", "0.0 points")
        low, high = (shown(row, value) for value in after["ci95"])
        use = "held out" if row["held_out"] else "**set**"
        cell = row["cell"].replace("|", " or ")
        lines.append(f"| `{row['benefit']}` | {cell} | {figure(row)} | {shown(row, row['target'])} | {row['period']} | {shown(row, after['value'])} | {low} to {high} | {apart} | {use} |")
    return lines


def page(results: list[tuple[str, str, str, dict]]) -> str:
    lines = [INTRODUCTION]
    for scenario, targets, title, found in results:
        held = sum(row["held_out"] for row in found["targets"])
        lines.append(f"## {title}\n")
        lines.append(f"[`{scenario}`](../../scenarios/{scenario}), law of {found['period']}, `{found['source']}` (synthetic), {found['draws']} draws; "
                     f"targets: [`{targets}`](../../scenarios/take_up_targets/{targets}), {len(found['targets']) - held} set, {held} held out.\n")
        lines += [*table(found), "", NOTES[scenario], "", "Sources:", ""]
        lines += [f"- {source}" for source in dict.fromkeys(row["source"] for row in found["targets"])]
        lines += ["", "| benefit | take-up given | expected | in the draw of a run | mean of draws | 95 % |", "| --- | ---: | ---: | ---: | ---: | --- |"]
        for benefit, rate in found["effective"].items():
            low, high = rate["drawn"]["ci95"]
            lines.append(f"| `{benefit}` | {100 * rate['given']:.1f} % | {100 * rate['expected']:.1f} % | {100 * rate['realised']:.1f} % | {100 * rate['drawn']['value']:.1f} % | {100 * low:.1f} % to {100 * high:.1f} % |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=Path, default=ROOT / "build" / "labacces")
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory() as place:
        for scenario, targets, title in READY:
            if not given.keep:
                folder = Path(place) / ("set_" + scenario)
                calibrate(given.program, scenario, SCENARIOS / "take_up_targets" / targets, folder)
                ready = json.loads((SCENARIOS / scenario).read_text(encoding="utf-8"))
                ready["take_up"] = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))["take_up"]
                (SCENARIOS / scenario).write_text(json.dumps(ready, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
            results.append((scenario, targets, title, measure(given.program, scenario, targets, Path(place))))
    PAGE.write_text(page(results), encoding="utf-8")


if __name__ == "__main__":
    main()
