"""Personas and segments of customers: who belongs to them, and what they are worth."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.measure.clv_concentration import known_values
from journeykit.measure.groups import group_mask
from journeykit.measure.intervals import Estimate, mean_interval
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS
from journeykit.model.reliability import reliability_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.model.survey import Group

__all__ = [
    "GROUP_VALUE_COLUMNS",
    "clv_by_group",
    "group_masks",
    "group_members",
    "group_rows",
]

GROUP_VALUE_COLUMNS = (
    "group",
    "value",
    "low",
    "high",
    "n",
    "n_left_out",
    "reliability",
    "left_out",
    "total",
    "customer_share",
    "value_share",
    "n_high_value",
    "high_value_share",
)
"""Columns of :func:`clv_by_group`, in order."""


def group_members(
    purchases: pd.DataFrame,
    groups: Sequence[Group],
    *,
    decided_by: Literal["last", "any"] = "last",
) -> dict[str, frozenset[str]]:
    """Return which customers belong to each persona or segment.

    Parameters
    ----------
    purchases
        One row an invoice or line, with the columns that the rules name.
    groups
        The rules.
    decided_by
        Which row of a customer decides: the last in time, so that nobody stands in two
        countries at once, or any.

    Returns
    -------
    dict
        Id of the persona or segment to its customers.

    Raises
    ------
    UnknownNameError
        If a rule names a column that is not there.
    InputError
        If *decided_by* is neither.

    Examples
    --------
    >>> from journeykit.model.survey import Condition, Group
    >>> at_home = Condition(column="country", values=("UK",))
    >>> purchases = pd.DataFrame(
    ...     {
    ...         "customer": ["Ann", "Ann", "Bob"],
    ...         "time": pd.to_datetime(["2026-01-05", "2026-01-15", "2026-02-04"]),
    ...         "country": ["UK", "FR", "UK"],
    ...     }
    ... )
    >>> group = Group(subject="home", conditions=(at_home,))
    >>> {name: sorted(ids) for name, ids in group_members(purchases, [group]).items()}
    {'home': ['Bob']}
    """
    if decided_by not in ("last", "any"):
        raise InputError(f"'last' or 'any' was expected, not {decided_by!r}")
    rows = purchases[purchases["customer"].notna()]
    if decided_by == "last":
        rows = rows.sort_values("time", kind="stable", na_position="first")
        rows = rows.drop_duplicates("customer", keep="last")
    names = rows["customer"].astype("str")
    return {
        group.subject: frozenset(names[group_mask(rows, group)].tolist())
        for group in groups
    }


def clv_by_group(
    values: pd.DataFrame,
    members: Mapping[str, Collection[str]],
    *,
    high_value: Collection[str] = (),
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return what a customer of each persona or segment is worth.

    Parameters
    ----------
    values
        One row a customer: ``customer`` and ``value``, from ``value_to_date``. For
        modelled values use ``modelled_clv_by_group``: their interval is another.
    members
        Id of the persona or segment to its customers, from :func:`group_members`. One
        customer may belong to several, or to none.
    high_value
        The high-value customers, from ``high_value_customers``.
    minimum
        Fewest customers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row for all customers (``group`` None) and one a group: ``group``,
        ``value``, ``low``, ``high`` (mean money a customer, interval by Student's t;
        NaN if not shown), ``n`` (customers with a known value), ``n_left_out``,
        ``reliability``, ``left_out`` (reason to number of customers), ``total`` (money
        of the group; NaN if not shown), ``customer_share`` and ``value_share`` (of all
        customers, and of their value), ``n_high_value`` (its high-value customers),
        ``high_value_share`` (of the group's customers). What would give away fewer
        customers than the minimum is NaN, and 0 for a count.

    Raises
    ------
    InputError
        If an option is out of range.
    UnknownNameError
        If a column is missing.

    Examples
    --------
    >>> table = pd.DataFrame({"customer": list("ABCDE"), "value": [6, 1, 1, 1, 1]})
    >>> found = clv_by_group(table, {"all": list("ABCDE")}, high_value=["A"])
    >>> found[["group", "value", "n_high_value"]].values.tolist()
    [[None, 2.0, 1], ['all', 2.0, 1]]
    """
    check_options(minimum, level)
    known = known_values(values)
    estimates = {
        subject: mean_interval(known.amounts[mask], level=level)
        for subject, mask in group_masks(known.names, members).items()
        if mask.sum() >= minimum
    }
    return group_rows(
        values, members, estimates, high_value=high_value, minimum=minimum
    )


def group_masks(
    names: NDArray[np.object_], members: Mapping[str, Collection[str]]
) -> dict[str | None, NDArray[np.bool_]]:
    """Return which customers belong to each group; all of them under None."""
    if isinstance(members, str) or not isinstance(members, Mapping):
        raise InputError("the customers of each group by its id were expected")
    column = pd.Series(names, dtype="object")
    masks: dict[str | None, NDArray[np.bool_]] = {None: np.ones(len(names), dtype=bool)}
    for subject, ids in members.items():
        masks[subject] = column.isin(list(ids)).to_numpy(dtype=bool)
    return masks


def group_rows(
    values: pd.DataFrame,
    members: Mapping[str, Collection[str]],
    estimates: Mapping[str | None, Estimate],
    *,
    high_value: Collection[str],
    minimum: int,
) -> pd.DataFrame:
    """Return the table of groups; those without an estimate are not shown."""
    known = known_values(values)
    in_all = group_masks(values["customer"].to_numpy(dtype=object), members)
    is_high = pd.Series(known.names).isin(list(high_value)).to_numpy(dtype=bool)
    n_all, total_of_all = len(known.names), float(known.amounts.sum())
    rows = []
    for subject, mask in group_masks(known.names, members).items():
        n, total = int(mask.sum()), float(known.amounts[mask].sum())
        n_unknown = int(in_all[subject].sum()) - n
        n_high = int((mask & is_high).sum())
        is_shown = subject in estimates
        value, low, high = estimates.get(subject, (np.nan,) * 3)
        shares = (
            n / n_all if n_all else np.nan,
            total / total_of_all if total_of_all > 0 else np.nan,
        )
        left_out = {"value unknown": n_unknown} if n_unknown else {}
        counts = (n, n_unknown, reliability_of(n, minimum), left_out)
        more = (total, *shares, n_high, n_high / n if n else np.nan)
        if not is_shown:
            more = (np.nan, shares[0], np.nan, 0, np.nan)
        cells = (subject, value, low, high, *counts, *more)
        rows.append(dict(zip(GROUP_VALUE_COLUMNS, cells, strict=True)))
    types = dict.fromkeys(GROUP_VALUE_COLUMNS, "float64")
    types |= dict.fromkeys(("n", "n_left_out", "n_high_value"), "int64")
    types |= {"group": "object", "left_out": "object", "reliability": "str"}
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=types[name])
            for name in GROUP_VALUE_COLUMNS
        }
    )
