"""Medians and quartiles with an interval that assumes nothing about the values.

The interval of a median lies between two of the values in their order: how many values
fall below the true median follows the binomial distribution with one half, whatever the
values are. Times are so skewed that an interval around a mean would say little.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from statistics import NormalDist

import numpy as np

from journeykit.errors import InputError
from journeykit.measure.intervals import Estimate

__all__ = ["median_interval", "median_ranks", "quantile", "quantile_places"]

_EXACT = 1_000


@lru_cache(maxsize=4_096)
def median_ranks(n: int, level: float = 0.95) -> tuple[int, int]:
    """Return between which of *n* values in order the median lies, from 0.

    Parameters
    ----------
    n
        How many values there are, 1 or more.
    level
        Coverage, between 0 and 1. From five values or fewer the widest interval there
        is covers less: 94 % from five.

    Returns
    -------
    tuple
        Places of the lower and the upper end.

    Raises
    ------
    InputError
        If there are no values or *level* is out of range.

    Notes
    -----
    Conover, Practical Nonparametric Statistics, 3.2: the narrowest symmetric pair of
    order statistics that covers at least *level*. Above 1,000 values by the normal
    distribution.

    Examples
    --------
    >>> median_ranks(10), median_ranks(20)
    ((1, 8), (5, 14))
    """
    if n < 1 or not 0 < level < 1:
        raise InputError(
            f"one value or more and a level between 0 and 1 were expected, not {n} "
            f"and {level!r}"
        )
    outside = (1 - level) / 2
    if n > _EXACT:
        z = NormalDist().inv_cdf(0.5 + level / 2)
        low = math.floor((n - z * math.sqrt(n)) / 2)
    else:
        low, below = 0, 0
        limit = outside * 2**n  # whole numbers: nothing is rounded
        for place in range(n // 2 + 1):
            below += math.comb(n, place)
            if below > limit:
                break
            low = place + 1
        low = max(low - 1, 0)
    low = min(low, (n - 1) // 2)
    return low, n - 1 - low


def quantile_places(n: int, share: float) -> tuple[int, int]:
    """Return the places, from 0, on both sides of a quantile of *n* values in order.

    Examples
    --------
    >>> quantile_places(4, 0.5)
    (1, 2)
    """
    at = (n - 1) * share
    return math.floor(at), math.ceil(at)


def quantile(n: int, at: Mapping[int, float] | Sequence[float], share: float) -> float:
    """Return a quantile, in a straight line between its neighbours.

    Parameters
    ----------
    n
        How many values there are.
    at
        The values in order, or at least those at :func:`quantile_places`.
    share
        Share of the values below it, 0 to 1.

    Examples
    --------
    >>> quantile(4, [1, 2, 4, 8], 0.25)
    1.75
    """
    low, high = quantile_places(n, share)
    return at[low] + (at[high] - at[low]) * ((n - 1) * share - low)


def median_interval(values: Sequence[float], level: float = 0.95) -> Estimate:
    """Return a median with its interval by order statistics.

    Raises
    ------
    InputError
        If there are no values or *level* is out of range.

    Examples
    --------
    >>> median_interval([5, 1, 4, 2, 3])
    Estimate(value=3.0, low=1.0, high=5.0)
    """
    ordered = np.sort(np.asarray(values, dtype=float)).tolist()
    low, high = median_ranks(len(ordered), level)
    return Estimate(quantile(len(ordered), ordered, 0.5), ordered[low], ordered[high])
