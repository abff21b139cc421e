"""The journey map as a board: every lane, row by row, over the columns of the journey.

:mod:`journeykit.layout.journey_map` places the same entries for the picture; there a
lane without content takes no room, here it is a place to write in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from journeykit.layout.cards import Deck
from journeykit.layout.drop_off import drop_offs, leave_words
from journeykit.layout.emotion_curve import (
    EmotionRow,
    columns_in_order,
    emotion_curve_data,
)
from journeykit.layout.journey_map import MAP_LANES, checked_lanes
from journeykit.layout.map_grid import HEAD_COLUMNS, MapGrid
from journeykit.layout.prompts import LANE_PROMPTS
from journeykit.layout.zones import Cell, Head, Layout, Tie, Zone
from journeykit.model.document import Document
from journeykit.model.journey import ChannelChange
from journeykit.vocabulary import LANES, Lane

__all__ = [
    "changes_as_ties",
    "context_words",
    "elsewhere_words",
    "is_context_open",
    "map_board",
]

_UNPLACED: Mapping[Lane, str] = {
    "pain_points": "pain_point",
    "opportunities": "opportunity",
}
_CURVE = (
    "The curve is drawn from the feelings below and from each touchpoint's own "
    "emotion: change it there"
)
_JOINS = {
    ("touchpoint", "touchpoint"): "channel_change",
    ("pain_point", "touchpoint"): "pain_at",
    ("opportunity", "pain_point"): "answers",
}


def map_board(
    document: Document,
    *,
    bases: Mapping[str, str] | None = None,
    journey: str | None = None,
    persona: str | None = None,
    touchpoint: str | None = None,
    lanes: Iterable[Lane] | None = None,
) -> Layout:
    """Return the board of one journey map.

    Parameters
    ----------
    document
        The workshop.
    bases
        How sure entries are, by id; None if that is not to be shown.
    journey
        Id of the journey; None for the first that shows today.
    persona
        Id of one persona: notes and pain points of others are left out.
    touchpoint
        Id of one touchpoint: only its column is left.
    lanes
        The lanes to show, in this order; None for all.

    Raises
    ------
    UnknownNameError
        If there is no such journey, persona, touchpoint or lane.

    Examples
    --------
    >>> from journeykit.model import Journey, Stage, Touchpoint
    >>> document = Document([
    ...     Journey(id="j", name="Trip"),
    ...     Stage(id="s", journey="j", name="Arrive"),
    ...     Touchpoint(id="t", stage="s", name="Parking"),
    ... ])
    >>> board = map_board(document, lanes=["touchpoints", "thoughts"])
    >>> [zone.id for zone in board.zones]
    ['touchpoints/s', 'thoughts/t']
    """
    wanted = list(MAP_LANES if lanes is None else dict.fromkeys(lanes))
    checked_lanes(wanted)
    deck = Deck(document, bases, {"lane_note": ("lane",)})
    grid = MapGrid(deck, journey, persona, touchpoint)
    rows, heads, zones = 1, [*grid.stage_heads()], []
    for lane in wanted:
        made = _rows_of(grid, lane, rows)
        if made:
            heads.append(grid.lane_head(lane, rows, len(made)))
            zones += [zone for row in made for zone in row]
            rows += len(made)
    tray = _tray(grid, wanted, rows)
    if tray is not None:
        heads.append(Head(tray.title, Cell(rows, 0), "lane"))
        zones.append(tray)
        rows += 1
    name = grid.journey.name if grid.journey else ""
    ties = tuple(changes_as_ties(grid))
    layout = Layout(
        "journey_map",
        f"Journey map: {name}" if name else "Journey map",
        rows,
        grid.n_columns,
        tuple(zones),
        tuple(heads),
        ties,
        _curves(grid, journey) if "emotion" in wanted else (),
        _JOINS,
        " ".join(filter(None, (context_words(ties), elsewhere_words(grid)))),
    )
    return deck.finished(layout)


def _rows_of(grid: MapGrid, lane: Lane, row: int) -> list[list[Zone]]:
    if lane == "touchpoints":
        return [_with_drops(grid, grid.touchpoint_zones(row))]
    if lane == "emotion":
        return [[_curve_zone(grid, row)]] if grid.stages else []
    return grid.lane_rows(lane, row)


def _with_drops(grid: MapGrid, zones: Iterable[Zone]) -> list[Zone]:
    """Return the touchpoints with who is lost before each, as far as it may be said."""
    document = grid.deck.document
    columns = columns_in_order(document, grid.journey)
    words = {
        one.touchpoint: leave_words(one)
        for one in drop_offs(document, columns, grid.persona)
    }
    return [
        replace(
            zone,
            cards=tuple(
                replace(card, marks=(*card.marks, words[card.entry]))
                if card.entry in words
                else card
                for card in zone.cards
            ),
        )
        for zone in zones
    ]


def _curve_zone(grid: MapGrid, row: int) -> Zone:
    return Zone(
        "emotion",
        LANES["emotion"],
        Cell(row, HEAD_COLUMNS, 1, grid.n_columns - HEAD_COLUMNS),
        why_not=_CURVE,
        hint=LANE_PROMPTS["emotion"].hint,
        shape="curve",
        is_titled=False,
    )


def _tray(grid: MapGrid, lanes: Iterable[Lane], row: int) -> Zone | None:
    """Return where pain points and opportunities wait that have no place yet."""
    kinds = {lane: _UNPLACED[lane] for lane in lanes if lane in _UNPLACED}
    if not kinds:
        return None
    return Zone(
        "tray",
        "Not placed yet",
        Cell(row, HEAD_COLUMNS, 1, grid.n_columns - HEAD_COLUMNS),
        tuple(card for lane in kinds for card in grid.cards(lane, "")),
        {kind: {"touchpoint": None, "stage": None} for kind in kinds.values()},
        hint="What has no place on the map yet waits here",
        shape="wall",
        is_titled=False,
    )


def elsewhere_words(grid: MapGrid) -> str:
    """Return how many touchpoints stand on other journeys, in words."""
    n = grid.elsewhere()
    if not n:
        return ""
    return f"{n} touchpoint{'s stand' if n > 1 else ' stands'} on another journey."


def is_context_open(change: ChannelChange) -> bool:
    """Return whether nobody asked if a change of channel keeps the context.

    A branch, a loop or a return changes no channel by itself.
    """
    return change.context_kept is None and change.change == "channel_change"


def context_words(ties: Iterable[Tie]) -> str:
    """Return how lines say what becomes of the context; empty if all is kept."""
    every = tuple(ties)
    said = []
    if any(one.is_broken for one in every):
        said.append("Broken line with ✕: customers begin again.")
    if any(one.is_open for one in every):
        said.append("Dotted line with ?: nobody asked.")
    return " ".join(said)


def changes_as_ties(grid: MapGrid) -> Iterator[Tie]:
    """Yield the ways between touchpoints of a grid, each an arrow."""
    here = {point.id for _, point in grid.pairs if point}
    for one in grid.deck.document.of(ChannelChange):
        if one.source in here and one.target in here:
            style = "on" if one.change == "channel_change" else one.change
            yield Tie(
                one.id,
                one.source,
                one.target,
                style,
                one.note,
                is_broken=one.context_kept is False,
                is_open=is_context_open(one),
            )
    for link in grid.deck.links("flows_to"):
        if link.source in here and link.target in here:
            yield Tie(link.id, link.source, link.target, "on", link.note)


def _curves(grid: MapGrid, journey: str | None) -> tuple[tuple[EmotionRow, ...], ...]:
    own = grid.journey.id if grid.journey else journey
    curves: dict[str, list[EmotionRow]] = {}
    for row in emotion_curve_data(grid.deck.document, grid.persona, journey=own):
        if grid.only is None or row.touchpoint == grid.only.id:
            moved = row
            if grid.first_column:
                moved = replace(row, column=row.column - grid.first_column)
            curves.setdefault(row.persona, []).append(moved)
    return tuple(tuple(rows) for rows in curves.values())
