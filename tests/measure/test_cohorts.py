"""Cohorts by age: what is over, what is not, and where the records begin."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure_cases import bought, retail_purchases
from pandas.testing import assert_frame_equal

from journeykit.errors import InputError
from journeykit.measure.cohorts import (
    COHORT_COLUMNS,
    repeat_purchase_by_age,
    retention_table,
)
from journeykit.measure.purchases import purchase_days


@pytest.fixture
def purchases() -> pd.DataFrame:
    """Five came in January, five in February; looked at until the middle of March."""
    return bought(
        *((who, "2026-01-10", 1.0) for who in "ABCDE"),
        ("A", "2026-02-05", 1.0),
        ("A", "2026-02-06", 1.0),  # twice in one month: once
        ("B", "2026-02-28", 1.0),
        ("C", "2026-03-10", 1.0),
        *((who, "2026-02-20", 1.0) for who in "VWXYZ"),
    )


def _cells(table, *columns):
    return list(zip(*(table[name] for name in columns), strict=True))


def test_each_cohort_has_a_row_for_each_age(purchases):
    """Shares of the cohort; the month that is not over is not measured."""
    found = retention_table(purchase_days(purchases, until="2026-03-15"))

    assert list(COHORT_COLUMNS) == list(found.columns)
    assert [
        ("2026-01", 0, 1.0, 5),
        ("2026-01", 1, 0.4, 5),
        ("2026-01", 2, None, 0),
        ("2026-02", 0, 1.0, 5),
        ("2026-02", 1, None, 0),
        (None, 0, 1.0, 10),
        (None, 1, 0.4, 5),
    ] == [
        (cohort, age, None if np.isnan(value) else value, n)
        for cohort, age, value, n in _cells(found, "cohort", "age", "value", "n")
    ]
    assert {"not seen long enough": 5} == found["left_out"][2]
    assert "not measured" == found["reliability"][2]


def test_a_period_that_is_over_on_its_last_day_counts(purchases):
    """March is over on the 31st: one of five came back in it."""
    found = retention_table(purchase_days(purchases, until="2026-03-31"))
    row = found[(found["cohort"] == "2026-01") & (found["age"] == 2)].iloc[0]

    assert (0.2, 5) == (row["value"], row["n"])


def test_the_first_cohort_says_that_it_may_be_older(purchases):
    """Records that begin in its month cannot know who bought before."""
    begins = retention_table(purchase_days(purchases, until="2026-03-31"))
    earlier = retention_table(
        purchase_days(purchases, since="2025-12-01", until="2026-03-31")
    )

    assert "older customers" in begins["note"][0]
    assert "" == begins[begins["cohort"] == "2026-02"]["note"].iloc[0]
    assert {""} == set(earlier["note"])


@pytest.mark.parametrize(
    ("period", "first", "n_rows"),
    [("week", "2026-W02", 32), ("quarter", "2026-Q1", 2), ("year", "2026", 1)],
)
def test_periods_are_named_by_the_calendar(purchases, period, first, n_rows):
    """ISO weeks from Monday, quarters, years."""
    found = retention_table(purchase_days(purchases, until="2026-03-31"), period=period)

    assert first == found["cohort"][0]
    assert n_rows == len(found)


def test_fewer_than_the_minimum_are_not_shown():
    """A cohort of two shows only that there are fewer."""
    found = retention_table(
        purchase_days(bought(("A", "2026-01-10", 1.0), ("B", "2026-01-10", 1.0)))
    )

    assert found["value"].isna().all()


def test_the_tables_keep_their_types_without_purchases(purchases):
    """No purchases, no rows, the same columns."""
    some, none = purchase_days(purchases), purchase_days(bought())

    assert_frame_equal(retention_table(some).iloc[:0], retention_table(none))
    assert_frame_equal(
        repeat_purchase_by_age(some).iloc[:0], repeat_purchase_by_age(none)
    )


def test_all_customers_get_the_same_time(purchases):
    """Within 30 days of the first purchase, of those who were seen that long."""
    days = purchase_days(purchases, until="2026-03-15")
    found = repeat_purchase_by_age(days, ages_days=[60, 30])

    assert [
        ("2026-01", 30, 0.2, 5),  # A after 26 days; B after 49
        ("2026-01", 60, 0.6, 5),
        ("2026-02", 30, None, 0),
        ("2026-02", 60, None, 0),
        (None, 30, 0.2, 5),
        (None, 60, 0.6, 5),
    ] == [
        (cohort, age, None if np.isnan(value) else value, n)
        for cohort, age, value, n in _cells(found, "cohort", "age", "value", "n")
    ]
    assert {"not seen long enough": 5} == found["left_out"][2]


def test_the_retail_year_comes_to_the_same_customers():
    """Each cohort's customers together are all 4,312, of whom 955 came in December."""
    found = retention_table(purchase_days(retail_purchases()))
    sizes = found[(found["age"] == 0) & found["cohort"].notna()]
    last = found[found["cohort"] == "2010-12"].iloc[0]

    assert 955 == sizes["n"].iloc[0]
    assert 4312 == sizes["n"].sum() + last["n_left_out"]


@given(
    st.lists(
        st.tuples(st.sampled_from("ABCDEFGH"), st.integers(0, 200)),
        min_size=1,
        max_size=60,
    )
)
def test_shares_are_those_of_a_plain_count(rows):
    """Every cell equals what counting one customer after the other gives."""
    start = pd.Timestamp("2026-01-01")
    times = [(who, start + pd.Timedelta(days=day), 1.0) for who, day in rows]
    days = purchase_days(bought(*times), until="2026-07-31")
    found = retention_table(days)
    months = {}
    for who, when, _ in times:
        months.setdefault(who, set()).add((when.year - 2026) * 12 + when.month)
    for row in found[found["value"].notna() & found["cohort"].notna()].itertuples():
        month = int(row.cohort[-2:])
        cohort = [seen for seen in months.values() if min(seen) == month]

        assert len(cohort) == row.n
        assert sum(month + row.age in seen for seen in cohort) / row.n == row.value


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda days: retention_table(days, period="day"), "'week', 'month'"),
        (lambda days: repeat_purchase_by_age(days, cohort="day"), "'week', 'month'"),
        (lambda days: repeat_purchase_by_age(days, ages_days=[0]), "above 0 days"),
        (lambda days: repeat_purchase_by_age(days, ages_days=[]), "above 0 days"),
    ],
)
def test_options_that_are_none_are_refused(purchases, call, words):
    """What may be given is listed."""
    with pytest.raises(InputError, match=words):
        call(purchase_days(purchases))
