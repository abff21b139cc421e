"""Running late: what is left is planned anew, and what to drop or shorten is said.

The end stands: people have trains to catch. Breaks and the closing stay, since a day
without them ends in tiredness and without anybody's promise. Small delays are taken
from few blocks, the longest first, and for more than a quarter a block is dropped
whole, since half an exercise yields nothing. Taking a little from every block was
turned down: nobody can keep in mind eight new lengths while people talk.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Literal

from journeykit.errors import UnknownNameError
from journeykit.language import say
from journeykit.layout.agenda import (
    REFUSED_ABOVE,
    TimedBlock,
    clock_text,
    duration_text,
    is_break,
    later,
    minutes_between,
    minutes_in_all,
    sessions,
)
from journeykit.model.plan import AgendaBlock

__all__ = ["BlockChange", "NewPlan", "running_late"]

_SHORTEST_BREAK = 10
_SHORTEST_LUNCH = 30
_SHARE = 4  # a quarter of a block may go

_DROPPED_FIRST = (
    "",
    "training",
    "canvas",
    "copis",
    "channels",
    "evidence",
    "stakeholders",
    "validation",
    "opportunities",
)
"""Steps by how well they can be done another day, after the room has emptied."""


@dataclass(frozen=True, slots=True)
class BlockChange:
    """What becomes of a block: *minutes* are 0 if it is dropped."""

    block: AgendaBlock
    verb: Literal["drop", "shorten"]
    minutes: float
    text: str


@dataclass(frozen=True, slots=True)
class NewPlan:
    """The rest of the day, planned anew.

    Parameters
    ----------
    late
        Minutes behind the agenda; negative if ahead of it.
    rest
        What is still to come, the present block first, with its new minutes and times.
    changes
        What is dropped or shortened.
    over
        Minutes that could not be saved: by so much it would end later.
    text
        All of it in a few sentences.
    """

    late: float
    rest: tuple[TimedBlock, ...]
    changes: tuple[BlockChange, ...]
    over: float
    text: str


def running_late(
    blocks: Iterable[AgendaBlock],
    now: time,
    started: time,
    *,
    current: str,
    begun: time | None = None,
    rested: time | None = None,
) -> NewPlan:
    """Return the rest of a session so that it ends in time.

    Parameters
    ----------
    blocks
        The agenda in order.
    now
        What the clock says.
    started
        When this session was to begin.
    current
        Id of the block that the group is in, or begins now.
    begun
        When it began the present block; None for now.
    rested
        When the last break ended; None if nobody noted it.

    Raises
    ------
    UnknownNameError
        If no block has the id *current*.

    Notes
    -----
    A block gives up to a quarter of its minutes, a break what is above 10 and lunch
    what is above 30. If that is not enough, blocks are dropped whole, those first that
    can be done another day; personas, map, pain points and action plan never, nor the
    closing. Of breaks that then come to stand side by side the longest stays.
    """
    agenda = tuple(blocks)
    found = next(
        (
            (number, day, place)
            for number, day in enumerate(sessions(agenda), start=1)
            for place, one in enumerate(day)
            if one.id == current
        ),
        None,
    )
    if found is None:
        raise UnknownNameError("agenda block", current, [one.id for one in agenda])
    number, session, place = found
    spent = max(0.0, minutes_between(begun, now)) if begun is not None else 0.0
    left = max(0.0, session[place].minutes - spent)
    minutes = {one.id: one.minutes for one in session[place:]} | {current: left}
    end = later(started, minutes_in_all(session))
    late = round(minutes_between(end, later(now, sum(minutes.values()))), 6)
    dropped, new, over = _saved(session[place:], minutes, max(0.0, late))
    changes = tuple(
        _change(one, minutes[one.id], new.get(one.id, 0.0))
        for one in session[place:]
        if one.id in dropped or new[one.id] < minutes[one.id]
    )
    rest = [one for one in session[place:] if one.id not in dropped]
    clocked = _clocked(rest, new, now, number)
    said = [*_told(late, changes, over, clocked, end), *_rest_told(clocked, rested)]
    return NewPlan(late, clocked, changes, over, " ".join(said))


def _saved(
    blocks: Sequence[AgendaBlock], minutes: dict[str, float], late: float
) -> tuple[set[str], dict[str, float], float]:
    """Return which blocks go, what the others get, and what could not be saved."""
    dropped: set[str] = set()
    kept = list(blocks)
    need = late
    for one in sorted(blocks[1:], key=_readiness):
        if need <= sum(_spare(other, minutes[other.id]) for other in kept):
            break
        if one in kept and _readiness(one) < len(_DROPPED_FIRST):
            kept.remove(one)
            kept = _with_breaks_apart(kept)
            dropped = {other.id for other in blocks if other not in kept}
            need = late - sum(minutes[name] for name in dropped)
    need = max(0.0, need)
    spare = {
        one.id: _spare(one, minutes[one.id])
        for one in sorted(kept, key=lambda one: (is_break(one), -minutes[one.id]))
    }
    cuts = _taken(math.ceil(need), spare)
    new = {name: minutes[name] - cut for name, cut in cuts.items()}
    return dropped, new, max(0.0, need - sum(cuts.values()))


def _with_breaks_apart(blocks: Sequence[AgendaBlock]) -> list[AgendaBlock]:
    """Return blocks with one break, the longest, where several came to stand.

    The first block is what the group is in, so it stays.
    """
    found = list(blocks[:1])
    for one in blocks[1:]:
        is_second = is_break(one) and is_break(found[-1])
        if is_second and one.minutes > found[-1].minutes and len(found) > 1:
            found[-1] = one
        elif not is_second or one.minutes > found[-1].minutes:
            found.append(one)
    return found


def _readiness(block: AgendaBlock) -> int:
    """Return how readily a block is dropped: lowest first, the last number never."""
    if block.block_kind != "work" or block.step not in _DROPPED_FIRST:
        return len(_DROPPED_FIRST)
    return _DROPPED_FIRST.index(block.step)


def _spare(block: AgendaBlock, minutes: float) -> int:
    """Return the whole minutes that a block can give."""
    if block.block_kind == "closing":
        return 0
    if block.block_kind == "lunch":
        return max(0, math.floor(minutes - _SHORTEST_LUNCH))
    if block.block_kind == "break":
        return max(0, math.floor(minutes - _SHORTEST_BREAK))
    return math.floor(minutes / _SHARE)


def _taken(need: int, spare: dict[str, int]) -> dict[str, int]:
    """Return whole minutes taken from each block, in the order of *spare*."""
    cuts = {}
    for name, most in spare.items():
        cuts[name] = min(most, need)
        need -= cuts[name]
    return cuts


def _change(block: AgendaBlock, was: float, minutes: float) -> BlockChange:
    values = {"block": block.title, "was": f"{was:g}", "n": f"{minutes:g}"}
    if minutes == 0:
        if block.step:
            text = say(
                "Drop “{block}” ({was} minutes). Do it on another day.", **values
            )
        else:
            text = say("Drop “{block}” ({was} minutes).", **values)
        return BlockChange(block, "drop", 0.0, text)
    text = say("Shorten “{block}” from {was} to {n} minutes.", **values)
    text = f"{text} {block.plan_b}" if block.plan_b else text
    return BlockChange(block, "shorten", minutes, text)


def _clocked(
    blocks: Sequence[AgendaBlock], minutes: dict[str, float], now: time, session: int
) -> tuple[TimedBlock, ...]:
    """Return the blocks from now on; one that is over takes no more time."""
    found = []
    clock = now
    for one in blocks:
        length = minutes[one.id]
        end = later(clock, length)
        block = one.model_copy(update={"minutes": length})
        found.append(TimedBlock(block, clock, end, session))
        clock = end
    return tuple(found)


def _told(
    late: float,
    changes: Sequence[BlockChange],
    over: float,
    rest: Sequence[TimedBlock],
    end: time,
) -> list[str]:
    if late < 0:
        ahead = duration_text(-late)
        return [say("You are {time} ahead of the agenda.", time=ahead)]
    if late == 0:
        return [say("You are on time.")]
    said = [say("You are {time} behind the agenda.", time=duration_text(late))]
    said += [one.text for one in changes]
    if over:
        said.append(
            say(
                "{time} cannot be saved: agree to end at {clock}, or on a second date.",
                time=duration_text(over),
                clock=clock_text(later(end, over)),
            )
        )
    else:
        clock = clock_text(rest[-1].end)
        said.append(say("Then you end at {clock}.", clock=clock))
    return said


def _rest_told(rest: Sequence[TimedBlock], rested: time | None) -> list[str]:
    """Return a warning if the group would work too long since the last break."""
    if rested is None:
        return []
    coming = next((row for row in rest if is_break(row.block)), None)
    until = coming.start if coming is not None else rest[-1].end
    minutes = minutes_between(rested, until)
    if minutes <= REFUSED_ABOVE:
        return []
    values = {"n": f"{minutes:g}", "most": REFUSED_ABOVE}
    if coming is not None:
        return [
            say(
                "From the last break to the next break it would be {n} minutes; more "
                "than {most} is too long. Take that break now.",
                **values,
            )
        ]
    return [
        say(
            "From the last break to the end it would be {n} minutes; more than {most} "
            "is too long. Take five minutes now.",
            **values,
        )
    ]
