"""What two waves of a survey share: their questions, groups and answers.

A question is the same in two waves where its column, touchpoint and kind are the same;
one mapping for all waves brings drifting columns to one name before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from journeykit.errors import InputError
from journeykit.language import say, word
from journeykit.measure.answers import Answers, read_answers, read_weights
from journeykit.measure.disclosure import told_members
from journeykit.measure.groups import group_mask, survey_column
from journeykit.measure.scores import question_results

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from journeykit.measure.result import Result
    from journeykit.model.survey import Question, SurveyMapping

__all__ = ["AskedQuestion", "SurveyWave", "asked_in", "groups_of", "results_of"]

_NOT_ASKED = word("not asked in this wave")
_NO_GROUP = word("the wave does not tell who belongs to the group")


class SurveyWave(NamedTuple):
    """One wave: its name, its table, and what its columns mean."""

    name: str
    table: pd.DataFrame
    mapping: SurveyMapping


class _Key(NamedTuple):
    """What makes a question the same in two waves."""

    column: str
    touchpoint: str | None
    asks: Literal["satisfaction", "recommend", "effort"]


class AskedQuestion(NamedTuple):
    """A question in one wave.

    Parameters
    ----------
    question
        As this wave asked it, or as another did where this one did not.
    answers
        All answers; none where it was not asked.
    members
        Group to its rows; a group that this wave does not tell is not there.
    """

    question: Question
    answers: Answers
    members: dict[str | None, NDArray[np.bool_]]

    def within(self, group: str | None) -> Answers:
        """Return the answers of a group; None: all."""
        return self.answers.within(self.members[group])


def asked_in(
    waves: Sequence[SurveyWave], minimum: int
) -> list[tuple[AskedQuestion, ...]]:
    """Return every question of any wave, each as all waves asked it.

    Parameters
    ----------
    waves
        In the order of time.
    minimum
        Fewest answers that may be shown; a group that would give fewer away has
        nobody (:func:`~journeykit.measure.disclosure.told_members`).

    Returns
    -------
    list of tuple
        One tuple a question, one place a wave, in the order of the first mapping.

    Raises
    ------
    InputError
        If two waves have the same name.
    UnknownNameError
        If a wave lacks its column of weights.
    TableError
        If an answer is no number and no code, or a weight is empty or below 0.
    """
    names = [wave.name for wave in waves]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(f"each wave was expected once, not {', '.join(twice)} twice")
    first: dict[_Key, Question] = {}
    found = []
    for wave in waves:
        by_key = _questions(wave, minimum)
        found.append(by_key)
        for key, asked in by_key.items():
            first.setdefault(key, asked.question)
    return [
        tuple(
            by_key.get(key)
            or AskedQuestion(question, read_answers([], question.scale), {})
            for by_key in found
        )
        for key, question in first.items()
    ]


def _questions(wave: SurveyWave, minimum: int) -> dict[_Key, AskedQuestion]:
    table, mapping = wave.table, wave.mapping
    weights = None
    if mapping.weight is not None:
        weights = read_weights(survey_column(table, mapping.weight))
    members: dict[str | None, NDArray[np.bool_]] = {
        None: np.ones(len(table), dtype=bool)
    }
    for group in mapping.groups:
        columns = {condition.column for condition in group.conditions}
        if columns <= set(table.columns):
            members[group.subject] = group_mask(table, group).to_numpy()
    found = {}
    for question in mapping.questions:
        answers, its_members = read_answers([], question.scale), {}
        if question.column in table.columns:
            column = survey_column(table, question.column)
            if column.notna().any():
                answers = read_answers(column, question.scale, weights)
                its_members = _told(members, answers, minimum)
        key = _Key(question.column, question.touchpoint, question.asks)
        found[key] = AskedQuestion(question, answers, its_members)
    return found


def _told(
    members: dict[str | None, NDArray[np.bool_]], answers: Answers, minimum: int
) -> dict[str | None, NDArray[np.bool_]]:
    groups = [one for one in members if one is not None]
    if not groups:
        return members
    belong = np.column_stack([members[one] for one in groups])
    told = told_members(belong, answers.reasons < 0, minimum)
    return members | dict(zip(groups, told.T, strict=True))


def groups_of(waves: Sequence[SurveyWave]) -> list[str | None]:
    """Return every group of any wave, all answers (None) first."""
    subjects = [group.subject for wave in waves for group in wave.mapping.groups]
    return [None, *dict.fromkeys(subjects)]


def results_of(
    asked: AskedQuestion, group: str | None, *, minimum: int, level: float
) -> tuple[tuple[Result, ...], str]:
    """Return the results of a question for a group, and why there are none.

    Parameters
    ----------
    asked
        A question in one wave.
    group
        Id of a persona or segment; None: all.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    tuple
        One result for each measure of the question; and a note, empty if it was asked.
    """
    note = ""
    answers = asked.answers
    if not asked.members:
        note = say(_NOT_ASKED)
    elif group not in asked.members:
        note, answers = say(_NO_GROUP), read_answers([], asked.question.scale)
    else:
        answers = asked.within(group)
    results = question_results(answers, asked.question, minimum=minimum, level=level)
    return results, note
