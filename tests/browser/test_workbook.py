"""A team goes through the whole workbook in a real JupyterLab, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser.lab_page import LabPage
from browser.people import AtBoard
from lab_server import running_lab

import journeykit
from journeykit.model import Document
from journeykit.shipped import folder

if TYPE_CHECKING:
    from lab_server import RunningLab
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]

NOTEBOOKS = sorted(path.name for path in folder("workbook").glob("*.ipynb"))
HALF_WAY = "06_journey_map.ipynb"


@dataclass
class Entered:
    """What a team did on one workshop, to be compared with what is kept."""

    added: dict[str, str] = field(default_factory=dict)
    """Kind by the words of a new entry."""
    fields: dict[tuple[str, str], Any] = field(default_factory=dict)
    """Value by words of the entry and field."""


def kept(path: Path) -> Document:
    """Return what the file holds, read as anybody else would."""
    with journeykit.open(path, is_read_only=True) as work:
        return work.document()


def difference(before: Document, after: Document) -> dict[str, str]:
    """Return kind by words of every new entry; fail if anything else became different.

    Where an entry stands among its like, and where the team moved one of its own, is
    looked at on the board.
    """
    old = {entry.id: entry for entry in before}
    new = {entry.id: entry for entry in after}
    assert set(old) <= set(new)
    for name, entry in old.items():
        ranked = new[name].model_copy(update={"rank": entry.rank})
        assert entry == ranked
    added = [entry for name, entry in new.items() if name not in old]
    return {entry.name_for_people: entry.kind for entry in added}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningLab]:
    """Start JupyterLab on a resort's workshop."""
    root = tmp_path_factory.mktemp("lab")
    path = root / "workshop" / "trip.journey"
    path.parent.mkdir()
    journeykit.new(path, starter="resort_booking").close()
    with running_lab(root) as running:
        yield running


@pytest.fixture
def tab(browser: Browser, lab: RunningLab) -> Iterator[LabPage]:
    """Open one tab."""
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    shown = LabPage(page, lab)
    yield shown
    page.close()


def work_at(board: AtBoard, words: str, entered: Entered) -> None:
    """Do on a board what a team does: write, move by mouse and keys, undo, rename."""
    zones = board.zones()
    if not zones:
        return
    board.add(zones[0], words)
    start = board.zone_of(words)
    moved = board.drag(words)
    if moved:
        assert moved == board.zone_of(words)
        board.undo()
        assert start == board.zone_of(words)
    by_keys = board.move_by_keys(words)
    if by_keys:
        assert by_keys == board.zone_of(words)
    board.edit(words, f"{words}!")
    entered.added[f"{words}!"] = ""


def fill_in(form: AtBoard, words: str, entered: Entered) -> None:
    """Add an entry by a form, and write into one more field."""
    zones = form.zones()
    if not zones:
        return
    form.add(zones[0], words)
    form.open(words)
    entered.added[words] = form.kind


def test_team_goes_through_every_notebook(tab: LabPage, lab: RunningLab) -> None:
    """Cards, forms, mouse, keys, undo, a dead kernel: the file holds what was entered."""
    path = lab.folder / "trip.journey"
    entered = Entered()
    before = kept(path)
    for name in NOTEBOOKS:
        tab.open(name)
        tab.run_all()
        assert [] == tab.errors()
        n_boards = tab.page.locator(".jk-board").count()
        for number in range(n_boards):
            board = AtBoard(tab.page, tab.board(number))
            words = f"Said in {name[:2]}, {number}"
            print(name, number, board.name, board.kind)
            act = fill_in if board.is_form else work_at
            act(board, words, entered)
        if name == HALF_WAY:
            tab.restart()
            tab.run_all()
    added = difference(before, kept(path))

    assert set(entered.added) == set(added)
    assert [] == tab.outside
