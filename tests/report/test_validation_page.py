"""What customers say to the map, as the notebook shows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import journeykit
from journeykit.report.validation_page import ValidationPage
from journeykit.workshop import Workshop


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Give a workshop with three touchpoints."""
    with journeykit.new(None, title="Bank") as made:
        stage = made.entries("stage")[0].id
        for name in ("Door", "Desk", "Safe"):
            made.add("touchpoint", id=name.lower(), stage=stage, name=f"The {name}")
        yield made


def say(work: Workshop, subject: str, verdict: str, n: int, text: str = "Yes") -> None:
    """Note what customers said."""
    fields = {"verdict": verdict, "n_people": n, "text": text}
    work.add("comment", subject=subject, comment_kind="validation", **fields)


def text(part: object) -> str:
    """Return what a part shows."""
    html = str(part.__html__()) if hasattr(part, "__html__") else ""
    return html.replace("\N{NO-BREAK SPACE}", " ")


def test_each_touchpoint_has_its_verdict_by_how_many(work: Workshop) -> None:
    """Eight of ten: with Wilson's interval, 49 to 94."""
    say(work, "door", "confirmed", 8)
    say(work, "door", "contradicted", 2, "It is locked at noon")
    say(work, "desk", "confirmed", 3)
    shown = text(ValidationPage(work).verdicts())

    assert "1 of 3 touchpoints are confirmed, 1 contradicted" in shown
    assert "80 % (49 to 94)" in shown
    assert "too few" in shown
    assert "85 % (58 to 96) of 13 answers" in shown


def test_contradiction_is_named_with_its_words(work: Workshop) -> None:
    """Where, and what was said."""
    say(work, "door", "contradicted", 2, "It is <b>locked</b> at noon")
    shown = text(ValidationPage(work).contradictions())

    assert "Customers see a touchpoint otherwise than the map does" in shown
    assert "It is &lt;b&gt;locked&lt;/b&gt; at noon" in shown


def test_touchpoints_nobody_was_asked_about_are_named(work: Workshop) -> None:
    """Those somebody left out on purpose stand apart."""
    say(work, "door", "confirmed", 5)
    work.add(
        "comment",
        subject="safe",
        comment_kind="validation",
        verdict="not_asked",
        text="For staff",
    )
    shown = text(ValidationPage(work).not_asked())

    assert "one touchpoint: The Desk" in shown
    assert "The Safe was left out" in shown


def test_empty_workshop_says_how_to_begin(work: Workshop) -> None:
    """No table of nothing."""
    page = ValidationPage(work)

    assert "No answer of a customer is noted yet" in text(page.verdicts())
    assert "No answer of a customer is noted yet" in text(page.contradictions())
    assert "3 touchpoints" in text(page.not_asked())
