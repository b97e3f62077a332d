"""Writes niveau_bretagne.json: persons by département and class of the approximate standard of living. Run by hand after the synthetic population changed:

    python3 niveau.py PATH_OF_LABACCES [households]

Equal weights are calibrated to the margins of bretagne.json and to published points of the standard of living as the engine computes it (Filosofi: first
decile, poverty line, median, ninth decile of each département); how many persons then stand in each class of the approximation, which is known when a
household is drawn, becomes the margin. So the weights made with the population need no run of the law and yet bring the engine's figures near the published ones.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import bretagne

HERE = Path(__file__).resolve().parent
PERIOD = "2025-06"
EDGES = [6000, 9000, 12000, 14000, 16000, 18000, 20000, 22000, 25000, 28000, 33000, 42000]  # EUR a year of 2025
CLASSES = [f"..<{EDGES[0]}", *[f"{low}..<{high}" for low, high in zip(EDGES, EDGES[1:], strict=False)], f"{EDGES[-1]}.."]


STEPS = 5
# The first decile (of 2013) and the poverty line (of 2020) stand so near each other that both shares cannot be had: the rate counts more.
GAINS = [0.1, 1.0, 1.0, 1.0]
OTHER_SEEDS = [2, 3]  # samples that the classes are tried on
OTHERS = "etudiants_seuls = no"  # Filosofi counts with their parents students who live alone or share a flat


def points_of(root: dict) -> list[list[tuple[float, float]]]:
    """By département: standards of living in EUR of 2025, and the share of persons below."""
    index = root["indices"]["mediane"]["values"]
    carried = index["2025"] / index["2013"]
    total = {margin["name"]: margin["total"] for margin in root["margins"]}
    return [
        [
            (round(total["First decile of the standard of living"][i] * carried, 2), 0.1),
            (round(0.6 * index["2025"], 2), total["Poverty, in 100"][i] / 100),
            (round(total["Median of the standard of living"][i] * carried, 2), 0.5),
            (round(total["Ninth decile of the standard of living"][i] * carried, 2), 0.9),
        ]
        for i in range(len(bretagne.DEPARTEMENTS))
    ]


def persons_of(root: dict) -> list[float]:
    return [sum(row) for row in next(m for m in root["margins"] if m["name"] == "Persons by age and département")["total"]]


def published_margins(root: dict) -> list[dict]:
    return [margin for margin in root["margins"] if not margin.get("held_out") and not margin.get("tuned_on")]


def class_table(counts: list[list[float]], **more: object) -> dict:
    by = {"departement": [f"d{place}" for place in bretagne.DEPARTEMENTS], "niveau_approche": CLASSES}
    return {"name": "Approximate standard of living by département", "level": "individu", "by": by, "total": counts, **more}


def standards(points: list[list[tuple[float, float]]], shares: list[list[float]], persons: list[float]) -> list[dict]:
    """Persons by class of the engine's standard of living, each département with its own classes."""
    margins = []
    for i, place in enumerate(bretagne.DEPARTEMENTS):
        ends = [str(point) for point, _ in points[i]]
        classes = [f"..<{ends[0]}", *[f"{low}..<{high}" for low, high in zip(ends, ends[1:], strict=False)], f"{ends[-1]}.."]
        bounds = [0.0, *shares[i], 1.0]
        margins.append({"name": f"Standard of living {place}", "level": "individu", "where": [f"departement = d{place}", OTHERS], "by": {"niveau_de_vie": classes},
                        "total": [persons[i] * (high - low) for low, high in zip(bounds, bounds[1:], strict=False)], "source": "Filosofi"})
    return margins


def calibrated(program: str, population: str, margins: list[dict]) -> list[dict]:
    """The figures of `population calibrate` of these margins from equal weights."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "tuning.json").write_text(json.dumps({"name": "tuning", "margins": margins}), encoding="utf-8")
        command = [program, "population", "calibrate", population + "&weights=uniform", "--margins", "tuning.json", "--period", PERIOD, "--add-law", HERE / "niveau.law", "--output", "out"]
        done = subprocess.run(command, cwd=folder, text=True, capture_output=True, check=False)
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        return json.loads((Path(folder) / "out" / "margins.json").read_text(encoding="utf-8"))["figures"]


def read_off(program: str, households: int, root: dict) -> list[list[float]]:
    """Class counts; the shares asked are moved until those that the classes alone bring about, in other samples, are the published ones."""
    points, persons, published = points_of(root), persons_of(root), published_margins(root)
    shares = [[share for _, share in place] for place in points]
    students = {"name": "students", "level": "individu", "where": "etudiants_seuls = yes", "by": {"departement": [f"d{place}" for place in bretagne.DEPARTEMENTS]}, "total": [0] * len(persons),
                "held_out": True, "source": "read off"}
    first = calibrated(program, f"builtin:bretagne?households={households}&seed=1", [*published, students])
    alone = [figure["after"] for figure in first if figure["margin"] == "students"]
    counted = [all_persons - of_students for all_persons, of_students in zip(persons, alone, strict=True)]
    nothing = class_table([[0.0] * len(CLASSES)] * len(persons), held_out=True, source="read off")
    for step in range(STEPS):
        figures = calibrated(program, f"builtin:bretagne?households={households}&seed=1", [*published, *standards(points, shares, counted), nothing])
        flat = [figure["after"] for figure in figures if figure["margin"] == nothing["name"]]
        rows = [flat[i * len(CLASSES) : (i + 1) * len(CLASSES)] for i in range(len(persons))]
        counts = [[count * persons[i] / sum(row) for count in row] for i, row in enumerate(rows)]
        rates = [{"name": f"{place} {k}", "level": "individu", "where": [f"departement = d{place}", OTHERS], "rate": f"niveau_de_vie ..<{point}", "total": 100 * share, "held_out": True, "source": "-"}
                 for i, place in enumerate(bretagne.DEPARTEMENTS) for k, (point, share) in enumerate(points[i])]
        tried = [calibrated(program, f"builtin:bretagne?households={households}&seed={seed}", [*published, class_table(counts, source="-"), *rates]) for seed in OTHER_SEEDS]
        measured = {figure["margin"]: sum(found[k]["after"] for found in tried) / 100 / len(tried) for k, figure in enumerate(tried[0])}
        worst = max(abs(measured[f"{place} {k}"] - share) for i, place in enumerate(bretagne.DEPARTEMENTS) for k, (_, share) in enumerate(points[i]))
        print(f"step {step + 1}: largest difference of a share below a point {100 * worst:.2f} points", file=sys.stderr)
        if step + 1 == STEPS:
            return counts
        for i, place in enumerate(bretagne.DEPARTEMENTS):
            moved = [shares[i][k] + GAINS[k] * (share - measured[f"{place} {k}"]) for k, (_, share) in enumerate(points[i])]
            # Classes keep some persons: the points stand close together at the bottom.
            for k in range(len(moved)):
                moved[k] = max(moved[k], (moved[k - 1] if k > 0 else 0.0) + 0.002)
            shares[i] = moved
    raise AssertionError


def main() -> None:
    program, households = str(Path(sys.argv[1]).resolve()), int(sys.argv[2]) if len(sys.argv) > 2 else 200_000
    counts = read_off(program, households, bretagne.made())
    margin = class_table([[round(count, 6) for count in row] for row in counts], date="2025", source="Not published: worked out by niveau.py so that the engine's standard of living has the first decile, poverty rate, median and ninth "
                         "decile of Filosofi in each département")
    about = json.dumps(f"Written by niveau.py on {households} households, {PERIOD}")
    line = json.dumps(margin, ensure_ascii=False)
    text = '{\n "name": "Approximate standard of living",\n "about": ' + about + ',\n "margins": [\n  ' + line + "\n ]\n}\n"
    (HERE / "niveau_bretagne.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
