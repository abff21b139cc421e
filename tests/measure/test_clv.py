"""Values to date and with retention."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure_cases import bought, retail_purchases

from journeykit.errors import InputError
from journeykit.measure.clv import (
    VALUE_COLUMNS,
    clv_to_date,
    clv_with_retention,
    retention_multiple,
    value_to_date,
)
from journeykit.measure.intervals import mean_interval
from journeykit.measure.purchases import purchase_days
from journeykit.measure.result import Result
from journeykit.measure.retention import churn_rate, retention_rate


@pytest.fixture
def purchases():
    """Ann bought twice and gave something back; Bob once; Cy only gave back."""
    table = bought(
        ("Ann", "2026-01-05", 100.0),
        ("Ann", "2026-02-05", 50.0),
        ("Ann", "2026-02-07", -30.0),
        ("Bob", "2026-01-10", 20.0),
        ("Cy", "2026-01-10", -70.0),
    )
    table["margin"] = [40.0, 10.0, -12.0, 8.0, -28.0]
    return table


def _values(table):
    return dict(zip(table["customer"], table["value"], strict=True))


def test_revenue_margin_and_refunds_are_different_money(purchases):
    """Refunds to who bought nothing are never taken off: he is no customer here."""
    days = purchase_days(purchases)

    assert list(VALUE_COLUMNS) == list(value_to_date(days).columns)
    assert {"Ann": 150.0, "Bob": 20.0} == _values(value_to_date(days))
    assert {"Ann": 120.0, "Bob": 20.0} == _values(value_to_date(days, is_net=True))
    assert {"Ann": 50.0, "Bob": 8.0} == _values(value_to_date(days, value="margin"))
    assert {"Ann": 38.0, "Bob": 8.0} == _values(
        value_to_date(days, value="margin", is_net=True)
    )


def test_a_margin_rate_stands_in_for_margins(purchases):
    """Where purchases have no margin of their own."""
    days = purchase_days(purchases.drop(columns="margin"))
    found = value_to_date(days, value="margin", margin_rate=0.3, is_net=True)

    assert {"Ann": 36.0, "Bob": 6.0} == pytest.approx(_values(found))


def test_a_window_counts_only_its_days(purchases):
    """Bob bought nothing in February."""
    found = value_to_date(purchase_days(purchases), since="2026-02-01")

    assert {"Ann": 50.0} == _values(found)
    assert [1] == found["purchase_days"].tolist()


def test_the_mean_says_which_money_and_which_days():
    """Value to date of the retail year: revenue, with its interval by Student's t."""
    days = purchase_days(retail_purchases())
    values = value_to_date(days)["value"].to_numpy()
    found = clv_to_date(days)

    assert 2048.24 == pytest.approx(found.value, abs=0.005)
    assert mean_interval(values) == (found.value, found.low, found.high)
    assert 4312 == found.n
    assert (
        "revenue, which is not margin, refunds not taken off, 2009-12-01 to 2010-12-09"
        == found.note
    )
    assert 1950.56 == pytest.approx(clv_to_date(days, is_net=True).value, abs=0.005)


def test_unknown_margins_are_left_out_and_counted():
    """A customer one of whose margins is unknown has an unknown margin."""
    table = bought(*((who, "2026-01-05", 10.0) for who in "ABCDEFF"))
    table["margin"] = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, math.nan]
    found = clv_to_date(purchase_days(table), value="margin")

    assert (3.0, 5) == (found.value, found.n)
    assert {"margin unknown": 1} == found.left_out
    assert found.note.startswith("margin, refunds not taken off")


def test_fewer_than_the_minimum_are_not_shown(purchases):
    """Two people could be recognised; nobody is not measured."""
    assert clv_to_date(purchase_days(purchases)).value is None
    assert "not measured" == clv_to_date(purchase_days(bought())).reliability


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"value": "profit"}, "'revenue' or 'margin'"),
        ({"value": "margin", "margin_rate": 0.3}, "no margin_rate was expected"),
        ({"margin_rate": 0.3}, "only with value='margin'"),
    ],
)
def test_money_that_is_not_there_is_refused(purchases, options, words):
    """One sentence says what was expected."""
    with pytest.raises(InputError, match=words):
        value_to_date(purchase_days(purchases), **options)


@pytest.mark.parametrize(
    ("rate", "words"), [(None, "a column margin"), (30, "up to 1")]
)
def test_margin_needs_a_column_or_a_share(purchases, rate, words):
    """30 is not 30 %."""
    days = purchase_days(purchases.drop(columns="margin"))
    with pytest.raises(InputError, match=words):
        value_to_date(days, value="margin", margin_rate=rate)


@pytest.mark.parametrize(
    ("discount", "multiples"),
    [(0.10, [1.20, 1.75, 2.67, 4.50]), (0.16, [1.07, 1.52, 2.22, 3.46])],
)
def test_multiples_are_those_of_gupta_and_lehmann(discount, multiples):
    """Customers as assets (2003), table 1: without the margin of the first period."""
    rates = (0.6, 0.7, 0.8, 0.9)

    assert multiples == [
        pytest.approx(retention_multiple(rate, discount), abs=0.005) for rate in rates
    ]
    assert multiples == [
        pytest.approx(
            retention_multiple(rate, discount, first_margin=True) - 1, abs=0.005
        )
        for rate in rates
    ]


@given(st.floats(0, 0.99), st.floats(0.001, 1))
def test_the_multiple_is_the_sum_of_what_is_expected(retention, discount):
    """Period after period, the margin times who is still there, discounted."""
    periods = np.arange(1, 5000)
    summed = ((retention / (1 + discount)) ** periods).sum()

    assert summed == pytest.approx(retention_multiple(retention, discount))
    assert summed + 1 == pytest.approx(
        retention_multiple(retention, discount, first_margin=True)
    )


def test_the_ends_are_those_of_the_retention():
    """Four of ten stayed: the interval of that rate goes through the formula."""
    rate = retention_rate(list("ABCDEFGHIJ"), list("ABCD"))
    found = clv_with_retention(50.0, rate, discount=0.1)

    assert 50 * 0.4 / 0.7 == pytest.approx(found.value)
    assert 50 * retention_multiple(rate.low, 0.1) == pytest.approx(found.low)
    assert 50 * retention_multiple(rate.high, 0.1) == pytest.approx(found.high)
    assert 10 == found.n
    assert "without the first margin, discount 10.0\u00a0% a period" in found.note
    assert "one average" in found.note


def test_a_negative_margin_turns_the_ends_round():
    """The more of them stay, the more they cost."""
    rate = retention_rate(list("ABCDEFGHIJ"), list("ABCD"))
    found = clv_with_retention(-50.0, rate, discount=0.1, first_margin=True)

    assert found.low < found.value < found.high < 0


def test_revenue_in_the_place_of_margin_is_said():
    """The commonest way to a value several times too high."""
    table = bought(*((who, "2026-01-05", 10.0) for who in "ABCDEFG"))
    rate = retention_rate(list("ABCDEF"), list("ABC"))
    found = clv_with_retention(clv_to_date(purchase_days(table)), rate, discount=0.1)

    assert 10 * 0.5 / 0.6 == pytest.approx(found.value)
    assert 6 == found.n
    assert "computed from revenue, which is not margin" in found.note


def test_stated_rates_have_no_interval():
    """Nothing was measured, so there are no ends."""
    found = clv_with_retention(100, 0.8, discount=0.16, n=500)

    assert 222.22 == pytest.approx(found.value, abs=0.005)
    assert found.low is found.high is None


def test_what_was_not_measured_gives_no_value():
    """Nobody at the start, or too few."""
    nobody = retention_rate([], [])
    few = clv_with_retention(100, 0.8, discount=0.16, n=4)

    assert clv_with_retention(100, nobody, discount=0.1).value is None
    assert few.value is None
    assert "fewer than minimum" == few.reliability


@pytest.mark.parametrize(
    ("retention", "discount", "words"),
    [
        (80, 0.1, "0 to 1"),
        (0.8, -0.1, "a discount rate"),
        (1, 0, "a discount rate"),
        (0.5, math.nan, "a discount rate"),
    ],
)
def test_rates_out_of_range_are_refused(retention, discount, words):
    """Everybody stays for ever, undiscounted: infinite."""
    with pytest.raises(InputError, match=words):
        retention_multiple(retention, discount)


def test_what_is_no_such_measure_is_refused():
    """A churn rate is no retention rate; a number of nobody rests on nothing."""
    gone = churn_rate(list("ABCDE"), list("ABC"))
    other = Result("clv_modelled", 5.0, 4.0, 6.0, 50)

    with pytest.raises(InputError, match="retention_rate was expected"):
        clv_with_retention(100, gone, discount=0.1)
    with pytest.raises(InputError, match="clv_to_date was expected"):
        clv_with_retention(other, 0.8, discount=0.1)
    with pytest.raises(InputError, match="n, the customers"):
        clv_with_retention(100, 0.8, discount=0.1)
    with pytest.raises(InputError, match="a finite number"):
        clv_with_retention(math.nan, 0.8, discount=0.1, n=10)
