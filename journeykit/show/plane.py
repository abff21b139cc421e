"""A plane of two axes for lines, bands and dots: its scales, gridlines and labels.

The labels of both axes are written as text at places that the chart states: Vega's own
axes drop labels where they think that there is no room, and know no words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from journeykit.show.frame import SMALL, Spec, layer, line, number, px
from journeykit.show.tokens import light

__all__ = ["Plane", "area", "bars", "haloed", "nice_ticks", "path"]

_Tick = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Plane:
    """A field of dots and lines within a picture.

    Parameters
    ----------
    left, right
        Ends of the field in px, from the left of the picture.
    height
        Of the field, in px.
    x_ends, y_ends
        The smallest and largest value of each axis; the first of *y_ends* is below.
    x_ticks, y_ticks
        Where a label stands, and what it says.
    """

    left: float
    right: float
    height: float
    x_ends: tuple[float, float]
    y_ends: tuple[float, float]
    x_ticks: Sequence[_Tick] = ()
    y_ticks: Sequence[_Tick] = ()

    def x(self, field: str = "x") -> Spec:
        """Return the channel across."""
        scale = {"domain": list(self.x_ends), "range": [self.left, self.right]}
        return number(field, scale={**scale, "nice": False, "zero": False}, axis=None)

    def y(self, field: str = "y") -> Spec:
        """Return the channel upwards."""
        scale = {"domain": list(self.y_ends), "range": [self.height, 0]}
        return number(field, scale={**scale, "nice": False, "zero": False}, axis=None)

    def ground(self) -> list[Spec]:
        """Return gridlines across and the labels of both axes."""
        across = [{"y": at} for at, _ in self.y_ticks]
        parts = [
            layer(across, line("rule"), x=px(self.left), x2=px(self.right), y=self.y()),
            self._labels(self.y_ticks, "y", px(self.left - 10), self.y(), "right"),
            self._labels(self.x_ticks, "x", self.x(), px(self.height + 18), "center"),
        ]
        return [part for part in parts if part["data"]["values"]]

    @staticmethod
    def _labels(ticks: Sequence[_Tick], key: str, x: Spec, y: Spec, align: str) -> Spec:
        rows = [{key: at, "t": words} for at, words in ticks]
        mark = {"type": "text", "align": align, "baseline": "middle", "limit": 0}
        face = {"fontSize": SMALL, "color": light("ink-quiet")}
        text = {"field": "t", "type": "nominal"}
        return layer(rows, {**mark, **face}, x=x, y=y, text=text)

    def words_at(
        self,
        rows: Sequence[Mapping[str, Any]],
        *,
        role: str = "ink",
        align: str = "left",
        weight: int = 400,
        dx: float = 0,
        dy: float = 0,
    ) -> Spec:
        """Return a layer that writes ``t`` of each row at its ``x`` and ``y``."""
        mark = {"type": "text", "align": align, "baseline": "middle", "limit": 0}
        face = {"fontSize": SMALL, "fontWeight": weight, "color": light(role)}
        text = {"field": "t", "type": "nominal"}
        moved = {**mark, **face, "dx": dx, "dy": dy}
        return layer(rows, moved, x=self.x(), y=self.y(), text=text)


def path(
    rows: Sequence[Mapping[str, Any]],
    plane: Plane,
    role: str,
    *,
    width: float = 2.5,
    dash: Sequence[float] = (),
    is_stepped: bool = False,
    is_smooth: bool = False,
    by: str = "",
) -> Spec:
    """Return one line through the rows in the order of x; it breaks where y is None.

    With *by* there is one line for each value of that field.
    """
    mark: Spec = {
        "type": "line",
        "color": light(role),
        "strokeWidth": width,
        "strokeCap": "round",
        "strokeJoin": "round",
        "interpolate": _bend(is_stepped=is_stepped, is_smooth=is_smooth),
    }
    if dash:
        mark["strokeDash"] = list(dash)
    order = number("x")
    return layer(rows, mark, x=plane.x(), y=plane.y(), order=order, **_lines(by))


def area(
    rows: Sequence[Mapping[str, Any]],
    plane: Plane,
    role: str,
    *,
    opacity: float = 1.0,
    is_stepped: bool = False,
    is_smooth: bool = False,
    by: str = "",
) -> Spec:
    """Return the band between ``low`` and ``high`` of the rows, one each for *by*."""
    mark = {
        "type": "area",
        "color": light(role),
        "opacity": opacity,
        "interpolate": _bend(is_stepped=is_stepped, is_smooth=is_smooth),
    }
    ends = {"y": plane.y("low"), "y2": {"field": "high"}}
    return layer(rows, mark, x=plane.x(), **ends, **_lines(by))


def bars(
    rows: Sequence[Mapping[str, Any]], plane: Plane, role: str, width: float = 2.5
) -> Spec:
    """Return an upright interval from ``low`` to ``high`` of each row."""
    mark = line(role, width, "round")
    return layer(rows, mark, x=plane.x(), y=plane.y("low"), y2={"field": "high"})


def haloed(words: Spec) -> list[Spec]:
    """Return a layer of words with their ground below, to be read across lines."""
    edge = {"stroke": light("paper"), "strokeWidth": 4, "strokeJoin": "round"}
    ground = {**words["mark"], "color": light("paper"), **edge}
    return [{**words, "mark": ground}, words]


def _bend(*, is_stepped: bool, is_smooth: bool) -> str:
    """Return how points are joined; smooth never leaves the points (Steffen 1990)."""
    return "step-after" if is_stepped else "monotone" if is_smooth else "linear"


def _lines(by: str) -> dict[str, Spec]:
    return {"detail": {"field": by, "type": "nominal"}} if by else {}


def nice_ticks(low: float, high: float, n: int = 5) -> tuple[float, ...]:
    """Return about *n* round numbers that hold *low* to *high* between them.

    Examples
    --------
    >>> nice_ticks(0, 0.87)
    (0.0, 0.25, 0.5, 0.75, 1.0)
    >>> nice_ticks(37, 37)
    (36.0, 36.5, 37.0, 37.5, 38.0)
    """
    if high <= low:
        low, high = low - 1, low + 1
    raw = (high - low) / max(n - 1, 1)
    size = 10.0 ** floor(log10(raw))
    step = next(size * by for by in (1, 2, 2.5, 5, 10) if size * by >= raw * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(round(i * step, 12) for i in range(first, last + 1))
