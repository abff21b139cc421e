"""How long customers stay: survival by Kaplan and Meier.

Most customers in a file have not gone yet. Leaving them out, or taking the end of the
file for their end, makes lifetimes too short; here each counts as long as he was seen.

The interval is taken on the scale of log(-log S), by Greenwood's variance, so that it
stays within 0 to 1. That scale has no room for 1 and 0. Before the first loss the lower
end is Wilson's, for as many as were at risk: nobody of twenty gone is not certainty. At
a survival of 0 the upper end is that of the step before.
"""

from __future__ import annotations

import math
from datetime import date
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.language import say, word
from journeykit.measure.intervals import wilson
from journeykit.measure.purchases import PurchaseDays, purchase_histories
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS, MIN_STABLE, Result
from journeykit.model.reliability import reliability_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

__all__ = [
    "SURVIVAL_COLUMNS",
    "customer_lifetimes",
    "median_survival",
    "survival",
    "survival_at",
]

SURVIVAL_COLUMNS = (
    "time",
    "at_risk",
    "lost",
    "censored",
    "value",
    "low",
    "high",
    "n",
    "n_left_out",
    "reliability",
    "left_out",
)
"""Columns of :func:`survival`, in order."""

_HALF = 0.5 + 1e-12
"""A product of shares that should be one half may exceed it by the last digit."""


class _Steps(NamedTuple):
    """The survival function after each time at which somebody went or was last seen."""

    times: NDArray[np.float64]
    at_risk: NDArray[np.int64]
    lost: NDArray[np.int64]
    censored: NDArray[np.int64]
    values: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n: int
    left_out: dict[str, int]


def survival(
    durations: ArrayLike | Sequence[float],
    is_lost: ArrayLike | Sequence[bool],
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the share of customers who stay longer than each time.

    Parameters
    ----------
    durations
        How long each customer was seen, 0 or more, in any one unit.
    is_lost
        Whether he went at that time; False if he was still there when last seen.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the interval at each time (not of the whole curve), between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row for time 0 and for each time at which somebody went or was last seen:
        ``time``, ``at_risk`` (customers seen up to it), ``lost`` and ``censored`` (at
        it), ``value``, ``low``, ``high`` (share still customers after it, 0 to 1; NaN
        if not shown), ``n`` (all customers), ``n_left_out``, ``reliability`` ("few
        answers" also where fewer than 30 are at risk), ``left_out`` (reason to number).

    Raises
    ------
    InputError
        If the lengths differ, a duration is below 0, or an option is out of range.

    Notes
    -----
    Kaplan and Meier (1958), JASA 53, 457-481. Who is lost and who is last seen at the
    same time: the loss comes first.

    Examples
    --------
    >>> curve = survival([2, 3, 3, 5, 8], [True, True, False, True, False])
    >>> curve["time"].tolist(), curve["value"].round(2).tolist()
    ([0.0, 2.0, 3.0, 5.0, 8.0], [1.0, 0.8, 0.6, 0.3, 0.3])
    """
    steps = _steps(durations, is_lost, minimum, level)
    reliability = [
        "few answers" if known == "enough" and risk < MIN_STABLE else known
        for known, risk in zip(
            [reliability_of(steps.n, minimum)] * len(steps.times),
            steps.at_risk,
            strict=True,
        )
    ]
    columns = {
        "time": steps.times,
        "at_risk": steps.at_risk,
        "lost": steps.lost,
        "censored": steps.censored,
        "value": steps.values,
        "low": steps.low,
        "high": steps.high,
        "n": np.full(len(steps.times), steps.n, dtype="int64"),
        "n_left_out": np.full(
            len(steps.times), sum(steps.left_out.values()), dtype="int64"
        ),
        "reliability": pd.Series(reliability, dtype="str"),
        "left_out": pd.Series(
            [dict(steps.left_out) for _ in steps.times], dtype="object"
        ),
    }
    return pd.DataFrame({name: columns[name] for name in SURVIVAL_COLUMNS})


def survival_at(
    time: float,
    durations: ArrayLike | Sequence[float],
    is_lost: ArrayLike | Sequence[bool],
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the share of customers who stay longer than one time.

    Parameters
    ----------
    time
        The time, 0 or more, in the unit of *durations*.
    durations, is_lost
        As for :func:`survival`.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        Survival by Kaplan and Meier, 0 to 1; not measured, with a note, where nobody
        was seen that long.

    Raises
    ------
    InputError
        If the lengths differ, a time is below 0, or an option is out of range.

    Examples
    --------
    >>> round(survival_at(4, [2, 3, 3, 5, 8], [1, 1, 0, 1, 0]).value, 2)
    0.6
    """
    if not 0 <= time < math.inf:
        raise InputError(f"a time from 0 was expected, not {time!r}")
    steps = _steps(durations, is_lost, minimum, level)
    found: tuple[float | None, float | None, float | None] = (None, None, None)
    note = ""
    if steps.n >= minimum:
        at = int(np.searchsorted(steps.times, time, side="right")) - 1
        values = (steps.values[at], steps.low[at], steps.high[at])
        found = (float(values[0]), float(values[1]), float(values[2]))
        if time > steps.times[-1] and values[0] > 0:
            found = (None, None, None)
            longest = f"{steps.times[-1]:g}"
            note = say("nobody was seen for longer than {time}", time=longest)
    return Result(
        "survival", *found, steps.n, steps.left_out, None, level, minimum, note
    )


def median_survival(
    durations: ArrayLike | Sequence[float],
    is_lost: ArrayLike | Sequence[bool],
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the time after which half of the customers have gone.

    Parameters
    ----------
    durations, is_lost
        As for :func:`survival`.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        The first time at which survival is one half or less, in the unit of
        *durations*. The interval holds the times at which one half lies within the
        interval of survival (Brookmeyer and Crowley 1982); an end that is not reached
        is None, with a note. Not measured, with a note, while more than half are still
        there.

    Raises
    ------
    InputError
        If the lengths differ, a duration is below 0, or an option is out of range.

    Examples
    --------
    >>> median_survival([2, 3, 3, 5, 8], [1, 1, 0, 1, 0]).value
    5.0
    """
    steps = _steps(durations, is_lost, minimum, level)
    found: tuple[float | None, float | None, float | None] = (None, None, None)
    note = ""
    if steps.n >= minimum:
        value = _first_time(steps, steps.values)
        if math.isinf(value):
            note = say("more than half are still customers at the last time seen")
        else:
            low, high = _first_time(steps, steps.low), _first_time(steps, steps.high)
            found = (value, low, None if math.isinf(high) else high)
            if math.isinf(high):
                note = say("the upper end lies beyond the last time seen")
    return Result(
        "median_survival", *found, steps.n, steps.left_out, None, level, minimum, note
    )


def customer_lifetimes(
    purchases: PurchaseDays,
    *,
    silent_days: int,
    until: str | date | pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Return how long each customer was one, where nobody gives notice.

    Parameters
    ----------
    purchases
        Purchase days.
    silent_days
        Who has not bought for so many days is lost, and at that moment: not on the day
        of the last purchase, because whoever bought yesterday may have gone as well and
        is only not known to have.
    until
        Last day to look at; the end of *purchases* if None.

    Returns
    -------
    pandas.DataFrame
        One row a customer: ``customer``, ``duration_days`` and ``is_lost``, for
        :func:`survival`. Whoever returned after a longer silence counts as lost only by
        the last one.

    Raises
    ------
    InputError
        If *silent_days* is not above 0.

    Examples
    --------
    >>> from journeykit.measure.purchases import purchase_days
    >>> days = pd.to_datetime(["2026-01-01", "2026-01-11", "2026-05-01"])
    >>> table = pd.DataFrame({"customer": list("AAB"), "time": days, "amount": 9.0})
    >>> customer_lifetimes(purchase_days(table), silent_days=90).values.tolist()
    [['A', 100, True], ['B', 0, False]]
    """
    if not silent_days > 0:
        raise InputError(
            f"a silence above 0 days was expected, not {silent_days!r}",
            mend="Take a time within which customers who stay have bought again",
        )
    histories = purchase_histories(purchases, until=until)
    age = histories["age_days"].to_numpy()
    recency = histories["recency_days"].to_numpy()
    is_lost = age - recency >= silent_days
    durations = np.where(is_lost, recency + silent_days, age)
    return pd.DataFrame(
        {
            "customer": histories["customer"],
            "duration_days": durations.astype("int64"),
            "is_lost": is_lost,
        }
    )


def _first_time(steps: _Steps, curve: NDArray[np.float64]) -> float:
    """Return the first time at which a curve is at one half or below."""
    below = np.flatnonzero(curve <= _HALF)
    return float(steps.times[below[0]]) if len(below) else math.inf


def _steps(
    durations: ArrayLike | Sequence[float],
    is_lost: ArrayLike | Sequence[bool],
    minimum: int,
    level: float,
) -> _Steps:
    check_options(minimum, level)
    given = np.asarray(durations, dtype=float)
    lost_given = np.asarray(is_lost)
    if given.ndim != 1 or given.shape != lost_given.shape:
        raise InputError(
            "as many durations as answers to who is lost were expected, not "
            f"{given.size} and {lost_given.size}"
        )
    if not np.isin(lost_given, (0, 1)).all():
        raise InputError("true or false was expected for each customer: is he lost?")
    is_empty = ~np.isfinite(given)
    if (given < 0).any():
        raise InputError(f"durations from 0 were expected, not {given.min():g}")
    left_out = {word("no duration"): int(is_empty.sum())} if is_empty.any() else {}
    kept, gone = given[~is_empty], lost_given[~is_empty].astype(bool)
    n = len(kept)
    times = np.union1d([0.0], kept)
    place = np.searchsorted(times, kept)
    lost = np.bincount(place[gone], minlength=len(times))
    ended = np.bincount(place, minlength=len(times))
    at_risk = n - np.cumsum(ended) + ended
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(at_risk > 0, 1 - lost / at_risk, 1.0)
        terms = np.where(lost > 0, lost / (at_risk * (at_risk - lost)), 0.0)
    values = np.cumprod(share).astype("float64")
    low, high = _log_log(values, np.cumsum(terms), at_risk, level)
    if n < minimum:
        values, low, high = (np.full(len(times), np.nan) for _ in range(3))
    return _Steps(times, at_risk, lost, ended - lost, values, low, high, n, left_out)


def _log_log(
    values: NDArray[np.float64],
    variance: NDArray[np.float64],
    at_risk: NDArray[np.int64],
    level: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both ends by Greenwood's variance, on the scale of log(-log S)."""
    z = -NormalDist().inv_cdf((1 - level) / 2)
    low, high = np.ones_like(values), np.ones_like(values)
    inside = (values > 0) & (values < 1)
    logs = np.log(values[inside])
    half = z * np.sqrt(variance[inside]) / np.abs(logs)
    low[inside], high[inside] = (
        np.exp(logs * np.exp(half)),
        np.exp(logs * np.exp(-half)),
    )
    for at in np.flatnonzero((values == 1) & (at_risk > 0)):
        low[at] = wilson(int(at_risk[at]), int(at_risk[at]), level).low
    for at in np.flatnonzero(values == 0):
        low[at], high[at] = 0.0, high[at - 1] if at else 1.0
    return low, high
