"""How much one measure changed between two times or groups, with interval and test.

Both sides are taken as different people; who answers twice makes the intervals too
wide, never too narrow. Scores asked on different scales are not compared: bringing both
to one scale would show a change where only the questionnaire changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journeykit.errors import InputError
from journeykit.language import listed, say
from journeykit.measure.differences import (
    Difference,
    mean_difference,
    net_promoter_difference,
    share_difference,
)
from journeykit.measure.rating import scale_words, sign_of

if TYPE_CHECKING:
    from journeykit.measure.answers import Answers
    from journeykit.measure.result import Result
    from journeykit.model.survey import Scale

__all__ = ["Change", "rate_change", "score_change"]


@dataclass(frozen=True, slots=True)
class Change:
    """How much a measure changed between two waves.

    Parameters
    ----------
    before, after
        Both results.
    difference
        After - before in the unit of the measure, the interval and the p value; None
        where either is not measured.
    test
        Name of the test; empty where there is none.
    note
        Why there is none, or what a reader must know.
    """

    before: Result
    after: Result
    difference: Difference | None
    test: str = ""
    note: str = ""


def rate_change(before: Result, after: Result) -> Change:
    """Return how much a share changed, such as a retention rate or a CSAT.

    Parameters
    ----------
    before, after
        Shares of different people under the same definition, with a Wilson interval.

    Returns
    -------
    Change
        Newcombe's interval and the test of two proportions.

    Raises
    ------
    InputError
        If the results have different definitions or levels.

    Examples
    --------
    >>> from journeykit.measure.result import Result
    >>> before = Result("retention_rate", 0.6, 0.49, 0.7, n=80)
    >>> after = Result("retention_rate", 0.8, 0.69, 0.88, n=70)
    >>> [round(number, 4) for number in rate_change(before, after).difference]
    [0.2, 0.0524, 0.3339, 0.008]
    """
    if (before.definition, before.level) != (after.definition, after.level):
        raise InputError(
            "two results of one definition and level were expected, not "
            f"{before.definition} ({before.level:g}) and {after.definition} "
            f"({after.level:g})"
        )
    if before.value is None or after.value is None:
        return Change(before, after, None)
    n_before, n_after = _effective(before), _effective(after)
    found = share_difference(
        before.value * n_before,
        n_before,
        after.value * n_after,
        n_after,
        level=after.level,
    )
    return Change(before, after, found, "two proportions")


def _effective(result: Result) -> float:
    return float(result.n) if result.effective_n is None else result.effective_n


def score_change(
    results: tuple[Result, Result],
    answers: tuple[Answers, Answers],
    scales: tuple[Scale, Scale],
) -> Change:
    """Return how much a score of a question changed.

    Parameters
    ----------
    results
        One score of both waves, before first.
    answers
        What it was computed from.
    scales
        The scale of each wave.

    Returns
    -------
    Change
        NPS by adjusted Wald, shares as :func:`rate_change`, means by Welch; weighted
        scores on Kish's effective n. None, with the reason, where the scales differ.
    """
    old, new = results
    first, second = ((s.lowest, s.highest, s.best) for s in scales)
    if first != second:
        words = listed([scale_words(scale) for scale in scales])
        note = say("not comparable: asked on {scales}", scales=words)
        return Change(old, new, None, note=note)
    if old.value is None or new.value is None:
        return Change(old, new, None)
    if old.definition in ("customer_satisfaction_score", "easy_share"):
        return rate_change(old, new)
    if old.definition == "net_promoter_score":
        counts = [_promoters(given) for given in answers]
        found = net_promoter_difference(counts[0], counts[1], level=new.level)
        return Change(old, new, found, "adjusted Wald")
    parts = (answers[0].valid_parts, answers[1].valid_parts)
    is_weighted = any(given.weights is not None for given in answers)
    raw = mean_difference(
        answers[0].valid,
        answers[1].valid,
        weights=parts if is_weighted else None,
        counts=None if is_weighted else parts,
        level=new.level,
    )
    factor = 1.0
    if old.definition == "mean_satisfaction":  # brought to 1 to 5, 5 as the best
        factor = sign_of(scales[0]) * 4 / (first[1] - first[0])
    ends = sorted((factor * raw.low, factor * raw.high))
    found = Difference(new.value - old.value, ends[0], ends[1], raw.p_value)
    return Change(old, new, found, "Welch")


def _promoters(answers: Answers) -> tuple[float, float, float]:
    """Return promoters, detractors and all, as fractions where answers are weighted."""
    n = float(answers.n) if answers.effective_n is None else answers.effective_n
    valid = answers.valid
    return answers.share(valid >= 9) * n, answers.share(valid <= 6) * n, n
