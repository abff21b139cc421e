"""Satisfaction: the share of satisfied answers, the mean, and what the team believed.

The mean is converted to 1 to 5, higher is better, so that it can be held against
emotions, and the note says so. The share is taken on the scale as it was printed: its
set of answers is declared, and a conversion would move answers across the limit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Real
from typing import TYPE_CHECKING

from journeykit.errors import InputError
from journeykit.language import say, word
from journeykit.measure.rating import (
    box,
    first_good,
    is_one_to,
    rated_mean,
    rated_share,
    scale_words,
)
from journeykit.measure.result import MIN_ANSWERS, Result

if TYPE_CHECKING:
    from journeykit.measure.answers import Answers, RawAnswers, Weights
    from journeykit.model.survey import Scale

__all__ = [
    "customer_satisfaction_score",
    "felt_against_measured",
    "mean_satisfaction",
]

_NO_EMOTION = word("the team gave no emotion")


def customer_satisfaction_score(
    answers: RawAnswers | Answers,
    scale: Scale,
    *,
    weights: Weights | None = None,
    satisfied_from: float | None = None,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the share of satisfied answers with its Wilson interval.

    Parameters
    ----------
    answers
        Satisfaction, codes included; or answer to count.
    scale
        The declared scale; 1 to 5, 5 is best, in the definition.
    weights
        Weight of each answer, 0 or more.
    satisfied_from
        The least good answer that counts as satisfied; if None, the second best of the
        scale (4 on 1 to 5, and 2 where 1 is best), or the best where the second best is
        not on the good side of the middle (0 to 1, 1 to 3).
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        Satisfied answers / all valid answers, 0 to 1.

    Raises
    ------
    InputError
        If *satisfied_from* is not on the scale, or an option is out of range.
    TableError
        If an answer is no number and no code, or a weight is empty or below 0.

    Examples
    --------
    >>> from journeykit.model.survey import Scale
    >>> scale = Scale(lowest=1, highest=5, not_answers={"0": "blank"})
    >>> customer_satisfaction_score(["5", 4, 3.0, "2", "1", 0], scale).value
    0.4
    """
    limit = satisfied_from
    if limit is None:
        limit = first_good(scale)
        if scale.best == "highest":
            limit = max(limit, scale.highest - 1)
        else:
            limit = min(limit, scale.lowest + 1)
    is_usual = is_one_to(5, scale) and limit == 4
    note = "" if is_usual else say("satisfied: {answers}", answers=box(scale, limit))
    return rated_share(
        "customer_satisfaction_score",
        answers,
        scale,
        weights,
        limit=limit,
        minimum=minimum,
        level=level,
        note=note,
    )


def mean_satisfaction(
    answers: RawAnswers | Answers,
    scale: Scale,
    *,
    weights: Weights | None = None,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the mean satisfaction on 1 to 5 with its interval by Student's t.

    Parameters
    ----------
    answers
        Satisfaction, codes included; or answer to count.
    scale
        The declared scale. Another one than 1 to 5 with 5 as the best is converted in a
        straight line, its worst end to 1 and its best to 5; the note says so.
    weights
        Weight of each answer, 0 or more.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        Sum of the valid answers / all valid answers, 1 to 5, higher is better.

    Raises
    ------
    InputError
        If an option is out of range.
    TableError
        If an answer is no number and no code, or a weight is empty or below 0.

    Examples
    --------
    >>> from journeykit.model.survey import Scale
    >>> mean_satisfaction([1, 2, 3, 4, 5], Scale(lowest=1, highest=5)).value
    3.0
    """
    to_ends, note = None, ""
    if not is_one_to(5, scale):
        to_ends = (1.0, 5.0)
        note = say("converted to 1 to 5 from {scale}", scale=scale_words(scale))
    return rated_mean(
        "mean_satisfaction",
        answers,
        scale,
        weights,
        to_ends=to_ends,
        minimum=minimum,
        level=level,
        note=note,
    )


def felt_against_measured(
    mean_result: Result | None, emotions: Sequence[float | None]
) -> Result:
    """Return how much better the team thinks of a touchpoint than its customers do.

    Parameters
    ----------
    mean_result
        What :func:`mean_satisfaction` returned; None if customers were not asked.
    emotions
        The team's emotions, -2 to +2; None is "not asked" and is left out.

    Returns
    -------
    Result
        Mean emotion - (mean satisfaction - 3), -4 to 4, above 0 where the team thinks
        better of it; with the interval of the mean satisfaction, and its n. Not
        measured if either is missing.

    Raises
    ------
    InputError
        If an emotion is outside -2 to +2, or the result is none of mean satisfaction.

    Examples
    --------
    >>> mean = Result("mean_satisfaction", 3.5, 3.25, 3.75, n=40)
    >>> gap = felt_against_measured(mean, [2, 1])
    >>> gap.value, gap.low, gap.high
    (1.0, 0.75, 1.25)
    """
    felt = [emotion for emotion in map(_emotion, emotions) if emotion is not None]
    key = "felt_minus_measured"
    if mean_result is None:
        return Result(key, None, None, None, 0, note=say("customers were not asked"))
    if mean_result.definition != "mean_satisfaction":
        raise InputError(
            f"a mean satisfaction was expected, not a {mean_result.definition}"
        )
    n, left_out, note = mean_result.n, dict(mean_result.left_out), mean_result.note
    level, minimum = mean_result.level, mean_result.minimum
    if not felt:
        note = say(_NO_EMOTION)
        if n:
            left_out[_NO_EMOTION] = n
        return Result(key, None, None, None, 0, left_out, None, level, minimum, note)
    mean_felt = math.fsum(felt) / len(felt)
    ends = (mean_result.value, mean_result.high, mean_result.low)
    value, low, high = (None if end is None else mean_felt - (end - 3) for end in ends)
    kish = mean_result.effective_n
    return Result(key, value, low, high, n, left_out, kish, level, minimum, note)


def _emotion(given: object) -> float | None:
    """Return an emotion, None where it was not asked."""
    if given is None:
        return None
    if not isinstance(given, bool) and isinstance(given, Real):
        if math.isnan(given):  # how a column of a table says "not asked"
            return None
        emotion = float(given)
        if -2 <= emotion <= 2:
            return emotion
    raise InputError(f"an emotion from -2 to +2 was expected, not {given!r}")
