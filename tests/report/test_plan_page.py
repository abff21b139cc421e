"""The plan on a page: pictures with their tables, and what is said without one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest

import journeykit
from journeykit.report.cost_page import CostPage
from journeykit.report.part import Part
from journeykit.report.plan_page import PlanPage
from journeykit.workshop import Workshop

TODAY = date(2026, 3, 9)
PARTS = (
    *("roadmap", "problems", "effort", "at_stake"),
    *("pain_life", "answers", "sign_offs"),
)


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Return the airport's workshop in memory."""
    with journeykit.new(None, starter="airport") as workshop:
        yield workshop


@pytest.mark.parametrize("name", PARTS)
def test_part_of_an_empty_workshop_is_one_sentence(name: str) -> None:
    """Nothing is drawn of nothing, and nothing fails."""
    with journeykit.new(None) as workshop:
        part: Part = getattr(PlanPage(workshop, TODAY), name)()

    assert "section" == part.name
    # Of no plan it is not said that it holds, nor that nothing is left to do.
    is_silent = name in ("problems", "effort")
    assert is_silent == (not part.data["text"])
    assert is_silent or part.data["text"].endswith(".")


@pytest.mark.parametrize("name", PARTS)
def test_part_of_a_worked_case_is_made(work: Workshop, name: str) -> None:
    """Each can be written down, everything in it escaped."""
    work.add("action", text="<b>Go</b>", due="2026-03-01", effort_days=3)
    work.add("pain_point", text="<b>No</b>", departments=["<b>Sales</b>"])
    part: Part = getattr(PlanPage(work), name)()
    html = part.__html__()

    assert html
    assert "<b>" not in html


def test_roadmap_comes_with_its_table_and_sheets(work: Workshop) -> None:
    """One row an action, and pictures that fit the paper."""
    for i in range(40):
        work.add("action", text=f"Action {i}", start="2026-03-02", due="2026-04-01")
    data: Any = PlanPage(work, TODAY).roadmap().data

    assert len(work.entries("action")) == len(data["twin"]["rows"])
    assert 1 < len(data["printed"])
    assert "actions to be done" in data["title"]


def test_what_is_at_stake_with_an_action_is_a_range(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the worst pain point that it answers, directly or by an idea; never a sum."""
    stakes = pd.DataFrame(
        {
            "entry": ["queue", "dirt", "far"],
            "value": [6_000.0, 9_000.0, None],
            "low": [4_000.0, 1_000.0, None],
            "high": [8_000.0, 12_000.0, None],
        }
    )
    monkeypatch.setattr(CostPage, "why_no_stake", lambda _: "")
    monkeypatch.setattr(CostPage, "stakes", lambda _: stakes)
    with journeykit.new(None) as work:
        for name in ("queue", "dirt", "far"):
            work.add("pain_point", id=name, text=name.title())
        nothing = PlanPage(work).at_stake().data
        idea = work.add("opportunity", text="Clean")
        work.link(idea, "dirt", "answers")
        both = work.add("action", text="Both", effort_days=2)
        one = work.add("action", text="One")
        work.add("action", text="None")
        for action, pain in ((both, "queue"), (both, idea), (one, "queue")):
            work.link(action, pain, "answers")
        work.link(one, "far", "answers")
        data: Any = PlanPage(work).at_stake().data

    assert "No open action answers" in nothing["text"]
    assert "Most is at stake with “Both”" == data["title"]
    assert [
        ["Both", "Dirt", "9,000 (1,000 to 12,000)", "2"],
        ["One", "Queue", "6,000 (4,000 to 8,000)", "\N{EM DASH}"],
    ] == data["rows"]


def test_owed_answer_is_named(work: Workshop) -> None:
    """Beside those that were given."""
    work.add("pain_point", text="Queue", departments=["Law"])
    data: Any = PlanPage(work).answers().data

    assert "2 answers are still owed" == data["title"]
    assert ["Queue", "Law", "No answer yet", "", ""] in data["rows"]
