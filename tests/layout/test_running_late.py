"""Running late: the end stands, few blocks change, and each change is said."""

from __future__ import annotations

from datetime import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.errors import UnknownNameError
from journeykit.layout.agenda import is_break, later, minutes_between, minutes_in_all
from journeykit.layout.running_late import NewPlan, running_late
from journeykit.model import AgendaBlock

NINE = time(9, 0)
DAY = (
    ("Welcome", 10, "opening", ""),
    ("Map", 40, "work", "journey_map"),
    ("Break", 15, "break", ""),
    ("COPIS", 40, "work", "copis"),
    ("Pause", 5, "break", ""),
    ("Canvas", 35, "work", "canvas"),
    ("Lunch", 45, "lunch", ""),
    ("Pains", 30, "work", "pain_points"),
    ("Plan", 20, "work", "action_plan"),
    ("Close", 10, "closing", "monitor"),
)


def day() -> tuple[AgendaBlock, ...]:
    """Return a day of 250 minutes: from 9:00 to 13:10."""
    return tuple(
        AgendaBlock.model_validate(
            {
                "id": title.lower(),
                "title": title,
                "minutes": minutes,
                "block_kind": kind,
                "step": step,
                "plan_b": f"Less of {title}.",
            }
        )
        for title, minutes, kind, step in DAY
    )


def changed(plan: NewPlan) -> list[tuple[str, float]]:
    """Return what changes, and to how many minutes."""
    return [(one.block.title, one.minutes) for one in plan.changes]


def test_in_time_nothing_changes() -> None:
    """The rest is the agenda as it was."""
    plan = running_late(day(), time(9, 50), NINE, current="break")

    assert (0, (), 0, "You are on time.") == (
        plan.late,
        plan.changes,
        plan.over,
        plan.text,
    )
    assert day()[2:] == tuple(row.block for row in plan.rest)
    assert (time(9, 50), time(13, 10)) == (plan.rest[0].start, plan.rest[-1].end)


def test_ahead_of_time_nothing_changes() -> None:
    """Time that was won is not filled up."""
    plan = running_late(day(), time(9, 40), NINE, current="break")

    assert ((), "You are 10 min ahead of the agenda.") == (plan.changes, plan.text)
    assert time(13, 0) == plan.rest[-1].end


def test_small_delay_is_taken_from_few_blocks_the_longest_first() -> None:
    """At most a quarter of each; breaks only when no work can give any more."""
    plan = running_late(day(), time(10, 20), NINE, current="copis")

    assert [("COPIS", 30), ("Canvas", 30)] == changed(plan)
    assert (
        "You are 15 min behind the agenda. Shorten “COPIS” from 40 to 30 minutes. Less "
        "of COPIS. Shorten “Canvas” from 35 to 30 minutes. Less of Canvas. Then you "
        "end at 13:10."
    ) == plan.text


def test_larger_delay_drops_what_can_wait_for_another_day() -> None:
    """The canvas goes first, and of the two breaks beside it the longer one stays."""
    plan = running_late(day(), time(10, 55), NINE, current="copis")

    assert [("COPIS", 30), ("Pause", 0), ("Canvas", 0)] == changed(plan)
    assert "Drop “Canvas” (35 minutes). Do it on another day." in plan.text
    assert "Drop “Pause” (5 minutes)." in plan.text
    assert time(13, 10) == plan.rest[-1].end
    assert ["copis", "lunch", "pains", "plan", "close"] == [
        row.block.id for row in plan.rest
    ]


def test_what_cannot_be_saved_is_said() -> None:
    """The last promises are not dropped: the group agrees on a later end."""
    plan = running_late(day(), time(13, 0), NINE, current="pains")

    assert 50 == plan.late
    assert 38 == plan.over
    assert [("Pains", 23), ("Plan", 15)] == changed(plan)
    assert "38 min cannot be saved: agree to end at 13:48, or on a second" in plan.text


def test_present_block_counts_from_its_begin() -> None:
    """Twenty minutes into a block of forty, twenty are left."""
    plan = running_late(
        day(), time(9, 30), NINE, current="map", begun=time(9, 10), rested=NINE
    )

    assert (0, 20) == (plan.late, plan.rest[0].block.minutes)
    assert "You are on time." == plan.text


def test_block_that_has_overrun_takes_no_more_time() -> None:
    """It ends now, and what it took too much is saved later on."""
    plan = running_late(day(), time(10, 0), NINE, current="map", begun=time(9, 10))

    assert 10 == plan.late
    assert 0 == plan.rest[0].block.minutes
    assert [("COPIS", 30)] == changed(plan)


def test_long_time_since_the_last_break_is_said() -> None:
    """Late as it is, the group needs air."""
    plan = running_late(day(), time(11, 0), NINE, current="copis", rested=time(9, 50))
    last = running_late(day(), time(13, 0), NINE, current="plan", rested=time(11, 40))

    assert "From the last break to the next break it would be 100 minutes" in plan.text
    assert "Take that break now." in plan.text
    assert (
        "to the end it would be 105 minutes; more than 90 is too long. Take five "
        in (last.text)
    )


def test_second_session_has_its_own_end() -> None:
    """A delay of today has nothing to do with yesterday."""
    two = (
        *day(),
        *(one.model_copy(update={"id": f"{one.id}-2"}) for one in day()),
    )
    plan = running_late(two, time(9, 20), NINE, current="map-2")

    assert 10 == plan.late
    assert {2} == {row.session for row in plan.rest}
    assert "close-2" == plan.rest[-1].block.id


def test_unknown_block_is_answered_with_the_nearest() -> None:
    """As everywhere."""
    with pytest.raises(UnknownNameError, match="Did you mean 'copis'"):
        running_late(day(), NINE, NINE, current="copsi")


@given(st.sampled_from(day()), st.integers(-60, 300))
def test_new_plan_keeps_its_promises(current: AgendaBlock, late: int) -> None:
    """It ends in time or says by how much not; closing and last steps stay."""
    place = day().index(current)
    now = later(NINE, minutes_in_all(day()[:place]) + late)
    plan = running_late(day(), now, NINE, current=current.id)
    kept = [row.block.id for row in plan.rest]
    rests = [is_break(row.block) for row in plan.rest]

    assert late == plan.late
    spare = minutes_between(plan.rest[-1].end, later(time(13, 10), plan.over))
    has_dropped = any(one.verb == "drop" for one in plan.changes)
    assert spare >= 0 if has_dropped else spare == max(-late, 0)
    assert current.id == kept[0]
    assert "close" == kept[-1]
    assert {
        one.id for one in day()[place:] if one.step in ("pain_points", "journey_map")
    } <= (set(kept))
    assert 10 == plan.rest[-1].block.minutes
    assert not any(a and b for a, b in pairwise(rests[1:]))
    assert [one.block.id for one in plan.changes if one.verb == "drop"] == [
        one.id for one in day()[place:] if one.id not in kept
    ]
