"""The check and traceability as parts of a report."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from clean_case import TODAY, changed, clean_case, without
from planted_faults import FAULTS

from journeykit.check.rules import RULES
from journeykit.model import Case, Document
from journeykit.report.check_page import CheckPage
from journeykit.store import open_store
from journeykit.workshop import Workshop

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


def page(document: Document) -> CheckPage:
    """Return the page of a workshop with these entries."""
    work = Workshop(open_store(None, now=lambda: NOON))
    work.add_all(document)
    return CheckPage(work, TODAY)


def cells(part: Any) -> list[list[str]]:
    """Return the cells of a table."""
    return [[str(one) for one in row] for row in part.data["rows"]]


def test_clean_case_is_said_to_be_clean() -> None:
    """Sentences stand where tables would be empty."""
    clean = page(clean_case())

    assert "The check found nothing" in clean.findings().data["text"]
    assert "No rule was switched off." == clean.switched_off().data["text"]
    assert "Nothing breaks off." == clean.breaks().data["text"]
    assert "1 of 1 pain point leads" in clean.traceability().data["title"]


def test_findings_are_listed_worst_first_with_their_next_step() -> None:
    """The next step stands once a rule."""
    broken = FAULTS["C1"][0](FAULTS["A1"][0](clean_case()))
    part = page(broken).findings()
    rows = cells(part)

    assert "1 error, 2 warnings, no hints" == part.data["title"]
    assert ["A1", "C1", "C1"] == [row[3] for row in rows]
    assert [f"{RULES['A1'].next_step}.", f"{RULES['C1'].next_step}.", ""] == [
        row[1] for row in rows
    ]


def test_many_of_one_rule_are_counted() -> None:
    """A report lists six of a kind at most."""
    document = clean_case()
    for n in range(9):
        values = {"kind": "touchpoint", "stage": "use", "name": f"Touch {n}"}
        document = changed(document, f"t-{n}", **values)
    rows = [row for row in cells(page(document).findings()) if row[3] == "M1"]

    assert 6 == len(rows)
    assert "And 4 more like these" == rows[-1][0]


def test_switched_off_rules_are_printed_with_their_reasons() -> None:
    """Nobody can hide one by switching it off."""
    off = {"kind": "rule_off", "rule": "M6", "reason": "Only the purchase is mapped"}
    part = page(changed(FAULTS["M6"][0](clean_case()), "off", **off)).switched_off()

    assert "1 rule was switched off" == part.data["title"]
    assert [[RULES["M6"].text, "Only the purchase is mapped", "M6"]] == cells(part)


def test_breaks_are_numbered_as_in_the_picture() -> None:
    """The table beside the picture says what each number means."""
    broken = page(without(clean_case(), "push-answers-lost"))
    part = broken.breaks()

    assert "2 places where the story breaks off" == part.data["title"]
    assert part.data["is_ranked"]
    assert ["The code never comes", "Send the code by push"] == [
        row[0] for row in cells(part)
    ]
    assert 2 == len(broken.traceability().data["printed"])


def test_empty_workshop_has_nothing_to_trace() -> None:
    """And says so."""
    traced = page(Document([Case(id="case", title="Bank")])).traceability()

    assert traced.data["text"].startswith("There is nothing to trace yet: it takes")
