"""Figures on matplotlib, with English and French labels. Each function draws on ``ax`` (or a new figure) and returns the axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._drawing import CLAIMED, EUROS, GRID, INK, SERIES, UNCLAIMED, axis_title, chosen_rows, moved_benefits, new_axes, number, swept_euros, titled, unit_in, words
from ._errors import Error
from ._income_plots import budget, deciles, gains, winners
from ._result import Language, Window

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ._arrays import Curve
    from ._comparison import Comparison
    from ._result import Result

__all__ = ["budget", "curve", "deciles", "differences", "funnel", "gains", "non_take_up", "non_take_up_of_scenarios", "sweep", "winners"]


def non_take_up(result: Result, *, by: str = "all", window: Window = "month", benefits: str | list[str] | None = None, lang: Language = "en",
                ax: Axes | None = None) -> Axes:
    """Rates of non-take-up with their 95 % intervals: a bar a benefit, or a bar a cell of the group ``by`` for one benefit.

    Benefits in which everybody eligible claims show no bar; beside each bar stand the euros unclaimed.
    """
    said = words(lang)
    rows, labels = chosen_rows(result, by, window, benefits)
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
    titled(ax, result, head, window, lang)
    return ax


def funnel(result: Result, *, by: str = "all", window: Window = "month", benefits: str | list[str] | None = None, lang: Language = "en",
           ax: Axes | None = None) -> Axes:
    """Eligible units, those who claim and those who do not: a bar a benefit, or a bar a cell of the group ``by`` for one benefit."""
    said = words(lang)
    rows, labels = chosen_rows(result, by, window, benefits)
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
    titled(ax, result, said["funnel_title"], window, lang)
    return ax


def non_take_up_of_scenarios(comparison: Comparison, *, window: Window = "month", benefits: str | list[str] | None = None, lang: Language = "en",
                             ax: Axes | None = None) -> Axes:
    """Rates of non-take-up of each scenario, a point with its 95 % interval; benefits in which everybody eligible claims are left out."""
    said = words(lang)
    chosen = [chosen_rows(result, "all", window, benefits)[0] for result in comparison.results]
    names = [name for i, name in enumerate(chosen[0]["benefit"]) if benefits is not None or any(rows["non_take_up_rate_heads"][i] > 0 for rows in chosen)]
    ax = new_axes(ax, 1.6 + (0.2 + 0.26 * len(chosen)) * len(names))
    step = 0.7 / len(chosen)
    for s, (result, rows) in enumerate(zip(comparison.results, chosen, strict=True)):
        keep = [rows["benefit"].index(name) for name in names]
        rates = [100 * rows["non_take_up_rate_heads"][i] for i in keep]
        low = [rate - 100 * rows["non_take_up_rate_heads_low"][i] for rate, i in zip(rates, keep, strict=True)]
        high = [100 * rows["non_take_up_rate_heads_high"][i] - rate for rate, i in zip(rates, keep, strict=True)]
        places = [place + (s - (len(chosen) - 1) / 2) * step for place in range(len(names))]
        ax.errorbar(rates, places, xerr=[low, high], fmt="o", markersize=6, capsize=3, elinewidth=1.2, color=SERIES[s % len(SERIES)], label=result.scenario.name)
    ax.set_yticks(range(len(names)), [comparison.base.label(name) for name in names])
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_xlim(left=0)
    ax.grid(axis="x", color=GRID)
    ax.set_xlabel(said["rate"], color=INK)
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1.01, 0.5))
    titled(ax, comparison.base, said["rate_title"], window, lang, scenario=False)
    return ax


def differences(comparison: Comparison, *, measure: str = "euros_paid", window: Window = "month", benefits: str | list[str] | None = None,
                lang: Language = "en", ax: Axes | None = None) -> Axes:
    """What each scenario changes against the first, in millions of euros a month of right or paid, with 95 % intervals."""
    said = words(lang)
    if measure not in ("euros_of_right", "euros_paid", "euros_unclaimed"):
        raise Error(f"error: measure: euros_of_right, euros_paid or euros_unclaimed was expected, found '{measure}'")
    table = comparison.table("differences", window=window)
    moved = moved_benefits(comparison, benefits, measure, window)
    others = [result.scenario.name for result in comparison.results[1:]]
    ax = new_axes(ax, 1.6 + (0.2 + 0.3 * len(others)) * max(1, len(moved)))
    step = 0.75 / len(others)
    for s, scenario in enumerate(others):
        rows = [next(table.where(benefit=name, scenario=scenario).rows()) for name in moved]
        values = [row[measure] / 1e6 for row in rows]
        errors = [[value - row[measure + "_low"] / 1e6 for value, row in zip(values, rows, strict=True)],
                  [row[measure + "_high"] / 1e6 - value for value, row in zip(values, rows, strict=True)]]
        places = [place + (s - (len(others) - 1) / 2) * step for place in range(len(moved))]
        ax.barh(places, values, height=0.86 * step, color=SERIES[(s + 1) % len(SERIES)], label=scenario)
        ax.errorbar(values, places, xerr=errors, fmt="none", ecolor=INK, elinewidth=1.1, capsize=3)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set_yticks(range(len(moved)), [comparison.base.label(name) for name in moved])
    ax.invert_yaxis()
    ax.grid(axis="x", color=GRID)
    ax.set_xlabel(f"{said['change']}, {said[measure]}", color=INK)
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1.01, 0.5))
    titled(ax, comparison.base, said["change_title"], window, lang)
    return ax


def sweep(comparison: Comparison, *, benefit: str | None = None, window: Window = "month", lang: Language = "en", ax: Axes | None = None) -> Axes:
    """Euros of right, paid and unclaimed of a benefit (of all together when none is named) along the parameter of a sweep; bands are 95 % intervals of one benefit."""
    said = words(lang)
    euros = swept_euros(comparison, benefit, window)
    (_, values), = comparison.axes
    ax = new_axes(ax, 4.2)
    for color, measure in zip((INK, CLAIMED, UNCLAIMED), EUROS, strict=True):
        heights, low, high = ([point[part] for point in euros[measure]] for part in range(3))
        if benefit is not None:
            ax.fill_between(values, low, high, color=color, alpha=0.15, linewidth=0)
        ax.plot(values, heights, marker="o", markersize=4, color=color)
        ax.annotate(said[measure], (values[-1], heights[-1]), xytext=(8, 0), textcoords="offset points", color=color, va="center")
    ax.set_ylim(bottom=0)
    ax.grid(axis="y", color=GRID)
    ax.set_xlabel(axis_title(comparison, lang), color=INK)
    ax.set_ylabel(said["euros"] if benefit is None else said["euros_band"], color=INK)
    head = said["sweep_title"] + ("" if benefit is None else f", {comparison.base.label(benefit)}")
    titled(ax, comparison.base, head, window, lang)
    return ax


def curve(drawn: Curve, *, lang: Language = "en", ax: Axes | None = None) -> Axes:
    """Each benefit along the axis, one on the other."""
    said = words(lang)
    ax = new_axes(ax, 4.6)
    moved = [name for name in drawn.benefits if drawn.table[name].any()]
    colors = (CLAIMED, UNCLAIMED, *SERIES[3:])
    ax.stackplot(drawn.axis, [drawn.table[name] for name in moved], labels=[drawn.labels[name] for name in moved], colors=colors, alpha=0.85)
    ax.plot(drawn.axis, drawn.table["total"], color=INK, linewidth=1.2, label=said["total"])
    ax.set_xlim(drawn.axis[0], drawn.axis[-1])
    ax.set_ylim(bottom=0)
    ax.grid(axis="y", color=GRID)
    ax.set_xlabel(f"{drawn.axis_label} ({unit_in(drawn.axis_unit, lang)})", color=INK)
    ax.set_ylabel(said["each_month"], color=INK)
    handles, names = ax.get_legend_handles_labels()
    ax.legend(handles[::-1], names[::-1], frameon=False, loc="center left", bbox_to_anchor=(1.01, 0.5))
    ax.set_title(said["curve_title"], loc="left", fontweight="bold", color=INK, pad=22)
    ax.text(0, 1.02, drawn.period, transform=ax.transAxes, color=INK, fontsize="small", va="bottom")
    return ax
