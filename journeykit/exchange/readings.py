"""How a file was understood: every decision in one place, said, and to override."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journeykit.errors import InputError
from journeykit.exchange.headers import (
    Heading,
    headings,
    is_summary,
    n_header_rows,
    personal_columns,
    survey_tool,
)
from journeykit.exchange.rows import Cleaning, Walk, counted

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Parsed", "Reading", "Source", "Told", "understood"]

_COUNTS = ("no", "one", "two", "three", "four")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file was understood; every decision can be overridden.

    Parameters
    ----------
    encoding
        As Python names it, ``utf-8`` or ``cp1252``; empty for a workbook.
    bom
        Encoding that the file's first bytes declare; empty if they declare none.
    is_guess
        Whether the encoding is a guess that somebody should look at.
    newline
        ``CRLF``, ``LF`` or ``CR``; empty if there is one line, and for a workbook.
    delimiter
        The sign between cells; empty for a workbook.
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
    sheet
        The sheet of a workbook that was read; empty for text.
    other_sheets
        The sheets that were not.
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
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What the user says about the file; None where it is to be found out."""

    encoding: str | None = None
    delimiter: str | None = None
    header_rows: int | None = None
    skip_rows: int = 0
    sheet: str | None = None

    def check(self, name: str, *, is_workbook: bool) -> None:
        """Refuse what no table can have.

        Raises
        ------
        InputError
            With what was expected.
        """
        if is_workbook and (self.encoding is not None or self.delimiter is not None):
            raise InputError(
                "encoding and delimiter are for text, this is a workbook",
                name,
                "Leave them out",
            )
        if self.sheet is not None and not is_workbook:
            raise InputError(
                f"the sheet {self.sheet!r} was asked for, but this is text, not a "
                "workbook",
                name,
                "Leave sheet out",
            )
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
    content: list[pa.ChunkedArray]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows came from, as far as it is known before they are looked at.

    Parameters
    ----------
    said
        How they were read, ``utf-8, separated by comma``.
    header_rows
        Number of heading rows, if the source itself shows it; with the reason.
    notes
        What must be said of the source.
    """

    said: str
    encoding: str = ""
    bom: str = ""
    is_guess: bool = False
    newline: str = ""
    delimiter: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    header_rows: tuple[int, str] | None = None
    notes: tuple[str, ...] = ()


def understood(
    source: Source, walk: Walk, cleaned: Cleaning, told: Told, name: str
) -> Parsed:
    """Return the table that was walked over: its headings, what they say, its content.

    Raises
    ------
    InputError
        If there is no text, nothing below the headings, or a summary.
    """
    if not walk.head:
        raise InputError("a table was expected, but there is no text in it", name)
    header_rows, reason = told.header_rows, "as asked"
    if header_rows is None:
        header_rows, reason = source.header_rows or n_header_rows(walk.head)
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
    rows_said = f"{_COUNTS[header_rows]} heading row{'s' if header_rows > 1 else ''}"
    why = "" if reason == rows_said else f" ({reason})"
    notes = [
        f"Read {source.said}, {rows_said}{why}: {counted(width, 'column')}, "
        f"{counted(n_records, 'row')}.",
        *source.notes,
        *walk.notes(header_rows, has_delimiter=bool(source.delimiter)),
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
        newline=source.newline,
        delimiter=source.delimiter,
        header_rows=header_rows,
        n_columns=width,
        n_records=n_records,
        row_widths=tuple(sorted(walk.widths)),
        n_duplicate_headers=n_mended,
        personal=tuple(columns[place].name for place in sorted(private)),
        tool=survey_tool(columns),
        notes=tuple(notes),
        sheet=source.sheet,
        other_sheets=source.other_sheets,
    )
    content = walk.columns(header_rows).arrays(width)
    return Parsed(reading, columns, cleaned, content)
