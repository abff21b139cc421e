"""What departments owe: an answer to a pain point routed to them, and a sign-off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from journeykit.check.rule import alike
from journeykit.model import (
    DepartmentAnswer,
    DepartmentSignOff,
    Document,
    PainPoint,
    Stakeholder,
    Touchpoint,
)

__all__ = [
    "Reply",
    "SignedOff",
    "departments_behind",
    "owed_replies",
    "replies",
    "sign_offs",
]


@dataclass(frozen=True, slots=True)
class Reply:
    """A pain point, a department, and what it answers.

    Parameters
    ----------
    answer
        Its latest answer; None if it owes one.
    """

    pain_point: PainPoint
    department: str
    answer: DepartmentAnswer | None = None


@dataclass(frozen=True, slots=True)
class SignedOff:
    """A department and its latest word on the map; None if it owes one."""

    department: str
    sign_off: DepartmentSignOff | None = None


def replies(document: Document) -> tuple[Reply, ...]:
    """Return every pain point with each department that it was routed to, or answered.

    Examples
    --------
    >>> queue = PainPoint(id="queue", text="The queue", departments=("Sales", "IT"))
    >>> said = DepartmentAnswer(id="a", pain_point="queue", department="it")
    >>> found = replies(Document([queue, said]))
    >>> [(one.department, one.answer is not None) for one in found]
    [('Sales', False), ('IT', True)]
    """
    answers: dict[str, dict[str, DepartmentAnswer]] = {}
    for answer in _latest_last(document.of(DepartmentAnswer)):
        answers.setdefault(answer.pain_point, {})[alike(answer.department)] = answer
    found: list[Reply] = []
    for pain in document.of(PainPoint):
        given = answers.get(pain.id, {})
        names = {alike(one): one for one in pain.departments if alike(one)}
        for key, answer in given.items():
            names.setdefault(key, answer.department)
        found += [Reply(pain, name, given.get(key)) for key, name in names.items()]
    return tuple(found)


def _latest_last(answers: Iterable[DepartmentAnswer]) -> list[DepartmentAnswer]:
    return sorted(answers, key=lambda one: one.day or date.min)


def owed_replies(document: Document) -> tuple[Reply, ...]:
    """Return where a department was asked and has not answered."""
    return tuple(one for one in replies(document) if one.answer is None)


def departments_behind(document: Document, pain: PainPoint) -> tuple[str, ...]:
    """Return the departments that a pain point belongs to by its place and owners.

    Those of its touchpoint, of who owns that, and of who owns the pain point.
    """
    place = document.get(pain.touchpoint)
    owners = [pain.owner]
    names = []
    if isinstance(place, Touchpoint):
        names.append(place.department)
        owners.append(place.owner)
    for owner in owners:
        who = document.get(owner)
        if isinstance(who, Stakeholder):
            names.append(who.department)
    return tuple({alike(one): one for one in names if alike(one)}.values())


def sign_offs(document: Document) -> tuple[SignedOff, ...]:
    """Return each department of the team, and others that spoke, with its latest word.

    Those that still owe one come first.
    """
    names = {
        alike(one.department): one.department
        for one in document.of(Stakeholder)
        if one.is_on_team and alike(one.department)
    }
    said: dict[str, DepartmentSignOff] = {}
    for one in sorted(
        document.of(DepartmentSignOff), key=lambda one: one.day or date.min
    ):
        said[alike(one.department)] = one
        names.setdefault(alike(one.department), one.department)
    found = [SignedOff(name, said.get(key)) for key, name in names.items()]
    found.sort(key=lambda one: one.sign_off is not None)
    return tuple(found)
