"""What people do on a board is drawn at once, sent once, and never lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from browser.board_page import card, matrix, traits

if TYPE_CHECKING:
    from browser.conftest import Shown
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

ID = re.compile(r"[0-9a-f]{32}\Z")


def _zone(page: Page, name: str) -> Locator:
    return page.locator(f'[data-zone="{name}"]')


def _texts(page: Page, name: str) -> list[str]:
    return page.locator(f'[data-zone="{name}"] .jk-text').all_inner_texts()


def _card(page: Page, name: str) -> Locator:
    return page.locator(f'[data-card="{name}"]')


def _writes(page: Page) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = page.evaluate(
        "window.model.sent.filter(one => one.type === 'write')"
    )
    return sent


def _silence(page: Page) -> None:
    page.evaluate("window.model.isSilent = true")


def _saved(page: Page) -> None:
    page.wait_for_selector('.jk-state[data-state="saved"]')


def _drag(page: Page, name: str, zone: str) -> None:
    start, end = _card(page, name).bounding_box(), _zone(page, zone).bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 20, start["y"] + 16)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 30, steps=3)
    page.mouse.move(end["x"] + 60, end["y"] + end["height"] - 20, steps=5)


def test_mouse_drags_a_card_into_another_zone(boards: Shown) -> None:
    """A dragged card is drawn at once and sent as one change of the zone's fields."""
    page = boards.show()
    _silence(page)
    _drag(page, "n1", "b")
    page.mouse.up()

    assert ["Second note"] == _texts(page, "a")
    assert ["Third", "First note"] == _texts(page, "b")
    (sent,) = _writes(page)
    assert ID.match(sent["id"])
    assert [
        {
            "do": "change",
            "entry": "n1",
            "kind": "note",
            "fields": {"place": "b"},
            "base": 1,
            "after": "n3",
            "before": None,
        }
    ] == sent["ops"]


def test_zone_that_takes_nothing_says_why(boards: Shown) -> None:
    """Over a derived zone the reason stands at the pointer; a drop does nothing."""
    page = boards.show()
    _drag(page, "n1", "e")

    assert "Numbers come from the data" == page.locator(".jk-why").inner_text()
    page.mouse.up()
    assert ["First note", "Second note"] == _texts(page, "a")
    assert [] == _writes(page)


def test_escape_ends_a_drag(boards: Shown) -> None:
    """Escape puts a lifted card back, and letting go later drops nothing."""
    page = boards.show()
    _drag(page, "n1", "b")
    page.keyboard.press("Escape")
    page.mouse.up()

    assert ["First note", "Second note"] == _texts(page, "a")
    assert 0 == page.locator(".jk-ghost").count()
    assert [] == _writes(page)


def test_nothing_is_selected_while_dragging(boards: Shown) -> None:
    """Dragging over the board marks no text."""
    page = boards.show()
    _drag(page, "n1", "d")

    assert "" == page.evaluate("getSelection().toString()")
    page.mouse.up()


def test_finger_drags_after_a_long_press(boards: Shown) -> None:
    """A finger that rests lifts the card; its drop writes the same change."""
    page = boards.show()
    box, end = _card(page, "n1").bounding_box(), _zone(page, "d").bounding_box()
    assert box is not None
    assert end is not None
    touch = page.context.new_cdp_session(page)

    def send(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in places]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", (box["x"] + 20, box["y"] + 16))
    page.wait_for_selector(".jk-ghost")
    send("touchMove", (box["x"] + 60, box["y"] + 60))
    send("touchMove", (end["x"] + 60, end["y"] + 60))
    send("touchEnd")
    _saved(page)

    assert ["First note"] == _texts(page, "d")
    assert {"place": "d"} == _writes(page)[0]["ops"][0]["fields"]


def test_finger_that_slides_scrolls(boards: Shown) -> None:
    """A finger that moves at once lifts nothing."""
    page = boards.show()
    box = _card(page, "n1").bounding_box()
    assert box is not None
    touch = page.context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [{"x": box["x"] + 20, "y": box["y"] + 16}]),
        ("touchMove", [{"x": box["x"] + 20, "y": box["y"] + 60}]),
        ("touchEnd", []),
    ):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_timeout(300)

    assert 0 == page.locator(".jk-ghost").count()
    assert [] == _writes(page)


def test_text_is_edited_in_place(boards: Shown) -> None:
    """Enter opens the words of a card and saves them; one pause is one change."""
    page = boards.show()
    _card(page, "n1").focus()
    page.keyboard.press("Enter")
    page.keyboard.type(", longer")
    page.keyboard.press("Enter")
    _saved(page)

    assert ["First note, longer", "Second note"] == _texts(page, "a")
    (sent,) = _writes(page)
    assert {"text": "First note, longer"} == sent["ops"][0]["fields"]
    assert "n1" == page.evaluate("document.activeElement.dataset.card")


def test_escape_gives_an_edit_up(boards: Shown) -> None:
    """What was sent meanwhile is taken back when the person gives up."""
    page = boards.show()
    _card(page, "n1").dblclick()
    page.keyboard.type(" and more")
    page.wait_for_function("window.model.sent.some(one => one.type === 'write')")
    page.keyboard.press("Escape")
    _saved(page)

    assert "First note" == _texts(page, "a")[0]
    assert {"text": "First note"} == _writes(page)[-1]["ops"][0]["fields"]
    assert 0 == page.locator("textarea").count()


def test_cards_are_added_one_after_another(boards: Shown) -> None:
    """The box stays open after Enter, so that a person can go on."""
    page = boards.show()
    _card(page, "n3").focus()
    page.keyboard.press("n")
    page.keyboard.type("One")
    page.keyboard.press("Enter")
    page.keyboard.type("Two")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    _saved(page)

    assert ["Third", "One", "Two"] == _texts(page, "b")
    assert {"place": "b", "text": "One"} == _writes(page)[0]["ops"][0]["fields"]


def test_pasted_lines_become_cards(boards: Shown) -> None:
    """Three lines are three cards and one group; undo takes them back together."""
    page = boards.show()
    _card(page, "n3").focus()
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData('text/plain', 'Red\\r\\n\\r\\n Green \\nBlue');
          const init = {clipboardData: data, bubbles: true, cancelable: true};
          document.activeElement.dispatchEvent(new ClipboardEvent('paste', init));
        }"""
    )
    _saved(page)

    assert ["Third", "Red", "Green", "Blue"] == _texts(page, "b")
    (sent,) = _writes(page)
    names = [op["entry"] for op in sent["ops"]]
    assert ["n3", *names[:2]] == [op["after"] for op in sent["ops"]]
    page.keyboard.press("Control+z")
    page.wait_for_function(
        "document.querySelectorAll('[data-zone=b] .jk-card').length === 1"
    )


def test_selected_cards_are_copied_as_lines(boards: Shown) -> None:
    """Copying gives the words of the selected cards, one a line."""
    page = boards.show()
    _card(page, "n1").focus()
    page.keyboard.press("Shift+ArrowDown")
    copied = page.evaluate(
        """() => {
          const data = new DataTransfer();
          const init = {clipboardData: data, bubbles: true, cancelable: true};
          document.activeElement.dispatchEvent(new ClipboardEvent('copy', init));
          return data.getData('text/plain');
        }"""
    )

    assert "First note\nSecond note" == copied


def test_removing_offers_undo(boards: Shown) -> None:
    """Delete asks nothing; a bar offers to bring the card back."""
    page = boards.show()
    _card(page, "n1").focus()
    page.keyboard.press("Delete")

    assert ["Second note"] == _texts(page, "a")
    assert "Removed “First note”." in page.locator(".jk-undo-bar").inner_text()
    assert "n2" == page.evaluate("document.activeElement.dataset.card")
    page.locator(".jk-undo-bar button").click()
    _saved(page)
    assert ["First note", "Second note"] == _texts(page, "a")


def test_vote_and_link_are_entries_of_their_own(boards: Shown) -> None:
    """A vote shows its dot at once; a link is drawn between two cards."""
    page = boards.show()
    _card(page, "n1").focus()
    page.keyboard.press("v")
    page.keyboard.press("l")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    _saved(page)

    assert 1 == _card(page, "n1").locator(".jk-votes i").count()
    assert 1 == page.locator(".jk-link").count()
    vote, link = (one["ops"][0] for one in _writes(page))
    assert {"subject": "n1", "participant": "someone"} == vote["fields"]
    ends = {"source": "n1", "target": "n3", "relation": "relates_to"}
    assert ends == link["fields"]


def test_read_only_board_changes_nothing(boards: Shown) -> None:
    """A board that is read only says why and sends no write."""
    state = traits(matrix(), is_read_only=True, why_read_only="Opened for reading only")
    page = boards.show(state)
    _card(page, "n1").focus()
    for key in ("n", "Enter", "Delete", "v", " ", "Control+z"):
        page.keyboard.press(key)
    _drag(page, "n1", "b")
    page.mouse.up()

    assert "Opened for reading only" == page.locator(".jk-state").inner_text()
    assert [] == _writes(page)
    assert ["First note", "Second note"] == _texts(page, "a")


def test_others_change_redraws_no_card_that_is_edited(boards: Shown) -> None:
    """While a card is edited, what others do leaves the box and its cursor alone."""
    page = boards.show()
    _card(page, "n1").dblclick()
    page.keyboard.type(" so far")
    moved = card("n1", "Other words", version=4)
    page.evaluate(
        """moved => window.model.say({type: 'patch', number: 9, patch: {
          cards: {n1: moved}, zones: {a: {cards: ['n2']}, c: {cards: ['n1']}}}})""",
        moved,
    )
    page.keyboard.type(", and on")

    area = page.locator('[data-zone="c"] textarea')
    assert "First note so far, and on" == area.input_value()
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
