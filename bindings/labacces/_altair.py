"""The same figures as Altair charts, for pages and notebooks in which one points at a bar. Each function returns the chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ._drawing import CLAIMED, EUROS, INK, SERIES, UNCLAIMED, axis_title, chosen_rows, moved_benefits, subtitle, swept_euros, unit_in, words
from ._errors import Error
from ._income_plots import CASES, CHANGES, DECILES, household_curves, income_rows
from ._result import Language, Window
from ._table import needs

if TYPE_CHECKING:
    from ._arrays import Curve
    from ._comparison import Comparison
    from ._result import Result

Rows = list[dict[str, Any]]


def _chart(rows: Rows) -> Any:
    altair = needs("altair", "backend='altair'")
    return altair, altair.Chart(altair.Data(values=rows))


def _finished(chart: Any, result: Result, head: str, window: str, lang: str, *, scenario: bool = True, sample: bool = True) -> Any:
    told = subtitle(result, window, lang, scenario=scenario, sample=sample)
    return chart.properties(title={"text": head, "subtitle": told, "anchor": "start"}, width=520)


def _bars_with_intervals(rows: Rows, x: str, *, color: Any, offset: str | None = None) -> Any:
    altair, base = _chart(rows)
    place: dict[str, Any] = {"y": altair.Y("label:N", sort=None, title=None)}
    if offset is not None:
        place |= {"yOffset": altair.YOffset(f"{offset}:N", sort=None)}
    tips = [altair.Tooltip(f"{name}:{'Q' if isinstance(rows[0][name], float) else 'N'}", format=".2f" if isinstance(rows[0][name], float) else "") for name in rows[0]]
    bars = base.mark_bar().encode(x=altair.X("value:Q", title=x), color=color, tooltip=tips, **place)
    ends = base.mark_rule(color=INK).encode(x=altair.X("low:Q", title=x), x2="high:Q", **place)
    return (bars + ends).properties(height=altair.Step(26 if offset is None else 14))


def non_take_up(result: Result, *, by: str = "all", window: Window = "month", benefits: str | list[str] | None = None, lang: Language = "en") -> Any:
    """Rates of non-take-up with their 95 % intervals."""
    said = words(lang)
    rows, labels = chosen_rows(result, by, window, benefits)
    cells: Rows = [
        {"label": label, "value": 100 * rows["non_take_up_rate_heads"][i], "low": 100 * rows["non_take_up_rate_heads_low"][i],
         "high": 100 * rows["non_take_up_rate_heads_high"][i], "unclaimed_meur": rows["euros_unclaimed"][i] / 1e6}
        for i, label in enumerate(labels)
    ]
    altair = needs("altair", "backend='altair'")
    return _finished(_bars_with_intervals(cells, said["rate"], color=altair.value(UNCLAIMED)), result, said["rate_title"], window, lang)


def funnel(result: Result, *, by: str = "all", window: Window = "month", benefits: str | list[str] | None = None, lang: Language = "en") -> Any:
    """Eligible units, those who claim and those who do not."""
    said = words(lang)
    rows, labels = chosen_rows(result, by, window, benefits)
    parts = ((said["claim"], "taking_up_units"), (said["miss"], "not_taking_up_units"))
    cells: Rows = [{"label": label, "part": part, "order": k, "value": rows[column][i] / 1e3} for i, label in enumerate(labels) for k, (part, column) in enumerate(parts)]
    altair, base = _chart(cells)
    bars = base.mark_bar().encode(
        x=altair.X("value:Q", title=said["units"]), y=altair.Y("label:N", sort=None, title=None), order="order:O", tooltip=["label:N", "part:N", altair.Tooltip("value:Q", format=".1f")],
        color=altair.Color("part:N", sort=None, title=None, scale=altair.Scale(domain=[parts[0][0], parts[1][0]], range=[CLAIMED, UNCLAIMED])),
    )
    return _finished(bars, result, said["funnel_title"], window, lang)


def deciles(result: Result, *, lang: Language = "en") -> Any:
    """The nine deciles of the standard of living in three cases."""
    said = words(lang)
    table = income_rows(result.table("income"), "deciles")
    cells: Rows = []
    names = {case: said["paid_case" if case == "paid" else case] for case in CASES}
    for case in CASES:
        found = {row["measure"]: row for row in table.where(case=case).rows()}
        cells += [{"decile": i + 1, "case": names[case], "value": found[name]["value"], "low": found[name]["ci95_low"], "high": found[name]["ci95_high"]}
                  for i, name in enumerate(DECILES)]
    altair, base = _chart(cells)
    color = altair.Color("case:N", title=None, scale=altair.Scale(domain=list(names.values()), range=[INK, UNCLAIMED, CLAIMED]))
    place: dict[str, Any] = {"x": altair.X("decile:O", title=said["decile"]), "xOffset": altair.XOffset("case:N", sort=None), "color": color}
    points = base.mark_point(filled=True).encode(y=altair.Y("value:Q", title=said["a_year"]), tooltip=["case:N", "decile:O", altair.Tooltip("value:Q", format=".0f")], **place)
    ends = base.mark_rule().encode(y=altair.Y("low:Q", title=said["a_year"]), y2="high:Q", **place)
    return _finished(ends + points, result, said["deciles_title"], "month", lang)


def gains(comparison: Comparison, *, lang: Language = "en") -> Any:
    """The mean change of disposable income in each decile."""
    said = words(lang)
    table = income_rows(comparison.table("winners_and_losers"), "deciles").where(group="decile")
    cells: Rows = [{"decile": int(row["cell"]), "scenario": row["scenario"], "value": row["value"], "low": row["ci95_low"], "high": row["ci95_high"]} for row in table.rows()]
    altair, base = _chart(cells)
    place: dict[str, Any] = {"x": altair.X("decile:O", title=said["decile"]), "xOffset": altair.XOffset("scenario:N", sort=None)}
    bars = base.mark_bar().encode(y=altair.Y("value:Q", title=said["gain"]), color=_scenarios(altair, comparison, 1), tooltip=["scenario:N", "decile:O", altair.Tooltip("value:Q", format=".2f")], **place)
    ends = base.mark_rule(color=INK).encode(y=altair.Y("low:Q", title=said["gain"]), y2="high:Q", **place)
    return _finished(bars + ends, comparison.base, said["gain_title"], "month", lang)


def winners(comparison: Comparison, *, lang: Language = "en") -> Any:
    """Persons by the change of their household's disposable income."""
    said = words(lang)
    table = income_rows(comparison.table("winners_and_losers"), "winners").where(group="change")
    order = list(CHANGES)
    cells: Rows = [{"label": row["scenario"], "change": said[row["cell"]], "order": order.index(row["cell"]), "value": 100 * row["value"]} for row in table.rows()]
    altair, base = _chart(cells)
    bars = base.mark_bar().encode(
        x=altair.X("value:Q", title=said["persons"], scale=altair.Scale(domain=[0, 100])), y=altair.Y("label:N", sort=None, title=None), order="order:O",
        color=altair.Color("change:N", sort=None, title=None, scale=altair.Scale(domain=[said[name] for name in order], range=list(CHANGES.values()))),
        tooltip=["label:N", "change:N", altair.Tooltip("value:Q", format=".1f")],
    )
    return _finished(bars, comparison.base, said["winners_title"], "month", lang)


def non_take_up_of_scenarios(comparison: Comparison, *, window: Window = "month", benefits: str | list[str] | None = None, lang: Language = "en") -> Any:
    """Rates of non-take-up of each scenario."""
    said = words(lang)
    cells: Rows = []
    for result in comparison.results:
        rows, labels = chosen_rows(result, "all", window, benefits)
        cells += [{"label": label, "scenario": result.scenario.name, "value": 100 * rows["non_take_up_rate_heads"][i],
                   "low": 100 * rows["non_take_up_rate_heads_low"][i], "high": 100 * rows["non_take_up_rate_heads_high"][i]} for i, label in enumerate(labels)]
    altair = needs("altair", "backend='altair'")
    chart = _bars_with_intervals(cells, said["rate"], color=_scenarios(altair, comparison, 0), offset="scenario")
    return _finished(chart, comparison.base, said["rate_title"], window, lang, scenario=False)


def differences(comparison: Comparison, *, measure: str = "euros_paid", window: Window = "month", benefits: str | list[str] | None = None,
                lang: Language = "en") -> Any:
    """What each scenario changes against the first, in millions of euros a month."""
    said = words(lang)
    if measure not in ("euros_of_right", "euros_paid", "euros_unclaimed"):
        raise Error(f"error: measure: euros_of_right, euros_paid or euros_unclaimed was expected, found '{measure}'")
    moved = moved_benefits(comparison, benefits, measure, window)
    cells: Rows = [
        {"label": row["label"], "scenario": row["scenario"], "value": row[measure] / 1e6, "low": row[measure + "_low"] / 1e6, "high": row[measure + "_high"] / 1e6}
        for row in comparison.table("differences", window=window).rows() if row["benefit"] in moved
    ]
    if not cells:
        raise Error("error: no benefit changes: name those to draw with benefits=[...]")
    altair = needs("altair", "backend='altair'")
    chart = _bars_with_intervals(cells, f"{said['change']}, {said[measure]}", color=_scenarios(altair, comparison, 1), offset="scenario")
    return _finished(chart, comparison.base, said["change_title"], window, lang)


def sweep(comparison: Comparison, *, benefit: str | None = None, window: Window = "month", lang: Language = "en") -> Any:
    """Euros of right, paid and unclaimed along the parameter of a sweep, with bands of 95 % of one benefit."""
    said = words(lang)
    euros = swept_euros(comparison, benefit, window)
    (_, values), = comparison.axes
    cells: Rows = [{"at": at, "measure": said[measure], "value": value, "low": low, "high": high}
                   for measure in EUROS for at, (value, low, high) in zip(values, euros[measure], strict=True)]
    altair, base = _chart(cells)
    title = said["euros"] if benefit is None else said["euros_band"]
    place: dict[str, Any] = {
        "x": altair.X("at:Q", title=axis_title(comparison, lang), scale=altair.Scale(zero=False)),
        "color": altair.Color("measure:N", title=None, scale=altair.Scale(domain=[said[measure] for measure in EUROS], range=[INK, CLAIMED, UNCLAIMED])),
    }
    lines = base.mark_line(point=True).encode(y=altair.Y("value:Q", title=title), tooltip=["measure:N", "at:Q", altair.Tooltip("value:Q", format=".2f")], **place)
    bands = base.mark_area(opacity=0.15).encode(y=altair.Y("low:Q", title=title), y2="high:Q", **place)
    return _finished(lines if benefit is None else bands + lines, comparison.base, said["sweep_title"], window, lang)


def budget(curves: dict[str, Any], of: Result, *, household: str = "single_parent", lang: Language = "en") -> Any:
    """Disposable income of a standard household along the wage under each law."""
    said = words(lang)
    cells: Rows = [{"wage": wage, "income": income, "scenario": one["scenario"]} for one in household_curves(curves, household) for wage, income in zip(one["axis"], one["income"], strict=True)]
    altair, base = _chart(cells)
    lines = base.mark_line().encode(x=altair.X("wage:Q", title=said["wage"]), y=altair.Y("income:Q", title=said["income"]), color=altair.Color("scenario:N", sort=None, title=None),
                                    tooltip=["scenario:N", "wage:Q", altair.Tooltip("income:Q", format=".2f")])
    return _finished(lines, of, f"{said['budget_title']}, {said[household]}", "month", lang, scenario=False, sample=False)


def curve(drawn: Curve, *, lang: Language = "en") -> Any:
    """Each benefit along the axis, one on the other."""
    said = words(lang)
    moved = [name for name in drawn.benefits if drawn.table[name].any()]
    axis: list[float] = drawn.axis.tolist()
    cells: Rows = [{"at": at, "benefit": drawn.labels[name], "order": k, "value": value} for k, name in enumerate(moved) for at, value in zip(axis, drawn.table[name].tolist(), strict=True)]
    altair, base = _chart(cells)
    areas = base.mark_area(opacity=0.85).encode(
        x=altair.X("at:Q", title=f"{drawn.axis_label} ({unit_in(drawn.axis_unit, lang)})"), y=altair.Y("value:Q", stack=True, title=said["each_month"]), order="order:O",
        color=altair.Color("benefit:N", sort=None, title=None), tooltip=["benefit:N", "at:Q", altair.Tooltip("value:Q", format=".2f")],
    )
    return areas.properties(title={"text": said["curve_title"], "subtitle": drawn.period, "anchor": "start"}, width=520)


def _scenarios(altair: Any, comparison: Comparison, first: int) -> Any:
    names = [result.scenario.name for result in comparison.results[first:]]
    return altair.Color("scenario:N", title=None, scale=altair.Scale(domain=names, range=[SERIES[(i + first) % len(SERIES)] for i in range(len(names))]))


#: The functions by name.
CHARTS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (non_take_up, funnel, deciles, gains, winners, non_take_up_of_scenarios, differences, sweep, budget, curve)
}
