"""One sheet of a workbook as a table of texts, with every decision said."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pandas as pd
import pytest
from workbook_files import book, changed, handmade, plain_sheet

from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange.arrival import OWN_FILE, UPLOAD, Limits
from journeykit.exchange.readings import Parsed, Told
from journeykit.exchange.workbooks import parsed_workbook

SHEET = "xl/worksheets/sheet1.xml"
moment = datetime.fromisoformat


def read(data: bytes, told: Told | None = None, limits: Limits = OWN_FILE) -> Parsed:
    """Take a workbook apart in this process: the tests made it."""
    return parsed_workbook(data, "book.xlsx", told or Told(), limits)


def table(found: Parsed) -> dict[str, list[str]]:
    """Return heading to texts."""
    return {
        heading.name: column.to_pylist()
        for heading, column in zip(found.columns, found.content, strict=True)
    }


def test_cells_become_the_texts_that_people_see() -> None:
    """Ids stay ids, prices have no noise, dates are ISO 8601, text stays text."""
    rows = [
        ["id", "code", "price", "paid", "when", "day", "at", "took", "note"],
        *(
            [
                7,
                "007",
                0.1 + 0.2,
                True,
                moment("2017-05-03 14:05:06"),
                date(2017, 5, 3),
            ],
            [4155552671, "1e5", 12.5, False, moment("2017-05-04"), date(1900, 1, 15)],
            [-3, " x ", 1e-7, None, None, date(2024, 2, 29)],
        ),
    ]
    rows[1] += [time(9, 30), timedelta(hours=30), "a\nb"]
    rows[2] += [time(0, 0, 1), timedelta(minutes=-5), ""]

    found = read(book({"Answers": rows}))

    assert {
        "id": ["7", "4155552671", "-3"],
        "code": ["007", "1e5", " x "],
        "price": ["0.3", "12.5", "0.0000001"],
        "paid": ["TRUE", "FALSE", ""],
        "when": ["2017-05-03 14:05:06", "2017-05-04 00:00:00", ""],
        "day": ["2017-05-03", "1900-01-15", "2024-02-29"],
        "at": ["09:30:00", "00:00:01", ""],
        "took": ["30:00:00", "-0:05:00", ""],
        "note": ["a\nb", "", ""],
    } == table(found)
    assert (
        "Read the sheet 'Answers' of a workbook, one heading row: 9 columns, 3 rows.",
    ) == found.reading.notes


def test_dates_of_either_system_are_the_same_dates() -> None:
    """A workbook from an old Mac counts days from 1904."""
    rows = [["day", "n"], [moment("2017-05-03"), 1]]

    found = [read(book({"A": rows}, is_1904=is_1904)) for is_1904 in (False, True)]

    assert [{"day": ["2017-05-03"], "n": ["1"]}] * 2 == [table(one) for one in found]


def test_numbers_that_a_spreadsheet_rounded_are_pointed_out() -> None:
    """An id of twenty digits has lost the last five before it got here."""
    found = read(book({"A": [["id", "n"], [12345678901234567890, 2**53]]}))

    assert {"id": ["12345678901234600000"], "n": ["9007199254740992"]} == table(found)
    assert found.reading.notes[-1].startswith("1 number of more than 15 digits")


def test_the_first_sheet_with_a_table_is_read_and_the_others_are_named() -> None:
    """Covers, empty and hidden sheets do not come first."""
    data = book(
        {
            "Cover": [["Exported by", "Ann"], ["Date", "2017-05-03"]],
            "Title": [["Survey"]],
            "Lists": [["a", "b", "c"], [1, 2, 3]],
            "Empty": [],
            "Answers": [["id", "Q1", "Q2"], [1, 5, 4], [2, 4, 3]],
            "More": [["id", "x", "y"], [1, 2, 3]],
        },
        hidden=["Lists"],
    )

    found = read(data)

    assert "Answers" == found.reading.sheet
    assert ("Cover", "Title", "Empty", "More", "Lists") == found.reading.other_sheets
    assert (
        "Other sheets were not read: 'Cover', 'Title', 'Empty', 'More', 'Lists'; "
        "sheet= chooses one." == found.reading.notes[1]
    )
    assert ["1"] == table(read(data, Told(sheet="Lists")))["a"]


def test_a_longer_narrow_table_is_no_cover() -> None:
    """Numbers and answers in two columns, with the code book behind them."""
    data = book(
        {
            "Answers": [["id", "Q1"], [1, 5], [2, 4], [3, 3]],
            "Codes": [["Q", "code", "label"], ["Q1", 5, "good"]],
        }
    )

    assert "Answers" == read(data).reading.sheet
    assert (
        "Other sheet was not read: 'Codes'; sheet= chooses one."
        == read(data).reading.notes[1]
    )


def test_a_sheet_that_is_not_there_or_empty_is_refused() -> None:
    """The message offers the nearest name."""
    data = book({"Answers": [["id", "Q1"], [1, 5]], "Empty": []})

    with pytest.raises(
        UnknownNameError, match=r"no sheet 'Answer'. Did you mean 'Answ"
    ):
        read(data, Told(sheet="Answer"))
    with pytest.raises(InputError, match="the sheet 'Empty' is empty"):
        read(data, Told(sheet="Empty"))
    with pytest.raises(InputError, match="no sheet of this workbook holds one"):
        read(book({"Empty": [], "One": [["x"]]}))
    with pytest.raises(InputError, match="there is no text in it"):
        read(book({"Blank": [[" ", " "], [" ", " "]]}))


def test_headings_over_merged_cells_show_how_many_rows_they_take() -> None:
    """The group's name stands once, over several columns."""
    rows = [
        ["ID", "Satisfaction", None, "Why"],
        [None, "Desk", "Signs", None],
        [1, 5, 4, "fine"],
        [2, 3, 2, ""],
    ]

    found = read(book({"A": rows}, {"A": ["B1:C1", "A1:A2", "D1:D2"]}))

    assert {
        "ID": ["1", "2"],
        "Satisfaction - Desk": ["5", "3"],
        "Satisfaction - Signs": ["4", "2"],
        "Why": ["fine", ""],
    } == table(found)
    assert 2 == found.reading.header_rows
    assert "two heading rows (the headings are merged)" in found.reading.notes[0]
    assert 1 == len(found.reading.notes)


def test_a_merged_title_is_left_out_and_said() -> None:
    """Skipping rows by hand still works, and then nothing else is skipped."""
    rows = [["Survey 2017"], [], ["id", "Q1", "Q2"], [1, 5, 4]]
    data = book({"A": rows}, {"A": ["A1:C1"]})

    found = read(data)

    assert {"id": ["1"], "Q1": ["5"], "Q2": ["4"]} == table(found)
    assert (
        "A title over merged cells was left out: 'Survey 2017'."
        == (found.reading.notes[1])
    )
    assert table(found) == table(read(data, Told(skip_rows=1)))


def test_a_block_merged_over_rows_means_its_value_for_each() -> None:
    """A region that stands once beside five answers belongs to all five."""
    rows = [["region", "Q1"], ["North", 5], [None, 4], [None, 3], ["South", 2]]

    found = read(book({"A": rows}, {"A": ["A2:A4"]}))

    assert ["North", "North", "North", "South"] == table(found)["region"]
    assert "2 cells of merged blocks got the value of the block." in (
        found.reading.notes
    )


def test_a_table_may_start_anywhere_on_its_sheet() -> None:
    """Empty rows and columns before it are nothing."""
    rows: list[list[object]] = [[]] * 4 + [[None, None, "id", "Q1"], [None, None, 1, 5]]

    found = read(book({"A": rows}))

    assert {"id": ["1"], "Q1": ["5"]} == table(found)


def test_survey_exports_keep_their_three_heading_rows() -> None:
    """The detector is the one for text."""
    rows = [
        ["StartDate", "Q1"],
        ["Start Date", "How was it?"],
        ['{"ImportId":"startDate"}', '{"ImportId":"QID1"}'],
        [moment("2017-05-03 09:00"), 5],
    ]

    found = read(book({"A": rows}))

    assert (3, "Qualtrics") == (found.reading.header_rows, found.reading.tool)
    assert "How was it?" == found.columns[1].label


def test_errors_and_formulas_without_a_result_are_counted() -> None:
    """Both would be empty cells without a word."""
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>b</t></is></c></row>'
        '<row r="2"><c r="A2" t="e"><v>#N/A</v></c>'
        '<c r="B2"><f>1+1</f><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f>A1</f></c><c r="B3"><f>B1</f><v/></c></row>'
        '<row r="4"><c r="A4" t="str"><f>T(1)</f><v></v></c>'
        '<c r="B4"><v>1</v></c></row>'
    )

    found = read(handmade(plain_sheet(cells)))

    assert {"a": ["", ""], "b": ["2", "1"]} == {
        name: [column[0], column[-1]] for name, column in table(found).items()
    }
    assert "1 cell that shows an error read as empty." == found.reading.notes[1]
    assert found.reading.notes[2].startswith("2 formulas were never computed")


def test_people_are_found_in_workbooks_too() -> None:
    """Columns about a person are named, so that the table leaves them out."""
    found = read(book({"A": [["id", "E-mail"], [1, "a@b.org"], [2, "c@d.org"]]}))

    assert ("E-mail",) == found.reading.personal


def test_control_signs_are_taken_out_of_cells() -> None:
    """A vertical tab comes out of a workbook as readily as out of a text."""
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>why</t></is></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c>'
        '<c r="B2" t="inlineStr"><is><t>Queue&#x85;</t></is></c></row>'
    )

    found = read(handmade(plain_sheet(cells)))

    assert ["Queue"] == table(found)["why"]
    assert 1 == found.cleaned.n_removed


def test_what_belongs_to_text_is_refused_for_a_workbook() -> None:
    """And a sheet for text."""
    with pytest.raises(InputError, match="encoding and delimiter are for text"):
        Told(delimiter=";").check("book.xlsx", is_workbook=True)
    with pytest.raises(InputError, match="this is text, not a workbook"):
        Told(sheet="A").check("answers.csv", is_workbook=False)


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "xl/styles.xml"])
@pytest.mark.parametrize("content", [b"", b"<", b"\xff\xfe\x00", b"<a/>"])
def test_a_workbook_with_a_damaged_part_is_read_or_refused(
    part: str, content: bytes
) -> None:
    """Whatever the reader makes of it, there is no other error."""
    data = changed(book({"A": [["id", "Q1"], [1, 5]]}), part, content)

    try:
        found = read(data)
    except InputError:
        return
    assert found.reading.n_records > 0


def test_a_workbook_that_breaks_off_is_refused_wherever_it_does() -> None:
    """Half a download is no short table."""
    data = book({"A": [["id", "Q1"], [1, 5]]})

    for end in range(100, len(data), len(data) // 40):
        with pytest.raises(InputError, match="this workbook is damaged"):
            read(data[:end])


def test_a_flipped_byte_never_makes_another_error() -> None:
    """Two hundred damaged copies are read or refused."""
    data = book({"A": [["id", "Q1"], [1, 5], [2, 4]]})
    n_refused = 0

    for place in range(0, len(data), max(1, len(data) // 200)):
        damaged = bytearray(data)
        damaged[place] ^= 0x41
        try:
            read(bytes(damaged))
        except InputError:
            n_refused += 1

    assert n_refused > 50


BOMB = '<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    "data",
    [
        handmade(BOMB + plain_sheet("")),
        handmade(plain_sheet(""), sharedStrings=f"<?xml version='1.0'?>{BOMB}<sst/>"),
        handmade(
            plain_sheet(""), styles="<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"
        ),
    ],
    ids=["sheet", "texts", "outside file"],
)
def test_definitions_in_a_workbook_are_refused(data: bytes) -> None:
    """No spreadsheet writes them; entities that grow and files from outside do."""
    with pytest.raises(InputError, match="definitions that no spreadsheet writes"):
        read(data)


def test_a_workbook_that_grows_is_refused_before_it_is_unpacked() -> None:
    """By its list of parts: in sum, and by its ratio."""
    zeros = handmade(plain_sheet("0" * 30_000_000))
    parts = handmade(plain_sheet(""), **{f"p{n}": "" for n in range(10_001)})

    with pytest.raises(InputError, match="this workbook grows to 30 MB"):
        read(zeros, limits=UPLOAD)
    with pytest.raises(InputError, match="at most 10,000 parts was expected"):
        read(parts)


def test_a_table_beyond_the_budget_is_refused() -> None:
    """Rows and columns, as for text."""
    data = book({"A": [["id", "Q1", "Q2"]] + [[1, 2, 3]] * 9})

    with pytest.raises(InputError, match="at most 4 rows was expected"):
        read(data, limits=Limits(n_rows=4))
    with pytest.raises(InputError, match="at most 2 columns was expected, row 1 has 3"):
        read(data, limits=Limits(n_columns=2))


def test_a_locked_part_is_said_to_be_locked() -> None:
    """A password on the folder instead of on the workbook."""
    data = bytearray(book({"A": [["id", "Q1"], [1, 5]]}))
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)

    with pytest.raises(InputError, match="protected by a password"):
        read(bytes(data))


def test_what_comes_out_of_a_workbook_is_a_table_of_texts() -> None:
    """As from a file of text, so that all that follows is the same."""
    found = read(book({"A": [["id", "Q1"], [1, 5], [2, None]]}))

    frame = pd.DataFrame(
        {
            "id": pd.Series(["1", "2"], dtype="str"),
            "Q1": pd.Series(["5", ""], dtype="str"),
        }
    )

    assert frame.to_dict("list") == table(found)
