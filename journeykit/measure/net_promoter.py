"""The net promoter score.

Another scale than 0 to 10 is refused unless its limits are stated: a score from 1 to 5
read in silence is the commonest way to a wrong one. A decimal between two classes is
passive: a promoter answered at least 9, a detractor at most 6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeykit.errors import InputError
from journeykit.language import say
from journeykit.measure.intervals import adjusted_wald
from journeykit.measure.rating import (
    check_options,
    described,
    is_on,
    not_shown,
    read_once,
    scale_words,
    shown,
    sign_of,
)
from journeykit.measure.result import MIN_ANSWERS, Result

if TYPE_CHECKING:
    from journeykit.measure.answers import Answers, RawAnswers, Weights
    from journeykit.model.survey import Scale

__all__ = ["net_promoter_score", "promoter_counts"]


def net_promoter_score(
    answers: RawAnswers | Answers,
    scale: Scale,
    *,
    weights: Weights | None = None,
    promoters_from: float | None = None,
    detractors_to: float | None = None,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the net promoter score with its adjusted Wald interval.

    Parameters
    ----------
    answers
        Likelihood to recommend, codes included; or answer to count.
    scale
        The declared scale: 0 to 10, 10 is best.
    weights
        Weight of each answer, 0 or more.
    promoters_from, detractors_to
        Limits of promoters and detractors on another scale than 0 to 10; both or none.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        100 x (promoters - detractors) / all valid answers, passives among them; -100 to
        100 points.

    Raises
    ------
    InputError
        If the scale is not 0 to 10 and the limits are not given, or an option is out of
        range.
    TableError
        If an answer is no number and no code, or a weight is empty or below 0.

    Notes
    -----
    Interval: Rocks (2016), The American Statistician 70, 365-372.

    Examples
    --------
    >>> from journeykit.model.survey import Scale
    >>> scale = Scale(lowest=0, highest=10, not_answers={"11": "no answer"})
    >>> result = net_promoter_score({10: 50, 8: 30, 3: 20, 11: 7}, scale)
    >>> result.value, result.n, dict(result.left_out)
    (30.0, 100, {'11 no answer': 7})
    """
    check_options(minimum, level)
    is_usual = (scale.lowest, scale.highest, scale.best) == (0, 10, "highest")
    if promoters_from is None or detractors_to is None:
        if promoters_from is not detractors_to:
            raise InputError("promoters_from and detractors_to were expected together")
        if not is_usual:
            raise InputError(
                "the net promoter score needs answers from 0 to 10 where 10 is best, "
                f"this is {described(scale)}",
                mend="State promoters_from and detractors_to if it is to be computed",
            )
        promoters_from, detractors_to = 9, 6
    sign = sign_of(scale)
    inside = all(is_on(scale, limit) for limit in (promoters_from, detractors_to))
    if not inside or sign * promoters_from <= sign * detractors_to:
        raise InputError(
            "two limits on the scale were expected, promoters better than detractors, "
            f"not {promoters_from:g} and {detractors_to:g} on {described(scale)}"
        )
    read = read_once(answers, scale, weights)
    if read.n < minimum:
        return not_shown("net_promoter_score", read, minimum, level)
    n = float(read.n) if read.effective_n is None else read.effective_n
    promoters = read.share(sign * read.valid >= sign * promoters_from)
    detractors = read.share(sign * read.valid <= sign * detractors_to)
    low, high = adjusted_wald(promoters * n, detractors * n, n, level)
    note = ""
    if not is_usual or (promoters_from, detractors_to) != (9, 6):
        note = say(
            "promoters from {promoters}, detractors to {detractors} on {scale}, not "
            "the usual 9 and 6 on 0 to 10",
            promoters=f"{promoters_from:g}",
            detractors=f"{detractors_to:g}",
            scale=scale_words(scale),
        )
    score = min(max(100 * (promoters - detractors), low), high)
    found = (score, low, high)
    key = "net_promoter_score"
    return shown(key, read, found, minimum=minimum, level=level, note=note)


def promoter_counts(answers: RawAnswers, scale: Scale) -> dict[str, int]:
    """Return how many promote (9 to 10), stay passive (7 to 8), detract (0 to 6).

    Parameters
    ----------
    answers
        Likelihood to recommend, codes included.
    scale
        The declared scale, 0 to 10.

    Returns
    -------
    dict
        ``promoters``, ``passives`` and ``detractors``: numbers of valid answers.

    Examples
    --------
    >>> from journeykit.model.survey import Scale
    >>> promoter_counts([10, 9, 7, 6, 0], Scale(lowest=0, highest=10))
    {'promoters': 2, 'passives': 1, 'detractors': 2}
    """
    valid = read_once(answers, scale, None).valid
    promoters, detractors = int((valid >= 9).sum()), int((valid <= 6).sum())
    passives = len(valid) - promoters - detractors
    return {"promoters": promoters, "passives": passives, "detractors": detractors}
