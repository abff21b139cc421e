"""The COPIS report: its definition, where pain comes from, what rests on what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from clean_case import changed, clean_case, without

from journeykit.model import Document
from journeykit.report.copis_report import CopisReport
from journeykit.report.part import Part
from journeykit.store import open_store
from journeykit.vocabulary import COPIS
from journeykit.workshop import Workshop


@contextmanager
def opened(document: Document) -> Iterator[CopisReport]:
    """Open the report on a document."""
    with Workshop(open_store(None)) as work:
        work.add_all(document)
        yield CopisReport(work)


def rows_of(part: Part) -> list[list[str]]:
    """Return the rows of a table as they are shown."""
    rows: list[list[str]] = part.data["rows"]
    return rows


@pytest.mark.parametrize("copis", COPIS)
def test_definition_in_use_is_printed(copis: str) -> None:
    """Its name, its glossary, its columns in order."""
    meaning = next(one for key, one in COPIS.items() if key == copis)
    with opened(clean_case(copis)) as report:
        part = report.definition()
        terms = report.definitions().data["terms"]

    assert meaning.label in part.data["title"]
    assert meaning.glossary == part.data["subtitle"]
    assert list(meaning.columns.values()) == [one[0] for one in rows_of(part)]
    assert meaning.label == terms[0][0]


def test_element_without_a_column_is_named_and_kept() -> None:
    """The classic definition has no systems."""
    with opened(clean_case("classic")) as report:
        part = report.definition()

    assert "kept: “Web shop”." in part.data["source"]


def test_pain_is_traced_to_the_part_that_causes_it() -> None:
    """What is not traced yet is counted, worst first."""
    worse = {"text": "No answer", "touchpoint": "sign", "severity": 5, "frequency": 5}
    case = changed(clean_case(), "mute", kind="pain_point", **worse)
    with opened(case) as report:
        part, found = report.pains(), report.found().data["sentences"]

    assert "1 open pain point is not traced to COPIS yet" == part.data["title"]
    assert ["25", "No answer", "First transfer", "not traced yet"] == rows_of(part)[0][
        :4
    ]
    assert "Process 2 (Operations)" == rows_of(part)[1][3]
    assert "1 of 2" == found[0][0]
    assert "Hit most, with 1 pain point: “Process 2”." in found[0][1]


def test_resolved_pain_does_not_count() -> None:
    """Only what is open needs a cause."""
    with opened(changed(clean_case(), "lost", status="resolved")) as report:
        part = report.pains()

    assert "No pain point is open" in part.data["text"]


def test_links_that_lead_to_pain_come_first() -> None:
    """With the touchpoints that they bear on."""
    wants = {"kind": "link", "relation": "depends_on"}
    case = changed(clean_case(), "l1", **wants, source="p-1", target="s-shop")
    case = changed(case, "l2", **wants, source="c-amy", target="p-2")
    with opened(case) as report:
        part = report.links()

    assert "1 of 2 links lead to something that causes pain" == part.data["title"]
    assert ["Amy", "Customers", "Process 2", "Operations", "1", "1"] == rows_of(part)[0]


def test_touchpoint_that_no_process_serves_is_counted() -> None:
    """And named in the opening."""
    serving = [f"p-{n}-affects-sign" for n in (2, 4)]
    with opened(without(clean_case(), *serving)) as report:
        part, found = report.served(), report.found().data["sentences"]

    assert "1 touchpoint is served by no process yet" == part.data["title"]
    assert "none yet" in rows_of(part)[1]
    assert "None stands behind “First transfer”." in found[-1][1]


def test_systems_and_what_is_marked_stand_in_one_table() -> None:
    """With what it is marked as."""
    case = changed(clean_case(), "p-1", is_bottleneck=True)
    case = changed(case, "p-3", is_automation_candidate=True, is_unnecessary=True)
    with opened(case) as report:
        part = report.candidates()

    assert (
        "1 marked as bottleneck, 1 to automate, 1 to leave out" == (part.data["title"])
    )
    assert [
        ("Process 1", "Bottleneck"),
        ("Process 3", "Could be automated and Could be left out"),
        ("Web shop", "—"),
    ] == [(one[0], one[2]) for one in rows_of(part)]


def test_clean_case_has_nothing_missing() -> None:
    """The rules find nothing, and the day of the review is said."""
    with opened(clean_case()) as report:
        missing, review = report.missing(), report.review()

    assert "no rule finds anything" in missing.data["texts"][0]
    assert "Ida sees to it." in review.data["texts"][0]


def test_only_rules_on_copis_are_asked() -> None:
    """What the rest of the check finds stands in the journey report."""
    with opened(
        changed(without(clean_case(), "p-2-causes-lost"), "case", owner=None)
    ) as report:
        part = report.missing()

    assert {"C5"} == {one[-1] for one in rows_of(part)}
    assert "C1, C2, C3, C4 and C5" in part.data["source"]


def test_review_without_a_day_says_where_to_write_it() -> None:
    """Or that nobody sees to it."""
    with opened(changed(clean_case(), "case", review_date=None)) as report:
        assert "step 10" in report.review().data["texts"][0]
    with opened(changed(clean_case(), "case", owner=None)) as report:
        assert "no owner yet" in report.review().data["texts"][0]
