"""How a file was understood: every decision in one place, said, and to override."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass

from journeykit.errors import InputError
from journeykit.exchange.arrival import Limits, refuse_foreign_text
from journeykit.exchange.dialects import DELIMITERS, delimiter_of, newline_of, records
from journeykit.exchange.encodings import decoded
from journeykit.exchange.headers import (
    Heading,
    headings,
    is_summary,
    n_header_rows,
    personal_columns,
    survey_tool,
)
from journeykit.exchange.rows import Cleaner, Cleaning, Columns, Walk, counted

__all__ = ["Parsed", "Reading", "Told", "parsed"]

_SEP_LINE = re.compile(r'"?sep=(.)"?\n', re.IGNORECASE)
_COUNTS = ("no", "one", "two", "three", "four")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file was understood; every decision can be overridden.

    Parameters
    ----------
    encoding
        As Python names it, ``utf-8`` or ``cp1252``.
    bom
        Encoding that the file's first bytes declare; empty if they declare none.
    is_guess
        Whether the encoding is a guess that somebody should look at.
    newline
        ``CRLF``, ``LF`` or ``CR``; empty if there is one line.
    delimiter
        The sign between cells.
    header_rows
        Number of heading rows.
    n_columns
        Cells of the widest record.
    n_records
        Records below the headings, without empty ones.
    row_widths
        The different numbers of cells that records have, ascending.
    n_duplicate_headers
        Columns whose name was missing or taken, and was mended.
    personal
        Names of the columns that name or locate a person.
    tool
        The survey tool that wrote the file; empty if unknown.
    notes
        All of this, and what else must be said, in sentences.
    """

    encoding: str
    bom: str
    is_guess: bool
    newline: str
    delimiter: str
    header_rows: int
    n_columns: int
    n_records: int
    row_widths: tuple[int, ...]
    n_duplicate_headers: int
    personal: tuple[str, ...] = ()
    tool: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What the user says about the file; None where it is to be found out."""

    encoding: str | None
    delimiter: str | None
    header_rows: int | None
    skip_rows: int

    def check(self, name: str) -> None:
        """Refuse what no table can have.

        Raises
        ------
        InputError
            With what was expected.
        """
        sign = self.delimiter
        if sign is not None and (len(sign) != 1 or sign in '"\r\n\x00\x02\x1a'):
            raise InputError(
                f"one sign was expected as delimiter, found {sign!r}",
                name,
                "Most tables have ',', ';' or a tab",
            )
        if self.header_rows is not None and not 1 <= self.header_rows <= 4:
            raise InputError(
                f"1 to 4 heading rows were expected, found {self.header_rows}", name
            )
        if self.skip_rows < 0:
            raise InputError(
                f"skip_rows must be 0 or more, found {self.skip_rows}", name
            )


@dataclass(frozen=True)
class Parsed:
    """A file taken apart: how, its columns, what was cleaned, its content."""

    reading: Reading
    columns: tuple[Heading, ...]
    cleaned: Cleaning
    content: Columns


def parsed(data: bytes, name: str, told: Told, limits: Limits) -> Parsed:
    """Take the bytes apart: text, records, headings, columns, and what must be said."""
    told.check(name)
    source = decoded(data, name, told.encoding)
    refuse_foreign_text(source.text, name)
    newline = newline_of(source.text)
    text = source.text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    declared = _SEP_LINE.match(text)
    if declared:
        text = text[declared.end() :]
    delimiter = told.delimiter or (declared[1] if declared else delimiter_of(text))
    cleaner = Cleaner(text)
    walk = Walk(name, limits, told.skip_rows)
    with closing(records(text, delimiter, name)) as rows:
        for row in rows:
            walk.take(row, cleaner)
    header_rows, reason = told.header_rows, "as asked"
    if not walk.head:
        raise InputError("a table was expected, but there is no text in it", name)
    if header_rows is None:
        header_rows, reason = n_header_rows(walk.head)
    n_records = walk.n_records - header_rows
    if n_records < 1:
        raise InputError(
            "answers were expected below the headings, but there are none",
            name,
            "Export it again with the responses, or say header_rows= and delimiter=",
        )
    header, body = walk.head[:header_rows], walk.head[header_rows:]
    if told.header_rows is None and is_summary(header, body):
        raise InputError(
            "one row for each respondent was expected, this is a summary of counts and "
            "shares",
            name,
            "Export the individual responses ('All responses data')",
        )
    width = max(walk.widths)
    columns = headings(header, width)
    private = personal_columns(columns, body)
    known = DELIMITERS.get(delimiter, repr(delimiter))
    rows_said = f"{_COUNTS[header_rows]} heading row{'s' if header_rows > 1 else ''}"
    why = "" if reason == rows_said else f" ({reason})"
    notes = [
        f"Read as {source.encoding}, separated by {known}, {rows_said}{why}: "
        f"{counted(width, 'column')}, {counted(n_records, 'row')}.",
        *source.notes,
        *walk.notes(header_rows),
    ]
    n_mended = sum(column.is_mended for column in columns)
    if n_mended:
        notes.append(
            f"{counted(n_mended, 'heading')} missing or repeated, and named apart."
        )
    reading = Reading(
        encoding=source.encoding,
        bom=source.bom,
        is_guess=source.is_guess,
        newline=newline,
        delimiter=delimiter,
        header_rows=header_rows,
        n_columns=width,
        n_records=n_records,
        row_widths=tuple(sorted(walk.widths)),
        n_duplicate_headers=n_mended,
        personal=tuple(columns[place].name for place in sorted(private)),
        tool=survey_tool(columns),
        notes=tuple(notes),
    )
    return Parsed(reading, columns, cleaner.done, walk.columns(header_rows))
