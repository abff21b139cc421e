"""Ranks by several methods: what is in the top by all, what is unclear."""

from __future__ import annotations

import pandas as pd
import pytest
from embedded_rows import n_embedded
from way_chart_cases import firmness, ranks

from journeykit.errors import InputError
from journeykit.measure.priority_agreement import rankings_side_by_side
from journeykit.show.frame import NARROW, SMALL, WIDE, words_of
from journeykit.show.numbers import NBSP
from journeykit.show.slope_chart import priority_slope_spec
from journeykit.show.slope_data import priority_slope_data
from journeykit.show.text_width import text_width


def test_twin_holds_ranks_and_standing() -> None:
    """In the top of all is top; of some is unclear; of none is below."""
    twin = priority_slope_data(ranks())

    assert ["queue", "signs", "price", "food", "art"] == twin["entry"].tolist()
    assert [1, 4, 2, 3, 5] == twin["RICE"].tolist()
    assert [3, 2, 2, 1, 1] == twin["n_top"].tolist()
    assert ["top", "unclear", "top", "unclear", "unclear"] == twin["standing"].tolist()


def test_draws_make_a_place_unclear() -> None:
    """In the top by each method, but in two thirds of the draws: unclear."""
    twin = priority_slope_data(ranks(), firmness()).set_index("entry")

    assert "unclear" == twin.loc["price", "standing"]
    assert "top" == twin.loc["queue", "standing"]
    assert 1.0 == twin.loc["queue", "top_share"]


def test_title_says_what_all_methods_agree_on() -> None:
    """What is in the top three of all methods is the finding."""
    words = words_of(priority_slope_spec(ranks(), firmness()))

    assert (
        "“queue” is in the top three of all 3 methods, and in 100 % of draws"
        == words.title.replace(NBSP, " ")
    )
    assert "Dotted: no rank by that method." in words.source
    assert "price: Votes 3, RICE 2, Value not ranked" in words.alt


def test_no_agreement_is_said() -> None:
    """Without one entry in the top of all, the title claims none."""
    one = pd.DataFrame({"entry": list("abcd"), "rank": [1, 2, 3, 4]})
    other = pd.DataFrame({"entry": list("abcd"), "rank": [4, 3, 2, 1]})
    table = rankings_side_by_side({"x": one, "y": other})

    words = words_of(priority_slope_spec(table, top=1))

    assert (
        "Nothing is clearly first by both methods; nearest is “a”, first by 1"
        == words.title
    )
    assert "top 1" not in f"{words.subtitle} {words.source}"


def test_one_method_is_drawn() -> None:
    """One column is no slope, but its top three are named."""
    table = ranks()[["entry", "Votes"]]

    words = words_of(priority_slope_spec(table))

    assert "In the top three by Votes: “queue”, “signs” and “price”" == words.title
    assert "Rank by Votes, first above." == words.subtitle


def test_bold_names_end_before_the_bars() -> None:
    """A name is broken as wide as it is written: bold letters are wider."""
    name = "Cannot see the way to the next gate, or how long it takes"
    spec = priority_slope_spec(ranks(), firmness(), names={"queue": name}, width=852)
    rows = [
        (row, layer["mark"].get("fontWeight") == 600)
        for layer in spec["layer"]
        for row in layer["data"]["values"]
        if str(row.get("t", "")) and str(row.get("t", "")) in name
    ]
    bars = [
        row["x"]
        for layer in spec["layer"]
        for row in layer["data"]["values"]
        if layer["mark"].get("type") == "rect" and row["x"] > 500
    ]

    assert rows and all(is_bold for _, is_bold in rows)
    assert all(
        row["x"] + text_width(row["t"], SMALL, is_bold=True) + 8 <= min(bars)
        for row, _ in rows
    )


def test_nothing_ranked_is_said() -> None:
    """An empty table is drawn as words."""
    assert "Nothing was ranked" == words_of(priority_slope_spec(ranks().head(0))).title


def test_table_without_a_method_is_refused() -> None:
    """There is nothing to draw without ranks."""
    with pytest.raises(InputError, match="method"):
        priority_slope_data(ranks()[["entry", "rank_best"]])


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_many_entries_stay_small(width: int) -> None:
    """Of a thousand entries the best ranked are drawn, and that is said."""
    one = pd.DataFrame({"entry": range(1_000), "rank": range(1, 1_001)})
    table = rankings_side_by_side({f"m{i}": one for i in range(6)})

    spec = priority_slope_spec(table, width=width)

    assert 5_000 > n_embedded(spec)
    assert "Drawn: 20 of 1000" in words_of(spec).source
