"""How much work of a plan falls to whom in which week, and what it answers.

The effort of an action is spread evenly over the working days (Monday to Friday)
between its start and its end. What is done or dropped takes nobody's time any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from journeykit.language import word
from journeykit.model.document import Document
from journeykit.model.findings import Opportunity, PainPoint
from journeykit.model.journey import Link
from journeykit.model.people import Stakeholder
from journeykit.model.plan import Action

__all__ = [
    "ANSWERED",
    "FULL_WEEK",
    "Share",
    "WeekLoad",
    "answered_by_actions",
    "effort_shares",
    "monday_of",
    "quarter_of",
    "week_loads",
]

FULL_WEEK = 5.0
"""Days in a week of whoever has not said how many can be given."""

ANSWERED: Mapping[str, str] = {
    "worst": word("One of the three worst pain points"),
    "other": word("Another pain point"),
    "idea": word("An idea or an unmet need"),
    "nothing": word("Nothing on the map yet"),
}
"""What an action answers, in the order in which it should get the time."""

_WEEK = timedelta(days=7)
_N_WORKING = 5
_MOST_WEEKS = 520
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """Days of work that one person has promised for one week.

    Parameters
    ----------
    week
        Its Monday.
    days
        Days of work.
    capacity
        Days that the person can give.
    """

    week: date
    days: float
    capacity: float

    @property
    def is_over(self) -> bool:
        """Whether more was promised than there is."""
        return self.days > self.capacity + _SLACK


@dataclass(frozen=True, slots=True)
class Share:
    """Days of work for what one kind of thing asks for.

    Parameters
    ----------
    answered
        A key of :data:`ANSWERED`.
    days
        Days of work that are still to be done.
    n_actions
        Actions behind them.
    n_without
        Those of them whose effort nobody has given.
    by_period
        Days by quarter (its first day); what has no dates is in none.
    """

    answered: str
    days: float = 0.0
    n_actions: int = 0
    n_without: int = 0
    by_period: Mapping[date, float] = field(default_factory=dict)


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def quarter_of(day: date) -> date:
    """Return the first day of the quarter of a day.

    Examples
    --------
    >>> quarter_of(date(2026, 11, 26))
    datetime.date(2026, 10, 1)
    """
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _days_by_week(action: Action) -> Iterator[tuple[date, float]]:
    """Yield days of work by week; nothing without effort or without both dates."""
    if action.status in ("done", "dropped") or not action.effort_days:
        return
    first, last = action.start, action.due
    if first is None or last is None or last < first:
        return
    weeks: list[tuple[date, int]] = []
    monday = monday_of(first)
    while monday <= last and len(weeks) < _MOST_WEEKS:
        begin = max((first - monday).days, 0)
        end = min((last - monday).days, _N_WORKING - 1)
        weeks.append((monday, max(0, end - begin + 1)))
        if date.max - monday < _WEEK:
            break
        monday += _WEEK
    n_days = sum(n for _, n in weeks)
    if not n_days:  # a weekend only: the work falls on it
        yield monday_of(first), action.effort_days
        return
    for week, n in weeks:
        if n:
            yield week, action.effort_days * n / n_days


def week_loads(
    document: Document, actions: Iterable[Action]
) -> dict[str, tuple[WeekLoad, ...]]:
    """Return the weeks in which somebody has promised work, by owner.

    Examples
    --------
    >>> ann = Stakeholder(id="ann", name="Ann", days_a_week=1)
    >>> signs = Action(
    ...     id="a", text="Signs", owner="ann", effort_days=4,
    ...     start=date(2026, 3, 2), due=date(2026, 3, 13),
    ... )
    >>> loads = week_loads(Document([ann, signs]), [signs])["ann"]
    >>> [(one.week.day, one.days, one.is_over) for one in loads]
    [(2, 2.0, True), (9, 2.0, True)]
    """
    found: dict[str, dict[date, float]] = defaultdict(lambda: defaultdict(float))
    for one in actions:
        if one.owner is not None:
            for week, days in _days_by_week(one):
                found[one.owner][week] += days
    loads = {}
    for owner, weeks in found.items():
        who = document.get(owner)
        given = who.days_a_week if isinstance(who, Stakeholder) else None
        capacity = FULL_WEEK if given is None else given
        loads[owner] = tuple(
            WeekLoad(week, days, capacity) for week, days in sorted(weeks.items())
        )
    return loads


def answered_by_actions(document: Document) -> dict[str, frozenset[str]]:
    """Return the ids of what each action answers, directly or by an idea."""
    answers: dict[str, set[str]] = defaultdict(set)
    for link in document.of(Link):
        if link.relation == "answers" and not link.is_proposed:
            answers[link.source].add(link.target)
    found = {}
    for one in document.of(Action):
        direct = answers.get(one.id, set())
        further = set().union(*(answers.get(idea, set()) for idea in direct))
        found[one.id] = frozenset(direct | further)
    return found


def effort_shares(document: Document, worst: Collection[str]) -> tuple[Share, ...]:
    """Return the work still to be done, by what it answers; all four, in order.

    Parameters
    ----------
    worst
        Ids of the pain points that come first.
    """
    answered = answered_by_actions(document)
    groups: dict[str, list[Action]] = {key: [] for key in ANSWERED}
    for one in document.of(Action):
        if one.status in ("planned", "doing"):
            groups[_band(document, answered[one.id], worst)].append(one)
    return tuple(_share(key, actions) for key, actions in groups.items())


def _band(document: Document, answered: frozenset[str], worst: Collection[str]) -> str:
    if not answered.isdisjoint(worst):
        return "worst"
    kinds = {type(document[one]) for one in answered}
    if PainPoint in kinds:
        return "other"
    return "idea" if Opportunity in kinds or kinds else "nothing"


def _share(key: str, actions: list[Action]) -> Share:
    periods: dict[date, float] = defaultdict(float)
    for one in actions:
        for week, days in _days_by_week(one):
            periods[quarter_of(week)] += days
    return Share(
        key,
        sum(one.effort_days or 0.0 for one in actions),
        len(actions),
        sum(one.effort_days is None for one in actions),
        dict(sorted(periods.items())),
    )
