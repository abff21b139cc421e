"""The journey map as a board, and the service blueprint, on one small journey."""

from __future__ import annotations

from datetime import date

import pytest

from journeykit.errors import UnknownNameError
from journeykit.layout.map_board import map_board
from journeykit.layout.service_blueprint import service_blueprint
from journeykit.layout.zones import Card, Cell, Head, Layout, Tie, drop
from journeykit.model import (
    Case,
    Channel,
    ChannelChange,
    Document,
    Journey,
    Kpi,
    LaneNote,
    Link,
    Measurement,
    Objective,
    Opportunity,
    PainPoint,
    Persona,
    Stage,
    Stakeholder,
    Touchpoint,
    Vote,
    apply,
)

MAP = Document(
    [
        Case(id="case", title="Airport"),
        Journey(id="now", name="Departure"),
        Stage(id="s1", journey="now", name="Arrive", rank="1"),
        Stage(id="s2", journey="now", name="Fly", rank="2"),
        Stage(id="s3", journey="now", name="Leave", rank="3"),
        Channel(id="desk", name="Desk"),
        Stakeholder(id="boss", name="Boss"),
        Persona(id="ann", name="Ann", rank="1"),
        Persona(id="bob", name="Bob", rank="2"),
        Touchpoint(
            id="parking",
            stage="s1",
            name="Parking",
            rank="1",
            channel="desk",
            owner="boss",
            department="Grounds",
            emotion=-1,
            backstage=("Cleaning",),
            systems=("Barrier",),
            support_processes=("Rota",),
        ),
        Touchpoint(id="signs", stage="s1", name="Signs", rank="2", excels=True),
        Touchpoint(id="gate", stage="s2", name="Gate", moment_of_truth=True),
        ChannelChange(
            id="way", source="parking", target="gate", context_kept=False, note="by bus"
        ),
        ChannelChange(id="back", source="gate", target="signs", change="return"),
        LaneNote(id="drive", lane="motivation", text="Be early", touchpoint="parking"),
        LaneNote(
            id="late",
            lane="feeling",
            text="Rushed",
            emotion=-2,
            touchpoint="gate",
            persona="ann",
        ),
        LaneNote(id="walk", lane="action", text="Walks", stage="s1"),
        PainPoint(id="wait", text="Long wait", touchpoint="gate", persona="bob"),
        PainPoint(id="loose", text="No idea where", severity=4, frequency=3),
        Opportunity(id="idea", text="Clear signs", stage="s2", is_chosen=True),
        Objective(id="aim", text="On time", stage="s2"),
        Objective(id="all", text="Calm"),
        Kpi(id="csat", name="CSAT", target=0.8, unit="share", touchpoint="gate"),
        Kpi(id="nps", name="NPS", stage="s1"),
        Link(id="l1", source="wait", target="parking", relation="pain_at"),
        Vote(id="v1", subject="wait", participant="p1"),
        Vote(id="v2", subject="wait", participant="p2", weight=2),
        Measurement(
            id="old",
            definition="customer_satisfaction_score",
            subject="gate",
            value=0.5,
            n=90,
            day=date(2016, 1, 1),
        ),
        Measurement(
            id="new",
            definition="customer_satisfaction_score",
            subject="gate",
            value=0.71,
            low=0.69,
            high=0.73,
            n=2310,
            day=date(2017, 1, 1),
        ),
        Measurement(
            id="few", definition="net_promoter_score", subject="gate", value=9, n=4
        ),
    ]
)


def texts(layout: Layout, zone: str) -> list[str]:
    """Return what stands in a zone."""
    return [card.text for card in layout.zone(zone).cards]


def test_lanes_stand_below_one_another_over_the_columns() -> None:
    """Stages span their touchpoints, lanes their rows; a bare stage has a column."""
    board = map_board(MAP, lanes=["touchpoints", "emotion", "goals"])

    assert (5, 5) == (board.n_rows, board.n_columns)
    assert [
        Head("1 Arrive", Cell(0, 1, 1, 2), "stage", "", "s1"),
        Head("2 Fly", Cell(0, 3), "stage", "", "s2"),
        Head("3 Leave", Cell(0, 4), "stage", "", "s3"),
        Head("Touchpoints and channels", Cell(1, 0), "lane"),
        Head("Emotion", Cell(2, 0), "lane"),
        Head("Customer goals", Cell(3, 0, 2), "lane"),
    ] == list(board.heads)
    assert [
        ("touchpoints/s1", Cell(1, 1, 1, 2)),
        ("touchpoints/s2", Cell(1, 3)),
        ("touchpoints/s3", Cell(1, 4)),
        ("emotion", Cell(2, 1, 1, 4)),
        ("goals/s1", Cell(3, 1, 1, 2)),
        ("goals/s2", Cell(3, 3)),
        ("goals/s3", Cell(3, 4)),
        ("goals/parking", Cell(4, 1)),
        ("goals/signs", Cell(4, 2)),
        ("goals/gate", Cell(4, 3)),
    ] == [(zone.id, zone.cell) for zone in board.zones]


def test_entries_stand_in_their_lane_and_place() -> None:
    """Everything has one place, and what has none yet waits in the tray."""
    board = map_board(MAP)

    assert ["Parking", "Signs"] == texts(board, "touchpoints/s1")
    assert ["Be early"] == texts(board, "goals/parking")
    assert ["Walks"] == texts(board, "customer_actions/s1")
    assert ["Long wait"] == texts(board, "pain_points/gate")
    assert ["Clear signs"] == texts(board, "opportunities/s2")
    assert ["On time"] == texts(board, "objectives/s2")
    assert ["Calm"] == texts(board, "objectives/*")
    assert ["NPS"] == texts(board, "kpis/s1")
    assert ["Cleaning", "Barrier"] == texts(board, "backstage/parking")
    assert ["Rota"] == texts(board, "support_processes/parking")
    assert ["No idea where"] == texts(board, "tray")


def test_cards_say_what_else_an_entry_is() -> None:
    """Marks, pain points, dots, letter and basis stand on the card."""
    board = map_board(MAP, bases={"wait": "observed"})
    cards = {card.entry: card for zone in board.zones for card in zone.cards}

    assert ("moment of truth",) == cards["gate"].marks
    assert 1 == cards["gate"].n_pains
    assert ("assumed", "observed", "") == tuple(
        cards[one].basis for one in ("late", "wait", "nps")
    )
    assert (
        Card(
            "late",
            "late",
            "lane_note",
            "Rushed",
            "text",
            persona="A",
            basis="assumed",
            tone="persona-a",
            emotion=-2,
            values={"lane": "feeling"},
        )
        == cards["late"]
    )
    assert ("chosen",) == cards["idea"].marks
    assert "4 × 3" == cards["loose"].detail
    assert (3, "B", "pain") == (
        cards["wait"].n_votes,
        cards["wait"].persona,
        cards["wait"].tone,
    )


def test_pain_point_that_also_hurts_elsewhere_is_fixed_there() -> None:
    """Its own place can be changed by a drop, the linked one cannot."""
    board = map_board(MAP)
    own = board.zone("pain_points/gate").cards[0]
    linked = board.zone("pain_points/parking").cards[0]

    assert ("wait@pain_points/gate", False) == (own.id, own.is_fixed)
    assert ("wait@pain_points/parking", True) == (linked.id, linked.is_fixed)
    assert ("also here",) == linked.marks
    after = apply(MAP, drop(MAP, board, "wait", "pain_points/parking"))
    (card,) = map_board(after).zone("pain_points/parking").cards
    assert not card.is_fixed


def test_numbers_at_a_touchpoint_are_derived() -> None:
    """The newest number of each measure is shown; that of too few people never."""
    zone = map_board(MAP).zone("kpis/gate")

    assert [("CSAT", "target 80 %"), ("CSAT 71 %", "69 % to 73 % · n\u00a02,310")] == [
        (card.text, card.detail) for card in zone.cards
    ]
    assert {} == zone.puts
    assert "open the KPI" in zone.why_not
    assert all(card.is_fixed for card in zone.cards)


def test_curve_accepts_nothing_and_says_where_to_change_it() -> None:
    """The emotion curve is drawn from feelings and emotions, for each who has some."""
    board = map_board(MAP)
    zone = board.zone("emotion")

    assert "curve" == zone.shape
    assert {} == zone.puts
    assert "change it there" in zone.why_not
    assert [["Team", -1.0, None, -2.0], ["Ann", -1.0, None, -2.0]] == [
        [curve[0].who, *(row.felt for row in curve)] for curve in board.curves
    ]


def test_ways_between_touchpoints_are_ties() -> None:
    """A change of channel goes on, a return goes back, and a broken one is told."""
    assert (
        Tie("back", "gate", "signs", "return"),
        Tie("way", "parking", "gate", "on", "by bus", is_broken=True),
    ) == map_board(MAP).ties


def test_note_changes_lane_and_place_and_loses_what_does_not_fit() -> None:
    """A feeling that becomes a thought has no emotion; a motivation stays one."""
    board = map_board(MAP)
    moved = apply(MAP, drop(MAP, board, "late", "thoughts/signs"))["late"]
    driven = apply(MAP, drop(MAP, board, "drive", "goals/s2"))["drive"]

    assert ("thought", "signs", None) == (moved.lane, moved.touchpoint, moved.emotion)
    assert ("motivation", None, "s2") == (driven.lane, driven.touchpoint, driven.stage)


def test_persona_leaves_out_what_is_about_others() -> None:
    """With one persona, what is written is about that persona."""
    board = map_board(MAP, persona="ann")

    assert [] == texts(board, "pain_points/gate")
    assert ["Rushed"] == texts(board, "feelings/gate")
    assert ["Be early"] == texts(board, "goals/parking")
    assert {"persona": "ann"} == board.zone("thoughts/gate").starts
    assert ["Ann"] == [curve[0].who for curve in board.curves]


def test_one_touchpoint_is_the_map_of_its_column() -> None:
    """Zoomed in, one column is left, and the curve counts from it."""
    board = map_board(MAP, touchpoint="gate")

    assert 2 == board.n_columns
    assert "2 Fly" == board.heads[0].text
    assert ["Gate"] == texts(board, "touchpoints/s2")
    assert "" == board.zone("touchpoints/s2").adds
    assert [0, 0] == [row.column for curve in board.curves for row in curve]
    assert () == board.ties


def test_thoughts_over_a_stage_have_a_row_where_there_is_one() -> None:
    """A note that came over a whole stage is shown, though none is asked for there."""
    note = LaneNote(id="over", lane="thought", text="Hm", stage="s1")
    lanes = ["thoughts"]

    assert 2 == map_board(MAP, lanes=lanes).n_rows
    with_note = map_board(MAP.with_entries([note]), lanes=lanes)
    assert 3 == with_note.n_rows
    assert ["Hm"] == texts(with_note, "thoughts/s1")


def test_empty_map_says_where_to_begin() -> None:
    """First a journey is asked for, then its first stage."""
    journey = Journey(id="j", name="Trip")
    bare = map_board(Document()).zone("begin")
    named = map_board(Document([journey])).zone("begin")

    assert ("journey", "Which journey do you look at?") == (bare.adds, bare.hint)
    assert ("stage", {"stage": {"journey": "j"}}) == (named.adds, named.puts)


def test_touchpoints_of_other_journeys_are_counted() -> None:
    """What stands on another journey is left out, and that is said."""
    other = [
        Journey(id="goal", name="Tomorrow", state="target"),
        Stage(id="t1", journey="goal", name="Arrive"),
        Touchpoint(id="train", stage="t1", name="Train"),
    ]
    document = MAP.with_entries(other)

    assert map_board(document).foot.endswith("1 touchpoint stands on another journey.")
    assert ["Train"] == texts(map_board(document, journey="goal"), "touchpoints/t1")
    assert ["Train"] == texts(map_board(document, touchpoint="train"), "touchpoints/t1")
    with pytest.raises(UnknownNameError, match="touchpoint of this journey"):
        map_board(document, journey="now", touchpoint="train")


def test_unknown_lane_is_refused() -> None:
    """A lane that the map does not have is answered with the nearest."""
    with pytest.raises(UnknownNameError, match="Did you mean 'thoughts'"):
        map_board(MAP, lanes=["thought"])


def test_blueprint_has_its_three_lines_in_order() -> None:
    """Customers act above the first line; what they cannot see is below the second."""
    board = service_blueprint(MAP)
    left = [head for head in board.heads if head.level != "stage"]

    assert [
        ("Physical evidence", 1),
        ("Customer actions", 2),
        ("Line of interaction", 4),
        ("Frontstage", 5),
        ("Line of visibility", 6),
        ("Backstage", 7),
        ("Line of internal interaction", 8),
        ("Support processes", 9),
    ] == [(head.text, head.cell.row) for head in left]
    assert ["Desk", "Grounds", "Boss"] == texts(board, "frontstage/parking")
    assert ["Walks"] == texts(board, "customer_actions/s1")
    assert "open the touchpoint" in board.zone("backstage/parking").why_not
