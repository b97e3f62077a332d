"""The scenarios of published take-up: what was set is met, the page shows what the program gives."""

import importlib.util

import pytest

from program import PROGRAM, ROOT

SPEC = importlib.util.spec_from_file_location("published_rates", ROOT / "docs" / "methods" / "published_rates.py")
PUBLISHED = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(PUBLISHED)
AGAIN = "write it anew: python3 docs/methods/published_rates.py"


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> list:
    folder = tmp_path_factory.mktemp("published")
    return [(scenario, targets, title, PUBLISHED.measure(PROGRAM, scenario, targets, folder)) for scenario, targets, title in PUBLISHED.READY]


def test_effective_rates_are_within_half_a_point_of_what_was_set(results):
    rows = [row for *_, found in results for row in found["targets"] if not row["held_out"]]
    assert {(row["benefit"], row["window"]) for row in rows} == {("rsa", "quarter"), ("rsa", "durable"), ("ppa", "month"), ("aspa", "month"), ("cmu_c", "month"), ("css_payante", "month")}
    for row in rows:
        assert row["after"]["value"] == pytest.approx(row["target"], abs=0.005), f"{row['benefit']}, {row['cell']}: {AGAIN}"


def test_the_page_shows_what_the_program_gives(results):
    assert PUBLISHED.PAGE.read_text(encoding="utf-8") == PUBLISHED.page(results), AGAIN


def test_every_published_figure_has_its_source_and_year(results):
    for *_, found in results:
        assert all(row["source"] and row["period"] for row in found["targets"])
