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
    rows = [[cell.value for cell in row] for row in sheet["A5:E7"]]
    forms = [cell.number_format for cell in sheet["A6:E6"][0]]

    assert ["Touchpoint", "Share", "n", "Open", "Due"] == rows[0]
    assert ["Search", 0.25, 1200, 1, datetime(2026, 3, 1)] == rows[1]  # noqa: DTZ001
    assert ["Book", None, None, 0, None] == rows[2]
    assert ["#,##0.00_w_w", "#,##0_w_w", '"yes";"yes";"no"'] == forms[1:4]
    assert "[$-809]d mmm yyyy" == forms[4]
    assert "A6" == sheet.freeze_panes


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

    assert 21 > sheet.column_dimensions["A"].width
    assert 10 > sheet.column_dimensions["B"].width


def test_rows_are_as_high_as_their_words() -> None:
    """Where a text takes several lines, no program draws it over the next row."""
    rows = pd.DataFrame({"name": ["Short", "Waits long at security " * 12, "Short"]})
    part = parts.ranked_table(rows, {"name": "Name"}, title="Rows", is_ranked=False)
    sheet = _opened(part)["Rows"]
    low, high, last = (sheet.row_dimensions[row].height for row in (5, 6, 7))

    assert (None, None) == (low, last)
    assert high >= 4 * 13


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

    assert sheet["A3"].alignment.wrap_text
    assert 3 * 14 <= sheet.row_dimensions[3].height
    assert any(one.coord.startswith("A3:") for one in sheet.merged_cells.ranges)


def test_tables_stand_where_the_report_has_them() -> None:
    """Each heading leads to its tables, and each table back to its heading."""
    shown = [parts.section("Plan", "What we do."), _ranked(), parts.section("Nothing")]
    book = _opened(parts.band("Booking", kind="Stage in depth"), *shown)
    first, sheet = book.worksheets
    said = [[cell.value for cell in row] for row in first.iter_rows(max_col=2)]

    assert ["Stage in depth", None] == said[0]
    assert ["Plan", None] == said[4]
    assert [[None, "What we do."], ["Table", "Search hurts most"]] == said[5:]
    assert (
        "Report \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} Plan"
        == sheet["A1"].value
    )
    assert "'Report'!A5" == sheet["A1"].hyperlink.location


def test_table_without_a_title_has_that_of_its_section() -> None:
    """No sheet begins with a bare head."""
    book = _opened(parts.section("Roles"), _ranked(""))

    assert ["Report", "Roles"] == book.sheetnames
    assert "Roles" == book["Roles"]["A2"].value


def test_sheet_repeats_what_a_page_says_is_as_above() -> None:
    """A ditto mark tells nothing once the rows are sorted or filtered."""
    rows = pd.DataFrame({"stage": ["Search", "\N{DOUBLE PRIME}", "\N{DOUBLE PRIME}"]})
    sheet = _opened(parts.ranked_table(rows, {"stage": "Stage"}, title="T"))["T"]

    assert ["Search"] * 3 == [sheet[f"A{row}"].value for row in (5, 6, 7)]


def test_wide_table_fits_a_screen_and_a_page() -> None:
    """Many long texts share the room; each of few has its own."""
    rows = pd.DataFrame({f"c{n}": ["Waits long at security " * 3] for n in range(8)})
    labels = {column: column for column in rows.columns}
    wide = _opened(parts.ranked_table(rows, labels, title="Wide"))["Wide"]
    few = _opened(parts.ranked_table(rows, {"c0": "c0"}, title="Few"))["Few"]

    assert 230 > sum(wide.column_dimensions[one].width * 8 for one in "A")
    assert 55 < few.column_dimensions["A"].width
    assert 14 * 3 <= wide.row_dimensions[5].height


def test_long_title_leads_to_its_table_in_one_line() -> None:
    """The whole title stands above the table."""
    title = "Have something to eat and Look around the shops are lowest, " * 2
    first, sheet = _opened(_ranked(title.strip())).worksheets
    (link,) = [cell for row in first for cell in row if cell.hyperlink]

    assert link.value.endswith("to eat\N{HORIZONTAL ELLIPSIS}")
    assert title.strip() == sheet["A2"].value


@pytest.mark.parametrize(
    ("language", "form"),
    [("de", "[$-407]dd.mm.yyyy"), ("zh", '[$-804]yyyy"年"m"月"d"日"')],
)
def test_days_are_written_as_the_page_writes_them(language: str, form: str) -> None:
    """They stay days: only their look follows the language."""
    book = _opened(parts.band("B", language=language), _ranked())
    cell = book.worksheets[1]["E6"]

    assert cell.is_date
    assert form == cell.number_format


def test_table_below_no_section_belongs_to_the_report() -> None:
    """What stands after "How sure we are" is no part of it."""
    book = _opened(parts.evidence(assumed=1, observed=0, measured=0), _ranked())
    said = [cell.value for cell in book["Report"]["B"]]

    assert [None, "Search hurts most"] == said[-2:]
    assert "Report" == book.worksheets[1]["A1"].value
