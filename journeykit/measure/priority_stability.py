"""How firm a ranking is: scores and weights are varied, and places in the top counted.

Where single people scored, they are drawn anew as if another group of the same kind had
met; where only an agreed score is there, it goes a step up or down. Equal entries are
put in order by lot in each draw, so exactly three entries are in the top three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING, Literal

import numpy as np

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.priority_people import refuse_twice
from journeykit.measure.priority_tables import (
    entry_ids,
    number_column,
    optional_column,
    ranked_table,
    ranks_of,
)

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["STABILITY_COLUMNS", "estimate_stability", "rank_stability"]

STABILITY_COLUMNS = (
    "entry",
    "value",
    "rank",
    "top_share",
    "rank_low",
    "rank_high",
    "n_people",
    "varied",
)
"""Columns of :func:`rank_stability` and :func:`estimate_stability`, in order."""

_STEP_SHARE = 0.25
"""Share of the draws in which a score goes up a step, and in which it goes down."""


def rank_stability(
    table: pd.DataFrame,
    criteria: Mapping[str, float] | Sequence[str] = ("severity", "frequency"),
    *,
    combine: Literal["product", "sum"] = "product",
    individual: pd.DataFrame | None = None,
    scale: tuple[float, float] | None = (1, 5),
    spread: float = 0.25,
    top: int = 3,
    n_draws: int = 1_000,
    seed: int = 1,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how often each entry stays in the top three when scores and weights vary.

    Parameters
    ----------
    table
        One row an entry: ``entry`` (id) and a column for each criterion; empty if the
        group agreed on nothing.
    criteria
        Columns to combine, the first decides ties; with weights (powers of a product,
        factors of a sum) or of the same weight. A negative weight counts against, as
        effort does.
    combine
        Product or sum of the weighted criteria.
    individual
        Scores of single people, one row each: ``entry``, ``participant``,
        ``criterion``, ``value``.
    scale
        Ends of the scale of all criteria; scores without single people's vary by one
        step. None: free numbers (as in RICE), which vary by *spread*.
    spread
        Weights vary by this share up and down, 0 to 1.
    top
        How many places count as the top.
    n_draws
        How many draws, 1 or more.
    seed
        The same seed gives the same draws.
    level
        Share of the draws that lies between the ends of the rank, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row an entry, first rank first: ``entry``; ``value``, ``rank`` (of the
        agreed scores, or of the medians where nothing was agreed); ``top_share`` (share
        of the draws in the top, 0 to 1); ``rank_low``, ``rank_high`` (best and worst
        rank in most draws); ``n_people`` (fewest who scored a criterion; 0: agreed
        only); ``varied`` (how, in words). No rank and NaN if not rated.

    Raises
    ------
    UnknownNameError
        If a column, an entry or a criterion is not there; it offers the nearest.
    TableError
        If an entry stands twice, somebody scored twice, or a score is off the scale.
    InputError
        If an option is out of range.

    Examples
    --------
    >>> import pandas as pd
    >>> pains = pd.DataFrame(
    ...     {
    ...         "entry": ["queue", "signs", "price", "food"],
    ...         "severity": [5, 3, 3, 1],
    ...         "frequency": [5, 3, 3, 1],
    ...     }
    ... )
    >>> rank_stability(pains).set_index("entry")["top_share"].round(1).to_dict()
    {'queue': 1.0, 'signs': 1.0, 'price': 1.0, 'food': 0.0}
    """
    weights = _weights(criteria)
    if combine not in ("product", "sum"):
        raise InputError(f'"product" or "sum" was expected, not {combine!r}')
    _check(spread, top, n_draws, level)
    ids = entry_ids(table)
    rng = np.random.default_rng(seed)
    people = {} if individual is None else _scores(individual, ids, weights, scale)
    agreed, drawn = [], []
    n_people = np.full(len(ids), np.iinfo(np.int64).max)
    for name in weights:
        given = _criterion(table, name, scale)
        if combine == "product" and (given < 0).any():
            raise InputError(f"a product needs {name} of 0 or more; take the sum")
        ratings = people.get(name, np.empty((len(ids), 0)))
        counts = (~np.isnan(ratings)).sum(axis=1)
        n_people = np.minimum(n_people, np.where(counts > 1, counts, 0))
        middle = _medians(ratings)
        given = np.where(np.isnan(given), middle, given)
        agreed.append(given)
        varied = _varied(given, scale, spread, n_draws, rng)
        if ratings.shape[1]:
            again = _people_drawn_anew(ratings, middle, n_draws, seed)
            varied = np.where(counts > 1, again, varied)
        drawn.append(varied)
    factors = np.array(list(weights.values()))
    value = _combined(np.array(agreed), factors[:, None], combine)
    shape = (len(factors), n_draws, 1)
    around = factors[:, None, None] * rng.uniform(1 - spread, 1 + spread, shape)
    values = _combined(np.array(drawn), around, combine)
    ranks = ranks_of(value, agreed[0])
    words = f"weights by {spread:.0%}"
    how = "scores one step" if scale is not None else f"scores by {spread:.0%}"
    columns: dict[str, object] = {
        "entry": ids,
        "value": value,
        "rank": ranks,
        "n_people": n_people,
        "varied": [
            "not rated"
            if np.isnan(number)
            else f"{f'people drawn anew ({n})' if n else how}, {words}"
            for number, n in zip(value, n_people, strict=True)
        ],
    }
    columns |= _places(values, np.isnan(value), top, level, rng)
    return ranked_table(columns, STABILITY_COLUMNS)


def estimate_stability(
    table: pd.DataFrame,
    *,
    interval_level: float = 0.95,
    top: int = 3,
    n_draws: int = 1_000,
    seed: int = 1,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how often each entry stays in the top three within the intervals.

    Parameters
    ----------
    table
        One row an entry: ``entry``, ``value``, ``low``, ``high``, as the measured ways
        of setting priorities give them (one segment). Empty if not measured.
    interval_level
        Coverage of those intervals.
    top, n_draws, seed, level
        As in :func:`rank_stability`.

    Returns
    -------
    pandas.DataFrame
        As :func:`rank_stability`. Each value is drawn from its interval, half of the
        draws on either side of the value.

    Raises
    ------
    UnknownNameError
        If a column is not there; it offers the nearest.
    TableError
        If an entry stands twice or a cell is no number.
    InputError
        If an option is out of range.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"entry": ["a", "b"], "value": [9, 1], "low": [8, 0], "high": [10, 2]}
    ... )
    >>> estimate_stability(table, top=1)["top_share"].tolist()
    [1.0, 0.0]
    """
    _check(0.0, top, n_draws, level)
    if not 0 < interval_level < 1:
        raise InputError(
            f"a level between 0 and 1 was expected, not {interval_level!r}"
        )
    value = number_column(table, "value", np.isfinite, "a number")
    low = np.minimum(optional_column(table, "low", value), value)
    high = np.maximum(optional_column(table, "high", value), value)
    rng = np.random.default_rng(seed)
    errors = rng.normal(size=(n_draws, len(value)))
    errors /= NormalDist().inv_cdf(0.5 + interval_level / 2)
    values = value + np.where(errors < 0, value - low, high - value) * errors
    is_missing = np.isnan(value)
    columns: dict[str, object] = {
        "entry": entry_ids(table),
        "value": value,
        "rank": ranks_of(value),
        "n_people": np.zeros(len(value), dtype=np.int64),
        "varied": [
            "not measured" if at else "within the interval" for at in is_missing
        ],
    }
    columns |= _places(values, is_missing, top, level, rng)
    return ranked_table(columns, STABILITY_COLUMNS)


def _weights(criteria: Mapping[str, float] | Sequence[str]) -> dict[str, float]:
    if isinstance(criteria, str):
        criteria = (criteria,)
    if isinstance(criteria, Mapping):
        weights = {name: float(weight) for name, weight in criteria.items()}
    else:
        weights = dict.fromkeys(criteria, 1.0)
    if not weights:
        raise InputError("at least one criterion was expected, there is none")
    return weights


def _check(spread: float, top: int, n_draws: int, level: float) -> None:
    if not 0 <= spread < 1:
        raise InputError(f"a spread from 0 to below 1 was expected, not {spread!r}")
    if top < 1 or n_draws < 1:
        raise InputError("at least one place and one draw were expected")
    if not 0 < level < 1:
        raise InputError(
            f"a level between 0 and 1 was expected, not {level!r}",
            mend="Write 95 % as 0.95",
        )


def _criterion(
    table: pd.DataFrame, name: str, scale: tuple[float, float] | None
) -> NDArray[np.float64]:
    if scale is None:
        return number_column(table, name, np.isfinite, "a number")
    low, high = scale
    return number_column(
        table,
        name,
        lambda numbers: (numbers >= low) & (numbers <= high),
        f"a score from {low:g} to {high:g}",
    )


def _scores(
    individual: pd.DataFrame,
    ids: list[str],
    weights: Mapping[str, float],
    scale: tuple[float, float] | None,
) -> dict[str, NDArray[np.float64]]:
    """Return scores by criterion: a row an entry, a column a person."""
    entries = entry_ids(individual, once=False)
    people = entry_ids(individual, once=False, col="participant")
    names = entry_ids(individual, once=False, col="criterion")
    values = _criterion(individual, "value", scale)
    refuse_twice(entries, people, names)
    rows = {name: at for at, name in enumerate(ids)}
    places = {name: at for at, name in enumerate(dict.fromkeys(people))}
    found = {name: np.full((len(ids), len(places)), np.nan) for name in weights}
    for entry, person, name, value in zip(entries, people, names, values, strict=True):
        if entry not in rows:
            raise UnknownNameError("entry", entry, ids)
        if name in found:  # scores of other criteria may stand in the same table
            found[name][rows[entry], places[person]] = value
    return found


def _medians(ratings: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the median of each row; NaN where nobody scored."""
    there = ~np.isnan(ratings).all(axis=1)
    middle = np.full(len(ratings), np.nan)
    if there.any():
        middle[there] = np.nanmedian(ratings[there], axis=1)
    return middle


def _people_drawn_anew(
    ratings: NDArray[np.float64],
    middle: NDArray[np.float64],
    n_draws: int,
    seed: int,
) -> NDArray[np.float64]:
    """Return medians of groups of people drawn anew; the same groups for all scores."""
    n_people = ratings.shape[1]
    drawn = np.random.default_rng(seed).integers(0, n_people, size=(n_draws, n_people))
    found = np.empty((n_draws, len(ratings)))
    for row, given in enumerate(ratings):
        again = _medians(given[drawn])
        found[:, row] = np.where(np.isnan(again), middle[row], again)
    return found


def _varied(
    given: NDArray[np.float64],
    scale: tuple[float, float] | None,
    spread: float,
    n_draws: int,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    shape = (n_draws, len(given))
    if scale is None:
        return given * rng.uniform(1 - spread, 1 + spread, shape)
    chance = (_STEP_SHARE, 1 - 2 * _STEP_SHARE, _STEP_SHARE)
    found: NDArray[np.float64] = given + rng.choice([-1, 0, 1], size=shape, p=chance)
    return np.clip(found, *scale)


def _combined(
    scores: NDArray[np.float64], weights: NDArray[np.float64], combine: str
) -> NDArray[np.float64]:
    """Return the product or sum over the criteria, which stand first."""
    if combine == "sum":
        return np.asarray((scores * weights).sum(axis=0))
    with np.errstate(divide="ignore"):  # 0 to a negative power is endless
        return np.asarray((scores**weights).prod(axis=0))


def _places(
    values: NDArray[np.float64],
    is_missing: NDArray[np.bool_],
    top: int,
    level: float,
    rng: np.random.Generator,
) -> dict[str, object]:
    """Return how often each column of *values* is in the top, and its usual ranks."""
    n_draws, n_entries = values.shape
    lot = rng.random(values.shape)
    order = np.lexsort((lot, np.where(is_missing, np.inf, -values)), axis=-1)
    ranks = np.empty((n_draws, n_entries))
    np.put_along_axis(ranks, order, np.arange(1.0, n_entries + 1)[None, :], axis=1)
    ends = [(1 - level) / 2, (1 + level) / 2]
    if n_entries:
        low, high = np.quantile(ranks, ends, axis=0, method="inverted_cdf")
    else:
        low, high = np.empty(0), np.empty(0)
    return {
        "top_share": np.where(is_missing, np.nan, (ranks <= top).mean(axis=0)),
        "rank_low": np.where(is_missing, np.nan, low),
        "rank_high": np.where(is_missing, np.nan, high),
    }
