"""Drivers: order, ranks in words, the line that they are no causes, set aside ones."""

from __future__ import annotations

import pandas as pd
import pytest
from chart_cases import drivers, n_embedded, written

from journeykit.errors import InputError
from journeykit.measure.drivers import DRIVERS_NOTE, driver_shares
from journeykit.show.drivers_chart import driver_shares_data, driver_shares_spec

LIKE = pd.DataFrame(
    {
        "driver": ["roads", "signs", "wi-fi"],
        "value": [0.2, 0.3, 0.05],
        "low": [0.15, 0.2, 0.01],
        "high": [0.31, 0.4, 0.1],
        "rank": pd.array([2, 1, 3], dtype="Int64"),
        "rank_low": pd.array([1, 1, 3], dtype="Int64"),
        "rank_high": pd.array([2, 2, 3], dtype="Int64"),
        "zero_order_r": [0.5, 0.6, -0.1],
        "r_squared": 0.55,
        "method": "LMG",
        "n": 944,
        "reliability": "enough",
        "note": "",
    }
)


def test_twin_is_ordered_and_ranks_are_words() -> None:
    """Largest first; who may be first as well is said; ranks are intervals."""
    twin = driver_shares_data(LIKE)

    assert ["signs", "roads", "wi-fi"] == twin["driver"].tolist()
    assert ["first", "may be chance", "clear"] == twin["standing"].tolist()
    assert ["rank 1 to 2", "rank 1 to 2", "rank 3"] == twin["rank_said"].tolist()
    assert [0.3, 0.2, 0.05] == twin["value"].tolist()


def test_title_says_the_share_and_who_else_may_be_first() -> None:
    """A lead that may be chance is not sold as one."""
    words = written(driver_shares_spec(LIKE, outcome="the wish to recommend"))

    assert (
        "signs goes furthest with the wish to recommend, but 1 other may be first: "
        "30 % of its variance (20 to 40), n 944" == words["title"]
    )
    assert "Grey: may be first as well." in words["source"]


def test_drivers_are_not_causes_is_always_said() -> None:
    """The line stands in the picture and in its alt text."""
    words = written(driver_shares_spec(LIKE))

    assert DRIVERS_NOTE in words["source"]
    assert DRIVERS_NOTE in words["alt"]


def test_alt_text_tells_share_rank_and_correlation() -> None:
    """Each driver is told with its interval, rank and correlation."""
    alt = written(driver_shares_spec(LIKE))["alt"]

    assert "roads: 20 % (15 to 31), rank 1 to 2, r +0.50" in alt
    assert "wi-fi: 5 % (1 to 10), rank 3, r \N{MINUS SIGN}0.10" in alt


def test_driver_set_aside_is_named_and_not_drawn() -> None:
    """One answer by everybody explains nothing: it stands last, with its reason."""
    table = drivers()
    twin = driver_shares_data(table)
    alt = written(driver_shares_spec(table))["alt"]

    assert ["staff", "price", "wi-fi"] == twin["driver"].tolist()
    assert "not shown" == twin["standing"].iloc[-1]
    assert "wi-fi: set aside: everybody gave the same answer" in alt


def test_without_draws_there_are_no_intervals() -> None:
    """A table without intervals is drawn with its order alone."""
    survey = pd.DataFrame({"a": range(40), "b": [1, 2] * 20, "all": range(40)})
    survey["all"] += survey["b"]
    table = driver_shares(survey, "all", ["a", "b"], n_draws=0)
    twin = driver_shares_data(table)

    assert ["rank 1", "rank 2"] == twin["rank_said"].tolist()
    assert "(" not in written(driver_shares_spec(table))["title"]


def test_too_few_rows_are_said() -> None:
    """Without enough answers there is no number, in the twin neither."""
    table = drivers(n=4)

    assert driver_shares_data(table)[["value", "n"]].isna().all(axis=None)
    assert "was not measured" in written(driver_shares_spec(table))["title"]
    assert "was not measured" in written(driver_shares_spec(table[:0]))["title"]


@pytest.mark.parametrize("width", [342, 760])
def test_forty_drivers_stay_small(width: int) -> None:
    """Many drivers with long names are drawn in both widths."""
    many = pd.concat([LIKE.assign(driver=f"driver {i} " * 9) for i in range(14)])

    assert n_embedded(driver_shares_spec(many, width=width)) < 1000


def test_missing_column_is_refused() -> None:
    """A table without ranks cannot be drawn."""
    with pytest.raises(InputError, match="without rank_low"):
        driver_shares_data(LIKE.drop(columns="rank_low"))
