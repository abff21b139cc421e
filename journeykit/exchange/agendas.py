"""Agendas that come with the package, and what a facilitator holds besides them.

An agenda is a JSON file: title, summary, people, start, the minutes of each session,
and the blocks with the fields of an agenda block. The sums are checked on reading: a
day that is ten minutes longer than its title says is found in the room otherwise.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any

from journeykit.errors import FileProblemError, InputError, UnknownNameError
from journeykit.layout.agenda import minutes_in_all, sessions
from journeykit.model import AgendaBlock, entry_from, rank_between
from journeykit.shipped import folder
from journeykit.text import clean_text

__all__ = [
    "Agenda",
    "ExerciseCard",
    "RoleCard",
    "Task",
    "agenda",
    "agenda_at",
    "agenda_names",
    "before_the_day",
    "day_after",
    "exercise_card",
    "exercise_cards",
    "ground_rules",
    "read_agenda",
    "roles",
    "shipped_agenda",
]

_KEYS = ("title", "summary", "people", "start", "minutes", "blocks")
_ID = "ab-{name}-{number:02}"
_MOST_BYTES, _MOST_BLOCKS = 1_000_000, 200
_MOST_LETTERS = 500
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Agenda:
    """An agenda with what a person reads before choosing it.

    Parameters
    ----------
    name, title, summary, people
        Its key, and what it is, in words.
    start
        When the first session usually begins.
    minutes
        Of each session.
    blocks
        In order, with ids and ranks; sessions follow one another.
    """

    name: str
    title: str
    summary: str
    people: str
    start: time
    minutes: tuple[float, ...]
    blocks: tuple[AgendaBlock, ...]


@dataclass(frozen=True, slots=True)
class ExerciseCard:
    """How an exercise is run, and what stands on the participants' sheet.

    Parameters
    ----------
    least_minutes, most_minutes, is_per_person
        How long it takes, in all or for each person.
    how
        Step by step.
    prompt, example
        What participants read above the space that they write in.
    """

    name: str
    title: str
    least_minutes: float
    most_minutes: float
    is_per_person: bool
    purpose: str
    how: tuple[str, ...]
    prompt: str
    example: str
    materials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleCard:
    """A role in the room: what it does, a sentence it says, who takes it."""

    title: str
    does: tuple[str, ...]
    says: str
    who: str


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do before or after the day."""

    when: str
    who: str
    text: str


def agenda_names() -> tuple[str, ...]:
    """Return the names of the agendas that come with the package.

    Examples
    --------
    >>> "half_day" in agenda_names()
    True
    """
    found = folder("templates").glob("agendas/*.json")
    return tuple(sorted(path.stem for path in found))


def agenda(name: str) -> tuple[AgendaBlock, ...]:
    """Return the blocks of an agenda, in order, with ids and ranks.

    Raises
    ------
    UnknownNameError
        If there is no such agenda; the nearest is offered.

    Examples
    --------
    >>> [block.title for block in agenda("express")][:2]
    ['Welcome and rules', 'Check-in']
    """
    return shipped_agenda(name).blocks


def shipped_agenda(name: str) -> Agenda:
    """Return an agenda with its title, summary and usual start.

    Raises
    ------
    UnknownNameError
        If there is no such agenda; the nearest is offered.
    """
    if name not in agenda_names():
        raise UnknownNameError("agenda", name, agenda_names())
    path = folder("templates") / "agendas" / f"{name}.json"
    return read_agenda(path.read_text(encoding="utf-8"), name, where=path.name)


def agenda_at(place: str) -> Agenda:
    """Return the agenda that a name or a path means.

    Parameters
    ----------
    place
        Name of an agenda that comes with the package, or path of a JSON file, which
        ends in ``.json``.

    Raises
    ------
    UnknownNameError
        If it is neither; the nearest name is offered.
    FileProblemError
        If there is no such file, or it cannot be read.
    InputError
        As :func:`read_agenda` raises it.

    Examples
    --------
    >>> agenda_at("express").minutes
    (120.0,)
    """
    path = Path(place)
    if path.suffix.casefold() != ".json":
        return shipped_agenda(place)
    try:
        raw = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else None
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", "") or "no path of a file"
        raise FileProblemError(
            path.name,
            f"an agenda was expected ({said})",
            f"Agendas that come with the package: {', '.join(agenda_names())}",
        ) from error
    if raw is None:
        raise InputError("an agenda of up to 1 MB was expected", path.name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("this is not text in UTF-8", path.name) from error
    name = re.sub(r"[^a-z0-9]+", "_", path.stem.casefold()).strip("_")[:40]
    return read_agenda(text, name or "own", where=path.name)


def read_agenda(text: str, name: str, *, where: str = "") -> Agenda:
    """Return the agenda of a JSON file.

    Too few breaks are no reason to refuse the file: what
    :func:`journeykit.layout.agenda.break_findings` finds is to be shown.

    Parameters
    ----------
    text
        The content of the file.
    name
        Key of the agenda; the ids of its blocks begin with it.
    where
        Name of the file, for messages.

    Raises
    ------
    InputError
        If it is no JSON object with these keys, a block is not what an agenda block
        takes, or the blocks do not sum up to the minutes that are promised.
    UnknownNameError
        If a key is not known.
    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is not JSON: {error}", where) from error
    if not isinstance(whole, dict) or not isinstance(whole.get("blocks"), list):
        raise InputError("an agenda is an object with blocks", where)
    for key in whole:
        if key not in _KEYS:
            raise UnknownNameError("key of an agenda", key, _KEYS, where)
    missing = [key for key in _KEYS if key not in whole]
    if missing:
        raise InputError(f"{', '.join(missing)} must be filled in", where)
    if len(whole["blocks"]) > _MOST_BLOCKS:
        raise InputError(f"up to {_MOST_BLOCKS} blocks were expected", where)
    blocks = _blocks(whole["blocks"], name, where)
    found = tuple(minutes_in_all(day) for day in sessions(blocks))
    if list(found) != whole["minutes"]:
        raise InputError(
            f"sessions of {whole['minutes']} minutes were expected, the blocks sum up "
            f"to {list(found)}",
            where,
        )
    if any(one > _DAY for one in found):
        raise InputError("sessions of up to 24 hours were expected", where)
    return Agenda(
        name,
        _line(whole["title"]),
        _line(whole["summary"]),
        _line(whole["people"]),
        _start(whole["start"], where),
        found,
        blocks,
    )


def _blocks(rows: list[Any], name: str, where: str) -> tuple[AgendaBlock, ...]:
    found: list[AgendaBlock] = []
    rank: str | None = None
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise InputError(f"a block is an object, found {row!r:.80}", where)
        rank = rank_between(rank, None)
        key = _ID.format(name=name.replace("_", "-"), number=number)
        try:
            entry = entry_from({**row, "kind": "agenda_block", "id": key, "rank": rank})
        except InputError as error:
            place = f"{where}, block {number}".removeprefix(", ")
            raise InputError(error.problem, place, error.mend, error.field) from error
        assert isinstance(entry, AgendaBlock)
        found.append(entry)
    return tuple(found)


def _line(text: object) -> str:
    """Return a text of the file in one line, without signs that break others."""
    cleaned = clean_text(str(text), max_length=_MOST_LETTERS, is_cut=True).text
    return " ".join(cleaned.split())


def _start(clock: object, where: str) -> time:
    try:
        return time.fromisoformat(str(clock))
    except ValueError as error:
        raise InputError(
            f"a start is written as in 09:00, found {clock!r:.80}", where
        ) from error


# --- what lies on the table ---------------------------------------------------------


def exercise_cards() -> tuple[ExerciseCard, ...]:
    """Return the exercise cards, in the order in which a day may need them.

    Examples
    --------
    >>> exercise_cards()[0].title
    'Check-in'
    """
    return tuple(
        ExerciseCard(**_with_tuples(row, "how", "materials"))
        for row in _room("exercise_cards")
    )


def exercise_card(name: str) -> ExerciseCard:
    """Return one exercise card.

    Raises
    ------
    UnknownNameError
        If there is no such exercise; the nearest is offered.

    Examples
    --------
    >>> exercise_card("dot_vote").most_minutes
    10
    """
    cards = {card.name: card for card in exercise_cards()}
    try:
        return cards[name]
    except KeyError:
        raise UnknownNameError("exercise", name, cards) from None


def ground_rules() -> tuple[str, ...]:
    """Return the ground rules to begin with; the group adds its own."""
    return tuple(_room("ground_rules"))


def roles() -> tuple[RoleCard, ...]:
    """Return the roles cards."""
    return tuple(RoleCard(**_with_tuples(row, "does")) for row in _room("roles"))


def before_the_day() -> tuple[Task, ...]:
    """Return what is to be done before the day, the earliest first."""
    return tuple(Task(**row) for row in _room("before_the_day"))


def day_after() -> tuple[Task, ...]:
    """Return what is to be done after the day, the earliest first."""
    return tuple(Task(**row) for row in _room("day_after"))


@cache
def _room(name: str) -> list[Any]:
    path = folder("templates") / "agendas" / "room" / f"{name}.json"
    rows: list[Any] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def _with_tuples(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {**row, **{name: tuple(row[name]) for name in names}}
