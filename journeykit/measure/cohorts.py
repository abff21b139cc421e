"""Cohorts: customers who came in the same week, month, quarter or year, by their age.

Only a cohort shows whether customers stay longer than they used to; the rate over all
customers mixes old and new. Two traps are marked in the tables. A period that is not
over yet looks like a fall: it is not measured. The first cohort of a file is no cohort:
most of its customers bought before the records begin.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.language import say, word
from journeykit.measure.intervals import wilson
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS
from journeykit.model.reliability import reliability_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.measure.purchases import PurchaseDays

__all__ = [
    "COHORT_COLUMNS",
    "Period",
    "repeat_purchase_by_age",
    "retention_table",
]

Period = Literal["week", "month", "quarter", "year"]

COHORT_COLUMNS = (
    "cohort",
    "age",
    "value",
    "low",
    "high",
    "n",
    "n_left_out",
    "reliability",
    "left_out",
    "note",
)
"""Columns of :func:`retention_table` and :func:`repeat_purchase_by_age`, in order."""

_FIRST_COHORT = word("the records begin here: may hold older customers")
"""The note of a cohort that began with the records."""

_NOT_OVER = word("not seen long enough")


class _Calendar(NamedTuple):
    """How days are counted as periods, and how a period is written."""

    code: str
    written: Callable[[pd.Period], str]


_CALENDARS = {
    "week": _Calendar("W-SUN", lambda one: one.start_time.strftime("%G-W%V")),
    "month": _Calendar("M", lambda one: one.strftime("%Y-%m")),
    "quarter": _Calendar("Q-DEC", lambda one: f"{one.year}-Q{one.quarter}"),
    "year": _Calendar("Y-DEC", lambda one: str(one.year)),
}


def retention_table(
    purchases: PurchaseDays,
    *,
    period: Period = "month",
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return which share of each cohort bought again, by age.

    Parameters
    ----------
    purchases
        Purchase days; their start and end say which periods were seen whole.
    period
        ``"week"`` (from Monday), ``"month"``, ``"quarter"`` or ``"year"``.
    minimum
        Fewest customers of a cohort that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row for each cohort and age: ``cohort`` (period of the first purchase, such
        as ``2026-01``; None: all cohorts that were seen at this age), ``age`` (periods
        since, 0 and up), ``value``, ``low``, ``high`` (customers of the cohort with a
        purchase in that period / customers of the cohort, 0 to 1; NaN if not shown),
        ``n`` (customers of the cohort; 0 where the period is not over), ``n_left_out``,
        ``reliability``, ``left_out`` (reason to number of customers) and ``note``.

    Raises
    ------
    InputError
        If *period* is none of these or an option is out of range.

    Examples
    --------
    >>> from journeykit.measure.purchases import purchase_days
    >>> days = pd.to_datetime(["2026-01-05"] * 5 + ["2026-02-01", "2026-02-02"])
    >>> table = pd.DataFrame({"customer": list("ABCDEAB"), "time": days, "amount": 9.0})
    >>> found = retention_table(purchase_days(table, until="2026-02-28"))
    >>> found[["cohort", "age", "value"]].values.tolist()[:2]
    [['2026-01', 0, 1.0], ['2026-01', 1, 0.4]]
    """
    check_options(minimum, level)
    calendar = _calendar(period)
    days = purchases.days
    if days.empty or purchases.end is None:
        return _frame([])
    codes = pd.factorize(days["customer"])[0]
    when = days["day"].dt.to_period(calendar.code).astype("int64").to_numpy()
    first = when[np.flatnonzero(np.diff(codes, prepend=-1))]
    begun, last = int(first.min()), _ordinal(purchases.end, calendar)
    # A customer counts once in a period, however many days he bought on.
    different = np.unique(np.stack([codes, when - first[codes]]), axis=1)
    size = last - begun + 1
    shape = (size, size)
    active = np.zeros(shape, dtype="int64")
    np.add.at(active, (first[different[0]] - begun, different[1]), 1)
    members = np.bincount(first - begun, minlength=size)
    is_over = purchases.end == _last_day(last, calendar)
    seen_to = last if is_over else last - 1
    note = _first_note(purchases, begun, calendar)
    rows = []
    for row in np.flatnonzero(members):
        for age in range(last - (begun + int(row)) + 1):
            n = int(members[row])
            is_seen = begun + row + age <= seen_to
            count = int(active[row, age])
            place = (_written(begun + int(row), calendar), age)
            parts = (count, n, 0) if is_seen else (0, 0, n)
            said = note if row == 0 else ""
            rows.append(_row(place, parts, said, minimum, level))
    for age in range(max(seen_to - begun + 1, 0)):
        seen = np.arange(size) + begun + age <= seen_to
        n, n_unseen = int(members[seen].sum()), int(members[~seen].sum())
        parts = (int(active[seen, age].sum()), n, n_unseen)
        rows.append(_row((None, age), parts, note, minimum, level))
    return _frame(rows)


def repeat_purchase_by_age(
    purchases: PurchaseDays,
    *,
    ages_days: Sequence[int] = (30, 60, 90, 180, 365),
    cohort: Period = "month",
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the repeat purchase rate of each cohort within equal times.

    Parameters
    ----------
    purchases
        Purchase days.
    ages_days
        Times since the first purchase, in days, above 0.
    cohort
        ``"week"``, ``"month"``, ``"quarter"`` or ``"year"`` of the first purchase.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row for each cohort and age: ``cohort`` (None: all customers), ``age``
        (days), ``value``, ``low``, ``high`` (customers with a second purchase day at
        most so many days after the first / customers who were seen that long, 0 to 1;
        NaN if not shown), ``n`` (customers seen that long), ``n_left_out``,
        ``reliability``, ``left_out`` (reason to number of customers) and ``note``.

    Raises
    ------
    InputError
        If an age is not above 0, *cohort* is no period, or an option is out of range.

    Examples
    --------
    >>> from journeykit.measure.purchases import purchase_days
    >>> days = pd.to_datetime(["2026-01-05"] * 5 + ["2026-02-01", "2026-03-02"])
    >>> table = pd.DataFrame({"customer": list("ABCDEAB"), "time": days, "amount": 9.0})
    >>> found = repeat_purchase_by_age(purchase_days(table), ages_days=[30])
    >>> found[["cohort", "age", "value", "n"]].values.tolist()
    [['2026-01', 30, 0.2, 5], [None, 30, 0.2, 5]]
    """
    check_options(minimum, level)
    calendar = _calendar(cohort)
    ages = sorted({int(age) for age in ages_days})
    if not ages or ages[0] <= 0:
        raise InputError(f"ages above 0 days were expected, not {list(ages_days)!r}")
    days = purchases.days
    if days.empty or purchases.end is None:
        return _frame([])
    codes = pd.factorize(days["customer"])[0]
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    n_days = np.diff(np.append(starts, len(days)))
    at = days["day"].to_numpy().astype("datetime64[D]").astype("int64")
    first = at[starts]
    second = np.minimum(starts + 1, len(at) - 1)
    wait = np.where(n_days > 1, at[second] - first, np.iinfo("int64").max)
    last = int(np.datetime64(purchases.end, "D").astype("int64"))
    seen = last - first
    when = days["day"].dt.to_period(calendar.code).astype("int64").to_numpy()[starts]
    note = _first_note(purchases, int(when.min()), calendar)
    rows = []
    for period in (*np.unique(when).tolist(), None):
        chosen = np.ones(len(when), bool) if period is None else when == period
        name = None if period is None else _written(period, calendar)
        said = note if period in (None, int(when.min())) else ""
        for age in ages:
            rows += [
                _row(
                    (name, age),
                    _repeats(wait[chosen], seen[chosen], age),
                    said,
                    minimum,
                    level,
                )
            ]
    return _frame(rows)


def _repeats(
    wait: NDArray[np.int64], seen: NDArray[np.int64], age: int
) -> tuple[int, int, int]:
    """Return how many bought again in time, of how many, and how many are too young."""
    is_old = seen >= age
    n = int(is_old.sum())
    return int((wait[is_old] <= age).sum()), n, len(seen) - n


def _calendar(period: str) -> _Calendar:
    if period not in _CALENDARS:
        known = ", ".join(repr(one) for one in _CALENDARS)
        raise InputError(f"one of {known} was expected, not {period!r}")
    return _CALENDARS[period]


def _period(ordinal: int, calendar: _Calendar) -> pd.Period:
    return pd.Period(ordinal=ordinal, freq=calendar.code)


def _written(ordinal: int, calendar: _Calendar) -> str:
    return calendar.written(_period(ordinal, calendar))


def _ordinal(day: pd.Timestamp, calendar: _Calendar) -> int:
    return int(day.to_period(calendar.code).ordinal)


def _last_day(ordinal: int, calendar: _Calendar) -> pd.Timestamp:
    return _period(ordinal, calendar).end_time.normalize()


def _first_note(purchases: PurchaseDays, begun: int, calendar: _Calendar) -> str:
    """Return what to say of the oldest cohort: it may have begun before the records."""
    start = purchases.start
    if start is not None and _ordinal(start, calendar) < begun:
        return ""
    return say(_FIRST_COHORT)


def _row(
    place: tuple[str | None, int],
    parts: tuple[int, int, int],
    note: str,
    minimum: int,
    level: float,
) -> dict[str, object]:
    count, n, n_left_out = parts
    value = low = high = np.nan
    if n >= minimum:
        value, (low, high) = count / n, wilson(count, n, level)
    left_out = {_NOT_OVER: n_left_out} if n_left_out else {}
    cells = (*place, value, low, high, n, n_left_out, reliability_of(n, minimum))
    return dict(zip(COHORT_COLUMNS, (*cells, left_out, note), strict=True))


def _frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Return rows as a table whose types do not depend on what was measured."""
    types = dict.fromkeys(("cohort", "left_out"), "object")
    types |= dict.fromkeys(("reliability", "note"), "str")
    types |= dict.fromkeys(("value", "low", "high"), "float64")
    types |= dict.fromkeys(("age", "n", "n_left_out"), "int64")
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=types[name])
            for name in COHORT_COLUMNS
        }
    )
