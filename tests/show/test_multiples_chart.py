"""Small fields side by side: one scale, the low point, what is not drawn."""

from __future__ import annotations

import pandas as pd
import pytest
from chart_cases import many_maps, n_embedded, written

from journeykit.errors import InputError
from journeykit.show.multiples_chart import small_multiples_data, small_multiples_spec


def test_shared_low_point_is_the_title() -> None:
    """What most journeys have as their lowest point is the finding."""
    words = written(small_multiples_spec(many_maps(3)))

    assert "Desk is the low point in 3 of 3 workshops" == words["title"]
    assert words["alt"].startswith("The low point of each journey. Hotel 0: Desk −2.0")


def test_of_two_lowest_the_first_is_named() -> None:
    """One dot a field: the twin marks one touchpoint of each workshop."""
    rows = many_maps(2).assign(felt=-1)
    twin = small_multiples_data(rows)

    assert [True, False, False] * 2 == list(twin["lowest"])


def test_more_fields_than_one_looks_at_are_not_drawn() -> None:
    """Of forty maps twenty-four are drawn; the twin keeps all."""
    spec = small_multiples_spec(many_maps(40))

    assert 120 == len(small_multiples_data(many_maps(40)))
    words = 1  # the line that says so
    assert n_embedded(small_multiples_spec(many_maps(24))) + words == n_embedded(spec)
    assert "The first 24 of 40 workshops are drawn" in written(spec)["source"]


@pytest.mark.parametrize(("n", "n_rows"), [(1, 1), (5, 1), (8, 2), (13, 3)])
def test_rows_of_a_slide_hold_about_as_many_fields_each(n: int, n_rows: int) -> None:
    """Eight fields are four and four, not six and two."""
    spec = small_multiples_spec(many_maps(n), width=1176)
    tops = [
        row["y"]
        for part in spec["layer"]
        for row in part["data"]["values"]
        if str(row.get("t", "")).startswith("Hotel ")
    ]
    counts = [tops.count(top) for top in sorted(set(tops))]

    assert n_rows == len(counts)
    assert max(counts) - counts[-1] <= n_rows - 1


def test_nothing_felt_is_not_drawn_as_zero() -> None:
    """Who said nothing has a field with words, and is named below."""
    silent = many_maps(1).assign(workshop="Silent", felt=None, measured=None)
    spec = small_multiples_spec(pd.concat([many_maps(2), silent]))
    texts = [
        row["t"]
        for part in spec["layer"]
        for row in part["data"]["values"]
        if "t" in row
    ]

    assert "nothing felt, nothing measured" in texts
    assert "Nobody said what is felt: Silent." in written(spec)["source"]


def test_lines_break_where_nobody_was_asked() -> None:
    """A gap in what is felt is a gap in the line; a point alone is a dot."""
    rows = many_maps(1).assign(felt=[1, None, 2], measured=None)
    spec = small_multiples_spec(rows)
    lines = {
        row["line"]
        for part in spec["layer"]
        for row in part["data"]["values"]
        if "line" in row
    }

    assert 2 == len(lines)


def test_no_map_at_all_is_said() -> None:
    """An empty portfolio has words and no field."""
    words = written(small_multiples_spec(many_maps(0), width=342))

    assert "No workshop has a map yet" == words["title"]


def test_missing_column_is_refused() -> None:
    """What is needed is named."""
    with pytest.raises(InputError, match="felt"):
        small_multiples_data(many_maps(1).drop(columns="felt"))
