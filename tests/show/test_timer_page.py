"""The timer and the buttons in a browser: time runs, and silence is said."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

import journeykit
from journeykit.show.guide_acts import act
from journeykit.show.guide_difference import difference_tree
from journeykit.show.guide_ratings import ratings_tree
from journeykit.show.guide_scores import silent_scores_tree, spread_tree
from journeykit.show.guide_suggestions import suggestions_tree
from journeykit.show.guide_tree import button, listed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

BLOCKS = [
    {"id": "a", "title": "Welcome", "minutes": 1, "is_break": False, "session": 1},
    {"id": "b", "title": "Break", "minutes": 10, "is_break": True, "session": 1},
    {"id": "c", "title": "<b>Pain</b>", "minutes": 5, "is_break": False, "session": 1},
]
MODEL = """
const traits = TRAITS; const heard = {}; window.sent = [];
const model = {
  get: (name) => traits[name],
  set: (name, value) => { traits[name] = value; },
  save_changes: () => {}, send: (one) => window.sent.push(one),
  on: (names, f) => names.split(" ").forEach((n) => (heard[n] ??= []).push(f)),
  off: () => {},
};
window.tell = (name, value) => {
  traits[name] = value; (heard[`change:${name}`] ?? []).forEach((f) => f());
};
window.place = () => traits.place;
render({ model, el: document.getElementById("place") });
"""


def draw(page: Page, name: str, **traits: Any) -> None:
    """Draw a script with these traits on a page."""
    static = files("journeykit.show") / "static"
    script = (static / f"{name}.js").read_text(encoding="utf-8")
    given = json.dumps(traits).replace("<", "\\u003c")
    drawn = script.replace("export default { render };", MODEL).replace("TRAITS", given)
    page.set_content(
        "<!doctype html><html lang='en'><title>A page</title>"
        f"<div id='place'></div><script type='module'>{drawn}</script>",
        wait_until="load",
    )


def opened(browser: Browser, name: str, **traits: Any) -> Page:
    """Open a page with a script and these traits, at nine, its clock standing still."""
    page = browser.new_page()
    page.clock.install(time="2026-01-30T09:00:00")
    draw(page, name, **traits)
    page.clock.pause_at("2026-01-30T09:00:01")
    return page


def test_time_runs_and_goes_over(browser: Browser) -> None:
    """Down to nothing and on below it; a minute more is a minute more."""
    page = opened(browser, "timer", blocks=BLOCKS, place={}, plan={})
    page.get_by_text("Start").click()
    page.clock.run_for(20_000)
    assert "0:40" == page.inner_text(".jk-timer-digits")
    page.get_by_text("Pause").click()
    page.clock.run_for(20_000)
    assert "0:40" == page.inner_text(".jk-timer-digits")
    page.get_by_text("Go on").click()
    page.clock.run_for(50_000)
    assert "−0:10" == page.inner_text(".jk-timer-digits")
    assert "over time" in page.inner_text(".jk-timer-words")
    page.get_by_text("+1 min").click()
    assert "0:50" == page.inner_text(".jk-timer-digits")
    page.close()


def test_next_block_begins_at_once(browser: Browser) -> None:
    """The clock goes on with the minutes of the next; titles are text."""
    page = opened(browser, "timer", blocks=BLOCKS, place={}, plan={})
    page.get_by_text("Start").click()
    page.get_by_text("Next block").click()
    page.clock.run_for(30_000)
    assert "9:30" == page.inner_text(".jk-timer-digits")
    assert "Next: <b>Pain</b>, 5 minutes" == page.inner_text(".jk-timer-next")
    page.get_by_text("Next block").click()
    assert "<b>Pain</b>" == page.inner_text(".jk-timer-title")
    assert "Last block" == page.inner_text(".jk-timer-next")
    assert page.evaluate("place().rested") is not None
    page.close()


def test_running_late_asks_and_silence_is_said(browser: Browser) -> None:
    """Clock, block and beginning go to the kernel; no answer is told after 3 s."""
    page = opened(browser, "timer", blocks=BLOCKS, place={}, plan={})
    page.get_by_text("Start").click()
    page.clock.run_for(60_000)
    page.get_by_text("Running late?").click()
    (sent,) = page.evaluate("sent")
    page.clock.run_for(3_100)

    assert ("late", "a") == (sent["type"], sent["current"])
    assert sent["now"].startswith("09:01:")
    assert sent["begun"] == sent["started"]
    assert "does not answer" in page.inner_text(".jk-timer-plan")
    assert page.locator(".jk-timer-take").is_hidden()
    page.evaluate("tell('plan', {said: 'Drop it.', can_take: true, number: 1})")
    assert "Drop it." == page.inner_text(".jk-timer-plan")
    page.get_by_text("Use this plan").click()
    assert "take" == page.evaluate("sent.at(-1).type")
    page.close()


def test_timer_keeps_jupyterlab_off_its_keys(browser: Browser) -> None:
    """Each button takes the keys to itself, and without an agenda says what to do."""
    page = opened(browser, "timer", blocks=[], place={}, plan={})

    assert "Take an agenda first" == page.inner_text(".jk-timer-title")
    n = page.locator("button").count()
    assert n == page.locator("button[data-lm-suppress-shortcuts]").count()
    page.close()


def test_button_of_a_guide_asks_the_kernel(browser: Browser) -> None:
    """What it asks for is sent once; the answer, or the silence, stands below."""
    tree = listed("List", button("examples", "Take out"))
    page = opened(browser, "guide", tree=tree, said="")
    page.get_by_text("Take out").click()
    assert [{"type": "act", "act": "examples"}] == page.evaluate("sent")
    assert "Working …" == page.inner_text(".jk-guide-status")
    page.evaluate("tell('said', 'Done.')")
    page.clock.run_for(3_100)
    assert "Done." == page.inner_text(".jk-guide-status")
    page.get_by_text("Take out").click()
    page.clock.run_for(3_100)
    assert "the kernel does not answer" in page.inner_text(".jk-guide-status")
    page.close()


def test_lists_hold_no_serious_barrier(browser: Browser) -> None:
    """Scores, spread, ratings and differences can be used with a screen reader."""
    with journeykit.new(None, starter="resort_booking") as work:
        points = [one.id for one in work.entries("touchpoint")]
        act(work, "target")
        work.change(points[0], ease=2)
        for who, value in (("ann", 1), ("bo", -1)):
            work.author = who
            act(work, f"score:emotion:{points[0]}:{value}")
        document = work.document()
    trees = [
        silent_scores_tree(document, "emotion", "ann"),
        spread_tree(document, "emotion"),
        ratings_tree(document),
        difference_tree(document),
        suggestions_tree(document, {}, ("suggestions.csv",)),
    ]
    for tree in trees:
        page = browser.new_page()  # with a clock that runs: axe waits for it
        draw(page, "guide", tree=tree, said="")
        page.evaluate(
            "document.querySelectorAll('details').forEach(o => o.open = true)"
        )
        found = Axe().run(page).response["violations"]
        page.close()

        assert [] == [
            one["id"] for one in found if one["impact"] in ("serious", "critical")
        ]
