"""COPIS as parts of a page."""

from __future__ import annotations

import pytest
from clean_case import changed, clean_case
from hypothesis import HealthCheck, given, settings
from sample_entries import documents

from journeykit.model import Document
from journeykit.report.copis_page import CopisPage
from journeykit.vocabulary import COPIS


@pytest.mark.parametrize("copis", COPIS)
def test_definition_and_glossary_stand_in_the_report(copis: str) -> None:
    """Under the finding, and on the picture."""
    meaning = next(one for key, one in COPIS.items() if key == copis)
    data = CopisPage(clean_case(copis)).flow().data

    assert meaning.label in data["subtitle"]
    assert meaning.glossary in data["subtitle"]
    assert meaning.columns["process"] in data["wide"]
    assert data["printed"]


def test_report_says_what_hurts_and_what_is_done() -> None:
    """Sentences, strategies and information as parts that can be drawn."""
    case = changed(clean_case(), "p-2", strategy="Say so & mend")
    numbers = {"kind": "copis_element", "role": "information", "text": "Numbers"}
    page = CopisPage(changed(case, "numbers", **numbers, used_for="Staff"))

    assert "“Process 2” is hit most" in page.flow().__html__()
    assert "1 strategy" in page.sentences().__html__()
    assert "Say so &amp; mend" in page.strategies().__html__()
    assert "not said yet" in page.information().__html__()


def test_part_without_a_strategy_is_counted() -> None:
    """In the title of the table."""
    shown = CopisPage(clean_case()).strategies().__html__()

    assert "1 of the parts that hurt has no strategy yet" in shown


def test_empty_copis_says_where_it_is_filled() -> None:
    """Once; the other parts leave no trace."""
    page = CopisPage(Document())

    assert "step 10" in page.flow().__html__()
    for part in (page.sentences(), page.strategies(), page.information()):
        assert "" == part.__html__().strip()


@given(documents())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_workshop_has_its_parts(document: Document) -> None:
    """Whatever people wrote."""
    page = CopisPage(document)

    for part in (page.flow, page.sentences, page.strategies, page.information):
        assert "<script" not in part().__html__()
