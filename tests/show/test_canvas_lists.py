"""The canvas in words beside its board, and what the buttons there do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import journeykit
from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange.starters import starter
from journeykit.model import CanvasEntry, Case, Document
from journeykit.show.guide_acts import act
from journeykit.show.guide_canvas import alignment_tree, assessment_tree, blocks_tree
from journeykit.show.guide_canvas_change import (
    canvas_difference_tree,
    canvas_picture_tree,
    poster_tree,
)
from journeykit.show.guide_revenue import revenue_tree
from journeykit.show.guide_tree import as_html
from journeykit.show.live import live_of
from journeykit.workshop import Workshop


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Return an empty workshop in memory."""
    with journeykit.new(None, starter="empty") as workshop:
        yield workshop


@pytest.fixture(scope="module")
def airport() -> Document:
    """Return the airport case."""
    return starter("airport", date(2026, 1, 1)).document


def texts(tree: Any) -> str:
    """Return all texts of a tree, those of pictures left out."""
    if isinstance(tree, str):
        return tree
    return " ".join(" ".join(texts(one) for one in tree[2:]).split())


def acts(tree: Any) -> list[str]:
    """Return what the buttons of a tree ask for."""
    if isinstance(tree, str):
        return []
    found = [tree[1]["act"]] if "act" in tree[1] else []
    return found + [one for inner in tree[2:] for one in acts(inner)]


def undo(work: Workshop) -> None:
    """Undo the last step of this kernel, as a board does."""
    work.store.undo(work.author, group=live_of(work).done[-1])
    live_of(work).refresh()


def test_alignment_names_what_is_behind_each_cell(airport: Document) -> None:
    """Entries and pain points by name, and the blocks that no stage touches."""
    said = texts(alignment_tree(airport))

    assert "Value propositions: “Through in time, and sure of it”" in said
    assert "hurts: “Waits long at security without knowing how long”" in said
    assert "no stages yet" in texts(alignment_tree(Document()))


def test_assessment_names_blocks_that_are_not_assessed(airport: Document) -> None:
    """Beside what the team wrote stands what the map knows."""
    said = texts(assessment_tree(airport))

    assert "Not assessed yet: " in said
    assert "Signs and staff" in said
    assert "Pain points: " in said
    assert "begin with the customer segments" in texts(assessment_tree(Document()))


@pytest.mark.parametrize("state", ["before", "after"])
@pytest.mark.parametrize("tree", [alignment_tree, assessment_tree, canvas_picture_tree])
def test_lists_stand_as_html_too(airport: Document, tree: Any, state: Any) -> None:
    """Where no script runs; for an empty workshop as well."""
    assert "<svg" in as_html(tree(airport, state)) or tree is assessment_tree
    assert as_html(tree(Document(), state))


def test_block_is_hidden_and_shown_again(work: Workshop) -> None:
    """One click each, undone like any other; what stands in it is kept."""
    desk = work.add("canvas_entry", block="channels", text="Desk")
    said = act(work, "canvas_block:channels")
    hidden = work.case.hidden_blocks
    undo(work)

    assert "is hidden; what stands in it is kept" in said
    assert ("channels",) == hidden
    assert () == work.case.hidden_blocks
    act(work, "canvas_block:channels")
    assert "Hidden: Channels." in texts(blocks_tree(work.document()))
    assert "shown again" in act(work, "canvas_block:channels")
    assert () == work.case.hidden_blocks
    assert desk.id in work.document()
    with pytest.raises(UnknownNameError, match="block of the canvas"):
        act(work, "canvas_block:chanels")


def test_what_stays_is_taken_over_in_one_step(work: Workshop) -> None:
    """All at once or one by one; a second click says so and changes nothing."""
    names = [
        work.add("canvas_entry", block="channels", text=text).id
        for text in ("Desk", "Post")
    ]
    assert ["canvas_keep:all"] == acts(canvas_difference_tree(work.document()))
    act(work, f"canvas_keep:{names[0]}")
    tree = canvas_difference_tree(work.document())

    assert [f"canvas_keep:{names[1]}"] == acts(tree)
    assert "0 new, 0 changed, 1 goes, 1 stays." in texts(tree)
    assert "stays" in act(work, "canvas_keep:all")
    assert {"both"} == {one.state for one in work.entries("canvas_entry")}
    assert "already" in act(work, "canvas_keep:all")
    with pytest.raises(InputError, match="already"):
        act(work, f"canvas_keep:{names[0]}")


def test_idea_for_revenue_is_one_line(work: Workshop) -> None:
    """It stands on the canvas after the change; its list says what it is tied to."""
    act(work, "revenue_idea:subscription:Care: by the month")
    (idea,) = work.entries("canvas_entry")
    bare = texts(revenue_tree(work.document()))
    amy = work.add("persona", name="Amy")
    work.link(idea, amy, "addresses")
    work.add("opportunity", text="Ask the hotel", opportunity_type="partnership")
    said = texts(revenue_tree(work.document()))

    assert ("Care: by the month", "revenue_streams", "after", "subscription") == (
        *(idea.text, idea.block, idea.state, idea.revenue_idea),
    )
    assert "not tied to the journey yet" in bare
    assert "tied to “Amy”" in said
    assert "Ask the hotel An opportunity" in said
    with pytest.raises(UnknownNameError, match="kind of idea"):
        act(work, "revenue_idea:gift:Card")
    with pytest.raises(InputError):
        act(work, "revenue_idea:loyalty:")


def test_picture_after_the_change_waits_until_it_is_begun(airport: Document) -> None:
    """An empty canvas would look as if everything went."""
    case = Document([CanvasEntry(id="a", block="channels", text="Desk")])

    assert "not begun" in texts(canvas_picture_tree(case, "after"))
    assert ["canvas_poster:before"] == acts(poster_tree(case))
    assert "Goes" not in texts(canvas_picture_tree(airport))


def test_poster_is_written_beside_the_notebook(
    work: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever may not write there is told so."""
    monkeypatch.chdir(tmp_path)
    said = act(work, "canvas_poster:before")
    path = tmp_path / "business_model_canvas_before.pdf"

    assert "business_model_canvas_before.pdf" in said
    assert b"%PDF" == path.read_bytes()[:4]
    path.unlink()
    path.mkdir()
    with pytest.raises(InputError, match="could not be written"):
        act(work, "canvas_poster:before")
    assert [path] == list(tmp_path.iterdir())


def test_workshop_without_a_header_can_hide_blocks_too() -> None:
    """Its header is made then."""
    with journeykit.new(None, starter="empty") as work:
        case = work.document().case
        if case is not None:
            work.remove(case)
        act(work, "canvas_block:channels")
        made = work.document().case

    assert isinstance(made, Case)
    assert ("channels",) == made.hidden_blocks


def test_check_of_the_canvas_is_about_the_canvas(work: Workshop) -> None:
    """A preferred channel that nobody offers counts; a touchpoint without owner not."""
    desk = work.add("channel", name="Desk")
    work.add("persona", name="Amy", preferred_channel=desk.id)
    journey = work.add("journey", name="Visit")
    stage = work.add("stage", journey=journey.id, name="Arrive")
    work.add("touchpoint", stage=stage.id, name="Ring the bell")
    work.add("canvas_entry", block="channels", text="App")
    said = texts(journeykit.step("canvas", work).canvas_check().tree)

    assert "The canvas channel “App” is not on the map." in said
    assert "Amy" in said
    assert "Ring the bell" not in said
