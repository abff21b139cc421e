"""COPIS as a picture: what is drawn, in which order, and that nothing overlaps."""

from __future__ import annotations

import random
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from sample_entries import documents

from journeykit.errors import UnknownNameError
from journeykit.layout.copis_flow import copis_flow
from journeykit.layout.layered import least_crossings, near_places
from journeykit.model import (
    Case,
    CopisElement,
    Document,
    Entry,
    Journey,
    Link,
    PainPoint,
    Stage,
    Touchpoint,
)
from journeykit.show.copis_picture import copis_picture, copis_pictures
from journeykit.show.copis_tables import copis_picture_data
from journeykit.show.copis_words import copis_finding
from journeykit.show.paper import SHEETS
from journeykit.show.svg import checked_svg
from journeykit.show.text_width import text_width
from journeykit.vocabulary import COPIS

SVG = "{http://www.w3.org/2000/svg}"
ROLES = ("customer", "output", "process", "information", "supplier")
LONG = "Keep the building clean and comfortable at all hours of every day of the year"


def element(name: str, role: str, text: str = "", **more: object) -> CopisElement:
    """Return an element that is called by its id if nothing else is said."""
    values = {"id": name, "role": role, "text": text or name, **more}
    return CopisElement.model_validate(values)


def link(source: str, relation: str, target: str, **more: object) -> Link:
    """Return a link with an id made from its ends."""
    ends = {"source": source, "relation": relation, "target": target}
    name = f"{source}-{relation}-{target}".replace("_", "-")
    return Link.model_validate({"id": name, **ends, **more})


def airport() -> Document:
    """Return a small COPIS: one process hurts, and one of its outputs needs it."""
    return Document(
        [
            Case(id="case", title="Airport"),
            Journey(id="j", name="J"),
            Stage(id="s", journey="j", name="S"),
            *(Touchpoint(id=f"t{n}", stage="s", name=f"T{n}") for n in range(3)),
            *(PainPoint(id=f"pain{n}", text=f"Pain {n}") for n in range(2)),
            PainPoint(id="old", text="Old", status="resolved"),
            element("gate", "output", "At the gate"),
            element("screen", "process", "Check & screen", is_bottleneck=True),
            element("clean", "process", LONG, is_automation_candidate=True),
            element("times", "information", "Waiting times"),
            element("agency", "supplier"),
            element("crm", "systems", "CRM", is_proposed=True),
            link("gate", "depends_on", "screen"),
            link("gate", "depends_on", "agency"),
            link("screen", "depends_on", "times"),
            *(link("screen", "affects", f"t{n}") for n in range(3)),
            link("times", "affects", "t0"),
            link("screen", "causes", "pain0"),
            link("screen", "causes", "pain1"),
            link("screen", "causes", "old"),
            link("clean", "causes", "pain0", is_proposed=True),
        ]
    )


def many(n: int, n_links: int) -> Document:
    """Return a COPIS of *n* elements in five columns with chance links."""
    chance = random.Random(n)
    entries: list[Entry] = []
    for at in range(n):
        text = f"{LONG[: chance.randint(8, 70)]} {at}"
        rank = f"{at:04d}V"
        entries.append(element(f"e{at}", ROLES[at % 5], text, rank=rank))
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < n_links:
        one, other = sorted(chance.sample(range(n), 2))
        if one // 5 + 2 >= other // 5:
            pairs.add((one, other))
    links = [link(f"e{a}", "depends_on", f"e{b}") for a, b in sorted(pairs)]
    return Document([*entries, *links])


def words(picture: str) -> str:
    """Return all words that are drawn, in order."""
    return " ".join(one.text or "" for one in ET.fromstring(picture).iter(f"{SVG}text"))


def test_weight_is_the_touchpoints_of_both_and_red_what_causes_pain() -> None:
    """A line hurts if pain points come from what is needed."""
    lines = {(one.source, one.target): one for one in copis_flow(airport()).lines}

    assert 3 == lines["gate", "screen"].weight
    assert 1 == lines["screen", "times"].weight
    assert [True, False] == [
        lines["gate", "screen"].hurts,
        lines["screen", "times"].hurts,
    ]


def test_resolved_pain_and_links_nobody_took_do_not_count() -> None:
    """The red dot says what is open and was said by a person."""
    boxes = copis_flow(airport()).boxes

    assert [2, 0] == [boxes["screen"].n_pains, boxes["clean"].n_pains]


def test_line_that_passes_a_column_has_a_slot_there() -> None:
    """So that it runs between the boxes, not behind one."""
    flow = copis_flow(airport())
    far = next(one for one in flow.lines if one.target == "agency")

    assert ("gate", f"{far.id}@2", f"{far.id}@3", "agency") == flow.way(far)
    assert f"{far.id}@3" in flow.columns[3][1]


@pytest.mark.parametrize("copis", COPIS)
def test_columns_follow_the_definition_and_nothing_is_lost(copis: str) -> None:
    """What has no column stands in the tray by its name."""
    document = airport()
    flow = copis_flow(document, definition=copis)  # type: ignore[arg-type]
    drawn = words(copis_picture(document, definition=copis))  # type: ignore[arg-type]
    here = [n for _, names in flow.columns for n in names if n in flow.boxes]

    assert tuple(COPIS[copis].columns) == tuple(role for role, _ in flow.columns)
    assert {one.id for one in document.of(CopisElement)} == {*here, *flow.tray}
    assert COPIS[copis].glossary.split(",")[0] in drawn
    assert COPIS[copis].label.split(",")[0] in drawn
    assert ("crm" in flow.tray) == (
        "CRM" in drawn and "systems" not in dict(flow.columns)
    )


def test_part_most_hit_is_named_with_its_count() -> None:
    """The title is the finding."""
    said = "“Check & screen” is hit most: 2 pain points come from it"

    assert said == copis_finding(copis_flow(airport()))
    assert said in words(copis_picture(airport()))
    assert said not in words(copis_picture(airport(), has_title=False))


def test_marks_are_drawn_and_stand_in_the_key() -> None:
    """Only what occurs is in the key."""
    drawn = words(copis_picture(airport()))

    assert "bottleneck" in drawn
    assert "could be automated" in drawn
    assert "Unnecessary" not in drawn


def test_proposed_is_dashed() -> None:
    """What nobody took looks different from what stands."""
    proposed = Document([element("crm", "process", is_proposed=True)])
    dashed = [
        one
        for one in ET.fromstring(copis_picture(proposed)).iter(f"{SVG}path")
        if "stroke-dasharray" in one.attrib
    ]

    assert dashed
    assert "Proposed, not taken yet" in words(copis_picture(proposed))


def test_foot_says_when_it_is_looked_at_again() -> None:
    """On the day of the map's next review."""
    case = Case(id="case", title="Airport", review_date="2027-03-01")
    entries = [one for one in airport() if one.id != "case"]
    drawn = words(copis_picture(Document([case, *entries])))

    assert "looked at again with the map on" in drawn
    assert "2027" in drawn


def test_empty_diagram_says_where_to_begin() -> None:
    """With the definition that is in use."""
    drawn = words(copis_picture(Document()))

    assert "Begin with your customers" in drawn
    assert "Six Sigma" in drawn


def test_same_document_gives_the_same_picture() -> None:
    """Wherever and whenever it is drawn."""
    assert copis_picture(many(60, 120)) == copis_picture(many(60, 120))


def test_order_has_no_more_crossings_than_it_needs() -> None:
    """A ladder drawn crosswise is put straight."""
    left, right = list("abcdef"), list("uvwxyz")
    pairs = zip(left, reversed(right), strict=True)
    segments = [(0, one, other) for one, other in pairs]

    assert [left, right[::-1]] == least_crossings([left, right], segments)


def test_places_keep_their_order_and_do_not_overlap() -> None:
    """Whatever each would wish."""
    columns = [["a", "b", "c"], ["d", "e", "f"]]
    segments = [(0, "a", "f"), (0, "b", "e"), (0, "c", "d")]
    heights = {name: 10.0 + at for at, name in enumerate("abcdef")}
    tops, total = near_places(columns, segments, heights, 4)

    for column in columns:
        for one, below in pairwise(column):
            assert tops[one] + heights[one] + 4 <= tops[below] + 1e-6
        assert tops[column[0]] >= 0
        assert tops[column[-1]] + heights[column[-1]] <= total + 1e-6


@pytest.mark.parametrize(("n", "n_links"), [(10, 9), (60, 120), (200, 240)])
def test_no_text_lies_on_another_and_all_is_inside(n: int, n_links: int) -> None:
    """With few, many and very many elements, on a page and on paper."""
    document = many(n, n_links)
    for picture in (copis_picture(document), *copis_pictures(document)):
        drawn = ET.fromstring(picture)
        width, height = (float(drawn.attrib[key]) for key in ("width", "height"))
        boxes = []
        for one in drawn.iter(f"{SVG}text"):
            if (
                one.text is None
                or one.text.startswith("+")
                or "aria-hidden" in one.attrib
            ):
                continue
            size = float(one.attrib["font-size"])
            wide = text_width(one.text, size) * 0.85
            x, y = float(one.attrib["x"]), float(one.attrib["y"])
            shift = {"end": wide, "middle": wide / 2}
            x -= shift.get(one.attrib.get("text-anchor", ""), 0)
            boxes.append((x, y - size * 0.7, x + wide, y))
        for x, y, x2, y2 in boxes:
            assert x >= -1
            assert y >= 0
            assert x2 <= width + 1
            assert y2 <= height
        assert not [
            1
            for a, b in combinations(boxes, 2)
            if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        ]


@pytest.mark.parametrize("paper", SHEETS)
def test_pages_fit_their_paper_and_hold_everything(paper: str) -> None:
    """Each element stands on one of them, and none is taller than the sheet."""
    document = many(200, 240)
    pages = copis_pictures(document, paper=paper)
    heights = [float(ET.fromstring(one).attrib["height"]) for one in pages]
    whole = " ".join(words(one) for one in pages)

    assert max(heights) <= SHEETS[paper][1]
    assert all(one.text.split(" ")[0] in whole for one in document.of(CopisElement))
    assert "another part" in whole


def test_paper_that_is_not_known_is_refused() -> None:
    """With those that are."""
    with pytest.raises(UnknownNameError):
        copis_pictures(airport(), paper="A7")
    with pytest.raises(UnknownNameError):
        copis_flow(airport(), definition="nine")  # type: ignore[arg-type]


def test_twin_says_what_the_picture_shows() -> None:
    """One row an element, whole names, in the order drawn."""
    twin = copis_picture_data(airport()).set_index("element")

    assert 6 == len(twin)
    assert ["Process", 3, 2] == list(
        twin.loc["Check & screen", ["column", "touchpoints", "pain_points"]]
    )
    assert "Waiting times" == twin.loc["Check & screen", "needs"]
    assert LONG in twin.index
    assert "" == twin.loc["CRM", "column"]


@given(documents())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_workshop_can_be_drawn(document: Document) -> None:
    """Whatever people wrote; shapes and text only."""
    for picture in (copis_picture(document), *copis_pictures(document)):
        assert checked_svg(picture)
    assert len(document.of(CopisElement)) == len(copis_picture_data(document))


@given(documents())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_boxes_of_a_column_never_overlap(document: Document) -> None:
    """In the order of the flow, slots among them."""
    flow = copis_flow(document)
    columns = [names for _, names in flow.columns]
    heights = {name: 20.0 for column in columns for name in column}
    tops, _ = near_places(columns, flow.segments, heights, 0)

    assert all(
        tops[one] + 20 <= tops[below] + 1e-6
        for column in columns
        for one, below in pairwise(column)
    )
