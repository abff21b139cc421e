"""Differences of two groups against the literature."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.errors import InputError
from journeykit.measure.differences import (
    mean_difference,
    net_promoter_difference,
    share_difference,
)
from journeykit.measure.intervals import t_tail
from journeykit.measure.multiple import benjamini_hochberg

# Student's soporifics, "sleep" in R.
FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


@pytest.mark.parametrize(
    ("before", "after", "low", "high"),
    [
        ((48, 80), (56, 70), 0.0524, 0.3339),
        ((3, 10), (9, 10), 0.1705, 0.8090),
        ((2, 7), (6, 7), 0.0582, 0.8062),
        ((0, 29), (5, 56), -0.0381, 0.1926),
        ((0, 20), (0, 10), -0.1611, 0.2775),
        ((0, 10), (10, 10), 0.6075, 1.0),
    ],
)
def test_shares_give_newcombes_values(before, after, low, high):
    """Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10."""
    found = share_difference(*before, *after)

    assert (low, high) == pytest.approx((found.low, found.high), abs=6e-5)


def test_test_of_two_proportions_is_that_of_chi_square():
    """48 of 80 against 56 of 70: chi square of the two by two table, by hand."""
    found = share_difference(48, 80, 56, 70)
    square = 150 * (48 * 14 - 56 * 32) ** 2 / (80 * 70 * 104 * 46)

    assert math.erfc(math.sqrt(square / 2)) == pytest.approx(found.p_value)


@pytest.mark.parametrize(("count", "n"), [(0, 12), (12, 12)])
def test_nobody_and_everybody_show_no_difference(count, n):
    """Without any variance there is nothing to test: p is 1, not an error."""
    found = share_difference(count, n, count, n)

    assert (0.0, 1.0) == (found.value, found.p_value)
    assert found.low < 0 < found.high


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_order_of_the_groups_turns_the_sign(n_before, n_after, data):
    """Before and after in each other's place give the same interval, mirrored."""
    before = (data.draw(st.integers(0, n_before)), n_before)
    after = (data.draw(st.integers(0, n_after)), n_after)
    found = share_difference(*before, *after)
    turned = share_difference(*after, *before)

    assert -1 <= found.low <= found.value <= found.high <= 1
    assert -found.low == pytest.approx(turned.high)
    assert found.p_value == pytest.approx(turned.p_value)


def test_scores_differ_by_the_adjusted_variance():
    """(50, 20) and (60, 15) of 100, with 3/8, 3/8 and 3/4 answers added to each."""
    found = net_promoter_difference((50, 20, 100), (60, 15, 100))
    parts = [(50.375 / 101.5, 20.375 / 101.5), (60.375 / 101.5, 15.375 / 101.5)]
    variance = sum((p + d - (p - d) ** 2) / 101.5 for p, d in parts)
    middle = (parts[1][0] - parts[1][1]) - (parts[0][0] - parts[0][1])
    half = 1.959963985 * math.sqrt(variance)

    assert 15 == pytest.approx(found.value)
    assert 100 * (middle - half) == pytest.approx(found.low)
    assert 100 * (middle + half) == pytest.approx(found.high)
    assert math.erfc(middle / math.sqrt(2 * variance)) == pytest.approx(found.p_value)


@given(
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(1, 60)),
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(1, 60)),
)
def test_interval_of_scores_and_p_value_agree(before, after):
    """The interval leaves out 0 where p is below 0.05, and holds the difference."""
    first, second = (
        (p, d, n + p + d) for p, d, n in (before, after)
    )  # n: passives, one at least
    found = net_promoter_difference(first, second)

    assert -200 <= found.low <= found.value <= found.high <= 200
    if found.p_value < 0.05 and found.low < 0 < found.high:
        # Only where the interval was widened to hold the difference itself.
        assert found.value in (pytest.approx(found.low), pytest.approx(found.high))


def test_small_equal_groups_are_rarely_told_apart():
    """All outcomes of twelve answers each: the test is wrong in about one of twenty."""
    n, shares = 12, (0.5, 0.2)
    outcomes = [(p, d) for p in range(n + 1) for d in range(n + 1 - p)]
    chances = [
        math.factorial(n)
        / math.factorial(p)
        / math.factorial(d)
        / math.factorial(n - p - d)
        * shares[0] ** p
        * shares[1] ** d
        * 0.3 ** (n - p - d)
        for p, d in outcomes
    ]
    wrong = sum(
        first * second
        for one, first in zip(outcomes, chances, strict=True)
        for other, second in zip(outcomes, chances, strict=True)
        if net_promoter_difference((*one, n), (*other, n)).p_value < 0.05
    )

    assert 0.03 <= wrong <= 0.07


@pytest.mark.parametrize(
    "counts", [(-1, 0, 10), (6, 5, 10), (0, 0, 0), (1, 1, math.inf), (math.nan, 0, 5)]
)
def test_counts_that_are_no_score_are_refused(counts):
    """More answers in the classes than there are, or none at all."""
    with pytest.raises(InputError, match="promoters and detractors from 0"):
        net_promoter_difference(counts, (1, 1, 5))


@pytest.mark.parametrize("level", [0, 1, 95])
def test_level_is_a_share(level):
    """95 instead of 0.95 is refused, with the way to write it."""
    for compute in (
        lambda: share_difference(1, 2, 1, 2, level=level),
        lambda: net_promoter_difference((1, 1, 5), (1, 1, 5), level=level),
        lambda: mean_difference([1, 2], [3, 4], level=level),
    ):
        with pytest.raises(InputError, match=r"Write 95 % as 0\.95"):
            compute()


def test_means_give_welchs_values():
    """Student's sleep data: t.test(extra ~ group) in R's own help page."""
    found = mean_difference(SECOND, FIRST)

    assert -1.58 == pytest.approx(found.value)
    assert (-3.3654832, 0.2054832) == pytest.approx((found.low, found.high), abs=5e-8)
    assert 0.07939414 == pytest.approx(found.p_value, abs=5e-9)


def test_counts_stand_for_repeated_answers():
    """A frequency table gives what the single answers give."""
    once = mean_difference([1, 2, 2, 5], [3, 3, 3, 4])
    counted = mean_difference([1, 2, 5], [3, 4], counts=([1, 2, 1], [3, 1]))

    assert once == pytest.approx(counted)


def test_even_weights_change_nothing():
    """Weights of 2 for everybody are no information."""
    plain = mean_difference(FIRST, SECOND)
    weights = ([2] * 10, [0.5] * 10)

    assert plain == pytest.approx(mean_difference(FIRST, SECOND, weights=weights))


def test_uneven_weights_widen_the_interval():
    """The test rests on Kish's effective n, which uneven weights make smaller."""
    plain = mean_difference(FIRST, SECOND)
    weights = ([1, 9] * 5, [1] * 10)
    found = mean_difference(FIRST, SECOND, weights=weights)

    assert plain.high - plain.low < found.high - found.low


def test_one_answer_has_no_interval():
    """A single answer says nothing about spread: endless ends, no p value."""
    found = mean_difference([1], [2, 3])

    assert (1.5, -math.inf, math.inf) == found[:3]
    assert math.isnan(found.p_value)


@pytest.mark.parametrize(("after", "p_value"), [(4, 0.0), (3, 1.0)])
def test_groups_without_spread_differ_or_do_not(after, p_value):
    """Where all agree within a group, a difference is certain, or there is none."""
    found = mean_difference([3, 3, 3], [after] * 3)

    assert (after - 3, after - 3, after - 3, p_value) == found


def test_nothing_to_take_a_mean_of_is_refused():
    """No answers, or two ways to count them."""
    with pytest.raises(InputError, match="at least one answer"):
        mean_difference([], [1])
    with pytest.raises(InputError, match="either counts or weights"):
        mean_difference([1], [1], counts=([1], [1]), weights=([1], [1]))


@pytest.mark.parametrize(
    ("t", "df", "tail"),
    [
        (12.706204736432095, 1, 0.05),
        (2.2281388519649385, 10, 0.05),
        (-2.2281388519649385, 10, 0.05),
        (0, 3, 1.0),
        (1.959963984540054, 1e9, 0.05),
        (3.70742802132477, 6, 0.01),
    ],
)
def test_tail_of_students_t(t, df, tail):
    """Both sides together, as in the usual tables; the sign does not matter."""
    assert tail == pytest.approx(t_tail(t, df), rel=1e-7)


def test_benjamini_and_hochbergs_own_example():
    """Their 15 p values (1995, section 3.1): four are below 0.05 after adjusting."""
    given = [
        *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
        *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000),
    ]
    found = benjamini_hochberg(given)

    assert [True] * 4 + [False] * 11 == (found < 0.05).tolist()
    assert 0.0095 * 15 / 4 == pytest.approx(found[3])


def test_adjusted_p_values_keep_order_and_skip_gaps():
    """A later, smaller one caps those before; what was not tested does not count."""
    found = benjamini_hochberg([0.04, math.nan, 0.03, 0.9])

    assert [0.06, math.nan, 0.06, 0.9] == pytest.approx(found.tolist(), nan_ok=True)


def test_one_p_value_is_not_changed():
    """A single question needs no correction; none is no problem either."""
    assert [0.04] == benjamini_hochberg([0.04]).tolist()
    assert [] == benjamini_hochberg([]).tolist()


@pytest.mark.parametrize("wrong", [-0.1, 1.1])
def test_p_values_are_shares(wrong):
    """What is no probability is refused."""
    with pytest.raises(InputError, match="from 0 to 1"):
        benjamini_hochberg([0.5, wrong])


@given(st.lists(st.floats(0, 1), max_size=30))
def test_adjusting_raises_and_keeps_the_order(p_values):
    """No p value gets smaller, and a smaller one stays no larger than another."""
    found = benjamini_hochberg(p_values)
    order = np.argsort(p_values, kind="stable")

    assert (found >= np.array(p_values) - 1e-15).all()
    assert (found <= 1).all()
    assert (np.diff(found[order]) >= 0).all()
