"""A page: no script, no address, nothing of the notebook but what is meant for it."""

from __future__ import annotations

import base64
import re
import struct
import zlib
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import nbformat
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from outside_addresses import outside_addresses

from journeykit.report import parts
from journeykit.report.page import CONTENT_POLICY, page_html
from journeykit.shipped import folder
from journeykit.show.charts import Picture, picture
from journeykit.show.frame import Words
from journeykit.show.svg import checked_svg

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

EVIL = (
    "<script>document.title='ran'</script>"
    "<img src='https://example.org/a.png' onerror=\"document.title='ran'\">"
    "<svg onload=\"document.title='ran'\"></svg></style></title>\"'"
)
_LAPTOP: Any = {"width": 1280, "height": 800}
_PHONE: Any = {"width": 390, "height": 844}
COLUMNS = ["name", "value", "low", "high", "n", "reliability"]


def _cell(bundle: dict[str, Any]) -> Any:
    output = new_output("execute_result", bundle, execution_count=1)
    return new_code_cell("secret_code()", outputs=[output], execution_count=1)


def _part(part: parts.Part) -> Any:
    return _cell(part._repr_mimebundle_())


def _book(*cells: Any) -> Any:
    return nbformat.v4.new_notebook(cells=list(cells))


def _png() -> str:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0\0")
    raw = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body)
    return base64.b64encode(raw + chunk(b"IEND", b"")).decode()


def _evil_page() -> str:
    scores = pd.DataFrame(
        [(EVIL, 0.7, 0.6, 0.8, 99, "enough"), ("B", 0.9, 0.85, 0.95, 99, "enough")],
        columns=COLUMNS,
    )
    chart = picture(
        "scores_by_touchpoint",
        scores=scores,
        definition="customer_satisfaction_score",
        period=EVIL,
        source=EVIL,
    )
    return page_html(
        _book(
            _part(parts.band(EVIL, scope=EVIL, facts={EVIL: EVIL})),
            new_markdown_cell(
                f"## Head {EVIL}\n\n[a](javascript:x) ![b](//c/d) {EVIL}"
            ),
            _part(parts.found([EVIL])),
            _part(parts.figure(chart)),
            _part(parts.left_out([(EVIL, EVIL, 1)])),
            _cell({"text/html": EVIL, "text/plain": EVIL}),
            _cell({"application/javascript": EVIL, "image/svg+xml": EVIL}),
        ),
    )


def _attributes(html: str) -> list[str]:
    names: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(
            self, tag: str, attrs: list[tuple[str, str | None]]
        ) -> None:
            names.extend(name for name, _ in attrs)

    Reader().feed(html)
    return names


def test_policy_stands_first_and_allows_nothing_from_outside() -> None:
    """The first thing in the head forbids scripts and every remote load."""
    html = page_html(_book(_part(parts.band("T", language="de"))))
    policy = re.search(r'<head>\s*<meta http-equiv="([^"]+)" content="([^"]+)"', html)

    assert policy
    assert "Content-Security-Policy" == policy[1]
    assert CONTENT_POLICY == policy[2].replace("&#39;", "'")
    assert CONTENT_POLICY.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert '<html lang="de">' in html
    assert "<title>T</title>" in html


def test_hostile_texts_bring_no_script_and_no_address() -> None:
    """No script element, no event, no outside address, whatever people wrote."""
    html = _evil_page()

    assert "<script" not in html.lower()
    assert [] == outside_addresses(html)
    assert [] == [name for name in _attributes(html) if name.startswith("on")]


def test_title_cannot_leave_its_style() -> None:
    """The title stands in the print styles too, what could end it escaped."""
    html = page_html(_book(_part(parts.band('a"}</style>b'))))
    style = html.partition("<style>")[2].partition("</style>")[0]

    assert r"\3c \2f style" in style
    assert 1 == html.count("</style>")


def test_code_and_what_stands_before_the_band_stay_in_the_notebook() -> None:
    """No source, no prompt, no notebook title in the page."""
    html = page_html(
        _book(new_markdown_cell("# For who opens it"), _part(parts.band("T")))
    )

    assert "For who opens it" not in html
    assert "secret_code" not in html
    assert "In [" not in html


def test_plain_outputs_are_shown_as_text_and_pictures_inside() -> None:
    """Text, printed lines and PNG pictures come out; warnings stay in the notebook."""
    printed = new_code_cell(
        "",
        outputs=[
            new_output("stream", name="stdout", text="printed <b>"),
            new_output("stream", name="stderr", text="a warning"),
        ],
    )
    html = page_html(
        _book(
            printed,
            _cell({"text/plain": "a < b"}),
            _cell({"image/png": _png(), "text/plain": "a picture"}),
            nbformat.v4.new_raw_cell("<b>for a printer</b>"),
        )
    )

    assert "printed &lt;b&gt;" in html
    assert "a warning" not in html
    assert "a &lt; b" in html
    assert f'src="data:image/png;base64,{_png()}"' in html
    assert "for a printer" not in html


def test_markdown_is_prose_with_links_as_text() -> None:
    """Emphasis and lists are kept; a link's address does not reach the page."""
    html = page_html(_book(new_markdown_cell("**Bold** [there](https://example.org)")))

    assert "<strong>Bold</strong> there" in html
    assert "example.org" not in html


def test_same_notebook_gives_the_same_page() -> None:
    """Nothing in a page depends on the clock or on chance."""
    assert _evil_page() == _evil_page()


def test_colours_stand_in_the_tokens_only() -> None:
    """The page's own style sheet types no colour: it uses the roles."""
    css = folder("templates") / "pages" / "journey" / "report.css"

    assert [] == re.findall(
        r"#[0-9a-fA-F]{3,8}\b|rgba?\(", css.read_text(encoding="utf-8")
    )


def _open(browser: Browser, path: Path, **options: Any) -> tuple[Page, list[str]]:
    asked: list[str] = []
    page = browser.new_page(**options)
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    return page, asked


@pytest.mark.browser
def test_nothing_runs_and_nothing_is_asked_for(
    browser: Browser, tmp_path: Path
) -> None:
    """In a real browser hostile text is seen as text, and the network stays silent."""
    path = tmp_path / "evil.html"
    path.write_text(_evil_page(), encoding="utf-8")
    page, asked = _open(browser, path)

    assert [path.as_uri()] == asked
    assert page.title() != "ran"
    assert "<script>document.title='ran'</script>" in page.inner_text("h1")
    page.close()


@pytest.mark.browser
def test_planted_script_does_run_without_our_door(
    browser: Browser, tmp_path: Path
) -> None:
    """The same text as HTML does run: the test above can fail."""
    path = tmp_path / "open.html"
    path.write_text(f"<!doctype html><body>{EVIL}</body>", encoding="utf-8")
    page, _ = _open(browser, path)

    assert "ran" == page.title()
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_page_fits_its_screen(browser: Browser, tmp_path: Path, width: int) -> None:
    """No screen has to be scrolled sideways; a phone gets the narrow picture."""
    scores = pd.DataFrame([("A", 0.7, 0.6, 0.8, 99, "enough")], columns=COLUMNS)
    chart = picture(
        "scores_by_touchpoint", scores=scores, definition="customer_satisfaction_score"
    )
    book = _book(_part(parts.band("T" * 60)), _part(parts.figure(chart)))
    path = tmp_path / "page.html"
    path.write_text(page_html(book), encoding="utf-8")
    page, _ = _open(browser, path, viewport={"width": width, "height": 900})

    assert width == page.evaluate("document.documentElement.scrollWidth")
    assert (width < 640) is page.is_visible(".jk-drawn-narrow")
    assert (width > 640) is page.is_visible(".jk-drawn-wide")
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 700])
def test_what_scrolls_is_reached_by_keyboard(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    """Wide tables and pictures take the focus, with a name and a ring; axe agrees."""
    scores = pd.DataFrame([("A", 0.7, 0.6, 0.8, 99, "enough")], columns=COLUMNS)
    chart = picture(
        "scores_by_touchpoint", scores=scores, definition="customer_satisfaction_score"
    )
    heads = {f"c{place}": f"Column{place}" * 2 for place in range(12)}
    wide = pd.DataFrame([dict.fromkeys(heads, "Unbreakable" * 2)])
    shown = (
        parts.band("Airport"),
        parts.section("Numbers"),
        parts.ranked_table(wide, heads, title="Twelve columns"),
        parts.figure(replace(chart, narrow=None), is_wide=True),
        parts.left_out([("Security" * 30, "empty", 4)]),
    )
    path = tmp_path / "page.html"
    path.write_text(page_html(_book(*map(_part, shown))), encoding="utf-8")
    page, _ = _open(browser, path, viewport={"width": width, "height": 900})
    page.evaluate(
        "for (const one of document.querySelectorAll('details')) one.open = 1"
    )
    found = Axe().run(page).response["violations"]
    scrolls = page.locator(".jk-scroll, .jk-figure-wide > .jk-whole > .jk-drawn")
    scrolls.first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    ring = scrolls.first.evaluate("one => getComputedStyle(one).outlineStyle")

    assert [] == [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
    assert all(one.get_attribute("aria-label") for one in scrolls.all())
    assert "solid" == ring
    assert (width < 640) is page.is_visible(".jk-sideways")
    page.close()


def _list_page(tmp_path: Path) -> Path:
    """Return a page with a list, tables side by side, and a broad picture."""
    said = "The family prefers desks and booths, which no stage of the journey offers"
    found = pd.DataFrame(
        {"text": [f"{said}, not even the last.", "Short."], "n": [1, 2]}
    )
    pairs = pd.DataFrame({"what": ["Needs", ""], "a": ["x", "y"], "b": ["z", "z"]})
    flow = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="90" '
    flow += 'viewBox="0 0 {0} 90"><desc>A flow</desc></svg>'
    drawn = [checked_svg(flow.format(width)) for width in (1160, 680)]
    words = Words("Three parts hurt", "Parts", "Workshop", "A flow")
    shown = (
        parts.band("Airport"),
        parts.section("What we know"),
        parts.sentences(["One bottleneck.", "Nothing else."]),
        parts.ranked_table(
            found, {"text": "What was found", "n": "Rule"}, is_ranked=False
        ),
        parts.ranked_table(
            pairs, {"what": "", "a": "Family", "b": "Commuter"}, is_ranked=False
        ),
        parts.figure(Picture(words, *drawn, found), is_wide=True),
    )
    path = tmp_path / "page.html"
    path.write_text(page_html(_book(*map(_part, shown))), encoding="utf-8")
    return path


_LEFTS = "all => all.map(one => Math.round(one.getBoundingClientRect().left))"
_RIGHTS = "all => all.map(one => Math.round(one.getBoundingClientRect().right))"


@pytest.mark.browser
def test_lists_and_tables_keep_one_edge(browser: Browser, tmp_path: Path) -> None:
    """Rules of a list end together, the last numbers at the rule's end; axe agrees."""
    page, _ = _open(browser, _list_page(tmp_path), viewport=_LAPTOP)
    rules = page.locator(".jk-sentences, .jk-sentences li").evaluate_all(_RIGHTS)
    last = page.locator(".jk-ranked .jk-number:last-child").first
    weights = page.locator(".jk-said").evaluate_all(
        "all => all.map(one => getComputedStyle(one).fontWeight)"
    )
    page.evaluate(
        "for (const one of document.querySelectorAll('details')) one.open = 1"
    )
    found = Axe().run(page).response["violations"]

    assert 1 == len(set(rules))
    assert "0px" == last.evaluate("one => getComputedStyle(one).paddingRight")
    assert {"400"} == set(weights)
    assert [] == [(one["id"], one["nodes"][0]["html"][:200]) for one in found]
    page.close()


@pytest.mark.browser
def test_phone_reads_tables_from_its_edge(browser: Browser, tmp_path: Path) -> None:
    """A row without a number begins at the margin; a broad picture keeps its size."""
    page, _ = _open(browser, _list_page(tmp_path), viewport=_PHONE)
    heads = page.locator(".jk-ranked tbody th").evaluate_all(_LEFTS)
    picture = page.locator(".jk-drawn-broad svg").bounding_box()

    assert {20} == set(heads)
    assert picture
    assert 640 == picture["width"]
    assert page.is_visible(".jk-sideways")
    assert _PHONE["width"] == page.evaluate("document.documentElement.scrollWidth")
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("scheme", "ink"),
    [("light", "rgb(22, 25, 31)"), ("dark", "rgb(233, 235, 238)")],
)
def test_pictures_follow_the_page_into_the_dark(
    browser: Browser, tmp_path: Path, scheme: Any, ink: str
) -> None:
    """A dot drawn in ink has the ink of the mode, not that of the file."""
    scores = pd.DataFrame(
        [("A", 0.7, 0.6, 0.8, 99, "enough"), ("B", 0.9, 0.85, 0.95, 99, "enough")],
        columns=COLUMNS,
    )
    chart = picture(
        "scores_by_touchpoint", scores=scores, definition="customer_satisfaction_score"
    )
    path = tmp_path / "page.html"
    path.write_text(page_html(_book(_part(parts.figure(chart)))), encoding="utf-8")
    page, _ = _open(browser, path, color_scheme=scheme)
    script = "getComputedStyle(document.querySelector('path.jk-f-ink')).fill"

    assert ink == page.evaluate(script)
    page.close()


@pytest.mark.browser
def test_print_opens_the_numbers(browser: Browser, tmp_path: Path) -> None:
    """On paper the numbers stand below the figure without a click."""
    chart = picture("promoter_bar", promoters=5, passives=3, detractors=2)
    path = tmp_path / "page.html"
    path.write_text(page_html(_book(_part(parts.figure(chart)))), encoding="utf-8")
    page, _ = _open(browser, path)
    is_seen = "document.querySelector('.jk-twin table').checkVisibility()"
    on_screen = page.evaluate(is_seen)
    page.emulate_media(media="print")
    above = page.locator(".jk-twin :is(th, td)").evaluate_all(
        "all => all.map(one => getComputedStyle(one).paddingTop)"
    )

    assert on_screen is False
    assert page.evaluate(is_seen) is True
    assert {"1px"} == set(above)
    page.close()
