"""The quieter words of a card: detail, marks, and what one without text says.

One function for each kind that has something to say; all others stay bare.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from journeykit.definitions import MEASURES
from journeykit.layout.day_words import day_text
from journeykit.layout.map_notes import standing_words
from journeykit.model import findings, journey, people, plan
from journeykit.model.base import Entry
from journeykit.model.relations import RELATIONS
from journeykit.vocabulary import OPPORTUNITY_TYPES, PAIN_STATUSES

__all__ = ["detail_of", "marks_of", "text_of"]


@dataclass(frozen=True, slots=True)
class _Namer:
    """Names entries as people know them, and days as the workshop writes them."""

    name: Callable[[str | None], str]
    language: str

    def __call__(self, entry_id: str | None) -> str:
        return self.name(entry_id)

    def day(self, day: date | None) -> str:
        return day_text(day, self.language).replace(" ", "\u00a0")


_UNITS = {"points": 1.0, "mean": 1.0, "share": 100.0}


def detail_of(
    entry: Entry, name: Callable[[str | None], str], language: str = "en"
) -> str:
    """Return the second, quieter text of a card; empty for none.

    Parameters
    ----------
    entry
        What the card is about.
    name
        Returns the words by which people know an entry.
    language
        In which days are written.
    """
    words = _DETAILS.get(type(entry))
    return words(entry, _Namer(name, language)) if words else ""


def text_of(
    entry: Entry, name: Callable[[str | None], str], language: str = "en"
) -> str:
    """Return what a card says whose entry has no text; parameters as above."""
    words = _TEXTS.get(type(entry))
    return words(entry, _Namer(name, language)) if words else entry.name_for_people


def marks_of(entry: Entry) -> tuple[str, ...]:
    """Return short words for what else an entry is."""
    flags = _FLAGS.get(type(entry))
    marks = [word for field, word in flags if getattr(entry, field)] if flags else []
    more = _MORE_MARKS.get(type(entry))
    return (*marks, *more(entry)) if more else tuple(marks)


_FLAGS: Mapping[type[Entry], tuple[tuple[str, str], ...]] = {
    people.Persona: (("is_high_value", "high value"),),
    people.Segment: (("is_high_value", "high value"),),
    people.Stakeholder: (("is_frontline", "front line"),),
    journey.Stage: (
        ("is_before_purchase", "before purchase"),
        ("is_after_purchase", "after purchase"),
    ),
    journey.Channel: (("is_online", "online"),),
    journey.Touchpoint: (
        ("moment_of_truth", "moment of truth"),
        ("is_subtle", "subtle"),
        ("excels", "excels"),
    ),
    journey.Link: (("is_proposed", "proposed"),),
    findings.PainPoint: (
        ("is_assumption", "assumption"),
        ("is_process_friction", "process friction"),
    ),
    findings.Opportunity: (("exceeds_expectations", "exceeds expectations"),),
    plan.CopisElement: (
        ("is_proposed", "proposed"),
        ("is_bottleneck", "bottleneck"),
        ("is_unnecessary", "unnecessary"),
        ("is_automation_candidate", "could be automated"),
    ),
    plan.CanvasEntry: (("is_proposed", "proposed"),),
    plan.ParkingLotItem: (("is_settled", "settled"),),
}


def _comment_marks(one: plan.Comment) -> tuple[str, ...]:
    is_remark = one.comment_kind == "remark"
    return () if is_remark else (one.comment_kind.replace("_", " "),)


def _choice_marks(one: findings.Opportunity) -> tuple[str, ...]:
    if one.is_chosen is None:
        return ()
    return ("chosen",) if one.is_chosen else ("not chosen",)


_MORE_MARKS: Mapping[type[Entry], Callable[[Any], tuple[str, ...]]] = {
    journey.LaneNote: lambda one: ("motivation",) if one.lane == "motivation" else (),
    findings.PainPoint: lambda one: (one.response,) if one.response else (),
    findings.Opportunity: _choice_marks,
    plan.CanvasEntry: lambda one: (one.revenue_idea,) if one.revenue_idea else (),
    plan.Comment: _comment_marks,
}


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part not in (None, ""))


def _share(share: float | None, words: str) -> str:
    return "" if share is None else f"{share * 100:g} % {words}"


def _number(measurement: findings.Measurement, value: float | None) -> str:
    known = MEASURES.get(measurement.definition)
    if value is None:
        return ""
    unit = known.unit if known else "mean"
    number = value * _UNITS[unit]
    decimals = 2 if unit == "mean" else 0
    return f"{number:.{decimals}f}{' %' if unit == 'share' else ''}"


def _measured(one: findings.Measurement, _: _Namer) -> str:
    known = MEASURES.get(one.definition)
    what = known.short if known else one.definition
    return f"{what} {_number(one, one.value) or 'not shown'}"


def _measured_detail(one: findings.Measurement, _: _Namer) -> str:
    low, high = _number(one, one.low), _number(one, one.high)
    return _joined(f"{low} to {high}" if low and high else "", f"n\u00a0{one.n:,}")


def _opportunity(one: findings.Opportunity, _: _Namer) -> str:
    return OPPORTUNITY_TYPES[one.opportunity_type]


def _pain(one: findings.PainPoint, _: _Namer) -> str:
    return f"{one.severity} × {one.frequency}" if one.priority else ""


def _action(one: plan.Action, name: _Namer) -> str:
    return _joined(name(one.owner), one.due and f"due {name.day(one.due)}")


def _decision(one: plan.Decision, name: _Namer) -> str:
    place = f"place {one.place}" if one.place else ""
    return _joined(place, one.decided_by, name.day(one.day), name(one.subject))


_DETAILS: Mapping[type[Entry], Callable[[Any, _Namer], str]] = {
    people.Case: lambda one, _: one.organisation,
    people.Objective: lambda one, name: _joined(name(one.stage), name(one.owner)),
    people.Kpi: lambda one, _: standing_words(one),
    people.KpiObservation: lambda one, name: name.day(one.day),
    people.Stakeholder: lambda one, _: _joined(one.department, one.role),
    people.DepartmentSignOff: lambda one, _: _joined(
        one.agreement.replace("_", " "), one.reason
    ),
    people.Segment: lambda one, _: _share(one.share_of_customers, "of customers"),
    people.Persona: lambda one, name: one.quote or name(one.segment),
    journey.Journey: lambda one, _: (
        "as it should be" if one.state == "target" else "as it is today"
    ),
    journey.Touchpoint: lambda one, name: name(one.channel),
    journey.ChannelChange: lambda one, _: one.note,
    journey.Link: lambda one, _: one.note,
    findings.DataSet: lambda one, _: one.source,
    findings.Evidence: lambda one, _: _joined(one.basis, one.source),
    findings.Measurement: _measured_detail,
    findings.PainPoint: _pain,
    findings.PainPointStatus: lambda one, name: _joined(name.day(one.day), one.note),
    findings.DepartmentAnswer: lambda one, name: _joined(
        one.department, name(one.pain_point)
    ),
    findings.Opportunity: _opportunity,
    findings.Experiment: lambda one, name: _joined(one.decision, name(one.opportunity)),
    plan.CopisElement: lambda one, _: one.strategy,
    plan.CanvasEntry: lambda one, _: one.improve,
    plan.Action: _action,
    plan.AgendaBlock: lambda one, _: f"{one.minutes:g} min",
    plan.ParkingLotItem: lambda one, _: one.outcome,
    plan.Decision: _decision,
    plan.Comment: lambda one, name: _joined(
        one.department, name(one.subject), (one.verdict or "").replace("_", " ")
    ),
}

_TEXTS: Mapping[type[Entry], Callable[[Any, _Namer], str]] = {
    people.DepartmentSignOff: lambda one, _: one.department,
    people.KpiObservation: lambda one, name: f"{name(one.kpi)}: {one.value:g}",
    journey.ChannelChange: lambda one, name: f"{name(one.source)} → {name(one.target)}",
    journey.Link: lambda one, name: (
        f"{name(one.source)} {RELATIONS[one.relation].label} {name(one.target)}"
    ),
    journey.IndividualScore: lambda one, name: (
        f"{name(one.subject)}: {one.scale.replace('_', ' ')} {one.value:g}"
    ),
    findings.Measurement: _measured,
    findings.PainPointStatus: lambda one, name: (
        f"{name(one.pain_point)}: {PAIN_STATUSES[one.status].lower()}"
    ),
    plan.Vote: lambda one, name: name(one.subject),
}
