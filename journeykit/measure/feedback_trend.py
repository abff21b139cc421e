"""Themes over time: what is talked about more than before, and what is only noise.

Each period is compared with the one before it, or with the first, by the test and the
interval that waves of a survey are compared with. With ten themes and twelve months
some look changed by chance alone: p values are raised for how many were tested.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from journeykit.errors import UnknownNameError
from journeykit.measure.differences import share_difference
from journeykit.measure.feedback import THEME_COLUMNS, theme_table
from journeykit.measure.multiple import benjamini_hochberg
from journeykit.measure.result import MIN_ANSWERS

if TYPE_CHECKING:
    from journeykit.measure.feedback_matching import Per
    from journeykit.model.codebook import Codebook

__all__ = ["TREND_COLUMNS", "theme_trend"]

TREND_COLUMNS = (
    *THEME_COLUMNS,
    *("compared_with", "change", "change_low", "change_high"),
    *("p_value", "adjusted_p", "is_change"),
)
"""Columns of :func:`theme_trend`, in order."""

_FALSE_ALARMS = 0.05


def theme_trend(
    feedback: pd.DataFrame,
    codebook: Codebook,
    *,
    by: str = "month",
    against: Literal["before", "first"] = "before",
    stage_of: Mapping[str, str] | None = None,
    per: Per = "comment",
    n_examples: int = 3,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how the share of each theme changed from period to period.

    Parameters
    ----------
    feedback, codebook, stage_of, per, n_examples, minimum, level
        As in :func:`journeykit.measure.feedback.theme_table`.
    by
        ``week``, ``month``, ``quarter`` or ``year`` of the column ``time``, or a column
        whose values in order are the periods, such as ``wave``.
    against
        What a period is compared with: the one ``before`` it, or the ``first``. The
        latter finds slow changes that no single step shows.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`~journeykit.measure.feedback.theme_table`, a row for each
        period (``group``) and theme, and beside them: ``compared_with`` (the period;
        None: nothing to compare with), ``change``, ``change_low``, ``change_high``
        (share minus that share, Newcombe's interval; -1 to 1), ``p_value`` (test of two
        proportions), ``adjusted_p`` (Benjamini and Hochberg, over all rows) and
        ``is_change`` (whether *adjusted_p* is below 0.05). Periods with fewer than
        *minimum* are passed over.

    Raises
    ------
    UnknownNameError
        If a column is missing, or *against* is neither.
    InputError
        If a comment is no text, or an option is out of range.

    Examples
    --------
    >>> from journeykit.model.codebook import Codebook, Theme
    >>> book = Codebook(themes=(Theme(key="waits", words=("wait*",)),))
    >>> texts = ["Fine"] * 38 + ["Waited"] * 2 + ["Fine"] * 20 + ["Waited"] * 20
    >>> waves = ["2025"] * 40 + ["2026"] * 40
    >>> feedback = pd.DataFrame({"text": texts, "wave": waves})
    >>> trend = theme_trend(feedback, book, by="wave")
    >>> row = trend.query("theme == 'waits' and group == '2026'").iloc[0]
    >>> row["compared_with"], float(row["change"]), bool(row["is_change"])
    ('2025', 0.45, True)
    """
    if against not in ("before", "first"):
        raise UnknownNameError("comparison", against, ("before", "first"))
    table = theme_table(
        feedback,
        codebook,
        by=by,
        stage_of=stage_of,
        per=per,
        n_examples=n_examples,
        minimum=minimum,
        level=level,
    )
    periods = table[table["group"].notna()].reset_index(drop=True)
    other = np.full(len(periods), -1)
    for rows in periods.groupby("theme", sort=False).indices.values():
        shown = [row for row in rows if periods["n"].iloc[row] >= minimum]
        for place, row in enumerate(shown[1:]):
            other[row] = shown[place if against == "before" else 0]
    changes = [_change(periods, row, before, level) for row, before in enumerate(other)]
    names = ["change", "change_low", "change_high", "p_value"]
    beside = pd.DataFrame(changes, columns=names, dtype="float64")
    beside["adjusted_p"] = benjamini_hochberg(beside["p_value"].to_numpy())
    beside["is_change"] = (beside["adjusted_p"] < _FALSE_ALARMS).to_numpy()
    groups = periods["group"].tolist()
    compared = [groups[row] if row >= 0 else None for row in other]
    beside["compared_with"] = pd.Series(compared, dtype="object")
    return pd.concat([periods, beside], axis=1)[list(TREND_COLUMNS)]


def _change(
    periods: pd.DataFrame, row: int, before: int, level: float
) -> tuple[float, float, float, float]:
    if before < 0:
        return (np.nan, np.nan, np.nan, np.nan)
    counts, n = periods["count"], periods["n"]
    found = share_difference(
        *(float(counts.iloc[before]), float(n.iloc[before])),
        *(float(counts.iloc[row]), float(n.iloc[row])),
        level=level,
    )
    return found.value, found.low, found.high, found.p_value
