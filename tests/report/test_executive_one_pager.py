"""The journey on one page: one sheet, two slides, and what a sponsor reads there."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pptx
import pypdfium2
import pytest
from report_notebooks import HOSTILE, executed

import journeykit
from journeykit.exchange.starters import starter_names
from journeykit.report.catalogue import report_on
from journeykit.report.executive_one_pager import ExecutiveOnePager
from journeykit.report.part import Part
from journeykit.report.print_page import print_pdf
from journeykit.report.slides import slides
from journeykit.text import clean_text

PARTS = ("band", "found", "evidence", "curve", "pain_points", "actions", "decision")


@contextmanager
def opened(path: Path, **options: Any) -> Iterator[ExecutiveOnePager]:
    """Open the report on a workshop."""
    with journeykit.open(path, is_read_only=True) as workshop:
        yield ExecutiveOnePager(workshop, **options)


def parts_of(report: ExecutiveOnePager) -> list[Part]:
    """Return the parts as the notebook shows them."""
    return [getattr(report, name)() for name in (*PARTS, "credits")]


def n_pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def test_airport_is_one_page_of_paper_and_two_slides(made_airport: Path) -> None:
    """A4 and letter; the findings are three, each with its number."""
    with opened(made_airport) as report:
        shown = parts_of(report)
    book = executed(*shown)

    assert 1 == n_pages(print_pdf(book))
    assert 1 == n_pages(print_pdf(book, paper="us-letter"))
    assert 2 == len(pptx.Presentation(io.BytesIO(slides(book))).slides)
    assert ["39.8", "56\xa0%", "20"] == [n for n, _ in shown[1].data["sentences"]]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_notebook_runs_on_the_airport(made_airport: Path, tmp_path: Path) -> None:
    """With a real kernel, in two formats."""
    made = report_on(
        str(made_airport), "executive_one_pager", {}, tmp_path, ("html", "pdf")
    )

    assert ["airport-executive_one_pager.html", "airport-executive_one_pager.pdf"] == [
        one.name for one in made
    ]
    assert 1 == n_pages(made[1].read_bytes())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_notebook_runs_on_an_empty_workshop(tmp_path: Path) -> None:
    """It says what is missing, and in which step it is added."""
    path = tmp_path / "blank.journey"
    journeykit.new(path, title="Trip").close()
    (page,) = report_on(str(path), "executive_one_pager", {}, tmp_path / "out")
    html = page.read_text(encoding="utf-8")

    for words in (
        "step 5, evidence",
        "step 7, pain points",
        "step 12, the action plan",
    ):
        assert words in html
    assert "Traceback" not in html


@pytest.mark.parametrize("starter", starter_names())
def test_every_starter_stays_on_one_page(starter: str, tmp_path: Path) -> None:
    """Whatever an industry brings along, its plan and people fit on the sheet."""
    path = tmp_path / "made.journey"
    journeykit.new(path, starter=starter).close()
    with opened(path) as report:
        book = executed(*parts_of(report))

    assert 1 == n_pages(print_pdf(book))


def test_decision_asks_for_what_the_plan_lacks(tmp_path: Path) -> None:
    """Work to agree to, an owner, a day, and what nobody answers."""
    path = tmp_path / "plan.journey"
    with journeykit.new(path, title="Trip") as workshop:
        workshop.add("pain_point", text="Long queue", severity=4, frequency=5)
        workshop.add("action", text="Open a counter")
    with opened(path) as report:
        asked = report.decision().data["texts"]

    assert [
        "Agree to 1 planned action, whose work or start is not known yet.",
        "Name who does: Open a counter.",
        "Decide on what no action answers: Long queue.",
        "Set a day for: Open a counter.",
    ] == asked


def test_long_and_hostile_words_stay_on_the_page(tmp_path: Path) -> None:
    """Names are cut in one line; the sheet stays one, and says how many there are."""
    path = tmp_path / "long.journey"
    with journeykit.new(path, title="T" * 190) as workshop:
        stage = workshop.entries("stage")[0].id
        for number, text in enumerate(HOSTILE):
            name = f"{number} {clean_text(text).text} {'long words ' * 8}"[:290]
            workshop.add("touchpoint", stage=stage, name=name, emotion=number % 5 - 2)
            workshop.add("pain_point", text=name, severity=4, frequency=number % 5 + 1)
            workshop.add("action", text=name, expected_effect=name)
    with opened(path) as report:
        shown = parts_of(report)

    assert 1 == n_pages(print_pdf(executed(*shown)))
    assert f"The first 3 of {len(HOSTILE)} open pain points" == shown[4].data["title"]


def test_notebook_shows_these_parts() -> None:
    """The test stands for the notebook."""
    path = Path(__file__).parents[2] / "templates/reports/executive_one_pager.ipynb"
    book = nbformat.read(path, as_version=4)
    calls = [cell.source for cell in book.cells[2:]]

    assert [f"report.{name}()" for name in (*PARTS, "credits")] == calls
