"""How much customers will spend: the Gamma-Gamma model of the mean purchase.

The mean of a few purchases says little about a customer, so it is drawn towards the
mean of all, the more so the fewer there are. The model takes it that who buys often
spends neither more nor less a time; the correlation is given so that this can be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journeykit.errors import InputError, UnknownNameError, warn
from journeykit.language import decimals, say, word
from journeykit.measure.clv_likelihood import SpendLikelihood, largest
from journeykit.measure.clv_model import history_columns, parameter_rows
from journeykit.measure.result import MIN_ANSWERS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["SpendModel", "expected_spend", "fit_spend", "spend_of"]

_RELATED = 0.3
"""From this correlation of how often with how much on, the note says so."""


@dataclass(frozen=True, slots=True, eq=False)
class SpendModel:
    """A fitted Gamma-Gamma.

    Parameters
    ----------
    p
        Shape of the single amounts of a customer.
    q, v
        Shape and scale of the spread between customers, *v* in money.
    covariance
        Of the logarithms of p, q, v; NaN if it could not be had.
    log_likelihood
        Of the mean repeat amounts.
    n
        Customers who came back.
    correlation
        Of the number of repeats with their mean amount, -1 to 1; the model takes 0.
    doubts
        What a reader must know, a sentence each.
    refusal
        Why the model must not be used; empty if it may.
    """

    p: float
    q: float
    v: float
    covariance: NDArray[np.float64]
    log_likelihood: float
    n: int
    correlation: float
    doubts: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def values(self) -> NDArray[np.float64]:
        """The parameters p, q, v."""
        return np.array([self.p, self.q, self.v])

    @property
    def is_trusted(self) -> bool:
        """Whether nothing speaks against the fit."""
        return not self.doubts and not self.refusal

    def parameters(self, *, level: float = 0.95) -> pd.DataFrame:
        """Return the parameters with intervals and standard errors.

        Returns
        -------
        pandas.DataFrame
            ``parameter``, ``value``, ``low``, ``high``, ``standard_error``, ``n``.
        """
        names = ("p", "q", "v")
        return parameter_rows(names, self.values, self.covariance, self.n, level)


def fit_spend(histories: pd.DataFrame) -> SpendModel:
    """Return the Gamma-Gamma model of the mean repeat amounts.

    Parameters
    ----------
    histories
        One row a customer: ``repeats``, ``recency_days``, ``age_days`` and
        ``repeat_spend``; customers without repeats count for nothing.

    Returns
    -------
    SpendModel
        Parameters by maximum likelihood from three starts. With q at or below 1 the
        mean spend of all customers is infinite: the model then has a ``refusal``, and
        whatever needs it refuses.

    Warns
    -----
    JourneyKitWarning
        If the fit cannot be trusted or must not be used; the same sentences are the
        model's ``doubts`` and ``refusal``.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If fewer than five customers came back, or a mean amount is not above 0.
    MissingExtraError
        If scipy is not installed.

    Notes
    -----
    Fader and Hardie (2013), "The Gamma-Gamma model of monetary value".
    """
    repeats, spend = _spending(histories)
    is_back = repeats > 0
    x, z = repeats[is_back], spend[is_back]
    if len(x) < MIN_ANSWERS:
        raise InputError(
            f"{MIN_ANSWERS} customers who came back, or more, were expected; there are "
            f"{len(x)}"
        )
    scale = float(z.mean())
    likelihood = SpendLikelihood(x, z / scale)
    starts = [(4.0, 3.0, 0.7), (1.0, 2.0, 1.0), (10.0, 6.0, 0.5)]
    found = largest(likelihood, starts, float(len(x)))
    p, q, v = (float(one) for one in np.exp(found.logs))
    is_level = np.ptp(x) == 0 or np.ptp(z) == 0
    correlation = 0.0 if is_level else float(np.corrcoef(x, z)[0, 1])
    doubts = list(found.doubts())
    if abs(correlation) >= _RELATED:
        words = word(
            "who buys often spends less a time (correlation {r}), which the model "
            "rules out"
        )
        if correlation > 0:
            words = word(
                "who buys often spends more a time (correlation {r}), which the model "
                "rules out"
            )
        doubts.append(say(words, r=decimals(correlation, 2)))
    refusal = ""
    if q <= 1:
        refusal = say(
            "the spend of customers differs too much for this model (q is {q}, at "
            "or below 1, so the expected spend is infinite)",
            q=f"{q:.3g}",
        )
    model = SpendModel(
        p,
        q,
        v * scale,
        found.covariance,
        found.value - len(x) * float(np.log(scale)),
        len(x),
        correlation,
        tuple(doubts),
        refusal,
    )
    if refusal:
        warn(say("the spend model must not be used: {reason}", reason=refusal))
    elif doubts:
        doubted = "; ".join(doubts)
        warn(say("the spend model cannot be trusted: {doubts}", doubts=doubted))
    return model


def expected_spend(model: SpendModel, histories: pd.DataFrame) -> NDArray[np.float64]:
    """Return the mean amount of a purchase to expect of each customer.

    Parameters
    ----------
    model
        The fitted model.
    histories
        One row a customer: ``repeats``, ``recency_days``, ``age_days`` and
        ``repeat_spend``.

    Returns
    -------
    numpy.ndarray
        Money, in the order of *histories*: p (v + x z) / (p x + q - 1), which is the
        mean of all customers where nothing is known of one.

    Raises
    ------
    InputError
        If the model must not be used (q at or below 1), or an amount is not above 0.
    UnknownNameError
        If a column is missing.
    """
    if model.refusal:
        raise InputError(
            model.refusal, mend="Look for few customers who outspend all others"
        )
    repeats, spend = _spending(histories)
    return spend_of(model.values, repeats, spend)


def spend_of(
    parameters: NDArray[np.float64],
    repeats: NDArray[np.float64],
    spend: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the expected mean amount; *spend* is 0 where there are no repeats."""
    p, q, v = parameters
    return np.asarray(p * (v + repeats * spend) / (p * repeats + q - 1))


def _spending(
    histories: pd.DataFrame,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return repeats and their mean amount, 0 where there are none."""
    repeats, _, _ = history_columns(histories)
    if "repeat_spend" not in histories.columns:
        known = [str(column) for column in histories.columns]
        raise UnknownNameError("column", "repeat_spend", known, "histories")
    spend = histories["repeat_spend"].to_numpy(dtype=float, na_value=np.nan)
    is_back = repeats > 0
    faulty = np.flatnonzero(is_back & ~((spend > 0) & np.isfinite(spend)))
    if len(faulty):
        raise InputError(
            "a mean amount above 0 was expected of every customer who came back; "
            f"{len(faulty)} have none, the first: {spend[faulty[0]]:g}",
            f"histories, row {faulty[0] + 1}",
        )
    return repeats, np.where(is_back, spend, 0.0)
