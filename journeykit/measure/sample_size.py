"""How many answers are needed, planned before the survey goes out.

For an interval of a wanted width, or to find a difference of a wanted size. Without a
guess at the answer the most careful one is taken, and the plan says which.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

from journeykit.errors import InputError
from journeykit.measure.intervals import t_quantile

__all__ = [
    "SampleSize",
    "n_for_mean",
    "n_for_net_promoter_score",
    "n_for_share",
    "n_to_detect_mean",
    "n_to_detect_net_promoter_score",
    "n_to_detect_share",
]


@dataclass(frozen=True, slots=True)
class SampleSize:
    """How many answers are needed.

    Parameters
    ----------
    n
        Valid answers; of each group where two are compared.
    n_invited
        People to ask, at the response rate that was stated; None without one.
    n_groups
        How many groups need as many.
    population
        Customers there are (in each group); None if many more than are asked.
    text
        What the plan rests on, in words.
    """

    n: int
    n_invited: int | None
    n_groups: int
    population: int | None
    text: str


def n_for_share(
    half_width: float,
    *,
    expected: float = 0.5,
    population: int | None = None,
    response_rate: float | None = None,
    level: float = 0.95,
) -> SampleSize:
    """Return the answers needed to know a share, such as CSAT, to +/- *half_width*.

    Parameters
    ----------
    half_width
        Half of the interval, as a share between 0 and 1: 0.05 is five points.
    expected
        The share that is guessed, 0 to 1; one half needs most answers.
    population
        Customers there are, if few: the plan then shrinks.
    response_rate
        Share of those asked who answer, above 0 up to 1.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    SampleSize
        Of one group.

    Raises
    ------
    InputError
        If a number is out of range.

    Notes
    -----
    z^2 p (1 - p) / half_width^2, then n / (1 + (n - 1) / population) (Cochran 1977).

    Examples
    --------
    >>> n_for_share(0.05).n, n_for_share(0.05, population=1_000).n
    (385, 278)
    """
    _share(half_width, "half a width between 0 and 1", is_open=True)
    _share(expected, "a share from 0 to 1")
    n = (_z(level) / half_width) ** 2 * expected * (1 - expected)
    text = f"share guessed at {expected:g}, +/- {half_width:g} at {level:.0%}"
    return _plan(n, 1, population, response_rate, text)


def n_for_net_promoter_score(
    half_width: float,
    *,
    promoters: float = 0.5,
    detractors: float = 0.5,
    population: int | None = None,
    response_rate: float | None = None,
    level: float = 0.95,
) -> SampleSize:
    """Return the answers needed to know the NPS to +/- *half_width* points.

    Parameters
    ----------
    half_width
        Half of the interval in points, above 0: 5 is +/- 5 points.
    promoters, detractors
        Shares that are guessed, together at most 1; half and half needs most answers.
    population, response_rate, level
        As in :func:`n_for_share`.

    Returns
    -------
    SampleSize
        Of one group.

    Raises
    ------
    InputError
        If a number is out of range.

    Examples
    --------
    >>> n_for_net_promoter_score(5, promoters=0.5, detractors=0.2).n
    938
    """
    if not 0 < half_width < 100:
        raise InputError(
            f"half a width above 0 points was expected, not {half_width!r}"
        )
    variance = _net_promoter_variance(promoters, detractors)
    n = (100 * _z(level) / half_width) ** 2 * variance
    text = f"{_guess(promoters, detractors)}, +/- {half_width:g} points at {level:.0%}"
    return _plan(n, 1, population, response_rate, text)


def n_for_mean(
    half_width: float,
    *,
    standard_deviation: float,
    population: int | None = None,
    response_rate: float | None = None,
    level: float = 0.95,
) -> SampleSize:
    """Return the answers needed to know a mean to +/- *half_width*.

    Parameters
    ----------
    half_width
        Half of the interval in the unit of the answers, above 0.
    standard_deviation
        How far answers lie apart, above 0; on 1 to 5 about 1, from an earlier wave.
    population, response_rate, level
        As in :func:`n_for_share`.

    Returns
    -------
    SampleSize
        Of one group, with Student's t.

    Raises
    ------
    InputError
        If a number is out of range.

    Examples
    --------
    >>> n_for_mean(0.2, standard_deviation=1).n
    99
    """
    _above_0(half_width, "half a width")
    _above_0(standard_deviation, "a standard deviation")
    ratio = (standard_deviation / half_width) ** 2
    n = max(2, math.ceil(_z(level) ** 2 * ratio))
    while t_quantile(0.5 + level / 2, n - 1) ** 2 * ratio > n:
        n += 1
    spread = f"standard deviation {standard_deviation:g}"
    text = f"{spread}, +/- {half_width:g} at {level:.0%}"
    return _plan(n, 1, population, response_rate, text)


def n_to_detect_share(
    before: float,
    after: float,
    *,
    power: float = 0.8,
    population: int | None = None,
    response_rate: float | None = None,
    level: float = 0.95,
) -> SampleSize:
    """Return the answers a group needs to tell two shares apart (Fleiss 1981).

    Parameters
    ----------
    before, after
        The shares to be told apart, 0 to 1.
    power
        How often the difference is found if it is there, between 0 and 1.
    population, response_rate, level
        As in :func:`n_for_share`; the population of each group.

    Returns
    -------
    SampleSize
        Of each of two groups of the same size.

    Raises
    ------
    InputError
        If a number is out of range or the shares are the same.

    Examples
    --------
    >>> n_to_detect_share(0.5, 0.6).n
    388
    """
    for share in (before, after):
        _share(share, "a share from 0 to 1")
    _share(power, "a power between 0 and 1", is_open=True)
    if before == after:
        raise InputError("two shares that differ were expected, they are the same")
    middle = (before + after) / 2
    together = _z(level) * math.sqrt(2 * middle * (1 - middle))
    apart = NormalDist().inv_cdf(power) * math.sqrt(
        before * (1 - before) + after * (1 - after)
    )
    n = ((together + apart) / (after - before)) ** 2
    text = f"{before:g} against {after:g}, found in {power:.0%} at {level:.0%}"
    return _plan(n, 2, population, response_rate, text)


def n_to_detect_net_promoter_score(
    difference: float,
    *,
    promoters: float = 0.5,
    detractors: float = 0.5,
    power: float = 0.8,
    population: int | None = None,
    response_rate: float | None = None,
    level: float = 0.95,
) -> SampleSize:
    """Return the answers a group needs to find a difference in NPS.

    Parameters
    ----------
    difference
        In points, not 0.
    promoters, detractors
        Shares that are guessed in both groups, together at most 1.
    power
        How often the difference is found if it is there, between 0 and 1.
    population, response_rate, level
        As in :func:`n_for_share`; the population of each group.

    Returns
    -------
    SampleSize
        Of each of two groups of the same size.

    Raises
    ------
    InputError
        If a number is out of range.

    Examples
    --------
    >>> n_to_detect_net_promoter_score(5, promoters=0.5, detractors=0.2).n
    3831
    """
    if not 0 < abs(difference) < 200:
        raise InputError(f"a difference in points was expected, not {difference!r}")
    variance = _net_promoter_variance(promoters, detractors)
    n = _n_to_detect(abs(difference) / 100, variance, power, level)
    found = f"{difference:g} points found in {power:.0%} at {level:.0%}"
    text = f"{_guess(promoters, detractors)}, {found}"
    return _plan(n, 2, population, response_rate, text)


def n_to_detect_mean(
    difference: float,
    *,
    standard_deviation: float,
    power: float = 0.8,
    population: int | None = None,
    response_rate: float | None = None,
    level: float = 0.95,
) -> SampleSize:
    """Return the answers a group needs to find the difference of two means.

    Parameters
    ----------
    difference
        In the unit of the answers, not 0.
    standard_deviation
        How far answers lie apart in both groups, above 0.
    power
        How often the difference is found if it is there, between 0 and 1.
    population, response_rate, level
        As in :func:`n_for_share`; the population of each group.

    Returns
    -------
    SampleSize
        Of each of two groups of the same size; a quarter of z^2 is added for Student's
        t (Guenther 1981).

    Raises
    ------
    InputError
        If a number is out of range.

    Examples
    --------
    >>> n_to_detect_mean(0.5, standard_deviation=1).n
    64
    """
    if not 0 < abs(difference) < math.inf:
        raise InputError(f"a difference other than 0 was expected, not {difference!r}")
    _above_0(standard_deviation, "a standard deviation")
    n = _n_to_detect(abs(difference), standard_deviation**2, power, level)
    spread = f"standard deviation {standard_deviation:g}"
    text = f"{spread}, {difference:g} found in {power:.0%} at {level:.0%}"
    return _plan(n + _z(level) ** 2 / 4, 2, population, response_rate, text)


def _n_to_detect(
    difference: float, variance: float, power: float, level: float
) -> float:
    _share(power, "a power between 0 and 1", is_open=True)
    both = _z(level) + NormalDist().inv_cdf(power)
    return 2 * variance * (both / difference) ** 2


def _plan(
    n: float,
    n_groups: int,
    population: int | None,
    response_rate: float | None,
    text: str,
) -> SampleSize:
    """Return a plan, shrunk to a small population, with the people to ask."""
    wanted = n
    if population is not None:
        if population < 1:
            raise InputError(f"1 customer or more was expected, not {population!r}")
        wanted = min(n / (1 + (n - 1) / population), population) if n > 1 else n
        text += f"; {population:,} customers there are"
    whole = max(1, math.ceil(wanted - 1e-9))
    n_invited = None
    if response_rate is not None:
        if not 0 < response_rate <= 1:
            raise InputError(
                f"a response rate above 0, up to 1, was expected, not {response_rate!r}"
            )
        n_invited = math.ceil(whole / response_rate - 1e-9)
        text += f"; {response_rate:.0%} answer"
        if population is not None and n_invited > population:
            text += f": more than the {population:,} there are would have to be asked"
    return SampleSize(whole, n_invited, n_groups, population, text)


def _net_promoter_variance(promoters: float, detractors: float) -> float:
    if not (promoters >= 0 and detractors >= 0 and promoters + detractors <= 1 + 1e-9):
        raise InputError(
            "shares of promoters and detractors from 0, together at most 1, were "
            f"expected, not {promoters!r} and {detractors!r}"
        )
    return promoters + detractors - (promoters - detractors) ** 2


def _guess(promoters: float, detractors: float) -> str:
    return f"guessed at {promoters:.0%} promoters and {detractors:.0%} detractors"


def _share(given: float, expected: str, *, is_open: bool = False) -> None:
    if not (0 < given < 1 if is_open else 0 <= given <= 1):
        raise InputError(f"{expected} was expected, not {given!r}")


def _above_0(given: float, what: str) -> None:
    if not 0 < given < math.inf:
        raise InputError(f"{what} above 0 was expected, not {given!r}")


def _z(level: float) -> float:
    _share(level, "a level between 0 and 1", is_open=True)
    return -NormalDist().inv_cdf((1 - level) / 2)
