"""How sure a map is: cells and what they rest on."""

import pytest

from journeykit.check.evidence import (
    Cell,
    EvidenceShares,
    StageCoverage,
    coverage_by_stage,
    entry_bases,
    evidence_of_cells,
    evidence_shares,
    uncovered_touchpoints,
)
from journeykit.model import (
    Case,
    Document,
    Evidence,
    Journey,
    LaneNote,
    Link,
    Measurement,
    PainPoint,
    Stage,
    Touchpoint,
)

MAP = (
    Journey(id="j", name="Departure"),
    Stage(id="s1", journey="j", name="Arrive", rank="1"),
    Stage(id="s2", journey="j", name="Fly", rank="2"),
    Touchpoint(id="parking", stage="s1", name="Parking", rank="1"),
    Touchpoint(id="signs", stage="s1", name="Signs", rank="2"),
    Touchpoint(id="gate", stage="s2", name="Gate", rank="1"),
)


def supports(number: int, basis: str, target: str, *, is_proposed: bool = False):
    """Return evidence and its link to *target*."""
    return (
        Evidence(id=f"e{number}", text="Seen", basis=basis),
        Link(
            id=f"l{number}",
            source=f"e{number}",
            target=target,
            relation="supports",
            is_proposed=is_proposed,
        ),
    )


def felt(touchpoint: str, emotion: int) -> Touchpoint:
    """Return a touchpoint of the first stage with an emotion."""
    return Touchpoint(id=touchpoint, stage="s1", name="X", rank="3", emotion=emotion)


def test_a_touchpoint_without_anything_is_no_cell():
    """Empty columns count neither as assumed nor as measured."""
    document = Document(MAP)

    assert () == evidence_of_cells(document)
    assert EvidenceShares(0, 0, 0) == evidence_shares(document)
    assert evidence_shares(document).measured is None


def test_each_aspect_is_a_cell_of_its_own():
    """Two goals at one touchpoint are one cell; needs and stage notes are none."""
    document = Document(
        [
            *MAP,
            felt("queue", 0),
            LaneNote(id="g1", lane="goal", text="Park", touchpoint="parking", rank="1"),
            LaneNote(id="g2", lane="goal", text="Fast", touchpoint="parking", rank="2"),
            LaneNote(id="a", lane="action", text="Drive", touchpoint="parking"),
            LaneNote(id="t", lane="thought", text="Where?", touchpoint="parking"),
            LaneNote(id="n", lane="need", text="Space", touchpoint="parking"),
            LaneNote(id="f0", lane="feeling", text="Hm", touchpoint="signs"),
            LaneNote(
                id="f1", lane="feeling", text="Lost", touchpoint="signs", emotion=-2
            ),
            LaneNote(id="g3", lane="goal", text="Arrive", stage="s2"),
            PainPoint(id="p", text="Dear", touchpoint="parking"),
        ]
    )

    assert (
        Cell("parking", "s1", "goal", ("g1", "g2"), "assumed"),
        Cell("parking", "s1", "action", ("a",), "assumed"),
        Cell("parking", "s1", "thought", ("t",), "assumed"),
        Cell("parking", "s1", "pain_point", ("p",), "assumed"),
        Cell("signs", "s1", "emotion", ("f1",), "assumed"),
        Cell("queue", "s1", "emotion", ("queue",), "assumed"),
    ) == evidence_of_cells(document)


def test_a_pain_point_hurts_wherever_it_is_linked():
    """A pain point is a cell at its own touchpoint and at linked ones, once each."""
    document = Document(
        [
            *MAP,
            PainPoint(id="p", text="Noise", touchpoint="signs"),
            PainPoint(id="q", text="Cold", stage="s2"),
            Link(id="l1", source="p", target="gate", relation="pain_at"),
            Link(id="l2", source="p", target="signs", relation="pain_at"),
            Link(id="l3", source="q", target="s2", relation="pain_at"),
        ]
    )

    assert (
        Cell("signs", "s1", "pain_point", ("p",), "assumed"),
        Cell("gate", "s2", "pain_point", ("p",), "assumed"),
    ) == evidence_of_cells(document)


@pytest.mark.parametrize(
    ("expected", "bases"),
    [
        ("assumed", ()),
        ("assumed", ("assumed",)),
        ("observed", ("observed",)),
        ("observed", ("observed", "assumed")),
        ("measured", ("observed", "measured", "assumed")),
    ],
)
def test_a_cell_is_as_sure_as_its_best_evidence(expected, bases):
    """A quote is not undone by an assumption that stands beside it."""
    note = LaneNote(id="g", lane="goal", text="Park", touchpoint="parking")
    linked = [part for i, basis in enumerate(bases) for part in supports(i, basis, "g")]

    cells = evidence_of_cells(Document([*MAP, note, *linked]))

    assert [expected] == [cell.basis for cell in cells]


def test_a_proposed_link_supports_nothing():
    """What the machine proposed and nobody took makes no cell surer."""
    note = LaneNote(id="g", lane="goal", text="Park", touchpoint="parking")
    linked = supports(1, "measured", "g", is_proposed=True)

    assert {} == entry_bases(Document([*MAP, note, *linked]))


@pytest.mark.parametrize(
    ("expected", "value", "n", "case"),
    [
        ("measured", 3.2, 5, ()),
        ("assumed", 3.2, 4, ()),
        ("assumed", None, 40, ()),
        ("assumed", 3.2, 19, (Case(id="c", title="C", min_group=20),)),
        ("measured", 3.2, 20, (Case(id="c", title="C", min_group=20),)),
    ],
)
def test_a_number_that_may_be_shown_measures_the_emotion(expected, value, n, case):
    """Only emotion is measured by a survey, and only from enough answers."""
    document = Document(
        [
            *MAP,
            *case,
            felt("queue", -1),
            LaneNote(id="g", lane="goal", text="Pass", touchpoint="queue"),
            Measurement(
                id="m",
                definition="mean_satisfaction",
                subject="queue",
                value=value,
                n=n,
            ),
            Measurement(id="all", definition="mean_satisfaction", value=4.0, n=900),
        ]
    )

    assert [("emotion", expected), ("goal", "assumed")] == [
        (cell.aspect, cell.basis) for cell in evidence_of_cells(document)
    ]


def covered() -> Document:
    """Return a map of which some is assumed, some observed, some measured."""
    return Document(
        [
            *MAP,
            Journey(id="k", name="Target", state="target", rank="W"),
            Stage(id="s3", journey="k", name="New", rank="1"),
            Touchpoint(id="robot", stage="s3", name="Robot", emotion=2),
            LaneNote(id="g", lane="goal", text="Park", touchpoint="parking"),
            LaneNote(id="a", lane="action", text="Read", touchpoint="signs"),
            LaneNote(id="t", lane="thought", text="Late", touchpoint="gate"),
            *supports(1, "observed", "a"),
            Measurement(
                id="m", definition="mean_satisfaction", subject="gate", value=3, n=9
            ),
        ]
    )


def test_shares_are_of_all_cells():
    """Shares and counts agree, for all journeys and for one."""
    every, one = evidence_shares(covered()), evidence_shares(covered(), "j")

    assert (4, 3, 1, 0) == (
        every.n_cells,
        every.n_assumed,
        every.n_observed,
        every.n_measured,
    )
    assert (0.75, 0.25, 0.0) == (every.assumed, every.observed, every.measured)
    assert EvidenceShares(2, 1, 0) == one


def test_touchpoints_without_data_are_named():
    """A number covers a touchpoint even where the team wrote no emotion."""
    names = [one.id for one in uncovered_touchpoints(covered())]

    assert ["parking", "robot"] == names
    assert ["parking"] == [one.id for one in uncovered_touchpoints(covered(), "j")]


def test_evidence_on_a_touchpoint_covers_it():
    """A quote that hangs on the touchpoint itself counts."""
    linked = supports(2, "observed", "parking")

    bare = uncovered_touchpoints(Document([*MAP, *linked]))

    assert ["signs", "gate"] == [one.id for one in bare]


def test_coverage_is_counted_by_stage():
    """Stages stand in the order of the map, empty ones too."""
    assert (
        StageCoverage("s1", "Arrive", 2, 1, EvidenceShares(1, 1, 0)),
        StageCoverage("s2", "Fly", 1, 1, EvidenceShares(1, 0, 0)),
    ) == coverage_by_stage(covered(), "j")
