"""Many workshops by one score: who stands apart, and which places are possible."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.errors import InputError
from journeykit.measure.differences import share_difference
from journeykit.measure.intervals import wilson
from journeykit.measure.league import LEAGUE_COLUMNS, league_table
from journeykit.measure.multiple import benjamini_hochberg


def shares(*counts: tuple[str, int, int]) -> pd.DataFrame:
    """Return shares with their Wilson intervals: name, how many, of how many."""
    rows = [(name, x / n, *wilson(x, n), n) for name, x, n in counts]
    return pd.DataFrame(rows, columns=["name", "value", "low", "high", "n"])


def test_two_shares_are_told_apart_as_newcombe_does() -> None:
    """With one other the difference is that of method 10 (Newcombe 1998, table II)."""
    found = league_table(shares(("after", 56, 70), ("before", 48, 80)))
    apart = share_difference(48, 80, 56, 70)

    assert ["after", "before"] == list(found["name"])
    first = found.iloc[0]
    assert pytest.approx(apart[:3]) == (
        first["difference"],
        first["difference_low"],
        first["difference_high"],
    )
    assert pytest.approx((0.0524, 0.3339), abs=6e-5) == (
        first["difference_low"],
        first["difference_high"],
    )
    assert "better" == first["standing"]
    assert "worse" == found.iloc[1]["standing"]


def test_places_are_those_that_intervals_leave_open() -> None:
    """One far above, one far below, two between that nobody can rank."""
    table = shares(
        ("low", 60, 400), ("left", 200, 400), ("right", 204, 400), ("high", 380, 400)
    )
    found = league_table(table).set_index("name")

    assert [1, 2, 2, 4] == list(found["rank_low"])
    assert [1, 3, 3, 4] == list(found["rank_high"])
    assert [0, 1, 1, 0] == list(found["n_alike"])
    assert ["high", "right", "left", "low"] == list(found.index)


def test_lower_can_be_better() -> None:
    """Where a low number is good the order turns, and so do places and words."""
    table = shares(("few", 20, 400), ("many", 200, 400))
    found = league_table(table, is_up=False).set_index("name")

    assert ["few", "many"] == list(found.index)
    assert ["better", "worse"] == list(found["standing"])
    assert [1, 2] == list(found["rank_low"])


def test_all_places_are_wider_than_those_of_single_intervals() -> None:
    """Two that 95 % intervals tell apart are not told apart among forty."""
    pair = [("a", 175, 400), ("b", 222, 400)]
    many = [(f"w{i}", 199, 400) for i in range(38)]
    alone = league_table(shares(*pair))
    found = league_table(shares(*pair, *many))

    assert [1, 2] == list(alone["rank_high"])
    assert 1 == found["rank_low"].max()
    assert {"may be chance"} == set(found["standing"])


def test_chance_is_not_read_as_news() -> None:
    """P values are raised by the number of workshops."""
    found = league_table(shares(*((f"w{i}", 40 + i, 100) for i in range(12))))

    raised = benjamini_hochberg(found["p_value"].to_numpy())
    assert list(raised) == list(found["p_adjusted"])
    assert (found["p_adjusted"] >= found["p_value"]).all()


def test_one_workshop_is_compared_with_nobody() -> None:
    """It has the first place of one, and no difference."""
    found = league_table(shares(("only", 30, 60)))

    assert [(1, 1, 1)] == list(
        found[["rank", "rank_low", "rank_high"]].itertuples(index=False, name=None)
    )
    assert found["difference"].isna().all()
    assert ["may be chance"] == list(found["standing"])


def test_nobody_gives_an_empty_table() -> None:
    """No workshop, no row, the columns stand."""
    found = league_table(shares(("x", 1, 9)).head(0))

    assert list(LEAGUE_COLUMNS) == list(found.columns)
    assert 0 == len(found)


def test_what_is_missing_is_refused() -> None:
    """A column, a number or a level that cannot be used is named."""
    table = shares(("a", 3, 9))

    with pytest.raises(InputError, match="column low"):
        league_table(table.drop(columns="low"))
    with pytest.raises(InputError, match="every row"):
        league_table(table.assign(value=None))
    with pytest.raises(InputError, match="between 0 and 1"):
        league_table(table, level=95)


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(50, 500)), min_size=1, max_size=30
    )
)
def test_a_place_lies_between_its_ends(counts: list[tuple[int, int]]) -> None:
    """Whatever is compared, the rank is one of the possible places; input stays."""
    table = shares(*((f"w{i}", x, n) for i, (x, n) in enumerate(counts)))
    before = table.copy()
    found = league_table(table)

    assert (found["rank_low"] <= found["rank"]).all()
    assert (found["rank"] <= found["rank_high"]).all()
    assert (found["difference_low"] <= found["difference_high"]).all() or len(found) < 2
    pd.testing.assert_frame_equal(before, table)
