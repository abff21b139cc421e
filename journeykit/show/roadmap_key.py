"""The key of the roadmap: what is drawn on a page, on as many lines as it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from xml.etree import ElementTree as ET

from journeykit.language import say, word
from journeykit.layout.roadmap import Roadmap
from journeykit.show.drawing import line, number_text, path, rect, text
from journeykit.show.roadmap_rows import Row
from journeykit.show.text_width import text_width
from journeykit.show.tokens import SIZES_PX

__all__ = ["BAR_ROLES", "KEY_PX", "draw_key", "key_names"]

BAR_ROLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "planned": ("accent-tint", "accent"),
        "doing": ("accent", "accent"),
        "done": ("mark-quiet", "mark-quiet"),
    }
)
"""Fill and edge of a bar by its status."""

KEY_PX = 62.0
"""Room that a key takes at most, on the narrowest paper."""

_SMALL = SIZES_PX["small"]
_WORDS = {
    "planned": word("planned"),
    "doing": word("under way"),
    "done": word("done"),
    "late": word("late"),
    "wait": word("waits for"),
    "broken": word("cannot wait like this"),
    "load": word("work by week"),
    "over": word("a week too full"),
}


def key_names(plan: Roadmap, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return what of the key is drawn in these rows, in its order."""
    bars = [row.bar for row in rows if row.bar is not None]
    found: set[str] = {bar.action.status for bar in bars}
    ids = {bar.action.id for bar in bars}
    waits = [one for one in plan.waits if {one.action, one.after} <= ids]
    found |= {"broken" if one.is_broken else "wait" for one in waits}
    if any(bar.days_late for bar in bars):
        found.add("late")
    owners = [row.owner for row in rows if row.is_head and row.owner is not None]
    loads = [load for owner in owners for load in owner.loads]
    found |= {"over" if load.is_over else "load" for load in loads}
    return tuple(name for name in _WORDS if name in found)


def draw_key(
    picture: ET.Element | None, top: float, width: float, names: Sequence[str]
) -> float:
    """Draw the key below *top* and return where it ends; without a picture only that.

    Parameters
    ----------
    picture
        Where to draw; None to measure.
    top, width
        Where it begins, and its room, in px.
    names
        As :func:`key_names` gives them.
    """
    if not names:
        return top + 8
    x, y = 1.0, top + 26
    if picture is not None:
        line(picture, (0, top + 4, width, top + 4), "rule")
    for name in names:
        words = say(_WORDS[name])
        room = 30 + text_width(words, _SMALL)
        if x + room > width:
            x, y = 1.0, y + 22
        if picture is not None:
            _draw_sample(picture, x, y, name)
            text(picture, x + 30, y, words, role="ink-soft")
        x += room + 22
    return y + 10


def _draw_sample(picture: ET.Element, x: float, y: float, name: str) -> None:
    middle = y - 4.5
    if name in BAR_ROLES:
        fill, edge = BAR_ROLES[name]
        rect(picture, (x, middle - 6, 24, 12), fill=fill, stroke=edge, radius=3)
    elif name == "late":
        line(picture, (x, middle, x + 24, middle), "ink", 3)
    elif name == "over":
        rect(picture, (x, middle - 7, 24, 14), fill="ink")
    elif name == "load":
        rect(picture, (x, middle, 12, 7), fill="accent")
        rect(picture, (x + 13, middle - 3, 11, 10), fill="accent")
    else:
        role, wide = ("ink", 2.0) if name == "broken" else ("mark-quiet", 1.25)
        at = number_text
        dashes = {"stroke_dasharray": "5 3"} if name == "broken" else {}
        way = f"M{at(x)},{at(middle)}H{at(x + 20)}"
        path(picture, way, stroke=role, width=wide, **dashes)
        path(picture, f"M{at(x + 25)},{at(middle)}l-6,-4v8z", fill=role)
