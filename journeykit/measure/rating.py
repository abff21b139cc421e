"""What all scores share: options, shares and means of rated answers as results.

Weighted scores use weighted shares, and intervals on Kish's effective n. The minimum
counts people, not weights.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from journeykit.errors import InputError
from journeykit.language import say
from journeykit.measure.answers import Answers, RawAnswers, Weights, read_answers
from journeykit.measure.intervals import mean_interval, wilson
from journeykit.measure.result import MIN_ANSWERS, Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from journeykit.model.survey import Scale

__all__ = [
    "box",
    "check_options",
    "described",
    "first_good",
    "is_on",
    "is_one_to",
    "is_same_scale",
    "not_shown",
    "rated_mean",
    "rated_share",
    "read_once",
    "scale_words",
    "shown",
    "sign_of",
]


def check_options(minimum: int, level: float) -> None:
    """Refuse a level that is no share, and a minimum that would show single people."""
    if not 0 < level < 1:
        raise InputError(
            f"a level between 0 and 1 was expected, not {level!r}",
            mend="Write 95 % as 0.95",
        )
    if minimum < MIN_ANSWERS:
        raise InputError(
            f"a minimum of {MIN_ANSWERS} answers or more was expected, not {minimum!r}",
            mend="The minimum protects people who answered; it may only be raised",
        )


def read_once(
    answers: RawAnswers | Answers, scale: Scale, weights: Weights | None
) -> Answers:
    """Read answers, unless that was done before for several measures and groups."""
    if isinstance(answers, Answers):
        if weights is not None:
            raise InputError(
                "weights were expected when the answers were read, not now"
            )
        return answers
    return read_answers(answers, scale, weights)


def rated_share(
    definition: str,
    answers: RawAnswers | Answers,
    scale: Scale,
    weights: Weights | None,
    *,
    limit: float,
    minimum: int,
    level: float,
    note: str,
) -> Result:
    """Return the share of answers that are at least as good as *limit*."""
    check_options(minimum, level)
    if not is_on(scale, limit):
        raise InputError(f"an answer on {described(scale)} was expected, not {limit:g}")
    read = read_once(answers, scale, weights)
    if read.n < minimum:
        return not_shown(definition, read, minimum, level)
    sign = sign_of(scale)
    n = float(read.n) if read.effective_n is None else read.effective_n
    share = read.share(sign * read.valid >= sign * limit)
    low, high = wilson(share * n, n, level)
    found = (share, min(low, share), max(high, share))
    return shown(definition, read, found, minimum=minimum, level=level, note=note)


def rated_mean(
    definition: str,
    answers: RawAnswers | Answers,
    scale: Scale,
    weights: Weights | None,
    *,
    to_ends: tuple[float, float] | None = None,
    minimum: int,
    level: float,
    note: str,
) -> Result:
    """Return the mean on the scale, or converted with its worst and best to *to_ends*.

    The interval is cut at the ends of the scale.
    """
    check_options(minimum, level)
    read = read_once(answers, scale, weights)
    if read.n < minimum:
        return not_shown(definition, read, minimum, level)
    values, ends = read.valid, to_ends or (scale.lowest, scale.highest)
    if to_ends is not None:
        values = _converted(values, scale, to_ends)
    if read.weights is None:
        estimate = mean_interval(values, counts=read.valid_parts, level=level)
    else:
        estimate = mean_interval(values, weights=read.valid_parts, level=level)
    value, low, high = estimate
    value = min(max(value, ends[0]), ends[1])
    found = (value, min(max(low, ends[0]), value), max(min(high, ends[1]), value))
    return shown(definition, read, found, minimum=minimum, level=level, note=note)


def _converted(
    values: NDArray[np.float64], scale: Scale, to_ends: tuple[float, float]
) -> NDArray[np.float64]:
    worst, best = scale.lowest, scale.highest
    if scale.best == "lowest":
        worst, best = best, worst
    return to_ends[0] + (to_ends[1] - to_ends[0]) * (values - worst) / (best - worst)


def shown(
    definition: str,
    read: Answers,
    found: tuple[float, float, float],
    *,
    minimum: int,
    level: float,
    note: str,
) -> Result:
    """Return a result with everything that was read beside what was found."""
    left_out, kish = read.left_out, read.effective_n
    return Result(definition, *found, read.n, left_out, kish, level, minimum, note)


def not_shown(definition: str, read: Answers, minimum: int, level: float) -> Result:
    """Return a result that says no more than how many answered."""
    nothing = (None, None, None)
    return Result(definition, *nothing, read.n, read.left_out, None, level, minimum)


def sign_of(scale: Scale) -> int:
    """Return the factor that makes a better answer a larger number."""
    return 1 if scale.best == "highest" else -1


def is_on(scale: Scale, answer: float) -> bool:
    """Whether an answer is on the scale."""
    return scale.lowest <= answer <= scale.highest


def is_one_to(highest: int, scale: Scale) -> bool:
    """Whether the scale runs from 1 to *highest*, and that is its best end."""
    return (scale.lowest, scale.highest, scale.best) == (1, highest, "highest")


def is_same_scale(first: Scale, second: Scale) -> bool:
    """Say whether two scales have the same ends and the same best answer."""
    return (first.lowest, first.highest, first.best) == (
        second.lowest,
        second.highest,
        second.best,
    )


def described(scale: Scale) -> str:
    """Return the scale in English words, for refusals."""
    best = scale.highest if scale.best == "highest" else scale.lowest
    return f"a scale of {scale.lowest:g} to {scale.highest:g} where {best:g} is best"


def scale_words(scale: Scale) -> str:
    """Return the scale in the words that are spoken, for notes."""
    best = scale.highest if scale.best == "highest" else scale.lowest
    return say(
        "a scale of {low} to {high} where {best} is best",
        low=f"{scale.lowest:g}",
        high=f"{scale.highest:g}",
        best=f"{best:g}",
    )


def box(scale: Scale, limit: float) -> str:
    """Return the answers at least as good as *limit* in the words that are spoken."""
    is_up = scale.best == "highest"
    low, high = (limit, scale.highest) if is_up else (scale.lowest, limit)
    return say(
        "{low} to {high} on {scale}",
        low=f"{low:g}",
        high=f"{high:g}",
        scale=scale_words(scale),
    )


def first_good(scale: Scale) -> float:
    """Return the first whole answer on the good side of the middle of the scale."""
    middle = (scale.lowest + scale.highest) / 2
    if scale.best == "highest":
        return min(math.floor(middle) + 1, scale.highest)
    return max(math.ceil(middle) - 1, scale.lowest)
