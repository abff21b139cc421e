"""Where the name of a dot finds a place beside it, clear of dots, names and lines."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin
from typing import Any

from journeykit.show.frame import SMALL
from journeykit.show.text_width import text_width

__all__ = ["Box", "around_dot", "name_spot", "number_spot"]

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in px."""

_DOT = 7.0
_LONGEST = 220.0
"""Longest name beside a dot, in px."""


def around_dot(x: float, y: float) -> Box:
    """Return the place that a dot takes."""
    return (x - _DOT, y - _DOT, x + _DOT, y + _DOT)


def name_spot(
    text: str,
    row: Mapping[Any, Any],
    known: tuple[list[Box], list[Box]],
    field: Box,
    *,
    is_bold: bool = False,
) -> dict[str, Any] | None:
    """Return a free place for a name beside its dot, clear of lines if it can be.

    Parameters
    ----------
    text
        The name.
    row
        Its dot: ``x`` and ``y`` in px.
    known
        What no name may touch, and the lines that it should not.
    field
        Where names may stand.
    is_bold
        Whether the name is set in bold.

    Returns
    -------
    dict or None
        ``x``, ``y``, ``t``, ``align`` and the ``box`` that it takes; None if there is
        no place.
    """
    wide = text_width(text, SMALL, is_bold=is_bold)
    if wide > _LONGEST:
        return None
    x, y, gap = row["x"], row["y"], _DOT + 4
    spots = [
        (x + gap, y, "left"),
        (x - gap, y, "right"),
        *((x, y + dy, "center") for dy in (-16, 17)),
        *((x + gap - 4, y + dy, "left") for dy in (-13, 13)),
        *((x - gap + 4, y + dy, "right") for dy in (-13, 13)),
    ]
    taken, lines = known
    for others in ([*taken, *lines], taken):
        for at, middle, align in spots:
            box = _text_box(at, middle, wide, align)
            if _is_free(box, others, field):
                return {"x": at, "y": middle, "t": text, "align": align, "box": box}
    return None


def number_spot(
    text: str,
    row: Mapping[Any, Any],
    known: tuple[list[Box], list[Box]],
    field: Box,
) -> dict[str, Any]:
    """Return a place for a number near its dot, with a line to it if it is far.

    Takes what :func:`name_spot` takes. The line ends at ``x2``, ``y2``, if there is
    one.
    """
    wide = text_width(text, SMALL, is_bold=True)
    taken, lines = known
    spot: dict[str, Any] = {}
    for others in ([*taken, *lines], taken):
        for radius in (17, 28, 40, 54, 70):
            for turn in range(16):
                angle = turn * pi / 8
                x = row["x"] + (radius + wide / 4) * cos(angle)
                y = row["y"] + radius * sin(angle)
                box = _text_box(x, y, wide, "center")
                spot = {"x": x, "y": y, "t": text, "align": "center", "box": box}
                if _is_free(box, others, field):
                    if radius > 17:
                        short = 1 - 10 / radius
                        spot["x2"] = row["x"] + (x - row["x"]) * short
                        spot["y2"] = row["y"] + (y - row["y"]) * short
                    return spot
    return spot


def _text_box(x: float, y: float, wide: float, align: str) -> Box:
    start = {"left": x, "right": x - wide, "center": x - wide / 2}[align]
    return (start - 2, y - 8, start + wide + 2, y + 8)


def _is_free(box: Box, others: list[Box], field: Box) -> bool:
    is_inside = box[0] >= field[0] and box[2] <= field[2]
    is_inside = is_inside and box[1] >= 0 and box[3] <= field[3]
    return is_inside and not any(_touch(box, other) for other in others)


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )
