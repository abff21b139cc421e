"""Events of large tables and Parquet files, read by DuckDB.

DuckDB reads only the columns that are needed, in order, in small batches, and gives
names numbers on the way; what was read is put in order and summed up by the very code
that does so for a table of pandas, so that both must agree. Sorting and windows in SQL
were turned down: on ten million events they take three times the CPU (18 seconds
against 6) and no less memory.

A customer becomes a 64-bit number by hashing. That two of a million customers get the
same number happens once in thirty million logs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from journeykit.errors import (
    FileProblemError,
    InputError,
    TableError,
    UnknownNameError,
    needed,
)
from journeykit.measure.events_table import (
    EventColumns,
    check_columns,
    check_number_of,
    code_type,
    ordered_log,
    steps_column,
)

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from journeykit.measure.events_log import EventLog
    from journeykit.measure.events_source import Unit
    from journeykit.measure.events_table import Of

__all__ = ["EVENT_COLUMNS", "duckdb_events", "named_columns"]

EVENT_COLUMNS = (
    *("customer", "activity", "time"),
    *("session", "persona", "rating", "touchpoint", "row"),
)
"""Columns of a table of events; the first three are needed."""

_BATCH = 500_000
_MEMORY = "400MB"
_NUMBERS = (
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"),
    *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
)
_DECIMALS = (*_NUMBERS, "FLOAT", "DOUBLE", "DECIMAL")


class _Column(NamedTuple):
    """A column of the log: its name in SQL, and its type."""

    sql: str
    type: str


def duckdb_events(
    source: pa.Table | Path,
    *,
    unit: Unit,
    of: Of,
    columns: Mapping[str, str],
    matches: Mapping[str, str] | None,
) -> EventLog:
    """Return events read by DuckDB and put in order.

    Parameters
    ----------
    source
        A table of Arrow, or a Parquet file or a folder of them.
    unit, of, matches
        As in :func:`journeykit.measure.events.read_events`.
    columns
        The source's name for each of :data:`EVENT_COLUMNS` that it calls otherwise.

    Returns
    -------
    EventLog
        Equal to what the table itself would give.

    Raises
    ------
    MissingExtraError
        If DuckDB is not installed.
    FileProblemError
        If there is no such file, or it is no Parquet.
    UnknownNameError, TableError, InputError
        As :func:`journeykit.measure.events.read_events` does.
    """
    duckdb = needed("duckdb", "a large table of events", "duckdb")
    where = str(source) if isinstance(source, Path) else ""
    with _connection(duckdb) as con:
        _view(duckdb, con, source)
        described = con.table("log")
        types = {
            name: str(kind)
            for name, kind in zip(described.columns, described.types, strict=True)
        }
        names = named_columns(list(types), columns, where)
        steps = steps_column(of, matches)
        check_columns(list(names), unit=unit, of=of, steps=steps, where=where)
        there = {
            name: _Column(_quoted(called), types[called])
            for name, called in names.items()
        }
        read = _read(con, there, steps, unit, where)
    return ordered_log(read, unit=unit, of=of, matches=matches)


class _Wanted(NamedTuple):
    """A column to fetch, and the numbers that are kept of it."""

    name: str
    sql: str
    kind: np.dtype[Any]
    values: NDArray[np.float64] | None = None


def named_columns(
    there: Sequence[str], columns: Mapping[str, str], where: str = ""
) -> dict[str, str]:
    """Return what the source calls each of its columns of events, and the others.

    Parameters
    ----------
    there
        Names of the source's columns.
    columns
        Those that the source calls otherwise.
    where
        The source, for messages.

    Raises
    ------
    UnknownNameError
        If one of *columns* is no column of events, or not there.

    Examples
    --------
    >>> named_columns(["id", "time", "page"], {"customer": "id"})
    {'customer': 'id', 'time': 'time', 'page': 'page'}
    """
    for name, called in columns.items():
        if name not in EVENT_COLUMNS:
            raise UnknownNameError("column of events", name, EVENT_COLUMNS)
        if called not in there:
            raise UnknownNameError("column", called, there, where)
    taken = set(columns.values())
    others = {name: name for name in there if name not in {*columns, *taken}}
    return {**columns, **others}


@contextmanager
def _connection(duckdb: Any) -> Iterator[Any]:  # published without types
    with tempfile.TemporaryDirectory() as spill:
        con = duckdb.connect()
        try:
            con.execute("SET memory_limit = ?", [_MEMORY])
            con.execute("SET temp_directory = ?", [spill])
            con.execute("SET TimeZone = 'UTC'")
            yield con
        finally:
            con.close()


def _view(duckdb: Any, con: Any, source: pa.Table | Path) -> None:
    """Make *source* the table ``log``."""
    if not isinstance(source, Path):
        con.register("log", source)
        return
    if not source.exists():
        raise FileProblemError(str(source), "there is no such file or folder")
    pattern = str(source / "**" / "*.parquet") if source.is_dir() else str(source)
    try:
        con.read_parquet(pattern, union_by_name=True).create_view("log")
    except duckdb.Error as error:
        raise FileProblemError(
            str(source),
            "Parquet was expected, and DuckDB cannot read it as such",
            "Read other kinds of files with `journeykit import`",
        ) from error


def _read(
    con: Any, there: Mapping[str, _Column], steps: str, unit: Unit, where: str
) -> EventColumns:
    """Return the columns of the log as numbers."""
    names = _labels(con, there[steps].sql, "steps")
    wanted = [
        _Wanted("customer", _hashed(there["customer"].sql), np.dtype(np.uint64)),
        _Wanted("step", _code(there[steps].sql, "steps"), code_type(len(names))),
        _Wanted("time", _time(there["time"], where), np.dtype(np.int64)),
    ]
    personas: tuple[str, ...] = ()
    values: NDArray[np.float64] | None = None
    if unit == "session":
        hashed = _hashed(there["session"].sql)
        wanted.append(_Wanted("session", hashed, np.dtype(np.uint64)))
    if "persona" in there:
        column = there["persona"].sql
        personas = _labels(con, column, "personas")
        kind = code_type(len(personas))
        wanted.append(_Wanted("persona", _code(column, "personas"), kind))
    if "rating" in there:
        column = _rating(con, there["rating"], where)
        values = _rating_values(con, column)
        kind = code_type(len(values))
        wanted.append(_Wanted("rating", column, kind, values))
    if "row" in there:
        column = _row(there["row"], where)
        wanted.append(_Wanted("row", column, np.dtype(np.int64)))
    found, lacks = _fetched(con, wanted)
    if "row" in lacks:
        raise InputError("whole numbers were expected", "column row")
    return EventColumns(
        steps=names,
        no_customer=lacks.get("customer"),
        no_time=lacks.get("time"),
        no_session=lacks.get("session"),
        personas=personas,
        rating_values=(np.nan,) if values is None else (*values.tolist(), np.nan),
        **found,
    )


def _quoted(name: str) -> str:
    """Return the name of a column as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def _hashed(column: str) -> str:
    return f"CASE WHEN {column}::VARCHAR <> '' THEN hash({column}::VARCHAR) END"


def _labels(con: Any, column: str, kind: str) -> tuple[str, ...]:
    """Make a type of the different texts of a column, and return them in order."""
    texts = con.table("log").project(f"{column}::VARCHAR AS name")
    names = texts.filter("name <> ''").distinct().order("name")
    names.create_view(f"names_of_{kind}")
    con.execute(f"CREATE TYPE {kind} AS ENUM (FROM names_of_{kind})")
    return tuple(name for (name,) in con.table(f"names_of_{kind}").fetchall())


def _code(column: str, kind: str) -> str:
    # An empty text is none of the names and becomes NULL. With nullif() around it,
    # DuckDB casts cell by cell: five times slower than by the column's own dictionary.
    return f"enum_code(TRY_CAST({column}::VARCHAR AS {kind}))"


def _time(column: _Column, where: str) -> str:
    if column.type == "TIMESTAMP WITH TIME ZONE":
        return f"epoch_us({column.sql})"
    if column.type.startswith(("TIMESTAMP", "DATE")):
        return f"epoch_us({column.sql}::TIMESTAMP)"
    raise InputError(
        f"times were expected, not {column.type}",
        f"{where}: column time" if where else "column time",
        "Read the file with a mapping that names its column of times",
    )


def _rating(con: Any, column: _Column, where: str) -> str:
    if not column.type.startswith(_DECIMALS):
        cells = con.table("log").project(f"{column.sql} AS cell, row_number() OVER ()")
        faulty = cells.filter("cell IS NOT NULL")
        raise TableError(
            "ratings were expected as numbers",
            [(1 + row, str(cell)) for cell, row in faulty.limit(5).fetchall()],
            len(faulty),
            f"{where}: column rating" if where else "column rating",
        )
    return f"{column.sql}::DOUBLE"


def _row(column: _Column, where: str) -> str:
    if column.type not in _NUMBERS:
        place = f"{where}: column row" if where else "column row"
        raise InputError("whole numbers were expected", place)
    return f"{column.sql}::BIGINT"


def _rating_values(con: Any, column: str) -> NDArray[np.float64]:
    """Return the different ratings, rising."""
    cells = con.table("log").project(f"{column} AS value").filter("NOT isnan(value)")
    values = [value for (value,) in cells.distinct().fetchall()]
    check_number_of(len(values), "ratings")
    return np.sort(np.array(values, dtype=float))


def _fetched(
    con: Any, wanted: Sequence[_Wanted]
) -> tuple[dict[str, NDArray[Any]], dict[str, NDArray[np.bool_]]]:
    """Return the wanted columns in the order of the source, and where they are empty.

    The order is DuckDB's promise (``preserve_insertion_order``), and decides among
    equal times. A name that is empty is -1; a rating, one more than the last.
    """
    log = con.table("log")
    n = len(log)
    found = {column.name: np.empty(n, dtype=column.kind) for column in wanted}
    lacks: dict[str, NDArray[np.bool_]] = {}
    query = ", ".join(f"{column.sql} AS {_quoted(column.name)}" for column in wanted)
    at = 0
    for batch in log.project(query).to_arrow_reader(_BATCH):
        rows = slice(at, at + batch.num_rows)
        for place, column in enumerate(wanted):
            cells, empty = batch.column(place), None
            if cells.null_count:
                empty = cells.is_null().to_numpy(zero_copy_only=False)
                cells = cells.fill_null(0)
            values = cells.to_numpy(zero_copy_only=False)
            if column.values is not None:
                values = _rated(values, empty, column.values)
            elif empty is not None:
                lacks.setdefault(column.name, np.zeros(n, dtype=bool))[rows] = empty
            found[column.name][rows] = values
            if empty is not None and column.kind.kind == "i" and column.values is None:
                found[column.name][rows][empty] = -1
        at += batch.num_rows
    return found, lacks


def _rated(
    ratings: NDArray[np.float64],
    empty: NDArray[np.bool_] | None,
    values: NDArray[np.float64],
) -> NDArray[np.int64]:
    """Return the place of each rating among *values*; one more than the last: none."""
    given = ~np.isnan(ratings)
    if empty is not None:
        given &= ~empty
    codes = np.full(len(ratings), len(values))
    codes[given] = np.searchsorted(values, ratings[given])
    return codes
