"""Two maps side by side: today on the left, as it should be on the right.

Nothing is dropped here: a card that went from one map to the other would be lost from
the first, and nobody who compares means that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from journeykit.layout.cards import Deck
from journeykit.layout.map_difference import (
    MapDifference,
    StageChange,
    TouchpointChange,
    map_difference,
)
from journeykit.layout.zones import Card, Cell, Head, Layout, Zone
from journeykit.model.document import Document
from journeykit.model.journey import Stage, Touchpoint

__all__ = ["difference_words", "map_difference_board"]

_WHY_NOT = (
    "This board compares two maps: change today's on the journey map, and the other on "
    "the target map"
)
_NO_TODAY = "There is no map of today yet"
_NO_TARGET = "There is no target map yet"


def map_difference_board(
    document: Document,
    *,
    bases: Mapping[str, str] | None = None,
    journey: str | None = None,
    target: str | None = None,
) -> Layout:
    """Return the touchpoints of two maps side by side, what differs marked.

    Parameters
    ----------
    document, bases
        As for :func:`journeykit.layout.map_board.map_board`.
    journey, target
        As for :func:`journeykit.layout.map_difference.map_difference`.

    Raises
    ------
    UnknownNameError
        If there is no such journey.

    Examples
    --------
    >>> map_difference_board(Document()).title
    'Today and target'
    """
    found = map_difference(document, journey=journey, target=target)
    deck = Deck(document, bases)
    heads = [
        Head(_named(found.today, "As it is today"), Cell(0, 1), "column"),
        Head(_named(found.target, "As it should be"), Cell(0, 2), "column"),
    ]
    rows = found.stages or tuple(
        StageChange(one, None)
        for one in document.of(Stage)
        if found.today and one.journey == found.today.id
    )
    changes = found.by_touchpoint
    zones: list[Zone] = []
    for row, one in enumerate(rows, start=1):
        stage = one.after or one.before
        name = stage.name if stage else ""
        entry = stage.id if stage else ""
        heads.append(Head(name, Cell(row, 0), "row", _said(one, found), entry))
        zones += _pair(deck, changes, one, row, has_target=bool(found.target))
    if not rows:
        zones = [
            Zone(f"{side}/*", words, Cell(1, 1 + column), why_not=words, hint=words)
            for column, (side, words) in enumerate(
                (("today", _NO_TODAY), ("target", _NO_TARGET))
            )
        ]
    layout = Layout(
        "map_difference",
        "Today and target",
        1 + max(1, len(rows)),
        3,
        tuple(zones),
        tuple(heads),
        foot=difference_words(found),
    )
    return deck.finished(layout)


def difference_words(found: MapDifference) -> str:
    """Return in one sentence what becomes different.

    Examples
    --------
    >>> difference_words(MapDifference(None, None))
    'There is no target map yet: begin it, then change what should be different.'
    """
    if found.target is None:
        return f"{_NO_TARGET}: begin it, then change what should be different."
    if found.today is None:
        return f"{_NO_TODAY}: there is nothing to compare with."
    points = found.touchpoints
    better, worse = (sum(sign * one.step > 0 for one in points) for sign in (1, -1))
    counts = (
        (sum(one.state == "new" for one in points), "new"),
        (sum(one.state == "gone" for one in points), "gone"),
        (sum(bool(one.moved) for one in points), "moved"),
        (better, "feels better" if better == 1 else "feel better"),
        (worse, "feels worse" if worse == 1 else "feel worse"),
    )
    said = [f"{n} {word}" for n, word in counts if n]
    same = sum(not one.words for one in points)
    n = len(points)
    of = f"Of {n} touchpoint{'' if n == 1 else 's'} on both maps"
    if not n:
        return "Neither map has a touchpoint yet."
    if same == n:
        return f"{of}, none is different yet."
    said = said or [f"{n - same} differ in what stands on them"]
    return f"{of}: {', '.join(said)}; {same} as today."


def _named(journey: object, words: str) -> str:
    name = getattr(journey, "name", "")
    return f"{words}: {name}" if name and name != words else words


def _said(one: StageChange, found: MapDifference) -> str:
    return one.words if found.stages else ""


def _pair(
    deck: Deck,
    changes: Mapping[str, TouchpointChange],
    row: StageChange,
    place: int,
    *,
    has_target: bool,
) -> list[Zone]:
    """Return the two zones of a stage."""
    gone = "No longer a stage" if has_target else _NO_TARGET if place == 1 else ""
    sides = (("today", row.before, "Not a stage of today"), ("target", row.after, gone))
    zones = []
    for column, (side, stage, nothing) in enumerate(sides, start=1):
        own = stage or row.before or row.after
        name = own.name if own else ""
        here = deck.document.of(Touchpoint) if stage else ()
        zones.append(
            Zone(
                f"{side}/{own.id if own else place}",
                f"{name}, {'as it is' if side == 'today' else 'as it should be'}",
                Cell(place, column),
                tuple(
                    _card(deck, one, changes.get(one.id), side)
                    for one in here
                    if stage and one.stage == stage.id
                ),
                why_not=_WHY_NOT,
                hint="No touchpoint here" if stage else nothing,
                shape="wall",
                is_titled=False,
            )
        )
    return zones


def _card(
    deck: Deck, one: Touchpoint, change: TouchpointChange | None, side: str
) -> Card:
    marks = _marks(change, side) if change else ()
    return replace(
        deck.card(one),
        text_field="",
        is_fixed=True,
        marks=marks,
        tone="accent" if marks else "",
    )


def _marks(change: TouchpointChange, side: str) -> tuple[str, ...]:
    """Return what is said on a card: on the left only that something happens to it."""
    if side == "target" or change.state == "gone":
        return change.words
    return ("moves",) if change.moved else ()
