"""Whether a line over time rises or falls, by the order of its points alone.

Kendall's test asks of each two points which is higher, so one wild point does not make
a trend; the slope is the middle one of all pairs (Theil and Sen). A fitted line was
turned down: with six waves its assumptions cannot be looked at.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from journeykit.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Trend", "trend_of"]

_MOST_EXACT = 40
"""Up to here the test counts all orders; above, the normal curve is as good."""


@dataclass(frozen=True, slots=True)
class Trend:
    """Where a line goes.

    Parameters
    ----------
    direction
        ``rising``, ``falling``, ``no clear trend``, or ``too few periods`` (below
        five no order of points is rare enough).
    slope
        Change a period in the unit of the values, the median of all pairs; None below
        two periods.
    p_value
        How often chance alone gives an order as clear, 0 to 1; None below three.
    n
        Measured periods.
    """

    direction: Literal["rising", "falling", "no clear trend", "too few periods"]
    slope: float | None
    p_value: float | None
    n: int


def trend_of(
    values: Sequence[float | None] | NDArray[np.float64], *, level: float = 0.95
) -> Trend:
    """Return whether values over time rise or fall.

    Parameters
    ----------
    values
        One a period, in the order of time, at even distances; None or NaN where not
        measured (its period still counts as time).
    level
        What is left of it is the limit of the p value; between 0 and 1.

    Returns
    -------
    Trend
        Direction, slope a period, p value.

    Raises
    ------
    InputError
        If *level* is out of range or a value is endless.

    Notes
    -----
    Kendall (1938), exact without ties up to 40 periods, else with the variance for ties
    and continuity correction; Sen (1968).

    Examples
    --------
    >>> trend_of([31, 33, 32, 36, 38, 41])
    Trend(direction='rising', slope=2.0, p_value=0.016666666666666666, n=6)
    """
    if not 0 < level < 1:
        raise InputError(
            f"a level between 0 and 1 was expected, not {level!r}",
            mend="Write 95 % as 0.95",
        )
    given = np.array([np.nan if v is None else float(v) for v in values], dtype=float)
    if np.isinf(given).any():
        raise InputError("finite numbers were expected, one is endless")
    at = np.flatnonzero(~np.isnan(given))
    known, n = given[at], len(at)
    if n < 2:
        return Trend("too few periods", None, None, n)
    first, second = np.triu_indices(n, 1)
    steps = known[second] - known[first]
    slope = float(np.median(steps / (at[second] - at[first])))
    if n < 3:
        return Trend("too few periods", slope, None, n)
    score = int(np.sign(steps).sum())
    p_value = _p_value(known, score)
    if n < 5:
        return Trend("too few periods", slope, p_value, n)
    if p_value >= 1 - level:
        return Trend("no clear trend", slope, p_value, n)
    return Trend("rising" if score > 0 else "falling", slope, p_value, n)


def _p_value(known: NDArray[np.float64], score: int) -> float:
    """Return the share of orders with a score as far from 0, on both sides."""
    n = len(known)
    _, ties = np.unique(known, return_counts=True)
    if len(ties) == n and n <= _MOST_EXACT:
        n_pairs = n * (n - 1) // 2
        counts = _orders_by_inversions(n)
        most = (n_pairs - abs(score)) // 2  # inversions of an order as clear
        return min(1.0, 2 * sum(counts[: most + 1]) / math.factorial(n))
    variance = n * (n - 1) * (2 * n + 5)
    variance -= int((ties * (ties - 1) * (2 * ties + 5)).sum())
    if variance == 0 or score == 0:
        return 1.0
    z = (abs(score) - 1) / math.sqrt(variance / 18)
    return math.erfc(z / math.sqrt(2))


def _orders_by_inversions(n: int) -> list[int]:
    """Return how many orders of n things have 0, 1, ... pairs the wrong way round."""
    counts = [1]
    for size in range(2, n + 1):
        grown = [0] * (len(counts) + size - 1)
        for at, count in enumerate(counts):
            for more in range(size):
                grown[at + more] += count
        counts = grown
    return counts
