"""A picture placed by pixels: what stands where is known before Vega draws it.

Charts of many small fields (a panel a workshop, a line a persona) have no axis that
they share, so every place is computed here and Vega only draws. Numbers on axes are
written as text, in the reader's language like all others.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from journeykit.definitions import MEASURES
from journeykit.show.frame import BASE, SMALL, Spec, layer, number
from journeykit.show.numbers import value_text
from journeykit.show.tokens import light

__all__ = ["Pixels", "ScoreAxis", "score_axis"]

_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pixels:
    """A ground on which rows say in px where they stand, from the left and from above.

    Parameters
    ----------
    width, height
        In px.
    """

    width: float
    height: float

    def x(self, field: str = "x") -> Spec:
        """Return the channel across."""
        return self._along(field, self.width)

    def y(self, field: str = "y") -> Spec:
        """Return the channel down."""
        return self._along(field, self.height)

    @staticmethod
    def _along(field: str, most: float) -> Spec:
        ends = [0, most]
        plain = {"domain": ends, "range": ends, "nice": False, "zero": False}
        return number(field, scale=plain, axis=None)

    def texts(
        self,
        rows: Sequence[_Row],
        *,
        role: str = "ink",
        align: str = "left",
        weight: int = 400,
        size: float = BASE,
    ) -> Spec:
        """Return a layer that writes ``t`` of each row at its ``x`` and ``y``."""
        mark = {"type": "text", "align": align, "baseline": "middle", "limit": 0}
        face = {"fontSize": size, "fontWeight": weight, "color": light(role)}
        text = {"field": "t", "type": "nominal"}
        return layer(rows, {**mark, **face}, x=self.x(), y=self.y(), text=text)

    def small(self, rows: Sequence[_Row], **face: Any) -> Spec:
        """Return a layer of small quiet words; *face* as :meth:`texts` takes it."""
        return self.texts(rows, **{"role": "ink-quiet", "size": SMALL, **face})

    def rules(
        self,
        rows: Sequence[_Row],
        role: str,
        width: float = 1,
        *,
        cap: str = "butt",
        dash: Sequence[float] = (),
    ) -> Spec:
        """Return straight lines from ``x``, ``y`` to ``x2``, ``y2`` of each row."""
        mark: Spec = {
            "type": "rule",
            "color": light(role),
            "strokeWidth": width,
            "strokeCap": cap,
        }
        if dash:
            mark["strokeDash"] = list(dash)
        ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
        return layer(rows, mark, x=self.x(), y=self.y(), **ends)

    def dots(
        self, rows: Sequence[_Row], *, fill: str, stroke: str, size: float = 110
    ) -> Spec:
        """Return a round dot at ``x`` and ``y`` of each row."""
        mark = {
            "type": "point",
            "filled": True,
            "shape": "circle",
            "size": size,
            "opacity": 1,
            "fill": light(fill),
            "stroke": light(stroke),
            "strokeWidth": 2,
        }
        return layer(rows, mark, x=self.x(), y=self.y())

    def paths(
        self, rows: Sequence[_Row], role: str, width: float, *, is_smooth: bool = True
    ) -> Spec:
        """Return a line through the rows of each ``line``, in the order of x."""
        mark: Spec = {
            "type": "line",
            "color": light(role),
            "strokeWidth": width,
            "strokeCap": "round",
            "strokeJoin": "round",
            "interpolate": "monotone" if is_smooth else "linear",
        }
        by = {"field": "line", "type": "nominal"}
        order = number("x")
        return layer(rows, mark, x=self.x(), y=self.y(), order=order, detail=by)


_HEAD_PX = 40.0
"""Room of a number such as "100 %" above a gridline."""


@dataclass(frozen=True, slots=True)
class ScoreAxis:
    """Where the values of a measure stand across a field.

    Parameters
    ----------
    low, high
        Ends of the axis, in the unit of the measure.
    left, right
        The same in px.
    ticks
        Values with a gridline.
    """

    low: float
    high: float
    left: float
    right: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Return the px at which a value stands; beyond the ends it stands there."""
        share = (value - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    def heads(self, definition: str, y: float) -> list[dict[str, Any]]:
        """Return the numbers above the gridlines: every other one where they crowd.

        The last one has its number in any case.
        """
        gap = (self.right - self.left) / max(len(self.ticks) - 1, 1)
        shown = self.ticks if gap >= _HEAD_PX else self.ticks[::-2][::-1]
        texts = [(tick, _tick_text(tick, definition)) for tick in shown]
        return [{"x": self.at(tick), "y": y, "t": text} for tick, text in texts]

    def grid(self, spans: Sequence[tuple[float, float]]) -> list[dict[str, Any]]:
        """Return gridlines that run from one px to another, for each of the spans."""
        return [
            {"x": self.at(tick), "x2": self.at(tick), "y": top, "y2": end}
            for tick in self.ticks
            for top, end in spans
        ]


def score_axis(
    lowest: float, highest: float, definition: str, ends: tuple[float, float]
) -> ScoreAxis:
    """Return an axis of tenths of the scale that holds two values.

    Parameters
    ----------
    lowest, highest
        What it has to hold; NaN where there is nothing.
    definition
        Key of :data:`journeykit.definitions.MEASURES`.
    ends
        Left and right in px.

    Examples
    --------
    >>> axis = score_axis(0.42, 0.71, "customer_satisfaction_score", (0, 400))
    >>> axis.low, axis.high, axis.ticks[:2]
    (0.4, 0.8, (0.4, 0.5))
    """
    measure = MEASURES[definition]
    step = (measure.highest - measure.lowest) / 10
    first, last = 0, 10
    if not (math.isnan(lowest) or math.isnan(highest)):
        # In steps from the lowest possible value: whole numbers do not drift.
        first = math.floor((lowest - measure.lowest) / step + 1e-9)
        last = math.ceil((highest - measure.lowest) / step - 1e-9)
        last = min(10, max(last, first + 4))
        first = max(0, min(first, last - 4))
    width = 2 if last - first > 6 else 1
    first -= first % width
    last += (last - first) % width
    ticks = tuple(
        round(measure.lowest + place * step, 9)
        for place in range(first, last + 1, width)
    )
    return ScoreAxis(ticks[0], ticks[-1], *ends, ticks)


def _tick_text(tick: float, definition: str) -> str:
    text = value_text(tick, definition)
    return text.removesuffix(".00").removesuffix(".0").removesuffix(",0")
