"""Several waves of one survey through one mapping: names drift, questions come and go.

A wave is brought to the names of the mapping. A question that it did not ask is an
empty column, so that it is "not measured" wherever scores are computed; leaving it out
of the mapping was turned down, for then nobody would see that it is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple

import pandas as pd

from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange.quality import ColumnQuality, question_quality
from journeykit.model.survey import Question, Scale, SurveyMapping

__all__ = ["Wave", "check_scales", "named_as_mapped", "on_its_scales"]

_MIN_ANSWERS = 30


class Wave(NamedTuple):
    """The table of one wave under the names of the mapping, and what must be said.

    Parameters
    ----------
    frame
        One row a respondent.
    labels
        Column to the question in full.
    mapping
        The mapping as it holds for this wave.
    notes
        What was renamed, what was not asked, in sentences.
    """

    frame: pd.DataFrame
    labels: Mapping[str, str]
    mapping: SurveyMapping
    notes: tuple[str, ...]


def named_as_mapped(
    frame: pd.DataFrame, labels: Mapping[str, str], mapping: SurveyMapping
) -> Wave:
    """Return a wave under the names of its mapping.

    Parameters
    ----------
    frame
        One row a respondent, as read; it stays as it is.
    labels
        Column to the question in full, where known.
    mapping
        What the columns mean, with their names in other waves.

    Returns
    -------
    Wave
        Names that the mapping declares, and names that differ only in capitals and
        signs, are changed to the mapping's. Columns that are not there are empty, and
        said; without its column of weights every answer counts the same.

    Raises
    ------
    UnknownNameError
        If none of the mapping's questions is there, or a column that a rule cannot do
        without.
    InputError
        If two columns are declared to be the same.

    Examples
    --------
    >>> from journeykit.model.survey import Question, Scale
    >>> asked = Question(
    ...     column="NETPRO", asks="recommend", scale=Scale(lowest=0, highest=10)
    ... )
    >>> mapping = SurveyMapping(questions=(asked,), renamed={"NETPRO": ("Q16",)})
    >>> wave = named_as_mapped(pd.DataFrame({"Q16": ["9"]}), {}, mapping)
    >>> list(wave.frame), wave.notes
    (['NETPRO'], ('Q16 was read as NETPRO, as the mapping says.',))
    """
    names = list(map(str, frame.columns))
    new_names: dict[str, str] = {}
    notes: list[str] = []
    absent: list[str] = []
    for column in mapping.columns:
        if column in names:
            continue
        declared = [name for name in mapping.renamed.get(column, ()) if name in names]
        if len(declared) > 1:
            raise InputError(
                f"one column for {column!r} was expected, the mapping gives it the "
                f"names {' and '.join(map(repr, declared))}, and both are there",
                mend="Leave one of them out of renamed",
            )
        alike = _alike(column, names, mapping)
        if declared:
            new_names[declared[0]] = column
            notes.append(f"{declared[0]} was read as {column}, as the mapping says.")
        elif alike is not None and alike not in new_names:
            new_names[alike] = column
            notes.append(f"{alike} was read as {column}: the same but for its signs.")
        else:
            absent.append(column)
    labels = {new_names.get(name, name): text for name, text in labels.items()}
    frame = frame.rename(columns=new_names)
    if not absent:
        return Wave(frame, labels, mapping, tuple(notes))
    _refuse_what_is_needed(absent, mapping, names)
    roles = mapping.columns
    of_needs = {name for need in mapping.needs for name in need.columns.values()}
    for column in absent:
        near = _nearest(column, mapping, frame, labels)
        said = _SAID.get(roles[column], "the rule that needs it holds for nobody")
        if column in of_needs:
            said = _SAID["question"]
        notes.append(f"{column} is not in this wave: {said}.{near}")
    if mapping.weight in absent:
        mapping = mapping.model_copy(update={"weight": None})
    empty = {name: _nothing(frame) for name in absent if name in mapping.columns}
    return Wave(frame.assign(**empty), labels, mapping, tuple(notes))


_SAID = {
    "question": "not measured",
    "weight": "every answer counts the same",
    "respondent": "duplicates cannot be found",
    "comment": "no comments",
}


def _nothing(frame: pd.DataFrame) -> pd.Series[str]:
    return pd.Series([None] * len(frame), index=frame.index, dtype="str")


def _key(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _alike(column: str, names: list[str], mapping: SurveyMapping) -> str | None:
    """Return the one heading that differs from *column* only in capitals and signs."""
    wanted = _key(column)
    found = [
        name for name in names if name not in mapping.columns and _key(name) == wanted
    ]
    return found[0] if wanted and len(found) == 1 else None


def _nearest(
    column: str, mapping: SurveyMapping, frame: pd.DataFrame, labels: Mapping[str, str]
) -> str:
    """Return a hint at the heading under which the question may stand after all."""
    free = [name for name in map(str, frame.columns) if name not in mapping.columns]
    wording = next((q.wording for q in mapping.questions if q.column == column), "")
    same = [name for name in free if wording and labels.get(name) == wording]
    close = same or get_close_matches(column, free, n=1, cutoff=0.6)
    if not close:
        return ""
    return f" If it is {close[0]!r}, say so in renamed."


def _refuse_what_is_needed(
    absent: list[str], mapping: SurveyMapping, names: list[str]
) -> None:
    asked = [question.column for question in mapping.questions]
    asked += [name for need in mapping.needs for name in need.columns.values()]
    needed = [] if any(column not in absent for column in asked) else absent
    for group in mapping.groups:
        # An empty cell "is" the empty text, so nobody would become everybody.
        needed = needed + [
            condition.column
            for condition in group.conditions
            if condition.column in absent and "" in condition.values
        ]
    if needed:
        role = mapping.columns[needed[0]]
        raise UnknownNameError("column", needed[0], names, f"mapping, {role}")


def on_its_scales(
    frame: pd.DataFrame, mapping: SurveyMapping
) -> tuple[SurveyMapping, tuple[str, ...]]:
    """Return the mapping with the scales that a wave's answers fit, and what to say."""
    questions: list[Question] = []
    others = dict(mapping.other_scales)
    notes: list[str] = []
    for asked in mapping.questions:
        declared = (asked.scale, *others.get(asked.column, ()))
        scale = asked.scale
        if len(declared) > 1:
            scale = _fitting(frame[asked.column], asked, declared)
        if scale is not asked.scale:
            others[asked.column] = tuple(one for one in declared if one is not scale)
            notes.append(
                f"{asked.column} was asked on {_ends(scale)} in this wave, elsewhere "
                f"on {_ends(asked.scale)}: the two are not comparable as they stand."
            )
        questions.append(asked.model_copy(update={"scale": scale}))
    if not notes:
        return mapping, ()
    fresh = {"questions": tuple(questions), "other_scales": others}
    return mapping.model_copy(update=fresh), tuple(notes)


def _ends(scale: Scale) -> str:
    return f"{scale.lowest:g} to {scale.highest:g}"


def _fitting(column: pd.Series, asked: Question, scales: tuple[Scale, ...]) -> Scale:
    """Return the first scale whose answers neither pass it nor stop short of it."""
    for scale in scales:
        tried = question_quality(column, asked.model_copy(update={"scale": scale}))
        is_short = (
            tried.n_answers >= _MIN_ANSWERS
            and tried.highest is not None
            and tried.highest <= scale.highest - 2
        )
        if not is_short and not _is_beyond(tried):
            return scale
    return asked.scale


def _is_beyond(found: ColumnQuality) -> bool:
    """Say whether answers pass the ends of the scale, not just a code or two."""
    return bool(found.wrong_scale) and len(found.out_of_range) > 2


def check_scales(columns: Iterable[ColumnQuality], where: str = "") -> None:
    """Refuse answers that were given on another scale than the declared ones.

    Left in, those inside the scale would count and the others be left out: a score that
    is wrong and looks right.

    Raises
    ------
    InputError
        With the declared scale, the ends of the answers, and how to declare it.
    """
    found = [column for column in columns if _is_beyond(column)]
    if found:
        said = "; ".join(
            f"{one.column}: {one.wrong_scale.rstrip('.?')}" for one in found
        )
        raise InputError(
            f"answers on another scale than the declared one: {said}",
            where,
            "Declare the scale of this wave in other_scales, or codes in not_answers",
        )
