"""How far the map rests on data, shown for a team."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import journeykit
from journeykit.model.records import FeedbackMapping
from journeykit.report.evidence_page import EvidencePage
from journeykit.workshop import Workshop


@pytest.fixture(scope="module")
def airport() -> Iterator[Workshop]:
    """Give the airport with its survey."""
    with journeykit.new(None, starter="airport") as made:
        yield made


@pytest.fixture
def blank() -> Iterator[Workshop]:
    """Give a workshop without data."""
    with journeykit.new(None, title="Bank") as made:
        yield made


def shown(part: object) -> str:
    """Return what a part shows."""
    return str(part.__html__()) if hasattr(part, "__html__") else ""


def test_airport_names_what_has_no_data(airport: Workshop) -> None:
    """Two touchpoints, one channel, one stage."""
    text = shown(EvidencePage(airport).coverage())

    assert "2 touchpoints have no data" in text
    assert "Wait for the bags" in text
    assert "6 of 7" in text


def test_groups_are_compared_with_the_customers(airport: Workshop) -> None:
    """Segments whose share is known have a verdict; personas say it is not known."""
    text = shown(EvidencePage(airport).representativeness())

    assert "as among customers" in text
    assert "share of customers not known" in text


def test_drivers_are_drawn_and_called_no_causes(airport: Workshop) -> None:
    """With touchpoints by their names."""
    text = shown(EvidencePage(airport).drivers())

    assert "<svg" in text
    assert "Drivers are not causes" in text
    assert "Find the way to the gate (Q7SIGN)" in text
    assert "Use the restrooms (" not in text


def test_answers_left_out_of_the_lists_are_quoted(airport: Workshop) -> None:
    """A code and its count are not one number."""
    text = shown(EvidencePage(airport).customers())

    assert "84 “11 no answer”" in text


def test_ledger_and_shares_say_what_there_is(airport: Workshop) -> None:
    """Every data set with rows and period."""
    page = EvidencePage(airport)

    assert "2,831" in shown(page.ledger())
    assert "computed from data" in shown(page.shares())


@pytest.mark.parametrize("name", ["ledger", "drivers", "themes", "representativeness"])
def test_nothing_yet_is_said_kindly(blank: Workshop, name: str) -> None:
    """One sentence, no empty table."""
    text = shown(getattr(EvidencePage(blank), name)())

    assert "<table" not in text
    assert len(text) > 40


def test_comments_are_sorted_into_themes(blank: Workshop) -> None:
    """With the share that fits none, and examples in people's words."""
    lines = ["text", *["The queue was long"] * 8, *["Lovely people"] * 6]
    mapping = FeedbackMapping(text=("text",))
    blank.import_records("\n".join(lines).encode(), mapping=mapping, title="Comments")
    text = shown(EvidencePage(blank).themes())

    assert "Long waits" in text
    assert "The queue was long" in text
    assert "Not assigned" in text
