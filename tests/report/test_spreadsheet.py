"""The report as a spreadsheet, read back by another program."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook import Workbook
from report_notebooks import HOSTILE, every_part, executed, table

from journeykit.report import parts
from journeykit.report.spreadsheet import spreadsheet
from journeykit.text import clean_text


def _opened(*shown: parts.Part) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(spreadsheet(executed(*shown))))


def _ranked(title: str = "Search hurts most") -> parts.Part:
    labels = {"touchpoint": "Touchpoint", "share": "Share", "n": "n"}
    labels |= {"is_open": "Open", "due": "Due"}
    return parts.ranked_table(table(), labels, title=title, source="Survey")


def test_cells_keep_their_types() -> None:
    """Numbers can be summed, days sorted; what has no value is empty."""
    sheet = _opened(_ranked())["Search hurts most"]
    rows = [[cell.value for cell in row] for row in sheet["A4:E6"]]

    assert ["Touchpoint", "Share", "n", "Open", "Due"] == rows[0]
    assert ["Search", 0.25, 1200, True, datetime(2026, 3, 1)] == rows[1]  # noqa: DTZ001
    assert ["Book", None, None, False, None] == rows[2]
    assert "A5" == sheet.freeze_panes


def test_first_sheet_says_what_was_found_and_where_the_tables_are() -> None:
    """A reader who opens the file sees the findings, not a grid of numbers."""
    book = _opened(*every_part("Search is hard"))
    first = book["Report"]
    said = [str(cell.value) for row in first.iter_rows() for cell in row if cell.value]
    links = [cell.hyperlink.location for row in first for cell in row if cell.hyperlink]

    assert "39.8" in said
    assert "Measured" in said
    assert [f"'{name}'!A1" for name in book.sheetnames[1:]] == links


@pytest.mark.parametrize("said", HOSTILE)
def test_text_is_never_a_formula_or_a_link(said: str) -> None:
    """What begins like a formula is the text that somebody wrote."""
    raw = spreadsheet(executed(*every_part(said)))
    book = openpyxl.load_workbook(io.BytesIO(raw))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = {str(cell.value) for cell in cells if cell.data_type == "s"}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        xml = b"".join(
            archive.read(name) for name in archive.namelist() if "sheet" in name
        )

    assert not [cell for cell in cells if cell.data_type == "f"]
    assert b"<f>" not in xml
    assert b"http://evil" not in xml.replace(b"schemas", b"")
    assert clean_text(said).text in texts


def test_names_of_sheets_are_ones_that_programs_open() -> None:
    """Long, alike and forbidden names become short names, each once."""
    book = _opened(
        _ranked("What [hurts]: a/b*c? 'most' of everything that we asked"),
        _ranked("What [hurts]: a/b*c? 'most' of everything that we saw"),
        _ranked("History"),
        _ranked(""),
    )
    names = book.sheetnames

    assert all(
        len(name) <= 31 and not re.search(r"[\[\]:*?/\\']", name) for name in names
    )
    assert len(names) == len({name.casefold() for name in names})
    assert "History" not in names


def test_same_notebook_gives_the_same_bytes() -> None:
    """Nothing of the moment gets into the file."""
    notebook = executed(*every_part())

    assert spreadsheet(notebook) == spreadsheet(notebook)


def test_properties_name_the_workshop() -> None:
    """Not the library that wrote it."""
    band = parts.band("Booking", facts={"Owner": "Ann", "Organisation": "Resort"})
    found = _opened(band).properties

    assert "Booking" == found.title
    assert "Ann" == found.creator


def test_cell_of_a_long_text_is_cut_where_programs_cut_it() -> None:
    """A text longer than a cell holds does not break the file."""
    sheet = _opened(parts.section("Long", "x" * 40_000))["Report"]

    assert 32_767 == max(len(str(cell.value)) for row in sheet for cell in row)


def test_names_of_sheets_are_cut_after_a_word() -> None:
    """A tab says what it can and shows that more was to say."""
    title = "Cannot see the way: to the next gate, or how long it takes"
    rows = pd.DataFrame({"name": ["Search"]})
    part = parts.ranked_table(rows, {"name": "Touchpoint"}, title=title)
    names = _opened(part, part).sheetnames

    assert ["Cannot see the way to the next…", "Cannot see the way to the… 2"] == names[
        1:
    ]


def test_columns_are_as_wide_as_what_they_show() -> None:
    """Not as a number with all its digits, and a long head stands on two lines."""
    rows = pd.DataFrame({"share": [2 / 3], "n": [3]})
    labels = {"share": "Share of all who answered", "n": "n"}
    sheet = _opened(parts.ranked_table(rows, labels, title="Shares")).worksheets[1]

    assert 19 > sheet.column_dimensions["A"].width
    assert 10 > sheet.column_dimensions["B"].width


def test_rows_are_as_high_as_their_words() -> None:
    """Where a text takes several lines, no program draws it over the next row."""
    rows = pd.DataFrame({"name": ["Short", "Waits long at security " * 12, "Short"]})
    part = parts.ranked_table(rows, {"name": "Name"}, title="Rows", is_ranked=False)
    sheet = _opened(part)["Rows"]
    low, high, last = (sheet.row_dimensions[row].height for row in (4, 5, 6))

    assert (None, None) == (low, last)
    assert high >= 5 * 13


def test_printed_sheet_says_which_page_it_is() -> None:
    """Sheets that were printed and dropped can be put in order again."""
    sheet = _opened(*every_part()).worksheets[1]

    assert "&A" == sheet.oddFooter.left.text
    assert "&P / &N" == sheet.oddFooter.right.text


def test_long_words_above_a_table_do_not_make_it_small_in_print() -> None:
    """They wrap within the width of the table, in a row as high as they need."""
    rows = pd.DataFrame({"name": ["Search"], "n": [1]})
    said = "Each counts once, and the mean of all of them is a broken line. " * 5
    part = parts.ranked_table(rows, {"name": "Of", "n": "n"}, title="T", subtitle=said)
    sheet = _opened(part).worksheets[1]

    assert sheet["A2"].alignment.wrap_text
    assert 3 <= sheet.row_dimensions[2].height / sheet.row_dimensions[3 - 2].height
    assert any(one.coord.startswith("A2:") for one in sheet.merged_cells.ranges)
