"""What customers of personas and segments are worth."""

import math

import numpy as np
import pandas as pd
import pytest
from measure_cases import retail_purchases
from pandas.testing import assert_frame_equal

from journeykit.errors import InputError
from journeykit.measure.clv import value_to_date
from journeykit.measure.clv_concentration import high_value_customers
from journeykit.measure.customer_groups import (
    GROUP_VALUE_COLUMNS,
    clv_by_group,
    group_members,
)
from journeykit.measure.intervals import mean_interval
from journeykit.measure.purchases import purchase_days
from journeykit.model.survey import Condition, Group

VALUES = pd.DataFrame(
    {
        "customer": list("ABCDEFGHIJ"),
        "value": [10.0, 8.0, 6.0, 4.0, 2.0, 5.0, 5.0, 5.0, 5.0, math.nan],
    }
)


def test_each_group_has_its_mean_total_and_shares():
    """All customers first; one may belong to two groups or to none."""
    members = {"first": list("ABCDE"), "even": [*"BDFHJ", "nobody"], "few": ["A"]}
    found = clv_by_group(VALUES, members, high_value=["A", "B"])
    by_group = found.set_index("group")

    assert list(GROUP_VALUE_COLUMNS) == list(found.columns)
    assert [None, "first", "even", "few"] == found["group"].tolist()
    assert (50 / 9, 9, 1) == tuple(found.loc[0, ["value", "n", "n_left_out"]])
    assert {"value unknown": 1} == found["left_out"][0]
    assert mean_interval([10, 8, 6, 4, 2]) == tuple(
        by_group.loc["first", ["value", "low", "high"]]
    )
    assert (30.0, 5 / 9, 0.6, 2, 0.4) == tuple(
        by_group.loc["first", list(GROUP_VALUE_COLUMNS[-5:])]
    )
    assert (4, 1) == tuple(by_group.loc["even", ["n", "n_left_out"]])


def test_a_group_of_few_gives_nobody_away():
    """Neither its money nor whether its one customer is a good one."""
    row = clv_by_group(VALUES, {"few": ["A"]}, high_value=["A"]).iloc[1]

    assert "fewer than minimum" == row["reliability"]
    assert row[["value", "low", "high", "total", "value_share"]].isna().all()
    assert 0 == row["n_high_value"]


def test_types_do_not_depend_on_what_was_measured():
    """Nobody at all gives the same columns; a loss of all has no shares."""
    nobody = clv_by_group(VALUES.iloc[:0], {"none": []})
    loss = clv_by_group(VALUES.assign(value=-1.0), {})

    assert_frame_equal(clv_by_group(VALUES, {}).iloc[:0], nobody.iloc[:0])
    assert nobody["value"].isna().all()
    assert loss["value_share"].isna().all()


def test_members_that_are_no_groups_are_refused():
    """A list has no ids of groups."""
    with pytest.raises(InputError, match="by its id"):
        clv_by_group(VALUES, ["A"])


def test_the_shop_sells_more_to_customers_abroad():
    """Retail year: 343 customers abroad, twice the value of those at home."""
    table = retail_purchases()
    home = Condition(column="country", values=("United Kingdom",))
    abroad = Condition(column="country", test="is_not", values=("United Kingdom",))
    groups = [
        Group(subject="home", conditions=(home,)),
        Group(subject="abroad", conditions=(abroad,)),
    ]
    values = value_to_date(purchase_days(table))
    best = high_value_customers(values)["customer"]
    found = clv_by_group(values, group_members(table, groups), high_value=best)

    assert [4312, 3969, 343] == found["n"].tolist()
    assert [2048, 1868, 4131] == found["value"].round().astype(int).tolist()
    assert [431, 374, 57] == found["n_high_value"].tolist()
    assert 1 == pytest.approx(found["value_share"][1:].sum())


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """Student's t on skewed values of 100: a little short, as the docstring says."""
    chance = np.random.default_rng(5)
    names = [str(number) for number in range(100)]
    hits = 0
    for _ in range(400):
        values = pd.DataFrame({"customer": names, "value": chance.gamma(0.8, 1, 100)})
        row = clv_by_group(values, {}).iloc[0]
        hits += row["low"] <= 0.8 <= row["high"]

    assert 0.91 <= hits / 400 <= 0.975
