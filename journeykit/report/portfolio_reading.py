"""Many workshops read one after the other: of each a few numbers, then it is closed.

Nothing of a workshop is kept but what stands here, so that memory does not grow with
the workshops. One that cannot be read is named, and the others go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from journeykit.check.evidence import EvidenceShares, evidence_shares
from journeykit.errors import FileProblemError, JourneyKitError
from journeykit.exchange.output_files import stem_of
from journeykit.language import say
from journeykit.layout.emotion_curve import emotion_curve_data
from journeykit.model import (
    Action,
    DataSet,
    Document,
    Measurement,
    PainPoint,
    Touchpoint,
)
from journeykit.store import is_url
from journeykit.workshop import Workshop
from journeykit.workshop import open as open_workshop

__all__ = [
    "OpenAction",
    "PainSeen",
    "Unread",
    "WorkshopFacts",
    "places_of",
    "read_workshops",
]

_MOST_POINTS = 60


@dataclass(frozen=True, slots=True)
class PainSeen:
    """A pain point that is not resolved: its words, category and score."""

    text: str
    category: str
    priority: int | None


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action that is not done yet."""

    text: str
    owner: str
    due: date | None

    def days_late(self, today: date) -> int:
        """Return by how many days it is overdue; 0 if it is not."""
        return max(0, (today - self.due).days) if self.due else 0


@dataclass(frozen=True, slots=True)
class Unread:
    """A workshop that could not be read, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class WorkshopFacts:
    """What a roll-up needs of one workshop.

    Parameters
    ----------
    name, organisation, owner
        In words; the owner is empty if there is none.
    scores
        Plain scores of the whole journey for all customers, the newest by definition.
    points
        Of each touchpoint its place, name, what was felt, and what was measured.
    shares
        How much of its map is assumed, observed and measured.
    last_seen
        Day of its last named moment, else of its last edit.
    data_until
        Last day of its newest data.
    max_age_days
        After how many days it counts as stale.
    """

    name: str
    organisation: str
    owner: str
    scores: dict[str, Measurement]
    points: tuple[tuple[int, str, float | None, float | None], ...]
    shares: EvidenceShares
    pains: tuple[PainSeen, ...]
    actions: tuple[OpenAction, ...]
    n_actions: int
    n_done: int
    last_seen: date | None
    data_until: date | None
    review_date: date | None
    max_age_days: int
    n_touchpoints: int
    left_out: dict[str, int] = field(default_factory=dict)

    def is_stale(self, today: date) -> bool:
        """Whether nobody looked at it for longer than it says itself."""
        if self.last_seen is None:
            return False
        return (today - self.last_seen).days > self.max_age_days

    def n_overdue(self, today: date) -> int:
        """Return how many of its actions are overdue."""
        return sum(one.days_late(today) > 0 for one in self.actions)


def places_of(workshops: Sequence[str]) -> tuple[str, ...]:
    """Return paths and URLs of workshops, each once; a folder stands for its files."""
    found: dict[str, None] = {}
    for place in workshops:
        if not is_url(place) and Path(place).is_dir():
            files = sorted(Path(place).glob("*.journey"))
            found |= dict.fromkeys(str(one) for one in files)
        elif place:
            found[place] = None
    return tuple(found)


def read_workshops(places: Iterable[str]) -> Iterator[WorkshopFacts | Unread]:
    """Yield what a roll-up needs of each workshop, opened and closed one by one.

    Parameters
    ----------
    places
        Paths and URLs.
    """
    for place in places:
        name = stem_of(place)
        try:
            with open_workshop(place, is_read_only=True) as workshop:
                yield _facts(workshop)
        except FileProblemError as error:
            # Of the error without the path: a report names no folder of a machine.
            yield Unread(name, error.problem)
        except (JourneyKitError, OSError):
            yield Unread(name, say("it is damaged, or made by a newer release"))


def _facts(workshop: Workshop) -> WorkshopFacts:
    document, case = workshop.document(), workshop.case
    owner = document.get(case.owner)
    actions = document.of(Action)
    data = [one.period_end for one in document.of(DataSet) if one.period_end]
    return WorkshopFacts(
        name=case.title,
        organisation=case.organisation,
        owner=owner.name_for_people if owner else "",
        scores=_scores(document, case.min_group),
        points=_points(document),
        shares=evidence_shares(document),
        pains=tuple(
            PainSeen(one.text, one.category, one.priority)
            for one in document.of(PainPoint)
            if one.status != "resolved"
        ),
        actions=tuple(
            OpenAction(one.text, _name(document, one.owner), one.due)
            for one in actions
            if one.status in ("planned", "doing")
        ),
        n_actions=sum(one.status != "dropped" for one in actions),
        n_done=sum(one.status == "done" for one in actions),
        last_seen=_last_seen(workshop),
        data_until=max(data, default=None),
        review_date=case.review_date,
        max_age_days=case.max_age_days,
        n_touchpoints=len(document.of(Touchpoint)),
    )


def _name(document: Document, entry_id: str | None) -> str:
    entry = document.get(entry_id)
    return entry.name_for_people if entry else ""


def _last_seen(workshop: Workshop) -> date | None:
    times = [one.time for one in workshop.marks()]
    return datetime.fromisoformat(max(times)).date() if times else None


def _scores(document: Document, minimum: int) -> dict[str, Measurement]:
    """Return the newest score of each definition, if enough answered."""
    newest: dict[str, Measurement] = {}
    for one in document.of(Measurement):
        is_whole = one.subject is None and one.persona is None and not one.is_weighted
        is_shown = one.value is not None and one.n >= minimum
        if is_whole and is_shown and one.low is not None and one.high is not None:
            known = newest.get(one.definition)
            if known is None or (one.day or date.min) > (known.day or date.min):
                newest[one.definition] = one
    return newest


def _points(
    document: Document,
) -> tuple[tuple[int, str, float | None, float | None], ...]:
    return tuple(
        (row.column, row.name, row.felt, row.measured)
        for row in emotion_curve_data(document)[: _MOST_POINTS * 7]
        if not row.persona and row.column < _MOST_POINTS
    )
