"""The plan around its board: order, time, how far, and what it moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import journeykit
from journeykit.model import Action, Document, Kpi, KpiObservation, Stakeholder
from journeykit.show.guide_plan import (
    effects_tree,
    effort_tree,
    implementation_tree,
    roadmap_tree,
)
from journeykit.workshop import Workshop

TODAY = date(2026, 3, 9)


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Return the resort's workshop in memory."""
    with journeykit.new(None, starter="resort_booking") as workshop:
        yield workshop


def texts(tree: Any) -> str:
    """Return all texts of a tree, without those of its pictures."""
    if isinstance(tree, str):
        return tree
    return " ".join(texts(one) for one in tree[2:])


def rows(tree: Any) -> list[list[str]]:
    """Return the texts of the cells of all tables, row by row."""
    if isinstance(tree, str):
        return []
    if tree[0] == "tr":
        return [[texts(cell) for cell in tree[2:]]]
    return [row for one in tree[2:] for row in rows(one)]


def test_roadmap_follows_the_start_and_what_comes_first(work: Workshop) -> None:
    """Earlier before later, whatever the order of the cards; dropped ones are out."""
    for one in work.entries("action"):
        work.change(one, status="dropped")
    late = work.add("action", text="Later", start="2026-05-01", effort_days=3)
    soon = work.add("action", text="Sooner", start="2026-03-02", due="2026-04-01")
    work.add("link", relation="depends_on", source=late.id, target=soon.id)
    said = texts(roadmap_tree(work.document(), TODAY))

    assert said.index("2 Mar 2026 to 1 Apr 2026") < said.index("from 1 May 2026")
    assert "after: Sooner" in said
    assert "3 days of work are still to be done" in said
    assert "There are no actions yet." in texts(roadmap_tree(Document(), TODAY))


def test_roadmap_of_a_step_follows_the_workshop_and_its_clock(work: Workshop) -> None:
    """It is drawn anew when an action comes, and today is the store's."""
    widget = journeykit.step("action_plan", work).roadmap()
    before = widget.tree
    work.add("action", text="Measure the queue", due="2001-02-03")
    widget._follow(work.document())
    picture = next(one for one in widget.tree[2:] if one[0] == "picture")

    assert before != widget.tree
    assert "Measure the queue" in picture[1]["svg"]
    assert "days late" in picture[1]["svg"]


def test_what_cannot_hold_is_listed_with_the_roadmap() -> None:
    """As sentences, the first dozen."""
    circles = [
        Action(id=f"a{i}", text=f"A{i}", start=date(2026, 4, 1), due=date(2026, 3, 1))
        for i in range(14)
    ]
    said = texts(roadmap_tree(Document(circles), TODAY))

    assert "What cannot hold like this" in said
    assert "“A0” begins on 1 Apr 2026, after its end on 1 Mar 2026." in said
    assert "And 2 more like these." in said


def test_time_goes_by_what_it_answers(work: Workshop) -> None:
    """Quarters beside each other, the time that there is below them."""
    document = Document(
        [
            Stakeholder(id="al", name="Al", days_a_week=1),
            Action(
                id="a",
                text="Signs",
                owner="al",
                effort_days=4,
                start=date(2026, 3, 9),
                due=date(2026, 3, 12),
            ),
        ]
    )
    tree = effort_tree(document, TODAY)
    found = {row[0]: row[1:] for row in rows(tree)}

    assert ["Actions", "Days of work", "Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026"] == (
        found["What it answers"]
    )
    assert ["1", "4 (100%)", "4", "0", "0", "0"] == found["Nothing on the map yet"]
    assert ["", "", "3.3", "13", "13.1", "13.1"] == found["Time that there is"]
    assert "More is promised than there is in Q1 2026." in texts(tree)
    assert "There are no actions yet." in texts(effort_tree(Document(), TODAY))
    assert "of the work answers the three worst" in texts(
        effort_tree(work.document(), TODAY)
    )


def test_status_is_counted_by_type_and_training_stands_alone() -> None:
    """Late is what is past its day and still to be done."""
    document = Document(
        [
            Action(id="a", text="Course", action_type="training", status="done"),
            Action(id="b", text="Signs", action_type="service", due=date(2026, 3, 8)),
            Action(id="c", text="Lanes", action_type="service", effort_days=2.5),
        ]
    )
    tree = implementation_tree(document, TODAY)
    found = {row[0]: row[1:] for row in rows(tree)}

    assert ["2", "–", "–", "–", "1", "2.5"] == found["Service"]
    assert ["–", "–", "1", "–", "–", "–"] == found["Training"]
    assert ["2", "–", "1", "–", "1", "2.5"] == found["All"]
    assert ["Nobody yet", "no day yet", "Done"] == found["Course"]
    assert "Nobody is trained yet." in texts(
        implementation_tree(Document(list(document)[1:]), TODAY)
    )


def test_effects_are_held_against_what_was_hoped_for() -> None:
    """With the KPI as it stands; what is done and says nothing is counted."""
    document = Document(
        [
            Kpi(id="k", name="Find the way", measure="top_box", baseline=0.5),
            KpiObservation(id="o", kpi="k", day=TODAY, value=0.52),
            Action(id="a", text="Signs", kpi="k", expected_effect="+2", status="done"),
            Action(id="b", text="Lanes", expected_effect="Less to wait"),
        ]
    )
    tree = effects_tree(document)
    found = {row[0]: row[1:] for row in rows(tree)}

    assert "1 action that is done says nothing yet" in texts(tree)
    assert "Find the way" == found["Signs"][0]
    assert ["+2", "not said yet"] == found["Signs"][2:]
    assert ["no KPI", "", "Less to wait", "–"] == found["Lanes"]
    assert "No action says yet" in texts(effects_tree(Document()))
