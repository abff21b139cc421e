"""What people do on a board or a form, with a mouse and a keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

__all__ = ["AtBoard"]

_SAVED_MS = 30_000


class AtBoard:
    """A person at one board.

    Parameters
    ----------
    page
        The browser tab.
    node
        The board in it.
    """

    def __init__(self, page: Page, node: Locator) -> None:
        self.page, self.node = page, node
        self.name = node.get_attribute("data-layout") or ""
        self.kind = node.get_attribute("data-kind") or ""

    @property
    def is_form(self) -> bool:
        """Whether it asks for the fields of one kind."""
        return bool(self.kind)

    def saved(self) -> None:
        """Wait until the board says that everything is on the disk."""
        self.page.wait_for_timeout(50)
        state = self.node.locator('.jk-state[data-state="saved"]')
        state.wait_for(timeout=_SAVED_MS)

    def zones(self) -> list[str]:
        """Return the zones that take new cards, as they stand."""
        found = self.node.locator(".jk-zone:has(> .jk-add:not([hidden]))")
        return [one.get_attribute("data-zone") or "" for one in found.all()]

    def zone(self, name: str) -> Locator:
        """Return a zone."""
        return self.node.locator(f'.jk-zone[data-zone="{name}"]')

    def card(self, words: str) -> Locator:
        """Return the card that says this."""
        text = self.page.locator(
            ".jk-text", has_text=re.compile(f"^{re.escape(words)}$")
        )
        return self.node.locator(".jk-card", has=text).first

    def add(self, zone: str, words: str) -> None:
        """Write a new card into a zone."""
        self.zone(zone).scroll_into_view_if_needed()
        self.zone(zone).hover(position={"x": 6, "y": 6})
        self.zone(zone).locator(":scope > .jk-add").click()
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Escape")
        self.card(words).wait_for()
        self.saved()

    def zone_of(self, words: str) -> str:
        """Return the zone in which a card stands."""
        found: str = self.card(words).evaluate(
            "node => node.closest('.jk-zone').dataset.zone"
        )
        return found

    def drag(self, words: str) -> str:
        """Drag a card with the mouse into the next zone that takes it; return which.

        The empty text if no other zone does.
        """
        card = self.card(words)
        card.scroll_into_view_if_needed()
        here = self.zone_of(words)
        box = card.bounding_box()
        assert box is not None
        start = box["x"] + 24, box["y"] + 12
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(start[0] + 8, start[1] + 8, steps=3)
        taking = self.node.locator(".jk-zone.jk-takes")
        for zone in taking.all():
            name, place = zone.get_attribute("data-zone"), zone.bounding_box()
            if name == here or place is None or not self._is_seen(place):
                continue
            self.page.mouse.move(
                place["x"] + min(40, place["width"] / 2),
                place["y"] + place["height"] - 8,
                steps=6,
            )
            self.page.mouse.up()
            self.saved()
            return name or ""
        self.page.keyboard.press("Escape")
        self.page.mouse.up()
        return ""

    def _is_seen(self, place: object) -> bool:
        """Return whether the lower left of a zone can be reached without scrolling."""
        box: dict[str, float] = dict(place)  # type: ignore[call-overload]  # a box
        scroll = self.node.locator(".jk-scroll").bounding_box()
        view = self.page.viewport_size
        assert scroll is not None
        assert view is not None
        x, y = box["x"] + min(40, box["width"] / 2), box["y"] + box["height"] - 8
        right = scroll["x"] + scroll["width"] - 60
        bottom = min(scroll["y"] + scroll["height"], view["height"] - 40) - 60
        return scroll["x"] + 60 < x < right and max(scroll["y"], 90) + 60 < y < bottom

    def move_by_keys(self, words: str) -> str:
        """Move a card by the move command and the keyboard alone; return where to."""
        self.card(words).focus()
        self.page.keyboard.press("m")
        if not self.page.get_by_role("option").count():
            self.page.keyboard.press("Escape")
            return ""
        self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")
        self.saved()
        return self.zone_of(words)

    def undo(self) -> None:
        """Take the last step back."""
        self.node.get_by_role("button", name=re.compile("^Undo")).first.click()
        self.page.wait_for_timeout(100)
        self.saved()

    def edit(self, words: str, new: str) -> None:
        """Write other words on a card, in place."""
        self.card(words).focus()
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(new)
        self.page.keyboard.press("Enter")
        self.card(new).wait_for()
        self.saved()

    def open(self, words: str) -> None:
        """Open a card in the panel."""
        self.card(words).focus()
        self.page.keyboard.press("o")
        self.node.locator(".jk-panel .jk-field").first.wait_for()

    def fill(self, field: str, value: str) -> None:
        """Write into a field of the panel."""
        node = self.node.locator(f'.jk-panel .jk-field[data-field="{field}"]')
        control = node.locator("textarea, input, select").first
        control.fill(value)
        control.blur()
        self.saved()
