"""The matrix of transitions: order, loops, others, and a number in each cell."""

from __future__ import annotations

import pandas as pd
import pytest
from embedded_rows import n_embedded
from pandas.testing import assert_frame_equal
from way_chart_cases import shop_transitions

from journeykit.errors import InputError
from journeykit.show.frame import NARROW, WIDE, words_of
from journeykit.show.numbers import NBSP
from journeykit.show.transition_chart import (
    transition_matrix_data,
    transition_matrix_spec,
)


def test_twin_stands_in_the_order_of_the_way() -> None:
    """Offer and search come before the cart, the cart before paying."""
    twin = transition_matrix_data(shop_transitions())
    expected = pd.DataFrame(
        [
            ("offer", "cart", 8, 8, 1.0, False),
            ("search", "search", 20, 70, 20 / 70, True),
            ("search", "cart", 50, 70, 50 / 70, False),
            ("cart", "pay", 38, 38, 1.0, False),
        ],
        columns=["source", "target", "n_times", "n", "share", "is_loop"],
    )

    assert_frame_equal(expected, twin.drop(columns=["low", "high"]))


def test_title_is_the_commonest_move() -> None:
    """The most frequent move stands in the title with its share and interval."""
    words = words_of(transition_matrix_spec(shop_transitions()))

    assert (
        "After “search” most often comes “cart”: 71 % (60 to 81) of 70"
        == words.title.replace(NBSP, " ")
    )
    assert "the same again, 20 moves (17 %)" in words.subtitle.replace(NBSP, " ")
    assert "cart to pay: 100 % (91 to 100) of 38" in words.alt.replace(NBSP, " ")


def test_less_busy_are_put_together() -> None:
    """What has no row of its own is counted under others, and nothing is lost."""
    twin = transition_matrix_data(shop_transitions(), most=2)

    assert {"search", "cart", "others (2)"} == {*twin["source"], *twin["target"]}
    assert 116 == twin["n_times"].sum()


def test_few_transitions_have_no_share() -> None:
    """Below the minimum the cell has a dash, and the words say why."""
    table = pd.DataFrame([("a", "b", 3)], columns=["source", "target", "n_times"])
    spec = transition_matrix_spec(table)

    assert transition_matrix_data(table)["share"].isna().all()
    assert "A dash: too few" in words_of(spec).source


def test_no_transition_is_said() -> None:
    """An empty table is drawn as words."""
    spec = transition_matrix_spec(shop_transitions().head(0))

    assert "No move from one activity to another was recorded" == words_of(spec).title


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("show", ["share", "count"])
def test_many_activities_stay_small(width: int, show: str) -> None:
    """Two hundred activities become twenty and others."""
    pairs = [
        (f"a{i}", f"a{j}", 1 + i * j) for i in range(200) for j in range(200) if i != j
    ]
    table = pd.DataFrame(pairs, columns=["source", "target", "n_times"])

    spec = transition_matrix_spec(table, width=width, show=show)  # type: ignore[arg-type]

    assert 5_000 > n_embedded(spec)
    assert "others (180)" in set(transition_matrix_data(table)["target"])


def test_more_than_twenty_are_refused() -> None:
    """More rows than can be read are not drawn."""
    with pytest.raises(InputError, match="1 to 20"):
        transition_matrix_data(shop_transitions(), most=21)
