"""Key drivers of a survey by its mapping."""

import numpy as np
import pandas as pd
import pytest

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.drivers import driver_shares
from journeykit.measure.touchpoint_drivers import (
    TOUCHPOINT_DRIVER_COLUMNS,
    outcome_question,
    touchpoint_drivers,
)
from journeykit.model.survey import Question, Scale, SurveyMapping

FIVE = Scale(lowest=1, highest=5, not_answers={"0": "blank"})
OVERALL = Question(column="all", asks="satisfaction", scale=FIVE)
RECOMMEND = Question(column="nps", asks="recommend", scale=Scale(lowest=0, highest=10))
DESK = Question(column="q1", asks="satisfaction", scale=FIVE, touchpoint="desk")
FOOD = Question(column="q2", asks="satisfaction", scale=FIVE, touchpoint="food")


def survey() -> pd.DataFrame:
    """Return sixty answers in which the desk weighs more than the food."""
    rng = np.random.default_rng(9)
    desk, food = rng.integers(1, 6, 60), rng.integers(1, 6, 60)
    nps = np.clip(desk + food // 2 + rng.integers(0, 3, 60), 0, 10)
    return pd.DataFrame(
        {"all": desk, "nps": nps, "q1": desk, "q2": food, "w": rng.uniform(1, 2, 60)}
    )


def test_touchpoints_are_the_drivers_and_recommendation_is_explained():
    """Scales and weights come from the mapping; each row names its touchpoint."""
    mapping = SurveyMapping(questions=(OVERALL, RECOMMEND, FOOD, DESK), weight="w")
    table = survey()
    found = touchpoint_drivers(table, mapping)
    expected = driver_shares(
        table,
        "nps",
        ["q2", "q1"],
        scales={"nps": RECOMMEND.scale, "q1": FIVE, "q2": FIVE},
        weight_col="w",
    )

    assert ["desk", "food"] == found["touchpoint"].to_list()
    assert list(TOUCHPOINT_DRIVER_COLUMNS) == list(found.columns)
    pd.testing.assert_frame_equal(expected, found.drop(columns="touchpoint"))


def test_another_outcome_may_be_named():
    """Overall satisfaction instead of recommendation."""
    mapping = SurveyMapping(questions=(OVERALL, RECOMMEND, DESK, FOOD))
    found = touchpoint_drivers(survey(), mapping, outcome_col="all", n_draws=0)

    assert 1 == pytest.approx(found["zero_order_r"].iloc[0])
    assert OVERALL == outcome_question(SurveyMapping(questions=(OVERALL, DESK)))
    assert RECOMMEND == outcome_question(mapping)


def test_a_question_that_the_wave_lacks_is_not_measured():
    """The other touchpoints are measured without it."""
    mapping = SurveyMapping(questions=(RECOMMEND, DESK, FOOD))
    table = survey().drop(columns="q2")
    found = touchpoint_drivers(table, mapping, n_draws=0).set_index("touchpoint")

    assert "not measured" == found.loc["food", "reliability"]
    assert found.loc["desk", "value"] > 0.5
    assert "q2" not in table.columns


def test_what_cannot_be_explained_is_refused():
    """No overall question, no touchpoint, or a name that is no question."""
    with pytest.raises(InputError, match="a question about the whole journey"):
        touchpoint_drivers(survey(), SurveyMapping(questions=(DESK,)))
    with pytest.raises(InputError, match="a question about a touchpoint"):
        touchpoint_drivers(survey(), SurveyMapping(questions=(RECOMMEND,)))
    with pytest.raises(UnknownNameError, match="Did you mean 'nps'"):
        outcome_question(SurveyMapping(questions=(RECOMMEND,)), "nsp")
