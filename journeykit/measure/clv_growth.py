"""Whether customers become worth more: the same value, of cohorts of the same age.

Older customers have brought more, so values to date grow by themselves. A growth rate
is only given between numbers made in the same way: of one kind, horizon, discount,
margin rule and cohort age. Where they differ, or where the rate has no meaning (from 0,
or across a change of sign), it is not measured and the note says why.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.language import say, word
from journeykit.measure.clv import Value, mean_value, value_note, value_to_date
from journeykit.measure.purchases import PurchaseDays, as_day
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS, Result

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "COHORT_VALUE_COLUMNS",
    "ClvTerms",
    "clv_at_age",
    "clv_by_cohort",
    "clv_growth_rate",
]

COHORT_VALUE_COLUMNS = (
    "cohort",
    "age",
    "value",
    "low",
    "high",
    "growth_rate",
    "n",
    "n_left_out",
    "reliability",
    "left_out",
    "note",
)
"""Columns of :func:`clv_by_cohort`, in order."""

_COHORTS: Mapping[str, str] = {"month": "M", "quarter": "Q-DEC", "year": "Y-DEC"}

_MAY_BE_OLD = (
    word("the records begin here: may hold older customers"),
    word("the cohort before may hold older customers"),
)


@dataclass(frozen=True, slots=True)
class ClvTerms:
    """How a customer lifetime value was made; growth needs two made alike.

    Parameters
    ----------
    horizon_days
        How far ahead it looks; None for a value to date.
    discount
        Discount rate; None without one.
    margin_rule
        Which money: ``"revenue"``, ``"margin of 30 %"``.
    cohort_age_days
        Age of the customers; None where it does not matter.
    """

    horizon_days: float | None = None
    discount: float | None = None
    margin_rule: str = ""
    cohort_age_days: float | None = None

    def differences(self, other: ClvTerms) -> list[str]:
        """Return in words where two differ."""
        found = []
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            if mine != theirs:
                name = one.name.removesuffix("_days").replace("_", " ")
                found.append(f"{name} {mine or 'none'} against {theirs or 'none'}")
        return found


def clv_growth_rate(
    new: float | Result,
    old: float | Result,
    *,
    new_terms: ClvTerms | None = None,
    old_terms: ClvTerms | None = None,
    n: int | None = None,
) -> Result:
    """Return by how much a customer lifetime value has grown.

    Parameters
    ----------
    new, old
        The values: money, or results of one and the same measure.
    new_terms, old_terms
        How each was made; both or none. Results of :func:`clv_at_age` and the like say
        in their notes what should stand here.
    n
        Customers that both rest on; needed where neither is a result.

    Returns
    -------
    Result
        (new - old) / abs(old), 0.1 for a tenth more. No interval is defined for it. Not
        measured, with a note, from 0, across a change of sign, where the terms differ,
        and where a value was not measured.

    Raises
    ------
    InputError
        If the results are of two measures, the terms of one only are given, or nothing
        says how many customers the number rests on.

    Examples
    --------
    >>> clv_growth_rate(120.0, 100.0, n=40).value
    0.2
    >>> clv_growth_rate(20.0, -100.0, n=40).note
    'undefined across a change of sign, from -100 to 20'
    """
    measured = [one for one in (new, old) if isinstance(one, Result)]
    if len({one.definition for one in measured}) > 1:
        names = " and ".join(one.definition for one in measured)
        raise InputError(f"two values of one measure were expected, not {names}")
    if (new_terms is None) is not (old_terms is None):
        raise InputError("the terms of both values were expected, or of none")
    if n is None:
        if not measured:
            raise InputError("n, the customers that the values rest on, was expected")
        n = min(one.n for one in measured)
    minimum = max([MIN_ANSWERS, *(one.minimum for one in measured)])
    after, before = (
        one.value if isinstance(one, Result) else float(one) for one in (new, old)
    )
    value, note = _growth(after, before)
    differences = new_terms.differences(old_terms) if new_terms and old_terms else []
    if differences:
        terms = ", ".join(differences)
        value, note = None, say("not alike: {terms}", terms=terms)
    if n < minimum:
        value = None
    return Result(
        "clv_growth_rate", value, None, None, n, {}, None, 0.95, minimum, note
    )


def clv_at_age(
    purchases: PurchaseDays,
    *,
    age_days: int,
    came_since: str | date | pd.Timestamp | None = None,
    came_until: str | date | pd.Timestamp | None = None,
    value: Value = "revenue",
    margin_rate: float | None = None,
    is_net: bool = False,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return what customers brought in their first days, who came in one window.

    Parameters
    ----------
    purchases
        Purchase days.
    age_days
        How many days after the first purchase count, 1 or more.
    came_since, came_until
        First and last day of the first purchase, both included; all if None.
    value, margin_rate, is_net
        Which money, as for :func:`journeykit.measure.clv.value_to_date`.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        Mean money of the customers who were seen that long, by the definition
        ``clv_to_date``; those who came too late are left out and counted.

    Raises
    ------
    InputError
        If an option is out of range, or there is no margin.
    """
    check_options(minimum, level)
    known = _values_at_age(purchases, age_days, value, margin_rate, is_net=is_net)
    first = known["first"]
    chosen = np.ones(len(known), dtype=bool)
    if came_since is not None:
        chosen &= (first >= as_day(came_since, "first day")).to_numpy()
    if came_until is not None:
        chosen &= (first <= as_day(came_until, "last day")).to_numpy()
    note = say(
        "first {n} days: {money}",
        n=age_days,
        money=value_note(value, margin_rate, is_net=is_net),
    )
    return _mean_at_age(known[chosen], note, minimum, level)


def clv_by_cohort(
    purchases: PurchaseDays,
    *,
    age_days: int,
    cohort: str = "month",
    value: Value = "revenue",
    margin_rate: float | None = None,
    is_net: bool = False,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return what each cohort brought in its first days, and the growth.

    Parameters
    ----------
    purchases
        Purchase days.
    age_days
        How many days after the first purchase count, 1 or more.
    cohort
        ``"month"``, ``"quarter"`` or ``"year"`` of the first purchase.
    value, margin_rate, is_net
        Which money, as for :func:`journeykit.measure.clv.value_to_date`.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a cohort, in order: ``cohort`` (such as ``2026-01`` or ``2026Q1``),
        ``age`` (days), ``value``, ``low``, ``high`` (mean money a customer; NaN if not
        shown), ``growth_rate`` (against the cohort before; NaN if not measured), ``n``,
        ``n_left_out``, ``reliability``, ``left_out`` (reason to number of customers),
        ``note`` (why there is no growth rate, or what makes it doubtful).

    Raises
    ------
    InputError
        If an option is out of range, or there is no margin.
    """
    check_options(minimum, level)
    if cohort not in _COHORTS:
        listed = ", ".join(repr(one) for one in _COHORTS)
        raise InputError(f"one of {listed} was expected, not {cohort!r}")
    known = _values_at_age(purchases, age_days, value, margin_rate, is_net=is_net)
    periods = known["first"].dt.to_period(_COHORTS[cohort])
    rows: list[dict[str, object]] = []
    before: Result | None = None
    seen = periods.astype("int64")
    start = purchases.start
    begins = start is None or start.to_period(_COHORTS[cohort]).ordinal >= seen.min()
    for ordinal in [] if known.empty else range(seen.min(), seen.max() + 1):
        period = pd.Period(ordinal=ordinal, freq=_COHORTS[cohort])
        found = _mean_at_age(known[(seen == ordinal).to_numpy()], "", minimum, level)
        growth = None if before is None else clv_growth_rate(found, before)
        note = say("the first cohort") if growth is None else growth.note
        if begins and len(rows) < len(_MAY_BE_OLD):
            note = say(_MAY_BE_OLD[len(rows)])
        before = found
        cells = {
            "cohort": str(period),
            "age": age_days,
            "growth_rate": None if growth is None else growth.value,
            "note": note,
            "left_out": dict(found.left_out),
        }
        rows.append(
            {
                name: cells[name] if name in cells else getattr(found, name)
                for name in COHORT_VALUE_COLUMNS
            }
        )
    types = dict.fromkeys(("cohort", "reliability", "note"), "str")
    types |= dict.fromkeys(("value", "low", "high", "growth_rate"), "float64")
    types |= dict.fromkeys(("age", "n", "n_left_out"), "int64") | {"left_out": "object"}
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=types[name])
            for name in COHORT_VALUE_COLUMNS
        }
    )


def _growth(after: float | None, before: float | None) -> tuple[float | None, str]:
    if after is None or before is None:
        if after is None:
            return None, say("the new value was not measured")
        return None, say("the old value was not measured")
    if not (math.isfinite(after) and math.isfinite(before)):
        raise InputError(f"finite values were expected, not {after!r} and {before!r}")
    if before == 0:
        return None, say("undefined from 0")
    if (after < 0) != (before < 0) and after != 0:
        return None, say(
            "undefined across a change of sign, from {before} to {after}",
            before=f"{before:g}",
            after=f"{after:g}",
        )
    return (after - before) / abs(before), ""


def _values_at_age(
    purchases: PurchaseDays,
    age_days: int,
    value: Value,
    margin_rate: float | None,
    *,
    is_net: bool,
) -> pd.DataFrame:
    """Return value in the first days, first day, and days seen, of each customer."""
    if not age_days >= 1:
        raise InputError(f"an age of 1 day or more was expected, not {age_days!r}")
    begin = purchases.days.groupby("customer")["day"].min()
    tables = []
    for table in (purchases.days, purchases.refunds):
        first = begin.reindex(table["customer"]).to_numpy()
        # The day of the first purchase is day 0; refunds before it are not his.
        since = (table["day"] - first).dt.days
        tables.append(table[since.between(0, age_days).to_numpy()])
    days, refunds = tables
    early = PurchaseDays(days, refunds, {}, purchases.start, purchases.end)
    values = value_to_date(early, value=value, margin_rate=margin_rate, is_net=is_net)
    end = purchases.end
    seen = (end - values["first"]).dt.days if end is not None else 0
    return values.assign(is_seen=seen >= age_days)


def _mean_at_age(known: pd.DataFrame, note: str, minimum: int, level: float) -> Result:
    is_seen = known["is_seen"].to_numpy(dtype=bool)
    n_young = int((~is_seen).sum())
    left_out = {word("not seen long enough"): n_young} if n_young else {}
    values = known["value"].to_numpy()[is_seen]
    return mean_value(values, left_out, note, minimum=minimum, level=level)
