"""Proposals are taken, left and laid on the board by buttons, and undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from clean_case import clean_case
from hypothesis import HealthCheck, given, settings
from sample_entries import documents

import journeykit
from journeykit.check.proposing import PROPOSAL_KINDS, proposals
from journeykit.errors import UnknownNameError
from journeykit.model import CanvasEntry, CopisElement, Document, Link, apply
from journeykit.model.edits import add
from journeykit.show.guide_acts import act
from journeykit.show.live import live_of
from journeykit.show.proposals import proposals_tree
from journeykit.workshop import Workshop


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Yield a workshop with a map, and no COPIS and no canvas."""
    made = (CopisElement, CanvasEntry)
    case = clean_case("operations")
    gone = {one.id for one in case if isinstance(one, made)}
    with journeykit.new(None) as workshop:
        own = workshop.case
        group = [
            add(one)
            for one in case
            if one.id not in gone
            and one.id != own.id
            and one.kind != "case"
            and not (isinstance(one, Link) and gone & {one.source, one.target})
        ]
        workshop.store.write(
            [edit.model_copy(update={"group": group[0].group}) for edit in group]
        )
        yield workshop


def ids(document: Document, of: str = "copis") -> set[str]:
    """Return the ids of the proposed entries."""
    return {one.entry.id for one in proposals(document, of).entries}


def test_nothing_stands_in_the_workshop_before_a_yes(work: Workshop) -> None:
    """To look at what is suggested writes nothing."""
    before = work.document()
    tree = proposals_tree(before, "copis")

    assert "Young savers" in str(tree)
    assert () == work.document().of(CopisElement)


def test_every_proposal_says_where_it_comes_from(work: Workshop) -> None:
    """The touchpoints or people behind it are named."""
    found = {
        one.entry.name_for_people: one.why for one in proposals(work.document()).entries
    }

    assert "From persona Amy" == found["Amy"]
    assert "From touchpoint Compare offers" == found["Choose"]
    assert "The touchpoint that matters most in “Choose”" == found["Compare offers"]


def test_taking_adds_the_entry_and_its_links(work: Workshop) -> None:
    """One group, undone by one step, and proposed again after that."""
    before = work.document()
    offered = next(
        one.entry.id
        for one in proposals(before).entries
        if one.entry.name_for_people == "Amy"
    )
    said = act(work, f"take_proposed:copis:{offered}")
    taken = work.document()
    links = [one for one in taken.of(Link) if one.source == offered]
    work.store.undo(group=live_of(work).done[-1])

    assert "“Amy” taken. 1 link came along." == said
    assert not taken[offered].is_proposed  # type: ignore[attr-defined]
    assert [False] == [one.is_proposed for one in links]
    assert before == work.document()
    assert offered in ids(work.document())


@pytest.mark.parametrize("of", PROPOSAL_KINDS)
def test_taking_all_leaves_nothing_to_suggest(work: Workshop, of: str) -> None:
    """Each entry with all its links."""
    act(work, f"take_proposed:{of}:@")
    after = proposals(work.document(), of)

    assert () == after.entries
    assert () == after.links
    assert not any(getattr(one, "is_proposed", False) for one in work.document())


def test_a_column_is_taken_alone(work: Workshop) -> None:
    """The others go on waiting."""
    act(work, "take_proposed:copis:@customer")

    assert {"customer"} == {one.role for one in work.document().of(CopisElement)}
    assert "process" in {one.place for one in proposals(work.document()).entries}


def test_what_is_left_is_not_suggested_again(work: Workshop) -> None:
    """It is remembered in the workshop, and can be brought back."""
    offered = min(ids(work.document()))
    before = work.document()
    act(work, f"leave_proposed:copis:{offered}")
    after = work.document()
    act(work, "bring_back:copis")

    assert offered not in ids(after)
    assert 1 == proposals(after).n_left
    assert () == after.of(CopisElement)
    assert ids(before) == ids(work.document())


def test_undo_of_leaving_suggests_again(work: Workshop) -> None:
    """The same step as any other."""
    offered = min(ids(work.document()))
    act(work, f"leave_proposed:copis:{offered}")
    work.store.undo(group=live_of(work).done[-1])

    assert offered in ids(work.document())


def test_laid_on_the_board_they_are_marked_and_can_be_taken(work: Workshop) -> None:
    """What is marked counts as proposed until a person says yes."""
    act(work, "lay_proposed:copis:@process")
    laid = work.document()
    act(work, "take_proposed:copis:@process")
    taken = work.document()

    assert {True} == {one.is_proposed for one in laid.of(CopisElement)}
    assert {True} == {
        one.is_on_board for one in proposals(laid).entries if one.place == "process"
    }
    assert {False} == {one.is_proposed for one in taken.of(CopisElement)}


def test_leaving_takes_off_the_board_what_was_laid(work: Workshop) -> None:
    """With its links, so that nothing points to nothing."""
    act(work, "lay_proposed:copis:@")
    act(work, "leave_proposed:copis:@")

    assert () == work.document().of(CopisElement)
    assert set() == ids(work.document())


def test_what_is_not_suggested_is_refused(work: Workshop) -> None:
    """A stale button changes nothing."""
    with pytest.raises(UnknownNameError):
        act(work, "take_proposed:copis:nothing")
    with pytest.raises(UnknownNameError):
        proposals(work.document(), "map")


def test_links_between_what_stands_say_both_ends() -> None:
    """With what the other end is, since names may be alike."""
    case = clean_case("operations")
    gone = {"p-1-affects-compare", "p-3-affects-compare", "p-5-affects-compare"}
    less = Document(one for one in case if one.id not in gone)
    renamed = [
        one.model_copy(update={"text": "Choose"}) if one.id == "p-1" else one
        for one in less
    ]

    assert "“Choose” affects the touchpoint “Compare offers”" in str(
        proposals_tree(Document(renamed), "copis")
    )


@given(documents())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_workshop_can_take_or_leave_everything(document: Document) -> None:
    """Whatever stands in it, in whatever state."""
    for of in PROPOSAL_KINDS:
        found = proposals(document, of)
        proposals_tree(document, of)
        chosen = found.chosen("@")
        after = apply(document, found.edits_taking(chosen))

        assert not ids(after, of) & set(chosen)
        apply(document, found.edits_laying(chosen))
        left = apply(document, found.edits_leaving(chosen))
        if document.case:
            assert set() == ids(left, of)
