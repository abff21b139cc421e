"""The panel is the form of one entry: a control a field, and nothing typed is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from browser.board_page import card, matrix, traits, zone

if TYPE_CHECKING:
    from browser.conftest import Shown
    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser


def _opened(boards: Shown, state: dict[str, Any] | None = None) -> Page:
    page = boards.show(state)
    page.locator('[data-card="n1"]').focus()
    page.keyboard.press("o")
    page.locator(".jk-field").first.wait_for()
    return page


def _field(page: Page, name: str) -> Locator:
    return page.locator(f'[data-field="{name}"]')


def _sent(page: Page) -> list[dict[str, Any]]:
    page.wait_for_selector('.jk-state[data-state="saved"]')
    fields: list[dict[str, Any]] = page.evaluate(
        """window.model.sent.filter(one => one.type === 'write')
        .flatMap(one => one.ops.map(op => op.fields))"""
    )
    return fields


def test_each_field_has_a_labelled_control(boards: Shown) -> None:
    """Labels name the controls; the words of a card are the first of them."""
    page = _opened(boards)

    assert "First note" == page.get_by_role("textbox", name="Words").input_value()
    assert page.get_by_role("textbox", name="More").is_visible()
    assert page.get_by_role("radiogroup", name="Mood").is_visible()
    assert "TEXTAREA" == _field(page, "more").locator("textarea").evaluate(
        "one => one.tagName"
    )


def test_change_is_one_field_of_the_entry(boards: Shown) -> None:
    """Each control writes its own field, in the field's own type."""
    page = _opened(boards)
    _field(page, "more").locator("textarea").fill("Two\nlines")
    _field(page, "day").locator("input").first.fill("2026-03-31")
    _field(page, "mood").get_by_text("4").click()
    _field(page, "size").locator("input").fill("2,5")
    page.keyboard.press("Enter")

    expected = [{"more": "Two\nlines"}, {"day": "2026-03-31"}, {"mood": 4}]
    assert [*expected, {"size": 2.5}] == _sent(page)


def test_scale_can_say_that_nobody_asked(boards: Shown) -> None:
    """A scale without a value is "Not asked", and can be set back to it."""
    page = _opened(boards)
    mood = _field(page, "mood")

    assert mood.get_by_role("radio", name="Not asked").is_checked()
    mood.get_by_text("5", exact=True).click()
    mood.get_by_text("Not asked").click()
    assert [{"mood": 5}, {"mood": None}] == _sent(page)


@pytest.mark.parametrize(
    ("name", "typed", "reason"),
    [
        ("day", "31.3.2026", "A day is written as 2026-03-31."),
        ("day", "2026-02-30", "A day is written as 2026-03-31."),
        ("size", "eleven", "A number is expected, such as 12.5."),
        ("size", "11", "A number from 0 to 10 is expected."),
        ("text", "", "Words needs a value."),
        ("text", "x" * 301, "At most 300 characters fit; these are 301."),
    ],
)
def test_wrong_value_says_what_is_expected(
    boards: Shown, name: str, typed: str, reason: str
) -> None:
    """The message stands beside the field; nothing is sent or taken away."""
    page = _opened(boards)
    control = _field(page, name).locator("input").first
    control.fill(typed)
    control.blur()

    assert reason == _field(page, name).locator(".jk-reason").inner_text()
    assert typed == control.input_value()
    assert "true" == control.get_attribute("aria-invalid")
    assert [] == _sent(page)


def test_refusal_stands_beside_the_field(boards: Shown) -> None:
    """What the kernel says of a value is shown where the value is."""
    page = _opened(boards)
    page.evaluate("window.model.refusals = [{reason: 'Too long ago.', field: 'day'}]")
    day = _field(page, "day").locator("input").first
    day.fill("1066-10-14")
    day.blur()
    reason = _field(page, "day").locator(".jk-reason")
    reason.wait_for()

    assert "Too long ago." == reason.inner_text()
    assert "1066-10-14" == day.input_value()


def test_others_change_leaves_the_field_that_is_typed_in(boards: Shown) -> None:
    """Another field follows at once; the one with the cursor stays as it is typed."""
    page = _opened(boards)
    more = _field(page, "more").locator("textarea")
    more.focus()
    page.keyboard.type("My sen")
    page.evaluate(
        """window.model.say({type: 'entry', entry: 'n1', kind: 'note', version: 5,
        fields: {text: 'Theirs', more: 'Theirs too', mood: 2}})"""
    )

    assert "Theirs" == _field(page, "text").locator("input").input_value()
    assert _field(page, "mood").get_by_role("radio", name="2").is_checked()
    page.keyboard.type("tence")
    assert "My sentence" == more.input_value()


def test_half_filled_field_is_there_again(boards: Shown) -> None:
    """A field that was wrong or unsent when the tab closed holds its words again."""
    page = _opened(boards)
    _field(page, "day").locator("input").first.fill("31 March")
    page.reload()
    field = _field(page, "day")
    field.wait_for()

    assert "31 March" == field.locator("input").first.input_value()
    field.locator(".jk-reason").wait_for()
    assert "A day is written" in field.locator(".jk-reason").inner_text()


def test_group_folds(boards: Shown) -> None:
    """A heading folds its fields away and says so."""
    page = _opened(boards)
    head = page.get_by_role("button", name="Size")

    assert "true" == head.get_attribute("aria-expanded")
    head.click()
    assert _field(page, "size").is_hidden()
    assert "false" == head.get_attribute("aria-expanded")


def test_closing_gives_the_focus_back(boards: Shown) -> None:
    """After the panel the card that was opened has the focus."""
    page = _opened(boards)
    page.get_by_role("button", name="Close").click()

    assert page.locator(".jk-panel").is_hidden()
    assert "n1" == page.evaluate("document.activeElement.dataset.card")


def test_form_opens_what_is_chosen(boards: Shown) -> None:
    """In a form the list stands at the left, and the chosen entry is always open."""
    picture = matrix() | {"n_rows": 1, "n_columns": 1}
    cards = [card("n1", "First"), card("n2", "Second")]
    picture["cards"] = {one["id"]: one for one in cards}
    here = zone("all", "Notes", (0, 0, 1, 1), shape="wall", cards=["n1", "n2"])
    picture["zones"] = [here]
    page = boards.show(traits(picture, view="form", kind="note"))
    page.locator('[data-card="n2"]').click()
    words = _field(page, "text").locator("input")
    words.wait_for()

    assert "Second" == words.input_value()
    words.fill("Second, mended")
    page.locator('[data-card="n1"]').click()
    page.wait_for_function(
        "document.querySelector('[data-field=text] input')?.value === 'First'"
    )
    assert [{"text": "Second, mended"}] == _sent(page)
    assert "Second, mended" == page.locator('[data-card="n2"] .jk-text').inner_text()
