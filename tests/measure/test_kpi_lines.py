"""Each measure over time: limits, signals and trend in one table."""

import pandas as pd
import pytest

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.kpi_lines import KPI_LINE_COLUMNS, kpi_lines
from journeykit.measure.waves import SurveyWave, wave_scores
from journeykit.model.survey import Question, Scale, SurveyMapping

QUESTIONS = (
    Question(column="recommend", asks="recommend", scale=Scale(lowest=0, highest=10)),
    Question(
        column="staff",
        asks="satisfaction",
        scale=Scale(lowest=1, highest=5),
        touchpoint="desk",
    ),
)
MAPPING = SurveyMapping(questions=QUESTIONS)


def lines(*promoters: int, weight: float | None = None) -> pd.DataFrame:
    """Return scores of waves of 100 with these many promoters and satisfied people."""
    mapping = MAPPING
    if weight is not None:
        mapping = MAPPING.model_copy(update={"weight": "w"})
    waves = [
        SurveyWave(
            str(2020 + at),
            pd.DataFrame(
                {
                    "recommend": [10] * n + [3] * (100 - n),
                    "staff": [5] * n + [2] * (100 - n),
                    "w": [weight or 1.0, 1.0] * 50,
                }
            ),
            mapping,
        )
        for at, n in enumerate(promoters)
    ]
    return wave_scores(waves)


def test_every_measure_has_a_line_with_limits_and_trend():
    """NPS and means by XmR, shares by p-chart; one line after another."""
    found = kpi_lines(lines(40, 45, 50, 55, 60))
    charts = found.groupby("definition", sort=False)["chart"].first().to_dict()

    assert {
        "net_promoter_score": "xmr",
        "customer_satisfaction_score": "p",
        "mean_satisfaction": "xmr",
    } == charts
    assert list(KPI_LINE_COLUMNS) == list(found.columns)
    assert ["2020", "2021", "2022", "2023", "2024"] * 3 == found["wave"].to_list()
    assert {"rising"} == set(found["trend"])
    assert 10 == pytest.approx(found["slope"].iloc[0])
    assert 0.05 == pytest.approx(found["slope"].iloc[5])
    assert {0.5} == set(found["centre"].iloc[5:10])
    assert ["desk"] * 10 == found["touchpoint"].to_list()[5:]


def test_a_jump_is_a_signal_in_its_wave():
    """Nine calm waves and a bad one: the bad one is below the limits of the calm."""
    scores = lines(50, 51, 49, 50, 51, 49, 50, 51, 50, 20)
    found = kpi_lines(scores, baseline=9)

    for _, line in found.groupby("definition"):
        assert [""] * 9 + ["below the limit"] == line["signal"].to_list()


def test_weighted_shares_have_the_limits_of_their_effective_n():
    """Uneven weights make the limits wider."""
    even = kpi_lines(lines(50, 52, 48)).query("chart == 'p'")
    uneven = kpi_lines(lines(50, 52, 48, weight=9.0)).query("chart == 'p'")
    width, wider = (
        (line["upper_limit"] - line["lower_limit"]).iloc[0] for line in (even, uneven)
    )

    assert width < wider


def test_a_wave_without_the_question_leaves_a_gap():
    """The line goes on, the gap has no value and no signal."""
    waves = [
        SurveyWave("1", pd.DataFrame({"recommend": [10, 3] * 10, "staff": 4}), MAPPING),
        SurveyWave("2", pd.DataFrame({"recommend": [10, 3] * 10}), MAPPING),
        SurveyWave("3", pd.DataFrame({"recommend": [10, 3] * 10, "staff": 5}), MAPPING),
    ]
    found = kpi_lines(wave_scores(waves)).query("definition == 'mean_satisfaction'")

    assert [False, True, False] == found["value"].isna().to_list()
    assert "not measured" == found["reliability"].iloc[1]
    assert {"too few periods"} == set(found["trend"])


def test_the_chart_may_be_chosen():
    """XmR for all, or p for shares only."""
    scores = lines(40, 45, 50)
    shares = scores.query("definition == 'customer_satisfaction_score'")

    assert {"xmr"} == set(kpi_lines(scores, chart="xmr")["chart"])
    assert {"p"} == set(kpi_lines(shares, chart="p")["chart"])
    with pytest.raises(InputError, match="a share was expected for a p-chart"):
        kpi_lines(scores, chart="p")
    with pytest.raises(InputError, match='"auto", "p" or "xmr"'):
        kpi_lines(scores, chart="line")


def test_no_scores_are_no_lines():
    """An empty table has the columns all the same; a lacking column is named."""
    scores = lines(40, 45)

    assert list(KPI_LINE_COLUMNS) == list(kpi_lines(scores.head(0)).columns)
    with pytest.raises(UnknownNameError, match="'definition'"):
        kpi_lines(scores.drop(columns="definition"))


def test_scores_are_not_changed():
    """The table that comes in is the one that goes out."""
    scores = lines(40, 45, 50)
    before = scores.copy()
    kpi_lines(scores)

    pd.testing.assert_frame_equal(before, scores)
