"""What the store promises to whoever writes and reads, on every database."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from sample_entries import airport, one_of_each_kind
from stored_workshops import Workshops, change, edited, fill, standing

from journeykit.errors import (
    ConflictError,
    DanglingReferenceError,
    FileProblemError,
    InputError,
    UnknownNameError,
)
from journeykit.model import Document, LaneNote, Persona, Stakeholder, Touchpoint
from journeykit.model.edits import add, new_edit_id, remove
from journeykit.model.edits import change as change_of
from journeykit.store import Mark, Receipt, Store, examine

NOON = "2026-03-31T12:00:"


# --- writing and reading --------------------------------------------------------------


def test_what_is_written_is_read(workshops: Workshops) -> None:
    """Every field of every kind comes back as it was given."""
    store = workshops.new()
    before = store.document()
    group = new_edit_id()
    extra = [one for one in one_of_each_kind() if one.kind != "case"]
    receipt = store.write([add(one, group=group) for one in extra])

    assert Receipt(group, tuple(range(13, 13 + len(extra)))) == receipt
    assert Document([*before, *extra]) == store.document()
    assert () == examine(store.backend).problems


def test_empty_workshop_is_an_empty_document(workshops: Workshops) -> None:
    """Nothing was written, so nothing is there."""
    from journeykit.store import open_store

    with_nothing = open_store(workshops.address, is_new=True)

    assert Document() == with_nothing.document()
    assert 0 == with_nothing.number()
    assert () == with_nothing.changes_since(0)
    with_nothing.close()


def test_writing_needs_exactly_one_group(store: Store) -> None:
    """Edits that were made apart are not written as if they were one step."""
    edits = [edited(store, "queue", name="A"), edited(store, "parking", name="B")]

    with pytest.raises(InputError, match="one group of edits was expected, found 2"):
        store.write(edits)
    with pytest.raises(InputError, match="one group of edits was expected, found 0"):
        store.write([])
    assert 12 == store.number()


# --- what is sent again ---------------------------------------------------------------


def test_group_that_is_sent_again_gets_the_same_receipt(store: Store) -> None:
    """A lost answer never doubles an edit, however often it is sent."""
    edit = edited(store, "queue", name="Line")
    first = store.write([edit])
    again = store.write([edit])

    assert Receipt(edit.group, (13,)) == first
    assert Receipt(edit.group, (13,), is_repeat=True) == again
    assert 13 == store.number()


def test_resend_is_answered_even_if_others_went_on(store: Store) -> None:
    """The base is old by then, which is no conflict: the edit stands already."""
    edit = edited(store, "queue", name="Line")
    store.write([edit])
    change(store, "queue", name="Queue at security")

    assert (13,) == store.write([edit]).numbers
    assert "Queue at security" == store.document()["queue"].name


@pytest.mark.parametrize(
    "other",
    [
        {"patch": {"name": "Other"}},
        {"patch": {"name": "Line", "emotion": 1}},
        {"patch": {"emotion": 1}},
        {"author": "ann"},
        {"base_version": 0},
        {"entry": "parking"},
        {"verb": "remove", "patch": {}},
    ],
)
def test_same_id_with_other_content_is_refused(
    store: Store, other: dict[str, object]
) -> None:
    """An id stands for one content; another would be lost without a word."""
    edit = edited(store, "queue", name="Line")
    store.write([edit])

    with pytest.raises(InputError, match="written before with other content"):
        store.write([edit.model_copy(update=other)])
    assert "Line" == store.document()["queue"].name
    assert 13 == store.number()


def test_part_of_a_group_is_not_the_group(store: Store) -> None:
    """A group is whole: neither fewer nor more edits may come under its id."""
    group = new_edit_id()
    document = store.document()
    both = [
        change_of(document, "queue", {"name": "Line"}, group=group),
        change_of(document, "parking", {"name": "Garage"}, group=group),
    ]
    third = change_of(document, "check-in", {"name": "Desk"}, group=group)
    store.write(both)

    for edits in ([both[0]], both[::-1], [*both, third], [third]):
        with pytest.raises(InputError, match=r"group .* was written before"):
            store.write(edits)
    assert (13, 14) == store.write(both).numbers


def test_edit_of_another_group_is_refused(store: Store) -> None:
    """The id of an edit is taken for good, whatever group comes with it."""
    edit = edited(store, "queue", name="Line")
    store.write([edit])
    moved = edit.model_copy(update={"group": new_edit_id()})

    with pytest.raises(InputError, match=f"edit {edit.id} was written before"):
        store.write([moved])


def test_group_with_the_same_id_twice_is_refused(store: Store) -> None:
    """Two edits under one id could not be told apart."""
    edit = edited(store, "queue", name="Line")

    with pytest.raises(InputError, match="two edits of the group have the same id"):
        store.write([edit, edit])


def test_resend_of_an_erased_text_is_answered(store: Store) -> None:
    """The text cannot be compared any more; the rest must still be the same."""
    from journeykit.store import forget_author

    edit = change_of(
        store.document(), "queue", {"name": "Ann's", "emotion": 1}, author="ann"
    )
    store.write([edit])
    forget_author(store, "ann")

    assert store.write([edit]).is_repeat
    assert "[erased]" == store.document()["queue"].name
    with pytest.raises(InputError, match="other content"):
        store.write([edit.model_copy(update={"patch": {"name": "Ann's"}})])


# --- groups ---------------------------------------------------------------------------


def test_refused_group_leaves_nothing(store: Store) -> None:
    """When a later edit fails, the first ones are as if they had never been."""
    before = standing(store)
    group = new_edit_id()
    good = add(Stakeholder(id="new", name="New"), group=group)
    bad = add(Touchpoint(id="lost", stage="nowhere", name="Lost"), group=group)

    with pytest.raises(DanglingReferenceError, match="nowhere"):
        store.write([good, bad])
    assert before == standing(store)
    assert () == examine(store.backend).problems


def test_group_may_change_what_it_adds(store: Store) -> None:
    """Edits of one group build on each other, and each gets its own version."""
    group = new_edit_id()
    note = LaneNote(id="n", lane="need", text="Shade", stage="arrive")
    born = add(note, group=group)
    twice = [
        born.model_copy(
            update={
                "id": new_edit_id(),
                "verb": "change",
                "patch": {"text": text},
                "base_version": 0,
            }
        )
        for text in ("Sun", "Rain")
    ]
    store.write([born, *twice])

    assert "Rain" == store.document()["n"].text
    assert [1, 2, 3] == [step.version for step in store.history("n")]
    assert 3 == store.document().version("n").number
    assert () == examine(store.backend).problems


def test_entry_may_come_back_as_another_kind(store: Store) -> None:
    """An id that was given up is free; what stood there is not held against it."""
    store.write([remove(store.document(), "ann")])
    store.write([add(Stakeholder(id="ann", name="Ann"))])

    assert Stakeholder(id="ann", name="Ann") == store.document()["ann"]
    assert () == examine(store.backend).problems


# --- merging and conflicts ------------------------------------------------------------


def test_different_fields_are_merged(store: Store) -> None:
    """Two people who saw the same version may each change another field."""
    name, emotion = (
        edited(store, "queue", name="Line"),
        edited(store, "queue", emotion=2),
    )
    store.write([name])
    store.write([emotion])

    assert ("Line", 2) == (
        store.document()["queue"].name,
        store.document()["queue"].emotion,
    )
    assert 3 == store.document().version("queue").number


def test_same_field_is_a_conflict_with_both_values(store: Store) -> None:
    """Nobody's words are overwritten in silence."""
    mine, theirs = (
        edited(store, "queue", name="Mine"),
        edited(store, "queue", name="Theirs"),
    )
    store.write([theirs])

    with pytest.raises(ConflictError) as caught:
        store.write([mine])
    assert ("queue", "name", "Mine", "Theirs") == caught.value.args
    assert "Theirs" == store.document()["queue"].name
    assert 13 == store.number()


def test_same_value_is_no_conflict(store: Store) -> None:
    """Two people who agree need not be asked."""
    mine, theirs = (
        edited(store, "queue", emotion=-2),
        edited(store, "queue", emotion=-2),
    )
    store.write([theirs])
    store.write([mine])

    assert -2 == store.document()["queue"].emotion


def test_conflict_between_two_connections_names_both(shared: Workshops) -> None:
    """A view that is behind is told so by the workshop, not by luck."""
    here = shared.new()
    there = shared.open()
    mine = edited(there, "queue", name="Mine")
    change(here, "queue", name="Theirs")

    with pytest.raises(ConflictError) as caught:
        there.write([mine])
    assert ("queue", "name", "Mine", "Theirs") == caught.value.args
    assert "Theirs" == there.document()["queue"].name


def test_merge_between_two_connections(shared: Workshops) -> None:
    """Each connection takes up what the other wrote before it writes."""
    here = shared.new()
    there = shared.open()
    name, emotion = (
        edited(there, "queue", name="Line"),
        edited(here, "queue", emotion=2),
    )
    here.write([emotion])
    there.write([name])

    assert here.document() == there.document()
    assert ("Line", 2) == (
        here.document()["queue"].name,
        here.document()["queue"].emotion,
    )


def test_version_from_the_future_is_refused(store: Store) -> None:
    """A base that this workshop never had comes from another one."""
    edit = edited(store, "queue", name="Line").model_copy(update={"base_version": 9})

    with pytest.raises(InputError, match="version 9 of queue is not known here"):
        store.write([edit])


# --- removing -------------------------------------------------------------------------


def test_what_others_point_to_is_not_removed(store: Store) -> None:
    """A map with holes helps nobody; who points there is named."""
    with pytest.raises(DanglingReferenceError, match=r"Head of terminal.*Parking"):
        store.write([remove(store.document(), "boss")])
    assert "boss" in store.document()


def test_group_may_remove_an_entry_and_what_points_to_it(store: Store) -> None:
    """In any order: references count once the whole group stands."""
    group, document = new_edit_id(), store.document()
    store.write([remove(document, one, group=group) for one in ("queue", "l1", "wait")])

    assert 9 == len(store.document())
    assert () == examine(store.backend).problems


def test_entry_that_was_changed_meanwhile_is_not_removed(store: Store) -> None:
    """What somebody has just improved does not vanish under their hands."""
    gone = remove(store.document(), "desk")
    change(store, "desk", name="Counter")
    gone = gone.model_copy(update={"entry": "desk"})

    with pytest.raises(ConflictError, match="changed or removed by somebody else"):
        store.write([gone])


def test_entry_that_was_removed_meanwhile_is_not_changed(store: Store) -> None:
    """An edit of what is gone is a conflict, with what it wanted."""
    late = edited(store, "l1", note="Still true")
    store.write([remove(store.document(), "l1")])

    with pytest.raises(ConflictError) as caught:
        store.write([late])
    assert ("l1", "*", {"note": "Still true"}) == caught.value.args[:3]


def test_removed_entry_keeps_counting_its_versions(store: Store) -> None:
    """Added again, it is newer than whatever was seen before."""
    link = store.document()["l1"]
    store.write([remove(store.document(), "l1")])
    store.write([add(link)])

    assert 3 == store.document().version("l1").number
    assert [("add", 1), ("remove", 2), ("add", 3)] == [
        (step.edit.verb, step.version) for step in store.history("l1")
    ]


# --- marks and earlier moments --------------------------------------------------------


def test_mark_names_the_present_moment(store: Store) -> None:
    """A mark holds name, number, author, reason and time."""
    change(store, "queue", name="Line")
    made = store.mark(" After lunch\x0b ", author="ann", reason="Board\x00 agreed")

    assert Mark("After lunch", 13, "ann", "Board agreed", made.time) == made
    assert made.time.startswith(NOON)
    assert (made,) == store.marks()


@pytest.mark.parametrize("name", ["", "  ", "\x0b"])
def test_mark_needs_a_name(store: Store, name: str) -> None:
    """Nobody finds a moment without a name again."""
    with pytest.raises(InputError, match="a mark needs a name"):
        store.mark(name)


def test_name_of_a_mark_is_given_once(store: Store) -> None:
    """A second moment of the same name would hide the first."""
    store.mark("Start")

    with pytest.raises(InputError, match="there is a mark 'Start' already"):
        store.mark("Start")
    assert 1 == len(store.marks())


def test_marks_come_oldest_first(store: Store) -> None:
    """Two marks of one moment stand in the order in which they were set."""
    for name in ("Zero", "Alpha"):
        store.mark(name)
    change(store, "queue", name="Line")
    store.mark("Beta")

    assert ["Zero", "Alpha", "Beta"] == [mark.name for mark in store.marks()]


def test_document_at_a_mark_or_number_is_as_it_was(store: Store) -> None:
    """Every earlier moment can be looked at, by name and by number."""
    start = store.document()
    store.mark("Start")
    change(store, "queue", name="Line")
    middle = store.document()
    store.write([remove(store.document(), "l1")])

    assert start == store.document("Start") == store.document(12)
    assert middle == store.document(13)
    assert 2 == store.document(13).version("queue").number
    assert Document() == store.document(0)
    assert store.document() == store.document(14)


def test_unknown_moment_is_refused(store: Store) -> None:
    """A mark that is not there is answered by those that are."""
    store.mark("Start")

    with pytest.raises(UnknownNameError, match=r"no mark 'Stat'.*Did you mean 'Start'"):
        store.document("Stat")
    for number in (-1, 13):
        with pytest.raises(InputError, match=f"runs from 0 to 12, found {number}"):
            store.document(number)


# --- live views, history, names -------------------------------------------------------


def test_second_connection_sees_what_changed_since(shared: Workshops) -> None:
    """A live view asks for what is new, and gets each edit once and in order."""
    here = shared.new()
    there = shared.open()
    seen = there.number()
    change(here, "queue", name="Line", author="ann")
    change(here, "queue", emotion=-1)
    new = there.changes_since(seen)

    assert [(13, {"name": "Line"}, 2), (14, {"emotion": -1}, 3)] == [
        (step.number, step.edit.patch, step.version) for step in new
    ]
    assert "ann" == new[0].edit.author
    assert datetime.fromisoformat(new[0].time).tzinfo == UTC
    assert () == there.changes_since(14)


def test_open_view_takes_up_what_others_wrote(shared: Workshops) -> None:
    """Additions, changes and removals of another connection show at the next look."""
    here = shared.new()
    there = shared.open()
    there.document()
    here.write([add(Persona(id="bob", name="Bob"))])
    change(here, "queue", name="Line")
    here.write([remove(here.document(), "l1")])

    assert here.document() == there.document()
    assert here.document().version("l1") == there.document().version("l1")
    assert ("l1" in there.document(), "bob" in there.document()) == (False, True)


def test_open_view_reads_only_what_changed(shared: Workshops) -> None:
    """A map of thousands of entries is not read again for each edit of others."""
    here = shared.new()
    there = shared.open()
    before = there.document()
    change(here, "queue", name="Line")

    assert there.document()["parking"] is before["parking"]
    assert "Line" == there.document()["queue"].name


def test_removing_the_last_entry_is_seen_by_others(shared: Workshops) -> None:
    """An empty map is a map too."""
    here = shared.new()
    there = shared.open()
    there.document()
    group, document = new_edit_id(), here.document()
    here.write([remove(document, one.id, group=group) for one in document])

    assert Document() == there.document() == here.document()


def test_history_of_an_entry_is_told_in_order(store: Store) -> None:
    """Who did what, with the values, from the first to the last edit."""
    change(store, "queue", name="Line", author="ann")
    change(store, "parking", name="Garage")
    change(store, "queue", name="Queue", author="bob")

    assert [(None, "add"), ("ann", "change"), ("bob", "change")] == [
        (step.edit.author, step.edit.verb) for step in store.history("queue")
    ]
    assert () == store.history("nobody")


def test_author_has_one_name_at_a_time(store: Store) -> None:
    """A new name takes the place of the old one, clean as every text."""
    store.name_author("ann", "Ann\x0b M.")
    store.name_author("bob", "Bob")
    store.name_author("ann", "Ann Müller")

    assert {"ann": "Ann Müller", "bob": "Bob"} == store.author_names()


def test_text_of_any_sign_comes_back(store: Store) -> None:
    """Signs that databases like to stumble over pass unharmed."""
    text = "'; DROP TABLE edit; -- \\ \" % _ \U0001f600 ä \u2028"
    change(store, "queue", description=text)

    assert text == store.document()["queue"].description
    assert text == store.document(13)["queue"].description


# --- in one process -------------------------------------------------------------------


def test_two_threads_write_through_one_store(store: Store) -> None:
    """Each edit of each thread is there, once, and the record is whole."""
    failed: list[Exception] = []

    def work(name: str) -> None:
        try:
            for number in range(20):
                change(store, name, description=f"{name} {number}")
                assert f"{name} {number}" == store.document()[name].description
        except Exception as error:  # noqa: BLE001 - shown below
            failed.append(error)

    threads = [
        threading.Thread(target=work, args=(name,)) for name in ("queue", "parking")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [] == failed
    assert 52 == store.number() == examine(store.backend).n_edits
    assert () == examine(store.backend).problems


def test_closing_again_does_nothing(store: Store) -> None:
    """Whoever is unsure may close once more."""
    store.close()
    store.close()

    with pytest.raises(
        FileProblemError, match=r"the workshop was closed\. Open it again"
    ):
        store.document()
    with pytest.raises(FileProblemError, match="the workshop was closed"):
        store.mark("Too late")
    with pytest.raises(FileProblemError, match="the workshop was closed"):
        store.backend.wipe()


def test_big_group_is_written_whole(workshops: Workshops) -> None:
    """More edits than a query takes values are one step all the same."""
    store = workshops.new()
    group = new_edit_id()
    people = [Persona(id=f"p{n}", name=f"Person {n}") for n in range(1_200)]
    edits = [add(one, author="ann", group=group) for one in people]
    store.write(edits)

    assert store.write(edits).is_repeat
    assert 1_212 == len(store.document())
    undone = store.undo("ann")
    assert undone is not None
    assert 1_200 == len(undone.numbers)
    assert airport() == store.document()


def test_refilled_workshop_refuses_the_same_ids(store: Store) -> None:
    """What stands is not added over."""
    with pytest.raises(ConflictError):
        fill(store)
