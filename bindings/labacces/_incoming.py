"""Tables of other tools on their way in: Arrow streams and data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from ._errors import Error
from ._table import Table

if TYPE_CHECKING:
    import pandas


@runtime_checkable
class ArrowStream(Protocol):
    """Whatever offers its table through the Arrow PyCapsule interface: pyarrow, polars, pandas, DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


def stream_of(level: str, table: ArrowStream) -> object:
    """The capsule of a table. Raises Error: no such interface."""
    if not hasattr(table, "__arrow_c_stream__"):
        raise Error(f"error: {level}: a table with __arrow_c_stream__ (pyarrow, polars, pandas, DuckDB) was expected, found {type(table).__name__}; "
                    "for arrays by name there is from_columns")
    return table.__arrow_c_stream__()


def table_of_frame(frame: pandas.DataFrame) -> Table:
    """A data frame of pandas as a table: plain columns as they lie, others as objects with None for what is missing."""
    if not hasattr(frame, "columns") or not hasattr(frame, "__getitem__"):
        raise Error(f"error: a data frame of pandas was expected, found {type(frame).__name__}; for arrays by name there is from_columns, for files from_csv")
    columns: dict[str, Any] = {}
    for name in frame.columns:
        series = frame[name]
        dtype = str(series.dtype)
        plain = dtype in ("float64", "int64", "bool") or dtype.startswith("datetime64")
        columns[str(name)] = series.to_numpy() if plain else series.astype(object).where(series.notna(), None).to_numpy()
    return Table(columns)
