"""When steps 0 to 3 are done: what it is for, who takes part, who travels."""

from __future__ import annotations

from journeykit.check.done_check import (
    Check,
    every,
    found,
    joined_from,
    joined_to,
    named,
    there_are,
)
from journeykit.language import word
from journeykit.model import (
    Case,
    Document,
    Kpi,
    Objective,
    Persona,
    Segment,
    Stage,
    Stakeholder,
)

__all__ = [
    "absent_departments",
    "objectives_done",
    "personas_done",
    "stakeholders_done",
    "welcome_done",
]

_DEPARTMENTS = {
    word("marketing"): ("marketing", "brand", "communication"),
    word("sales"): ("sales", "commercial"),
    word("customer service"): (
        "customer service",
        "customer care",
        "support",
        "service",
    ),
    word("product"): ("product",),
}
"""Who belongs on a team, and words by which a department is known as such."""


def welcome_done(document: Document) -> tuple[Check, ...]:
    """Return what the welcome asks: the workshop has a name of its own."""
    title = document.case.title if document.case else ""
    return (
        found(
            "The workshop has a title",
            title not in ("", "New workshop"),
            "It is still called “New workshop”",
        ),
    )


def objectives_done(document: Document) -> tuple[Check, ...]:
    """Return the checks of objectives and scope."""
    case = document.case or Case(id="case", title="")
    objectives, stages = document.of(Objective), document.of(Stage)
    whole = [one for one in objectives if one.stage is None]
    scope = [
        f"It is not said {words}"
        for words, value in (
            ("with which moment the journey begins", case.scope_start),
            ("with which moment the journey ends", case.scope_end),
        )
        if not value
    ]
    measures = joined_from(document, "measured_by")
    measured = joined_to(document, "measured_by")
    return (
        there_are(
            "There is an objective for the whole journey",
            whole,
            "There is none yet: what should be better when you are done?",
        ),
        there_are(
            "A stage has an objective of its own",
            [one for one in objectives if one.stage is not None],
            "None has one yet: what should the weakest stage reach?",
        ),
        every(
            "Every objective has a KPI with a target",
            objectives,
            lambda one: any(
                isinstance(kpi, Kpi) and kpi.target is not None
                for kpi in measures.get(one.id, ())
            ),
            (
                "objective has no KPI with a target",
                "objectives have no KPI with a target",
            ),
            none="There are no objectives yet",
        ),
        every(
            "Every KPI serves an objective",
            document.of(Kpi),
            lambda kpi: any(
                isinstance(one, Objective) for one in measured.get(kpi.id, ())
            ),
            ("KPI serves no objective", "KPIs serve no objective"),
            none="There are no KPIs yet",
        ),
        found("The journey has a beginning and an end", not scope, *scope),
        found(
            "Reason and limits are written down",
            bool(case.context or case.constraints),
            "Why this journey, why now, and what limits you?",
        ),
        every(
            "Every stage has a name, and there are two at least",
            stages if len(stages) > 1 else (),
            lambda one: one.name,
            ("stage has no name", "stages have no name"),
            none="There are fewer than two stages",
        ),
    )


def absent_departments(document: Document) -> list[str]:
    """Return which of the four that a team needs have nobody on it."""
    here = [
        one.department.casefold() for one in document.of(Stakeholder) if one.is_on_team
    ]
    return [
        name
        for name, words in _DEPARTMENTS.items()
        if not any(word in department for department in here for word in words)
    ]


def stakeholders_done(document: Document) -> tuple[Check, ...]:
    """Return the checks of the team and its stakeholders."""
    people = document.of(Stakeholder)
    team = [one for one in people if one.is_on_team]
    absent = absent_departments(document)
    return (
        there_are("The team is named", team, "Nobody is on the team yet"),
        found(
            "Marketing, sales, customer service and product are on the team",
            not absent,
            f"Nobody is here from: {named(absent)}",
        ),
        there_are(
            "Somebody from the front line takes part",
            [one for one in people if one.is_frontline],
            "Who talks to customers every week? Mark them as front line",
        ),
        every(
            "Everybody on the team has a department and a role",
            team,
            lambda one: one.department and one.role,
            ("person has no department or role", "people have no department or role"),
            none="Nobody is on the team yet",
        ),
        every(
            "Influence and interest are placed",
            people,
            lambda one: one.influence and one.interest,
            ("person is not on the map", "people are not on the map"),
            none="There are no stakeholders yet",
        ),
    )


def personas_done(document: Document) -> tuple[Check, ...]:
    """Return the checks of personas and segments."""
    personas, none = document.of(Persona), "There are no personas yet"
    belonging = joined_from(document, "member_of")

    def has(field: str, noun: str) -> Check:
        return every(
            f"Every persona has {noun}",
            personas,
            lambda one: getattr(one, field),
            (f"persona has no {noun}", f"personas have no {noun}"),
            none=none,
        )

    return (
        there_are("There is a persona", personas, none),
        has("needs", "needs"),
        has("goals", "goals"),
        every(
            "Every persona has a preferred channel",
            personas,
            lambda one: one.preferred_channel,
            (
                "persona has no preferred channel",
                "personas have no preferred channel",
            ),
            none=none,
        ),
        every(
            "Every persona belongs to a segment",
            personas,
            lambda one: one.segment or one.id in belonging,
            ("persona belongs to no segment", "personas belong to no segment"),
            none=none,
        ),
        every(
            "Every segment says by what it is told apart",
            document.of(Segment),
            lambda one: one.demographic or one.psychographic or one.behavioural,
            (
                "segment does not say by what it is told apart",
                "segments do not say by what they are told apart",
            ),
            none="There are no segments yet",
        ),
    )
