"""Single households: variables of a situation, and how they came about."""

from __future__ import annotations

import datetime
import html
import json
import warnings
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast, overload

from . import _core
from ._errors import Error
from ._law import Law
from ._situation import Situation, situation_text
from ._table import Categories

if TYPE_CHECKING:
    import numpy as np

#: A value of a variable: an amount, yes or no, an item of an enumeration, a date.
Cell = float | bool | str | datetime.date


def decoded(info: Mapping[str, Any], column: np.ndarray[Any, np.dtype[np.float64]]) -> Any:
    """A computed column as values of its variable: doubles as they are, ``bool``, :class:`Categories`, ``datetime64[D]``."""
    if info["kind"] == "number":
        return column
    if info["kind"] == "yes_no":
        return column != 0
    if info["kind"] == "date":
        return column.astype("int64").astype("datetime64[D]")
    return Categories(column.astype("int32"), info["items"])


def texts_of(ids: _core.Ids) -> list[str]:
    """Ids as texts."""
    return ids if isinstance(ids, list) else [str(number) for number in ids.tolist()]


def plain(values: Any) -> list[Cell]:
    """The values of a decoded column as Python's own."""
    return cast("list[Cell]", values.tolist())


@overload
def calculate(variable: str, situation: Situation, period: str, *, law: Law | None = None) -> dict[str, Cell]: ...
@overload
def calculate(variable: list[str] | tuple[str, ...], situation: Situation, period: str, *, law: Law | None = None) -> dict[str, dict[str, Cell]]: ...
def calculate(variable: str | list[str] | tuple[str, ...], situation: Situation, period: str, *, law: Law | None = None) -> dict[str, Cell] | dict[str, dict[str, Cell]]:
    """Values of a variable for the units of a situation, by id; of several variables, by name and id.

    ``situation`` is an OpenFisca situation as a dict, a JSON text or a file, ``period`` a month or, for yearly variables and amounts a month
    (their sum), a year. Raises Error: an unknown variable (nearest name), missing inputs, a rule not in force, a situation that is wrong.

    >>> import labacces as la
    >>> alone = {"individus": {"anna": {"date_naissance": {"ETERNITY": "1990-04-02"}}}}
    >>> la.calculate("rsa", alone, "2025-06")
    {'anna': 646.52}
    """
    law = law or Law.load()
    population = _core.Population.situation(*situation_text(situation), law._core)
    names = [variable] if isinstance(variable, str) else list(variable)
    infos = [law._core.variable(name) for name in names]
    columns, _ = _core.compute(law._core, population, [(name, period) for name in names], 1, None)
    values = {
        info["name"]: dict(zip(texts_of(population.ids(info["level"])), plain(decoded(info, column)), strict=True))
        for info, column in zip(infos, columns, strict=True)
    }
    return values[variable] if isinstance(variable, str) else values


def fill(situation: Situation, *, law: Law | None = None) -> dict[str, Any]:
    """The situation with each ``None`` computed, as ``labacces calculate`` does. Variables that the law lacks stay None, with a warning.

    >>> import labacces as la
    >>> alone = {"individus": {"anna": {"date_naissance": {"ETERNITY": "1990-04-02"}}},
    ...          "familles": {"f": {"parents": ["anna"], "rsa": {"2025-06": None}}}}
    >>> la.fill(alone)["familles"]["f"]["rsa"]
    {'2025-06': 646.52}
    """
    text, unknown = _core.fill((law or Law.load())._core, *situation_text(situation))
    for name, level, count, hint in unknown:
        warnings.warn(f"not in the law, left as None: {name} of {level}, asked {count} times" + (f"; {hint}" if hint else ""), stacklevel=2)
    filled: dict[str, Any] = json.loads(text)
    return filled


class Explanation:
    """How a figure came about: a tree of rules, inputs and parameters, with versions and articles.

    Printed it is the text of ``labacces explain``; in a notebook a tree that opens. ``to_dict()`` has everything.
    """

    __slots__ = ("_page", "_text", "_tree")

    def __init__(self, text: str, tree: dict[str, Any], page: str = "") -> None:
        self._text, self._tree, self._page = text, tree, page

    @property
    def values(self) -> dict[str, float]:
        """The figure, by unit."""
        return {unit: value["value"] for unit, value in self._tree["values"].items()}

    @property
    def references(self) -> tuple[str, ...]:
        """The articles behind the figure itself."""
        return tuple(self._tree.get("references", ()))

    @property
    def because(self) -> tuple[Explanation, ...]:
        """The figures that it is made of."""
        return tuple(Explanation("", child) for child in self._tree.get("because", ()))

    def to_dict(self) -> dict[str, Any]:
        """The tree as Python values (format "labacces-explanation/1")."""
        return self._tree

    def to_html(self) -> str:
        """One page without scripts or network, with the whole tree. Of the figure asked, not of a part of its tree."""
        if not self._page:
            raise Error("error: a part of an explanation has no page: explain the figure itself")
        return self._page

    def __repr__(self) -> str:
        if self._text:
            return self._text.rstrip("\n")
        return f"<{self._tree['variable']} {self._tree['period']} = {', '.join(v['text'] for v in self._tree['values'].values())}>"

    def _repr_html_(self) -> str:
        return f'<div style="font-family:monospace">{"".join(_html(self._tree, 0))}</div>'


def _html(node: Mapping[str, Any], depth: int) -> Iterator[str]:
    values = ", ".join((f"{unit} " if len(node["values"]) > 1 else "") + value["text"] for unit, value in node["values"].items())
    head = f"<b>{html.escape(node['variable'])}</b> {node['period']} = {html.escape(values)} {html.escape(node['measure'])} <i>{html.escape(node['label'])}</i>"
    children = node.get("because", ())
    notes = [html.escape("; ".join(node["references"]))] if node.get("references") else []
    notes += [f"* {html.escape(p['name'])} = {html.escape(p['value'])} {html.escape(p['measure'])} since {p['since']}" for p in node.get("parameters", ())]
    body = "".join(f"<div><small>{note}</small></div>" for note in notes)
    if not children and not body:
        yield f'<div style="margin-left:1.2em">{head}</div>'
        return
    yield f'<details style="margin-left:1.2em"{" open" if depth < 1 else ""}><summary>{head}</summary>{body}'
    for child in children:
        yield from _html(child, depth + 1)
    yield "</details>"


def explain(variable: str, situation: Situation, period: str, *, entity: str = "", depth: int = 3, law: Law | None = None) -> Explanation:
    """How a figure of one unit came about, down to the data and the articles.

    ``entity`` is the id of the unit (the first where it is empty), ``depth`` the levels of the printed tree. Raises Error as :func:`calculate`, and
    for an unknown unit.

    >>> import labacces as la
    >>> alone = {"individus": {"anna": {"date_naissance": {"ETERNITY": "1990-04-02"}}}}
    >>> why = la.explain("rsa", alone, "2025-06")
    >>> why.values, why.references
    ({'anna': 646.52}, ('CASF L262-2, R262-39',))
    """
    law = law or Law.load()
    population = _core.Population.situation(*situation_text(situation), law._core)
    text, tree, page = _core.explain(law._core, population, variable, period, entity, depth)
    return Explanation(text, json.loads(tree), page)


class WhyNot:
    """Why a right is closed: conditions that fail, and the smallest changes that open it. Printed it is the text of ``labacces explain --why-not``."""

    __slots__ = ("_page", "_parts", "_text")

    def __init__(self, text: str, parts: dict[str, Any], page: str) -> None:
        self._text, self._parts, self._page = text, parts, page

    @property
    def right(self) -> float:
        """The right as it is, EUR a month; above 0 it is open, and nothing else is told."""
        return float(self._parts["right"])

    @property
    def conditions(self) -> tuple[dict[str, Any], ...]:
        """Conditions and states that would open the right if they were otherwise, with their articles."""
        return tuple(self._parts["conditions"])

    @property
    def changes(self) -> tuple[dict[str, Any], ...]:
        """The smallest changes of a number that open it, each alone, each with the changed ``situation``."""
        return tuple(self._parts["changes"])

    def to_dict(self) -> dict[str, Any]:
        """The same as Python values (format "labacces-why-not/1")."""
        return self._parts

    def to_html(self) -> str:
        """One page without scripts or network."""
        return self._page

    def __repr__(self) -> str:
        return self._text.rstrip("\n")

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(repr(self))}</pre>"


def why_not(variable: str, situation: Situation, period: str, *, entity: str = "", law: Law | None = None) -> WhyNot:
    """Why a unit has no right to a benefit, and what would open it.

    Found by computing the household again, once for each condition and step. ``entity`` is the id of the unit (the first where it is empty).
    Raises Error as :func:`explain`.

    >>> import labacces as la
    >>> alone = {"individus": {"anna": {"date_naissance": {"ETERNITY": "1990-04-02"}, "salaire_net": {"2025": 24000, "2024": 24000}}}}
    >>> why = la.why_not("rsa", alone, "2025-06")
    >>> why.right, len(why.changes) > 0
    (0.0, True)
    """
    file, text = situation_text(situation)
    found, parts, page = _core.why_not((law or Law.load())._core, file, text, variable, period, entity)
    return WhyNot(found, json.loads(parts), page)
