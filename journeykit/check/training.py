"""A team's map of the training case against its known answers.

Cards may be gone, new or moved anywhere: whatever stands on the map is scored, and what
does not is missing. Answers are data; where they are kept is no matter of this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from journeykit.model.document import Document
from journeykit.model.findings import PainPoint
from journeykit.model.journey import LaneNote, Touchpoint
from journeykit.vocabulary import EMOTIONS

__all__ = [
    "CardResult",
    "Question",
    "TrainingAnswer",
    "TrainingScore",
    "score_training",
]

Question = Literal["lane", "touchpoint", "emotion", "is_pain_point", "moments_of_truth"]

_LANES: Mapping[str, str] = {
    "goal": "Customer goals",
    "action": "Customer actions",
    "thought": "Thoughts",
    "feeling": "Feelings",
    "need": "Needs",
    "expectation": "Expectations",
    "motivation": "Motivations",
}
_NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class TrainingAnswer:
    """What is right for one card.

    Parameters
    ----------
    card
        Id of the card or touchpoint; empty for the moments of truth, which are asked
        about once for the whole map.
    name
        Its words, so that a card that is gone can be named.
    asks
        ``lane`` and ``touchpoint``: where a card belongs; ``emotion``: of a touchpoint;
        ``is_pain_point``: whether a card of pain points stays, or is none and goes;
        ``moments_of_truth``: which touchpoints are marked, all of them and no other.
    accepts
        Every answer that counts as right; for the moments of truth the whole set.
    why
        The reason, to be read by those who had it otherwise.
    """

    card: str
    name: str
    asks: Question
    accepts: tuple[str | int | bool, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class CardResult:
    """What the team said to one question, beside what is right.

    Parameters
    ----------
    said, expected
        In words; *said* is ``nothing`` where the card is gone or has no value.
    is_missing
        Whether nothing was said.
    """

    card: str
    name: str
    asks: Question
    said: str
    expected: str
    why: str
    is_right: bool
    is_missing: bool


@dataclass(frozen=True, slots=True)
class TrainingScore:
    """How many answers are right, and each of them.

    Parameters
    ----------
    results
        One for each question, in the order of the answers.
    added
        Ids of notes and pain points that no answer is about: the team's own.
    """

    results: tuple[CardResult, ...]
    added: tuple[str, ...] = ()

    @property
    def n_asked(self) -> int:
        """How many questions there are."""
        return len(self.results)

    @property
    def n_right(self) -> int:
        """How many were answered right."""
        return sum(one.is_right for one in self.results)

    @property
    def wrong(self) -> tuple[CardResult, ...]:
        """Those answered, but not right."""
        return tuple(r for r in self.results if not (r.is_right or r.is_missing))

    @property
    def missing(self) -> tuple[CardResult, ...]:
        """Those not answered: the card is gone, or holds no value."""
        return tuple(one for one in self.results if one.is_missing)

    @property
    def by_question(self) -> Mapping[Question, tuple[int, int]]:
        """How many are right and how many were asked, by kind of question."""
        counts: dict[Question, tuple[int, int]] = {}
        for one in self.results:
            right, asked = counts.get(one.asks, (0, 0))
            counts[one.asks] = (right + one.is_right, asked + 1)
        return counts


def score_training(
    document: Document, answers: Iterable[TrainingAnswer]
) -> TrainingScore:
    """Return the score of a team's map of the training case.

    Parameters
    ----------
    document
        The map as the team left it.
    answers
        The known answers.
    """
    known = tuple(answers)
    asked = {one.card for one in known}
    cards = [*document.of(LaneNote), *document.of(PainPoint)]
    return TrainingScore(
        tuple(_result(document, one) for one in known),
        tuple(card.id for card in cards if card.id not in asked),
    )


def _result(document: Document, answer: TrainingAnswer) -> CardResult:
    found = _found(document, answer)
    right, given = set(answer.accepts), set(found)
    is_whole_set = answer.asks == "moments_of_truth"
    return CardResult(
        answer.card,
        answer.name,
        answer.asks,
        _said(document, answer.asks, found, " and ") or _NOTHING,
        _said(
            document, answer.asks, answer.accepts, " and " if is_whole_set else " or "
        ),
        answer.why,
        given == right if is_whole_set else bool(given & right),
        not found,
    )


def _found(document: Document, answer: TrainingAnswer) -> tuple[str | int | bool, ...]:
    """Return what the map says; nothing where the card is gone or has no value."""
    entry = document.get(answer.card)
    value: str | int | None = None
    if answer.asks == "moments_of_truth":
        touchpoints = document.of(Touchpoint)
        return tuple(one.id for one in touchpoints if one.moment_of_truth)
    if answer.asks == "is_pain_point":
        is_there = isinstance(entry, PainPoint)
        # A card that is none is right by its absence; one that is some is missing then.
        return (is_there,) if is_there or False in answer.accepts else ()
    if answer.asks == "lane" and isinstance(entry, LaneNote):
        value = entry.lane
    if answer.asks == "touchpoint" and isinstance(entry, LaneNote | PainPoint):
        value = entry.touchpoint
    if answer.asks == "emotion" and isinstance(entry, Touchpoint):
        value = entry.emotion
    return () if value is None else (value,)


def _said(
    document: Document,
    asks: Question,
    values: Iterable[str | int | bool],
    joined_by: str,
) -> str:
    return joined_by.join(_words(document, asks, value) for value in values)


def _words(document: Document, asks: Question, value: str | int | bool) -> str:
    if asks == "lane":
        return _LANES.get(str(value), str(value))
    if asks == "emotion":
        sign = "+" if int(value) > 0 else ""
        return f"{EMOTIONS.get(int(value), '?')} ({sign}{int(value)})"
    if asks == "is_pain_point":
        return "a pain point" if value else "no pain point"
    entry = document.get(str(value))
    return entry.name_for_people if entry is not None else str(value)
