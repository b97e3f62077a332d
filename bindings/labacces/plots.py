"""Figures on matplotlib, with English and French labels. Each function draws on ``ax`` (or a new figure) and returns the axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ._errors import Error
from ._table import needs

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ._result import Result, Window

Language = Literal["en", "fr"]

CLAIMED, UNCLAIMED, INK, GRID = "#2a6f97", "#d9662c", "#333333", "#dddddd"

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "rate": "Eligible that do not claim, % (95 % interval)", "rate_title": "Non-take-up", "units": "Eligible units, thousands",
        "claim": "claim", "miss": "do not claim", "funnel_title": "From the right to the payment", "lost": "{} M€ a month unclaimed",
        "month": "month", "quarter": "quarter", "durable": "durable, three quarters running", "synthetic": "synthetic population",
    },
    "fr": {
        "rate": "Éligibles qui ne demandent pas, % (intervalle à 95 %)", "rate_title": "Non-recours", "units": "Unités éligibles, milliers",
        "claim": "demandent", "miss": "ne demandent pas", "funnel_title": "Du droit au versement", "lost": "{} M€ par mois non demandés",
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


def _title(ax: Axes, result: Result, head: str, window: str, lang: str) -> None:
    said = words(lang)
    parts = [result.scenario.name, result.period, said[window]] + ([said["synthetic"]] if result.synthetic else [])
    ax.set_title(head, loc="left", fontweight="bold", color=INK, pad=22)
    ax.text(0, 1.02, ", ".join(parts), transform=ax.transAxes, color=INK, fontsize="small", va="bottom")


def _chosen(result: Result, by: str, window: Window, benefits: Any) -> tuple[Any, list[str]]:
    """The rows to draw and their labels: benefits, or the cells of one benefit."""
    table = result.table("non_take_up", by=by, window=window)
    names = list(result.benefits) if benefits is None else [benefits] if isinstance(benefits, str) else list(benefits)
    for name in names:
        if name not in result.benefits:
            from ._result import unknown

            raise unknown("benefit", name, result.benefits)
    if by != "all" and len(names) != 1:
        names = names[:1]
    keep = [i for i, name in enumerate(table["benefit"]) if name in names and table["status"][i] == ""]
    labels = [table[by + "_label"][i] if by != "all" else table["label"][i] for i in keep]
    return {column: [table[column][i] for i in keep] for column in table.columns}, labels


def non_take_up(result: Result, *, by: str = "all", window: Window = "month", benefits: str | list[str] | None = None, lang: Language = "en",
                ax: Axes | None = None) -> Axes:
    """Rates of non-take-up with their 95 % intervals: a bar a benefit, or a bar a cell of the group ``by`` for one benefit.

    Benefits in which everybody eligible claims show no bar; beside each bar stand the euros unclaimed.
    """
    said = words(lang)
    rows, labels = _chosen(result, by, window, benefits)
    ax = new_axes(ax, 1.4 + 0.42 * len(labels))
    places = range(len(labels))
    rates = [100 * rate for rate in rows["non_take_up_rate_heads"]]
    low = [rate - 100 * bound for rate, bound in zip(rates, rows["non_take_up_rate_heads_low"], strict=True)]
    high = [100 * bound - rate for rate, bound in zip(rates, rows["non_take_up_rate_heads_high"], strict=True)]
    ax.barh(places, rates, color=UNCLAIMED, height=0.62)
    ax.errorbar(rates, places, xerr=[low, high], fmt="none", ecolor=INK, elinewidth=1.1, capsize=3)
    for place, rate, lost in zip(places, rates, rows["euros_unclaimed"], strict=True):
        text = f"{number(rate, 0, lang)} %" + (f"   {said['lost'].format(number(lost / 1e6, 1, lang))}" if lost > 0 else "")
        ax.text(1.02, place, text, transform=ax.get_yaxis_transform(), va="center", color=INK, fontsize="small")
    ax.set_yticks(list(places), labels)
    ax.invert_yaxis()
    ax.set_xlim(0, min(100.0, max(10.0, 1.08 * max((rate + above for rate, above in zip(rates, high, strict=True)), default=0.0))))
    ax.grid(axis="x", color=GRID)
    ax.set_xlabel(said["rate"], color=INK)
    head = said["rate_title"] if by == "all" else f"{said['rate_title']}, {result.label(rows['benefit'][0]) if rows['benefit'] else ''}"
    _title(ax, result, head, window, lang)
    return ax


def funnel(result: Result, *, by: str = "all", window: Window = "month", benefits: str | list[str] | None = None, lang: Language = "en",
           ax: Axes | None = None) -> Axes:
    """Eligible units, those who claim and those who do not: a bar a benefit, or a bar a cell of the group ``by`` for one benefit."""
    said = words(lang)
    rows, labels = _chosen(result, by, window, benefits)
    ax = new_axes(ax, 1.6 + 0.42 * len(labels))
    places = range(len(labels))
    claiming = [units / 1e3 for units in rows["taking_up_units"]]
    missing = [units / 1e3 for units in rows["not_taking_up_units"]]
    ax.barh(places, claiming, color=CLAIMED, height=0.62, label=said["claim"])
    ax.barh(places, missing, left=claiming, color=UNCLAIMED, height=0.62, label=said["miss"])
    for place, here, out in zip(places, claiming, missing, strict=True):
        ax.annotate(number(here + out, 1, lang), (here + out, place), xytext=(5, 0), textcoords="offset points", va="center", color=INK, fontsize="small")
    ax.set_yticks(list(places), labels)
    ax.invert_yaxis()
    ax.set_xlim(0, 1.12 * max((a + b for a, b in zip(claiming, missing, strict=True)), default=1.0))
    ax.grid(axis="x", color=GRID)
    ax.set_xlabel(said["units"], color=INK)
    ax.legend(loc="lower right", frameon=False)
    _title(ax, result, said["funnel_title"], window, lang)
    return ax
