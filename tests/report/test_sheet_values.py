"""What a page wrote as words, as numbers and days again; and nothing else."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest
from report_notebooks import executed

from journeykit.language import NBSP, speaking
from journeykit.report import parts
from journeykit.report.part_tables import table_data
from journeykit.report.sheet_values import SheetColumn, sheet_values
from journeykit.report.spreadsheet import spreadsheet
from journeykit.show.charts import picture


def _second(texts: list[str]) -> SheetColumn:
    rows = pd.DataFrame({"name": ["x"] * len(texts), "said": texts})
    return sheet_values(table_data(rows, {"name": "Name", "said": "Said"}))[1]


@pytest.mark.parametrize(
    ("texts", "look", "values"),
    [
        (["2,831", "16", ""], "number", [2831.0, 16.0, None]),
        ([f"57{NBSP}%", "\N{EM DASH}"], "share", [0.57, None]),
        (["+1", "0", "\N{MINUS SIGN}2"], "signed", [1.0, 0.0, -2.0]),
        (["3.0", "2.5"], "number1", [3.0, 2.5]),
        ([f"7{NBSP}Jan{NBSP}2027", ""], "day", ["2027-01-07", None]),
    ],
)
def test_words_of_ours_are_values_again(
    texts: list[str], look: str, values: list[object]
) -> None:
    """Counts can be summed and days sorted, though a page wrote them as words."""
    column = _second(texts)

    assert look == column.look
    assert values == list(column.values)


@pytest.mark.parametrize(
    "texts",
    [
        ["007", "12"],
        ["2017", "2018"],
        ["2 of 3", "1 of 1"],
        [f"57{NBSP}%", "39.8"],
        ["31 Feb 2027"],
        ["in 2027"],
        ["1,2,3"],
    ],
)
def test_what_people_typed_stays_as_it_is(texts: list[str]) -> None:
    """A code, a year, a mixture or no day at all is text."""
    column = _second(texts)

    assert "text" == column.kind
    assert texts == list(column.values)


def test_words_are_read_in_the_language_they_were_written_in() -> None:
    """A point that sets thousands apart is no decimal point."""
    with speaking("de"):
        count, day = _second(["2.831"]), _second(["07.01.2027"])

    assert ("number", [2831.0]) == (count.look, list(count.values))
    assert ["2027-01-07"] == list(day.values)


def test_shares_of_a_chart_are_percentages() -> None:
    """As on the picture, whose title says 56 %; a score in points has one digit."""
    scores = pd.DataFrame(
        {
            "name": ["Search"],
            "value": [0.5572],
            "low": [0.5373],
            "high": [0.5769],
            "n": [2421],
            "reliability": ["enough"],
        }
    )
    forms = []
    for measure in ("customer_satisfaction_score", "net_promoter_score"):
        drawn = picture("scores_by_touchpoint", scores=scores, definition=measure)
        raw = spreadsheet(executed(parts.figure(drawn, named={"touchpoint": "Group"})))
        sheet = openpyxl.load_workbook(io.BytesIO(raw)).worksheets[1]
        head = sheet.max_row - 1
        forms.append(sheet.cell(head + 1, 2).number_format)

        assert "Group" == sheet.cell(head, 1).value
        assert 0.5572 == sheet.cell(head + 1, 2).value

    assert ["0.0\\ %_w_w", "#,##0.0_w_w"] == forms
