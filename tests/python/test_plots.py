"""Figures: what is drawn, in both languages."""

import matplotlib.pyplot as pyplot
import pytest

from conftest import message


@pytest.fixture(autouse=True)
def close_figures():
    yield
    pyplot.close("all")


def test_non_take_up_has_a_bar_a_benefit_with_its_interval(result):
    axes = result.plot("non_take_up")
    rates = result.table("non_take_up")["non_take_up_rate_heads"]
    assert [bar.get_width() for bar in axes.patches] == pytest.approx(list(100 * rates))
    assert [label.get_text() for label in axes.get_yticklabels()][0] == "Revenu de solidarité active"
    assert axes.get_title(loc="left") == "Non-take-up" and axes.get_xlim()[1] <= 100


def test_a_group_is_drawn_for_one_benefit_in_french(result):
    axes = result.plot("non_take_up", by="departement", benefits="rsa", lang="fr")
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Côtes-d'Armor", "Finistère", "Ille-et-Vilaine", "Morbihan"]
    assert "intervalle" in axes.get_xlabel() and "Non-recours" in axes.get_title(loc="left")


def test_the_funnel_adds_up_to_the_eligible(result):
    axes = result.plot("funnel", benefits=["rsa", "ppa"])
    widths = [bar.get_width() for bar in axes.patches]
    eligible = result.table("non_take_up")["eligible_units"][:2] / 1e3
    assert [widths[0] + widths[2], widths[1] + widths[3]] == pytest.approx(list(eligible))


def test_axes_given_are_drawn_on(result):
    _, (left, right) = pyplot.subplots(1, 2)
    assert result.plot("funnel", ax=left) is left and result.plot("non_take_up", ax=right) is right


def test_wrong_options_are_told(result):
    assert "'en' or 'fr' was expected" in message(lambda: result.plot("funnel", lang="de"))
    assert "there is no benefit 'rsaa' (did you mean 'rsa'?)" in message(lambda: result.plot("funnel", benefits="rsaa"))


def test_deciles_are_those_of_the_income_table(result):
    axes = result.plot("deciles", lang="fr")
    medians = [container.lines[0].get_ydata()[4] for container in axes.containers]
    table = result.table("income").where(measure="median_standard_of_living")
    assert sorted(medians) == sorted(table["value"]) and [text.get_text() for text in axes.get_legend().get_texts()][1] == "versé"


def test_the_curve_of_a_standard_household_is_drawn(result):
    lines = result.plot("curve", household="single").lines
    assert lines[0].get_xdata()[-1] == 3000 and lines[0].get_ydata()[0] > 500
    assert "there is no household 'singel' (did you mean 'single'?)" in message(lambda: result.plot("curve", household="singel"))


@pytest.fixture(scope="module")
def compared(population, base):
    import labacces as la

    plus = base.reform({"rsa.montant_de_base": {"2025-01-01": 700}}, name="RSA à 700 €")
    return la.compare(population, [base, plus, base.with_take_up({"rsa": 0.9}, name="Recours à 90 %")])


def test_winners_and_gains_by_decile_are_those_of_the_table(compared):
    table = compared.table("winners_and_losers").where(scenario="RSA à 700 €")
    shares = dict(zip(table["cell"], 100 * table["value"]))
    widths = [bar.get_width() for bar in compared.plot("winners", lang="fr").patches][::2]
    assert widths == pytest.approx([-shares["loses_up_to_5_percent"], -shares["loses_more_than_5_percent"], shares["gains_up_to_5_percent"], shares["gains_more_than_5_percent"]])
    heights = [bar.get_height() for bar in compared.plot("deciles").patches][:10]
    assert heights == pytest.approx(list(table.where(group="decile")["value"])) and heights[0] > 0
    assert len(compared.plot("curve").lines) == 4


def test_figures_of_incomes_need_incomes(population, base):
    import labacces as la

    assert "needs incomes" in message(lambda: la.run(population, base.replace(income=False)).plot("deciles"))


def test_altair_draws_the_same_figures(result, compared, population, base, family):
    pytest.importorskip("altair")
    import labacces as la

    rates = result.table("non_take_up")["non_take_up_rate_heads"]
    chart = result.plot("non_take_up", backend="altair", lang="fr").to_dict()
    values = chart["data"]["values"]
    assert [row["value"] for row in values] == pytest.approx(list(100 * rates))
    assert "Non-recours" in chart["title"]["text"]
    swept = la.sweep(population, base, "rsa.montant_de_base", [600, 700], since="2025-01-01")
    charts = [result.plot("funnel", backend="altair"), result.plot("deciles", backend="altair"), result.plot("curve", backend="altair"),
              *(compared.plot(what, backend="altair") for what in ("differences", "non_take_up", "winners", "deciles", "curve")),
              swept.plot("sweep", backend="altair", benefit="rsa"), la.curve(family, "salaire_net", 0, 2000, 200, "2025-06").plot(backend="altair")]
    for one in charts:
        assert one.to_dict()["$schema"].startswith("https://vega.github.io/schema/vega-lite")


def test_comparisons_and_sweeps_are_drawn(population, base):
    import labacces as la

    swept = la.sweep(population, base, "rsa.montant_de_base", [600, 700], since="2025-01-01")
    axes = swept.plot("differences", benefits="rsa")
    drawn = [bar.get_width() for bar in axes.patches]
    assert drawn == pytest.approx(list(swept.table("differences").where(benefit="rsa")["euros_paid"] / 1e6))
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Revenu de solidarité active"]
    axes = swept.plot("sweep", benefit="rsa", lang="fr")
    line = axes.lines[0]
    assert list(line.get_xdata()) == [600, 700] and line.get_ydata()[0] < line.get_ydata()[1]
    right = swept.results[1].table("measures").where(benefit="rsa", group="all", window="month", measure="euros_of_right")
    low, high = axes.collections[0].get_datalim(axes.transData).intervaly
    assert line.get_ydata()[0] == pytest.approx(right["value"][0] / 1e6) and low == pytest.approx(right["ci95_low"][0] / 1e6) and high > line.get_ydata()[1]
    assert axes.get_xlabel() == "Montant forfaitaire d'une personne seule (EUR/mois)" and len(swept.plot("sweep").collections) == 0
    names = swept.plot("non_take_up").get_legend().get_texts()
    assert [text.get_text() for text in names] == [one.scenario.name for one in swept.results]
    assert "only a sweep" in message(lambda: la.compare(population, [base, base.replace(name="x")]).plot("sweep"))
