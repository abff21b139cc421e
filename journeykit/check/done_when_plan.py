"""When steps 9 to 14 and 16 are done: from the opportunities to the review."""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.check.done_check import (
    Check,
    every,
    found,
    joined_from,
    joined_to,
    named,
    there_are,
)
from journeykit.check.team_order import by_ratings, team_order
from journeykit.layout.canvas import shown_blocks
from journeykit.layout.roadmap import timing_problems
from journeykit.model import (
    Action,
    AgendaBlock,
    CanvasEntry,
    Case,
    Comment,
    CopisElement,
    Decision,
    DepartmentSignOff,
    Document,
    Experiment,
    Kpi,
    KpiObservation,
    Measurement,
    Opportunity,
    PainPoint,
    ParkingLotItem,
    Stakeholder,
    Touchpoint,
)
from journeykit.vocabulary import CANVAS_BLOCKS, COPIS

__all__ = [
    "action_plan_done",
    "canvas_done",
    "copis_done",
    "facilitator_done",
    "monitor_done",
    "opportunities_done",
    "top_pain_points",
    "validation_done",
]

_TOP = 3
_MOST_PROCESSES = 7
_FEWEST_PROCESSES = 5


def top_pain_points(document: Document, n: int = _TOP) -> tuple[PainPoint, ...]:
    """Return what comes first: what the team chose, then the worst by their ratings.

    Without a choice it is severity x frequency alone, severity first on ties. Those
    that were neither chosen nor rated are not among them; resolved ones neither.
    """
    chosen = [one.pain_point for one in team_order(document)]
    first = {one.id: one for one in (*chosen, *by_ratings(document))}
    return tuple(first.values())[:n]


_NO_PAINS = "There are no pain points with severity and frequency yet"


def opportunities_done(document: Document) -> tuple[Check, ...]:
    """Return the checks of opportunities and experiments."""
    opportunities = document.of(Opportunity)
    none = "There are no opportunities yet"
    answering = joined_from(document, "answers")
    answered = joined_to(document, "answers")
    chosen = [one for one in opportunities if one.is_chosen]
    planned = [one for one in document.of(Experiment) if one.hypothesis and one.measure]
    return (
        every(
            "Every opportunity answers a pain point or an unmet need",
            opportunities,
            lambda one: one.unmet_need or one.id in answering,
            ("opportunity answers nothing", "opportunities answer nothing"),
            none=none,
        ),
        every(
            "Each of the three worst pain points has an opportunity",
            top_pain_points(document),
            lambda one: any(
                isinstance(other, Opportunity) for other in answered.get(one.id, ())
            ),
            ("pain point has no opportunity", "pain points have no opportunity"),
            none=_NO_PAINS,
        ),
        every(
            "Effect and effort are rated",
            opportunities,
            lambda one: one.expected_effect and one.effort,
            ("opportunity is not rated", "opportunities are not rated"),
            none=none,
        ),
        every(
            "For each it is decided whether you go on with it",
            opportunities,
            lambda one: one.is_chosen is not None,
            ("opportunity is still open", "opportunities are still open"),
            none=none,
        ),
        there_are("At least one is chosen", chosen, "None is chosen yet"),
        there_are(
            "An experiment says what you expect and how you will see it",
            planned,
            "There is none with a hypothesis and a measure yet",
        ),
    )


def copis_done(document: Document) -> tuple[Check, ...]:
    """Return the checks of COPIS under the definition that the case uses."""
    meaning = COPIS[document.case.copis if document.case else "classic"]
    elements = [one for one in document.of(CopisElement) if not one.is_proposed]
    filled = {one.role for one in elements}
    bare = [label for role, label in meaning.columns.items() if role not in filled]
    processes = [one for one in elements if one.role == "process"]
    affects, causes = joined_from(document, "affects"), joined_to(document, "causes")
    served = {place.id for one in processes for place in affects.get(one.id, ())}
    n = len(processes)
    return (
        found("Every column is filled", not bare, f"Still empty: {named(bare)}"),
        found(
            "There are five to seven processes",
            _FEWEST_PROCESSES <= n <= _MOST_PROCESSES,
            f"There {'is' if n == 1 else 'are'} {n}",
        ),
        every(
            "Every touchpoint is served by a process",
            document.of(Touchpoint),
            lambda one: one.id in served,
            (
                "touchpoint is served by no process",
                "touchpoints are served by no process",
            ),
            none="There are no touchpoints yet",
        ),
        every(
            "Every pain point is traced to what causes it",
            document.of(PainPoint),
            lambda one: any(
                isinstance(other, CopisElement) for other in causes.get(one.id, ())
            ),
            ("pain point is not traced", "pain points are not traced"),
            none="There are no pain points yet",
        ),
        every(
            "Every process has a strategy",
            processes,
            lambda one: one.strategy,
            ("process has no strategy", "processes have no strategy"),
            none="There are no processes yet",
        ),
    )


def canvas_done(document: Document) -> tuple[Check, ...]:
    """Return the checks of the Business Model Canvas."""
    entries = document.of(CanvasEntry)
    filled = {one.block for one in entries}
    shown = shown_blocks(document)
    bare = [CANVAS_BLOCKS[key] for key in shown if key not in filled]
    every_block = "All nine blocks are filled"
    if len(shown) < len(CANVAS_BLOCKS):
        every_block = "Every block that is not hidden is filled"
    all_filled = found(every_block, not bare, f"Still empty: {named(bare)}")
    if "value_propositions" not in shown:
        return (all_filled,)
    promises = [one for one in entries if one.block == "value_propositions"]
    addresses = joined_from(document, "addresses")
    addressed = {pain.id for one in promises for pain in addresses.get(one.id, ())}
    return (
        all_filled,
        every(
            "Each of the three worst pain points belongs to a promise",
            top_pain_points(document),
            lambda one: one.id in addressed,
            (
                "pain point belongs to no value proposition",
                "pain points belong to no value proposition",
            ),
            none=_NO_PAINS,
        ),
        every(
            "Every promise says what the journey does to it",
            promises,
            lambda one: one.helps or one.hurts,
            (
                "value proposition is not held against the journey",
                "value propositions are not held against the journey",
            ),
            none="There are no value propositions yet",
        ),
        there_are(
            "An improvement is written down",
            [one for one in entries if one.improve or one.state == "after"],
            "There is none yet",
        ),
    )


def action_plan_done(document: Document) -> tuple[Check, ...]:
    """Return the checks of the action plan."""
    actions = [one for one in document.of(Action) if one.status != "dropped"]
    none = "There are no actions yet"

    def has(text: str, field: str, noun: str) -> Check:
        return every(
            text,
            actions,
            lambda one: getattr(one, field),
            (f"action has no {noun}", f"actions have no {noun}"),
            none=none,
        )

    return (
        _every_top_pain_is_answered(document, actions),
        has("Every action has an owner", "owner", "owner"),
        has("Every action has a day by which it is done", "due", "day"),
        every(
            "Every action says which KPI it moves, and by how much",
            actions,
            lambda one: one.kpi and one.expected_effect,
            ("action has no expected effect", "actions have no expected effect"),
            none=none,
        ),
        every(
            "Effort and priority are given",
            actions,
            lambda one: one.effort_days is not None and one.priority,
            ("action has no effort or priority", "actions have no effort or priority"),
            none=none,
        ),
        has("The order is clear: every action has a start", "start", "start"),
        _the_order_can_hold(document, actions),
    )


def _the_order_can_hold(document: Document, actions: Sequence[Action]) -> Check:
    """Ask that nothing begins before what it waits for."""
    said = [one.text for one in timing_problems(document)]
    if not actions:
        said = ["There are no actions yet"]
    elif len(said) > 1:
        said = [said[0], f"And {len(said) - 1} more like this: see the roadmap"]
    return found("Nothing begins before what it waits for", not said, *said)


def _every_top_pain_is_answered(document: Document, actions: Sequence[Action]) -> Check:
    """Ask for actions with owner, day and effect, directly or by an opportunity."""
    whole = {one.id for one in actions if one.owner and one.due and one.expected_effect}

    answering = joined_to(document, "answers")

    def answered(pain: PainPoint) -> bool:
        answers = list(answering.get(pain.id, ()))
        for one in tuple(answers):
            if isinstance(one, Opportunity):
                answers += answering.get(one.id, ())
        return any(one.id in whole for one in answers)

    return every(
        "The three worst pain points have an action with owner, day and effect",
        top_pain_points(document),
        answered,
        ("pain point has no such action", "pain points have no such action"),
        none=_NO_PAINS,
    )


def validation_done(document: Document) -> tuple[Check, ...]:
    """Return the checks of validation with customers and of the sign-off."""
    asked = {
        one.subject
        for one in document.of(Comment)
        if one.comment_kind == "validation" and one.verdict is not None
    }
    confirmed = [
        one
        for one in document.of(Comment)
        if one.comment_kind == "validation" and one.verdict in _HEARD and one.n_people
    ]
    departments = dict.fromkeys(
        one.department
        for one in document.of(Stakeholder)
        if one.is_on_team and one.department
    )
    signed = {one.department.casefold() for one in document.of(DepartmentSignOff)}
    open_ones = [one for one in departments if one.casefold() not in signed]
    words = "departments have" if len(open_ones) > 1 else "department has"
    return (
        there_are(
            "Customers have seen the map",
            confirmed,
            "No answer of a customer is recorded yet",
        ),
        every(
            "Every touchpoint is confirmed, contradicted or marked as not asked",
            document.of(Touchpoint),
            lambda one: one.id in asked,
            ("touchpoint is open", "touchpoints are open"),
            none="There are no touchpoints yet",
        ),
        found(
            "Every department of the team has signed off, or said why not",
            bool(departments) and not open_ones,
            f"{len(open_ones)} {words} not: {named(open_ones)}"
            if departments
            else "No department is on the team yet",
        ),
    )


_HEARD = ("confirmed", "contradicted")


def monitor_done(document: Document) -> tuple[Check, ...]:
    """Return the checks of monitoring: owner, day, numbers."""
    case = document.case or Case(id="case", title="")
    seen = {one.kpi for one in document.of(KpiObservation)}
    measured = {(one.definition, one.subject) for one in document.of(Measurement)}
    return (
        found(
            "The journey has an owner",
            case.owner is not None,
            "Who keeps the map after the workshop?",
        ),
        found(
            "The day of the next review is fixed",
            case.review_date is not None,
            "When do you look again?",
        ),
        every(
            "Every KPI says where it stands",
            document.of(Kpi),
            lambda one: (
                one.baseline is not None
                or one.id in seen
                or (one.measure, one.touchpoint) in measured
            ),
            ("KPI has no value yet", "KPIs have no value yet"),
            none="There are no KPIs yet",
        ),
        every(
            "Every KPI has an owner",
            document.of(Kpi),
            lambda one: one.owner,
            ("KPI has no owner", "KPIs have no owner"),
            none="There are no KPIs yet",
        ),
    )


def facilitator_done(document: Document) -> tuple[Check, ...]:
    """Return what the facilitator looks after before everybody goes home."""
    return (
        there_are(
            "The agenda is in the workshop",
            document.of(AgendaBlock),
            "None is chosen yet",
        ),
        every(
            "The parking lot is cleared: each item has an outcome",
            document.of(ParkingLotItem),
            lambda one: one.is_settled or one.outcome,
            ("item is still parked", "items are still parked"),
        ),
        every(
            "Every decision says who took it",
            document.of(Decision),
            lambda one: one.decided_by,
            ("decision has no name", "decisions have no name"),
        ),
    )
