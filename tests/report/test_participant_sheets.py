"""The participants' sheets: the exercises of the day, each on a page of its own."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pptx
import pytest
from report_notebooks import cells_of, executed, pdf_texts

from journeykit.exchange.agendas import agenda_names, exercise_cards
from journeykit.report.catalogue import template_named
from journeykit.report.markdown_page import markdown_page
from journeykit.report.page import page_html
from journeykit.report.part import Part
from journeykit.report.participant_sheets import CARDS_OF_STEPS, ParticipantSheets
from journeykit.report.print_page import print_pdf
from journeykit.report.run import run_report
from journeykit.report.slides import slides
from journeykit.report.worksheets import MOST_LINES, worksheet

NAME = "participant_sheets"
PUBLISHED = Path(__file__).resolve().parents[1] / "data" / "agendas"


def headings(name: str) -> list[str]:
    """Return what the sheets of an agenda are called."""
    held = ParticipantSheets(agenda=name).sheets().data["parts"]
    return [one["data"]["heading"] for one in held]


def shown(report: ParticipantSheets) -> Iterator[Part]:
    """Yield the parts that the notebook shows."""
    for _, part in cells_of(NAME, report):
        yield part


def test_half_day_needs_these_sheets() -> None:
    """In the order of the day, each with the time at which it is needed."""
    assert [
        "09:00 Ground rules",
        "09:10 Check-in",
        "09:45 Persona back-story",
        "10:05 1-2-4-All",
        "10:50 Actions, thoughts, feelings",
        "10:50 Sentiment line",
        "11:30 Pain points",
        "12:00 Hidden vote",
        "12:15 Impact-effort grid",
        "12:35 Who-what-when",
        "12:52 Parking lot",
        "12:52 Check-out",
    ] == headings("half_day")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("two_half_days", "Session 2, 09:15: Scale vote"),
        ("self_guided", "Session 5, 09:00: Dot vote"),
        ("express", "10:35 Dot vote"),
        ("review", "10:55 Check-out"),
        (str(PUBLISHED / "published_390.json"), "13:00 Dot vote"),
    ],
)
def test_sheets_follow_the_blocks(name: str, expected: str) -> None:
    """A block that names its exercise has it; a session is named."""
    assert expected in headings(name)


@pytest.mark.parametrize("name", agenda_names())
def test_each_exercise_has_one_sheet(name: str) -> None:
    """However often a day needs it, and never two ways to vote in one block."""
    found = [card.name for card, _ in ParticipantSheets(agenda=name).exercises()]

    assert len(found) == len(set(found))
    assert not {"dot_vote", "hidden_vote"} <= set(found)


def test_agenda_that_names_no_step_gets_all_sheets(tmp_path: Path) -> None:
    """Nobody stands there without paper."""
    whole = {
        **dict.fromkeys(("title", "summary", "people"), "x"),
        "start": "09:00",
        "minutes": [30],
        "blocks": [{"title": "Talk", "minutes": 30}],
    }
    path = tmp_path / "talk.json"
    path.write_text(json.dumps(whole), encoding="utf-8")

    assert [card.title for card in exercise_cards()] == headings(str(path))


def test_steps_name_exercises_that_there_are() -> None:
    """No step asks for a card that was renamed."""
    known = {card.name for card in exercise_cards()}

    assert {name for some in CARDS_OF_STEPS.values() for name in some} <= known


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_each_sheet_is_one_page_of_paper(paper: str) -> None:
    """With the question and an example above the lines."""
    report = ParticipantSheets()
    n_sheets = len(report.exercises())
    texts = pdf_texts(print_pdf(executed(*shown(report)), paper=paper))  # type: ignore[arg-type]
    sheets = texts[-n_sheets:]

    for (card, _), text in zip(report.exercises(), sheets, strict=True):
        words = " ".join(text.split())
        assert card.title in words
        assert card.prompt in words
        assert "For example: " in words


def test_sheet_as_full_as_can_be_stays_on_its_page() -> None:
    """All lines below a heading and a question of two lines."""
    long = "What does the customer do here, and why? " * 4
    sheets = [worksheet("Sheet", long, example=long, lines=MOST_LINES)] * 2

    assert 2 == len(pdf_texts(print_pdf(executed(*sheets))))


def test_sheet_is_drawn_in_every_format() -> None:
    """Words and lines; on a slide as many as fit."""
    book = executed(worksheet("Pains", "What hurts?", example="Rain", lines=18))
    slide = pptx.Presentation(io.BytesIO(slides(book))).slides[0]
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    ruled = [one for one in slide.shapes if one.name.startswith("Rectangle")]
    html = page_html(book)
    lines = html.split('class="jk-lines"')[1]

    assert "What hurts?\nRain" in said
    assert 6 < len(ruled) <= 18
    assert 18 == lines.count("<div></div>")
    assert "## Pains\n\nWhat hurts?\n\n> Rain\n" in markdown_page(book)[0]


@pytest.mark.parametrize("lines", [0, MOST_LINES + 1])
def test_more_lines_than_a_page_holds_are_refused(lines: int) -> None:
    """Or none: then it is no sheet."""
    with pytest.raises(ValueError, match=f"1 to {MOST_LINES} lines"):
        worksheet("Pains", "What hurts?", lines=lines)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_notebook_runs_without_a_workshop(tmp_path: Path) -> None:
    """With a real kernel, on the screen and on paper."""
    given = {"agenda": "two_half_days"}
    made = run_report(
        template_named(NAME), given, tmp_path / "sheets.html", formats=("html", "pdf")
    )
    html = made[0].read_text(encoding="utf-8")

    assert "Session 1, 09:10: Check-in" in html
    assert html.count('class="jk-lines"') == len(headings("two_half_days"))
    assert "Session 2" in pdf_texts(made[1].read_bytes())[-1]
