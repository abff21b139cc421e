"""How firm a ranking is when scores and weights vary."""

import numpy as np
import pandas as pd
import pytest

from journeykit.errors import InputError, TableError, UnknownNameError
from journeykit.measure.priority_stability import (
    STABILITY_COLUMNS,
    estimate_stability,
    rank_stability,
)

PAINS = pd.DataFrame(
    {
        "entry": ["queue", "signs", "price", "food", "wifi"],
        "severity": [5, 4, 3, 3, 1],
        "frequency": [5, 4, 3, 3, 1],
    }
)


def scores(criterion: str, **by_entry: list[float]) -> pd.DataFrame:
    """Return scores of people p0, p1, ... for some entries."""
    rows = [
        (entry, f"p{at}", criterion, value)
        for entry, values in by_entry.items()
        for at, value in enumerate(values)
    ]
    return pd.DataFrame(rows, columns=["entry", "participant", "criterion", "value"])


def test_clear_leaders_stay_and_clear_losers_do_not():
    """5 x 5 is always in the top three, 1 x 1 never; equals share what is left."""
    found = rank_stability(PAINS).set_index("entry")

    assert 1.0 == found.loc["queue", "top_share"]
    assert found.loc["wifi", "top_share"] < 0.02
    assert 3 == pytest.approx(found["top_share"].sum())
    assert found.loc["price", "top_share"] == pytest.approx(
        found.loc["food", "top_share"], abs=0.06
    )
    assert list(STABILITY_COLUMNS) == list(rank_stability(PAINS).columns)


def test_rank_is_that_of_the_agreed_scores():
    """Value and rank are those of severity x frequency, severity first on ties."""
    table = pd.DataFrame(
        {"entry": ["a", "b", "c"], "severity": [2, 4, 1], "frequency": [4, 2, 1]}
    )
    found = rank_stability(table)

    assert ["b", "a", "c"] == found["entry"].to_list()
    assert [8, 8, 1] == found["value"].to_list()
    assert [1, 2, 3] == found["rank"].to_list()


def test_same_seed_same_draws():
    """The table can be repeated; another seed gives another one."""
    one = rank_stability(PAINS, seed=5)

    pd.testing.assert_frame_equal(one, rank_stability(PAINS, seed=5))
    assert (
        one["top_share"].to_list()
        != rank_stability(PAINS, seed=6)["top_share"].to_list()
    )


def test_without_any_spread_only_scores_vary():
    """Weights that stay leave the steps of the scores; ranks still move."""
    found = rank_stability(PAINS, spread=0, top=1).set_index("entry")

    assert found.loc["queue", "top_share"] < 1
    assert found.loc["signs", "top_share"] > 0


def test_people_who_agree_make_a_ranking_firm():
    """Where all gave the same scores only the weights vary, and equals take turns."""
    individual = pd.concat(
        [
            scores(criterion, queue=[5] * 4, signs=[4] * 4, price=[3] * 4, food=[2] * 4)
            for criterion in ("severity", "frequency")
        ]
    )
    found = rank_stability(PAINS.head(4), individual=individual).set_index("entry")

    assert [1.0, 1.0, 1.0, 0.0] == found["top_share"].to_list()[:4]
    assert [4, 4, 4, 4] == found["n_people"].to_list()
    assert "people drawn anew (4), weights by 25%" == found["varied"].iloc[0]


def test_people_who_disagree_make_it_loose():
    """Half of six people see it the other way: the leader leads in some draws only."""
    table = PAINS.iloc[:2].assign(severity=[4, 3], frequency=[3, 3])
    individual = scores("severity", queue=[5, 5, 5, 1, 1, 1], signs=[3, 3, 3, 3, 3, 3])
    found = rank_stability(table, individual=individual, top=1).set_index("entry")

    assert 0.2 < found.loc["queue", "top_share"] < 0.8


def test_what_was_not_agreed_is_the_median_of_the_people():
    """An empty cell takes the people's median; with neither there is no rank."""
    table = pd.DataFrame(
        {"entry": ["a", "b"], "severity": [None, None], "frequency": [2, 2]}
    )
    individual = scores("severity", a=[5, 4, 1])
    found = rank_stability(table, individual=individual).set_index("entry")

    assert 8 == found.loc["a", "value"]
    assert "not rated" == found.loc["b", "varied"]
    assert np.isnan(found.loc["b", "top_share"])
    assert found["rank"].isna().to_list() == [False, True]


def test_one_person_is_not_a_group():
    """A single score varies by a step, as an agreed one does."""
    individual = scores("severity", queue=[5])
    found = rank_stability(PAINS, individual=individual).set_index("entry")

    assert 0 == found.loc["queue", "n_people"]
    assert "scores one step, weights by 25%" == found.loc["queue", "varied"]


def test_scores_of_other_criteria_may_stand_in_the_table():
    """Emotions or votes of the same people are passed over."""
    individual = scores("effort", queue=[5, 5, 5])

    pd.testing.assert_frame_equal(
        rank_stability(PAINS), rank_stability(PAINS, individual=individual)
    )


def test_a_sum_weighs_its_criteria():
    """Three times the weight on severity turns the order round."""
    table = pd.DataFrame({"entry": ["a", "b"], "severity": [5, 2], "frequency": [1, 5]})
    even = rank_stability(table, combine="sum")
    uneven = rank_stability(table, {"severity": 3, "frequency": 1}, combine="sum")

    assert ["b", "a"] == even["entry"].to_list()
    assert ["a", "b"] == uneven["entry"].to_list()
    assert [16, 11] == uneven["value"].to_list()


def test_effort_counts_against():
    """A negative weight divides in a product: RICE and its like, in free numbers."""
    table = pd.DataFrame({"entry": ["a", "b"], "reach": [900, 100], "effort": [9, 0.5]})
    criteria = {"reach": 1, "effort": -1}
    found = rank_stability(table, criteria, scale=None, top=1)

    assert [200, 100] == pytest.approx(found["value"].to_list())
    assert "scores by 25%, weights by 25%" == found["varied"].iloc[0]
    assert 0.5 < found["top_share"].iloc[0] < 1


def test_one_criterion_may_be_given_by_its_name():
    """A string is one column."""
    assert [5, 4, 3, 3, 1] == rank_stability(PAINS, "severity")["value"].to_list()


def test_draws_stay_on_the_scale():
    """A step up from 5 is 5: the largest product is never beaten by a larger one."""
    table = pd.DataFrame({"entry": ["a", "b"], "severity": [5, 5], "frequency": [5, 5]})
    found = rank_stability(table, spread=0, n_draws=2_000, top=1)

    assert [0.5, 0.5] == pytest.approx(found["top_share"].to_list(), abs=0.04)


def test_nothing_to_rank_gives_an_empty_table():
    """No entries, no error."""
    assert 0 == len(rank_stability(PAINS.head(0)))


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"criteria": ()}, InputError, "at least one criterion"),
        ({"combine": "mean"}, InputError, '"product" or "sum"'),
        ({"spread": 1}, InputError, "a spread from 0 to below 1"),
        ({"top": 0}, InputError, "one place and one draw"),
        ({"n_draws": 0}, InputError, "one place and one draw"),
        ({"level": 95}, InputError, r"Write 95 % as 0\.95"),
        ({"criteria": ("severty",)}, UnknownNameError, "Did you mean 'severity'"),
        ({"individual": scores("severity", queu=[1])}, UnknownNameError, "'queue'"),
        ({"individual": scores("severity", queue=[9])}, TableError, "from 1 to 5"),
    ],
)
def test_wrong_questions_are_refused(options, error, match):
    """Each refusal says what was expected."""
    with pytest.raises(error, match=match):
        rank_stability(PAINS, **options)


def test_a_person_scores_once():
    """Two scores of one person for one criterion are refused with the row."""
    twice = pd.concat([scores("severity", queue=[5])] * 2)
    with pytest.raises(TableError, match=r"row 3: 'queue, p0, severity'"):
        rank_stability(PAINS, individual=twice)


def test_a_product_of_numbers_below_zero_is_refused():
    """A power of a negative number is none."""
    table = pd.DataFrame({"entry": ["a"], "gain": [-1.0]})
    with pytest.raises(InputError, match="a product needs gain of 0 or more"):
        rank_stability(table, "gain", scale=None)


def test_measured_values_are_drawn_from_their_intervals():
    """Far apart: firm. Intervals that overlap: the leader leads in some draws only."""
    firm = pd.DataFrame(
        {"entry": ["a", "b"], "value": [9.0, 1], "low": [8, 0], "high": [10, 2]}
    )
    loose = firm.assign(value=[5.2, 5.0], low=[2, 2], high=[8, 8])

    assert [1.0, 0.0] == estimate_stability(firm, top=1)["top_share"].to_list()
    share = estimate_stability(loose, top=1)["top_share"].iloc[0]
    assert 0.5 < share < 0.62


def test_lopsided_intervals_are_drawn_lopsided():
    """A value at its lower end is never drawn below it."""
    table = pd.DataFrame(
        {"entry": ["a", "b"], "value": [5.0, 4.9], "low": [5, 0], "high": [9, 4.9]}
    )
    found = estimate_stability(table, top=1)

    assert [1.0, 0.0] == found["top_share"].to_list()
    assert "within the interval" == found["varied"].iloc[0]


def test_what_was_not_measured_has_no_place():
    """A NaN stands last, and takes no place from the others."""
    table = pd.DataFrame({"entry": ["a", "b", "c"], "value": [None, 2.0, 3.0]})
    found = estimate_stability(table, top=1)

    assert ["c", "b", "a"] == found["entry"].to_list()
    assert "not measured" == found["varied"].iloc[2]
    assert [1.0, 0.0] == found["top_share"].to_list()[:2]
    with pytest.raises(InputError, match="a level between 0 and 1"):
        estimate_stability(table, interval_level=95)
