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
