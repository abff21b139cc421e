"""Where the pages of a printed report end: nothing stands alone, no sheet is wasted."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from report_notebooks import executed, pdf_texts

from journeykit.report import parts
from journeykit.report.print_page import print_pdf
from journeykit.report.worksheets import worksheet

_TITLE = "From the front door to the gate, and home again"


def _rows_of_pages(*shown: parts.Part) -> list[list[str]]:
    """Return the numbered rows of a table that each page has."""
    pages = pdf_texts(print_pdf(executed(*shown)))
    return [re.findall(r"Row\d{3}x", page) for page in pages]


@pytest.mark.parametrize("n_rows", [42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52])
def test_no_row_stands_alone_on_a_page(n_rows: int) -> None:
    """However many rows a table has, each page that holds some holds two of them."""
    frame = pd.DataFrame({"name": [f"Row{n:03}x" for n in range(n_rows)]})
    found = _rows_of_pages(parts.ranked_table(frame, {"name": "Touchpoint"}))

    assert n_rows == sum(map(len, found))
    assert all(len(rows) != 1 for rows in found)


@pytest.mark.parametrize("n_rows", [36, 37, 38, 39, 40, 41, 42, 43, 44])
def test_credits_never_stand_alone(n_rows: int) -> None:
    """What a report rests on is on the page of the last rows of what it left out."""
    rows = [(f"Row{n:03}x", "blank", n) for n in range(n_rows)]
    pages = pdf_texts(
        print_pdf(executed(parts.left_out(rows), parts.credits(["Rests on a survey"])))
    )

    assert "Rests on a survey" in pages[-1]
    assert f"Row{n_rows - 1:03}x" in pages[-1]


def test_title_is_made_smaller_before_it_takes_a_second_line() -> None:
    """No word of a title stands alone below the others."""
    first = pdf_texts(print_pdf(executed(parts.band(_TITLE))))[0]

    assert _TITLE in first.splitlines()


def test_rules_stand_together_and_share_a_page_with_the_first_sheet() -> None:
    """Ten short rules and three sheets to write on take three pages, not four."""
    rules = parts.sentences([f"Rule {n}." for n in range(10)], heading="Ground rules")
    sheets = [worksheet(f"Sheet {n}", "What hurts?", lines=20) for n in range(3)]
    pages = pdf_texts(print_pdf(executed(rules, *sheets)))

    assert 3 == len(pages)
    assert all(f"Rule {n}." in pages[0] for n in range(10))
    assert all(f"Sheet {n}" in page for n, page in enumerate(pages))


def test_long_word_in_a_narrow_column_breaks_as_its_language_does() -> None:
    """A word of letters alone is hyphenated, not cut before its last one."""
    names = [f"c{n}" for n in range(12)]
    frame = pd.DataFrame({name: ["The holidaymaker of the family"] for name in names})
    text = " ".join(
        pdf_texts(print_pdf(executed(parts.ranked_table(frame, {n: n for n in names}))))
    )

    assert len(names) == len(re.findall(r"holi\W?(\r\n)?day\W?(\r\n)?maker", text))
    assert "holidaymaker" not in text


def test_first_lines_of_a_section_without_data_stay_with_its_heading() -> None:
    """A sentence that says there is nothing does not begin the next page alone."""
    for n_rows in range(30, 44):
        frame = pd.DataFrame({"name": [f"Row{n:03}x" for n in range(n_rows)]})
        pages = pdf_texts(
            print_pdf(
                executed(
                    parts.ranked_table(frame, {"name": "Touchpoint"}),
                    parts.section("What moved", "Beyond its interval."),
                    parts.sentence("No score can have moved."),
                    parts.section("The next", "Words."),
                )
            )
        )
        with_heading = next(page for page in pages if "Beyond its interval" in page)

        assert "No score can have moved." in with_heading
