"""The panel is the form of one entry: a control a field, and nothing typed is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from browser.board_page import card, matrix, module, spec, traits, zone

from journeykit.check.steps import STEPS

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


def test_mouse_links_from_the_panel(boards: Shown) -> None:
    """The panel's button asks for the other card; a click on it makes the link."""
    page = _opened(boards)
    page.get_by_role("button", name="Link to…").click()
    waiting = page.get_by_role("button", name="Choose the other card, or give up")

    assert waiting.is_visible()
    waiting.click()
    assert 0 == page.locator(".jk-linking").count()
    page.get_by_role("button", name="Link to…").click()
    page.locator('[data-card="n3"]').click()
    ends = {"source": "n1", "target": "n3", "relation": "relates_to"}
    assert [ends] == _sent(page)


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


def _needed(way: str) -> dict[str, Any]:
    return {"input": way, "is_required": True, "default": None}


TRIAL = {
    "label": "Experiment",
    "plural": "Experiments",
    "text_field": "guess",
    "fields": [
        spec("measure", "How shall we see it?"),
        spec("idea", "What is tried?", **_needed("ref"), refs=["opportunity"]),
        spec("guess", "What do we expect?", **_needed("prose")),
        spec("day", "When?", **_needed("day")),
        spec("result", "What happened?", input="prose", group="What came of it"),
    ],
}
"""A kind that needs more than a text."""


def _form(boards: Shown, *texts: str, ideas: bool = True) -> Page:
    """Return the form of trials, with these in its list."""
    cards = [card(f"t{i}", one, kind="experiment") for i, one in enumerate(texts, 1)]
    here = zone("all", "Experiments", (0, 0, 1, 1), shape="wall", is_titled=False)
    here |= {"puts": {"experiment": {}}, "adds": "", "hint": "What would you try?"}
    here |= {"cards": [one["id"] for one in cards], "example": "A sign for a week"}
    picture = matrix() | {"zones": [here], "n_rows": 1, "n_columns": 1}
    picture["cards"] = {one["id"]: one for one in cards}
    state = traits(picture, view="form", kind="experiment")
    state["kinds"] = {"experiment": TRIAL}
    state["refs"] = {"opportunity": [["o1", "More signs"]] if ideas else []}
    return boards.show(state)


def _writes(page: Page) -> list[dict[str, Any]]:
    ops: list[dict[str, Any]] = page.evaluate(
        """window.model.sent.filter(one => one.type === 'write')
        .flatMap(one => one.ops)"""
    )
    return ops


def _fill(page: Page) -> None:
    page.get_by_role("button", name="New experiment").click()
    _field(page, "idea").locator("select").select_option("o1")
    _field(page, "guess").locator("textarea").fill("Fewer ask the way")


def test_new_entry_is_one_write_of_what_is_needed(boards: Shown) -> None:
    """What is needed stands first, the day is today, one press adds it and opens it."""
    page = _form(boards, "An old one")
    _fill(page)
    names = page.locator(".jk-field:visible").evaluate_all(
        "all => all.map(one => one.dataset.field)"
    )

    assert ["idea", "guess", "day"] == names
    today = page.evaluate(
        "new Date(Date.now() - new Date().getTimezoneOffset() * 6e4).toJSON()"
    )[:10]
    assert [] == _writes(page)
    page.get_by_role("button", name="Add experiment").click()
    page.wait_for_selector('.jk-state[data-state="saved"]')
    (op,) = _writes(page)
    values = {"idea": "o1", "guess": "Fewer ask the way", "day": today}
    assert ("add", "experiment", values) == (op["do"], op["kind"], op["fields"])
    assert "t1" == op["after"]
    assert "Fewer ask the way" == page.locator(".jk-panel-title").inner_text()
    assert op["entry"] == page.locator("[aria-current]").get_attribute("data-card")


def test_new_entry_that_lacks_something_says_so(boards: Shown) -> None:
    """Beside each field that is needed; nothing is sent."""
    page = _form(boards)
    page.get_by_role("button", name="New experiment").click()
    page.get_by_role("button", name="Add experiment").click()
    reasons = page.locator(".jk-panel .jk-reason:visible").all_inner_texts()

    assert ["This needs an answer."] * 2 == reasons
    assert "SELECT" == page.evaluate("document.activeElement.tagName")
    assert [] == _writes(page)


def test_missing_reference_says_what_to_do_first(boards: Shown) -> None:
    """Where nothing can be chosen yet the step that makes it is named; then it goes."""
    page = _form(boards, ideas=False)
    page.get_by_role("button", name="New experiment").click()
    lack = _field(page, "idea").locator(".jk-lack")

    assert "There is no opportunity yet: add one in step 9." == lack.inner_text()
    page.evaluate(
        """window.model.say({type: 'patch', number: 5,
        patch: {refs: {opportunity: [['o9', 'Music']]}}})"""
    )
    assert lack.is_hidden()
    _field(page, "idea").locator("select").select_option("Music")


def test_begun_entry_is_there_after_a_crash(boards: Shown) -> None:
    """From the first key it is a draft, also while another entry is looked at."""
    page = _form(boards, "An old one")
    _fill(page)
    page.locator('[data-card="t1"]').click()
    page.wait_for_function(
        "document.querySelector('.jk-panel-title').textContent === 'An old one'"
    )
    begun = page.get_by_role("button", name="Go on with the new experiment")

    assert begun.is_visible()
    page.reload()
    area = _field(page, "guess").locator("textarea")
    page.get_by_role("button", name="Add experiment").wait_for()
    assert "Fewer ask the way" == area.input_value()
    page.get_by_role("button", name="Discard").click()
    assert "An old one" == page.locator(".jk-panel-title").inner_text()
    page.get_by_role("button", name="Undo", exact=True).click()
    assert "Fewer ask the way" == area.input_value()


def test_refused_entry_comes_back_with_the_reason(boards: Shown) -> None:
    """A refusal stands beside its field, and everything typed is there."""
    page = _form(boards, "An old one")
    page.evaluate("window.model.refusals = [{reason: 'Too bold.', field: 'guess'}]")
    _fill(page)
    page.get_by_role("button", name="Add experiment").click()
    reason = _field(page, "guess").locator(".jk-reason")
    reason.wait_for()

    assert "Too bold." == reason.inner_text()
    assert (
        "Fewer ask the way" == _field(page, "guess").locator("textarea").input_value()
    )
    assert "o1" == _field(page, "idea").locator("select").input_value()


def test_form_is_never_blank(boards: Shown) -> None:
    """The first entry is open; with none it says what belongs here, with an example."""
    page = _form(boards, "First", "Second")
    page.locator(".jk-field").first.wait_for()

    assert "First" == page.locator(".jk-panel-title").inner_text()
    page.get_by_role("button", name="Remove").click()
    assert "Second" == page.locator(".jk-panel-title").inner_text()
    page.get_by_role("button", name="Remove").click()
    words = page.locator(".jk-panel").inner_text()
    for one in ("No experiments yet", "What would you try?", "A sign for a week"):
        assert one in words


def test_step_that_is_named_makes_the_kind() -> None:
    """Each step that a form names is one in which such entries are made."""
    words = re.search(r"STEP_OF_KIND = \{(.*?)\};", module(), re.DOTALL)
    assert words
    named = {kind: int(n) for kind, n in re.findall(r"(\w+): (\d+)", words[1])}
    made = {(kind, int(step.notebook[:2])) for step in STEPS for kind in step.kinds}

    assert len(named) > 10
    assert set() == set(named.items()) - made
