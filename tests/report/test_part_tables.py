"""Tables of a part, as texts and as values."""

from __future__ import annotations

import json
from datetime import date

import pandas as pd

from journeykit.report.part_tables import table_data


def test_values_keep_their_types() -> None:
    """A spreadsheet gets numbers as numbers, days as days, and gaps as gaps."""
    table = pd.DataFrame(
        {
            "share": [0.25, None],
            "n": pd.array([1200, None], dtype="Int64"),
            "is_open": [True, False],
            "due": [date(2026, 3, 1), None],
            "owner": ["=1+1", None],
        }
    )
    data = table_data(table)

    assert ["number", "whole", "yes_no", "day", "text"] == data["types"]
    assert [
        [0.25, 1200, True, "2026-03-01", "=1+1"],
        [None, None, False, None, None],
    ] == data["values"]
    assert data == json.loads(json.dumps(data, allow_nan=False))


def test_column_of_many_kinds_is_text() -> None:
    """A column that holds a word among numbers is shown as it was written."""
    data = table_data(pd.DataFrame({"rank": pd.Series([1, "few", 2.5], dtype=object)}))

    assert ["text"] == data["types"]
    assert [["1"], ["few"], ["2.5"]] == data["values"]


def test_numbers_without_end_have_no_value() -> None:
    """Infinity is no number that anybody could read."""
    data = table_data(pd.DataFrame({"ratio": [float("inf"), 1.5]}))

    assert [[None], [1.5]] == data["values"]
    assert [["—"], ["1.5"]] == data["rows"]


def test_texts_that_are_numbers_stand_like_numbers() -> None:
    """A score with its sign is aligned; names and shares in words are not."""
    table = pd.DataFrame(
        {
            "code": ["1", "2"],
            "felt": ["+1", "\N{MINUS SIGN}2"],
            "share": ["12\N{NO-BREAK SPACE}%", "—"],
            "n": pd.Series([782, 1175], dtype=object),
            "due": ["07.01.2027", "10.01.2027"],
            "part": ["5 of 5", "2"],
            "none": ["", ""],
        }
    )
    data = table_data(table)
    named = zip(data["columns"], data["numeric"], strict=True)

    assert ["felt", "share", "n"] == [
        column for column, is_number in named if is_number
    ]
