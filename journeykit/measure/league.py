"""Many workshops by one score: which stand apart from the others, and from whom.

A league table without intervals ranks noise. Here each place comes with the places that
are possible, and each score is held against all others together.

Only scores with their intervals are needed, not the answers, so that workshops whose
data lie apart can be compared.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.measure.multiple import benjamini_hochberg

__all__ = ["LEAGUE_COLUMNS", "league_table"]

LEAGUE_COLUMNS = (
    *("name", "value", "low", "high", "n"),
    *("rank", "rank_low", "rank_high", "n_alike"),
    *("difference", "difference_low", "difference_high"),
    *("p_value", "p_adjusted", "standing"),
)
"""Columns of :func:`league_table`, in order."""

_NEEDED = ("name", "value", "low", "high", "n")


def league_table(
    scores: pd.DataFrame, *, is_up: bool = True, level: float = 0.95
) -> pd.DataFrame:
    """Return scores in their order, with the places that each may have.

    Parameters
    ----------
    scores
        One row a workshop: ``name``; ``value``, ``low``, ``high`` of one measure, the
        interval of *level*; ``n`` answers. All of different people.
    is_up
        Whether higher is better.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        Best first: the columns given; ``rank``; ``rank_low`` and ``rank_high``, the
        best and the worst place that is possible (all of them hold together at
        *level*); ``n_alike``, how many others cannot be told apart from it;
        ``difference`` from the mean of all others, each counting once, with
        ``difference_low`` and ``difference_high``; ``p_value``, ``p_adjusted``
        (Benjamini-Hochberg); ``standing``: ``better``, ``worse`` or ``may be chance``.

    Raises
    ------
    InputError
        If a column or a number is missing, or *level* is out of range.

    Notes
    -----
    Places: each interval is widened to the level that makes all of them hold at once
    (Sidak); a workshop stands behind those that lie wholly above it, and before those
    wholly below (Klein, Wright and Wieczorek 2020, Journal of the Royal Statistical
    Society A 183, 589-606). Difference: from the distances of both intervals (Zou and
    Donner 2008, Statistics in Medicine 27, 1693-1702), which for two shares is
    Newcombe's method.

    Examples
    --------
    >>> scores = pd.DataFrame({
    ...     "name": ["Ghent", "Bern", "Porto"],
    ...     "value": [0.5, 0.9, 0.52], "low": [0.45, 0.87, 0.47],
    ...     "high": [0.55, 0.93, 0.57], "n": [400, 400, 400],
    ... })
    >>> league_table(scores)[["name", "rank", "rank_low", "rank_high"]].values.tolist()
    [['Bern', 1, 1, 1], ['Porto', 2, 2, 3], ['Ghent', 3, 2, 3]]
    """
    if not 0 < level < 1:
        raise InputError(f"a level between 0 and 1 was expected, not {level!r}")
    missing = [name for name in _NEEDED if name not in scores.columns]
    if missing:
        raise InputError(f"a column {missing[0]} was expected, it is not there")
    table = scores[list(_NEEDED)].reset_index(drop=True)
    if table[["value", "low", "high"]].isna().any(axis=None) or (table["n"] <= 0).any():
        raise InputError("a value with its interval and n was expected in every row")
    sign = 1.0 if is_up else -1.0
    order = np.argsort(-sign * table["value"].to_numpy(float), kind="stable")
    table = table.iloc[order].reset_index(drop=True)
    value = table["value"].to_numpy(float)
    below = value - table["low"].to_numpy(float)
    above = table["high"].to_numpy(float) - value
    table["rank"] = np.arange(1, len(table) + 1)
    places = _places(
        sign * value, *((below, above) if is_up else (above, below)), level
    )
    table["rank_low"], table["rank_high"] = places
    table["n_alike"] = table["rank_high"] - table["rank_low"]
    apart = _against_others(value, below, above, level)
    for name, column in zip(LEAGUE_COLUMNS[9:13], apart, strict=True):
        table[name] = column
    table["p_adjusted"] = benjamini_hochberg(apart[3])
    is_apart = table["p_adjusted"] < 1 - level
    is_better = sign * table["difference"] > 0
    table["standing"] = np.select(
        [is_apart & is_better, is_apart], ["better", "worse"], "may be chance"
    )
    return table[list(LEAGUE_COLUMNS)]


def _places(
    value: np.ndarray, below: np.ndarray, above: np.ndarray, level: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the best and the worst place of each, higher being better."""
    n = len(value)
    together = level ** (1 / n) if n else level
    wider = _z(together) / _z(level)
    low, high = value - wider * below, value + wider * above
    n_better = (low[None, :] > high[:, None]).sum(axis=1)
    n_worse = (high[None, :] < low[:, None]).sum(axis=1)
    return 1 + n_better, n - n_worse


def _against_others(
    value: np.ndarray, below: np.ndarray, above: np.ndarray, level: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return each difference from the mean of all others, its ends and p value."""
    n = len(value)
    if n < 2:
        nothing = np.full(n, np.nan)
        return nothing, nothing, nothing, nothing
    mean = (value.sum() - value) / (n - 1)
    squares = [(half**2).sum() - half**2 for half in (below, above)]
    down, up = (np.sqrt(np.maximum(square, 0)) / (n - 1) for square in squares)
    difference = value - mean
    low = difference - np.hypot(below, up)
    high = difference + np.hypot(above, down)
    # The side that looks towards the others decides, as the interval does.
    towards = np.where(difference >= 0, difference - low, high - difference)
    score = np.divide(
        np.abs(difference),
        towards / _z(level),
        out=np.full(len(value), math.inf),
        where=towards > 0,
    )
    score[difference == 0] = 0.0
    p_value = np.array([math.erfc(one / math.sqrt(2)) for one in score])
    return difference, low, high, p_value


def _z(level: float) -> float:
    return NormalDist().inv_cdf(0.5 + level / 2)
