"""Tables as people bring them, and CSV as spreadsheets may have it."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from journeykit.errors import InputError
from journeykit.exchange.tables import Cleaning, read_table, recognise, write_csv
from journeykit.text import clean_text

DATA = Path(__file__).parents[1] / "data"
FACTS = json.loads((DATA / "_csv_facts.json").read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(FACTS))
def test_real_exports_are_read_as_they_are(name: str) -> None:
    """Every fact that is known about the four samples is found by the reader."""
    reading = recognise((DATA / name).read_bytes())

    assert FACTS[name] == {
        "encoding": reading.encoding,
        "bom": reading.bom,
        "newline": reading.newline,
        "delimiter": reading.delimiter,
        "header_rows": reading.header_rows,
        "columns": reading.n_columns,
        "row_widths": list(reading.row_widths),
        "records": reading.n_records,
        "duplicate_or_empty_headers": reading.n_duplicate_headers,
    }
    assert not reading.is_guess


@pytest.mark.parametrize("name", sorted(FACTS))
def test_real_exports_become_tables_of_texts(name: str) -> None:
    """All rows are there, columns are text, and only personal columns are missing."""
    table = read_table(DATA / name)

    assert FACTS[name]["records"] == len(table.frame)
    assert {"str"} == {str(dtype) for dtype in table.frame.dtypes}
    assert FACTS[name]["columns"] == table.frame.shape[1] + len(table.reading.personal)
    assert list(table.labels) == list(table.frame)
    assert Cleaning() == table.cleaned


def test_the_qualtrics_sample_keeps_its_questions_and_no_person() -> None:
    """Names are codes, labels the questions; address and name of people stay out."""
    table = read_table(DATA / "surveys/qualtrics__better-sample.csv")

    assert (
        *("IPAddress", "RecipientLastName", "RecipientFirstName", "RecipientEmail"),
        *("LocationLatitude", "LocationLongitude", "LocationAccuracy"),
    ) == table.reading.personal
    assert (
        "Please select your favorite fruit from the following options"
        == table.labels["q2_favorite"]
    )
    assert "Qualtrics" == table.reading.tool


def test_the_surveymonkey_sample_reads_in_plain_words() -> None:
    """Markup goes from the question, not from the name by which the file knows it."""
    table = read_table(DATA / "surveys/surveymonkey__steak-risk.csv")

    lottery = list(table.frame)[1]
    assert "<br>In Lottery A" in lottery
    assert table.labels[lottery].startswith(
        "Consider the following hypothetical situations: In Lottery A, you have"
    )
    assert "Location (Census Region)" == list(table.frame)[-1]
    assert "SurveyMonkey" == table.reading.tool


def test_the_airport_survey_is_read_without_a_line_of_code() -> None:
    """2,831 passengers, 97 columns, codes as they stand in the file, at once."""
    started = time.process_time()
    table = read_table(DATA / "sfo_2017_survey.csv.gz")
    seconds = time.process_time() - started

    assert (2_831, 97) == table.frame.shape
    assert 84 == (table.frame["NETPRO"] == "11").sum()
    assert 143 == (table.frame["Q7ALL"] == "Blank").sum()
    assert () == table.reading.personal
    assert (
        "Read as utf-8, separated by comma, one heading row: 97 columns, 2,831 rows.",
    ) == table.notes
    assert seconds < 2  # 0.15 measured; a busy machine is no fault


def test_cells_stay_what_they_are() -> None:
    """Leading zeros, NaN, N/A, long numbers and spaces are the user's, not ours."""
    cells = ["007", "NaN", "N/A", "3.29E+09", " x ", "1,5", "TRUE", "null", "1e999"]
    data = "id;value\n" + "".join(f"{n};{cell}\n" for n, cell in enumerate(cells))

    assert cells == read_table(data.encode()).frame["value"].tolist()


def test_every_control_sign_and_half_sign_is_removed_and_counted() -> None:
    """All of C0 but tab and line breaks, DEL, surrogates, U+FFFE and U+FFFF."""
    signs = [chr(n) for n in (*range(32), 127) if chr(n) not in "\t\n\r"]
    rows = [f"{n},a{sign}b" for n, sign in enumerate([*signs, *"\ud800\ufffe\uffff"])]
    data = "\n".join(["id,note", *rows]).encode("utf-8", "surrogatepass")

    table = read_table(data)

    assert {"ab"} == set(table.frame["note"])
    assert 33 == len(table.frame)
    assert Cleaning(n_cells=33, n_removed=33) == table.cleaned
    assert "Removed from the texts: 33 control signs." == table.notes[-1]


def test_control_signs_in_headings_go_too() -> None:
    """A NUL in a heading would be the same trouble later."""
    table = read_table(b"id,no\x00te\n1,x\n")

    assert ["id", "note"] == list(table.frame)
    assert {"id": "id", "note": "note"} == table.labels
    assert 1 == table.cleaned.n_removed


def test_a_row_of_control_signs_is_a_row_without_content() -> None:
    """The Ctrl-Z with which old programs end a file is no respondent."""
    table = read_table(b"id,note\r\n1,x\r\n\r\n,\r\n\x1a")

    assert 1 == len(table.frame)
    assert "2 rows without content left out." in table.notes


def test_ragged_rows_are_kept_and_said() -> None:
    """A short row is filled, a long one gets a column; both are named by row."""
    table = read_table(b"id,Q1,Q2\n1,5,4\n2\n3,5,4,extra\n4,1,2\n")

    expected = {
        "id": ["1", "2", "3", "4"],
        "Q1": ["5", "", "5", "1"],
        "Q2": ["4", "", "4", "2"],
        "column 4": ["", "", "extra", ""],
    }
    assert_frame_equal(pd.DataFrame(expected, dtype="str"), table.frame)
    assert (1, 3, 4) == table.reading.row_widths
    assert (
        "2 rows with more or fewer cells than the 3 headings, all kept (row 3, 4)."
        in table.notes
    )


def test_many_ragged_rows_show_the_first_five() -> None:
    """The heading row is none of them, whatever stands above it."""
    table = read_table(b"sep=,\nTitle\nid,Q1\n" + b"1\n" * 9, skip_rows=1)

    assert (
        "9 rows with more or fewer cells than the 2 headings, all kept "
        "(row 3, 4, 5, 6, 7, ...)." in table.notes
    )


def test_a_short_heading_row_is_no_ragged_row() -> None:
    """The rows that are shown are rows of answers."""
    notes = recognise(b"Q1\nHow?,Why?\n1,2\n3\n", header_rows=2).notes

    assert (
        "1 row with more or fewer cells than the 2 headings, all kept (row 4)." in notes
    )


def test_trailing_commas_make_no_columns() -> None:
    """A column without heading and content is left out and said."""
    table = read_table(b"id,Q1,,\n1,5,,\n2,4,,\n")

    assert ["id", "Q1"] == list(table.frame)
    assert 4 == table.reading.n_columns
    assert "2 columns without heading and content left out." == table.notes[-1]


def test_a_named_column_without_content_is_kept() -> None:
    """Nobody answered, which is worth knowing."""
    assert ["id", "Q1"] == list(read_table(b"id,Q1\n1,\n2,\n").frame)


def test_a_title_above_the_table_is_pointed_out_and_can_be_skipped() -> None:
    """The note names the number to pass."""
    data = b"Visitor survey\nMay 2024\nid,Q1,Q2\n1,5,4\n2,3,2\n3,3,3\n"

    found = recognise(data)
    table = read_table(data, skip_rows=2)

    assert any("skip_rows=2" in note for note in found.notes)
    assert ["id", "Q1", "Q2"] == list(table.frame)
    assert 3 == len(table.frame)
    with pytest.raises(InputError, match="skip_rows must be 0 or more"):
        recognise(data, skip_rows=-1)


def test_a_file_of_titles_only_is_not_told_to_skip_itself() -> None:
    """One cell a row under three headings is a ragged table, and nothing more."""
    notes = recognise(b"a,,\nb,,\nc,,\n", header_rows=1).notes

    assert not any("skip_rows" in note for note in notes)


def test_one_column_is_read_and_doubted() -> None:
    """It may be a list, or a table with an unusual delimiter."""
    table = read_table(b"note\nfine\nbad\n")

    assert ["fine", "bad"] == table.frame["note"].tolist()
    assert any("Only one column was found" in note for note in table.notes)


def test_a_guarded_formula_comes_back_as_it_was_typed() -> None:
    """An apostrophe that guards is taken off and counted, any other stays."""
    table = read_table(b"id,note\n1,'=1+1\n2,'tis fine\n3,'+49 1\n4,it's\n")

    assert ["=1+1", "'tis fine", "+49 1", "it's"] == table.frame["note"].tolist()
    assert Cleaning(n_cells=2, n_unguarded=2) == table.cleaned
    assert "Taken off in front of formulas: 2 apostrophes." == table.notes[-1]


def test_a_large_table_is_read_in_parts() -> None:
    """Rows beyond the first million cells stand below the others, in order."""
    n_rows = 60_000
    rows = "".join(f"{n},{n % 11},x,y,z,,,,,,,,,,,,,,,\n" for n in range(n_rows))
    data = ",".join(f"Q{n}" for n in range(20)) + "\n" + rows + "last\n"

    table = read_table(data.encode())

    assert (n_rows + 1, 20) == table.frame.shape
    assert [str(n) for n in range(n_rows)] == table.frame["Q0"].tolist()[:-1]
    assert ["last", "", ""] == table.frame.iloc[-1, :3].tolist()


def test_a_late_long_row_fills_the_column_above_it() -> None:
    """A part of the table that lacks a column has it empty."""
    data = "id\n" + "1\n" * 2_000 + "2,late\n"

    column = read_table(data.encode(), delimiter=",").frame["column 2"]

    assert (2_001, "late", {""}) == (len(column), column.iloc[-1], set(column[:-1]))


def test_a_table_goes_out_quoted_marked_and_harmless() -> None:
    """Mark, quotes, CR LF, apostrophes; missing values are empty."""
    frame = pd.DataFrame(
        {
            "id": [1, 2],
            "=note": ['a "b"', None],
            "share": [0.5, float("nan")],
            "formula": ["=HYPERLINK(1)", "-5"],
            "day": pd.to_datetime(["2024-05-01", None]),
        }
    )
    before = frame.copy()

    out = write_csv(frame)

    assert (
        "\ufeff"
        '"id","\'=note","share","formula","day"\r\n'
        '"1","a ""b""","0.5","\'=HYPERLINK(1)","2024-05-01 00:00:00"\r\n'
        '"2","","","-5",""\r\n'
    ) == out.decode("utf-8")
    assert_frame_equal(before, frame)


def test_half_a_sign_does_not_go_out() -> None:
    """No encoding has it; the sentence says what to do."""
    with pytest.raises(InputError, match="half a character"):
        write_csv(pd.DataFrame({"note": pd.Series(["\ud800"], dtype=object)}))


cells = st.text(max_size=12).map(lambda text: clean_text(text).text) | st.sampled_from(
    ["=1", "'=1", "''", '"', "a;b;c;d", "\n", "\t", "sep=;", "1,5", "x" * 300, "a|b|c"]
)


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=6
        )
    )
)
def test_what_goes_out_comes_back(rows: list[list[str]]) -> None:
    """Any clean texts survive the way through a file, formulas and quotes too."""
    names = [f"Q{n}" for n in range(len(rows[0]))]
    table = pd.DataFrame(rows, columns=names).assign(row=range(len(rows))).astype("str")

    back = read_table(write_csv(table), keep_personal=True)

    assert_frame_equal(table, back.frame, check_column_type=False)
    assert ("utf-8", "utf-8", ",", 1) == (
        back.reading.encoding,
        back.reading.bom,
        back.reading.delimiter,
        back.reading.header_rows,
    )
