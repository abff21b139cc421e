"""Would the model have been right? A forecast from the first part of the time.

It is held against the rest, beside the plainest forecast there is: that all goes on as
before. A model that does not beat "repeat rate carried on" has earned no trust, however
well it fits.

The interval comes from a simulation of these customers: parameters are drawn within
their standard errors, and from them each customer's rate, loss and spend. So it holds
both what the model does not know and what nobody can know.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.language import word
from journeykit.measure.clv_expected import alive_share
from journeykit.measure.clv_forecast import ClvModel, fit_clv
from journeykit.measure.clv_model import expected_purchases, history_columns
from journeykit.measure.clv_spend import expected_spend
from journeykit.measure.purchases import (
    PurchaseDays,
    days_between,
    purchase_histories,
)
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "BACKTEST_COLUMNS",
    "BY_REPEATS_COLUMNS",
    "Backtest",
    "backtest_clv",
]

BACKTEST_COLUMNS = (
    "of",
    "forecast",
    "value",
    "low",
    "high",
    "actual",
    "error_share",
    "mean_error",
    "n",
)
"""Columns of :attr:`Backtest.table`, in order."""

BY_REPEATS_COLUMNS = ("repeats", "n", "actual", "modelled", "carried_on", "own_rate")
"""Columns of :attr:`Backtest.by_repeats`, in order."""

_MODELLED = word("modelled")
_CARRIED_ON = word("repeat rate carried on")
_OWN_RATE = word("each customer's own rate carried on")
_CLASSES = ((0, 0), (1, 1), (2, 2), (3, 3), (4, 6), (7, None))
_MOST_DRAWN = 600_000


@dataclass(frozen=True, slots=True, eq=False)
class Backtest:
    """How forecasts held out.

    Parameters
    ----------
    model
        Both models, fitted to the first part.
    cut
        Last day of the first part.
    horizon_days
        Days of the rest.
    table
        One row for each of ``of`` ("purchase days", "revenue") and ``forecast``
        ("modelled", "repeat rate carried on": that of all customers together, "each
        customer's own rate carried on"): ``value`` (forecast for all customers of the
        first part together), ``low``, ``high`` (NaN for those that have none),
        ``actual``, ``error_share`` ((value - actual) / actual; NaN where actual is 0),
        ``mean_error`` (mean of the absolute errors of single customers), ``n``
        (customers). Without purchases of new customers, which no forecast here knows.
    by_repeats
        One row for each class of ``repeats`` in the first part: ``n`` (customers) and
        mean purchase days in the rest: ``actual``, ``modelled``, ``carried_on``,
        ``own_rate`` (NaN below the minimum).
    """

    model: ClvModel
    cut: pd.Timestamp
    horizon_days: int
    table: pd.DataFrame
    by_repeats: pd.DataFrame

    @property
    def is_better(self) -> bool:
        """Whether the model came nearer to the purchase days than carrying on."""
        rows = self.table[self.table["of"] == "purchase days"]
        errors = rows.set_index("forecast")["error_share"].abs()
        return bool(errors[_MODELLED] < errors[_CARRIED_ON])


class _Forecast(NamedTuple):
    """Purchase days and revenue forecast for each customer."""

    days: NDArray[np.float64]
    revenue: NDArray[np.float64]


def backtest_clv(
    purchases: PurchaseDays,
    *,
    share: float = 2 / 3,
    unit_days: float = 7.0,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
    seed: int = 1,
) -> Backtest:
    """Return how a model of the first part of the time foresees the rest.

    Parameters
    ----------
    purchases
        Purchase days.
    share
        Part of the time that the model is fitted to, between 0 and 1.
    unit_days
        Unit of time of the model, in days.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.
    seed
        Of the simulation behind the intervals.

    Returns
    -------
    Backtest
        The forecasts for all customers of the first part beside what came.

    Warns
    -----
    JourneyKitWarning
        If a fit cannot be trusted.

    Raises
    ------
    InputError
        If an option is out of range, a part has no days, or too few customers came back
        in the first.
    MissingExtraError
        If scipy is not installed.
    """
    check_options(minimum, level)
    if not 0 < share < 1:
        raise InputError(f"a share between 0 and 1 was expected, not {share!r}")
    start, end = purchases.start, purchases.end
    n_days = 0 if start is None or end is None else (end - start).days
    n_fitted = math.floor(n_days * share)
    if start is None or end is None or not 0 < n_fitted < n_days:
        raise InputError(
            f"days before and after the cut were expected, there are {n_days} in all"
        )
    cut = start + pd.Timedelta(days=n_fitted)
    horizon = n_days - n_fitted
    histories = purchase_histories(purchases, until=cut)
    model = fit_clv(histories, unit_days=unit_days)
    repeats, _, age = history_columns(histories)
    spent = repeats * histories["repeat_spend"].fillna(0.0).to_numpy()
    days = expected_purchases(model.purchases, histories, horizon_days=horizon)
    spend = np.full(len(days), np.nan)
    if not model.spend.refusal:
        spend = expected_spend(model.spend, histories)
    forecasts = {
        _MODELLED: _Forecast(days, days * spend),
        _CARRIED_ON: _Forecast(
            np.full(len(days), repeats.sum() / age.sum() * horizon),
            np.full(len(days), spent.sum() / age.sum() * horizon),
        ),
        _OWN_RATE: _Forecast(_own(repeats, age, horizon), _own(spent, age, horizon)),
    }
    rest = days_between(purchases, cut + pd.Timedelta(days=1)).days
    came = rest.groupby("customer")["amount"].agg(["size", "sum"])
    came = came.reindex(histories["customer"]).fillna(0.0)
    actual = _Forecast(came["size"].to_numpy(float), came["sum"].to_numpy(float))
    ends = _simulated_ends(model, histories, horizon, level, seed)
    table = _table(forecasts, actual, ends, minimum)
    classes = _by_repeats(repeats, forecasts, actual, minimum)
    return Backtest(model, cut, horizon, table, classes)


def _own(
    made: NDArray[np.float64], age: NDArray[np.float64], horizon: int
) -> NDArray[np.float64]:
    return np.divide(made * horizon, age, out=np.zeros(len(age)), where=age > 0)


def _table(
    forecasts: dict[str, _Forecast],
    actual: _Forecast,
    ends: dict[str, tuple[float, float]],
    minimum: int,
) -> pd.DataFrame:
    rows = []
    for of, at in (("purchase days", 0), ("revenue", 1)):
        for name, forecast in forecasts.items():
            came, foreseen = actual[at], forecast[at]
            total, value = float(came.sum()), float(foreseen.sum())
            low, high = ends[of] if name == _MODELLED else (math.nan, math.nan)
            error = (value - total) / total if total else math.nan
            mean_error = float(np.abs(foreseen - came).mean())
            numbers = [value, low, high, total, error, mean_error]
            if len(came) < minimum:
                numbers = [math.nan] * len(numbers)
            cells = (of, name, *numbers, len(came))
            rows.append(dict(zip(BACKTEST_COLUMNS, cells, strict=True)))
    return pd.DataFrame(rows).astype({"of": "str", "forecast": "str", "n": "int64"})


def _by_repeats(
    repeats: NDArray[np.float64],
    forecasts: dict[str, _Forecast],
    actual: _Forecast,
    minimum: int,
) -> pd.DataFrame:
    rows = []
    for low, high in _CLASSES:
        inside = (repeats >= low) & (repeats <= (np.inf if high is None else high))
        n = int(inside.sum())
        name = f"{low} or more" if high is None else f"{low} to {high}"
        name = str(low) if low == high else name
        columns = (actual, *(forecasts[one] for one in forecasts))
        means = [
            float(one.days[inside].mean()) if n >= minimum else math.nan
            for one in columns
        ]
        rows.append(dict(zip(BY_REPEATS_COLUMNS, (name, n, *means), strict=True)))
    return pd.DataFrame(rows).astype({"repeats": "str", "n": "int64"})


def _simulated_ends(
    model: ClvModel, histories: pd.DataFrame, horizon: int, level: float, seed: int
) -> dict[str, tuple[float, float]]:
    """Return the ends between which the totals fall with the chance *level*."""
    unknown = dict.fromkeys(("purchase days", "revenue"), (math.nan, math.nan))
    how_often, how_much = model.purchases, model.spend
    if np.isnan(how_often.covariance).any():
        return unknown
    chance = np.random.default_rng(seed)
    n_draws = int(np.clip(_MOST_DRAWN / len(histories), 40, 200))
    repeats, recency, age = (
        one / scale
        for one, scale in zip(
            history_columns(histories),
            (1, how_often.unit_days, how_often.unit_days),
            strict=True,
        )
    )
    spent = repeats * histories["repeat_spend"].fillna(0.0).to_numpy()
    has_spend = not how_much.refusal and not np.isnan(how_much.covariance).any()
    totals = np.full((n_draws, 2), np.nan)
    for draw in range(n_draws):
        parameters = _drawn(chance, how_often.values, how_often.covariance)
        r, alpha, a, b = parameters
        is_there = chance.random(len(repeats)) < alive_share(
            parameters, repeats, recency, age
        )
        rates = chance.gamma(r + repeats, 1 / (alpha + age))
        losses = np.maximum(chance.beta(a, b + repeats), 1e-12)
        until_lost = chance.geometric(losses)
        wanted = chance.poisson(rates * horizon / how_often.unit_days)
        bought = np.where(is_there, np.minimum(wanted, until_lost), 0)
        totals[draw, 0] = bought.sum()
        if has_spend:
            p, q, v = _drawn(chance, how_much.values, how_much.covariance)
            scales = chance.gamma(p * repeats + q) / (v + spent)
            totals[draw, 1] = (chance.gamma(p * bought) / scales)[bought > 0].sum()
    # Sums over many customers: their spread needs fewer draws than their quantiles.
    half = -NormalDist().inv_cdf((1 - level) / 2) * totals.std(axis=0, ddof=1)
    middle = totals.mean(axis=0)
    low, high = np.maximum(middle - half, 0.0), middle + half
    return {of: (float(low[at]), float(high[at])) for at, of in enumerate(unknown)}


def _drawn(
    chance: np.random.Generator,
    values: NDArray[np.float64],
    covariance: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return parameters drawn within their standard errors, none run away."""
    logs = np.log(values)
    drawn = chance.multivariate_normal(logs, covariance, method="eigh")
    return np.exp(np.clip(drawn, logs - 5, logs + 5))
