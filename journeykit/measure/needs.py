"""What a survey says about needs: how underserved they are, and what absence costs.

Each need is asked for in two columns, which the mapping names; here they are measured
for all respondents and for each group, since a person may belong to several at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.language import say, word
from journeykit.measure.answers import read_answers
from journeykit.measure.groups import group_mask, survey_column
from journeykit.measure.kano import kano_classes, kano_scale
from journeykit.measure.priority_answers import (
    OPPORTUNITY_COLUMNS,
    opportunity_scores,
)
from journeykit.measure.priority_tables import is_shared, ranked_table, ranks_of, truths
from journeykit.measure.rating import is_one_to, scale_words
from journeykit.measure.result import MIN_ANSWERS

if TYPE_CHECKING:
    from journeykit.model.survey import Need, Scale, SurveyMapping

__all__ = ["NO_WEIGHTS", "need_classes", "need_notes", "need_opportunities"]

NO_WEIGHTS = word("Needs: every answer counts the same, weights are not used.")
"""What is said of needs where a survey has weights."""


def need_opportunities(
    table: pd.DataFrame,
    mapping: SurveyMapping,
    *,
    cut_off: float = 10,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame | None:
    """Return Ulwick's opportunity score of each need that is asked for both ways.

    Parameters
    ----------
    table
        One row a respondent.
    mapping
        Its needs name the columns of importance and satisfaction.
    cut_off, minimum, level
        As for :func:`journeykit.measure.priority_answers.opportunity_scores`.

    Returns
    -------
    pandas.DataFrame or None
        Columns of :func:`~journeykit.measure.priority_answers.opportunity_scores`,
        where ``entry`` is the name of the need and ``segment`` the id of a persona or
        segment (None: all), then ``subject`` (what the need is about, or None). None if
        no need is asked for on 1 to 5.

    Raises
    ------
    UnknownNameError
        If a column is not there.
    TableError
        If an answer is no number, no word of its scale and no code.
    """
    needs = [one for one in mapping.needs if one.importance]
    needs = [one for one in needs if not _unfit(one, mapping)]
    if not needs:
        return None
    parts = []
    for segment, rows in _groups(table, mapping):
        found = []
        for need in needs:
            pair = ("importance", "satisfaction")
            scales = [mapping.scale_of(need, need.columns[role]) for role in pair]
            found.append(
                opportunity_scores(
                    _pairs(rows, need, pair),
                    cut_off=cut_off,
                    importance_scale=scales[0],
                    satisfaction_scale=scales[1],
                    minimum=minimum,
                    level=level,
                )
            )
        scored = _joined(found, rows, segment)
        value = scored["value"].to_numpy()
        ranks = ranks_of(value)
        columns: dict[str, object] = {
            name: scored[name].tolist() for name in OPPORTUNITY_COLUMNS
        }
        columns["rank"], columns["is_tied"] = ranks, is_shared(ranks)
        columns["is_opportunity"] = truths(value >= cut_off, ~np.isnan(value))
        parts.append(ranked_table(columns, OPPORTUNITY_COLUMNS))
    return _with_subjects(parts, needs)


def need_classes(
    table: pd.DataFrame,
    mapping: SurveyMapping,
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame | None:
    """Return the Kano class of each need that is asked for both ways.

    Parameters
    ----------
    table
        One row a respondent.
    mapping
        Its needs name the functional and the dysfunctional column.
    minimum, level
        As for :func:`journeykit.measure.kano.kano_classes`.

    Returns
    -------
    pandas.DataFrame or None
        Columns of :func:`~journeykit.measure.kano.kano_classes`, where ``entry`` is the
        name of the need and ``segment`` the id of a persona or segment (None: all),
        then ``subject``. None if no need is asked for so.

    Raises
    ------
    UnknownNameError
        If a column is not there.
    TableError
        If an answer is none of the five, in the words that the need declares.
    """
    needs = [one for one in mapping.needs if one.functional]
    if not needs:
        return None
    parts = []
    for segment, rows in _groups(table, mapping):
        found = []
        for need in needs:
            answers = _pairs(rows, need, ("functional", "dysfunctional"))
            scale = kano_scale(need.kano_answers, need.kano_not_answers)
            for role in ("functional", "dysfunctional"):
                answers[role] = read_answers(answers[role], scale).values
            found.append(kano_classes(answers, minimum=minimum, level=level))
        parts.append(_joined(found, rows, segment))
    return _with_subjects(parts, needs)


def need_notes(mapping: SurveyMapping) -> tuple[str, ...]:
    """Return what must be said of the needs of a survey, in sentences.

    Examples
    --------
    >>> from journeykit.model.survey import Need, Scale, SurveyMapping
    >>> seven = Scale(lowest=1, highest=7)
    >>> need = Need(name="Speed", importance="a", satisfaction="b", scale=seven)
    >>> need_notes(SurveyMapping(needs=(need,)))[0][:52]
    'No opportunity score of Speed: it takes answers 4 to'
    """
    notes = [
        say(
            "No opportunity score of {need}: it takes answers 4 to 5 on a scale of 1 "
            "to 5 where 5 is best, this was asked on {scale}.",
            need=need.name,
            scale=scale_words(scale),
        )
        for need in mapping.needs
        for scale in _unfit(need, mapping)
    ]
    if mapping.needs and mapping.weight is not None:
        notes.append(say(NO_WEIGHTS))
    return tuple(notes)


def _unfit(need: Need, mapping: SurveyMapping) -> tuple[Scale, ...]:
    """Return the first scale of a need on which there is no opportunity score."""
    if need.importance is None:
        return ()
    names = (need.columns["importance"], need.columns["satisfaction"])
    scales = (mapping.scale_of(need, name) for name in names)
    return tuple(scale for scale in scales if not is_one_to(5, scale))[:1]


def _groups(
    table: pd.DataFrame, mapping: SurveyMapping
) -> Iterator[tuple[str | None, pd.DataFrame]]:
    yield None, table
    for group in mapping.groups:
        yield group.subject, table[group_mask(table, group).to_numpy()]


def _pairs(rows: pd.DataFrame, need: Need, roles: tuple[str, str]) -> pd.DataFrame:
    """Return the two answers to a need, a row a respondent; an empty one for nobody."""
    columns = {
        role: survey_column(rows, need.columns[role]).reset_index(drop=True)
        for role in roles
    }
    pairs = pd.DataFrame(columns) if len(rows) else pd.DataFrame(columns, index=[0])
    pairs.insert(0, "entry", need.name)
    return pairs


def _joined(
    found: list[pd.DataFrame], rows: pd.DataFrame, segment: str | None
) -> pd.DataFrame:
    joined = pd.concat(found, ignore_index=True)
    joined["segment"] = pd.Series([segment] * len(joined), dtype="object")
    if rows.empty:  # the empty row that stood for nobody
        joined["n_left_out"] = 0
        joined["left_out"] = pd.Series([{} for _ in found], dtype="object")
    return joined


def _with_subjects(parts: list[pd.DataFrame], needs: list[Need]) -> pd.DataFrame:
    subjects = {need.name: need.subject for need in needs}
    table = pd.concat(parts, ignore_index=True)
    about = [subjects[name] for name in table["entry"]]
    return table.assign(subject=pd.Series(about, dtype="object"))
