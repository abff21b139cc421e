"""The life of a pain point, from the record and from what people noted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from journeykit.check.pain_life import PainLife, pain_lives
from journeykit.model import (
    Action,
    Document,
    Link,
    Opportunity,
    PainPoint,
    PainPointStatus,
)

TODAY = date(2026, 3, 31)


def life(
    status: str,
    changes: list[tuple[int, str]],
    noted: list[tuple[int, str]] | None = None,
    *others: Any,
) -> PainLife:
    """Return the life of one pain point; days are those of March 2026."""
    told = [
        PainPointStatus(id=f"s{i}", pain_point="p", status=said, day=date(2026, 3, day))
        for i, (day, said) in enumerate(noted or [])
    ]
    document = Document([PainPoint(id="p", text="Q", status=status), *told, *others])
    days = [(date(2026, 3, day), said) for day, said in changes]
    return pain_lives(document, {"p": days}, TODAY)[0]


def told(one: PainLife) -> list[tuple[str, int]]:
    """Return status and first day of each period."""
    return [(period.status, period.since.day) for period in one.periods]


def test_record_tells_each_change_with_its_day() -> None:
    """The last of a day counts, and what did not change is one period."""
    one = life(
        "resolved",
        [(1, "open"), (5, "being_treated"), (5, "open"), (7, "open"), (9, "resolved")],
    )

    assert [("open", 1), ("resolved", 9)] == told(one)
    assert 8 == one.days_in("open", TODAY)
    assert 22 == one.days_in("resolved", TODAY)
    assert one.suggested is None


def test_reopened_after_it_was_resolved_has_returned() -> None:
    """Its card says open; that it came back is proposed, and counted."""
    one = life("open", [(1, "open"), (5, "resolved"), (9, "open")])
    marked = life(
        "returned", [(1, "open"), (5, "resolved"), (9, "open"), (9, "returned")]
    )

    assert [("open", 1), ("resolved", 5), ("returned", 9)] == told(one)
    assert ("returned", "returned") == (one.status, one.suggested)
    assert 1 == one.n_returned
    assert told(one) == told(marked)
    assert (None, 1) == (marked.suggested, marked.n_returned)


def test_treated_again_after_it_was_resolved_counts_as_a_return() -> None:
    """Although nobody called it so."""
    one = life("being_treated", [(1, "resolved"), (9, "being_treated")])

    assert [("resolved", 1), ("being_treated", 9)] == told(one)
    assert 1 == one.n_returned


def test_days_that_people_noted_go_before_the_record() -> None:
    """The card was written late: when it was written is no change."""
    one = life(
        "being_treated",
        [(20, "being_treated")],
        [(9, "being_treated"), (2, "open")],
    )

    assert [("open", 2), ("being_treated", 9)] == told(one)


def test_later_note_and_card_that_differ_are_said() -> None:
    """The note is newer, so the card is to follow it; days to come do not count."""
    one = life("open", [(1, "open")], [(9, "resolved")])
    later = life("open", [(1, "open")], [(9, "open")])

    assert "resolved" == one.suggested
    assert "You noted it as “Resolved”" in one.why
    assert later.suggested is None


@pytest.mark.parametrize(
    ("pain", "actions", "expected"),
    [
        ("open", ["doing"], "being_treated"),
        ("open", ["planned"], None),
        ("open", ["dropped"], None),
        ("being_treated", ["done", "done"], "resolved"),
        ("being_treated", ["done", "doing"], None),
        ("being_treated", ["done", "dropped"], "resolved"),
        ("being_treated", [], None),
        ("resolved", ["doing"], None),
    ],
)
def test_actions_propose_what_the_card_should_say(
    pain: str, actions: list[str], expected: str | None
) -> None:
    """What is under way treats it; what is done may have resolved it."""
    plan: list[Any] = []
    for i, status in enumerate(actions):
        plan.append(Action(id=f"a{i}", text="A", status=status))
        plan.append(Link(id=f"l{i}", source=f"a{i}", target="o", relation="answers"))
    idea = Opportunity(id="o", text="O")
    plan.append(Link(id="l", source="o", target="p", relation="answers"))

    assert expected == life(pain, [(1, pain)], None, idea, *plan).suggested


def test_without_a_record_it_stands_where_its_card_says() -> None:
    """As in a document that came without its workshop; those that came back first."""
    lives = pain_lives(
        Document(
            [
                PainPoint(id="a", text="A", status="resolved"),
                PainPoint(id="b", text="B", severity=1, frequency=2),
                PainPoint(id="c", text="C", severity=5, frequency=2),
                PainPoint(id="d", text="D", status="returned"),
            ]
        ),
        {},
        TODAY,
    )

    assert ["d", "c", "b", "a"] == [one.pain_point.id for one in lives]
    assert [("returned", 31)] == told(lives[0])
