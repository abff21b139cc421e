"""Importance against satisfaction: quadrants, words, labels that do not overlap."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from embedded_rows import n_embedded
from way_chart_cases import quadrants

from journeykit.errors import InputError
from journeykit.measure.priority_quadrants import importance_performance
from journeykit.show.dot_labels import around_dot, name_spot
from journeykit.show.frame import NARROW, WIDE, words_of
from journeykit.show.quadrant_chart import (
    importance_performance_data,
    importance_performance_spec,
)


def _said(spec: dict[str, Any]) -> set[str]:
    rows = [row for part in spec["layer"] for row in part["data"]["values"]]
    return {row["t"] for row in rows if "t" in row}


def test_twin_holds_quadrants_and_names() -> None:
    """Most urgent first, by the name of the entry where one is given."""
    twin = importance_performance_data(quadrants(), names={"queue": "The long queue"})

    assert ["The long queue", "signs", "price", "art", "prams"] == twin["name"].tolist()
    assert [4.6, 4.4, 2.0, 2.1] == twin["importance"].dropna().tolist()
    assert "Concentrate here" == twin["quadrant"].iloc[0]


def test_title_says_what_to_concentrate_on() -> None:
    """The most urgent entry with both numbers is the finding."""
    words = words_of(importance_performance_spec(quadrants()))

    assert "Concentrate on “queue”: importance 4.6, satisfaction 2.1" == words.title
    assert "Lines: importance from 3.5, satisfaction from 3.5." in words.subtitle
    assert "Not measured: prams." in words.source
    assert "art: Perhaps too much, importance 2.1" in words.alt


def test_wide_intervals_are_grey_and_said() -> None:
    """An interval across a line leaves the quadrant unclear."""
    words = words_of(importance_performance_spec(quadrants(half_width=1.5)))

    assert "not clearly" in words.title
    assert "may be chance" in words.source


def test_without_intervals_nothing_is_called_chance() -> None:
    """Unknown is not unclear."""
    words = words_of(importance_performance_spec(quadrants(half_width=None)))

    assert "not clearly" not in words.title
    assert "Without intervals" in words.source


def test_every_quadrant_has_its_words() -> None:
    """All four quadrants are named, on a phone as well."""
    for width in (NARROW, WIDE):
        said = _said(importance_performance_spec(quadrants(), width=width))

        assert said >= {
            *("Concentrate here", "Keep up the good work"),
            *("Low priority", "Perhaps too much", "queue"),
        }


def test_nothing_measured_is_said() -> None:
    """Without one measured entry there is no field."""
    spec = importance_performance_spec(quadrants().tail(1))

    assert "Importance and satisfaction were measured nowhere" == words_of(spec).title


def test_names_that_find_no_place_become_numbers() -> None:
    """On one spot only a few names fit; the rest stand in a list."""
    table = pd.DataFrame(
        {
            "entry": [f"entry number {i}" for i in range(12)],
            "importance": 4.0,
            "satisfaction": [3 + i / 1000 for i in range(12)],
        }
    )
    found = importance_performance(table, crosshair=(3.5, 3.5))

    said = _said(importance_performance_spec(found))

    assert said >= {"1", *table["entry"]}


def test_name_beside_a_dot_does_not_touch_another() -> None:
    """Where a dot stands at the right the name goes to the left."""
    taken = [around_dot(100, 50), around_dot(130, 50)]
    spot = name_spot("queue", {"x": 100, "y": 50}, (taken, []), (0, 0, 300, 100))

    assert spot is not None
    assert "right" == spot["align"]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_many_entries_stay_small(width: int) -> None:
    """Of three thousand entries the most urgent are drawn, and that is said."""
    table = pd.DataFrame(
        {
            "entry": [f"e{i}" for i in range(3_000)],
            "importance": [1 + i % 40 / 10 for i in range(3_000)],
            "satisfaction": [1 + i % 37 / 10 for i in range(3_000)],
        }
    )
    found = importance_performance(table, crosshair="means")

    spec = importance_performance_spec(found, width=width)

    assert 5_000 > n_embedded(spec)
    assert "Drawn: the 60 most urgent of 3000." in words_of(spec).source


def test_missing_column_is_refused() -> None:
    """The error names what is missing."""
    with pytest.raises(InputError, match="quadrant"):
        importance_performance_data(quadrants().drop(columns="quadrant"))
