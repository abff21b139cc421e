"""Walls: all entries of one kind side by side, as forms and simple steps need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pydantic import JsonValue

from journeykit.layout.agenda import duration_text, minutes_in_all
from journeykit.layout.cards import Deck
from journeykit.layout.prompts import KIND_PROMPTS, Prompt
from journeykit.layout.zones import Card, Cell, Layout, Zone
from journeykit.model.document import Document
from journeykit.model.fields import plural_of, text_field_of
from journeykit.model.kinds import kind_class
from journeykit.model.people import Persona, Segment
from journeykit.model.plan import AgendaBlock

__all__ = ["adds_of", "agenda", "decisions", "persona_wall", "starts_of", "wall"]

_STARTS: Mapping[str, Mapping[str, JsonValue]] = {
    "agenda_block": {"minutes": 10},
}
"""What an entry needs besides its text, where a sensible value is known."""


_ONE_CASE = "A file holds one workshop: it is neither moved nor taken out"


def starts_of(kind: str) -> Mapping[str, JsonValue]:
    """Return what a new entry of *kind* holds besides its text."""
    return _STARTS.get(kind, {})


def adds_of(document: Document, kind: str, *given: str) -> str:
    """Return *kind* if writing a text is enough to make an entry of it, else nothing.

    Parameters
    ----------
    given
        Fields that the zone fills.
    """
    if kind == "case" and document.case is not None:
        return ""
    cls = kind_class(kind)
    filled = {"id", text_field_of(kind), *given, *starts_of(kind)}
    needed = {name for name, info in cls.model_fields.items() if info.is_required()}
    is_enough = bool(text_field_of(kind)) and needed <= filled and kind != "lane_note"
    return kind if is_enough else ""


def wall(
    document: Document,
    *,
    bases: Mapping[str, str] | None = None,
    kind: str = "comment",
) -> Layout:
    """Return all entries of one kind in one zone.

    Parameters
    ----------
    document, bases
        As for :func:`journeykit.layout.map_board.map_board`.
    kind
        Kind of the entries.

    Raises
    ------
    UnknownNameError
        If there is no such kind.

    Examples
    --------
    >>> document = Document([Persona(id="ann", name="Ann")])
    >>> [card.text for card in wall(document, kind="persona").zone("all").cards]
    ['Ann']
    """
    return _wall(document, bases, kind, "wall", plural_of(kind))


def decisions(document: Document, *, bases: Mapping[str, str] | None = None) -> Layout:
    """Return what was decided, in order."""
    return _wall(document, bases, "decision", "decisions", "Decisions")


def agenda(document: Document, *, bases: Mapping[str, str] | None = None) -> Layout:
    """Return the blocks of the agenda in order, with how long they take in all."""
    layout = _wall(document, bases, "agenda_block", "agenda", "Agenda")
    blocks = document.of(AgendaBlock)
    words = f"In all {duration_text(minutes_in_all(blocks))}." if blocks else ""
    return replace(layout, foot=words)


def persona_wall(
    document: Document, *, bases: Mapping[str, str] | None = None
) -> Layout:
    """Return personas by segment.

    Examples
    --------
    >>> ann = Persona(id="ann", name="Ann")
    >>> persona_wall(Document([ann])).zones_of("ann")
    ('tray',)
    """
    deck = Deck(document, bases)
    cards: dict[str | None, list[Card]] = {}
    for persona in document.of(Persona):
        cards.setdefault(persona.segment, []).append(deck.card(persona))
    hint, example = KIND_PROMPTS["persona"]
    segments = document.of(Segment)
    zones = [
        Zone(
            segment.id,
            segment.name,
            Cell(0, column),
            tuple(cards.get(segment.id, ())),
            {"persona": {"segment": segment.id}},
            adds="persona",
            hint="Who stands for these customers?",
        )
        for column, segment in enumerate(segments)
    ]
    zones.append(
        Zone(
            "tray",
            "No segment yet" if segments else "Personas",
            Cell(bool(segments), 0, 1, max(1, len(segments))),
            tuple(cards.get(None, ())),
            {"persona": {"segment": None}},
            adds="persona",
            hint=hint,
            example=example,
            shape="wall",
        )
    )
    layout = Layout(
        "persona_wall",
        "Personas",
        1 + bool(segments),
        max(1, len(segments)),
        tuple(zones),
    )
    return deck.finished(layout)


def _wall(
    document: Document,
    bases: Mapping[str, str] | None,
    kind: str,
    name: str,
    title: str,
) -> Layout:
    deck = Deck(document, bases)
    adds = adds_of(document, kind)
    hint, example = KIND_PROMPTS.get(kind, Prompt("Nothing here yet"))
    cards = deck.cards(document.of(kind_class(kind)))
    is_case = kind == "case" and bool(cards)
    zone = Zone(
        "all",
        title,
        Cell(0, 0),
        # The workshop itself: it is neither moved nor taken out.
        tuple(replace(one, is_fixed=True) for one in cards) if is_case else cards,
        {} if is_case else {kind: {}},
        why_not=_ONE_CASE if is_case else "",
        adds=adds,
        starts=starts_of(kind) if adds else {},
        hint=hint,
        example=example,
        shape="wall",
        is_titled=False,
    )
    return deck.finished(Layout(name, title, 1, 1, (zone,)))
