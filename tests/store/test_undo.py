"""Undoing: each author's own last step, whole, and never over what others did since."""

from __future__ import annotations

import pytest
from stored_workshops import Workshops, change, fill

from journeykit.errors import ConflictError, DanglingReferenceError
from journeykit.model import Document, LaneNote, PainPoint, Persona, Stakeholder
from journeykit.model.edits import add, new_edit_id, remove
from journeykit.model.edits import change as change_of
from journeykit.store import Store, examine, forget_author


def name_of(store: Store, entry_id: str) -> str:
    """Return the name of an entry."""
    return str(getattr(store.document()[entry_id], "name"))  # noqa: B009 - of any kind


def test_undo_brings_back_what_stood(store: Store) -> None:
    """The fields of the last step have their old values, and nothing else moves."""
    before = store.document()
    change(store, "queue", name="Line", emotion=2)
    receipt = store.undo()

    assert receipt is not None
    assert (14,) == receipt.numbers
    assert before == store.document()
    assert [None, None, store.history("queue")[1].edit.group] == [
        step.undoes for step in store.history("queue")
    ]


def test_undo_is_each_authors_own(store: Store) -> None:
    """What Bob did last stays when Ann takes back what she did before him."""
    change(store, "queue", author="ann", name="Ann's")
    change(store, "parking", author="bob", name="Bob's")
    change(store, "check-in", name="Nobody's")
    store.undo("ann")

    assert ["Queue", "Bob's", "Nobody's"] == [
        name_of(store, one) for one in ("queue", "parking", "check-in")
    ]
    assert "ann" == store.history("queue")[-1].edit.author


def test_nothing_to_undo_is_said(store: Store) -> None:
    """Who did nothing, or took all back, gets None."""
    change(store, "queue", author="ann", name="Ann's")

    assert store.undo("bob") is None
    assert store.undo("ann") is not None
    assert store.undo("ann") is None


def test_several_undos_in_a_row_go_back_step_by_step(store: Store) -> None:
    """Three changes of one field are taken back one after the other."""
    for name in ("One", "Two", "Three"):
        change(store, "queue", author="ann", name=name)
    names = []
    while store.undo("ann"):
        names.append(name_of(store, "queue"))

    assert ["Two", "One", "Queue"] == names
    assert () == examine(store.backend).problems


def test_undo_goes_on_past_fields_of_others(store: Store) -> None:
    """Bob's other field stands through all that Ann takes back."""
    change(store, "queue", author="ann", name="One")
    change(store, "queue", author="bob", description="Bob's words")
    change(store, "queue", author="ann", name="Two")
    store.undo("ann")
    store.undo("ann")

    assert "Queue" == name_of(store, "queue")
    assert "Bob's words" == store.document()["queue"].description


def test_step_of_many_edits_is_undone_as_one(store: Store) -> None:
    """Added, changed, changed again and removed in one step: all of it goes back."""
    before = store.document()
    group = new_edit_id()
    note = LaneNote(id="n", lane="need", text="Shade", stage="arrive")
    born = add(note, author="ann", group=group)
    more = {"id": new_edit_id(), "verb": "change", "patch": {"text": "Sun"}}
    store.write(
        [
            born,
            born.model_copy(update=more),
            change_of(before, "queue", {"name": "A"}, author="ann", group=group),
            change_of(before, "queue", {"name": "B"}, author="ann", group=group),
            remove(before, "l1", author="ann", group=group),
        ]
    )
    assert "B" == name_of(store, "queue")
    receipt = store.undo("ann")

    assert receipt is not None
    assert 5 == len(receipt.numbers)
    assert before == store.document()
    assert () == examine(store.backend).problems


def test_undo_of_adding_removes(store: Store) -> None:
    """What was added is gone, and its versions go on."""
    store.write([add(Persona(id="bob", name="Bob"), author="ann")])
    store.undo("ann")

    assert "bob" not in store.document()
    assert [1, 2] == [step.version for step in store.history("bob")]


def test_undo_of_a_removal_brings_the_entry_back(store: Store) -> None:
    """With every field, and able to be changed and undone again."""
    change(store, "l1", author="ann", note="First", strength=3)
    link = store.document()["l1"]
    store.write([remove(store.document(), "l1", author="ann")])
    store.undo("ann")
    assert link == store.document()["l1"]
    store.undo("ann")

    assert ("", 4) == (
        store.document()["l1"].note,
        store.document().version("l1").number - 1,
    )
    assert () == examine(store.backend).problems


def test_undo_of_a_removal_that_was_overtaken_is_a_conflict(store: Store) -> None:
    """Somebody else put another entry of that id in the place."""
    store.write([remove(store.document(), "ann", author="ann")])
    store.write([add(Stakeholder(id="ann", name="Another"), author="bob")])

    with pytest.raises(ConflictError):
        store.undo("ann")
    assert Stakeholder(id="ann", name="Another") == store.document()["ann"]


def test_undo_of_a_field_changed_since_is_a_conflict(store: Store) -> None:
    """Both values are named, and nothing of the step is undone."""
    group, document = new_edit_id(), store.document()
    store.write(
        [
            change_of(document, "queue", {"name": "Mine"}, author="ann", group=group),
            change_of(document, "parking", {"name": "P"}, author="ann", group=group),
        ]
    )
    change(store, "queue", author="bob", name="Theirs")

    with pytest.raises(ConflictError) as caught:
        store.undo("ann")
    assert ("queue", "name", "Queue", "Theirs") == caught.value.args
    assert ["Theirs", "P"] == [name_of(store, one) for one in ("queue", "parking")]
    assert 15 == store.number()


def test_conflict_of_a_twice_changed_field_names_the_first_value(store: Store) -> None:
    """Undoing A to B to C means A, so A is what is held against the other's value."""
    group, document = new_edit_id(), store.document()
    for_two = [
        change_of(document, "queue", {"name": name}, author="ann", group=group)
        for name in ("B", "C")
    ]
    store.write(for_two)
    change(store, "queue", author="bob", name="D")

    with pytest.raises(ConflictError) as caught:
        store.undo("ann")
    assert ("Queue", "D") == (caught.value.mine, caught.value.theirs)


def test_change_that_was_taken_back_is_no_conflict(store: Store) -> None:
    """Bob changed his mind, so nothing stands between Ann and her undo."""
    change(store, "queue", author="ann", name="Ann's")
    change(store, "queue", author="bob", name="Bob's")
    store.undo("bob")
    store.undo("ann")

    assert "Queue" == name_of(store, "queue")


def test_undo_to_what_already_stands_is_no_conflict(store: Store) -> None:
    """Bob wrote the old value back himself."""
    change(store, "queue", author="ann", name="Ann's")
    change(store, "queue", author="bob", name="Queue")
    store.undo("ann")

    assert "Queue" == name_of(store, "queue")


def test_undo_of_adding_what_others_changed_is_a_conflict(store: Store) -> None:
    """Bob's work on Ann's entry does not vanish with it."""
    store.write([add(Persona(id="bob", name="Bob"), author="ann")])
    change(store, "bob", author="bob", name="Robert")

    with pytest.raises(ConflictError, match="'removal'"):
        store.undo("ann")
    assert "Robert" == name_of(store, "bob")


def test_undo_of_adding_what_others_point_to_is_refused(store: Store) -> None:
    """Bob's pain point would hang in the air."""
    store.write([add(Stakeholder(id="new", name="New"), author="ann")])
    change(store, "queue", author="bob", owner="new")

    with pytest.raises(DanglingReferenceError):
        store.undo("ann")
    assert "new" in store.document()


def test_undo_of_changing_what_is_gone_is_a_conflict(store: Store) -> None:
    """There is no field to put the old value in."""
    change(store, "l1", author="ann", note="Mine")
    store.write([remove(store.document(), "l1", author="bob")])

    with pytest.raises(ConflictError):
        store.undo("ann")


def test_undo_of_a_change_in_an_entry_that_came_back(store: Store) -> None:
    """Bob removed and added it anew: all its fields are his now."""
    change(store, "l1", author="ann", note="Mine")
    link = store.document()["l1"]
    store.write([remove(store.document(), "l1", author="bob")])
    store.write([add(link, author="bob")])

    with pytest.raises(ConflictError, match="yours is '', theirs is 'Mine'"):
        store.undo("ann")


def test_undo_from_a_second_connection(shared: Workshops) -> None:
    """What Ann did on one machine she may take back on another."""
    here = shared.new()
    there = shared.open()
    change(here, "queue", author="ann", name="Ann's")
    there.undo("ann")

    assert "Queue" == name_of(here, "queue")


def test_first_step_can_be_undone(workshops: Workshops) -> None:
    """The whole airport, in one step, is gone and leaves nothing that dangles."""
    store = workshops.new()
    store.undo()

    assert Document() == store.document()
    fill(store)
    assert 12 == len(store.document())
    assert () == examine(store.backend).problems


def test_step_whose_texts_were_erased_is_undone_with_what_is_left(store: Store) -> None:
    """Numbers come back, the erased text does not."""
    change(store, "queue", author="ann", description="Ann's secret", emotion=-2)
    change(store, "queue", author="bob", description="Bob's words", emotion=1)
    forget_author(store, "ann")
    store.undo("bob")

    assert ("[erased]", -2) == (
        store.document()["queue"].description,
        store.document()["queue"].emotion,
    )
    assert () == examine(store.backend).problems


def test_erasing_is_no_step_to_undo(store: Store) -> None:
    """The traces of an erasure belong to nobody."""
    change(store, "queue", author="ann", description="Ann's secret")
    change(store, "parking", emotion=2)
    forget_author(store, "ann")
    store.undo()

    assert store.document()["parking"].emotion is None
    assert "[erased]" == store.document()["queue"].description


def test_undo_of_an_erased_removal(store: Store) -> None:
    """A pain point of an erased author comes back without the words."""
    point = PainPoint(id="p", text="Ann's pain", touchpoint="queue", severity=5)
    store.write([add(point, author="ann")])
    store.write([remove(store.document(), "p", author="bob")])
    forget_author(store, "ann")
    store.undo("bob")

    assert ("[erased]", 5) == (
        store.document()["p"].text,
        store.document()["p"].severity,
    )
    assert () == examine(store.backend).problems


def test_undoing_an_undoing_brings_the_step_back(store: Store) -> None:
    """Back and forth as often as one likes; the step then counts as done again."""
    first = change(store, "queue", author="ann", name="One").group
    undone = store.undo("ann")
    assert undone is not None
    redone = store.undo("ann", group=undone.group)
    assert redone is not None

    assert "One" == name_of(store, "queue")
    again = store.undo("ann")
    assert again is not None
    assert "Queue" == name_of(store, "queue")
    assert first == store.history("queue")[-1].undoes
    assert store.undo("ann") is None
    assert store.undo("ann", group=again.group) is not None
    assert "One" == name_of(store, "queue")


def test_step_that_was_brought_back_is_a_conflict_again(store: Store) -> None:
    """What Bob did, took back and did again stands over what Ann did before."""
    mine = change(store, "queue", author="ann", name="Ann's").group
    change(store, "queue", author="bob", name="Bob's")
    undone = store.undo("bob")
    assert undone is not None
    store.undo("bob", group=undone.group)

    with pytest.raises(ConflictError, match="Bob's"):
        store.undo("ann", group=mine)


def test_a_group_is_answered_without_writing_it_again(store: Store) -> None:
    """Whoever lost an answer can ask for it."""
    receipt = change(store, "queue", name="Line")

    assert store.written(new_edit_id()) is None
    known = store.written(receipt.group)
    assert known is not None
    assert (receipt.numbers, True) == (known.numbers, known.is_repeat)


def test_record_says_who_added_what(store: Store) -> None:
    """Entries of nobody in particular are left out."""
    number = store.number()
    store.write([add(Persona(id="eve", name="Eve"), author="ann")])
    store.write([add(Persona(id="abe", name="Abe"))])

    assert {"eve": "ann"} == store.added_by()
    assert {} == store.added_by(number + 1)


def test_undoing_that_is_asked_for_twice_is_done_once(store: Store) -> None:
    """Whoever lost the answer asks under the same id, and the step before stays."""
    change(store, "queue", author="ann", name="One")
    change(store, "queue", author="ann", name="Two")
    made = new_edit_id()
    first = store.undo("ann", made=made)
    second = store.undo("ann", made=made)

    assert first is not None
    assert second is not None
    assert (made, first.numbers, True) == (
        second.group,
        second.numbers,
        second.is_repeat,
    )
    assert "One" == name_of(store, "queue")
