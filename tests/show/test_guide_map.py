"""Lists about the map and the plan, and what their buttons do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import journeykit
from journeykit.check.done_when import progress_of
from journeykit.exchange.starters import starter
from journeykit.model import Document, Journey, Stage, Touchpoint
from journeykit.show.guide_acts import act
from journeykit.show.guide_map import marks_tree, moments_tree, roadmap_tree
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
    assert "felt -2" in said
    assert "Park the car" not in said
    assert "None is marked yet" in texts(moments_tree(Document()))


def test_roadmap_follows_the_start_and_what_comes_first(work: Workshop) -> None:
    """Earlier before later, whatever the order of the cards; dropped ones are out."""
    for one in work.entries("action"):
        work.change(one, status="dropped")
    late = work.add("action", text="Later", start="2026-05-01", effort_days=3)
    soon = work.add("action", text="Sooner", start="2026-03-02", due="2026-04-01")
    work.add("link", relation="depends_on", source=late.id, target=soon.id)
    said = texts(roadmap_tree(work.document()))

    assert said.index("2 Mar 2026 to 1 Apr 2026") < said.index("from 1 May 2026")
    assert "after: Sooner" in said
    assert "3 days of work are still to be done" in said
    assert "There are no actions yet." in texts(roadmap_tree(Document()))


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
