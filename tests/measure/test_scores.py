"""NPS, CSAT, CES and mean satisfaction: published values, traps, decisions."""

import gzip
import io
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from journeykit.definitions import MEASURES
from journeykit.errors import InputError, TableError
from journeykit.measure.answers import read_answers
from journeykit.measure.result import Result
from journeykit.measure.scores import (
    customer_effort_score,
    customer_satisfaction_score,
    easy_share,
    felt_against_measured,
    mean_satisfaction,
    net_promoter_score,
)
from journeykit.model.survey import Scale

SURVEY = Path(__file__).parent.parent / "data" / "sfo_2017_survey.csv.gz"
TEN = Scale(lowest=0, highest=10)
FIVE = Scale(lowest=1, highest=5)
SEVEN = Scale(lowest=1, highest=7)
OLDER_EFFORT = Scale(lowest=1, highest=5, best="lowest")
NETPRO = Scale(lowest=0, highest=10, not_answers={"11": "no answer"})
RATING = Scale(
    lowest=1,
    highest=5,
    not_answers={"0": "blank", "6": "never used", "Blank": "not filled in"},
)
ALL_SCORES = (
    (net_promoter_score, TEN),
    (customer_satisfaction_score, FIVE),
    (mean_satisfaction, FIVE),
    (customer_effort_score, SEVEN),
    (easy_share, SEVEN),
)


@pytest.fixture(scope="module")
def airport() -> pd.DataFrame:
    """Return the airport survey as a reader gives it: text in every cell."""
    text = gzip.decompress(SURVEY.read_bytes()).decode("utf-8")
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


# --- net promoter score --------------------------------------------------------------


@pytest.mark.parametrize(
    ("promoters", "detractors", "n", "score", "low", "high"),
    [
        (50, 20, 100, 30.0, 14.05, 44.20),
        (162, 54, 324, 33.33, 24.95, 41.11),
        (10, 0, 10, 100.0, 47.50, 100.0),
    ],
)
def test_nps_gives_the_declared_values(promoters, detractors, n, score, low, high):
    """Rocks (2016): value and adjusted Wald interval, in points."""
    passives = n - promoters - detractors
    answers = [10] * promoters + [7] * passives + [2] * detractors
    result = net_promoter_score(answers, TEN)

    assert (score, low, high) == pytest.approx(
        (result.value, result.low, result.high), abs=6e-3
    )
    assert n == result.n


def test_nps_of_the_airport_survey(airport):
    """2017: 1,436 promoters, 342 detractors of 2,746; 11 and an empty cell go."""
    result = net_promoter_score(airport["NETPRO"], NETPRO)
    numbers = pd.to_numeric(airport["NETPRO"], errors="coerce")

    assert result.definition == "net_promoter_score"
    assert result.n == 2_746
    assert numbers.between(9, 10).sum() == 1_436
    assert numbers.between(0, 6).sum() == 342
    assert round(result.value, 2) == 39.84
    assert (round(result.low, 2), round(result.high, 2)) == (37.18, 42.41)
    assert result.left_out == {"11 no answer": 84, "empty": 1}
    assert result.n + result.n_left_out == 2_831
    assert result.effective_n is None
    assert result.reliability == "enough"
    assert result.note == ""


def test_weighted_nps_of_the_airport_survey(airport):
    """Weights move the score to 40.40 and widen its interval: they are worth 2,267."""
    plain = net_promoter_score(airport["NETPRO"], NETPRO)
    result = net_promoter_score(airport["NETPRO"], NETPRO, weights=airport["WEIGHT"])

    assert round(result.value, 2) == 40.40
    assert round(result.effective_n) == 2_267
    assert result.n == 2_746
    assert result.high - result.low > plain.high - plain.low


def test_eleven_counted_as_a_promoter_lifts_the_airports_score(airport):
    """The trap: with "no answer" read as a promoter the score would be 41.63."""
    trapped = airport["NETPRO"].replace("11", "10")

    assert round(net_promoter_score(trapped, TEN).value, 2) == 41.63


def test_a_zero_is_an_answer_in_the_airport_survey(airport):
    """17 of the 342 detractors said 0; read as blank, the score would be higher."""
    read = read_answers(airport["NETPRO"], NETPRO)
    blank = Scale(lowest=0, highest=10, not_answers={"11": "no answer", "0": "blank"})
    trapped = net_promoter_score(airport["NETPRO"], blank)

    assert (read.valid == 0).sum() == 17
    assert trapped.left_out == {"11 no answer": 84, "0 blank": 17, "empty": 1}
    assert trapped.value > 39.84


def test_an_undeclared_eleven_is_left_out_and_said():
    """A number outside the scale is no answer, and is never dropped in silence."""
    result = net_promoter_score([10, 9, 8, 7, 0, 11, -1, np.inf], TEN)

    assert result.n == 5
    assert result.value == 20
    assert result.left_out == {"outside the scale": 3}


@pytest.mark.parametrize(
    "scale",
    [
        FIVE,
        Scale(lowest=1, highest=10),
        Scale(lowest=0, highest=10, best="lowest"),
    ],
)
def test_nps_refuses_another_scale_than_0_to_10(scale):
    """A score from 1 to 5 read in silence is the commonest way to a wrong one."""
    with pytest.raises(InputError, match="State promoters_from and detractors_to"):
        net_promoter_score([5] * 10, scale)


def test_nps_on_another_scale_needs_limits_and_says_so():
    """On 1 to 10 the limits are stated, and the note carries them."""
    answers = [10, 9, 8, 7, 6, 1]
    scale = Scale(lowest=1, highest=10)
    result = net_promoter_score(answers, scale, promoters_from=9, detractors_to=6)

    assert result.value == 0
    assert result.note == (
        "promoters from 9, detractors to 6 on a scale of 1 to 10 where 10 is best, "
        "not the usual 9 and 6 on 0 to 10"
    )


def test_nps_turns_with_the_scale():
    """Where 1 is best, low answers promote."""
    answers = [1, 1, 1, 2, 5]
    result = net_promoter_score(
        answers, OLDER_EFFORT, promoters_from=1, detractors_to=3
    )

    assert result.value == pytest.approx(40)


def test_other_limits_on_the_usual_scale_are_said():
    """8 as a promoter is another score."""
    result = net_promoter_score([8, 8, 8, 8, 8], TEN, promoters_from=8, detractors_to=6)

    assert result.value == 100
    assert result.note.startswith("promoters from 8, detractors to 6")


def test_limits_of_nps_belong_together():
    """One limit alone, limits off the scale and limits crossed are errors."""
    with pytest.raises(InputError, match="expected together"):
        net_promoter_score([9] * 5, TEN, promoters_from=9)
    with pytest.raises(InputError, match="two limits on the scale"):
        net_promoter_score([9] * 5, TEN, promoters_from=11, detractors_to=6)
    with pytest.raises(InputError, match="two limits on the scale"):
        net_promoter_score([9] * 5, TEN, promoters_from=6, detractors_to=6)


def test_a_decimal_between_two_classes_is_passive():
    """8.9 is below 9 and 6.5 above 6: neither promotes nor detracts, both count."""
    result = net_promoter_score([9.0, "9.5", 8.9, 6.5, "6.0"], TEN)

    assert result.n == 5
    assert result.value == pytest.approx(20)


# --- satisfaction --------------------------------------------------------------------


def test_csat_is_the_share_of_fours_and_fives_with_wilsons_interval():
    """Newcombe (1998), table I: 81 of 263 and 15 of 148, by method 3."""
    first = customer_satisfaction_score({5: 41, 4: 40, 3: 100, 1: 82}, FIVE)
    second = customer_satisfaction_score({4: 15, 2: 133}, FIVE)

    assert first.value == pytest.approx(81 / 263)
    assert (round(first.low, 4), round(first.high, 4)) == (0.2553, 0.3662)
    assert (round(second.low, 4), round(second.high, 4)) == (0.0624, 0.1605)
    assert first.note == ""


def test_csat_of_nobody_satisfied_is_a_number():
    """Newcombe: 0 of 20 reaches up to 0.1611; 1 of 29 to 0.1718."""
    none = customer_satisfaction_score({1: 20}, FIVE)
    one = customer_satisfaction_score({5: 1, 1: 28}, FIVE)

    assert (none.value, none.low, round(none.high, 4)) == (0, 0, 0.1611)
    assert (round(one.low, 4), round(one.high, 4)) == (0.0061, 0.1718)


def test_codes_of_the_airport_survey_are_no_ratings(airport):
    """0 is blank, 6 never used; text codes go with the numbers."""
    result = customer_satisfaction_score(airport["Q7ALL"], RATING)

    assert result.n == 2_688
    assert result.value == pytest.approx((1_507 + 699) / 2_688)
    assert result.left_out == {"Blank not filled in": 143}


@pytest.mark.parametrize(
    ("scale", "answers", "share", "note"),
    [
        (
            Scale(lowest=1, highest=10),
            [10, 9, 8, 7, 1],
            0.4,
            "satisfied: 9 to 10 on a scale of 1 to 10 where 10 is best",
        ),
        (
            OLDER_EFFORT,
            [1, 2, 3, 4, 5],
            0.4,
            "satisfied: 1 to 2 on a scale of 1 to 5 where 1 is best",
        ),
        # The two best of 0 to 1 would be everybody.
        (
            Scale(lowest=0, highest=1),
            [0, 0, 0, 1, 1],
            0.4,
            "satisfied: 1 to 1 on a scale of 0 to 1 where 1 is best",
        ),
        (
            Scale(lowest=0, highest=1, best="lowest"),
            [0, 1, 1, 1, 1],
            0.2,
            "satisfied: 0 to 0 on a scale of 0 to 1 where 0 is best",
        ),
    ],
)
def test_csat_on_other_scales_takes_the_two_best_and_says_so(
    scale, answers, share, note
):
    """The set is the two best answers on the good side of the middle, and is said."""
    result = customer_satisfaction_score(answers, scale)

    assert share == result.value
    assert note == result.note


def test_csat_takes_a_declared_set():
    """Who counts 3 as satisfied says so, and the result repeats it."""
    result = customer_satisfaction_score([5, 4, 3, 2, 1], FIVE, satisfied_from=3)

    assert result.value == 0.6
    assert result.note.startswith("satisfied: 3 to 5")
    with pytest.raises(InputError, match="an answer on a scale of 1 to 5"):
        customer_satisfaction_score([5] * 5, FIVE, satisfied_from=6)


def test_mean_satisfaction_has_students_interval():
    """1 to 5: mean 3, half-width 2.776445 x sqrt(2.5 / 5) = 1.963243."""
    result = mean_satisfaction([1, 2, 3, 4, 5], FIVE)

    assert result.value == 3
    assert (round(result.low, 6), round(result.high, 6)) == (1.036757, 4.963243)


def test_mean_interval_is_cut_at_the_ends_of_the_scale():
    """Four fives and a one reach beyond 5; nobody can answer that."""
    result = mean_satisfaction([5, 5, 5, 5, 1], FIVE)

    assert result.high == 5
    assert mean_satisfaction([4] * 6, FIVE).low == 4


def test_mean_satisfaction_is_converted_to_1_to_5():
    """0 to 10 is stretched, a scale with 1 as the best turned round, and both said."""
    stretched = mean_satisfaction([0, 5, 5, 5, 10], TEN)
    turned = mean_satisfaction([1, 1, 1, 1, 2], OLDER_EFFORT)

    assert stretched.value == 3
    assert (
        stretched.note == "converted to 1 to 5 from a scale of 0 to 10 where 10 is best"
    )
    assert turned.value == pytest.approx(4.8)
    assert turned.note == "converted to 1 to 5 from a scale of 1 to 5 where 1 is best"


# --- effort --------------------------------------------------------------------------


def test_effort_is_a_mean_and_a_share_of_five_to_seven():
    """On 1 to 7 the high end is easy."""
    answers = [7, 6, 5, 4, 1]

    assert customer_effort_score(answers, SEVEN).value == pytest.approx(4.6)
    assert customer_effort_score(answers, SEVEN).note == ""
    assert easy_share(answers, SEVEN).value == 0.6
    assert easy_share(answers, SEVEN).note == ""


def test_the_older_effort_scale_runs_the_other_way():
    """On 1 to 5 where 1 is easy the mean stays as asked, and 1 and 2 are easy."""
    answers = [1, 1, 2, 3, 5]
    effort = customer_effort_score(answers, OLDER_EFFORT)
    easy = easy_share(answers, OLDER_EFFORT)

    assert effort.value == pytest.approx(2.4)
    assert effort.note == (
        "on a scale of 1 to 5 where 1 is best (easy), not to be held against 1 to 7"
    )
    assert easy.value == 0.6
    assert easy.note == "easy: 1 to 2 on a scale of 1 to 5 where 1 is best"


def test_easy_takes_a_declared_set():
    """Who counts only 6 and 7 as easy says so."""
    result = easy_share([7, 6, 5, 4, 1], SEVEN, easy_from=6)

    assert result.value == 0.4
    assert result.note == "easy: 6 to 7 on a scale of 1 to 7 where 7 is best"


# --- what is an answer ---------------------------------------------------------------


def test_numbers_and_text_of_numbers_are_the_same_answer():
    """Readers give text, spreadsheets numbers, databases decimals: all say 9."""
    answers = ["9", "9.0", " 9 ", 9, 9.0, np.int64(9), Decimal(9), "+9", "09"]
    result = net_promoter_score(answers, TEN)

    assert result.n == len(answers)
    assert result.value == 100


def test_codes_are_matched_by_what_they_say():
    """Text, whole and decimal numbers are one code; letters may be small or large."""
    scale = Scale(lowest=0, highest=10, not_answers={"11.0": "blank", "N/A": ""})
    result = net_promoter_score(["11", 11, 11.0, " 11 ", "n/a", "N/A ", 9], scale)

    assert result.left_out == {"11.0 blank": 4, "N/A": 2}


def test_a_declared_code_is_no_answer_even_on_the_scale():
    """Where 0 means blank it is no detractor, though the scale begins there."""
    scale = Scale(lowest=0, highest=10, not_answers={"0": "blank"})
    result = net_promoter_score([0, 0, 9, 9, 9, 9, 9], scale)

    assert result.value == 100
    assert result.left_out == {"0 blank": 2}


def test_every_kind_of_nothing_is_empty():
    """None, NaN, NA, NaT and blank text are left out as empty."""
    nothing = [None, np.nan, pd.NA, pd.NaT, "", "  ", float("nan"), Decimal("NaN")]
    result = net_promoter_score([9] * 5 + nothing, TEN)

    assert result.n == 5
    assert result.left_out == {"empty": 8}


def test_text_that_nobody_declared_is_refused_with_its_rows():
    """Rows count as a spreadsheet does, five are shown and all counted."""
    answers = pd.Series(["9", "nine", "8", *["4,5"] * 6], name="Q1")

    with pytest.raises(TableError) as caught:
        net_promoter_score(answers, TEN)
    error = caught.value
    assert error.where == "column Q1"
    assert error.rows[0] == (3, "nine")
    assert error.n_rows == 7
    assert len(error.rows) == 5
    assert str(error).startswith(
        "column Q1: a number from 0 to 10, or a word or code that the scale declares, "
        "was expected (row 3: 'nine'; row 5: '4,5'"
    )


@pytest.mark.parametrize(
    "answer", ["nan", "inf", "1e1", "9/10", "0x5", True, np.True_, [9], 9j]
)
def test_what_only_looks_like_an_answer_is_refused(answer):
    """Words that a float parser takes, truth values and lists are no answers."""
    with pytest.raises(TableError, match="row 2"):
        net_promoter_score([1, answer], TEN)


def test_truth_values_do_not_hide_behind_ones():
    """True equals 1 in Python, but is no answer."""
    with pytest.raises(TableError) as caught:
        mean_satisfaction([1, 1.0, True, 1], FIVE)

    assert caught.value.rows == ((3, "True"),)


def test_a_number_beyond_all_floats_is_outside_the_scale():
    """400 digits are no answer, above or below."""
    result = net_promoter_score([9] * 5 + [10**400, -(10**400)], TEN)

    assert result.left_out == {"outside the scale": 2}


# --- frequency tables ----------------------------------------------------------------


def test_a_frequency_table_is_the_answers_written_out():
    """Answer to count: same value, interval, n and left out as the long column."""
    table = {"10": 5, 9: 2, 8.0: 3, 0: 2, "11": 4, None: 1, 7: 0}
    column = [10] * 5 + [9] * 2 + [8] * 3 + [0] * 2 + [11] * 4 + [None]

    assert net_promoter_score(column, NETPRO) == net_promoter_score(table, NETPRO)
    long_mean = mean_satisfaction(column, NETPRO)
    short_mean = mean_satisfaction(table, NETPRO)
    assert (long_mean.low, long_mean.value, long_mean.high) == pytest.approx(
        (short_mean.low, short_mean.value, short_mean.high)
    )


@pytest.mark.parametrize("count", [-1, 2.5, np.nan, np.inf, True, "3", 10**400])
def test_counts_are_whole_numbers(count):
    """A count that is no whole number from 0 is refused with its line."""
    with pytest.raises(TableError, match="a whole number of answers was expected"):
        net_promoter_score({10: 5, 9: count}, TEN)


def test_a_frequency_table_takes_no_weights():
    """Weights belong to people, and a count has none."""
    with pytest.raises(InputError, match="weights belong to single answers"):
        net_promoter_score({10: 5}, TEN, weights=[1])


# --- weights -------------------------------------------------------------------------


def test_weights_move_the_value_and_the_effective_n():
    """Weights 4, 1, 1, 1, 1: promoters 4 of 8, effective n 64 / 20."""
    weights = ["4", 1, 1.0, Decimal(1), np.float64(1)]
    result = net_promoter_score([10, 7, 7, 7, 0], TEN, weights=weights)

    assert result.value == pytest.approx(100 * (4 - 1) / 8)
    assert result.effective_n == pytest.approx(3.2)
    assert result.n == 5


def test_weighted_share_and_mean():
    """CSAT (4 + 1) / 8, mean (4 x 5 + 4 + 3 + 2 + 1) / 8, on an effective n of 3.2."""
    weights = [4, 1, 1, 1, 1]
    share = customer_satisfaction_score([5, 4, 3, 2, 1], FIVE, weights=weights)
    mean = mean_satisfaction([5, 4, 3, 2, 1], FIVE, weights=weights)

    assert share.value == pytest.approx(5 / 8)
    assert mean.value == pytest.approx(30 / 8)
    assert share.effective_n == mean.effective_n == pytest.approx(3.2)


def test_the_interval_of_a_weighted_mean_rests_on_the_effective_n():
    """Weights 1 and 3, 10 times: n 16, half-width 2.131450 x sqrt(0.1875 / 15)."""
    result = mean_satisfaction([4, 3] * 10, FIVE, weights=[1, 3] * 10)

    assert result.value == pytest.approx(3.25)
    assert result.effective_n == pytest.approx(16)
    assert (round(result.low, 6), round(result.high, 6)) == (3.011697, 3.488303)


def test_answers_of_weight_zero_are_left_out_and_said():
    """They move nothing, so they do not help to reach the minimum either."""
    few = net_promoter_score([9] * 9, TEN, weights=[1] * 4 + [0] * 5)
    none = net_promoter_score([9] * 9, TEN, weights=[0] * 9)

    assert few.reliability == "fewer than minimum"
    assert few.left_out == {"weight 0": 5}
    assert none.reliability == "not measured"
    assert none.value is None
    assert none.n_left_out == 9


@pytest.mark.parametrize("weight", [-0.1, np.nan, None, "", "heavy", np.inf, True, [1]])
def test_weights_that_weigh_nothing_known_are_refused(weight):
    """A weight that is missing, below 0, endless or no number stops the measure."""
    weights = pd.Series([1, 1, weight], name="WEIGHT", dtype=object)

    with pytest.raises(
        TableError, match=r"column WEIGHT: a weight of 0 or more .*row 4"
    ):
        net_promoter_score([9, 9, 9], TEN, weights=weights)


def test_rows_of_a_plain_list_of_weights_count_from_one():
    """A list has no line of headings."""
    with pytest.raises(TableError, match=r"expected \(row 2: '-1'\)"):
        net_promoter_score([9, 9], TEN, weights=[1, -1])


def test_each_answer_has_one_weight():
    """A column of another length is refused."""
    with pytest.raises(InputError, match="a weight for each of 3 answers"):
        net_promoter_score([9, 9, 9], TEN, weights=[1, 1])


def test_weights_belong_where_answers_are_read():
    """Answers that were read before have their weights already."""
    read = read_answers([9] * 5, TEN)

    with pytest.raises(InputError, match="when the answers were read"):
        net_promoter_score(read, TEN, weights=[1] * 5)


# --- minimum and options -----------------------------------------------------------


@pytest.mark.parametrize(("measure", "scale"), ALL_SCORES)
def test_no_answer_is_not_measured_and_never_zero(measure, scale):
    """Nothing, only codes, only empty cells: no value, no interval."""
    for answers in ([], [None, ""], {}):
        result = measure(answers, scale)

        assert (result.value, result.low, result.high) == (None, None, None)
        assert result.n == 0
        assert result.reliability == "not measured"


@pytest.mark.parametrize(("measure", "scale"), ALL_SCORES)
def test_below_the_minimum_nothing_is_shown(measure, scale):
    """Four people are never shown; the minimum may be raised, not lowered."""
    four = measure([5] * 4, scale, weights=[1, 2, 3, 4])
    nine = measure([5] * 9, scale, minimum=10)

    assert (four.value, four.low, four.high, four.n) == (None, None, None, 4)
    assert four.effective_n is None
    assert four.reliability == "fewer than minimum"
    assert nine.value is None
    assert measure([5] * 10, scale, minimum=10).value is not None
    with pytest.raises(InputError, match="it may only be raised"):
        measure([5] * 10, scale, minimum=4)


@pytest.mark.parametrize(("measure", "scale"), ALL_SCORES)
def test_the_level_is_kept_and_checked(measure, scale):
    """A lower level is narrower; 95 is refused."""
    answers = [5, 5, 4, 3, 2, 1, 0, 0, 0, 0][: 10 if scale is TEN else 6]
    usual, narrow = measure(answers, scale), measure(answers, scale, level=0.8)

    assert narrow.level == 0.8
    assert narrow.high - narrow.low < usual.high - usual.low
    with pytest.raises(InputError, match="a level between 0 and 1"):
        measure(answers, scale, level=95)


@pytest.mark.parametrize(("measure", "scale"), ALL_SCORES)
@given(data=st.data())
def test_scores_stay_on_their_scale(measure, scale, data):
    """Whatever is answered and weighed: low <= value <= high within the definition."""
    ends = st.integers(int(scale.lowest), int(scale.highest))
    answers = data.draw(st.lists(ends, min_size=5, max_size=40))
    weight = st.floats(0, 1e6, allow_subnormal=False)
    weights = data.draw(
        st.none() | st.lists(weight, min_size=len(answers), max_size=len(answers))
    )
    level = data.draw(st.floats(0.05, 0.999))
    result = measure(answers, scale, weights=weights, level=level)
    definition = MEASURES[result.definition]

    assert result.n + result.n_left_out == len(answers)
    if result.n >= 5:
        assert definition.lowest <= result.low <= result.value
        assert result.value <= result.high <= definition.highest
    if weights is not None and result.n >= 5:
        assert 1 <= result.effective_n <= result.n * (1 + 1e-9)


@pytest.mark.parametrize(("measure", "scale"), ALL_SCORES)
@given(answers=st.lists(st.sampled_from(["1", "5", "", "11", " 3 "]), min_size=1))
def test_the_input_is_unchanged(measure, scale, answers):
    """Neither the column nor the weights are touched."""
    column, weights = pd.Series(answers, name="Q1"), pd.Series([0.5] * len(answers))
    column_before, weights_before = column.copy(), weights.copy()
    measure(column, scale, weights=weights)

    assert_series_equal(column_before, column)
    assert_series_equal(weights_before, weights)
    assert_frame_equal(column_before.to_frame(), column.to_frame())


# --- felt against measured ---------------------------------------------------------


def test_felt_minus_measured_has_the_interval_of_the_mean():
    """Felt +1.5 on average, measured 3.5: the team thinks better of it by 1.0."""
    mean = Result(
        "mean_satisfaction",
        3.5,
        3.25,
        4.0,
        40,
        {"0 blank": 2},
        30.0,
        0.9,
        10,
        "as asked",
    )
    gap = felt_against_measured(mean, [2, 1, None, np.nan])

    assert gap == Result(
        "felt_minus_measured",
        1.0,
        0.5,
        1.25,
        40,
        {"0 blank": 2},
        30.0,
        0.9,
        10,
        "as asked",
    )


def test_a_gap_needs_both_sides():
    """Without customers, without a team, or with too few answers there is no gap."""
    mean = Result("mean_satisfaction", 3.5, 3.25, 4.0, 40)
    unanswered = Result("mean_satisfaction", None, None, None, 0)
    few = Result("mean_satisfaction", None, None, None, 4)

    assert felt_against_measured(None, [1]).reliability == "not measured"
    assert felt_against_measured(None, [1]).note == "customers were not asked"
    assert felt_against_measured(mean, []).reliability == "not measured"
    assert felt_against_measured(mean, [None]).left_out == {
        "the team gave no emotion": 40
    }
    assert felt_against_measured(unanswered, []).left_out == {}
    assert felt_against_measured(unanswered, [1]).value is None
    assert felt_against_measured(few, [1]).reliability == "fewer than minimum"


@pytest.mark.parametrize("emotion", [3, -2.5, True, "1"])
def test_an_emotion_is_a_number_from_minus_two_to_two(emotion):
    """Anything else was not converted on import."""
    mean = Result("mean_satisfaction", 3.5, 3.25, 4.0, 40)

    with pytest.raises(InputError, match=r"an emotion from -2 to \+2"):
        felt_against_measured(mean, [emotion])


def test_only_a_mean_satisfaction_is_held_against_emotions():
    """A share of satisfied answers is on no scale of emotions."""
    share = Result("customer_satisfaction_score", 0.5, 0.4, 0.6, 40)

    with pytest.raises(InputError, match="a mean satisfaction was expected"):
        felt_against_measured(share, [1])
