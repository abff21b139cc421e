"""The picture of traceability: everything of the table, every break with its number."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from clean_case import clean_case, without
from sample_entries import one_of_each_kind
from traced_case import traced_case

import journeykit
from journeykit.check.traceability import COLUMNS, breaks, traceability
from journeykit.errors import UnknownNameError
from journeykit.model import Document
from journeykit.show.guide_trace import trace_tree
from journeykit.show.guide_tree import as_html
from journeykit.show.traceability_picture import (
    traceability_picture,
    traceability_pictures,
)
from journeykit.show.traceability_words import (
    breaks_data,
    trace_finding,
    traceability_data,
)

SVG = "{http://www.w3.org/2000/svg}"


def texts(picture: str) -> list[str]:
    """Return what is written in a picture."""
    return [one.text or "" for one in ET.fromstring(picture).iter(f"{SVG}text")]


def test_picture_and_table_say_the_same() -> None:
    """Each name of the table stands in the picture, under the head of its column."""
    document = clean_case()
    written = " ".join(texts(traceability_picture(document)))
    table = traceability_data(document)

    assert list(COLUMNS) == list(table.columns)
    assert len(traceability(document)) == len(table)
    assert [] == [label for label in COLUMNS.values() if label not in written]
    assert [] == [one for one in set(table.to_numpy().flat) if one not in written]
    assert "1 of 1 pain point leads to an action that moves a KPI; no break" == (
        trace_finding(document)
    )


def test_break_has_the_number_of_its_sentence() -> None:
    """The badge in the picture leads to the row of the list."""
    broken = without(clean_case(), "push-answers-lost", "build-answers-push")
    table = breaks_data(broken)
    written = texts(traceability_picture(broken))

    assert [one.text for one in breaks(broken)] == table["text"].to_list()
    assert {str(n) for n in table["number"]} <= set(written)
    assert "3 breaks" in trace_finding(broken)


@pytest.mark.parametrize("n", [20, 100, 300])
def test_picture_grows_and_is_cut_into_pages(n: int) -> None:
    """No page is higher than its paper, and together they show every name."""
    document = traced_case(n)
    pages = traceability_pictures(document)
    sizes = [ET.fromstring(page).attrib for page in pages]
    small = [
        float(one.attrib["font-size"])
        for page in pages
        for one in ET.fromstring(page).iter(f"{SVG}text")
    ]

    assert {"1036"} == {one["width"] for one in sizes}
    assert all(float(one["height"]) <= 680 for one in sizes)
    assert 12.8 <= min(small)
    assert (n > 20) == (len(pages) > 1)


def test_nothing_to_trace_says_where_to_begin() -> None:
    """An empty workshop has no empty frame."""
    assert "Nothing to trace yet." in " ".join(texts(traceability_picture(Document())))
    assert traceability_data(Document()).empty
    assert "Nothing to trace yet." in as_html(trace_tree(Document()))


def test_there_is_no_other_paper() -> None:
    """The nearest is offered."""
    with pytest.raises(UnknownNameError, match="A4 landscape"):
        traceability_pictures(Document(), paper="A4 landscpe")


@pytest.mark.parametrize(
    "document", [one_of_each_kind(), traced_case(60), traced_case(300)]
)
def test_any_workshop_can_be_shown(document: Document) -> None:
    """In a notebook, without a script too, with its breaks and its table."""
    html = as_html(trace_tree(document))

    assert ("As a table" in html) == bool(traceability(document))
    assert ("Where it breaks off" in html) == bool(breaks(document))


def test_step_shows_it() -> None:
    """Capability 80: the action plan ends with where the story breaks off."""
    with journeykit.new(None, starter="web_shop") as work:
        shown = journeykit.step("action_plan", work).traceability()

        assert "pain points lead to an action" in as_html(shown.tree)
