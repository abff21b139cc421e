"""Few customers bring most of the value: who they are, and how much it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from journeykit.errors import InputError, UnknownNameError
from journeykit.language import percent, say, word
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS, Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "CONCENTRATION_COLUMNS",
    "HIGH_VALUE_COLUMNS",
    "KnownValues",
    "concentration_table",
    "high_value_customers",
    "known_values",
    "revenue_concentration",
]

HIGH_VALUE_COLUMNS = ("rank", "customer", "value", "share", "cumulative_share")
"""Columns of :func:`high_value_customers`, in order."""

CONCENTRATION_COLUMNS = (
    "top",
    "n_top",
    "value",
    "low",
    "high",
    "n",
    "n_left_out",
    "reliability",
    "left_out",
)
"""Columns of :func:`concentration_table`, in order."""

_SHARES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def revenue_concentration(
    values: pd.DataFrame,
    *,
    top: float = 0.1,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return which share of the value the highest-value customers hold.

    Parameters
    ----------
    values
        One row a customer: ``customer`` and ``value``, from ``value_to_date`` or
        ``predicted_clv``.
    top
        Share of the customers, above 0 and up to 1. A tenth of 4,312 are 431: what is
        left over is dropped, but one customer there always is.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        Value of the *top* customers / value of all, 0 to 1 (above 1 where others have
        cost money). Not measured, with a note, if all together have brought nothing.

    Raises
    ------
    InputError
        If an option is out of range.
    UnknownNameError
        If a column is missing.

    Notes
    -----
    The interval follows from the influence of each customer on the share (Beach and
    Davidson 1983, Review of Economic Studies 50, 723-735), on the logit scale. Values
    so skewed that single customers decide give too short a one.

    Examples
    --------
    >>> table = pd.DataFrame({"customer": list("ABCDE"), "value": [6, 1, 1, 1, 1]})
    >>> revenue_concentration(table, top=0.2).value
    0.6
    """
    check_options(minimum, level)
    _check_top(top)
    _, amounts, left_out = known_values(values)
    n = len(amounts)
    note = ""
    if top != 0.1:
        note = say("the top {share} of the customers, not a tenth", share=percent(top))
    found: tuple[float | None, float | None, float | None] = (None, None, None)
    if n >= minimum and amounts.sum() <= 0:
        note = say("all customers together have brought nothing")
    elif n >= minimum:
        found = _held(amounts, _n_top(n, top), level)
    return Result(
        "revenue_concentration", *found, n, left_out, None, level, minimum, note
    )


def concentration_table(
    values: pd.DataFrame,
    *,
    tops: Sequence[float] = _SHARES,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return which share of the value each share of the customers holds.

    Parameters
    ----------
    values
        One row a customer: ``customer`` and ``value``.
    tops
        Shares of the customers, those with the highest value first.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a share: ``top``, ``n_top`` (customers), ``value``, ``low``, ``high``
        (value of these / value of all; NaN if not shown), ``n`` (all customers),
        ``n_left_out``, ``reliability``, ``left_out`` (reason to number of customers).

    Raises
    ------
    InputError
        If an option is out of range.
    UnknownNameError
        If a column is missing.
    """
    rows = []
    for top in tops:
        found = revenue_concentration(values, top=top, minimum=minimum, level=level)
        cells = {
            "top": float(top),
            "n_top": min(_n_top(found.n, top), found.n),
            "left_out": dict(found.left_out),
        }
        rows.append(
            {
                name: cells[name] if name in cells else getattr(found, name)
                for name in CONCENTRATION_COLUMNS
            }
        )
    types = dict.fromkeys(("top", "value", "low", "high"), "float64")
    types |= dict.fromkeys(("n_top", "n", "n_left_out"), "int64")
    types |= {"reliability": "str", "left_out": "object"}
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=types[name])
            for name in CONCENTRATION_COLUMNS
        }
    )


def high_value_customers(
    values: pd.DataFrame, *, top: float | None = None, at_least: float | None = None
) -> pd.DataFrame:
    """Return the customers with the highest value.

    Parameters
    ----------
    values
        One row a customer: ``customer`` and ``value``, from ``value_to_date`` or
        ``predicted_clv``.
    top
        Share of the customers, above 0 and up to 1; a tenth if neither is given.
    at_least
        Lowest value, in money, instead of a share.

    Returns
    -------
    pandas.DataFrame
        Highest first: ``rank`` (from 1), ``customer``, ``value`` (money), ``share`` and
        ``cumulative_share`` (of the value of all customers; NaN if that is not above
        0). Of two customers with one value the first in the alphabet stands first.

    Raises
    ------
    InputError
        If both *top* and *at_least* are given, or one is out of range.
    UnknownNameError
        If a column is missing.

    Examples
    --------
    >>> table = pd.DataFrame({"customer": list("ABCDE"), "value": [1, 6, 1, 1, 1]})
    >>> high_value_customers(table, top=0.2)["customer"].tolist()
    ['B']
    """
    if top is not None and at_least is not None:
        raise InputError("either top or at_least was expected, not both")
    names, amounts, _ = known_values(values)
    order = np.lexsort((names, -amounts))
    if at_least is not None:
        if not math.isfinite(at_least):
            raise InputError(f"an amount of money was expected, not {at_least!r}")
        count = int((amounts >= at_least).sum())
    else:
        share = 0.1 if top is None else top
        _check_top(share)
        count = min(_n_top(len(amounts), share), len(amounts))
    chosen = order[:count]
    total = float(amounts.sum())
    shares = amounts[chosen] / (total if total > 0 else np.nan)
    cells = (np.arange(1, count + 1), names[chosen], amounts[chosen], shares)
    columns = (*cells, np.cumsum(shares))
    table = pd.DataFrame(dict(zip(HIGH_VALUE_COLUMNS, columns, strict=True)))
    return table.astype({"customer": "str", "rank": "int64"})


class KnownValues(NamedTuple):
    """Customers whose value is known, their values, and how many are unknown."""

    names: NDArray[np.object_]
    amounts: NDArray[np.float64]
    left_out: dict[str, int]


def known_values(values: pd.DataFrame) -> KnownValues:
    """Return names and values of the customers whose value is known.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    """
    for name in ("customer", "value"):
        if name not in values.columns:
            known = [str(column) for column in values.columns]
            raise UnknownNameError("column", name, known, "values")
    amounts = values["value"].to_numpy(dtype=float, na_value=np.nan)
    is_known = np.isfinite(amounts)
    names = values["customer"].to_numpy(dtype=object)[is_known]
    n_unknown = int((~is_known).sum())
    left_out = {word("value unknown"): n_unknown} if n_unknown else {}
    return KnownValues(names, amounts[is_known], left_out)


def _check_top(top: float) -> None:
    if not 0 < top <= 1:
        raise InputError(
            f"a share of the customers above 0 and up to 1 was expected, not {top!r}",
            mend="Write a tenth as 0.1",
        )


def _n_top(n: int, top: float) -> int:
    # 0.29 x 100 is 28.999...: a whole number must not be lost to rounding.
    return max(math.floor(n * top + 1e-9), 1)


def _held(
    amounts: NDArray[np.float64], n_top: int, level: float
) -> tuple[float, float, float]:
    """Return the share of the highest values, with its interval."""
    n = len(amounts)
    ordered = np.sort(amounts)[::-1]
    # Summed in one order, so that all of them hold exactly all.
    total = float(ordered.sum())
    share = float(ordered[:n_top].sum()) / total
    limit, part = float(ordered[n_top - 1]), n_top / n
    influence = np.maximum(amounts - limit, 0) + part * limit - share * amounts
    error = float(influence.std(ddof=1)) / math.sqrt(n) / (total / n)
    if not 0 < share < 1 or error == 0:
        return share, share, share
    z = -NormalDist().inv_cdf((1 - level) / 2)
    # One customer may hold nearly all: then the ends are 0 and 1.
    middle = math.log(share / (1 - share))
    half = min(z * error / (share * (1 - share)), 600.0)
    low, high = (1 / (1 + math.exp(-one)) for one in (middle - half, middle + half))
    return share, low, high
