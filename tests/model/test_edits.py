"""What an edit does, what undoes it, and when two of them are in each other's way."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sample_entries import airport, documents, edits_of

from journeykit.errors import (
    ConflictError,
    DanglingReferenceError,
    InputError,
    UnknownNameError,
)
from journeykit.model import (
    Document,
    Edit,
    Entry,
    LaneNote,
    PainPoint,
    Persona,
    Stage,
    Version,
    apply,
    inverse,
    to_json,
)
from journeykit.model.edits import add, change, new_edit_id, remove, undoing


def test_adding_puts_an_entry_in() -> None:
    """An entry that is added stands there as it was made, at version 1."""
    noise = PainPoint(id="noise", text="Noise", severity=2)

    after = apply(airport(), [add(noise, author="s-1")])

    assert noise == after["noise"]
    assert Version(1) == after.version("noise")


def test_adding_what_is_there_is_a_conflict() -> None:
    """An id is taken once; both entries are named."""
    with pytest.raises(ConflictError, match="'Bea'") as caught:
        apply(airport(), [add(Persona(id="ann", name="Bea"))])

    assert {"kind": "persona", "id": "ann", "name": "Ann"} == caught.value.theirs


def test_change_sets_only_its_fields() -> None:
    """The other fields of the entry stay, and only the changed ones get younger."""
    before = airport()

    after = apply(before, [change(before, "wait", {"severity": 5})])

    assert before["wait"].model_copy(update={"severity": 5}) == after["wait"]
    assert Version(2, {"severity": 2}) == after.version("wait")


def test_change_keeps_the_value_as_the_entry_takes_it() -> None:
    """The record holds clean text, not what was typed."""
    edit = change(airport(), "wait", {"text": " Long \x0bwait\nat gate"})

    assert {"text": "Long wait at gate"} == edit.patch


def test_edits_carry_author_and_group() -> None:
    """Who and with what: both are kept by every verb and by the inverse."""
    document, group = airport(), new_edit_id()
    made = [
        add(Persona(id="bea", name="Bea"), author="s-1", group=group),
        change(document, "ann", {"name": "Anna"}, author="s-1", group=group),
        remove(document, "l1", author="s-1", group=group),
    ]

    assert [("s-1", group)] * 3 == [(edit.author, edit.group) for edit in made]
    assert "s-1" == inverse(document, made[1]).author
    assert group != inverse(document, made[1]).group


def test_each_edit_has_an_id_of_its_own() -> None:
    """An edit that is sent twice can be told from two edits."""
    document = airport()
    edits = [change(document, "ann", {"name": "A"}) for _ in range(9)]

    assert 9 == len({edit.id for edit in edits})


@pytest.mark.parametrize("name", ["id", "kind"])
def test_id_and_kind_never_change(name: str) -> None:
    """Others point to the id, and the kind says what the fields mean."""
    document = airport()
    edit = Edit(
        verb="change", entry="ann", kind="persona", patch={name: "x"}, base_version=1
    )

    with pytest.raises(InputError, match=f"the {name} of an entry never changes"):
        change(document, "ann", {name: "x"})
    with pytest.raises(InputError, match=f"the {name} of an entry never changes"):
        apply(document, [edit])


def test_unknown_field_is_refused_with_the_nearest() -> None:
    """A misspelled field is offered in its right spelling."""
    document = airport()
    edit = Edit(verb="change", entry="wait", kind="pain_point", patch={"severty": 1})

    with pytest.raises(UnknownNameError, match="Did you mean 'severity'"):
        change(document, "wait", {"severty": 1})
    with pytest.raises(UnknownNameError, match="Did you mean 'severity'"):
        apply(document, [edit])


def test_unknown_entry_or_kind_is_refused() -> None:
    """There is nothing to change, and no kind to add."""
    document = airport()

    with pytest.raises(InputError, match="there is no entry 'bob'"):
        change(document, "bob", {"name": "Bob"})
    with pytest.raises(InputError, match="there is no entry 'bob'"):
        remove(document, "bob")
    with pytest.raises(UnknownNameError, match="kind of entry 'persno'"):
        apply(document, [Edit(verb="add", entry="bob", kind="persno")])


def test_entry_is_not_changed_as_another_kind() -> None:
    """An edit that takes a stage for a persona was made for another workshop."""
    edit = Edit(verb="remove", entry="arrive", kind="persona", base_version=1)

    with pytest.raises(InputError, match="a stage was changed as if it were a persona"):
        apply(airport(), [edit])


def test_version_that_was_never_here_is_refused() -> None:
    """An edit made on another copy of the workshop is not guessed at."""
    document = airport()
    edit = change(document, "ann", {"name": "Anna"}, base_version=4)

    with pytest.raises(InputError, match=r"version 4 of ann is not known here.* is 1"):
        apply(document, [edit])


def test_stale_change_of_the_same_field_names_both_values() -> None:
    """Two people set one field: the second is told both values, nothing is written."""
    seen = airport()
    now = apply(seen, [change(seen, "wait", {"severity": 5})])

    with pytest.raises(ConflictError, match="yours is 1, theirs is 5") as caught:
        apply(now, [change(seen, "wait", {"severity": 1})])

    assert ("wait", "severity") == (caught.value.entry, caught.value.field)


def test_stale_change_of_another_field_is_merged() -> None:
    """Two people set two fields of one entry: both stand."""
    seen = airport()
    now = apply(seen, [change(seen, "wait", {"severity": 5})])

    after = apply(now, [change(seen, "wait", {"frequency": 2})])

    assert (
        seen["wait"].model_copy(update={"severity": 5, "frequency": 2}) == after["wait"]
    )
    assert Version(3, {"severity": 2, "frequency": 3}) == after.version("wait")


def test_two_who_set_the_same_value_agree() -> None:
    """A stale edit to the value that stands already is no conflict."""
    seen = airport()
    now = apply(seen, [change(seen, "wait", {"severity": 5})])

    after = apply(now, [change(seen, "wait", {"severity": 5})])

    assert now == after


def test_merge_that_gives_a_faulty_entry_is_refused() -> None:
    """Each of two changes is right alone; together they would break a rule."""
    seen = airport()
    note = {"lane": "feeling", "text": "Stress", "stage": "arrive"}
    edit = Edit(verb="add", entry="note", kind="lane_note", patch=note)
    seen = apply(seen, [edit])
    now = apply(seen, [change(seen, "note", {"lane": "thought"})])

    with pytest.raises(InputError, match="only a feeling carries an emotion"):
        apply(now, [change(seen, "note", {"emotion": -2})])


def test_removal_of_what_changed_meanwhile_is_a_conflict() -> None:
    """Nobody removes what they have not seen."""
    seen = airport()
    now = apply(seen, [change(seen, "ann", {"name": "Anna"})])

    with pytest.raises(ConflictError, match=r"yours is 'removal', theirs is .*'Anna'"):
        apply(now, [remove(seen, "ann")])


def test_change_of_what_was_removed_meanwhile_is_a_conflict() -> None:
    """The refused value is in the error, so that it is not lost."""
    seen = airport()
    now = apply(seen, [remove(seen, "ann")])

    with pytest.raises(ConflictError, match=r"'Anna'.*removed, or never there"):
        apply(now, [change(seen, "ann", {"name": "Anna"})])
    with pytest.raises(ConflictError, match="yours is 'removal'"):
        apply(now, [remove(seen, "ann")])


@pytest.mark.parametrize("order", list(permutations(["queue", "wait", "l1"])))
def test_entry_goes_with_those_that_point_to_it_in_any_order(
    order: tuple[str, ...],
) -> None:
    """References are checked when the whole group stands."""
    document = airport()

    after = apply(document, [remove(document, name) for name in order])

    assert set(order) == {entry.id for entry in document} - {e.id for e in after}


@pytest.mark.parametrize("names", [["queue"], ["queue", "l1"], ["wait"]])
def test_entry_that_is_pointed_to_is_not_removed(names: list[str]) -> None:
    """The refusal names who points to it; all of the group is left undone."""
    document = airport()

    with pytest.raises(DanglingReferenceError, match="is pointed to by") as caught:
        apply(document, [remove(document, name) for name in names])

    assert ("link 'l1'" if names == ["wait"] else "pain point 'Long wait'",) == (
        caught.value.referrers
    )
    assert airport() == document


def test_entry_may_go_when_its_referrers_turn_elsewhere() -> None:
    """Pointing to another entry in the same group frees the first."""
    document = airport()

    after = apply(
        document,
        [
            remove(document, "queue"),
            change(document, "wait", {"touchpoint": "check-in"}),
        ],
    )

    assert ("wait",) == tuple(entry.id for entry in after.referrers("check-in"))


def test_group_may_change_an_entry_twice() -> None:
    """Two changes made on one document go together; the later value stands."""
    document = airport()
    edits = [
        change(document, "wait", {"severity": 1, "frequency": 1}),
        change(document, "wait", {"severity": 2}),
    ]

    after = apply(document, edits)

    assert (2, 1) == (after["wait"].severity, after["wait"].frequency)  # type: ignore[attr-defined]
    assert Version(3, {"severity": 3, "frequency": 2}) == after.version("wait")


def test_group_may_count_its_own_edits_as_versions() -> None:
    """A group that was tried out edit by edit has later base versions, and is right."""
    document = airport()
    first = change(document, "wait", {"severity": 1})
    second = change(apply(document, [first]), "wait", {"severity": 2})

    after = apply(document, [first, second])

    assert 2 == second.base_version
    assert 2 == after["wait"].severity  # type: ignore[attr-defined]


def test_group_may_change_and_then_remove() -> None:
    """An author's own change before is no reason to refuse the removal."""
    document = airport()
    edits = [change(document, "ann", {"name": "A"}), remove(document, "ann")]

    after = apply(document, edits)

    assert "ann" not in after
    assert Version(3) == after.version("ann")


def test_group_may_add_change_and_remove_one_entry() -> None:
    """What came and went within a group leaves a version behind, nothing else."""
    document, bea = airport(), Persona(id="bea", name="Bea")
    grown = apply(document, [add(bea)])
    edits = [add(bea), change(grown, "bea", {"name": "B"}), remove(grown, "bea")]

    after = apply(document, edits)

    assert document == after
    assert Version(3) == after.version("bea")


def test_change_after_an_addition_needs_no_base() -> None:
    """Within its group nobody else can have touched a new entry."""
    edits = [
        add(Persona(id="bea", name="Bea")),
        Edit(verb="change", entry="bea", kind="persona", patch={"name": "B"}),
    ]

    after = apply(airport(), edits)

    assert "B" == after["bea"].name_for_people


def test_group_conflicts_with_what_others_did_before() -> None:
    """A second edit of the same entry does not hide that the first one is stale."""
    seen = airport()
    now = apply(seen, [change(seen, "wait", {"severity": 5})])
    edits = [
        change(seen, "wait", {"frequency": 1}),
        change(seen, "wait", {"severity": 1}),
    ]

    with pytest.raises(ConflictError, match="severity of wait"):
        apply(now, edits)
    with pytest.raises(ConflictError, match="removal"):
        apply(now, [edits[0], remove(seen, "wait")])


def test_group_may_not_lean_on_versions_of_the_future() -> None:
    """Counting the group's own edits does not allow for more than those."""
    document = airport()
    edits = [
        change(document, "wait", {"severity": 1}),
        change(document, "wait", {"severity": 2}, base_version=3),
    ]

    with pytest.raises(InputError, match="version 3 of wait is not known here"):
        apply(document, edits)


def test_versions_grow_over_removal_and_return() -> None:
    """An entry that is back is younger than every edit made before it went."""
    seen = airport()
    gone = apply(seen, [remove(seen, "ann")])
    back = apply(gone, [inverse(seen, remove(seen, "ann"))])

    assert seen == back
    assert [1, 2, 3] == [d.version("ann").number for d in (seen, gone, back)]
    with pytest.raises(ConflictError, match="yours is 'Anna', theirs is 'Ann'"):
        apply(back, [change(seen, "ann", {"name": "Anna"})])
    with pytest.raises(ConflictError, match="removal"):
        apply(back, [remove(seen, "ann")])


def test_versions_grow_when_a_group_removes_and_adds() -> None:
    """An entry that is replaced within a group is new in every field."""
    seen = airport()
    now = apply(seen, [remove(seen, "ann"), add(Persona(id="ann", name="Ann 2"))])

    assert 3 == now.version("ann").number
    assert 3 == now.version("ann").of_field("summary")
    with pytest.raises(ConflictError, match="summary of ann"):
        apply(now, [change(seen, "ann", {"summary": "A nurse"})])


def test_entry_that_was_replaced_can_be_changed_in_its_group() -> None:
    """Removed, added again and changed: each step sees the one before."""
    document = airport()
    edits = [
        remove(document, "ann"),
        add(Persona(id="ann", name="Ann 2")),
        change(document, "ann", {"quote": "Hurry"}),
    ]

    after = apply(document, edits)

    assert Persona(id="ann", name="Ann 2", quote="Hurry") == after["ann"]
    assert 4 == after.version("ann").number


def test_id_may_come_back_as_another_kind_if_nobody_minds() -> None:
    """Whoever pointed to a stage would now point to a persona: that is refused."""
    document = airport()
    swap = [remove(document, "arrive"), add(Persona(id="arrive", name="Arne"))]
    free = [remove(document, "ann"), add(Stage(id="ann", journey="j", name="Ann"))]

    with pytest.raises(InputError, match="stage expects stage, found persona 'arrive'"):
        apply(document, swap)
    assert "stage" == apply(document, free)["ann"].kind


def test_undo_conflicts_with_what_others_changed_since() -> None:
    """Only the field that was changed since stands in the way of an undo."""
    before = airport()
    edit = change(before, "wait", {"severity": 1})
    after = apply(before, [edit])
    same = apply(after, [change(after, "wait", {"severity": 2})])
    other = apply(after, [change(after, "wait", {"frequency": 2})])

    with pytest.raises(ConflictError, match="yours is 4, theirs is 2"):
        apply(same, [inverse(before, edit)])
    assert 4 == apply(other, [inverse(before, edit)])["wait"].severity  # type: ignore[attr-defined]


def test_undo_of_an_addition_conflicts_with_later_changes() -> None:
    """What somebody else worked on since does not vanish."""
    before = airport()
    edit = add(Persona(id="bea", name="Bea"))
    after = apply(before, [edit])
    now = apply(after, [change(after, "bea", {"name": "Beatrice"})])

    with pytest.raises(ConflictError, match="Beatrice"):
        apply(now, [inverse(before, edit)])


def test_refusal_names_long_texts_by_their_beginning() -> None:
    """What points to an entry is named short, and of many the first ten."""
    told = "The queue moved\nso slowly that we nearly missed our flight " * 4
    notes = [
        LaneNote(id=f"n{i}", lane="thought", touchpoint="queue", text=told)
        for i in range(14)
    ]
    document = airport().with_entries(notes)

    with pytest.raises(DanglingReferenceError) as caught:
        apply(document, [remove(document, "queue")])

    words = str(caught.value)
    assert "'The queue moved so slowly that we nearly missed our flight…'" in words
    assert 15 == len(caught.value.referrers)
    assert "and 5 more. Change or remove" in words
    assert len(words) < 1_000


def test_undo_of_an_addition_is_refused_while_others_point_to_it() -> None:
    """An undo leaves no dangling references either."""
    before = airport()
    edit = add(Stage(id="board", journey="j", name="Board"))
    after = apply(before, [edit])
    now = apply(after, [change(after, "queue", {"stage": "board"})])

    with pytest.raises(DanglingReferenceError, match="touchpoint 'Queue'"):
        apply(now, [inverse(before, edit)])


def test_undoing_needs_only_the_entry_before() -> None:
    """A record undoes with entry, edit and version, without the whole document."""
    document, group = airport(), new_edit_id()
    edit = change(document, "ann", {"name": "Anna"})

    undo = undoing(document["ann"], edit, 7, group)

    assert ({"name": "Ann"}, 7, group) == (undo.patch, undo.base_version, undo.group)


def test_hostile_patch_is_clean_before_it_is_recorded() -> None:
    """What comes from a participant's page can be stored and written everywhere."""
    edit = Edit(
        verb="change",
        entry="ann",
        kind="persona",
        patch={"name": "A\x00\ud800nn", "extensions": {"k\x0b": ["\ufffe", 1]}},
    )

    assert {"name": "Ann", "extensions": {"k": ["", 1]}} == edit.patch


@pytest.mark.parametrize("value", [float("nan"), float("inf"), [float("-inf")]])
def test_patch_without_a_finite_number_is_refused(value: object) -> None:
    """NaN and infinity are no JSON."""
    with pytest.raises(ValueError, match="finite number"):
        Edit(verb="change", entry="ann", kind="persona", patch={"x": value})


@given(st.data())
def test_inverse_restores_the_document_exactly(data: st.DataObject) -> None:
    """Any edit and its inverse leave the content as it was, and the versions grown."""
    before = data.draw(documents())
    edit = data.draw(edits_of(before))

    after = apply(before, [edit])
    back = apply(after, [inverse(before, edit)])

    assert to_json(before) == to_json(back)
    assert before == back
    assert before.version(edit.entry).number + 2 == back.version(edit.entry).number


@given(st.data())
def test_apply_never_changes_its_input(data: st.DataObject) -> None:
    """The document before stays as it was: content, versions and edit."""
    before = data.draw(documents())
    edit = data.draw(edits_of(before))
    content, versions = to_json(before), dict(before.versions)
    sent = edit.model_dump_json()

    after = apply(before, [edit])

    assert content == to_json(before)
    assert versions == dict(before.versions)
    assert sent == edit.model_dump_json()
    assert after is not before


@given(st.data())
def test_any_group_can_be_undone_as_one(data: st.DataObject) -> None:
    """Edits that go in as one group come out by their inverses, last first."""
    before = data.draw(documents())
    document, edits, inverses = before, [], []
    for _ in range(data.draw(st.integers(1, 6))):
        edit = data.draw(edits_of(document))
        edits.append(edit)
        inverses.insert(0, inverse(document, edit))
        document = apply(document, [edit])

    after = apply(before, edits)

    assert document == after
    assert dict(document.versions) == dict(after.versions)
    assert before == apply(after, inverses)


@given(st.data())
def test_edits_of_different_fields_commute(data: st.DataObject) -> None:
    """Two who set different fields of an entry get the same in either order."""
    seen = data.draw(documents())
    one = data.draw(edits_of(seen, "change"))
    two = data.draw(edits_of(seen, "change"))
    assume(one.entry != two.entry or not one.patch.keys() & two.patch.keys())

    assert apply(apply(seen, [one]), [two]) == apply(apply(seen, [two]), [one])


@given(st.data())
def test_stale_edits_of_the_same_field_never_win_in_silence(
    data: st.DataObject,
) -> None:
    """Of two who set one field differently, the later is told both values."""
    seen = data.draw(documents())
    one = data.draw(edits_of(seen, "change"))
    two = data.draw(edits_of(seen, "change", one.entry))
    shared = one.patch.keys() & two.patch.keys()
    now = apply(seen, [one])
    plain = now[one.entry].model_dump(mode="json")
    assume(any(plain[name] != two.patch[name] for name in shared))

    with pytest.raises(ConflictError) as caught:
        apply(now, [two])

    told = caught.value
    assert (two.patch[told.field], plain[told.field]) == (told.mine, told.theirs)


@given(st.data())
def test_removal_takes_referrers_along_or_is_refused(data: st.DataObject) -> None:
    """A removal alone is refused by name; with all that lean on it, it goes."""
    document = data.draw(documents())
    entry = data.draw(st.sampled_from([e for e in document if _leaning(document, e)]))
    doomed = [entry, *_leaning(document, entry)]
    order = data.draw(st.permutations(doomed))

    with pytest.raises(DanglingReferenceError) as caught:
        apply(document, [remove(document, entry.id)])
    after = apply(document, [remove(document, each.id) for each in order])

    leaning = [who for who in document.referrers(entry.id) if who is not entry]
    assert len(leaning) == len(caught.value.referrers)
    assert len(document) - len(doomed) == len(after)


def _leaning(document: Document, entry: Entry) -> list[Entry]:
    """Return all entries that point to this one, or to one that does."""
    found: dict[str, Entry] = {}
    queue = [entry]
    while queue:
        for who in document.referrers(queue.pop().id):
            if who.id not in found and who.id != entry.id:
                found[who.id] = who
                queue.append(who)
    return list(found.values())
