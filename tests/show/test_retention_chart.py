"""Retention by age of the cohort: the finding, what is drawn, what is only said."""

from __future__ import annotations

import pandas as pd
import pytest
from chart_cases import n_embedded, retention, written

from journeykit.errors import InputError
from journeykit.measure.cohorts import COHORT_COLUMNS
from journeykit.show.retention_chart import (
    retention_curves_data,
    retention_curves_spec,
)


def test_twin_holds_all_first_and_no_age_that_is_always_full() -> None:
    """All cohorts come first; age 0, where everybody bought, is left out."""
    twin = retention_curves_data(retention(n=40, returning=10))

    rows = list(zip(twin["cohort"], twin["age"], twin["value"], strict=True))

    assert [("all", 1, 0.25), ("all", 2, 0.0), ("2026-01", 1, 0.25)] == rows[:3]
    assert 80 == twin["n"].iloc[0]
    assert 0 not in set(twin["age"])


def test_title_is_the_finding_with_its_interval() -> None:
    """The title says how many buy again in the month after the first purchase."""
    words = written(retention_curves_spec(retention(n=40, returning=10)))

    assert words["title"].startswith(
        "25 % of customers buy again in the month after their first purchase (17 to 35)"
    )
    assert words["title"].endswith("n 80")


def test_alt_text_tells_every_age() -> None:
    """Who does not see the picture is told each age with its interval."""
    words = written(retention_curves_spec(retention(n=40, returning=10)))

    assert "month 1: 25 % (17 to 35), n 80; month 2: 0 % (0 to 9), n 40" in words["alt"]


def test_small_cohorts_are_in_the_twin_but_not_drawn() -> None:
    """Cohorts of fewer than 30 are noise: the picture says that it leaves them out."""
    table = retention(n=10, returning=4)
    twin = retention_curves_data(table)

    assert not twin.loc[twin["cohort"] != "all", "is_drawn"].any()
    assert (
        "fewer than 30 customers are not drawn"
        in (written(retention_curves_spec(table))["source"])
    )


def test_fewer_than_the_minimum_give_no_number_away() -> None:
    """Below five customers neither value nor count reaches the twin."""
    twin = retention_curves_data(retention(n=2, returning=1))
    small = twin[twin["reliability"] == "fewer than minimum"]

    assert len(small)
    assert small[["value", "n"]].isna().all(axis=None)


def test_no_customers_is_said() -> None:
    """Without a cohort there is a picture that says so."""
    spec = retention_curves_spec(pd.DataFrame(columns=list(COHORT_COLUMNS)))

    assert "Retention was not measured" == written(spec)["title"]


def test_hundreds_of_cohorts_stay_below_the_limit() -> None:
    """Of very many cohorts some are drawn, and the source says so."""
    rows = [
        (f"20{a // 52 + 10}-W{a % 52 + 1:02d}", age, 0.3, 0.2, 0.4, 90, "enough", "")
        for a in range(250)
        for age in range(1, 251 - a)
    ]
    rows += [(None, age, 0.3, 0.2, 0.4, 900, "enough", "") for age in range(1, 251)]
    names = ["cohort", "age", "value", "low", "high", "n", "reliability", "note"]
    spec = retention_curves_spec(pd.DataFrame(rows, columns=names))

    assert n_embedded(spec) < 5000
    assert "Not every cohort is drawn" in written(spec)["source"]
    assert "in the week after" in written(spec)["title"]


def test_missing_column_is_refused() -> None:
    """A table without ages cannot be drawn, and the error names the column."""
    with pytest.raises(InputError, match="without age"):
        retention_curves_data(retention().drop(columns="age"))
