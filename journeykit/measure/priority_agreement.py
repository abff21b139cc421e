"""Rankings side by side: how far methods agree, and who sees what otherwise.

Agreement is shown and not averaged: two methods that rank the other way round each know
something that the other does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.measure.groups import survey_column
from journeykit.measure.priority_people import middle_and_quartiles, refuse_twice
from journeykit.measure.priority_tables import entry_ids, number_column, ranked_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "AGREEMENT_COLUMNS",
    "PEOPLE_COLUMNS",
    "SPREAD_COLUMNS",
    "kendall_tau",
    "method_agreement",
    "people_apart",
    "rankings_side_by_side",
    "rating_spread",
    "spearman_rho",
]

AGREEMENT_COLUMNS = (
    "method_a",
    "method_b",
    "kendall",
    "spearman",
    "n",
    "n_top_shared",
)
"""Columns of :func:`method_agreement`, in order."""

SPREAD_COLUMNS = (
    "entry",
    "criterion",
    *("median", "low", "high", "lowest", "highest", "spread"),
    *("who_low", "who_high", "n_people"),
)
"""Columns of :func:`rating_spread`, in order."""

PEOPLE_COLUMNS = (
    "participant",
    "distance",
    "spearman",
    "furthest_entry",
    "furthest_distance",
    "n",
)
"""Columns of :func:`people_apart`, in order."""


def rankings_side_by_side(rankings: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the rank of each entry by each method.

    Parameters
    ----------
    rankings
        Method to its table, with ``entry`` and ``rank``, one row an entry.

    Returns
    -------
    pandas.DataFrame
        One row an entry, in the order of the first method: ``entry``; a column for each
        method with its rank (NA where it has none); ``rank_best``, ``rank_worst``,
        ``rank_spread`` (worst - best), ``n_methods`` (that ranked it).

    Raises
    ------
    InputError
        If there is no ranking.
    UnknownNameError
        If a table lacks a column.
    TableError
        If an entry stands twice in a ranking: take one segment.

    Examples
    --------
    >>> votes = pd.DataFrame({"entry": ["queue", "signs"], "rank": [1, 2]})
    >>> rice = pd.DataFrame({"entry": ["signs"], "rank": [1]})
    >>> table = rankings_side_by_side({"votes": votes, "rice": rice})
    >>> table[["entry", "votes", "rice"]].to_dict("records")
    [{'entry': 'queue', 'votes': 1, 'rice': None}, \
{'entry': 'signs', 'votes': 2, 'rice': 1}]
    """
    if not rankings:
        raise InputError("at least one ranking was expected, there is none")
    ranks = {
        method: dict(zip(entry_ids(table), _ranks(table), strict=True))
        for method, table in rankings.items()
    }
    entries = list(dict.fromkeys(name for by in ranks.values() for name in by))
    first = next(iter(ranks.values()))
    entries.sort(
        key=lambda name: float(np.nan_to_num(first.get(name, np.inf), nan=np.inf))
    )
    table = pd.DataFrame({"entry": pd.Series(entries, dtype="str")})
    columns = {
        method: np.array([by.get(name, np.nan) for name in entries], dtype=float)
        for method, by in ranks.items()
    }
    for method, numbers in columns.items():
        table[method] = pd.Series(numbers).astype("Int64")
    every = pd.DataFrame(columns)
    table["rank_best"] = every.min(axis=1).astype("Int64")
    table["rank_worst"] = every.max(axis=1).astype("Int64")
    table["rank_spread"] = table["rank_worst"] - table["rank_best"]
    table["n_methods"] = every.notna().sum(axis=1)
    return table


def method_agreement(
    rankings: Mapping[str, pd.DataFrame], *, top: int = 3
) -> pd.DataFrame:
    """Return how far each two methods agree.

    Parameters
    ----------
    rankings
        Method to its table, with ``entry`` and ``rank``, one row an entry.
    top
        How many places count as the top.

    Returns
    -------
    pandas.DataFrame
        One row a pair of methods: ``method_a``, ``method_b``; ``kendall`` (tau-b),
        ``spearman`` (rho), both -1 (the other way round) to 1 (the same order), NaN
        below three entries or without any order; ``n`` (entries that both ranked);
        ``n_top_shared`` (of those, in the top of both).

    Raises
    ------
    InputError
        If there is no ranking.
    UnknownNameError
        If a table lacks a column.
    TableError
        If an entry stands twice in a ranking.

    Examples
    --------
    >>> votes = pd.DataFrame({"entry": ["a", "b", "c"], "rank": [1, 2, 3]})
    >>> rice = pd.DataFrame({"entry": ["a", "b", "c"], "rank": [2, 1, 3]})
    >>> found = method_agreement({"votes": votes, "rice": rice})
    >>> found[["kendall", "spearman"]].round(3).to_dict("records")
    [{'kendall': 0.333, 'spearman': 0.5}]
    """
    table = rankings_side_by_side(rankings)
    rows = []
    for first, second in combinations(rankings, 2):
        pair = table[[first, second]].dropna().to_numpy(dtype=float)
        rows.append(
            {
                "method_a": first,
                "method_b": second,
                "kendall": kendall_tau(pair[:, 0], pair[:, 1]),
                "spearman": spearman_rho(pair[:, 0], pair[:, 1]),
                "n": len(pair),
                "n_top_shared": int((pair <= top).all(axis=1).sum()),
            }
        )
    columns: dict[str, object] = {
        name: pd.Series(
            [row[name] for row in rows],
            dtype={"m": "str", "n": "int64"}.get(name[0], "float64"),
        )
        for name in AGREEMENT_COLUMNS
    }
    return ranked_table(columns, AGREEMENT_COLUMNS)


def kendall_tau(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Return Kendall's tau-b, which allows for ties; NaN below three or without order.

    Examples
    --------
    >>> round(kendall_tau(np.array([1, 2, 2, 4]), np.array([1, 2, 3, 4])), 4)
    0.9129
    """
    if len(first) < 3:
        return float("nan")
    above = np.triu_indices(len(first), 1)
    signs = [
        np.sign(np.subtract.outer(given, given))[above] for given in (first, second)
    ]
    bottom = float(np.sqrt(np.abs(signs[0]).sum() * np.abs(signs[1]).sum()))
    return float((signs[0] * signs[1]).sum()) / bottom if bottom else float("nan")


def spearman_rho(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """Return Spearman's rho with mean ranks for ties; NaN below three or without order.

    Examples
    --------
    >>> round(spearman_rho(np.array([1, 2, 2, 4]), np.array([1, 2, 3, 4])), 4)
    0.9487
    """
    if len(first) < 3:
        return float("nan")
    ranks = [pd.Series(given).rank().to_numpy() for given in (first, second)]
    spreads = [float(given.std()) for given in ranks]
    if min(spreads) == 0:
        return float("nan")
    together = float((ranks[0] * ranks[1]).mean() - ranks[0].mean() * ranks[1].mean())
    return together / (spreads[0] * spreads[1])


def rating_spread(individual: pd.DataFrame) -> pd.DataFrame:
    """Return where people disagree about an entry, the widest first.

    Parameters
    ----------
    individual
        One row a person, entry and criterion: ``entry``, ``participant``,
        ``criterion``, ``value`` (empty if not scored).

    Returns
    -------
    pandas.DataFrame
        One row an entry and criterion: ``entry``, ``criterion``; ``median``, ``low``,
        ``high`` (quartiles), ``lowest``, ``highest``, ``spread`` (highest - lowest);
        ``who_low``, ``who_high`` (participants at both ends; empty if all agree);
        ``n_people``.

    Raises
    ------
    UnknownNameError
        If a column is not there.
    TableError
        If somebody scored twice, or a cell is no number.

    Examples
    --------
    >>> scores = pd.DataFrame(
    ...     {
    ...         "entry": ["queue"] * 3,
    ...         "participant": ["p1", "p2", "p3"],
    ...         "criterion": ["severity"] * 3,
    ...         "value": [5, 1, 5],
    ...     }
    ... )
    >>> rating_spread(scores)[["spread", "who_low", "who_high"]].to_dict("records")
    [{'spread': 4.0, 'who_low': ('p2',), 'who_high': ('p1', 'p3')}]
    """
    scores = _individual(individual)
    rows = []
    for (entry, criterion), given in scores.groupby(["entry", "criterion"], sort=False):
        values = given["value"].to_numpy()
        median, low, high = middle_and_quartiles(values)
        lowest, highest = float(values.min()), float(values.max())
        ends = [
            () if lowest == highest else tuple(given.loc[values == end, "participant"])
            for end in (lowest, highest)
        ]
        numbers = (median, low, high, lowest, highest, highest - lowest)
        rows.append((entry, criterion, *numbers, *ends, len(values)))
    columns: dict[str, object] = {
        name: [row[at] for row in rows] for at, name in enumerate(SPREAD_COLUMNS)
    }
    table = ranked_table(columns, SPREAD_COLUMNS)
    return table.sort_values(
        "spread", ascending=False, kind="stable", ignore_index=True
    )


def people_apart(individual: pd.DataFrame) -> pd.DataFrame:
    """Return how far each person's scores lie from those of all others.

    Parameters
    ----------
    individual
        One row a person, entry and criterion: ``entry``, ``participant``,
        ``criterion``, ``value`` (empty if not scored).

    Returns
    -------
    pandas.DataFrame
        One row a person, the furthest first: ``participant``; ``distance`` (mean of
        abs(score - median of the others)); ``spearman`` (of the scores and those
        medians, -1 to 1; NaN below three); ``furthest_entry``, ``furthest_distance``;
        ``n`` (scores that others gave as well). NaN where nobody else scored the same.

    Raises
    ------
    UnknownNameError
        If a column is not there.
    TableError
        If somebody scored twice, or a cell is no number.
    """
    scores = _individual(individual)
    scores["others"] = np.nan
    for _, given in scores.groupby(["entry", "criterion"], sort=False):
        values = given["value"].to_numpy()
        if len(values) > 1:
            scores.loc[given.index, "others"] = [
                np.median(np.delete(values, at)) for at in range(len(values))
            ]
    scores["distance"] = (scores["value"] - scores["others"]).abs()
    rows = []
    for person, given in scores.groupby("participant", sort=False):
        shared = given.dropna(subset="others")
        row: tuple[object, ...] = (person, np.nan, np.nan, "", np.nan, 0)
        if len(shared):
            far = shared.iloc[int(shared["distance"].to_numpy().argmax())]
            rho = spearman_rho(shared["value"].to_numpy(), shared["others"].to_numpy())
            distance = float(shared["distance"].mean())
            row = (person, distance, rho, far["entry"], far["distance"], len(shared))
        rows.append(row)
    columns: dict[str, object] = {
        name: [row[at] for row in rows] for at, name in enumerate(PEOPLE_COLUMNS)
    }
    return ranked_table(columns, PEOPLE_COLUMNS).sort_values(
        "distance", ascending=False, kind="stable", ignore_index=True
    )


def _individual(individual: pd.DataFrame) -> pd.DataFrame:
    """Return the scores that were given, with the columns that are needed."""
    keys = {
        col: entry_ids(individual, once=False, col=col)
        for col in ("entry", "participant", "criterion")
    }
    refuse_twice(*keys.values())
    values = number_column(individual, "value", np.isfinite, "a number")
    return pd.DataFrame({**keys, "value": values}).dropna(ignore_index=True)


def _ranks(table: pd.DataFrame) -> NDArray[np.float64]:
    return survey_column(table, "rank").to_numpy(dtype=float, na_value=np.nan)
