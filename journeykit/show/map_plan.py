"""What stands in each band of the map, measured before anything is drawn.

A band that is taller than its page goes on, with its heads repeated, on the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from journeykit.layout.journey_map import LaneRow, MapLayout
from journeykit.show.map_bands import Band
from journeykit.show.map_cards import CardLimits, LaneCards, lane_cards
from journeykit.show.map_drops import DropLabels, drop_labels
from journeykit.show.map_figures import FigureLines, figure_lines
from journeykit.show.map_heads import (
    StageHeads,
    TouchpointHeads,
    stage_heads,
    touchpoint_heads,
)
from journeykit.show.map_key import KeyLines, key_lines
from journeykit.show.map_plot import PLOT_HEIGHT
from journeykit.show.map_ways import WayTracks, way_tracks
from journeykit.show.text_width import wrapped
from journeykit.show.tokens import SIZES_PX
from journeykit.vocabulary import Basis

__all__ = ["SPACE", "BandPlan", "Sheet", "band_plan", "pages_of"]

SPACE = 9.0
"""Between a lane and the rules above and below it, in px."""

_SMALL = SIZES_PX["small"]
_HEADS = ("touchpoints",)
_N_MILD = 4
_LIMITS = tuple(
    CardLimits(*pair) for pair in ((5, 3), (4, 3), (4, 2), (3, 2), (3, 1), (2, 1))
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn, and how sure it is."""

    layout: MapLayout
    bases: Mapping[str, Basis]
    emotions: Mapping[str, Basis]
    fewest: int


@dataclass(frozen=True)
class BandPlan:
    """One band, measured."""

    band: Band
    stages: StageHeads
    touchpoints: TouchpointHeads
    lanes: tuple[LaneCards, ...]
    figures: FigureLines
    ways: WayTracks
    drops: DropLabels
    layout: MapLayout
    has_key: bool = True

    @cached_property
    def key(self) -> KeyLines:
        """How to read it."""
        if not self.has_key:
            return KeyLines((), 0.0)
        lanes = {lane.row.lane for lane in self.lanes}
        return key_lines(self.layout, self.band.width - self.band.head, lanes)

    def height_of(self, lane: LaneCards) -> float:
        """Return the height of a lane with its space, and its head if that is above."""
        inner = lane.height
        if lane.row.lane == "touchpoints":
            inner = self.touchpoints.height + self.drops.height
        elif lane.row.lane == "emotion":
            ways = self.ways.height + (8 if self.ways.tracks else 0)
            inner = PLOT_HEIGHT + self.figures.height + 8 + ways
        lines = wrapped(lane.row.label, self.head_room, _SMALL, is_bold=True)
        if self.band.is_narrow:
            return inner + 22 + 2 * SPACE
        return max(inner, len(lines) * 16) + 2 * SPACE

    @property
    def head_room(self) -> float:
        """Width for the head of a lane."""
        return self.band.width if self.band.is_narrow else self.band.head - 12

    @property
    def height(self) -> float:
        """Of the whole band."""
        lanes = sum(self.height_of(lane) for lane in self.lanes)
        return self.stages.height + lanes + 8 + self.key.height


def band_plan(sheet: Sheet, band: Band) -> BandPlan:
    """Return one band, measured."""
    layout = sheet.layout
    rows = layout.curves[0] if layout.curves else ()
    return BandPlan(
        band,
        stage_heads(layout, band),
        touchpoint_heads(layout, band),
        tuple(_lane(row, band, 0) for row in layout.lanes if _has_part(row, band)),
        figure_lines(rows, band, sheet.fewest),
        way_tracks(layout, band),
        drop_labels(layout, band),
        layout,
    )


def _lane(row: LaneRow, band: Band, step: int) -> LaneCards:
    if row.lane == "touchpoints":
        return LaneCards(row, (), (), 0.0)
    return lane_cards(row, band, _LIMITS[step])


def _has_part(row: LaneRow, band: Band) -> bool:
    """Return whether a lane says anything in this band."""
    if row.lane in {"touchpoints", "emotion"}:
        return True
    return any(
        zone.notes and band.span(zone.first_column, zone.n_columns)
        for zone in row.zones
    )


def _fitted(plan: BandPlan, tallest: float, *, n_steps: int = len(_LIMITS)) -> BandPlan:
    """Return the plan with less in its zones, until it is no taller than *tallest*.

    The tallest lane gives way first: its cards lose lines, then stand behind "more".
    """
    steps = [0] * len(plan.lanes)
    while plan.height > tallest:
        open_lanes = [
            (lane.height, i)
            for i, lane in enumerate(plan.lanes)
            if lane.cards and steps[i] + 1 < n_steps
        ]
        if not open_lanes:
            break
        _, i = max(open_lanes)
        steps[i] += 1
        lanes = list(plan.lanes)
        lanes[i] = _lane(lanes[i].row, plan.band, steps[i])
        plan = replace(plan, lanes=tuple(lanes))
    return plan


def pages_of(
    plan: BandPlan, tallest: float, *, caption: float = 0.0
) -> Iterator[BandPlan]:
    """Yield a band as pages: on one if little must be left out, else on several.

    The first of them leaves room for a *caption* above it.
    """
    room = tallest - caption
    heads = tuple(lane for lane in plan.lanes if lane.row.lane in _HEADS)
    page = replace(plan, lanes=heads)
    for lane in plan.lanes[len(heads) :]:
        longer = replace(page, lanes=(*page.lanes, lane))
        is_too_tall = _fitted(longer, room, n_steps=_N_MILD).height > room
        if is_too_tall and len(page.lanes) > len(heads):
            yield _fitted(page, room)
            room = tallest
            longer = replace(plan, lanes=(*heads, lane))
        page = longer
    yield _fitted(page, room)
