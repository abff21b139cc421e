"""A kernel that is silent, busy, gone or of another opinion costs nobody a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from browser.board_page import matrix, traits

if TYPE_CHECKING:
    from browser.conftest import Shown
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def _writes(page: Page) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = page.evaluate(
        "window.model.sent.filter(one => one.type === 'write')"
    )
    return sent


def _move(page: Page, name: str, zone: str) -> None:
    page.locator(f'[data-card="{name}"]').focus()
    page.keyboard.press("m")
    page.keyboard.type(zone)
    page.keyboard.press("Enter")


def _texts(page: Page, name: str) -> list[str]:
    return page.locator(f'[data-zone="{name}"] .jk-text').all_inner_texts()


def _kept(page: Page) -> list[str]:
    keys: list[str] = page.evaluate("Object.keys(localStorage)")
    return keys


def _saved(page: Page) -> None:
    page.wait_for_selector('.jk-state[data-state="saved"]')


def _silent(page: Page) -> None:
    page.evaluate("window.model.isSilent = true")


def test_silent_kernel_is_said_after_three_seconds(boards: Shown) -> None:
    """Changes are drawn, counted, kept, and saved when the kernel is back."""
    page = boards.show()
    _silent(page)
    for name in ("n1", "n2", "n3"):
        _move(page, name, "Leave")
    line, banner = page.locator(".jk-state"), page.locator(".jk-banner")

    assert "Saving…" == line.inner_text()
    assert banner.is_hidden()
    banner.wait_for(timeout=20_000)
    assert "3 waiting" == line.inner_text()
    assert banner.inner_text().startswith("Not saved yet: 3 changes wait.")
    assert 3 == sum(":write:" in key for key in _kept(page))
    page.wait_for_selector('.jk-state[data-state="offline"]', timeout=30_000)
    assert "the kernel does not answer" in banner.inner_text()
    assert "kept in this browser" in banner.inner_text()
    page.evaluate("window.model.isSilent = false")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    _saved(page)
    assert banner.is_hidden()
    assert ["First note", "Second note", "Third"] == _texts(page, "d")
    assert [] == _kept(page)


@pytest.mark.parametrize("how", ["another view", "reload", "another tab"])
def test_new_view_sends_again_what_waits(boards: Shown, how: str) -> None:
    """After a restart, a reload or a closed tab pending changes go out in order."""
    page = boards.show()
    _silent(page)
    _move(page, "n1", "Leave")
    _move(page, "n3", "Leave")
    before = {key for key in _kept(page) if ":write:" in key}
    if how == "another view":
        page.evaluate("window.stopBoard(); window.stopBoard = 0")
        page.evaluate("void window.showBoard(window.traits)")
    elif how == "reload":
        page.reload()
    else:
        page.close()
        page = boards.show()
    page.wait_for_function(
        "window.model.sent.filter(one => one.type === 'write').length === 2"
    )
    _saved(page)

    assert before == {f"journeykit:{'0123456789abcdef'}:write:{w['id']}" for w in
                      _writes(page)}  # fmt: skip
    assert ["n1", "n3"] == [one["ops"][0]["entry"] for one in _writes(page)]
    assert ["First note", "Third"] == _texts(page, "d")
    assert [] == _kept(page)


def test_lost_kernel_is_said_and_costs_nothing(boards: Shown) -> None:
    """After a restart nothing can be sent; the view of the next run sends it again."""
    page = boards.show()
    page.evaluate("window.model.isGone = true")
    page.locator('[data-card="n3"]').focus()
    page.keyboard.press("o")
    line, banner = page.locator(".jk-state"), page.locator(".jk-banner")
    banner.wait_for()

    cut = "This board lost its kernel. Run its cell again to go on."
    assert ("Offline", cut) == (line.inner_text(), banner.inner_text())
    _move(page, "n1", "Leave")
    assert "1 waiting" == line.inner_text()
    assert banner.inner_text().startswith(f"{cut} Not saved yet: 1 change waits.")
    assert ["First note"] == _texts(page, "d")
    assert 1 == sum(":write:" in key for key in _kept(page))
    page.evaluate("window.stopBoard(); void window.showBoard(window.traits)")
    _saved(page)
    assert ["n1"] == [one["ops"][0]["entry"] for one in _writes(page)]
    assert ["First note"] == _texts(page, "d")
    assert [] == _kept(page)


def test_view_of_a_lost_kernel_forgets_what_another_saved(boards: Shown) -> None:
    """A board that was not run again counts no change that a newer view saved."""
    page = boards.show()
    page.evaluate("window.model.isGone = true")
    _move(page, "n1", "Leave")
    page.evaluate("void window.showBoard(window.traits)")
    old = page.locator(".jk-state").first
    page.wait_for_function(
        "document.querySelector('.jk-state').textContent === 'Offline'"
    )

    assert "Offline" == old.inner_text()
    assert "Saved" == page.locator(".jk-state").last.inner_text()


def test_half_typed_sentence_is_saved_by_the_next_view(boards: Shown) -> None:
    """What was typed when tab and kernel died is sent by the view that comes next."""
    page = boards.show()
    _silent(page)
    page.locator('[data-card="n1"]').dblclick()
    page.keyboard.type(" and half a sen")
    page.close()
    page = boards.show()
    page.wait_for_function("window.model.sent.some(one => one.type === 'write')")
    _saved(page)

    assert "First note and half a sen" == _texts(page, "a")[0]
    assert [] == _kept(page)


def test_half_typed_sentence_survives_a_crash(boards: Shown) -> None:
    """When the tab had no time to say good-bye, the box is open with the words."""
    page = boards.show()
    draft = {"value": "First note and half a sen", "base": 1, "client": "0" * 12}
    page.evaluate(
        """draft => localStorage.setItem('journeykit:0123456789abcdef:draft:n1:text',
        JSON.stringify({...draft, kind: 'note', time: Date.now()}))""",
        draft,
    )
    page.reload()
    area = page.locator('[data-card="n1"] textarea')
    area.wait_for()

    assert "First note and half a sen" == area.input_value()
    page.keyboard.type("tence")
    page.keyboard.press("Enter")
    _saved(page)
    assert "First note and half a sentence" == _texts(page, "a")[0]
    assert [] == _kept(page)


def test_half_typed_new_card_survives(boards: Shown) -> None:
    """A card that was not entered yet is no card, and its words are there again."""
    page = boards.show()
    page.locator('[data-zone="d"]').focus()
    page.keyboard.press("n")
    page.keyboard.type("Half a thou")
    page.reload()
    area = page.locator('[data-zone="d"] textarea')
    area.wait_for()

    assert "Half a thou" == area.input_value()
    assert [] == _writes(page)


def test_draft_that_another_tab_types_is_left_alone(boards: Shown) -> None:
    """A second tab opens no box for what is being typed in the first."""
    first = boards.show()
    first.locator('[data-zone="d"]').focus()
    first.keyboard.press("n")
    first.keyboard.type("Mine")
    second = boards.show()
    second.wait_for_timeout(300)

    assert 0 == second.locator("textarea").count()


def test_passing_refusal_is_sent_again(boards: Shown) -> None:
    """While the store is busy a change waits; the reason is said, then it is saved."""
    page = boards.show()
    page.evaluate(
        "window.model.refusals = [{reason: 'Store is busy.', is_passing: true}]"
    )
    _move(page, "n1", "Leave")
    page.locator(".jk-banner").wait_for()

    assert "Store is busy." in page.locator(".jk-banner").inner_text()
    assert ["First note"] == _texts(page, "d")
    _saved(page)
    first, second = _writes(page)
    assert first == second


def test_refused_words_come_back(boards: Shown) -> None:
    """A text that is refused stands in its box again, with the reason beside it."""
    page = boards.show()
    page.evaluate("window.model.refusals = [{reason: 'Too rude.', field: 'text'}]")
    page.locator('[data-card="n1"]').dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("Rude words")
    page.keyboard.press("Enter")
    area = page.locator('[data-card="n1"] textarea')
    area.wait_for()

    assert "Rude words" == area.input_value()
    assert "Too rude." == page.locator(".jk-reason").inner_text()
    assert "First note" == page.locator('[data-card="n1"] .jk-text').text_content()


def test_refused_cards_come_back(boards: Shown) -> None:
    """Cards that are refused stand in the box of their zone again, line by line."""
    page = boards.show()
    page.evaluate("window.model.refusals = [{reason: 'No more cards today.'}]")
    page.locator('[data-zone="d"]').focus()
    page.keyboard.press("n")
    page.keyboard.type("A new thought")
    page.keyboard.press("Enter")
    page.locator(".jk-reason:visible, .jk-refusal").first.wait_for()

    assert [] == _texts(page, "d")
    shown = page.locator('[data-zone="d"] textarea').input_value() + "".join(
        page.locator(".jk-refusal").all_inner_texts()
    )
    assert "A new thought" in shown


def test_refused_move_is_put_back(boards: Shown) -> None:
    """A move that is refused is taken back, and the reason stays to be read."""
    page = boards.show()
    page.evaluate("window.model.refusals = [{reason: 'Cards are frozen.'}]")
    _move(page, "n1", "Leave")
    page.locator(".jk-refusal").wait_for()

    assert ["First note", "Second note"] == _texts(page, "a")
    assert "Cards are frozen." in page.locator(".jk-refusal").inner_text()


CONFLICT = """window.model.refusals = [{reason: 'conflict', conflict: {
  entry: 'n1', field: 'text', mine: 'My words', theirs: 'Their words', version: 7}}]"""


@pytest.mark.parametrize("kept", ["Keep mine", "Take theirs"])
def test_conflict_shows_both_values(boards: Shown, kept: str) -> None:
    """Of two values a person chooses; mine goes out on the new version."""
    page = boards.show()
    page.evaluate(CONFLICT)
    page.locator('[data-card="n1"]').dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("My words")
    page.keyboard.press("Enter")
    dialog = page.locator(".jk-conflict")
    dialog.wait_for()

    words = dialog.inner_text()
    assert "Yours\nMy words" in words
    assert "Now on the board by somebody else\nTheir words" in words
    dialog.get_by_role("button", name=kept).click()
    _saved(page)
    last = _writes(page)[-1]["ops"][0]
    if kept == "Keep mine":
        assert ({"text": "My words"}, 7) == (last["fields"], last["base"])
        assert "My words" == _texts(page, "a")[0]
    else:
        assert 1 == len(_writes(page))
    assert [] == _kept(page)


def test_typing_is_sent_in_batches(boards: Shown) -> None:
    """Twenty keys without a pause are one change."""
    page = boards.show()
    page.locator('[data-card="n1"]').dblclick()
    page.keyboard.type(" twenty keys or so..")
    page.wait_for_function("window.model.sent.some(one => one.type === 'write')")

    (sent,) = _writes(page)
    assert {"text": "First note twenty keys or so.."} == sent["ops"][0]["fields"]


def test_messages_of_a_page_begin_alike(boards: Shown) -> None:
    """The first twelve digits of an id tell the page; two pages differ."""
    first, second = boards.show(), boards.show(traits(matrix(), workshop="f" * 16))
    for page in (first, second):
        _move(page, "n1", "Leave")
        _move(page, "n1", "Plan")
        _saved(page)
    own, other = ({one["id"][:12] for one in _writes(page)} for page in (first, second))

    assert (1, 1) == (len(own), len(other))
    assert own != other
