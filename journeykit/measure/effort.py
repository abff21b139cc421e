"""Customer effort: the mean answer and the share of easy ones.

Nothing is converted: the older scale of 1 to 5, where low is easy, asks another
question ("how much effort did you put in") than the newer one ("made it easy for me").
The scale declares which end is easy, and no function takes answers of two scales.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeykit.language import say
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

__all__ = ["customer_effort_score", "easy_share"]


def customer_effort_score(
    answers: RawAnswers | Answers,
    scale: Scale,
    *,
    weights: Weights | None = None,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the mean effort answer, 7 of 1 to 7 being the easy end, with its interval.

    Parameters
    ----------
    answers
        Agreement with "made it easy for me to handle my issue", codes included; or
        answer to count.
    scale
        The declared scale; its best end is the easy one. The definition is 1 to 7 where
        7 is easy. The older question ("how much effort") runs from 1 to 5 where 1 is
        easy: declare it with ``best="lowest"``. It is not converted, the note says
        which end is easy, and its mean must not stand beside one on 1 to 7.
    weights
        Weight of each answer, 0 or more.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the interval by Student's t, between 0 and 1.

    Returns
    -------
    Result
        Sum of the valid answers / all valid answers, in units of the declared scale.

    Raises
    ------
    InputError
        If an option is out of range.
    TableError
        If an answer is no number and no code, or a weight is empty or below 0.

    Examples
    --------
    >>> from journeykit.model.survey import Scale
    >>> older = Scale(lowest=1, highest=5, best="lowest")
    >>> result = customer_effort_score([1, 1, 2, 2, 4], older)
    >>> result.value, result.note
    (2.0, 'on a scale of 1 to 5 where 1 is best (easy), not to be held against 1 to 7')
    """
    note = ""
    if not is_one_to(7, scale):
        note = say(
            "on {scale} (easy), not to be held against 1 to 7", scale=scale_words(scale)
        )
    return rated_mean(
        "customer_effort_score",
        answers,
        scale,
        weights,
        minimum=minimum,
        level=level,
        note=note,
    )


def easy_share(
    answers: RawAnswers | Answers,
    scale: Scale,
    *,
    weights: Weights | None = None,
    easy_from: float | None = None,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the share of easy answers with its Wilson interval.

    Parameters
    ----------
    answers
        Effort, codes included; or answer to count.
    scale
        The declared scale; its best end is the easy one.
    weights
        Weight of each answer, 0 or more.
    easy_from
        The least good answer that counts as easy; if None, the first whole answer on
        the easy side of the middle: 5 on 1 to 7, and 2 on 1 to 5 where 1 is easy.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        Easy answers / all valid answers, 0 to 1.

    Raises
    ------
    InputError
        If *easy_from* is not on the scale, or an option is out of range.
    TableError
        If an answer is no number and no code, or a weight is empty or below 0.

    Examples
    --------
    >>> from journeykit.model.survey import Scale
    >>> easy_share([7, 6, 5, 4, 1], Scale(lowest=1, highest=7)).value
    0.6
    """
    limit = easy_from
    if limit is None:
        limit = first_good(scale)
    is_usual = is_one_to(7, scale) and limit == 5
    note = "" if is_usual else say("easy: {answers}", answers=box(scale, limit))
    return rated_share(
        "easy_share",
        answers,
        scale,
        weights,
        limit=limit,
        minimum=minimum,
        level=level,
        note=note,
    )
