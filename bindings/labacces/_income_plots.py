"""Figures of incomes on matplotlib: deciles, winners and losers, budgets of standard households."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._drawing import CLAIMED, GRID, INK, SERIES, UNCLAIMED, new_axes, number, titled, words
from ._errors import Error
from ._result import Language, unknown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ._comparison import Comparison
    from ._result import Result
    from ._table import Table

CASES = ("without_benefits", "paid", "full_take_up")
DECILES = (*(f"decile_{i}" for i in range(1, 5)), "median_standard_of_living", *(f"decile_{i}" for i in range(6, 10)))
CHANGES = {"loses_more_than_5_percent": "#a6461c", "loses_up_to_5_percent": "#e9a178", "unchanged": "#d5dbe1", "gains_up_to_5_percent": "#8db6d1",
           "gains_more_than_5_percent": CLAIMED}
LOSES, GAINS = ("loses_up_to_5_percent", "loses_more_than_5_percent"), ("gains_up_to_5_percent", "gains_more_than_5_percent")
HOUSEHOLDS = ("single", "single_parent", "couple_two_children")


def income_rows(table: Table, what: str) -> Table:
    """The table, or an error where the scenario asked for no incomes."""
    if len(table) == 0:
        raise Error(f"error: {what} needs incomes: run the scenario with income=True (parts put together have none)")
    return table


def deciles(result: Result, *, lang: Language = "en", ax: Axes | None = None) -> Axes:
    """The nine deciles of the standard of living: without the benefits, as paid, and under full take-up, with 95 % intervals."""
    said = words(lang)
    table = income_rows(result.table("income"), "deciles")
    ax = new_axes(ax, 4.6)
    for s, (case, color) in enumerate(zip(CASES, (INK, UNCLAIMED, CLAIMED), strict=True)):
        rows = {row["measure"]: row for row in table.where(case=case).rows()}
        chosen = [rows[name] for name in DECILES]
        places = [i + 1 + 0.16 * (s - 1) for i in range(len(chosen))]
        values = [row["value"] for row in chosen]
        errors = [[row["value"] - row["ci95_low"] for row in chosen], [row["ci95_high"] - row["value"] for row in chosen]]
        ax.errorbar(places, values, yerr=errors, fmt="o", markersize=4, capsize=2, elinewidth=1, color=color,
                    label=said["paid_case" if case == "paid" else case])
    ax.set_ylim(bottom=0)
    ax.set_xticks(range(1, 10), [f"D{i}" for i in range(1, 10)])
    ax.grid(axis="y", color=GRID)
    ax.set_ylabel(said["a_year"], color=INK)
    ax.legend(frameon=False, loc="upper left")
    titled(ax, result, said["deciles_title"], "month", lang)
    return ax


def gains(comparison: Comparison, *, lang: Language = "en", ax: Axes | None = None) -> Axes:
    """The mean change of disposable income in each decile of the standard of living under the first scenario, EUR a month, with 95 % intervals."""
    said = words(lang)
    table = income_rows(comparison.table("winners_and_losers"), "deciles").where(group="decile")
    others = [result.scenario.name for result in comparison.results[1:]]
    ax = new_axes(ax, 4.2)
    step = 0.8 / len(others)
    for s, scenario in enumerate(others):
        rows = list(table.where(scenario=scenario).rows())
        places = [int(row["cell"]) + (s - (len(others) - 1) / 2) * step for row in rows]
        values = [row["value"] for row in rows]
        errors = [[row["value"] - row["ci95_low"] for row in rows], [row["ci95_high"] - row["value"] for row in rows]]
        ax.bar(places, values, width=0.88 * step, color=SERIES[(s + 1) % len(SERIES)], label=scenario)
        ax.errorbar(places, values, yerr=errors, fmt="none", ecolor=INK, elinewidth=1, capsize=2)
    ax.axhline(0, color=INK, linewidth=0.8)
    ax.set_xticks(range(1, 11))
    ax.grid(axis="y", color=GRID)
    ax.set_xlabel(said["decile"], color=INK)
    ax.set_ylabel(said["gain"], color=INK)
    ax.legend(frameon=False, loc="upper right")
    titled(ax, comparison.base, said["gain_title"], "month", lang)
    return ax


def winners(comparison: Comparison, *, lang: Language = "en", ax: Axes | None = None) -> Axes:
    """Persons by the change of their household's disposable income against the first scenario: losers to the left, winners to the right, a bar a scenario."""
    said = words(lang)
    table = income_rows(comparison.table("winners_and_losers"), "winners").where(group="change")
    others = [result.scenario.name for result in comparison.results[1:]]
    shares = {(row["scenario"], row["cell"]): 100 * row["value"] for row in table.rows() if row["value"] == row["value"]}  # hidden cells are NaN
    ax = new_axes(ax, 1.9 + 0.5 * len(others))
    for sign, cells in ((-1, LOSES), (1, GAINS)):
        ends = [0.0] * len(others)
        for cell in cells:
            widths = [sign * shares.get((scenario, cell), 0.0) for scenario in others]
            ax.barh(range(len(others)), widths, left=ends, color=CHANGES[cell], height=0.6, label=said[cell])
            ends = [end + width for end, width in zip(ends, widths, strict=True)]
    for place, scenario in enumerate(others):
        text = f"{said['unchanged']}: {number(shares.get((scenario, 'unchanged'), 0.0), 0, lang)} %"
        ax.text(1.02, place, text, transform=ax.get_yaxis_transform(), va="center", color=INK, fontsize="small")
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set_yticks(range(len(others)), others)
    ax.invert_yaxis()
    ax.grid(axis="x", color=GRID)
    ax.set_xlabel(said["persons"], color=INK)
    ax.legend(frameon=False, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.3 if len(others) < 3 else -0.2), fontsize="small")
    titled(ax, comparison.base, said["winners_title"], "month", lang)
    return ax


def budget(curves: dict[str, Any], of: Result, *, household: str = "single_parent", lang: Language = "en", ax: Axes | None = None) -> Axes:
    """Disposable income of a standard household along the wage under each law: ``"single"``, ``"single_parent"`` or ``"couple_two_children"``."""
    said = words(lang)
    drawn = household_curves(curves, household)
    ax = new_axes(ax, 4.6)
    for s, one in enumerate(drawn):
        ax.plot(one["axis"], one["income"], color=SERIES[s % len(SERIES)], linestyle=("-", "--", ":")[s % 3], label=one["scenario"])
    ax.plot(drawn[0]["axis"], drawn[0]["axis"], color=GRID, linewidth=1)
    ax.set_ylim(bottom=0)
    ax.grid(axis="y", color=GRID)
    ax.set_xlabel(said["wage"], color=INK)
    ax.set_ylabel(said["income"], color=INK)
    ax.legend(frameon=False, loc="lower right")
    titled(ax, of, f"{said['budget_title']}, {said[household]}", "month", lang, scenario=False, sample=False)
    return ax


def household_curves(curves: dict[str, Any], household: str) -> list[dict[str, Any]]:
    """The curves of one standard household, a dict a scenario. Raises Error: no such household, or a law that cannot compute it."""
    if household not in HOUSEHOLDS:
        raise unknown("household", household, HOUSEHOLDS)
    for one in curves["households"]:
        if one["name"] == household:
            found: list[dict[str, Any]] = one["curves"]
            return found
    raise Error("error: there is no budget curve: this law cannot compute the standard household")
