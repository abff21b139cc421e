"""How often customers will buy: the BG/NBD model, and whether its fit can be trusted.

A customer buys at his own rate (rates are Gamma(r, alpha)) and after each purchase may
be lost for good, with his own chance (chances are Beta(a, b)). The four numbers are
found from how often and how recently each customer bought.

Ours, and scipy its only need: the libraries are archived, break between releases or
weigh 580 MB, and none says when a fit is degenerate. A shop whose customers hardly ever
seem to be lost (because they buy on for as long as the file runs) gets a fit that looks
perfect and forecasts too much; :func:`fit_purchases` looks for it and warns.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.errors import InputError, UnknownNameError, warn
from journeykit.language import percent, say
from journeykit.measure.clv_expected import alive_share, expected_repeats
from journeykit.measure.clv_likelihood import PurchaseLikelihood, largest
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "PARAMETER_COLUMNS",
    "PurchaseModel",
    "expected_purchases",
    "fit_purchases",
    "history_columns",
    "parameter_rows",
    "probability_alive",
]

PARAMETER_COLUMNS = ("parameter", "value", "low", "high", "standard_error", "n")
"""Columns of the table of a model's parameters, in order."""

_NEVER_LOST = 0.005
"""Below this mean chance of being lost after a purchase the model sees no losses."""

_STARTS = ((1.0, 1.0, 3.0), (0.25, 0.5, 2.0), (3.0, 0.2, 4.0))
"""r, a, b of the three starts; alpha follows from the mean rate."""


@dataclass(frozen=True, slots=True, eq=False)
class PurchaseModel:
    """A fitted BG/NBD.

    Parameters
    ----------
    r, alpha
        Shape and rate of the rates of purchase: their mean is r / alpha a unit of time.
    a, b
        Of the chances of being lost after a purchase: their mean is a / (a + b).
    unit_days
        The unit of time of *alpha*, in days.
    covariance
        Of the logarithms of r, alpha, a, b; NaN if it could not be had.
    log_likelihood
        With times in units of *unit_days*, as published tables have it.
    n, n_repeat
        Customers, and those who bought on a second day.
    n_groups
        Different histories among them.
    doubts
        Why the fit cannot be trusted, a sentence each; empty if it can.
    """

    r: float
    alpha: float
    a: float
    b: float
    unit_days: float
    covariance: NDArray[np.float64]
    log_likelihood: float
    n: int
    n_repeat: int
    n_groups: int
    doubts: tuple[str, ...] = ()

    @property
    def is_trusted(self) -> bool:
        """Whether nothing speaks against the fit."""
        return not self.doubts

    @property
    def values(self) -> NDArray[np.float64]:
        """The parameters r, alpha, a, b."""
        return np.array([self.r, self.alpha, self.a, self.b])

    def parameters(self, *, level: float = 0.95) -> pd.DataFrame:
        """Return the parameters with intervals and standard errors.

        Returns
        -------
        pandas.DataFrame
            ``parameter``, ``value``, ``low``, ``high``, ``standard_error``, ``n``. Ends
            are those of the logarithms, so that none is below 0.
        """
        names = ("r", "alpha", "a", "b")
        return parameter_rows(names, self.values, self.covariance, self.n, level)


def fit_purchases(histories: pd.DataFrame, *, unit_days: float = 7.0) -> PurchaseModel:
    """Return the BG/NBD model of purchase histories.

    Parameters
    ----------
    histories
        One row a customer: ``repeats``, ``recency_days``, ``age_days``.
    unit_days
        Unit of time of alpha and of the log-likelihood, in days; weeks as published.

    Returns
    -------
    PurchaseModel
        Parameters by maximum likelihood from three starts.

    Warns
    -----
    JourneyKitWarning
        If the fit cannot be trusted: a / (a + b) below 0.005; b above 50 with a below
        1; the sum of P(alive) above 99 % of the customers while more than 10 % of those
        who came back are silent for three times their own mean gap; or no clear
        maximum. The same sentences are the model's ``doubts``.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If there are fewer than five customers, nobody came back, or a history cannot
        be: last purchase after the end, or repeats without time.
    MissingExtraError
        If scipy is not installed.

    Notes
    -----
    Fader, Hardie and Lee (2005), "Counting your customers the easy way", Marketing
    Science 24, 275-284. Standard errors are those of the observed information.
    """
    if not 0 < unit_days < np.inf:
        raise InputError(f"a unit above 0 days was expected, not {unit_days!r}")
    repeats, recency, age = history_columns(histories)
    n, n_repeat = len(repeats), int((repeats > 0).sum())
    if n < MIN_ANSWERS or not n_repeat:
        raise InputError(
            f"{MIN_ANSWERS} customers or more, some of whom came back, were expected; "
            f"of {n} came back {n_repeat}",
            mend="A longer time of purchases may help",
        )
    # In its own scale the search works the same for days, weeks and years.
    scale = float(age.mean())
    x, last, end, counts = _grouped(repeats, recency, age)
    likelihood = PurchaseLikelihood(x, last / scale, end / scale, counts)
    rate = float(repeats.sum() / age.sum() * scale)
    starts = [(r, r / rate, a, b) for r, a, b in _STARTS]
    found = largest(likelihood, starts, float(n))
    r, alpha, a, b = (float(one) for one in np.exp(found.logs))
    doubts = (
        *_doubts((r, alpha * scale, a, b), x, last, end, counts),
        *found.doubts(),
    )
    model = PurchaseModel(
        r,
        alpha * scale / unit_days,
        a,
        b,
        float(unit_days),
        found.covariance,
        # A density of x purchases has the unit 1 / time^x.
        found.value - float(repeats.sum()) * float(np.log(scale / unit_days)),
        n,
        n_repeat,
        len(counts),
        doubts,
    )
    if doubts:
        doubted = "; ".join(doubts)
        warn(say("the purchase model cannot be trusted: {doubts}", doubts=doubted))
    return model


def probability_alive(
    model: PurchaseModel, histories: pd.DataFrame
) -> NDArray[np.float64]:
    """Return the probability that each customer still is one.

    Parameters
    ----------
    model
        The fitted model.
    histories
        One row a customer: ``repeats``, ``recency_days``, ``age_days``.

    Returns
    -------
    numpy.ndarray
        0 to 1, in the order of *histories*. Exactly 1 for whoever bought on one day
        only: in this model a customer can be lost only after a repeat purchase.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If a history cannot be.
    """
    repeats, recency, age = history_columns(histories)
    unit = model.unit_days
    return alive_share(model.values, repeats, recency / unit, age / unit)


def expected_purchases(
    model: PurchaseModel, histories: pd.DataFrame, *, horizon_days: float
) -> NDArray[np.float64]:
    """Return how many purchase days to expect of each customer from now on.

    Parameters
    ----------
    model
        The fitted model.
    histories
        One row a customer: ``repeats``, ``recency_days``, ``age_days``.
    horizon_days
        How far to look ahead, above 0.

    Returns
    -------
    numpy.ndarray
        Expected purchase days, in the order of *histories*.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If a history cannot be, or *horizon_days* is not above 0.
    """
    if not 0 < horizon_days < np.inf:
        raise InputError(f"a horizon above 0 days was expected, not {horizon_days!r}")
    repeats, recency, age = history_columns(histories)
    unit = model.unit_days
    alive = alive_share(model.values, repeats, recency / unit, age / unit)
    times, weights = np.array([horizon_days / unit]), np.ones(1)
    return alive * expected_repeats(model.values, repeats, age / unit, times, weights)


def history_columns(
    histories: pd.DataFrame,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return repeats, recency and age of customers, if such histories can be.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If a number is missing, or a history cannot be.
    """
    names = ("repeats", "recency_days", "age_days")
    for name in names:
        if name not in histories.columns:
            known = [str(column) for column in histories.columns]
            raise UnknownNameError("column", name, known, "histories")
    repeats, recency, age = (
        histories[name].to_numpy(dtype=float, na_value=np.nan) for name in names
    )
    # A last purchase on the first day is no repeat: days are merged before.
    is_whole = np.isfinite(repeats) & (repeats >= 0) & (repeats == np.floor(repeats))
    is_ordered = (recency <= age) & np.isfinite(age) & ((recency > 0) == (repeats > 0))
    faulty = np.flatnonzero(~(is_whole & is_ordered & (recency >= 0)))
    if len(faulty):
        row = faulty[0]
        raise InputError(
            "whole repeats from 0, a last purchase up to the end, and after the first "
            f"if there are repeats were expected; {len(faulty)} rows differ, the first "
            f"has {repeats[row]:g} repeats, {recency[row]:g} of {age[row]:g} days",
            f"histories, row {row + 1}",
        )
    return repeats, recency, age


def parameter_rows(
    names: tuple[str, ...],
    values: NDArray[np.float64],
    covariance: NDArray[np.float64],
    n: int,
    level: float,
) -> pd.DataFrame:
    """Return parameters with intervals from the covariance of their logarithms."""
    check_options(MIN_ANSWERS, level)
    z = -NormalDist().inv_cdf((1 - level) / 2)
    errors = np.sqrt(np.diag(covariance))
    with np.errstate(over="ignore"):  # a parameter without an upper end
        high = values * np.exp(z * errors)
    columns = (list(names), values, values * np.exp(-z * errors), high, values * errors)
    table = dict(zip(PARAMETER_COLUMNS, (*columns, [n] * len(names)), strict=True))
    return pd.DataFrame(table).astype({"parameter": "str"})


def _grouped(
    repeats: NDArray[np.float64],
    recency: NDArray[np.float64],
    age: NDArray[np.float64],
) -> tuple[NDArray[np.float64], ...]:
    """Return different histories, and how many customers have each."""
    keys = np.zeros(len(repeats), dtype="int64")
    for column in (repeats, recency, age):
        # Renumbered each time, so that products of three counts cannot overflow.
        values, codes = np.unique(column, return_inverse=True)
        keys = np.unique(keys * len(values) + codes, return_inverse=True)[1]
    _, first, counts = np.unique(keys, return_index=True, return_counts=True)
    return repeats[first], recency[first], age[first], counts.astype(float)


def _doubts(
    parameters: tuple[float, float, float, float],
    repeats: NDArray[np.float64],
    recency: NDArray[np.float64],
    age: NDArray[np.float64],
    counts: NDArray[np.float64],
) -> list[str]:
    """Return what makes a fit degenerate; times in one unit with alpha."""
    _, _, a, b = parameters
    n = counts.sum()
    doubts = []
    if a / (a + b) < _NEVER_LOST:
        doubts.append(
            say(
                "hardly anybody is ever lost in it (a / (a + b) is {share}, below "
                "{limit})",
                share=f"{a / (a + b):.2g}",
                limit=_NEVER_LOST,
            )
        )
    if b > 50 and a < 1:
        doubts.append(
            say(
                "the chances of being lost have no sensible spread (b is {b}, above "
                "50, with a {a}, below 1)",
                b=f"{b:.3g}",
                a=f"{a:.2g}",
            )
        )
    alive = alive_share(np.array(parameters), repeats, recency, age)
    gap = np.divide(
        recency, repeats, out=np.full(len(repeats), np.inf), where=repeats > 0
    )
    # Only who came back has a gap of his own.
    silent = counts[age - recency > 3 * gap].sum() / counts[repeats > 0].sum()
    share = float(counts @ alive / n)
    if share > 0.99 and silent > 0.10:
        doubts.append(
            say(
                "it takes {share} for active although {silent} of those who came back "
                "are silent for three times their own mean gap",
                share=percent(share, 1),
                silent=percent(silent, 1),
            )
        )
    return doubts
