"""Pictures on slides: that one of a figure whose type is largest there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from journeykit.report.drawn_png import drawn_png
from journeykit.show.svg import checked_svg
from journeykit.show.tokens import SIZES_PX

__all__ = ["readable", "slide_pictures", "slide_png"]

_SIDES = re.compile(r'\bwidth="([\d.]+)" height="([\d.]+)"')
_LEAST_PT = 8.5
"""Type on a slide below which its words stand in a table as well."""


def slide_pictures(
    data: Mapping[str, Any], room: tuple[float, float]
) -> tuple[list[str], bool]:
    """Return the pictures of a figure for slides, and whether their type is readable.

    Parameters
    ----------
    data
        Of the figure.
    room
        Width and height on a slide, in points.
    """
    whole, cut = [data["wide"]], list(data["printed"])
    pictures = whole
    if data.get("slides"):
        pictures = list(data["slides"])
    elif cut and _type_pt(cut, room) > 1.15 * _type_pt(whole, room):
        pictures = cut
    drawn = [str(checked_svg(one)) for one in pictures]
    return drawn, readable(drawn, room)


def readable(pictures: Sequence[str], room: tuple[float, float]) -> bool:
    """Return whether the smallest type of pictures can be read in a room."""
    return _type_pt(pictures, room) >= _LEAST_PT


def _type_pt(pictures: Sequence[str], room: tuple[float, float]) -> float:
    found = [
        min(room[0] / float(sides[1]), room[1] / float(sides[2]))
        for one in pictures
        if (sides := _SIDES.search(one)) is not None
    ]
    return SIZES_PX["small"] * min(found, default=1.0)


def slide_png(svg: str) -> bytes:
    """Return a picture as sharp as its place on a slide can show it."""
    sides = _SIDES.search(svg)
    scale = 2.0
    if sides:
        scale = min(3.0, 1764 / float(sides[1]), 1000 / float(sides[2]))
    return drawn_png(svg, scale)
