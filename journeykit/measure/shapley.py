"""Shares of R squared: Shapley's (LMG) over all subsets, and Johnson's weights.

All subsets are reached by elimination: the residual variance of the outcome after each
subset of the first k drivers gives those after each subset of the first k + 1. The work
is a few numbers a subset, so fifteen drivers take milliseconds; a regression for each
of their 32,768 subsets takes seconds. A random sample of orders was turned down: two
runs would then differ.
"""

from __future__ import annotations

from functools import lru_cache
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from journeykit.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MOST_LMG_DRIVERS", "lmg_shares", "relative_weights", "tied_drivers"]

MOST_LMG_DRIVERS = 15
"""Above this many drivers the subsets are too many: Johnson's weights take over."""

_NOTHING_LEFT = 1e-9
"""Residual variance (of 1) below which a driver adds nothing to those before it."""


def lmg_shares(correlations: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each driver's share of R squared, averaged over all orders of entry.

    Parameters
    ----------
    correlations
        Correlation matrices, shape (..., p + 1, p + 1), outcome last; p is 1 to 15.

    Returns
    -------
    numpy.ndarray
        Shares, shape (..., p): each 0 or more, together R squared.

    Raises
    ------
    InputError
        If there is no driver or more than 15.

    Notes
    -----
    Lindeman, Merenda and Gold (1980); Groemping (2006), Journal of Statistical Software
    17(1). A driver that follows from others shares what they explain with them.

    Examples
    --------
    >>> lmg_shares(np.array([[1, 0, 0.6], [0, 1, 0.3], [0.6, 0.3, 1]])).round(4)
    array([0.36, 0.09])
    """
    *shape, n_rows, _ = correlations.shape
    n_drivers = n_rows - 1
    if not 1 <= n_drivers <= MOST_LMG_DRIVERS:
        raise InputError(
            f"1 to {MOST_LMG_DRIVERS} drivers were expected for shares over all "
            f"subsets, not {n_drivers}"
        )
    # The subsets stand last, so that each step runs along memory.
    left = np.moveaxis(correlations.reshape(-1, n_rows, n_rows), 0, -1)
    for _ in range(n_drivers):
        left = _eliminated(left)
    explained = 1 - left[0, 0].reshape(2**n_drivers, -1)
    found: NDArray[np.float64] = np.maximum(_averaged(explained, n_drivers), 0.0)
    return found.reshape(*shape, n_drivers)


def _eliminated(left: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what remains without the first variable, not taken and then taken.

    Only the upper triangle is filled: covariances are the same both ways.
    """
    n_more, n_sets = len(left) - 1, left.shape[-1]
    pivot, along = left[0, 0], left[0, 1:]
    scaled = along / np.where(pivot > _NOTHING_LEFT, pivot, np.inf)
    grown = np.empty((n_more, n_more, 2 * n_sets))
    for row in range(n_more):
        rest = left[row + 1, row + 1 :]
        grown[row, row:, :n_sets] = rest
        taken = along[row] * scaled[row:]
        np.subtract(rest, taken, out=grown[row, row:, n_sets:])
    return grown


def _averaged(explained: NDArray[np.float64], n_drivers: int) -> NDArray[np.float64]:
    """Return each driver's mean gain over all orders, from R squared of each subset.

    A gain is R squared with the driver minus that without it; so each subset counts for
    its members by one weight and against all others by another, both by its size. Sums
    over the members of a driver are taken by folding the subsets in two, again and
    again: half of them hold the last driver.
    """
    joined, missed = _subset_weights(n_drivers)
    against = missed @ explained
    sums = explained * (joined + missed)[:, None]
    gains = np.empty((explained.shape[1], n_drivers))
    for driver in reversed(range(n_drivers)):
        without, with_it = sums[: 2**driver], sums[2**driver :]
        gains[:, driver] = with_it.sum(axis=0) - against
        sums = without + with_it
    return gains


@lru_cache(maxsize=4)
def _subset_weights(
    n_drivers: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how much each subset counts for its members, and against the others."""
    subsets = np.arange(2**n_drivers)
    size = ((subsets[:, None] >> np.arange(n_drivers)) & 1).sum(axis=1)
    orders = [_order_share(n_drivers, before) for before in range(-1, n_drivers + 1)]
    by_size = np.array(orders)
    return by_size[size], by_size[size + 1]


def _order_share(n_drivers: int, n_before: int) -> float:
    """Return the share of orders in which exactly these drivers stand before one."""
    if not 0 <= n_before < n_drivers:
        return 0.0
    return 1 / (n_drivers * comb(n_drivers - 1, n_before))


def relative_weights(correlations: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Johnson's relative weights, which come close to Shapley's shares.

    Parameters
    ----------
    correlations
        Correlation matrices, shape (..., p + 1, p + 1), outcome last.

    Returns
    -------
    numpy.ndarray
        Weights, shape (..., p): each 0 or more, together R squared.

    Notes
    -----
    Johnson (2000), Multivariate Behavioral Research 35, 1-19: the drivers are replaced
    by the nearest ones without correlation, and what those explain is handed back.

    Examples
    --------
    >>> relative_weights(np.array([[1, 0, 0.6], [0, 1, 0.3], [0.6, 0.3, 1]])).round(4)
    array([0.36, 0.09])
    """
    among, with_outcome = correlations[..., :-1, :-1], correlations[..., :-1, -1]
    values, vectors = np.linalg.eigh(among)
    is_there = values > _NOTHING_LEFT
    roots = np.sqrt(np.where(is_there, values, 0.0))
    nearest = (vectors * roots[..., None, :]) @ np.swapaxes(vectors, -1, -2)
    back = np.swapaxes(vectors, -1, -2) @ with_outcome[..., None]
    scaled = back / np.where(is_there, roots, np.inf)[..., None]
    betas = (vectors @ scaled)[..., 0]
    weights = (nearest**2 @ (betas**2)[..., None])[..., 0]
    return np.asarray(weights, dtype=float)


def tied_drivers(
    correlations: NDArray[np.float64], *, tolerance: float = 1e-7
) -> dict[int, tuple[int, ...]]:
    """Return the drivers that follow exactly from others before them.

    Parameters
    ----------
    correlations
        Correlation matrix of the drivers, without the outcome.
    tolerance
        Share of a driver's variance that the others must leave, for it to count.

    Returns
    -------
    dict
        Place of the driver to the places of those that give it.

    Examples
    --------
    >>> tied_drivers(np.array([[1.0, 0, 1], [0, 1, 0], [1, 0, 1]]))
    {2: (0,)}
    """
    kept: list[int] = []
    tied: dict[int, tuple[int, ...]] = {}
    for driver in range(len(correlations)):
        betas = np.linalg.solve(
            correlations[np.ix_(kept, kept)], correlations[kept, driver]
        )
        left = correlations[driver, driver] - correlations[driver, kept] @ betas
        if left > tolerance:
            kept.append(driver)
        else:
            pairs = zip(kept, betas, strict=True)
            tied[driver] = tuple(at for at, beta in pairs if abs(beta) > 1e-3)
    return tied
