"""From a finding to its card, and a rule switched off, in a real JupyterLab."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest
from browser.lab_page import LabPage
from lab_server import running_lab

import journeykit
from journeykit.model import Link, RuleOff
from journeykit.workshop import Workshop

if TYPE_CHECKING:
    from lab_server import RunningLab
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

NOTEBOOK = "13_validation_and_sign_off.ipynb"
LATE = "Answer within a day"
LOST = "Pick up the jacket at the counter"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningLab]:
    """Start JupyterLab on a web shop in which three things are not joined."""
    root = tmp_path_factory.mktemp("lab")
    path = root / "workshop" / "shop.journey"
    path.parent.mkdir()
    with journeykit.new(path, starter="web_shop") as work:
        stage = work.entries("stage")[-1]
        work.add("touchpoint", id="lost", stage=stage.id, name=LOST)
        work.add("action", id="late", text=LATE, due=date(2020, 1, 1))
        tie = next(
            one
            for one in work.document().of(Link)
            if one.source == "canvas-ch-app" and one.relation == "reaches"
        )
        work.remove(tie)
    with running_lab(root) as running:
        yield running


def kept(lab: RunningLab) -> Workshop:
    """Return the workshop as anybody else opens it."""
    return journeykit.open(lab.folder / "shop.journey", is_read_only=True)


def test_finding_leads_to_its_card_and_is_mended(
    browser: Browser, lab: RunningLab
) -> None:
    """On the same page the card is focused; else the notebook of its step opens."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    tab = LabPage(page, lab)
    tab.open(NOTEBOOK)
    tab.run_all()
    panel = page.locator('section[aria-label="The check"]')
    panel.scroll_into_view_if_needed()

    # The card stands on the map further down on this page.
    panel.locator(f'a[aria-label^="Show: {LOST}"]').first.click()
    page.wait_for_function(
        "document.activeElement?.closest?.('.jk-card')?.dataset.entry === 'lost'",
        timeout=30_000,
    )

    # A tie is taken with one click, and everybody has it.
    panel.scroll_into_view_if_needed()
    panel.locator('button[aria-label^="Take: Tie"]').first.click()
    panel.get_by_text("Done: Tie").wait_for()
    with kept(lab) as work:
        assert "B2" not in {one.rule for one in work.findings()}

    # A rule is switched off, for a reason only.
    rule = panel.locator(".jk-check-rule", has_text="Enough cells are measured")
    rule.locator("summary").click()
    rule.get_by_role("button", name="Switch rule E1 off").click()
    panel.get_by_text("Write down why first.").wait_for()
    rule.locator("input").fill("Nobody was asked yet")
    rule.locator("input").press("Enter")
    panel.get_by_text("Rule E1 is off").wait_for()
    with kept(lab) as work:
        assert ["Nobody was asked yet"] == [
            one.reason for one in work.document().of(RuleOff)
        ]

    # An action is at home in another notebook.
    panel.locator(f'a[aria-label^="Show: {LATE}"]').first.click()
    page.locator(".lm-TabBar-tabLabel", has_text="12_action_plan").wait_for()

    assert [] == tab.errors()
    assert [] == tab.outside
    page.close()
