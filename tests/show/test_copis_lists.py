"""COPIS around its board: switching loses nothing, and it says what hurts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from clean_case import TODAY, changed, clean_case
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_entries import documents

import journeykit
from journeykit.check.copis_reading import (
    copis_information,
    copis_sentences,
    copis_served,
    copis_strategies,
    copis_titles,
)
from journeykit.check.rules import findings
from journeykit.errors import UnknownNameError
from journeykit.layout.catalogue import layout_named
from journeykit.layout.copis_flow import copis_flow
from journeykit.model import CopisElement, Document, apply
from journeykit.model.edits import add, change
from journeykit.show.copis_lists import (
    definition_tree,
    flow_tree,
    information_tree,
    served_tree,
    strategies_tree,
)
from journeykit.show.guide_acts import act
from journeykit.show.guide_tree import as_html
from journeykit.vocabulary import COPIS
from journeykit.workshop import Workshop

TREES = (definition_tree, flow_tree, strategies_tree, information_tree, served_tree)


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Yield a workshop with a system, which three definitions have no column for."""
    with journeykit.new(None) as workshop:
        crm = CopisElement(id="crm", role="systems", text="CRM")
        workshop.store.write([add(crm)])
        yield workshop


def told() -> Document:
    """Return a case in which one process hurts, has a strategy, and needs numbers."""
    case = changed(clean_case(), "p-2", strategy="Say so", response="reactive")
    case = changed(case, "p-2", owner="lea", is_bottleneck=True)
    case = changed(case, "p-1", is_unnecessary=True)
    case = changed(case, "s-shop", is_automation_candidate=True)
    numbers = {"kind": "copis_element", "role": "information", "text": "Numbers"}
    case = changed(case, "numbers", **numbers, gathered_at="Till", used_for="Staff")
    needs = {"kind": "link", "relation": "depends_on"}
    case = changed(case, "needs", **needs, source="p-2", target="numbers")
    return changed(case, "from", **needs, source="numbers", target="s-shop")


def switched(document: Document, name: str) -> Document:
    """Return the document under another definition, by the edit of the switch."""
    case = document.case
    assert case is not None
    return apply(document, [change(document, case.id, {"copis": name})])


@given(documents(), st.permutations(list(COPIS)))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_switching_through_all_and_back_changes_nothing(
    document: Document, order: list[str]
) -> None:
    """Whatever stands in it, in whatever order; each diagram holds every element."""
    if document.case is None:
        return
    there = document
    everything = {one.id for one in document.of(CopisElement)}
    for name in order:
        there = switched(there, name)
        board = layout_named(there, "copis")
        flow = copis_flow(there)

        assert everything == set(flow.boxes)
        assert everything <= {card.entry for zone in board.zones for card in zone.cards}
    back = switched(there, document.case.copis)

    assert document == back


@pytest.mark.parametrize("name", COPIS)
def test_rules_ask_for_no_role_that_a_definition_lacks(name: str) -> None:
    """Elements that wait in the tray break no rule."""
    case = clean_case(name)
    columns = next(one.columns for key, one in COPIS.items() if key == name)
    found = [
        case.get(one.entry) for one in findings(case, TODAY) if one.rule.startswith("C")
    ]

    assert not [
        one
        for one in found
        if isinstance(one, CopisElement) and one.role not in columns
    ]


def test_switch_says_what_waits_and_is_undone(work: Workshop) -> None:
    """One click, one step; the tray names what waits."""
    said = act(work, "copis:operations")
    under = str(definition_tree(work.document()))
    act(work, "copis:classic")
    waiting = str(definition_tree(work.document()))
    work.undo()

    assert "In use now: Customers, Operations" in said
    assert "Nothing waits." in said
    assert "wait in the tray of the board" not in under
    assert "“CRM” (Systems)" in waiting
    assert "1 element waits in the tray." in waiting


def test_definition_that_is_not_there_is_refused(work: Workshop) -> None:
    """And the one in use stays."""
    with pytest.raises(UnknownNameError):
        act(work, "copis:nine")

    assert act(work, "copis:classic").startswith("In use already")


def test_sentences_name_what_hurts_and_what_is_marked() -> None:
    """Each with its number and its names."""
    said = copis_sentences(told())

    assert "“Process 2” is hit most: 1 pain point comes from it." == said[0]
    assert "1 bottleneck: “Process 2”." in said
    assert "1 step that could be left out: “Process 1”." in said
    assert "1 candidate for automation: “Web shop”." in said
    assert "1 strategy: 0 proactive, 1 reactive." in said


def test_pain_that_is_not_traced_is_named() -> None:
    """So that the team goes on looking for its cause."""
    case = changed(told(), "queue", kind="pain_point", text="The queue")

    assert "1 of 2 open pain points is not traced yet: “The queue”." in copis_sentences(
        case
    )


def test_part_that_hurts_without_a_strategy_is_said() -> None:
    """It stands in the table, with nothing in its place."""
    case = changed(told(), "p-2", strategy="")
    row = copis_strategies(case)[0]

    assert ("p-2", 1, "") == (row.element, row.n_pains, row.strategy)
    assert "None yet" in str(strategies_tree(case))
    assert "1 of 1 parts that hurt has no strategy yet" in " ".join(
        copis_sentences(case)
    )


def test_strategies_say_response_and_owner() -> None:
    """Whether it prevents or fixes, and whose it is."""
    row = copis_strategies(told())[0]

    assert ("Say so", "reactive", "Lea") == (row.strategy, row.response, row.owner)


def test_information_is_told_where_it_is_gathered_and_what_for() -> None:
    """And who needs it, and what it rests on."""
    row = copis_information(told())[0]
    shown = str(information_tree(told()))

    assert ("Till", "Staff") == (row.gathered_at, row.used_for)
    assert (("Process 2",), ("Web shop",)) == (row.needed_by, row.comes_from)
    assert "Till" in shown


def test_touchpoints_say_what_they_rest_on() -> None:
    """Proposals do not count, and what is served by nothing is said."""
    case = changed(clean_case(), "p-2-affects-sign", is_proposed=True)
    case = changed(case, "p-4-affects-sign", is_proposed=True)
    row = {one.touchpoint: one for one in copis_served(case)}

    assert ("Process 1", "Process 3", "Process 5") == row["Compare offers"].processes
    assert ((), 1) == (row["First transfer"].processes, row["First transfer"].n_pains)
    assert "1 of 2 touchpoints is served by no process yet." in str(served_tree(case))


def test_poster_is_written_beside_the_notebook(
    work: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a page to print and as a picture to put anywhere; no step of the record."""
    monkeypatch.chdir(tmp_path)
    before = work.store.number()
    said = act(work, "copis_poster")

    assert "copis_poster.pdf" in said
    assert (tmp_path / "copis_poster.pdf").read_bytes().startswith(b"%PDF")
    assert "CRM" in (tmp_path / "copis_poster.svg").read_text(encoding="utf-8")
    assert before == work.store.number()


def test_titles_follow_the_definition_in_use() -> None:
    """Roles without a column keep a name that another definition has for them."""
    titles = copis_titles(clean_case("operations"))

    assert "Operations" == titles["process"]
    assert "Supplier" == titles["supplier"]


@given(documents())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_lists_can_be_drawn_for_any_workshop(document: Document) -> None:
    """As words in a page, and as what is sent to a browser."""
    for tree in TREES:
        shown = tree(document)

        assert json.dumps(shown)
        assert as_html(shown)
