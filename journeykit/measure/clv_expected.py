"""What BG/NBD expects of each customer: whether he still is one, and what he will buy.

The textbook form of the expected purchases has a hypergeometric function whose factors
overflow for busy customers, a division by a - 1 that fails at a = 1, and a pole where a
+ b is near 1. All three come from solving an integral that need not be solved: the
expectation over the drop-out chance p, which is Beta(a, b + x) for a customer still
there, of (1 - (1 + p t / (alpha + T))^-(r + x)) / p. That is a smooth and bounded
function of p, so a Gauss-Jacobi rule of 64 points gives it to twelve digits while the
horizon t is below ten times alpha + T, and to five at fifty times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journeykit.errors import needed

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["alive_share", "expected_repeats"]

_N_POINTS = 64
_MOST_ROWS = 20_000


def alive_share(
    parameters: NDArray[np.float64],
    repeats: NDArray[np.float64],
    recency: NDArray[np.float64],
    age: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the probability that each customer still is one.

    Parameters
    ----------
    parameters
        r, alpha, a, b of BG/NBD.
    repeats, recency, age
        Histories of customers, in the unit of alpha.

    Returns
    -------
    numpy.ndarray
        0 to 1. Exactly 1 without repeat purchases: in this model a customer can only be
        lost right after one.

    Notes
    -----
    Fader, Hardie and Lee (2005), "Computing P(alive) using the BG/NBD model".
    """
    r, alpha, a, b = parameters
    is_back = repeats > 0
    others = np.where(is_back, b + repeats - 1, 1.0)
    odds = np.log(a) - np.log(others)
    odds += (r + repeats) * np.log((alpha + age) / (alpha + recency))
    small = np.exp(-np.abs(odds))
    share = np.where(odds > 0, small, 1.0) / (1 + small)
    return np.where(is_back, share, 1.0)


def expected_repeats(
    parameters: NDArray[np.float64],
    repeats: NDArray[np.float64],
    age: NDArray[np.float64],
    times: NDArray[np.float64],
    weights: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return what each customer will buy if he still is one, added up over times.

    Parameters
    ----------
    parameters
        r, alpha, a, b of BG/NBD.
    repeats, age
        Histories of customers, in the unit of alpha.
    times
        Ends of the steps of a horizon from now, ascending, above 0.
    weights
        What a purchase in each step is worth; 1 for plain numbers.

    Returns
    -------
    numpy.ndarray
        The sum over the steps of weight x purchases expected in the step.

    Notes
    -----
    Fader, Hardie and Lee (2005), Marketing Science 24, equation 10, before the integral
    over p is solved.
    """
    r, alpha, a, b = parameters
    # A step's purchases are E(t) - E(t before): E(t) counts again in the next step.
    factors = weights - np.append(weights[1:], 0.0)
    found = np.zeros(len(repeats))
    order = np.argsort(repeats, kind="stable")
    different, starts = np.unique(repeats[order], return_index=True)
    for x, rows in zip(different, np.split(order, starts[1:]), strict=True):
        ages, back = np.unique(age[rows], return_inverse=True)
        p, share = _beta_points(a, b + x)
        sums = np.zeros(len(ages))
        for begin in range(0, len(ages), _MOST_ROWS):
            part = slice(begin, begin + _MOST_ROWS)
            ratio = p / (alpha + ages[part, None])
            for time, factor in zip(times, factors, strict=True):
                bought = -np.expm1(-(r + x) * np.log1p(ratio * time)) / p
                sums[part] += factor * np.einsum("ij,j->i", bought, share)
        found[rows] = sums[back]
    return found


def _beta_points(a: float, b: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points and weights of Gauss' rule for Beta(a, b), by Golub and Welsch.

    scipy has these rules, but its weights overflow for large *b*.
    """
    first, second = b - 1, a - 1
    total = first + second
    k = np.arange(1, _N_POINTS)
    # The general forms divide 0 by 0 at the first term for some parameters.
    middle = np.empty(_N_POINTS)
    middle[0] = (second - first) / (total + 2)
    middle[1:] = (second - first) * (second + first) / (2 * k + total)
    middle[1:] /= 2 * k + total + 2
    beside = np.empty(_N_POINTS - 1)
    beside[0] = 4 * a * b / ((total + 2) ** 2 * (total + 3))
    j = k[1:]
    beside[1:] = 4 * j * (j + first) * (j + second) * (j + total)
    beside[1:] /= (2 * j + total) ** 2 * (2 * j + total + 1) * (2 * j + total - 1)
    linalg = needed("scipy.linalg", "the modelled customer lifetime value", "clv")
    points, vectors = linalg.eigh_tridiagonal(middle, np.sqrt(beside))
    # Rounding may bring the smallest to 0 or below; the function is flat there.
    return np.maximum((1 + points) / 2, 1e-13), vectors[0] ** 2
