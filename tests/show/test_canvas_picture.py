"""The canvas and its alignment as pictures: nothing lost, nothing outside its block."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from sample_entries import documents, one_of_each_kind

from journeykit.errors import UnknownNameError
from journeykit.exchange.starters import starter
from journeykit.language import say, speaking
from journeykit.model import CanvasEntry, Case, Document, Entry
from journeykit.report.canvas_page import CanvasPage
from journeykit.show.alignment_picture import alignment_picture, alignment_pictures
from journeykit.show.alignment_rows import alignment_finding, alignment_picture_data
from journeykit.show.canvas_notes import canvas_alt, canvas_finding, canvas_picture_data
from journeykit.show.canvas_picture import canvas_picture, canvas_sheet
from journeykit.show.paper import SHEETS
from journeykit.show.svg import checked_svg
from journeykit.show.text_width import text_width
from journeykit.vocabulary import CANVAS_BLOCKS, CANVAS_CREDIT

NAMES = (
    "Same-day answer",
    "Hosts who walk through the hall and help people who look lost before they ask",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung",
    "快速通道服务和行李托运以及贵宾休息室的合作伙伴",
    "שירות לקוחות מהיר ואדיב בכל שעות היממה",
    "Lounge \N{AIRPLANE}\N{VARIATION SELECTOR-16} & <b>bold</b>",
    "",
)


@pytest.fixture(scope="module")
def airport() -> Document:
    """Return the airport case."""
    return starter("airport", date(2026, 1, 1)).document


def crowd(n: int, **fields: Any) -> Document:
    """Return a canvas with *n* entries, their words as people write them."""
    blocks = list(CANVAS_BLOCKS)
    return Document(
        CanvasEntry(
            id=f"c{i}",
            block=blocks[i % 9],
            text=f"{NAMES[i % len(NAMES)]} {i}",
            strength=i % 5 + 1 if i % 2 else None,
            state=("before", "after", "both")[i % 3],
            **fields,
        )
        for i in range(n)
    )


def lines_of(svg: str) -> list[tuple[float, float, float, str]]:
    """Return x, baseline, width and words of each line that is drawn."""
    found = []
    for one in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        x, size = float(one.get("x", "0")), float(one.get("font-size", "0"))
        words = one.text or ""
        width = text_width(words, size, is_bold=one.get("font-weight") is not None)
        if one.get("text-anchor") == "middle":
            x -= width / 2
        if one.get("text-anchor") == "end":
            x -= width
        found.append((x, float(one.get("y", "0")), width, words))
    return found


def size_of(svg: str) -> tuple[float, float]:
    """Return width and height of a picture."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert found is not None
    return float(found[1]), float(found[2])


@pytest.mark.parametrize("state", ["before", "after"])
@pytest.mark.parametrize("n", [0, 1, 10, 60, 200])
@pytest.mark.parametrize("paper", SHEETS)
def test_canvas_stays_on_its_sheet(paper: str, n: int, state: Any) -> None:
    """No word beyond the sheet, no two lines on each other, the credit at the foot."""
    sheet = str(canvas_sheet(crowd(n), state=state, paper=paper))
    width, height = size_of(sheet)
    lines = lines_of(sheet)
    places = sorted((round(y), x, x + w) for x, y, w, words in lines if words)

    assert (width, height) <= SHEETS[paper]
    assert all(x >= 0 and x + w <= width + 1 and y <= height for x, y, w, _ in lines)
    assert [] == [
        (one, other)
        for one, other in pairwise(places)
        if one[0] == other[0] and other[1] < one[2] - 1
    ]
    assert CANVAS_CREDIT.split(" is ")[0] in sheet
    assert checked_svg(sheet)


def test_what_finds_no_room_is_counted() -> None:
    """Shown entries and those counted are all there are; the twin has each of them."""
    document = crowd(200)
    sheet = str(canvas_sheet(document, paper="A4 landscape"))
    more = [int(one) for one in re.findall(r"and (\d+) more", sheet)]
    n_bullets = sheet.count('r="2.5"')
    table = canvas_picture_data(document)

    assert len(table) == n_bullets + sum(more)
    assert more
    before = {one.text for one in document.of(CanvasEntry) if one.state != "after"}
    assert before == set(table["entry"])


def test_poster_has_a_heading_and_no_less_room_below_it() -> None:
    """Of one line, however long the name of the workshop is."""
    sheet = str(canvas_sheet(crowd(60), paper="A3 landscape", heading="Shop " * 60))
    width, height = size_of(sheet)
    first = lines_of(sheet)[0]

    assert (width, height) <= SHEETS["A3 landscape"]
    assert first[2] <= width
    assert first[3].startswith("Shop Shop")


def test_notebook_picture_has_room_for_all() -> None:
    """It grows instead of cutting."""
    sheet = str(canvas_picture(crowd(200)))

    assert " more</text>" not in sheet
    assert len(canvas_picture_data(crowd(200))) == sheet.count('r="2.5"')


def test_after_the_change_what_differs_is_marked() -> None:
    """By shape and word, not by colour alone."""
    entries: list[Entry] = [
        CanvasEntry(id="a", block="channels", text="Desk"),
        CanvasEntry(id="b", block="channels", text="Post", state="both"),
        CanvasEntry(id="c", block="channels", text="App", state="after"),
    ]
    document = Document(entries)
    table = canvas_picture_data(document, "after").set_index("entry")["becomes"]

    assert {"Desk": "goes", "Post": "stays", "App": "new"} == table.to_dict()
    assert "After the change: 1 new, 0 changed, 1 gone" == canvas_finding(
        document, "after"
    )
    assert "Desk (goes)" in canvas_alt(document, "after")
    assert "line-through" in canvas_picture(document, state="after")
    assert "line-through" not in canvas_picture(document)


def test_hidden_blocks_are_not_drawn() -> None:
    """Their neighbours take the room."""
    case = Case(id="case", title="Start-up", hidden_blocks=("key_partnerships",))
    picture = canvas_picture(Document([case]))
    nothing = Case(id="case", title="Start-up", hidden_blocks=tuple(CANVAS_BLOCKS))

    assert "Key partnerships" not in picture
    assert "Key resources" in picture
    assert CANVAS_CREDIT in canvas_picture(Document([nothing]))
    assert CANVAS_CREDIT.split(" is ")[0] in canvas_sheet(Document([nothing]))


# --- alignment ------------------------------------------------------------------------


@pytest.mark.parametrize("width", [684.0, 840.0, 1160.0])
def test_heat_map_prints_what_its_colour_says(airport: Document, width: float) -> None:
    """Count, strength and pain in the cell; an empty cell says so."""
    picture = str(alignment_picture(airport, width_px=width))
    lines = lines_of(picture)
    size = size_of(picture)

    assert {"not rated", "3", "1"} <= {words for *_, words in lines}
    edges = [(x, x + width, y) for x, y, width, _ in lines]
    assert all(x >= -1 and end <= size[0] + 1 and y <= size[1] for x, end, y in edges)
    assert 'class="jk-f-pain"' in picture
    assert checked_svg(picture)


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_heat_map_says_in_every_language_what_is_not_rated(
    airport: Document, language: str
) -> None:
    """Words that are too long for one line of a cell take two, and stay inside it."""
    with speaking(language):
        words = say("not rated").split()
        picture = ET.fromstring(alignment_picture(airport, width_px=684.0))
    drawn = [
        one
        for one in picture.iter("{http://www.w3.org/2000/svg}text")
        if one.text in {*words, " ".join(words)}
    ]

    assert drawn
    assert all(
        float(one.get("x", "0")) + text_width(one.text or "", 12.8) <= 684.0
        for one in drawn
    )


def test_heat_map_has_a_twin(airport: Document) -> None:
    """One row a stage and block; names beside numbers."""
    table = alignment_picture_data(airport)
    filled = table[table["n"] > 0]

    assert 63 == len(table)
    assert (filled["entries"].str.count("; ") + 1 == filled["n"]).all()
    assert alignment_finding(airport).startswith("Most pain: ")
    assert "No stage touches the canvas yet" == alignment_finding(Document())


@pytest.mark.parametrize("paper", SHEETS)
def test_heat_map_is_cut_into_sheets(airport: Document, paper: str) -> None:
    """Each no larger than its paper."""
    for sheet in alignment_pictures(airport, paper=paper):
        assert size_of(str(sheet)) <= SHEETS[paper]
    with pytest.raises(UnknownNameError, match="paper"):
        alignment_pictures(airport, paper="B9")


def test_no_stage_stands_alone_on_a_slide(airport: Document) -> None:
    """Seven stages are four and three, not six and one."""
    heights = [
        size_of(str(sheet))[1] for sheet in alignment_pictures(airport, paper="slide")
    ]

    assert 2 == len(heights)
    assert max(heights) < 1.5 * min(heights)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_no_document_breaks_the_pictures(document: Document) -> None:
    """Names in any script, none, and alike."""
    assert checked_svg(canvas_picture(document, state="after"))
    assert checked_svg(canvas_sheet(document))
    assert checked_svg(alignment_picture(document))
    assert alignment_pictures(document)


def test_page_shows_both_or_says_once_what_is_missing(airport: Document) -> None:
    """Parts of a report, each with its numbers."""
    page, empty = CanvasPage(airport), CanvasPage(Document())
    shown = [page.canvas(), page.canvas("after"), page.alignment()]
    bare = [empty.canvas(), empty.canvas("after"), empty.alignment()]
    loose = CanvasPage(Document([CanvasEntry(id="a", block="channels", text="Desk")]))

    assert ["figure"] * 3 == [one.name for one in shown]
    assert all(one.data["twin"]["rows"] for one in shown)
    assert [True, False, False] == [bool(one.data["text"]) for one in bare]
    assert "not tied" in loose.alignment().data["text"]


def test_one_of_each_kind_is_drawn() -> None:
    """Every kind with every field filled."""
    assert canvas_picture(one_of_each_kind(), state="after")


def test_sheet_says_everything_in_smaller_type_rather_than_cutting() -> None:
    """Ten channels of three lines fit on A4 at seven points, and not at nine."""
    names = [f"Signs, screens and announcements {letter}" for letter in "ABCDEFGHIJ"]
    document = Document(
        CanvasEntry(id=f"c{n}", block="channels", text=name, strength=3)
        for n, name in enumerate(names)
    )
    sheet = canvas_sheet(document, paper="A4 portrait")

    assert "…" not in sheet
    assert " more" not in sheet
    assert 'width="684"' in sheet
