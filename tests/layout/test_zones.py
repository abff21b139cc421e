"""What a drop writes, and how cards that stand twice are told apart."""

from __future__ import annotations

import pytest

from journeykit.errors import InputError, UnknownNameError
from journeykit.layout.zones import Card, Cell, Layout, Zone, drop
from journeykit.model import Document, Stakeholder, apply


def people(*ranks: str) -> Document:
    """Return stakeholders a, b, c ... of these ranks, influence 5."""
    return Document(
        Stakeholder(id=name, name=name.upper(), rank=rank, influence=5)
        for name, rank in zip("abcdef", ranks, strict=False)
    )


def board(document: Document, *, fixed: str = "") -> Layout:
    """Return a zone with everybody, one that keeps 4 and 5, and one that is shut."""
    cards = tuple(
        Card(one.id, one.id, "stakeholder", one.name, is_fixed=one.id == fixed)
        for one in document.of(Stakeholder)
    )
    high = {"stakeholder": {"influence": 4, "interest": 4}}
    keeps = {"stakeholder": {"influence": (4, 5)}}
    zones = (
        Zone("all", "All", Cell(0, 0), cards, {"stakeholder": {"interest": 1}}),
        Zone("high", "High", Cell(0, 1), (), high, keeps=keeps),
        Zone("shut", "Shut", Cell(0, 2), why_not="It is drawn from the data"),
    )
    return Layout("people", "People", 1, 3, zones)


def written(document: Document, entry: str, zone: str, **more: str) -> dict[str, dict]:
    """Return what a drop writes, by entry."""
    edits = drop(document, board(document), entry, zone, **more)
    return {edit.entry: edit.patch for edit in edits}


def test_values_that_a_zone_keeps_are_left_alone() -> None:
    """A quadrant that writes 4 keeps a 5: a move across one axis changes one field."""
    found = written(people("1", "2"), "a", "high")

    assert {"a": {"interest": 4, "rank": "V"}} == found


def test_move_within_a_zone_changes_the_place_only() -> None:
    """Sorting cards of a zone writes none of the fields that the zone stands for."""
    found = written(people("1", "2"), "b", "all", before="a")

    assert ["rank"] == list(found["b"])
    assert found["b"]["rank"] < "1"


def test_fixed_card_does_not_count_as_standing_there() -> None:
    """Where an entry stands only by a link, a drop makes it its own place."""
    document = people("1")
    edits = drop(document, board(document, fixed="a"), "a", "all")

    assert {"interest", "rank"} == set(edits[0].patch)


def test_neighbours_that_share_a_rank_get_new_ones() -> None:
    """Between two entries of one rank there is a place all the same."""
    document = people("V", "V", "V")
    edits = drop(document, board(document), "c", "all", before="b")
    after = apply(document, edits)

    assert ["c", "b"] == [edit.entry for edit in edits]
    assert ["a", "c", "b"] == [one.id for one in after.of(Stakeholder)]


def test_zone_that_accepts_nothing_says_why() -> None:
    """The reason of the zone is what a person reads."""
    document = people("1")

    with pytest.raises(InputError, match="It is drawn from the data"):
        drop(document, board(document), "a", "shut")
    with pytest.raises(UnknownNameError, match="Did you mean 'high'"):
        drop(document, board(document), "a", "hig")


def test_cards_that_stand_twice_have_their_own_ids() -> None:
    """An id names zone and number, and stays the same when neighbours come or go."""
    twice = Card("a", "a", "stakeholder", "A")
    other = Card("b", "b", "stakeholder", "B")
    zones = (
        Zone("one", "One", Cell(0, 0), (other, twice, twice)),
        Zone("two", "Two", Cell(0, 1), (twice,)),
    )
    numbered = Layout("x", "X", 1, 2, zones).with_cards_numbered()
    ids = [card.id for zone in numbered.zones for card in zone.cards]

    assert ["b", "a@one", "a@one@2", "a@two"] == ids
    assert ("one", "two") == numbered.zones_of("a")
