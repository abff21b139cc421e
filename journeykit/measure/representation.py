"""Who answered, beside who the customers are: whom a data set speaks for."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from journeykit.errors import InputError
from journeykit.measure.intervals import wilson
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS
from journeykit.model.reliability import reliability_of

__all__ = ["REPRESENTATION_COLUMNS", "representation"]

REPRESENTATION_COLUMNS = (
    *("group", "count", "value", "low", "high"),
    *("customer_share", "verdict", "n", "reliability"),
)
"""Columns of :func:`representation`, in order."""


def representation(
    counts: Mapping[str, int],
    n: int,
    customer_shares: Mapping[str, float],
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the share of each group among the answers, and among the customers.

    Parameters
    ----------
    counts
        Group to how many of the answers are its.
    n
        All answers.
    customer_shares
        Group to its share of all customers, 0 to 1; a group that is not known is left
        out of the comparison.
    minimum
        Fewest answers of a group that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a group: ``group``; ``count`` (NA if not shown); ``value``, ``low``,
        ``high`` (share of the answers, Wilson; NaN if not shown); ``customer_share``
        (NaN if not known); ``verdict`` (``too few``, ``too many``, ``as customers
        are``, ``not known``); ``n``; ``reliability``.

    Raises
    ------
    InputError
        If a count is below 0 or above *n*, or a share is no share.

    Examples
    --------
    >>> representation({"young": 10}, 100, {"young": 0.3})["verdict"].tolist()
    ['too few']
    """
    check_options(minimum, level)
    rows = []
    for group, count in counts.items():
        if not 0 <= count <= n:
            raise InputError(
                f"a count from 0 to {n} was expected for {group!r}, not {count!r}"
            )
        share = customer_shares.get(group)
        if share is not None and not 0 <= share <= 1:
            raise InputError(
                f"a share from 0 to 1 was expected for {group!r}, not {share!r}"
            )
        is_shown = count >= minimum
        low, high = wilson(count, n, level) if n else (float("nan"), float("nan"))
        verdict = "not known"
        if share is not None and n:
            verdict = "as customers are"
            if high < share:
                verdict = "too few"
            elif low > share:
                verdict = "too many"
        nan = float("nan")
        shown = (count, count / n, low, high) if is_shown else (pd.NA, nan, nan, nan)
        known = nan if share is None else share
        rows.append((group, *shown, known, verdict, n, reliability_of(count, minimum)))
    table = pd.DataFrame(rows, columns=list(REPRESENTATION_COLUMNS))
    return table.astype({"group": "str", "count": "Int64"})
