"""Actions in time: what is late, what waits for what, and what cannot hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.layout.roadmap import NOBODY, Roadmap, roadmap
from journeykit.layout.workload import effort_shares, week_loads
from journeykit.model import (
    Action,
    Document,
    Link,
    Opportunity,
    PainPoint,
    Stakeholder,
)

TODAY = date(2026, 3, 9)  # a Monday


def action(name: str, start: str | None, due: str | None, **other: Any) -> Action:
    """Return an action from day to day."""
    return Action(
        id=name,
        text=name.upper(),
        start=date.fromisoformat(start) if start else None,
        due=date.fromisoformat(due) if due else None,
        **other,
    )


def waits(name: str, after: str, **other: Any) -> Link:
    """Return the link by which an action waits for another."""
    ends = {"source": name, "target": after, "relation": "depends_on"}
    return Link(id=f"{name}-{after}", **ends, **other)


def said(plan: Roadmap) -> list[tuple[str, str]]:
    """Return the problems of a plan."""
    return [(one.name, one.text) for one in plan.problems]


def test_bars_stand_by_owner_in_the_order_of_their_start() -> None:
    """Owners as the document has them, nobody last; dropped actions are left out."""
    people = [
        Stakeholder(id="bo", name="Bo", rank="K"),
        Stakeholder(id="al", name="Al", rank="T", days_a_week=2),
    ]
    plan = roadmap(
        Document(
            [
                *people,
                action("late", "2026-04-01", "2026-05-01", owner="al"),
                action("soon", "2026-03-10", "2026-05-02", owner="al"),
                action("free", "2026-03-10", None),
                action("mine", None, "2026-03-20", owner="bo"),
                action("gone", "2026-03-10", None, status="dropped"),
                action("some", None, None, owner="bo"),
            ]
        ),
        TODAY,
    )

    assert ["Bo", "Al", NOBODY] == [one.name for one in plan.owners]
    assert ["mine", "soon", "late", "free"] == [one.action.id for one in plan.bars]
    assert [None, 2.0, None] == [one.days_a_week for one in plan.owners]
    assert ["some"] == [one.id for one in plan.undated]
    assert (date(2026, 3, 9), date(2026, 5, 4)) == (plan.first, plan.last)


def test_only_what_is_still_to_be_done_is_late() -> None:
    """The day itself is in time; what is done is never late."""
    plan = roadmap(
        Document(
            [
                action("a", None, "2026-03-08"),
                action("b", None, "2026-03-09"),
                action("c", None, "2026-03-01", status="doing"),
                action("d", None, "2026-03-01", status="done"),
            ]
        ),
        TODAY,
    )

    assert {"a": 1, "b": 0, "c": 8, "d": 0} == {
        one.action.id: one.days_late for one in plan.bars
    }


def test_what_begins_before_what_it_waits_for_is_named() -> None:
    """Both days are said; what waits in time, or for what is done, is no problem."""
    plan = roadmap(
        Document(
            [
                action("a", "2026-03-10", "2026-03-20"),
                action("b", "2026-03-16", "2026-03-30"),
                action("c", "2026-03-20", "2026-03-30"),
                action("d", "2026-03-01", "2026-03-30", status="done"),
                action("e", "2026-03-10", "2026-03-30"),
                waits("b", "a"),
                waits("c", "a"),
                waits("e", "d"),
                waits("e", "b", is_proposed=True),
            ]
        ),
        TODAY,
    )

    assert {("b", "a"): True, ("c", "a"): False, ("e", "d"): False} == {
        (one.action, one.after): one.is_broken for one in plan.waits
    }
    assert [
        ("too soon", "“B” begins on 16 Mar 2026, before “A” ends on 20 Mar 2026.")
    ] == said(plan)


def test_circles_are_named_once() -> None:
    """Three that wait in a circle, and one that waits for itself; its tail is none."""
    bars = [action(one, None, "2026-03-20") for one in "abcde"]
    plan = roadmap(
        Document(
            [
                *bars,
                waits("b", "c"),
                waits("c", "a"),
                waits("a", "b"),
                waits("d", "a"),
                waits("e", "e"),
            ]
        ),
        TODAY,
    )

    assert [
        ("circle", "“A” waits for “B” waits for “C” waits for “A”: nobody can begin."),
        ("circle", "“E” waits for itself."),
    ] == sorted(said(plan))
    assert {"d"} == {one.action for one in plan.waits if not one.is_broken}


def test_end_before_start_is_named() -> None:
    """It is drawn nevertheless, and counts for no week."""
    plan = roadmap(
        Document(
            [
                Stakeholder(id="al", name="Al"),
                action("a", "2026-03-20", "2026-03-10", owner="al", effort_days=3),
            ]
        ),
        TODAY,
    )

    assert [
        ("backwards", "“A” begins on 20 Mar 2026, after its end on 10 Mar 2026.")
    ] == said(plan)
    assert () == plan.owners[0].loads


def test_effort_is_spread_over_working_days() -> None:
    """Thursday to Tuesday are four working days: two in each week."""
    one = action("a", "2026-03-12", "2026-03-17", owner="al", effort_days=6)
    document = Document([Stakeholder(id="al", name="Al", days_a_week=2.5), one])
    loads = week_loads(document, [one])["al"]

    assert [(date(2026, 3, 9), 3.0, True), (date(2026, 3, 16), 3.0, True)] == [
        (load.week, load.days, load.is_over) for load in loads
    ]
    assert [
        (
            "overload",
            "Al has promised 3 days of work in the week of 9 Mar 2026; 2.5 days are "
            "there. 2 weeks ahead are too full.",
        )
    ] == said(roadmap(document, TODAY))


def test_weekend_work_falls_on_its_week_and_five_days_are_assumed() -> None:
    """Nobody said how many days there are: a full week is, and it is said so."""
    one = action("a", "2026-03-14", "2026-03-15", owner="al", effort_days=6)
    document = Document([Stakeholder(id="al", name="Al"), one])

    assert [6.0] == [load.days for load in week_loads(document, [one])["al"]]
    assert "(5 assumed, since nobody said)" in said(roadmap(document, TODAY))[0][1]


def test_weeks_that_are_over_are_no_problem_any_more() -> None:
    """What was too much in the past is not to be mended."""
    one = action("a", "2026-03-02", "2026-03-06", owner="al", effort_days=9)
    document = Document([Stakeholder(id="al", name="Al"), one])

    assert () == roadmap(document, TODAY).problems


def test_effort_is_told_apart_by_what_it_answers() -> None:
    """Directly or by an idea; the worst first, and what answers nothing last."""
    document = Document(
        [
            PainPoint(id="queue", text="Queue"),
            PainPoint(id="dirt", text="Dirt"),
            Opportunity(id="lanes", text="Lanes"),
            Opportunity(id="shop", text="Shop"),
            action("a", "2026-03-09", "2026-04-10", effort_days=10),
            action("b", None, "2026-04-10", effort_days=2),
            action("c", None, None),
            action("d", None, None, effort_days=1),
            action("e", None, None, effort_days=7, status="done"),
            *(
                Link(id=f"l{i}", source=one, target=other, relation="answers")
                for i, (one, other) in enumerate(
                    [
                        ("lanes", "queue"),
                        ("a", "lanes"),
                        ("b", "dirt"),
                        ("c", "shop"),
                        ("e", "queue"),
                    ]
                )
            ),
        ]
    )
    shares = effort_shares(document, ["queue"])

    assert [
        ("worst", 10.0, 1, 0),
        ("other", 2.0, 1, 0),
        ("idea", 0.0, 1, 1),
        ("nothing", 1.0, 1, 0),
    ] == [(one.answered, one.days, one.n_actions, one.n_without) for one in shares]
    assert {date(2026, 1, 1): 8.0, date(2026, 4, 1): 2.0} == {
        day: round(days, 9) for day, days in shares[0].by_period.items()
    }


_DAYS = st.none() | st.dates() | st.sampled_from([date.min, date.max])
_ACTIONS = st.lists(
    st.tuples(_DAYS, _DAYS, st.none() | st.floats(0, 500), st.booleans()), max_size=8
)
_PAIRS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12)


@settings(max_examples=120, deadline=None)
@given(_ACTIONS, _PAIRS, st.dates())
def test_any_plan_can_be_laid_out(
    rows: list[tuple[Any, ...]], pairs: list[tuple[int, int]], today: date
) -> None:
    """Whatever the days, circles and efforts are; no work is lost, none invented."""
    actions = [
        Action(
            id=f"a{i}",
            text="X",
            start=start,
            due=due,
            effort_days=effort,
            owner="al" if has_owner else None,
        )
        for i, (start, due, effort, has_owner) in enumerate(rows)
    ]
    links = [
        Link(id=f"l{i}", source=f"a{one}", target=f"a{two}", relation="depends_on")
        for i, (one, two) in enumerate(pairs)
        if max(one, two) < len(actions)
    ]
    people = [Stakeholder(id="al", name="Al")]
    plan = roadmap(Document([*people, *actions, *links]), today)

    assert len(actions) == len(plan.bars) + len(plan.undated)
    assert plan.first <= plan.last
    for owner in plan.owners:
        hoped = sum(
            one.action.effort_days or 0
            for one in owner.bars
            if one.has_both
            and one.first <= one.last
            and one.last - one.first < timedelta(weeks=500)
            and owner.owner
        )
        got = sum(load.days for load in owner.loads)
        assert got >= hoped - 1e-6
