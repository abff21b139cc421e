"""Priorities from data alone: who is affected, how many are unhappy, what it weighs.

The dissatisfied share enters by its lower bound: a touchpoint with six answers must not
lead the list because two of them were angry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journeykit.errors import TableError
from journeykit.language import say
from journeykit.measure.intervals import wilson
from journeykit.measure.priority_tables import (
    entry_ids,
    is_shared,
    number_column,
    optional_column,
    ranked_table,
    ranks_of,
)
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS
from journeykit.model.reliability import reliability_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["DATA_DRIVEN_COLUMNS", "count_column", "data_driven_priority", "with_ends"]

DATA_DRIVEN_COLUMNS = (
    "entry",
    *("affected", "affected_low", "affected_high"),
    *("dissatisfied", "dissatisfied_low", "dissatisfied_high"),
    *("driver_weight", "driver_weight_low", "driver_weight_high"),
    *("value", "low", "high", "rank", "is_tied"),
    *("n", "n_left_out", "left_out", "reliability", "note"),
)
"""Columns of :func:`data_driven_priority`, in order."""


def data_driven_priority(
    table: pd.DataFrame, *, minimum: int = MIN_ANSWERS, level: float = 0.95
) -> pd.DataFrame:
    """Return entries by affected customers x dissatisfied share x driver weight.

    Parameters
    ----------
    table
        One row an entry: ``entry`` (id); ``affected`` (customers who meet it, 0 or
        more); ``n_dissatisfied`` of ``n_answers`` (counts); ``driver_weight`` (share
        of R squared, 0 to 1, see :func:`~journeykit.measure.drivers.driver_shares`).
        Optional ``affected_low``, ``affected_high``, ``driver_weight_low``,
        ``driver_weight_high``; ``left_out`` (reason to answers). Empty if not known.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the interval of the share, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row an entry, first rank first: ``entry``; each factor with ``_low`` and
        ``_high`` (``dissatisfied`` is the share, with Wilson's interval); ``value``
        (with the lower bound of the share), ``low`` (all lower bounds), ``high`` (all
        upper bounds), in customers weighted; ``rank``, ``is_tied``; ``n`` (answers),
        ``n_left_out``, ``left_out``, ``reliability``, ``note`` (what is missing).

    Raises
    ------
    UnknownNameError
        If a column is not there; it offers the nearest.
    TableError
        If an entry stands twice, or a cell is no number or out of range.
    InputError
        If an option is out of range.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {
    ...         "entry": ["queue"],
    ...         "affected": [1_000],
    ...         "n_dissatisfied": [81],
    ...         "n_answers": [263],
    ...         "driver_weight": [0.2],
    ...     }
    ... )
    >>> found = data_driven_priority(table)
    >>> found[["dissatisfied_low", "value"]].round(3).to_dict("records")
    [{'dissatisfied_low': 0.255, 'value': 51.058}]
    """
    check_options(minimum, level)
    n = count_column(table, "n_answers")
    shares = _shares(table, n, minimum, level)
    affected = with_ends(table, "affected", 0, np.inf, "a number of customers from 0")
    weights = with_ends(table, "driver_weight", 0, 1, "a share from 0 to 1")
    value = affected[0] * shares[1] * weights[0]
    ranks = ranks_of(value)
    left_out = _left_out(table)
    columns: dict[str, object] = {
        "entry": entry_ids(table),
        "value": value,
        "low": affected[1] * shares[1] * weights[1],
        "high": affected[2] * shares[2] * weights[2],
        "rank": ranks,
        "is_tied": is_shared(ranks),
        "n": n.astype(np.int64),
        "n_left_out": [sum(reasons.values()) for reasons in left_out],
        "left_out": left_out,
        "reliability": [reliability_of(int(count), minimum) for count in n],
        "note": _notes(affected[0], shares[0], weights[0]),
    }
    for name, factor in (
        ("affected", affected),
        ("dissatisfied", shares),
        ("driver_weight", weights),
    ):
        for end, numbers in zip(("", "_low", "_high"), factor, strict=True):
            columns[name + end] = numbers
    return ranked_table(columns, DATA_DRIVEN_COLUMNS)


def count_column(table: pd.DataFrame, col: str) -> NDArray[np.float64]:
    """Return a column of counts, 0 where the cell is empty."""
    counts = number_column(
        table, col, lambda n: (n >= 0) & (n % 1 == 0), "a whole number from 0"
    )
    return np.nan_to_num(counts)


def with_ends(
    table: pd.DataFrame, col: str, lowest: float, highest: float, expected: str
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return a factor and both ends of its interval, which are itself if not given."""
    value = number_column(
        table, col, lambda n: (n >= lowest) & (n <= highest), expected
    )
    low = optional_column(table, f"{col}_low", value)
    high = optional_column(table, f"{col}_high", value)
    with np.errstate(invalid="ignore"):
        is_wrong = (low > value) | (high < value) | (low < lowest) | (high > highest)
    if is_wrong.any():
        rows = [
            (int(row) + 2, f"{low[row]:g} to {high[row]:g}, not around {value[row]:g}")
            for row in np.flatnonzero(is_wrong)
        ]
        problem = f"an interval around {col} was expected"
        raise TableError(problem, rows, len(rows), f"column {col}")
    return value, low, high


def _shares(
    table: pd.DataFrame, n: NDArray[np.float64], minimum: int, level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    counts = count_column(table, "n_dissatisfied")
    too_many = np.flatnonzero(counts > n)
    if len(too_many):
        rows = [(int(at) + 2, f"{counts[at]:g} of {n[at]:g}") for at in too_many]
        problem = "at most as many dissatisfied as answers were expected"
        raise TableError(problem, rows, len(rows), "column n_dissatisfied")
    found = np.full((3, len(n)), np.nan)
    for at in np.flatnonzero(n >= minimum):
        found[0, at] = counts[at] / n[at]
        found[1:, at] = wilson(float(counts[at]), float(n[at]), level)
    return found[0], found[1], found[2]


def _left_out(table: pd.DataFrame) -> list[dict[str, int]]:
    if "left_out" not in table.columns:
        return [{} for _ in range(len(table))]
    return [
        dict(reasons) if isinstance(reasons, dict) else {}
        for reasons in table["left_out"]
    ]


def _notes(
    affected: NDArray[np.float64],
    share: NDArray[np.float64],
    weight: NDArray[np.float64],
) -> list[str]:
    names = (say("affected customers"), say("answers enough"), say("driver weight"))
    return [
        say("missing: {names}", names=", ".join(lacking)) if lacking else ""
        for row in np.column_stack([affected, share, weight])
        for lacking in [
            [n for n, part in zip(names, row, strict=True) if np.isnan(part)]
        ]
    ]
