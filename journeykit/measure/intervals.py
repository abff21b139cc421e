"""Intervals around shares, net promoter scores and means.

Written with the standard library (and numpy for sums) instead of scipy, which weighs
more than the rest of the package: the quantile of Student's t is the only thing that is
not at hand, and forty lines give it to twelve digits.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journeykit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = [
    "Estimate",
    "Interval",
    "adjusted_wald",
    "effective_n",
    "mean_interval",
    "t_quantile",
    "t_tail",
    "wilson",
]

_LARGE_DF = 5_000.0
"""From here on the expansion around the normal quantile is exact to rounding."""

_TINY = 1e-300
_PRECISION = 1e-15


class Interval(NamedTuple):
    """Both ends of an interval."""

    low: float
    high: float


class Estimate(NamedTuple):
    """A number and both ends of its interval."""

    value: float
    low: float
    high: float


def wilson(count: float, n: float, level: float = 0.95) -> Interval:
    """Return Wilson's score interval of a share, without continuity correction.

    Parameters
    ----------
    count
        Answers that have the property, 0 to *n*; a fraction when answers are weighted.
    n
        All answers, above 0; Kish's effective n when answers are weighted.
    level
        Coverage, between 0 and 1.

    Returns
    -------
    Interval
        Ends of the share *count* / *n*, 0 to 1.

    Raises
    ------
    InputError
        If *n* is not above 0, *count* not within 0 to *n*, or *level* out of range.

    Notes
    -----
    Newcombe (1998), Statistics in Medicine 17, 857-872, method 3.

    Examples
    --------
    >>> low, high = wilson(81, 263)
    >>> round(low, 4), round(high, 4)
    (0.2553, 0.3662)
    """
    z = _z(level)
    if not (0 < n < math.inf and 0 <= count <= n):
        raise InputError(
            f"a count from 0 to n and n above 0 were expected, not {count:g} of {n:g}"
        )
    share = count / n
    centre = share + z * z / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    bottom = 1 + z * z / n
    low, high = (centre - half) / bottom, (centre + half) / bottom
    # Rounding would leave the scale, or the share itself, by the last digit.
    return Interval(min(max(low, 0.0), share), max(min(high, 1.0), share))


def adjusted_wald(
    promoters: float, detractors: float, n: float, level: float = 0.95
) -> Interval:
    """Return the adjusted Wald interval of a net promoter score, in points.

    Parameters
    ----------
    promoters, detractors
        How many promote and detract; fractions when answers are weighted.
    n
        All answers, above 0, passives among them; Kish's effective n when weighted.
    level
        Coverage, between 0 and 1.

    Returns
    -------
    Interval
        Ends of 100 x (*promoters* - *detractors*) / *n*, -100 to 100. Widened to hold
        that score itself, which a narrow *level* at the end of the scale would not.

    Raises
    ------
    InputError
        If the counts are below 0 or above *n* together, or *level* is out of range.

    Notes
    -----
    Rocks (2016), The American Statistician 70, 365-372: three quarters of an answer are
    added to promoters and detractors, and one and a half to the passives.

    Examples
    --------
    >>> low, high = adjusted_wald(50, 20, 100)
    >>> round(low, 2), round(high, 2)
    (14.05, 44.2)
    """
    z = _z(level)
    # Weighted counts add up to n but for rounding.
    is_whole = (
        promoters >= 0 and detractors >= 0 and promoters + detractors <= n * (1 + 1e-9)
    )
    if not (0 < n < math.inf and is_whole):
        raise InputError(
            "promoters and detractors from 0, together at most n, and n above 0 were "
            f"expected, not {promoters:g} and {detractors:g} of {n:g}"
        )
    p, d = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    half = z * math.sqrt((p + d - (p - d) ** 2) / (n + 3))
    score = max(-100.0, min(100.0, 100 * (promoters - detractors) / n))
    low, high = max(-100.0, 100 * (p - d - half)), min(100.0, 100 * (p - d + half))
    return Interval(min(low, score), max(high, score))


def effective_n(weights: Sequence[float] | NDArray[np.float64]) -> float:
    """Return Kish's effective number of answers, (sum w)^2 / sum w^2.

    Parameters
    ----------
    weights
        Weights of the answers, finite, 0 or more.

    Returns
    -------
    float
        0 if there is no weight above 0, else 1 to the number of answers.

    Notes
    -----
    Kish (1965), Survey Sampling, section 11.7.

    Examples
    --------
    >>> effective_n([1, 1, 2])
    2.6666666666666665
    """
    given = np.asarray(weights, dtype=float)
    largest = float(given.max(initial=0.0))
    if largest == 0:
        return 0.0
    parts = given / largest  # squares of large weights would overflow
    return float(parts.sum() ** 2 / (parts * parts).sum())


def mean_interval(
    values: Sequence[float] | NDArray[np.float64],
    *,
    counts: Sequence[float] | NDArray[np.float64] | None = None,
    weights: Sequence[float] | NDArray[np.float64] | None = None,
    level: float = 0.95,
) -> Estimate:
    """Return a mean with its interval by Student's t.

    Parameters
    ----------
    values
        The answers, at least one.
    counts
        How often each answer was given; 1 each if None.
    weights
        Weight of each answer; the interval then rests on Kish's effective n.
    level
        Coverage, between 0 and 1.

    Returns
    -------
    Estimate
        Mean and ends; the ends are infinite where the (effective) n is 1.

    Raises
    ------
    InputError
        If there is nothing to take a mean of, both *counts* and *weights* are given, or
        *level* is out of range.

    Examples
    --------
    >>> mean, low, high = mean_interval([1, 2, 3, 4, 5])
    >>> mean, round(low, 4), round(high, 4)
    (3.0, 1.0368, 4.9632)
    """
    _z(level)
    if counts is not None and weights is not None:
        raise InputError("either counts or weights were expected, not both")
    given = np.asarray(values, dtype=float)
    factors = counts if weights is None else weights
    parts = np.ones_like(given) if factors is None else np.asarray(factors, dtype=float)
    largest = float(parts.max(initial=0.0))
    if largest == 0:
        raise InputError("at least one answer that counts was expected, there is none")
    n = float(parts.sum()) if weights is None else effective_n(parts)
    parts = parts / largest
    total = float(parts.sum())
    mean = float((parts * given).sum() / total)
    freedom = n - 1
    if freedom < 1e-6:  # one answer, or one weight that outweighs all others
        return Estimate(mean, -math.inf, math.inf)
    spread = float((parts * (given - mean) ** 2).sum() / total)
    half = t_quantile(0.5 + level / 2, freedom) * math.sqrt(spread / freedom)
    return Estimate(mean, mean - half, mean + half)


def t_quantile(probability: float, df: float) -> float:
    """Return the quantile of Student's t distribution.

    Parameters
    ----------
    probability
        Share of the distribution below the quantile, between 0 and 1.
    df
        Degrees of freedom, above 0; need not be whole.

    Returns
    -------
    float
        The quantile; infinite where it is beyond the largest number.

    Raises
    ------
    InputError
        If *probability* or *df* is out of range.

    Notes
    -----
    The tail is the incomplete beta function I_x(df/2, 1/2) / 2 with x = df / (df + t^2)
    (Abramowitz and Stegun 26.7.1 and 26.5.8). The logarithm of the tail is a concave
    function of log t, so Newton's steps come to the root from any start.

    Examples
    --------
    >>> round(t_quantile(0.975, 10), 6)
    2.228139
    """
    if not (0 < probability < 1 and df > 0):
        raise InputError(
            "a probability between 0 and 1 and degrees of freedom above 0 were "
            f"expected, not {probability!r} and {df!r}"
        )
    if probability == 0.5:
        return 0.0
    upper = _upper_quantile(min(probability, 1 - probability), df)
    return upper if probability > 0.5 else -upper


def t_tail(t: float, df: float) -> float:
    """Return the share of Student's t distribution that is further out than *t*.

    Parameters
    ----------
    t
        The statistic; its sign does not matter.
    df
        Degrees of freedom, above 0; need not be whole.

    Returns
    -------
    float
        Share on both sides together, 0 to 1: the p value of a test on both sides.

    Examples
    --------
    >>> round(t_tail(2.228139, 10), 6)
    0.05
    """
    if t == 0:
        return 1.0
    if df > 1e7:  # the gamma functions have no digits left there
        return math.erfc(abs(t) / math.sqrt(2))
    return min(1.0, 2 * math.exp(_log_tail(math.log(abs(t)), df)))


def _z(level: float) -> float:
    if not 0 < level < 1:
        raise InputError(
            f"a level between 0 and 1 was expected, not {level!r}",
            mend="Write 95 % as 0.95",
        )
    # From the tail: 0.5 + level / 2 would round to 1 for levels next to 1.
    return -NormalDist().inv_cdf((1 - level) / 2)


@lru_cache(maxsize=4096)
def _upper_quantile(tail: float, df: float) -> float:
    """Return t above 0 with *tail*, below one half, of the distribution above it."""
    z = -NormalDist().inv_cdf(tail)
    if df >= _LARGE_DF:
        # Abramowitz and Stegun 26.7.5; what is left out is of the order z^9 / df^4.
        first = (z**3 + z) / 4
        second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
        third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
        return z + first / df + second / df**2 + third / df**3
    log_t, wanted = math.log(z), math.log(tail)
    for _ in range(100):  # pragma: no branch (the steps end it, not the count)
        log_tail = _log_tail(log_t, df)
        slope = math.exp(_log_density(log_t, df) + log_t - log_tail)
        step = (log_tail - wanted) / slope
        log_t += step
        if log_t > 700:  # beyond the largest number
            return math.inf
        if abs(step) < 1e-14:
            break
    return math.exp(log_t)


def _log_density(log_t: float, df: float) -> float:
    bottom = np.logaddexp(0.0, 2 * log_t - math.log(df))
    front = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - math.log(df * math.pi) / 2
    return front - (df + 1) / 2 * float(bottom)


def _log_tail(log_t: float, df: float) -> float:
    """Return the logarithm of the share above t."""
    ratio = 2 * log_t - math.log(df)  # log of t^2 / df
    log_x, log_y = -float(np.logaddexp(0.0, ratio)), -float(np.logaddexp(0.0, -ratio))
    a, b = df / 2, 0.5
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * log_x + b * log_y
    x = math.exp(log_x)
    if x < (a + 1) / (a + b + 2):
        return front - math.log(2 * a) + math.log(_fraction(x, a, b))
    below = math.exp(front) / b * _fraction(math.exp(log_y), b, a)
    return math.log((1 - below) / 2)


def _fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction of the incomplete beta function, by Lentz' way."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 1_000):  # pragma: no branch (precision ends it)
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _not_zero(1 + term * d)
            c = _not_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < _PRECISION:
            break
    return value


def _not_zero(number: float) -> float:
    return number if abs(number) > _TINY else _TINY
