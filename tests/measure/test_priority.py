"""Priorities from ratings: severity x frequency, RPN, RICE; the list of all methods."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.errors import InputError, TableError, UnknownNameError
from journeykit.measure.priority import (
    PRIORITY_METHODS,
    RICE_COLUMNS,
    RPN_COLUMNS,
    SEVERITY_FREQUENCY_COLUMNS,
    rice_scores,
    risk_priority_numbers,
    severity_times_frequency,
)
from journeykit.measure.priority_tables import is_shared, ranks_of


def rated(**columns: list[object]) -> pd.DataFrame:
    """Return a table of entries a, b, c, ... with these ratings."""
    n = len(next(iter(columns.values())))
    return pd.DataFrame({"entry": list("abcdefghij"[:n]), **columns})


def test_product_ranks_and_the_more_severe_comes_first_on_ties():
    """12 three times: severity 4 stands before 3, whatever the frequency."""
    table = rated(severity=[3, 5, 4, 1], frequency=[4, 1, 3, 5])
    found = severity_times_frequency(table)

    assert ["c", "a", "b", "d"] == found["entry"].to_list()
    assert [12, 12, 5, 5] == found["value"].to_list()
    assert [1, 2, 3, 4] == found["rank"].to_list()
    assert list(SEVERITY_FREQUENCY_COLUMNS) == list(found.columns)


def test_the_same_ratings_share_a_rank():
    """Equal entries are tied, and the next one skips a place."""
    found = severity_times_frequency(
        rated(severity=[4, 4, 1, 5], frequency=[3, 3, 1, 5])
    )

    assert [1, 2, 2, 4] == found["rank"].to_list()
    assert [False, True, True, False] == found["is_tied"].to_list()


def test_what_nobody_rated_stands_last_without_a_rank():
    """An empty cell is not 0: the entry is kept and named."""
    found = severity_times_frequency(rated(severity=[None, 2], frequency=[5, 1]))

    assert ["b", "a"] == found["entry"].to_list()
    assert found["rank"].isna().to_list() == [False, True]
    assert math.isnan(found["value"].iloc[1])
    assert ["", "not rated"] == found["note"].to_list()


def test_no_entries_give_an_empty_table():
    """A workshop without pain points has nothing to rank, and that is no error."""
    found = severity_times_frequency(rated(severity=[], frequency=[]))

    assert 0 == len(found)
    assert list(SEVERITY_FREQUENCY_COLUMNS) == list(found.columns)


def test_same_risk_number_is_not_the_same_risk():
    """9, 3, 5 and 5, 9, 3 both give 135: the severe one is first, both are named."""
    table = rated(severity=[5, 9, 8], occurrence=[9, 3, 10], detection=[3, 5, 10])
    found = risk_priority_numbers(table)

    assert ["b", "c", "a"] == found["entry"].to_list()
    assert [135, 800, 135] == found["value"].to_list()
    assert [2, 1, 2] == found["rank_by_number"].to_list()
    assert [
        "same number, another severity: a (5, not 9)",
        "",
        "same number, another severity: b (9, not 5)",
    ] == found["note"].to_list()
    assert list(RPN_COLUMNS) == list(found.columns)


def test_severity_decides_ties_of_the_number():
    """Below the limit the number ranks, then severity, then occurrence."""
    table = rated(severity=[4, 8, 4], occurrence=[6, 3, 3], detection=[1, 1, 2])
    found = risk_priority_numbers(table)

    assert ["b", "a", "c"] == found["entry"].to_list()
    assert [24, 24, 24] == found["value"].to_list()


def test_the_limit_of_severity_is_declared():
    """From 5 on both are severe, and the larger number leads again."""
    table = rated(severity=[5, 9], occurrence=[9, 3], detection=[5, 5])

    assert ["b", "a"] == risk_priority_numbers(table)["entry"].to_list()
    assert ["a", "b"] == risk_priority_numbers(table, severe_from=5)["entry"].to_list()
    with pytest.raises(InputError, match="a severity from 1 to 10"):
        risk_priority_numbers(table, severe_from=11)


def test_an_unrated_risk_has_no_number():
    """One missing rating of three leaves the entry without a rank."""
    found = risk_priority_numbers(
        rated(severity=[10, 2], occurrence=[None, 2], detection=[10, 2])
    )

    assert ["b", "a"] == found["entry"].to_list()
    assert found["rank"].isna().to_list() == [False, True]
    assert "not rated" == found["note"].iloc[1]


def test_rice_is_reach_impact_confidence_over_effort():
    """500 x 2 x 0.8 / 4 is 200; less effort beats more reach."""
    table = rated(
        reach=[500, 900, None],
        impact=[2, 0.25, 3],
        confidence=[0.8, 1, 0.5],
        effort=[4, 0.5, 1],
    )
    found = rice_scores(table)

    assert ["b", "a", "c"] == found["entry"].to_list()
    assert [450, 200] == pytest.approx(found["value"].to_list()[:2])
    assert math.isnan(found["value"].iloc[2])
    assert list(RICE_COLUMNS) == list(found.columns)


@pytest.mark.parametrize(
    ("column", "cell", "match"),
    [
        ("effort", 0, r"column effort: an effort above 0 was expected \(row 2: '0'"),
        ("effort", -1, "column effort: an effort above 0"),
        ("impact", 5, "one of 3, 2, 1, 0.5, 0.25 as impact"),
        ("confidence", 0.9, "one of 1, 0.8, 0.5 as confidence"),
        ("reach", -5, "a reach of 0 or more"),
        ("reach", math.inf, "a reach of 0 or more"),
        ("reach", "many", "a reach of 0 or more"),
    ],
)
def test_rice_refuses_factors_that_are_none(column, cell, match):
    """Effort is above 0, impact and confidence come from their lists."""
    good = {"reach": 100, "impact": 1, "confidence": 1, "effort": 1}
    table = rated(**{name: [value] for name, value in (good | {column: cell}).items()})
    with pytest.raises(TableError, match=match):
        rice_scores(table)


@pytest.mark.parametrize("cell", [0, 6, "high", True])
def test_ratings_off_the_scale_are_refused(cell):
    """The row is named as a spreadsheet counts."""
    table = pd.DataFrame(
        {"entry": ["a", "b"], "severity": [3, cell], "frequency": [3, 3]}
    ).astype({"severity": object})
    with pytest.raises(TableError, match=r"a rating from 1 to 5.*row 3"):
        severity_times_frequency(table)


def test_a_column_of_truth_values_is_no_rating():
    """True is not 1."""
    with pytest.raises(TableError, match="a rating from 1 to 5"):
        severity_times_frequency(rated(severity=[True], frequency=[3]))


def test_entries_stand_once_and_have_an_id():
    """An id that is empty or there twice is refused with its row."""
    ratings = {"severity": [3, 3], "frequency": [3, 3]}
    twice = pd.DataFrame({"entry": ["a", "a"], **ratings})
    empty = pd.DataFrame({"entry": ["a", None], **ratings})
    with pytest.raises(
        TableError, match=r"each entry was expected once \(row 3: 'a'\)"
    ):
        severity_times_frequency(twice)
    with pytest.raises(TableError, match="an id was expected"):
        severity_times_frequency(empty)


def test_a_missing_column_gets_the_nearest_name():
    """A typing error in a heading is answered with the right one."""
    table = rated(severiti=[1], frequency=[1]).rename(columns={"severiti": "severity "})
    with pytest.raises(UnknownNameError, match="Did you mean 'severity '"):
        severity_times_frequency(table)


def test_every_method_has_its_words():
    """Ten methods, each with a formula and what must stand beside its numbers."""
    keys = [
        "severity_frequency",
        "risk_priority_number",
        "opportunity_score",
        "importance_performance",
        "impact_effort",
        "rice",
        "kano",
        "votes",
        "data_driven",
        "value_at_stake",
    ]

    assert keys == list(PRIORITY_METHODS)
    for method in PRIORITY_METHODS.values():
        assert method.label
        assert method.formula
        assert method.caution
        assert method.needs


def test_rounding_does_not_part_equals():
    """0.1 + 0.2 and 0.3 are the same by hand, so they share a rank."""
    assert [1.0, 1.0] == ranks_of([0.1 + 0.2, 0.3]).tolist()


@given(st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=12))
def test_ranks_count_the_larger_ones(values):
    """A rank is one more than how many are larger; without a value there is none."""
    given_values = [math.nan if value is None else float(value) for value in values]
    found = ranks_of(given_values)

    for value, rank in zip(given_values, found, strict=True):
        if math.isnan(value):
            assert math.isnan(rank)
        else:
            assert 1 + sum(other > value for other in given_values) == rank


def test_input_is_not_changed():
    """The table that comes in is the one that goes out."""
    table = rated(severity=[3, 5], frequency=[4, 1])
    before = table.copy()
    severity_times_frequency(table)

    pd.testing.assert_frame_equal(before, table)
    assert [True, True, False] == is_shared(np.array([1.0, 1.0, 3.0])).tolist()
