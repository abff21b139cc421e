"""Priorities by quadrants: what customers find important against how well it works.

Whatever measures importance may stand there: ratings, or the shares of key drivers,
which do not crowd at the top as stated importance does.
"""

from __future__ import annotations

import math
from numbers import Real
from typing import TYPE_CHECKING, Literal

import numpy as np

from journeykit.errors import InputError
from journeykit.language import say, word
from journeykit.measure.priority_tables import (
    entry_ids,
    is_shared,
    number_column,
    optional_column,
    ranked_table,
    ranks_of,
    truths,
)

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["IMPORTANCE_PERFORMANCE_COLUMNS", "importance_performance"]

IMPORTANCE_PERFORMANCE_COLUMNS = (
    "entry",
    "importance",
    "satisfaction",
    "importance_line",
    "satisfaction_line",
    "crosshair",
    "quadrant",
    "is_clear",
    "rank",
    "is_tied",
    "note",
)
"""Columns of :func:`importance_performance`, in order."""

_QUADRANTS = (
    "Concentrate here",
    "Keep up the good work",
    "Low priority",
    "Perhaps too much",
)
"""Most urgent first; the words are those of the board."""


def importance_performance(
    table: pd.DataFrame,
    *,
    crosshair: tuple[float, float] | Literal["means", "medians"],
) -> pd.DataFrame:
    """Return entries by quadrant of importance against satisfaction.

    Parameters
    ----------
    table
        One row an entry: ``entry`` (id), ``importance``, ``satisfaction`` (numbers of
        any unit; empty if not measured); optional ``importance_low``,
        ``importance_high``, ``satisfaction_low``, ``satisfaction_high``.
    crosshair
        Where high begins, importance first; or the means or medians of the entries.
        There is no default: moving it moves the result.

    Returns
    -------
    pandas.DataFrame
        One row an entry, "Concentrate here" first; within a quadrant the more
        important, then the less satisfying: ``entry``, ``importance``,
        ``satisfaction``, ``importance_line``, ``satisfaction_line``, ``crosshair`` (in
        words), ``quadrant`` (empty if not measured), ``is_clear`` (both intervals lie
        on one side of the crosshair; NA without intervals), ``rank``, ``is_tied``,
        ``note``.

    Raises
    ------
    UnknownNameError
        If a column is not there; it offers the nearest.
    TableError
        If an entry stands twice or a cell is no number.
    InputError
        If the crosshair is none.

    Notes
    -----
    Martilla and James (1977), Journal of Marketing 41, 77-79.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame(
    ...     {"entry": ["queue", "art"], "importance": [4.5, 2], "satisfaction": [2, 4]}
    ... )
    >>> found = importance_performance(table, crosshair=(3.5, 3.5))
    >>> found["quadrant"].tolist()
    ['Concentrate here', 'Perhaps too much']
    """
    axes = ("importance", "satisfaction")
    values = [number_column(table, axis, np.isfinite, "a number") for axis in axes]
    is_measured = ~np.isnan(values[0]) & ~np.isnan(values[1])
    lines, words = _crosshair(crosshair, [given[is_measured] for given in values])
    is_high = [given >= line for given, line in zip(values, lines, strict=True)]
    is_known, is_clear = is_measured.copy(), np.ones(len(table), dtype=bool)
    for axis, line in zip(axes, lines, strict=True):
        nothing = np.full(len(table), np.nan)
        low = optional_column(table, f"{axis}_low", nothing)
        high = optional_column(table, f"{axis}_high", nothing)
        is_known &= ~np.isnan(low) & ~np.isnan(high)
        is_clear &= (low >= line) | (high < line)
    quadrants = np.where(is_high[0], 0 + is_high[1], 2 + is_high[1])
    ranks = ranks_of(np.where(is_measured, -quadrants, np.nan), values[0], -values[1])
    n_rated = int(is_measured.sum())
    crowd = int((is_high[0] & is_measured).sum())
    note = ""
    if n_rated >= 4 and crowd >= 0.75 * n_rated and not isinstance(crosshair, str):
        note = say(
            "{n} of {total} lie above the line of importance: look at the order",
            n=crowd,
            total=n_rated,
        )
    columns: dict[str, object] = {
        "entry": entry_ids(table),
        "importance": values[0],
        "satisfaction": values[1],
        "importance_line": np.full(len(table), lines[0]),
        "satisfaction_line": np.full(len(table), lines[1]),
        "crosshair": [words] * len(table),
        "quadrant": [
            _QUADRANTS[at] if measured else ""
            for at, measured in zip(quadrants, is_measured, strict=True)
        ],
        "is_clear": truths(is_clear, is_known),
        "rank": ranks,
        "is_tied": is_shared(ranks),
        "note": [note if measured else "not measured" for measured in is_measured],
    }
    return ranked_table(columns, IMPORTANCE_PERFORMANCE_COLUMNS)


def _crosshair(
    given: object, values: list[NDArray[np.float64]]
) -> tuple[tuple[float, float], str]:
    """Return where high begins, and what is said about it."""
    if given in ("means", "medians"):
        middle = np.mean if given == "means" else np.median
        found = [float(middle(part)) if len(part) else math.nan for part in values]
        said = word("the means of the entries")
        if given == "medians":
            said = word("the medians of the entries")
        return (found[0], found[1]), say(said)
    lines = given if isinstance(given, (tuple, list)) else ()
    is_right = len(lines) == 2 and all(
        isinstance(line, Real) and math.isfinite(line) for line in lines
    )
    if not is_right:
        raise InputError(
            'two numbers, "means" or "medians" were expected as crosshair, '
            f"not {given!r}"
        )
    across, up = (float(line) for line in lines)
    return (across, up), say(
        "importance from {importance}, satisfaction from {satisfaction}",
        importance=f"{across:g}",
        satisfaction=f"{up:g}",
    )
