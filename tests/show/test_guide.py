"""What stands around a board: the same words by script and without, and always true."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import Markup
from outside_addresses import outside_addresses

import journeykit
from journeykit.check.done_when import progress_of
from journeykit.check.steps import STEPS
from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange.starters import starter
from journeykit.model import Document, Touchpoint
from journeykit.show import guide_tree as trees
from journeykit.show.guide_tree import as_html, done_tree, node
from journeykit.show.live import live_of
from journeykit.show.step import Step
from journeykit.workshop import Workshop

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STATIC = files("journeykit.show") / "static"
HOSTILE = '"><img src=x onerror="alert(1)"><script>alert(2)</script> مرحبا 日本 😀'


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Return an empty workshop in memory."""
    with journeykit.new(None, starter="empty") as workshop:
        yield workshop


@pytest.fixture(scope="module")
def airport() -> Document:
    """Return the airport case."""
    return starter("airport", date(2026, 1, 1)).document


def texts(tree: Any) -> str:
    """Return all texts of a tree."""
    if isinstance(tree, str):
        return tree
    return " ".join(texts(one) for one in tree[2:])


def links(tree: Any) -> list[str]:
    """Return all notebooks that a tree links to, in order."""
    if isinstance(tree, str):
        return []
    found = [tree[1]["href"]] if "href" in tree[1] else []
    return found + [one for inner in tree[2:] for one in links(inner)]


def html_of(widget: Any) -> str:
    """Return what a widget shows where no script runs."""
    bundle, _ = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    return str(bundle["text/html"])


@pytest.mark.parametrize("name", [one.name for one in STEPS])
def test_guide_says_what_a_step_is_for(airport: Document, name: str) -> None:
    """Question, purpose, every instruction, the example, and the whole workbook."""
    words = next(one for one in STEPS if one.name == name)
    tree = trees.guide_tree(airport, name)
    said = texts(tree)

    for one in (words.question, words.purpose, *words.do, words.example):
        assert one in said
    far = progress_of(airport)
    counted = f"{far.n_done} of {far.n_checks} checks done"
    assert (counted in said) == (name != "training")
    assert sorted(one.notebook for one in STEPS) == sorted(links(tree))
    shown = str(as_html(tree))
    assert "<script" not in shown
    assert [] == outside_addresses(shown)


def test_number_and_minutes_stand_above(airport: Document) -> None:
    """A step of the method has its number of all; an extra has none."""
    assert "Step 3 of 14 · Personas and segments · about 30 minutes" in texts(
        trees.guide_tree(airport, "personas")
    )
    assert "of 14" not in texts(trees.guide_tree(airport, "training"))


def test_done_names_what_is_missing(airport: Document) -> None:
    """What holds and what does not stand in one list, and the way goes on."""
    tree = done_tree(airport, "personas")
    said = texts(tree)

    assert "5 of 6 done" in said
    assert "1 persona belongs to no segment: The connecting passenger" in said
    assert links(tree) == ["02_stakeholders.ipynb", "04_touchpoints_and_channels.ipynb"]


def test_ends_lead_one_way(airport: Document) -> None:
    """The first step has no way back, the last none on; extras lead to step 1."""
    first = "01_objectives_and_scope.ipynb"

    assert [first] == links(done_tree(airport, "welcome"))
    assert ["13_validation_and_sign_off.ipynb"] == links(done_tree(airport, "monitor"))
    assert ["00_welcome.ipynb", first] == links(done_tree(airport, "training"))
    assert "Done when" not in texts(done_tree(airport, "training"))


def test_nothing_is_said_twice_in_a_list() -> None:
    """Six checks that fail for want of a persona say so once."""
    said = texts(done_tree(Document(), "personas"))

    assert 1 == said.count("There are no personas yet")
    assert "Every persona has goals" in said


def test_training_says_nothing_of_the_workbook(airport: Document) -> None:
    """It is a workshop of its own: its share of checks would mislead."""
    tree = trees.guide_tree(airport, "training")

    assert "1/7" not in texts(tree)
    assert len(STEPS) == len(links(tree))


def test_story_is_told_in_paragraphs() -> None:
    """A head, and a paragraph for each scene; without one it says so."""
    from journeykit.show.guide_lists import story_tree

    told = starter("training", date(2026, 1, 1)).document
    tree = story_tree(told)

    assert ["h2", {}, "Mara books a week by the sea"] == tree[2]
    assert 4 < len(tree) - 3
    assert "There is no story" in texts(story_tree(Document()))


def test_form_asks_for_some_fields_only(work: Workshop) -> None:
    """What is needed is asked for anyway; a wrong name is answered."""
    form = journeykit.step("monitor", work).form("case", "owner", "review_date")
    asked = [one["name"] for one in form.kinds["case"]["fields"]]

    assert ["title", "owner", "review_date"] == asked
    with pytest.raises(UnknownNameError, match="owner"):
        journeykit.step("monitor", work).form("case", "ownr")


def test_widget_follows_the_workshop(work: Workshop) -> None:
    """What somebody adds is no longer missing, without running the cell again."""
    done = journeykit.step("personas", work).done()
    guide = journeykit.step("personas", work).guide()
    before = texts(done.tree)
    work.add("persona", name="Ann", needs=["A seat"])
    live_of(work).refresh()

    assert "There are no personas yet" in before
    assert "1 persona has no goals: Ann" in texts(done.tree)
    assert "2/6" in texts(guide.tree)
    assert "Ann" in html_of(done)


def test_many_changes_are_drawn_once(work: Workshop) -> None:
    """In a kernel the words follow a moment later, whatever came meanwhile."""
    drawn: list[Any] = []

    async def kernel() -> None:
        done = journeykit.step("personas", work).done()
        done.observe(lambda change: drawn.append(texts(change["new"])), "tree")
        for name in ("Ann", "Ben", "Cleo"):
            work.add("persona", name=name)
            live_of(work).refresh()
        assert [] == drawn
        await asyncio.sleep(0.4)

    asyncio.run(kernel())

    assert 1 == len(drawn)
    assert "3 personas have no goals: Ann, Ben, Cleo" in drawn[0]


def test_widget_is_not_sent_again_for_nothing(work: Workshop) -> None:
    """A change that makes no difference here reaches no page."""
    done = journeykit.step("personas", work).done()
    sent: list[Any] = []
    done.observe(sent.append, "tree")
    work.add("parking_lot_item", text="Later")
    live_of(work).refresh()

    assert [] == sent


def test_what_people_typed_stays_text(work: Workshop) -> None:
    """A name that is markup is shown as its signs."""
    stage = work.entries("stage")[0]
    work.add("touchpoint", stage=stage.id, name=HOSTILE[:40] + "<script>")
    shown = html_of(journeykit.step("touchpoints", work).done())

    assert "<img" not in shown
    assert "<script" not in shown
    assert "&lt;img src=x" in shown


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        (node("script", {}, "alert(1)"), "no <script>"),
        (node("a", {"href": "javascript:alert(1)"}), "links to notebooks only"),
        (node("a", {"href": "https://example.org/"}), "links to notebooks only"),
        (node("p", {"onclick": "alert(1)"}), "no 'onclick'"),
    ],
)
def test_tree_holds_nothing_else(tree: Any, said: str) -> None:
    """Tags, attributes and links are a closed list."""
    with pytest.raises(InputError, match=re.escape(said)):
        as_html(tree)


def test_both_hands_know_the_same_tags() -> None:
    """What Python may write the script may draw."""
    script = (STATIC / "guide.js").read_text(encoding="utf-8")
    tags = re.search(r"const TAGS = new Set\((.*?)\);", script, re.DOTALL)
    attributes = re.search(r"const ATTRIBUTES = \{(.*?)\};", script, re.DOTALL)

    assert tags is not None
    assert attributes is not None
    words = re.findall(r'"([a-z0-9 ]+)"\.split', tags[1])
    assert set(" ".join(words).split()) == trees._TAGS
    assert {**trees._ATTRIBUTES} == {
        **dict(re.findall(r'(\w+): "([\w-]+)"', attributes[1])),
        "href": "href",
    }


def test_step_has_boards_and_forms(work: Workshop) -> None:
    """The first layout and kind of a step are shown where none is named."""
    pytest.importorskip("journeykit.show.board")
    one = journeykit.step("touchpoints", work)

    assert "journey_map" in repr(one.board())
    assert "wall" in repr(one.board("wall", kind="touchpoint"))
    assert "touchpoint" == one.form().settings["kind"]
    assert "channel" == one.form("channel").settings["kind"]


def test_wrong_names_are_answered(work: Workshop) -> None:
    """A step that is not there, and a board where a step has none."""
    with pytest.raises(UnknownNameError, match="personas"):
        journeykit.step("person", work)
    with pytest.raises(InputError, match="no board of its own"):
        Step("evidence", work).board()


# --- in a browser ---------------------------------------------------------------------


def opened(browser: Browser, address: str, *drawn: Any) -> Page:
    """Open a page at an address with the widget's script; *drawn* one after another."""
    script = (STATIC / "guide.js").read_text(encoding="utf-8")
    style = "".join(
        (STATIC / name).read_text(encoding="utf-8")
        for name in ("tokens.css", "guide.css")
    )
    body = (
        f"<!doctype html><html><head><style>{style}</style></head><body>"
        f"<div id='place'></div><script type='module'>{script}\n"
        "</script></body></html>"
    ).replace(
        "export default { render };",
        f"const trees = {json.dumps(drawn).replace('<', chr(92) + 'u003c')};"
        "let shown = 0; let heard = [];"
        "const model = { get: () => trees[shown], on: (_, f) => heard.push(f),"
        " off: (_, f) => { heard = heard.filter((one) => one !== f); } };"
        "window.next = () => { shown += 1; heard.forEach((one) => one()); };"
        "window.drop = render({ model, el: document.getElementById('place') });"
        "window.nHeard = () => heard.length;",
    )
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto(address)
    return page


@pytest.mark.browser
def test_script_draws_the_same_words(browser: Browser, airport: Document) -> None:
    """The live page and the saved one differ in nothing that can be read."""
    tree = done_tree(airport, "validation")
    page = opened(browser, "http://lab.test/lab", tree)
    live = page.inner_text("#place")
    page.set_content(str(as_html(tree)))

    assert page.inner_text(".jk-guide") == live
    page.close()


@pytest.mark.browser
def test_script_runs_nothing_that_people_typed(
    browser: Browser, airport: Document
) -> None:
    """A name that is markup makes no element."""
    tp = airport.of(Touchpoint)[0]
    named = tp.model_copy(update={"name": HOSTILE[:46], "channel": None})
    page = opened(
        browser,
        "http://lab.test/lab",
        done_tree(airport.with_entries([named]), "touchpoints"),
    )

    assert 0 == page.locator("#place img, #place script").count()
    assert "<img src=x" in page.inner_text("#place")
    page.close()


@pytest.mark.browser
def test_picture_is_drawn_in_the_width_that_there_is(browser: Browser) -> None:
    """Beside an open list of files the narrow one, and what people wrote as text."""
    wide, narrow = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20">'
        f"<text>{words} &lt;img src=x&gt;</text></svg>"
        for width, words in ((1030, "Wide"), (830, "Narrow"))
    )
    tree = trees.listed("Roadmap", trees.picture(Markup(wide), Markup(narrow)))
    page = opened(browser, "http://lab.test/lab", tree)
    page.set_viewport_size({"width": 900, "height": 600})
    shown = [page.locator(f"text={one}").is_visible() for one in ("Wide", "Narrow")]
    page.set_viewport_size({"width": 1200, "height": 600})
    later = [page.locator(f"text={one}").is_visible() for one in ("Wide", "Narrow")]

    assert ([False, True], [True, False]) == (shown, later)
    assert 0 == page.locator("#place img").count()
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    "inside",
    [
        "<script>window.ran = 1</script>",
        '<image href="x" onerror="window.ran = 1"/>',
        '<g onclick="window.ran = 1"/>',
        '<a href="javascript:window.ran = 1"><text>x</text></a>',
        '<rect fill="url(http://out.test/x)" width="9" height="9"/>',
        "<foreignObject><b>x</b></foreignObject>",
        '<rect style="fill:red"/>',
    ],
)
def test_picture_with_more_than_shapes_is_not_drawn(
    browser: Browser, inside: str
) -> None:
    """The script refuses it too, whoever sent it."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    page = opened(browser, "http://lab.test/lab", ["picture", {"svg": svg}])

    assert 0 == page.locator("#place svg").count()
    assert page.evaluate("window.ran") is None
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("address", "path", "target"),
    [
        ("/lab/tree/03_p.ipynb", "N", "/lab/tree/N"),
        ("/user/ann/lab/tree/my%20team/03_p.ipynb", "my team/N", "X/my%20team/N"),
        ("/lab/workspaces/auto-k/tree/a/b/03_p.ipynb", "a/b/N", "/lab/tree/a/b/N"),
        ("/lab", "N", "/lab/tree/N"),
    ],
)
def test_link_opens_in_jupyterlab(
    browser: Browser, airport: Document, address: str, path: str, target: str
) -> None:
    """A click names JupyterLab's own command, from whatever folder it is asked."""
    name = "04_touchpoints_and_channels.ipynb"
    page = opened(browser, f"http://lab.test{address}", done_tree(airport, "personas"))
    link = page.locator(".jk-guide-next")
    page.evaluate("document.body.addEventListener('click', e => e.preventDefault())")
    link.click()
    given = json.loads(link.get_attribute("data-commandlinker-args") or "null")
    href = target.replace("X", "/user/ann/lab/tree").replace("N", name)

    assert "docmanager:open" == link.get_attribute("data-commandlinker-command")
    assert {"path": path.replace("N", name)} == given
    assert href == link.get_attribute("href")
    assert "true" == link.get_attribute("data-lm-suppress-shortcuts")
    page.close()


@pytest.mark.browser
def test_link_is_plain_elsewhere(browser: Browser, airport: Document) -> None:
    """In Notebook 7 the notebook beside this one is opened as any page is."""
    page = opened(
        browser,
        "http://lab.test/notebooks/03_p.ipynb",
        done_tree(airport, "personas"),
    )
    link = page.locator(".jk-guide-next")
    link.evaluate("one => one.addEventListener('click', e => e.preventDefault())")
    link.click()

    assert "04_touchpoints_and_channels.ipynb" == link.get_attribute("href")
    assert link.get_attribute("data-commandlinker-command") is None
    page.close()


@pytest.mark.browser
def test_news_leave_focus_and_folding_alone(
    browser: Browser, airport: Document
) -> None:
    """Who reads or walks by keyboard is not thrown back when somebody else adds."""
    before = trees.guide_tree(Document(), "personas")
    after = trees.guide_tree(airport, "personas")
    page = opened(browser, "http://lab.test/lab", before, after)
    page.locator("summary").click()
    page.locator("[data-key=strip-copis]").focus()
    page.evaluate("next()")

    far = progress_of(airport)
    assert f"{far.n_done} of {far.n_checks}" in page.inner_text("#place")
    assert page.locator("details").get_attribute("open") is None
    assert "strip-copis" == page.evaluate("document.activeElement.dataset.key")
    page.evaluate("drop()")
    assert 0 == page.evaluate("nHeard()")
    page.close()
