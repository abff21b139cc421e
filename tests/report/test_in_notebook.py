"""Parts in a notebook: JupyterLab's rules do not reach them, nor ours anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from markupsafe import Markup

import journeykit
from journeykit.layout.catalogue import layout_named
from journeykit.report import parts
from journeykit.report.page_style import notebook_styles
from journeykit.report.part import Part
from journeykit.show.board_table import board_table
from journeykit.show.charts import Picture, Words

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

# The heaviest of the rules that JupyterLab 4.6 has for HTML in an output.
LAB_RULES = """
.jp-RenderedHTMLCommon h2:first-child { margin-top: 20px; font-weight: 400; }
.jp-RenderedHTMLCommon ul:not(.list-inline), .jp-RenderedHTMLCommon ol:not(.list-inline)
{ padding-left: 2em; }
.jp-RenderedHTMLCommon ol { list-style: decimal; }
.jp-RenderedHTMLCommon table { table-layout: fixed; margin-left: auto; font-size: 9px; }
.jp-RenderedHTMLCommon td, .jp-RenderedHTMLCommon th, .jp-RenderedHTMLCommon tr
{ vertical-align: middle; padding: 0.5em; border: none; }
:not(.jp-RenderedMarkdown).jp-RenderedHTMLCommon td,
:not(.jp-RenderedMarkdown).jp-RenderedHTMLCommon th { text-align: right; }
.jp-RenderedHTMLCommon tbody tr:nth-child(even) { background: rgb(1, 2, 3); }
.jp-RenderedHTMLCommon p { margin: 0 0 1em; }
.jp-RenderedHTMLCommon svg { max-width: 100%; height: auto; }
dl { display: grid; grid-template-columns: 1fr 2fr; }
"""
OTHER = "<table id='other'><tr><td>1</td></tr></table><ol id='list'><li>x</li></ol>"


def _lab(
    browser: Browser,
    path: Path,
    *shown: Part,
    is_light: bool = True,
    **options: Any,
) -> Page:
    outputs = "".join(
        '<div class="jp-RenderedHTMLCommon">'
        f"{part._repr_mimebundle_()['text/html']}</div>"
        for part in shown
    )
    path.write_text(
        f"<!doctype html><html><head><style>{LAB_RULES}</style></head>"
        f'<body data-jp-theme-light="{str(is_light).lower()}">{outputs}'
        f'<div class="jp-RenderedHTMLCommon">{OTHER}</div></body></html>',
        encoding="utf-8",
    )
    page = browser.new_page(**options)
    page.goto(path.as_uri())
    return page


def _style(page: Page, selector: str, name: str) -> str:
    value: str = page.evaluate(
        f"getComputedStyle(document.querySelector({selector!r}))[{name!r}]"
    )
    return value


def test_style_sheet_holds_no_rule_for_paper() -> None:
    """A part never sets the paper of the notebook it is in."""
    assert "@page" not in notebook_styles()
    assert "@container" in notebook_styles()


@pytest.mark.browser
def test_rules_of_the_notebook_do_not_reach_a_part(
    browser: Browser, tmp_path: Path
) -> None:
    """Tables, lists and headings look as in the report, not as JupyterLab's."""
    table = pd.DataFrame({"a": ["x", "y"], "n": [1, 2]})
    shown = (
        parts.ranked_table(table, {"a": "A", "n": "n"}),
        parts.found([("1", "One.")]),
        parts.evidence(assumed=1, observed=1, measured=1),
    )
    page = _lab(browser, tmp_path / "lab.html", *shown)

    assert "left" == _style(page, ".jk-ranked tbody th", "textAlign")
    assert "auto" == _style(page, ".jk-ranked table", "tableLayout")
    even = _style(page, ".jk-ranked tbody tr:nth-child(2)", "backgroundColor")
    assert "rgba(0, 0, 0, 0)" == even
    assert "none" == _style(page, ".jk-found", "listStyleType")
    assert "0px" == _style(page, ".jk-found", "paddingLeft")
    assert "700" == _style(page, ".jk-page h2", "fontWeight")
    assert "0px" == _style(page, ".jk-page h2", "marginTop")
    page.close()


@pytest.mark.browser
def test_part_changes_nothing_else_in_the_notebook(
    browser: Browser, tmp_path: Path
) -> None:
    """Other outputs have the same styles with a part beside them and without."""
    seen = []
    for shown in ((), (parts.section("A", "B"),)):
        page = _lab(browser, tmp_path / "lab.html", *shown, color_scheme="dark")
        seen.append(
            page.evaluate(
                """['html', 'body', '#other', '#other td', '#list', '#list li'].map(
                one => [...getComputedStyle(document.querySelector(one))]
                .filter(key => !key.startsWith('--') && !/size|height|origin/.test(key))
                .map(key => [key, getComputedStyle(document.querySelector(one))[key]]))
                """
            )
        )
        page.close()

    assert seen[0] == seen[1]


@pytest.mark.browser
@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize(
    ("is_light", "ink"), [(True, "rgb(22, 25, 31)"), (False, "rgb(233, 235, 238)")]
)
def test_theme_of_the_notebook_decides(
    browser: Browser, tmp_path: Path, system: Any, is_light: bool, ink: str
) -> None:
    """A light notebook on a dark system stays light, and the other way round."""
    page = _lab(
        browser,
        tmp_path / "lab.html",
        parts.section("A", "B"),
        is_light=is_light,
        color_scheme=system,
    )

    assert ink == _style(page, ".jk-page", "color")
    page.close()


@pytest.mark.browser
def test_map_scrolls_in_its_own_box(browser: Browser, tmp_path: Path) -> None:
    """A wide map never widens the notebook, and its lane heads stay at the left."""
    wide = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1160 90">'
        '<text y="20">Lane</text>'
        '<rect x="100" width="1060" height="40"/></svg>'
    )
    table = pd.DataFrame({"a": ["x"]})
    drawn = Picture(Words("t", "s", "", "a"), wide, None, table)
    page = _lab(
        browser,
        tmp_path / "lab.html",
        parts.figure(drawn, is_wide=True, heads_px=100),
        viewport={"width": 800, "height": 600},
    )
    page.evaluate("document.querySelector('.jk-kept').scrollLeft = 150")
    box, heads = (
        page.evaluate(
            f"(({{left, height}}) => [left, height])"
            f"(document.querySelector({one!r}).getBoundingClientRect())"
        )
        for one in (".jk-kept", ".jk-heads")
    )

    assert 800 == page.evaluate("document.documentElement.scrollWidth")
    assert 150 == page.evaluate("document.querySelector('.jk-kept').scrollLeft")
    assert box[0] == heads[0]
    assert heads[1] == pytest.approx(1088 / 1160 * 90, abs=1)
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [700, 900, 1500])
def test_map_with_sheets_fits_the_notebook(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    """Nothing of a map is beyond the right edge: it is shown sheet by sheet."""
    sheet = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 930 90">'
        '<rect class="sheet" width="930" height="40"/></svg>'
    )
    table = pd.DataFrame({"a": ["x"]})
    drawn = Picture(Words("t", "s", "", "a"), sheet, sheet, table, (sheet, sheet))
    page = _lab(
        browser,
        tmp_path / "lab.html",
        parts.figure(drawn, is_wide=True, heads_px=100),
        viewport={"width": width, "height": 600},
    )
    rights = page.locator(".sheet").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).filter(one => one.width)"
        ".map(one => one.right)"
    )

    assert 2 == len(rights)
    assert max(rights) <= width
    page.close()


@pytest.mark.browser
def test_plain_table_of_a_board_reads_from_the_left(
    browser: Browser, tmp_path: Path
) -> None:
    """JupyterLab sets cells to the right and lists inwards; not those of a board."""
    work = journeykit.new(None, starter="airport")
    table = board_table(layout_named(work.document(), "parking_lot"))
    (tmp_path / "lab.html").write_text(
        f"<!doctype html><style>{LAB_RULES}</style>"
        f'<div class="jp-RenderedHTMLCommon">{table}</div>',
        encoding="utf-8",
    )
    page = browser.new_page()
    page.goto((tmp_path / "lab.html").as_uri())

    assert "left" == _style(page, ".jk-board-table td", "text-align")
    assert "0px" == _style(page, ".jk-board-table ul", "padding-left")
    page.close()
