"""Two maps held against each other: what is new, gone, moved and felt otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from journeykit.errors import InputError, UnknownNameError
from journeykit.layout.catalogue import layout_named
from journeykit.layout.difference_board import difference_words
from journeykit.layout.map_difference import map_difference, origin_of, with_origin
from journeykit.layout.zones import drop
from journeykit.model import (
    Channel,
    Document,
    Entry,
    Journey,
    LaneNote,
    Stage,
    Touchpoint,
)

TODAY: tuple[Entry, ...] = (
    Journey(id="now", name="A visit"),
    Stage(id="s1", journey="now", name="Arrive", rank="1"),
    Stage(id="s2", journey="now", name="Wait", rank="2"),
    Stage(id="s3", journey="now", name="Leave", rank="3"),
    Touchpoint(id="door", stage="s1", name="The door", rank="1", emotion=0),
    Touchpoint(id="desk", stage="s1", name="The desk", rank="2", emotion=-1),
    Touchpoint(id="form", stage="s1", name="The form", rank="3", emotion=-2),
    Touchpoint(id="room", stage="s2", name="Waiting room", rank="1"),
    Touchpoint(id="bill", stage="s3", name="The bill", rank="1", channel="mail"),
    Channel(id="mail", name="Letter"),
    Channel(id="web", name="Web site"),
)


def target(entry: Entry, entry_id: str, **fields: Any) -> Entry:
    """Return a copy of an entry on the target map."""
    marks = {"id": entry_id, "extensions": with_origin(entry, entry.id)}
    return entry.model_copy(update={**fields, **marks})


def of(entry_id: str) -> Entry:
    """Return an entry of the map of today."""
    return next(one for one in TODAY if one.id == entry_id)


def plan(*entries: Entry) -> Document:
    """Return a workshop with a target map: all stages but what *entries* replace."""
    journey = Journey(id="then", name="A visit as it should be", state="target")
    stages = {
        f"{one.id}-t": target(one, f"{one.id}-t", journey="then")
        for one in TODAY
        if isinstance(one, Stage)
    }
    return Document([*TODAY, journey, *(stages | {e.id: e for e in entries}).values()])


def same(*but: str) -> list[Entry]:
    """Return copies of the touchpoints as they are, but some."""
    return [
        target(one, f"{one.id}-t", stage=f"{one.stage}-t")
        for one in TODAY
        if isinstance(one, Touchpoint) and one.id not in but
    ]


def words(document: Document) -> dict[str, tuple[str, ...]]:
    """Return what is different, by the name of the touchpoint."""
    return {one.name: one.words for one in map_difference(document).changed}


def test_a_copy_differs_in_nothing() -> None:
    """Capability 49: right after it was begun the target map is today's."""
    found = map_difference(plan(*same()))

    assert 5 == len(found.touchpoints)
    assert () == found.changed
    assert "Of 5 touchpoints on both maps, none is different yet." == (
        difference_words(found)
    )


def test_new_gone_moved_and_felt_otherwise_are_told_apart() -> None:
    """Capability 49: each touchpoint says what becomes of it, in words."""
    form = target(of("form"), "form-t", stage="s2-t", rank="5", emotion=1)
    desk = target(of("desk"), "desk-t", stage="s1-t", name="A host")
    bill = target(of("bill"), "bill-t", stage="s3-t", channel="web", emotion=1)
    app = Touchpoint(id="app", stage="s1-t", name="The app", emotion=2)
    document = plan(*same("form", "desk", "bill", "room"), form, desk, bill, app)

    assert {
        "The app": ("new",),
        "A host": ("was “The desk”",),
        "The form": ("moved here from “Arrive”", "feels better: −2 → +1"),
        "Waiting room": ("gone",),
        "The bill": ("felt not said → +1", "channel: Letter → Web site"),
    } == words(document)
    assert (
        "Of 6 touchpoints on both maps: 1 new, 1 gone, 1 moved, 1 feels better; "
        "1 as today."
    ) == difference_words(map_difference(document))


def test_only_what_passed_others_is_moved() -> None:
    """One card that is dragged to the front moves; those it passed do not."""
    first = target(of("form"), "form-t", stage="s1-t", rank="05")

    assert {"The form": ("moved within its stage",)} == words(
        plan(*same("form"), first)
    )


def test_a_new_touchpoint_between_two_moves_nobody() -> None:
    """What comes in between pushes others along, and they are as they were."""
    between = Touchpoint(id="new", stage="s1-t", name="A queue", rank="15")

    assert {"A queue": ("new",)} == words(plan(*same(), between))


def test_worse_and_flags_are_said() -> None:
    """A plan that makes something worse says so, too."""
    door = target(of("door"), "door-t", stage="s1-t", emotion=-1, moment_of_truth=True)
    document = plan(*same("door"), door)

    assert {"The door": ("feels worse: 0 → −1", "moment of truth")} == words(document)
    assert "1 feels worse; 4 as today." in difference_words(map_difference(document))


def test_without_origins_the_same_name_is_the_same() -> None:
    """A target map that was written by another tool is compared by names."""
    document = Document(
        [
            *TODAY,
            Journey(id="then", name="Later", state="target"),
            Stage(id="x1", journey="then", name="arrive"),
            Touchpoint(id="y1", stage="x1", name="THE  DOOR", rank="1", emotion=0),
        ]
    )
    found = map_difference(document)

    assert ("kept", ("was “The door”",)) == (
        found.by_touchpoint["y1"].state,
        found.by_touchpoint["y1"].words,
    )
    assert [("arrive", "was “Arrive”"), ("Wait", "gone"), ("Leave", "gone")] == [
        ((one.after or one.before).name, one.words)  # type: ignore[union-attr]
        for one in found.stages
    ]


def test_notes_are_counted_where_they_differ() -> None:
    """Words on the map are part of it: new ones, lost ones, and others are counted."""
    note = LaneNote(id="n", lane="thought", text="How long?", touchpoint="desk")
    gone = LaneNote(id="g", lane="thought", text="Whom to ask?", touchpoint="desk")
    copy = target(note, "n-t", touchpoint="desk-t", text="Not long")
    new = LaneNote(id="m", lane="need", text="A seat", touchpoint="desk-t")
    document = plan(*same()).with_entries([note, gone, copy, new])

    assert {"The desk": ("notes: 1 new, 1 gone, 1 changed",)} == words(document)


def test_the_board_marks_both_sides() -> None:
    """Capability 49: today on the left, the target on the right, differences marked."""
    form = target(of("form"), "form-t", stage="s2-t", emotion=1)
    layout = layout_named(plan(*same("form", "room"), form), "map_difference")
    marks = {
        (zone.id, card.text): card.marks
        for zone in layout.zones
        for card in zone.cards
        if card.marks
    }

    assert {
        ("today/s1", "The form"): ("moves",),
        ("today/s2", "Waiting room"): ("gone",),
        ("target/s2-t", "The form"): (
            "moved here from “Arrive”",
            "feels better: −2 → +1",
        ),
    } == marks
    assert ["As it is today: A visit", "As it should be: A visit as it should be"] == [
        head.text for head in layout.heads if head.level == "column"
    ]
    assert layout.foot.startswith("Of 5 touchpoints on both maps: 1 gone, 1 moved")


def test_nothing_is_dropped_from_one_map_to_the_other() -> None:
    """A card that went over would be lost from its own map; the board says where."""
    document = plan(*same())
    layout = layout_named(document, "map_difference")

    with pytest.raises(InputError, match="compares two maps"):
        drop(document, layout, "door", "target/s1-t")
    assert {True} == {card.is_fixed for zone in layout.zones for card in zone.cards}
    assert {""} == {card.text_field for zone in layout.zones for card in zone.cards}


def test_without_a_target_today_stands_alone() -> None:
    """The other side says that it has to be begun, and nothing is called gone."""
    layout = layout_named(Document(TODAY), "map_difference")

    assert "There is no target map yet: begin it" in layout.foot
    assert () == layout.zone("today/s2").cards[0].marks
    assert "There is no target map yet" == layout.zone("target/s1").hint
    assert "" == layout.zone("target/s2").hint
    assert {""} == {head.detail for head in layout.heads}


def test_maps_are_chosen_by_their_ids() -> None:
    """Two plans can be compared with each other; an unknown one is asked about."""
    document = plan(*same())
    found = map_difference(document, journey="then", target="now")

    assert ("then", "now") == (found.today and found.today.id, found.target.id)  # type: ignore[union-attr]
    with pytest.raises(UnknownNameError, match="no journey 'later'"):
        map_difference(document, target="later")
    only = Document([Journey(id="then", name="Later", state="target")])
    assert "There is no map of today yet" in difference_words(map_difference(only))


def test_an_origin_that_is_none_is_none() -> None:
    """Extensions are free: whatever stands there, an entry is compared by its name."""
    odd = Stage(
        id="s", journey="j", name="S", extensions={"journeykit": {"copy_of": 3}}
    )
    other = Stage(id="s", journey="j", name="S", extensions={"journeykit": "x"})

    assert ("", "") == (origin_of(odd), origin_of(other))
    assert {"journeykit": {"copy_of": "o"}} == with_origin(other, "o")
