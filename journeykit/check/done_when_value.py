"""When the step on customer lifetime value is done: its five parts, one check each."""

from __future__ import annotations

from journeykit.check.done_check import Check, every, found, named, there_are
from journeykit.check.high_value import standing_out
from journeykit.model import Document, Kpi, Measurement, Persona, Segment, Touchpoint

__all__ = ["VALUE_MEASURES", "clv_done"]

VALUE_MEASURES = (
    *("retention_rate", "churn_rate", "repeat_purchase_rate"),
    *("clv_to_date", "clv_with_retention", "clv_modelled", "clv_growth_rate"),
)
"""Measures of whether customers stay, and what they are worth."""

_STRONG = 4
"""From here on a touchpoint bears strongly on the lifetime value, of 1 to 5."""


def clv_done(document: Document) -> tuple[Check, ...]:
    """Return the checks: map, customers, processes, personal touch, measure."""
    measured = [
        one
        for one in document.of(Measurement)
        if one.definition == "clv_to_date" and one.value is not None
    ]
    touchpoints = document.of(Touchpoint)
    strong = [one for one in touchpoints if (one.bears_on_clv or 0) >= _STRONG]
    with_target = [
        one
        for one in document.of(Kpi)
        if one.measure in VALUE_MEASURES and one.target is not None
    ]
    return (
        there_are(
            "What a customer is worth is measured",
            measured,
            "Bring your purchases; without them this step stays open, and no other "
            "needs it",
        ),
        _high_value_is_marked(document, is_measured=bool(measured)),
        every(
            "Every touchpoint says how much it bears on lifetime value",
            touchpoints,
            lambda one: one.bears_on_clv,
            ("touchpoint is not rated", "touchpoints are not rated"),
            none="There are no touchpoints yet",
        ),
        every(
            "What bears strongly on value has an idea for a personal touch",
            strong,
            lambda one: one.personalisation_idea,
            ("touchpoint has no idea", "touchpoints have no idea"),
            none="No touchpoint is rated 4 or 5 for its bearing on value yet",
        ),
        there_are(
            "A KPI on retention or lifetime value has a target",
            with_target,
            "How many should stay, or how much should they be worth, by when?",
        ),
    )


def _high_value_is_marked(document: Document, *, is_measured: bool) -> Check:
    groups: list[Persona | Segment] = list(document.of(Persona))
    groups += document.of(Segment)
    is_marked = any(one.is_high_value for one in groups)
    open_ones = [one for one in standing_out(document) if not one.is_high_value]
    names = named(one.name_for_people for one in open_ones)
    return found(
        "Who is of high value is marked",
        not open_ones and (is_marked or is_measured),
        f"Worth more than customers as a whole, and not marked: {names}"
        if open_ones
        else "Nobody is marked yet",
    )
