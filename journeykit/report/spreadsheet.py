"""A report as a spreadsheet: every table and the numbers behind every picture, typed.

Text is only ever written as text, never as what a program might compute or open
(``write`` guesses; ``write_string`` does not), and what a spreadsheet cannot hold is
taken out at this door. openpyxl was turned down for writing: it is slower and guesses.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from journeykit.language import commas, say
from journeykit.report.part import Part
from journeykit.report.part_tables import left_out_table
from journeykit.report.sheet_columns import column_widths, lines_of, row_height
from journeykit.report.sheet_look import cell_looks, dress_sheet, show_logo
from journeykit.report.sheet_values import SheetColumn, sheet_values
from journeykit.report.shown import Shown, opened, shown_in, spoken
from journeykit.text import clean_text

__all__ = ["spreadsheet"]

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_MAX_NAME, _MAX_TEXT = 31, 32_767
_MAX_ROWS = 1_048_576 - 8
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a spreadsheet knows no zones
_KEY_WIDTH, _SAID_WIDTH = 26, 100
"""Columns of the first sheet."""
_TITLE_HIGH, _MOST_OF_TITLE = 26.0, 84
"""Height of the first title; signs of a title in the line that leads to its table."""
_LEAST_ACROSS, _USUAL_WIDTH = 90, 8
"""Width of what stands above a narrow table; that of a column without words."""
_TABLES = ("ranked_table", "figure", "left_out")
_SIZES = {"finding": 13.0}
_DITTO = "\N{DOUBLE PRIME}"
"""What a page has in place of the words of the row above."""


def spreadsheet(notebook: Mapping[str, Any], *, title: str = "") -> bytes:
    """Return an executed report notebook as XLSX.

    The first sheet says what was found and leads to the others where they belong;
    each table, and the numbers behind each picture, has a sheet with typed cells, a
    head that stays in place, and its measure and source.

    Parameters
    ----------
    notebook
        The executed notebook.
    title
        Title of the document; that of its band if empty.

    Returns
    -------
    bytes
        The file; the same notebook gives the same bytes.
    """
    shown = list(shown_in(notebook))
    opening = opened(notebook)[1]
    kept = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with spoken(notebook), xlsxwriter.Workbook(kept, options) as book:
        title = title or opening.get("title") or say("Report")
        book.set_properties(
            {
                "title": _plain(title),
                "author": _plain(opening.get("owner", "")),
                "company": _plain(opening.get("organisation", "")),
                "subject": _plain(opening.get("kind", "")),
                "created": _EPOCH,
            }
        )
        _Sheets(book).fill(shown, title)
    return kept.getvalue()


def _plain(text: str) -> str:
    return _cut(clean_text(text, max_length=_MAX_TEXT, is_cut=True).text, _MAX_TEXT)


def _cut(text: str, length: int) -> str:
    """Return the start of a text, as long as a spreadsheet counts: in UTF-16.

    Examples
    --------
    >>> _cut("ab\N{GRINNING FACE}", 3)
    'ab'
    """
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore")


def _short(text: str, length: int) -> str:
    """Return a text cut after a word, where there is one.

    Examples
    --------
    >>> _short("The journey is felt worst at Pass security", 31)
    'The journey is felt worst at…'
    """
    cut = _cut(text, length)
    if cut == text:
        return text
    cut = _cut(text, length - 1)
    at = cut.rfind(" ") if text[len(cut)] != " " else len(cut)
    return f"{cut[:at] if at > length // 2 else cut}".rstrip(" ,;.") + "…"


def _title_of(part: Part) -> str:
    return str(part.data.get("title") or part.data.get("heading") or "")


class _Sheets:
    """The sheets of one book, with the formats that they share."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._names: set[str] = set()
        self._look = cell_looks(book)
        self._above, self._above_row = "", 0
        self._first = self._sheet(say("Report"))

    def fill(self, shown: list[Shown], title: str) -> None:
        """Write the first sheet and one for each table."""
        first = self._first
        first.hide_gridlines(2)
        first.set_column(0, 0, _KEY_WIDTH)
        first.set_column(1, 1, _SAID_WIDTH)
        show_logo(first, column=2)
        parts = [one for one in shown if isinstance(one, Part)]
        kinds = [one.data["kind"] for one in parts if one.name == "band"]
        row = self._write(first, 0, 0, kinds[0], "quiet") if kinds else 0
        first.set_row(row, _TITLE_HIGH)
        row = self._write(first, row, 0, title, "title") + 1
        heading = above = ""
        is_section = was_table = False
        for one in parts:
            # A heading is written with the first words or table below it; what follows
            # belongs to it if it is a section's.
            heading = str(one.data.get("heading") or heading)
            above = heading or above
            if one.data.get("heading"):
                is_section = one.name in {"section", "left_out"}
            if one.name not in _TABLES:
                said = self._said(one)
                row += one.name == "credits"
            elif _table_of(one)["values"]:
                said = [(say("Table"), _title_of(one) or above)]
            else:
                said = []
            if said and heading:
                self._above = heading if is_section else ""
                self._above_row = row + 1 if is_section else 0
                row, heading = self._write(first, row + 1, 0, heading, "heading"), ""
            elif said and one.name in _TABLES and not self._above:
                row += not was_table
            for key, text in said:
                name = ""
                if one.name in _TABLES:
                    name = self._table_sheet(one, text)
                    text = _short(_plain(text), _MOST_OF_TITLE)  # noqa: PLW2901
                row = self._line(row, key, text, name)
            was_table = one.name in _TABLES if said else was_table

    def _sheet(self, wanted: str) -> Worksheet:
        bare = " ".join(_FORBIDDEN.sub(" ", _plain(wanted)).split()) or say("Table")
        name, number = _short(bare, _MAX_NAME), 1
        while name.casefold() in self._names or name.casefold() == "history":
            number += 1
            end = f" {number}"
            name = f"{_short(bare, _MAX_NAME - len(end))}{end}"
        self._names.add(name.casefold())
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        dress_sheet(sheet)
        return sheet

    def _write(
        self, sheet: Worksheet, row: int, column: int, text: str, look: str
    ) -> int:
        """Write one text as text, and return the next row."""
        sheet.write_string(row, column, _plain(text), self._look[look])
        return row + 1

    @staticmethod
    def _said(part: Part) -> list[tuple[str, str]]:
        """Return the words of a part that is no table, each with its key."""
        data = part.data
        match part.name:
            case "band":
                pairs = [["", data["scope"]], *data["facts"]]
            case "found":
                pairs = data["sentences"]
            case "sentences":
                pairs = [["", text] for text in (*data["texts"], *data["folded"])]
            case "evidence":
                pairs = [
                    [
                        one["name"],
                        say(
                            "{percent} ({of_all}): {meaning}",
                            percent=one["percent"],
                            of_all=one["of_all"],
                            meaning=one["meaning"],
                        ),
                    ]
                    for one in data["pieces"]
                ]
                pairs += [[say("Not measured"), commas(data["without_data"])]]
            case "definitions":
                pairs = data["terms"]
            case "worksheet":
                pairs = [["", data["text"]], ["", data["example"]]]
            case "credits":
                pairs = [["", line] for line in data["lines"]]
            case _:
                pairs = [["", data.get("text", "")]]
        return [(key, text) for key, text in pairs if text]

    def _line(self, row: int, key: str, text: str, name: str) -> int:
        """Write a sentence of the first sheet, or the way to a table."""
        sheet, keyed = self._first, "quiet" if name else "bold"
        lines = [lines_of(text, _SAID_WIDTH), lines_of(key, _KEY_WIDTH, is_bold=True)]
        sheet.set_row(row, row_height(max(lines)))
        if key:
            self._write(sheet, row, 0, key, keyed)
        if name:
            return self._way(sheet, row, 1, f"'{name}'!A1", text, "link")
        return self._write(sheet, row, 1, text, "text")

    def _across(
        self, sheet: Worksheet, row: int, text: str, look: str, widths: list[int]
    ) -> int:
        """Write a text as wide as a table: printed, it makes none small."""
        n_more = max(0, -(-(_LEAST_ACROSS - sum(widths)) // _USUAL_WIDTH))
        last = len(widths) - 1 + n_more
        size = _SIZES.get(look, 10.0)
        letters = sum(widths) + n_more * _USUAL_WIDTH
        lines = lines_of(text, letters, size=size, is_bold=look in _SIZES)
        sheet.set_row(row, row_height(lines, size))
        if last:
            sheet.merge_range(row, 0, row, last, "", self._look[look])
        return self._write(sheet, row, 0, text, look)

    def _table_sheet(self, part: Part, title: str) -> str:
        """Write a sheet with the table of a part; return its name."""
        table, data = _table_of(part), part.data
        sheet = self._sheet(title)
        columns, widths = sheet_values(table), column_widths(table)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        self._way_back(sheet)
        row = self._across(sheet, 1, title, "finding", widths)
        for key in ("subtitle", "source"):
            if data.get(key):
                row = self._across(sheet, row, data[key], "quiet", widths)
        head, lines = row + 1, 1
        for column, label in enumerate(table["labels"]):
            look = "head" if column or columns[0].kind != "text" else "head_first"
            look = "head_number" if columns[column].is_number else look
            self._write(sheet, head, column, label, look)
            room = widths[column] - 2
            lines = max(lines, lines_of(label, room, is_bold=True, is_indented=True))
        sheet.set_row(head, row_height(lines))
        last = self._rows(sheet, head + 1, columns, widths)
        sheet.freeze_panes(head + 1, 0)
        sheet.repeat_rows(head)
        sheet.autofilter(head, 0, last, len(table["labels"]) - 1)
        return str(sheet.get_name())

    def _way_back(self, sheet: Worksheet) -> None:
        """Write where a table belongs, as the way back to it."""
        first = self._first.get_name()
        said = f"{first} \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} {self._above}"
        place = f"'{first}'!A{self._above_row + 1}"
        self._way(sheet, 0, 0, place, said if self._above else first, "back")

    def _way(  # noqa: PLR0917
        self, sheet: Worksheet, row: int, column: int, to: str, text: str, look: str
    ) -> int:
        """Write a text that leads to a place of the book, and return the next row."""
        # The way has words of its own: they are ours, whatever the cell says.
        sheet.write_url(row, column, f"internal:{to}", string=say("Table"))
        return self._write(sheet, row, column, text, look)

    def _rows(
        self, sheet: Worksheet, row: int, columns: list[SheetColumn], widths: list[int]
    ) -> int:
        """Write the rows of a table, and return the last."""
        above: list[Any] = [""] * len(columns)
        for cells in zip(*(one.values for one in columns), strict=True):
            above = [
                one if value == _DITTO else value
                for value, one in zip(cells, above, strict=True)
            ]
            lines = 1
            for place, (column, value) in enumerate(zip(columns, above, strict=True)):
                self._cell(sheet, row, place, value, column)
                if column.kind == "text" and value:
                    taken = lines_of(value, widths[place], is_indented=place > 0)
                    lines = max(lines, taken)
            if lines > 1:
                sheet.set_row(row, row_height(lines))
            row += 1
            if row > _MAX_ROWS:
                break
        return row - 1

    def _cell(
        self, sheet: Worksheet, row: int, place: int, value: Any, column: SheetColumn
    ) -> None:
        shown = self._look[column.look]
        if value is None:
            sheet.write_blank(row, place, None, shown)
        elif column.is_number or column.kind == "yes_no":
            # A program would say true and false in its own language, not the report's.
            sheet.write_number(row, place, float(value), shown)
        elif column.kind == "day":
            sheet.write_datetime(row, place, date.fromisoformat(value), shown)
        else:
            self._write(sheet, row, place, value, column.look)


def _table_of(part: Part) -> Mapping[str, Any]:
    if part.name == "figure":
        twin: Mapping[str, Any] = part.data["twin"]
        return twin
    if part.name == "left_out":
        return left_out_table(part.data["rows"])
    return part.data
