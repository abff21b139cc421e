"""Channels: how consistent they are, and how customers change between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from journeykit.layout.cards import Deck
from journeykit.layout.map_board import (
    context_words,
    elsewhere_words,
    is_context_open,
)
from journeykit.layout.map_grid import MapGrid
from journeykit.layout.prompts import KIND_PROMPTS, LANE_PROMPTS
from journeykit.layout.walls import adds_of
from journeykit.layout.zones import Card, Cell, Head, Layout, Tie, Zone
from journeykit.model.document import Document
from journeykit.model.journey import Channel, ChannelChange

__all__ = ["channel_changes", "channel_consistency"]

_CRITERIA = {
    "messaging": ("Messaging", "Do they say the same?"),
    "branding": ("Branding", "Do they look and sound alike?"),
    "service_delivery": ("Service", "Do they serve equally well?"),
}
_SCORES = {
    None: "Not rated yet",
    1: "1 Out of line",
    2: "2",
    3: "3",
    4: "4",
    5: "5 All of a piece",
}
_WORST_AT_MOST = 3
"""A lowest score above the middle is no news."""


def channel_consistency(
    document: Document, *, bases: Mapping[str, str] | None = None
) -> Layout:
    """Return every channel by its consistency, in a row for each criterion.

    The lowest scores of the board are marked.

    Examples
    --------
    >>> web = Channel(id="web", name="Web site", branding=2)
    >>> board = channel_consistency(Document([web]))
    >>> board.zones_of("web")
    ('messaging/0', 'branding/2', 'service_delivery/0')
    """
    deck = Deck(document, bases)
    channels = document.of(Channel)
    given = [
        score
        for one in channels
        for field in _CRITERIA
        if (score := getattr(one, field)) is not None
    ]
    worst = min(given, default=0)
    adds = adds_of(document, "channel")
    zones, heads = [], []
    for column, words in enumerate(_SCORES.values()):
        heads.append(Head(words, Cell(0, 1 + column), "column"))
    for row, (field, (label, question)) in enumerate(_CRITERIA.items()):
        heads.append(Head(label, Cell(1 + row, 0), "row", question))
        for column, (score, words) in enumerate(_SCORES.items()):
            here = [one for one in channels if getattr(one, field) == score]
            cards = deck.cards(here)
            if score is not None and score == worst <= _WORST_AT_MOST:
                cards = tuple(
                    replace(card, marks=("lowest", *card.marks)) for card in cards
                )
            zones.append(
                Zone(
                    f"{field}/{score or 0}",
                    f"{label}: {words}",
                    Cell(1 + row, 1 + column),
                    cards,
                    {"channel": {field: score}},
                    adds=adds if score is None else "",
                    hint=KIND_PROMPTS["channel"].hint if score is None else "",
                    example=KIND_PROMPTS["channel"].example if score is None else "",
                    is_titled=False,
                )
            )
    layout = Layout(
        "channel_consistency",
        "Consistency across channels",
        1 + len(_CRITERIA),
        1 + len(_SCORES),
        tuple(zones),
        tuple(heads),
        foot="Each channel stands once in every row; the lowest scores are marked.",
    )
    return deck.finished(layout)


def channel_changes(
    document: Document,
    *,
    bases: Mapping[str, str] | None = None,
    journey: str | None = None,
) -> Layout:
    """Return touchpoints by channel and stage, with the ways between them.

    Parameters
    ----------
    document, bases
        As for :func:`journeykit.layout.map_board.map_board`.
    journey
        Id of the journey; None for the first that shows today.

    Raises
    ------
    UnknownNameError
        If there is no such journey.
    """
    deck = Deck(document, bases)
    grid = MapGrid(deck, journey)
    stages = [stage for stage, _, _ in grid.stages.values()]
    cards: dict[tuple[str | None, str], list[Card]] = {}
    for stage, point in grid.pairs:
        if point is not None:
            here = cards.setdefault((point.channel, stage.id), [])
            here.append(replace(deck.card(point), detail=""))
    hint, example = LANE_PROMPTS["touchpoints"]
    rows: list[Channel | None] = [*document.of(Channel), None]
    zones: list[Zone] = []
    heads = [
        Head(stage.name, Cell(0, 1 + i), "stage", entry=stage.id)
        for i, stage in enumerate(stages)
    ]
    for row, channel in enumerate(rows):
        name = channel.name if channel else "No channel yet"
        own = channel.id if channel else None
        heads.append(Head(name, Cell(1 + row, 0), "row", entry=own or ""))
        for i, stage in enumerate(stages):
            zones.append(
                Zone(
                    f"{own or '*'}/{stage.id}",
                    f"{name}, {stage.name}",
                    Cell(1 + row, 1 + i),
                    tuple(cards.get((own, stage.id), ())),
                    {"touchpoint": {"channel": own, "stage": stage.id}},
                    adds="touchpoint",
                    hint=hint,
                    example=example,
                    is_titled=False,
                )
            )
    if not stages:
        zones = list(grid.touchpoint_zones(1))
    ties = _ties(grid)
    broken = sum(tie.is_broken for tie in ties)
    words = (
        f"Customers must begin again at {broken} of {len(ties)} changes."
        if broken
        else "Draw a line from one touchpoint to the next wherever customers change."
    )
    layout = Layout(
        "channel_changes",
        "Changes of channel",
        1 + len(rows),
        1 + max(1, len(stages)),
        tuple(zones),
        tuple(heads),
        ties,
        joins={("touchpoint", "touchpoint"): "channel_change"},
        foot=" ".join(
            filter(None, (words, context_words(ties), elsewhere_words(grid)))
        ),
    )
    return deck.finished(layout)


def _ties(grid: MapGrid) -> tuple[Tie, ...]:
    here = {point.id for _, point in grid.pairs if point}
    return tuple(
        Tie(
            one.id,
            one.source,
            one.target,
            label=one.note,
            is_broken=one.context_kept is False,
            is_open=is_context_open(one),
        )
        for one in grid.deck.document.of(ChannelChange)
        if one.source in here and one.target in here
    )
