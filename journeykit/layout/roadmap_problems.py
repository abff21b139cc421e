"""What cannot hold in a plan, each in one sentence: circles, clashes, too much work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from journeykit.language import decimals, say, word
from journeykit.layout.day_words import day_text
from journeykit.layout.workload import FULL_WEEK, WeekLoad, monday_of
from journeykit.model.plan import Action

if TYPE_CHECKING:
    from journeykit.layout.roadmap import Bar, Owner, Wait

__all__ = [
    "Problem",
    "backwards",
    "endless",
    "is_too_soon",
    "overloads",
    "too_soon",
]

_N_NAMED = 6


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence about what cannot hold, and the actions that it is about."""

    name: Literal["circle", "too soon", "backwards", "overload"]
    text: str
    actions: tuple[str, ...] = ()


def is_too_soon(action: Action, first: Action) -> bool:
    """Return whether an action begins (or ends) before the other is to be done."""
    if first.status == "done" or action.status == "done" or first.due is None:
        return False
    begin = action.start or action.due
    return begin is not None and begin < first.due


def endless(
    circles: Sequence[tuple[str, ...]], by_id: Mapping[str, Action]
) -> list[Problem]:
    """Return one sentence for each circle of actions that wait for each other."""
    found = []
    for circle in circles:
        if len(circle) == 1:
            said = say("“{action}” waits for itself.", action=by_id[circle[0]].text)
        else:
            names = [say("“{name}”", name=by_id[one].text) for one in circle[:_N_NAMED]]
            more = ["…"] if len(circle) > _N_NAMED else []
            way = names[0]
            for name in reversed([*names, *more]):
                way = say("{action} waits for {next}", action=name, next=way)
            said = say("{way}: nobody can begin.", way=way)
        found.append(Problem("circle", said, circle))
    return found


def backwards(dated: Sequence[Action], language: str) -> list[Problem]:
    """Return one sentence for each action that ends before it begins."""
    return [
        Problem(
            "backwards",
            say(
                "“{action}” begins on {start}, after its end on {end}.",
                action=one.text,
                start=day_text(one.start, language),
                end=day_text(one.due, language),
            ),
            (one.id,),
        )
        for one in dated
        if one.start and one.due and one.due < one.start
    ]


def too_soon(
    waits: Sequence[Wait],
    circles: Sequence[tuple[str, ...]],
    by_id: Mapping[str, Action],
    language: str,
) -> list[Problem]:
    """Return one sentence for each action that cannot wait as long as it should."""
    turning = {one for circle in circles for one in circle}
    found = []
    for wait in waits:
        action, first = by_id[wait.action], by_id[wait.after]
        if {wait.action, wait.after} <= turning or not is_too_soon(action, first):
            continue
        words = word("“{action}” begins on {day}, before “{first}” ends on {end}.")
        if not action.start:
            words = word(
                "“{action}” is to be done on {day}, before “{first}” ends on {end}."
            )
        said = say(
            words,
            action=action.text,
            day=day_text(action.start or action.due, language),
            first=first.text,
            end=day_text(first.due, language),
        )
        found.append(Problem("too soon", said, (action.id, first.id)))
    return found


def overloads(owners: Sequence[Owner], today: date, language: str) -> list[Problem]:
    """Return one sentence for each person with weeks ahead that are too full."""
    found = []
    now = monday_of(today)
    for one in owners:
        over = [load for load in one.loads if load.is_over and load.week >= now]
        if not over:
            continue
        most = max(over, key=lambda load: load.days)
        said = _promised(one, most, day_text(most.week, language))
        if len(over) > 1:
            many = say("{n} weeks ahead are too full.", n=len(over))
            said = f"{said} {many}"
        in_week = tuple(bar.action.id for bar in one.bars if _is_in(bar, most.week))
        found.append(Problem("overload", said, in_week))
    return found


def _promised(owner: Owner, most: WeekLoad, week: str) -> str:
    numbers = {
        "name": owner.name,
        "days": _short(most.days),
        "week": week,
        "full": _short(FULL_WEEK),
    }
    capacity = _short(most.capacity)
    if owner.days_a_week is None:
        return say(
            "{name} has promised {days} days of work in the week of {week}; {capacity} "
            "days are there ({full} assumed, since nobody said).",
            **numbers,
            capacity=capacity,
        )
    if most.capacity == 1:
        return say(
            "{name} has promised {days} days of work in the week of {week}; 1 day is "
            "there.",
            **numbers,
        )
    return say(
        "{name} has promised {days} days of work in the week of {week}; {capacity} "
        "days are there.",
        **numbers,
        capacity=capacity,
    )


def _short(days: float) -> str:
    return decimals(days, 0 if f"{days:.1f}".endswith(".0") else 1)


def _is_in(bar: Bar, week: date) -> bool:
    return bar.has_both and monday_of(bar.first) <= week <= bar.last
