"""A score before and after: what moved stands first, what may be chance is grey."""

from __future__ import annotations

import pandas as pd
import pytest
from chart_cases import CSAT, changed_scores, plain, written

from journeykit.errors import InputError
from journeykit.show.change_chart import before_and_after_data, before_and_after_spec


def test_what_moved_stands_first_and_chance_after_it() -> None:
    """The order is by what is known: clear changes, chance, not compared."""
    twin = before_and_after_data(changed_scores(), definition=CSAT)

    assert ["Restaurants", "Security", "Parking", "Wi-Fi"] == list(twin["touchpoint"])
    assert ["worse", "better", "may be chance", "not compared"] == list(
        twin["standing"]
    )


def test_title_counts_and_names_the_largest_change() -> None:
    """The finding has its numbers, in points, with the interval."""
    words = written(before_and_after_spec(changed_scores(), definition=CSAT))

    assert (
        "1 better and 1 worse of 3; most: Restaurants, 70 % before, 60 % after: "
        "−10 points (−15 to −5), n 300" == words["title"]
    )
    assert words["source"].startswith("Grey: may be chance.")


def test_nothing_beyond_chance_is_said_so() -> None:
    """Where all may be chance no change is named."""
    rows = changed_scores().assign(is_change=False)
    words = written(before_and_after_spec(rows, definition=CSAT))

    assert "None of the 3 scores moved beyond chance" == words["title"]


def test_hidden_answers_give_no_number_at_all() -> None:
    """Below the minimum neither score nor change nor n stands in the twin."""
    rows = changed_scores().assign(before=0.5, after=0.6, change=0.1)
    hidden = before_and_after_data(rows, definition=CSAT).iloc[-1]

    assert "Wi-Fi" == hidden["touchpoint"]
    assert hidden[["before", "after", "change", "n"]].isna().all()
    assert "not compared" == hidden["said"]


def test_lower_is_better_turns_the_words() -> None:
    """A churn rate that falls got better."""
    rows = changed_scores().head(1)
    twin = before_and_after_data(rows, definition="churn_rate")

    assert ["worse"] == list(twin["standing"])


def test_nothing_at_all_is_drawn_as_words() -> None:
    """No row: the title says that nothing could be compared."""
    empty = changed_scores().head(0)
    words = written(before_and_after_spec(empty, definition=CSAT, width=342))

    assert "Nothing could be compared" == words["title"]


def test_means_have_no_points() -> None:
    """A change of a mean is said in its own unit."""
    rows = changed_scores().head(1).assign(before=3.1, after=3.4, change=0.3)
    twin = before_and_after_data(rows, definition="mean_satisfaction")

    assert "3.10 before, 3.40 after: +0.30 (+0.05 to +0.13), n 800" == plain(
        twin["said"].iloc[0]
    )


def test_missing_column_and_unknown_measure_are_refused() -> None:
    """What cannot be drawn is named."""
    with pytest.raises(InputError, match="change"):
        before_and_after_data(pd.DataFrame({"name": ["a"]}), definition=CSAT)
    with pytest.raises(InputError, match="no measure"):
        before_and_after_data(changed_scores(), definition="mood")
