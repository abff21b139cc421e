"""Comments that somebody coded already: counts of codes as themes.

Many surveys come with codes of what people wrote instead of the words, several columns
of them ("first comment", "second comment"). They are counted as themes are: whoever has
a code at all made a comment; two codes of one person that mean the same count once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.measure.answers import same_value
from journeykit.measure.feedback import THEME_COLUMNS
from journeykit.measure.feedback_counting import sections, share_fields, table_of
from journeykit.measure.groups import survey_column
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS
from journeykit.model.codebook import NOT_ASSIGNED

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["code_table"]

_NO_COMMENT = "no comment"


def code_table(
    table: pd.DataFrame,
    columns: Sequence[str],
    *,
    labels: Mapping[str, str] | None = None,
    themes: Mapping[str, str] | None = None,
    no_codes: Sequence[str] = ("", "0"),
    by: str | None = None,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how many of those who commented have each code, or theme of codes.

    Parameters
    ----------
    table
        A survey, one row a respondent.
    columns
        Columns of the codes of one question, such as ``Q8COM1`` to ``Q8COM5``.
    labels
        Code to its words.
    themes
        Code to the key of the theme that it is counted as; several codes may be one
        theme, and codes that are not here are "not assigned". None: each code is a
        theme of its own.
    no_codes
        What stands where there is no comment. Empty cells never are codes.
    by
        Column of groups, see :func:`journeykit.measure.feedback.theme_table`.
    minimum
        Fewest respondents with a comment that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`~journeykit.measure.feedback.theme_table`, without
        examples: for all, then for each group, a row for each theme, the most frequent
        first; with *themes*, "not assigned" is the last. ``n`` are respondents with a
        comment.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If no column is named, or an option is out of range.

    Examples
    --------
    >>> first, second = [1, 2, 0, 1, 2, 2], [2, "", "", 3, 3, 1]
    >>> survey = pd.DataFrame({"COM1": first, "COM2": second})
    >>> found = code_table(survey, ["COM1", "COM2"], labels={"1": "Wi-Fi"})
    >>> found[["theme", "label", "count", "n"]].to_dict("split")["data"]
    [['2', '2', 4, 5], ['1', 'Wi-Fi', 3, 5], ['3', '3', 2, 5]]
    """
    check_options(minimum, level)
    if not columns:
        raise InputError("at least one column of codes was expected")
    rows, codes = _codes(table, columns, no_codes)
    has_comment = np.zeros(len(table), dtype=bool)
    has_comment[rows] = True
    named = {_plain(code): words for code, words in (labels or {}).items()}
    if themes is None:
        keys = codes
    else:
        wanted = {_plain(code): key for code, key in themes.items()}
        keys = [wanted.get(code, NOT_ASSIGNED) for code in codes]
    members: dict[str, NDArray[np.bool_]] = {}
    for row, key in zip(rows, keys, strict=True):
        members.setdefault(key, np.zeros(len(table), dtype=bool))[row] = True
    if themes is not None:
        # Only who has no code of any theme is not assigned.
        assigned = np.zeros(len(table), dtype=bool)
        for key, chosen in members.items():
            if key != NOT_ASSIGNED:
                assigned |= chosen
        members[NOT_ASSIGNED] = has_comment & ~assigned
    order = sorted(
        members, key=lambda key: (key == NOT_ASSIGNED, -members[key].sum(), key)
    )
    found: list[dict[str, object]] = []
    for groups, names in sections(table, by, None):
        for at, name in enumerate(names):
            within = groups.codes == at
            n = int((has_comment & within).sum())
            n_silent = int((within & ~has_comment).sum())
            left_out = {_NO_COMMENT: n_silent} if n_silent else {}
            for key in order:
                count = int((members[key] & within).sum())
                about = _about(key, named, is_theme=themes is not None)
                share = share_fields(count, n, minimum, level)
                found.append({**about, **share, "group": name, "left_out": left_out})
    return table_of(found, THEME_COLUMNS)


def _codes(
    table: pd.DataFrame, columns: Sequence[str], no_codes: Sequence[str]
) -> tuple[list[int], list[str]]:
    """Return row and code of every code that stands in one of the columns."""
    none = {_plain(code) for code in no_codes} | {""}
    rows: list[int] = []
    codes: list[str] = []
    for name in columns:
        column = survey_column(table, name)
        for row in np.flatnonzero(column.notna()).tolist():
            code = _plain(column.iloc[row])
            if code not in none:
                rows.append(row)
                codes.append(code)
    return rows, codes


def _plain(code: object) -> str:
    value = same_value(code)
    return str(code).strip() if isinstance(value, str) else f"{value:g}"


def _about(key: str, labels: Mapping[str, str], *, is_theme: bool) -> dict[str, object]:
    nothing: dict[str, object] = {"stage": None, "touchpoint": None, "examples": ()}
    if is_theme and key == NOT_ASSIGNED:
        rest = {"definition": "not_assigned_share", "label": "Not assigned"}
        return {**nothing, **rest, "theme": key}
    label = key.replace("_", " ").capitalize() if is_theme else labels.get(key, key)
    return {**nothing, "definition": "theme_share", "theme": key, "label": label}
