"""The pages of the law: one a benefit, all of the law on them, amounts as the program computes them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "build" / "release" / "labacces"
sys.path.insert(0, str(ROOT / "docs" / "law"))

from pages import HOUSEHOLDS, PAGES, situation  # noqa: E402

BENEFITS = ["rsa", "prime_activite", "aide_logement", "aah", "aspa_asi", "af", "cf", "asf", "paje", "aeeh", "ars", "css", "cheque_energie", "bourses", "ass", "prime_noel",
            "impot", "cotisations_csg", "revenu_disponible"]


def labacces(*arguments) -> str:
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("law")
    subprocess.run([sys.executable, ROOT / "docs" / "law" / "generate.py", "--program", PROGRAM, "--output", folder], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def law() -> dict:
    return json.loads(labacces("law", "export"))


def test_every_benefit_has_a_page_with_a_chart(folder):
    index = (folder / "index.md").read_text(encoding="utf-8")
    for slug in BENEFITS:
        text = (folder / f"{slug}.md").read_text(encoding="utf-8")
        assert f"({slug}.md)" in index and f"({slug}.svg)" in text
        assert (folder / f"{slug}.svg").read_text(encoding="utf-8").count("<path") > 10, slug


def test_all_of_the_law_is_on_a_page(folder, law):
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.md"))
    for section in ("rules", "params", "tables", "scales", "inputs"):
        for item in law[section]:
            assert f"`{item['name']}`" in text, item["name"]


def test_a_parameter_has_its_whole_history_and_sources(folder, law):
    text = (folder / "rsa.md").read_text(encoding="utf-8")
    amount = next(param for param in law["params"] if param["name"] == "rsa.montant_de_base")
    assert len(amount["versions"]) > 10
    for version in amount["versions"]:
        assert f"| {version['since']} | {version['value']:.10g} | {'; '.join(version['references'])} |" in text


@pytest.mark.parametrize("slug", ["rsa", "prime_activite", "aah", "aspa_asi"])
def test_an_amount_of_a_page_is_what_calculate_gives(slug, folder, tmp_path):
    page = next(page for page in PAGES if page.slug == slug)
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", (folder / f"{slug}.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(rows) >= 5
    for earned, amounts in rows[:3]:
        for (_, _, adults, children), shown in zip(HOUSEHOLDS, amounts.split(" | "), strict=True):
            household = situation(page, adults, children)
            household["individus"]["adulte1"][page.vary] = {str(year): 12 * float(earned) for year in range(2015, 2026)}
            levels = {"aah": "individus", "mva": "individus"}
            for rule in page.amounts:
                for unit in household[levels.get(rule, "familles")].values():
                    unit[rule] = {page.month: None}
            path = tmp_path / "situation.json"
            path.write_text(json.dumps(household), encoding="utf-8")
            filled = json.loads(labacces("calculate", path))
            total = sum(unit[rule][page.month] for rule in page.amounts for unit in filled[levels.get(rule, "familles")].values())
            assert f"{total:.2f}" == shown, (earned, adults, children)


def test_the_pages_are_the_same_bytes_twice(folder, tmp_path):
    subprocess.run([sys.executable, ROOT / "docs" / "law" / "generate.py", "--program", PROGRAM, "--output", tmp_path], check=True, capture_output=True)
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name
