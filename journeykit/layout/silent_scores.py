"""What single people scored in silence: each person's own answers, and the spread.

The spread is what the group talks about: an average of "very bad" and "very good" is
"neutral", and nobody in the room felt that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from statistics import median
from types import MappingProxyType

from journeykit.errors import UnknownNameError
from journeykit.layout.emotion_curve import chosen_journey, columns_in_order
from journeykit.model.document import Document
from journeykit.model.findings import Opportunity, PainPoint
from journeykit.model.journey import IndividualScore, Touchpoint

__all__ = [
    "SCORE_SCALES",
    "ScoreScale",
    "Spread",
    "own_scores",
    "people_who_scored",
    "scale_named",
    "spreads",
    "subjects_of",
]


@dataclass(frozen=True, slots=True)
class ScoreScale:
    """A scale on which people score alone.

    Parameters
    ----------
    name, title
        Its key in an individual score, and in words.
    field
        Field of the subject that holds what the group agreed on.
    kind
        Kind of the subject.
    low, high
        Its ends.
    """

    name: str
    title: str
    field: str
    kind: str
    low: int = 1
    high: int = 5

    @property
    def values(self) -> range:
        """Every value, lowest first."""
        return range(self.low, self.high + 1)


_SCALES = (
    ScoreScale("emotion", "Emotion", "emotion", "touchpoint", -2, 2),
    ScoreScale("satisfaction", "Satisfaction", "satisfaction", "touchpoint"),
    ScoreScale(
        "importance_to_customer",
        "Importance to the customer",
        "importance_to_customer",
        "touchpoint",
    ),
    ScoreScale(
        "importance_to_organisation",
        "Importance to us",
        "importance_to_organisation",
        "touchpoint",
    ),
    ScoreScale("severity", "Severity", "severity", "pain_point"),
    ScoreScale("frequency", "Frequency", "frequency", "pain_point"),
    ScoreScale("impact", "Effect", "expected_effect", "opportunity"),
    ScoreScale("effort", "Effort", "effort", "opportunity"),
)
SCORE_SCALES: Mapping[str, ScoreScale] = MappingProxyType(
    {one.name: one for one in _SCALES}
)
"""Every scale by its name."""

_Subject = Touchpoint | PainPoint | Opportunity


@dataclass(frozen=True, slots=True)
class Spread:
    """How far people are apart on one subject.

    Parameters
    ----------
    subject
        What was scored.
    counts
        How many gave each value of the scale, lowest first.
    low, high, middle
        Of the values that were given; the middle one is the median.
    agreed
        What the group put on the map; None if nothing yet.
    """

    subject: _Subject
    counts: tuple[int, ...]
    low: float
    high: float
    middle: float
    agreed: int | None

    @property
    def n(self) -> int:
        """How many people scored it."""
        return sum(self.counts)

    @property
    def width(self) -> float:
        """From the lowest to the highest."""
        return self.high - self.low

    @property
    def middles(self) -> tuple[int, ...]:
        """The value in the middle; both beside it where it lies between two."""
        below = floor(self.middle)
        return (below,) if below == self.middle else (below, below + 1)


def scale_named(name: str) -> ScoreScale:
    """Return a scale by its name.

    Raises
    ------
    UnknownNameError
        If there is no such scale; the nearest is offered.

    Examples
    --------
    >>> list(scale_named("emotion").values)
    [-2, -1, 0, 1, 2]
    """
    if name not in SCORE_SCALES:
        raise UnknownNameError("scale", name, SCORE_SCALES)
    return SCORE_SCALES[name]


def subjects_of(document: Document, scale: ScoreScale) -> tuple[_Subject, ...]:
    """Return what is scored on a scale: touchpoints in the order of today's map."""
    if scale.kind == "pain_point":
        return document.of(PainPoint)
    if scale.kind == "opportunity":
        return document.of(Opportunity)
    columns = columns_in_order(document, chosen_journey(document, None))
    return tuple(point for _, point in columns if point is not None)


def own_scores(
    document: Document,
    scale: ScoreScale,
    participant: str,
    persona: str | None = None,
) -> dict[str, IndividualScore]:
    """Return the scores of one person, by subject; the last one counts.

    Parameters
    ----------
    document
        The workshop.
    scale
        On which scale.
    participant
        Id of the person.
    persona
        As whom; None for nobody in particular.
    """
    return {
        one.subject: one
        for one in document.of(IndividualScore)
        if (one.scale, one.participant, one.persona)
        == (scale.name, participant, persona)
    }


def people_who_scored(
    document: Document, scale: ScoreScale, persona: str | None = None
) -> int:
    """Return how many people scored anything on a scale."""
    return len(_by_person(document, scale, persona))


def spreads(
    document: Document, scale: ScoreScale, persona: str | None = None
) -> tuple[Spread, ...]:
    """Return how far people are apart, the widest spread first.

    Parameters
    ----------
    document, scale, persona
        As for :func:`own_scores`.

    Returns
    -------
    tuple of Spread
        What at least one person scored; among equals in the order of the map.
    """
    given: dict[str, list[float]] = {}
    for scores in _by_person(document, scale, persona).values():
        for subject, value in scores.items():
            given.setdefault(subject, []).append(value)
    found = [
        Spread(
            one,
            _counts(scale, given[one.id]),
            min(given[one.id]),
            max(given[one.id]),
            median(given[one.id]),
            getattr(one, scale.field),
        )
        for one in subjects_of(document, scale)
        if one.id in given
    ]
    return tuple(sorted(found, key=lambda one: -one.width))


def _counts(scale: ScoreScale, values: Sequence[float]) -> tuple[int, ...]:
    """Return how many gave each value; one in between counts as the next above."""
    nearest = [floor(value + 0.5) for value in values]
    return tuple(nearest.count(value) for value in scale.values)


def _by_person(
    document: Document, scale: ScoreScale, persona: str | None
) -> dict[str, dict[str, float]]:
    """Return the value that each person gave each subject last."""
    here = {one.id for one in subjects_of(document, scale)}
    found: dict[str, dict[str, float]] = {}
    for one in document.of(IndividualScore):
        is_asked = one.scale == scale.name and one.persona == persona
        if is_asked and one.subject in here:
            found.setdefault(one.participant, {})[one.subject] = one.value
    return found
