"""A team fills COPIS in a real JupyterLab: takes, leaves, switches, undoes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser.lab_page import LabPage
from lab_server import running_lab

import journeykit
from journeykit.model import CopisElement, Document

if TYPE_CHECKING:
    from lab_server import RunningLab
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[RunningLab]:
    """Start JupyterLab on a web shop's workshop, whose definition has systems."""
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


def test_team_takes_leaves_switches_and_undoes(tab: LabPage, lab: RunningLab) -> None:
    """Every click is in the file, the board and the picture follow, undo takes back."""
    before = kept(lab)
    page = tab.page
    tab.open("10_copis.ipynb")
    tab.run_all()
    board = tab.board(0)

    page.locator("summary", has_text="Operations").first.click()
    page.get_by_role("button", name="Take: Paying", exact=True).click()
    board.get_by_text("Paying", exact=True).wait_for()
    taken = {one.text: one for one in kept(lab).of(CopisElement)}["Paying"]
    page.get_by_role("button", name="Leave: Choosing one", exact=True).click()
    page.get_by_text("1 proposal left aside").wait_for()
    page.get_by_role("button", name="Use: Customer, Output", exact=False).click()
    page.get_by_text("4 elements have no column here").wait_for()
    board.get_by_text("Warehouse system").wait_for()
    picture = page.locator(".jk-guide-narrow svg").first
    picture.locator("text", has_text="Supplier").first.wait_for()
    box, room = picture.bounding_box(), board.bounding_box()
    for _ in range(3):
        board.get_by_role("button", name="Undo").click()
        page.wait_for_timeout(1_000)
    page.get_by_role("button", name="Take: Choosing one", exact=True).wait_for()

    assert not taken.is_proposed
    assert box is not None
    assert room is not None
    assert box["width"] <= room["width"]
    assert before == kept(lab)
    assert [] == tab.errors()
    assert [] == tab.outside
