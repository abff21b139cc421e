"""Amounts, yes and no, names and ratings of a column."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.exchange.record_columns import (
    read_amounts,
    read_flags,
    read_names,
    read_ratings,
)
from journeykit.model import Scale


def amounts(*cells: Any, **told: Any) -> list[float | None]:
    """Return the numbers of a column; None where there is none."""
    values = read_amounts(pd.Series(cells), **told).values
    return [None if math.isnan(value) else value for value in values]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12", 12.0),
        ("+12.50", 12.5),
        ("1,234.50", 1234.5),
        ("1.234,50", 1234.5),
        ("1 234,50", 1234.5),
        ("1'234.50", 1234.5),
        ("1,00,000.5", 100000.5),
        ("1.234.567", 1234567.0),
        ("0.125", 0.125),
        ("0,5", 0.5),
        (".5", 0.5),
        ("£7.25", 7.25),
        ("-£7.25", -7.25),
        ("$-8", -8.0),
        ("10 €", 10.0),
        ("CHF 10.-", 10.0),
        ("12,-", 12.0),
        ("12.50-", -12.5),
        ("(3.00)", -3.0),
        ("−5.5", -5.5),
        ("5 %", 0.05),
        ("1e3", 1000.0),
    ],
)
def test_an_amount_is_read_however_it_is_written(cell: str, expected: float) -> None:
    """Signs of money, thousands, minus before, behind and in brackets."""
    assert [expected] == amounts(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "abc",
        "1,2,3",
        "12 boxes",
        "1.2.3",
        "--5",
        "(-5)",
        "(5",
        "5)",
        "1e400",
        "9" * 400,
        "12:30",
    ],
)
def test_what_is_no_amount_is_unreadable_and_shown(cell: str) -> None:
    """It becomes no number, not even infinity."""
    found = read_amounts(pd.Series(["1.50", cell]))

    assert (1, ((3, cell[:60]),)) == (found.n_unreadable, found.unreadable)
    assert found.values.isna().tolist() == [False, True]


def test_the_whole_column_tells_the_decimal_sign() -> None:
    """1,234 is a thousand beside 0.50 and a bit more than one beside 0,50."""
    assert [1234.0, 0.5] == amounts("1,234", "0.50")
    assert [1.234, 0.5] == amounts("1,234", "0,50")
    assert "decimal commas" in read_amounts(pd.Series(["1,234", "0,50"])).notes[0]


@pytest.mark.parametrize("cells", [("1,234", "2,500", "7"), ("1.234", "2.500")])
def test_nobody_guesses_where_the_column_does_not_tell(cells: tuple[str, ...]) -> None:
    """Every amount reads both ways: told, it is read so."""
    assert read_amounts(pd.Series(cells)).is_ambiguous
    assert {1234.0, 1.234} == {amounts(*cells, decimal=one)[0] for one in (".", ",")}
    assert not read_amounts(pd.Series(cells), decimal=",").is_ambiguous


def test_currencies_are_taken_off_and_said() -> None:
    """Pounds and euros in one column are no sum of anything."""
    assert ("the currency sign £ was taken off.",) == read_amounts(
        pd.Series(["£1.50", "£2.50"])
    ).notes
    assert (
        "(£, €) stand in one column" in read_amounts(pd.Series(["£1", "€2"])).notes[0]
    )


def test_numbers_stay_numbers() -> None:
    """Parquet has them already; infinity is no amount."""
    assert [1.5, None, None] == amounts(1.5, None, math.inf)


@given(st.lists(st.text(max_size=20), max_size=20))
def test_no_text_breaks_the_reader(cells: list[str]) -> None:
    """Every cell is a finite number, missing, or unreadable."""
    found = read_amounts(pd.Series(cells, dtype="str"))
    there = found.values.dropna()

    assert len(cells) == len(there) + found.n_missing + found.n_unreadable
    assert all(math.isfinite(value) for value in there)


@given(st.lists(st.decimals(-10_000, 10_000, places=2), min_size=1, max_size=20))
def test_german_and_english_amounts_are_the_same(numbers: list[Any]) -> None:
    """Thousands and decimals change places, the numbers stay."""
    english = [f"{number:,.2f}" for number in numbers]
    german = [text.translate(str.maketrans(",.", ".,")) for text in english]

    assert [float(n) for n in numbers] == amounts(*english) == amounts(*german)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        *(("TRUE", True), ("t", True), ("1", True), ("1.0", True), ("Ja", True)),
        *(("cancelled", True), ("x", True), (True, True), (1, True)),
        *(("f", False), ("0", False), ("Nein", False), ("", False), (None, False)),
        *(("paid", False), (0.0, False)),
    ],
)
def test_yes_and_no_in_several_tongues(cell: Any, expected: bool) -> None:
    """An empty cell says no."""
    assert [expected] == read_flags(pd.Series([cell])).values.tolist()


def test_what_says_neither_yes_nor_no_is_shown() -> None:
    """With words of one's own there is nothing to be unsure of."""
    column = pd.Series(["perhaps", "Retour"])

    assert ((2, "perhaps"), (3, "Retour")) == read_flags(column).unreadable
    own = read_flags(column, true_values=["retour"])
    assert ([False, True], 0) == (own.values.tolist(), own.n_unreadable)


def test_names_are_the_same_in_every_file() -> None:
    """A program's 13085.0 is the shop's 13085; a real end stays."""
    assert ["13085", "17850"] == read_names(
        pd.Series(["13085.0", "17850.0"])
    ).values.tolist()
    assert ["13085"] == read_names(pd.Series([13085.0, None])).values.dropna().tolist()
    assert ["00012", "12.0"] == read_names(pd.Series(["00012", "12.0"])).values.tolist()
    assert ["5", "6"] == read_names(pd.Series([5, 6])).values.tolist()
    assert 3 == read_names(pd.Series(["", "null", None])).n_missing


def test_numbers_that_a_spreadsheet_rounded_are_said() -> None:
    """3.29E+09 stands for many customers."""
    assert "rounded by a spreadsheet" in read_names(pd.Series(["3.29E+09"])).notes[0]


def test_ratings_are_those_of_the_declared_scale() -> None:
    """A code is no answer, a six is outside, a word is unreadable; all are counted."""
    scale = Scale(lowest=1, highest=5, not_answers={"0": "none", "Skipped": "skipped"})
    column = pd.Series(["4,5", "0", "6", "good", None, "skipped", "2"])
    found = read_ratings(column, scale)

    assert [4.5, 2.0] == found.values.dropna().tolist()
    assert {"0": 1, "Skipped": 1} == found.not_answers
    assert (1, ((4, "6"),)) == (found.n_outside, found.outside)
    assert (1, ((5, "good"),)) == (found.n_unreadable, found.unreadable)
    assert 1 == found.n_missing
