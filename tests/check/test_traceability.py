"""The table from objective to effect, and its breaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from clean_case import TODAY, changed, clean_case, without
from hypothesis import HealthCheck, given, settings
from sample_entries import documents

from journeykit.check.traceability import TraceRow, breaks, traceability
from journeykit.exchange.starters import starter
from journeykit.model import (
    Action,
    Document,
    Link,
    Objective,
    Opportunity,
    PainPoint,
)

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


def losing(document: Document, link: Link) -> set[tuple[str, str]]:
    """Return the ends of a link that have nothing else, each with what it needs.

    Written down from the domain's words, apart from the code under test.
    """
    others = [one for one in document.of(Link) if one.id != link.id]
    others = [one for one in others if not one.is_proposed]

    def left(relation: str, **ends: str) -> list[Link]:
        return [
            one
            for one in others
            if one.relation == relation
            and all(getattr(one, end) == name for end, name in ends.items())
        ]

    source, target = document[link.source], document[link.target]
    lost = set()
    if link.relation == "measured_by":
        if isinstance(source, Objective):
            if not left("measured_by", source=source.id):
                lost.add((source.id, "KPI"))
            goals = [
                document[one.source] for one in left("measured_by", target=target.id)
            ]
            if not any(isinstance(one, Objective) for one in goals):
                lost.add((target.id, "objective"))
        has_kpi = getattr(source, "kpi", None) or left("measured_by", source=source.id)
        if isinstance(source, Action) and source.status != "dropped" and not has_kpi:
            lost.add((source.id, "KPI"))
    if link.relation == "answers":
        has_answer = left("answers", target=target.id)
        is_open = isinstance(target, PainPoint) and target.status != "resolved"
        if is_open and not has_answer:
            lost.add((target.id, "opportunity or action"))
        if isinstance(target, Opportunity) and target.is_chosen:
            acts = [document[one.source] for one in left("answers", target=target.id)]
            if isinstance(source, Action) and not any(
                isinstance(one, Action) for one in acts
            ):
                lost.add((target.id, "action"))
        has_more = left("answers", source=source.id)
        if isinstance(source, Opportunity) and not source.unmet_need and not has_more:
            lost.add((source.id, "pain point or unmet need"))
        if isinstance(source, Action) and source.status != "dropped" and not has_more:
            lost.add((source.id, "pain point or opportunity"))
    for relation, lacks in (("felt_by", "persona"), ("pain_at", "touchpoint")):
        is_in_field = getattr(source, lacks, None) is not None
        is_last = not is_in_field and not left(relation, source=source.id)
        if link.relation == relation and isinstance(source, PainPoint) and is_last:
            lost.add((source.id, lacks))
    return lost


def the_airport() -> Document:
    """Return the airport as it is made today."""
    return starter("airport", TODAY).document


@pytest.mark.parametrize("made", [chosen_case, the_airport])
def test_each_deleted_link_breaks_the_ends_that_lose_all(
    made: Callable[[], Document],
) -> None:
    """Of every link there is: a row for each end left empty, and none otherwise."""
    document = made()
    before = breaks(document)
    broken = 0

    for link in document.of(Link):
        after = breaks(without(document, link.id))
        added = set(after) - set(before)
        expected = losing(document, link)
        broken += len(expected)

        assert set(before) <= set(after)
        assert expected == {(one.entry, one.lacks) for one in added}
        assert len(after) == len(before) + len(expected)
    assert broken >= 6
