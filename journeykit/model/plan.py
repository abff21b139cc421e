"""COPIS, the canvas, what is to be done, and what happens in the room."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from journeykit.language import word
from journeykit.model.base import (
    AnyId,
    CanvasEntryId,
    Count,
    Day,
    Entry,
    EntryId,
    KpiId,
    Line,
    Lines,
    Prose,
    Score,
    StakeholderId,
    Word,
)
from journeykit.vocabulary import (
    ActionStatus,
    ActionType,
    CanvasBlock,
    CopisRole,
    Response,
)

__all__ = [
    "Action",
    "AgendaBlock",
    "CanvasEntry",
    "Comment",
    "CopisElement",
    "Decision",
    "ParkingLotItem",
    "RuleOff",
    "Vote",
]


class CopisElement(Entry):
    """A box of the COPIS diagram, kept by its role under every definition.

    Parameters
    ----------
    role
        What it is under whichever definition; the columns shown follow from it.
    strategy, response
        What is done about it, and whether that prevents or fixes.
    gathered_at, used_for
        For information: where it is gathered and what for.
    is_proposed
        Whether the machine proposed it and no person has taken it yet.
    """

    kind: Literal["copis_element"] = "copis_element"
    label: ClassVar[str] = word("COPIS element")
    role: CopisRole
    text: Line
    description: Prose = ""
    strategy: Prose = ""
    response: Response | None = None
    is_bottleneck: bool = False
    is_unnecessary: bool = False
    is_automation_candidate: bool = False
    gathered_at: Line = ""
    used_for: Line = ""
    owner: StakeholderId | None = None
    is_proposed: bool = False


class CanvasEntry(Entry):
    """A note on the Business Model Canvas.

    Parameters
    ----------
    state
        Before or after the change that the workshop proposes, or both: it stays.
    replaces
        The entry of the canvas before in whose place it stands after the change.
    helps, hurts, improve
        Assessment against the journey.
    strength
        1 (weak) to 5 (strong).
    """

    kind: Literal["canvas_entry"] = "canvas_entry"
    label: ClassVar[str] = word("Canvas entry")
    block: CanvasBlock
    text: Line
    state: Literal["before", "after", "both"] = "before"
    replaces: CanvasEntryId | None = None
    helps: Prose = ""
    hurts: Prose = ""
    improve: Prose = ""
    strength: Score | None = None
    revenue_idea: Literal["subscription", "loyalty", "partnership"] | None = None
    is_proposed: bool = False


class Action(Entry):
    """Who does what by when; what it answers hangs on ``answers`` links.

    Parameters
    ----------
    effort_days
        Work in person-days.
    expected_effect, achieved_effect
        On the KPI: what was hoped for, and what came of it.
    """

    kind: Literal["action"] = "action"
    label: ClassVar[str] = word("Action")
    text: Line
    action_type: ActionType = "process"
    status: ActionStatus = "planned"
    owner: StakeholderId | None = None
    start: Day | None = None
    due: Day | None = None
    effort_days: Annotated[float, Field(ge=0)] | None = None
    priority: Score | None = None
    kpi: KpiId | None = None
    expected_effect: Line = ""
    achieved_effect: Line = ""
    note: Prose = ""


class Vote(Entry):
    """One dot of one person: votes are entries, so two at once count as two."""

    kind: Literal["vote"] = "vote"
    label: ClassVar[str] = word("Vote")
    subject: AnyId
    participant: EntryId
    round: Word = ""
    weight: Annotated[int, Field(ge=1, le=10)] = 1


class AgendaBlock(Entry):
    """A part of the agenda, in minutes; its rank gives the order."""

    kind: Literal["agenda_block"] = "agenda_block"
    label: ClassVar[str] = word("Agenda block")
    title: Line
    minutes: Annotated[float, Field(gt=0, le=600)]
    block_kind: Literal["work", "break", "lunch", "opening", "closing"] = "work"
    purpose: Prose = ""
    say: Prose = ""
    do: Prose = ""
    output: Line = ""
    materials: Lines = ()
    plan_b: Prose = ""
    step: Word = ""


class ParkingLotItem(Entry):
    """Something worth keeping that is not for now."""

    kind: Literal["parking_lot_item"] = "parking_lot_item"
    label: ClassVar[str] = word("Parking-lot item")
    text: Line
    is_settled: bool = False
    outcome: Line = ""


class RuleOff(Entry):
    """A rule of the consistency check that the team switched off, and why.

    Without a reason it stays on.

    Parameters
    ----------
    rule
        Id of the rule, such as ``M6``.
    """

    kind: Literal["rule_off"] = "rule_off"
    label: ClassVar[str] = word("Rule switched off")
    rule: Word
    reason: Line = ""


class Decision(Entry):
    """What was decided, by whom, why.

    Parameters
    ----------
    place
        Where its subject stands in the order that the team chose; None if it is no
        decision on an order.
    """

    kind: Literal["decision"] = "decision"
    label: ClassVar[str] = word("Decision")
    text: Line
    reason: Prose = ""
    decided_by: Line = ""
    day: Day | None = None
    subject: AnyId | None = None
    place: Annotated[int, Field(ge=1, le=500)] | None = None


class Comment(Entry):
    """A remark on an entry, or a suggestion for the map from outside the workshop."""

    kind: Literal["comment"] = "comment"
    label: ClassVar[str] = word("Comment")
    subject: AnyId | None = None
    text: Prose
    comment_kind: Literal["remark", "suggestion", "market_note", "validation"] = (
        "remark"
    )
    department: Line = ""
    verdict: Literal["confirmed", "contradicted", "not_asked"] | None = None
    n_people: Count | None = None
    day: Day | None = None
    effect: Line = ""
