"""Rules on objectives, opportunities and actions (K, A)."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.check.done_when_plan import top_pain_points
from journeykit.check.rule import Facts, Found, Rule
from journeykit.definitions import MEASURES
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
            yield Found(one, f"The objective “{one.text}” has no KPI.")
        elif not any(kpi.target is not None for kpi in kpis):
            yield Found(one, f"No KPI of “{one.text}” has a target.")
    for kpi in facts.wanting(facts.document.of(Kpi), ("measured_by",), (Objective,)):
        yield Found(kpi, f"The KPI “{kpi.name}” belongs to no objective.")


def _kpis_are_defined(facts: Facts) -> Iterator[Found]:
    for one in facts.document.of(Kpi):
        if one.measure not in MEASURES and not one.definition:
            yield Found(one, f"Nobody says how “{one.name}” is computed.")


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
            lack = (
                "has no action"
                if not answers
                else "has no action with owner, due date and expected effect on a KPI"
            )
            yield Found(one, f"“{one.text}” {lack}.")


def _actions_keep_their_day(facts: Facts) -> Iterator[Found]:
    for one in facts.document.of(Action):
        is_open = one.status in ("planned", "doing")
        if one.due is not None and one.due < facts.today and is_open:
            days = (facts.today - one.due).days
            word = "day" if days == 1 else "days"
            yield Found(one, f"“{one.text}” is {days} {word} late.")


def _opportunities_answer(facts: Facts) -> Iterator[Found]:
    answering = {
        link.source
        for link in facts.document.of(Link)
        if link.relation == "answers" and not link.is_proposed
    }
    for one in facts.document.of(Opportunity):
        if not one.unmet_need and one.id not in answering:
            yield Found(one, f"“{one.text}” answers no pain point and no unmet need.")


PLAN_RULES = (
    Rule(
        "K1",
        "error",
        "Every objective has a KPI with a target, and every KPI an objective",
        "Choose a number, its target, and what it is for",
        _objectives_are_measured,
    ),
    Rule(
        "K2",
        "error",
        "The definition of a KPI is declared",
        "Choose the measure, or write down scale, direction, rule and period",
        _kpis_are_defined,
    ),
    Rule(
        "A1",
        "error",
        "The three worst pain points each have an action",
        "Give it an action with owner, due date and expected effect on a KPI",
        _worst_pains_have_an_action,
    ),
    Rule(
        "A2",
        "warning",
        "No action is past its date and still open",
        "Mark it done or dropped, or give it a new day",
        _actions_keep_their_day,
    ),
    Rule(
        "A3",
        "warning",
        "An opportunity answers a pain point or a named unmet need",
        "Join it to the pain point, or name the need",
        _opportunities_answer,
    ),
)
