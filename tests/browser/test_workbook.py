"""A team goes through the whole workbook in a real JupyterLab, and nothing is lost."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from browser.lab_page import LabPage, kept
from browser.people import AtBoard
from lab_server import running_lab

import journeykit
from journeykit.model import Document, Entry
from journeykit.model.fields import fields_of
from journeykit.shipped import folder

if TYPE_CHECKING:
    from lab_server import RunningLab
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]


NOTEBOOKS = sorted(path.name for path in folder("workbook").glob("*.ipynb"))
PRACTICE = "15_training.ipynb"
HALF_WAY = "06_journey_map.ipynb"


@dataclass
class Entered:
    """What a team did on one workshop, to be compared with what is kept.

    Parameters
    ----------
    fields
        What was written, by the words of a new entry and by field.
    forms
        Kinds of entries that were added by a form, since they need more than a text.
    """

    fields: dict[str, dict[str, object]] = field(default_factory=dict)
    forms: list[str] = field(default_factory=list)


def new_entries(before: Document, after: Document) -> dict[str, Entry]:
    """Return every new entry by its words; fail if any other became different.

    Ranks are left out: a new card gives its neighbours new ones where they shared one.
    """
    old = {entry.id: entry for entry in before}
    new = {entry.id: entry for entry in after}
    assert set(old) <= set(new)
    for name, entry in old.items():
        assert entry == new[name].model_copy(update={"rank": entry.rank})
    added = [entry for name, entry in new.items() if name not in old]
    names = Counter(entry.name_for_people for entry in added)
    return {
        entry.name_for_people if names[entry.name_for_people] == 1 else entry.id: entry
        for entry in added
    }


def as_kept(entry: Entry, name: str, said: object) -> object:
    """Return what a field should hold; the second step of a scale is one above low."""
    if said != "second":
        return said
    spec = next(one for one in fields_of(entry.kind) if one.name == name)
    assert spec.low is not None
    return spec.low + 1


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
    entered.fields[f"{words}!"] = {}


def fill_in(form: AtBoard, words: str, entered: Entered) -> None:
    """Add an entry by a form, and write into one more field."""
    zones = form.zones()
    if not zones and form.kind != "case":
        if form.add_by_form(words):
            entered.forms.append(form.kind)
        return
    if not zones:
        return
    form.add(zones[0], words)
    form.open(words)
    entered.fields[words] = form.fill_in(f"Filled in: {words}")


def n_boards(name: str) -> int:
    """Return how many boards and forms a notebook shows."""
    notebook = json.loads((folder("workbook") / name).read_text(encoding="utf-8"))
    code = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    return len(re.findall(r"^step\.(?:board|form)\(", "\n".join(code), re.MULTILINE))


def test_team_goes_through_every_notebook(tab: LabPage, lab: RunningLab) -> None:
    """Mouse, keys, forms, undo, a dead kernel: the file holds what was entered."""
    path = lab.folder / "trip.journey"
    entered, practised = Entered(), Entered()
    before = kept(path)
    for name in NOTEBOOKS:
        tab.open(name)
        tab.run_all()
        assert [] == tab.errors()
        for number in range(n_boards(name)):
            board = AtBoard(tab.page, tab.board(number))
            words = f"Said in {name[:2]}, {number}"
            act = fill_in if board.is_form else work_at
            act(board, words, practised if name == PRACTICE else entered)
        if name == HALF_WAY:
            tab.restart()
            tab.run_all()
    added = new_entries(before, kept(path))

    trained = {one.name_for_people for one in kept(lab.folder / "training.journey")}
    assert set(practised.fields) <= trained
    written = [one for words, one in added.items() if words not in entered.fields]
    assert set(entered.fields) <= set(added)
    assert sorted(entered.forms) == sorted(one.kind for one in written)
    for words, fields in entered.fields.items():
        for name, said in fields.items():
            expected = as_kept(added[words], name, said)
            assert expected == getattr(added[words], name), (words, name)
    assert [] == tab.outside
