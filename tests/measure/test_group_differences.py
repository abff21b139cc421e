"""Personas held against each other: what differs, what may be chance, who is hidden."""

from __future__ import annotations

import pandas as pd
import pytest

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.differences import share_difference
from journeykit.measure.group_differences import (
    GROUP_DIFFERENCE_COLUMNS,
    group_differences,
)
from journeykit.measure.multiple import benjamini_hochberg
from journeykit.measure.scores import score_table
from journeykit.model.survey import Condition, Group, Question, Scale, SurveyMapping

CSAT, NPS = "customer_satisfaction_score", "net_promoter_score"
RATED = Scale(lowest=1, highest=5)


def mapping(*subjects: str, columns: tuple[str, ...] = ("desk",)) -> SurveyMapping:
    """Return a mapping of satisfaction questions, with a rule for each subject."""
    asked = tuple(
        Question(column=one, asks="satisfaction", scale=RATED, touchpoint=one)
        for one in columns
    )
    rules = tuple(
        Group(subject=one, conditions=(Condition(column="who", values=(one,)),))
        for one in subjects
    )
    return SurveyMapping(questions=asked, groups=rules)


def answers(**given: tuple[int, int]) -> pd.DataFrame:
    """Return answers to one question: of each group so many satisfied of so many."""
    rows = [
        (who, 5 if i < good else 1)
        for who, (good, n) in given.items()
        for i in range(n)
    ]
    return pd.DataFrame(rows, columns=["who", "desk"])


def test_difference_of_shares_is_newcombes() -> None:
    """56 of 70 against 48 of 80: table II of Newcombe (1998), method 10."""
    table = answers(ann=(48, 80), bob=(56, 70))
    found = group_differences(
        table, mapping("ann", "bob"), ["ann", "bob"], definitions=[CSAT]
    )
    apart = share_difference(48, 80, 56, 70)

    assert list(GROUP_DIFFERENCE_COLUMNS) == list(found.columns)
    (row,) = found.to_dict("records")
    assert pytest.approx(apart) == (
        row["value"],
        row["low"],
        row["high"],
        row["p_value"],
    )
    assert (0.6, 0.8, 80, 70) == (
        row["group_value"],
        row["other_value"],
        row["group_n"],
        row["other_n"],
    )
    assert row["is_difference"]


def test_small_group_is_compared_with_nobody() -> None:
    """Four answers give neither score nor difference nor their number."""
    table = answers(ann=(10, 40), bob=(4, 4), somebody=(9, 20))
    found = group_differences(table, mapping("ann", "bob"), ["ann", "bob"])

    assert found["value"].isna().all()
    assert {0} == set(found["other_n"])
    assert {"fewer than minimum"} == set(found["reliability"])
    assert found["is_difference"].isna().all()


def test_group_that_would_give_a_small_one_away_is_compared_with_nobody() -> None:
    """All answers less those of two personas would tell what the third one's said."""
    table = answers(ann=(10, 40), bob=(4, 4), cat=(3, 9))
    groups = ["ann", "bob", "cat"]
    found = group_differences(table, mapping(*groups), groups)
    scores = score_table(table, mapping(*groups)).set_index("group")

    assert found["value"].isna().all()
    withheld = found[found["other"] == "cat"]
    assert withheld["other_value"].isna().all()
    assert {0} == set(withheld["other_n"])
    # As the table of scores has it, beside which it stands.
    assert scores.loc["cat", "value"].isna().all()


def test_each_pair_of_each_question_is_corrected_for() -> None:
    """Three groups and two questions are six comparisons of one measure."""
    table = answers(ann=(20, 60), bob=(26, 60), cat=(32, 60)).assign(
        room=lambda frame: frame["desk"].to_numpy()[::-1]
    )
    found = group_differences(
        table,
        mapping("ann", "bob", "cat", columns=("desk", "room")),
        ["ann", "bob", "cat"],
        definitions=[CSAT],
    )

    assert 6 == len(found)
    raised = benjamini_hochberg(found["p_value"].to_numpy())
    assert list(raised) == list(found["p_adjusted"])
    # Alone, 20 against 32 of 60 would be news; among six comparisons it may be chance.
    assert (found["p_value"] < 0.05).any()
    assert not found["is_difference"].any()


def test_who_belongs_to_both_is_counted() -> None:
    """A segment may hold a persona: the pair says how many answered in both."""
    table = answers(ann=(10, 40), bob=(20, 40))
    both = Group(
        subject="all", conditions=(Condition(column="who", values=("ann", "bob")),)
    )
    asked = mapping("ann")
    asked = asked.model_copy(update={"groups": (*asked.groups, both)})
    found = group_differences(table, asked, ["ann", "all"], definitions=[CSAT])

    assert [40] == list(found["n_in_both"])


def test_question_without_answers_is_not_measured() -> None:
    """A column that nobody filled is compared with nothing, and not as zero."""
    table = answers(ann=(10, 40), bob=(20, 40)).assign(room=None)
    found = group_differences(
        table, mapping("ann", "bob", columns=("desk", "room")), ["ann", "bob"]
    )

    assert {"desk"} == set(found["touchpoint"])


def test_unknown_group_and_bad_options_are_refused() -> None:
    """The nearest group is offered, and a minimum below 5 is no minimum."""
    table = answers(ann=(10, 40), bob=(20, 40))

    with pytest.raises(UnknownNameError, match="bob"):
        group_differences(table, mapping("ann", "bob"), ["ann", "bop"])
    with pytest.raises(InputError, match="may only be raised"):
        group_differences(table, mapping("ann", "bob"), ["ann"], minimum=1)


def test_one_group_gives_an_empty_table() -> None:
    """Nobody to compare with: no row, the columns stand."""
    found = group_differences(answers(ann=(1, 9)), mapping("ann"), ["ann"])

    assert 0 == len(found)
    assert NPS not in set(found["definition"])
