"""How themes of a codebook meet in one comment, and what no theme was found in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.measure.feedback_counting import (
    Counted,
    count_comments,
    share_fields,
    share_result,
    table_of,
)
from journeykit.measure.feedback_matching import Groups, Per
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS, Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.model.codebook import Codebook

__all__ = [
    "OVERLAP_COLUMNS",
    "not_assigned_share",
    "several_themes_share",
    "theme_overlap",
]

OVERLAP_COLUMNS = (
    *("theme", "other", "value", "low", "high", "count", "n"),
    *("n_left_out", "left_out", "reliability"),
)
"""Columns of :func:`theme_overlap`, in order."""


def theme_overlap(
    feedback: pd.DataFrame,
    codebook: Codebook,
    *,
    per: Per = "comment",
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how many comments of one theme speak of another one as well.

    Parameters
    ----------
    feedback, codebook, per, minimum, level
        As in :func:`journeykit.measure.feedback.theme_table`.

    Returns
    -------
    pandas.DataFrame
        A row for each ordered pair of themes that meet: ``theme``, ``other``,
        ``value``, ``low``, ``high`` (share of the comments of *theme* that speak of
        *other* too; Wilson), ``count`` (of both), ``n`` (of *theme*), ``n_left_out``,
        ``left_out``, ``reliability``; pairs of the largest share first. A share near 1
        means that the words of one theme stand in the other.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If a comment is no text, or an option is out of range.
    """
    check_options(minimum, level)
    counted = count_comments(feedback, codebook, per)
    everything = Groups.one(len(feedback))
    left_out = counted.left_out(everything)[0]
    units = _themes_of_units(counted)
    met = units.T.astype(np.int64) @ units.astype(np.int64)
    rows: list[dict[str, object]] = []
    for i, theme in enumerate(codebook.themes):
        for j, other in enumerate(codebook.themes):
            if i != j and met[i, j]:
                names = {"theme": theme.key, "other": other.key, "left_out": left_out}
                n, count = int(met[i, i]), int(met[i, j])
                rows.append({**names, **share_fields(count, n, minimum, level)})
    table = table_of(rows, OVERLAP_COLUMNS)
    return table.sort_values("value", ascending=False, kind="stable", ignore_index=True)


def _themes_of_units(counted: Counted) -> NDArray[np.bool_]:
    """Return which themes each comment or customer speaks of."""
    rows = np.flatnonzero(counted.counts)
    of_unit: NDArray[np.bool_] = np.zeros(
        (counted.n_units, counted.hits.shape[1]), dtype=bool
    )
    np.logical_or.at(of_unit, counted.units[rows], counted.hits[rows] > 0)
    return of_unit


def not_assigned_share(
    feedback: pd.DataFrame,
    codebook: Codebook,
    *,
    per: Per = "comment",
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the share of comments that speak of no theme of the codebook.

    Parameters
    ----------
    feedback, codebook, per, minimum, level
        As in :func:`journeykit.measure.feedback.theme_table`.

    Returns
    -------
    Result
        Share of the comments that say something, with Wilson's interval.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If a comment is no text, or an option is out of range.
    """
    return _share_by_themes(
        "not_assigned_share",
        feedback,
        codebook,
        n_themes=(0, 0),
        per=per,
        minimum=minimum,
        level=level,
    )


def several_themes_share(
    feedback: pd.DataFrame,
    codebook: Codebook,
    *,
    per: Per = "comment",
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the share of comments that speak of two themes or more.

    Parameters
    ----------
    feedback, codebook, per, minimum, level
        As in :func:`journeykit.measure.feedback.theme_table`.

    Returns
    -------
    Result
        Share of the comments that say something, with Wilson's interval: by so much do
        the counts of themes overlap.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If a comment is no text, or an option is out of range.
    """
    return _share_by_themes(
        "several_themes_share",
        feedback,
        codebook,
        n_themes=(2, None),
        per=per,
        minimum=minimum,
        level=level,
    )


def _share_by_themes(
    definition: str,
    feedback: pd.DataFrame,
    codebook: Codebook,
    *,
    n_themes: tuple[int, int | None],
    per: Per,
    minimum: int,
    level: float,
) -> Result:
    check_options(minimum, level)
    counted = count_comments(feedback, codebook, per)
    everything = Groups.one(len(feedback))
    n = counted.numbers(counted.counts, everything)[0]
    least, most = n_themes
    found = _themes_of_units(counted).sum(axis=1)
    is_within = found >= least
    if most is not None:
        is_within &= found <= most
    speaks = np.zeros(counted.n_units, dtype=bool)
    speaks[counted.units[counted.counts]] = True
    left_out = counted.left_out(everything)[0]
    count = int((is_within & speaks).sum())
    return share_result(definition, count, n, left_out, minimum=minimum, level=level)
