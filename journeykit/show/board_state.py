"""A layout as a board is told it: whole at first, then only what became different."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from journeykit.layout.zones import Card, Head, Layout, Tie, Zone
from journeykit.model import Document

__all__ = ["Shown", "patch_between", "shown", "whole"]

_CARD = tuple(one.name for one in fields(Card))
_CURVE = (
    *("persona", "who", "column", "touchpoint", "name", "felt", "word"),
    *("measured", "low", "high", "n", "reliability", "turn"),
)
_WORDS = ("title", "foot")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a board was told: a layout, and what the document alone does not say.

    Parameters
    ----------
    stamps
        Version and initials of who added it, by entry.
    """

    layout: Layout
    stamps: Mapping[str, tuple[int, str]]


def shown(layout: Layout, document: Document, initials: Mapping[str, str]) -> Shown:
    """Return what a board is to show.

    Parameters
    ----------
    initials
        Of who added each entry, by id.
    """
    numbered = layout.with_cards_numbered()
    stamps = {
        card.entry: (document.version(card.entry).number, initials.get(card.entry, ""))
        for zone in numbered.zones
        for card in zone.cards
    }
    return Shown(numbered, stamps)


def whole(state: Shown) -> dict[str, Any]:
    """Return the whole layout as plain JSON."""
    layout = state.layout
    return {
        "name": layout.name,
        "title": layout.title,
        "n_rows": layout.n_rows,
        "n_columns": layout.n_columns,
        "foot": layout.foot,
        "options": dict(layout.options),
        "zones": [_zone(zone) for zone in layout.zones],
        "cards": {
            card.id: _card(card, state.stamps)
            for zone in layout.zones
            for card in zone.cards
        },
        "heads": _heads(layout.heads),
        "ties": _ties(layout.ties),
        "curves": _curves(layout),
        "joins": [[*kinds, relation] for kinds, relation in layout.joins.items()],
        "personas": [list(one) for one in layout.personas],
    }


def patch_between(before: Shown, after: Shown) -> dict[str, Any]:
    """Return what became different; the whole layout where the grid itself did.

    Returns
    -------
    dict
        Empty if nothing did.
    """
    old, new = before.layout, after.layout
    if _grid(old) != _grid(new):
        return {"layout": whole(after)}
    patch: dict[str, Any] = {}
    zones = {
        now.id: _zone_patch(was, now)
        for was, now in zip(old.zones, new.zones, strict=True)
        if was is not now and was != now
    }
    zones = {name: changed for name, changed in zones.items() if changed}
    if zones:
        patch["zones"] = zones
    cards = _card_patch(before, after)
    if cards:
        patch["cards"] = cards
    for name, made in (("heads", _heads), ("ties", _ties)):
        if getattr(old, name) != getattr(new, name):
            patch[name] = made(getattr(new, name))
    if old.curves != new.curves:
        patch["curves"] = _curves(new)
    for name in _WORDS:
        if getattr(old, name) != getattr(new, name):
            patch[name] = getattr(new, name)
    return patch


def _grid(layout: Layout) -> tuple[object, ...]:
    """Return what makes the grid: everything that moves other things when it moves."""
    return (
        layout.name,
        layout.n_rows,
        layout.n_columns,
        layout.personas,
        dict(layout.options),
        [(zone.id, zone.cell, zone.shape) for zone in layout.zones],
        [(head.cell, head.level) for head in layout.heads],
    )


def _card_patch(before: Shown, after: Shown) -> dict[str, Any]:
    old = {card.id: card for zone in before.layout.zones for card in zone.cards}
    changed: dict[str, Any] = dict.fromkeys(old)
    for zone in after.layout.zones:
        for card in zone.cards:
            was = old.get(card.id)
            stamps = before.stamps.get(card.entry), after.stamps[card.entry]
            if was == card and stamps[0] == stamps[1]:
                del changed[card.id]
            else:
                changed[card.id] = _card(card, after.stamps)
    return changed


def _zone_patch(was: Zone, now: Zone) -> dict[str, Any]:
    old, new = _zone(was), _zone(now)
    return {name: value for name, value in new.items() if old[name] != value}


def _zone(zone: Zone) -> dict[str, Any]:
    return {
        "id": zone.id,
        "title": zone.title,
        "cell": list(zone.cell),
        "cards": [card.id for card in zone.cards],
        "puts": {kind: dict(values) for kind, values in zone.puts.items()},
        "why_not": zone.why_not,
        "keeps": {
            kind: {name: list(values) for name, values in fields.items()}
            for kind, fields in zone.keeps.items()
        },
        "adds": zone.adds,
        "starts": dict(zone.starts),
        "hint": zone.hint,
        "example": zone.example,
        "shape": zone.shape,
        "is_titled": zone.is_titled,
        "tone": zone.tone,
    }


def _card(card: Card, stamps: Mapping[str, tuple[int, str]]) -> dict[str, Any]:
    version, initials = stamps[card.entry]
    made = {name: getattr(card, name) for name in _CARD}
    return made | {
        "marks": list(card.marks),
        "version": version,
        "author": initials,
    }


def _heads(heads: tuple[Head, ...]) -> list[dict[str, Any]]:
    return [{**asdict(head), "cell": list(head.cell)} for head in heads]


def _ties(ties: tuple[Tie, ...]) -> list[dict[str, Any]]:
    return [asdict(tie) for tie in ties]


def _curves(layout: Layout) -> list[list[dict[str, Any]]]:
    return [
        [{name: getattr(row, name) for name in _CURVE} for row in curve]
        for curve in layout.curves
    ]
