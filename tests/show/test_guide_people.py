"""Departments and people beside a board: answers, sign-off, and whom to thank."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import journeykit
from journeykit.check.contributions import PARTS
from journeykit.check.departments import owed_replies
from journeykit.errors import UnknownNameError
from journeykit.model import (
    DepartmentAnswer,
    DepartmentSignOff,
    Document,
    PainPoint,
    Stakeholder,
    Touchpoint,
)
from journeykit.model.kinds import KINDS
from journeykit.show.guide_acts import act
from journeykit.show.guide_people import (
    answers_tree,
    contributions_of,
    contributions_tree,
    sign_offs_tree,
)
from journeykit.store import forget_author
from journeykit.store.authors import author_id
from journeykit.workshop import Workshop


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Return a small workshop in memory, which Ann made."""
    with journeykit.new(None, author="Ann") as workshop:
        yield workshop


def texts(tree: Any) -> str:
    """Return all texts of a tree."""
    return tree if isinstance(tree, str) else " ".join(texts(one) for one in tree[2:])


def rows(tree: Any) -> list[list[str]]:
    """Return the texts of the cells of all tables, row by row."""
    if isinstance(tree, str):
        return []
    if tree[0] == "tr":
        return [[texts(cell) for cell in tree[2:]]]
    return [row for one in tree[2:] for row in rows(one)]


def answered(*departments: str) -> Document:
    """Return two pain points; the first was sent to these, and IT answered twice."""
    return Document(
        [
            PainPoint(id="queue", text="Queue", departments=departments),
            PainPoint(id="dirt", text="Dirt"),
            DepartmentAnswer(
                id="late",
                pain_point="queue",
                department=" it",
                answer="We show times.",
                agreement="in_part",
                until=date(2026, 5, 1),
                day=date(2026, 3, 2),
            ),
            DepartmentAnswer(
                id="soon",
                pain_point="queue",
                department="IT",
                answer="Not ours.",
                agreement="disagrees",
                day=date(2026, 3, 1),
            ),
        ]
    )


def test_each_department_stands_with_its_latest_answer() -> None:
    """Whoever owes one is named, however the department is spelt."""
    document = answered("Sales", "IT")
    tree = answers_tree(document)

    assert ["Sales"] == [one.department for one in owed_replies(document)]
    assert "1 answer is still owed:  Sales (1)." in texts(tree)
    assert ["Pain point", "Sales", "IT"] == rows(tree)[0]
    assert ["Queue", "No answer yet"] == rows(tree)[1][:2]
    assert "In part, until 1 May 2026 We show times." == rows(tree)[1][2]


def test_many_departments_stand_below_each_other() -> None:
    """A table of ten columns cannot be read."""
    tree = answers_tree(answered("A", "B", "C", "D", "IT"))

    assert ["Pain point", "Department", "What it says"] == rows(tree)[0]
    assert ["Queue", "A", "No answer yet"] == rows(tree)[1]
    assert ["", "B", "No answer yet"] == rows(tree)[2]


def test_all_answered_and_none_asked_are_said() -> None:
    """An answer that nobody asked for stands there, too."""
    assert "Every department that was asked has answered." in texts(
        answers_tree(answered())
    )
    assert "No pain point has been sent to a department yet." in texts(
        answers_tree(Document())
    )


def test_pain_point_is_sent_to_those_behind_it(work: Workshop) -> None:
    """By a click, to the departments of its touchpoint and of who owns it."""
    owner = work.add("stakeholder", name="Bo", department="Sales")
    stage = work.entries("stage")[0]
    place = work.add("touchpoint", name="Desk", stage=stage.id, department="Service")
    pain = work.add("pain_point", text="Q", touchpoint=place.id, owner=owner.id)
    lost = work.add("pain_point", text="Lost")
    offered = texts(answers_tree(work.document()))
    said = act(work, f"route:{pain.id}")

    assert "Service, Sales" in offered
    assert "“Q” now waits for one answer each: Service and Sales." == said
    assert ("Service", "Sales") == work[pain.id].departments
    assert "Service (1) and Sales (1)" in texts(answers_tree(work.document()))
    assert "Nobody knows yet whose it is" in act(work, f"route:{lost.id}")
    assert "Only a pain point" in act(work, f"route:{owner.id}")
    assert isinstance(place, Touchpoint)


def test_each_department_signs_or_dissents_with_its_reason() -> None:
    """Its latest word counts; who owes one stands first."""
    document = Document(
        [
            Stakeholder(id="a", name="Ann", department="Sales"),
            Stakeholder(id="b", name="Bo", department="IT"),
            Stakeholder(id="c", name="Cy", department="Law", is_on_team=False),
            DepartmentSignOff(
                id="x", department="IT", agreement="agrees", day=date(2026, 3, 1)
            ),
            DepartmentSignOff(
                id="y",
                department="it",
                agreement="dissents",
                reason="Too dear",
                signed_by="b",
                day=date(2026, 3, 2),
            ),
        ]
    )
    tree = sign_offs_tree(document)

    assert "2 departments: 1 does not agree, 1 has not said yet." in texts(tree)
    assert ["Sales", "Not yet", "It agrees", "", ""] == rows(tree)[1]
    assert ["IT", "Does not agree", "Too dear", "Bo", "2 Mar 2026"] == rows(tree)[2]
    assert 3 == len(rows(tree))
    assert "No department is on the team yet" in texts(sign_offs_tree(Document()))


def test_department_agrees_by_a_click(work: Workshop) -> None:
    """A dissent needs a reason, so it has no button; nobody signs twice."""
    work.add("stakeholder", name="Bo", department="Sales")
    said = act(work, "agrees:Sales")
    made = work.entries("department_sign_off")[0]

    assert "Sales agrees with the map." in said
    assert ("Sales", "agrees") == (made.department, made.agreement)
    assert work.store.now().astimezone().date() == made.day
    with pytest.raises(UnknownNameError):
        act(work, "agrees:Sales")
    work.undo()
    assert () == work.entries("department_sign_off")


def test_people_are_thanked_by_name_for_what_stands(work: Workshop) -> None:
    """What came with the starter or was taken out again is nobody's."""
    ann, bo = work.author, author_id(work.store, "Bo")
    work.add("stakeholder", name="bo", department="IT")
    pain = work.add("pain_point", text="Queue")
    work.remove(work.add("pain_point", text="Gone"))
    work.author = bo
    work.change(pain.id, severity=4)
    work.add(
        "individual_score", subject=pain.id, scale="severity", value=4, participant=bo
    )
    work.add("comment", text="Yes")
    work.author = ann
    given = contributions_of(work, work.document())
    tree = contributions_tree(given)

    assert ["Ann", "Bo"] == [one.name for one in given]
    assert {"plan": 1, "pain": 1} == given[0].added
    assert {"scores": 1, "comments": 1} == given[1].added
    assert [("", 0, 2), ("IT", 1, 3)] == [
        (one.department, one.n_changed, one.n) for one in given
    ]
    assert "Thank you, Ann and Bo." in texts(tree)
    assert ["Bo", "IT", "–", "1", "1", "–", "1"] == rows(tree)[2]


def test_erased_name_is_not_shown(work: Workshop) -> None:
    """The work stays and is counted with that of others who gave no name."""
    bo = author_id(work.store, "Bo")
    assert bo is not None
    work.author = bo
    work.add("pain_point", text="Queue")
    work.author = author_id(work.store, "Cy")
    work.add("pain_point", text="Dirt")
    forget_author(work.store, bo)
    given = contributions_of(work, work.document())
    said = texts(contributions_tree(given))

    assert ["Cy", ""] == [one.name for one in given]
    assert {"pain": 1} == given[1].added
    assert "Bo" not in said
    assert "Without a name" in said
    assert "Nothing was added yet." in texts(contributions_tree(()))


def test_nothing_of_a_starter_is_somebodys_work() -> None:
    """Neither its entries nor the data that it brought."""
    with journeykit.new(None, starter="airport", author="Ann") as work:
        assert () == contributions_of(work, work.document())


def test_every_kind_has_its_part() -> None:
    """Links, the case and rules that were switched off are no contributions."""
    known = {kind for _, kinds in PARTS.values() for kind in kinds}

    assert known <= set(KINDS)
    assert {"link", "case", "rule_off", "code_book"} >= set(KINDS) - known
