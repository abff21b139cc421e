"""How quickly a board in a real JupyterLab saves a drop, draws, and shows others' work.

Times are wall time in the browser, from what drops a card to the state line that says
"Saved" again: through the kernel, the disk and back, and into the next frame.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median, quantiles
from typing import TYPE_CHECKING

import pytest
from benchmarks.figures import Figures
from benchmarks.test_layout_speed import busy_workshop
from browser.board_page import board_page, many, traits
from browser.lab_page import LabPage
from lab_server import ORDINARY, notebook_of, running_lab

import journeykit

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

N_DROPS = 60
# Between two drops, for both ways: a mouse needs as long to reach the next card. With
# ten drops a second by keys a drop meets what the kernel does after the one before.
PAUSE_MS = 250
# Notes the time of each drop and of each "Saved" after it.
CLOCK = """() => {
  const state = document.querySelector(".jk-state");
  window.took = [];
  let start = null;
  const begin = () => { start = performance.now(); };
  window.addEventListener("pointerup", begin, true);
  window.addEventListener("keydown", (event) => {
    if (event.key === "Enter") begin();
  }, true);
  new MutationObserver(() => {
    if (start === null || state.dataset.state !== "saved") return;
    const from = start;
    start = null;
    requestAnimationFrame(() => window.took.push(performance.now() - from));
  }).observe(state, { attributes: true, attributeFilter: ["data-state"] });
}"""
DRAW = """() => new Promise(done => {
  const start = performance.now();
  window.stopBoard();
  window.stopBoard = window.showBoard(window.traits);
  document.body.offsetHeight;
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""


def fill(path: Path, n_cards: int) -> None:
    """Make a workshop with so many cards in the parking lot."""
    with journeykit.new(path, title="Trip") as work:
        for number in range(n_cards):
            work.add("parking_lot_item", id=f"i{number}", text=f"Thing {number}")


def by_keys(page: Page, card: Locator) -> None:
    """Move a card by the move command."""
    card.focus()
    page.keyboard.press("m")
    page.keyboard.press("Enter")


def by_mouse(page: Page, card: Locator) -> None:
    """Drag a card into the other zone."""
    card.scroll_into_view_if_needed()
    here = card.bounding_box()
    there = card.evaluate(
        """node => { const mine = node.closest(".jk-zone");
        const zone = [...document.querySelectorAll(".jk-zone")].find(z => z !== mine);
        const box = zone.getBoundingClientRect();
        return [box.left + 60, Math.max(box.top + 60, 200)]; }"""
    )
    assert here is not None
    page.mouse.move(here["x"] + 24, here["y"] + 12)
    page.mouse.down()
    page.mouse.move(here["x"] + 34, here["y"] + 20, steps=3)
    page.mouse.move(*there, steps=5)
    page.wait_for_timeout(60)
    page.mouse.up()


def drops(page: Page, move: Callable[[Page, Locator], None]) -> list[float]:
    """Move cards to and fro; return how long each took, in ms."""
    page.evaluate(CLOCK)
    for number in range(N_DROPS):
        move(page, page.locator(f'[data-card="i{number % 2}"]'))
        page.wait_for_function(f"window.took.length === {number + 1}", timeout=20_000)
        page.wait_for_timeout(PAUSE_MS)
    took: list[float] = page.evaluate("window.took")
    return took


@pytest.mark.parametrize("move", [by_mouse, by_keys])
@pytest.mark.parametrize(("n_cards", "middle", "most"), [(50, 40, 100), (500, 50, 120)])
def test_a_drop_is_saved_before_anybody_waits(
    browser: Browser,
    tmp_path: Path,
    figures: Figures,
    n_cards: int,
    middle: float,
    most: float,
    move: Callable[[Page, Locator], None],
) -> None:
    """From the moment that drops a card to the line that says it is on the disk."""
    with running_lab(tmp_path, ORDINARY) as lab:
        fill(lab.folder / "trip.journey", n_cards)
        code = (
            "import journeykit\nfrom journeykit.show.board import board\n"
            'work = journeykit.open("trip.journey")\nboard(work, "parking_lot")'
        )
        (lab.folder / "one.ipynb").write_text(notebook_of(code), encoding="utf-8")
        tab = LabPage(browser.new_page(viewport={"width": 1280, "height": 900}), lab)
        tab.open("one.ipynb")
        tab.run_all()
        tab.board()
        took = drops(tab.page, move)
        tab.page.close()

    what = f"drop {move.__name__.replace('_', ' ')} to saved, {n_cards} cards"
    figures.at_most(f"{what}, median", middle, median(took), "ms")
    figures.at_most(f"{what}, p95", most, quantiles(took, n=20)[-1], "ms")


def test_what_another_notebook_writes_is_shown_soon(
    browser: Browser, tmp_path: Path, figures: Figures
) -> None:
    """From the end of somebody's write to the words on the board."""
    with running_lab(tmp_path, ORDINARY) as lab:
        path = lab.folder / "trip.journey"
        fill(path, 20)
        code = (
            "import journeykit\nfrom journeykit.show.board import board\n"
            'work = journeykit.open("trip.journey")\nboard(work, "parking_lot")'
        )
        (lab.folder / "one.ipynb").write_text(notebook_of(code), encoding="utf-8")
        tab = LabPage(browser.new_page(viewport={"width": 1280, "height": 900}), lab)
        tab.open("one.ipynb")
        tab.run_all()
        tab.board()
        took = []
        with journeykit.open(path) as elsewhere:
            for number in range(20):
                words = f"Said {number}"
                elsewhere.change("i0", text=words)
                start = tab.page.evaluate("performance.now()")
                shown = tab.page.evaluate(
                    """words => new Promise(done => {
                    const look = () => [...document.querySelectorAll(".jk-text")]
                      .some(one => one.textContent === words)
                      ? done(performance.now()) : requestAnimationFrame(look);
                    look(); })""",
                    words,
                )
                took.append(shown - start)
        tab.page.close()

    figures.at_most("another's change shown, slowest of 20", 500, max(took), "ms")


def test_five_hundred_cards_are_drawn_at_once(
    browser: Browser, tmp_path: Path, figures: Figures
) -> None:
    """First draw with layout and paint, on a page of its own."""
    for n_cards, goal in ((500, 500.0), (5_000, 5_000.0)):
        path = tmp_path / f"{n_cards}.html"
        path.write_text(board_page(traits(many(n_cards))), encoding="utf-8")
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(path.as_uri())
        page.wait_for_function("window.isReady")
        took = median(page.evaluate(DRAW) for _ in range(5))
        page.close()
        figures.at_most(f"first draw of {n_cards} cards", goal, took, "ms")


def test_a_full_map_is_told_in_little_time(figures: Figures) -> None:
    """The kernel's half of a change on a map of 500 cards: layout and difference."""
    from time import process_time

    from journeykit.check.evidence import entry_bases
    from journeykit.layout.catalogue import layout_named
    from journeykit.show.board_state import patch_between, shown

    document = busy_workshop()
    note = document["n0"]
    changed = document.with_entries([note.model_copy(update={"text": "Other"})])
    before = shown(layout_named(document, "journey_map"), document, {})
    took = []
    for _ in range(15):
        start = process_time()
        bases = entry_bases(changed)
        after = shown(layout_named(changed, "journey_map", bases=bases), changed, {})
        patch_between(before, after)
        took.append((process_time() - start) * 1000)

    figures.at_most("kernel's half, map of 500 cards", 20, median(took), "ms CPU")
