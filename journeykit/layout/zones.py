"""What every layout is made of: zones on a grid, cards in zones, what a drop writes.

A zone says for each kind that it accepts which fields a drop sets (:attr:`Zone.puts`).
So a board needs to know nothing of what it shows, and dropping is the same edit whether
a mouse, a key or a program does it. A function for each zone was turned down: it could
neither be sent to a browser nor be read by a test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from pydantic import JsonValue

from journeykit.errors import InputError, UnknownNameError
from journeykit.layout.emotion_curve import EmotionRow
from journeykit.model.base import Entry, rank_between
from journeykit.model.document import Document
from journeykit.model.edits import Edit, change, new_edit_id

__all__ = [
    "Card",
    "Cell",
    "Head",
    "Keeps",
    "Layout",
    "Puts",
    "Tie",
    "Zone",
    "drop",
    "ranked_between",
]

Puts = Mapping[str, Mapping[str, JsonValue]]
"""Fields that a drop sets, by kind."""

Keeps = Mapping[str, Mapping[str, Sequence[JsonValue]]]
"""Values that a drop leaves alone, by kind and field."""


class Cell(NamedTuple):
    """A place on the grid, from 0: row, column, and how many of each it takes."""

    row: int
    column: int
    n_rows: int = 1
    n_columns: int = 1


@dataclass(frozen=True, slots=True)
class Card:
    """An entry as it stands in a zone.

    Parameters
    ----------
    id
        Its own on this board: the entry's, or ``entry@zone`` where it stands twice.
    entry, kind
        Id and kind of the entry.
    text, text_field
        What it says, and the field that writing on the card changes; empty if none.
    detail
        A second, quieter text.
    persona
        Letter of the persona whom it is about; empty for everybody.
    basis
        How sure it is; empty where that cannot be said.
    tone
        A role of the tokens for its edge, such as ``pain``; empty for the plain one.
    emotion
        -2 to +2 where it carries one.
    n_pains, n_votes
        Pain points that hurt here, and dots it got.
    marks
        Short words for what else it is, such as ``moment of truth``.
    is_fixed
        Whether it cannot be moved: its zone is derived, or it stands here by a link.
    values
        Of those fields that :attr:`Zone.keeps` speaks of: what they hold.
    """

    id: str
    entry: str
    kind: str
    text: str
    text_field: str = ""
    detail: str = ""
    persona: str = ""
    basis: str = ""
    tone: str = ""
    emotion: float | None = None
    n_pains: int = 0
    n_votes: int = 0
    marks: tuple[str, ...] = ()
    is_fixed: bool = False
    values: Mapping[str, JsonValue] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Zone:
    """A place of the picture in which cards stand.

    Parameters
    ----------
    id
        Its name in this layout.
    title
        What it is called; where heads say it already it is for screen readers only.
    cell
        Where it stands.
    cards
        What stands in it, in order.
    puts
        What a drop writes, by kind; a zone accepts the kinds that stand here.
    why_not
        Of a zone that accepts nothing: why, and where to change what it shows.
    keeps
        By kind and field, values that belong here too, so that a drop leaves them: a
        quadrant that writes 4 keeps a 5.
    adds
        Kind of the entry that writing into the zone makes; empty if none can be.
    starts
        What such an entry holds besides what a drop writes.
    hint, example
        What belongs here, and one example, both shown while it is empty.
    shape
        ``list`` (cards below one another), ``wall`` (side by side), ``columns`` (each
        card in the grid column of its number), ``curve`` (the emotion curve).
    is_titled
        Whether its title is drawn.
    tone
        A role of the tokens for its ground; empty for the plain one.
    """

    id: str
    title: str
    cell: Cell
    cards: tuple[Card, ...] = ()
    puts: Puts = field(default_factory=dict)
    why_not: str = ""
    keeps: Keeps = field(default_factory=dict)
    adds: str = ""
    starts: Mapping[str, JsonValue] = field(default_factory=dict)
    hint: str = ""
    example: str = ""
    shape: Literal["list", "wall", "columns", "curve"] = "list"
    is_titled: bool = True
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """Words that stand over columns, beside rows, or along an axis.

    Parameters
    ----------
    level
        ``stage`` and ``lane`` are the heads of a map, ``column`` and ``row`` those of a
        table, ``axis`` the end of an axis, ``line`` a line across the picture.
    entry
        The entry that it names, to be opened; empty if there is none.
    """

    text: str
    cell: Cell
    level: Literal["stage", "lane", "column", "row", "axis", "line"] = "column"
    detail: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A line from one card to another.

    Parameters
    ----------
    id
        The entry that it stands for.
    source, target
        Entries at its ends.
    style
        ``link`` between cards; ``on``, ``branch``, ``loop`` and ``return`` under the
        curve.
    is_broken
        Whether the context is lost on the way.
    is_open
        Whether nobody asked yet if it is.
    weight
        1 (thin) to 5.
    is_hurting
        Whether it leads to what causes pain, or to a pain point.
    """

    id: str
    source: str
    target: str
    style: Literal["link", "on", "branch", "loop", "return"] = "link"
    label: str = ""
    is_broken: bool = False
    weight: int = 1
    is_open: bool = False
    is_hurting: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture, ready to be drawn by any hand.

    Parameters
    ----------
    name
        Its key in :data:`journeykit.layout.catalogue.LAYOUTS`.
    title
        What it shows, in words.
    n_rows, n_columns
        Size of the grid.
    joins
        Relation by pair of kinds that a line drawn on this board makes: ``("persona",
        "segment"): "member_of"``. ``channel_change`` is no relation but a kind: such a
        line makes an entry of its own.
    foot
        A line below it: credit, definition, how to read it.
    personas
        Id, letter and name of each persona.
    """

    name: str
    title: str
    n_rows: int
    n_columns: int
    zones: tuple[Zone, ...]
    heads: tuple[Head, ...] = ()
    ties: tuple[Tie, ...] = ()
    curves: tuple[tuple[EmotionRow, ...], ...] = ()
    joins: Mapping[tuple[str, str], str] = field(default_factory=dict)
    foot: str = ""
    personas: tuple[tuple[str, str, str], ...] = ()
    options: Mapping[str, JsonValue] = field(default_factory=dict)

    def zone(self, zone_id: str) -> Zone:
        """Return the zone with this id.

        Raises
        ------
        UnknownNameError
            If there is no such zone.
        """
        zones = {zone.id: zone for zone in self.zones}
        try:
            return zones[zone_id]
        except KeyError:
            raise UnknownNameError("zone", zone_id, zones) from None

    def zones_of(self, entry_id: str) -> tuple[str, ...]:
        """Return the ids of the zones in which an entry stands."""
        return tuple(
            zone.id
            for zone in self.zones
            if any(card.entry == entry_id for card in zone.cards)
        )

    def with_cards_numbered(self) -> Layout:
        """Return the layout with own ids for cards of entries that stand twice."""
        seen = Counter(card.entry for zone in self.zones for card in zone.cards)
        if len(seen) == seen.total():
            return self
        zones = [
            replace(zone, cards=_numbered(zone, seen))
            if any(seen[card.entry] > 1 for card in zone.cards)
            else zone
            for zone in self.zones
        ]
        return replace(self, zones=tuple(zones))


def _numbered(zone: Zone, seen: Mapping[str, int]) -> tuple[Card, ...]:
    """Return the cards of a zone; ids stay the same when neighbours come or go."""
    here: Counter[str] = Counter()
    cards = []
    for card in zone.cards:
        here[card.entry] += 1
        number = f"@{here[card.entry]}" if here[card.entry] > 1 else ""
        own = f"{card.entry}@{zone.id}{number}"
        cards.append(replace(card, id=own) if seen[card.entry] > 1 else card)
    return tuple(cards)


def drop(
    document: Document,
    layout: Layout,
    entry_id: str,
    zone_id: str,
    *,
    before: str | None = None,
    author: str | None = None,
) -> tuple[Edit, ...]:
    """Return the edits, one group, that put an entry into a zone.

    Where it stands already, only its place changes. Elsewhere the fields of
    :attr:`Zone.puts` are written, but for those whose value the zone keeps.

    Parameters
    ----------
    document
        The workshop.
    layout
        A layout of it.
    entry_id
        What is dropped.
    zone_id
        Where.
    before
        Entry of the zone before which it is to stand; None for the end.
    author
        Id of the author.

    Raises
    ------
    InputError
        If there is no such entry, or the zone does not accept its kind; the message
        says why.
    UnknownNameError
        If there is no such zone.
    """
    entry = document[entry_id]
    zone = layout.zone(zone_id)
    if entry.kind not in zone.puts:
        raise InputError(
            zone.why_not or f"{zone.title} takes no {entry.label.lower()}",
            where=zone.title,
        )
    like = [
        card.entry
        for card in zone.cards
        if card.kind == entry.kind and card.entry != entry_id
    ]
    place = like.index(before) if before in like else len(like)
    ranks = ranked_between(document, entry, like[:place], like[place:])
    fields = {entry_id: _written(zone, entry)}
    for name, rank in ranks.items():
        fields.setdefault(name, {})["rank"] = rank
    group = new_edit_id()
    return tuple(
        change(document, name, values, author=author, group=group)
        for name, values in fields.items()
    )


def _written(zone: Zone, entry: Entry) -> dict[str, JsonValue]:
    """Return what dropping *entry* into a zone writes, apart from its place."""
    if any(card.entry == entry.id and not card.is_fixed for card in zone.cards):
        return {}
    keeps = zone.keeps.get(entry.kind, {})
    return {
        name: value
        for name, value in zone.puts[entry.kind].items()
        if name not in keeps or getattr(entry, name) not in keeps[name]
    }


def ranked_between(
    document: Document, entry: Entry, above: Sequence[str], below: Sequence[str]
) -> dict[str, str]:
    """Return new ranks, by id, so that *entry* stands between two runs of entries.

    Most often that is one rank. Where neighbours share a rank, as in files that were
    written by hand, those below get new ones as well.
    """
    ranks = {name: document[name].rank for name in (*above, *below)}
    last = ranks[above[-1]] if above else None
    first = ranks[below[0]] if below else None
    if last is not None and first is not None and last >= first:
        return _afresh(last, (entry.id, *below), ranks)
    return {entry.id: rank_between(last, first)}


def _afresh(
    last: str, names: Iterable[str], ranks: Mapping[str, str]
) -> dict[str, str]:
    """Return ranks that count on from *last*, until the next one stands above it."""
    new: dict[str, str] = {}
    for name in names:
        if name in ranks and ranks[name] > last:
            break
        last = new[name] = rank_between(last, None)
    return new
