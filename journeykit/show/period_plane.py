"""A plane whose axis across is time, one place a period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import isnan

from journeykit.language import say
from journeykit.show.frame import SMALL
from journeykit.show.plane import Plane, nice_ticks
from journeykit.show.text_width import text_width

__all__ = ["MOST_PERIODS", "period_plane", "undrawn"]

MOST_PERIODS = 700
"""More periods cannot be told apart in a picture; number twins hold them all."""

_BESIDE = 14.0
"""Room between the labels of the axis and the first dot, in px."""


def undrawn(n: int) -> str:
    """Return what to say of *n* periods of which only the last are drawn.

    Examples
    --------
    >>> undrawn(700), undrawn(701)
    ('', 'Only the last 700 periods are drawn.')
    """
    if n <= MOST_PERIODS:
        return ""
    return say("Only the last {n} periods are drawn.", n=MOST_PERIODS)


def period_plane(
    periods: Sequence[str],
    numbers: Iterable[float],
    said: Callable[[float], str],
    *,
    width: int,
    height: float,
    right: float = 24,
) -> Plane:
    """Return the plane of a line over *periods*.

    Parameters
    ----------
    periods
        As they are shown, in the order of time; as many are written as have room.
    numbers
        All that is to be drawn: the axis upwards holds them. NaN is left out.
    said
        How a number on that axis is written.
    width, height
        Of the whole picture, and of the field, in px.
    right
        Room beside the field, in px.

    Examples
    --------
    >>> plane = period_plane(["May", "June"], [3, 7], str, width=342, height=240)
    >>> plane.y_ends, plane.x_ticks
    ((3.0, 7.0), [(0, 'May'), (1, 'June')])
    """
    known = [float(number) for number in numbers if not isnan(number)]
    ticks = nice_ticks(min(known, default=0.0), max(known, default=1.0))
    widest = max((text_width(period, SMALL) for period in periods), default=0.0)
    labels = [said(tick) for tick in ticks]
    written = max(text_width(label, SMALL) for label in labels) + 12
    left = max(written, widest / 2 - _BESIDE)
    end = width - max(right, widest / 2)
    n_fit = max(int((end - left) / (widest + 16)), 1)
    every = max(1, -(-(len(periods) - 1) // n_fit))
    n_steps = max(len(periods) - 1, 1)
    beside = _BESIDE * n_steps / (end - left)
    return Plane(
        left=left,
        right=end,
        height=height,
        x_ends=(-beside, n_steps + beside),
        y_ends=(ticks[0], ticks[-1]),
        x_ticks=list(enumerate(periods))[::every],
        y_ticks=list(zip(ticks, labels, strict=True)),
    )
