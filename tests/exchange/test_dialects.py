"""Delimiters, line breaks and quotation marks."""

from __future__ import annotations

import csv

import pytest

from journeykit.errors import InputError
from journeykit.exchange.dialects import Records, delimiter_of, newline_of
from journeykit.exchange.tables import read_table, recognise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("a\tb\n1,5\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("only\n1\n2\n", ","),
        # Quoted semicolons outnumber commas; a quoted cell never ends before a comma.
        ('"a","b;c;d;e"\n"1","2;3;4;5"\n', ","),
        # Decimal commas in every row but the first, which has none.
        ("id;value\n1;2,5\n2;3,5\n3;4,5\n", ";"),
        # One row that lacks a cell, and a semicolon in every row.
        ("a,b,c,d;e\n1,2,3,4;5\n1,2,3,4;5\n1,2,3;4\n", ","),
        # Three choices in every answer, but one heading over them.
        ("id,likes\n" + "1,tea;milk;rum\n" * 10, ","),
        # A title above the table.
        ("Our survey 2024\na;b;c\n1;2;3\n4;5;6\n", ";"),
        # Several choices in one cell, as Google Forms writes them.
        ("id,likes,note\n1,tea;coffee,\n2,tea;milk,x\n", ","),
    ],
)
def test_the_delimiter_is_the_one_under_which_rows_are_alike(
    text: str, expected: str
) -> None:
    """Signs within cells do not mislead."""
    assert expected == delimiter_of(text)


def test_the_delimiter_of_a_long_table_is_judged_by_whole_rows() -> None:
    """The sample ends at a line break, even when a quoted cell is open there."""
    text = "a;b;c\n" + '1;"x\ny";3\n' * 40_000

    assert ";" == delimiter_of(text)
    assert "," == delimiter_of("a,b," + "x" * 300_000)


def test_excels_first_line_decides() -> None:
    """``sep=`` names the delimiter and is no row of the table."""
    table = read_table(b"sep=|\r\nid,x|note\r\n1,x|a\r\n2,x|d\r\n")

    assert "|" == table.reading.delimiter
    assert ["a", "d"] == table.frame["note"].tolist()


def test_a_delimiter_that_is_named_overrides() -> None:
    """Any single sign will do; quotation marks and words will not."""
    assert ["1:2"] == read_table(b"a\n1:2\n", delimiter=",").frame["a"].tolist()
    assert ["a", "b"] == list(read_table(b"a:b\n1:2\n", delimiter=":").frame)
    for sign in ('"', "\n", "ab", ""):
        with pytest.raises(InputError, match="one sign was expected as delimiter"):
            recognise(b"a\n1\n", delimiter=sign)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a,b\n1,2\n", "LF"),
        (b"a,b\r\n1,2\r\n", "CRLF"),
        (b"a,b\r1,2\r3,4", "CR"),
        (b'a,"b\nc\nd"\r\n1,2\r\n', "CRLF"),
    ],
)
def test_line_breaks_of_all_ages_are_read(data: bytes, expected: str) -> None:
    """Breaks within cells do not count as ends of rows."""
    reading = recognise(data)

    assert (expected, 2) == (reading.newline, reading.n_columns)
    assert "" == newline_of("one line")


def test_a_line_break_within_a_cell_stays_one() -> None:
    """Whatever it was in the file it is a newline in the table."""
    table = read_table(b'id,note\r\n1,"two\r\nlines"\r\n2,"and\rmore"\r\n')

    assert ["two\nlines", "and\nmore"] == table.frame["note"].tolist()


def test_a_quotation_mark_that_is_never_closed_names_its_line() -> None:
    """Else half a file would be one cell, and the rows would be gone in silence."""
    with pytest.raises(InputError, match="opens a cell in line 3 is never closed"):
        read_table(b'id,note\n1,fine\n2,"open\n3,x\n4,y\n')


def test_no_sign_in_a_file_ends_it_early() -> None:
    """The mark that this reader puts behind the last line is no use to a forger."""
    rows = list(Records("a,b\n\x1a\x02\x1a\n1,2", ",", "x.csv"))

    assert [["a", "b"], ["\x1a\x02\x1a"], ["1", "2"]] == rows


def test_the_limit_of_the_csv_module_is_put_back() -> None:
    """A cell of a megabyte is read; other users of the module notice nothing."""
    before = csv.field_size_limit()

    table = read_table(b"id,note\n1," + b"x" * 1_000_000 + b"\n")

    assert before == csv.field_size_limit()
    assert 20_000 == len(table.frame["note"][0])
    assert (
        "Cut off texts longer than 20,000 characters: 980,000 characters."
        == table.notes[-1]
    )
