"""Priorities from people in the room: votes, and ratings of impact and effort."""

import math

import numpy as np
import pandas as pd
import pytest

from journeykit.errors import InputError, TableError, UnknownNameError
from journeykit.layout.matrix import impact_effort as impact_effort_board
from journeykit.measure.priority_people import (
    IMPACT_EFFORT_COLUMNS,
    VOTE_COLUMNS,
    dots_a_person,
    impact_effort,
    middle_and_quartiles,
    vote_counts,
)
from journeykit.model import Document


def ballots(*pairs: tuple[str, str]) -> pd.DataFrame:
    """Return votes from pairs of entry and participant."""
    return pd.DataFrame(pairs, columns=["entry", "participant"])


def ratings(*rows: tuple[str, str, float | None, float | None]) -> pd.DataFrame:
    """Return ratings: entry, participant, impact, effort."""
    return pd.DataFrame(rows, columns=["entry", "participant", "impact", "effort"])


@pytest.mark.parametrize(
    ("options", "dots"), [(1, 1), (4, 1), (6, 2), (8, 2), (10, 3), (12, 3), (40, 10)]
)
def test_dots_are_a_quarter_of_the_options(options, dots):
    """Never none; halves are rounded up."""
    assert dots == dots_a_person(options)


def test_dots_for_nothing_are_refused():
    """There is no vote without options."""
    with pytest.raises(InputError, match="1 option or more"):
        dots_a_person(0)


def test_votes_are_counted_with_people_and_ties():
    """Three dots by two people; what got none is there with 0."""
    votes = ballots(("a", "p1"), ("b", "p1"), ("a", "p2"), ("a", "p2"), ("c", "p3"))
    found = vote_counts(votes, ["c", "a", "b", "d"])

    assert ["a", "c", "b", "d"] == found["entry"].to_list()
    assert [3, 1, 1, 0] == found["value"].to_list()
    assert [2, 1, 1, 0] == found["n_people"].to_list()
    assert [0.6, 0.2, 0.2, 0.0] == found["share"].to_list()
    assert [1, 2, 2, 4] == found["rank"].to_list()
    assert [False, True, True, False] == found["is_tied"].to_list()
    assert "no vote" == found["note"].iloc[3]
    assert list(VOTE_COLUMNS) == list(found.columns)


def test_a_row_may_stand_for_several_dots():
    """A weight of 2 is two dots of one person."""
    votes = ballots(("a", "p1"), ("b", "p2")).assign(weight=[2, None])
    found = vote_counts(votes, ["a", "b"])

    assert [2, 1] == found["value"].to_list()
    assert [1, 1] == found["n_people"].to_list()


def test_a_vote_without_votes_has_no_shares():
    """Nobody voted: 0 dots each, no share of nothing."""
    found = vote_counts(ballots(), ["a", "b"])

    assert [0, 0] == found["value"].to_list()
    assert found["share"].isna().all()


def test_more_dots_than_there_were_are_refused():
    """Whoever gave too many is named, with the number."""
    votes = ballots(("a", "p1"), ("b", "p1"), ("a", "p2"))
    with pytest.raises(TableError, match=r"1 dot a person.*row 2: 'p1: 2'"):
        vote_counts(votes, ["a", "b"], dots=1)
    assert 3 == vote_counts(votes, ["a", "b"], dots=2)["value"].sum()


def test_votes_for_something_else_are_refused():
    """The nearest option is offered."""
    with pytest.raises(UnknownNameError, match="Did you mean 'queue'"):
        vote_counts(ballots(("queu", "p1")), ["queue", "signs"])


def test_half_a_dot_is_refused():
    """A weight is a whole number from 1."""
    with pytest.raises(TableError, match="a whole number from 1"):
        vote_counts(ballots(("a", "p1")).assign(weight=[0.5]), ["a"])


def test_ratings_are_taken_by_their_median():
    """One outlier does not move an entry; the quartiles are answers that were given."""
    table = ratings(
        ("a", "p1", 5, 2), ("a", "p2", 5, 2), ("a", "p3", 4, 1), ("a", "p4", 1, 5)
    )
    row = impact_effort(table).iloc[0]

    assert (4.5, 1, 5) == tuple(row[["impact", "impact_low", "impact_high"]])
    assert (2, 1, 2) == tuple(row[["effort", "effort_low", "effort_high"]])
    assert 4 == row["n_people"]
    assert ("Quick wins", True) == (row["quadrant"], row["is_split"])


def test_quick_wins_come_first_and_time_sinks_last():
    """Within a quadrant the larger impact leads, then the smaller effort."""
    table = ratings(
        ("sink", "p", 1, 5),
        ("bet", "p", 5, 5),
        ("fill", "p", 2, 1),
        ("win", "p", 4, 2),
        ("better", "p", 4, 1),
        ("best", "p", 5, 3),
        ("unrated", "p", 5, None),
    )
    found = impact_effort(table)
    order = ["best", "better", "win", "bet", "fill", "sink", "unrated"]

    assert order == found["entry"].to_list()
    assert [1, 2, 3, 4, 5, 6] == found["rank"].dropna().to_list()
    assert "not rated" == found["note"].iloc[-1]
    assert "" == found["quadrant"].iloc[-1]
    assert list(IMPACT_EFFORT_COLUMNS) == list(found.columns)


def test_people_who_disagree_are_said_to():
    """The middle half lies on both sides of the line."""
    table = ratings(
        ("a", "p1", 5, 1), ("a", "p2", 5, 1), ("a", "p3", 2, 1), ("a", "p4", 1, 1)
    )
    found = impact_effort(table)

    assert found["is_split"].item()
    assert "people disagree: talk before you decide" == found["note"].item()


def test_the_line_is_declared():
    """With a line at 3, a median of 3 is high on both axes."""
    table = ratings(("a", "p1", 3, 3))

    assert "Fill-ins" == impact_effort(table)["quadrant"].item()
    assert "Big bets" == impact_effort(table, line=3)["quadrant"].item()
    with pytest.raises(InputError, match="a line above 1"):
        impact_effort(table, line=0)


def test_quadrants_are_called_as_on_the_board():
    """Table and board use the same words."""
    titles = {zone.title for zone in impact_effort_board(Document([])).zones}
    table = ratings(
        ("a", "p", 5, 1), ("b", "p", 5, 5), ("c", "p", 1, 1), ("d", "p", 1, 5)
    )

    assert set(impact_effort(table)["quadrant"]) < titles


def test_a_person_rates_an_entry_once():
    """A second rating of the same person is refused with its row."""
    with pytest.raises(TableError, match=r"row 3: 'a, p1'"):
        impact_effort(ratings(("a", "p1", 5, 1), ("a", "p1", 4, 1)))


def test_nothing_rated_has_no_middle():
    """Without ratings median and quartiles are NaN."""
    assert all(map(math.isnan, middle_and_quartiles([np.nan])))
    assert 0 == len(impact_effort(ratings()))
