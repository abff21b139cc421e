"""The emotion curve as a chart: felt, measured, gap, turns, what was not measured."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from chart_cases import journey_rows, n_embedded, written

from journeykit.show.emotion_chart import emotion_curve_data, emotion_curve_spec
from journeykit.show.frame import Spec


def _texts(spec: Spec) -> list[str]:
    return [
        str(row["t"])
        for part in spec["layer"]
        for row in part["data"]["values"]
        if "t" in row
    ]


def _layers(spec: Spec, kind: str) -> list[list[dict[str, Any]]]:
    return [
        part["data"]["values"] for part in spec["layer"] if part["mark"]["type"] == kind
    ]


def test_twin_holds_every_touchpoint_with_its_gap() -> None:
    """What nobody said is missing, and small counts are not given away."""
    twin = emotion_curve_data(journey_rows())

    assert ["Plan", "Check in", "Security", "Eat", "Board", "Bags"] == (
        twin["name"].tolist()
    )
    assert pytest.approx(-3.3) == twin.loc[2, "gap"]
    assert twin.loc[1, ["measured", "gap"]].isna().all()
    assert twin["n"].isna().tolist() == [False] * 5 + [True]


def test_title_is_the_low_point_with_both_numbers() -> None:
    """The title says where it is worst, what the team feels and customers say."""
    title = written(emotion_curve_spec(journey_rows()))["title"]

    assert (
        "Security is the low point: the team feels \N{MINUS SIGN}2.0, customers say "
        "+1.30 (+1.20 to +1.40), n 2,407" == title
    )


def test_not_measured_is_named_and_never_drawn() -> None:
    """No line of what was measured passes over a touchpoint without answers."""
    spec = emotion_curve_spec(journey_rows())
    words = written(spec)

    assert "Not measured: Check in." in words["source"]
    assert "Too few answers to show: Bags." in words["source"]
    felt_or_measured = [[row["x"] for row in rows] for rows in _layers(spec, "line")]
    assert [0] in felt_or_measured
    assert [2, 3, 4] in felt_or_measured


def test_lines_break_where_nobody_was_asked() -> None:
    """A touchpoint without a feeling ends the felt line."""
    spec = emotion_curve_spec(journey_rows())

    assert [0, 1, 2, 3] in [
        [row["x"] for row in rows] for rows in _layers(spec, "line")
    ]


def test_few_answers_are_hatched() -> None:
    """Below 30 answers the interval is a hatched box."""
    spec = emotion_curve_spec(journey_rows())

    assert ["Eat"] == [row["name"] for rows in _layers(spec, "rect") for row in rows]
    assert "Hatched: fewer than 30 answers." in written(spec)["source"]


@pytest.mark.parametrize("width", [342, 760])
def test_turns_and_stages_are_named(width: int) -> None:
    """Peak and valley stand in words; stages by name, or by number where too narrow."""
    stages = {"s1": "Planning", "s2": "Checking in", "s3": "Boarding", "s4": "Bags"}
    spec = emotion_curve_spec(journey_rows(), stages=stages, width=width)
    texts = _texts(spec)

    assert {"Security", "Eat"} <= set(texts)
    assert "Boarding" in texts or "3 Boarding" in written(spec)["source"]


def test_alt_text_tells_every_touchpoint() -> None:
    """Who does not see the curve is told each touchpoint."""
    alt = written(emotion_curve_spec(journey_rows()))["alt"]

    assert "Check in: felt \N{MINUS SIGN}1.0, not measured" in alt
    assert "Board: not asked, measured +0.80 (+0.70 to +0.90), n 90" in alt
    assert "Bags: felt 0.0, fewer than minimum" in alt


def test_other_curves_are_thin_and_named() -> None:
    """Personas are drawn where there is room; where not, that is said."""
    ann = [replace(row, persona="ann", who="Ann") for row in journey_rows()]
    rows = (*journey_rows(), *ann)

    assert "Ann" in _texts(emotion_curve_spec(rows))
    narrow = emotion_curve_spec(rows, width=342)
    assert "Ann" not in _texts(narrow)
    assert "1 more curve is not drawn." in written(narrow)["source"]


def test_long_names_of_curves_take_two_lines() -> None:
    """A name that one line cannot hold is said whole, its lines below each other."""
    who = "The connecting passenger"
    rows = [replace(row, persona="ann", who=who) for row in journey_rows()]
    spec = emotion_curve_spec((*journey_rows(), *rows))
    ends = [
        (row["t"], row["y"])
        for part in spec["layer"]
        for row in part["data"]["values"]
        if row.get("t") in {"The connecting", "passenger"}
    ]

    assert ["The connecting", "passenger"] == [text for text, _ in ends]
    assert ends[0][1] > ends[1][1]


def test_nothing_felt_and_no_rows_are_said() -> None:
    """An empty map gives a picture that claims nothing."""
    unasked = [replace(row, felt=None, turn=None) for row in journey_rows()]

    for rows in ([], unasked):
        title = written(emotion_curve_spec(rows))["title"]
        assert "What was felt was not asked at any touchpoint" == title


def test_thousands_of_touchpoints_stay_below_the_limit() -> None:
    """No picture embeds more than 5,000 rows, however long the map."""
    one = journey_rows()[0]
    rows = [
        replace(one, persona=f"p{p}", who=f"P{p}", column=i, touchpoint=f"t{i}")
        for p in range(8)
        for i in range(900)
    ]

    assert n_embedded(emotion_curve_spec(rows)) < 5000
