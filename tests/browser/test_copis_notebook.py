"""A team fills COPIS in a real JupyterLab: takes, leaves, switches, undoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser.lab_page import LabPage, kept

from journeykit.model import CopisElement

if TYPE_CHECKING:
    from lab_server import RunningLab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def test_team_takes_leaves_switches_and_undoes(tab: LabPage, lab: RunningLab) -> None:
    """Every click is in the file, the board and the picture follow, undo takes back."""
    before = kept(lab.folder / "shop.journey")
    page = tab.page
    tab.open("10_copis.ipynb")
    tab.run_all()
    board = tab.board(0)

    page.locator("summary", has_text="Operations").first.click()
    page.get_by_role("button", name="Take: Paying", exact=True).click()
    board.get_by_text("Paying", exact=True).wait_for()
    taken = {
        one.text: one for one in kept(lab.folder / "shop.journey").of(CopisElement)
    }["Paying"]
    page.get_by_role("button", name="Leave: Choosing one", exact=True).click()
    page.get_by_text("1 proposal left aside").wait_for()
    page.get_by_role("button", name="Use: Customer, Output", exact=False).click()
    page.get_by_text("4 elements have no column here").wait_for()
    board.get_by_text("Warehouse system").wait_for()
    picture = page.locator(".jk-guide-narrow svg").first
    picture.locator("text", has_text="Supplier").first.wait_for()
    box, room = picture.bounding_box(), board.bounding_box()
    undo = board.get_by_role("button", name="Undo")
    undo.click()
    page.get_by_text("4 elements have no column here").wait_for(state="hidden")
    undo.click()
    page.get_by_role("button", name="Take: Choosing one", exact=True).wait_for()
    undo.click()
    page.get_by_role("button", name="Take: Paying", exact=True).wait_for()

    assert not taken.is_proposed
    assert box is not None
    assert room is not None
    assert box["width"] <= room["width"]
    assert before == kept(lab.folder / "shop.journey")
    assert [] == tab.errors()
    assert [] == tab.outside
