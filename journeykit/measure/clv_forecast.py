"""Modelled customer lifetime value: how often (BG/NBD) times how much (Gamma-Gamma).

The value of a customer is what is expected of him from now on over a horizon; what he
has brought so far is not in it. Intervals carry the standard errors of both models, by
the delta method, and nothing else: they say how well the mean is known, not how far one
customer may be from it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.language import percent, say, word
from journeykit.measure.clv import NOT_MARGIN, money_words
from journeykit.measure.clv_expected import alive_share, expected_repeats
from journeykit.measure.clv_model import PurchaseModel, fit_purchases, history_columns
from journeykit.measure.clv_spend import (
    SpendModel,
    expected_spend,
    fit_spend,
    spend_of,
)
from journeykit.measure.customer_groups import group_masks, group_rows
from journeykit.measure.intervals import Estimate
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS, Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "MISTRUST",
    "PREDICTED_COLUMNS",
    "ClvModel",
    "clv_modelled",
    "fit_clv",
    "modelled_clv_by_group",
    "predicted_clv",
]

MISTRUST = word("not to be trusted")
"""What stands in a note before the doubts about a model."""

PREDICTED_COLUMNS = (
    "customer",
    "alive_share",
    "expected_purchases",
    "expected_spend",
    "value",
)
"""Columns of :func:`predicted_clv`, in order."""

_YEAR = 365.25
_STEP_DAYS = _YEAR / 12
_NUDGE = 1e-4


@dataclass(frozen=True, slots=True, eq=False)
class ClvModel:
    """Both models of one set of customers.

    Parameters
    ----------
    purchases
        How often they buy.
    spend
        How much they spend.
    """

    purchases: PurchaseModel
    spend: SpendModel

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why the values cannot be trusted, a sentence each; empty if they can."""
        refusal = (self.spend.refusal,) if self.spend.refusal else ()
        return (*self.purchases.doubts, *self.spend.doubts, *refusal)

    @property
    def is_trusted(self) -> bool:
        """Whether nothing speaks against the fits."""
        return not self.doubts


def fit_clv(histories: pd.DataFrame, *, unit_days: float = 7.0) -> ClvModel:
    """Return both models of purchase histories.

    Parameters
    ----------
    histories
        One row a customer, from ``purchase_histories``.
    unit_days
        Unit of time of alpha, in days.

    Returns
    -------
    ClvModel
        Its ``doubts`` say why it cannot be trusted, if so.

    Warns
    -----
    JourneyKitWarning
        If a fit cannot be trusted.

    Raises
    ------
    InputError
        If too few customers came back, or a history cannot be.
    UnknownNameError
        If a column is missing.
    MissingExtraError
        If scipy is not installed.
    """
    return ClvModel(fit_purchases(histories, unit_days=unit_days), fit_spend(histories))


class _Horizon(NamedTuple):
    """The ends of the steps ahead, in days, and what money in each is worth today."""

    ends: NDArray[np.float64]
    worth: NDArray[np.float64]


def predicted_clv(
    model: ClvModel,
    histories: pd.DataFrame,
    *,
    horizon_days: float = 365.0,
    discount: float = 0.1,
    margin_rate: float = 1.0,
) -> pd.DataFrame:
    """Return what to expect of each customer.

    Parameters
    ----------
    model
        Both models.
    histories
        One row a customer, from ``purchase_histories``.
    horizon_days
        How far to look ahead, above 0.
    discount
        Discount rate of a year, 0 or more; taken at the middle of each month.
    margin_rate
        Share of revenue that is margin, above 0 and up to 1; 1 gives revenue.

    Returns
    -------
    pandas.DataFrame
        One row a customer, in the order of *histories*: ``customer``, ``alive_share``
        (probability that he still is one), ``expected_purchases`` (days on which he
        will buy within the horizon), ``expected_spend`` (revenue of one), ``value``
        (money of the horizon, discounted, times *margin_rate*).

    Raises
    ------
    InputError
        If the spend model must not be used (q at or below 1), or an option is out of
        range.
    UnknownNameError
        If a column is missing.
    """
    horizon = _horizon(horizon_days, discount, margin_rate)
    spend = expected_spend(model.spend, histories)
    repeats, recency, age = history_columns(histories)
    unit = model.purchases.unit_days
    parameters = model.purchases.values
    alive = alive_share(parameters, repeats, recency / unit, age / unit)
    ends = horizon.ends / unit
    ahead, worth = (
        expected_repeats(parameters, repeats, age / unit, times, weights)
        for times, weights in ((ends[-1:], np.ones(1)), (ends, horizon.worth))
    )
    columns = (alive, alive * ahead, spend, alive * worth * spend * margin_rate)
    table = pd.DataFrame(dict(zip(PREDICTED_COLUMNS[1:], columns, strict=True)))
    table.insert(0, "customer", histories["customer"].to_numpy())
    return table.astype({"customer": "str"})


def clv_modelled(
    model: ClvModel,
    histories: pd.DataFrame,
    *,
    horizon_days: float = 365.0,
    discount: float = 0.1,
    margin_rate: float = 1.0,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the mean of what to expect of these customers.

    Parameters
    ----------
    model, histories, horizon_days, discount, margin_rate
        As for :func:`predicted_clv`.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        Money a customer; the interval carries the standard errors of both models. The
        note says horizon, discount and margin, and every doubt about the fits. Not
        measured, with a note, if the spend model must not be used.

    Raises
    ------
    InputError
        If an option is out of range.
    UnknownNameError
        If a column is missing.
    """
    check_options(minimum, level)
    horizon = _horizon(horizon_days, discount, margin_rate)
    money = say(NOT_MARGIN)
    if margin_rate != 1:
        money = money_words(margin_rate if 0 < margin_rate < 1 else None)
    note = say(
        "next {n} days, discount {discount} a year, {money}",
        n=f"{horizon_days:g}",
        discount=percent(discount, 1),
        money=money,
    )
    if model.doubts:
        note += f"; {say(MISTRUST)}: {'; '.join(model.doubts)}"
    n = len(histories)
    found: tuple[float | None, float | None, float | None] = (None, None, None)
    if n >= minimum and not model.spend.refusal:
        everybody = group_masks(histories["customer"].to_numpy(dtype=object), {})
        means = _means(
            model, histories, everybody, horizon, margin_rate=margin_rate, level=level
        )
        value, low, high = means[None]
        found = (value, None, None) if math.isnan(low) else (value, low, high)
    return Result("clv_modelled", *found, n, {}, None, level, minimum, note)


def modelled_clv_by_group(
    model: ClvModel,
    histories: pd.DataFrame,
    members: Mapping[str, Collection[str]],
    *,
    horizon_days: float = 365.0,
    discount: float = 0.1,
    margin_rate: float = 1.0,
    high_value: Collection[str] = (),
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return what to expect of a customer of each persona or segment.

    Parameters
    ----------
    model, histories, horizon_days, discount, margin_rate
        As for :func:`predicted_clv`.
    members
        Id of the persona or segment to its customers.
    high_value
        The high-value customers, from ``high_value_customers``.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        The columns of ``clv_by_group``; the intervals carry the standard errors of both
        models, which are fitted to all customers together.

    Raises
    ------
    InputError
        If the spend model must not be used, or an option is out of range.
    UnknownNameError
        If a column is missing.
    """
    check_options(minimum, level)
    horizon = _horizon(horizon_days, discount, margin_rate)
    values = predicted_clv(
        model,
        histories,
        horizon_days=horizon_days,
        discount=discount,
        margin_rate=margin_rate,
    )
    masks = group_masks(values["customer"].to_numpy(dtype=object), members)
    shown = {one: mask for one, mask in masks.items() if mask.sum() >= minimum}
    estimates = _means(
        model, histories, shown, horizon, margin_rate=margin_rate, level=level
    )
    return group_rows(
        values, members, estimates, high_value=high_value, minimum=minimum
    )


def _horizon(horizon_days: float, discount: float, margin_rate: float) -> _Horizon:
    if not 0 < horizon_days < np.inf:
        raise InputError(f"a horizon above 0 days was expected, not {horizon_days!r}")
    if not 0 <= discount < np.inf:
        raise InputError(
            f"a discount rate of a year from 0 was expected, not {discount!r}",
            mend="Write 10 % as 0.1",
        )
    if not 0 < margin_rate <= 1:
        raise InputError(
            f"a margin_rate above 0 and up to 1 was expected, not {margin_rate!r}",
            mend="Write 30 % as 0.3",
        )
    n_steps = max(math.ceil(horizon_days / _STEP_DAYS - 1e-9), 1)
    ends = np.minimum(np.arange(1, n_steps + 1) * _STEP_DAYS, horizon_days)
    middles = (ends + np.append(0.0, ends[:-1])) / 2
    return _Horizon(ends, (1 + discount) ** (-middles / _YEAR))


def _means(
    model: ClvModel,
    histories: pd.DataFrame,
    masks: Mapping[str | None, NDArray[np.bool_]],
    horizon: _Horizon,
    *,
    margin_rate: float,
    level: float,
) -> dict[str | None, Estimate]:
    """Return the mean value of each group, by the delta method on its logarithm.

    Purchases depend on four parameters and spend on three, so each is worked out anew
    only for its own.
    """
    repeats, recency, age = history_columns(histories)
    unit = model.purchases.unit_days
    spent = histories["repeat_spend"].to_numpy(dtype=float, na_value=np.nan)
    spent = np.where(repeats > 0, spent, 0.0)

    def bought(logs: NDArray[np.float64]) -> NDArray[np.float64]:
        values = np.exp(logs)
        alive = alive_share(values, repeats, recency / unit, age / unit)
        ends = horizon.ends / unit
        return alive * expected_repeats(
            values, repeats, age / unit, ends, horizon.worth
        )

    def paid(logs: NDArray[np.float64]) -> NDArray[np.float64]:
        return spend_of(np.exp(logs), repeats, spent)

    logs_bought = np.log(model.purchases.values)
    logs_paid = np.log(model.spend.values)
    times, money = bought(logs_bought), paid(logs_paid)
    slopes_bought = [slope * money for slope in _slopes(bought, logs_bought)]
    slopes_paid = [slope * times for slope in _slopes(paid, logs_paid)]
    z = -NormalDist().inv_cdf((1 - level) / 2)
    found = {}
    for subject, mask in masks.items():
        mean = float((times * money)[mask].mean())
        variance = 0.0
        for slopes, covariance in (
            (slopes_bought, model.purchases.covariance),
            (slopes_paid, model.spend.covariance),
        ):
            at = np.array([slope[mask].mean() / mean for slope in slopes])
            variance += float(at @ covariance @ at)
        spread = math.exp(min(z * math.sqrt(variance), 700.0))
        found[subject] = Estimate(
            mean * margin_rate, mean * margin_rate / spread, mean * margin_rate * spread
        )
    return found


def _slopes(
    curve: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    logs: NDArray[np.float64],
) -> list[NDArray[np.float64]]:
    """Return how fast each customer's number changes with each parameter."""
    found = []
    for index in range(len(logs)):
        step = np.zeros(len(logs))
        step[index] = _NUDGE
        found.append((curve(logs + step) - curve(logs - step)) / (2 * _NUDGE))
    return found
