"""Under the touchpoints: how many customers are lost between one and the next.

Each label stands on the gap between two columns; at the left edge of a band, where the
touchpoint before is in another band, it stands at the beginning of its own column.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from journeykit.layout.drop_off import DropOff
from journeykit.layout.journey_map import MapLayout
from journeykit.show.drawing import path, rect, text
from journeykit.show.map_bands import GAP, Band
from journeykit.show.numbers import NBSP, count, interval, value_text
from journeykit.show.text_width import wrapped
from journeykit.show.tokens import SIZES_PX

__all__ = ["DropLabels", "draw_drop_mark", "drop_labels", "drop_text"]

_RATE = "drop_off_rate"
_SMALL = SIZES_PX["small"]
_LINE, _MARK, _ABOVE = 16.0, 18.0, 8.0
_HALF = 14.0


def drop_text(drop: DropOff) -> str:
    """Return what is lost before a touchpoint, for those who do not see the map."""
    of = f" of those at {drop.before}" if drop.before else ""
    ends = f" ({_ends(drop)})" if _ends(drop) else ""
    few = ", few answers" if drop.is_few else ""
    share = value_text(drop.value, _RATE)
    return f"{share}{of} leave before{ends}, n{NBSP}{count(drop.n)}{few}"


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
    # the first may stand half a label further right than the others
    room = max(24.0, (band.column - 2 * GAP) / 1.5)
    for drop in layout.drops:
        if not band.first <= drop.column < band.last:
            continue
        is_first = drop.column == band.first
        lines = list(_lines(drop, room))
        if drop.before and (is_first or not drop.is_between_neighbours):
            lines += wrapped(f"after {drop.before}", room, _SMALL, max_lines=2)
        left = band.left(drop.column)
        x, anchor = (left, "start") if is_first else (left - GAP / 2, "middle")
        labels.append((x, anchor, drop.is_few, tuple(lines)))
    most = max((len(lines) for *_, lines in labels), default=0)
    height = _ABOVE + _MARK + most * _LINE if labels else 0.0
    return DropLabels(tuple(labels), height)


def _lines(drop: DropOff, room: float) -> tuple[str, ...]:
    said = (f"{value_text(drop.value, _RATE)} leave", _ends(drop))
    more = ("few answers",) if drop.is_few else ()
    return tuple(
        line
        for words in (*said, *more)
        if words
        for line in wrapped(words, room, _SMALL)
    )
