"""report.html in a headless browser: it opens, is whole, can be read by all, and hides what the results hide."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from program import ROOT, labacces

playwright = pytest.importorskip("playwright")
from axe_playwright_python.sync_playwright import Axe  # noqa: E402

from browser import browser, chromium, open_page  # noqa: E402

needs_browser = pytest.mark.skipif(chromium() is None, reason="this machine has no Chromium")
PERIOD = "2025-06"
ALWAYS = ["rate", "unclaimed", "funnel", "group", "map", "curve", "stack", "metr"]


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    done = labacces("run", "--population", "builtin:bretagne?households=2000", "--period", PERIOD, "--output", "out", folder=folder)
    assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.fixture(scope="module")
def comparison(tmp_path_factory) -> Path:
    """The base and ten reforms, one with a name that looks like markup."""
    folder = tmp_path_factory.mktemp("comparison")
    base = {"extends": "builtin:base", "name": "Base", "period": PERIOD, "population": "builtin:bretagne?households=1000"}
    names = ["base.json"]
    (folder / "base.json").write_text(json.dumps(base), encoding="utf-8")
    for i in range(10):
        name = "</script><img src=x onerror=document.title='bad'>" if i == 0 else f"RSA {650 + 10 * i} €"
        reform = {**base, "name": name, "reforms": [{"rsa.montant_de_base": {"2019-01-01": 650 + 10 * i}}]}
        (folder / f"{i}.json").write_text(json.dumps(reform), encoding="utf-8")
        names.append(f"{i}.json")
    done = labacces("compare", *names, "--output", "out", "--report", "apart.html", "--lang", "en", folder=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "apart.html").read_bytes() == (folder / "out/report.html").read_bytes()
    return folder / "out"


@pytest.fixture(scope="module")
def started():
    with browser() as one:
        yield one


def data_of(page: Path) -> dict:
    text = page.read_text(encoding="utf-8")
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL).group(1))


def without_plotting(page: str) -> str:
    """The page as a build without the plotting library writes it."""
    return re.sub(r"</script>\n<script>.*?</script>\n<script type=\"module\">", "</script>\n<script></script>\n<script type=\"module\">", page, count=1, flags=re.DOTALL)


@needs_browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("kind", ["run", "comparison"])
def test_the_page_opens_with_every_plot_and_asks_nothing_of_the_network(kind, width, request, started):
    file = request.getfixturevalue(kind) / "report.html"
    opened = open_page(started, file, width)
    assert opened.faults == []
    assert opened.requests == [file.as_uri()]
    expected = ALWAYS + (["budget"] if kind == "comparison" else [])
    income = data_of(file)["results"]
    if (income.get("scenarios") or [income])[0].get("income"):
        expected += ["poverty", "deciles"] + (["gain", "winners"] if kind == "comparison" else [])
    drawn = opened.page.evaluate("[...document.querySelectorAll('.figure')].map(f => [f.id, f.querySelectorAll('.plot svg path, .plot svg rect, .plot svg line, .plot svg circle').length])")
    assert {name.removeprefix("figure-") for name, _ in drawn} == set(expected)
    assert all(marks > 3 for _, marks in drawn), drawn
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.locator(".notice").count() == 1  # the synthetic population; no part that could not be written
    opened.page.close()


@needs_browser
def test_no_label_of_a_plot_is_cut(run, started):
    for width in (1280, 390):
        opened = open_page(started, run / "report.html", width)
        cut = opened.page.evaluate(
            """[...document.querySelectorAll('.plot svg')].flatMap(svg => { const box = svg.getBoundingClientRect();
               return [...svg.querySelectorAll('text')].filter(t => { const r = t.getBoundingClientRect();
                 return r.width && (r.left < box.left - 1 || r.right > box.right + 1 || r.top < box.top - 1 || r.bottom > box.bottom + 1); }).map(t => t.textContent); })"""
        )
        assert cut == []
        opened.page.close()


@needs_browser
def test_published_totals_stand_beside_the_simulated_ones_without_scrolling(started, tmp_path):
    done = labacces("run", "--population", "builtin:bretagne?households=1000", "--period", PERIOD, "--validate", ROOT / "scenarios" / "targets" / "bretagne.json", "--output", "out", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    opened = open_page(started, tmp_path / "out" / "report.html", 1280)
    assert opened.page.evaluate("(() => { const place = document.querySelector('#validation .scroll'); return place.scrollWidth <= place.clientWidth; })()")
    rows = opened.page.locator("#validation .scroll").first.locator("tbody tr").all_inner_texts()
    assert "Côtes-d'Armor" in rows[1] and re.search(r"10\D500 unités", rows[1]) and not any("d22" in row for row in rows)
    opened.page.close()


@needs_browser
def test_a_table_sorts_by_keyboard(run, started):
    opened = open_page(started, run / "report.html", 1280)
    table = opened.page.locator("#tables table")
    head = table.locator("thead button").nth(1)
    figures = lambda: [int(re.sub(r"\D", "", text)) for text in table.locator("tbody td:nth-child(2)").all_inner_texts()]  # noqa: E731
    before = figures()
    assert before != sorted(before)
    head.focus()
    opened.page.keyboard.press("Enter")
    assert figures() == sorted(before)
    assert table.locator("thead th").nth(1).get_attribute("aria-sort") == "ascending"
    opened.page.keyboard.press("Enter")
    assert figures() == sorted(before, reverse=True)
    opened.page.close()


@needs_browser
def test_the_files_of_a_plot_hold_the_figures_of_the_results(run, started):
    opened = open_page(started, run / "report.html", 1280)
    results = json.loads((run / "results.json").read_text(encoding="utf-8"))
    with opened.page.expect_download() as saved:
        opened.page.locator("#figure-rate .actions button").first.click()
    rows = list(csv.DictReader(io.StringIO(Path(saved.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(rows) == len(results["benefits"])
    for row, benefit in zip(rows, results["benefits"].values(), strict=True):
        figure = benefit["groups"]["all"]["all"]["month"]["non_take_up_rate_heads"]
        assert float(row["value"]) == pytest.approx(100 * figure["value"], rel=1e-6)
        assert float(row["low"]) == pytest.approx(100 * figure["ci95"][0], rel=1e-6)
    with opened.page.expect_download() as saved:
        opened.page.locator("#figure-map .actions button").nth(1).click()
    assert Path(saved.value.path()).read_text(encoding="utf-8").startswith("<svg")
    with opened.page.expect_download() as saved:
        opened.page.locator("#record .actions button").click()
    assert json.loads(Path(saved.value.path()).read_text(encoding="utf-8")) == json.loads((run / "record.json").read_text(encoding="utf-8"))
    opened.page.close()


@needs_browser
def test_the_page_keeps_the_rules_of_accessibility(comparison, started):
    opened = open_page(started, comparison / "report.html", 1280)
    opened.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    # A file outside the page's policy: axe is put in by the browser's own channel.
    found = Axe().run(opened.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"], "resultTypes": ["violations"]})
    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
    texts = opened.page.evaluate("[...document.querySelectorAll('.plot svg')].map(s => s.getAttribute('aria-label'))")
    assert all(re.search(r"\d", text) for text in texts), texts
    opened.page.close()


@needs_browser
def test_a_choice_changes_tables_and_plots(comparison, started):
    opened = open_page(started, comparison / "report.html", 1280)
    before = opened.page.locator("#figure-funnel .plot svg").get_attribute("aria-label")
    opened.page.locator("#plots select").first.select_option("10")
    after = opened.page.locator("#figure-funnel .plot svg").get_attribute("aria-label")
    assert "RSA 740 €" in after and before != after
    assert "RSA 740 €" in opened.page.locator("#tables caption").first.inner_text()
    assert opened.faults == []
    opened.page.close()


@needs_browser
def test_an_order_of_claiming_shows_both_rights_and_is_told(started, tmp_path):
    done = labacces("run", ROOT / "scenarios/ordre_de_recours.json", "--population", "builtin:bretagne?households=500", "--period", PERIOD,
                    "--report", "page.html", "--lang", "en", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    opened = open_page(started, tmp_path / "page.html", 1280)
    table = opened.page.locator("#tables table").first.inner_text()
    assert table.count("at full take-up") == 7
    method = opened.page.locator("#method").inner_text()
    assert "decided in this order: Aide au logement, Revenu de solidarité active, Prime d'activité" in method
    assert "claimed or not" not in method
    assert opened.faults == []
    opened.page.close()


@needs_browser
def test_a_name_is_never_markup(comparison, started):
    opened = open_page(started, comparison / "report.html", 1280)
    assert opened.page.locator("img").count() == 0
    assert "</script><img src=x" in opened.page.title() and opened.page.title() != "bad"
    opened.page.close()


@needs_browser
def test_it_prints(run, started, tmp_path):
    opened = open_page(started, run / "report.html", 1280)
    pdf = opened.page.pdf(format="A4")
    assert pdf.startswith(b"%PDF") and 4 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 20
    widths = lambda: set(opened.page.evaluate("[...document.querySelectorAll('#figure-rate svg, #figure-curve svg')].map(s => s.getAttribute('width'))"))  # noqa: E731
    on_screen = widths()
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert widths() == {"690"} != on_screen
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert widths() == on_screen
    opened.page.emulate_media(media="print")
    assert opened.page.locator(".actions").first.is_hidden() and opened.page.locator("#figure-rate svg").is_visible()
    opened.page.close()


@needs_browser
def test_without_the_plotting_library_the_data_stand_in_tables(run, started, tmp_path):
    page = without_plotting((run / "report.html").read_text(encoding="utf-8"))
    assert len(page) < 300_000
    (tmp_path / "plain.html").write_text(page, encoding="utf-8")
    opened = open_page(started, tmp_path / "plain.html", 1280)
    assert opened.faults == []
    assert opened.page.locator(".plot svg").count() == 0
    assert opened.page.locator("#figure-rate table").is_visible()
    opened.page.close()


def persons(cells: dict[str, int]) -> str:
    """Single persons without income, so many in each département."""
    rows = ["idmen,quimen,idfam,quifam,idfoy,quifoy,date_naissance,departement"]
    for cell in (cell for cell, count in cells.items() for _ in range(count)):
        i = len(rows)
        rows.append(f"{i},0,{i},0,{i},0,1980-01-01,{cell}")
    return "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def hidden(tmp_path_factory) -> Path:
    """Results with seven persons in one département, which is hidden with the next smallest."""
    folder = tmp_path_factory.mktemp("hidden")
    (folder / "people.csv").write_text(persons({"d22": 7, "d29": 13, "d35": 40, "d56": 50}), encoding="utf-8")
    done = labacces("run", "--population", "people.csv", "--period", PERIOD, "--output", "out", folder=folder)
    assert done.returncode == 0, done.stderr
    return folder / "out"


def test_a_hidden_cell_is_nowhere_in_the_page(hidden):
    page = data_of(hidden / "report.html")
    cells = page["results"]["benefits"]["rsa"]["groups"]["departement"]
    assert cells["d22"]["month"] == {"suppressed": True} and cells["d29"]["month"] == {"suppressed": True}
    assert cells["d35"]["month"]["eligible_units"][0] == 40


@needs_browser
def test_a_hidden_cell_is_called_hidden(hidden, started):
    opened = open_page(started, hidden / "report.html", 1280)
    opened.page.locator("#figure-map details summary").click()
    rows = opened.page.locator("#figure-map tbody tr").all_inner_texts()
    assert ["masqué" in row for row in rows] == ["Côtes" in row or "Finistère" in row for row in rows]
    assert opened.page.locator(".notice").count() == 0 and opened.faults == []
    opened.page.close()


def test_the_page_is_small_and_the_same_each_time(comparison, tmp_path):
    page = (comparison / "report.html").read_bytes()
    assert 300_000 < len(page) < 3_000_000  # with the plotting library in it
    for lang in ("en", "fr"):
        done = labacces("report", comparison / "comparison.json", "--lang", lang, "--output", "again.html", folder=tmp_path)
        assert done.returncode == 0, done.stderr
        again = (tmp_path / "again.html").read_bytes()
        assert (again == page) == (lang == "en")
    assert page.count(b"ISC") > 10  # the licences of what is bundled


def test_the_lock_file_names_no_host():
    lock = (ROOT / "libsim/report/page/package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock and "://" not in lock and lock.count('"integrity"') > 20


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "bad.json:1:2: error: JSON"),
        ("[]", "bad.json: format: error:"),
        ('{"format": "labacces-results/1"}', "bad.json: population: error: an object was expected"),
        ('{"format": "labacces-comparison/1", "scenarios": []}', "bad.json: scenarios: error:"),
        ('{"format": "labacces-comparison/1", "scenarios": [3], "differences": []}', "bad.json: scenarios[0].population: error:"),
        ('{"format": "labacces-results/1", "scenario": "a", "period": "2025-06", "population": {}, "take_up": {}, "benefits": {"rsa": 3}}', "bad.json: benefits.rsa: error:"),
    ],
)
def test_results_that_are_none_are_refused(text, message, tmp_path):
    (tmp_path / "bad.json").write_text(text, encoding="utf-8")
    done = labacces("report", "bad.json", folder=tmp_path)
    assert done.returncode == 2 and done.stderr.startswith(message), done.stderr
    assert not (tmp_path / "report.html").exists()
