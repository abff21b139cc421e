"""Examples in a workshop: they go in one step, and people's own work never does."""

from __future__ import annotations

from typing import Any

import pytest

from journeykit.exchange.examples import (
    as_given,
    edits_removing_examples,
    example_fields,
    example_ids,
    is_example,
    kept_examples,
)
from journeykit.model import Document, apply, entry_from, from_json, inverse, to_json
from journeykit.model.edits import change

EXAMPLE = {"extensions": {"journeykit": {"is_example": True}}}
ENTRIES: tuple[dict[str, Any], ...] = (
    {"kind": "journey", "id": "j", "name": "A trip"},
    {"kind": "stage", "id": "s", "journey": "j", "name": "Booking"},
    {
        "kind": "touchpoint",
        "id": "tp",
        "stage": "s",
        "name": "The form",
        "owner": "who",
        "emotion": -1,
        "extensions": {
            "journeykit": {"example_fields": {"owner": "who", "emotion": -1}},
            "miro": {"colour": "red"},
        },
    },
    {"kind": "stakeholder", "id": "who", "name": "Sales lead", **EXAMPLE},
    {"kind": "segment", "id": "seg", "name": "Families", **EXAMPLE},
    {"kind": "persona", "id": "p", "name": "Planner", "segment": "seg", **EXAMPLE},
    {"kind": "pain_point", "id": "pain", "text": "Lost", "persona": "p", **EXAMPLE},
    {
        "kind": "link",
        "id": "travels",
        "source": "p",
        "relation": "travels",
        "target": "j",
        **EXAMPLE,
    },
    {
        "kind": "link",
        "id": "felt",
        "source": "pain",
        "relation": "felt_by",
        "target": "p",
        **EXAMPLE,
    },
)


def workshop(*more: dict[str, Any]) -> Document:
    """Return a small workshop made of a starter, and what people added."""
    begin = as_given(Document([entry_from(one) for one in ENTRIES]))
    return begin.with_entries(entry_from(one) for one in more)


def without_examples(document: Document) -> Document:
    """Return the document after its examples were taken out."""
    return apply(document, edits_removing_examples(document, "ann"))


def test_examples_go_and_the_skeleton_stays() -> None:
    """Marked entries and values go; marks of other tools stay."""
    after = without_examples(workshop())

    assert ["j", "s", "tp"] == [one.id for one in after]
    assert (None, None) == (after["tp"].owner, after["tp"].emotion)  # type: ignore[attr-defined]
    assert {"miro": {"colour": "red"}} == after["tp"].extensions
    assert () == edits_removing_examples(after)


def test_it_is_one_group_of_one_author() -> None:
    """So that one undo brings everything back."""
    edits = edits_removing_examples(workshop(), "ann")

    assert {"ann"} == {one.author for one in edits}
    assert 1 == len({one.group for one in edits})
    assert 7 == len(edits)


def test_undone_removal_can_be_done_again() -> None:
    """Entries that came back are still known as untouched examples."""
    before = workshop()
    edits = edits_removing_examples(before)
    undone = apply(
        apply(before, edits), [inverse(before, one) for one in reversed(edits)]
    )

    assert before == undone
    assert () == kept_examples(undone)
    assert ["j", "s", "tp"] == [one.id for one in without_examples(undone)]


def test_example_that_a_person_changed_is_kept_with_what_it_needs() -> None:
    """The changed pain point stays, and so do its persona and that one's segment."""
    begin = workshop()
    changed = apply(begin, [change(begin, "pain", {"severity": 4})])

    assert [
        ("pain", "Lost: it was changed since"),
        ("p", "Planner: pain point “Lost” points to it"),
        ("seg", "Families: persona “Planner” points to it"),
    ] == [(one.entry, str(one)) for one in kept_examples(changed)]
    assert {"j", "s", "tp", "pain", "p", "seg", "travels", "felt"} == {
        one.id for one in without_examples(changed)
    }


def test_example_that_own_entries_point_to_is_kept() -> None:
    """A vote for it, a card about it or a link to it holds it."""
    vote = {"kind": "vote", "id": "v", "subject": "seg", "participant": "ann"}
    link = {"kind": "link", "id": "l", "source": "who", "target": "j"}

    assert {"seg": "vote “v” points to it", "who": "a link points to it"} == {
        one.entry: one.why for one in kept_examples(workshop(vote, link))
    }
    assert "seg" in without_examples(workshop(vote))


def test_moving_an_example_or_changing_it_back_makes_it_nobodys() -> None:
    """Its place among its like says nothing, and an undone change is none."""
    begin = workshop()
    moved = apply(begin, [change(begin, "pain", {"rank": "Z", "severity": 4})])
    back = apply(moved, [change(moved, "pain", {"severity": None})])

    assert () == kept_examples(back)
    assert "pain" not in without_examples(back)


def test_value_that_a_person_gave_stays() -> None:
    """Only the fields that still hold the example's value are emptied."""
    begin = workshop()
    changed = apply(begin, [change(begin, "tp", {"emotion": 2})])
    after = without_examples(changed)

    assert {"owner": "who"} == example_fields(changed["tp"])
    assert (None, 2) == (after["tp"].owner, after["tp"].emotion)  # type: ignore[attr-defined]


def test_owner_that_a_person_chose_among_the_examples_is_kept() -> None:
    """A value given by a person points like any other."""
    mine = {"kind": "stakeholder", "id": "me", "name": "Product lead", **EXAMPLE}
    begin = as_given(workshop(mine))
    changed = apply(begin, [change(begin, "tp", {"owner": "me"})])

    assert [("me", "touchpoint “The form” points to it")] == [
        (one.entry, one.why) for one in kept_examples(changed)
    ]
    assert {"j", "s", "tp", "me"} == {one.id for one in without_examples(changed)}


def test_examples_are_known_after_a_trip_through_a_file() -> None:
    """Versions are no part of a file; whether an example was changed is told yet."""
    begin = workshop()
    changed = apply(begin, [change(begin, "pain", {"severity": 4})])
    read = from_json(to_json(changed))

    assert set(example_ids(begin)) == set(example_ids(read))
    assert {one.entry for one in kept_examples(changed)} == {
        one.entry for one in kept_examples(read)
    }


def test_mark_without_its_content_counts_versions() -> None:
    """Examples marked by another tool are a person's once they were changed."""
    bare = Document([entry_from(one) for one in ENTRIES])
    changed = apply(bare, [change(bare, "pain", {"severity": 4})])

    assert () == kept_examples(bare)
    assert "pain" in {one.entry for one in kept_examples(changed)}


@pytest.mark.parametrize(
    "mark",
    [None, "yes", {"is_example": "yes"}, {"is_example": 1}, {"example_fields": ["a"]}],
)
def test_strange_marks_are_no_examples(mark: Any) -> None:
    """Whatever stands in the extensions, nothing is taken out by mistake."""
    entry = entry_from(
        {"kind": "journey", "id": "j", "name": "A", "extensions": {"journeykit": mark}}
    )

    assert not is_example(entry)
    assert {} == example_fields(entry)
    assert ["j"] == [one.id for one in without_examples(Document([entry]))]


def test_workshop_without_examples_has_nothing_to_take_out() -> None:
    """Own work is left alone."""
    assert () == edits_removing_examples(Document([entry_from(ENTRIES[0])]))
