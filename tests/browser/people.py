"""What people do on a board or a form, with a mouse and a keyboard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

__all__ = ["AtBoard"]

_SAVED_MS = 90_000  # on a busy machine
# Another zone that takes what is held, and a point in it that can be reached as it is.
_NEXT_ZONE = """(board, here) => {
  const seen = board.querySelector(".jk-scroll").getBoundingClientRect();
  for (const node of board.querySelectorAll(".jk-zone.jk-takes")) {
    const box = node.getBoundingClientRect();
    const x = box.left + Math.min(40, box.width / 2), y = box.bottom - 8;
    const top = Math.max(seen.top, 90) + 60;
    const bottom = Math.min(seen.bottom, innerHeight - 40) - 60;
    const isSeen = x > seen.left + 60 && x < seen.right - 60 && y > top && y < bottom;
    const zone = node.dataset.zone;
    if (zone !== here && isSeen && node.contains(document.elementFromPoint(x, y))) {
      return { zone, x, y };
    }
  }
  return null;
}"""


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
        found: list[str] = self.node.evaluate(
            """board => [...board.querySelectorAll(".jk-zone")]
            .filter(one => one.querySelector(":scope > .jk-add:not([hidden])"))
            .map(one => one.dataset.zone)"""
        )
        return found

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
        self.page.wait_for_timeout(30)
        found = self.node.evaluate(_NEXT_ZONE, here)
        if found is None:
            self.page.keyboard.press("Escape")
            self.page.mouse.up()
            return ""
        self.page.mouse.move(found["x"], found["y"], steps=6)
        self.page.mouse.up()
        self.saved()
        name: str = found["zone"]
        return name

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

    def fill_in(self, words: str) -> dict[str, object]:
        """Write into a text, a scale and a box of the panel; return what by field."""
        done: dict[str, object] = {}
        panel = self.node.locator(".jk-panel")
        panel.locator(".jk-field").first.wait_for()
        text = panel.locator(".jk-input-line, .jk-input-prose").locator("visible=true")
        for field in text.all():
            name = field.get_attribute("data-field") or ""
            control = field.locator("input, textarea").first
            if control.input_value() or field.locator("datalist").count():
                continue
            control.fill(words)
            done[name] = words
            break
        scale = panel.locator(".jk-input-scale").locator("visible=true")
        if scale.count():
            scale.first.locator(".jk-pick").nth(1).click()
            done[scale.first.get_attribute("data-field") or ""] = "second"
        box = panel.locator(".jk-input-yes").locator("visible=true")
        if box.count():
            box.first.locator("label").click()
            done[box.first.get_attribute("data-field") or ""] = True
        self.page.keyboard.press("Tab")
        self.saved()
        return done

    def add_by_form(self, words: str) -> bool:
        """Fill in what a new entry needs, and add it; return whether it could be.

        It cannot where an entry that it needs is not there yet; the form says so.
        """
        self.node.get_by_role("button", name=re.compile("^New ")).first.click()
        blank = self.node.locator(".jk-blank")
        blank.wait_for()
        for field in blank.locator(".jk-group-open .jk-field").all():
            is_needed = field.locator(".jk-needed").count() > 0
            select = field.locator("select")
            control = field.locator("input, textarea").first
            if select.count():
                values = select.locator("option:not([disabled])").evaluate_all(
                    "options => options.map(one => one.value)"
                )
                chosen = [value for value in values if value]
                if is_needed and not chosen:
                    return False
                if is_needed:
                    select.select_option(chosen[-1])
            elif field.locator(".jk-pick").count():
                if is_needed:
                    field.locator(".jk-pick").first.click()
            elif is_needed and not control.input_value():
                is_text = control.get_attribute("inputmode") is None
                control.fill(words if is_text else "1")
        before = self.node.locator(".jk-card").count()
        blank.get_by_role("button", name=re.compile("^Add ")).click()
        self.node.locator(".jk-card").nth(before).wait_for()
        self.saved()
        return True
