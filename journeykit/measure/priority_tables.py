"""What all ways of setting priorities share: reading ratings, ranking, the table.

A table of ratings has one row an entry and its id in the column ``entry``. What nobody
rated (an empty cell) is kept, has no rank and stands last: it is not 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.errors import TableError
from journeykit.measure.groups import survey_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "FIRST_ROW",
    "entry_ids",
    "is_shared",
    "number_column",
    "optional_column",
    "ranked_table",
    "ranks_of",
    "rated_column",
    "rows_by_segment",
    "truths",
]

FIRST_ROW = 2
"""Where the rows of a table begin as a spreadsheet counts."""


def entry_ids(
    table: pd.DataFrame, *, once: bool = True, col: str = "entry"
) -> list[str]:
    """Return the ids of a table's rows.

    Parameters
    ----------
    table
        Has the column *col*.
    once
        Whether each entry may stand once only.
    col
        Column of the ids.

    Returns
    -------
    list of str
        Ids, in the order of the rows.

    Raises
    ------
    UnknownNameError
        If the column is not there.
    TableError
        If an id is empty, or stands twice where it may not.

    Examples
    --------
    >>> entry_ids(pd.DataFrame({"entry": ["queue", "signs"]}))
    ['queue', 'signs']
    """
    column = survey_column(table, col)
    ids = ["" if empty else str(cell) for cell, empty in _cells(column)]
    empty = [row for row, name in enumerate(ids) if not name]
    if empty:
        raise _faulty(f"an id was expected in each row of {col}", column, empty)
    if once:
        known: set[str] = set()
        again = []
        for row, name in enumerate(ids):
            if name in known:
                again.append(row)
            known.add(name)
        if again:
            raise _faulty("each entry was expected once", column, again)
    return ids


def number_column(
    table: pd.DataFrame,
    col: str,
    is_right: Callable[[NDArray[np.float64]], NDArray[np.bool_]],
    expected: str,
) -> NDArray[np.float64]:
    """Return a column of numbers, NaN where the cell is empty.

    Parameters
    ----------
    table
        Has the column *col*.
    col
        Name of the column.
    is_right
        Which numbers may stand there.
    expected
        What may stand there, in words.

    Returns
    -------
    numpy.ndarray
        The numbers, in the order of the rows.

    Raises
    ------
    UnknownNameError
        If the column is not there.
    TableError
        If a cell holds something else.
    """
    column = survey_column(table, col)
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(
        dtype=float, na_value=np.nan
    )
    is_empty = column.isna().to_numpy()
    with np.errstate(invalid="ignore"):
        right = is_right(numbers) & np.isfinite(numbers) & ~_is_truth(column)
    faulty = np.flatnonzero(~right & ~is_empty)
    if len(faulty):
        raise _faulty(f"{expected} was expected", column, [int(row) for row in faulty])
    return numbers


def rated_column(
    table: pd.DataFrame, col: str, lowest: float = 1, highest: float = 5
) -> NDArray[np.float64]:
    """Return ratings on a scale, NaN where nobody rated.

    Examples
    --------
    >>> rated_column(pd.DataFrame({"severity": [4, None]}), "severity").tolist()
    [4.0, nan]
    """
    return number_column(
        table,
        col,
        lambda numbers: (numbers >= lowest) & (numbers <= highest),
        f"a rating from {lowest:g} to {highest:g}",
    )


def optional_column(
    table: pd.DataFrame, col: str, instead: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return a column of numbers, and *instead* where the table lacks it or a cell."""
    if col not in table.columns:
        return instead
    numbers = number_column(table, col, np.isfinite, "a number")
    return np.where(np.isnan(numbers), instead, numbers)


def ranks_of(*keys: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ranks, 1 for the largest; the next key decides where one is equal.

    Parameters
    ----------
    *keys
        Numbers to rank by, the first counts most. A place that is NaN in the first has
        no rank.

    Returns
    -------
    numpy.ndarray
        Ranks; equals share the better one (1, 2, 2, 4); NaN where there is none.

    Examples
    --------
    >>> ranks_of([20, 12, 12, 12], [5, 4, 3, 4]).tolist()
    [1.0, 2.0, 4.0, 2.0]
    """
    table = np.column_stack([np.asarray(key, dtype=float) for key in keys])
    ranks = np.full(len(table), np.nan)
    there = np.flatnonzero(~np.isnan(table[:, 0]))
    if not len(there):
        return ranks
    # Rounding must not part what is equal by hand: 0.1 x 3 and 0.3.
    kept = np.nan_to_num(np.round(table[there], 9), nan=-np.inf)
    order = np.lexsort(-kept.T[::-1])
    is_next = np.any(kept[order][1:] != kept[order][:-1], axis=1)
    places = np.arange(1, len(there) + 1)
    starts = np.maximum.accumulate(np.where(np.r_[True, is_next], places, 0))
    ranks[there[order]] = starts
    return ranks


def is_shared(ranks: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether another entry has the same rank.

    Examples
    --------
    >>> is_shared(np.array([1.0, 2.0, 2.0, np.nan])).tolist()
    [False, True, True, False]
    """
    return np.array([bool((ranks == rank).sum() > 1) for rank in ranks], dtype=bool)


def ranked_table(columns: dict[str, object], names: Sequence[str]) -> pd.DataFrame:
    """Return columns as a table in the order of ``rank``, those without one last.

    Parameters
    ----------
    columns
        Name to values: text, truth values, numbers; whole numbers and ranks stay whole.
    names
        Names of the columns, in order.

    Returns
    -------
    pandas.DataFrame
        Ranks are ``Int64``, as there may be none.
    """
    frame = pd.DataFrame({name: _series(name, columns[name]) for name in names})
    if "rank" in frame:
        frame = frame.sort_values("rank", kind="stable", na_position="last")
    return frame.reset_index(drop=True)


def rows_by_segment(table: pd.DataFrame) -> dict[str | None, NDArray[np.bool_]]:
    """Return which rows belong to each segment, all of them (None) first.

    Examples
    --------
    >>> rows = rows_by_segment(pd.DataFrame({"segment": ["new", None, "new"]}))
    >>> {name: members.tolist() for name, members in rows.items()}
    {None: [True, True, True], 'new': [True, False, True]}
    """
    found: dict[str | None, NDArray[np.bool_]] = {None: np.ones(len(table), dtype=bool)}
    if "segment" in table.columns:
        column = survey_column(table, "segment")
        names = column.where(column.notna(), "").astype("str").to_numpy(dtype=object)
        for name in dict.fromkeys(names.tolist()):
            if name:
                found[name] = np.asarray(names == name, dtype=bool)
    return found


def truths(
    values: NDArray[np.bool_], known: NDArray[np.bool_]
) -> pd.arrays.BooleanArray:
    """Return truth values that may be missing.

    Examples
    --------
    >>> truths(np.array([True, True]), np.array([True, False])).tolist()
    [True, <NA>]
    """
    return pd.arrays.BooleanArray(np.asarray(values, dtype=bool), ~known)


def _series(name: str, values: object) -> pd.Series:
    series = pd.Series(values)
    if name.startswith("rank"):
        return series.astype("Int64")
    if name in {"left_out", "segment", "who_low", "who_high"}:
        return pd.Series(values, dtype="object")
    is_text = series.dtype == object or isinstance(series.dtype, pd.StringDtype)
    return series.astype("str") if is_text else series


def _is_truth(column: pd.Series) -> NDArray[np.bool_]:
    """Whether cells are truth values, which are no numbers."""
    if column.dtype == object:
        return np.array([isinstance(cell, bool) for cell in column], dtype=bool)
    return np.full(len(column), pd.api.types.is_bool_dtype(column.dtype), dtype=bool)


def _cells(column: pd.Series) -> list[tuple[object, bool]]:
    return list(zip(column, column.isna(), strict=True))


def _faulty(problem: str, column: pd.Series, rows: list[int]) -> TableError:
    shown = [(row + FIRST_ROW, str(column.iloc[row])) for row in rows[:5]]
    return TableError(problem, shown, len(rows), f"column {column.name}")
