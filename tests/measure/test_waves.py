"""Waves of a survey: scores over time, and changes with interval and test."""

import math

import numpy as np
import pandas as pd
import pytest

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.changes import rate_change
from journeykit.measure.differences import net_promoter_difference, share_difference
from journeykit.measure.kpi_lines import kpi_lines
from journeykit.measure.result import Result
from journeykit.measure.scores import SCORE_COLUMNS, score_table
from journeykit.measure.waves import (
    CHANGE_COLUMNS,
    WAVE_COLUMNS,
    SurveyWave,
    changes_at,
    wave_changes,
    wave_scores,
)
from journeykit.model.survey import Condition, Group, Question, Scale, SurveyMapping

ONE_TO_FIVE = Scale(lowest=1, highest=5, not_answers={"0": "blank"})
NETPRO = Question(
    column="NETPRO",
    asks="recommend",
    scale=Scale(lowest=0, highest=10, not_answers={"11": "no answer"}),
)
STAFF = Question(column="staff", asks="satisfaction", scale=ONE_TO_FIVE)
EFFORT = Question(column="effort", asks="effort", scale=Scale(lowest=1, highest=7))
YOUNG = Group(
    subject="young",
    conditions=(Condition(column="age", test="at_most", values=("30",)),),
)


def wave(name: str, mapping: SurveyMapping, **columns: object) -> SurveyWave:
    """Return a wave whose columns have these answers."""
    return SurveyWave(name, pd.DataFrame(columns), mapping)


def recommending(promoters: int, passives: int, detractors: int) -> list[int]:
    """Return answers from 0 to 10."""
    return [10] * promoters + [8] * passives + [3] * detractors


def test_net_promoter_scores_of_two_waves_are_compared():
    """30 and 45 points of 100 answers each: the difference, its interval and its p."""
    mapping = SurveyMapping(questions=(NETPRO,))
    before = wave("2025", mapping, NETPRO=recommending(50, 30, 20))
    after = wave("2026", mapping, NETPRO=[*recommending(60, 25, 15), 11])
    row = wave_changes(before, after).iloc[0]
    expected = net_promoter_difference((50, 20, 100), (60, 15, 100))

    assert ("2025", "2026") == (row["wave_before"], row["wave_after"])
    assert (30, 45) == pytest.approx((row["before"], row["after"]))
    assert tuple(expected) == pytest.approx(
        tuple(row[["value", "low", "high", "p_value"]])
    )
    assert (100, 100, 100) == tuple(row[["n_before", "n_after", "n"]])
    assert {"11 no answer": 1} == row["left_out"]
    assert "adjusted Wald" == row["test"]
    assert not row["is_change"]


def test_shares_and_means_of_two_waves_are_compared():
    """CSAT by Newcombe and two proportions, the mean by Welch, of the same answers."""
    mapping = SurveyMapping(questions=(STAFF,))
    old, new = [5] * 48 + [3] * 32, [5] * 56 + [3] * 14
    rows = wave_changes(
        wave("old", mapping, staff=old), wave("new", mapping, staff=new)
    ).set_index("definition")
    share, mean = rows.loc["customer_satisfaction_score"], rows.loc["mean_satisfaction"]

    assert tuple(share_difference(48, 80, 56, 70)) == pytest.approx(
        tuple(share[["value", "low", "high", "p_value"]])
    )
    assert "two proportions" == share["test"]
    assert share["is_change"]
    # Means 4.2 and 4.6; variances of the means 0.96 / 79 and 0.64 / 69.
    error = math.sqrt(0.96 / 79 + 0.64 / 69)
    assert 0.4 == pytest.approx(mean["value"])
    assert 0.4 - 1.98 * error == pytest.approx(mean["low"], abs=1e-3)
    assert "Welch" == mean["test"]


def test_effort_is_compared_on_its_own_scale():
    """CES on 1 to 7 is not converted: a step is a step."""
    mapping = SurveyMapping(questions=(EFFORT,))
    rows = wave_changes(
        wave("a", mapping, effort=[3, 4, 5] * 4),
        wave("b", mapping, effort=[4, 5, 6] * 4),
    ).set_index("definition")

    assert 1 == pytest.approx(rows.loc["customer_effort_score", "value"])
    assert 1 == pytest.approx(
        rows.loc["customer_effort_score", "high"] * 0.5
        + rows.loc["customer_effort_score", "low"] * 0.5
    )
    assert 1 / 3 == pytest.approx(rows.loc["easy_share", "value"])


def test_mean_on_a_scale_that_runs_down_keeps_its_sign():
    """Where 1 is best, lower answers are a better mean; the interval follows."""
    scale = Scale(lowest=1, highest=3, best="lowest")
    mapping = SurveyMapping(
        questions=(Question(column="staff", asks="satisfaction", scale=scale),)
    )
    rows = wave_changes(
        wave("a", mapping, staff=[3, 2, 3, 2, 2, 3]),
        wave("b", mapping, staff=[1, 2, 1, 2, 1, 1]),
    ).set_index("definition")
    mean = rows.loc["mean_satisfaction"]

    # Raw means 2.5 and 1.333; two raw steps are four on 1 to 5.
    assert 7 / 3 == pytest.approx(mean["value"])
    assert mean["low"] < 7 / 3 < mean["high"]
    assert (mean["low"] + mean["high"]) / 2 == pytest.approx(7 / 3)


def test_even_weights_give_the_unweighted_change():
    """Weights of 2 for everybody change neither the difference nor the test."""
    plain = SurveyMapping(questions=(NETPRO, STAFF))
    weighted = SurveyMapping(questions=(NETPRO, STAFF), weight="w")
    old = {"NETPRO": recommending(20, 10, 10), "staff": [4, 3] * 20, "w": [2.0] * 40}
    new = {"NETPRO": recommending(26, 8, 6), "staff": [5, 3] * 20, "w": [2.0] * 40}
    numbers = ["value", "low", "high", "p_value", "p_adjusted"]
    expected = wave_changes(wave("a", plain, **old), wave("b", plain, **new))
    found = wave_changes(wave("a", weighted, **old), wave("b", weighted, **new))

    pd.testing.assert_frame_equal(expected[numbers], found[numbers])
    assert [40.0] * 3 == pytest.approx(found["effective_n_after"].to_list())
    assert expected["effective_n_after"].isna().all()


def test_uneven_weights_make_the_interval_wider():
    """The interval rests on Kish's effective n, and the score on the weights."""
    mapping = SurveyMapping(questions=(NETPRO,), weight="w")
    answers = recommending(20, 10, 10)
    even = wave("a", mapping, NETPRO=answers, w=[1.0] * 40)
    uneven = wave("b", mapping, NETPRO=answers, w=[5.0] * 5 + [1.0] * 35)
    other = wave("c", mapping, NETPRO=answers, w=[1.0] * 40)
    found, plain = (wave_changes(even, last).iloc[0] for last in (uneven, other))

    assert 3600 / 160 == pytest.approx(found["effective_n_after"])
    assert (40 - 10) / 60 * 100 == pytest.approx(found["after"])
    assert plain["high"] - plain["low"] < found["high"] - found["low"]


@pytest.mark.parametrize("column", [None, [None] * 30, [np.nan] * 30])
def test_a_wave_without_the_question_is_not_measured(column):
    """The column is missing or empty: no score, no change, and the reason is said."""
    mapping = SurveyMapping(questions=(NETPRO, STAFF))
    old = wave("old", mapping, NETPRO=recommending(10, 10, 10), staff=[4] * 30)
    columns = {} if column is None else {"staff": column}
    new = wave("new", mapping, NETPRO=recommending(15, 10, 5), **columns)
    changes = wave_changes(old, new).query("column == 'staff'")
    scores = wave_scores([old, new]).query("column == 'staff' and wave == 'new'")

    assert {"not measured"} == set(changes["reliability"]) | set(scores["reliability"])
    assert {"new: not asked in this wave"} == set(changes["note"])
    assert {"not asked in this wave"} == set(scores["note"])
    assert changes[["value", "p_value", "p_adjusted", "after"]].isna().all(axis=None)
    assert changes["is_change"].isna().all()
    assert [1.0, 4.0] == changes["before"].to_list()


def test_a_question_of_one_mapping_only_is_not_measured_in_the_other():
    """Each wave may bring its own mapping; what one lacks is named all the same."""
    old = wave("old", SurveyMapping(questions=(NETPRO,)), NETPRO=recommending(9, 9, 9))
    new = wave("new", SurveyMapping(questions=(STAFF,)), staff=[4] * 30)
    found = wave_changes(old, new)

    assert [
        "new: not asked in this wave",
        "old: not asked in this wave",
        "old: not asked in this wave",
    ] == found["note"].to_list()


def test_scores_on_different_scales_are_not_compared():
    """A change of the questionnaire is not a change of the customers."""
    other = Question(
        column="staff", asks="satisfaction", scale=Scale(lowest=0, highest=10)
    )
    old = wave("old", SurveyMapping(questions=(STAFF,)), staff=[4, 5] * 20)
    new = wave("new", SurveyMapping(questions=(other,)), staff=[8, 9] * 20)
    found = wave_changes(old, new)

    assert found["value"].isna().all()
    assert {
        "not comparable: asked on a scale of 1 to 5 where 5 is best and a scale of "
        "0 to 10 where 10 is best"
    } == set(found["note"])


def test_a_line_over_time_leaves_out_a_wave_on_another_scale():
    """A share of 4 to 5 of five and one of 9 to 10 of eleven make no line."""
    ten = Question(
        column="staff", asks="satisfaction", scale=Scale(lowest=0, highest=10)
    )
    waves = [
        wave("old", SurveyMapping(questions=(ten,)), staff=[8, 9] * 20),
        wave("middle", SurveyMapping(questions=(STAFF,)), staff=[4, 5] * 20),
        wave("new", SurveyMapping(questions=(STAFF,)), staff=[4, 3] * 20),
    ]
    found = wave_scores(waves)
    csat = found[found["definition"] == "customer_satisfaction_score"]
    lines = kpi_lines(found)

    assert [True, False, False] == csat["value"].isna().tolist()
    assert [40, 40, 40] == csat["n"].tolist()
    refusal = (
        "not comparable: asked on a scale of 0 to 10 where 10 is best, later on a "
        "scale of 1 to 5 where 5 is best"
    )
    assert [refusal, "", ""] == csat["note"].tolist()
    assert refusal in lines["note"].tolist()


def test_a_scale_that_the_definition_does_not_cover_is_not_measured():
    """NPS of answers from 1 to 5 is refused in both waves, so there is no change."""
    asked = Question(column="r", asks="recommend", scale=Scale(lowest=1, highest=5))
    mapping = SurveyMapping(questions=(asked,))
    found = wave_changes(
        wave("a", mapping, r=[4, 5] * 20), wave("b", mapping, r=[3, 5] * 20)
    )

    assert "not measured" == found["reliability"].item()
    assert found["value"].isna().all()


def test_fewer_than_five_answers_show_no_change():
    """Below the minimum neither score nor difference is shown."""
    mapping = SurveyMapping(questions=(NETPRO,))
    old = wave("old", mapping, NETPRO=recommending(10, 10, 10))
    new = wave("new", mapping, NETPRO=[10, 9, 3, 2])
    row = wave_changes(old, new).iloc[0]

    assert "fewer than minimum" == row["reliability"]
    assert math.isnan(row["value"])
    assert math.isnan(row["after"])
    assert 4 == row["n"]


def test_groups_are_compared_as_well():
    """Each persona or segment has its own row; one that a wave cannot tell is named."""
    mapping = SurveyMapping(questions=(NETPRO,), groups=(YOUNG,))
    old = wave("old", mapping, NETPRO=recommending(20, 0, 20), age=[20, 40] * 20)
    new = wave("new", mapping, NETPRO=recommending(30, 0, 10), age=[20, 40] * 20)
    blind = wave("blind", mapping, NETPRO=recommending(30, 0, 10))
    found = wave_changes(old, new)
    unknown = wave_changes(old, blind)

    assert [None, "young"] == found["group"].to_list()
    assert [40, 20] == found["n"].to_list()
    assert (
        "blind: the wave does not tell who belongs to the group"
        == (unknown["note"].iloc[1])
    )
    assert 50.0 == unknown["value"].iloc[0]


def test_several_touchpoints_are_corrected_for():
    """Of twenty questions one changed a little: alone it counts, among twenty not."""
    names = [f"q{i}" for i in range(20)]
    questions = tuple(
        Question(column=name, asks="satisfaction", scale=ONE_TO_FIVE) for name in names
    )
    old = dict.fromkeys(names, [5] * 50 + [3] * 50)
    new = old | {"q3": [5] * 65 + [3] * 35}
    many = SurveyMapping(questions=questions)
    one = SurveyMapping(questions=(questions[3],))
    among = wave_changes(wave("a", many, **old), wave("b", many, **new))
    alone = wave_changes(wave("a", one, **old), wave("b", one, **new))
    row = among.query("column == 'q3' and definition == 'customer_satisfaction_score'")

    assert alone["is_change"].all()
    assert alone["p_value"].to_list() == alone["p_adjusted"].to_list()
    assert 20 * row["p_value"].item() == pytest.approx(row["p_adjusted"].item())
    assert not among["is_change"].any()


def test_group_that_gives_few_people_away_is_not_told_of_in_that_wave():
    """The score of all but three, beside that of everybody, is the score of three."""
    mapping = SurveyMapping(questions=(NETPRO,), groups=(YOUNG,))
    before = wave("2025", mapping, NETPRO=[10] * 40, age=[20] * 30 + [50] * 10)
    after = wave("2026", mapping, NETPRO=[10] * 40, age=[20] * 37 + [50] * 3)
    found = wave_changes(before, after)
    row = found[found["group"] == "young"].iloc[0]

    assert 100 == row["before"]
    assert math.isnan(row["after"])
    assert math.isnan(row["value"])


@pytest.mark.parametrize(
    ("question", "n", "answers", "chances"),
    [
        (NETPRO, 100, [10, 8, 3], [0.5, 0.3, 0.2]),
        (STAFF, 100, [1, 2, 3, 4, 5], [0.05, 0.1, 0.2, 0.35, 0.3]),
        (EFFORT, 60, [1, 3, 5, 6, 7], [0.1, 0.2, 0.2, 0.3, 0.2]),
    ],
)
def test_equal_waves_are_flagged_in_about_one_of_twenty(question, n, answers, chances):
    """1,000 pairs of waves from one population: 3 to 7 % below 0.05, per measure."""
    rng = np.random.default_rng(2026)
    names = [f"q{i}" for i in range(1_000)]
    asked = [question.model_copy(update={"column": name}) for name in names]
    mapping = SurveyMapping(questions=tuple(asked))
    waves = [
        SurveyWave(
            name,
            pd.DataFrame(
                rng.choice(answers, size=(n, 1_000), p=chances), columns=names
            ),
            mapping,
        )
        for name in ("a", "b")
    ]
    found = wave_changes(*waves)

    for _, rows in found.groupby("definition"):
        assert 1_000 == len(rows)
        assert 0.03 <= (rows["p_value"] < 0.05).mean() <= 0.07
        assert rows["is_change"].mean() <= 0.005
        holds = (rows["low"] <= 0) & (rows["high"] >= 0)
        assert 0.93 <= holds.mean() <= 0.97


def test_equal_weighted_waves_are_flagged_in_about_one_of_twenty():
    """The same with weights that have nothing to do with the answers."""
    rng = np.random.default_rng(7)
    names = [f"q{i}" for i in range(1_000)]
    asked = [NETPRO.model_copy(update={"column": name}) for name in names]
    asked += [STAFF.model_copy(update={"column": f"s{i}"}) for i in range(1_000)]
    mapping = SurveyMapping(questions=tuple(asked), weight="w")
    waves = []
    for name in ("a", "b"):
        recommend = rng.choice([10, 8, 3], size=(80, 1_000), p=[0.5, 0.3, 0.2])
        staff = rng.integers(1, 6, size=(80, 1_000))
        table = pd.DataFrame(
            np.hstack([recommend, staff]), columns=[q.column for q in asked]
        )
        waves.append(SurveyWave(name, table.assign(w=rng.uniform(0.3, 2, 80)), mapping))
    found = wave_changes(*waves)

    for _, rows in found.groupby("definition"):
        assert 0.03 <= (rows["p_value"] < 0.05).mean() <= 0.07


def test_a_real_difference_is_found():
    """Waves of 400 whose true scores lie 20 points apart are told apart."""
    mapping = SurveyMapping(questions=(NETPRO,))
    found = wave_changes(
        wave("a", mapping, NETPRO=recommending(180, 120, 100)),
        wave("b", mapping, NETPRO=recommending(240, 100, 60)),
    )

    assert found["is_change"].all()


def test_scores_over_time_are_the_scores_of_each_wave():
    """A line over time has what the score table of each wave has."""
    mapping = SurveyMapping(questions=(NETPRO, STAFF), groups=(YOUNG,))
    waves = [
        wave(
            name,
            mapping,
            NETPRO=recommending(10 + k, 10, 10),
            staff=[4, 5] * 15 + [3] * k,
            age=[20] * 15 + [40] * (15 + k),
        )
        for k, name in enumerate(("2024", "2025", "2026"))
    ]
    found = wave_scores(waves)
    columns = list(SCORE_COLUMNS)

    assert list(WAVE_COLUMNS) == list(found.columns)
    assert ["2024", "2025", "2026"] == found["wave"].head(3).to_list()
    for one in waves:
        rows = found.loc[found["wave"] == one.name, columns]
        expected = score_table(one.table, mapping)
        keys = ["column", "definition", "n"]
        pd.testing.assert_frame_equal(
            expected.sort_values(keys, ignore_index=True),
            rows.sort_values(keys, ignore_index=True),
        )


def test_tables_have_the_documented_columns():
    """Columns and their types do not depend on what was measured."""
    mapping = SurveyMapping(questions=(NETPRO,))
    full = wave("a", mapping, NETPRO=recommending(9, 9, 9))
    other = wave("b", mapping, NETPRO=recommending(12, 9, 6))
    empty = [wave(name, mapping, x=[1]) for name in ("a", "b")]
    found, nothing = wave_changes(full, other), wave_changes(*empty)

    assert list(CHANGE_COLUMNS) == list(found.columns)
    assert found.dtypes.to_dict() == nothing.dtypes.to_dict()


def test_two_waves_of_one_name_are_refused():
    """Rows could not be told apart."""
    mapping = SurveyMapping(questions=(NETPRO,))
    one = wave("2026", mapping, NETPRO=recommending(9, 9, 9))
    with pytest.raises(InputError, match="each wave was expected once, not 2026 twice"):
        wave_changes(one, one)


def test_a_change_is_seen_at_its_day():
    """Answers before and from the day of an action; those without a day on no side."""
    mapping = SurveyMapping(questions=(NETPRO,))
    table = pd.DataFrame(
        {
            "NETPRO": [*recommending(10, 10, 20), *recommending(30, 5, 5), 10],
            "day": ["2026-03-31"] * 40 + ["2026-04-01"] * 40 + [None],
        }
    )
    row = changes_at(table, mapping, time_col="day", day="2026-04-01").iloc[0]

    assert ("before 2026-04-01", "from 2026-04-01") == (
        row["wave_before"],
        row["wave_after"],
    )
    assert (40, 40) == (row["n_before"], row["n_after"])
    assert 87.5 == pytest.approx(row["value"])
    assert row["is_change"]


@pytest.mark.parametrize("zone", [None, "UTC"])
def test_times_are_taken_as_they_are(zone):
    """A column of times works as days do, with a zone as without."""
    mapping = SurveyMapping(questions=(NETPRO,))
    times = pd.date_range("2026-01-01 12:00", periods=60, freq="D", tz=zone)
    table = pd.DataFrame({"NETPRO": [10, 3] * 30, "time": times})
    found = changes_at(table, mapping, time_col="time", day="2026-01-31")

    assert (30, 30) == tuple(found[["n_before", "n_after"]].iloc[0])


@pytest.mark.parametrize(
    ("time_col", "day", "error", "match"),
    [
        ("day", "spring", InputError, "a day as 2026-11-26 was expected, not 'spring'"),
        ("NETPRO", "2026-04-01", InputError, "column NETPRO: times or days"),
        ("days", "2026-04-01", UnknownNameError, "Did you mean 'day'"),
    ],
)
def test_what_is_no_day_is_refused(time_col, day, error, match):
    """The message says what was expected."""
    table = pd.DataFrame({"NETPRO": ["ten"] * 6, "day": ["2026-04-01"] * 6})
    mapping = SurveyMapping(questions=(NETPRO,))
    with pytest.raises(error, match=match):
        changes_at(table, mapping, time_col=time_col, day=day)


def test_any_share_can_be_compared():
    """Retention, conversion and the like: two results with their n are enough."""
    before = Result("retention_rate", 0.6, 0.49, 0.70, n=80)
    after = Result("retention_rate", 0.8, 0.69, 0.88, n=70)
    change = rate_change(before, after)

    assert share_difference(48, 80, 56, 70) == pytest.approx(change.difference)
    assert (before, after) == (change.before, change.after)


def test_a_share_that_was_not_measured_has_no_change():
    """Nothing is compared with nothing."""
    before = Result("retention_rate", None, None, None, n=0)
    after = Result("retention_rate", 0.8, 0.69, 0.88, n=70)

    assert rate_change(before, after).difference is None


@pytest.mark.parametrize(
    "other",
    [
        Result("churn_rate", 0.2, 0.1, 0.3, n=70),
        Result("retention_rate", 0.8, 0.7, 0.9, n=70, level=0.9),
    ],
)
def test_shares_of_other_definitions_are_not_compared(other):
    """Retention against churn, or other levels, is refused."""
    with pytest.raises(InputError, match="one definition and level"):
        rate_change(Result("retention_rate", 0.6, 0.5, 0.7, n=80), other)


def test_inputs_are_not_changed():
    """The tables of the waves stay as they are."""
    mapping = SurveyMapping(questions=(NETPRO, STAFF))
    one = wave("a", mapping, NETPRO=recommending(9, 9, 9), staff=[4] * 27)
    two = wave("b", mapping, NETPRO=recommending(9, 9, 9), staff=[4] * 27)
    before = one.table.copy()
    wave_changes(one, two)

    pd.testing.assert_frame_equal(before, one.table)
