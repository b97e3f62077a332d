"""Populations in Parquet files, read in a stream and written table by table."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ._errors import Error
from ._table import needs

#: A file, a folder with files of one table, or several files.
Files = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
TABLES = ("individus", "menages", "familles", "foyers_fiscaux")
IDS = ("id", "idmen", "idfam", "idfoy")


def tables_of_folder(path: Files) -> dict[str, Files]:
    """The tables that a folder holds by name (``individus.parquet``, or a folder ``individus``); else the path is that of the persons."""
    if isinstance(path, (str, os.PathLike)):
        folder = Path(path)
        found: dict[str, Files] = {name: part for name in TABLES for part in (folder / f"{name}.parquet", folder / name) if part.exists()}
        if "individus" in found:
            return found
        if found:
            raise Error(f"{folder}: error: there is no individus.parquet beside " + ", ".join(sorted(f"{name}" for name in found)))
    return {"individus": path}


def stream(files: Files, columns: Sequence[str] | None) -> Any:
    """The rows as a stream of batches (``pyarrow.RecordBatchReader``), texts as dictionaries."""
    dataset = needs("pyarrow.dataset", "from_parquet")
    paths = [os.fspath(files)] if isinstance(files, (str, os.PathLike)) else [os.fspath(file) for file in files]
    for path in paths:
        if not os.path.exists(path):
            raise Error(f"{path}: error: there is no such file")
    source = paths[0] if len(paths) == 1 else paths
    try:
        found = dataset.dataset(source, format="parquet")
        types = needs("pyarrow", "from_parquet").types
        texts = [field.name for field in found.schema if field.name not in IDS and (types.is_string(field.type) or types.is_large_string(field.type))]
        if texts:
            options = dataset.ParquetReadOptions(dictionary_columns=texts)
            found = dataset.dataset(source, format=dataset.ParquetFileFormat(read_options=options))
        if columns is not None:
            missing = [name for name in columns if name not in found.schema.names]
            if missing:
                raise Error(f"{paths[0]}: error: there is no column '{missing[0]}'" + _hint(missing[0], found.schema.names))
        return found.scanner(columns=None if columns is None else list(columns)).to_reader()
    except (OSError, ValueError) as wrong:
        if isinstance(wrong, Error):
            raise
        raise Error(f"{paths[0]}: error: the Parquet files could not be read: {wrong}") from wrong


def write_tables(folder: str | os.PathLike[str], tables: Mapping[str, Any]) -> None:
    """Writes one file a table, all of them or none."""
    parquet = needs("pyarrow.parquet", "to_parquet")
    target = Path(folder)
    if target.exists() and not target.is_dir():
        raise Error(f"{target}: error: a folder was expected, found a file")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as beside:
        for name, table in tables.items():
            parquet.write_table(table, Path(beside) / f"{name}.parquet")
        target.mkdir(exist_ok=True)
        for name in tables:
            os.replace(Path(beside) / f"{name}.parquet", target / f"{name}.parquet")


def _hint(name: str, candidates: Sequence[str]) -> str:
    from . import _core

    hint = _core.nearest(name, list(candidates))
    return f" ({hint})" if hint else ""
