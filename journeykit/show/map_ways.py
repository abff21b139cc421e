"""Under the curve: thin arrows for branches, loops, returns and changes of channel.

Each arrow lies flat on a track, from the middle of one column to that of another, so
that none crosses another or its words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

from journeykit.language import say, word
from journeykit.layout.journey_map import MapLayout, Way
from journeykit.show.drawing import circle, line, path, text
from journeykit.show.map_bands import Band
from journeykit.show.text_width import text_width, wrapped
from journeykit.show.tokens import SIZES_PX

__all__ = ["WayContext", "WayTracks", "context_of", "draw_way_line", "way_tracks"]

_SMALL = SIZES_PX["small"]
_TRACK, _APART, _LOOP = 28.0, 16.0, 20.0
_MARK = 3.5
_DASHES = {"lost": "5 4", "unknown": "1.5 3.5"}
WayContext = Literal["kept", "lost", "unknown", ""]
"""What becomes of what a customer has said; empty where no channel changes."""

_WORDS = {
    "channel_change": word("change of channel"),
    "branch": word("branch"),
    "loop": word("loop"),
    "return": word("return"),
}


@dataclass(frozen=True, slots=True)
class _Arrow:
    """One way in one band: from x to x, its words, whether it begins and ends here."""

    start: float
    end: float
    words: str
    words_x: float
    begins_here: bool
    ends_here: bool
    context: WayContext = ""

    @property
    def reach(self) -> tuple[float, float]:
        """Left and right end of all that is drawn."""
        words_end = self.words_x + text_width(self.words, _SMALL)
        left = min(self.start, self.end, self.words_x)
        return left, max(self.start, self.end, words_end)

    def is_clear_of(self, other: _Arrow) -> bool:
        """Return whether the two do not meet on one track."""
        (a, b), (c, d) = self.reach, other.reach
        return b + _APART < c or d + _APART < a


@dataclass(frozen=True, slots=True)
class WayTracks:
    """Arrows of one band, track by track."""

    tracks: tuple[tuple[_Arrow, ...], ...]

    @property
    def height(self) -> float:
        """Of all tracks."""
        return len(self.tracks) * _TRACK

    def draw(self, parent: ET.Element, top: float) -> None:
        """Draw the arrows with their top at *top*."""
        for i, track in enumerate(self.tracks):
            for arrow in track:
                _draw_arrow(parent, arrow, top + i * _TRACK + 20)


def _draw_arrow(parent: ET.Element, arrow: _Arrow, y: float) -> None:
    if arrow.start == arrow.end:
        d = f"M{arrow.start + 4:.1f},{y - 9:.1f}a6,6,0,1,0,2,4.5m-3,-2l3,2.2l2.6,-2.8"
        path(parent, d, stroke="ink-soft", width=1.25)
        text(parent, arrow.words_x, y, arrow.words, role="ink-soft", has_halo=True)
        return
    side = 1 if arrow.end > arrow.start else -1
    place = (arrow.words_x, y - (8 if arrow.context in _DASHES else 6))
    text(parent, *place, arrow.words, role="ink-soft", has_halo=True)
    draw_way_line(parent, (arrow.start, arrow.end), y, arrow.context)
    tip = f"M{arrow.end - side * 6:.1f},{y - 4:.1f}l{side * 6},4l{-side * 6},4"
    path(parent, tip, stroke="ink-soft", width=1.25)
    if arrow.begins_here:
        circle(parent, arrow.start, y, 3, fill="ink-soft")


def draw_way_line(
    parent: ET.Element, ends: tuple[float, float], y: float, context: WayContext
) -> None:
    """Draw the line of a way: solid if the context is kept, else broken with a mark."""
    start, end = ends
    line(parent, (start, y, end, y), "ink-soft", 1.25, dash=_DASHES.get(context, ""))
    if context not in _DASHES:
        return
    x = (start + end) / 2
    circle(parent, x, y, _MARK + 2, fill="paper")
    if context == "lost":
        d = f"M{x - _MARK:.1f},{y - _MARK:.1f}l{2 * _MARK},{2 * _MARK}"
        d += f"m{-2 * _MARK},0l{2 * _MARK},{-2 * _MARK}"
        path(parent, d, stroke="ink", width=1.75)
    else:
        text(parent, x, y + 4, "?", role="ink", is_bold=True, anchor="middle")


def context_of(way: Way) -> WayContext:
    """Return what becomes of the context on a way; empty where that is no question."""
    if way.context_kept is not None:
        return "kept" if way.context_kept else "lost"
    return "unknown" if way.change == "channel_change" else ""


def way_tracks(layout: MapLayout, band: Band) -> WayTracks:
    """Return the arrows of a band; shorter ones stand nearer to the curve."""
    tracks: list[list[_Arrow]] = []
    ways = sorted(
        layout.ways,
        key=lambda way: (abs(way.target_column - way.source_column), way.entry),
    )
    for way in ways:
        arrow = _arrow(layout, way, band)
        if arrow is None:
            continue
        for track in tracks:
            if all(arrow.is_clear_of(other) for other in track):
                track.append(arrow)
                break
        else:
            tracks.append([arrow])
    return WayTracks(tuple(tuple(track) for track in tracks))


def _arrow(layout: MapLayout, way: Way, band: Band) -> _Arrow | None:
    ends = (way.source_column, way.target_column)
    if max(ends) < band.first or min(ends) >= band.last:
        return None
    begins, arrives = (band.first <= end < band.last for end in ends)
    edges = (band.head, band.right - 8)
    xs = [min(max(band.centre(end), edges[0]), edges[1]) for end in ends]
    words = say(_WORDS[way.change])
    if begins and not arrives:
        name = layout.columns[ends[1]].name
        words = say("{change} to {name}", change=words, name=name)
    elif arrives and not begins:
        name = layout.columns[ends[0]].name
        words = say("{change} from {name}", change=words, name=name)
    words += f": {way.note}" if way.note else ""
    if way.context_kept is False:
        words = say("{change}, and all begins again", change=words)
    room, is_right = edges[1] - edges[0], True
    if xs[0] == xs[1]:  # the words of a loop stand on the roomier side of it
        rooms = (xs[0] - edges[0] - _LOOP, edges[1] - xs[0] - _LOOP)
        room, is_right = max(rooms), rooms[1] >= rooms[0]
    words = wrapped(words, room, _SMALL, max_lines=1)[0]
    wide = text_width(words, _SMALL)
    if xs[0] == xs[1]:
        words_x = xs[0] + _LOOP if is_right else xs[0] - _LOOP - wide
    else:
        left = min(xs) + (10 if xs[1] < xs[0] else 0)
        words_x = min(left, edges[1] - wide)
    return _Arrow(xs[0], xs[1], words, words_x, begins, arrives, context_of(way))
