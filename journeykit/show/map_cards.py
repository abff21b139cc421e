"""Lanes of the map as cards: measured first, then drawn, so that nothing overlaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree import ElementTree as ET

from journeykit.language import say
from journeykit.layout.journey_map import LaneRow, Zone
from journeykit.layout.map_notes import Note
from journeykit.show.drawing import evidence_mark, path, rect, text
from journeykit.show.map_bands import Band
from journeykit.show.text_width import wrapped
from journeykit.show.tokens import PERSONA_ROLES, SIZES_PX
from journeykit.vocabulary import Basis

__all__ = ["CardLimits", "LaneCards", "lane_cards"]

_SMALL = SIZES_PX["small"]
_LINE = 16.0
_PAD, _BETWEEN, _BULLET = 7.0, 4.0, 12.0
_WITH_EVIDENCE = ("goals", "customer_actions", "thoughts", "feelings", "pain_points")


@dataclass(frozen=True, slots=True)
class CardLimits:
    """How much of a zone is shown: lines of a card, cards of a zone."""

    n_lines: int = 5
    n_cards: int = 3


@dataclass(frozen=True, slots=True)
class _Card:
    note: Note
    lines: tuple[str, ...]
    detail: tuple[str, ...]
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class LaneCards:
    """One lane of one band, measured.

    Parameters
    ----------
    cards
        Cards at their place, below the top of the lane.
    more
        Where it is said how many cards are not shown: x, y, words.
    height
        Of all.
    """

    row: LaneRow
    cards: tuple[_Card, ...]
    more: tuple[tuple[float, float, str], ...]
    height: float

    def draw(self, parent: ET.Element, top: float, bases: Mapping[str, Basis]) -> None:
        """Draw the cards with the top of the lane at *top*."""
        for card in self.cards:
            _draw_card(parent, card, top, self.row.lane, bases)
        for x, y, words in self.more:
            text(parent, x, top + y, words, role="ink-quiet")


def lane_cards(row: LaneRow, band: Band, limits: CardLimits) -> LaneCards:
    """Return a lane as cards: those over a stage above those of touchpoints."""
    cards: list[_Card] = []
    more: list[tuple[float, float, str]] = []
    top = 0.0
    for _, zones in groupby(row.zones, key=lambda zone: zone.touchpoint is None):
        bottom = top
        for zone in zones:
            here, rest, end = _zone_cards(zone, band, limits, top)
            cards += here
            more += rest
            bottom = max(bottom, end)
        top = bottom + (_BETWEEN if bottom > top else 0)
    height = max(0.0, top - _BETWEEN)
    return LaneCards(row, tuple(cards), tuple(more), height)


def _zone_cards(
    zone: Zone, band: Band, limits: CardLimits, top: float
) -> tuple[Sequence[_Card], Sequence[tuple[float, float, str]], float]:
    span = band.span(zone.first_column, zone.n_columns)
    if span is None or not zone.notes:
        return (), (), top
    left, width = span
    cards = []
    y = top
    for note in zone.notes[: limits.n_cards]:
        bullet = _BULLET if _has_bullet(zone.lane) else 0.0
        room = width - 2 * _PAD - bullet - (_LINE if note.letter else 0)
        room = min(room, 520.0)
        lines = wrapped(note.text, room, _SMALL, max_lines=limits.n_lines)
        detail: tuple[str, ...] = ()
        if note.detail and zone.lane == "kpis":
            detail = wrapped(note.detail, room, _SMALL, max_lines=2)
        height = (len(lines) + len(detail)) * _LINE + 2 * _PAD - 2
        cards.append(_Card(note, lines, detail, (left, y, width, height)))
        y += height + _BETWEEN
    n_more = len(zone.notes) - len(cards)
    if not n_more:
        return cards, (), y - _BETWEEN
    return cards, [(left + _PAD, y + 12, say("and {n} more", n=n_more))], y + _LINE


def _has_bullet(lane: str) -> bool:
    return lane in _WITH_EVIDENCE or lane == "opportunities"


def _draw_card(
    parent: ET.Element,
    card: _Card,
    top: float,
    lane: str,
    bases: Mapping[str, Basis],
) -> None:
    x, y, width, height = card.box
    y += top
    rect(parent, (x, y, width, height), fill="panel", radius=3)
    left, base = x + _PAD, y + _PAD + 11
    if lane == "opportunities":
        d = f"M{left:.1f},{base:.1f}l4,-7.5l4,7.5Z"
        path(parent, d, fill="opportunity")
    elif lane in _WITH_EVIDENCE:
        basis = bases.get(card.note.entry, "assumed")
        role = "pain" if lane == "pain_points" else "ink-soft"
        evidence_mark(parent, left + 4, base - 4, 3.5, basis, role=role)
    left += _BULLET if _has_bullet(lane) else 0
    for i, words in enumerate(card.lines):
        text(parent, left, base + i * _LINE, words)
    for i, words in enumerate(card.detail, start=len(card.lines)):
        text(parent, left, base + i * _LINE, words, role="ink-quiet")
    if card.note.letter:
        role = PERSONA_ROLES.get(card.note.letter, "ink-quiet")
        place = (x + width - _PAD, base)
        text(parent, *place, card.note.letter, role=role, is_bold=True, anchor="end")
