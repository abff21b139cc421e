"""Growth by the rule: between values made alike, and not from 0."""

import math

import pandas as pd
import pytest
from measure_cases import bought
from pandas.testing import assert_frame_equal

from journeykit.errors import InputError
from journeykit.measure.clv_growth import (
    COHORT_VALUE_COLUMNS,
    ClvTerms,
    clv_at_age,
    clv_by_cohort,
    clv_growth_rate,
)
from journeykit.measure.purchases import purchase_days
from journeykit.measure.result import Result


@pytest.mark.parametrize(
    ("new", "old", "value", "words"),
    [
        (120, 100, 0.2, ""),
        (80, 100, -0.2, ""),
        (0, 100, -1, ""),
        (-50, -100, 0.5, ""),  # a smaller loss is growth
        (0, -100, 1, ""),
        (10, 0, None, "undefined from 0"),
        (20, -100, None, "across a change of sign"),
        (-20, 100, None, "across a change of sign"),
    ],
)
def test_growth_is_against_the_size_of_the_old_value(new, old, value, words):
    """(new - old) / abs(old), undefined at 0 and across a change of sign."""
    found = clv_growth_rate(new, old, n=40)

    assert value == (None if value is None else pytest.approx(found.value))
    assert (value is None) == (found.value is None)
    assert words in found.note
    assert found.low is found.high is None
    assert "clv_growth_rate" == found.definition


def test_results_bring_their_customers_along():
    """The smaller n decides; below the minimum there is no rate."""
    old = Result("clv_to_date", 100.0, 90.0, 110.0, 50)
    new = Result("clv_to_date", 130.0, 90.0, 170.0, 8)
    few = Result("clv_to_date", 130.0, 90.0, 170.0, 8, minimum=10)

    assert (0.3, 8) == (clv_growth_rate(new, old).value, clv_growth_rate(new, old).n)
    assert clv_growth_rate(few, old).value is None


def test_what_was_not_measured_does_not_grow():
    """It says which of the two is missing."""
    nothing = Result("clv_to_date", None, None, None, 0)

    assert "the new value" in clv_growth_rate(nothing, 100.0, n=40).note
    assert "the old value" in clv_growth_rate(100.0, nothing, n=40).note


def test_values_made_in_different_ways_do_not_grow():
    """Horizon, discount, margin rule and cohort age must be the same."""
    terms = ClvTerms(365, 0.1, "revenue", 90)
    other = ClvTerms(180, None, "revenue", 90)
    found = clv_growth_rate(120, 100, new_terms=terms, old_terms=other, n=40)
    alike = clv_growth_rate(120, 100, new_terms=terms, old_terms=terms, n=40)

    assert found.value is None
    assert "not alike: horizon 365 against 180, discount 0.1 against none" == found.note
    assert 0.2 == alike.value


def test_two_measures_do_not_grow_into_each_other():
    """A value to date and a modelled one are two things."""
    old = Result("clv_to_date", 100.0, 90.0, 110.0, 50)
    new = Result("clv_modelled", 100.0, 90.0, 110.0, 50)

    with pytest.raises(InputError, match="two values of one measure"):
        clv_growth_rate(new, old)
    with pytest.raises(InputError, match="of both values"):
        clv_growth_rate(old, old, new_terms=ClvTerms())
    with pytest.raises(InputError, match="n, the customers"):
        clv_growth_rate(2, 1)
    with pytest.raises(InputError, match="finite values"):
        clv_growth_rate(math.inf, 1, n=40)


@pytest.fixture
def purchases() -> pd.DataFrame:
    """Five came in January, five in February, five in April; refunds and late days."""
    return bought(
        *((who, "2026-01-10", 10.0) for who in "ABCDE"),
        ("A", "2026-01-20", 5.0),
        ("A", "2026-01-25", -1.0),
        ("A", "2026-03-20", 100.0),  # later than the first thirty days
        *((who, "2026-02-10", 22.0) for who in "FGHIJ"),
        ("F", "2026-02-09", -50.0),  # given back before he first bought
        *((who, "2026-04-20", 22.0) for who in "KLMNO"),
    )


def test_values_at_an_age_give_all_the_same_time(purchases):
    """Only the first thirty days count, of those who were seen that long."""
    days = purchase_days(purchases, until="2026-04-30")
    january = clv_at_age(days, age_days=30, came_until="2026-01-31")
    net = clv_at_age(days, age_days=30, came_until="2026-01-31", is_net=True)
    later = clv_at_age(days, age_days=30, came_since="2026-02-01")

    assert (11.0, 5) == (january.value, january.n)
    assert 10.8 == pytest.approx(net.value)
    assert (22.0, 5) == (later.value, later.n)
    assert {"not seen long enough": 5} == later.left_out
    assert "first 30 days: revenue" in january.note
    assert 1.0 == clv_growth_rate(later, january).value


def test_cohorts_stand_beside_each_other(purchases):
    """Each with its growth against the one before, and why there is none."""
    days = purchase_days(purchases, until="2026-04-30", since="2025-12-01")
    found = clv_by_cohort(days, age_days=30)

    assert list(COHORT_VALUE_COLUMNS) == list(found.columns)
    assert ["2026-01", "2026-02", "2026-03", "2026-04"] == found["cohort"].tolist()
    assert [11.0, 22.0] == found["value"][:2].tolist()
    assert 1.0 == found["growth_rate"][1]
    assert found["growth_rate"][[0, 2, 3]].isna().all()
    assert [
        "the first cohort",
        "",
        "the new value was not measured",
        "the new value was not measured",
    ] == found["note"].tolist()
    assert [0, 0, 0, 5] == found["n_left_out"].tolist()


def test_a_cohort_that_began_with_the_records_is_marked(purchases):
    """Its customers may be older, and the growth of the next is doubtful."""
    found = clv_by_cohort(purchase_days(purchases), age_days=30, cohort="quarter")

    assert "2026Q1" == found["cohort"][0]
    assert [
        "the records begin here: may hold older customers",
        "the cohort before may hold older customers",
    ] == found["note"].tolist()


def test_no_purchases_give_no_rows_of_the_same_types(purchases):
    """An empty table keeps its types."""
    none = clv_by_cohort(purchase_days(bought()), age_days=30)
    some = clv_by_cohort(purchase_days(purchases), age_days=30)

    assert_frame_equal(some.iloc[:0], none)
    assert clv_at_age(purchase_days(bought()), age_days=30).value is None


def test_options_out_of_range_are_refused(purchases):
    """A cohort by weeks has too few customers to grow."""
    days = purchase_days(purchases)
    with pytest.raises(InputError, match="'month', 'quarter', 'year'"):
        clv_by_cohort(days, age_days=30, cohort="week")
    with pytest.raises(InputError, match="1 day or more"):
        clv_at_age(days, age_days=0)
