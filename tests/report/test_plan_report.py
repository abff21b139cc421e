"""The status of the action plan: what is late, due next, owned, moved and changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import journeykit
from journeykit.report.part import Part
from journeykit.report.plan_report import PlanReport
from journeykit.workshop import Workshop

TODAY = date(2026, 3, 9)


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Return a workshop with five actions of three people and nobody."""
    with journeykit.new(None) as workshop:
        for name in ("ann", "bo"):
            workshop.add("stakeholder", id=name, name=name.title(), days_a_week=2)
        plans: tuple[dict[str, Any], ...] = (
            {"id": "signs", "owner": "ann", "due": "2026-03-02", "effort_days": 3},
            {"id": "lift", "owner": "ann", "due": "2026-03-08", "status": "doing"},
            {"id": "desk", "owner": "bo", "start": "2026-03-20", "due": "2026-06-01"},
            {"id": "app", "due": "2026-02-01", "status": "done"},
            {"id": "toy", "due": "2026-02-01", "status": "dropped"},
        )
        for plan in plans:
            workshop.add("action", text=plan["id"].title(), **plan)
        yield workshop


def rows_of(part: Part) -> list[list[str]]:
    """Return the rows of a table as they are shown."""
    rows: list[list[str]] = part.data["rows"]
    return rows


def test_late_is_what_is_past_its_date_and_still_to_be_done(work: Workshop) -> None:
    """The latest first; what is done or dropped is not late."""
    part = PlanReport(work, today=TODAY).overdue()

    assert "2 actions are past their date" == part.data["title"]
    assert [("Signs", "7"), ("Lift", "1")] == [
        (one[0], one[2]) for one in rows_of(part)
    ]


def test_next_four_weeks_hold_what_begins_or_is_due(work: Workshop) -> None:
    """What is late already stands in its own table."""
    part = PlanReport(work, today=TODAY).next_weeks()

    assert ["Desk"] == [one[0] for one in rows_of(part)]
    assert "1 action begins or is due until" in part.data["title"]


def test_what_has_no_date_is_counted(work: Workshop) -> None:
    """It would be lost between the tables of dates."""
    work.add("action", text="Some day")

    assert (
        "1 open action has no date."
        == (PlanReport(work, today=TODAY).next_weeks().data["source"])
    )


def test_owner_with_most_late_comes_first(work: Workshop) -> None:
    """And who owns nothing that is open stands there too."""
    rows = rows_of(PlanReport(work, today=TODAY).by_owner())

    assert ["Ann", "Bo", "Nobody yet"] == [one[0] for one in rows]
    assert ["2", "2", "0", "3"] == rows[0][1:5]


def test_status_by_type_ends_in_a_sum_only_if_there_are_types(work: Workshop) -> None:
    """One type is its own sum."""
    one_type = rows_of(PlanReport(work, today=TODAY).by_type())
    work.change("desk", action_type="training")
    two_types = rows_of(PlanReport(work, today=TODAY).by_type())

    assert ["Process"] == [one[0] for one in one_type]
    assert ["Process", "Training", "All"] == [one[0] for one in two_types]
    assert ["All", "2", "1", "1", "1", "2"] == two_types[-1][:6]


def test_opening_says_done_late_and_resolved(work: Workshop) -> None:
    """Three sentences with numbers."""
    work.add("pain_point", text="Queue", status="returned")
    said = PlanReport(work, today=TODAY).found().data["sentences"]

    assert ["1 of 5", "2", "0 of 1"] == [number for number, _ in said]
    assert "Longest, by 7 days: “Signs”." in said[1][1]
    assert "Returned: “Queue”." in said[2][1]


def test_effect_that_nobody_noted_is_asked_for(work: Workshop) -> None:
    """An action that is done owes what came of it."""
    work.change("app", expected_effect="Two points")
    part = PlanReport(work, today=TODAY).effects()

    assert "1 action that is done says nothing yet" in part.data["title"]
    assert "not said yet" in rows_of(part)[0]


def test_experiment_says_what_is_expected_and_decided(work: Workshop) -> None:
    """With its KPI and step."""
    work.add("opportunity", id="maps", text="Maps")
    work.add("kpi", id="csat", name="Satisfied")
    trial = {"hypothesis": "They find it", "kpi": "csat", "expected_change": 5.0}
    work.add("experiment", opportunity="maps", sample_size=1200, **trial)
    part = PlanReport(work, today=TODAY).experiments()

    assert "1 experiment, 1 still open" == part.data["title"]
    assert "Satisfied by +5; 1,200 customers in each of two groups" in rows_of(part)[0]


def test_what_changed_since_the_mark_is_named(work: Workshop) -> None:
    """What is new, what moved on, what went; the plan first."""
    work.mark("Monday")
    work.change("signs", status="done", owner="bo")
    work.remove("toy")
    work.add("pain_point", text="Queue")
    part = PlanReport(work).changes()

    assert "3 entries changed since “Monday”" in part.data["title"]
    assert [
        ["Signs", "Action", "Planned → Done; owner: Bo"],
        ["Toy", "Action", "Removed"],
        ["Queue", "Pain point", "New"],
    ] == rows_of(part)


def test_any_mark_can_be_compared_with(work: Workshop) -> None:
    """By its name; one that is not there is said to be none, with those there are."""
    work.mark("Monday")
    work.change("signs", status="doing")
    work.mark("Tuesday")

    assert (
        "Nothing in plan or map changed since “Tuesday”"
        in (PlanReport(work).changes().data["text"])
    )
    assert "1 entry changed" in PlanReport(work, since="Monday").changes().data["title"]
    assert (
        "These are: “Monday” and “Tuesday”."
        in (PlanReport(work, since="Sunday").changes().data["text"])
    )


def test_decisions_are_listed_latest_first_and_not_without_end(work: Workshop) -> None:
    """Forty are read; how many more there are is said."""
    for number in range(1, 43):
        work.add("decision", text=f"D{number}", day=date.fromordinal(739_000 + number))
    part = PlanReport(work, today=TODAY).decisions()

    assert "D42" == rows_of(part)[0][0]
    assert 40 == len(rows_of(part))
    assert "2 older decisions are not shown." == part.data["source"]


def test_parking_lot_shows_what_is_open_first(work: Workshop) -> None:
    """And what became of the rest."""
    work.add("parking_lot_item", text="Old", is_settled=True, outcome="Done")
    work.add("parking_lot_item", text="New")
    part = PlanReport(work, today=TODAY).parking_lot()

    assert ["New", "Old"] == [one[0] for one in rows_of(part)]
    assert "1 thing is parked and open" == part.data["title"]


def test_change_is_told_in_the_words_of_its_field(work: Workshop) -> None:
    """Numbers of KPIs, scores of pain points, days; what has no words is counted."""
    work.add("kpi", id="csat", name="Satisfied", unit="share", target=0.7)
    work.add("pain_point", id="queue", text="Queue", severity=4, frequency=5)
    work.add("pain_point", id="dust", text="Dust", severity=2, frequency=3)
    work.mark("Monday")
    work.change("csat", target=0.8)
    work.change("queue", severity=3, text="The queue")
    work.change("dust", severity=3, frequency=2)
    work.change("desk", start="2026-04-01", note="Later")
    rows = rows_of(PlanReport(work).changes())
    told = {name: words.replace("\xa0", " ") for name, _, words in rows}

    assert "target 80 %" == told["Satisfied"]
    assert "score 20 → 15; was “Queue”" == told["The queue"]
    assert "2 other details" == told["Dust"]
    assert "begins 1 Apr 2026; 1 other detail" == told["Desk"]
