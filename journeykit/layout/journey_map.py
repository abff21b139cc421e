"""Where every entry stands on the journey map: stage heads, columns, lanes, zones.

Touchpoints are the columns, lanes the rows; a zone is one lane at one touchpoint, or
over a whole stage. Its id, ``lane/touchpoint`` or ``lane/stage``, says all that is
needed to drop a card there. Touchpoints come first among the lanes, since they head the
columns for all others; the emotion curve comes next, since everything below explains it
(in the middle of fourteen lanes nobody would see it).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from journeykit.errors import UnknownNameError
from journeykit.language import say
from journeykit.layout.drop_off import DropOff, drop_offs
from journeykit.layout.emotion_curve import (
    EmotionRow,
    chosen_journey,
    chosen_persona,
    columns_in_order,
    emotion_curve_data,
)
from journeykit.layout.map_notes import Note, Placed, persona_letters, placed_notes
from journeykit.model.document import Document
from journeykit.model.journey import (
    Channel,
    ChannelChange,
    Stage,
    Touchpoint,
)
from journeykit.model.people import Persona
from journeykit.vocabulary import LANES, Lane

__all__ = [
    "MAP_LANES",
    "Column",
    "LaneRow",
    "MapLayout",
    "Note",
    "StageHead",
    "Way",
    "Zone",
    "checked_lanes",
    "journey_map",
]

MAP_LANES: tuple[Lane, ...] = (
    "touchpoints",
    "emotion",
    "objectives",
    "goals",
    "customer_actions",
    "thoughts",
    "feelings",
    "needs",
    "expectations",
    "pain_points",
    "opportunities",
    "kpis",
    "backstage",
    "support_processes",
)
"""The lanes of the map, from top to bottom."""

_ALWAYS = ("touchpoints", "emotion")


@dataclass(frozen=True, slots=True)
class StageHead:
    """The head over the columns of a stage."""

    stage: str
    number: int
    name: str
    first_column: int
    n_columns: int


@dataclass(frozen=True, slots=True)
class Column:
    """The finest column: a touchpoint (None where a stage has none yet).

    Parameters
    ----------
    channel, catalogue
        Name of its channel, and its key in :data:`journeykit.vocabulary.CHANNELS`.
    n_pain_points
        How many pain points hurt here.
    """

    stage: str
    touchpoint: str | None = None
    name: str = ""
    channel: str = ""
    catalogue: str = ""
    moment_of_truth: bool = False
    excels: bool = False
    is_subtle: bool = False
    n_pain_points: int = 0


@dataclass(frozen=True, slots=True)
class Zone:
    """One lane at one touchpoint, or over one stage (*touchpoint* is None)."""

    id: str
    lane: Lane
    stage: str
    touchpoint: str | None
    first_column: int
    n_columns: int
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class LaneRow:
    """A lane with its zones: those of stages first, then those of touchpoints."""

    lane: Lane
    label: str
    zones: tuple[Zone, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """An arrow under the curve: a branch, a loop, a return, a change of channel.

    Parameters
    ----------
    source_column, target_column
        Where it begins and ends.
    """

    entry: str
    change: Literal["channel_change", "branch", "loop", "return"]
    source_column: int
    target_column: int
    context_kept: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MapLayout:
    """One journey map, ready to be drawn by any hand.

    Parameters
    ----------
    title
        Name of the journey.
    state
        Whether it shows today or the target.
    personas
        Id, letter and name of each persona; those after the sixth share ``+``.
    curves
        Rows of the emotion curves, curve by curve: the number twin.
    drops
        Where customers are lost between two touchpoints, if events were measured.
    high_value
        Ids of the personas that are marked as worth more than others.
    """

    journey: str | None
    title: str
    state: Literal["current", "target"]
    persona: str | None
    personas: tuple[tuple[str, str, str], ...]
    stages: tuple[StageHead, ...]
    columns: tuple[Column, ...]
    lanes: tuple[LaneRow, ...]
    curves: tuple[tuple[EmotionRow, ...], ...]
    ways: tuple[Way, ...]
    drops: tuple[DropOff, ...] = ()
    high_value: frozenset[str] = frozenset()

    def drop_before(self, column: int) -> DropOff | None:
        """Return who is lost before a column; None if nothing may be said."""
        return next((one for one in self.drops if one.column == column), None)

    def zone(self, zone_id: str) -> Zone:
        """Return the zone with this id.

        Raises
        ------
        UnknownNameError
            If there is no such zone.
        """
        zones = {zone.id: zone for lane in self.lanes for zone in lane.zones}
        try:
            return zones[zone_id]
        except KeyError:
            raise UnknownNameError("zone", zone_id, zones) from None


def journey_map(
    document: Document,
    journey: str | None = None,
    persona: str | None = None,
    *,
    lanes: Iterable[Lane] | None = None,
) -> MapLayout:
    """Return the layout of one journey map.

    Parameters
    ----------
    document
        The workshop.
    journey
        Id of the journey; None for the first that shows today.
    persona
        Id of one persona: notes and pain points of others are left out. None for all.
    lanes
        The lanes to show, empty ones too; None for those with content, the touchpoints
        and the emotion.

    Raises
    ------
    UnknownNameError
        If there is no such journey, persona or lane.

    Examples
    --------
    >>> from journeykit.model import Document, Journey, Stage, Touchpoint
    >>> document = Document([
    ...     Journey(id="j", name="Trip"),
    ...     Stage(id="s", journey="j", name="Arrive"),
    ...     Touchpoint(id="t", stage="s", name="Parking", systems=("Barrier",)),
    ... ])
    >>> [zone.id for lane in journey_map(document).lanes for zone in lane.zones]
    ['touchpoints/t', 'backstage/t']
    """
    asked = checked_lanes(lanes)
    chosen = chosen_journey(document, journey)
    chosen_persona(document, persona)
    letters = persona_letters(document)
    pairs = columns_in_order(document, chosen)
    placed = list(placed_notes(document, pairs, persona))
    rows = emotion_curve_data(document, persona, journey=journey) if pairs else ()
    curves = [
        tuple(row for row in rows if row.persona == who)
        for who in dict.fromkeys(row.persona for row in rows)
    ]
    heads = _heads(pairs)
    return MapLayout(
        journey=chosen.id if chosen else None,
        title=chosen.name if chosen else "",
        state=chosen.state if chosen else "current",
        persona=persona,
        personas=tuple(
            (one.id, letters[one.id], one.name) for one in document.of(Persona)
        ),
        stages=heads,
        columns=tuple(_column(document, *pair, placed) for pair in pairs),
        lanes=tuple(_lane_rows(asked, heads, pairs, placed)),
        curves=tuple(curves),
        ways=tuple(_ways(document, pairs)),
        drops=drop_offs(document, pairs, persona),
        high_value=frozenset(
            one.id for one in document.of(Persona) if one.is_high_value
        ),
    )


def checked_lanes(lanes: Iterable[Lane] | None) -> frozenset[Lane] | None:
    """Return *lanes* if the map has them all; None, which means all, as it is.

    Raises
    ------
    UnknownNameError
        If one of them is no lane of the map.
    """
    if lanes is None:
        return None
    wanted = frozenset(lanes)
    for lane in sorted(wanted):
        if lane not in MAP_LANES:
            raise UnknownNameError("lane of the map", lane, MAP_LANES)
    return wanted


def _heads(pairs: Sequence[tuple[Stage, Touchpoint | None]]) -> tuple[StageHead, ...]:
    heads: list[StageHead] = []
    for i, (stage, _) in enumerate(pairs):
        if not heads or heads[-1].stage != stage.id:
            n = sum(other.id == stage.id for other, _ in pairs)
            heads.append(StageHead(stage.id, len(heads) + 1, stage.name, i, n))
    return tuple(heads)


def _column(
    document: Document,
    stage: Stage,
    touchpoint: Touchpoint | None,
    placed: Sequence[Placed],
) -> Column:
    if touchpoint is None:
        return Column(stage.id)
    channel = document.get(touchpoint.channel)
    name, catalogue = "", ""
    if isinstance(channel, Channel):
        name, catalogue = channel.name, channel.catalogue
    n_pains = sum(
        one.lane == "pain_points" and one.place == touchpoint.id for one in placed
    )
    return Column(
        stage.id,
        touchpoint.id,
        touchpoint.name,
        name,
        catalogue,
        moment_of_truth=touchpoint.moment_of_truth,
        excels=touchpoint.excels,
        is_subtle=touchpoint.is_subtle,
        n_pain_points=n_pains,
    )


def _lane_rows(
    asked: frozenset[Lane] | None,
    heads: Sequence[StageHead],
    pairs: Sequence[tuple[Stage, Touchpoint | None]],
    placed: Sequence[Placed],
) -> Iterator[LaneRow]:
    places = {head.stage for head in heads}
    places |= {touchpoint.id for _, touchpoint in pairs if touchpoint}
    full = {one.lane for one in placed if one.place in places}
    for lane in MAP_LANES:
        is_wanted = lane in full or lane in _ALWAYS if asked is None else lane in asked
        if is_wanted:
            zones = _zones(lane, heads, pairs, placed)
            yield LaneRow(lane, say(LANES[lane]), tuple(zones))


def _zones(
    lane: Lane,
    heads: Sequence[StageHead],
    pairs: Sequence[tuple[Stage, Touchpoint | None]],
    placed: Sequence[Placed],
) -> Iterator[Zone]:
    """Yield stage zones where something stands in one, then all touchpoint zones."""
    notes: dict[str, list[Note]] = {}
    for one in placed:
        if one.lane == lane:
            notes.setdefault(one.place, []).append(one.note)
    for head in heads:
        here = tuple(notes.get(head.stage, ()))
        if here:
            span = head.first_column, head.n_columns
            yield Zone(f"{lane}/{head.stage}", lane, head.stage, None, *span, here)
    if lane == "emotion":
        return
    for i, (stage, touchpoint) in enumerate(pairs):
        if touchpoint is not None:
            here = tuple(notes.get(touchpoint.id, ()))
            place = touchpoint.id
            yield Zone(f"{lane}/{place}", lane, stage.id, place, i, 1, here)


def _ways(
    document: Document, pairs: Sequence[tuple[Stage, Touchpoint | None]]
) -> Iterator[Way]:
    places = {touchpoint.id: i for i, (_, touchpoint) in enumerate(pairs) if touchpoint}
    for one in document.of(ChannelChange):
        if one.source in places and one.target in places:
            ends = places[one.source], places[one.target]
            yield Way(one.id, one.change, *ends, one.context_kept, one.note)
