"""The life of each pain point: open, being treated, resolved, returned, and since when.

Two things tell it: the record of the workshop, in which each change of the status has
its day, and the days that people note by themselves (before there was a workshop, or
from memory). What was resolved and hurts again has returned, whatever its card says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from journeykit.model import Action, Document, Link, PainPoint, PainPointStatus
from journeykit.vocabulary import PAIN_STATUSES, PainStatus

__all__ = ["PainLife", "Period", "pain_lives"]

_ORDER = ("returned", "open", "being_treated", "resolved")


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when a pain point had a status; until None is until now."""

    status: PainStatus
    since: date
    until: date | None = None

    def days(self, today: date) -> int:
        """Return how many days it lasted."""
        return max(0, ((self.until or today) - self.since).days)


@dataclass(frozen=True, slots=True)
class PainLife:
    """One pain point over time.

    Parameters
    ----------
    pain_point
        The pain point.
    periods
        Oldest first; none overlaps another.
    n_returned
        How often it came back after it was resolved.
    suggested
        The status that it seems to have by now; None if its card is right.
    why
        Why, in one sentence.
    """

    pain_point: PainPoint
    periods: tuple[Period, ...]
    n_returned: int = 0
    suggested: PainStatus | None = None
    why: str = ""

    @property
    def status(self) -> PainStatus:
        """Its status at present."""
        return self.periods[-1].status if self.periods else self.pain_point.status

    def days_in(self, status: PainStatus, today: date) -> int:
        """Return how many days it had a status, in all its periods together."""
        return sum(one.days(today) for one in self.periods if one.status == status)


def pain_lives(
    document: Document,
    changes: Mapping[str, Iterable[tuple[date, object]]],
    today: date,
) -> tuple[PainLife, ...]:
    """Return the life of every pain point, those that hurt again first.

    Parameters
    ----------
    document
        The workshop as it stands.
    changes
        Day and status of each change by the record, oldest first, by pain point.
    today
        The day on which it is looked at.

    Examples
    --------
    >>> queue = PainPoint(id="queue", text="The queue")
    >>> days = [(date(2026, 3, d), s) for d, s in ((1, "open"), (5, "resolved"))]
    >>> days += [(date(2026, 3, 9), "open")]
    >>> life = pain_lives(Document([queue]), {"queue": days}, date(2026, 3, 12))[0]
    >>> [(one.status, one.since.day) for one in life.periods]
    [('open', 1), ('resolved', 5), ('returned', 9)]
    """
    noted: dict[str, list[PainPointStatus]] = defaultdict(list)
    for one in document.of(PainPointStatus):
        noted[one.pain_point].append(one)
    answering = _answering(document)
    lives = []
    for pain in document.of(PainPoint):
        days = _days(pain, changes.get(pain.id, ()), noted[pain.id], today)
        periods, n_returned = _periods(days)
        suggested, why = _suggested(pain, periods, answering.get(pain.id, ()))
        lives.append(PainLife(pain, periods, n_returned, suggested, why))
    lives.sort(
        key=lambda one: (_ORDER.index(one.status), -(one.pain_point.priority or 0))
    )
    return tuple(lives)


def _days(
    pain: PainPoint,
    changes: Iterable[tuple[date, object]],
    noted: Sequence[PainPointStatus],
    today: date,
) -> list[tuple[date, PainStatus]]:
    """Return days and statuses in order; what was noted for a day ends that day.

    The first of the record is no change: the card was only written then.
    """
    recorded = [(day, _known(status)) for day, status in changes]
    told = sorted(((one.day, one.status) for one in noted), key=lambda one: one[0])
    first = recorded[:1]
    if first and told and told[0][0] <= first[0][0]:
        recorded = recorded[1:]
    rows = [(day, 0, at, status) for at, (day, status) in enumerate(recorded)]
    rows += [(day, 1, at, status) for at, (day, status) in enumerate(told)]
    days = [(day, status) for day, _, _, status in sorted(rows) if day <= today]
    return days or [(today, pain.status)]


def _known(status: object) -> PainStatus:
    return status if status in PAIN_STATUSES else "open"  # type: ignore[return-value]


def _periods(
    days: Sequence[tuple[date, PainStatus]],
) -> tuple[tuple[Period, ...], int]:
    """Return periods, the last state of a day counting; and how often it returned."""
    last_of_day: dict[date, PainStatus] = {}
    was_resolved, n_returned = False, 0
    before: PainStatus | None = None
    for day, status in days:
        if status == before:
            continue
        said = "returned" if was_resolved and status == "open" else status
        n_returned += was_resolved and status != "resolved"
        was_resolved = status == "resolved"
        last_of_day[day] = said
        before = status
    starts = list(last_of_day.items())
    ends = [*(day for day, _ in starts[1:]), None]
    found: list[Period] = []
    for (since, status), until in zip(starts, ends, strict=True):
        if found and found[-1].status == status:
            found[-1] = Period(status, found[-1].since, until)
        else:
            found.append(Period(status, since, until))
    return tuple(found), n_returned


def _answering(document: Document) -> dict[str, tuple[Action, ...]]:
    """Return the actions that answer each pain point, directly or by an idea."""
    targets: dict[str, list[str]] = defaultdict(list)
    for link in document.of(Link):
        if link.relation == "answers" and not link.is_proposed:
            targets[link.source].append(link.target)
    found: dict[str, dict[str, Action]] = defaultdict(dict)
    for action in document.of(Action):
        if action.status == "dropped":
            continue
        direct = targets.get(action.id, [])
        for one in (*direct, *(far for idea in direct for far in targets[idea])):
            found[one][action.id] = action
    return {pain: tuple(actions.values()) for pain, actions in found.items()}


def _suggested(
    pain: PainPoint, periods: Sequence[Period], actions: Sequence[Action]
) -> tuple[PainStatus | None, str]:
    """Return the status that a card should have by now, and why."""
    now = periods[-1].status
    if pain.status != now and now == "returned":
        return "returned", "It was resolved, and hurts again."
    if pain.status != now:
        return now, f"You noted it as “{PAIN_STATUSES[now]}”; its card says otherwise."
    doing = [one for one in actions if one.status == "doing"]
    if now in ("open", "returned") and doing:
        return "being_treated", f"“{doing[0].text}” is under way."
    if now == "being_treated" and actions and all(a.status == "done" for a in actions):
        noun = "The action that answers it is" if len(actions) == 1 else "All actions"
        tail = "" if len(actions) == 1 else " that answer it are"
        return "resolved", f"{noun}{tail} done. Does it still hurt?"
    return None, ""
