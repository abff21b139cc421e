"""A board shows what it is told: any text as text, any layout, quickly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from browser.board_page import card, many, matrix, traits, zone

if TYPE_CHECKING:
    from browser.conftest import Shown
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

HOSTILE = [
    '<img src=x onerror="window.wasRun = 1">',
    "</script><script>window.wasRun = 1</script>",
    "<svg/onload=window.wasRun=1>",
    "javascript:window.wasRun=1",
    "{{7*7}} ${window.wasRun = 1} `x`",
    "=HYPERLINK('http://evil.example')",
    "\u202eright to left\u202c and back",
    "مرحبا بالعالم",
    "日本語の長い文章がここにあります",
    "👩‍👩‍👧‍👦" * 30,
    "W" * 400,
    "words and more words " * 100,
]


def _everywhere(text: str) -> dict[str, Any]:
    """Return a map on which a text stands wherever people's text can stand."""
    picture = matrix()
    own = card("n1", text, kind="touchpoint", detail=text, author="AB", persona="A")
    picture["cards"]["n1"] = own | {"marks": [text[:40]], "emotion": -1, "n_pains": 1}
    zones = picture["zones"]
    zones[0]["title"] = text
    zones[2] |= {"hint": text, "example": text}
    zones[4]["why_not"] = text
    zones.append(zone("x", text, (3, 0, 1, 2), shape="curve", puts={}, adds=""))
    row = {"persona": "p", "who": text, "touchpoint": "n1", "name": text, "word": text}
    low = row | {"felt": -2, "measured": -1, "low": -1.5, "high": -0.5, "n": 9}
    low |= {"column": 0, "turn": "lowest", "reliability": "few answers"}
    none = {"measured": None, "low": None, "high": None, "n": 0}
    high = row | none | {"column": 1, "felt": 1, "turn": "highest"}
    picture["curves"] = [[low, high | {"reliability": "not measured"}]]
    tie = {"id": "t1", "source": "n2", "target": "n3", "style": "link", "label": text}
    way = tie | {"id": "t2", "source": "n1", "target": "n1", "style": "loop"}
    picture["ties"] = [tie | {"weight": 1}, way | {"weight": 1, "is_broken": True}]
    picture["heads"] = [
        {"text": text, "cell": [4, 0, 1, 1], "level": "line", "detail": text}
    ]
    picture["personas"] = [["p", "A", text]]
    return picture | {"title": text, "foot": text, "n_rows": 5}


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_shown_as_text(boards: Shown, text: str) -> None:
    """Hostile, long and foreign words stand there as they are and run nothing."""
    state = traits(_everywhere(text))
    state["kinds"]["touchpoint"] = state["kinds"]["note"]
    page = boards.show(state)
    node = page.locator('[data-card="n1"]')
    node.focus()
    page.keyboard.press("o")
    page.locator(".jk-field").first.wait_for()
    node.dblclick()

    assert text == page.locator('[data-card="n1"] .jk-text').text_content()
    assert text == page.locator("textarea").first.input_value()
    assert page.evaluate("window.wasRun") is None
    assert 0 == page.locator(".jk-board :is(img, script, iframe, object)").count()
    page.keyboard.press("Escape")
    box, home = node.bounding_box(), page.locator('[data-zone="a"]').bounding_box()
    assert box is not None
    assert home is not None
    assert box["x"] + box["width"] <= home["x"] + home["width"]


def test_long_card_shows_five_lines_and_more(boards: Shown) -> None:
    """Of 2,000 characters five lines are shown; "more" shows them all."""
    picture = matrix()
    picture["cards"]["n1"] = card("n1", "words and more words " * 95)
    page = boards.show(traits(picture))
    more = page.locator('[data-card="n1"] .jk-more')
    more.wait_for()
    text = page.locator('[data-card="n1"] .jk-text')
    lines = "one => one.clientHeight / parseFloat(getComputedStyle(one).lineHeight)"

    assert 5 == round(text.evaluate(lines))
    more.click()
    assert 5 < text.evaluate(lines)
    assert 0 == page.locator('[data-card="n2"] .jk-more').count()


def test_card_that_has_room_again_is_not_long(boards: Shown) -> None:
    """A card that was cut while the page was narrow is whole when it is wide."""
    picture = matrix()
    picture["cards"]["n1"] = card("n1", "words and more words " * 8)
    page = boards.show(traits(picture))
    page.set_viewport_size({"width": 480, "height": 800})
    more = page.locator('[data-card="n1"] .jk-more')
    more.wait_for()
    page.set_viewport_size({"width": 1280, "height": 800})
    more.wait_for(state="detached")

    assert 0 == more.count()


def test_empty_zone_says_what_belongs_there(boards: Shown) -> None:
    """Hint and example are shown, in grey, until the first card comes."""
    page = boards.show()
    hint = page.locator('[data-zone="c"] .jk-hint')

    assert "What is small?\nA sign" == hint.inner_text()
    page.locator('[data-zone="c"]').focus()
    page.keyboard.press("n")
    page.keyboard.type("One")
    page.keyboard.press("Enter")
    assert "" == hint.inner_text()


def test_curve_ends_where_nobody_was_asked(boards: Shown) -> None:
    """A value that is missing breaks the line and is never drawn as zero."""
    picture = _everywhere("Somewhere")
    (rows,) = picture["curves"]
    picture["n_columns"] = 5
    picture["zones"][-1]["cell"] = [3, 0, 1, 5]
    later = [rows[1] | {"column": i, "turn": None} for i in (2, 3, 4)]
    later[0]["felt"] = None
    picture["curves"] = [[*rows, *later]]
    page = boards.show(traits(picture))
    page.wait_for_selector(".jk-felt", state="attached")

    assert 2 == page.locator(".jk-felt").count()
    assert 4 == page.locator(".jk-felt-mark").count()
    assert 1 == page.locator(".jk-few").count()
    assert "Lowest point" in page.locator(".jk-curve").text_content()


def test_patch_leaves_other_cards_alone(boards: Shown) -> None:
    """A change of one card keeps the elements, and so the focus, of all others."""
    page = boards.show()
    page.locator('[data-card="n2"]').focus()
    page.evaluate(
        """() => {
          window.before = [...document.querySelectorAll('.jk-card')];
          const {cards} = window.traits.picture;
          window.model.say({type: 'patch', number: 3,
            patch: {cards: {n1: {...cards.n1, text: 'Changed', version: 2}}}});
        }"""
    )

    assert "Changed" == page.locator('[data-card="n1"] .jk-text').inner_text()
    assert page.evaluate(
        "[...document.querySelectorAll('.jk-card')].every((x, i) => x === before[i])"
    )
    assert "n2" == page.evaluate("document.activeElement.dataset.card")


@pytest.mark.parametrize("n_cards", [500, 5_000])
def test_many_cards_are_all_there(boards: Shown, n_cards: int) -> None:
    """A full board draws every card, and moves one. Benchmarks hold the times."""
    page = boards.show(traits(many(n_cards)))
    page.locator('[data-card="n1"]').focus()
    for key in ("m", "Enter"):
        page.keyboard.press(key)
    page.wait_for_selector('.jk-state[data-state="saved"]', timeout=20_000)

    assert n_cards == page.locator(".jk-card").count()


MEETING = """() => {
  const boxOf = (one) => one.getBoundingClientRect();
  const words = [...document.querySelectorAll('.jk-scale-word')].map(boxOf);
  return [...document.querySelectorAll('.jk-felt-mark, .jk-head-text')].map(boxOf)
    .filter(a => words.some(b => a.left < b.right && b.left < a.right
      && a.top < b.bottom && b.top < a.bottom)).length;
}"""


@pytest.mark.parametrize("is_projector", [False, True])
def test_first_dot_does_not_meet_the_words_of_the_scale(
    boards: Shown, *, is_projector: bool
) -> None:
    """With a lane's head the words stand on it: the plot belongs to the curve."""
    picture = _everywhere("Somewhere")
    picture["zones"] = [zone("x", "", (0, 1, 1, 2), shape="curve", puts={}, adds="")]
    picture["heads"] = [{"text": "Emotion", "cell": [0, 0, 1, 1], "level": "lane"}]
    picture |= {"n_rows": 1, "n_columns": 3, "ties": []}
    page = boards.show(traits(picture, is_projector=is_projector))
    page.wait_for_selector(".jk-felt", state="attached")

    assert 5 == page.locator(".jk-scale-word").count()
    assert 0 == page.evaluate(MEETING)


def test_wall_shows_where_to_add_without_being_pointed_at(boards: Shown) -> None:
    """A wall says quietly that cards can be added; many small zones do not."""
    picture = matrix()
    picture["zones"][0]["shape"] = "wall"
    page = boards.show(traits(picture))
    seen = [
        page.locator(f'[data-zone="{name}"] > .jk-add').evaluate(
            "one => getComputedStyle(one).opacity"
        )
        for name in "ab"
    ]

    assert ["1", "0"] == seen


def _linked(name: str) -> dict[str, Any]:
    """Return six notes in three columns, with links near, far and upwards."""
    picture = matrix()
    cards = [card(f"n{i}", f"Note {i} of several words that fill it") for i in range(9)]
    picture["cards"] = {one["id"]: one for one in cards}
    picture["zones"] = [
        zone(
            f"z{i}",
            f"Zone {i}",
            (0, i, 1, 1),
            cards=[f"n{i * 3 + j}" for j in (0, 1, 2)],
        )
        for i in (0, 1, 2)
    ]
    ends = [("n0", "n8"), ("n1", "n3"), ("n8", "n0"), ("n3", "n5"), ("n2", "n6")]
    picture["ties"] = [
        {"id": f"t{i}", "source": a, "target": b, "style": "link", "weight": 1}
        for i, (a, b) in enumerate(ends)
    ]
    return picture | {"name": name, "n_rows": 1, "n_columns": 3}


CROSSED = """() => {
  const frames = [...document.querySelectorAll('.jk-card, .jk-zone-title')]
    .map(one => [one, one.getBoundingClientRect()]);
  const origin = document.querySelector('.jk-over').getBoundingClientRect();
  return [...document.querySelectorAll('.jk-link')].flatMap(path => {
    const length = path.getTotalLength();
    const found = new Set();
    for (let i = 8; i < length - 8; i += 2) {
      const p = path.getPointAtLength(i);
      const [x, y] = [p.x + origin.left, p.y + origin.top];
      for (const [one, box] of frames) {
        const isIn = x > box.left + 1 && x < box.right - 1 && y > box.top + 1
          && y < box.bottom - 1;
        if (isIn) found.add(`${path.dataset.tie} crosses ${one.textContent}`);
      }
    }
    return [...found];
  });
}"""


def test_links_run_beside_the_cards(boards: Shown) -> None:
    """Every link keeps to the gutters: none runs over a card or a title."""
    page = boards.show(traits(_linked("copis")))
    page.wait_for_selector(".jk-link", state="attached")

    assert 5 == page.locator(".jk-link").count()
    assert [] == page.evaluate(CROSSED)


def test_links_can_be_seen_in_the_dark(boards: Shown) -> None:
    """All of them, also one whose context nobody asked about."""
    picture = _linked("copis")
    picture["ties"][0]["is_open"] = True
    page = boards.show(traits(picture), is_light=False)
    page.wait_for_selector(".jk-link", state="attached")
    looks = page.locator(".jk-over > path").evaluate_all(
        "all => all.map(one => getComputedStyle(one)).map(({opacity, stroke}) =>"
        " `${opacity} ${stroke}`)"
    )

    assert {"1 rgb(114, 123, 136)"} == set(looks)


def test_lost_context_is_a_broken_line_with_a_mark(boards: Shown) -> None:
    """A dotted one with a question mark is not asked for yet; kept is a plain line."""
    picture = _linked("copis")
    picture["ties"][0]["is_broken"] = True
    picture["ties"][1]["is_open"] = True
    page = boards.show(traits(picture))
    page.wait_for_selector(".jk-context", state="attached")

    assert ["✕", "?"] == page.locator(".jk-context text").all_text_contents()
    assert "t0" == page.locator(".jk-link.jk-broken").get_attribute("data-tie")
    assert "t1" == page.locator(".jk-link.jk-unsure").get_attribute("data-tie")
    assert 5 == page.locator(".jk-link").count()


def test_links_are_shown_for_the_card_that_is_meant(boards: Shown) -> None:
    """Elsewhere than on COPIS only its own links show, or all when they are asked."""
    page = boards.show(traits(_linked("canvas")))
    links = page.locator(".jk-link")
    page.wait_for_timeout(100)

    assert 0 == links.count()
    page.locator('[data-card="n0"]').focus()
    page.wait_for_function("document.querySelectorAll('.jk-link').length === 2")
    assert 2 == page.locator(".jk-link.jk-near").count()
    page.get_by_role("button", name="Lines").click()
    page.wait_for_function("document.querySelectorAll('.jk-link').length === 5")
    page.locator('[data-card="n1"]').hover()
    page.wait_for_function("document.querySelector('.jk-near')?.dataset.tie === 't1'")
    page.mouse.move(0, 0)
    page.wait_for_function("!document.querySelector('.jk-near')")


WATCH = """() => {
  window.touched = [];
  window.stopWatching?.();
  const seen = new MutationObserver(records => {
    for (const { type, target, addedNodes } of records) {
      const nodes = type === 'childList' ? [...addedNodes] : [target];
      for (const one of nodes) {
        const own = (one.closest ? one : one.parentElement)?.closest('.jk-card');
        if (own) window.touched.push(own.dataset.card);
      }
    }
  });
  const what = { childList: true, subtree: true, characterData: true };
  seen.observe(document.querySelector('.jk-grid'), what);
  window.stopWatching = () => seen.disconnect();
}"""
SAVED = '.jk-state[data-state="saved"]'


def _lead(page: Page, *keys: str) -> list[str]:
    """Return the cards that were touched by these keys and by the answer to them."""
    page.evaluate(WATCH)
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_selector(".jk-pending", state="detached")
    page.wait_for_selector(SAVED)
    return sorted(set(page.evaluate("window.touched")))


def test_move_touches_only_the_card_that_moves(boards: Shown) -> None:
    """Out of the middle, to another place, and back: all others stay where they are."""
    page = boards.show(traits(many(100, n_zones=4)))
    page.locator('[data-card="n3"]').focus()

    assert ["n3"] == _lead(page, "m", "Enter")
    assert ["n3"] == _lead(page, " ", *["ArrowUp"] * 5, " ")
    assert ["n3"] == _lead(page, " ", *["ArrowDown"] * 3, " ")
    assert ["n3"] == _lead(page, " ", "ArrowLeft", " ")
    assert "n3" == page.evaluate("document.activeElement.dataset.card")


def test_answer_that_repeats_what_is_drawn_draws_nothing(boards: Shown) -> None:
    """A whole layout of equal zones and cards leaves the page as it is."""
    page = boards.show(traits(many(100, n_zones=4)))
    page.evaluate(WATCH)
    page.evaluate("window.model.answer({ type: 'hello' })")
    page.wait_for_timeout(50)

    assert [] == page.evaluate("window.touched")


def test_curve_is_drawn_again_when_a_mark_on_it_changes(boards: Shown) -> None:
    """A pain point more is another number on the curve; a note elsewhere is not."""
    picture = _everywhere("Somewhere")
    page = boards.show(traits(picture))
    count = page.locator(".jk-pain-n").first
    page.evaluate("window.curve = document.querySelector('.jk-curve')")
    say = """change => { const [id, more] = change;
      const cards = { [id]: { ...window.traits.picture.cards[id], ...more } };
      window.model.say({ type: 'patch', number: 3, patch: { cards } }); }"""
    is_same = "window.curve === document.querySelector('.jk-curve')"

    assert "1" == count.text_content()
    page.evaluate(say, ["n3", {"text": "Another", "version": 2}])
    page.wait_for_timeout(50)
    assert page.evaluate(is_same)
    page.evaluate(say, ["n1", {"n_pains": 2, "version": 2}])
    page.wait_for_function(f"!({is_same})")
    assert "2" == count.text_content()
