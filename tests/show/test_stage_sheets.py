"""The journey map stage by stage."""

from __future__ import annotations

import json

from journeykit.layout.journey_map import journey_map
from journeykit.model import (
    Document,
    Journey,
    LaneNote,
    PainPoint,
    Persona,
    Stage,
    Touchpoint,
)
from journeykit.show.stage_sheets import stage_sheets


def _document() -> Document:
    return Document(
        [
            Journey(id="j", name="Trip"),
            Persona(id="p", name="The commuter"),
            Stage(id="s", journey="j", name="Arrive", rank="a"),
            Stage(id="s2", journey="j", name="Leave", rank="b"),
            Touchpoint(id="t", stage="s", name="Parking", emotion=-1, rank="a"),
            Touchpoint(
                id="t2",
                stage="s",
                name="Desk",
                emotion=2,
                rank="b",
                moment_of_truth=True,
            ),
            PainPoint(id="q", touchpoint="t", text="Too dear"),
            LaneNote(
                id="n", lane="need", stage="s", text="A space", persona="p", rank="a"
            ),
        ]
    )


def test_each_stage_has_a_sheet_that_says_where_it_is_felt_worst() -> None:
    """The title names the lowest touchpoint; a stage without one keeps its name."""
    sheets = stage_sheets(journey_map(_document()), 5)

    assert ["1 Arrive", "2 Leave"] == [one["stage"] for one in sheets]
    assert ["Arrive: felt worst at Parking (−1)", "Leave"] == [
        one["title"] for one in sheets
    ]
    assert ["1 pain point here", ""] == [one["pains"] for one in sheets]


def test_notes_stand_at_their_touchpoint_or_over_the_stage() -> None:
    """A lane keeps what is said of the whole stage apart from its touchpoints."""
    sheet = stage_sheets(journey_map(_document()), 5)[0]
    lanes = {lane["lane"]: lane for lane in sheet["lanes"]}

    assert ["A A space"] == lanes["needs"]["stage"]
    assert [["Too dear"], []] == lanes["pain_points"]["notes"]
    assert [["A", "The commuter"]] == sheet["people"]


def test_sheets_are_plain_json_with_nothing_where_nothing_was_said() -> None:
    """They travel through a notebook; a feeling that nobody gave is no zero."""
    sheets = stage_sheets(journey_map(_document()), 5)
    points = json.loads(json.dumps(sheets, allow_nan=False))[0]["columns"]

    assert [(-1.0, None), (2.0, None)] == [
        (one["felt"], one["measured"]) for one in points
    ]
    assert [False, True] == [one["is_moment_of_truth"] for one in points]
