"""Value at stake: ranges on a scale with zero, refusals with their reason."""

from __future__ import annotations

import pandas as pd
import pytest
from embedded_rows import n_embedded
from way_chart_cases import stakes

from journeykit.errors import InputError
from journeykit.show.frame import NARROW, WIDE, words_of
from journeykit.show.numbers import NBSP
from journeykit.show.value_chart import value_at_stake_data, value_at_stake_spec


def test_twin_holds_ranges_and_refusals() -> None:
    """The largest first; what is refused stands last with why."""
    twin = value_at_stake_data(stakes(), names={"queue": "The long queue"})

    assert ["The long queue", "signs", "art", "food"] == twin["name"].tolist()
    assert [pytest.approx(20_000), 0] == twin["value"].dropna().tolist()
    assert ["largest", "may be none", "refused", "refused"] == twin["standing"].tolist()
    assert twin["note"].iloc[2].startswith("no comparison group")


def test_title_is_a_range() -> None:
    """The title gives the range, and that another may be larger."""
    words = words_of(value_at_stake_spec(stakes(), currency="EUR"))

    assert (
        "“queue” may cost most, not clearly: 20,000 EUR (4,190 to 40,100)"
        == words.title.replace(NBSP, " ")
    )
    assert "the range holds zero" in words.source


def test_refused_rows_are_named_with_why() -> None:
    """A row without a number says why, in the picture and in the alt text."""
    for width in (NARROW, WIDE):
        spec = value_at_stake_spec(stakes(), width=width)
        texts = [
            row["t"]
            for part in spec["layer"]
            for row in part["data"]["values"]
            if "t" in row
        ]

        assert any(text.startswith("Not said: no comparison group") for text in texts)
        assert "food: not said, too few customers in a group" in words_of(spec).alt


def test_scale_holds_zero() -> None:
    """Zero is among the labels, however far the ranges are from it."""
    spec = value_at_stake_spec(stakes().head(1))
    texts = [row.get("t") for part in spec["layer"] for row in part["data"]["values"]]

    assert "0" in texts


def test_nothing_clear_is_said() -> None:
    """Where each range holds zero the title claims nothing."""
    table = stakes()
    words = words_of(value_at_stake_spec(table[table["entry"] == "signs"]))

    assert words.title.startswith("No pain point clearly costs anything")


def test_only_refusals_are_said() -> None:
    """Without one number there is no scale."""
    words = words_of(value_at_stake_spec(stakes().tail(2)))

    assert "Value at stake cannot be said for any of 2" == words.title


def test_empty_table_is_drawn_as_words() -> None:
    """No row, no range."""
    words = words_of(value_at_stake_spec(stakes().head(0)))

    assert "Value at stake cannot be said" == words.title


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_many_rows_stay_small(width: int) -> None:
    """Of two thousand rows the first are drawn, and that is said."""
    table = pd.concat([stakes()] * 500)

    spec = value_at_stake_spec(table, width=width)

    assert 5_000 > n_embedded(spec)
    assert "Drawn: the first 40 of 2000." in words_of(spec).source


def test_missing_column_is_refused() -> None:
    """The error names what is missing."""
    with pytest.raises(InputError, match="note"):
        value_at_stake_data(stakes().drop(columns="note"))
