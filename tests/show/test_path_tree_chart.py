"""The tree of paths: beginnings, what is grouped, the commonest way."""

from __future__ import annotations

import pandas as pd
import pytest
from embedded_rows import n_embedded
from way_chart_cases import shop_log, shop_tree

from journeykit.errors import InputError
from journeykit.measure.events_variants import path_tree
from journeykit.show.frame import NARROW, WIDE, words_of
from journeykit.show.numbers import NBSP
from journeykit.show.path_tree_chart import path_tree_spec
from journeykit.show.path_tree_data import path_tree_data


def test_twin_holds_beginnings_as_a_tree() -> None:
    """Each beginning stands below its stem, with its share of all 100 paths."""
    twin = path_tree_data(shop_tree())

    assert ["search", "cart", "pay", "search", "cart", "offer", "cart", "pay"] == (
        twin["activity"].tolist()
    )
    assert [0.9, 0.3, 0.3, 0.2, 0.2, 0.1, 0.08, 0.08] == twin["share"].tolist()
    assert 3 == twin["is_main"].sum()


def test_small_branches_are_grouped() -> None:
    """What is too small to draw is counted as other, below its stem."""
    twin = path_tree_data(shop_tree(), smallest=0.25)
    others = twin[twin["activity"] == "other"]

    assert [("search", None), (None,)] == others["path"].tolist()
    assert [20, 10] == others["n_reached"].tolist()


def test_title_names_the_commonest_beginning() -> None:
    """The commonest beginning and way stand in the title with their shares."""
    words = words_of(path_tree_spec(shop_tree()))

    assert (
        "“search” is the commonest beginning: 90 % (83 to 94) of 100; "
        "30 % (22 to 40) take the commonest 3 steps"
    ) == words.title.replace(NBSP, " ")
    assert "offer – cart – pay: 8 % (4 to 15)" in words.alt.replace(NBSP, " ")


def test_too_few_paths_give_no_share() -> None:
    """Three paths are not drawn."""
    log = shop_log()
    spec = path_tree_spec(path_tree(log[log["customer"].isin(["c1", "c2", "c3"])]))

    assert "Too few paths to say how they begin" == words_of(spec).title
    assert path_tree_data(path_tree(log.head(3)))["share"].isna().all()


def test_no_path_is_said() -> None:
    """An empty table is drawn as words."""
    assert "No path was recorded" == words_of(path_tree_spec(shop_tree().head(0))).title


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_many_branches_stay_small(width: int) -> None:
    """A tree of ten thousand beginnings is grouped before it is embedded."""
    paths = [(f"a{i}", f"b{j}") for i in range(100) for j in range(100)]
    rows = [((f"a{i}",), 1, f"a{i}", 100, 0, 0.01) for i in range(100)]
    rows += [((a, b), 2, b, 1, 1, 0.0001) for a, b in paths]
    columns = ["path", "depth", "activity", "n_reached", "n_ended", "share_of_all"]
    table = pd.DataFrame(rows, columns=columns)

    spec = path_tree_spec(table, smallest=0.01, width=width)

    assert 5_000 > n_embedded(spec)


def test_tiny_shares_are_refused() -> None:
    """Branches below one in a hundred cannot be drawn."""
    with pytest.raises(InputError, match="share from"):
        path_tree_data(shop_tree(), smallest=0.001)
