"""Who stayed, who went, who bought again."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure_cases import bought, retail_purchases

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.intervals import wilson
from journeykit.measure.purchases import purchase_days
from journeykit.measure.result import Result
from journeykit.measure.retention import (
    active_customers,
    churn_over,
    churn_rate,
    repeat_purchase_rate,
    retention_rate,
)

IDS = st.lists(st.sampled_from("ABCDEFGHIJ"), max_size=30)


def test_only_customers_of_the_start_count():
    """Ten at the start and ten at the end may be a retention of one half."""
    start = [f"old {number}" for number in range(10)]
    end = [*start[:5], *(f"new {number}" for number in range(5))]

    found = retention_rate(start, end)

    assert 0.5 == found.value
    assert 10 == found.n
    assert wilson(5, 10) == (found.low, found.high)
    assert {"new since the start": 5} == found.left_out
    assert "retention_rate" == found.definition


def test_a_customer_who_leaves_and_returns_within_the_window_is_not_lost():
    """Silent in the summer, back in December: he was there at both ends."""
    table = bought(
        *((who, "2026-01-05", 1.0) for who in "ABCDE"),
        ("A", "2026-06-01", 1.0),  # the others are silent in the summer
        ("B", "2026-12-31 23:59", 1.0),
    )
    start = active_customers(table, "2026-01-01", "2026-01-31")
    end = active_customers(table, "2026-12-01", "2026-12-31")

    assert 0.2 == retention_rate(start, end).value
    assert 0.8 == churn_rate(start, end).value


def test_an_id_that_stands_twice_counts_once_and_an_empty_one_for_nobody():
    """Rows are not people."""
    found = retention_rate(
        ["A", "A", "B", "C", "D", "E", None, " "], pd.Series(["A", "A", "", "B"])
    )

    assert (5, 0.4) == (found.n, found.value)
    assert {"no customer": 3} == found.left_out


def test_nobody_at_the_start_is_not_measured():
    """A share of nobody is not 0."""
    found = churn_rate([], ["A"])

    assert found.value is found.low is found.high is None
    assert "not measured" == found.reliability


def test_fewer_than_the_minimum_are_not_shown():
    """Four people could be recognised."""
    found = retention_rate(list("ABCD"), list("AB"))

    assert found.value is None
    assert "fewer than minimum" == found.reliability
    assert 10 == churn_rate(list("ABCDE"), [], minimum=10).minimum


def test_one_text_is_no_list_of_ids():
    """Letters of a name would pass for customers."""
    with pytest.raises(InputError, match="a list of ids"):
        retention_rate("Ann", ["Ann"])


@given(IDS, IDS)
def test_retention_and_churn_are_one(start, end):
    """Whoever did not stay has gone."""
    stayed, gone = retention_rate(start, end), churn_rate(start, end)

    assert stayed.n == gone.n == len(set(start))
    if stayed.value is not None:
        assert 1 == pytest.approx(stayed.value + gone.value)
        assert 1 == pytest.approx(stayed.low + gone.high)
        assert 0 <= stayed.low <= stayed.value <= stayed.high <= 1


def test_windows_are_days_with_both_ends():
    """A time late on the last day is inside; a purchase day is as good as a time."""
    table = bought(("A", "2026-01-31 23:59", 1.0), ("B", "2026-02-01 00:00", 1.0))
    days = purchase_days(table)

    assert {"A"} == active_customers(table, "2026-01-31", "2026-01-31")
    assert {"B"} == active_customers(days, "2026-02-01", "2026-02-28")


@pytest.mark.parametrize(
    ("table", "since", "until", "error", "words"),
    [
        (bought(), "2026-02-01", "2026-01-01", InputError, "first day up to the last"),
        (bought(), "today", "2026-01-01", InputError, "a first day such as"),
        (
            bought().drop(columns="time"),
            "2026-01-01",
            "2026-01-02",
            UnknownNameError,
            "time",
        ),
    ],
)
def test_windows_that_are_none_are_refused(table, since, until, error, words):
    """One sentence says what was expected."""
    with pytest.raises(error, match=words):
        active_customers(table, since, until)


def test_a_month_is_not_a_twelfth():
    """5 % a month are 46 % a year, and 46 % a year are 5 % a month."""
    assert 0.459639912 == pytest.approx(churn_over(0.05, 12))
    assert 0.05 == pytest.approx(churn_over(churn_over(0.05, 12), 1 / 12))
    assert (0.0, 1.0) == (churn_over(0, 12), churn_over(1, 12))


def test_the_interval_is_brought_along():
    """A measured rate keeps its n and its ends, and says what was done to it."""
    month = churn_rate(list("ABCDEFGHIJ"), list("ABCDEFGHI"))
    year = churn_over(month, 12)

    assert 1 - 0.9**12 == pytest.approx(year.value)
    assert churn_over(month.low, 12) == year.low
    assert churn_over(month.high, 12) == year.high
    assert month.n == year.n
    assert "12 times the window" in year.note
    assert churn_over(churn_rate([], []), 12).value is None


@pytest.mark.parametrize("rate", [-0.1, 5, float("nan")])
def test_a_churn_rate_in_percent_is_refused(rate):
    """5 is not 5 %."""
    with pytest.raises(InputError, match="0 to 1"):
        churn_over(rate, 12)


def test_other_measures_and_no_periods_are_refused():
    """Retention over a year is not 1 - (1 - r)^12."""
    with pytest.raises(InputError, match="a churn rate was expected"):
        churn_over(retention_rate(list("ABCDE"), []), 12)
    with pytest.raises(InputError, match="periods above 0"):
        churn_over(0.1, 0)


def test_the_retail_year_has_2818_of_4312():
    """Definitions: repeat purchase rate of the shared year 0.6535."""
    found = repeat_purchase_rate(purchase_days(retail_purchases()))

    assert 2818 / 4312 == found.value
    assert 4312 == found.n
    assert wilson(2818, 4312) == (found.low, found.high)


def test_split_baskets_refunds_and_gifts_are_no_repeat_purchase():
    """Only A bought on two days."""
    table = bought(
        *((who, "2026-01-05 09:00", 5.0) for who in "ABCDE"),
        ("A", "2026-01-06", 5.0),
        ("B", "2026-01-05 18:00", 5.0),  # split by the till
        ("C", "2026-01-06", -5.0),  # a refund
        ("D", "2026-01-06", 0.0),  # a gift
    )
    found = repeat_purchase_rate(purchase_days(table))

    assert 0.2 == found.value
    assert {"refund": 1, "amount 0": 1} == found.left_out


def test_the_repeat_rate_of_a_window_knows_only_its_days():
    """Bought before and within the window: once."""
    table = bought(
        *((who, "2026-01-05", 5.0) for who in "ABCDE"),
        *((who, "2026-02-05", 5.0) for who in "ABCDE"),
        ("A", "2026-02-06", 5.0),
    )
    found = repeat_purchase_rate(purchase_days(table), since="2026-02-01")

    assert 0.2 == found.value


def test_nothing_bought_is_not_measured():
    """An empty file has no rate."""
    found = repeat_purchase_rate(purchase_days(bought()))

    assert isinstance(found, Result)
    assert "not measured" == found.reliability


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """Wilson on simulated retention: 95 % of 2,000 within two points."""
    chance = np.random.default_rng(7)
    start = [str(number) for number in range(60)]
    hits = 0
    for _ in range(2000):
        stays = chance.random(60) < 0.8
        found = retention_rate(
            frozenset(start), frozenset(np.array(start)[stays].tolist())
        )
        hits += found.low <= 0.8 <= found.high

    assert 0.94 <= hits / 2000 <= 0.975
