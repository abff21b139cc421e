"""How far driver shares and their ranks could lie elsewhere: respondents drawn anew.

Whole respondents are drawn with replacement, so that what hangs together in one
person's answers stays together. Intervals are percentiles: a share cannot fall below 0,
so the lower end is above 0 even for a driver of no use. Read the ranks first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Shares", "Spread", "correlation_matrix", "resampled_shares", "spread_of"]

Shares: TypeAlias = "Callable[[NDArray[np.float64]], NDArray[np.float64]]"
"""What gives shares from correlation matrices, outcome last."""

_MOST_CELLS = 2_000_000
_BEST_SUBSETS = 2**18
"""Subsets in work at once that still fit the processor's cache."""

_FEWEST_AT_ONCE = 8
_CONSTANT = 1e-12


class Spread(NamedTuple):
    """Ends of the intervals of shares and of ranks, one place a driver."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    rank_low: NDArray[np.int64]
    rank_high: NDArray[np.int64]


def correlation_matrix(
    values: NDArray[np.float64], weights: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Return the correlations of columns; a constant one has none, and variance 0.

    Parameters
    ----------
    values
        One row a respondent, no gaps.
    weights
        Weight of each row; 1 each if None.

    Returns
    -------
    numpy.ndarray
        Symmetric; 1 in the diagonal, but 0 for a column that is constant.

    Examples
    --------
    >>> correlation_matrix(np.array([[1.0, 1, 7], [2, 2, 7], [3, 3, 7]])).round(6)
    array([[1., 1., 0.],
           [1., 1., 0.],
           [0., 0., 0.]])
    """
    columns = _standardised(values)
    parts = np.ones(len(values)) if weights is None else weights / weights.max()
    total = float(parts.sum())
    means = parts @ columns / total
    squares = (columns * parts[:, None]).T @ columns / total
    found: NDArray[np.float64] = _scaled((squares - np.outer(means, means))[None])[0]
    return found


def resampled_shares(
    values: NDArray[np.float64],
    shares: Shares,
    *,
    weights: NDArray[np.float64] | None,
    n_draws: int,
    seed: int,
) -> NDArray[np.float64]:
    """Return the shares of each draw of respondents.

    Parameters
    ----------
    values
        One row a respondent, drivers first, outcome last, no gaps.
    shares
        What gives shares from correlation matrices, outcome last.
    weights
        Weight of each row; 1 each if None.
    n_draws
        How many draws, 1 or more.
    seed
        The same seed gives the same draws.

    Returns
    -------
    numpy.ndarray
        One row a draw, one column a driver.
    """
    correlations = _drawn_correlations(values, weights, n_draws, seed)
    at_once = max(_FEWEST_AT_ONCE, _BEST_SUBSETS >> (values.shape[1] - 1))
    starts = range(0, n_draws, at_once)
    return np.concatenate([shares(correlations[at : at + at_once]) for at in starts])


def _drawn_correlations(
    values: NDArray[np.float64],
    weights: NDArray[np.float64] | None,
    n_draws: int,
    seed: int,
) -> NDArray[np.float64]:
    """Return the correlations of each draw; few large products keep processors calm."""
    n_rows = len(values)
    products = _products(_standardised(values))
    at_once = max(1, min(_MOST_CELLS // n_rows, n_draws))
    rng = np.random.default_rng(seed)
    found = []
    for start in range(0, n_draws, at_once):
        size = min(at_once, n_draws - start)
        drawn = rng.integers(0, n_rows, size=(size, n_rows))
        drawn += np.arange(size)[:, None] * n_rows
        counts = np.bincount(drawn.ravel(), minlength=size * n_rows)
        parts = counts.reshape(size, n_rows).astype(float)
        if weights is not None:
            parts *= weights / weights.max()
        found.append(_correlations(products, parts))
    return np.concatenate(found)


def spread_of(drawn: NDArray[np.float64], level: float) -> Spread:
    """Return the middle part of the drawn shares and of their ranks.

    Parameters
    ----------
    drawn
        One row a draw, one column a driver.
    level
        Coverage, between 0 and 1.

    Returns
    -------
    Spread
        Rank 1 is the largest share; equal shares have the better rank.

    Examples
    --------
    >>> spread = spread_of(np.array([[0.3, 0.2], [0.3, 0.1], [0.4, 0.5]]), 0.9)
    >>> spread.rank_low.tolist(), spread.rank_high.tolist()
    ([1, 1], [2, 2])
    """
    ends = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(drawn, ends, axis=0)
    ranks = 1 + (drawn[:, None, :] > drawn[:, :, None]).sum(axis=2)
    best, worst = np.quantile(ranks, ends, axis=0, method="inverted_cdf")
    return Spread(low, high, best.astype(np.int64), worst.astype(np.int64))


def _standardised(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return columns around 0 with spread 1, so that squares lose no digits."""
    centred = values - values.mean(axis=0)
    largest = np.abs(centred).max(axis=0, initial=0.0)
    is_constant = largest <= _CONSTANT * np.abs(values).max(axis=0, initial=0.0)
    scaled = centred / np.where(is_constant, 1.0, largest)
    scaled[:, is_constant] = 0.0
    spread = np.sqrt((scaled**2).mean(axis=0))
    return np.asarray(scaled / np.where(is_constant, 1.0, spread))


def _products(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each row's values and their products, two by two."""
    first, second = np.triu_indices(columns.shape[1])
    return np.hstack([columns, columns[:, first] * columns[:, second]])


def _correlations(
    products: NDArray[np.float64], parts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return a correlation matrix for each row of weights."""
    # c columns have c sums and c (c + 1) / 2 products.
    n_columns = round((np.sqrt(9 + 8 * products.shape[1]) - 3) / 2)
    total = parts.sum(axis=1, keepdims=True)
    moments = (parts @ products) / np.where(total > 0, total, 1.0)
    means, squares = moments[:, :n_columns], moments[:, n_columns:]
    first, second = np.triu_indices(n_columns)
    found = squares - means[:, first] * means[:, second]
    matrices = np.empty((len(parts), n_columns, n_columns))
    matrices[:, first, second] = found
    matrices[:, second, first] = found
    return _scaled(matrices)


def _scaled(covariances: NDArray[np.float64]) -> NDArray[np.float64]:
    variances = np.diagonal(covariances, axis1=1, axis2=2)
    is_constant = variances <= _CONSTANT
    scale = np.sqrt(np.where(is_constant, np.inf, variances))
    matrices = covariances / (scale[:, :, None] * scale[:, None, :])
    here = np.arange(covariances.shape[1])
    matrices[:, here, here] = np.where(is_constant, 0.0, 1.0)
    found: NDArray[np.float64] = np.clip(matrices, -1.0, 1.0)
    return found
