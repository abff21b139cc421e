"""Actions in time: bars by owner, what waits for what, and where the plan cannot hold.

Dates, order and words only; :mod:`journeykit.show.roadmap_picture` draws them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from journeykit.language import say, word
from journeykit.layout.roadmap_problems import (
    Problem,
    backwards,
    endless,
    is_too_soon,
    overloads,
    too_soon,
)
from journeykit.layout.workload import (
    WeekLoad,
    monday_of,
    week_loads,
)
from journeykit.model.document import Document
from journeykit.model.journey import Link
from journeykit.model.people import Stakeholder
from journeykit.model.plan import Action

__all__ = [
    "NOBODY",
    "Bar",
    "Owner",
    "Problem",
    "Roadmap",
    "Wait",
    "roadmap",
    "timing_problems",
]

NOBODY = word("Nobody yet")
"""Who owns what has no owner."""

_FARTHEST = timedelta(days=3 * 366)
_PAD = timedelta(days=7)
_N_NAMED = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """An action in time.

    Parameters
    ----------
    action
        It, as it stands in the document.
    days_late
        Days past its end, while it is still to be done; 0 if it is in time.
    """

    action: Action
    days_late: int = 0

    @property
    def first(self) -> date:
        """The day on which it begins; its end if only that is known."""
        return self.action.start or self.action.due or date.max

    @property
    def last(self) -> date:
        """The day on which it ends; its start if only that is known."""
        return self.action.due or self.action.start or date.max

    @property
    def has_both(self) -> bool:
        """Whether start and end are known."""
        return self.action.start is not None and self.action.due is not None


@dataclass(frozen=True, slots=True)
class Owner:
    """The bars of one person, with the weeks in which work was promised.

    Parameters
    ----------
    owner
        Id of the person; None for those that nobody has taken.
    days_a_week
        Days that the person can give; None if not said.
    """

    owner: str | None
    name: str
    bars: tuple[Bar, ...]
    days_a_week: float | None = None
    loads: tuple[WeekLoad, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait:
    """An action that waits for another.

    Parameters
    ----------
    action, after
        Ids of the two.
    is_broken
        Whether it begins before the other is to be done, or both wait in a circle.
    """

    action: str
    after: str
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The plan in time.

    Parameters
    ----------
    first, last
        The days between which it is drawn: whole weeks around all bars and today.
    undated
        Actions without a day, in the order of the document.
    """

    today: date
    first: date
    last: date
    owners: tuple[Owner, ...] = ()
    waits: tuple[Wait, ...] = ()
    undated: tuple[Action, ...] = ()
    problems: tuple[Problem, ...] = ()
    language: str = "en"
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """All bars, from the top."""
        return tuple(bar for owner in self.owners for bar in owner.bars)


def roadmap(document: Document, today: date) -> Roadmap:
    """Return the actions of a document in time, except those that were dropped.

    Examples
    --------
    >>> signs = Action(id="a", text="Signs", due=date(2026, 3, 2))
    >>> plan = roadmap(Document([signs]), date(2026, 3, 9))
    >>> plan.bars[0].days_late, plan.owners[0].name
    (7, 'Nobody yet')
    """
    actions = [one for one in document.of(Action) if one.status != "dropped"]
    dated = [one for one in actions if one.start or one.due]
    language = document.case.language if document.case else "en"
    waits, _ = _waits(document, actions)
    loads = week_loads(document, dated)
    owners = _owners(document, dated, loads, today)
    problems = (
        *timing_problems(document),
        *overloads(owners, today, language),
    )
    first, last = _window(dated, today)
    return Roadmap(
        today,
        first,
        last,
        owners,
        waits,
        tuple(one for one in actions if not (one.start or one.due)),
        problems,
        language,
        {one.id: one.name for one in document.of(Stakeholder)},
    )


def timing_problems(document: Document) -> tuple[Problem, ...]:
    """Return what cannot hold whatever day it is: circles, and days that clash."""
    actions = [one for one in document.of(Action) if one.status != "dropped"]
    language = document.case.language if document.case else "en"
    waits, circles = _waits(document, actions)
    by_id = {one.id: one for one in actions}
    return (
        *endless(circles, by_id),
        *backwards(actions, language),
        *too_soon(waits, circles, by_id, language),
    )


def _window(dated: Sequence[Action], today: date) -> tuple[date, date]:
    """Return whole weeks around everything; what is years away is drawn at the edge."""
    days = [day for one in dated for day in (one.start, one.due) if day is not None]
    begin = max(min([*days, today]), _shifted(today, -1))
    end = min(max([*days, today]), _shifted(today, 1))
    monday = monday_of(begin)
    sunday = monday_of(min(end, date.max - _PAD))
    return monday, sunday + _PAD


def _shifted(today: date, sign: int) -> date:
    try:
        return today + sign * _FARTHEST
    except OverflowError:
        return today


def _bar(action: Action, today: date) -> Bar:
    is_open = action.status in ("planned", "doing")
    late = (today - action.due).days if action.due and is_open else 0
    return Bar(action, max(0, late))


def _owners(
    document: Document,
    dated: Sequence[Action],
    loads: Mapping[str, tuple[WeekLoad, ...]],
    today: date,
) -> tuple[Owner, ...]:
    bars: dict[str | None, list[Bar]] = {
        one.id: [] for one in document.of(Stakeholder)
    } | {None: []}
    for one in dated:
        bars.setdefault(one.owner, []).append(_bar(one, today))
    found = []
    for owner, own in bars.items():
        if not own:
            continue
        own.sort(key=lambda bar: (bar.first, bar.last))
        who = document.get(owner)
        given = who.days_a_week if isinstance(who, Stakeholder) else None
        found.append(
            Owner(
                owner,
                who.name_for_people if who is not None else say(NOBODY),
                tuple(own),
                given,
                loads.get(owner, ()) if owner else (),
            )
        )
    found.sort(key=lambda one: one.owner is None)  # nobody stands last
    return tuple(found)


# --- what waits for what --------------------------------------------------------------


def _waits(
    document: Document, actions: Sequence[Action]
) -> tuple[tuple[Wait, ...], tuple[tuple[str, ...], ...]]:
    """Return what waits for what, and the circles among them."""
    by_id = {one.id: one for one in actions}
    after: dict[str, list[str]] = {}
    for link in document.of(Link):
        is_one = link.relation == "depends_on" and not link.is_proposed
        if is_one and link.source in by_id and link.target in by_id:
            after.setdefault(link.source, []).append(link.target)
    circles = _circles_in(after)
    round_and_round = {
        (here, there)
        for circle in circles
        for here, there in zip(circle, (*circle[1:], circle[0]), strict=True)
    }
    waits = tuple(
        Wait(
            one,
            first,
            (one, first) in round_and_round or is_too_soon(by_id[one], by_id[first]),
        )
        for one, those in after.items()
        for first in dict.fromkeys(those)
    )
    return waits, circles


def _circles_in(after: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return a circle for each wait that closes one; each begins at its least id."""
    found: dict[tuple[str, ...], None] = {}
    done: set[str] = set()
    for start in after:
        path: list[str] = []
        on_path: set[str] = set()
        stack = [(start, iter(after.get(start, ())))]
        while stack:
            here, further = stack[-1]
            if here not in on_path:
                path.append(here)
                on_path.add(here)
            there = next(further, None)
            if there is None:
                stack.pop()
                path.pop()
                on_path.discard(here)
                done.add(here)
            elif there in on_path:
                circle = path[path.index(there) :]
                least = circle.index(min(circle))
                found[(*circle[least:], *circle[:least])] = None
            elif there not in done:
                stack.append((there, iter(after.get(there, ()))))
    return tuple(found)
