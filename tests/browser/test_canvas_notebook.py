"""A team fills the canvas in a real JupyterLab: takes, hides, ties, adds, drags."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.lab_page import LabPage
from lab_server import running_lab

import journeykit
from journeykit.model import CanvasEntry, Document, Link

if TYPE_CHECKING:
    from lab_server import RunningLab
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

PAY = "Pay, and come back from the payment page"


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[RunningLab]:
    """Start JupyterLab on a web shop's workshop."""
    path = tmp_path / "workshop" / "shop.journey"
    path.parent.mkdir()
    journeykit.new(path, starter="web_shop").close()
    with running_lab(tmp_path) as running:
        yield running


@pytest.fixture
def tab(browser: Browser, lab: RunningLab) -> Iterator[LabPage]:
    """Open one tab."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield LabPage(page, lab)
    page.close()


def kept(lab: RunningLab) -> Document:
    """Return what the file holds, read as anybody else would."""
    with journeykit.open(lab.folder / "shop.journey", is_read_only=True) as work:
        return work.document()


def by_text(document: Document) -> dict[str, CanvasEntry]:
    """Return the entries of the canvas by what they say."""
    return {one.text: one for one in document.of(CanvasEntry)}


def test_team_fills_the_canvas_from_the_journey(tab: LabPage, lab: RunningLab) -> None:
    """Each click is in the file, boards and pictures follow, undo takes back."""
    page = tab.page
    tab.open("11_business_model_canvas.ipynb")
    tab.run_all()
    board = tab.board(0)

    page.get_by_role("button", name=f"Take: {PAY}", exact=True).click()
    board.get_by_text(PAY, exact=True).wait_for()
    page.locator("summary", has_text="All nine blocks are shown").click()
    page.get_by_role("button", name="Hide: Key partnerships", exact=True).click()
    board.get_by_text("Key partnerships").wait_for(state="detached")
    idea = page.get_by_label("Subscription: a new idea")
    idea.fill("Shoes for life <b>")
    idea.press("Enter")
    page.get_by_text("Shoes for life <b>").first.wait_for()
    done = kept(lab)
    taken = by_text(done)[PAY]

    assert not taken.is_proposed
    assert [
        link
        for link in done.of(Link)
        if link.source == taken.id and not link.is_proposed
    ]
    assert done.case is not None
    assert ("key_partnerships",) == tuple(done.case.hidden_blocks)
    assert "Shoes for life <b>" in by_text(done)
    for _ in range(3):
        board.get_by_role("button", name="Undo").click()
        page.wait_for_timeout(1_000)
    page.get_by_role("button", name=f"Take: {PAY}", exact=True).wait_for()
    back = kept(lab)
    assert PAY not in by_text(back)
    assert "Shoes for life <b>" not in by_text(back)
    assert back.case is not None
    assert not back.case.hidden_blocks
    assert [] == tab.errors()
    assert [] == tab.outside
