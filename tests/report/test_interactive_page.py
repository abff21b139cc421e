"""The interactive page: one script of ours, which sorts, filters, tells and opens."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from outside_addresses import outside_addresses
from report_notebooks import HOSTILE, every_part, executed

from journeykit.language import LANGUAGES, speaking
from journeykit.model import Document, Journey, Stage, Touchpoint
from journeykit.report import parts
from journeykit.report.formats import write_formats
from journeykit.report.map_page import map_figure
from journeykit.report.page import CONTENT_POLICY, page_html
from journeykit.show.charts import Picture, Words, picture
from journeykit.show.svg import checked_svg
from journeykit.text import clean_text

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SCORES = ["name", "value", "low", "high", "n", "reliability"]
NAMES = (
    "[...table.tBodies[0].rows].filter(row => !row.hidden)"
    ".map(row => row.querySelector('th').textContent)"
)

Opened = Callable[..., "Page"]


def _map() -> parts.Part:
    return map_figure(
        Document(
            [
                Journey(id="j", name="Trip"),
                Stage(id="s1", journey="j", name="Arrive"),
                Stage(id="s2", journey="j", name="Fly"),
                Touchpoint(id="t1", stage="s1", name="Parking", emotion=-1),
                Touchpoint(id="t2", stage="s2", name="Boarding", emotion=2),
            ]
        )
    )


def _chart() -> parts.Part:
    rows = [
        ("Boarding", 0.9, 0.85, 0.95, 1200, "enough"),
        ("Parking", 0.7, 0.6, 0.8, 99, "enough"),
    ]
    scores = pd.DataFrame(rows, columns=SCORES)
    return parts.figure(
        picture(
            "scores_by_touchpoint",
            scores=scores,
            definition="customer_satisfaction_score",
        )
    )


def _ranked(n: int = 3) -> parts.Part:
    table = pd.DataFrame(
        {
            "action": [f"Action {i}" for i in range(1, n + 1)],
            "effort": [1200.0, 30.5, None, *[7.0] * n][:n],
            "due": [date(2026, 12, 3), date(2027, 1, 2), None, *[None] * n][:n],
        }
    )
    labels = {"action": "Action", "effort": "Effort", "due": "Due"}
    return parts.ranked_table(table, labels, title="What to do")


def _page(*shown: Any, language: str = "en") -> str:
    band = parts.band("Airport", language=language)
    return page_html(executed(band, *shown), is_interactive=True)


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Return what opens a page from a file; nothing is asked for, nothing complains."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    heard: list[str] = []
    path = tmp_path / "a.interactive.html"

    def show(html: str, **options: Any) -> Page:
        path.write_text(html, encoding="utf-8")
        page = context.new_page()
        if options:
            page.set_viewport_size(options["size"])
        page.on("request", lambda one: heard.append(one.url))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("console", lambda message: heard.append(message.text))
        page.goto(path.as_uri())
        return page

    yield show
    context.close()

    assert {path.as_uri()} == set(heard)


# --- what stands in it ----------------------------------------------------------------


def test_policy_names_the_script_by_its_hash() -> None:
    """The one script is the one that the policy lets run."""
    html = _page(_chart())
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    name = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = unescape(html.split('content="', 1)[1].split('"', 1)[0])

    assert policy.startswith(f"{CONTENT_POLICY}; script-src ")
    assert f"'sha256-{name}'" in policy
    assert "unsafe" not in policy.replace("style-src 'unsafe-inline'", "")
    assert 1 == html.count("<script")


def test_script_makes_no_markup_and_asks_for_nothing() -> None:
    """Our script has no way to run a text, to load, or to keep anything."""
    html = _page()
    script = html.split("<script>")[1]
    ways = "eval|Function\\(|innerHTML|outerHTML|insertAdjacent|document\\.write"
    ways += "|fetch|XMLHttp|WebSocket|sendBeacon|import\\(|Storage|cookie"

    assert [] == re.findall(ways, script)
    assert [] == outside_addresses(html)


@pytest.mark.parametrize("said", HOSTILE)
def test_hostile_text_is_no_second_script(said: str) -> None:
    """Whatever people typed, the page has one script and loads nothing."""
    html = _page(*every_part(said)[1:])

    assert 1 == html.count("<script")
    assert [] == outside_addresses(html)


def test_plain_page_has_none_of_it() -> None:
    """Who asks for a page without script gets one, as ever."""
    html = page_html(executed(parts.band("Airport"), _map(), _chart()))

    assert "<script" not in html
    assert "jk-stages" not in html
    assert "data-jk-words" not in html


def test_file_is_named_beside_the_plain_one(tmp_path: Path) -> None:
    """Both pages of a report can lie in one folder."""
    book = executed(parts.band("Airport"), _ranked())
    made = write_formats(book, tmp_path, "airport", ["html", "interactive"])

    assert ["airport.html", "airport.interactive.html"] == [one.name for one in made]


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_of_numbers_are_those_of_the_language(language: str) -> None:
    """The script reads numbers back as the page writes them."""
    with speaking(language):
        html = _page(_ranked(), language=language)
    words = json.loads(unescape(re.findall(r'data-jk-words="([^"]*)"', html)[0]))

    assert (1, 1) == (len(words["decimal"]), len(words["thousands"]))
    assert words["decimal"] != words["thousands"]
    assert "{n}" in words["rows"]
    assert "{total}" in words["rows"]
    assert "{column}" in words["sort"]


# --- in a browser ---------------------------------------------------------------------


def _seen(page: Page) -> Any:
    return page.locator(".jk-scroll > table").last.evaluate(f"table => {NAMES}")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    ("column", "order"), [("Effort", "2 1 3"), ("Due", "1 2 3"), ("Action", "1 2 3")]
)
def test_table_is_sorted_by_its_heads(
    opened: Opened, language: str, column: str, order: str
) -> None:
    """Numbers and days go by value, gaps last; a third press brings the first order."""
    with speaking(language):
        html = _page(_ranked(), language=language)
    page = opened(html)
    head = page.get_by_role("columnheader", name=column)
    states = []
    for _ in range(3):
        head.get_by_role("button").press("Enter")
        states.append((head.get_attribute("aria-sort"), _seen(page)))
    first = [f"Action {i}" for i in order.split()]
    gapless = first[:2] if column != "Action" else first
    back = [*reversed(gapless), *first[len(gapless) :]]

    assert [
        ("ascending", first),
        ("descending", back),
        (None, ["Action 1", "Action 2", "Action 3"]),
    ] == states


@pytest.mark.browser
def test_long_table_is_filtered(opened: Opened) -> None:
    """Rows that say it stay, with their number; print has them all again."""
    page = opened(_page(_ranked(14)))
    page.get_by_label("Filter").fill("ACTION 1")
    seen = _seen(page)
    said = page.locator(".jk-count").inner_text()
    page.emulate_media(media="print")
    printed = page.locator("tbody tr:visible").count()

    assert ["Action 1", *[f"Action {i}" for i in range(10, 15)]] == seen
    assert "6 of 14 rows" == said
    assert 14 == printed
    assert not page.locator(".jk-tools").is_visible()


@pytest.mark.browser
def test_as_above_is_said_when_rows_move(opened: Opened) -> None:
    """A sign for "as above" becomes what it stands for, and comes back."""
    table = pd.DataFrame({"a": ["Zone", "″"], "b": ["two", "one"]})
    page = opened(_page(parts.ranked_table(table, {"a": "Goal", "b": "Step"})))
    button = page.get_by_role("button", name="Step")
    button.click()
    sorted_by_step = _seen(page)
    button.click()
    button.click()

    assert ["Zone", "Zone"] == sorted_by_step
    assert ["Zone", "″"] == _seen(page)


@pytest.mark.browser
def test_things_side_by_side_keep_their_rows(opened: Opened) -> None:
    """A table whose rows have no head in common offers no order."""
    table = pd.DataFrame({"a": ["Needs", ""], "b": ["a seat", "a socket"]})
    page = opened(_page(parts.ranked_table(table, {"a": "", "b": "The family"})))

    assert 0 == page.locator(".jk-sort").count()


@pytest.mark.browser
def test_picture_tells_its_values(opened: Opened) -> None:
    """The row under the pointer, or reached by arrow keys, says its numbers."""
    page = opened(_page(_chart()))
    drawn, tip = page.locator(".jk-tells:visible"), page.locator(".jk-tip")
    box = drawn.locator("text", has_text="Parking").bounding_box()
    assert box
    page.mouse.move(box["x"] + 300, box["y"] + 8)
    pointed = tip.inner_text()
    page.mouse.move(2, 2)
    was_seen = tip.is_visible()
    drawn.focus()
    drawn.press("ArrowDown")
    reached = tip.inner_text()
    drawn.press("Escape")

    assert "Parking" in pointed
    assert "0.7" in pointed
    assert not was_seen
    assert reached.split("\n")[0] in {"Parking", "Boarding"}
    assert not tip.is_visible()


@pytest.mark.browser
def test_a_name_with_several_rows_tells_them_all(opened: Opened) -> None:
    """Where a row of a chart has a mark for each group, each group is told."""
    who = ["The family", "The commuter"]
    rows = [
        (name, group, 0.5 + 0.1 * i + 0.2 * j, 90)
        for i, name in enumerate(["Boarding", "Parking"])
        for j, group in enumerate(who)
    ]
    twin = pd.DataFrame(rows, columns=["name", "group", "value", "n"])
    drawn = checked_svg(
        '<svg xmlns="http://www.w3.org/2000/svg" width="762" height="120" '
        'viewBox="0 0 762 120"><desc>Two</desc><text x="0" y="30">Boarding</text>'
        '<text x="0" y="100">Parking</text></svg>'
    )
    words = Words("Both like it", "Share", "Survey", "Two")
    page = opened(_page(parts.figure(Picture(words, drawn, None, twin))))
    box = page.locator(".jk-tells text").last.bounding_box()
    assert box
    page.mouse.move(box["x"] + 400, box["y"] + 4)
    said = page.locator(".jk-tip").inner_text()

    assert "Parking" in said
    assert "0.6" in said.split(who[0])[1].split(who[1])[0]
    assert "0.8" in said.split(who[1])[1]


@pytest.mark.browser
def test_all_numbers_open_at_once(opened: Opened) -> None:
    """One button shows the numbers behind all pictures, and hides them again."""
    page = opened(_page(_chart(), _map()))
    page.get_by_role("button", name="Show all numbers").click()
    n_open = page.locator(".jk-twin[open]").count()
    page.get_by_role("button", name="Hide all numbers").click()

    assert (2, 0) == (n_open, page.locator(".jk-twin[open]").count())


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_map_opens_stage_by_stage(opened: Opened, width: int) -> None:
    """One stage in the place of the map, without a screen to scroll sideways."""
    page = opened(_page(_map()), size={"width": width, "height": 900})
    page.get_by_role("button", name="2 Fly").click()
    sheet = page.locator(".jk-stage:visible")
    said = sheet.inner_text()
    maps = page.locator(".jk-drawn:visible").count()
    across = page.evaluate("document.documentElement.scrollWidth")
    page.emulate_media(media="print")
    printed = sheet.count(), page.locator(".jk-drawn:visible").count() > 0
    page.emulate_media(media="screen")
    page.get_by_role("button", name="The whole journey").click()

    assert "Boarding" in said
    assert "Parking" not in said
    assert (0, width) == (maps, across)
    assert (0, True) == printed
    assert 1 == page.locator(".jk-drawn:visible").count()


@pytest.mark.browser
def test_hostile_text_does_not_run(opened: Opened) -> None:
    """Sorted, filtered and told, it is text; and texts are whole."""
    said = (
        "<script>document.title='ran'</script><img src=x onerror=document.title='ran'>"
    )
    page = opened(_page(*every_part(said)[1:]))
    for button in page.locator(".jk-sort:visible").all():
        button.click()
    for drawn in page.locator(".jk-tells:visible").all():
        drawn.focus()
        drawn.press("ArrowDown")
    seen = page.evaluate("document.body.textContent")

    assert "Airport" == page.title()
    assert 0 == page.locator("img").count()
    assert clean_text(said).text in seen


@pytest.mark.browser
def test_planted_script_is_stopped_by_the_policy(
    browser: Browser, tmp_path: Path
) -> None:
    """Even a script that stands in the page as markup does not run; ours does."""
    path = tmp_path / "a.html"
    planted = (
        "<script>document.title='ran'</script><b onclick=\"document.title='ran'\">x</b>"
    )
    path.write_text(_page(_ranked()).replace("<main", f"{planted}<main", 1), "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.locator("b").click()
    title, is_live = page.title(), page.locator(".jk-sort").count() > 0
    page.close()

    assert ("Airport", True) == (title, is_live)


@pytest.mark.browser
def test_without_script_it_reads_like_the_plain_page(
    browser: Browser, tmp_path: Path
) -> None:
    """Where scripts are off, nothing more and nothing less is seen."""
    book = executed(parts.band("Airport"), _map(), _chart(), _ranked())
    seen = []
    for is_interactive in (False, True):
        path = tmp_path / f"{is_interactive}.html"
        html = page_html(book, is_interactive=is_interactive)
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(path.as_uri())
        seen.append((page.inner_text("body"), page.locator("button:visible").count()))
        context.close()

    assert seen[0] == seen[1]
