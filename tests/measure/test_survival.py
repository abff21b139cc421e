"""Survival against the literature, and where it has no answer."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure_cases import bought
from pandas.testing import assert_frame_equal

from journeykit.errors import InputError
from journeykit.measure.purchases import purchase_days
from journeykit.measure.survival import (
    SURVIVAL_COLUMNS,
    customer_lifetimes,
    median_survival,
    survival,
    survival_at,
)

# Freireich et al. (1963), Blood 21, 699-716: weeks of remission under 6-MP; True where
# it ended, False where the patient was still in remission.
FREIREICH = [
    *[(6, True), (6, True), (6, True), (6, False), (7, True), (9, False)],
    *[(10, True), (10, False), (11, False), (13, True), (16, True), (17, False)],
    *[(19, False), (20, False), (22, True), (23, True), (25, False), (32, False)],
    *[(32, False), (34, False), (35, False)],
]
WEEKS, ENDED = ([row[at] for row in FREIREICH] for at in (0, 1))


def test_freireichs_patients_survive_as_published():
    """Kaplan-Meier of the 6-MP arm at each time of loss."""
    found = survival(WEEKS, ENDED).set_index("time")["value"]

    assert [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448] == pytest.approx(
        found[[6, 7, 10, 13, 16, 22, 23]].tolist(), abs=5e-4
    )
    assert [21, 0.857, 0.857] == pytest.approx(
        [len(WEEKS), found[6], survival_at(6.9, WEEKS, ENDED).value], abs=5e-4
    )


def test_their_intervals_are_those_of_r():
    """R, survfit(conf.type = "log-log"), at 6, 10 and 23 weeks; median 13 to NA."""
    found = survival(WEEKS, ENDED).set_index("time")
    median = median_survival(WEEKS, ENDED)

    assert (0.6197, 0.9516) == pytest.approx(
        tuple(found.loc[6, ["low", "high"]]), abs=5e-5
    )
    assert (0.5032, 0.8894) == pytest.approx(
        tuple(found.loc[10, ["low", "high"]]), abs=5e-5
    )
    assert (0.1881, 0.6801) == pytest.approx(
        tuple(found.loc[23, ["low", "high"]]), abs=5e-5
    )
    assert (23, 13, None) == (median.value, median.low, median.high)
    assert "upper end lies beyond" in median.note


def test_each_row_counts_who_was_at_risk():
    """Whoever is last seen at a time was at risk at it: the loss comes first."""
    found = survival(WEEKS, ENDED)

    assert list(SURVIVAL_COLUMNS) == list(found.columns)
    assert [0, 21, 0, 0] == found.loc[
        0, ["time", "at_risk", "lost", "censored"]
    ].tolist()
    assert [6, 21, 3, 1] == found.loc[
        1, ["time", "at_risk", "lost", "censored"]
    ].tolist()
    assert [7, 17, 1, 0] == found.loc[
        2, ["time", "at_risk", "lost", "censored"]
    ].tolist()
    assert {"few answers"} == set(found["reliability"])
    assert {21} == set(found["n"])


def test_leaving_out_who_is_still_there_would_make_lives_short():
    """The median of the nine who relapsed is 10 weeks, not 23."""
    ended = [week for week, is_over in FREIREICH if is_over]

    assert 10 == np.median(ended)
    assert 10 == median_survival(ended, [True] * len(ended)).value


def test_nobody_gone_is_no_certainty():
    """Without a loss the lower end is Wilson's, and there is no median."""
    found = survival([5] * 20, [False] * 20)
    median = median_survival([5] * 20, [False] * 20)

    assert [1.0, 1.0] == found["value"].tolist()
    assert 1 - 0.1611 == pytest.approx(found["low"][0], abs=5e-5)
    assert [1.0, 1.0] == found["high"].tolist()
    assert median.value is None
    assert "more than half" in median.note


def test_everybody_gone_keeps_the_end_of_the_step_before():
    """The scale of log(-log S) has no 0."""
    found = survival([1, 2, 3, 4, 5], [True] * 5)
    at_once = survival([0] * 5, [True] * 5)

    assert (0.0, 0.0) == (found["value"].iloc[-1], found["low"].iloc[-1])
    assert found["high"].iloc[-2] == found["high"].iloc[-1]
    assert [0.0, 0.0, 1.0] == at_once.loc[0, ["value", "low", "high"]].tolist()


def test_a_survival_of_exactly_one_half_is_the_median():
    """Products of shares come to one half only up to rounding."""
    durations = list(range(1, 15))

    assert 7 == median_survival(durations, [True] * 14).value


def test_beyond_the_last_time_nothing_is_known():
    """Extending the curve would invent customers."""
    found = survival_at(36, WEEKS, ENDED)

    assert found.value is None
    assert "longer than 35" in found.note
    assert 1.0 == survival_at(0, WEEKS, ENDED).value
    assert 0.0 == survival_at(9, [1, 2, 3, 4, 5], [True] * 5).value
    assert 0.448 == pytest.approx(survival_at(35, WEEKS, ENDED).value, abs=5e-4)


def test_fewer_than_the_minimum_are_not_shown():
    """Four people could be recognised."""
    found = survival([1, 2, 3, 4], [True] * 4)

    assert found["value"].isna().all()
    assert {"fewer than minimum"} == set(found["reliability"])
    assert survival_at(1, [1, 2], [True] * 2).value is None
    assert median_survival([], []).value is None


def test_unknown_durations_are_left_out_and_counted():
    """An empty cell is no duration of 0."""
    found = survival([1, 2, 3, 4, 5, math.nan], [True] * 6)

    assert {"no duration": 1} == found["left_out"][0]
    assert 5 == found["n"][0]


@pytest.mark.parametrize(
    ("durations", "is_lost", "words"),
    [
        ([1, 2], [True], "as many durations"),
        ([-1, 2], [True, True], "durations from 0"),
        ([1, 2], [True, None], "true or false"),
        ([1, 2], [2, 0], "true or false"),
    ],
)
def test_what_is_no_lifetime_is_refused(durations, is_lost, words):
    """One sentence says what was expected."""
    with pytest.raises(InputError, match=words):
        survival(durations, is_lost)


def test_a_time_below_0_is_refused():
    """Nobody leaves before he came."""
    with pytest.raises(InputError, match="a time from 0"):
        survival_at(-1, WEEKS, ENDED)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=5, max_size=40),
    st.randoms(use_true_random=False),
)
def test_curves_fall_and_stay_within_their_intervals(rows, chance):
    """From 1 downwards, never outside 0 to 1, whatever the order of the rows."""
    found = survival(*zip(*rows, strict=True))
    shuffled = list(rows)
    chance.shuffle(shuffled)

    assert (np.diff(found["value"]) <= 0).all()
    assert (found["low"] <= found["value"]).all()
    assert (found["value"] <= found["high"]).all()
    assert found[["low", "high"]].stack().between(0, 1).all()
    assert_frame_equal(found, survival(*zip(*shuffled, strict=True)))


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """600 samples of 60 with censoring; survival at time 1 of rate 1 is exp(-1)."""
    chance = np.random.default_rng(3)
    hits = 0
    for _ in range(600):
        lives, seen = chance.exponential(1, 60), chance.uniform(0.2, 3, 60)
        found = survival_at(1, np.minimum(lives, seen), lives <= seen)
        hits += found.low <= math.exp(-1) <= found.high

    assert 0.93 <= hits / 600 <= 0.975


def test_customers_are_lost_after_a_silence():
    """Lost when the silence is over, not on the last day on which they bought."""
    table = bought(
        ("A", "2026-01-01", 1.0),
        ("A", "2026-01-11", 1.0),
        ("B", "2026-05-01", 1.0),
        ("C", "2026-01-01", 1.0),
        ("C", "2026-04-30", 1.0),  # a silence, but he came back
    )
    days = purchase_days(table, until="2026-05-31")
    found = customer_lifetimes(days, silent_days=90)

    assert [
        ["A", 100, True],
        ["B", 30, False],
        ["C", 150, False],
    ] == found.values.tolist()
    assert (
        0
        == customer_lifetimes(days, silent_days=90, until="2026-01-31")["is_lost"].sum()
    )
    with pytest.raises(InputError, match="above 0 days"):
        customer_lifetimes(days, silent_days=0)
