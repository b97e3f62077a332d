"""Disclosure control of a real population: what is hidden cannot be had from what is shown."""

import csv
import json
from pathlib import Path

import pytest

from program import labacces

SCENARIO = {
    "name": "Test",
    "period": "2025-06",
    "benefits": ["rsa"],
    "take_up": {"rsa": {"rate": 0.5, "source": "assumption: for the test"}},
    "groups": ["statut_occupation_logement", "departement"],
    "income": True,
}


def people(path: Path, counts: dict[str, int], big: dict[str, float] | None = None) -> None:
    """Single persons without income, so with RSA: so many of each tenure. ``big`` gives the first household of a tenure that weight."""
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["idmen", "quimen", "idfam", "quifam", "idfoy", "quifoy", "wprm", "date_naissance", "statut_occupation_logement"])
        number = 0
        for tenure, count in counts.items():
            for i in range(count):
                number += 1
                rows.writerow([number, 0, number, 0, number, 0, (big or {}).get(tenure, 1) if i == 0 else 1, "1980-01-01", tenure])


def shown(folder: Path, *options: str) -> dict:
    (folder / "s.json").write_text(json.dumps(SCENARIO), encoding="utf-8")
    done = labacces("run", "s.json", "--population", "p.csv", "--output", "out", *options, folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "out" / "results.json").read_text(encoding="utf-8"))


def cells(results: dict) -> dict:
    return {name: cell["month"] for name, cell in results["benefits"]["rsa"]["groups"]["statut_occupation_logement"].items()}


def units(month: dict) -> float | None:
    return None if "suppressed" in month else month["eligible_units"]["value"]


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"locataire_vide": 7, "locataire_hlm": 40, "loge_gratuitement": 60}, {"locataire_vide", "locataire_hlm"}),
        ({"locataire_vide": 3, "locataire_meuble": 4, "locataire_hlm": 40, "loge_gratuitement": 60}, {"locataire_vide", "locataire_meuble", "locataire_hlm"}),
        ({"locataire_vide": 6, "locataire_meuble": 7, "locataire_hlm": 40}, {"locataire_vide", "locataire_meuble"}),
        ({"locataire_vide": 20, "locataire_hlm": 40}, set()),
    ],
    ids=["one of 7", "two that are 7 together", "two that are 13 together", "none"],
)
def test_a_small_cell_cannot_be_had_by_subtraction(counts, hidden, tmp_path):
    people(tmp_path / "p.csv", counts)
    results = shown(tmp_path)
    found = cells(results)
    assert {name for name in found if units(found[name]) is None} == hidden
    total = results["benefits"]["rsa"]["groups"]["all"]["all"]["month"]
    rest = total["eligible_units"]["value"] - sum(units(found[name]) for name in found if name not in hidden)
    # What is left is at least two cells and eleven units: no cell of 1 to 10 is told, nor the sum of several.
    assert rest == sum(counts[name] for name in hidden) and (rest == 0 or (rest >= 11 and len(hidden) >= 2))
    with (tmp_path / "out" / "tables" / "non_take_up.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["group"] == "statut_occupation_logement" and row["cell"] in hidden:
                assert row["value"] == row["se"] == row["sampled_units"] == "" and row["status"] == "suppressed"


def test_a_household_that_dominates_is_hidden(tmp_path):
    people(tmp_path / "p.csv", {"locataire_vide": 30, "locataire_hlm": 30, "loge_gratuitement": 40}, {"locataire_vide": 5000})
    found = cells(shown(tmp_path))
    assert units(found["locataire_vide"]) is None
    assert sum(units(month) is None for month in found.values()) == 2


def test_all_is_shown_when_asked_and_the_record_says_so(tmp_path):
    people(tmp_path / "p.csv", {"locataire_vide": 7, "locataire_hlm": 40})
    results = shown(tmp_path, "--no-suppression")
    assert units(cells(results)["locataire_vide"]) == 7 and results["suppression"].startswith("none, as asked")
    record = json.loads((tmp_path / "out" / "record.json").read_text(encoding="utf-8"))
    assert record["suppression"] == "none: --no-suppression"


def test_a_tiny_population_shows_nothing(tmp_path):
    people(tmp_path / "p.csv", {"locataire_vide": 7})
    results = shown(tmp_path)
    assert results["benefits"]["rsa"]["groups"]["all"]["all"]["month"] == {"suppressed": True}
    assert all(figure == {"suppressed": True} for figure in results["income"]["figures"]["paid"].values())
