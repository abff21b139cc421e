"""Nobody is told apart by taking one table from another."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.measure.disclosure import withheld_groups
from journeykit.measure.scores import score_table
from journeykit.model.survey import Condition, Group, Question, Scale, SurveyMapping


def groups(
    n: int, *members: Sequence[int]
) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Return who of *n* people belongs to which group."""
    found = np.zeros((n, len(members)), dtype=bool)
    for column, people in enumerate(members):
        found[list(people), column] = True
    return found


def rank(rows: list[list[int]]) -> int:
    """Return the rank of a matrix, exactly."""
    left = [[Fraction(cell) for cell in row] for row in rows]
    found = 0
    for column in range(len(rows[0])):
        pivot = next((row for row in left[found:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(found, pivot)
        for row in left[found + 1 :]:
            share = row[column] / pivot[column]
            row[:] = [
                one - share * other for one, other in zip(row, pivot, strict=True)
            ]
        found += 1
    return found


@pytest.mark.parametrize(
    ("members", "withheld"),
    [
        # A partition with one small group: the next smallest goes with it.
        (groups(30, range(3), range(3, 12), range(12, 30)), (0, 1)),
        # Two small groups hide each other once they are five together.
        (groups(30, range(3), range(3, 6), range(6, 30)), (0, 1)),
        # A persona within a segment that is two people larger.
        (groups(30, range(10), range(12)), (0,)),
        # All but three: what is not in the group is told by everybody's sum.
        (groups(30, range(27)), (0,)),
        # The few are the overlap of neither sum: nothing is told of them.
        (groups(30, range(12), range(10, 22)), ()),
        # Three personas whose sums together with their segments tell of two.
        (groups(30, range(10), range(10, 20), range(22)), (0,)),
        (groups(30, range(5), ()), ()),
        (groups(0, ()), ()),
    ],
)
def test_withheld_are_the_small_and_those_that_give_them_away(
    members: np.ndarray[tuple[int, int], np.dtype[np.bool_]], withheld: tuple[int, ...]
) -> None:
    """As few and as small groups as it takes; empty ones tell nothing."""
    assert withheld == withheld_groups(members, 5)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(2, 4),
    st.integers(1, 8).flatmap(
        lambda n: st.lists(
            st.lists(st.booleans(), min_size=n, max_size=n), min_size=1, max_size=5
        )
    ),
)
def test_no_few_people_can_be_worked_out(
    minimum: int, columns: list[list[bool]]
) -> None:
    """Of every set of few people, by exact arithmetic over all of them."""
    members = np.array(columns, dtype=bool).T
    withheld = withheld_groups(members, minimum)
    n = len(members)
    told = [[1] * n] + [
        [int(one) for one in column]
        for place, column in enumerate(columns)
        if place not in withheld
    ]
    known = rank(told)

    assert not [
        some
        for size in range(1, min(minimum, n))
        for some in combinations(range(n), size)
        if known == rank([*told, [int(person in some) for person in range(n)]])
    ]


def test_score_that_would_give_a_small_group_away_is_withheld() -> None:
    """It reads as not measured; the groups that give nothing away stay."""
    survey = pd.DataFrame(
        {"SAT": [5] * 20 + [1] * 3 + [4] * 9, "WHO": ["a"] * 20 + ["b"] * 3 + ["c"] * 9}
    )
    question = Question(
        column="SAT", asks="satisfaction", scale=Scale(lowest=1, highest=5)
    )
    rules = tuple(
        Group(subject=one, conditions=(Condition(column="WHO", values=(one,)),))
        for one in "abc"
    )
    found = score_table(survey, SurveyMapping(questions=(question,), groups=rules))
    csat = found[found["definition"] == "customer_satisfaction_score"]

    assert [True, True, False, False] == csat["value"].notna().tolist()
    assert [32, 20, 3, 0] == csat["n"].tolist()
    assert ["not measured"] == csat["reliability"].tolist()[-1:]


def test_many_groups_are_looked_at_in_little_time() -> None:
    """Where there is too much to try, a group is withheld and the rest is tried."""
    draw = np.random.default_rng(3)
    members = draw.random((400, 9)) < 0.3

    withheld = withheld_groups(members, 60)

    assert set(withheld) < set(range(9))
