"""A smooth line through points that never rises above or falls below them.

Slopes after Steffen (1990), as a chart of measured things needs them: a spline that
overshoots would show emotions that nobody had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Smooth", "smooth"]


@dataclass(frozen=True, slots=True)
class Smooth:
    """A line through *points* (x, y), x rising, with its slope at each."""

    points: tuple[tuple[float, float], ...]
    slopes: tuple[float, ...]

    def path(self, *, is_reversed: bool = False, is_joined: bool = False) -> str:
        """Return the path data; joined to a path before, or begun anew."""
        knots = list(zip(self.points, self.slopes, strict=True))
        if is_reversed:
            knots.reverse()
        (x, y), _ = knots[0]
        parts = [f"{'L' if is_joined else 'M'}{x:.1f},{y:.1f}"]
        for ((x0, y0), m0), ((x1, y1), m1) in pairwise(knots):
            third = (x1 - x0) / 3
            first = f"{x0 + third:.1f},{y0 + m0 * third:.1f}"
            second = f"{x1 - third:.1f},{y1 - m1 * third:.1f}"
            parts.append(f"C{first},{second},{x1:.1f},{y1:.1f}")
        return "".join(parts)

    def y_at(self, x: float) -> float | None:
        """Return the height of the line at *x*; None beside its ends."""
        for i, ((x0, y0), (x1, y1)) in enumerate(pairwise(self.points)):
            if x0 <= x <= x1:
                h = x1 - x0
                t = (x - x0) / h
                bend0 = (1 + 2 * t) * (1 - t) ** 2 * y0 + t**2 * (3 - 2 * t) * y1
                m0, m1 = self.slopes[i], self.slopes[i + 1]
                return bend0 + h * t * (1 - t) * ((1 - t) * m0 - t * m1)
        return None


def smooth(points: Sequence[tuple[float, float]]) -> Smooth:
    """Return the monotone line through *points*; at least one, x rising.

    Examples
    --------
    >>> smooth([(0, 0), (1, 1), (2, 0)]).slopes
    (1.5, 0.0, -1.5)
    """
    secants = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(points)]
    if not secants:
        return Smooth(tuple(points), (0.0,) * len(points))
    slopes = []
    for i in range(1, len(points) - 1):
        before, after = secants[i - 1], secants[i]
        h0, h1 = points[i][0] - points[i - 1][0], points[i + 1][0] - points[i][0]
        mean = (before * h1 + after * h0) / (h0 + h1)
        sign = (before > 0) - (before < 0) + (after > 0) - (after < 0)
        slopes.append(sign * min(abs(before), abs(after), abs(mean) / 2))
    first = (3 * secants[0] - (slopes[0] if slopes else secants[0])) / 2
    last = (3 * secants[-1] - (slopes[-1] if slopes else secants[-1])) / 2
    return Smooth(tuple(points), (first, *slopes, last))
