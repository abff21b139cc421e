"""Two moments of a workshop held against each other, in words."""

from __future__ import annotations

from sample_entries import airport

from journeykit.check.document_changes import EntryChange, document_changes
from journeykit.model import (
    Document,
    Entry,
    Journey,
    LaneNote,
    Opportunity,
    PainPoint,
    Stage,
    Touchpoint,
)


def with_changes(**fields: dict[str, object]) -> Document:
    """Return the airport with fields of entries changed, by id."""
    names = {key.replace("_", "-"): value for key, value in fields.items()}
    return Document(
        one.model_copy(update=names.get(one.id, {})) if one.id in names else one
        for one in airport()
    )


def without(*ids: str) -> Document:
    """Return the airport without some entries."""
    return Document(one for one in airport() if one.id not in ids)


def with_more(*entries: Entry) -> Document:
    """Return the airport with more entries."""
    return Document([*airport(), *entries])


def said(before: Document, after: Document) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return name, what became of it, and the words, of each change."""
    return [(one.name, one.what, one.words) for one in document_changes(before, after)]


def test_nothing_changed_says_nothing() -> None:
    """The same document twice has no difference."""
    assert () == document_changes(airport(), airport())


def test_touchpoint_is_said_field_by_field() -> None:
    """Renamed, moved, felt, by another channel, owned and a moment of truth."""
    after = with_changes(
        parking={
            "name": "Car park",
            "stage": "security",
            "emotion": -2,
            "channel": "desk",
            "owner": None,
            "moment_of_truth": True,
        }
    )

    assert [
        (
            "Car park",
            "changed",
            (
                "was “Parking”",
                "moved here from “Arrive”",
                "felt: not said → −2",
                "channel: none → Desk",
                "owner: Head of terminal → nobody",
                "now a moment of truth",
            ),
        )
    ] == said(airport(), after)


def test_emotion_that_rises_feels_better() -> None:
    """The direction is said in words, not left to the sign."""
    low, high = (with_changes(queue={"emotion": felt}) for felt in (-1, 1))

    assert [("Queue", "changed", ("feels better: −1 → +1",))] == said(low, high)
    assert [("Queue", "changed", ("feels worse: +1 → −1",))] == said(high, low)


def test_pain_point_is_said_with_status_and_ratings() -> None:
    """What a pain point became is read from its card."""
    after = with_changes(
        wait={"status": "resolved", "severity": None, "frequency": 2, "owner": "boss"}
    )

    assert [
        (
            "Long wait",
            "changed",
            (
                "status: Open → Resolved",
                "severity 4 → not rated",
                "frequency not rated → 2",
                "owner: nobody → Head of terminal",
            ),
        )
    ] == said(airport(), after)


def test_new_and_gone_are_named_with_their_place() -> None:
    """What came and what went stands with where it stood, new ones first."""
    after = with_more(
        PainPoint(id="dirty", text="Dirty floor", touchpoint="queue"),
        Stage(id="gate", journey="j", name="Gate"),
    )

    assert (
        EntryChange("stage", "gate", "Gate", "new"),
        EntryChange("pain_point", "dirty", "Dirty floor", "new", "Queue"),
    ) == document_changes(airport(), after)
    assert EntryChange("pain_point", "dirty", "Dirty floor", "gone", "Queue") in (
        document_changes(after, airport())
    )


def test_notes_at_a_touchpoint_are_counted() -> None:
    """A note more, another in other words: the touchpoint says so."""
    note = LaneNote(id="n", lane="thought", text="Why?", touchpoint="queue")
    other = note.model_copy(update={"text": "Why now?"})
    more = LaneNote(id="m", lane="thought", text="When?", touchpoint="queue")

    assert [("Queue", "changed", ("notes: 1 new, 1 changed, 0 gone",))] == said(
        with_more(note), with_more(other, more)
    )
    assert [("Queue", "changed", ("notes: 0 new, 0 changed, 1 gone",))] == said(
        with_more(note), airport()
    )


def test_opportunity_that_was_chosen_is_said() -> None:
    """Choosing is a change; not saying is none."""
    idea = Opportunity(id="i", text="More lanes")
    chosen = idea.model_copy(update={"is_chosen": True})

    assert [("More lanes", "changed", ("chosen",))] == said(
        with_more(idea), with_more(chosen)
    )
    assert [] == said(with_more(chosen), with_more(idea))


def test_maps_as_they_should_be_are_left_out() -> None:
    """A plan for the future is no difference of today."""
    after = with_more(
        Journey(id="then", name="Then", state="target"),
        Stage(id="s2", journey="then", name="Arrive"),
        Touchpoint(id="t2", stage="s2", name="Drone"),
    )

    assert () == document_changes(airport(), after)


def test_moved_pain_point_says_where_it_was() -> None:
    """A pain point that hurts elsewhere now says where it was seen before."""
    after = with_changes(wait={"touchpoint": "parking"})

    assert [("Long wait", "changed", ("moved here from “Queue”",))] == said(
        airport(), after
    )
    assert 0 == len(document_changes(without("l1"), airport()))
