"""A team fills the canvas in a real JupyterLab: takes, hides, adds, undoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.lab_page import LabPage, kept

from journeykit.model import CanvasEntry, Document, Link

if TYPE_CHECKING:
    from lab_server import RunningLab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

PAY = "Pay, and come back from the payment page"


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
    done = kept(lab.folder / "shop.journey")
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
    undo = board.get_by_role("button", name="Undo")
    undo.click()
    board.get_by_text("Shoes for life <b>", exact=True).wait_for(state="hidden")
    undo.click()
    board.get_by_text("Key partnerships").first.wait_for()
    undo.click()
    page.get_by_role("button", name=f"Take: {PAY}", exact=True).wait_for()
    back = kept(lab.folder / "shop.journey")
    assert PAY not in by_text(back)
    assert "Shoes for life <b>" not in by_text(back)
    assert back.case is not None
    assert not back.case.hidden_blocks
    assert [] == tab.errors()
    assert [] == tab.outside
