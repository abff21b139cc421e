"""The lists of plan, pain and people take whatever a document holds."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_entries import documents

from journeykit.check.contributions import contributions
from journeykit.check.pain_life import pain_lives
from journeykit.model import (
    Action,
    DepartmentAnswer,
    DepartmentSignOff,
    Document,
    Entry,
    Experiment,
    Kpi,
    Link,
    Opportunity,
    PainPoint,
    PainPointStatus,
    Stakeholder,
)
from journeykit.show.guide_experiments import experiments_tree
from journeykit.show.guide_opportunities import ideas_tree, unanswered_tree
from journeykit.show.guide_pain import pain_life_tree
from journeykit.show.guide_people import (
    answers_tree,
    contributions_tree,
    sign_offs_tree,
)
from journeykit.show.guide_plan import (
    effects_tree,
    effort_tree,
    implementation_tree,
    roadmap_tree,
)
from journeykit.show.guide_tree import as_html

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
TEXTS = st.text(max_size=40)
_STATUSES = st.sampled_from(["open", "being_treated", "resolved", "returned"])


@st.composite
def plans(draw: st.DrawFn) -> Document:
    """Draw a document with whatever a plan holds on top of it."""
    document = draw(documents())
    day = st.none() | DAYS
    people = [one.id for one in document.of(Stakeholder)]
    owner = st.sampled_from([None, *people])
    ideas = [
        Opportunity(
            id=f"idea-{i}",
            text=draw(TEXTS),
            is_chosen=draw(st.none() | st.booleans()),
            exceeds_expectations=draw(st.booleans()),
        )
        for i in range(draw(st.integers(0, 3)))
    ]
    kpis = [
        Kpi(
            id=f"kpi-{i}",
            name=draw(TEXTS),
            measure=draw(st.sampled_from(["", "easy_share", "net_promoter_score"])),
            unit=draw(st.sampled_from(["", "%", "minutes"])),
            baseline=draw(st.none() | st.floats(-200, 200)),
        )
        for i in range(draw(st.integers(0, 2)))
    ]
    kpi = st.sampled_from([None, *(one.id for one in kpis)])
    actions = [
        Action(
            id=f"act-{i}",
            text=draw(TEXTS),
            status=draw(st.sampled_from(["planned", "doing", "done", "dropped"])),
            owner=draw(owner),
            kpi=draw(kpi),
            start=draw(day),
            due=draw(day),
            effort_days=draw(st.none() | st.floats(0, 90)),
        )
        for i in range(draw(st.integers(0, 4)))
    ]
    trials = [
        Experiment(
            id=f"trial-{i}",
            opportunity=draw(st.sampled_from(ideas)).id,
            hypothesis=draw(TEXTS),
            kpi=draw(kpi),
            expected_change=draw(st.none() | st.floats(-300, 300)),
            follows="trial-0" if i else None,
        )
        for i in range(draw(st.integers(0, 2)) if ideas else 0)
    ]
    pains = [one.id for one in document.of(PainPoint)]
    told: list[Entry] = []
    for i in range(draw(st.integers(0, 3)) if pains else 0):
        pain = draw(st.sampled_from(pains))
        status, when = draw(_STATUSES), draw(DAYS)
        told.append(
            PainPointStatus(id=f"was-{i}", pain_point=pain, status=status, day=when)
        )
        said = {"department": draw(TEXTS), "answer": draw(TEXTS), "until": draw(day)}
        told.append(DepartmentAnswer(id=f"said-{i}", pain_point=pain, **said))
        told.append(
            DepartmentSignOff(
                id=f"sign-{i}",
                department=draw(TEXTS),
                agreement="agrees",
                day=draw(day),
            )
        )
    does, aims = [one.id for one in actions], [one.id for one in ideas]
    links = []
    for i in range(draw(st.integers(0, 5)) if does else 0):
        relation = draw(st.sampled_from(["answers", "depends_on", "relates_to"]))
        ends = does if relation == "depends_on" else [*aims, *pains]
        if ends:
            able = [*does, *aims] if relation == "answers" else does
            pair = {"source": draw(st.sampled_from(able))}
            pair |= {"target": draw(st.sampled_from(ends))}
            links.append(Link(id=f"tie-{i}", relation=relation, **pair))
    return Document([*document, *ideas, *kpis, *actions, *trials, *told, *links])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans(), DAYS)
def test_any_document_is_shown(document: Document, today: date) -> None:
    """Each as markup that passes the door, on any day."""
    lives = pain_lives(document, {}, today)
    added = {one.id: "ann" if i % 2 else "bo" for i, one in enumerate(document)}
    given = contributions(document, added, {"bo": list(added)}, {"ann": "Ann"})
    trees = [
        roadmap_tree(document, today),
        effort_tree(document, today),
        implementation_tree(document, today),
        effects_tree(document),
        pain_life_tree(document, lives, today),
        answers_tree(document),
        sign_offs_tree(document),
        contributions_tree(given),
        unanswered_tree(document),
        ideas_tree(document),
        experiments_tree(document),
    ]

    assert all(as_html(tree).startswith("<style>") for tree in trees)
    for one in lives:
        assert one.periods
        assert all(period.since <= today for period in one.periods)
        assert all(period.days(today) >= 0 for period in one.periods)
        assert (
            sum(period.days(today) for period in one.periods)
            <= (today - one.periods[0].since + timedelta(days=1)).days
        )
