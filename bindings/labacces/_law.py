"""The law: rules, parameters, their history, and reforms of them."""

from __future__ import annotations

import datetime
import json
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

from . import _core
from ._arguments import a_path
from ._errors import Error
from ._table import Table

Texts = list[tuple[str, str]]
#: A value of a reform: a number, yes or no, a date, an expression such as ``"before * 1.1"``, rows of a table, or None (which drops the name).
Value = float | bool | str | datetime.date | Mapping[str, float] | None
#: The date from which a value holds, or a pair (from, until).
When = str | datetime.date | tuple[str | datetime.date, str | datetime.date]
Changes = Mapping[str, Mapping[When, Value]]


@dataclass(frozen=True)
class Version:
    """What holds from one date to the next: a value, rows, brackets, or a formula."""

    since: str
    first_month: str
    last_month: str | None
    content: Any
    references: tuple[str, ...]


@dataclass(frozen=True)
class Declared:
    """Something that the law declares, with its dated versions (an input has none)."""

    name: str
    kind: str
    label: str
    unit: str
    references: tuple[str, ...]
    versions: tuple[Version, ...]
    level: str = ""
    period: str = ""
    program: str = ""
    default: Any = None

    def __repr__(self) -> str:
        where = f" of {self.level}, {self.period}" if self.level else ""
        return f"<{self.kind} {self.name}{where}: {self.unit} \"{self.label}\">"


class Law:
    """A checked law. Immutable: a reform gives another law.

    >>> import labacces as la
    >>> law = la.Law.load()
    >>> law.parameters["rsa.montant_de_base"].unit
    'EUR/month'
    >>> plus = law.reform({"rsa.montant_de_base": {"2025-01-01": 700}}, name="RSA à 700 €")
    >>> plus.changes
    ('set rsa.montant_de_base from 2025-01-01 = 700.0',)
    """

    __slots__ = ("__dict__", "_core", "_country")

    def __init__(self, texts: Texts, reforms: Sequence[str] = (), *, _country: str = "") -> None:
        self._core = _core.Law(texts, list(reforms))
        self._country = _country

    @classmethod
    def load(cls, path: str | os.PathLike[str] | None = None, *, add: Sequence[str | os.PathLike[str]] = (),
             reforms: Sequence[str | os.PathLike[str]] = ()) -> Law:
        """The built-in French law, or the ``.law`` files of a folder, with files added and reform files applied in order.

        Raises Error with every finding: file, line, column, the nearest name.
        """
        if path is None and not add and not reforms:
            return built_in("france")
        texts: Texts = _core.built_in_law("france") if path is None else _core.law_folder(os.fspath(path))
        texts = [*texts, *((os.fspath(name), _read(name)) for name in add)]
        applied: list[str] = []
        for name in reforms:
            texts.append((os.fspath(name), _read(name)))
            applied += _core.reform_names(*texts[-1])
        return cls(texts, applied)

    @property
    def name(self) -> str:
        """The name of its first program."""
        return self._core.name

    @property
    def latest_month(self) -> str:
        """The latest month in which something changes, as ``"2026-06"``."""
        return self._core.latest_month

    @property
    def changes(self) -> tuple[str, ...]:
        """What its reforms changed."""
        return tuple(what for _, what in self._core.changes)

    @cached_property
    def _exported(self) -> dict[str, Any]:
        exported: dict[str, Any] = json.loads(self._core.export_json())
        return exported

    @cached_property
    def rules(self) -> Mapping[str, Declared]:
        """The rules by name."""
        return self._declared("rules", "rule", "formula")

    @cached_property
    def inputs(self) -> Mapping[str, Declared]:
        """The inputs by name: what a population may give."""
        return self._declared("inputs", "input", "")

    @cached_property
    def parameters(self) -> Mapping[str, Declared]:
        """Parameters, tables and scales by full name."""
        return {**self._declared("params", "parameter", "value"), **self._declared("tables", "table", "rows"), **self._declared("scales", "scale", "brackets")}

    def _declared(self, section: str, kind: str, content: str) -> dict[str, Declared]:
        out: dict[str, Declared] = {}
        for item in self._exported[section]:
            versions = tuple(
                Version(v["since"], v["from"], v["until"], v.get(content), tuple(v["references"])) for v in item.get("versions", ())
            )
            out[item["name"]] = Declared(
                item["name"], kind, item["label"], item["type"], tuple(item["references"]), versions,
                item.get("level", ""), item.get("period", ""), item.get("program", item["name"].split(".")[0]), item.get("default"),
            )
        return out

    def __getitem__(self, name: str) -> Declared:
        """A rule, input, parameter, table or scale. Raises Error with the nearest name."""
        for part in (self.rules, self.parameters, self.inputs):
            if name in part:
                return part[name]
        hint = _core.nearest(name, [*self.rules, *self.parameters, *self.inputs])
        raise Error(f"error: the law has no '{name}'" + (f" ({hint})" if hint else ""))

    def history(self, name: str) -> Table:
        """The dated values of a parameter, table or scale, or the dated formulas of a rule, with their references.

        >>> import labacces as la
        >>> la.Law.load().history("rsa.montant_de_base")["value"][-1].item()
        651.69
        """
        versions = self[name].versions
        contents = [version.content for version in versions]
        number = all(isinstance(content, (int, float)) and not isinstance(content, bool) for content in contents)
        return Table(
            {
                "since": [version.since for version in versions],
                "last_month": [version.last_month for version in versions],
                "value": contents if number else [content if isinstance(content, str) else json.dumps(content, ensure_ascii=False) for content in contents],
                "references": ["; ".join(version.references) for version in versions],
            },
            caption=f"{name}: {self[name].label}, {self[name].unit}",
        )

    def reform(self, changes: Changes | str | os.PathLike[str], *, name: str | None = None) -> Law:
        """A law with a reform applied, checked like any other.

        ``changes`` are dated values by dotted path, the text of a reform in the law language, or the path of a ``.law`` file. A value is a
        number, yes or no, a date, an expression of the value before (``"before * 1.1"``), or None, which drops the name from that date
        on; a date may be a pair (from, until). Raises Error: an unknown path (nearest name), a value of another type, a date out of range.
        """
        if isinstance(changes, Mapping):
            shown = f"reform '{name}'" if name else "reform"
            text = reform_text(changes, name or "Reform", taken=self._core.reforms)
        elif isinstance(changes, str) and ("\n" in changes or changes.lstrip().startswith("reform ")):
            shown, text = f"reform '{name}'" if name else "reform", changes
        else:
            shown = a_path(changes, "a reform as values by name and date, a text or a file")
            text = _read(changes)
        return self.with_text(shown, text)

    def with_text(self, shown: str, text: str) -> Law:
        """The law with the reforms of a text applied; messages call the text ``shown``."""
        return Law([*self._core.texts, (shown, text)], [*self._core.reforms, *_core.reform_names(shown, text)])

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        if self._country:
            return built_in, (self._country,)
        return Law, (self._core.texts, self._core.reforms)

    def __repr__(self) -> str:
        reformed = f", {len(self.changes)} changes by reforms" if self.changes else ""
        return f"<Law: {len(self.rules)} rules, {len(self.parameters)} parameters, latest month {self.latest_month}{reformed}>"


@lru_cache(maxsize=4)
def built_in(country: str) -> Law:
    """A built-in law, read once a process."""
    return Law(_core.built_in_law(country), _country=country)


def reform_text(changes: Changes, name: str, taken: Sequence[str] = ()) -> str:
    """The changes in the law language, as a file would hold them."""
    if not changes:
        raise Error("error: a reform changes something: {'rsa.montant_de_base': {'2025-01-01': 700}}")
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    identifier = ("reforme_" + re.sub(r"\W+", "_", plain)).rstrip("_")
    number = 2
    unique = identifier
    while unique in taken:
        unique = f"{identifier}_{number}"
        number += 1
    lines = [f'reform {unique} "{name.replace(chr(34), chr(39))}"']
    for path, dated in changes.items():
        if not re.fullmatch(r"[A-Za-z_]\w*(\.\w+)*", path):
            raise Error(f"error: '{path}' is no name of the law: a dotted path such as 'rsa.montant_de_base' was expected")
        if not isinstance(cast("object", dated), Mapping):
            raise Error(f"error: {path}: a value with its date was expected, such as {{'2025-01-01': {dated!r}}}")
        lines += [_change(path, when, value) for when, value in dated.items()]
    return "\n".join(lines) + "\n"


def _change(path: str, when: When, value: Value) -> str:
    first, *until = when if isinstance(when, tuple) else (when,)
    dates = f"from {first}" + "".join(f" ends {date}" for date in until)
    if value is None:
        return f"  drop {path} {dates}"
    return f"  set {path} {dates} = {_written(path, value)}"


def _written(path: str, value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        from decimal import Decimal

        if value != value or value in (float("inf"), float("-inf")):
            raise Error(f"error: {path}: a finite number was expected, found {value}")
        return format(Decimal(repr(float(value))), "f")
    if isinstance(value, Mapping):
        return ", ".join(f"{key} -> {_written(path, row)}" for key, row in value.items())
    return str(value)


def _read(path: str | os.PathLike[str]) -> str:
    return _core.read_file(os.fspath(Path(path))).decode("utf-8", "surrogateescape")
