"""Populations: persons in families, tax units and dwellings."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import _core
from ._arguments import a_month, thread_count
from ._calculate import texts_of
from ._check import findings
from ._compute import computed, needed, the_only
from ._errors import Error
from ._frames import NAMES, population_tables
from ._incoming import ArrowStream, stream_of, table_of_frame
from ._law import Law
from ._margins import Margins, Method
from ._parquet import Files, stream, tables_of_folder, write_tables
from ._progress import Progress
from ._situation import Situation, situation_text
from ._table import Table

if TYPE_CHECKING:
    import numpy as np
    import pandas

    Doubles = np.ndarray[Any, np.dtype[np.float64]]

#: The four levels of French law.
LEVELS = ("individu", "famille", "foyer_fiscal", "menage")


class Population:
    """A population in canonical order, immutable and safe to share between threads.

    Rows are in the order of their ids whatever the order read, so that results do not depend on it.

    >>> import labacces as la
    >>> la.Population.builtin(households=300, seed=7)
    <Population builtin:bretagne?households=300&seed=7, synthetic>
    """

    __slots__ = ("__weakref__", "_closed", "_core", "_law", "_lock", "_made_for", "_name", "_on")

    def __init__(self, core: _core.Population | None, law: Law | None, name: str = "", on: str | None = None) -> None:
        self._core = core
        self._law = law
        self._name = name
        self._on = on
        self._made_for: tuple[Law, str] | None = None
        self._lock = threading.Lock()
        self._closed = False

    @classmethod
    def builtin(cls, name: str = "bretagne", *, households: int = 20_000, seed: int = 1, on: str | None = None) -> Population:
        """The synthetic population of that name: invented households, any number of them, the same for the same seed.

        It is made when it is first used: for a run in the run's month, with the histories that it needs; to look at (tables, columns, ids) and to carry elsewhere
        in the month ``on``, the law's latest when it is None. Raises Error: an unknown name, no whole number, no month.
        """
        return cls(None, None, f"builtin:{name}?households={households}&seed={seed}", None if on is None else a_month(on, "on"))

    @classmethod
    def from_csv(cls, path: str | os.PathLike[str], *, mapping: str | os.PathLike[str] | None = None, on: str | None = None,
                 law: Law | None = None) -> Population:
        """A CSV file with one row a person, or a folder with one file an entity (see ``docs/populations.md``).

        ``mapping`` says how foreign tables become these columns: ``"mapping:euromod"``, ``"mapping:eusilc-udb"``, ``"mapping:eusilc-laeken"`` or a
        path (``docs/populations.md``). Where families and tax units are built from kinship they are those of month ``on`` (the law's latest when it is
        None; give the month of your run), and ages of a survey are counted from it; :attr:`assumptions` says what was assumed.

        Raises Error with the first 20 findings: file, line, column or path in the mapping, what was expected, the nearest name.
        """
        law = law or Law.load()
        return cls(_core.Population.load(os.fspath(path), law._core, on or law.latest_month, "" if mapping is None else os.fspath(mapping)), law)

    @classmethod
    def from_situation(cls, situation: Situation, *, law: Law | None = None) -> Population:
        """An OpenFisca situation, as a dict, a JSON text or a file. Its nulls are passed over."""
        law = law or Law.load()
        return cls(_core.Population.situation(*situation_text(situation), law._core), law)

    @classmethod
    def from_arrow(cls, individus: ArrowStream, *, menages: ArrowStream | None = None, familles: ArrowStream | None = None,
                   foyers_fiscaux: ArrowStream | None = None, law: Law | None = None, source: str = "tables in memory",
                   synthetic: bool = False, ignore_unknown_columns: bool = False, on: str | None = None) -> Population:
        """Tables of pyarrow, polars, pandas, DuckDB, or of anything with ``__arrow_c_stream__``.

        The columns are those of the CSV files: ``idmen quimen idfam quifam idfoy quifoy``, ``id`` and ``wprm`` where there are any, variables
        as ``salaire_net``, ``salaire_net@2024`` or ``salaire_net@2024-01``. Columns of doubles without gaps whose rows are in the order of
        their ids are read in place: nothing is copied, and they must not be changed afterwards.

        Persons with ``idmother``, ``idfather`` or ``idpartner`` (an id; None, "" or 0 for nobody in the table) in place of families, tax units and
        roles have these built for the month ``on``, which is then needed; :attr:`assumptions` says what was assumed.

        Raises Error with the first 20 findings: table and row (from 0), column, what was expected, the nearest name.
        """
        law = law or Law.load()
        given = {"individu": individus, "menage": menages, "famille": familles, "foyer_fiscal": foyers_fiscaux}
        # One after the other: a DuckDB connection has one open result at a time.
        frames = {level: _core.Frame(level, stream_of(level, table)) for level, table in given.items() if table is not None}
        return cls(_core.Population.frames(frames, law._core, source, synthetic, ignore_unknown_columns, on, None), law)

    @classmethod
    def from_parquet(cls, path: Files, *, menages: Files | None = None, familles: Files | None = None, foyers_fiscaux: Files | None = None,
                     columns: Sequence[str] | None = None, law: Law | None = None, synthetic: bool = False,
                     ignore_unknown_columns: bool = False, on: str | None = None) -> Population:
        """Parquet files with the columns of :meth:`from_arrow`, read in a stream: never more than a few batches beside the population itself.

        ``path`` is a folder with ``individus.parquet`` and the files of other tables (what :meth:`to_parquet` writes), or the persons: one file,
        a folder of files, or a list of files. ``columns`` picks columns of the persons. Needs pyarrow.

        Raises Error as :meth:`from_arrow`; also: files that are not there, or are no Parquet files.
        """
        files = tables_of_folder(path)
        files |= {name: given for name, given in (("menages", menages), ("familles", familles), ("foyers_fiscaux", foyers_fiscaux)) if given is not None}
        streams = {name: stream(given, columns if name == "individus" else None) for name, given in files.items()}
        source = os.fspath(path) if isinstance(path, (str, os.PathLike)) else ", ".join(os.fspath(one) for one in path)
        return cls.from_arrow(**streams, law=law, source=source, synthetic=synthetic, ignore_unknown_columns=ignore_unknown_columns, on=on)

    @classmethod
    def from_pandas(cls, individus: pandas.DataFrame, *, menages: pandas.DataFrame | None = None, familles: pandas.DataFrame | None = None,
                    foyers_fiscaux: pandas.DataFrame | None = None, law: Law | None = None, source: str = "tables in memory",
                    synthetic: bool = False, ignore_unknown_columns: bool = False, on: str | None = None) -> Population:
        """Data frames of pandas, with the columns of :meth:`from_arrow`. The index is not read. pyarrow is not needed."""
        tables = [None if frame is None else table_of_frame(frame) for frame in (individus, menages, familles, foyers_fiscaux)]
        if tables[0] is None:
            raise Error("error: a table of persons is needed")
        return cls.from_arrow(tables[0], menages=tables[1], familles=tables[2], foyers_fiscaux=tables[3], law=law, source=source,
                              synthetic=synthetic, ignore_unknown_columns=ignore_unknown_columns, on=on)

    @classmethod
    def from_columns(cls, individus: Mapping[str, Any], *, menages: Mapping[str, Any] | None = None, familles: Mapping[str, Any] | None = None,
                     foyers_fiscaux: Mapping[str, Any] | None = None, law: Law | None = None, source: str = "arrays in memory",
                     synthetic: bool = False, on: str | None = None) -> Population:
        """Arrays or lists by column name, with the columns of :meth:`from_arrow`."""
        tables = [None if columns is None else Table(columns) for columns in (menages, familles, foyers_fiscaux)]
        return cls.from_arrow(Table(individus), menages=tables[0], familles=tables[1], foyers_fiscaux=tables[2], law=law, source=source,
                              synthetic=synthetic, on=on)

    def made(self, law: Law, month: str) -> _core.Population:
        """The population as that law reads it, with histories for that month. For the package itself."""
        if self._closed:
            raise Error("error: the population was closed: make it again")
        if self._core is not None and not self._name:
            return self._core
        with self._lock:
            if self._core is None or self._made_for is None or self._made_for[0]._core is not law._core or self._made_for[1] != month:
                self._core = _core.Population.load(self._name, law._core, month, "")
                self._made_for = law, month
            return self._core

    def _any(self) -> _core.Population:
        """What is looked at: whatever was run before, the same."""
        law = self._law or Law.load()
        return self.made(law, self._on or law.latest_month)

    @property
    def source(self) -> str:
        """Where it comes from."""
        return self._name or self._any().source

    @property
    def synthetic(self) -> bool:
        """Whether its households are invented."""
        return self._name != "" or self._any().synthetic

    @property
    def assumptions(self) -> Table:
        """What was assumed to build families and tax units: kind, text, and how many units each is about. Empty where the data give them.

        >>> import labacces as la
        >>> people = {"idmen": [1, 1], "idpartner": [2, 1], "id": [1, 2], "date_naissance": ["1980-01-01", "1981-01-01"]}
        >>> la.Population.from_columns(people, on="2025-06").assumptions["kind"]
        ['couple_of_unknown_status', 'reference_chosen']
        """
        import numpy as np

        record = self._any().record
        notes: Any = json.loads(record).get("units", []) if record else []
        columns: dict[str, Any] = {name: [note[name] for note in notes] for name in ("kind", "text")}
        columns["count"] = np.array([note["count"] for note in notes], dtype=np.int64)
        return Table(columns, caption="Assumed to build families and tax units")

    @property
    def counts(self) -> dict[str, int]:
        """Rows of each level."""
        return {level: self._any().count(level) for level in LEVELS}

    @property
    def weights(self) -> Doubles:
        """Survey weights of the dwellings, shape (menages,): a read-only view."""
        return self._any().weights

    @property
    def variables(self) -> Table:
        """What its columns are: variable, level, periods ("" = for ever)."""
        rows = self._any().variables
        return Table({"variable": [row[0] for row in rows], "level": [row[1] for row in rows], "periods": [", ".join(row[2]) for row in rows]})

    def ids(self, level: str) -> list[str]:
        """The ids of a level, in canonical order, as texts."""
        return texts_of(self._any().ids(level))

    def column(self, variable: str, period: str = "") -> Doubles:
        """The values of a variable for a period (a month, a year, or "" for ever), one a row of its level, in canonical order.

        A read-only view without a copy where every unit has a value; else a copy with NaN. Enumerations are codes, yes and no 1 and 0, dates
        days since 1970. Raises Error: no such column (nearest name) or period.
        """
        values, given = self._any().column(variable, period)
        if given is None:
            return values
        import numpy as np

        return np.where(given != 0, values, np.nan)

    def tables(self) -> dict[str, Table]:
        """The four tables as :meth:`from_arrow` reads them, in canonical order, by the names of its arguments."""
        return population_tables(self._any(), self._law or Law.load())

    def blocks(self) -> Table:
        """Dwellings (``id``) and the number of their linked block (``block``): dwellings that a family or a tax unit joins, such as those of a student and of her parents, have one.

        Parts of a population (:mod:`labacces.distributed`) hold whole blocks.

        >>> import labacces as la
        >>> blocks = la.Population.builtin(households=200).blocks()
        >>> len(blocks), int(blocks["block"][0])
        (200, 0)
        """
        core = self._any()
        starts = core.block_starts("menage")
        sizes = starts[1:] - starts[:-1]
        return Table({"id": core.ids("menage"), "block": [block for block, size in enumerate(sizes.tolist()) for _ in range(size)]}, caption="Linked blocks of dwellings")

    def to_arrow(self) -> dict[str, Any]:
        """The four tables as pyarrow tables."""
        return {name: table.to_arrow() for name, table in self.tables().items()}

    def to_parquet(self, folder: str | os.PathLike[str]) -> None:
        """Writes the four tables as Parquet files that :meth:`from_parquet` reads, all of them or none. Needs pyarrow."""
        write_tables(folder, self.to_arrow())

    def to_csv(self, folder: str | os.PathLike[str]) -> None:
        """Writes the four files that :meth:`from_csv` reads, whole or not at all."""
        self._any().write_csv(os.fspath(folder))

    def compute(self, variables: str | Sequence[str], period: str, *, law: Law | None = None, threads: int = 0, progress: Progress = None) -> Table:
        """Variables of one level for a month or a year, with the ids of the units, in canonical order.

        Amounts are ``float64`` without a copy, yes and no ``bool``, enumerations texts, dates ``datetime64[D]``. Raises Error: an unknown
        variable (nearest name), variables of several levels, missing inputs, a rule not in force.

        >>> import labacces as la
        >>> table = la.Population.builtin(households=200).compute(["rsa", "ppa"], "2025-06")
        >>> table.columns
        ('id', 'rsa', 'ppa')
        """
        names = [variables] if isinstance(variables, str) else list(variables)
        return the_only(self.compute_tables(names, period, law=law, threads=threads, progress=progress))

    def compute_tables(self, variables: Sequence[str], periods: str | Sequence[str], *, law: Law | None = None, threads: int = 0,
                       progress: Progress = None) -> dict[str, Table]:
        """Variables of any levels for months or years, in one pass: a table a level, by the level's name, as :meth:`compute` gives it.

        With several periods the columns are ``"rsa@2025-01"``, ``"rsa@2025-02"``, ... Raises Error as :meth:`compute`.

        >>> import labacces as la
        >>> tables = la.Population.builtin(households=200).compute_tables(["rsa", "aah"], ["2025-05", "2025-06"])
        >>> tables["individu"].columns
        ('id', 'aah@2025-05', 'aah@2025-06')
        """
        return computed(self.made, variables, periods, law or self._law or Law.load(), threads, progress)

    def check(self, period: str | None = None, outputs: str | Sequence[str] = (), *, replicates: Any = None, law: Law | None = None) -> Table:
        """What the population says that cannot be, or hardly: a finding a row, errors first, then warnings, then notes.

        Columns: kind, level ("error": results would be wrong, "warning": likely a mistake of the data, "note"), entity, variable, count (0 = the whole
        population), text, and the first ten units: their ids (``first``) and the rows of the data, from 0, of the persons they are known by (``rows``).
        Ages are counted on the first day of ``period`` (the law's latest month when it is None); inputs that ``outputs`` read are looked for.
        ``replicates`` are replicate weights of the dwellings, shape (menages, replicates), in canonical order.

        Raises Error: an unknown output (nearest name), replicates of another shape.

        >>> import labacces as la
        >>> people = {"idmen": [1], "id": [1], "date_naissance": ["1990-01-01"], "salaire_net": [-100.0]}
        >>> found = la.Population.from_columns(people, on="2025-06").check("2025-06")
        >>> found["variable"][:1], found["rows"][:1]
        (['salaire_net'], ['0'])
        """
        law = law or self._law or Law.load()
        month = period or law.latest_month
        return findings(self.made(law, month), law._core, month, [outputs] if isinstance(outputs, str) else list(outputs), replicates)

    def margins(self, file: str | os.PathLike[str], period: str, *, law: Law | None = None, threads: int = 0) -> Margins:
        """What the weights give against the margins of a file (JSON or CSV, see ``docs/populations.md``), in a month.

        Raises Error: a file that is wrong (file and path in it), an unknown variable (nearest name), missing inputs of a rule.
        """
        return self._against(file, period, None, 0.0, 0.0, law, threads)

    def calibrate(self, file: str | os.PathLike[str], period: str, *, method: Method = "raking", lower: float = 0.0, upper: float = 0.0,
                  law: Law | None = None, threads: int = 0) -> Margins:
        """Weights moved as little as possible so that all margins of a file are met; ``.population`` has them.

        ``lower`` and ``upper`` bound the ratios of new to old weights (``"logit"`` and ``"truncated_linear"``). Formulas:
        ``docs/methods/calibration.md``. Raises Error as :meth:`margins`; also: margins that cannot all be met, named.
        """
        return self._against(file, period, method, lower, upper, law, threads)

    def _against(self, file: str | os.PathLike[str], period: str, method: Method | None, lower: float, upper: float, law: Law | None, threads: int) -> Margins:
        law = law or self._law or Law.load()
        core = self.made(law, period)
        found = _core.compare_margins(core, law._core, os.fspath(file), period, method, lower, upper, thread_count(threads))
        return Margins(found, Population(_core.reweighted(core, found), law) if found.calibrated else self)

    def uprate(self, to: int, *, from_year: int | None = None, indices: str | os.PathLike[str] | None = None, law: Law | None = None) -> Population:
        """The population carried to another year: amounts by published indices (or those of a file), months and births by as many years.

        ``from_year`` is the year of amounts without a date (the last year of the columns when it is None). Weights stay as they are. Raises
        Error: an index that lacks a year, a population without dated columns and no ``from_year``.
        """
        law = law or self._law or Law.load()
        core, _ = _core.uprated(self.made(law, self._on or law.latest_month), law._core, to, from_year, None if indices is None else os.fspath(indices))
        return Population(core, law)

    @staticmethod
    def template(outputs: str | Sequence[str], period: str | None = None, *, given: Sequence[str] = (), law: Law | None = None) -> Table:
        """The columns that results need, one a row: variable, level, label, measure, whether it is needed, its default, the periods read, who reads it.

        ``given`` names rules of the law that the data will hold; what only they read is left out. Raises Error: an unknown name (nearest name).

        >>> import labacces as la
        >>> needed = la.Population.template(["rsa"], "2025-06")
        >>> [name for name, is_needed in zip(needed["variable"], needed["needed"]) if is_needed]
        ['date_naissance']
        """
        law = law or Law.load()
        names = [outputs] if isinstance(outputs, str) else list(outputs)
        return needed(names, period or law.latest_month, given, law)

    def close(self) -> None:
        """Lets go of the data; what is asked of the population afterwards is an error."""
        self._core, self._closed = None, True

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        if self._closed:
            raise Error("error: the population was closed: make it again")
        if self._name:
            return Population, (None, None, self._name, self._on)
        columns = {name: {column: table[column] for column in table.columns} for name, table in self.tables().items()}
        return restored_population, (columns, self._law, self.source, self.synthetic, self._any().told)

    def __enter__(self) -> Population:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        if self._closed:
            return "<Population, closed>"
        if self._name:
            return f"<Population {self._name}, synthetic>"
        counts = ", ".join(f"{count} {level}" for level, count in self.counts.items())
        return f"<Population {self.source}: {counts}{', synthetic' if self.synthetic else ''}>"


def restored_population(columns: dict[str, dict[str, Any]], law: Law, source: str, synthetic: bool, told: tuple[str, str, str] | None = None) -> Population:
    """A population as it was sent, with what it told of itself: how it was read, the hash of its file, how its weights were made."""
    frames = {level: _core.Frame(level, stream_of(level, Table(columns[name]))) for level, name in NAMES.items() if name in columns}
    return Population(_core.Population.frames(frames, law._core, source, synthetic, False, None, told), law)
