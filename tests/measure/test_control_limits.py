"""Control limits and trends against the textbook."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.errors import InputError, TableError, UnknownNameError
from journeykit.measure.control_limits import (
    P_CHART_COLUMNS,
    XMR_COLUMNS,
    p_chart,
    xmr_chart,
)
from journeykit.measure.trend import Trend, trend_of

JUICE = [
    *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
    *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
]
"""Bad cans in 30 samples of 50 (Montgomery, table 7.1)."""

ORDERS = [
    *(12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6),
    *(8, 10, 7, 5, 8, 5, 8, 10, 6, 9),
]
ORDERS_OF = [
    *(100, 80, 80, 100, 110, 110, 100, 100, 90, 90, 110, 120, 120, 120, 110),
    *(80, 80, 80, 90, 100, 100, 100, 100, 90, 90),
]
"""Wrong purchase orders, and all of the week (Montgomery, table 7.4)."""

COSTS = [
    *(310, 288, 297, 298, 307, 303, 294, 297, 308, 306),
    *(294, 299, 297, 299, 314, 295, 293, 306, 301, 304),
]
"""Costs of 20 loans (Montgomery, example on individual measurements)."""


def counted(counts: list[float], n: list[float]) -> pd.DataFrame:
    """Return a table of counts over time."""
    return pd.DataFrame({"period": range(1, len(counts) + 1), "count": counts, "n": n})


def valued(*values: float | None) -> pd.DataFrame:
    """Return a table of values over time."""
    return pd.DataFrame({"period": range(1, len(values) + 1), "value": values})


def test_p_chart_gives_the_textbooks_limits():
    """Montgomery, section 7.2: 0.2313, 0.0524 to 0.4102; samples 15 and 23 are out."""
    found = p_chart(counted(JUICE, [50] * 30))
    first = found.iloc[0]
    out = found.loc[found["signal"] == "above the limit", "period"]

    assert 0.2313 == pytest.approx(first["centre"], abs=5e-5)
    assert 0.0524 == pytest.approx(first["lower_limit"], abs=5e-5)
    assert 0.4102 == pytest.approx(first["upper_limit"], abs=5e-5)
    assert [15, 23] == out.to_list()


def test_limits_follow_the_answers_of_each_period():
    """Montgomery, table 7.4: centre 0.096; the limit of 110 orders is 0.180."""
    found = p_chart(counted(ORDERS, ORDERS_OF)).set_index("period")

    assert 234 / 2450 == pytest.approx(found.loc[1, "centre"])
    assert 0.180 == pytest.approx(found.loc[11, "upper_limit"], abs=5e-4)
    assert 0.184 == pytest.approx(found.loc[1, "upper_limit"], abs=5e-4)
    assert {11: "above the limit"} == found["signal"][found["signal"] != ""].to_dict()


def test_xmr_chart_gives_the_textbooks_limits():
    """Montgomery: mean 300.5, mean moving range 7.79, limits 279.78 and 321.22."""
    found = xmr_chart(valued(*COSTS))
    first = found.iloc[0]

    assert 300.5 == pytest.approx(first["centre"])
    assert 148 / 19 == pytest.approx(found["moving_range"].mean())
    assert (279.78, 321.22) == pytest.approx(
        (first["lower_limit"], first["upper_limit"]), abs=5e-3
    )
    assert 25.45 == pytest.approx(first["range_limit"], abs=1e-2)
    assert (found["signal"] == "").all()


def test_eight_on_one_side_are_a_signal():
    """From the eighth on; a point on the other side or on the centre ends the run."""
    values = [5, 7] * 5 + [6.5] * 9
    found = xmr_chart(valued(*values), baseline=10)

    assert [""] * 16 + ["8 on one side"] * 3 == found["signal"].to_list()


def test_a_baseline_keeps_a_change_from_hiding_itself():
    """With limits from all periods the shift widens them; from the first ones not."""
    values = [10, 11, 10, 9, 10, 11, 9, 10, 15, 16, 15, 16]
    own = xmr_chart(valued(*values), baseline=8)

    assert ["above the limit"] * 4 == own["signal"].to_list()[8:]
    assert 10.0 == own["centre"].iloc[0]


def test_a_jump_within_the_limits_is_a_signal_of_its_own():
    """From one end of the limits to the other in one step."""
    values = [10, 11, 9, 10, 11, 9, 10, 11, 6.5, 13.5]
    found = xmr_chart(valued(*values), baseline=8)

    assert "jump" == found["signal"].iloc[-1]


def test_gaps_are_shown_and_counted_for_nothing():
    """A period without a value has no signal, and no range to its neighbours."""
    found = xmr_chart(valued(5, None, 7, 6, 7))

    assert "" == found["signal"].iloc[1]
    assert np.isnan(found["value"].iloc[1])
    assert [True, True, True, False, False] == found["moving_range"].isna().to_list()
    assert 6.25 == found["centre"].iloc[0]


@pytest.mark.parametrize("values", [(), (4.0,), (None, 4.0, None)])
def test_one_value_has_no_limits(values):
    """Nothing is known about noise; the note says what is needed."""
    found = xmr_chart(valued(*values))

    assert found["upper_limit"].isna().all()
    assert {"no limits: two measured periods are needed"} >= set(found["note"])
    assert list(XMR_COLUMNS) == list(found.columns)


def test_one_period_has_no_limits_of_a_share():
    """The same for a p-chart."""
    found = p_chart(counted([3], [50]))

    assert [0.06] == found["value"].to_list()
    assert found["upper_limit"].isna().all()
    assert "no limits: two measured periods are needed" == found["note"].item()
    assert list(P_CHART_COLUMNS) == list(found.columns)


def test_few_periods_make_rough_limits():
    """Below eight periods the note says so."""
    assert {"limits from 3 periods are rough"} == set(
        p_chart(counted([3, 4, 5], [50] * 3))["note"]
    )
    assert {""} == set(xmr_chart(valued(*COSTS))["note"])


def test_small_periods_are_not_shown():
    """Four answers are below the minimum: no share, and they make no limits."""
    found = p_chart(counted([10, 4, 12, np.nan], [50, 4, 50, 50]))

    assert [0.2, 0.24] == found["value"].dropna().to_list()
    assert {0.22} == set(found["centre"])
    assert ["enough", "fewer than minimum", "enough", "not measured"] == found[
        "reliability"
    ].to_list()
    assert found["upper_limit"].isna().to_list() == [False, True, False, True]


def test_everybody_every_time_is_no_signal():
    """A share of 1 in all periods has limits of no width; nothing is beyond them."""
    found = p_chart(counted([50] * 7, [50] * 7))

    assert {""} == set(found["signal"])
    assert {1.0} == set(found["upper_limit"])


def test_weighted_counts_may_be_fractions():
    """A weighted share times Kish's effective n is a count like any other."""
    found = p_chart(counted([10.5, 12.25], [40.5, 40.5]))

    assert [10.5 / 40.5, 12.25 / 40.5] == pytest.approx(found["value"].to_list())


def test_a_shift_is_found_and_noise_is_not():
    """In 200 calm series few points signal; after a shift of three sigma most do."""
    rng = np.random.default_rng(3)
    calm = [
        (xmr_chart(valued(*rng.normal(size=20)))["signal"] != "").sum()
        for _ in range(200)
    ]
    shifted = [
        (
            xmr_chart(
                valued(*rng.normal(size=12), *rng.normal(3, 1, size=8)), baseline=12
            )
            .loc[12:, "signal"]
            .ne("")
        ).any()
        for _ in range(200)
    ]

    assert sum(calm) / (200 * 20) < 0.04
    assert sum(shifted) / 200 > 0.95


@pytest.mark.parametrize("baseline", [1, 0, -3])
def test_a_baseline_needs_two_periods(baseline):
    """One period says nothing about noise."""
    with pytest.raises(InputError, match="a baseline of 2 periods or more"):
        xmr_chart(valued(1, 2, 3), baseline=baseline)
    with pytest.raises(InputError, match="a baseline of 2 periods or more"):
        p_chart(counted([1, 2], [9, 9]), baseline=baseline)


def test_faulty_tables_are_refused():
    """A count above its n, below 0, a word, a missing column: each with its row."""
    with pytest.raises(TableError, match=r"column count.*row 3: '9 of 8'"):
        p_chart(counted([5, 9], [8, 8]))
    with pytest.raises(TableError, match="column count: a number from 0"):
        p_chart(counted([5, -1], [8, 8]))
    with pytest.raises(TableError, match="column value: a number"):
        xmr_chart(pd.DataFrame({"period": [1], "value": ["many"]}))
    with pytest.raises(UnknownNameError, match="there is no column 'period'"):
        xmr_chart(pd.DataFrame({"value": [1.0]}))
    with pytest.raises(InputError, match="may only be raised"):
        p_chart(counted([5], [8]), minimum=1)


def test_a_line_that_always_rises_is_rising():
    """Six in order: two of 720 orders are as clear; the slope is the middle one."""
    found = trend_of([1, 2, 3, 4, 5, 7])

    assert ("rising", 6) == (found.direction, found.n)
    assert 2 / 720 == pytest.approx(found.p_value)
    assert 1 == found.slope


def test_falling_is_rising_turned_round():
    """The same p value, the slope with the other sign."""
    up, down = trend_of([1, 3, 2, 5, 6, 8]), trend_of([8, 6, 5, 2, 3, 1])

    assert ("rising", "falling") == (up.direction, down.direction)
    assert up.p_value == down.p_value
    assert up.slope == -down.slope


@pytest.mark.parametrize(
    ("values", "one_side"),
    [
        ([2, 1, 3, 5, 4, 8, 6, 7, 10, 9], 0.00047),  # 5 inversions: score 35
        ([4, 3, 1, 2, 8, 6, 5, 10, 7, 9], 0.023),  # 11 inversions: score 23
        ([4, 3, 1, 2, 8, 6, 7, 10, 5, 9], 0.036),  # 12 inversions: score 21
    ],
)
def test_kendalls_own_table(values, one_side):
    """Kendall, Rank Correlation Methods, appendix table 1, ten ranks."""
    assert one_side == pytest.approx(trend_of(values).p_value / 2, rel=0.03)


@pytest.mark.parametrize("values", [[], [3], [3, 4], [1, 2, 3], [1, 2, 3, 4]])
def test_few_periods_have_no_trend(values):
    """Four in order happen by chance in one of twelve series."""
    assert "too few periods" == trend_of(values).direction


def test_gaps_count_as_time():
    """A wave that was not measured is a period all the same; the slope allows it."""
    found = trend_of([10, None, 14, 16, float("nan"), 20, 22])

    assert Trend("rising", 2.0, 2 / 120, 5) == found


def test_ties_have_no_order():
    """Equal values count for neither side; all equal are no trend."""
    assert Trend("no clear trend", 0.0, 1.0, 6) == trend_of([4] * 6)
    # Score 14 of 15 pairs, variance (6*5*17 - 2*1*9) / 18 = 27.33, z 13 / 5.228.
    assert 0.0129 == pytest.approx(trend_of([1, 2, 2, 3, 4, 5]).p_value, abs=1e-4)


def test_long_series_use_the_normal_curve():
    """At 40 and 41 periods the exact and the other way give nearly the same."""
    rng = np.random.default_rng(4)
    values = np.arange(40) * 0.02 + rng.normal(size=40)
    exact = trend_of(values).p_value
    near = trend_of([*values, float(np.median(values)) + 1e-6]).p_value

    assert exact == pytest.approx(near, rel=0.25)


@given(st.lists(st.integers(0, 50), min_size=5, max_size=12, unique=True))
def test_p_values_are_shares(values):
    """Whatever the order, p lies between 0 and 1 and the direction follows it."""
    found = trend_of(values)

    assert 0 < found.p_value <= 1
    assert (found.p_value < 0.05) == (found.direction in ("rising", "falling"))


def test_chance_alone_makes_few_trends():
    """Of 2,000 series of eight waves without a trend at most one in twenty has one."""
    rng = np.random.default_rng(8)
    found = [trend_of(rng.normal(size=8)).direction for _ in range(2_000)]

    assert sum(word in ("rising", "falling") for word in found) <= 0.05 * 2_000


def test_endless_values_and_wrong_levels_are_refused():
    """The message says what was expected."""
    with pytest.raises(InputError, match="finite numbers"):
        trend_of([1, 2, float("inf")])
    with pytest.raises(InputError, match=r"Write 95 % as 0\.95"):
        trend_of([1, 2, 3], level=95)
