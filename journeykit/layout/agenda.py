"""The agenda of a day: clock times, sums, breaks, the run sheet, and running late.

An agenda is the blocks in order. A day that begins anew (the second half day, the next
session of a team that works alone) is an ``opening`` block after a ``closing`` one; so
a workshop of several days needs no further kind of entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Literal

from journeykit.errors import InputError
from journeykit.language import say
from journeykit.model.plan import AgendaBlock

__all__ = [
    "REFUSED_ABOVE",
    "WARNED_ABOVE",
    "AgendaFinding",
    "RunSheetRow",
    "TimedBlock",
    "break_findings",
    "clock_text",
    "duration_text",
    "is_break",
    "later",
    "longest_stretch",
    "minutes_between",
    "minutes_by_step",
    "minutes_in_all",
    "run_sheet",
    "sessions",
    "timed",
]

WARNED_ABOVE = 60
"""Minutes of work without a break above which is warned."""
REFUSED_ABOVE = 90
"""Minutes of work without a break above which an agenda is refused."""

_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class TimedBlock:
    """A block with its place on the clock; *session* counts from 1."""

    block: AgendaBlock
    start: time
    end: time
    session: int = 1


@dataclass(frozen=True, slots=True)
class AgendaFinding:
    """Something about an agenda that a facilitator should know.

    Parameters
    ----------
    rule
        ``break``: too long without one.
    severity
        ``error`` is refused, ``warning`` is said.
    entry
        Id of the block before which a break would help most.
    text, next_step
        One sentence, and what to do about it.
    """

    rule: Literal["break"]
    severity: Literal["error", "warning"]
    entry: str
    text: str
    next_step: str


@dataclass(frozen=True, slots=True)
class RunSheetRow:
    """One row of what the facilitator holds in hand.

    Parameters
    ----------
    clock
        Begin and end, such as ``09:00-09:20``.
    block
        Title of the block.
    session
        From 1; a day that begins anew is the next one.
    """

    session: int
    clock: str
    block: str
    minutes: float
    is_break: bool
    purpose: str
    say: str
    do: str
    output: str
    materials: tuple[str, ...]
    plan_b: str


def is_break(block: AgendaBlock) -> bool:
    """Return whether the group rests in this block."""
    return block.block_kind in ("break", "lunch")


def sessions(blocks: Iterable[AgendaBlock]) -> tuple[tuple[AgendaBlock, ...], ...]:
    """Return the blocks of each day: a new one opens after the last was closed.

    Examples
    --------
    >>> def block(name, kind):
    ...     return AgendaBlock(id=name, title=name, minutes=5, block_kind=kind)
    >>> two = [block("a", "opening"), block("b", "closing"), block("c", "opening")]
    >>> [[one.id for one in day] for day in sessions(two)]
    [['a', 'b'], ['c']]
    """
    found: list[list[AgendaBlock]] = []
    is_closed = True
    for block in blocks:
        if not found or (is_closed and block.block_kind == "opening"):
            found.append([])
        found[-1].append(block)
        is_closed = block.block_kind == "closing"
    return tuple(map(tuple, found))


def minutes_in_all(blocks: Iterable[AgendaBlock]) -> float:
    """Return how long blocks take together, breaks among them."""
    return sum(block.minutes for block in blocks)


def minutes_by_step(blocks: Iterable[AgendaBlock]) -> dict[str, float]:
    """Return the minutes that an agenda gives to each step, in order of the agenda.

    Examples
    --------
    >>> half = [AgendaBlock(id="a", title="Steps", minutes=30, step="touchpoints")]
    >>> minutes_by_step(half)
    {'touchpoints': 30.0}
    """
    found: dict[str, float] = {}
    for block in blocks:
        if block.step:
            found[block.step] = found.get(block.step, 0) + block.minutes
    return found


def timed(
    blocks: Iterable[AgendaBlock], start: time, *more_starts: time
) -> tuple[TimedBlock, ...]:
    """Return each block with its begin and end.

    Parameters
    ----------
    blocks
        In order.
    start, more_starts
        When each session begins; those without a time of their own begin as the last
        one that has.

    Examples
    --------
    >>> one = AgendaBlock(id="a", title="Welcome", minutes=15)
    >>> [str(row.end) for row in timed([one, one], time(9, 0))]
    ['09:15:00', '09:30:00']
    """
    starts = (start, *more_starts)
    found = []
    for number, session in enumerate(sessions(blocks), start=1):
        clock = starts[min(number, len(starts)) - 1]
        for block in session:
            end = later(clock, block.minutes)
            found.append(TimedBlock(block, clock, end, number))
            clock = end
    return tuple(found)


def run_sheet(
    blocks: Iterable[AgendaBlock], start: time, *more_starts: time
) -> tuple[RunSheetRow, ...]:
    """Return the rows of the run sheet; *start* and *more_starts* as in ``timed``."""
    return tuple(
        RunSheetRow(
            session=row.session,
            clock=f"{clock_text(row.start)}-{clock_text(row.end)}",
            block=row.block.title,
            minutes=row.block.minutes,
            is_break=is_break(row.block),
            purpose=row.block.purpose,
            say=row.block.say,
            do=row.block.do,
            output=row.block.output,
            materials=row.block.materials,
            plan_b=row.block.plan_b,
        )
        for row in timed(blocks, start, *more_starts)
    )


def break_findings(blocks: Iterable[AgendaBlock]) -> tuple[AgendaFinding, ...]:
    """Return where a group works too long without a break.

    Above 60 minutes is a warning, above 90 an error; exactly 60 and 90 are not. Opening
    and closing count as work: people sit and listen.
    """
    found = []
    for session in sessions(blocks):
        for stretch in _stretches(session):
            minutes = minutes_in_all(stretch)
            if minutes > WARNED_ABOVE:
                found.append(_too_long(stretch, minutes))
    return tuple(found)


def longest_stretch(
    blocks: Iterable[AgendaBlock],
) -> tuple[AgendaBlock, ...]:
    """Return the blocks of the longest work without a break; empty if there is none.

    Examples
    --------
    >>> work = [AgendaBlock(id=name, title=name, minutes=30) for name in "abc"]
    >>> rest = AgendaBlock(id="r", title="Tea", minutes=5, block_kind="break")
    >>> [one.id for one in longest_stretch([work[0], rest, *work[1:]])]
    ['b', 'c']
    """
    runs = (run for session in sessions(blocks) for run in _stretches(session))
    return max(runs, key=minutes_in_all, default=())


def _stretches(session: Sequence[AgendaBlock]) -> tuple[tuple[AgendaBlock, ...], ...]:
    """Return the runs of blocks between two breaks."""
    found: list[list[AgendaBlock]] = [[]]
    for block in session:
        if is_break(block):
            found.append([])
        else:
            found[-1].append(block)
    return tuple(tuple(run) for run in found if run)


def _too_long(stretch: Sequence[AgendaBlock], minutes: float) -> AgendaFinding:
    is_refused = minutes > REFUSED_ABOVE
    limit = REFUSED_ABOVE if is_refused else WARNED_ABOVE
    first, last = stretch[0], stretch[-1]
    values = {"first": first.title, "last": last.title, "n": f"{minutes:g}"}
    before = first if first is last else _middle(stretch, minutes)
    if first is last and is_refused:
        text = say(
            "“{first}” takes {n} minutes without a break; more than {limit} is "
            "refused.",
            **values,
            limit=limit,
        )
    elif first is last:
        text = say(
            "“{first}” takes {n} minutes without a break; more than {limit} is tiring.",
            **values,
            limit=limit,
        )
    elif is_refused:
        text = say(
            "From “{first}” to “{last}” it is {n} minutes without a break; more than "
            "{limit} is refused.",
            **values,
            limit=limit,
        )
    else:
        text = say(
            "From “{first}” to “{last}” it is {n} minutes without a break; more than "
            "{limit} is tiring.",
            **values,
            limit=limit,
        )
    if first is last:
        step = say(
            "Split “{block}” in two and put a break of 10 minutes between.",
            block=first.title,
        )
    else:
        step = say("Put a break of 10 minutes before “{block}”.", block=before.title)
    severity: Literal["error", "warning"] = "error" if is_refused else "warning"
    return AgendaFinding("break", severity, before.id, text, step)


def _middle(stretch: Sequence[AgendaBlock], minutes: float) -> AgendaBlock:
    """Return the block, not the first, whose begin is nearest to the middle."""
    begins: Mapping[str, float] = {
        block.id: minutes_in_all(stretch[:place]) for place, block in enumerate(stretch)
    }
    return min(stretch[1:], key=lambda block: abs(begins[block.id] - minutes / 2))


# --- the clock ----------------------------------------------------------------------


def later(clock: time, minutes: float) -> time:
    """Return the time some minutes on; past midnight it begins at 0 again.

    Examples
    --------
    >>> str(later(time(23, 50), 20.5))
    '00:10:30'
    """
    seconds = round(_seconds(clock) + minutes * 60) % _DAY
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def minutes_between(earlier: time, clock: time) -> float:
    """Return the minutes from one time to another, less than half a day either way.

    Examples
    --------
    >>> minutes_between(time(23, 50), time(0, 10))
    20.0
    >>> minutes_between(time(9, 30), time(9, 0))
    -30.0
    """
    # In whole seconds: half a day in fractions of minutes came out a trifle longer.
    apart = (_seconds(clock) - _seconds(earlier)) % _DAY
    return (apart - _DAY if apart > _DAY // 2 else apart) / 60


def clock_text(clock: time) -> str:
    """Return a time as it is read: hours and minutes, rounded down."""
    return f"{clock.hour:02}:{clock.minute:02}"


def duration_text(minutes: float) -> str:
    """Return minutes in words.

    Raises
    ------
    InputError
        If they are negative.

    Examples
    --------
    >>> duration_text(240), duration_text(90), duration_text(7.5)
    ('4 h', '1 h 30 min', '7.5 min')
    """
    if minutes < 0:
        raise InputError(f"minutes are 0 or more, found {minutes:g}")
    hours, rest = divmod(minutes, 60)
    values = {"hours": f"{hours:g}", "minutes": f"{rest:g}"}
    if hours and rest:
        return say("{hours} h {minutes} min", **values)
    return say("{hours} h", **values) if hours else say("{minutes} min", **values)


def _seconds(clock: time) -> int:
    return (clock.hour * 60 + clock.minute) * 60 + clock.second
