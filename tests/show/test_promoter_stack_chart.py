"""Promoters and detractors row by row: shares, scores, waves and groups."""

from __future__ import annotations

import pandas as pd
import pytest
from chart_cases import PROMOTERS, n_embedded, plain, written

from journeykit.errors import InputError
from journeykit.show.promoter_stack_chart import (
    promoter_stack_data,
    promoter_stack_spec,
)


def test_twin_holds_shares_score_and_interval() -> None:
    """The airport's 2017 score comes with its published interval."""
    row = promoter_stack_data(PROMOTERS).iloc[-1]

    assert "39.8 (37.2 to 42.4), n 2,746" == plain(row["said"])
    assert pytest.approx(1436 / 2746) == row["promoters"]
    assert pytest.approx(1) == row["promoters"] + row["passives"] + row["detractors"]


def test_waves_keep_their_order_and_missing_ones_are_named() -> None:
    """A wave without answers stays in its place and is never zero."""
    twin = promoter_stack_data(PROMOTERS)

    assert ["2013", "2015", "2016", "2017"] == twin["name"].tolist()
    assert ["not measured", "fewer than 5 answers"] == twin["said"].tolist()[1:3]
    assert twin.loc[2, ["promoters", "value", "n"]].isna().all()


def test_title_says_how_the_score_moved() -> None:
    """Two waves whose intervals do not touch have moved."""
    title = written(promoter_stack_spec(PROMOTERS))["title"]

    assert "NPS rose from 28.0 in 2013 to 39.8 (37.2 to 42.4) in 2017, n 2,746" == title


def test_move_within_the_intervals_may_be_chance() -> None:
    """Intervals that touch make no rise."""
    rows = [("May", 50, 30, 20), ("June", 52, 30, 18)]
    table = pd.DataFrame(rows, columns=PROMOTERS.columns)

    assert "NPS moved within chance" in written(promoter_stack_spec(table))["title"]


def test_groups_are_ordered_by_score() -> None:
    """The lowest group comes first and is the finding; what is missing stands last."""
    rows = [("Leisure", 800, 500, 150), ("None", 0, 0, 0), ("Work", 500, 420, 180)]
    table = pd.DataFrame(rows, columns=PROMOTERS.columns)
    twin = promoter_stack_data(table, order="score")

    assert ["Work", "Leisure", "None"] == twin["name"].tolist()
    assert (
        "Lowest NPS: Work, 29.1 (24.7 to 33.3), n 1,100"
        == (written(promoter_stack_spec(table, order="score"))["title"])
    )


def test_given_ends_are_kept() -> None:
    """Ends of weighted answers are not computed anew."""
    table = PROMOTERS.assign(low=[1.0] * 4, high=[60.0] * 4)
    twin = promoter_stack_data(table)

    assert (1.0, 60.0) == (twin["low"].iloc[0], twin["high"].iloc[0])
    assert twin["low"].iloc[1:3].isna().all()


def test_few_answers_are_said() -> None:
    """Below 30 answers the name says so."""
    table = pd.DataFrame([("Pets", 6, 2, 2)], columns=PROMOTERS.columns)
    texts = [
        row.get("name", "")
        for part in promoter_stack_spec(table)["layer"]
        for row in part["data"]["values"]
    ]

    assert "Pets (few answers)" in texts


@pytest.mark.parametrize("width", [342, 760])
def test_hundred_rows_stay_below_the_limit(width: int) -> None:
    """Many waves are still small, and no table at all is still a picture."""
    many = pd.concat([PROMOTERS] * 25)

    assert n_embedded(promoter_stack_spec(many, width=width)) < 5000
    assert (
        "NPS was not measured"
        == (written(promoter_stack_spec(many[:0], width=width))["title"])
    )


def test_alt_text_tells_the_shares() -> None:
    """Who does not see the bars is told their pieces."""
    alt = written(promoter_stack_spec(PROMOTERS))["alt"]

    assert "(promoters 52 %; passives 35 %; detractors 12 %)" in alt


def test_bad_input_is_refused() -> None:
    """Negative counts, an unknown order and missing columns are mistakes."""
    with pytest.raises(InputError, match="0 or more"):
        promoter_stack_data(PROMOTERS.assign(passives=-1))
    with pytest.raises(InputError, match="as order"):
        promoter_stack_data(PROMOTERS, order="name")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="without passives"):
        promoter_stack_data(PROMOTERS.drop(columns="passives"))
