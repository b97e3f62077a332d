"""What all figures share: words in both languages, colours, axes, titles, the rows that are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._errors import Error
from ._result import Window, unknown
from ._table import needs

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ._comparison import Comparison
    from ._result import Result

CLAIMED, UNCLAIMED, INK, GRID = "#2a6f97", "#d9662c", "#333333", "#dddddd"
SERIES = ("#333333", "#2a6f97", "#d9662c", "#3a8f5c", "#8a5aa8", "#b8a02a", "#c2577f", "#6b7a8f")

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "rate": "Eligible that do not claim, % (95 % interval)", "rate_title": "Non-take-up", "units": "Eligible units, thousands",
        "claim": "claim", "miss": "do not claim", "funnel_title": "From the right to the payment", "lost": "{} M€ a month unclaimed",
        "change": "Change, M€ a month (95 % interval)", "change_title": "What the scenarios change", "right": "right", "paid": "paid",
        "curve_title": "Budget of the household", "each_month": "EUR a month", "total": "all benefits",
        "sweep_title": "Along a parameter", "euros": "M€ a month", "euros_band": "M€ a month (95 % interval)", "euros_of_right": "right", "euros_paid": "paid", "euros_unclaimed": "unclaimed",
        "deciles_title": "Standard of living by decile", "decile": "Decile", "a_year": "Upper bound, EUR a year (95 % interval)", "paid_case": "as paid",
        "full_take_up": "full take-up", "without_benefits": "without the benefits", "gain": "Mean change, EUR a month (95 % interval)",
        "gain_title": "Who gains, by decile of the standard of living", "winners_title": "Winners and losers", "persons": "Persons, %",
        "loses_more_than_5_percent": "lose more than 5 %", "loses_up_to_5_percent": "lose up to 5 %", "unchanged": "unchanged",
        "gains_up_to_5_percent": "gain up to 5 %", "gains_more_than_5_percent": "gain more than 5 %",
        "budget_title": "Disposable income along the wage", "wage": "Net wage of one adult, EUR a month", "income": "Disposable income, EUR a month",
        "single": "single", "single_parent": "single parent, one child", "couple_two_children": "couple, two children",
        "month": "month", "quarter": "quarter", "durable": "durable, three quarters running", "synthetic": "synthetic population",
    },
    "fr": {
        "rate": "Éligibles qui ne demandent pas, % (intervalle à 95 %)", "rate_title": "Non-recours", "units": "Unités éligibles, milliers",
        "claim": "demandent", "miss": "ne demandent pas", "funnel_title": "Du droit au versement", "lost": "{} M€ par mois non demandés",
        "change": "Variation, M€ par mois (intervalle à 95 %)", "change_title": "Ce que changent les scénarios", "right": "droit", "paid": "versé",
        "curve_title": "Budget du ménage", "each_month": "EUR par mois", "total": "total des prestations",
        "sweep_title": "Le long d'un paramètre", "euros": "M€ par mois", "euros_band": "M€ par mois (intervalle à 95 %)", "euros_of_right": "droit", "euros_paid": "versé",
        "euros_unclaimed": "non demandé",
        "deciles_title": "Niveau de vie par décile", "decile": "Décile", "a_year": "Borne supérieure, EUR par an (intervalle à 95 %)",
        "paid_case": "versé", "full_take_up": "plein recours", "without_benefits": "sans les prestations",
        "gain": "Variation moyenne, EUR par mois (intervalle à 95 %)", "gain_title": "Qui gagne, par décile de niveau de vie",
        "winners_title": "Gagnants et perdants", "persons": "Personnes, %",
        "loses_more_than_5_percent": "perdent plus de 5 %", "loses_up_to_5_percent": "perdent jusqu'à 5 %", "unchanged": "sans changement",
        "gains_up_to_5_percent": "gagnent jusqu'à 5 %", "gains_more_than_5_percent": "gagnent plus de 5 %",
        "budget_title": "Revenu disponible le long du salaire", "wage": "Salaire net d'un adulte, EUR par mois", "income": "Revenu disponible, EUR par mois",
        "single": "personne seule", "single_parent": "parent seul, un enfant", "couple_two_children": "couple, deux enfants",
        "month": "mois", "quarter": "trimestre", "durable": "durable, trois trimestres de suite", "synthetic": "population synthétique",
    },
}


def words(lang: str) -> dict[str, str]:
    """The labels of a language."""
    if lang not in _WORDS:
        raise Error(f"error: lang: 'en' or 'fr' was expected, found '{lang}'")
    return _WORDS[lang]


def new_axes(ax: Axes | None, height: float, width: float = 8.5) -> Axes:
    """The axes given, or those of a new figure, without the frame's upper and right lines."""
    if ax is None:
        pyplot = needs("matplotlib.pyplot", "a plot")
        _, ax = pyplot.subplots(figsize=(width, height), layout="constrained")
    assert ax is not None
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(GRID)
    ax.tick_params(color=GRID, labelcolor=INK)
    ax.set_axisbelow(True)
    return ax


def number(value: float, decimals: int, lang: str) -> str:
    """A number as the language writes it."""
    text = f"{value:,.{decimals}f}"
    return text.replace(",", "\u202f").replace(".", ",") if lang == "fr" else text


def subtitle(result: Result, window: str, lang: str, *, scenario: bool = True, sample: bool = True) -> str:
    """The scenario, the month, and of what is counted over a sample the window and whether its households are invented."""
    said = words(lang)
    counted = [said[window], *([said["synthetic"]] if result.synthetic else [])]
    return ", ".join([result.scenario.name] * scenario + [result.period] + counted * sample)


def titled(ax: Axes, result: Result, head: str, window: str, lang: str, *, scenario: bool = True, sample: bool = True) -> None:
    """Writes the title and the subtitle over the axes."""
    ax.set_title(head, loc="left", fontweight="bold", color=INK, pad=22)
    ax.text(0, 1.02, subtitle(result, window, lang, scenario=scenario, sample=sample), transform=ax.transAxes, color=INK, fontsize="small", va="bottom")


def chosen_rows(result: Result, by: str, window: Window, benefits: Any) -> tuple[Any, list[str]]:
    """The rows to draw and their labels: benefits, or the cells of one benefit."""
    table = result.table("non_take_up", by=by, window=window)
    names = list(result.benefits) if benefits is None else [benefits] if isinstance(benefits, str) else list(benefits)
    for name in names:
        if name not in result.benefits:
            raise unknown("benefit", name, result.benefits)
    if by != "all" and len(names) != 1:
        names = names[:1]
    keep = [i for i, name in enumerate(table["benefit"]) if name in names and table["status"][i] == ""]
    labels = [table[by + "_label"][i] if by != "all" else table["label"][i] for i in keep]
    return {column: [table[column][i] for i in keep] for column in table.columns}, labels


EUROS = ("euros_of_right", "euros_paid", "euros_unclaimed")


def swept_euros(comparison: Comparison, benefit: str | None, window: Window) -> dict[str, list[tuple[float, float, float]]]:
    """Right, paid and unclaimed at each point of a sweep, in millions, with the ends of their 95 % intervals; the sum of all benefits has no interval.

    Raises Error: no sweep of one parameter, no such benefit.
    """
    if len(comparison.axes) != 1:
        raise Error("error: only a sweep of one parameter has an axis to draw along: la.sweep(...)")
    if benefit is not None and benefit not in comparison.base.benefits:
        raise unknown("benefit", benefit, comparison.base.benefits)
    found: dict[str, list[tuple[float, float, float]]] = {measure: [] for measure in EUROS}
    for result in comparison.results[1:]:
        rows = result.table("measures").where(group="all", window=window)
        for measure in EUROS:
            one = rows.where(measure=measure) if benefit is None else rows.where(measure=measure, benefit=benefit)
            value = float(sum(one["value"])) / 1e6
            found[measure].append((value, value, value) if benefit is None else (value, one["ci95_low"][0] / 1e6, one["ci95_high"][0] / 1e6))
    return found


def axis_title(comparison: Comparison, lang: str) -> str:
    """What the law calls the parameter of a sweep, with its unit."""
    (name, _), = comparison.axes
    declared = comparison.base.scenario.law.parameters[name]
    return f"{declared.label} ({unit_in(declared.unit, lang)})"


def unit_in(unit: str, lang: str) -> str:
    """A unit of the law as the language says it."""
    return unit.replace("/month", "/mois").replace("/year", "/an").replace("/day", "/jour") if lang == "fr" else unit


def moved_benefits(comparison: Comparison, benefits: str | list[str] | None, measure: str, window: Window) -> list[str]:
    """The benefits named, or those that some scenario changes."""
    table = comparison.table("differences", window=window)
    wanted = None if benefits is None else [benefits] if isinstance(benefits, str) else benefits
    names = [name for name in comparison.base.benefits if wanted is None or name in wanted]
    return [name for name in names if wanted is not None or any(table.where(benefit=name)[measure] != 0)]
