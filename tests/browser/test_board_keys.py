"""The keyboard alone does everything, and nothing that is typed leaves the board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.board_page import card, matrix, traits

if TYPE_CHECKING:
    from browser.conftest import Shown
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def _at(page: Page) -> str:
    found: str = page.evaluate(
        """() => {const {card, zone} = document.activeElement.dataset;
        return card ?? zone ?? document.activeElement.className;}"""
    )
    return found


def _said(page: Page) -> str:
    return page.locator(".jk-live").inner_text()


def _texts(page: Page, name: str) -> list[str]:
    return page.locator(f'[data-zone="{name}"] .jk-text').all_inner_texts()


def test_arrows_walk_as_the_zones_lie(boards: Shown) -> None:
    """Down a list, on to the zone beside it, below it, and back."""
    page = boards.show()
    page.locator('[data-card="n1"]').focus()
    seen = []
    for key in ("Down", "Down", "Right", "Up", "Left", "Down", "Down", "Down"):
        page.keyboard.press(f"Arrow{key}")
        seen.append(_at(page))

    assert ["n2", "c", "d", "n3", "n1", "n2", "c", "e"] == seen


def test_one_thing_on_the_grid_is_a_tab_stop(boards: Shown) -> None:
    """Tab leads in and out of the grid; arrows move the stop along."""
    page = boards.show()
    stops = "document.querySelectorAll('.jk-grid [tabindex=\"0\"]').length"

    assert 1 == page.evaluate(stops)
    page.locator('[data-card="n1"]').focus()
    page.keyboard.press("ArrowRight")
    assert 1 == page.evaluate(stops)
    assert "n3" == page.evaluate(
        "document.querySelector('.jk-grid [tabindex=\"0\"]').dataset.card"
    )


def test_space_lifts_and_drops(boards: Shown) -> None:
    """A lifted card goes with the arrows, and is dropped where it is let go."""
    page = boards.show()
    page.locator('[data-card="n2"]').focus()
    page.keyboard.press(" ")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")

    assert ["First note", "Second note"] == _texts(page, "a")
    assert "Plan, place 1 of 2" == _said(page)
    page.keyboard.press(" ")
    assert "Moved to Plan, 1 of 2" == _said(page)
    assert ["Second note", "Third"] == _texts(page, "b")
    assert "n2" == _at(page)


def test_escape_puts_a_lifted_card_back(boards: Shown) -> None:
    """Escape ends lifting where it began."""
    page = boards.show()
    page.locator('[data-card="n1"]').focus()
    for key in (" ", "ArrowRight", "Escape"):
        page.keyboard.press(key)

    assert ["First note", "Second note"] == _texts(page, "a")
    assert ("n1", "Put back.") == (_at(page), _said(page))


def test_lifted_card_passes_zones_that_do_not_take_it(boards: Shown) -> None:
    """Below the last zone that takes the card there is nowhere to go."""
    page = boards.show()
    page.locator('[data-card="n1"]').focus()
    for key in (" ", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)

    assert "No zone there takes it." == _said(page)


def test_move_command_lists_zones_that_take_it(boards: Shown) -> None:
    """The list holds accepting zones only; typing makes it shorter."""
    page = boards.show()
    page.locator('[data-card="n1"]').focus()
    page.keyboard.press("m")
    options = page.get_by_role("option")

    assert ["Plan", "Fill in", "Leave"] == options.all_inner_texts()
    page.keyboard.type("le")
    assert ["Leave"] == options.all_inner_texts()
    page.keyboard.press("Enter")
    assert ["First note"] == _texts(page, "d")
    assert "n1" == _at(page)


def test_move_is_sent_before_the_page_is_laid_out_again(boards: Shown) -> None:
    """First the kernel hears of it, then the focus goes back, then the card moves."""
    page = boards.show()
    page.locator('[data-card="n1"]').focus()
    page.keyboard.press("m")
    page.evaluate(
        """() => { window.focusedIn = [];
        document.querySelector('[data-card="n1"]').addEventListener("focus", (event) =>
          window.focusedIn.push([event.target.closest(".jk-zone").dataset.zone,
            window.model.sent.filter((one) => one.type === "write").length])); }"""
    )
    page.keyboard.press("Enter")

    assert [["a", 1]] == page.evaluate("window.focusedIn")
    assert ["Third", "First note"] == _texts(page, "b")
    assert 0 == page.get_by_role("dialog").count()


def test_undo_and_redo_are_asked_for(boards: Shown) -> None:
    """Ctrl+Z and Ctrl+Shift+Z send the two commands."""
    page = boards.show()
    page.locator('[data-card="n1"]').focus()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+Shift+Z")
    page.wait_for_function("window.model.sent.some(one => one.type === 'redo')")

    kinds = page.evaluate("window.model.sent.map(one => one.type)")
    assert ["undo", "redo"] == [kind for kind in kinds if kind in ("undo", "redo")]


def test_search_counts_and_leads_to_the_card(boards: Shown) -> None:
    """What is found is counted, the rest is dimmed, Escape leads to the found card."""
    page = boards.show()
    page.locator('[data-card="n3"]').focus()
    page.keyboard.press("/")
    page.keyboard.type("note")

    assert "2 of 3" == page.locator(".jk-count").inner_text()
    assert 1 == page.locator(".jk-dim").count()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert "n2" == _at(page)
    assert 0 == page.locator(".jk-dim").count()


def test_no_key_leaves_the_board(boards: Shown) -> None:
    """Keys that mean something in a notebook are not heard outside the board."""
    page = boards.show()
    page.evaluate(
        "window.heard = [];document.addEventListener('keydown', e => heard.push(e.key))"
    )
    page.locator('[data-card="n1"]').focus()
    for key in ("d", "d", "x", "b", "a", "ArrowDown", "Enter", "z", "Escape", "o"):
        page.keyboard.press(key)

    assert [] == page.evaluate("window.heard")


def _unmarked(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """['button', 'input', 'select', 'textarea', '[tabindex]', 'a']
        .flatMap(one => [...document.querySelectorAll(`.jk-board ${one}`)])
        .filter(one => one.dataset.lmSuppressShortcuts !== 'true')
        .map(one => one.className || one.tagName)"""
    )
    return found


def test_everything_that_takes_the_focus_keeps_lab_quiet(boards: Shown) -> None:
    """JupyterLab is told on every element, or `d d` over a card deletes a cell."""
    page = boards.show()
    page.locator('[data-card="n1"]').focus()
    page.keyboard.press("o")
    page.locator(".jk-field").first.wait_for()
    page.locator('[data-card="n1"]').focus()
    page.keyboard.press("m")

    assert [] == _unmarked(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    assert [] == _unmarked(page)


def _serious(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("is_light", [True, False])
def test_board_has_no_serious_barrier(boards: Shown, is_light: bool) -> None:
    """Axe finds nothing serious: board, panel, list of zones, both themes."""
    picture = matrix()
    more = card("n4", "With marks", n_pains=2, n_votes=3, basis="observed", emotion=-2)
    more |= {"persona": "A", "author": "CD", "detail": "Beside", "tone": "pain"}
    picture["cards"]["n4"] = more | {"marks": ["moment of truth", "subtle"]}
    picture["zones"][0]["cards"].append("n4")
    picture["personas"] = [["p", "A", "The guest"], ["q", "B", "The host"]]
    page = boards.show(traits(picture), is_light=is_light)

    assert [] == _serious(page)
    page.locator('[data-card="n4"]').focus()
    page.keyboard.press("o")
    page.locator(".jk-field").first.wait_for()
    assert [] == _serious(page)
    page.locator('[data-card="n4"]').focus()
    page.keyboard.press("m")
    assert [] == _serious(page)
