"""The canvas held against the journey, and against itself after the change."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from clean_case import changed, clean_case
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_entries import documents, one_of_each_kind

from journeykit.check.canvas_assessment import canvas_assessment
from journeykit.check.canvas_difference import canvas_difference
from journeykit.check.canvas_filling import alignment, canvas_proposals
from journeykit.check.filling import edits_taking
from journeykit.model import (
    CanvasEntry,
    Case,
    Document,
    Entry,
    Journey,
    Link,
    PainPoint,
    Stage,
    Touchpoint,
    apply,
)
from journeykit.vocabulary import CANVAS_BLOCKS

BLOCKS = st.sampled_from(list(CANVAS_BLOCKS))
STATES = st.sampled_from(["before", "after", "both"])


def entry(name: str, block: str = "channels", **fields: Any) -> CanvasEntry:
    """Return an entry of the canvas; its words are its id unless they are given."""
    return CanvasEntry(**{"id": name, "text": name, "block": block, **fields})


@st.composite
def canvases(draw: st.DrawFn) -> Document:
    """Draw a journey and a canvas with ties, some proposed, some blocks hidden."""
    hidden = tuple(draw(st.sets(BLOCKS, max_size=9)))
    made: list[Entry] = [
        Case(id="case", title="Shop", hidden_blocks=hidden),
        Journey(id="j", name="Buy"),
    ]
    made += [
        Stage(id=f"s{n}", journey="j", name=f"Stage {n}")
        for n in range(draw(st.integers(0, 3)))
    ]
    stages = [one.id for one in made if isinstance(one, Stage)]
    if stages:
        made += [
            Touchpoint(
                id=f"t{n}",
                stage=draw(st.sampled_from(stages)),
                name=draw(st.sampled_from(["Pay", "Ask for help", "Look"])),
                emotion=draw(st.none() | st.integers(-2, 2)),
            )
            for n in range(draw(st.integers(0, 4)))
        ]
    points = [one.id for one in made if isinstance(one, Touchpoint)]
    made += [
        PainPoint(
            id=f"p{n}",
            text=f"Pain {n}",
            touchpoint=draw(st.sampled_from(points)) if points else None,
            status=draw(st.sampled_from(["open", "resolved"])),
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    names = [f"c{n}" for n in range(draw(st.integers(0, 8)))]
    made += [
        entry(
            name,
            draw(BLOCKS),
            text=draw(st.sampled_from(["Desk", "desk ", "App"])),
            state=draw(STATES),
            strength=draw(st.none() | st.integers(1, 5)),
            replaces=draw(st.none() | st.sampled_from(names)),
            is_proposed=draw(st.booleans()),
        )
        for name in names
    ]
    ends = [one.id for one in made if not isinstance(one, Case)]
    for n in range(draw(st.integers(0, 10))) if names else ():
        pair = [draw(st.sampled_from(names)), draw(st.sampled_from(ends))]
        if draw(st.booleans()):
            pair.reverse()
        values = {"source": pair[0], "target": pair[1], "relation": "relates_to"}
        made.append(Link(id=f"l{n}", is_proposed=draw(st.booleans()), **values))
    return Document(made)


# --- assessment -----------------------------------------------------------------------


def test_assessment_says_what_helps_and_what_hurts() -> None:
    """Good touchpoints and open pain points, tied by themselves or by their channel."""
    case = changed(clean_case(), "b-app", strength=4)
    blocks = {one.block: one for one in canvas_assessment(case)}
    (app,) = blocks["channels"].entries
    (fast,) = blocks["value_propositions"].entries

    assert ["compare"] == [one.id for one in app.helping]
    assert ["lost"] == [one.id for one in app.hurting]
    assert ["lost"] == [one.id for one in fast.hurting]
    assert app.is_assessed
    assert 4 == blocks["channels"].strength
    assert not blocks["cost_structure"].is_assessed


def test_block_is_assessed_when_each_of_its_entries_is() -> None:
    """One that was passed over is counted, and nobody's silence is a strength."""
    entries = [entry("a", strength=2), entry("b", improve="Ask"), entry("c")]
    blocks = {one.block: one for one in canvas_assessment(Document(entries))}
    block = blocks["channels"]

    assert (False, 2) == (block.is_assessed, block.n_assessed)
    assert 2 == block.strength


def test_resolved_pain_hurts_no_more() -> None:
    """And what stands on the other canvas is not assessed here."""
    case = changed(clean_case(), "lost", status="resolved")
    blocks = {one.block: one for one in canvas_assessment(case)}

    assert () == blocks["value_propositions"].entries[0].hurting
    assert not [one for one in canvas_assessment(case, "after") if one.entries]


# --- before and after -----------------------------------------------------------------


def test_difference_tells_new_changed_gone_and_what_stays() -> None:
    """By what an entry replaces, by its words, and by standing on both canvases."""
    document = Document(
        [
            entry("desk"),
            entry("post"),
            entry("fax", strength=1),
            entry("site", state="both"),
            entry("kiosk", state="after", replaces="desk"),
            entry("fax-2", text="Fax ", state="after", strength=4),
            entry("app", state="after"),
            entry("guess", state="after", is_proposed=True),
        ]
    )
    found = canvas_difference(document)
    what = {one.entry.id: (one.what, one.words) for one in found.changes}

    assert {
        "kiosk": ("changed", ("instead of “desk”",)),
        "fax-2": ("changed", ("strength 1 to 4",)),
        "app": ("new", ()),
        "post": ("gone", ()),
        "site": ("stays", ()),
    } == what
    assert found.is_begun


def test_entry_that_moved_to_another_block_is_changed() -> None:
    """Its words tell that it is the same."""
    document = Document([entry("a", text="Post"), _moved("b")])
    (change,) = canvas_difference(document).changes

    assert ("changed", ("moved from channels",)) == (change.what, change.words)


def _moved(name: str) -> CanvasEntry:
    return entry(name, "key_partnerships", text="Post", state="after")


def test_two_later_entries_do_not_share_one_before() -> None:
    """The first continues it, the second is new."""
    document = Document(
        [
            entry("a"),
            entry("b", state="after", replaces="a"),
            entry("c", state="after", replaces="a"),
        ]
    )

    assert ["changed", "new"] == [
        one.what for one in canvas_difference(document).changes
    ]


def test_canvas_that_nobody_changed_is_not_begun() -> None:
    """Everything of today would go."""
    found = canvas_difference(Document([entry("a")]))

    assert (False, ["gone"]) == (found.is_begun, [one.what for one in found.changes])


# --- properties -----------------------------------------------------------------------


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(canvases())
def test_each_entry_becomes_something_once(document: Document) -> None:
    """Each taken entry of a shown block is in one change, at most once on a side."""
    hidden = document.case.hidden_blocks if document.case else ()
    known = {
        one.id
        for one in document.of(CanvasEntry)
        if one.block not in hidden and not one.is_proposed
    }
    changes = canvas_difference(document).changes
    sides = [
        [one.id for one in side if one is not None]
        for side in (
            [change.before for change in changes],
            [change.after for change in changes],
        )
    ]

    assert known == {*sides[0], *sides[1]}
    for side in sides:
        assert len(side) == len(set(side))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(canvases(), st.sampled_from(["before", "after"]))
def test_alignment_counts_each_entry_behind_a_cell_once(
    document: Document, state: Any
) -> None:
    """Against a slow count: through each taken link, at either end, to each stage."""
    places: dict[str, set[str]] = {one.id: {one.id} for one in document.of(Stage)}
    places |= {one.id: {one.stage} for one in document.of(Touchpoint)}
    for pain in document.of(PainPoint):
        places[pain.id] = places.get(pain.touchpoint or "", set())
    hidden = document.case.hidden_blocks if document.case else ()
    wanted = {
        (stage, one.block, one.id)
        for one in document.of(CanvasEntry)
        if one.state in (state, "both")
        and not one.is_proposed
        and one.block not in hidden
        for link in document.of(Link)
        if one.id in (link.source, link.target) and not link.is_proposed
        for other in (link.source, link.target)
        if other != one.id
        for stage in places.get(other, ())
    }
    cells = alignment(document, state)

    assert wanted == {(one.stage, one.block, e) for one in cells for e in one.entries}
    assert sum(one.n for one in cells) == len(wanted)
    assert not [
        n for n in Counter((one.stage, one.block) for one in cells).values() if n > 1
    ]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(canvases())
def test_taken_proposals_are_not_proposed_again(document: Document) -> None:
    """Whatever stands on the canvas, and whichever blocks are hidden."""
    made = canvas_proposals(document)
    full = Document([*document, *made])
    names = [one.id for one in made]
    taken = apply(full, edits_taking(full, names)) if names else full

    assert () == canvas_proposals(full)
    assert () == canvas_proposals(taken)
    assert not [one for name in names if (one := taken[name]) and one.is_proposed]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_no_document_breaks_the_canvas(document: Document) -> None:
    """Everything that can be made of entries can be assessed and compared."""
    assert len(canvas_assessment(document)) <= len(CANVAS_BLOCKS)
    assert isinstance(canvas_difference(document).changes, tuple)


@pytest.mark.parametrize("state", ["before", "after"])
def test_one_of_each_kind_is_assessed(state: Any) -> None:
    """Every kind with every field filled."""
    assert canvas_assessment(one_of_each_kind(), state)
