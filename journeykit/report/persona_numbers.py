"""A persona's answers against those of all others: differences with their intervals.

A group is compared with the rest, not with everybody: everybody holds the group itself,
so the difference would look smaller than it is. Where the rest is smaller than the
smallest group that may be shown, nothing is compared: total less group would give the
few away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from journeykit.measure.differences import (
    Difference,
    net_promoter_difference,
    share_difference,
)
from journeykit.measure.groups import group_mask
from journeykit.measure.intervals import wilson
from journeykit.measure.multiple import benjamini_hochberg
from journeykit.measure.net_promoter import promoter_counts
from journeykit.model import DataSet, Measurement, SurveyMapping
from journeykit.model.survey import Group
from journeykit.workshop import Workshop

__all__ = [
    "Compared",
    "Standing",
    "compared_shares",
    "recommendation_difference",
    "standings",
]

Standing = Literal["lower", "higher", "may be chance"]

_CSAT = "customer_satisfaction_score"
_LIMIT = 0.05


@dataclass(frozen=True, slots=True)
class Compared:
    """One touchpoint: what a group says, and what all others say.

    Parameters
    ----------
    subject
        Id of the touchpoint; None for the whole journey.
    own
        The group's measurement.
    rest, rest_low, rest_high
        Share of all others, 0 to 1, with its interval.
    n_rest
        How many others answered.
    difference
        Group less all others.
    standing
        Whether it differs, when all comparisons are looked at together.
    """

    subject: str | None
    own: Measurement
    rest: float
    rest_low: float
    rest_high: float
    n_rest: int
    difference: Difference
    standing: Standing = "may be chance"


def compared_shares(
    own: Iterable[Measurement], everybody: Iterable[Measurement], minimum: int
) -> tuple[Compared, ...]:
    """Return the satisfaction of a group beside that of all others, by touchpoint.

    Parameters
    ----------
    own, everybody
        Plain measurements of the group and of all.
    minimum
        Fewest customers of whom a number is shown, of the group and of the rest.

    Returns
    -------
    tuple of Compared
        In the order of *own*, each touchpoint once. The p values behind the standing
        are raised for how many there are (Benjamini and Hochberg).
    """
    whole = {
        (one.data_set, one.column): one
        for one in everybody
        if one.definition == _CSAT and one.value is not None
    }
    found: dict[str | None, Compared] = {}
    for one in own:
        of_all = whole.get((one.data_set, one.column))
        is_it = one.definition == _CSAT and one.value is not None
        if is_it and of_all is not None and one.subject not in found:
            made = _compared(one, of_all, minimum)
            if made is not None:
                found[one.subject] = made
    rows = list(found.values())
    said = standings([one.difference for one in rows])
    return tuple(
        replace(one, standing=standing)
        for one, standing in zip(rows, said, strict=True)
    )


def _compared(own: Measurement, of_all: Measurement, minimum: int) -> Compared | None:
    n_rest = of_all.n - own.n
    if own.value is None or of_all.value is None or min(own.n, n_rest) < minimum:
        return None
    count = round(own.value * own.n)
    rest = min(max(round(of_all.value * of_all.n) - count, 0), n_rest)
    low, high = wilson(rest, n_rest)
    difference = share_difference(rest, n_rest, count, own.n)
    return Compared(own.subject, own, rest / n_rest, low, high, n_rest, difference)


def _standing(difference: Difference, p_value: float) -> Standing:
    if not p_value < _LIMIT:
        return "may be chance"
    return "lower" if difference.value < 0 else "higher"


def recommendation_difference(
    workshop: Workshop, data: DataSet, column: str, group: Group, minimum: int
) -> Difference | None:
    """Return how much more a group recommends than all others, in points.

    Parameters
    ----------
    workshop
        The workshop, whose survey is read.
    data, column
        The survey, and the question whether they recommend.
    group
        The rule of the group.
    minimum
        Fewest customers of whom a number is shown, of the group and of the rest.

    Returns
    -------
    Difference, or None
        None if one side has too few answers, or there is no such question.
    """
    mapping = data.mapping or SurveyMapping()
    scale = next((one.scale for one in mapping.questions if one.column == column), None)
    if scale is None:
        return None
    frame = workshop.survey(data.id)
    mask = group_mask(frame, group)
    sides = [
        _side(promoter_counts(frame.loc[some, column], scale)) for some in (~mask, mask)
    ]
    if min(side[2] for side in sides) < minimum:
        return None
    return net_promoter_difference(*sides)


def standings(differences: Sequence[Difference]) -> tuple[Standing, ...]:
    """Return whether each differs, when all of them are looked at together."""
    raised = benjamini_hochberg([one.p_value for one in differences])
    return tuple(map(_standing, differences, raised))


def _side(counts: Mapping[str, int]) -> tuple[float, float, float]:
    n = float(sum(counts.values()))
    return float(counts["promoters"]), float(counts["detractors"]), n
