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


def test_comparisons_and_sweeps_are_drawn(population, base):
    import labacces as la

    swept = la.sweep(population, base, "rsa.montant_de_base", [600, 700], since="2025-01-01")
    axes = swept.plot("differences", benefits="rsa")
    drawn = [bar.get_width() for bar in axes.patches]
    assert drawn == pytest.approx(list(swept.table("differences").where(benefit="rsa")["euros_paid"] / 1e6))
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Revenu de solidarité active"]
    line = swept.plot("sweep", benefit="rsa", lang="fr").lines[0]
    assert list(line.get_xdata()) == [600, 700] and line.get_ydata()[0] < line.get_ydata()[1]
    names = swept.plot("non_take_up").get_legend().get_texts()
    assert [text.get_text() for text in names] == [one.scenario.name for one in swept.results]
    assert "only a sweep" in message(lambda: la.compare(population, [base, base.replace(name="x")]).plot("sweep"))
