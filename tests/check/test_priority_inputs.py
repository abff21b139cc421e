"""What the ways of setting priorities take from a workshop."""

from __future__ import annotations

from typing import Any

from journeykit.check.priority_inputs import (
    Factor,
    affected_rows,
    opportunity_inputs,
    pain_point_inputs,
)
from journeykit.model import (
    Document,
    Entry,
    IndividualScore,
    Journey,
    Measurement,
    Opportunity,
    PainPoint,
    Stage,
    Touchpoint,
    Vote,
)

MAP: tuple[Entry, ...] = (
    Journey(id="j", name="Buying"),
    Stage(id="s", journey="j", name="Buy"),
    Touchpoint(
        id="desk", stage="s", name="Desk", importance_to_customer=5, satisfaction=2
    ),
)
QUEUE = PainPoint(
    id="queue",
    text="Queues",
    touchpoint="desk",
    severity=4,
    frequency=3,
    detection=1,
)


def scored(number: int, subject: str, scale: Any, value: float) -> IndividualScore:
    """Return what a person scored."""
    return IndividualScore(
        id=f"i{number}",
        subject=subject,
        scale=scale,
        value=value,
        participant=f"person-{number}",
    )


def measured(definition: str, value: float, n: int) -> Measurement:
    """Return a measured share at the desk."""
    fields = {"subject": "desk", "value": value, "n": n}
    return Measurement(id=f"m-{definition[:5]}", definition=definition, **fields)


def test_ratings_of_five_are_doubled_for_the_risk_number() -> None:
    """It runs from 1 to 10; the order stays."""
    tables = pain_point_inputs(Document((*MAP, QUEUE))).tables

    assert (
        {"entry": "queue", "severity": 8, "occurrence": 6, "detection": 2},
    ) == tables["risk_priority_number"]


def test_pain_point_has_the_ratings_of_its_touchpoint() -> None:
    """Importance and satisfaction as the team sees them."""
    tables = pain_point_inputs(Document((*MAP, QUEUE))).tables

    assert ({"entry": "queue", "importance": 5, "satisfaction": 2},) == tables[
        "importance_performance"
    ]


def test_method_without_a_whole_row_is_left_out() -> None:
    """Without detection there is no risk number; nothing is taken for 0."""
    bare = PainPoint(id="signs", text="Signs", severity=2, frequency=2)

    assert {"severity_frequency"} == set(pain_point_inputs(Document([bare])).tables)


def test_median_stands_in_until_the_group_agreed() -> None:
    """Of severity, which is open; frequency was agreed."""
    pain = PainPoint(id="queue", text="Queues", frequency=3)
    people = [scored(n, "queue", "severity", n) for n in (1, 4, 5)]
    found = pain_point_inputs(Document((pain, *people)))
    (row,) = found.tables["severity_frequency"]

    assert {"entry": "queue", "severity": 4, "frequency": 3} == row
    assert 3 == len(found.individual)


def test_resolved_and_planned_are_no_priority() -> None:
    """Nor is a pain point of the map as it should be."""
    target = (
        Journey(id="t", name="Target", state="target"),
        Stage(id="ts", journey="t", name="Buy"),
        PainPoint(id="new", text="New", stage="ts", severity=1, frequency=1),
    )
    gone = QUEUE.model_copy(update={"status": "resolved"})

    assert {} == pain_point_inputs(Document((*MAP, gone, *target))).names


def test_votes_count_for_what_they_are_on() -> None:
    """A dot on an opportunity is none on a pain point."""
    votes = [
        Vote(id="v1", subject="queue", participant="ann", weight=2),
        Vote(id="v2", subject="idea", participant="ann"),
    ]
    idea = Opportunity(id="idea", text="Two desks")
    document = Document((*MAP, QUEUE, idea, *votes))
    (pain_vote,) = pain_point_inputs(document).votes
    (idea_vote,) = opportunity_inputs(document).votes

    assert ("queue", 2) == (pain_vote["entry"], pain_vote["weight"])
    assert "idea" == idea_vote["entry"]


def test_rice_takes_the_steps_of_its_words() -> None:
    """Massive is 3, medium confidence 0.8."""
    idea = Opportunity(
        id="idea",
        text="Two desks",
        reach=900,
        impact="massive",
        confidence="medium",
        effort_months=2,
    )
    (row,) = opportunity_inputs(Document([idea])).tables["rice"]

    assert {
        "entry": "idea",
        "reach": 900,
        "impact": 3.0,
        "confidence": 0.8,
        "effort": 2.0,
    } == row


def test_people_who_scored_alone_stand_before_the_team() -> None:
    """The agreed ratings count as one of the team where nobody scored alone."""
    ideas = [
        Opportunity(id="idea", text="Two desks", expected_effect=5, effort=1),
        Opportunity(id="other", text="A sign", expected_effect=2, effort=1),
    ]
    people = [scored(1, "idea", "impact", 3), scored(2, "idea", "impact", 4)]
    rows = opportunity_inputs(Document((*ideas, *people))).tables["impact_effort"]

    assert ["person-1", "person-2", "team"] == [row["participant"] for row in rows]
    assert [3, 4, 2] == [row["impact"] for row in rows]


def test_unhappy_customers_come_from_measurements() -> None:
    """A quarter of 200 is unhappy; 1,000 were seen at the desk, or else the answers."""
    weights = {"desk": Factor(0.3, 0.2, 0.4)}
    asked = measured("customer_satisfaction_score", 0.75, 200)
    seen = measured("reach_rate", 0.5, 2000)
    (row,), is_reach = affected_rows(Document((*MAP, QUEUE, asked, seen)), weights)
    (bare,), is_bare_reach = affected_rows(Document((*MAP, QUEUE, asked)), weights)

    assert is_reach
    assert (1000, 50, 200) == (row["affected"], row["n_dissatisfied"], row["n_answers"])
    assert not is_bare_reach
    assert 200 == bare["affected"]
    assert ((), False) == affected_rows(Document((*MAP, QUEUE)), weights)
