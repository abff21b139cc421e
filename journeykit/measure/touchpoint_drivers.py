"""Key drivers of a survey by its mapping: the touchpoints behind the overall score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.drivers import DRIVER_COLUMNS, driver_shares
from journeykit.measure.result import MIN_ANSWERS

if TYPE_CHECKING:
    from journeykit.model.survey import Question, SurveyMapping

__all__ = ["TOUCHPOINT_DRIVER_COLUMNS", "outcome_question", "touchpoint_drivers"]

TOUCHPOINT_DRIVER_COLUMNS = ("touchpoint", *DRIVER_COLUMNS)
"""Columns of :func:`touchpoint_drivers`, in order."""


def touchpoint_drivers(
    table: pd.DataFrame,
    mapping: SurveyMapping,
    *,
    outcome_col: str | None = None,
    n_draws: int = 500,
    seed: int = 1,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how much of the overall score goes with each rated touchpoint.

    Parameters
    ----------
    table
        The survey, one row an answer.
    mapping
        Its rated questions: those of a touchpoint are drivers. Its weights are used.
    outcome_col
        Column of the overall question; None: see :func:`outcome_question`.
    n_draws, seed, minimum, level
        As in :func:`~journeykit.measure.drivers.driver_shares`.

    Returns
    -------
    pandas.DataFrame
        ``touchpoint`` (id) and the columns of
        :func:`~journeykit.measure.drivers.driver_shares`; ``driver`` is the column of
        the question. A question that the table lacks is "not measured".

    Raises
    ------
    InputError
        If no question is about the whole journey, or none about a touchpoint.
    UnknownNameError
        If *outcome_col* is no question, or its column is not there.
    TableError
        If a cell is no number and no declared code.

    Examples
    --------
    >>> from journeykit.model.survey import Question, Scale, SurveyMapping
    >>> five = Scale(lowest=1, highest=5)
    >>> overall = Question(column="all", asks="satisfaction", scale=five)
    >>> staff = overall.model_copy(update={"column": "q1", "touchpoint": "desk"})
    >>> survey = pd.DataFrame({"all": [1, 2, 3, 4, 5], "q1": [1, 2, 3, 4, 5]})
    >>> found = touchpoint_drivers(survey, SurveyMapping(questions=(overall, staff)))
    >>> found[["touchpoint", "value"]].round(6).to_dict("records")
    [{'touchpoint': 'desk', 'value': 1.0}]
    """
    outcome = outcome_question(mapping, outcome_col)
    asked = [
        question
        for question in mapping.questions
        if question.touchpoint is not None and question.column != outcome.column
    ]
    if not asked:
        raise InputError("a question about a touchpoint was expected, there is none")
    columns = [question.column for question in asked]
    lacking = {name: None for name in columns if name not in table.columns}
    found = driver_shares(
        table.assign(**lacking) if lacking else table,
        outcome.column,
        columns,
        scales={question.column: question.scale for question in (*asked, outcome)},
        weight_col=mapping.weight,
        n_draws=n_draws,
        seed=seed,
        minimum=minimum,
        level=level,
    )
    places = {question.column: question.touchpoint for question in asked}
    touchpoints = found["driver"].map(places).astype("str")
    found.insert(0, "touchpoint", touchpoints)
    return found


def outcome_question(
    mapping: SurveyMapping, outcome_col: str | None = None
) -> Question:
    """Return the question about the whole journey that the drivers are to explain.

    Parameters
    ----------
    mapping
        The rated questions.
    outcome_col
        Column of the question; None: the first about the whole journey that asks for
        recommendation, else for satisfaction, else for effort.

    Returns
    -------
    Question
        The one that was asked for.

    Raises
    ------
    UnknownNameError
        If *outcome_col* is none of the questions.
    InputError
        If no question is about the whole journey.
    """
    if outcome_col is not None:
        for question in mapping.questions:
            if question.column == outcome_col:
                return question
        known = [question.column for question in mapping.questions]
        raise UnknownNameError("question", outcome_col, known, "mapping")
    whole = [question for question in mapping.questions if question.touchpoint is None]
    if not whole:
        raise InputError(
            "a question about the whole journey was expected, there is none",
            mend="State outcome_col if another question is to be explained",
        )
    order = ("recommend", "satisfaction", "effort")
    return min(whole, key=lambda question: order.index(question.asks))
