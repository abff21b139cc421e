"""Where the boxes of the traceability picture stand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from traced_case import traced_case

from journeykit.check.trace_plan import (
    Box,
    break_sides,
    in_order,
    pages_of,
    placed,
    trace_plan,
)
from journeykit.check.traceability import TraceRow, breaks, traceability

HEIGHT, GAP = 30.0, 8.0


def height_of(_: Box) -> float:
    """Return the same height for every box."""
    return HEIGHT


@pytest.mark.parametrize("n", [20, 100, 300])
def test_boxes_of_a_column_keep_apart_and_within(n: int) -> None:
    """However many there are, none lies on another or outside the picture."""
    plan = trace_plan(traceability(traced_case(n)))
    tops, whole = placed(plan, height_of, GAP)

    assert set(tops) == set(plan.boxes)
    for column, names in plan.columns.items():
        mine = sorted(tops[column, one] for one in names)

        assert all(b - a >= HEIGHT + GAP - 1e-6 for a, b in pairwise(mine))
        assert not mine or (mine[0] >= -1e-6 and mine[-1] + HEIGHT <= whole + 1e-6)


def test_what_hangs_together_stands_side_by_side() -> None:
    """Two chains that nothing joins run flat, whatever order they were entered in."""
    rows = [
        TraceRow(pain_point="p1", opportunity="o2", action="a1"),
        TraceRow(pain_point="p2", opportunity="o1", action="a2"),
        TraceRow(opportunity="o1"),
    ]
    tops, _ = placed(trace_plan(rows), height_of, GAP)

    assert tops["pain_point", "p1"] == tops["opportunity", "o2"] == tops["action", "a1"]
    assert tops["pain_point", "p2"] == tops["opportunity", "o1"] == tops["action", "a2"]


def test_tie_that_two_others_tell_is_not_drawn() -> None:
    """An action that answers an opportunity and its pain point hangs on one line."""
    rows = [
        TraceRow(pain_point="p", opportunity="o", action="a"),
        TraceRow(pain_point="p", action="a"),
        TraceRow(pain_point="p", action="b"),
    ]
    ties = {(left[1], right[1]) for left, right in trace_plan(rows).ties}

    assert {("p", "o"), ("o", "a"), ("p", "b")} == ties


def test_pages_hold_every_row_once_and_none_is_too_high() -> None:
    """Each page shows whole ways, with no column higher than the page."""
    rows = in_order(traceability(traced_case(300)))
    pages = pages_of(rows, height_of, GAP, 400.0)

    assert rows == tuple(row for page in pages for row in page)
    for page in pages:
        for names in trace_plan(page).columns.values():
            assert len(names) * (HEIGHT + GAP) <= 400


def test_row_that_is_higher_than_a_page_has_one_of_its_own() -> None:
    """Nothing is dropped because it does not fit."""
    rows = [TraceRow(action="a"), TraceRow(action="b")]

    assert (tuple(rows[:1]), tuple(rows[1:])) == pages_of(rows, height_of, GAP, 10.0)
    assert () == pages_of([], height_of, GAP, 10.0)


def test_break_is_numbered_at_the_side_that_is_open() -> None:
    """Every break has its number, at the left or the right of its entry."""
    found = breaks(traced_case(100))
    sides = break_sides(found)
    numbers = [n for left, right in sides.values() for n in (*left, *right)]

    assert list(range(1, len(found) + 1)) == sorted(numbers)
    assert {"opportunity or action"} == {
        found[n - 1].lacks
        for entry, (_, right) in sides.items()
        if entry.startswith("pain_point")
        for n in right
    }
