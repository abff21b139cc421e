"""Rules on objectives, opportunities and actions (K, A)."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.check.done_when_plan import top_pain_points
from journeykit.check.rule import Facts, Found, Rule
from journeykit.definitions import MEASURES
from journeykit.language import say, say_count, word
from journeykit.model import (
    Action,
    Kpi,
    Link,
    Objective,
    Opportunity,
)

__all__ = ["PLAN_RULES"]


def _objectives_are_measured(facts: Facts) -> Iterator[Found]:
    for one in facts.document.of(Objective):
        kpis = facts.joined(one, ("measured_by",), Kpi)
        if not kpis:
            yield Found(one, say("The objective “{name}” has no KPI.", name=one.text))
        elif not any(kpi.target is not None for kpi in kpis):
            yield Found(one, say("No KPI of “{name}” has a target.", name=one.text))
    for kpi in facts.wanting(facts.document.of(Kpi), ("measured_by",), (Objective,)):
        yield Found(
            kpi, say("The KPI “{name}” belongs to no objective.", name=kpi.name)
        )


def _kpis_are_defined(facts: Facts) -> Iterator[Found]:
    for one in facts.document.of(Kpi):
        if one.measure not in MEASURES and not one.definition:
            yield Found(
                one, say("Nobody says how “{name}” is computed.", name=one.name)
            )


def _worst_pains_have_an_action(facts: Facts) -> Iterator[Found]:
    for one in top_pain_points(facts.document):
        answers = facts.joined(one, ("answers",), Action)
        for opportunity in facts.joined(one, ("answers",), Opportunity):
            answers += facts.joined(opportunity, ("answers",), Action)
        answers = [action for action in answers if action.status != "dropped"]
        whole = [
            action
            for action in answers
            if action.owner and action.due and action.kpi and action.expected_effect
        ]
        if not whole:
            lack = word("“{name}” has no action.")
            if answers:
                lack = word(
                    "“{name}” has no action with owner, due date and expected effect "
                    "on a KPI."
                )
            yield Found(one, say(lack, name=one.text))


def _actions_keep_their_day(facts: Facts) -> Iterator[Found]:
    for one in facts.document.of(Action):
        is_open = one.status in ("planned", "doing")
        if one.due is not None and one.due < facts.today and is_open:
            days = (facts.today - one.due).days
            late = say_count(
                "“{name}” is {n} day late.",
                "“{name}” is {n} days late.",
                days,
                name=one.text,
            )
            yield Found(one, late)


def _opportunities_answer(facts: Facts) -> Iterator[Found]:
    answering = {
        link.source
        for link in facts.document.of(Link)
        if link.relation == "answers" and not link.is_proposed
    }
    for one in facts.document.of(Opportunity):
        if not one.unmet_need and one.id not in answering:
            said = say(
                "“{name}” answers no pain point and no unmet need.", name=one.text
            )
            yield Found(one, said)


PLAN_RULES = (
    Rule(
        "K1",
        "error",
        word("Every objective has a KPI with a target, and every KPI an objective"),
        word("Choose a number, its target, and what it is for"),
        _objectives_are_measured,
    ),
    Rule(
        "K2",
        "error",
        word("The definition of a KPI is declared"),
        word("Choose the measure, or write down scale, direction, rule and period"),
        _kpis_are_defined,
    ),
    Rule(
        "A1",
        "error",
        word("The three worst pain points each have an action"),
        word("Give it an action with owner, due date and expected effect on a KPI"),
        _worst_pains_have_an_action,
    ),
    Rule(
        "A2",
        "warning",
        word("No action is past its date and still open"),
        word("Mark it done or dropped, or give it a new day"),
        _actions_keep_their_day,
    ),
    Rule(
        "A3",
        "warning",
        word("An opportunity answers a pain point or a named unmet need"),
        word("Join it to the pain point, or name the need"),
        _opportunities_answer,
    ),
)
