"""Kernels die, tabs close, pages sleep, others write: nothing typed is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser.lab_page import LabPage
from browser.people import AtBoard
from lab_server import ORDINARY, notebook_of, running_lab

import journeykit
from journeykit.store.lock import WriterLock

if TYPE_CHECKING:
    from lab_server import RunningLab
    from playwright.sync_api import Browser, BrowserContext

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

OPENING = (
    "import journeykit\n"
    "from journeykit.show.board import board, form\n"
    'work = journeykit.open("trip.journey")\n'
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningLab]:
    """Start JupyterLab with two notebooks on one workshop."""
    root = tmp_path_factory.mktemp("lab")
    with running_lab(root, ORDINARY) as running:
        for name in ("one", "two"):
            text = notebook_of(OPENING, 'board(work, "parking_lot")')
            (running.folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
        yield running


@pytest.fixture
def path(lab: RunningLab) -> Path:
    """Make a workshop with two things in the parking lot."""
    made = lab.folder / "trip.journey"
    for old in lab.folder.glob("trip.journey*"):
        old.unlink()
    with journeykit.new(made, title="Trip") as work:
        work.add("parking_lot_item", id="visa", text="Visa")
        work.add("parking_lot_item", id="pets", text="Pets")
    return made


@pytest.fixture
def people(browser: Browser, path: Path) -> Iterator[BrowserContext]:
    """Give a browser of its own to each test."""
    assert path.exists()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def at(people: BrowserContext, lab: RunningLab, name: str) -> tuple[LabPage, AtBoard]:
    """Open a notebook in a tab, run it, and stand before its board."""
    tab = LabPage(people.new_page(), lab)
    tab.open(f"{name}.ipynb")
    tab.run_all()
    return tab, AtBoard(tab.page, tab.board())


def again(tab: LabPage) -> AtBoard:
    """Run the notebook again after its kernel was gone."""
    tab.answer_dialogs()
    tab.page.wait_for_timeout(2_000)
    tab.answer_dialogs()
    tab.run_all()
    return AtBoard(tab.page, tab.board())


def texts(path: Path) -> dict[str, tuple[str, bool]]:
    """Return what the file holds: words, and whether it is settled."""
    with journeykit.open(path, is_read_only=True) as work:
        items = work.entries("parking_lot_item")
        return {one.id: (one.text, one.is_settled) for one in items}


def eventually(path: Path, **expected: tuple[str, bool]) -> None:
    """Wait until the file holds just this."""
    until = time.monotonic() + 60
    while texts(path) != expected and time.monotonic() < until:
        time.sleep(0.1)

    assert expected == texts(path)


def test_kernel_that_dies_in_the_middle_of_a_drag(
    people: BrowserContext, lab: RunningLab, path: Path
) -> None:
    """The drop is kept by the page, said to wait, and saved when the cell is run.

    JupyterLab lays its message over the board while the card is still held.
    """
    tab, board = at(people, lab, "one")
    box = board.card("Visa").bounding_box()
    settled = board.node.locator(".jk-zone").nth(1).bounding_box()
    assert box is not None
    assert settled is not None
    tab.page.mouse.move(box["x"] + 24, box["y"] + 12)
    tab.page.mouse.down()
    tab.page.mouse.move(box["x"] + 40, box["y"] + 30, steps=4)
    assert 1 <= lab.kill_kernels()
    tab.page.locator(".jp-Dialog").wait_for(timeout=60_000)
    tab.page.mouse.move(settled["x"] + 60, settled["y"] + 60, steps=4)
    tab.page.mouse.up()
    board.node.locator(".jk-banner").wait_for(timeout=60_000)

    assert "Not saved yet" in board.node.locator(".jk-banner").inner_text()
    assert ("Visa", False) == texts(path)["visa"]
    again(tab).saved()
    eventually(path, visa=("Visa", True), pets=("Pets", False))


def test_kernel_that_dies_in_the_middle_of_a_sentence(
    people: BrowserContext, lab: RunningLab, path: Path
) -> None:
    """What was typed before and after is in the field again, and then in the file."""
    tab, board = at(people, lab, "one")
    board.open("Pets")
    field = board.node.locator('.jk-panel [data-field="text"]').locator(
        "input, textarea"
    )
    field.first.click()
    tab.page.keyboard.press("End")
    tab.page.keyboard.type(" in the ca")
    assert 1 <= lab.kill_kernels()
    tab.page.keyboard.type("bin?")
    again(tab).saved()

    eventually(path, visa=("Visa", False), pets=("Pets in the cabin?", False))


def test_tab_that_is_closed_half_a_second_after_typing(
    people: BrowserContext, lab: RunningLab, path: Path
) -> None:
    """It is on the disk already, or as soon as the board is opened again."""
    tab, board = at(people, lab, "one")
    board.card("Pets").focus()
    for key in ("Enter", "End"):
        tab.page.keyboard.press(key)
    tab.page.keyboard.type(" and horses")
    tab.page.wait_for_timeout(500)
    tab.page.close()
    _, later = at(people, lab, "one")
    later.saved()

    eventually(path, visa=("Visa", False), pets=("Pets and horses", False))


def test_other_notebook_shows_a_change_by_itself(
    people: BrowserContext, lab: RunningLab, path: Path
) -> None:
    """Two tabs, two kernels, one file; nobody overwrites anybody."""
    _, one = at(people, lab, "one")
    _, two = at(people, lab, "two")
    one.edit("Visa", "Visa on arrival")
    two.card("Visa on arrival").wait_for(timeout=60_000)  # the benchmark has a limit
    two.move_by_keys("Visa on arrival")
    one.node.locator(".jk-zone").nth(1).locator(".jk-card").wait_for(timeout=60_000)

    eventually(path, visa=("Visa on arrival", True), pets=("Pets", False))


def test_two_who_write_the_same_words_see_both(
    people: BrowserContext, lab: RunningLab, path: Path
) -> None:
    """Whoever is second decides, with both texts before them."""
    tab, one = at(people, lab, "one")
    one.card("Visa").focus()
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.type(" for all")
    with journeykit.open(path) as elsewhere:
        elsewhere.change("visa", text="Visa for nobody")
    tab.page.keyboard.press("Enter")
    dialog = one.node.locator(".jk-conflict").first
    dialog.wait_for(timeout=60_000)

    assert "Visa for all" in dialog.inner_text()
    assert "Visa for nobody" in dialog.inner_text()
    assert ("Visa for nobody", False) == texts(path)["visa"]
    dialog.get_by_role("button").first.click()
    eventually(path, visa=("Visa for all", False), pets=("Pets", False))


def test_page_that_slept_wakes_to_what_stands(
    people: BrowserContext, lab: RunningLab, path: Path
) -> None:
    """What others wrote meanwhile is shown; what was typed before is saved."""
    tab, board = at(people, lab, "one")
    board.card("Pets").focus()
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.type(" too")
    session = people.new_cdp_session(tab.page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    with journeykit.open(path) as elsewhere:
        elsewhere.change("visa", text="Visa first")
    time.sleep(5)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    board.card("Visa first").wait_for(timeout=60_000)
    tab.page.keyboard.press("Enter")
    board.saved()

    eventually(path, visa=("Visa first", False), pets=("Pets too", False))


def test_somebody_who_holds_the_file_is_waited_for(
    people: BrowserContext, lab: RunningLab, path: Path
) -> None:
    """The board says so, keeps the change, and saves it when it can."""
    tab, board = at(people, lab, "one")
    lock = WriterLock(path.with_name(f"{path.name}.lock"), 5)
    with lock:
        board.card("Visa").focus()
        tab.page.keyboard.press("m")
        tab.page.keyboard.press("Enter")
        board.node.locator(".jk-banner").wait_for(timeout=90_000)
        said = board.node.locator(".jk-banner").inner_text()

    assert "Not saved yet" in said
    eventually(path, visa=("Visa", True), pets=("Pets", False))


def test_workshop_for_reading_is_shown_and_says_so(
    people: BrowserContext, lab: RunningLab, path: Path
) -> None:
    """No box opens in which a word could be lost."""
    opening = OPENING.replace('"trip.journey"', '"trip.journey", is_read_only=True')
    text = notebook_of(opening, 'board(work, "parking_lot")')
    (lab.folder / "reading.ipynb").write_text(text, encoding="utf-8")
    tab, board = at(people, lab, "reading")
    board.card("Visa").focus()
    tab.page.keyboard.press("Enter")

    assert "Opened for reading only" in board.node.locator(".jk-state").inner_text()
    assert 0 == board.node.locator("textarea:visible").count()
    assert [] == board.zones()
    eventually(path, visa=("Visa", False), pets=("Pets", False))


def test_nothing_that_people_wrote_runs(
    people: BrowserContext, lab: RunningLab, path: Path
) -> None:
    """Script, markup, odd signs and long texts are text, on a real page as well."""
    hostile = [
        "<img src=x onerror=\"window.harm='img'\">",
        "</script><script>window.harm='script'</script>",
        "{{7*7}} ${7*7} `x`",
        "مرحبا بالعالم \u202e abc",
        "旅行の計画を立てる" * 12,
        "👩‍👩‍👧‍👦" * 20,
        "x" * 290,
    ]
    with journeykit.open(path) as work:
        for number, words in enumerate(hostile):
            work.add("parking_lot_item", id=f"h{number}", text=words)
    tab, board = at(people, lab, "one")
    shown = board.node.locator(".jk-text").all_inner_texts()
    harm: Any = tab.page.evaluate("window.harm ?? null")

    assert harm is None
    assert set(hostile[:3]) <= set(shown)
    assert 2 + len(hostile) == len(shown)
    assert [] == tab.outside
