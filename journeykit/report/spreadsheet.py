"""A report as a spreadsheet: every table and the numbers behind every picture, typed.

Text is only ever written as text, never as what a program might compute or open
(``write`` guesses; ``write_string`` does not), and what a spreadsheet cannot hold is
taken out at this door. openpyxl was turned down for writing: it is slower and guesses.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from journeykit.language import commas, say
from journeykit.report.company_colours import light_of
from journeykit.report.part import Part
from journeykit.report.part_tables import left_out_table, most_digits
from journeykit.report.sheet_look import dress_sheet, sheet_face, show_logo
from journeykit.report.shown import Shown, opened, shown_in, spoken
from journeykit.report.slide_letters import n_lines
from journeykit.text import clean_text

__all__ = ["spreadsheet"]

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_MAX_NAME, _MAX_TEXT, _MAX_WIDTH = 31, 32_767, 60
_MAX_ROWS = 1_048_576 - 8
_LETTER_IN, _TYPE_PT = 7 / 96, 10.0
"""Width of a letter of a column; the type that its words are measured in."""
_LINE, _LINE_PT, _MAX_ROW_PT = 92, 14.0, 409.0
"""Letters in a line of the first sheet; its height, and the highest row, in points."""
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - a spreadsheet knows no zones
_LEAST_ACROSS, _USUAL_WIDTH = 90, 8
"""Width of what stands above a narrow table; that of a column without words."""
_TYPED = {"day": 10, "yes_no": 7}
"""Letters of what a program writes in its own way."""
_TABLES = ("ranked_table", "figure", "left_out")


def spreadsheet(notebook: Mapping[str, Any], *, title: str = "") -> bytes:
    """Return an executed report notebook as XLSX.

    The first sheet says what was found and lists the others; each table, and the
    numbers behind each picture, has a sheet with typed cells, a head that stays in
    place, and its measure and source.

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


def _width(label: str, texts: Iterable[str], kind: str) -> int:
    """Return how wide a column is: as its words, or as a head of two lines.

    Examples
    --------
    >>> _width("Open pain points", ["2", "13"], "whole"), _width("Owner", ["Ann"], "")
    (13, 9)
    """
    longest = max(map(len, texts), default=0)
    if kind in _TYPED:
        longest = max(longest, _TYPED[kind])
    # The button of the filter stands beside the last line of a head.
    words = label.split()
    head = max([len(label) // 2 + 2 if len(words) > 1 else 0, *map(len, words), 0])
    return min(max(longest + 2, head + 3, 9), _MAX_WIDTH)


def _title_of(part: Part) -> str:
    return str(part.data.get("title") or part.data.get("heading") or "")


def _n_lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of *width* letters."""
    return sum(n_lines(one, width * _LETTER_IN, _TYPE_PT) for one in text.split("\n"))


class _Sheets:
    """The sheets of one book, with the formats that they share."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._names: set[str] = set()
        self._look = {
            "title": self._format(bold=True, font_size=16),
            "finding": self._format(
                bold=True, font_size=13, text_wrap=True, valign="top"
            ),
            "quiet": self._format(
                font_color=light_of("ink-quiet"), text_wrap=True, valign="top"
            ),
            "heading": self._format(bold=True, font_size=13),
            "head": self._format(
                bold=True, bottom=1, text_wrap=True, valign="bottom", indent=1
            ),
            "head_number": self._format(
                bold=True,
                bottom=1,
                text_wrap=True,
                valign="bottom",
                align="right",
                indent=1,
            ),
            "text": self._format(text_wrap=True, valign="top"),
            "cell": self._format(text_wrap=True, valign="top", indent=1),
            "bold": self._format(bold=True, valign="top"),
            "number": self._number("#,##0"),
            "number1": self._number("#,##0.0"),
            "number2": self._number("#,##0.00"),
            "number3": self._number("#,##0.000"),
            "whole": self._number("#,##0"),
            "yes_no": self._format(valign="top", align="left", indent=1),
            "day": self._format(
                num_format="yyyy-mm-dd", valign="top", align="left", indent=1
            ),
            "link": self._format(font_color=light_of("accent"), underline=1),
        }

    def _format(self, **looks: object) -> Format:
        return self._book.add_format(
            {"font_name": sheet_face(), "font_size": 10, **looks}
        )

    def _number(self, form: str) -> Format:
        """Return how a number is written: never against the words beside it."""
        return self._format(num_format=form, valign="top", align="right", indent=1)

    def fill(self, shown: list[Shown], title: str) -> None:
        """Write the first sheet and one for each table."""
        first = self._sheet(say("Report"))
        first.hide_gridlines(2)
        first.set_column(0, 0, 26)
        first.set_column(1, 1, 90)
        show_logo(first, column=2)
        row = self._write(first, 0, 0, title, "title") + 1
        tables: list[tuple[str, str]] = []
        above = ""
        for one in shown:
            if isinstance(one, Part) and one.name in _TABLES:
                # A table without a title of its own is called as the section it is in.
                wanted = _title_of(one) or above
                name = self._table_sheet(one, wanted)
                if name:
                    tables.append((name, wanted))
            elif isinstance(one, Part):
                above = str(one.data.get("heading") or above)
                row = self._words(first, row, one)
        if tables:
            row = self._write(first, row, 0, say("Tables"), "heading")
        for name, said in tables:
            first.write_url(
                row, 0, f"internal:'{name}'!A1", self._look["link"], string=name
            )
            row = self._line(first, row, said)

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

    def _words(self, sheet: Worksheet, row: int, part: Part) -> int:
        """Write a part that is words on the first sheet; return the next row."""
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
                row += 1
                pairs = [["", line] for line in data["lines"]]
            case _:
                pairs = [["", data.get("text", "")]]
        said = [(key, text) for key, text in pairs if text]
        if said and data.get("heading"):
            row = self._write(sheet, row + 1, 0, data["heading"], "heading")
        for key, text in said:
            if key:
                self._write(sheet, row, 0, key, "bold")
            row = self._line(sheet, row, text)
        return row

    def _line(self, sheet: Worksheet, row: int, text: str) -> int:
        """Write a sentence of the first sheet, in a row as high as it needs."""
        lines = sum(-(-len(line) // _LINE) or 1 for line in text.split("\n"))
        sheet.set_row(row, min(_LINE_PT * lines, _MAX_ROW_PT))
        return self._write(sheet, row, 1, text, "text")

    def _across(
        self, sheet: Worksheet, row: int, text: str, look: str, widths: list[int]
    ) -> int:
        """Write a text above a table, as wide as it: printed, it makes none small."""
        n_more = max(0, -(-(_LEAST_ACROSS - sum(widths)) // _USUAL_WIDTH))
        last = len(widths) - 1 + n_more
        letters = (sum(widths) + n_more * _USUAL_WIDTH) * (
            0.7 if look == "finding" else 1
        )
        lines = max(1, -(-len(text) // int(letters)))
        sheet.set_row(row, min((18.0 if look == "finding" else _LINE_PT) * lines, 200))
        if last:
            sheet.merge_range(row, 0, row, last, "", self._look[look])
        return self._write(sheet, row, 0, text, look)

    def _table_sheet(self, part: Part, wanted: str) -> str:
        """Write a sheet with the table of a part; return its name, empty if no rows."""
        table = _table_of(part)
        if not table["values"]:
            return ""
        data = part.data
        sheet = self._sheet(wanted)
        widths = [
            _width(label, (texts[column] for texts in table["rows"][:500]), kind)
            for column, (label, kind) in enumerate(
                zip(table["labels"], table["types"], strict=True)
            )
        ]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        row = 0
        for key, look in (
            ("title", "finding"),
            ("subtitle", "quiet"),
            ("source", "quiet"),
        ):
            if data.get(key):
                row = self._across(sheet, row, data[key], look, widths)
        head = row + bool(row)
        for column, (label, kind) in enumerate(
            zip(table["labels"], table["types"], strict=True)
        ):
            look = "head_number" if kind in {"number", "whole"} else "head"
            self._write(sheet, head, column, label, look)
        looks = [_look(table, column) for column in range(len(table["labels"]))]
        for place, values in enumerate(table["values"][:_MAX_ROWS], start=head + 1):
            texts = table["rows"][place - head - 1]
            high = max(map(_n_lines, texts, widths), default=1)
            if high > 1:  # not every program finds the height of a row by itself
                sheet.set_row(place, min(_LINE_PT * high, _MAX_ROW_PT))
            for column, value in enumerate(values):
                kind, look = table["types"][column], looks[column]
                if kind == "text" and value is not None:
                    value = texts[column]  # noqa: PLW2901 - in the reader's words
                self._cell(sheet, place, column, value, kind, look)
        sheet.freeze_panes(head + 1, 0)
        sheet.repeat_rows(head)
        last = head + len(table["values"])
        sheet.autofilter(head, 0, last, len(table["labels"]) - 1)
        return str(sheet.get_name())

    def _cell(  # noqa: PLR0917
        self, sheet: Worksheet, row: int, column: int, value: Any, kind: str, look: str
    ) -> None:
        shown = self._look[look]
        if value is None:
            sheet.write_blank(row, column, None, shown)
        elif kind == "yes_no":
            sheet.write_boolean(row, column, value, shown)
        elif kind in {"number", "whole"}:
            sheet.write_number(row, column, value, shown)
        elif kind == "day":
            sheet.write_datetime(row, column, date.fromisoformat(value), shown)
        else:
            self._write(sheet, row, column, value, look)


def _look(table: Mapping[str, Any], column: int) -> str:
    """Return how a column is written: a number with as many digits as on the page."""
    kind = str(table["types"][column])
    if kind == "text":
        return "cell" if column else "text"
    if kind != "number":
        return kind
    digits = most_digits(values[column] for values in table["values"])
    return f"number{digits or ''}"


def _table_of(part: Part) -> Mapping[str, Any]:
    if part.name == "figure":
        twin: Mapping[str, Any] = part.data["twin"]
        return twin
    if part.name == "left_out":
        return left_out_table(part.data["rows"])
    return part.data
