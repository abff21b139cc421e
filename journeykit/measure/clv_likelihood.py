"""The likelihoods of the two purchase models, and how their largest value is found.

All parameters are above 0, so they are sought as logarithms: no step can leave the
range, and the standard errors of logarithms give intervals above 0.

The gradients are written out. With differences in their place the search takes five
times as long, and stops where the differences drown in rounding: the very places where
a fit is about to go wrong.

The search is scipy's BFGS, not its L-BFGS-B: that one hands four numbers to a threaded
library, whose threads wait busily for each other. On a machine with other work it took
0.06 to 0.38 seconds of CPU for the CDNOW sample, against 0.02. For the same reason sums
of products are not written with ``@``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journeykit.errors import needed
from journeykit.language import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "Maximum",
    "Objective",
    "PurchaseLikelihood",
    "SpendLikelihood",
    "largest",
]

Objective = Callable[["NDArray[np.float64]"], "tuple[float, NDArray[np.float64]]"]
"""Takes logarithms of parameters; returns the log-likelihood and its gradient there."""

_WHAT = "the modelled customer lifetime value"
_FURTHEST = 14.0
"""A parameter outside e^-14 to e^14 (of the scaled data) has run away."""

_STEP = 1e-4
_NEWTON_STEPS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Maximum:
    """Where a likelihood is largest, and how sure that is.

    Parameters
    ----------
    logs
        Logarithms of the parameters.
    value
        The log-likelihood there.
    covariance
        Of the logarithms, from the curvature; NaN where it is no maximum.
    slope
        Largest part of the gradient of the log-likelihood of one customer.
    n_agree
        How many of the starts came to this value.
    n_starts
        Of how many.
    at_limit
        Which parameters ran to the end of their range.
    """

    logs: NDArray[np.float64]
    value: float
    covariance: NDArray[np.float64]
    slope: float
    n_agree: int
    n_starts: int
    at_limit: tuple[int, ...]

    def doubts(self) -> list[str]:
        """Return what the search for the largest likelihood leaves open."""
        doubts = []
        if self.at_limit:
            doubts.append(say("a parameter ran to the end of its range"))
        elif self.slope > 1e-6:
            doubts.append(say("the search found no highest point"))
        if self.n_agree < self.n_starts:
            doubts.append(
                say(
                    "only {n} of {total} starts came to the same fit",
                    n=self.n_agree,
                    total=self.n_starts,
                )
            )
        if np.isnan(self.covariance).any():
            doubts.append(say("its standard errors cannot be computed"))
        return doubts


class PurchaseLikelihood:
    """The log-likelihood of BG/NBD and its gradient, for grouped customers.

    Parameters
    ----------
    repeats, recency, age
        Repeat purchases, last - first and end - first, one row a group of equal
        customers; times in any one unit.
    counts
        Customers of each group.

    Notes
    -----
    Fader, Hardie and Lee (2005), Marketing Science 24, 275-284, equation 6. With D =
    log of the odds that a customer is lost, the sum of the two terms of the paper is
    the first times 1 + e^D, which cannot overflow. What depends on one column only is
    computed for its different values only.
    """

    def __init__(
        self,
        repeats: NDArray[np.float64],
        recency: NDArray[np.float64],
        age: NDArray[np.float64],
        counts: NDArray[np.float64],
    ) -> None:
        self._special = needed("scipy.special", _WHAT, "clv")
        self.n = float(counts.sum())
        self._x, x_at = np.unique(repeats, return_inverse=True)
        self._n_x = np.bincount(x_at, counts).astype(float)
        self._age, age_at = np.unique(age, return_inverse=True)
        self._n_age = np.bincount(age_at, counts).astype(float)
        self._x_age = np.bincount(age_at, counts * repeats).astype(float)
        is_back = repeats > 0
        self._back_x, self._back_n = repeats[is_back], counts[is_back]
        self._back_x_at, self._back_age_at = x_at[is_back], age_at[is_back]
        self._recency, self._recency_at = np.unique(
            recency[is_back], return_inverse=True
        )

    def __call__(self, logs: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Return the log-likelihood and its gradient by the logarithms."""
        gammaln, psi = self._special.gammaln, self._special.psi
        r, alpha, a, b = np.exp(logs)
        x, n_x = self._x, self._n_x
        log_age, per_age = np.log(alpha + self._age), 1 / (alpha + self._age)
        total = _dot(
            n_x,
            (gammaln(r + x) - gammaln(r) + r * np.log(alpha))
            + (gammaln(a + b) - gammaln(a + b + x))
            + (gammaln(b + x) - gammaln(b)),
        )
        both = psi(a + b) - psi(a + b + x)
        by_r = _dot(n_x, psi(r + x) - psi(r) + np.log(alpha))
        by_r -= _dot(self._n_age, log_age)
        weight = r * self._n_age + self._x_age
        total -= _dot(weight, log_age)
        by_alpha = self.n * r / alpha - _dot(weight, per_age)
        by_a = _dot(n_x, both)
        by_b = _dot(n_x, both + psi(b + x) - psi(b))
        # Customers who came back may have been lost after their last purchase.
        others = np.where(x > 0, b + x - 1, 1.0)
        log_last, per_last = np.log(alpha + self._recency), 1 / (alpha + self._recency)
        silence = log_age[self._back_age_at] - log_last[self._recency_at]
        s = r + self._back_x
        odds = np.log(a) - np.log(others)[self._back_x_at] + s * silence
        small = np.exp(-np.abs(odds))
        total += _dot(self._back_n, np.maximum(odds, 0) + np.log1p(small))
        lost = self._back_n * np.where(odds > 0, 1, small) / (1 + small)
        by_r += _dot(lost, silence)
        by_alpha += _dot(
            lost * s, per_age[self._back_age_at] - per_last[self._recency_at]
        )
        by_a += lost.sum() / a
        by_b -= _dot(lost, (1 / others)[self._back_x_at])
        gradient = np.array([by_r * r, by_alpha * alpha, by_a * a, by_b * b])
        return float(total), gradient


class SpendLikelihood:
    """The log-likelihood of Gamma-Gamma and its gradient.

    Parameters
    ----------
    repeats
        Repeat purchases of each customer, 1 or more.
    spend
        Mean amount of these, above 0.

    Notes
    -----
    Fader and Hardie (2013), "The Gamma-Gamma model of monetary value", equation 1a.
    """

    def __init__(
        self, repeats: NDArray[np.float64], spend: NDArray[np.float64]
    ) -> None:
        self._special = needed("scipy.special", _WHAT, "clv")
        self.n = float(len(repeats))
        self._x, self._at = np.unique(repeats, return_inverse=True)
        self._n_x = np.bincount(self._at).astype(float)
        self._repeats, self._sum = repeats, repeats * spend
        # Only the sum of these enters, so it is taken once.
        self._log_sums = np.bincount(self._at, np.log(self._sum)).astype(float)
        self._constant = float(np.log(spend).sum())

    def __call__(self, logs: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Return the log-likelihood and its gradient by the logarithms."""
        gammaln, psi = self._special.gammaln, self._special.psi
        p, q, v = np.exp(logs)
        x, n_x = self._x, self._n_x
        px = p * x
        above = np.log(v + self._sum)
        above_x = np.bincount(self._at, above).astype(float)
        per_sum = 1 / (v + self._sum)
        total = (
            _dot(n_x, gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(v))
            + _dot(px, self._log_sums)
            - self._constant
            - _dot(px + q, above_x)
        )
        by_p = _dot(n_x * x, psi(px + q) - psi(px)) + _dot(x, self._log_sums - above_x)
        by_q = _dot(n_x, psi(px + q) - psi(q) + np.log(v)) - above_x.sum()
        by_v = self.n * q / v - _dot(p * self._repeats + q, per_sum)
        return float(total), np.array([by_p * p, by_q * q, by_v * v])


def largest(
    objective: Objective, starts: Sequence[Sequence[float]], n: float
) -> Maximum:
    """Return where a log-likelihood is largest.

    Parameters
    ----------
    objective
        Log-likelihood and gradient at logarithms of parameters.
    starts
        Parameters (not logarithms) to start from.
    n
        Customers: the search sees the mean, so that its limits mean the same for all.

    Returns
    -------
    Maximum
        The best of all starts, polished by Newton's steps.
    """
    optimize = needed("scipy.optimize", _WHAT, "clv")

    def downhill(logs: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        # Beyond the range the ground rises, so that no step overflows.
        inside = np.clip(logs, -_FURTHEST, _FURTHEST)
        beyond = logs - inside
        value, gradient = objective(inside)
        slope = np.where(beyond == 0, -gradient / n, 0.0) + 2 * beyond
        return -value / n + float(beyond @ beyond), slope

    ends = []
    for start in starts:
        found = optimize.minimize(
            downhill,
            np.clip(np.log(np.asarray(start)), -_FURTHEST, _FURTHEST),
            jac=True,
            method="BFGS",
            options={"gtol": 1e-8, "maxiter": 500},
        )
        logs = np.clip(found.x, -_FURTHEST, _FURTHEST)
        ends.append((objective(logs)[0], logs))
    value, logs = max(ends, key=lambda one: one[0])
    # Starts agree where their likelihoods cannot be told apart by any data.
    n_agree = sum(value - one[0] < 1e-3 for one in ends)
    logs, curvature = _polished(objective, logs, n)
    value, gradient = objective(logs)
    at_limit = tuple(np.flatnonzero(np.abs(logs) > _FURTHEST - 0.01).tolist())
    return Maximum(
        logs,
        value,
        _inverse(curvature),
        float(np.abs(gradient).max() / n),
        n_agree,
        len(starts),
        at_limit,
    )


def _polished(
    objective: Objective, logs: NDArray[np.float64], n: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the parameters after Newton's steps, and the curvature there."""
    curvature = _curvature(objective, logs)
    value, gradient = objective(logs)
    for _ in range(_NEWTON_STEPS):  # pragma: no branch (precision ends it)
        if np.abs(gradient).max() / n < 1e-12 or not _is_bowl(curvature):
            break
        tried = logs + np.linalg.solve(curvature, gradient)
        if np.abs(tried).max() > _FURTHEST:
            break
        new_value, new_gradient = objective(tried)
        is_better = np.abs(new_gradient).max() < np.abs(gradient).max()
        if not is_better or new_value < value - 1e-6:
            break
        logs, value, gradient = tried, new_value, new_gradient
        curvature = _curvature(objective, logs)
    return logs, curvature


def _curvature(objective: Objective, logs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the observed information: differences of the exact gradient."""
    columns = []
    for index in range(len(logs)):
        step = np.zeros(len(logs))
        step[index] = _STEP
        columns.append(
            (objective(logs - step)[1] - objective(logs + step)[1]) / (2 * _STEP)
        )
    found = np.array(columns)
    return (found + found.T) / 2


def _is_bowl(curvature: NDArray[np.float64]) -> bool:
    return bool(np.linalg.eigvalsh(curvature).min() > 0)


def _inverse(curvature: NDArray[np.float64]) -> NDArray[np.float64]:
    if not _is_bowl(curvature):
        return np.full(curvature.shape, np.nan)
    return np.asarray(np.linalg.inv(curvature), dtype=float)


def _dot(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Return the sum of products, without the threads of ``@``."""
    return float(np.einsum("i,i->", first, second))
