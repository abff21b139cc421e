"""Purchases as measures need them: one row for each day on which a customer bought.

Two baskets of one day are one decision to buy, split by the till or by the shop, so a
day counts once. What is no purchase (cancelled, nothing paid, nobody named) is left out
and counted. Money that was given back stands apart: whether it is taken off is a choice
of the measure, and taking it off here would turn a day with a refund into a day without
a purchase.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from journeykit.errors import InputError, UnknownNameError
from journeykit.language import word

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "HISTORY_COLUMNS",
    "PurchaseDays",
    "as_day",
    "days_between",
    "purchase_days",
    "purchase_histories",
]

HISTORY_COLUMNS = (
    "customer",
    "first",
    "last",
    "repeats",
    "recency_days",
    "age_days",
    "repeat_spend",
    "amount",
)
"""Columns of :func:`purchase_histories`, in order (``margin`` follows where known)."""


@dataclass(frozen=True, slots=True, eq=False)
class PurchaseDays:
    """Who bought on which day, what was left out, and from when to when was looked.

    Parameters
    ----------
    days
        One row a customer and day, sorted by both: ``customer``, ``day``, ``amount``
        (above 0) and, where it is known, ``margin`` (NaN where one of the day is not).
    refunds
        Money given back, in the same columns; amounts below 0.
    left_out
        Why rows were left out, and how many: ``{"cancelled": 4}``.
    start, end
        First and last day that was looked at; a customer who buys nothing is seen to be
        silent until *end*.
    """

    days: pd.DataFrame
    refunds: pd.DataFrame
    left_out: Mapping[str, int] = field(default_factory=dict)
    start: pd.Timestamp | None = None
    end: pd.Timestamp | None = None

    def __post_init__(self) -> None:
        """Freeze what was left out."""
        object.__setattr__(self, "left_out", MappingProxyType(dict(self.left_out)))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to and from child processes (a mapping proxy cannot)."""
        ends = (self.start, self.end)
        return (type(self), (self.days, self.refunds, dict(self.left_out), *ends))

    @property
    def has_margin(self) -> bool:
        """Whether the margin of the purchases is known."""
        return "margin" in self.days.columns


def as_day(given: str | date | pd.Timestamp, what: str = "day") -> pd.Timestamp:
    """Return a day that a person stated, without its time of day.

    Raises
    ------
    InputError
        If it is no day.

    Examples
    --------
    >>> as_day("2010-11-30 17:40").isoformat()
    '2010-11-30T00:00:00'
    """
    try:
        # pandas would take "now" and "5" for days.
        found: object = pd.Timestamp(
            datetime.fromisoformat(given) if isinstance(given, str) else given
        )
    except (ValueError, TypeError):
        found = None
    if not isinstance(found, pd.Timestamp) or pd.isna(found):
        raise InputError(
            f"a {what} such as 2026-01-31 was expected, not {given!r}",
            mend="Write year, month and day",
        )
    return found.tz_localize(None).normalize().as_unit("us")


def purchase_days(
    purchases: pd.DataFrame,
    *,
    since: str | date | pd.Timestamp | None = None,
    until: str | date | pd.Timestamp | None = None,
    timezone: str = "UTC",
) -> PurchaseDays:
    """Return the days on which customers bought.

    Parameters
    ----------
    purchases
        One row an invoice or line: ``customer``, ``time`` (UTC, without a zone),
        ``amount``, and if there are such: ``is_cancelled``, ``margin``.
    since, until
        First and last day to look at, both included; those of the table if None.
        State *until* where the records go on after the last purchase.
    timezone
        Where a day begins and ends, such as ``"Europe/London"``.

    Returns
    -------
    PurchaseDays
        Purchase days, refunds, what was left out, and the days looked at.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If times are no times, amounts no numbers, or an option cannot be used.

    Examples
    --------
    >>> purchases = pd.DataFrame(
    ...     {
    ...         "customer": ["Ann", "Ann", "Ann", "Bob"],
    ...         "time": pd.to_datetime(
    ...             ["2026-01-05 09", "2026-01-05 17", "2026-02-01 10", "2026-02-02 11"]
    ...         ),
    ...         "amount": [10.0, 5.0, 7.0, 0.0],
    ...     }
    ... )
    >>> found = purchase_days(purchases)
    >>> found.days["amount"].tolist(), dict(found.left_out)
    ([15.0, 7.0], {'amount 0': 1})
    """
    for name in ("customer", "time", "amount"):
        if name not in purchases.columns:
            known = [str(column) for column in purchases.columns]
            raise UnknownNameError("column", name, known, "purchases")
    names = purchases["customer"].astype("str")
    days = _days_of(purchases["time"], timezone)
    amounts = _numbers(purchases["amount"], "amount")
    is_cancelled = np.zeros(len(purchases), dtype=bool)
    if "is_cancelled" in purchases.columns:
        is_cancelled = purchases["is_cancelled"].to_numpy(dtype=bool)
    seen = days.dropna()
    start = as_day(since) if since is not None else _end(seen.min())
    end = as_day(until) if until is not None else _end(seen.max())
    if start is not None and end is not None and start > end:
        raise InputError(
            f"a first day up to the last was expected, not {start:%Y-%m-%d} to "
            f"{end:%Y-%m-%d}"
        )
    faults = {
        word("no customer"): (names.isna() | (names.str.strip() == "")).to_numpy(
            dtype=bool
        ),
        word("no time"): days.isna().to_numpy(),
        word("outside the days looked at"): ~_within(days, start, end),
        "cancelled": is_cancelled,
        word("no amount"): ~np.isfinite(amounts),
        word("amount 0"): amounts == 0,
        "refund": amounts < 0,
    }
    is_open = np.ones(len(purchases), dtype=bool)
    left_out: dict[str, int] = {}
    is_refund = np.zeros(len(purchases), dtype=bool)
    for reason, is_fault in faults.items():
        hit = is_open & is_fault
        if hit.any():
            left_out[reason] = int(hit.sum())
        if reason in ("cancelled", "refund"):
            is_refund |= hit & (amounts < 0)
        is_open &= ~is_fault
    table = pd.DataFrame({"customer": names, "day": days, "amount": amounts})
    if "margin" in purchases.columns:
        table["margin"] = _numbers(purchases["margin"], "margin")
    return PurchaseDays(
        _merged(table, is_open), _merged(table, is_refund), left_out, start, end
    )


def days_between(
    purchases: PurchaseDays,
    since: str | date | pd.Timestamp | None = None,
    until: str | date | pd.Timestamp | None = None,
) -> PurchaseDays:
    """Return what was bought from one day to another, both included.

    Parameters
    ----------
    purchases
        Purchase days.
    since, until
        First and last day; those of *purchases* if None.

    Returns
    -------
    PurchaseDays
        As if nothing had been known of the other days.
    """
    start = purchases.start if since is None else as_day(since, "first day")
    end = purchases.end if until is None else as_day(until, "last day")
    days, refunds = (
        table[_within(table["day"], start, end)].reset_index(drop=True)
        for table in (purchases.days, purchases.refunds)
    )
    return PurchaseDays(days, refunds, purchases.left_out, start, end)


def purchase_histories(
    purchases: PurchaseDays, *, until: str | date | pd.Timestamp | None = None
) -> pd.DataFrame:
    """Return what each customer has bought so far.

    Parameters
    ----------
    purchases
        Purchase days.
    until
        Last day to look at; the end of *purchases* if None.

    Returns
    -------
    pandas.DataFrame
        One row a customer, sorted: ``customer``, ``first`` and ``last`` purchase day,
        ``repeats`` (purchase days - 1), ``recency_days`` (last - first), ``age_days``
        (end - first), ``repeat_spend`` (mean amount of a repeat day, NaN without one),
        ``amount`` (all days) and, where it is known, ``margin`` (all days; NaN where
        one is unknown).

    Examples
    --------
    >>> purchases = pd.DataFrame(
    ...     {
    ...         "customer": ["Ann", "Ann", "Bob"],
    ...         "time": pd.to_datetime(["2026-01-05", "2026-01-15", "2026-02-04"]),
    ...         "amount": [10.0, 5.0, 7.0],
    ...     }
    ... )
    >>> found = purchase_histories(purchase_days(purchases))
    >>> found[["customer", "repeats", "recency_days", "age_days"]].values.tolist()
    [['Ann', 1, 10, 30], ['Bob', 0, 0, 0]]
    """
    if until is not None:
        purchases = days_between(purchases, None, until)
    days = purchases.days
    starts = _first_rows(days)
    n_days = np.diff(np.append(starts, len(days)))
    at = days["day"].to_numpy()
    amounts = days["amount"].to_numpy()
    first, last = at[starts], at[starts + n_days - 1]
    total = _sums(amounts, starts)
    repeats = n_days - 1
    with np.errstate(invalid="ignore"):
        repeat_spend = np.where(
            repeats > 0, (total - amounts[starts]) / np.maximum(repeats, 1), np.nan
        )
    end = np.datetime64("NaT") if purchases.end is None else purchases.end.to_numpy()
    table = pd.DataFrame(
        {
            "customer": days["customer"].iloc[starts].reset_index(drop=True),
            "first": first,
            "last": last,
            "repeats": repeats.astype("int64"),
            "recency_days": _day_numbers(last) - _day_numbers(first),
            "age_days": _day_numbers(np.atleast_1d(end)) - _day_numbers(first),
            "repeat_spend": repeat_spend,
            "amount": total,
        }
    )
    if purchases.has_margin:
        table["margin"] = _sums(days["margin"].to_numpy(), starts)
    return table


def _days_of(times: pd.Series, timezone: str) -> pd.Series:
    if not pd.api.types.is_datetime64_any_dtype(times):
        raise InputError(
            f"times were expected, not {times.dtype}",
            "column time",
            "Import the file through a mapping, or use pandas.to_datetime",
        )
    try:
        zone = ZoneInfo(timezone)
    except (ValueError, KeyError, OSError) as error:
        raise InputError(
            f"a time zone such as Europe/London was expected, not {timezone!r}"
        ) from error
    aware = times.dt.tz_localize("UTC") if times.dt.tz is None else times
    if timezone != "UTC" or times.dt.tz is not None:
        times = aware.dt.tz_convert(zone).dt.tz_localize(None)
    days: pd.Series = times.dt.normalize().astype("datetime64[us]")
    return days


def _within(
    days: pd.Series, start: pd.Timestamp | None, end: pd.Timestamp | None
) -> NDArray[np.bool_]:
    """Return which days lie between two; all where no day is known."""
    if start is None or end is None:
        return np.ones(len(days), dtype=bool)
    return days.between(start, end).to_numpy(dtype=bool)


def _day_numbers(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    return days.astype("datetime64[D]").astype("int64")


def _end(found: object) -> pd.Timestamp | None:
    return found if isinstance(found, pd.Timestamp) else None


def _numbers(column: pd.Series, name: str) -> NDArray[np.float64]:
    if not pd.api.types.is_numeric_dtype(column):
        raise InputError(f"numbers were expected, not {column.dtype}", f"column {name}")
    return column.to_numpy(dtype=float, na_value=np.nan)


def _merged(table: pd.DataFrame, chosen: NDArray[np.bool_]) -> pd.DataFrame:
    """Return the chosen rows, those of one customer and day added up."""
    rows = table[chosen]
    codes, names = pd.factorize(rows["customer"], sort=True)
    day_codes, days = pd.factorize(rows["day"], sort=True)
    keys = codes.astype("int64") * max(len(days), 1) + day_codes
    order = np.argsort(keys, kind="stable")
    found, starts = np.unique(keys[order], return_index=True)
    merged = pd.DataFrame(
        {
            "customer": pd.Series(names.take(found // max(len(days), 1)), dtype="str"),
            "day": pd.Series(
                days.take(found % max(len(days), 1)), dtype="datetime64[us]"
            ),
        }
    )
    for name in ("amount", "margin"):
        if name in rows.columns:
            merged[name] = _sums(rows[name].to_numpy()[order], starts)
    return merged


def _first_rows(days: pd.DataFrame) -> NDArray[np.intp]:
    """Return where each customer begins in rows sorted by customer."""
    codes = pd.factorize(days["customer"])[0]
    return np.flatnonzero(np.diff(codes, prepend=-1))


def _sums(
    numbers: NDArray[np.float64], starts: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return the sum from each start to the next."""
    if not len(starts):
        return np.zeros(0)
    return np.add.reduceat(numbers, starts)
