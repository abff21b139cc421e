"""A day that runs late, in the facilitator's own notebook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browser.lab_page import LabPage
from lab_server import running_lab

import journeykit
from journeykit.exchange.agendas import agenda
from journeykit.model import AgendaBlock

if TYPE_CHECKING:
    from lab_server import RunningLab
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

_LONG_MS = 60_000


@pytest.fixture
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningLab]:
    """Start JupyterLab on a workshop whose half day begins at nine."""
    root = tmp_path_factory.mktemp("lab")
    path = root / "workshop" / "day.journey"
    path.parent.mkdir()
    with journeykit.new(path, title="A day") as work:
        work.add_all(agenda("half_day"))
    with running_lab(root) as running:
        yield running


def minutes(lab: RunningLab) -> dict[str, float]:
    """Return the minutes of each block as they stand in the file."""
    with journeykit.open(lab.folder / "day.journey", is_read_only=True) as work:
        return {one.title: one.minutes for one in work.document().of(AgendaBlock)}


def at(page: Page, hour: int, minute: int) -> None:
    """Let the clock on the wall show another time; it goes on from there."""
    page.clock.set_system_time(f"2026-01-30T{hour:02}:{minute:02}:00")


def test_late_day_is_planned_anew_and_ends_in_time(
    browser: Browser, lab: RunningLab
) -> None:
    """What to shorten is said, taken by a button, and the run sheet shows it."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    tab = LabPage(page, lab)
    tab.open("16_facilitator.ipynb")
    tab.run_all()
    timer = page.locator(".jk-timer")
    timer.scroll_into_view_if_needed()
    at(page, 9, 0)
    timer.get_by_role("button", name="Start").click()
    for _ in range(5):
        timer.get_by_role("button", name="Next block").click()
    assert "Steps and touchpoints" == timer.locator(".jk-timer-title").inner_text()
    at(page, 11, 10)
    before = minutes(lab)
    timer.get_by_role("button", name="Running late?").click()
    take = timer.get_by_role("button", name="Use this plan")
    take.wait_for(timeout=_LONG_MS)
    said = timer.locator(".jk-timer-plan").inner_text()

    assert said.startswith("You are 35 min behind the agenda.")
    assert "Then you end at 13:00." in said
    assert before == minutes(lab)
    take.click()
    timer.get_by_text("The agenda is planned anew").wait_for(timeout=_LONG_MS)
    after = minutes(lab)
    # The block that runs is over, it began at nine: the others have to fit in.
    coming = list(before)[list(before).index("Steps and touchpoints") + 1 :]
    assert sum(before[name] for name in coming) > 110
    assert sum(after.get(name, 0) for name in coming) <= 110
    dropped = [name for name in coming if name not in after]
    sheet = page.locator('[aria-label="Run sheet"]')
    for name in dropped:
        assert f"“{name}”" in said
        sheet.get_by_text(name, exact=True).wait_for(state="detached", timeout=_LONG_MS)
    assert [] == tab.errors()
    page.close()
