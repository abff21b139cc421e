"""Files of records in any form that people bring: text, workbook, Parquet, event log.

What comes out is the same :class:`journeykit.exchange.tables.Table` whatever the file
was. A Parquet file keeps its times and numbers as they are, and only the columns that
are needed are read, so that ten million events fit.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Collection
from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.errors import FileProblemError, InputError
from journeykit.exchange.arrival import OWN_FILE, Limits, bytes_within
from journeykit.exchange.headers import Heading, personal_columns
from journeykit.exchange.readings import Reading
from journeykit.exchange.rows import Cleaning, counted
from journeykit.exchange.tables import Table, read_table
from journeykit.exchange.xes import is_xes, xes_table
from journeykit.text import clean_text

if TYPE_CHECKING:
    import pyarrow.parquet as pq

__all__ = ["read_source"]

_N_PARQUET_ROWS = 50_000_000
_N_HEAD = 1_000
_START = 4_096
_GZIP = b"\x1f\x8b"
_REFUSED = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]"


def read_source(
    source: str | PathLike[str] | bytes,
    needed: Collection[str] = (),
    *,
    keep_personal: bool = False,
    limits: Limits = OWN_FILE,
    **options: Any,  # Any: what a reader of tables is told
) -> Table:
    """Read a file of records into a table, its names and texts clean.

    Parameters
    ----------
    source
        Path of the file, or its content.
    needed
        Columns of a Parquet file to read; all if empty. Other files are read whole.
    keep_personal
        Whether the columns that name or locate a person are kept.
    limits
        The budget; of Parquet, fifty million rows whatever it says.
    **options
        As for :func:`journeykit.exchange.tables.read_table`; a Parquet file or an event
        log in XES has no use for them.

    Raises
    ------
    FileProblemError, InputError, UnknownNameError
        As :func:`journeykit.exchange.tables.read_table`.
    """
    start, name = _start_of(source)
    if start.startswith(b"PAR1"):
        return _parquet(source, name, needed, limits, keep_personal=keep_personal)
    if is_xes(_unpacked_start(start), name):
        data, name = bytes_within(source, limits)
        frame = xes_table(data, name, limits)
        rows, columns = counted(len(frame), "event"), counted(frame.shape[1], "column")
        said = f"Read as an event log (XES): {columns}, {rows}."
        return _table(
            frame, name, said, list(map(str, frame)), keep_personal=keep_personal
        )
    return read_table(source, keep_personal=keep_personal, limits=limits, **options)


def _start_of(source: str | PathLike[str] | bytes) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source[:_START], "the file"
    path = Path(fspath(source))
    try:
        with path.open("rb") as stream:
            return stream.read(_START), path.name
    except (OSError, ValueError):  # whoever reads it whole says what is wrong
        return b"", path.name


def _unpacked_start(start: bytes) -> bytes:
    if not start.startswith(_GZIP):
        return start
    try:
        return zlib.decompressobj(wbits=31).decompress(start, _START)
    except zlib.error:
        return b""


def _parquet(
    source: str | PathLike[str] | bytes,
    name: str,
    needed: Collection[str],
    limits: Limits,
    *,
    keep_personal: bool,
) -> Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    place: Any = io.BytesIO(source) if isinstance(source, bytes) else fspath(source)
    try:
        with pq.ParquetFile(place) as file:
            _check_size(file, name, limits)
            flat = [
                field.name
                for field in file.schema_arrow
                if not pa.types.is_nested(field.type)
            ]
            keys = set(map(_key, needed))
            wanted = [
                one for one in dict.fromkeys(flat) if not keys or _key(one) in keys
            ]
            read = file.read(columns=wanted)
            names = [
                clean_text(one, is_cut=True).text for one in file.schema_arrow.names
            ]
        frame = pd.DataFrame(
            {one: _plain(read.column(one)) for one in read.column_names},
            index=pd.RangeIndex(read.num_rows),
        )
    except InputError:
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise FileProblemError(
            name, "this Parquet file is damaged", "Write it again"
        ) from error
    if not len(frame) or not (wanted or needed):
        raise InputError("a table was expected, but there is nothing in it", name)
    rows, columns = counted(len(frame), "row"), counted(len(names), "column")
    said = f"Read as Parquet: {columns}, {rows}."
    return _table(frame, name, said, names, keep_personal=keep_personal)


def _key(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _check_size(file: pq.ParquetFile, name: str, limits: Limits) -> None:
    """Refuse what is beyond the budget by what the file says of itself."""
    n_rows, n_columns = file.metadata.num_rows, file.metadata.num_columns
    allowed = (
        max(limits.n_rows, _N_PARQUET_ROWS) if limits == OWN_FILE else limits.n_rows
    )
    if n_rows > allowed or n_columns > limits.n_columns:
        raise InputError(
            f"at most {allowed:,} rows and {limits.n_columns:,} columns were expected, "
            f"this table has {n_rows:,} and {n_columns:,}",
            name,
            "Cut it into parts, or raise the limits",
        )


def _plain(column: Any) -> pd.Series:  # Any: pyarrow has no types
    """Return a column as pandas has it: texts, numbers, truth values, times."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_date(kind):
        column = column.cast(pa.timestamp("ms")).cast(pa.timestamp("us"))
    elif pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    elif pa.types.is_decimal(kind):
        column = column.cast(pa.float64())
    elif pa.types.is_integer(kind) and column.null_count:
        return pd.Series(column.to_pandas(types_mapper={kind: pd.Int64Dtype()}.get))
    elif (
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or not (
            pa.types.is_integer(kind) or pa.types.is_floating(kind) or _is_plain(kind)
        )
    ):
        column = column.cast(pa.large_string())
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return pd.Series(column.cast(pa.large_string()), dtype="str")
    return pd.Series(column.to_pandas())


def _is_plain(kind: Any) -> bool:  # Any: pyarrow has no types
    import pyarrow as pa

    return bool(
        pa.types.is_boolean(kind)
        or pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
    )


def _table(
    frame: pd.DataFrame,
    name: str,
    said: str,
    there: list[str],
    *,
    keep_personal: bool,
) -> Table:
    """Return a frame as a table: texts clean, columns about people left out.

    The columns that are *there* in the file are its labels, so that a message can name
    one that was not read.
    """
    names = [clean_text(str(one), is_cut=True).text for one in frame.columns]
    frame.columns = pd.Index(names)
    if not frame.columns.is_unique:
        raise InputError("columns of different names were expected", name)
    done = Cleaning()
    for one in names:
        if pd.api.types.is_string_dtype(frame[one].dtype):
            frame[one], done = _cleaned(frame[one], done)
    head = frame.head(_N_HEAD).astype("str").fillna("")
    headings = [Heading(one, one, (one,), is_mended=False) for one in names]
    rows = head.to_numpy().tolist()
    places = personal_columns(headings, rows) if headings else frozenset()
    personal = tuple(names[place] for place in sorted(places))
    notes = [said]
    if personal and not keep_personal:
        frame = frame.drop(columns=list(personal))
        notes.append(
            "Columns about a person were left out (keep_personal keeps them): "
            f"{', '.join(personal)}."
        )
    reading = Reading(
        encoding="utf-8",
        bom="",
        is_guess=False,
        newline="",
        delimiter="",
        header_rows=0,
        n_columns=len(there),
        n_records=len(frame),
        row_widths=(len(there),),
        n_duplicate_headers=0,
        personal=personal,
        notes=tuple(notes),
    )
    return Table(frame, reading, {one: one for one in there}, done, name)


def _cleaned(column: pd.Series, done: Cleaning) -> tuple[pd.Series, Cleaning]:
    is_bad = column.str.contains(_REFUSED, regex=True).fillna(value=False)
    is_bad |= (column.str.len() > 20_000).fillna(value=False)
    if not is_bad.any():
        return column, done
    found = [clean_text(cell, is_cut=True) for cell in column[is_bad]]
    column = column.copy()
    column[is_bad] = [one.text for one in found]
    return column, replace(
        done,
        n_cells=done.n_cells + len(found),
        n_removed=done.n_removed + sum(one.n_removed for one in found),
        n_cut=done.n_cut + sum(one.n_cut for one in found),
    )
