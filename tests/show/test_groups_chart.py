"""Scores of several groups: where they part most, what may be chance, who is hidden."""

from __future__ import annotations

import pandas as pd
import pytest
from chart_cases import CSAT, parted_scores, written

from journeykit.errors import InputError
from journeykit.show.groups_chart import group_scores_spec
from journeykit.show.groups_data import group_scores_data
from journeykit.show.tokens import light


def test_where_they_part_stands_first_told_from_the_higher() -> None:
    """The row that is clearly apart comes first, however the pair was ordered."""
    twin = group_scores_data(**parted_scores(), definition=CSAT)
    first = twin.iloc[0]

    assert ["Gate"] * 3 + ["Desk"] * 3 == list(twin["touchpoint"])
    assert ("apart", "Bob above Ann") == (first["standing"], first["pair"])
    assert pytest.approx((0.2, 0.13, 0.27)) == (
        first["apart"],
        first["apart_low"],
        first["apart_high"],
    )


def test_title_says_who_where_and_by_how_much() -> None:
    """The finding counts the touchpoints at which they are clearly apart."""
    words = written(group_scores_spec(**parted_scores(), definition=CSAT))

    assert (
        "They part most at Gate: Bob above Ann by 20 (13 to 27); clearly apart at 1 of "
        "2" == words["title"]
    )
    assert "not shown there: Cat." in words["source"]


def test_small_group_has_neither_number_nor_count() -> None:
    """Fewer than the minimum: only these words."""
    twin = group_scores_data(**parted_scores(), definition=CSAT, minimum=7)
    hidden = twin[(twin["group"] == "Cat") & (twin["touchpoint"] == "Gate")].iloc[0]

    assert hidden[["value", "low", "high", "n"]].isna().all()
    assert "fewer than 7 answers" == hidden["said"]


def test_row_of_chance_is_grey() -> None:
    """Nothing of a row in which nobody is clearly apart has a hue."""
    parts = parted_scores()
    parts["differences"] = parts["differences"].assign(is_difference=False)
    spec = group_scores_spec(**parts, definition=CSAT)
    rules = {
        layer["mark"]["color"]
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rule"
    }

    assert {light("rule"), light("mark-quiet")} == rules
    assert (
        "At none of 2 touchpoints are the groups clearly apart"
        == (written(spec)["title"])
    )


def test_more_groups_than_hues_are_refused() -> None:
    """Seven hues cannot be told apart."""
    parts = parted_scores()
    rows = parts["scores"].head(1)
    many = pd.concat([rows.assign(group=f"g{i}") for i in range(7)])

    with pytest.raises(InputError, match="at most 6"):
        group_scores_data(many, parts["differences"], definition=CSAT)
    with pytest.raises(InputError, match="no measure"):
        group_scores_data(**parts, definition="mood")


def test_nothing_to_compare_is_said() -> None:
    """Without a pair there is no finding, on a phone either."""
    parts = parted_scores()
    words = written(
        group_scores_spec(
            parts["scores"].head(0),
            parts["differences"].head(0),
            definition=CSAT,
            width=342,
        )
    )

    assert "No two groups could be compared" == words["title"]
