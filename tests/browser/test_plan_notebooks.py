"""A team turns pain into ideas, plans a trial and reads the roadmap in JupyterLab."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.lab_page import LabPage, kept
from lab_server import running_lab

import journeykit
from journeykit.model import Experiment, Opportunity

if TYPE_CHECKING:
    from lab_server import RunningLab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[RunningLab]:
    """Start JupyterLab on a small workshop: one pain point, one trial, two actions."""
    path = tmp_path / "workshop" / "desk.journey"
    path.parent.mkdir()
    with journeykit.new(path) as work:
        today = work.store.now().astimezone().date()
        work.add("pain_point", id="queue", text="The queue is long")
        kpi = work.add("kpi", name="Easy", measure="easy_share", baseline=0.5)
        idea = work.add("opportunity", text="Signs")
        work.add(
            "experiment",
            id="trial",
            opportunity=idea.id,
            hypothesis="More find it",
            kpi=kpi.id,
            expected_change=10,
        )
        who = work.add("stakeholder", name="Bo", days_a_week=1)
        late = work.add(
            "action",
            text="Paint the signs",
            owner=who.id,
            start=today - timedelta(days=20),
            due=today - timedelta(days=3),
        )
        then = work.add("action", text="Hang them", start=today, due=today)
        work.link(then, late, "depends_on")
    with running_lab(tmp_path) as running:
        yield running


def test_pain_becomes_an_idea_and_a_trial_its_size(
    tab: LabPage, lab: RunningLab
) -> None:
    """Each by a click that is in the file, while the board follows."""
    page = tab.page
    tab.open("09_opportunities.ipynb")
    tab.run_all()
    page.get_by_role("button", name="Turn into one: The queue is long").click()
    words = "How might we mend “The queue is long”?"
    tab.board(0).get_by_text(words).first.wait_for()
    page.get_by_role("button", name="How many customers?").click()
    page.get_by_text("388 customers with the change", exact=False).wait_for()
    document = kept(lab.folder / "desk.journey")
    idea = next(one for one in document.of(Opportunity) if one.text == words)

    assert ["queue"] == [one.id for one in document.linked("answers", source=idea.id)]
    assert [388] == [one.sample_size for one in document.of(Experiment)]
    assert [] == tab.errors()
    assert [] == tab.outside


def test_roadmap_is_drawn_and_follows(tab: LabPage, lab: RunningLab) -> None:
    """It fits beside the list of files; what somebody adds elsewhere comes in."""
    page = tab.page
    tab.open("12_action_plan.ipynb")
    tab.run_all()
    narrow = page.locator(".jk-guide-picture.jk-is-narrow svg").first
    narrow.locator("text", has_text="3 days late").wait_for()
    box = narrow.bounding_box()
    room = page.locator(".jk-guide-picture.jk-is-narrow").first.bounding_box()
    with journeykit.open(lab.folder / "desk.journey") as work:
        today = work.store.now().astimezone().date()
        work.add("action", text="Ask ten people", due=today)
    narrow.locator("text", has_text="Ask ten people").wait_for()

    assert box is not None
    assert room is not None
    assert box["width"] <= room["width"] + 1
    assert not page.locator(".jk-guide-picture.jk-is-wide").first.is_visible()
    assert [] == tab.errors()
    assert [] == tab.outside
