"""What a pain point may cost: customers touched x difference in churn x lifetime value.

Always a range, and nothing at all without customers who were not touched: a churn rate
alone says nothing about a pain point. Both groups may differ in other ways, so the
number is an upper guess at what mending would bring back, and the note says so.
"""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journeykit.errors import InputError
from journeykit.language import say, word
from journeykit.measure.differences import share_difference
from journeykit.measure.priority_data import count_column
from journeykit.measure.priority_tables import (
    entry_ids,
    is_shared,
    number_column,
    ranked_table,
    ranks_of,
)
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS, Result
from journeykit.model.reliability import reliability_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["VALUE_AT_STAKE_COLUMNS", "Churned", "value_at_stake", "values_at_stake"]

VALUE_AT_STAKE_COLUMNS = (
    "entry",
    "touched",
    *("churn_difference", "churn_difference_low", "churn_difference_high"),
    *("clv", "clv_low", "clv_high"),
    *("value", "low", "high", "rank", "is_tied"),
    *("n", "n_left_out", "left_out", "reliability", "note"),
)
"""Columns of :func:`values_at_stake`, in order."""

_CAUTION = word("the groups may differ in other ways too")
_UNSURE = word("the difference in churn may be none")
_NO_GROUP = word("no comparison group: customers who were not touched are needed")


class Churned(NamedTuple):
    """How many of a group's customers left in the window."""

    lost: int
    n: int


def value_at_stake(
    touched: int,
    clv: Result,
    *,
    among_touched: Churned,
    among_others: Churned | None,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return what customers touched by a pain point may cost, as a range.

    Parameters
    ----------
    touched
        Customers whom it touches in the window, 0 or more.
    clv
        Lifetime value of a customer, with its interval.
    among_touched, among_others
        Customers who left, of those watched: touched ones, and ones who were not
        touched, in the same window.
    minimum
        Fewest customers in each group that may be shown, 5 or more.
    level
        Coverage of the interval of the difference in churn, between 0 and 1.

    Returns
    -------
    Result
        *touched* x (churn of the touched - churn of the others) x *clv*, in money; the
        range takes the ends of both factors, so it covers more than *level*. Below 0
        where the touched stay longer. Not measured if *clv* is not, or a group is too
        small.

    Raises
    ------
    InputError
        If there is no comparison group, a count is no count, or *clv* is no lifetime
        value.

    Examples
    --------
    >>> clv = Result("clv_to_date", 100.0, 80.0, 120.0, n=500)
    >>> stake = value_at_stake(
    ...     1_000, clv, among_touched=Churned(56, 70), among_others=Churned(48, 80)
    ... )
    >>> round(stake.value), round(stake.low), round(stake.high)
    (20000, 4195, 40065)
    """
    check_options(minimum, level)
    _check_clv(clv)
    if among_others is None or among_others.n == 0:
        raise InputError(
            "a comparison group was expected: customers whom the pain point did not "
            "touch, and how many of them left",
            mend="Without one the churn rate says nothing about the pain point",
        )
    if not touched >= 0:
        raise InputError(f"0 or more customers were expected, not {touched!r}")
    churn = _difference(among_touched, among_others, minimum, level)
    value, low, high = (_given(end) for end in _range(touched, churn, clv))
    n = min(among_touched.n, among_others.n)
    note = "" if value is None else _caution(churn)
    key = "value_at_stake"
    return Result(key, value, low, high, n, level=level, minimum=minimum, note=note)


def values_at_stake(
    table: pd.DataFrame,
    clv: Result,
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the value at stake of each entry, the largest first.

    Parameters
    ----------
    table
        One row an entry: ``entry`` (id); ``touched`` (customers); ``lost_touched`` of
        ``n_touched`` and ``lost_others`` of ``n_others`` (customers who left, of those
        watched; empty without a comparison group).
    clv
        Lifetime value of a customer, with its interval.
    minimum
        Fewest customers in each group that may be shown, 5 or more.
    level
        Coverage of the interval of the difference in churn, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row an entry: ``entry``; ``touched``; ``churn_difference`` (share among the
        touched - share among the others) and ``clv``, each with ``_low`` and ``_high``;
        ``value``, ``low``, ``high`` (money); ``rank``, ``is_tied``; ``n`` (customers of
        the smaller group), ``n_left_out``, ``left_out``, ``reliability``; ``note`` (why
        there is no number, or what to think of with it).

    Raises
    ------
    UnknownNameError
        If a column is not there; it offers the nearest.
    TableError
        If an entry stands twice or a cell is no count.
    InputError
        If more left than were watched, or *clv* is no lifetime value.
    """
    check_options(minimum, level)
    _check_clv(clv)
    ids = entry_ids(table)
    touched = number_column(
        table, "touched", lambda n: n >= 0, "a number of customers from 0"
    )
    groups = [
        [
            Churned(int(lost), int(n))
            for lost, n in zip(
                count_column(table, f"lost_{group}"),
                count_column(table, f"n_{group}"),
                strict=True,
            )
        ]
        for group in ("touched", "others")
    ]
    pairs = list(zip(groups[0], groups[1], strict=True))
    churns = [_difference(*pair, minimum, level) for pair in pairs]
    found = np.array(
        [_range(n, churn, clv) for n, churn in zip(touched, churns, strict=True)]
    ).reshape(-1, 3)
    n_smaller = [min(first.n, second.n) for first, second in pairs]
    ranks = ranks_of(found[:, 0])
    columns: dict[str, object] = {
        "entry": ids,
        "touched": touched,
        "rank": ranks,
        "is_tied": is_shared(ranks),
        "n": np.array(n_smaller, dtype=np.int64),
        "n_left_out": np.zeros(len(ids), dtype=np.int64),
        "left_out": [{} for _ in ids],
        "reliability": [reliability_of(n, minimum) for n in n_smaller],
        "note": [
            _note(number, pair, churn, at_stake)
            for number, pair, churn, at_stake in zip(
                touched, pairs, churns, found[:, 0], strict=True
            )
        ],
    }
    ends = zip(("", "_low", "_high"), _ends_of(clv), range(3), strict=True)
    for end, worth, at in ends:
        columns[f"churn_difference{end}"] = np.array([churn[at] for churn in churns])
        columns[f"clv{end}"] = np.full(len(ids), worth)
        columns[end.removeprefix("_") or "value"] = found[:, at]
    return ranked_table(columns, VALUE_AT_STAKE_COLUMNS)


def _check_clv(clv: Result) -> None:
    if not clv.definition.startswith("clv_") or clv.definition == "clv_growth_rate":
        raise InputError(f"a lifetime value was expected, not a {clv.definition}")


def _difference(
    touched: Churned, others: Churned, minimum: int, level: float
) -> tuple[float, float, float]:
    """Return the difference in churn with its interval; NaN if a group is too small."""
    for lost, n in (touched, others):
        if not 0 <= lost <= n:
            raise InputError(f"0 to {n} lost customers were expected, not {lost}")
    if min(touched.n, others.n) < minimum:
        return (math.nan, math.nan, math.nan)
    value, low, high, _ = share_difference(*others, *touched, level=level)
    return value, low, high


def _ends_of(clv: Result) -> tuple[float, float, float]:
    """Return a lifetime value and its ends; without an interval it is its own."""
    value = math.nan if clv.value is None else clv.value
    low, high = (value if end is None else end for end in (clv.low, clv.high))
    return value, low, high


def _range(
    touched: float, churn: tuple[float, float, float], clv: Result
) -> tuple[float, float, float]:
    value, *ends = _ends_of(clv)
    corners = [touched * a * b for a, b in product(churn[1:], ends)]
    return touched * churn[0] * value, min(corners), max(corners)


def _given(number: float) -> float | None:
    return None if math.isnan(number) else number


def _caution(churn: tuple[float, float, float]) -> str:
    unsure = [say(_UNSURE)] if churn[1] <= 0 <= churn[2] else []
    return "; ".join([*unsure, say(_CAUTION)])


def _note(
    touched: float,
    groups: tuple[Churned, Churned],
    churn: tuple[float, float, float],
    at_stake: float,
) -> str:
    """Return why there is no number, or what to think of with it."""
    if not groups[1].n:
        return say(_NO_GROUP)
    if math.isnan(touched):
        return say("not known how many customers it touches")
    if math.isnan(churn[0]):
        return say("too few customers in a group")
    return (
        say("the lifetime value was not measured")
        if math.isnan(at_stake)
        else _caution(churn)
    )
