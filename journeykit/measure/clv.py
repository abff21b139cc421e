"""What customers are worth: to date, and with a retention rate.

"Customer lifetime value" names three numbers that differ several times over: each has
its own name here, *to date* (what was sold so far), *with retention* (a margin
that goes on with a constant retention rate) and *modelled* (``clv_forecast``). They are
never compared with each other.
"""

from __future__ import annotations

import math
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.language import percent, say, word
from journeykit.measure.intervals import mean_interval
from journeykit.measure.purchases import PurchaseDays, days_between
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS, Result

__all__ = [
    "NOT_MARGIN",
    "VALUE_COLUMNS",
    "Value",
    "clv_to_date",
    "clv_with_retention",
    "mean_value",
    "money_words",
    "retention_multiple",
    "value_note",
    "value_to_date",
]

NOT_MARGIN = word("revenue, which is not margin")
"""What stands in a note where money is revenue."""

Value = Literal["revenue", "margin"]

VALUE_COLUMNS = ("customer", "value", "purchase_days", "first", "last")
"""Columns of :func:`value_to_date`, in order."""


def value_to_date(
    purchases: PurchaseDays,
    *,
    value: Value = "revenue",
    margin_rate: float | None = None,
    is_net: bool = False,
    since: str | date | pd.Timestamp | None = None,
    until: str | date | pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Return what each customer has brought so far.

    Parameters
    ----------
    purchases
        Purchase days.
    value
        ``"revenue"`` or ``"margin"``.
    margin_rate
        Share of revenue that is margin, up to 1, where purchases have no margin of
        their own.
    is_net
        Whether refunds to these customers are taken off. Refunds to others, who bought
        nothing in the time looked at, are never.
    since, until
        First and last day, both included; all days if None.

    Returns
    -------
    pandas.DataFrame
        One row a customer with a purchase: ``customer``, ``value`` (money; NaN where a
        margin is unknown), ``purchase_days``, ``first`` and ``last`` purchase day.

    Raises
    ------
    InputError
        If *value* is neither, there is no margin, or *margin_rate* is no share.

    Examples
    --------
    >>> from journeykit.measure.purchases import purchase_days
    >>> days = pd.to_datetime(["2026-01-05", "2026-02-01", "2026-02-02"])
    >>> table = pd.DataFrame({"customer": list("AAB"), "time": days, "amount": 9.0})
    >>> value_to_date(purchase_days(table))[["customer", "value"]].values.tolist()
    [['A', 18.0], ['B', 9.0]]
    """
    chosen = days_between(purchases, since, until)
    worth = _worth(chosen.days, value, margin_rate)
    names = chosen.days["customer"]
    grouped = chosen.days.assign(value=worth).groupby(names.to_numpy(), sort=True)
    table = pd.DataFrame(
        {
            "value": grouped["value"].sum(min_count=1, skipna=False),
            "purchase_days": grouped.size().astype("int64"),
            "first": grouped["day"].min(),
            "last": grouped["day"].max(),
        }
    )
    if is_net:
        back = chosen.refunds.assign(value=_worth(chosen.refunds, value, margin_rate))
        sums = back.groupby("customer")["value"].sum()
        table["value"] += sums.reindex(table.index).fillna(0.0).to_numpy()
    table.insert(0, "customer", pd.Series(table.index, table.index, dtype="str"))
    return table.reset_index(drop=True)[list(VALUE_COLUMNS)]


def clv_to_date(
    purchases: PurchaseDays,
    *,
    value: Value = "revenue",
    margin_rate: float | None = None,
    is_net: bool = False,
    since: str | date | pd.Timestamp | None = None,
    until: str | date | pd.Timestamp | None = None,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the mean of what customers have brought so far.

    Parameters
    ----------
    purchases
        Purchase days.
    value, margin_rate, is_net, since, until
        As for :func:`value_to_date`.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        Money for each customer with a purchase in the time, with its interval by
        Student's t; the note says which money. Few customers bring most of it, so with
        some dozens of them the interval is too short.

    Raises
    ------
    InputError
        If an option is out of range, or there is no margin.

    Examples
    --------
    >>> from journeykit.measure.purchases import purchase_days
    >>> days = pd.to_datetime(["2026-01-05"] * 5)
    >>> amounts = [1.0, 2.0, 3.0, 4.0, 5.0]
    >>> table = pd.DataFrame({"customer": list("ABCDE"), "time": days})
    >>> clv_to_date(purchase_days(table.assign(amount=amounts))).value
    3.0
    """
    check_options(minimum, level)
    values = value_to_date(
        purchases,
        value=value,
        margin_rate=margin_rate,
        is_net=is_net,
        since=since,
        until=until,
    )
    chosen = days_between(purchases, since, until)
    note = value_note(value, margin_rate, is_net=is_net)
    if chosen.start is not None and chosen.end is not None:
        note = say(
            "{note}, {first} to {last}",
            note=note,
            first=f"{chosen.start:%Y-%m-%d}",
            last=f"{chosen.end:%Y-%m-%d}",
        )
    return mean_value(
        values["value"].to_numpy(),
        dict(purchases.left_out),
        note,
        minimum=minimum,
        level=level,
    )


def mean_value(
    values: np.ndarray[tuple[int], np.dtype[np.float64]],
    left_out: dict[str, int],
    note: str,
    *,
    minimum: int,
    level: float,
) -> Result:
    """Return the mean of the values of customers; unknown ones are left out."""
    known = values[np.isfinite(values)]
    if len(known) < len(values):
        left_out = left_out | {word("margin unknown"): len(values) - len(known)}
    found: tuple[float | None, float | None, float | None] = (None, None, None)
    if len(known) >= minimum:
        found = mean_interval(known, level=level)
    return Result(
        "clv_to_date", *found, len(known), left_out, None, level, minimum, note
    )


def value_note(value: Value, margin_rate: float | None, *, is_net: bool) -> str:
    """Return in words which money was added up."""
    money = say(NOT_MARGIN)
    if value == "margin":
        money = money_words(margin_rate)
    if is_net:
        return say("{money}, refunds taken off", money=money)
    return say("{money}, refunds not taken off", money=money)


def money_words(margin_rate: float | None) -> str:
    """Return margin in words, with its rate if it was reckoned by one."""
    if margin_rate is None:
        return say("margin")
    return say("margin of {share}", share=percent(margin_rate, 1))


def retention_multiple(
    retention: float, discount: float, *, first_margin: bool = False
) -> float:
    """Return how many margins of a period a customer is worth.

    Parameters
    ----------
    retention
        Share of the customers who stay from one period to the next, 0 to 1.
    discount
        Discount rate of a period, 0 or more; above 0 if everybody stays.
    first_margin
        Whether the margin of the first period, earned at once, counts.

    Returns
    -------
    float
        r / (1 + d - r). With the first margin it is one more, (1 + d) / (1 + d - r).

    Raises
    ------
    InputError
        If a rate is out of range.

    Notes
    -----
    Gupta and Lehmann (2003), "Customers as assets", Journal of Interactive Marketing
    17, 9-24, table 1, leave the first margin out: 1.20 at r 60 % and d 10 %, 4.50 at r
    90 %. With it these would be 2.20 and 5.50.

    Examples
    --------
    >>> round(retention_multiple(0.6, 0.1), 2), round(retention_multiple(0.9, 0.1), 2)
    (1.2, 4.5)
    >>> round(retention_multiple(0.6, 0.1, first_margin=True), 2)
    2.2
    """
    if not 0 <= retention <= 1:
        raise InputError(
            f"a retention rate from 0 to 1 was expected, not {retention!r}",
            mend="Write 80 % as 0.8",
        )
    if not 0 <= discount < math.inf or 1 + discount - retention <= 0:
        raise InputError(
            "a discount rate from 0, and above 0 if everybody stays, was expected, not "
            f"{discount!r} with a retention of {retention!r}",
            mend="Write 10 % as 0.1",
        )
    return (1 + discount if first_margin else retention) / (1 + discount - retention)


def clv_with_retention(
    margin: float | Result,
    retention: float | Result,
    *,
    discount: float,
    first_margin: bool = False,
    n: int | None = None,
) -> Result:
    """Return what a customer is worth if margin and retention stay as they are.

    Parameters
    ----------
    margin
        Margin of a customer in one period (not revenue): money, or a measured mean.
    retention
        Retention rate from one period to the next, stated or measured.
    discount
        Discount rate of a period.
    first_margin
        Whether the margin of the first period, earned at once, counts.
    n
        Customers that the rates rest on; needed where neither was measured.

    Returns
    -------
    Result
        m r / (1 + d - r), or m (1 + d) / (1 + d - r) with the first margin. The ends
        are those at the ends of the retention's interval; without one there are none.
        Not measured where a rate is not.

    Raises
    ------
    InputError
        If a rate is out of range, a result is no such measure, or nothing says how many
        customers the number rests on.

    Notes
    -----
    One average rate for all customers misleads: those who stay are not like those who
    leave, so the rate of a cohort rises with its age, and the value comes out too low.

    Examples
    --------
    >>> clv_with_retention(100, 0.8, discount=0.16, n=500).value.__round__(2)
    222.22
    """
    measured = [one for one in (retention, margin) if isinstance(one, Result)]
    if n is None:
        if not measured:
            raise InputError(
                "n, the customers that the rates rest on, was expected",
                mend="Give measured rates, or use retention_multiple for a sketch",
            )
        n = min(one.n for one in measured)
    minimum = max([MIN_ANSWERS, *(one.minimum for one in measured)])
    level = retention.level if isinstance(retention, Result) else 0.95
    left_out = retention.left_out if isinstance(retention, Result) else {}
    rates = _ends(retention, "retention_rate")
    money = _ends(margin, "clv_to_date")[0]
    found: tuple[float | None, float | None, float | None] = (None, None, None)
    if money is not None and rates[0] is not None and n >= minimum:
        value, *ends = (
            None if rate is None else money * _multiple(rate, discount, first_margin)
            for rate in rates
        )
        low, high = sorted(one for one in ends if one is not None) or (None, None)
        found = (value, low, high)
    words = word(
        "without the first margin, discount {discount} a period, one average retention "
        "rate for all"
    )
    if first_margin:
        words = word(
            "with the first margin, discount {discount} a period, one average "
            "retention rate for all"
        )
    note = say(words, discount=percent(discount, 1))
    if isinstance(margin, Result) and say(NOT_MARGIN) in margin.note:
        of_revenue = say("computed from revenue, which is not margin")
        note = f"{note}; {of_revenue}"
    return Result("clv_with_retention", *found, n, left_out, None, level, minimum, note)


def _multiple(retention: float, discount: float, first_margin: bool) -> float:
    return retention_multiple(retention, discount, first_margin=first_margin)


def _ends(
    given: float | Result, definition: str
) -> tuple[float | None, float | None, float | None]:
    if not isinstance(given, Result):
        if not math.isfinite(given):
            raise InputError(f"a finite number was expected, not {given!r}")
        return float(given), None, None
    if given.definition != definition:
        raise InputError(f"{definition} was expected, not {given.definition}")
    return given.value, given.low, given.high


def _worth(
    days: pd.DataFrame, value: Value, margin_rate: float | None
) -> pd.Series[float]:
    if value not in ("revenue", "margin"):
        raise InputError(f"'revenue' or 'margin' was expected, not {value!r}")
    if value == "revenue":
        if margin_rate is not None:
            raise InputError("a margin_rate was expected only with value='margin'")
        return days["amount"]
    if margin_rate is None:
        if "margin" not in days.columns:
            raise InputError(
                "a column margin was expected among the purchases",
                mend="State margin_rate, the share of revenue that is margin",
            )
        return days["margin"]
    if "margin" in days.columns:
        raise InputError("the purchases have a margin, no margin_rate was expected")
    if not -1 <= margin_rate <= 1:
        raise InputError(
            f"a margin_rate up to 1 was expected, not {margin_rate!r}",
            mend="Write 30 % as 0.3",
        )
    return days["amount"] * margin_rate
