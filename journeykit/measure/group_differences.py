"""Personas and segments of one survey held against each other, two by two.

Every question is compared for every pair of groups, so p values are raised by their
number. A group below the minimum is compared with nobody. Who belongs to both groups
of a pair makes its interval too wide, never too narrow: both are taken as different
people.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.errors import UnknownNameError
from journeykit.measure.changes import Change, score_change
from journeykit.measure.differences import Difference
from journeykit.measure.multiple import benjamini_hochberg
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS
from journeykit.measure.wave_questions import (
    AskedQuestion,
    SurveyWave,
    asked_in,
    results_of,
)
from journeykit.model.reliability import reliability_of

if TYPE_CHECKING:
    from journeykit.model.survey import SurveyMapping

__all__ = ["GROUP_DIFFERENCE_COLUMNS", "group_differences"]

GROUP_DIFFERENCE_COLUMNS = (
    *("definition", "touchpoint", "column", "group", "other"),
    *("group_value", "other_value", "value", "low", "high"),
    *("p_value", "p_adjusted", "is_difference", "test"),
    *("group_n", "other_n", "n_in_both", "n", "reliability"),
)
"""Columns of :func:`group_differences`, in order."""

_TEXTS = ("definition", "column", "group", "other", "test", "reliability")
_COUNTS = ("group_n", "other_n", "n_in_both", "n")


def group_differences(
    table: pd.DataFrame,
    mapping: SurveyMapping,
    groups: Sequence[str],
    *,
    definitions: Sequence[str] = (),
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how far each two groups are apart, question by question.

    Parameters
    ----------
    table
        The survey, one row an answer.
    mapping
        What its columns mean, and who belongs to which group.
    groups
        Ids of the personas or segments to compare, two or more.
    definitions
        Keys of the measures to compare; empty for all that the questions give.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1; what is left of it is the limit
        below which a p value counts as a difference.

    Returns
    -------
    pandas.DataFrame
        One row a question, measure and pair: ``definition``, ``touchpoint`` (None: the
        whole journey), ``column``, ``group``, ``other``; ``group_value``,
        ``other_value`` (scores); ``value``, ``low``, ``high`` (other - group, in the
        unit of the measure, with its interval); ``p_value``, ``p_adjusted``
        (Benjamini-Hochberg over all rows of the same definition), ``is_difference``
        (``p_adjusted`` below the limit; NA if not tested), ``test``; ``group_n``,
        ``other_n``, ``n_in_both`` (answers of people in both groups), ``n`` (the
        smaller) and ``reliability``. Where one of both is below the minimum nothing is
        compared, and its count is given as 0; so with a group that would give a smaller
        one away (:mod:`journeykit.measure.disclosure`).

    Raises
    ------
    UnknownNameError
        If the mapping has no rule for one of the groups, or a column is missing.
    TableError
        If an answer is no number and no code, or a weight is empty or below 0.
    InputError
        If an option is out of range.

    Notes
    -----
    NPS: adjusted Wald; shares: Newcombe and two proportions; means: Welch. See
    :mod:`journeykit.measure.differences`.

    Examples
    --------
    >>> from journeykit.model.survey import (
    ...     Condition, Group, Question, Scale, SurveyMapping,
    ... )
    >>> scale = Scale(lowest=1, highest=5)
    >>> asked = Question(column="desk", asks="satisfaction", scale=scale)
    >>> rules = tuple(
    ...     Group(subject=who, conditions=(Condition(column="who", values=(who,)),))
    ...     for who in ("ann", "bob")
    ... )
    >>> answers = pd.DataFrame({"who": ["ann", "bob"] * 40, "desk": [5, 2] * 40})
    >>> mapping = SurveyMapping(questions=(asked,), groups=rules)
    >>> found = group_differences(answers, mapping, ["ann", "bob"])
    >>> found[["definition", "value", "is_difference"]].to_dict("records")[0]
    {'definition': 'customer_satisfaction_score', 'value': -1.0, 'is_difference': True}
    """
    check_options(minimum, level)
    known = {group.subject for group in mapping.groups}
    for group in groups:
        if group not in known:
            raise UnknownNameError("group of the survey", group, known)
    wave = SurveyWave("", table, mapping)
    rows: list[dict[str, object]] = []
    for (asked,) in asked_in([wave], minimum):
        if not asked.members:
            continue
        for first, second in combinations(groups, 2):
            rows += _compared(asked, first, second, minimum=minimum, level=level)
    if definitions:
        rows = [row for row in rows if row["definition"] in definitions]
    return _frame(rows, level)


def _compared(
    asked: AskedQuestion, first: str, second: str, *, minimum: int, level: float
) -> list[dict[str, object]]:
    """Return the rows of one question and pair, one a measure."""
    found = [
        results_of(asked, group, minimum=minimum, level=level)[0]
        for group in (first, second)
    ]
    pair = (asked.within(first), asked.within(second))
    scales = (asked.question.scale, asked.question.scale)
    shared = asked.answers.within(asked.members[first] & asked.members[second]).n
    rows = []
    for one, other in zip(*found, strict=True):
        is_hidden = min(one.n, other.n) < minimum
        change = Change(one, other, None)
        if not is_hidden:
            change = score_change((one, other), pair, scales)
        difference = change.difference or Difference(*(math.nan,) * 4)
        counts = [result.n if result.n >= minimum else 0 for result in (one, other)]
        rows.append(
            {
                "definition": one.definition,
                "touchpoint": asked.question.touchpoint,
                "column": asked.question.column,
                "group": first,
                "other": second,
                "group_value": one.value,
                "other_value": other.value,
                **difference._asdict(),
                "test": change.test,
                "group_n": counts[0],
                "other_n": counts[1],
                "n_in_both": 0 if is_hidden or shared < minimum else shared,
                "n": min(counts),
                "reliability": reliability_of(min(one.n, other.n), minimum),
            }
        )
    return rows


def _frame(rows: list[dict[str, object]], level: float) -> pd.DataFrame:
    """Return the rows as a table, p values raised by how many there are."""
    columns = {name: [row.get(name) for row in rows] for name in _GIVEN}
    types = dict.fromkeys(_TEXTS, "str") | dict.fromkeys(_COUNTS, "int64")
    types |= {"touchpoint": "object"}
    frame = pd.DataFrame(
        {
            name: pd.Series(values, dtype=types.get(name, "float64"))
            for name, values in columns.items()
        }
    )
    adjusted = np.full(len(frame), np.nan)
    for definition in frame["definition"].unique():
        chosen = np.flatnonzero(frame["definition"] == definition)
        adjusted[chosen] = benjamini_hochberg(frame["p_value"].to_numpy()[chosen])
    frame["p_adjusted"] = adjusted
    is_apart = pd.Series(adjusted < 1 - level).astype("boolean")
    frame["is_difference"] = is_apart.mask(np.isnan(adjusted))
    return frame[list(GROUP_DIFFERENCE_COLUMNS)]


_GIVEN = tuple(
    name
    for name in GROUP_DIFFERENCE_COLUMNS
    if name not in ("p_adjusted", "is_difference")
)
