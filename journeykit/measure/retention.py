"""Who stayed, who went, and who bought again.

A rate is made of the ids of people, not of two head counts: 100 customers in January
and 100 in December say nothing about how many of the first hundred stayed. Whoever went
away and came back within the window has stayed; whoever came new is not counted.

In a shop nobody gives notice: there "to be a customer" means to have bought (or to have
had an event) within a window that the caller states, and the choice of the window is
part of the number.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import overload

import numpy as np
import pandas as pd

from journeykit.errors import InputError, UnknownNameError
from journeykit.language import say, word
from journeykit.measure.intervals import wilson
from journeykit.measure.purchases import PurchaseDays, as_day, days_between
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS, Result

__all__ = [
    "active_customers",
    "churn_over",
    "churn_rate",
    "repeat_purchase_rate",
    "retention_rate",
]


def active_customers(
    table: pd.DataFrame | PurchaseDays,
    since: str | date | pd.Timestamp,
    until: str | date | pd.Timestamp,
) -> frozenset[str]:
    """Return who had a purchase or an event from one day to another.

    Parameters
    ----------
    table
        Purchase days, or one row a purchase or event: ``customer`` and ``time`` (or
        ``day``).
    since, until
        First and last day of the window, both included.

    Returns
    -------
    frozenset
        Ids of customers; rows without a customer or time count for nobody.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If a day is no day, or the last stands before the first.

    Examples
    --------
    >>> events = pd.DataFrame(
    ...     {
    ...         "customer": ["Ann", "Bob"],
    ...         "time": pd.to_datetime(["2026-01-05", "2026-02-01"]),
    ...     }
    ... )
    >>> sorted(active_customers(events, "2026-01-01", "2026-01-31"))
    ['Ann']
    """
    rows = table.days if isinstance(table, PurchaseDays) else table
    known = [str(column) for column in rows.columns]
    when = "day" if "day" in rows.columns else "time"
    for name in ("customer", when):
        if name not in rows.columns:
            raise UnknownNameError("column", name, known)
    start, end = as_day(since, "first day"), as_day(until, "last day")
    if start > end:
        raise InputError(
            f"a first day up to the last was expected, not {start:%Y-%m-%d} to "
            f"{end:%Y-%m-%d}"
        )
    after = end + pd.Timedelta(days=1)
    inside = (rows[when] >= start) & (rows[when] < after)
    return _ids(rows["customer"][inside.to_numpy(dtype=bool)])[0]


def retention_rate(
    at_start: Iterable[object],
    at_end: Iterable[object],
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the share of the customers at the start who are there at the end.

    Parameters
    ----------
    at_start, at_end
        Ids of the customers at the start and at the end of the window. An id that
        stands twice counts once.
    minimum
        Fewest customers at the start that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        (customers at the end who were there at the start) / (customers at the start),
        0 to 1; not measured if nobody was there at the start. Whoever went and returned
        has stayed. Left out and counted: customers who came new, and empty ids.

    Raises
    ------
    InputError
        If one text stands for a list of ids, or an option is out of range.

    Examples
    --------
    >>> result = retention_rate(list("ABCDE"), ["A", "B", "C", "X"])
    >>> result.value, result.n, dict(result.left_out)
    (0.6, 5, {'new since the start': 1})
    """
    check_options(minimum, level)
    stayed, n, left_out = _stayed(at_start, at_end)
    return _share("retention_rate", stayed, n, left_out, minimum=minimum, level=level)


def churn_rate(
    at_start: Iterable[object],
    at_end: Iterable[object],
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the share of the customers at the start who are gone at the end.

    Parameters
    ----------
    at_start, at_end
        Ids of the customers at the start and at the end of the window.
    minimum
        Fewest customers at the start that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        1 - retention over the same window, 0 to 1; not measured if nobody was there at
        the start. Not the average of the customers, and not a twelfth of a year's: see
        :func:`churn_over`.

    Raises
    ------
    InputError
        If one text stands for a list of ids, or an option is out of range.

    Examples
    --------
    >>> churn_rate(list("ABCDE"), ["A", "B", "C", "X"]).value
    0.4
    """
    check_options(minimum, level)
    stayed, n, left_out = _stayed(at_start, at_end)
    return _share("churn_rate", n - stayed, n, left_out, minimum=minimum, level=level)


@overload
def churn_over(rate: float, periods: float) -> float: ...
@overload
def churn_over(rate: Result, periods: float) -> Result: ...
def churn_over(rate: float | Result, periods: float) -> float | Result:
    """Return the churn rate over several periods, if it stays what it is in one.

    Parameters
    ----------
    rate
        Churn rate of one period, 0 to 1, or a result with its interval.
    periods
        How many such periods: 12 brings a month to a year, 1 / 12 a year to a month.

    Returns
    -------
    float or Result
        1 - (1 - rate)^periods; what was given decides which.

    Raises
    ------
    InputError
        If *rate* is no share, or *periods* not above 0; also for a result that is no
        churn rate.

    Examples
    --------
    A month is not a twelfth: 5 % a month are 46 % a year, not 60 %.

    >>> round(churn_over(0.05, 12), 4)
    0.4596
    """
    if not 0 < periods < np.inf:
        raise InputError(
            f"a number of periods above 0 was expected, not {periods!r}",
            mend="Write 12 to bring a month to a year",
        )
    if not isinstance(rate, Result):
        if not 0 <= rate <= 1:
            raise InputError(
                f"a churn rate from 0 to 1 was expected, not {rate!r}",
                mend="Write 5 % as 0.05",
            )
        return float(1 - (1 - rate) ** periods)
    if rate.definition != "churn_rate":
        raise InputError(f"a churn rate was expected, not {rate.definition}")
    ends = (rate.value, rate.low, rate.high)
    value, low, high = (
        None if one is None else churn_over(one, periods) for one in ends
    )
    return Result(
        "churn_rate",
        value,
        low,
        high,
        rate.n,
        rate.left_out,
        level=rate.level,
        minimum=rate.minimum,
        note=say(
            "brought to {n} times the window it was measured in, as if it stayed the "
            "same",
            n=f"{periods:g}",
        ),
    )


def repeat_purchase_rate(
    purchases: PurchaseDays,
    *,
    since: str | date | pd.Timestamp | None = None,
    until: str | date | pd.Timestamp | None = None,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the share of customers who bought on two or more days.

    Parameters
    ----------
    purchases
        Purchase days.
    since, until
        First and last day of the window, both included; all days if None.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        (customers with two or more purchase days in the window) / (customers with one
        or more), 0 to 1. What was left out counts rows of the table, not customers.
        Customers who came late had less time: :func:`repeat_purchase_by_age`, of
        ``journeykit.measure.cohorts``, gives all the same.

    Raises
    ------
    InputError
        If a day is no day or an option is out of range.

    Examples
    --------
    >>> from journeykit.measure.purchases import purchase_days
    >>> days = pd.to_datetime(["2026-01-05"] * 5 + ["2026-01-05", "2026-01-06"])
    >>> table = pd.DataFrame({"customer": list("ABCDEAB"), "time": days, "amount": 9.0})
    >>> repeat_purchase_rate(purchase_days(table)).value
    0.2
    """
    check_options(minimum, level)
    chosen = days_between(purchases, since, until)
    n_days = np.bincount(pd.factorize(chosen.days["customer"])[0])
    again = int((n_days >= 2).sum())
    return _share(
        "repeat_purchase_rate",
        again,
        len(n_days),
        dict(purchases.left_out),
        minimum=minimum,
        level=level,
    )


def _stayed(
    at_start: Iterable[object], at_end: Iterable[object]
) -> tuple[int, int, dict[str, int]]:
    """Return who stayed, of how many, and what was left out."""
    (first, n_empty), (last, n_also_empty) = _ids(at_start), _ids(at_end)
    counts = {
        word("new since the start"): len(last - first),
        word("no customer"): n_empty + n_also_empty,
    }
    left_out = {reason: n for reason, n in counts.items() if n}
    return len(first & last), len(first), left_out


def _ids(given: Iterable[object]) -> tuple[frozenset[str], int]:
    """Return different ids, and how many were empty."""
    if isinstance(given, str):
        raise InputError(f"a list of ids was expected, not one text {given!r}")
    if isinstance(given, frozenset) and all(isinstance(one, str) for one in given):
        return given - {""}, int("" in given)
    column = pd.Series(list(given), dtype="object")
    is_empty = column.isna() | (column.astype("str").str.strip() == "")
    return frozenset(column[~is_empty].astype("str")), int(is_empty.sum())


def _share(
    definition: str,
    count: int,
    n: int,
    left_out: dict[str, int],
    *,
    minimum: int,
    level: float,
) -> Result:
    if n < minimum:
        nothing = (None, None, None)
        return Result(definition, *nothing, n, left_out, None, level, minimum)
    found = (count / n, *wilson(count, n, level))
    return Result(definition, *found, n, left_out, None, level, minimum)
