"""In which quadrant an entry stands, and what a drop into one writes."""

from __future__ import annotations

from itertools import product

import pytest

from journeykit.errors import UnknownNameError
from journeykit.layout.matrix import (
    impact_effort,
    importance_performance,
    matrix,
    severity_frequency,
    stakeholder_map,
)
from journeykit.layout.zones import Cell, drop
from journeykit.model import (
    Document,
    Journey,
    Opportunity,
    PainPoint,
    Stage,
    Stakeholder,
    Touchpoint,
    apply,
)

LOW, HIGH = (1, 2, 3), (4, 5)


@pytest.mark.parametrize(
    ("title", "zone", "effects", "efforts", "written"),
    [
        ("Quick wins", "low-high", HIGH, LOW, (4, 2)),
        ("Big bets", "high-high", HIGH, HIGH, (4, 4)),
        ("Fill-ins", "low-low", LOW, LOW, (2, 2)),
        ("Time sinks", "high-low", LOW, HIGH, (2, 4)),
    ],
)
def test_each_impact_effort_quadrant(
    title: str,
    zone: str,
    effects: tuple[int, ...],
    efforts: tuple[int, ...],
    written: tuple[int, int],
) -> None:
    """Every pair of ratings has its quadrant; a drop writes the middle of both."""
    for effect, effort in product(effects, efforts):
        idea = Opportunity(id="o", text="Signs", expected_effect=effect, effort=effort)
        board = impact_effort(Document([idea]))

        assert (zone,) == board.zones_of("o")
        assert title == board.zone(zone).title

    document = Document([Opportunity(id="o", text="Signs")])
    board = impact_effort(document)
    after = apply(document, drop(document, board, "o", zone))["o"]
    assert ("tray",) == board.zones_of("o")
    assert written == (after.expected_effect, after.effort)


def test_impact_effort_axes_are_labelled() -> None:
    """Large effects stand above, much effort to the right."""
    board = impact_effort(Document())
    places = {zone.title: zone.cell for zone in board.zones}

    assert {
        "Quick wins": Cell(0, 1),
        "Big bets": Cell(0, 2),
        "Fill-ins": Cell(1, 1),
        "Time sinks": Cell(1, 2),
        "Not placed yet": Cell(3, 0, 1, 3),
    } == places
    assert [
        ("Small effect", Cell(1, 0)),
        ("Large effect", Cell(0, 0)),
        ("Low effort", Cell(2, 1)),
        ("High effort", Cell(2, 2)),
    ] == [(head.text, head.cell) for head in board.heads]


def test_half_rated_entry_waits_and_keeps_its_rating() -> None:
    """What has one rating is in the tray; a drop adds the other and keeps the first."""
    document = Document([Opportunity(id="o", text="Signs", expected_effect=5)])
    board = impact_effort(document)
    after = apply(document, drop(document, board, "o", "low-high"))["o"]
    back = impact_effort(Document([after]))
    bare = apply(Document([after]), drop(Document([after]), back, "o", "tray"))["o"]

    assert "effect 5" == board.zone("tray").cards[0].detail
    assert (5, 2) == (after.expected_effect, after.effort)
    assert (None, None) == (bare.expected_effect, bare.effort)


@pytest.mark.parametrize(
    ("influence", "interest", "title"),
    [
        (5, 4, "Work closely with"),
        (4, 3, "Keep satisfied"),
        (3, 5, "Keep informed"),
        (1, 1, "Keep an eye on"),
        (None, 5, "Not placed yet"),
    ],
)
def test_stakeholders_by_influence_and_interest(
    influence: int | None, interest: int, title: str
) -> None:
    """Influence runs upwards, interest to the right."""
    one = Stakeholder(id="a", name="A", influence=influence, interest=interest)
    board = stakeholder_map(Document([one]))
    (zone,) = board.zones_of("a")

    assert title == board.zone(zone).title


def test_importance_and_performance_of_touchpoints() -> None:
    """What matters and does not work is to be worked on first."""
    parts = [Journey(id="j", name="J"), Stage(id="s", journey="j", name="S")]
    point = Touchpoint(
        id="t", stage="s", name="Gate", satisfaction=2, importance_to_customer=5
    )
    board = importance_performance(Document([*parts, point]))
    (zone,) = board.zones_of("t")

    assert "Concentrate here" == board.zone(zone).title
    assert "importance 5, satisfaction 2" == board.zone(zone).cards[0].detail


def test_severity_and_frequency_have_a_square_for_each_pair() -> None:
    """A drop writes the very values of a square; the worst have the ground of pain."""
    document = Document([PainPoint(id="p", text="Wait", severity=4, frequency=2)])
    board = severity_frequency(document)
    after = apply(document, drop(document, board, "p", "5-3"))["p"]
    toned = sorted(zone.id for zone in board.zones if zone.tone == "pain")

    assert ("2-4",) == board.zones_of("p")
    assert (3, 5) == (after.severity, after.frequency)
    assert ["4-4", "4-5", "5-4", "5-5"] == toned
    assert Cell(0, 5) == board.zone("5-5").cell


def test_matrix_takes_any_two_ratings() -> None:
    """Without a choice it takes the first two; one that is none is refused."""
    document = Document([PainPoint(id="p", text="Wait", severity=4, frequency=2)])
    free = matrix(document, kind="pain_point")
    turned = matrix(document, kind="pain_point", x="severity", y="frequency")

    assert ("low-high",) == free.zones_of("p")
    assert ("high-low",) == turned.zones_of("p")
    assert "High severity" == turned.heads[-1].text
    with pytest.raises(UnknownNameError, match="Did you mean 'severity'"):
        matrix(document, kind="pain_point", x="severty")
    with pytest.raises(UnknownNameError, match="way to draw bands"):
        matrix(document, kind="pain_point", bands="thirds")
    with pytest.raises(UnknownNameError, match="kind of entry"):
        matrix(document, kind="pain")
