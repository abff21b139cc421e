"""The table from objective to effect, and its breaks."""

from __future__ import annotations

import pytest
from clean_case import changed, clean_case, without
from hypothesis import HealthCheck, given, settings
from sample_entries import documents

from journeykit.check.traceability import TraceRow, breaks, traceability
from journeykit.model import Document

WHOLE = TraceRow("easy", "ces", "amy", "sign", "lost", "push", "build", "ces")


def chosen_case() -> Document:
    """Return the clean case with its opportunity chosen."""
    return changed(clean_case(), "push", is_chosen=True)


def test_whole_chain_is_one_row() -> None:
    """Every column is filled and nothing is broken."""
    assert (WHOLE,) == traceability(chosen_case())
    assert () == breaks(chosen_case())


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("easy-measured_by-ces", {("easy", "KPI"), ("ces", "objective")}),
        (
            "push-answers-lost",
            {("push", "pain point or unmet need"), ("lost", "opportunity or action")},
        ),
        (
            "build-answers-push",
            {("push", "action"), ("build", "pain point or opportunity")},
        ),
        ("call-supports-lost", set()),
        ("b-app-reaches-app", set()),
        ("p-2-causes-lost", set()),
    ],
)
def test_deleted_link_breaks_each_end_that_needs_it(
    link: str, expected: set[tuple[str, str]]
) -> None:
    """A row for each end whose required relation became empty, and none otherwise."""
    broken = without(chosen_case(), link)

    assert expected == {(one.entry, one.lacks) for one in breaks(broken)}


def test_second_link_saves_the_first() -> None:
    """While one is left, no relation is empty."""
    more = changed(chosen_case(), "k2", kind="kpi", name="NPS", target=40)
    link = {"kind": "link", "relation": "measured_by"}
    more = changed(more, "l2", source="easy", target="k2", **link)
    broken = without(more, "l2")

    assert () == breaks(more)
    assert {("k2", "objective")} == {(one.entry, one.lacks) for one in breaks(broken)}


def test_resolved_and_dropped_need_nothing() -> None:
    """What is over is not asked for."""
    over = changed(chosen_case(), "lost", status="resolved", persona=None)
    over = changed(over, "build", status="dropped", kpi=None)

    assert () == breaks(over)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_nothing_is_missing_from_the_table(document: Document) -> None:
    """Every pain point, opportunity, action, objective and KPI stands in a row."""
    rows = traceability(document)
    breaks(document)
    columns = {
        "objective": "objective",
        "kpi": "kpi",
        "pain_point": "pain_point",
        "opportunity": "opportunity",
        "action": "action",
    }
    for kind, column in columns.items():
        there = {one.id for one in document if one.kind == kind}

        assert there == {getattr(row, column) for row in rows} - {None}
