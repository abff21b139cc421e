"""The clock of an agenda: sums, sessions, breaks, the run sheet."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journeykit.errors import InputError
from journeykit.layout.agenda import (
    AgendaFinding,
    break_findings,
    clock_text,
    duration_text,
    later,
    minutes_between,
    minutes_by_step,
    minutes_in_all,
    run_sheet,
    sessions,
    timed,
)
from journeykit.model import AgendaBlock

NINE = time(9, 0)


def blocks(*parts: str) -> tuple[AgendaBlock, ...]:
    """Return blocks written as ``kind minutes`` or ``kind minutes step``."""
    found = []
    for number, part in enumerate(parts):
        kind, minutes, *step = part.split()
        found.append(
            AgendaBlock.model_validate(
                {
                    "id": f"b{number}",
                    "title": f"Block {number}",
                    "block_kind": kind,
                    "minutes": float(minutes),
                    "step": " ".join(step),
                }
            )
        )
    return tuple(found)


def test_each_block_begins_where_the_last_one_ends() -> None:
    """Half minutes are kept, and the day may pass midnight."""
    rows = timed(blocks("opening 7.5", "work 52.5", "closing 10"), time(23, 0))

    assert ["23:00:00", "23:07:30", "00:00:00"] == [str(row.start) for row in rows]
    assert time(0, 10) == rows[-1].end
    assert [1, 1, 1] == [row.session for row in rows]


def test_new_day_opens_after_the_last_was_closed() -> None:
    """Two openings in a row are one welcome; a day without a closing goes on."""
    days = sessions(
        blocks(
            "opening 5", "opening 5", "closing 5", "opening 5", "work 5", "closing 5"
        )
    )
    going_on = blocks("work 5", "opening 5", "work 5", "closing 5", "work 5")

    assert [["b0", "b1", "b2"], ["b3", "b4", "b5"]] == [
        [one.id for one in day] for day in days
    ]
    assert (going_on,) == sessions(going_on)
    assert () == sessions([])


def test_every_session_has_its_own_start() -> None:
    """The second half day begins at its own time, or as the first did."""
    two = blocks("opening 30", "closing 30", "opening 30", "closing 30")
    afternoon = timed(two, NINE, time(13, 30))

    assert [NINE, time(9, 30), NINE, time(9, 30)] == [
        row.start for row in timed(two, NINE)
    ]
    assert [1, 1, 2, 2] == [row.session for row in afternoon]
    assert time(14, 30) == afternoon[-1].end


def test_minutes_are_summed_in_all_and_by_step() -> None:
    """Breaks belong to the day and to no step."""
    day = blocks("work 30 copis", "break 15", "work 20 canvas", "work 10 copis")

    assert 75 == minutes_in_all(day)
    assert {"copis": 40, "canvas": 20} == minutes_by_step(day)


@pytest.mark.parametrize(
    ("day", "severities"),
    [
        (("opening 30", "work 30"), []),  # exactly 60 is fine
        (("opening 30", "work 30.5"), ["warning"]),
        (("work 45", "closing 45"), ["warning"]),  # exactly 90 is tiring, not refused
        (("work 45", "closing 45.5"), ["error"]),
        (("work 60", "break 5", "work 60", "lunch 45", "work 60"), []),
        (("work 61", "break 5", "work 91"), ["warning", "error"]),
        (("break 5", "lunch 45", "break 5"), []),
        (("opening 45", "closing 45", "opening 45", "closing 15"), ["warning"]),
        ((), []),
    ],
)
def test_too_long_without_a_break_is_found(
    day: tuple[str, ...], severities: list[str]
) -> None:
    """Above 60 minutes is said, above 90 refused; a new day begins rested."""
    assert severities == [one.severity for one in break_findings(blocks(*day))]


def test_finding_says_where_a_break_would_help() -> None:
    """Before the block that begins nearest to the middle; its board can jump there."""
    day = blocks("opening 10", "work 40", "work 30", "work 20", "break 10")

    assert (
        AgendaFinding(
            "break",
            "error",
            "b2",
            "From “Block 0” to “Block 3” it is 100 minutes without a break; more than "
            "90 is refused.",
            "Put a break of 10 minutes before “Block 2”.",
        ),
    ) == break_findings(day)


def test_single_long_block_is_to_be_split() -> None:
    """No break can stand before its middle."""
    (found,) = break_findings(blocks("work 75"))

    assert "“Block 0” takes 75 minutes without a break; more than 60 is tiring." == (
        found.text
    )
    assert "Split “Block 0” in two and put a break of 10 minutes between." == (
        found.next_step
    )


def test_run_sheet_holds_what_the_facilitator_reads() -> None:
    """A row for each block, with its time and all of its words."""
    block = AgendaBlock(
        id="a",
        title="Emotion",
        minutes=20,
        purpose="See the spread",
        say="Alone, please",
        do="Score",
        output="A curve",
        materials=("Dots",),
        plan_b="Two spreads",
    )
    row, rest = run_sheet([block, *blocks("break 5")], NINE)

    assert ("09:00-09:20", "Emotion", 20, False) == (
        row.clock,
        row.block,
        row.minutes,
        row.is_break,
    )
    assert ("See the spread", "Alone, please", "Score", "A curve", ("Dots",)) == (
        row.purpose,
        row.say,
        row.do,
        row.output,
        row.materials,
    )
    assert "Two spreads" == row.plan_b
    assert ("09:20-09:25", True) == (rest.clock, rest.is_break)


@example(time(6, 0, 38), 12 * 60 * 60)  # in fractions of minutes a trifle more
@given(st.times(), st.integers(-12 * 60 * 60 + 1, 12 * 60 * 60))
def test_clock_goes_there_and_back(clock: time, seconds: int) -> None:
    """What was added is what lies between, across midnight too."""
    start = clock.replace(microsecond=0)

    assert seconds / 60 == pytest.approx(
        minutes_between(start, later(start, seconds / 60))
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["work", "break", "lunch", "opening", "closing"]),
            st.integers(1, 120),
        ),
        max_size=12,
    )
)
def test_sessions_lose_nothing(parts: list[tuple[str, int]]) -> None:
    """However a day is laid out, its blocks stay in order and its minutes add up."""
    day = blocks(*(f"{kind} {minutes}" for kind, minutes in parts))
    flat = [one for session in sessions(day) for one in session]

    assert list(day) == flat
    assert len(day) == len(timed(day, NINE))
    assert sum(minutes for _, minutes in parts) == minutes_in_all(day)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 min"), (5, "5 min"), (60, "1 h"), (65.5, "1 h 5.5 min"), (480, "8 h")],
)
def test_duration_is_said_in_hours_and_minutes(minutes: float, words: str) -> None:
    """No zero minutes behind full hours."""
    assert words == duration_text(minutes)


def test_negative_duration_is_refused() -> None:
    """There is no such length of time."""
    with pytest.raises(InputError, match="minutes are 0 or more, found -5"):
        duration_text(-5)


def test_clock_is_written_with_two_digits() -> None:
    """As on the wall; seconds are left out."""
    assert "09:07" == clock_text(time(9, 7, 30))
