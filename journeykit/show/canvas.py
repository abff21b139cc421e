"""A picture laid out by pixels: boxes, lines, dots and words at stated places.

For pictures whose parts are placed by their own rules (a matrix, a tree, ranks side by
side), as against a field with an axis of values (:mod:`journeykit.show.plane`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from journeykit.show.frame import SMALL, Spec, dot, layer, line, number
from journeykit.show.text_width import wrapped
from journeykit.show.tokens import light

__all__ = [
    "boxes",
    "dots",
    "filled",
    "said_lines",
    "strokes",
    "words",
]

_Rows = Sequence[Mapping[str, Any]]
_LINE = 1.25
"""Distance of two lines of a text, in sizes of its letters."""


def _at(field: str) -> Spec:
    scale = {"domain": [0, 1000], "range": [0, 1000], "nice": False, "zero": False}
    return number(field, scale=scale, axis=None)


def boxes(
    rows: _Rows,
    role: str,
    *,
    opacity: float = 1.0,
    edge: str = "",
    edge_px: float = 1.0,
    radius: float = 0,
) -> Spec:
    """Return a layer of boxes from ``x``, ``y`` to ``x2``, ``y2``, all in px."""
    mark: Spec = {"type": "rect", "color": light(role), "fillOpacity": opacity}
    if edge:
        mark |= {"stroke": light(edge), "strokeWidth": edge_px}
    if radius:
        mark["cornerRadius"] = radius
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return layer(rows, mark, x=_at("x"), y=_at("y"), **ends)


def strokes(
    rows: _Rows, role: str, width: float = 1, *, dash: Sequence[float] = ()
) -> Spec:
    """Return a layer of straight lines from ``x``, ``y`` to ``x2``, ``y2``, in px."""
    mark = line(role, width, "round")
    if dash:
        mark["strokeDash"] = list(dash)
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return layer(rows, mark, x=_at("x"), y=_at("y"), **ends)


def dots(rows: _Rows, *, fill: str, stroke: str, size: float = 110) -> Spec:
    """Return a layer of dots at ``x``, ``y``, in px."""
    mark = dot(fill=fill, stroke=stroke) | {"size": size}
    return layer(rows, mark, x=_at("x"), y=_at("y"))


def words(
    rows: _Rows,
    *,
    role: str = "ink",
    align: str = "left",
    size: float = SMALL,
    weight: int = 400,
) -> Spec:
    """Return a layer that writes ``t`` of each row, its middle line at ``x``, ``y``."""
    place = {"type": "text", "align": align, "baseline": "middle", "limit": 0}
    face = {"fontSize": size, "fontWeight": weight, "color": light(role)}
    text = {"field": "t", "type": "nominal"}
    return layer(rows, {**place, **face}, x=_at("x"), y=_at("y"), text=text)


def said_lines(
    text: str,
    x: float,
    y: float,
    room: float,
    *,
    size: float = SMALL,
    max_lines: int = 2,
    is_bold: bool = False,
) -> list[dict[str, Any]]:
    """Return *text* as rows of :func:`words`, broken to *room* px around *y*.

    Examples
    --------
    >>> [row["t"] for row in said_lines("See what it costs", 0, 20, 90)]
    ['See what it', 'costs']
    """
    lines = wrapped(text, room, size, max_lines=max_lines, is_bold=is_bold)
    first = y - (len(lines) - 1) * size * _LINE / 2
    return [
        {"x": x, "y": first + at * size * _LINE, "t": said}
        for at, said in enumerate(lines)
    ]


def filled(layers: Sequence[Spec]) -> list[Spec]:
    """Return the layers that hold anything."""
    return [part for part in layers if part["data"]["values"]]
