"""The difference of two groups or waves, with its interval and a test.

The groups are taken as different people: a panel that answers twice would have narrower
intervals. Fractional counts are weighted shares times Kish's effective n.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journeykit.errors import InputError
from journeykit.measure.intervals import effective_n, t_quantile, t_tail, wilson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    _Numbers = Sequence[float] | NDArray[np.float64]

__all__ = [
    "Difference",
    "mean_difference",
    "net_promoter_difference",
    "share_difference",
]


class Difference(NamedTuple):
    """How much larger the second is, the ends of the interval, and the p value."""

    value: float
    low: float
    high: float
    p_value: float


def share_difference(
    count_before: float,
    n_before: float,
    count_after: float,
    n_after: float,
    *,
    level: float = 0.95,
) -> Difference:
    """Return how much a share changed.

    Parameters
    ----------
    count_before, count_after
        Answers that have the property, 0 to n; fractions when answers are weighted.
    n_before, n_after
        All answers, above 0; Kish's effective n when answers are weighted.
    level
        Coverage, between 0 and 1.

    Returns
    -------
    Difference
        Share after - share before, -1 to 1. The p value is that of the test of two
        proportions, so very near 0.05 interval and test may disagree.

    Raises
    ------
    InputError
        If a count is not within 0 to n, or *level* is out of range.

    Notes
    -----
    Newcombe (1998), Statistics in Medicine 17, 873-890, method 10; z test with pooled
    variance.

    Examples
    --------
    >>> change = share_difference(48, 80, 56, 70)
    >>> [round(number, 4) for number in change]
    [0.2, 0.0524, 0.3339, 0.008]
    """
    low_before, high_before = wilson(count_before, n_before, level)
    low_after, high_after = wilson(count_after, n_after, level)
    before, after = count_before / n_before, count_after / n_after
    value = after - before
    low = value - math.hypot(after - low_after, high_before - before)
    high = value + math.hypot(high_after - after, before - low_before)
    pooled = (count_before + count_after) / (n_before + n_after)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n_before + 1 / n_after))
    p_value = _normal_tail(value / error) if error > 0 else 1.0
    return Difference(value, max(low, -1.0), min(high, 1.0), p_value)


def net_promoter_difference(
    before: tuple[float, float, float],
    after: tuple[float, float, float],
    *,
    level: float = 0.95,
) -> Difference:
    """Return how much a net promoter score changed, in points.

    Parameters
    ----------
    before, after
        Promoters, detractors and all answers; fractions and Kish's effective n when
        answers are weighted.
    level
        Coverage, between 0 and 1.

    Returns
    -------
    Difference
        Score after - score before, -200 to 200. The p value and the interval come from
        the same variance: they agree.

    Raises
    ------
    InputError
        If the counts are below 0 or above n together, or *level* is out of range.

    Notes
    -----
    The three answers that Rocks (2016) adds to one group are shared by two, as Agresti
    and Caffo (2000) do with two proportions: 3/8 to promoters and to detractors, 3/4 to
    the passives. All three in each group were tried: intervals are then too wide.

    Examples
    --------
    >>> change = net_promoter_difference((50, 20, 100), (60, 15, 100))
    >>> round(change.value, 1), round(change.low, 1), round(change.high, 1)
    (15.0, -6.2, 35.7)
    """
    _check_level(level)
    raw, middle, variance = 0.0, 0.0, 0.0
    for sign, (promoters, detractors, n) in ((-1, before), (1, after)):
        is_whole = min(promoters, detractors) >= 0
        if not (0 < n < math.inf and is_whole and promoters + detractors <= n + 1e-6):
            raise InputError(
                "promoters and detractors from 0, together at most n, and n above 0 "
                f"were expected, not {promoters:g} and {detractors:g} of {n:g}"
            )
        raw += sign * (promoters - detractors) / n
        p, d = (promoters + 0.375) / (n + 1.5), (detractors + 0.375) / (n + 1.5)
        middle += sign * (p - d)
        variance += (p + d - (p - d) ** 2) / (n + 1.5)
    error = math.sqrt(variance)
    half = -NormalDist().inv_cdf((1 - level) / 2) * error
    low, high = max(middle - half, -2.0), min(middle + half, 2.0)
    return Difference(
        100 * raw,
        100 * min(low, raw),
        100 * max(high, raw),
        _normal_tail(middle / error),
    )


def mean_difference(
    before: _Numbers,
    after: _Numbers,
    *,
    counts: tuple[_Numbers, _Numbers] | None = None,
    weights: tuple[_Numbers, _Numbers] | None = None,
    level: float = 0.95,
) -> Difference:
    """Return how much a mean changed, by Welch's test.

    Parameters
    ----------
    before, after
        The answers, at least one each.
    counts
        How often each answer was given, before and after; 1 each if None.
    weights
        Weights of the answers, before and after; the test then rests on Kish's
        effective n.
    level
        Coverage, between 0 and 1.

    Returns
    -------
    Difference
        Mean after - mean before, in the unit of the answers. Ends are infinite and the
        p value is NaN where a group has (effectively) one answer; where nobody differs
        within the groups the p value is 0, or 1 without a difference.

    Raises
    ------
    InputError
        If a group has nothing to take a mean of, both *counts* and *weights* are given,
        or *level* is out of range.

    Notes
    -----
    Welch (1947), Biometrika 34, 28-35.

    Examples
    --------
    >>> change = mean_difference([1, 2, 3, 4, 5], [3, 4, 4, 5, 5])
    >>> round(change.value, 2), round(change.low, 2), round(change.high, 2)
    (1.2, -0.75, 3.15)
    """
    _check_level(level)
    if counts is not None and weights is not None:
        raise InputError("either counts or weights were expected, not both")
    factors = counts or weights or (None, None)
    first, second = (
        _sample(values, parts, is_weighted=weights is not None)
        for values, parts in zip((before, after), factors, strict=True)
    )
    value = second.mean - first.mean
    squares = [sample.variance for sample in (first, second)]
    variance = sum(squares)
    if math.isinf(variance):
        return Difference(value, -math.inf, math.inf, math.nan)
    if variance == 0:
        return Difference(value, value, value, 0.0 if value else 1.0)
    freedom = variance**2 / sum(
        square**2 / sample.freedom
        for square, sample in zip(squares, (first, second), strict=True)
    )
    error = math.sqrt(variance)
    half = t_quantile(0.5 + level / 2, freedom) * error
    p_value = t_tail(value / error, freedom)
    return Difference(value, value - half, value + half, p_value)


class _Sample(NamedTuple):
    """A mean, the variance of that mean, and its degrees of freedom."""

    mean: float
    variance: float
    freedom: float


def _sample(
    values: _Numbers, factors: _Numbers | None, *, is_weighted: bool
) -> _Sample:
    given = np.asarray(values, dtype=float)
    parts = np.ones_like(given) if factors is None else np.asarray(factors, dtype=float)
    largest = float(parts.max(initial=0.0))
    if largest == 0:
        raise InputError("at least one answer that counts was expected, there is none")
    n = effective_n(parts) if is_weighted else float(parts.sum())
    parts = parts / largest
    total = float(parts.sum())
    mean = float((parts * given).sum() / total)
    freedom = n - 1
    if freedom < 1e-6:
        return _Sample(mean, math.inf, 0.0)
    spread = float((parts * (given - mean) ** 2).sum() / total)
    return _Sample(mean, spread / freedom, freedom)


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise InputError(
            f"a level between 0 and 1 was expected, not {level!r}",
            mend="Write 95 % as 0.95",
        )


def _normal_tail(z: float) -> float:
    """Return the share of the normal distribution further out, on both sides."""
    return math.erfc(abs(z) / math.sqrt(2))
