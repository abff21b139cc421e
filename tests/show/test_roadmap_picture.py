"""The roadmap as a picture: everything has its place, whatever people wrote."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from journeykit.errors import InputError, UnknownNameError
from journeykit.model import Action, Document, Link, Stakeholder
from journeykit.show.guide_tree import as_html, picture
from journeykit.show.roadmap_picture import (
    PAPER,
    roadmap_data,
    roadmap_picture,
    roadmap_pictures,
)
from journeykit.show.svg import checked_svg
from journeykit.show.text_width import text_width

TODAY = date(2026, 3, 9)
LONG = "Clean by need, with sensors in every washroom and a board for the crew 🚻 " * 2
WORDS = ["Signs", LONG, "空港の案内表示を新しくする" * 6, "ضع الأسعار على النموذج"]


def plan_of(n: int) -> Document:
    """Return a plan of *n* actions of three people, some waiting for others."""
    people = [
        Stakeholder(id="al", name="Al", days_a_week=1),
        Stakeholder(id="bo", name=LONG[:120]),
        Stakeholder(id="it", name="IT", days_a_week=5),
    ]
    actions = [
        Action(
            id=f"a{i}",
            text=f"{WORDS[i % len(WORDS)]} {i}"[:300],
            owner=("al", "bo", "it", None)[i % 4],
            status=("planned", "doing", "done")[i % 3],
            start=TODAY + timedelta(days=i - 20) if i % 7 else None,
            due=TODAY + timedelta(days=i % 90 - 10) if i % 11 else None,
            effort_days=i % 9,
        )
        for i in range(n)
    ]
    links = [
        Link(id=f"l{i}", source=f"a{i}", target=f"a{i // 2}", relation="depends_on")
        for i in range(1, n, 3)
    ]
    return Document([*people, *actions, *links])


def texts_of(svg: str) -> list[tuple[str, float, float, float]]:
    """Return every text with its left end, right end and baseline."""
    found = []
    for one in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        x, size = float(one.attrib["x"]), float(one.attrib["font-size"])
        room = text_width(one.text or "", size, is_bold="font-weight" in one.attrib)
        room *= 0.97  # the widths are those of the widest face
        left = {"start": x, "end": x - room, "middle": x - room / 2}
        begin = left[one.attrib.get("text-anchor", "start")]
        found.append((one.text or "", begin, begin + room, float(one.attrib["y"])))
    return found


@pytest.mark.parametrize("n", [1, 5, 40, 200])
@pytest.mark.parametrize("paper", PAPER)
def test_every_text_stays_in_the_picture_and_clear_of_others(
    n: int, paper: str
) -> None:
    """On each page, also with words of 300 signs; no page is too tall."""
    width, tallest = PAPER[paper]
    for svg in roadmap_pictures(plan_of(n), TODAY, paper=paper):
        placed = texts_of(svg)
        height = float(re.search(r'height="([\d.]+)"', svg)[1])  # type: ignore[index]

        assert height <= tallest
        assert [] == [
            one
            for one in placed
            if one[1] < -1 or one[2] > width + 1 or one[3] > height
        ]
        rows: dict[float, list[tuple[float, float, str]]] = {}
        for words, left, right, y in placed:
            rows.setdefault(round(y), []).append((left, right, words))
        for row in rows.values():
            row.sort()
            assert [] == [
                (one[2], two[2]) for one, two in pairwise(row) if one[1] > two[0] + 0.5
            ]


def test_pages_of_a_roadmap_hold_about_as_much_each() -> None:
    """No person stands alone on a last page."""
    pages = roadmap_pictures(plan_of(12), TODAY, paper="slide")
    heights = [
        float(re.search(r'height="([\d.]+)"', svg)[1])  # type: ignore[index]
        for svg in pages
    ]

    assert 2 <= len(heights)
    assert max(heights) < 2 * min(heights)


def test_smallest_type_prints_at_nine_points() -> None:
    """On A4 with margins of 20 mm, at the sizes that the pictures are made in."""
    for paper, mm in (("A4 landscape", 257), ("A4 portrait", 170)):
        smallest = min(
            float(one)
            for svg in roadmap_pictures(plan_of(40), TODAY, paper=paper)
            for one in re.findall(r'font-size="([\d.]+)"', svg)
        )
        points = smallest * (mm / 25.4 * 72) / PAPER[paper][0]

        assert points >= 8.99


def test_picture_holds_shapes_and_text_only() -> None:
    """What people wrote comes out as text, and the picture passes the door."""
    one = Action(id="a", text="<script>x</script>", due=TODAY)
    svg = roadmap_picture(Document([one]), TODAY)

    assert "<script" not in svg
    assert "&lt;script&gt;" in checked_svg(svg)
    assert "No action has a day yet" in roadmap_picture(Document(), TODAY)


def test_late_and_waiting_are_said_in_words() -> None:
    """For those who do not see it, too; and the table has each word in full."""
    document = Document(
        [
            Stakeholder(id="al", name="Al"),
            Action(id="a", text="Signs", owner="al", due=date(2026, 3, 2)),
            Action(id="b", text=LONG, owner="al", start=date(2026, 3, 1)),
            Link(id="l", source="b", target="a", relation="depends_on"),
        ]
    )
    svg = roadmap_picture(document, TODAY)
    table = roadmap_data(document, TODAY)

    assert "2 actions to be done, 1 late" in svg
    assert "Late, in days: “Signs” by 7." in svg
    assert "7 days late" in [words for words, *_ in texts_of(svg)]
    assert LONG.strip() not in [words for words, *_ in texts_of(svg)]
    assert [LONG.strip(), "Signs"] == table["action"].tolist()
    assert ["Signs", ""] == table["waits_for"].tolist()
    assert [0, 7] == table["days_late"].tolist()


def test_unknown_paper_is_refused() -> None:
    """The nearest is offered."""
    with pytest.raises(UnknownNameError, match="A4 landscape"):
        roadmap_pictures(Document(), TODAY, paper="A4")


def test_guide_shows_a_picture_and_refuses_a_script() -> None:
    """A picture stands among words; what is no shape does not get in."""
    svg = roadmap_picture(plan_of(3), TODAY)

    assert '<div class="jk-guide-picture"><svg' in as_html(picture(svg))
    with pytest.raises(InputError, match="shapes and text only"):
        as_html(picture("<svg xmlns='http://www.w3.org/2000/svg'><a/></svg>"))  # type: ignore[arg-type]
