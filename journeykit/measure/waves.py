"""Waves of a survey compared: every score with its change, an interval and a test.

Many questions at once always show a few changes by chance, so p values are raised by
their number. Questions of a wave are matched by the mapping, not by guessing here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.language import say
from journeykit.measure.changes import Change, rate_change, score_change
from journeykit.measure.differences import Difference
from journeykit.measure.groups import survey_column
from journeykit.measure.multiple import benjamini_hochberg
from journeykit.measure.rating import check_options, is_same_scale, scale_words
from journeykit.measure.result import MIN_ANSWERS
from journeykit.measure.scores import SCORE_COLUMNS
from journeykit.measure.wave_questions import (
    AskedQuestion,
    SurveyWave,
    asked_in,
    groups_of,
    results_of,
)
from journeykit.model.reliability import reliability_of

if TYPE_CHECKING:
    from journeykit.model.survey import Question, SurveyMapping

__all__ = [
    "CHANGE_COLUMNS",
    "WAVE_COLUMNS",
    "Change",
    "SurveyWave",
    "changes_at",
    "rate_change",
    "wave_changes",
    "wave_scores",
]

WAVE_COLUMNS = ("wave", *SCORE_COLUMNS, "note")
"""Columns of :func:`wave_scores`, in order."""

CHANGE_COLUMNS = (
    *("definition", "touchpoint", "column", "group"),
    *("wave_before", "wave_after", "before", "after"),
    *("value", "low", "high", "p_value", "p_adjusted", "is_change", "test"),
    *("n_before", "n_after", "effective_n_before", "effective_n_after"),
    *("n", "n_left_out", "left_out", "reliability", "note"),
)
"""Columns of :func:`wave_changes`, in order."""


def wave_scores(
    waves: Sequence[SurveyWave],
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the scores of every question in every wave, for lines over time.

    Parameters
    ----------
    waves
        In the order of time.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a question, measure, group and wave: ``wave`` and the columns of
        :func:`~journeykit.measure.scores.score_table`; ``note`` says why a wave has no
        number. A question that a wave did not ask is "not measured" there, and so is
        one that it asked on another scale than the last wave with this question: a line
        through both would show the scale and not the customers.

    Raises
    ------
    UnknownNameError
        If a wave lacks its column of weights.
    TableError
        If an answer is no number and no code, or a weight is empty or below 0.
    InputError
        If two waves have the same name, or an option is out of range.
    """
    check_options(minimum, level)
    rows: list[dict[str, object]] = []
    for asked in asked_in(waves, minimum):
        refusals = _other_scales(asked)
        for group in groups_of(waves):
            found = [
                results_of(one, group, minimum=minimum, level=level) for one in asked
            ]
            for at in range(len(found[0][0])):
                for wave, refusal, (results, why) in zip(
                    waves, refusals, found, strict=True
                ):
                    result, note = results[at], why or refusal
                    numbers = {
                        name: getattr(result, name, None) for name in SCORE_COLUMNS
                    }
                    if note:
                        numbers |= dict.fromkeys(("value", "low", "high"))
                        numbers["reliability"] = "not measured"
                    place = _place(asked[0].question, group) | {"wave": wave.name}
                    words = {"left_out": dict(result.left_out), "note": note}
                    rows.append(numbers | place | words)
    return _frame(rows, WAVE_COLUMNS)


def wave_changes(
    before: SurveyWave,
    after: SurveyWave,
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how much every score changed from one wave to another.

    Parameters
    ----------
    before, after
        The two waves.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1; what is left of it is the limit
        below which a p value counts as a change.

    Returns
    -------
    pandas.DataFrame
        One row a question, measure and group: ``definition``, ``touchpoint``,
        ``column``, ``group`` (None: all); ``wave_before``, ``wave_after`` (names),
        ``before``, ``after`` (scores); ``value``, ``low``, ``high`` (after - before in
        the unit of the measure, with its interval); ``p_value``, ``p_adjusted``
        (Benjamini-Hochberg over all rows of the same definition), ``is_change``
        (``p_adjusted`` below the limit; NA if not tested), ``test``; ``n_before``,
        ``n_after``, ``effective_n_before``, ``effective_n_after`` (Kish's; NaN without
        weights), ``n`` (the smaller), ``n_left_out``, ``left_out`` (of both waves),
        ``reliability``, ``note``. A question that a wave lacks is "not measured".

    Raises
    ------
    UnknownNameError
        If a wave lacks its column of weights.
    TableError
        If an answer is no number and no code, or a weight is empty or below 0.
    InputError
        If the waves have the same name, or an option is out of range.

    Notes
    -----
    NPS: adjusted Wald; shares: Newcombe and two proportions; means: Welch; weighted
    scores on Kish's effective n. See :mod:`journeykit.measure.differences`.
    """
    check_options(minimum, level)
    waves = (before, after)
    rows: list[dict[str, object]] = []
    for asked in asked_in(waves, minimum):
        for group in groups_of(waves):
            found = [
                results_of(one, group, minimum=minimum, level=level) for one in asked
            ]
            note = "; ".join(
                f"{wave.name}: {why}"
                for wave, (_, why) in zip(waves, found, strict=True)
                if why
            )
            for old, new in zip(found[0][0], found[1][0], strict=True):
                change = Change(old, new, None, note=note)
                if not note:
                    pair = (asked[0].within(group), asked[1].within(group))
                    scales = (asked[0].question.scale, asked[1].question.scale)
                    change = score_change((old, new), pair, scales)
                place = _place(asked[0].question, group)
                rows.append(place | _row(waves, change))
    frame = _frame(rows, CHANGE_COLUMNS)
    adjusted = np.full(len(frame), np.nan)
    for definition in frame["definition"].unique():
        chosen = np.flatnonzero(frame["definition"] == definition)
        adjusted[chosen] = benjamini_hochberg(frame["p_value"].to_numpy()[chosen])
    frame["p_adjusted"] = adjusted
    is_change = pd.Series(adjusted < 1 - level).astype("boolean")
    frame["is_change"] = is_change.mask(np.isnan(adjusted))
    return frame


def changes_at(
    table: pd.DataFrame,
    mapping: SurveyMapping,
    *,
    time_col: str,
    day: str,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how much every score changed with a day, such as that of an action.

    Parameters
    ----------
    table
        One survey, one row an answer.
    mapping
        What its columns mean.
    time_col
        Column of the day or time of the answer: times, or text as 2026-11-26.
    day
        First day of the time after, as 2026-11-26.
    minimum, level
        As in :func:`wave_changes`.

    Returns
    -------
    pandas.DataFrame
        As :func:`wave_changes`. Rows without a day belong to neither side.

    Raises
    ------
    InputError
        If *day* is no day, or no row has one.
    UnknownNameError
        If a column is not there; it offers the nearest.

    Notes
    -----
    What else changed on that day is in the difference as well: this is no proof that
    the action did it.
    """
    first = pd.to_datetime(pd.Series([day]), format="ISO8601", errors="coerce").iloc[0]
    if pd.isna(first):
        raise InputError(f"a day as 2026-11-26 was expected, not {day!r}")
    column = survey_column(table, time_col)
    times = pd.to_datetime(column, format="ISO8601", errors="coerce")
    if times.dt.tz is not None:
        times = times.dt.tz_convert("UTC").dt.tz_localize(None)
    if not times.notna().any():
        raise InputError(
            "times or days as 2026-11-26 were expected", f"column {time_col}"
        )
    sides = (
        SurveyWave(f"before {day}", table[(times < first).to_numpy()], mapping),
        SurveyWave(f"from {day}", table[(times >= first).to_numpy()], mapping),
    )
    return wave_changes(*sides, minimum=minimum, level=level)


def _other_scales(asked: Sequence[AskedQuestion]) -> list[str]:
    """Return for each wave why its scale keeps it out of the line; empty if not."""
    scales = [one.question.scale if one.members else None for one in asked]
    last = next((scale for scale in reversed(scales) if scale is not None), None)
    return [
        ""
        if scale is None or last is None or is_same_scale(scale, last)
        else say(
            "not comparable: asked on {scale}, later on {last}",
            scale=scale_words(scale),
            last=scale_words(last),
        )
        for scale in scales
    ]


def _place(question: Question, group: str | None) -> dict[str, object]:
    return {
        "touchpoint": question.touchpoint,
        "column": question.column,
        "group": group,
    }


def _row(waves: tuple[SurveyWave, SurveyWave], change: Change) -> dict[str, object]:
    before, after = change.before, change.after
    n = min(before.n, after.n)
    found = change.difference or Difference(*(math.nan,) * 4)
    left_out = dict(before.left_out)
    for reason, count in after.left_out.items():
        left_out[reason] = left_out.get(reason, 0) + count
    trusted = reliability_of(n, after.minimum)
    if change.note:
        trusted = "not measured"
    return {
        "definition": after.definition,
        "wave_before": waves[0].name,
        "wave_after": waves[1].name,
        "before": before.value,
        "after": after.value,
        **found._asdict(),
        "p_adjusted": math.nan,
        "is_change": None,
        "test": change.test,
        "n_before": before.n,
        "n_after": after.n,
        "effective_n_before": before.effective_n,
        "effective_n_after": after.effective_n,
        "n": n,
        "n_left_out": sum(left_out.values()),
        "left_out": left_out,
        "reliability": trusted,
        "note": change.note,
    }


_TYPES = (
    dict.fromkeys(("touchpoint", "group", "left_out", "is_change"), "object")
    | dict.fromkeys(("wave", "definition", "column", "reliability", "note"), "str")
    | dict.fromkeys(("wave_before", "wave_after", "test"), "str")
    | dict.fromkeys(("n", "n_before", "n_after", "n_left_out"), "int64")
)


def _frame(rows: list[dict[str, object]], names: Sequence[str]) -> pd.DataFrame:
    """Return rows as a table whose types do not depend on what was measured."""
    return pd.DataFrame(
        {
            name: pd.Series(
                [row[name] for row in rows], dtype=_TYPES.get(name, "float64")
            )
            for name in names
        }
    )
