"""Where entries stand on the journey map, and the numbers of its curve."""

from datetime import date

import pytest

from journeykit.errors import UnknownNameError
from journeykit.layout.emotion_curve import emotion_curve_data
from journeykit.layout.journey_map import (
    Column,
    StageHead,
    Way,
    Zone,
    journey_map,
)
from journeykit.layout.map_notes import Note
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
    Touchpoint,
)

MAP = (
    Journey(id="goal", name="Tomorrow", state="target", rank="1"),
    Journey(id="now", name="Departure", rank="2"),
    Channel(id="web", name="Web site", catalogue="website"),
    Stage(id="s2", journey="now", name="Fly", rank="2"),
    Stage(id="s1", journey="now", name="Arrive", rank="1"),
    Stage(id="s3", journey="now", name="Leave", rank="3"),
    Touchpoint(
        id="gate", stage="s2", name="Gate", moment_of_truth=True, systems=("Board",)
    ),
    Touchpoint(id="signs", stage="s1", name="Signs", rank="2", backstage=("Crew",)),
    Touchpoint(id="parking", stage="s1", name="Parking", rank="1", channel="web"),
    Persona(id="ann", name="Ann", rank="1"),
    Persona(id="bob", name="Bob", rank="2"),
)


def feeling(note_id: str, touchpoint: str, emotion: int, persona: str | None = None):
    """Return a feeling with its emotion."""
    return LaneNote(
        id=note_id,
        lane="feeling",
        text=f"word {note_id}",
        touchpoint=touchpoint,
        emotion=emotion,
        persona=persona,
    )


def satisfied(note_id: str, touchpoint: str, value: float | None, n: int, **more):
    """Return a measured mean satisfaction."""
    ends = {} if value is None else {"low": value - 0.25, "high": value + 0.25}
    values = {"subject": touchpoint, "value": value, "n": n, **ends, **more}
    return Measurement(id=note_id, definition="mean_satisfaction", **values)


def curve_of(emotions: list[int | None]):
    """Return the team's curve over touchpoints with these emotions."""
    points = [
        Touchpoint(
            id=f"t{i}", stage="s", name=f"T{i}", rank=f"{i + 1}", emotion=emotion
        )
        for i, emotion in enumerate(emotions)
    ]
    parts = [Journey(id="j", name="J"), Stage(id="s", journey="j", name="S"), *points]
    return emotion_curve_data(Document(parts))


# --- columns and zones --------------------------------------------------------------


def test_columns_are_touchpoints_in_the_order_of_stages():
    """A stage without a touchpoint keeps a column, so that one can be dropped there."""
    layout = journey_map(Document(MAP))

    assert ("now", "Departure", "current") == (
        layout.journey,
        layout.title,
        layout.state,
    )
    assert (
        StageHead("s1", 1, "Arrive", 0, 2),
        StageHead("s2", 2, "Fly", 2, 1),
        StageHead("s3", 3, "Leave", 3, 1),
    ) == layout.stages
    assert (
        Column("s1", "parking", "Parking", "Web site", "website"),
        Column("s1", "signs", "Signs"),
        Column("s2", "gate", "Gate", moment_of_truth=True),
        Column("s3"),
    ) == layout.columns


def test_lanes_with_content_are_shown_in_order():
    """Touchpoints head the columns and the emotion is always there."""
    lanes = [lane.lane for lane in journey_map(Document(MAP)).lanes]

    assert ["touchpoints", "emotion", "backstage"] == lanes


def test_lanes_that_are_asked_for_are_shown_empty():
    """An empty lane still has its zones, whatever order it was asked in."""
    layout = journey_map(Document(MAP), lanes=["pain_points", "goals"])

    assert ["goals", "pain_points"] == [lane.lane for lane in layout.lanes]
    assert ["goals/parking", "goals/signs", "goals/gate"] == [
        zone.id for zone in layout.lanes[0].zones
    ]
    assert Zone("goals/gate", "goals", "s2", "gate", 2, 1, ()) == layout.zone(
        "goals/gate"
    )


def test_a_note_over_a_stage_spans_its_columns():
    """Stage notes stand before those of touchpoints."""
    document = Document(
        [
            *MAP,
            LaneNote(id="g", lane="goal", text="Be early", stage="s1"),
            LaneNote(id="m", lane="motivation", text="Calm", touchpoint="signs"),
        ]
    )

    zones = journey_map(document, lanes=["goals"]).lanes[0].zones

    assert (
        Zone(
            "goals/s1", "goals", "s1", None, 0, 2, (Note("g", "lane_note", "Be early"),)
        )
        == zones[0]
    )
    assert (Note("m", "lane_note", "Calm"),) == zones[2].notes


def test_every_kind_finds_its_lane():
    """Pain points stand wherever they hurt; what has no place is left out."""
    document = Document(
        [
            *MAP,
            PainPoint(
                id="p", text="Dear", touchpoint="parking", severity=4, frequency=3
            ),
            Link(id="l1", source="p", target="signs", relation="pain_at"),
            Link(id="l2", source="p", target="parking", relation="pain_at"),
            PainPoint(id="p2", text="Nowhere"),
            PainPoint(id="p3", text="All over", stage="s3"),
            Opportunity(id="o", text="Pay ahead", touchpoint="parking"),
            Opportunity(id="o2", text="Nowhere"),
            Kpi(id="k", name="CSAT", touchpoint="gate", target=85, unit="%"),
            Kpi(id="k2", name="NPS", stage="s2", target=0.7, unit="share"),
            Kpi(id="k3", name="Churn"),
            Kpi(id="k4", name="CES", stage="s3"),
            Objective(id="x", text="Calm start", stage="s1"),
            Objective(id="y", text="No stage"),
            LaneNote(id="n1", lane="action", text="Drive", touchpoint="parking"),
            LaneNote(id="n2", lane="thought", text="Late?", touchpoint="parking"),
            LaneNote(id="n3", lane="need", text="Space", touchpoint="parking"),
            LaneNote(id="n4", lane="expectation", text="Free", touchpoint="parking"),
            LaneNote(id="n5", lane="feeling", text="Hurried", touchpoint="parking"),
            Touchpoint(
                id="bags",
                stage="s3",
                name="Bags",
                systems=("Belt",),
                backstage=("Handlers",),
                support_processes=("Repair",),
            ),
        ]
    )
    layout = journey_map(document)

    filled = {
        zone.id: [note.text for note in zone.notes]
        for lane in layout.lanes
        for zone in lane.zones
        if zone.notes and lane.lane != "touchpoints"
    }

    assert {
        "objectives/s1": ["Calm start"],
        "customer_actions/parking": ["Drive"],
        "thoughts/parking": ["Late?"],
        "feelings/parking": ["Hurried"],
        "needs/parking": ["Space"],
        "expectations/parking": ["Free"],
        "pain_points/s3": ["All over"],
        "pain_points/parking": ["Dear"],
        "pain_points/signs": ["Dear"],
        "opportunities/parking": ["Pay ahead"],
        "kpis/s2": ["NPS"],
        "kpis/s3": ["CES"],
        "kpis/gate": ["CSAT"],
        "backstage/signs": ["Crew"],
        "backstage/gate": ["Board"],
        "backstage/bags": ["Handlers", "Belt"],
        "support_processes/bags": ["Repair"],
    } == filled
    assert [1, 1, 0, 0] == [column.n_pain_points for column in layout.columns]
    assert "target 85 %" == layout.zone("kpis/gate").notes[0].detail
    assert "target 70 %" == layout.zone("kpis/s2").notes[0].detail
    assert "4 × 3" == layout.zone("pain_points/parking").notes[0].detail


def test_what_others_feel_is_left_out_of_the_map_of_one_persona():
    """Notes about nobody in particular stay."""
    document = Document(
        [
            *MAP,
            LaneNote(
                id="n1",
                lane="goal",
                text="A",
                touchpoint="gate",
                persona="ann",
                rank="1",
            ),
            LaneNote(
                id="n2",
                lane="goal",
                text="B",
                touchpoint="gate",
                persona="bob",
                rank="2",
            ),
            LaneNote(id="n3", lane="goal", text="C", touchpoint="gate", rank="3"),
            PainPoint(id="p1", text="P", touchpoint="gate", persona="bob", rank="1"),
            PainPoint(id="p2", text="Q", touchpoint="gate", rank="2"),
            PainPoint(id="p3", text="R", touchpoint="gate", persona="ann", rank="3"),
            Link(id="l", source="p2", target="bob", relation="felt_by", rank="1"),
            Link(id="l3", source="p3", target="bob", relation="felt_by", rank="2"),
        ]
    )
    all_of_them = journey_map(document)
    of_ann = journey_map(document, persona="ann")

    assert ["A", "C"] == [note.text for note in of_ann.zone("goals/gate").notes]
    assert ["R"] == [note.text for note in of_ann.zone("pain_points/gate").notes]
    assert [("A", "A"), ("B", "B"), ("C", "")] == [
        (note.text, note.letter) for note in all_of_them.zone("goals/gate").notes
    ]
    assert [("P", "B"), ("Q", "B"), ("R", "")] == [
        (note.text, note.letter) for note in all_of_them.zone("pain_points/gate").notes
    ]


def test_a_seventh_persona_has_no_letter_of_its_own():
    """More than six personas are grouped."""
    people = [Persona(id=f"p{i}", name=f"P{i}", rank=f"{i}") for i in range(1, 8)]

    letters = [letter for _, letter, _ in journey_map(Document(people)).personas]

    assert list("ABCDEF+") == letters


def test_ways_join_columns_of_this_map_only():
    """A loop, a return and a change of channel are arrows between columns."""
    document = Document(
        [
            *MAP,
            Stage(id="s9", journey="goal", name="New"),
            Touchpoint(id="robot", stage="s9", name="Robot"),
            ChannelChange(
                id="w1", source="gate", target="parking", change="return", note="forgot"
            ),
            ChannelChange(id="w2", source="signs", target="robot"),
            ChannelChange(id="w3", source="robot", target="gate"),
        ]
    )

    assert (Way("w1", "return", 2, 0, None, "forgot"),) == journey_map(document).ways


def test_the_target_map_is_drawn_when_asked_for():
    """Without an id the journey of today comes first, else any."""
    only_target = Document([Journey(id="goal", name="Tomorrow", state="target")])

    assert "goal" == journey_map(Document(MAP), "goal").journey
    assert "goal" == journey_map(only_target).journey
    assert journey_map(Document()).journey is None
    assert () == journey_map(Document()).columns


def test_unknown_names_are_refused_with_the_nearest():
    """A misspelled journey, persona, lane or zone is never an empty map."""
    document = Document(MAP)
    with pytest.raises(UnknownNameError, match=r"no journey 'nov'.*mean 'now'"):
        journey_map(document, "nov")
    with pytest.raises(UnknownNameError, match=r"no persona 'anna'.*mean 'ann'"):
        journey_map(document, persona="anna")
    with pytest.raises(UnknownNameError, match="no lane of the map 'goal'"):
        journey_map(document, lanes=["goal"])  # type: ignore[list-item]
    with pytest.raises(UnknownNameError, match="no zone 'goals/x'"):
        journey_map(document).zone("goals/x")


# --- the curve ----------------------------------------------------------------------


def test_a_persona_feels_the_mean_of_its_notes_else_what_the_team_says():
    """Nobody asked stays None; several feelings have no single word."""
    document = Document(
        [
            *MAP[:-5],
            Touchpoint(id="gate", stage="s2", name="Gate"),
            Touchpoint(id="signs", stage="s1", name="Signs", rank="2", emotion=-1),
            Touchpoint(
                id="parking",
                stage="s1",
                name="Parking",
                rank="1",
                emotion=1,
                emotion_word="glad",
            ),
            *MAP[-2:],
            feeling("f1", "parking", -2, "ann"),
            feeling("f2", "parking", -1, "ann"),
            feeling("f3", "gate", 2, "bob"),
            feeling("f4", "signs", 2),
        ]
    )

    rows = emotion_curve_data(document)

    assert [
        ("Team", "parking", 1.0, "glad", True),
        ("Team", "signs", -1.0, "", True),
        ("Team", "gate", 2.0, "", False),
        ("Ann", "parking", -1.5, "", True),
        ("Ann", "signs", -1.0, "", False),
        ("Ann", "gate", None, "", False),
        ("Bob", "parking", 1.0, "glad", False),
        ("Bob", "signs", -1.0, "", False),
        ("Bob", "gate", 2.0, "word f3", True),
    ] == [(row.who, row.touchpoint, row.felt, row.word, row.is_own) for row in rows]
    assert rows[3:6] == emotion_curve_data(document, "ann")
    assert 3 == len(journey_map(document).curves)


@pytest.mark.parametrize(
    ("expected", "value", "n"),
    [
        ((None, None, None, 0, "not measured"), None, 0),
        ((None, None, None, 4, "fewer than minimum"), 4.5, 4),
        ((None, None, None, 9, "not measured"), None, 9),
        ((1.5, 1.25, 1.75, 5, "few answers"), 4.5, 5),
        ((1.5, 1.25, 1.75, 29, "few answers"), 4.5, 29),
        ((-1.5, -1.75, -1.25, 30, "enough"), 1.5, 30),
    ],
)
def test_measured_is_mean_satisfaction_less_three(expected, value, n):
    """Too few answers show no number, and none is never zero."""
    document = Document([*MAP, satisfied("m", "gate", value, n)])

    row = emotion_curve_data(document)[2]

    assert expected == (row.measured, row.low, row.high, row.n, row.reliability)
    assert row.gap is None


def test_the_newest_number_of_the_same_people_counts():
    """Other measures, other people and older surveys are left aside."""
    document = Document(
        [
            *MAP,
            Case(id="c", title="C", min_group=50),
            satisfied("m1", "gate", 2.0, 300, rank="1"),
            satisfied("m2", "gate", 4.0, 200, rank="2", day=date(2017, 5, 1)),
            satisfied("m3", "gate", 3.5, 100, rank="3", day=date(2016, 5, 1)),
            satisfied("m4", "gate", 1.0, 49, rank="4", persona="ann"),
            Measurement(
                id="m5",
                definition="customer_satisfaction_score",
                subject="gate",
                value=0.5,
                n=99,
                day=date(2018, 1, 1),
            ),
            Measurement(
                id="m6", definition="mean_satisfaction", subject="signs", value=4, n=60
            ),
        ]
    )

    team, ann = emotion_curve_data(document), emotion_curve_data(document, "ann")

    assert (1.0, 200) == (team[2].measured, team[2].n)
    assert (1.0, None, None) == (team[1].measured, team[1].low, team[1].high)
    assert (None, "fewer than minimum") == (ann[2].measured, ann[2].reliability)
    assert "not measured" == ann[1].reliability


def test_a_persona_without_feelings_of_its_own_has_no_curve():
    """Its curve would only repeat the team's."""
    document = Document([*MAP, feeling("f1", "gate", 2, "bob")])

    assert ["Team", "Bob"] == [curve[0].who for curve in journey_map(document).curves]


def test_gap_is_felt_less_measured():
    """Above 0 the team thinks better of it than customers do."""
    document = Document(
        [
            Journey(id="j", name="J"),
            Stage(id="s", journey="j", name="S"),
            Touchpoint(id="t", stage="s", name="T", emotion=1),
            satisfied("m", "t", 2.5, 40),
        ]
    )

    assert 1.5 == emotion_curve_data(document)[0].gap


@pytest.mark.parametrize(
    ("expected", "emotions"),
    [
        ([], []),
        ([None], [2]),
        ([None, None], [1, 1]),
        (["lowest", "highest"], [0, 1]),
        # the first end turns nothing and is not the highest, so it has no name
        ([None, "lowest", "highest", "valley", None], [0, -2, 2, -1, 1]),
        (["highest", "valley", "peak", "lowest"], [2, -1, 1, -2]),
        # of equal neighbours the first stands for all; a gap does not end a run
        ([None, "highest", None, None, "lowest"], [0, 1, None, 1, -1]),
        (["highest", "lowest", "highest"], [1, 0, 1]),
        ([None, None, "highest", "lowest"], [0, 1, 2, -1]),
    ],
)
def test_turns_are_named(expected, emotions):
    """Where the curve turns, and what is highest and lowest of all."""
    assert expected == [row.turn for row in curve_of(emotions)]
