"""Where printed pictures stand: whole, with their words, and no page half empty."""

from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd
import pypdfium2
import pytest
import typst
from markupsafe import Markup
from report_notebooks import executed, pdf_texts

from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.print_page import Paper, print_pdf
from journeykit.show.charts import Picture, Words

_AGAIN = "″"


def _tall(name: str, height: int) -> Markup:
    """Return a picture that names its head and its foot."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="762" height="{height}" '
        'viewBox="0 0 762 {height}"><desc>A picture</desc>'
        '<text x="4" y="20">Top{name}</text><text x="4" y="{foot}">End{name}</text>'
        "</svg>"
    ).format(height=height, name=name, foot=height - 6)


def _figure(name: str, *heights: int) -> Part:
    """Return a figure of sheets of these heights, at 762 pixels to the line."""
    sheets = tuple(_tall(f"{name}{n}", one) for n, one in enumerate(heights))
    words = Words(f"Title{name}", "Below", f"Source{name}", "")
    numbers = pd.DataFrame({"name": ["x"]})
    return parts.figure(Picture(words, sheets[0], None, numbers, sheets))


def _rows(number: int) -> Part:
    frame = pd.DataFrame({"name": [f"Row{n:03}x" for n in range(number)]})
    return parts.ranked_table(frame, {"name": "Touchpoint"})


def _page(pages: list[str], said: str) -> int:
    """Return the number of the one page that says this."""
    found = [n for n, page in enumerate(pages, 1) if said in page]
    assert 1 == len(found), (said, found)
    return found[0]


def _lowest(pdf: bytes) -> float:
    """Return how far the lowest letter of any page stands above its foot."""
    with pypdfium2.PdfDocument(pdf) as document:
        return min(
            text.get_charbox(n)[1]
            for page in document
            for text in [page.get_textpage()]
            for n in range(text.count_chars())
        )


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_sheets_that_are_too_tall_keep_head_and_foot(paper: Paper) -> None:
    """Each sheet is on one page, from its first line to its last."""
    pdf = print_pdf(
        executed(parts.section("The map", "Words."), _figure("M", 1150, 1400, 1300)),
        paper=paper,
    )
    pages = pdf_texts(pdf)

    assert [1, 2, 3] == [_page(pages, f"TopM{n}") for n in range(3)]
    assert [1, 2, 3] == [_page(pages, f"EndM{n}") for n in range(3)]
    assert 3 == _page(pages, "SourceM")
    assert 0 < _lowest(pdf)


def test_heading_of_a_section_is_on_the_page_of_its_picture() -> None:
    """A heading does not stand alone on the page before a full-page picture."""
    pages = pdf_texts(
        print_pdf(
            executed(_rows(30), parts.section("Origin", "Words."), _figure("C", 1000)),
            paper="us-letter",
        )
    )

    assert 2 == _page(pages, "EndC0")
    assert "Origin" in pages[1]


def test_picture_gives_way_a_little_to_stay_on_its_page() -> None:
    """What is left of a page is used, if the picture's words stay large enough."""
    pages = pdf_texts(print_pdf(executed(_rows(10), _figure("A", 820))))

    assert 1 == _page(pages, "EndA0")


def _section_whose_picture_fills_a_page() -> list[Part]:
    """Return rows, then a section: its heading, its picture, twelve sentences."""
    said = [f"Sentence {n} of the section. " * 3 for n in range(12)]
    return [
        _rows(12),
        parts.section("Origin", "Words."),
        _figure("C", 900),
        parts.sentences(said, heading=""),
    ]


def test_what_follows_comes_up_before_a_picture_that_has_no_room() -> None:
    """The page before a full-page picture is filled with the text of its section."""
    pages = pdf_texts(
        print_pdf(
            executed(
                *_section_whose_picture_fills_a_page(),
                parts.section("After", "Words."),
            )
        )
    )

    assert 1 == _page(pages, "Sentence 11")
    assert 2 == _page(pages, "EndC0")
    assert "Origin" in pages[0]
    assert "After" in pages[1]


def test_table_is_not_begun_before_a_picture_that_would_cut_it() -> None:
    """What comes up before a picture comes up whole; the rest stands below it."""
    pages = pdf_texts(
        print_pdf(
            executed(
                *_section_whose_picture_fills_a_page(),
                parts.ranked_table(
                    pd.DataFrame({"name": [f"Late{n:02}" for n in range(30)]}),
                    {"name": "Touchpoint"},
                ),
            )
        )
    )

    assert 1 == _page(pages, "Sentence 11")
    assert 2 == _page(pages, "EndC0")
    assert 2 <= _page(pages, "Late00")


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("n_rows", [3, 11, 19, 27])
def test_contents_say_the_pages_where_headings_stand(n_rows: int, paper: Paper) -> None:
    """However the pictures moved, every page number is right."""
    shown: list[Part] = [parts.band("Journey")]
    for n in range(12):
        shown += [
            parts.section(f"Section{n:02}", "Words."),
            _figure(f"F{n:02}", 300 + 170 * (n % 5)),
            _rows(n_rows + n),
        ]
    pages = pdf_texts(print_pdf(executed(*shown), paper=paper))
    found = dict(re.findall(r"(Section\d\d)\s+(\d+)", pages[0]))
    stands = {
        f"Section{n:02}": str(
            next(
                at
                for at, page in enumerate(pages, 1)
                if f"Section{n:02}" in re.sub(r"Section\d\d\s+\d+", "", page)
            )
        )
        for n in range(12)
    }

    assert stands == found
    assert f"1 / {len(pages)}" in pages[0]


def test_pages_that_never_settle_are_set_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Page numbers that may be wrong are never given away."""
    real = typst.compile_with_warnings
    asked: list[bool] = []

    def unsettled(files: dict[str, bytes], **options: Any) -> Any:
        in_order = json.loads(files["report.json"])["in_order"]
        asked.append(in_order)
        made, _ = real(files, **options)  # type: ignore[call-overload]
        return made, [] if in_order else ["document did not converge"]

    monkeypatch.setattr(typst, "compile_with_warnings", unsettled)
    pages = pdf_texts(
        print_pdf(executed(_rows(10), _figure("A", 820), _figure("B", 800)))
    )

    assert [False, True] == asked
    assert [2, 3] == [_page(pages, "EndA0"), _page(pages, "EndB0")]


def test_no_page_begins_with_ditto_marks() -> None:
    """The first row of a page says what rows before it said on another page."""
    names = ["Checkpoint" if n % 40 == 0 else _AGAIN for n in range(120)]
    frame = pd.DataFrame(
        {"stage": names, "name": [f"Row{n:03}x" for n in range(len(names))]}
    )
    pages = pdf_texts(
        print_pdf(
            executed(parts.ranked_table(frame, {"stage": "Stage", "name": "Name"}))
        )
    )

    assert 3 <= len(pages)
    assert all(re.search(r"Stage\s+Name\s+(\d+\s+)?Checkpoint", page) for page in pages)


@pytest.mark.parametrize("n_rows", [40, 41, 42, 43, 44, 45, 46, 47])
def test_source_of_a_table_is_on_the_page_of_its_last_row(n_rows: int) -> None:
    """No source stands alone at the head of a page."""
    frame = pd.DataFrame({"name": [f"Row{n:03}x" for n in range(n_rows)]})
    table = parts.ranked_table(frame, {"name": "Touchpoint"}, source="From a survey")
    pages = pdf_texts(print_pdf(executed(table)))

    assert _page(pages, f"Row{n_rows - 1:03}x") == _page(pages, "From a survey")
