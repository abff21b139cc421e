"""The boxes of a form that tie its entry to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from browser.board_page import matrix, traits

if TYPE_CHECKING:
    from browser.conftest import Shown
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def _state() -> dict[str, Any]:
    state = traits(matrix())
    state["kinds"]["note"]["joins"] = [
        {
            "title": "What does it show?",
            "relation": "supports",
            "kinds": [["pain_point", "Pain points"]],
            "is_source": True,
        }
    ]
    state["refs"]["pain_point"] = [["p1", "<b>Too long</b>"], ["p2", "Too dear"]]
    return state


def _opened(boards: Shown) -> Page:
    page = boards.show(_state())
    page.locator('[data-card="n1"]').focus()
    page.keyboard.press("o")
    page.locator(".jk-join").wait_for()
    return page


def test_choice_makes_a_link(boards: Shown) -> None:
    """One choice is one link with both ends, and the box is ready for the next."""
    page = _opened(boards)
    box = page.get_by_label("What does it show?")
    box.select_option("p2")
    page.wait_for_selector('.jk-state[data-state="saved"]')
    ops = page.evaluate(
        "window.model.sent.filter(one => one.type === 'write').flatMap(one => one.ops)"
    )

    assert ["link"] == [one["kind"] for one in ops]
    assert {"source": "n1", "target": "p2", "relation": "supports"} == ops[0]["fields"]
    assert "" == box.input_value()


def test_names_are_text(boards: Shown) -> None:
    """A name that is markup is offered as its signs."""
    page = _opened(boards)

    assert "<b>Too long</b>" in page.locator(".jk-join option").all_inner_texts()
    assert 0 == page.locator(".jk-join b").count()
