"""Priorities from data: the data-driven score, and value at stake."""

import numpy as np
import pandas as pd
import pytest

from journeykit.errors import InputError, TableError
from journeykit.measure.differences import share_difference
from journeykit.measure.intervals import wilson
from journeykit.measure.priority_data import DATA_DRIVEN_COLUMNS, data_driven_priority
from journeykit.measure.result import Result
from journeykit.measure.value_at_stake import (
    VALUE_AT_STAKE_COLUMNS,
    Churned,
    value_at_stake,
    values_at_stake,
)

CLV = Result("clv_to_date", 100.0, 80.0, 120.0, n=500)


def measured(**columns: list[object]) -> pd.DataFrame:
    """Return a table of entries a, b, ... with 1,000 affected customers each."""
    n = len(columns["n_answers"])
    usual = {"affected": [1_000] * n, "driver_weight": [0.2] * n}
    return pd.DataFrame({"entry": list("abcdef"[:n]), **usual, **columns})


def test_score_takes_the_lower_bound_of_the_share():
    """81 of 263: 0.2553 by Wilson, not 0.308, times customers times weight."""
    row = data_driven_priority(measured(n_dissatisfied=[81], n_answers=[263])).iloc[0]
    low, high = wilson(81, 263)

    assert 1_000 * 0.2553 * 0.2 == pytest.approx(row["value"], abs=0.01)
    assert 81 / 263 == pytest.approx(row["dissatisfied"])
    assert (low, high) == (row["dissatisfied_low"], row["dissatisfied_high"])
    assert (1_000 * low * 0.2, 1_000 * high * 0.2) == pytest.approx(
        (row["low"], row["high"])
    )


def test_few_angry_answers_do_not_lead():
    """3 of 6 is a larger share than 200 of 500, but far less sure."""
    table = measured(n_dissatisfied=[3, 200], n_answers=[6, 500])
    found = data_driven_priority(table)

    assert ["b", "a"] == found["entry"].to_list()
    assert "few answers" == found["reliability"].iloc[1]
    assert found["dissatisfied"].iloc[1] > found["dissatisfied"].iloc[0]


def test_each_factor_brings_its_interval():
    """The ends are the products of all lower and of all upper ends."""
    table = measured(n_dissatisfied=[50], n_answers=[100]).assign(
        affected_low=800,
        affected_high=1_300,
        driver_weight_low=0.1,
        driver_weight_high=0.4,
    )
    row = data_driven_priority(table).iloc[0]
    low, high = wilson(50, 100)

    assert 800 * low * 0.1 == pytest.approx(row["low"])
    assert 1_300 * high * 0.4 == pytest.approx(row["high"])
    assert 1_000 * low * 0.2 == pytest.approx(row["value"])


def test_what_is_missing_is_named():
    """Without one of the three factors there is no score; the note says which."""
    table = measured(
        n_dissatisfied=[5, 5, 2, 9],
        n_answers=[20, 20, 4, 0],
        affected=[None, 100, 100, 100],
        driver_weight=[0.1, None, 0.1, 0.1],
    ).assign(n_dissatisfied=[5, 5, 2, 0])
    found = data_driven_priority(table).set_index("entry")

    assert found["value"].isna().all()
    assert {
        "a": "missing: affected customers",
        "b": "missing: driver weight",
        "c": "missing: answers enough",
        "d": "missing: answers enough",
    } == found["note"].to_dict()
    assert ["few answers"] * 2 + ["fewer than minimum", "not measured"] == found[
        "reliability"
    ].to_list()


def test_what_was_left_out_goes_along():
    """Counts of answers that are none come with the table."""
    table = measured(n_dissatisfied=[5], n_answers=[20])
    table["left_out"] = [{"0 blank": 7}]
    row = data_driven_priority(table).iloc[0]

    assert (7, {"0 blank": 7}) == (row["n_left_out"], row["left_out"])
    assert list(DATA_DRIVEN_COLUMNS) == list(data_driven_priority(table).columns)


@pytest.mark.parametrize(
    ("columns", "match"),
    [
        ({"n_dissatisfied": [9], "n_answers": [8]}, "row 2: '9 of 8'"),
        ({"n_dissatisfied": [1.5], "n_answers": [8]}, "a whole number from 0"),
        (
            {"n_dissatisfied": [1], "n_answers": [8], "driver_weight": [1.2]},
            "a share from 0 to 1",
        ),
        (
            {"n_dissatisfied": [1], "n_answers": [8], "affected": [-2]},
            "a number of customers from 0",
        ),
        (
            {"n_dissatisfied": [1], "n_answers": [8], "affected_low": [1_100]},
            r"an interval around affected.*1100 to 1000, not around 1000",
        ),
    ],
)
def test_faulty_factors_are_refused(columns, match):
    """Each with its row and what was found there."""
    with pytest.raises(TableError, match=match):
        data_driven_priority(measured(**columns))


def test_options_are_checked():
    """The minimum may only be raised."""
    with pytest.raises(InputError, match="may only be raised"):
        data_driven_priority(measured(n_dissatisfied=[1], n_answers=[8]), minimum=2)


def test_value_at_stake_is_a_range():
    """56 of 70 against 48 of 80 left: 0.2 [0.0524, 0.3339] x 100 [80, 120] x 1,000."""
    found = value_at_stake(
        1_000, CLV, among_touched=Churned(56, 70), among_others=Churned(48, 80)
    )
    _, low, high, _ = share_difference(48, 80, 56, 70)

    assert "value_at_stake" == found.definition
    assert 20_000 == pytest.approx(found.value)
    assert (1_000 * low * 80, 1_000 * high * 120) == pytest.approx(
        (found.low, found.high)
    )
    assert 70 == found.n
    assert "the groups may differ in other ways too" == found.note


@pytest.mark.parametrize("others", [None, Churned(0, 0)])
def test_no_comparison_group_no_value(others):
    """A churn rate alone says nothing about a pain point: refused."""
    with pytest.raises(InputError, match="a comparison group was expected"):
        value_at_stake(100, CLV, among_touched=Churned(5, 20), among_others=others)


def test_a_difference_that_may_be_none_is_said():
    """The interval reaches from a loss to a gain, and the range with it."""
    found = value_at_stake(
        1_000, CLV, among_touched=Churned(5, 20), among_others=Churned(4, 20)
    )

    assert found.low < 0 < found.high
    assert found.note.startswith("the difference in churn may be none")


def test_touched_customers_who_stay_longer_are_below_zero():
    """The range keeps its order where the difference is negative."""
    found = value_at_stake(
        10, CLV, among_touched=Churned(10, 100), among_others=Churned(60, 100)
    )

    assert -500 == pytest.approx(found.value)
    assert found.low < found.value < found.high < 0


def test_small_groups_and_unknown_worth_are_not_measured():
    """Fewer than five watched customers, or no lifetime value: no number, no range."""
    few = value_at_stake(
        10, CLV, among_touched=Churned(2, 4), among_others=Churned(10, 100)
    )
    unknown = Result("clv_to_date", None, None, None, n=0)
    nothing = value_at_stake(
        10, unknown, among_touched=Churned(5, 50), among_others=Churned(1, 50)
    )

    assert (None, None, None) == (few.value, few.low, few.high)
    assert "fewer than minimum" == few.reliability
    assert (None, None, None) == (nothing.value, nothing.low, nothing.high)


def test_a_lifetime_value_without_interval_is_its_own():
    """The range then comes from the churn alone."""
    point = Result("clv_with_retention", 100.0, None, None, n=50)
    found = value_at_stake(
        1, point, among_touched=Churned(56, 70), among_others=Churned(48, 80)
    )

    assert (5.24, 33.39) == pytest.approx((found.low, found.high), abs=0.01)


@pytest.mark.parametrize(
    ("touched", "clv", "group", "match"),
    [
        (-1, CLV, Churned(1, 10), "0 or more customers"),
        (1, Result("churn_rate", 0.1, 0, 0.2, 10), Churned(1, 10), "a lifetime value"),
        (
            1,
            Result("clv_growth_rate", 0.1, 0, 0, 9),
            Churned(1, 10),
            "a lifetime value",
        ),
        (1, CLV, Churned(11, 10), "0 to 10 lost customers were expected, not 11"),
    ],
)
def test_what_cannot_be_is_refused(touched, clv, group, match):
    """Counts and measures are checked at the door."""
    with pytest.raises(InputError, match=match):
        value_at_stake(touched, clv, among_touched=group, among_others=Churned(1, 10))


def test_table_ranks_what_is_at_stake_and_refuses_by_row():
    """A row without a comparison group stays, without a number, and says why."""
    table = pd.DataFrame(
        {
            "entry": ["queue", "signs", "food", "art", "wifi"],
            "touched": [1_000, 5_000, 900, None, 10],
            "lost_touched": [56, 56, 10, 5, 1],
            "n_touched": [70, 70, 20, 20, 3],
            "lost_others": [48, 48, None, 1, 2],
            "n_others": [80, 80, None, 20, 20],
        }
    )
    found = values_at_stake(table, CLV).set_index("entry")

    assert ["signs", "queue", "food", "art", "wifi"] == found.index.to_list()
    assert [100_000, 20_000] == pytest.approx(found["value"].to_list()[:2])
    assert [1, 2] == found["rank"].dropna().to_list()
    assert 0.2 == pytest.approx(found.loc["queue", "churn_difference"])
    assert {80.0} == set(found["clv_low"])
    assert [70, 70, 0, 20, 3] == found["n"].to_list()
    assert [
        "the groups may differ in other ways too",
        "the groups may differ in other ways too",
        "no comparison group: customers who were not touched are needed",
        "not known how many customers it touches",
        "too few customers in a group",
    ] == found["note"].to_list()
    assert "not measured" == found.loc["food", "reliability"]
    assert list(VALUE_AT_STAKE_COLUMNS[1:]) == list(found.columns)


def test_table_and_single_number_agree():
    """A row of the table is what the function gives for it."""
    table = pd.DataFrame(
        {
            "entry": ["queue"],
            "touched": [40],
            "lost_touched": [30],
            "n_touched": [60],
            "lost_others": [20],
            "n_others": [90],
        }
    )
    row = values_at_stake(table, CLV).iloc[0]
    alone = value_at_stake(
        40, CLV, among_touched=Churned(30, 60), among_others=Churned(20, 90)
    )

    assert (alone.value, alone.low, alone.high) == tuple(row[["value", "low", "high"]])
    assert alone.note == row["note"]


def test_unknown_worth_is_said_in_each_row():
    """Without a lifetime value nothing is at stake that could be told."""
    unknown = Result("clv_modelled", None, None, None, n=0)
    table = pd.DataFrame(
        {
            "entry": ["queue"],
            "touched": [40],
            "lost_touched": [30],
            "n_touched": [60],
            "lost_others": [20],
            "n_others": [90],
        }
    )
    row = values_at_stake(table, unknown).iloc[0]

    assert "the lifetime value was not measured" == row["note"]
    assert np.isnan(row["value"])
    assert 0 == len(values_at_stake(table.head(0), CLV))
