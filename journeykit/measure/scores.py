"""What customers answered: NPS, CSAT, CES and mean satisfaction, and a table of all.

The functions live in a module for each question (``net_promoter``, ``satisfaction``,
``effort``); this one is where callers find them, and makes the table of all of them.

A row of the table stands under the definition of its measure and nothing else. So a
question that was asked on a scale which that definition does not cover (recommendation
on 1 to 10, effort on the older 1 to 5) is "not measured" there, with the scale as the
reason; the single functions compute it when told to, and say so in the note.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from journeykit.measure.answers import Answers, read_answers, read_weights
from journeykit.measure.disclosure import told_members
from journeykit.measure.effort import customer_effort_score, easy_share
from journeykit.measure.groups import group_mask, survey_column
from journeykit.measure.net_promoter import net_promoter_score
from journeykit.measure.rating import check_options, described, not_shown
from journeykit.measure.result import MIN_ANSWERS, Result
from journeykit.measure.satisfaction import (
    customer_satisfaction_score,
    felt_against_measured,
    mean_satisfaction,
)

if TYPE_CHECKING:
    from journeykit.model.survey import Question, Scale, SurveyMapping

__all__ = [
    "SCORE_COLUMNS",
    "customer_effort_score",
    "customer_satisfaction_score",
    "easy_share",
    "felt_against_measured",
    "group_mask",
    "mean_satisfaction",
    "net_promoter_score",
    "question_results",
    "score_table",
]

SCORE_COLUMNS = (
    "definition",
    "touchpoint",
    "column",
    "group",
    "value",
    "low",
    "high",
    "n",
    "n_left_out",
    "effective_n",
    "reliability",
    "left_out",
)
"""Columns of :func:`score_table`, in order."""


class _Measure(NamedTuple):
    """A measure, and the only scale its definition covers (None: any)."""

    compute: Callable[..., Result]
    scale: tuple[float, float, str] | None = None


_MEASURES: Mapping[str, Mapping[str, _Measure]] = MappingProxyType(
    {
        "satisfaction": {
            "customer_satisfaction_score": _Measure(customer_satisfaction_score),
            "mean_satisfaction": _Measure(mean_satisfaction),
        },
        "recommend": {
            "net_promoter_score": _Measure(net_promoter_score, (0, 10, "highest")),
        },
        "effort": {
            "customer_effort_score": _Measure(customer_effort_score, (1, 7, "highest")),
            "easy_share": _Measure(easy_share),
        },
    }
)


def score_table(
    table: pd.DataFrame,
    mapping: SurveyMapping,
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the scores of every question, for all answers and for each group.

    Parameters
    ----------
    table
        The survey, one row an answer.
    mapping
        Which columns are rated questions, who belongs to a group, which column weighs.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row for each question, measure and group, in the order of *mapping*:
        ``definition`` (key of the measure), ``touchpoint`` (id; None: whole journey),
        ``column`` (of the question), ``group`` (id of persona or segment; None: all),
        ``value``, ``low``, ``high`` (unit of the definition, shares of the valid
        answers; NaN if not shown), ``n`` (valid answers), ``n_left_out``,
        ``effective_n`` (Kish's; NaN without weights), ``reliability`` and ``left_out``
        (reason to number of answers). A question that nobody answered is "not
        measured"; a question that the mapping lacks has no row. "Not measured" is also
        a group whose score, taken from that of others, would tell what fewer than
        *minimum* people answered (:mod:`journeykit.measure.disclosure`).

    Raises
    ------
    UnknownNameError
        If the mapping names a column that the table lacks; it offers the nearest.
    TableError
        If an answer is no number and no code, or a weight is empty or below 0.
    InputError
        If a column stands twice, or an option is out of range.

    Examples
    --------
    >>> from journeykit.model.survey import Question, Scale, SurveyMapping
    >>> scale = Scale(lowest=0, highest=10, not_answers={"11": "no answer"})
    >>> question = Question(column="NETPRO", asks="recommend", scale=scale)
    >>> survey = pd.DataFrame({"NETPRO": [10, 10, 9, 8, 3, 11]})
    >>> scores = score_table(survey, SurveyMapping(questions=(question,)))
    >>> scores[["definition", "value", "n"]].to_dict("records")
    [{'definition': 'net_promoter_score', 'value': 40.0, 'n': 5}]
    """
    check_options(minimum, level)
    weights = None
    if mapping.weight is not None:
        weights = read_weights(survey_column(table, mapping.weight))
    members = np.zeros((len(table), len(mapping.groups)), dtype=bool)
    for place, group in enumerate(mapping.groups):
        members[:, place] = group_mask(table, group)
    rows: list[dict[str, object]] = []
    for question in mapping.questions:
        column = survey_column(table, question.column)
        answers = read_answers(column, question.scale, weights)
        parted: list[tuple[str | None, Answers]] = [(None, answers)]
        for group, belong in zip(
            mapping.groups,
            told_members(members, answers.reasons < 0, minimum).T,
            strict=True,
        ):
            parted.append((group.subject, answers.within(belong)))
        for subject, chosen in parted:
            results = question_results(chosen, question, minimum=minimum, level=level)
            rows += [_row(question, subject, result) for result in results]
    return _frame(rows)


def question_results(
    answers: Answers,
    question: Question,
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> tuple[Result, ...]:
    """Return the result of each measure that a question gives, in the order shown.

    Parameters
    ----------
    answers
        Its answers, as read on its scale.
    question
        What it asks, and on which scale.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    tuple of Result
        One for each measure; "not measured" where the definition does not cover the
        scale.
    """
    return tuple(
        _measured(key, measure, answers, question.scale, minimum=minimum, level=level)
        for key, measure in _MEASURES[question.asks].items()
    )


def _measured(
    key: str,
    measure: _Measure,
    answers: Answers,
    scale: Scale,
    *,
    minimum: int,
    level: float,
) -> Result:
    declared = (scale.lowest, scale.highest, scale.best)
    if measure.scale is not None and declared != measure.scale:
        refused = answers.all_left_out(f"asked on {described(scale)}")
        return not_shown(key, refused, minimum, level)
    return measure.compute(answers, scale, minimum=minimum, level=level)


def _row(question: Question, subject: str | None, result: Result) -> dict[str, object]:
    place = {
        "touchpoint": question.touchpoint,
        "column": question.column,
        "group": subject,
        "left_out": dict(result.left_out),
    }
    return {
        name: place[name] if name in place else getattr(result, name)
        for name in SCORE_COLUMNS
    }


def _frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Return rows as a table whose types do not depend on what was measured."""
    types = dict.fromkeys(("touchpoint", "group", "left_out"), "object")
    types |= dict.fromkeys(("definition", "column", "reliability"), "str")
    types |= dict.fromkeys(("value", "low", "high", "effective_n"), "float64")
    types |= dict.fromkeys(("n", "n_left_out"), "int64")
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=types[name])
            for name in SCORE_COLUMNS
        }
    )
