"""Lists about the map and the plan, and what their buttons do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import journeykit
from journeykit.check.done_when import progress_of
from journeykit.exchange.starters import starter
from journeykit.layout.map_difference import emotion_text, map_difference
from journeykit.model import Document, Journey, LaneNote, Stage, Touchpoint
from journeykit.show.guide_acts import act
from journeykit.show.guide_map import marks_tree, moments_tree
from journeykit.show.live import live_of
from journeykit.workshop import Workshop


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Return the resort's workshop in memory."""
    with journeykit.new(None, starter="resort_booking") as workshop:
        yield workshop


@pytest.fixture(scope="module")
def airport() -> Document:
    """Return the airport case."""
    return starter("airport", date(2026, 1, 1)).document


def texts(tree: Any) -> str:
    """Return all texts of a tree."""
    return tree if isinstance(tree, str) else " ".join(texts(one) for one in tree[2:])


def test_moments_of_truth_are_listed_alone(airport: Document) -> None:
    """Each with its stage, its owner and what is felt there; others are left out."""
    said = texts(moments_tree(airport))

    assert "◆ Pass security" in said
    assert "Checking in and passing security · owner: Security liaison" in said
    assert "felt −2" in said
    assert "Park the car" not in said
    assert "None is marked yet" in texts(moments_tree(Document()))


def test_moment_is_marked_by_a_button(work: Workshop) -> None:
    """It is named after its day, a second one of the day by its number."""
    widget = journeykit.step("monitor", work).marks()
    first, second = act(work, "mark"), act(work, "mark")
    widget._show()

    assert first.startswith("Marked as “Review of ")
    assert second.endswith(", 2”.")
    assert first.split("“")[1].rstrip("”.") in texts(widget.tree)
    assert "No moment is marked yet." in texts(marks_tree(()))


def test_target_map_begins_as_a_copy_and_is_shown(work: Workshop) -> None:
    """Stages, touchpoints and notes are copied; one undo takes them out again."""
    step = journeykit.step("journey_map", work)
    before = work.document()
    assert "Guide" in type(step.target()).__name__
    said = act(work, "target")
    after = work.document()
    target = next(one for one in after.of(Journey) if one.state == "target")
    stages = [one for one in after.of(Stage) if one.journey == target.id]

    assert "The target map is begun" in said
    assert [one.name for one in before.of(Stage)] == [one.name for one in stages]
    assert 2 * len(before.of(Touchpoint)) == len(after.of(Touchpoint))
    assert target.name in step.target().picture["title"]
    assert "there already" in act(work, "target")
    work.undo()
    assert before == work.document()


def test_what_becomes_different_is_told_while_people_work(work: Workshop) -> None:
    """Capability 49: the table and the board follow the target map, new name or not."""
    step = journeykit.step("journey_map", work)
    table = step.difference()
    assert "no target map yet" in texts(table.tree)
    act(work, "target")
    live_of(work).refresh()
    assert "none is different yet" in texts(table.tree)
    document = work.document()
    later = next(one for one in document.of(Journey) if one.state == "target")
    stages = [one.id for one in document.of(Stage) if one.journey == later.id]
    points = [one for one in document.of(Touchpoint) if one.stage == stages[0]]
    today = map_difference(document).by_touchpoint[points[0].id].felt_before
    work.change(points[0], name="Ask a friend", emotion=2)
    work.remove(points[-1], with_links=True)
    live_of(work).refresh()
    said = texts(table.tree)

    assert "1 gone" in said
    assert "Ask a friend" in said
    assert f"{emotion_text(today)} +2" in said
    shown = step.board("map_difference").picture
    assert any("gone" in one["marks"] for one in shown["cards"].values())


def test_copied_examples_go_with_the_examples(work: Workshop) -> None:
    """What came as an example stays one on the target map."""
    act(work, "target")
    act(work, "examples")
    left = work.document()

    assert () == left.of(LaneNote)
    assert len(left.of(Touchpoint)) > 0


def test_target_map_makes_no_gaps(work: Workshop) -> None:
    """What is only planned has no part in what is done and what is missing."""
    before = progress_of(work.document())
    act(work, "target")

    assert before == progress_of(work.document())


def test_nothing_is_copied_where_there_is_no_map() -> None:
    """Without a journey the button says what to do first."""
    with journeykit.new(None, title="Bare") as bare:
        for stage in bare.entries("stage"):
            bare.remove(stage)
        for journey in bare.entries("journey"):
            bare.remove(journey)

        assert "name your stages in step 1" in act(bare, "target")
