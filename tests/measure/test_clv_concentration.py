"""How much the highest-value customers hold."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure_cases import retail_purchases

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.clv import value_to_date
from journeykit.measure.clv_concentration import (
    CONCENTRATION_COLUMNS,
    HIGH_VALUE_COLUMNS,
    concentration_table,
    high_value_customers,
    revenue_concentration,
)
from journeykit.measure.purchases import purchase_days


def _table(*values: float) -> pd.DataFrame:
    names = [f"C{number:05d}" for number in range(len(values))]
    return pd.DataFrame({"customer": names, "value": np.array(values, dtype=float)})


def test_a_tenth_of_the_retail_customers_holds_598_of_a_thousand():
    """Definitions: 59.8 %: revenue, refunds not taken off, of 431 of 4,312."""
    values = value_to_date(purchase_days(retail_purchases()))
    found = revenue_concentration(values)

    assert 0.598 == pytest.approx(found.value, abs=5e-4)
    assert 4312 == found.n
    assert found.low < 0.598 < found.high
    assert 431 == len(high_value_customers(values))
    assert found.value == pytest.approx(
        high_value_customers(values)["cumulative_share"].iloc[-1]
    )


def test_refunds_taken_off_change_the_third_digit():
    """The definition survives the other reading of revenue: 59.8 % as well."""
    values = value_to_date(purchase_days(retail_purchases()), is_net=True)

    assert 0.598 == pytest.approx(revenue_concentration(values).value, abs=5e-4)


def test_one_customer_there_always_is():
    """A tenth of five is one half; a third of ten loses nothing to rounding."""
    values = _table(6, 1, 1, 1, 1)

    assert 0.6 == revenue_concentration(values).value
    assert ["C00000"] == high_value_customers(values)["customer"].tolist()
    assert 29 == len(high_value_customers(_table(*range(100)), top=0.29))


def test_equal_customers_hold_their_share():
    """No spread, no interval."""
    found = revenue_concentration(_table(*[3.0] * 10), top=0.5)

    assert (0.5, 0.5, 0.5) == (found.value, found.low, found.high)
    assert "the top 50\u00a0% of the customers, not a tenth" == found.note
    assert 1.0 == revenue_concentration(_table(*range(10)), top=1).value


def test_nothing_brought_is_not_measured():
    """A share of nothing, or of a loss, means nothing."""
    found = revenue_concentration(_table(1, -1, 0, 0, 0))

    assert found.value is None
    assert "all customers together have brought nothing" == found.note
    assert high_value_customers(_table(1, -1))["share"].isna().all()


def test_losses_make_the_best_hold_more_than_all():
    """Some have cost money: the others hold more than everything."""
    found = revenue_concentration(_table(8, 4, -1, -1, 0), top=0.4)

    assert 1.2 == pytest.approx(found.value)


def test_unknown_values_are_left_out_and_few_are_not_shown():
    """An unknown margin is no margin of 0."""
    found = revenue_concentration(_table(5, 4, 3, 2, 1, math.nan))

    assert 5 == found.n
    assert {"value unknown": 1} == found.left_out
    assert revenue_concentration(_table(5, 4, 3, 2)).value is None


def test_the_table_rises_to_one():
    """A point for each share, small enough for a chart."""
    found = concentration_table(_table(*range(1, 101)), tops=[0.1, 0.5, 1.0])

    assert list(CONCENTRATION_COLUMNS) == list(found.columns)
    assert [10, 50, 100] == found["n_top"].tolist()
    assert [955 / 5050, 3775 / 5050, 1.0] == pytest.approx(found["value"].tolist())
    assert {"enough"} == set(found["reliability"])
    assert concentration_table(_table())["n_top"].eq(0).all()


def test_high_value_customers_stand_in_order():
    """By value, then by name; by a share or by an amount."""
    values = pd.DataFrame({"customer": list("DCBA"), "value": [2.0, 5.0, 5.0, 8.0]})
    found = high_value_customers(values, at_least=5)

    assert list(HIGH_VALUE_COLUMNS) == list(found.columns)
    assert ["A", "B", "C"] == found["customer"].tolist()
    assert [1, 2, 3] == found["rank"].tolist()
    assert [0.4, 0.25, 0.25] == found["share"].tolist()
    assert [0.4, 0.65, 0.9] == pytest.approx(found["cumulative_share"].tolist())
    assert 0 == len(high_value_customers(values.iloc[:0]))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"top": 10}, "above 0 and up to 1"),
        ({"top": 0}, "above 0 and up to 1"),
        ({"top": 0.1, "at_least": 5}, "not both"),
        ({"at_least": math.nan}, "an amount of money"),
    ],
)
def test_shares_out_of_range_are_refused(options, words):
    """10 is not 10 %."""
    with pytest.raises(InputError, match=words):
        high_value_customers(_table(1, 2), **options)


def test_a_table_without_values_is_refused():
    """It offers what is there."""
    with pytest.raises(UnknownNameError, match="no column 'value'"):
        revenue_concentration(pd.DataFrame({"customer": ["A"], "amount": [1.0]}))


@given(st.lists(st.floats(0.01, 1000), min_size=5, max_size=50), st.floats(0.05, 1))
def test_the_best_hold_at_least_their_share(values, top):
    """Never less than an equal part, never more than all."""
    found = revenue_concentration(_table(*values), top=top)
    n_top = max(math.floor(len(values) * top + 1e-9), 1)

    assert n_top / len(values) <= found.value * (1 + 1e-9)
    assert found.low <= found.value <= found.high <= 1


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """Gamma values as of CDNOW; the truth from two million of them."""
    chance = np.random.default_rng(11)
    truth = revenue_concentration(_table(*chance.gamma(0.8, 1, 2_000_000))).value
    hits = 0
    for _ in range(400):
        found = revenue_concentration(_table(*chance.gamma(0.8, 1, 400)))
        hits += found.low <= truth <= found.high

    assert 0.92 <= hits / 400 <= 0.975
