"""What a list of purchases says of its customers: who stays, who is worth how much.

Every choice that the numbers hang on (windows, silence, horizon, discount) has a
default that follows from the data, and is said.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeykit.errors import InputError, JourneyKitWarning, MissingExtraError
from journeykit.language import decimals, say
from journeykit.measure.clv import clv_to_date, clv_with_retention, value_to_date
from journeykit.measure.clv_backtest import backtest_clv
from journeykit.measure.clv_concentration import (
    concentration_table,
    high_value_customers,
    revenue_concentration,
)
from journeykit.measure.clv_forecast import clv_modelled, fit_clv
from journeykit.measure.clv_growth import clv_by_cohort
from journeykit.measure.cohorts import repeat_purchase_by_age, retention_table
from journeykit.measure.customer_groups import clv_by_group, group_members
from journeykit.measure.purchases import (
    PurchaseDays,
    purchase_days,
    purchase_histories,
)
from journeykit.measure.result import MIN_ANSWERS, Result
from journeykit.measure.retention import (
    active_customers,
    churn_rate,
    repeat_purchase_rate,
    retention_rate,
)
from journeykit.measure.summary import Summary
from journeykit.measure.survival import customer_lifetimes, median_survival, survival

if TYPE_CHECKING:
    from journeykit.model.survey import Group

__all__ = ["purchase_summary", "usual_silence_days"]

_YEAR_DAYS = 365
_USUAL = 0.9
_FEWEST_DAYS = 28


def usual_silence_days(days: PurchaseDays) -> int:
    """Return after how many days without a purchase a customer counts as lost.

    Nine of ten pauses between two purchase days of a customer were shorter; whole
    weeks, four at least.

    Parameters
    ----------
    days
        Purchase days.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {
    ...         "customer": list("AAB"),
    ...         "time": pd.to_datetime(["2026-01-01", "2026-02-20", "2026-05-01"]),
    ...         "amount": 9.0,
    ...     }
    ... )
    >>> usual_silence_days(purchase_days(table))
    56
    """
    table = days.days
    same = table["customer"].eq(table["customer"].shift())
    pauses = table["day"].diff()[same].dt.days.to_numpy()
    usual = float(np.quantile(pauses, _USUAL)) if len(pauses) else 0.0
    return max(_FEWEST_DAYS, 7 * int(np.ceil(usual / 7)))


def purchase_summary(
    purchases: pd.DataFrame,
    groups: Sequence[Group] = (),
    *,
    silent_days: int | None = None,
    horizon_days: float = _YEAR_DAYS,
    discount: float = 0.1,
    margin_rate: float | None = None,
    top: float = 0.1,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Summary:
    """Return retention, repeat purchase, survival and the three levels of CLV.

    Parameters
    ----------
    purchases
        As :func:`journeykit.exchange.purchases.read_purchases` gives them.
    groups
        Rules for personas and segments.
    silent_days
        Who has not bought for so many days is lost; :func:`usual_silence_days` if None.
    horizon_days
        How far the modelled value looks ahead.
    discount
        A year, 0.1 for 10 %.
    margin_rate
        Share of revenue that is margin, 0 to 1; None: values are revenue.
    top
        Share of customers that count as high value, 0 to 1.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    Summary
        Results ``repeat_purchase_rate``, ``retention_rate``, ``churn_rate``,
        ``median_survival``, ``clv_to_date``, ``clv_with_retention``, ``clv_modelled``
        (where the extra ``clv`` is there and the fit can be trusted),
        ``revenue_concentration``; tables ``cohorts``, ``repeat_purchase_by_age``,
        ``survival``, ``concentration``, ``high_value_customers``, ``clv_by_group``,
        ``clv_by_cohort``, ``backtest``.

    Raises
    ------
    UnknownNameError
        If a rule names a column that is not there.
    InputError
        If an option is out of range.
    """
    # Any: the keywords that every measure below takes
    shown: dict[str, Any] = {"minimum": minimum, "level": level}
    value = "revenue" if margin_rate is None else "margin"
    money: dict[str, Any] = {"value": value, "margin_rate": margin_rate}
    days = purchase_days(purchases)
    notes = [_left_out_said(days)]
    if days.start is None or days.end is None or days.days.empty:
        return Summary(notes=(*notes, say("There is no purchase to measure.")))
    n_days = (days.end - days.start).days + 1
    middle = days.start + pd.Timedelta(days=(n_days - 1) // 2)
    next_day = middle + pd.Timedelta(days=1)
    first = active_customers(days, days.start, middle)
    has_halves = next_day <= days.end
    second = active_customers(days, next_day, days.end) if has_halves else frozenset()
    notes.append(
        say(
            "Retention: customers of {start} to {middle} who bought again from {next} "
            "to {end}.",
            start=f"{days.start:%Y-%m-%d}",
            middle=f"{middle:%Y-%m-%d}",
            next=f"{next_day:%Y-%m-%d}",
            end=f"{days.end:%Y-%m-%d}",
        )
    )
    silence = silent_days or usual_silence_days(days)
    lost = say(
        "A customer counts as lost after {n} days without a purchase.", n=silence
    )
    notes.append(lost)
    lives = customer_lifetimes(days, silent_days=silence)
    lasted = (lives["duration_days"].to_numpy(), lives["is_lost"].to_numpy())
    kept = retention_rate(first, second, **shown)
    half_discount = (1 + discount) ** ((middle - days.start).days / _YEAR_DAYS) - 1
    margin = clv_to_date(days, **money, since=days.start, until=middle, **shown)
    values = value_to_date(days, **money)
    best = high_value_customers(values, top=top)
    results: dict[str, Result] = {
        "repeat_purchase_rate": repeat_purchase_rate(days, **shown),
        "retention_rate": kept,
        "churn_rate": churn_rate(first, second, **shown),
        "median_survival": median_survival(*lasted, **shown),
        "clv_to_date": clv_to_date(days, **money, **shown),
        "clv_with_retention": clv_with_retention(margin, kept, discount=half_discount),
        "revenue_concentration": revenue_concentration(values, top=top, **shown),
    }
    tables: dict[str, pd.DataFrame] = {
        "cohorts": retention_table(days, **shown),
        "repeat_purchase_by_age": repeat_purchase_by_age(days, **shown),
        "survival": survival(*lasted, **shown),
        "concentration": concentration_table(values, **shown),
        "high_value_customers": best,
        "clv_by_cohort": clv_by_cohort(days, age_days=90, **money, **shown),
    }
    if groups:
        members = group_members(purchases, groups)
        high = list(best["customer"])
        tables["clv_by_group"] = clv_by_group(values, members, high_value=high, **shown)
    _add_model(
        days,
        results,
        tables,
        notes,
        horizon_days=horizon_days,
        discount=discount,
        margin_rate=margin_rate or 1.0,
        minimum=minimum,
        level=level,
    )
    return Summary(results, tables, tuple(notes))


def _left_out_said(days: PurchaseDays) -> str:
    said = ", ".join(
        f"{decimals(n, 0)} {say(why)}" for why, n in days.left_out.items() if n
    )
    return say(
        "{n} purchase days; left out: {what}.",
        n=decimals(len(days.days), 0),
        what=said or say("nothing"),
    )


def _add_model(
    days: PurchaseDays,
    results: dict[str, Result],
    tables: dict[str, pd.DataFrame],
    notes: list[str],
    *,
    horizon_days: float,
    discount: float,
    margin_rate: float,
    minimum: int,
    level: float,
) -> None:
    """Add the modelled value and its backtest, or why there is none."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", JourneyKitWarning)
        try:
            histories = purchase_histories(days)
            model = fit_clv(histories)
            results["clv_modelled"] = clv_modelled(
                model,
                histories,
                horizon_days=horizon_days,
                discount=discount,
                margin_rate=margin_rate,
                minimum=minimum,
                level=level,
            )
            back = backtest_clv(days, minimum=minimum, level=level)
            tables["backtest"] = back.table
        except (InputError, MissingExtraError) as error:
            notes.append(say("No modelled value: {reason}", reason=error))
    said = dict.fromkeys(str(one.message) for one in caught)
    notes += [one[:1].upper() + one[1:] for one in said]
