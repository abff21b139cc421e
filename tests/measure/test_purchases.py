"""Purchase days, what is left out of them, and histories."""

import pickle

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure_cases import bought, cdnow_purchases, cdnow_summary, retail_purchases
from pandas.testing import assert_frame_equal

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.customer_groups import group_members
from journeykit.measure.purchases import (
    HISTORY_COLUMNS,
    PurchaseDays,
    as_day,
    days_between,
    purchase_days,
    purchase_histories,
)
from journeykit.model.survey import Condition, Group


def test_purchases_of_one_day_are_one():
    """A basket that the till split in two is one decision to buy."""
    found = purchase_days(
        bought(
            ("Bob", "2026-01-06 12:00", 2.0),
            ("Ann", "2026-01-05 17:00", 5.0),
            ("Ann", "2026-01-05 09:00", 10.0),
            ("Ann", "2026-01-06 09:00", 1.0),
        )
    )
    expected = pd.DataFrame(
        {
            "customer": pd.Series(["Ann", "Ann", "Bob"], dtype="str"),
            "day": pd.to_datetime(["2026-01-05", "2026-01-06", "2026-01-06"]),
            "amount": [15.0, 1.0, 2.0],
        }
    )
    expected["day"] = expected["day"].astype("datetime64[us]")

    assert_frame_equal(expected, found.days)
    assert {} == found.left_out
    assert as_day("2026-01-05") == found.start
    assert as_day("2026-01-06") == found.end


def test_each_row_is_left_out_for_one_reason():
    """What is no purchase is counted once, under the first reason that holds."""
    table = bought(
        ("Ann", "2026-01-05", 10.0),
        (None, "2026-01-05", 10.0),
        ("  ", "2026-01-05", 0.0),  # also amount 0, but nobody comes first
        ("Ann", None, 10.0),
        ("Ann", "2026-01-06", 0.0),
        ("Ann", "2026-01-06", float("nan")),
        ("Ann", "2026-01-06", float("inf")),
        ("Ann", "2026-01-07", -4.0),
        ("Ann", "2026-01-08", 3.0),
        ("Ann", "2026-01-08", -3.0),
    )
    table["is_cancelled"] = [False] * 8 + [True] * 2

    found = purchase_days(table)

    assert {
        "no customer": 2,
        "no time": 1,
        "cancelled": 2,
        "no amount": 2,
        "amount 0": 1,
        "refund": 1,
    } == found.left_out
    assert [10.0] == found.days["amount"].tolist()
    # A cancelled invoice above 0 was never paid: nothing was given back for it.
    assert [-4.0, -3.0] == found.refunds["amount"].tolist()


def test_margins_of_a_day_add_up_and_one_unknown_makes_the_day_unknown():
    """A margin that is not known is not a margin of 0."""
    table = bought(
        ("Ann", "2026-01-05", 10.0),
        ("Ann", "2026-01-05", 5.0),
        ("Ann", "2026-01-06", 5.0),
        ("Ann", "2026-01-06", 5.0),
    )
    table["margin"] = [1.0, 2.0, 3.0, None]

    found = purchase_days(table)

    assert found.has_margin
    assert 3.0 == found.days["margin"][0]
    assert pd.isna(found.days["margin"][1])
    assert purchase_histories(found)["margin"].isna().all()


def test_a_day_begins_where_the_shop_is():
    """Half past eleven at night in London in summer is half past ten in UTC."""
    table = bought(("Ann", "2026-07-01 22:30", 1.0), ("Ann", "2026-07-01 23:30", 1.0))

    assert 1 == len(purchase_days(table).days)
    assert 2 == len(purchase_days(table, timezone="Europe/London").days)


def test_times_with_a_zone_are_understood():
    """A table that kept its zone gives the days of the zone that is asked for."""
    table = bought(("Ann", "2026-07-01 23:30", 1.0))
    table["time"] = table["time"].dt.tz_localize("UTC")

    day = purchase_days(table, timezone="Europe/London").days["day"][0]

    assert as_day("2026-07-02") == day


def test_the_days_looked_at_can_be_stated():
    """Silence after the last purchase is seen only if the end is known."""
    table = bought(
        ("Ann", "2026-01-01", 1.0), ("Ann", "2026-01-11", 3.0), ("Ann", "2026-03-01", 9)
    )
    found = purchase_days(table, since="2026-01-02", until="2026-01-31")
    all_days = purchase_days(table, until="2026-03-31")

    assert {"outside the days looked at": 2} == found.left_out
    assert 20 == purchase_histories(found)["age_days"][0]
    assert 89 == purchase_histories(all_days)["age_days"][0]
    assert [3.0] == days_between(all_days, "2026-01-02", "2026-01-31").days[
        "amount"
    ].tolist()


def test_histories_say_how_often_and_how_long():
    """Repeats, recency and age; the spend of the first day is not a repeat spend."""
    table = bought(
        ("Ann", "2026-01-01", 100.0),
        ("Ann", "2026-01-11", 3.0),
        ("Ann", "2026-01-21", 5.0),
        ("Bob", "2026-01-31", 7.0),
    )
    found = purchase_histories(purchase_days(table))
    earlier = purchase_histories(purchase_days(table), until="2026-01-15")

    assert list(HISTORY_COLUMNS) == list(found.columns)
    assert [2, 0] == found["repeats"].tolist()
    assert [20, 0] == found["recency_days"].tolist()
    assert [30, 0] == found["age_days"].tolist()
    assert 4.0 == found["repeat_spend"][0]
    assert pd.isna(found["repeat_spend"][1])
    assert [108.0, 7.0] == found["amount"].tolist()
    assert [[1, 10, 14, 3.0]] == earlier[
        ["repeats", "recency_days", "age_days", "repeat_spend"]
    ].values.tolist()


def test_the_cdnow_sample_gives_the_published_summary():
    """Weeks of Fader, Hardie and Lee (2005), from the purchases themselves."""
    found = purchase_histories(purchase_days(cdnow_purchases(), until="1997-09-30"))
    published = cdnow_summary()

    assert published["x"].tolist() == found["repeats"].tolist()
    assert published["t_x"].tolist() == pytest.approx(
        (found["recency_days"] / 7).tolist(), abs=0.0051
    )
    assert published["T"].tolist() == pytest.approx(
        (found["age_days"] / 7).tolist(), abs=0.0051
    )
    assert published["zbar"].tolist() == pytest.approx(
        found["repeat_spend"].fillna(0).tolist(), abs=0.0151
    )


def test_the_retail_year_is_read_as_it_is():
    """4,372 cancellations and two invoices of nothing; 4,312 customers remain."""
    found = purchase_days(retail_purchases())

    assert {"cancelled": 4372, "amount 0": 2} == found.left_out
    assert 4312 == len(purchase_histories(found))


def test_the_table_is_left_as_it_was():
    """Measures never write into what they were given."""
    table = bought(("Bob", "2026-01-05 09:00", 10.0), ("Ann", "2026-01-05", -5.0))
    before = table.copy()
    purchase_histories(purchase_days(table))

    assert_frame_equal(before, table)


def test_an_empty_table_gives_empty_tables_of_the_same_types():
    """No purchases is an answer, not a fault."""
    table = bought(("Ann", "2026-01-05", 10.0))
    some, none = purchase_days(table), purchase_days(table.iloc[:0])

    assert_frame_equal(some.days.iloc[:0], none.days)
    assert none.start is none.end is None
    assert_frame_equal(
        purchase_histories(some).iloc[:0].reset_index(drop=True),
        purchase_histories(none),
    )


def test_purchase_days_travel_to_other_processes():
    """A report runs in a child."""
    found = purchase_days(bought(("Ann", "2026-01-05", 0.0), ("Ann", "2026-01-06", 2)))
    other = pickle.loads(pickle.dumps(found))

    assert isinstance(other, PurchaseDays)
    assert found.left_out == other.left_out
    assert_frame_equal(found.days, other.days)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (lambda t: t.drop(columns="amount"), UnknownNameError, "no column 'amount'"),
        (lambda t: t.assign(time="2026-01-05"), InputError, "times were expected"),
        (lambda t: t.assign(amount="10"), InputError, "numbers were expected"),
    ],
)
def test_a_table_that_is_none_of_purchases_is_refused(change, error, words):
    """A sentence says which column, and what was expected."""
    with pytest.raises(error, match=words):
        purchase_days(change(bought(("Ann", "2026-01-05", 10.0))))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"timezone": "Europe/Londn"}, "time zone such as"),
        ({"timezone": "../etc"}, "time zone such as"),
        ({"until": "soon"}, "a day such as"),
        ({"since": None, "until": pd.NaT}, "a day such as"),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "first day up to the last"),
    ],
)
def test_options_that_cannot_be_used_are_refused(options, words):
    """A wrong day or zone is said at once."""
    with pytest.raises(InputError, match=words):
        purchase_days(bought(("Ann", "2026-01-05", 10.0)), **options)


def _group(country: str) -> Group:
    condition = Condition(column="country", values=(country,))
    return Group(subject=country.lower(), conditions=(condition,))


def test_the_last_row_of_a_customer_decides_where_he_belongs():
    """Nobody stands in two countries at once, unless any row may decide."""
    table = bought(
        ("Ann", "2026-01-06", 1.0), ("Ann", "2026-01-05", 1.0), ("Bob", "2026-01-05", 1)
    )
    table["country"] = ["FR", "UK", "UK"]
    groups = [_group("UK"), _group("FR")]

    assert {"uk": {"Bob"}, "fr": {"Ann"}} == group_members(table, groups)
    assert {"uk": {"Ann", "Bob"}, "fr": {"Ann"}} == group_members(
        table, groups, decided_by="any"
    )
    with pytest.raises(InputError, match="'last' or 'any'"):
        group_members(table, groups, decided_by="first")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B", "C"]),
            st.integers(1, 28),
            st.floats(-10, 10, allow_nan=False),
        ),
        max_size=30,
    )
)
def test_no_row_is_lost(rows):
    """Every row is in a purchase day or counted; the money of the days adds up."""
    table = bought(*((who, f"2026-01-{day:02d}", much) for who, day, much in rows))
    found = purchase_days(table)
    kept = [row for row in rows if row[2] > 0]

    assert len(rows) == len(kept) + sum(found.left_out.values())
    assert sum(row[2] for row in kept) == pytest.approx(found.days["amount"].sum())
    assert len({row[:2] for row in kept}) == len(found.days)
