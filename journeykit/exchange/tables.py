"""Delimited text and workbooks as tables of texts, and CSV that is written safely.

A reader that guesses in silence is wrong in silence: encoding, delimiter, sheet and
heading rows are decided in :class:`Reading`, said in its notes, and each can be
overridden.
``read_csv`` of pandas was turned down for reading: it drops or refuses ragged rows,
knows one heading row, and turns ``007`` and ``N/A`` into something else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from os import PathLike

import pandas as pd

from journeykit.errors import InputError, warn
from journeykit.exchange.arrival import OWN_FILE, UPLOAD, Limits, bytes_within
from journeykit.exchange.guards import guarded
from journeykit.exchange.parsing_child import parsed
from journeykit.exchange.readings import Reading, Told
from journeykit.exchange.rows import Cleaning, counted

__all__ = [
    "OWN_FILE",
    "UPLOAD",
    "Cleaning",
    "Limits",
    "Reading",
    "Table",
    "read_table",
    "recognise",
    "write_csv",
]


@dataclass(frozen=True, eq=False)
class Table:
    """A table of texts, as it was read.

    Parameters
    ----------
    frame
        One row a record; every column text, an empty cell is ``""``.
    reading
        How the file was understood.
    labels
        Column to the question in full.
    cleaned
        What was taken out of the cells.
    name
        How to call the file in messages.
    """

    frame: pd.DataFrame
    reading: Reading
    labels: Mapping[str, str]
    cleaned: Cleaning
    name: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """Everything that must be said about this table, in sentences."""
        return self.reading.notes + self.cleaned.notes


def recognise(
    data: bytes,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_rows: int | None = None,
    skip_rows: int = 0,
    sheet: str | None = None,
    limits: Limits = OWN_FILE,
) -> Reading:
    r"""Return how the bytes of a table are to be read, without building the table.

    Parameters
    ----------
    data
        The content of the file.
    encoding, delimiter, header_rows
        Override what would be found.
    skip_rows
        Rows of title or legend above the headings.
    sheet
        Sheet of a workbook; the first that holds a table if None.
    limits
        The budget.

    Raises
    ------
    InputError
        As :func:`read_table`.

    Examples
    --------
    >>> reading = recognise(b"id;Q1\n1;5\n2;4\n")
    >>> reading.delimiter, reading.header_rows, reading.n_records
    (';', 1, 2)
    """
    content, name = bytes_within(data, limits)
    told = Told(encoding, delimiter, header_rows, skip_rows, sheet)
    return parsed(content, name, told, limits).reading


def read_table(
    path_or_bytes: str | PathLike[str] | bytes,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_rows: int | None = None,
    skip_rows: int = 0,
    sheet: str | None = None,
    keep_personal: bool = False,
    limits: Limits = OWN_FILE,
) -> Table:
    r"""Read delimited text or a workbook (XLSX) into a table of texts.

    Parameters
    ----------
    path_or_bytes
        Path of the file, gzip allowed, or its content. What it is its content says.
    encoding
        Overrides the mark, strict UTF-8, and the guess, in this order.
    delimiter
        Overrides the sign under which the rows are most alike.
    header_rows
        Overrides the number of heading rows, 1 to 4; with it a summary is not refused.
    skip_rows
        Rows of title or legend above the headings.
    sheet
        Sheet of a workbook; the first that holds a table if None.
    keep_personal
        Whether the columns that name or locate a person are kept.
    limits
        The budget: :data:`OWN_FILE` or :data:`UPLOAD`, or your own. Text within
        :data:`UPLOAD`, and every workbook, is taken apart in a child process.

    Returns
    -------
    Table
        Texts, all rows with any content, columns with unique names; labels; and what
        was decided, mended and left out.

    Raises
    ------
    FileProblemError
        If the file is not there, is a folder, or cannot be read.
    InputError
        If it is empty, too large, no table, a summary, or has headings and no rows.
    UnknownNameError
        If there is no such *encoding*, or no such *sheet*.

    Warns
    -----
    JourneyKitWarning
        If the encoding is a guess.

    Examples
    --------
    >>> table = read_table(b"id,How was it?\n007,5\n008,\n")
    >>> table.frame["id"].tolist()
    ['007', '008']
    >>> table.notes[0]
    'Read as utf-8, separated by comma, one heading row: 2 columns, 2 rows.'
    """
    data, name = bytes_within(path_or_bytes, limits)
    told = Told(encoding, delimiter, header_rows, skip_rows, sheet)
    found = parsed(data, name, told, limits)
    reading = found.reading
    if reading.is_guess:
        warn(f"{name}: {reading.notes[1]}")
    left_out = set() if keep_personal else set(reading.personal)
    content: dict[str, pd.Series[str]] = {}
    labels: dict[str, str] = {}
    n_hollow = 0
    for place, heading in enumerate(found.columns):
        if heading.name in left_out:
            continue
        column = pd.Series(found.content[place], dtype="str")
        if not any(cell.strip() for cell in heading.cells) and not (column != "").any():
            n_hollow += 1  # trailing commas
            continue
        content[heading.name] = column
        labels[heading.name] = heading.label
    notes = list(reading.notes)
    if reading.personal:
        notes.append(_personal_note(reading.personal, is_kept=keep_personal))
    if n_hollow:
        said = counted(n_hollow, "column")
        notes.append(f"{said} without heading and content left out.")
    frame = pd.DataFrame(content, index=pd.RangeIndex(reading.n_records))
    reading = replace(reading, notes=tuple(notes))
    return Table(frame, reading, labels, found.cleaned, name)


def _personal_note(names: Iterable[str], *, is_kept: bool) -> str:
    done = (
        "were kept as asked" if is_kept else "were left out (keep_personal keeps them)"
    )
    return f"Columns about a person {done}: {', '.join(names)}."


def write_csv(frame: pd.DataFrame) -> bytes:
    r"""Return a table as CSV that every spreadsheet opens, and none runs.

    Parameters
    ----------
    frame
        Any table; its index is not written.

    Returns
    -------
    bytes
        UTF-8 with mark, every cell quoted, CR LF. Missing values are empty. Cells that
        a spreadsheet would run get an apostrophe, which :func:`read_table` takes off.

    Raises
    ------
    InputError
        If a text holds half a character (a lone surrogate).

    Examples
    --------
    >>> write_csv(pd.DataFrame({"id": [1], "note": ["=1+1"]})).decode("utf-8-sig")
    '"id","note"\r\n"1","\'=1+1"\r\n'
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guarded(str(name)) for name in frame.columns])
    columns = []
    for place in range(frame.shape[1]):
        column = frame.iloc[:, place]
        texts = column.astype(object).where(column.notna(), "")
        columns.append([guarded(str(value)) for value in texts])
    writer.writerows(zip(*columns, strict=True))
    try:
        return out.getvalue().encode("utf-8-sig")
    except UnicodeEncodeError as error:
        raise InputError(
            "a text holds half a character, which no file can keep",
            mend="Pass it through journeykit.text.clean_text first",
        ) from error
