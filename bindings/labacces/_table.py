"""Tables: named columns that any data tool can take."""

from __future__ import annotations

import html
import importlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, cast

from . import _core
from ._errors import Error

if TYPE_CHECKING:
    import numpy as np
    import pandas
    import polars

Kind = Literal["utf8", "category", "float64", "int64", "bool", "date32"]
SHOWN_ROWS = 20
SHOWN_LETTERS = 120
LEFT = ("utf8", "category", "date32")


def needs(module: str, what: str) -> Any:
    """The module, or an error that says what it is needed for."""
    try:
        return importlib.import_module(module)
    except ImportError as missing:
        raise ImportError(f"{what} needs {module}: pip install {module.split('.')[0]}") from missing


class Categories(Sequence["str | None"]):
    """Texts that repeat: a sequence of ``str`` (``None`` where there is none), kept as places in a list.

    ``codes`` has shape (rows,), -1 where there is no text; ``items`` are the texts, each once.

    >>> import numpy as np, labacces as la
    >>> rooms = la.Categories(np.array([1, 0, -1], dtype=np.int32), ["flat", "house"])
    >>> list(rooms), rooms[0]
    (['house', 'flat', None], 'house')
    """

    __slots__ = ("codes", "items")

    def __init__(self, codes: np.ndarray[Any, np.dtype[np.int32]], items: Sequence[str]) -> None:
        self.codes = codes
        self.items = list(items)

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, at: Any) -> Any:
        chosen: Any = self.codes[at]
        if getattr(chosen, "ndim", 0):
            return Categories(chosen, self.items)
        return self.items[int(chosen)] if chosen >= 0 else None

    def __iter__(self) -> Iterator[str | None]:
        return iter(self.tolist())

    def tolist(self) -> list[str | None]:
        """The texts."""
        items = [*self.items, None]
        return [items[code] for code in self.codes.tolist()]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, np.dtype[Any]]:
        import numpy as np

        return np.array(self.tolist(), dtype=dtype or object)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (list, tuple, Categories)) and self.tolist() == list(cast("Sequence[Any]", other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self.tolist()) if len(self) <= SHOWN_ROWS else f"<{len(self)} texts out of {self.items}>"


class Table:
    """Columns of one length, by name.

    Texts are lists of ``str`` (``None`` where there is none) or :class:`Categories`, all else NumPy arrays: ``float64`` (NaN where there is no figure), ``int64``,
    ``bool``, ``datetime64[D]``. Any tool that reads the Arrow PyCapsule interface takes a table as it is: ``pyarrow.table(t)``,
    ``polars.DataFrame(t)``, ``duckdb.sql("from t")`` after ``t = t.to_arrow()``.

    >>> import labacces as la
    >>> table = la.Table({"benefit": ["rsa", "ppa"], "rate": [0.34, 0.27]})
    >>> table["benefit"], len(table)
    (['rsa', 'ppa'], 2)
    """

    __slots__ = ("_columns", "_kinds", "caption", "notes")

    def __init__(self, columns: Mapping[str, Any], *, caption: str = "", notes: Sequence[str] = ()) -> None:
        self._columns: dict[str, Any] = {}
        self._kinds: dict[str, Kind] = {}
        self.caption = caption
        self.notes = tuple(notes)
        for name, values in columns.items():
            self._kinds[name], self._columns[name] = settled(name, values)
        if len({len(values) for values in self._columns.values()}) > 1:
            raise Error("error: the columns of a table have one length; these have: " + ", ".join(f"{n} {len(v)}" for n, v in self._columns.items()))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names, in order."""
        return tuple(self._columns)

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()))) if self._columns else 0

    def __getitem__(self, name: str) -> Any:
        if name not in self._columns:
            hint = _core.nearest(name, list(self._columns))
            raise Error(f"error: the table has no column '{name}'" + (f" ({hint})" if hint else "; it has: " + ", ".join(self._columns)))
        return self._columns[name]

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows, each a dict of plain Python values."""
        plain: list[list[Any]] = [cast("list[Any]", values if isinstance(values, list) else values.tolist()) for values in self._columns.values()]
        for row in zip(*plain, strict=True):
            yield dict(zip(self._columns, row, strict=True))

    def where(self, **equal: Any) -> Table:
        """The rows in which each named column has that value.

        >>> import labacces as la
        >>> len(la.Table({"benefit": ["rsa", "ppa"], "rate": [0.34, 0.27]}).where(benefit="ppa"))
        1
        """
        wanted = [(self[name], value) for name, value in equal.items()]
        keep = [i for i in range(len(self)) if all(values[i] == value for values, value in wanted)]
        columns: dict[str, Any] = {name: [v[i] for i in keep] if isinstance(v, list) else v[keep] for name, v in self._columns.items()}
        return Table(columns, caption=self.caption, notes=self.notes)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The table as an Arrow stream; numbers are lent, not copied."""
        return _core.write_arrow([(name, self._kinds[name], arrow_values(self._kinds[name], values)) for name, values in self._columns.items()])

    def to_pandas(self) -> pandas.DataFrame:
        """A ``pandas.DataFrame``."""
        tool = needs("pandas", "to_pandas")
        columns = {n: tool.Categorical.from_codes(v.codes, v.items) if isinstance(v, Categories) else v for n, v in self._columns.items()}
        frame: pandas.DataFrame = tool.DataFrame(columns)
        return frame

    def to_arrow(self) -> Any:
        """A ``pyarrow.Table`` (pyarrow has no types of its own)."""
        return needs("pyarrow", "to_arrow").table(self)

    def to_polars(self) -> polars.DataFrame:
        """A ``polars.DataFrame``."""
        frame: polars.DataFrame = needs("polars", "to_polars").DataFrame(self)
        return frame

    def to_numpy(self, *names: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The named columns (or all numeric ones) as a matrix of doubles, one row a row of the table."""
        import numpy as np

        chosen = names or tuple(name for name, kind in self._kinds.items() if kind in ("float64", "int64"))
        return np.column_stack([np.asarray(self[name], dtype=np.float64) for name in chosen])

    def __repr__(self) -> str:
        head = self.caption + "\n" if self.caption else ""
        cells = [[name for name in self._columns]] + [[clipped(shown(value)) for value in row.values()] for row in _first(self.rows(), SHOWN_ROWS)]
        widths = [max(len(row[i]) for row in cells) for i in range(len(self._columns))]
        left = [kind in LEFT for kind in self._kinds.values()]
        lines = ["  ".join(c.ljust(w) if at_left else c.rjust(w) for c, w, at_left in zip(row, widths, left, strict=True)).rstrip() for row in cells]
        if self._columns:
            lines.insert(1, "-" * (sum(widths) + 2 * (len(widths) - 1)))
        if len(self) > SHOWN_ROWS:
            lines.append(f"... {len(self)} rows in all")
        return head + "\n".join([*lines, *self.notes])

    def _repr_html_(self) -> str:
        def cells(tag: str, values: Sequence[str]) -> str:
            sides = ["left" if kind in LEFT else "right" for kind in self._kinds.values()]
            return "".join(f'<{tag} style="text-align:{side}">{html.escape(value)}</{tag}>' for side, value in zip(sides, values, strict=True))

        rows = ["<tr>" + cells("td", [shown(value) for value in row.values()]) + "</tr>" for row in _first(self.rows(), SHOWN_ROWS)]
        more = f"<p>{len(self)} rows in all</p>" if len(self) > SHOWN_ROWS else ""
        caption = f"<caption>{html.escape(self.caption)}</caption>" if self.caption else ""
        notes = "".join(f"<p><small>{html.escape(note)}</small></p>" for note in self.notes)
        return f"<table>{caption}<thead><tr>{cells('th', list(self._columns))}</tr></thead><tbody>{''.join(rows)}</tbody></table>{more}{notes}"


def columns_of(table: Any) -> dict[str, Any]:
    """Columns by name of a data frame (pandas, polars), a :class:`Table`, a pyarrow table or a mapping."""
    import numpy as np

    if hasattr(table, "column_names"):
        return {str(name): table[name].to_numpy() for name in table.column_names}
    if hasattr(table, "columns"):
        return {str(name): np.asarray(table[name]) for name in table.columns}
    if hasattr(table, "items"):
        return {str(name): values for name, values in table.items()}
    raise Error(f"error: columns by name were expected (a data frame, a table, a dict), found {type(table).__name__}")


def _first(rows: Iterator[dict[str, Any]], count: int) -> Iterator[dict[str, Any]]:
    for _, row in zip(range(count), rows, strict=False):
        yield row


def shown(value: object) -> str:
    """A cell as a person reads it."""
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 10 else f"{value:,.1f}".replace(",", " ")
    return str(value)


def clipped(text: str) -> str:
    """A long text as far as a line of print has room for it."""
    return text if len(text) <= SHOWN_LETTERS else text[: SHOWN_LETTERS - 3] + "..."


def _is_list_of_texts(values: Any) -> bool:
    return values.__class__ is list and all(value is None or isinstance(value, str) for value in values)


def settled(name: str, values: Any) -> tuple[Kind, Any]:
    """The kind of a column, and the column as it is kept."""
    import numpy as np

    if isinstance(values, Categories):
        return "category", values
    if _is_list_of_texts(values):
        return "utf8", values
    array: np.ndarray[Any, np.dtype[Any]] = np.asarray(values)
    if array.ndim != 1:
        raise Error(f"error: column '{name}': values in one dimension were expected, found the shape {array.shape}")
    if array.dtype.kind == "f":
        return "float64", array.astype(np.float64, copy=False)
    if array.dtype.kind in "iu":
        return "int64", array.astype(np.int64, copy=False)
    if array.dtype.kind == "b":
        return "bool", array
    if array.dtype.kind == "M":
        return "date32", array.astype("datetime64[D]", copy=False)
    return _from_objects(name, array)


def _from_objects(name: str, array: Any) -> tuple[Kind, Any]:
    """Columns of Python objects and of NumPy texts."""
    import datetime

    import numpy as np

    values = [None if value is None or value != value else value for value in array.tolist()]
    present = [value for value in values if value is not None]
    if all(isinstance(value, str) for value in present):
        return "utf8", values
    if all(isinstance(value, bool) for value in present) and len(present) == len(values):
        return "bool", np.array(values, dtype=np.bool_)
    if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in present):
        return "float64", np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    if all(isinstance(value, datetime.date) for value in present) and len(present) == len(values):
        return "date32", np.array(values, dtype="datetime64[D]")
    kinds = sorted({type(value).__name__ for value in present})
    raise Error(f"error: column '{name}': numbers, texts, dates, or true and false were expected, found objects of type {', '.join(kinds)}")


def arrow_values(kind: Kind, values: Any) -> Any:
    """What write_arrow reads of a column."""
    if kind == "category":
        return values.codes, values.items
    if kind == "date32":
        return values.astype("datetime64[D]").astype("int64").astype("int32")
    return values.view("uint8") if kind == "bool" else values
