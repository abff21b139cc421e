"""Under the touchpoints: how many customers are lost between one and the next.

Each label stands on the gap between two columns; at the left edge of a band, where the
touchpoint before is in another band, it stands at the beginning of its own column.
Where the step before is no neighbour it is named, as far as there is room: the alt text
names it always.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from journeykit.language import say
from journeykit.layout.drop_off import DropOff
from journeykit.layout.journey_map import MapLayout
from journeykit.show.drawing import path, rect, text
from journeykit.show.map_bands import GAP, Band
from journeykit.show.numbers import interval, n_text, value_text
from journeykit.show.text_width import text_width, wrapped
from journeykit.show.tokens import SIZES_PX

__all__ = ["DropLabels", "draw_drop_mark", "drop_labels", "drop_text"]

_RATE = "drop_off_rate"
_SMALL = SIZES_PX["small"]
_LINE, _MARK, _ABOVE = 16.0, 18.0, 4.0
_HALF = 14.0


def drop_text(drop: DropOff) -> str:
    """Return what is lost before a touchpoint, for those who do not see the map."""
    text = say("{share} leave before", share=value_text(drop.value, _RATE))
    if drop.before:
        text = say(
            "{share} of those at {name} leave before",
            share=value_text(drop.value, _RATE),
            name=drop.before,
        )
    if _ends(drop):
        text = say("{value} ({interval})", value=text, interval=_ends(drop))
    if drop.is_few:
        return say("{value}, {n}, few answers", value=text, n=n_text(drop.n))
    return say("{value}, {n}", value=text, n=n_text(drop.n))


def _ends(drop: DropOff) -> str:
    if drop.low is None or drop.high is None:
        return ""
    return interval(drop.low, drop.high, _RATE)


@dataclass(frozen=True, slots=True)
class DropLabels:
    """Labels of one band, measured: middle or left end, anchor, few, lines."""

    labels: tuple[tuple[float, str, bool, tuple[str, ...]], ...]
    height: float

    def draw(self, parent: ET.Element, top: float, hatch: str) -> None:
        """Draw the labels with their top at *top*."""
        y = top + _ABOVE
        for x, anchor, is_few, lines in self.labels:
            middle = x if anchor == "middle" else x + _HALF
            draw_drop_mark(parent, middle, y, hatch if is_few else "")
            for i, words in enumerate(lines):
                place = (x, y + _MARK + 11 + i * _LINE)
                text(
                    parent,
                    *place,
                    words,
                    role="ink-soft",
                    anchor=anchor,
                    has_halo=True,
                )


def draw_drop_mark(parent: ET.Element, x: float, y: float, hatch: str = "") -> None:
    """Draw a way that goes on and one that leaves it; hatched where few were counted.

    Parameters
    ----------
    x, y
        Middle and top of the mark.
    hatch
        Id of the hatch, empty where enough were counted.
    """
    flow = f"M{x - _HALF:.1f},{y + 3:.1f}h{2 * _HALF:.0f}m-3.5,-3l3.5,3l-3.5,3"
    leaving = f"M{x - 8:.1f},{y + 3:.1f}q8,0,8,11m-3.5,-3.5l3.5,3.5l3.5,-3.5"
    path(parent, flow, stroke="ink-quiet", width=1.25)
    if hatch:
        box = (x - 6, y + 3, 12, 12)
        rect(parent, box, fill="hatch", stroke="ink-quiet", pattern=hatch)
    else:
        path(parent, leaving, stroke="ink-quiet", width=1.25)


def drop_labels(layout: MapLayout, band: Band) -> DropLabels:
    """Return the labels of a band; none takes no room."""
    labels = []
    shown = [one for one in layout.drops if band.first <= one.column < band.last]
    columns = [one.column for one in shown]
    # one at the left edge stands half a label further right, near to the next
    are_near = columns[:2] == [band.first, band.first + 1]
    for place, drop in enumerate(shown):
        is_first = drop.column == band.first
        is_narrow = are_near and place < 2
        room = (band.column - 2 * GAP) / (1.5 if is_narrow else 1.0)
        left = band.left(drop.column)
        x, anchor = (left, "start") if is_first else (left - GAP / 2, "middle")
        lines = tuple(_lines(drop, max(24.0, room)))
        labels.append((x, anchor, drop.is_few, lines))
    most = max((len(lines) for *_, lines in labels), default=0)
    height = _ABOVE + _MARK + most * _LINE if labels else 0.0
    return DropLabels(tuple(labels), height)


def _lines(drop: DropOff, room: float) -> Iterator[str]:
    leave = say("{share} leave", share=value_text(drop.value, _RATE))
    yield from wrapped(leave, room, _SMALL)
    if _ends(drop):
        yield from wrapped(_ends(drop), room, _SMALL)
    if drop.is_few:
        few = say("few answers")
        yield few if text_width(few, _SMALL) <= room else say("few")
    if drop.before and not drop.is_between_neighbours:
        after = say("after {name}", name=drop.before)
        yield after if text_width(after, _SMALL) <= room else say("from earlier")
