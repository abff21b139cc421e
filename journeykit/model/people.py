"""Who the workshop is about, who takes part, and what it is for."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator

from journeykit.language import word
from journeykit.model.base import (
    ChannelId,
    Count,
    DataSetId,
    Day,
    Entry,
    EntryId,
    KpiId,
    Line,
    Lines,
    Prose,
    Ref,
    StageId,
    StakeholderId,
    TouchpointId,
    Word,
)
from journeykit.vocabulary import CanvasBlock, CopisDefinition, ObjectiveKind

__all__ = [
    "Case",
    "DepartmentSignOff",
    "Kpi",
    "KpiObservation",
    "Objective",
    "Persona",
    "Segment",
    "Stakeholder",
]

_Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]


class Case(Entry):
    """The header of a workshop: what is mapped, for whom, within which limits.

    Parameters
    ----------
    scope_start, scope_end
        First and last moment of the journey that is mapped.
    min_measured_share
        Share of cells that should be measured, 0 to 1.
    min_group
        Fewest customers of whom a number is shown.
    max_age_days
        After how many days data or the last version count as old.
    copis
        Which of the four meanings of COPIS is in use.
    hidden_blocks
        Blocks of the canvas that are not used, as lean start-ups do.
    """

    kind: Literal["case"] = "case"
    label: ClassVar[str] = word("Workshop")
    title: Line
    organisation: Line = ""
    scope_start: Line = ""
    scope_end: Line = ""
    context: Prose = ""
    constraints: Lines = ()
    language: _Language = "en"
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    owner: StakeholderId | None = None
    review_date: Day | None = None
    min_measured_share: Annotated[float, Field(ge=0, le=1)] = 0.3
    min_group: Annotated[int, Field(ge=5, le=1_000)] = 5
    max_age_days: Annotated[int, Field(ge=1, le=3_650)] = 180
    copis: CopisDefinition = "classic"
    hidden_blocks: tuple[CanvasBlock, ...] = ()


class Objective(Entry):
    """What the exercise, or one stage, is to reach; its KPIs hang on links."""

    kind: Literal["objective"] = "objective"
    label: ClassVar[str] = word("Objective")
    text: Line
    objective_kind: ObjectiveKind = "other"
    stage: StageId | None = None
    owner: StakeholderId | None = None


class Kpi(Entry):
    """A number by which an objective is judged, with the definition that gives it.

    Parameters
    ----------
    measure
        Key of the measure in :data:`journeykit.definitions.MEASURES`; empty if it is
        the organisation's own, described in *definition*.
    definition
        Scale, direction, rule and period in words.
    baseline, target
        In the unit of the measure.
    """

    kind: Literal["kpi"] = "kpi"
    label: ClassVar[str] = word("KPI")
    name: Line
    measure: Word = ""
    definition: Prose = ""
    unit: Line = ""
    direction: Literal["higher is better", "lower is better"] = "higher is better"
    baseline: float | None = None
    target: float | None = None
    target_date: Day | None = None
    touchpoint: TouchpointId | None = None
    stage: StageId | None = None
    owner: StakeholderId | None = None


class KpiObservation(Entry):
    """One value of a KPI on one day."""

    kind: Literal["kpi_observation"] = "kpi_observation"
    label: ClassVar[str] = word("KPI observation")
    kpi: KpiId
    day: Day
    value: float
    low: float | None = None
    high: float | None = None
    n: Count | None = None
    data_set: DataSetId | None = None
    note: Line = ""


class Stakeholder(Entry):
    """Somebody on the team, or somebody whom the journey concerns.

    Parameters
    ----------
    role
        Role in the workshop, such as facilitator, decider, journey owner.
    influence, interest
        1 (low) to 5 (high).
    days_a_week
        How many days of a week this person can give to actions; None if not said.
    """

    kind: Literal["stakeholder"] = "stakeholder"
    label: ClassVar[str] = word("Stakeholder")
    name: Line
    department: Line = ""
    role: Line = ""
    is_frontline: bool = False
    is_on_team: bool = True
    influence: Annotated[int, Field(ge=1, le=5)] | None = None
    interest: Annotated[int, Field(ge=1, le=5)] | None = None
    contact: Line = ""
    days_a_week: Annotated[float, Field(ge=0, le=7)] | None = None


class DepartmentSignOff(Entry):
    """A department's agreement with the finished map, or its dissent."""

    kind: Literal["department_sign_off"] = "department_sign_off"
    label: ClassVar[str] = word("Sign-off")
    department: Line
    agreement: Literal["agrees", "agrees_with_changes", "dissents"]
    reason: Prose = ""
    signed_by: StakeholderId | None = None
    day: Day | None = None

    @model_validator(mode="after")
    def _dissent_has_a_reason(self) -> DepartmentSignOff:
        if self.agreement == "dissents" and not self.reason:
            raise ValueError("a dissent needs its reason")
        return self


class Segment(Entry):
    """A part of the customers, told apart by who they are, think and do.

    The tests on the columns of a data set stand in that data set's mapping, since every
    export names its columns in its own way.
    """

    kind: Literal["segment"] = "segment"
    label: ClassVar[str] = word("Segment")
    name: Line
    description: Prose = ""
    demographic: Lines = ()
    psychographic: Lines = ()
    behavioural: Lines = ()
    share_of_customers: Annotated[float, Field(ge=0, le=1)] | None = None
    is_high_value: bool = False


class Persona(Entry):
    """A made-up customer who stands for real ones."""

    kind: Literal["persona"] = "persona"
    label: ClassVar[str] = word("Persona")
    name: Line
    summary: Prose = ""
    quote: Line = ""
    segment: Annotated[EntryId, Ref(("segment",))] | None = None
    demographics: Lines = ()
    behaviours: Lines = ()
    needs: Lines = ()
    preferences: Lines = ()
    motivations: Lines = ()
    desires: Lines = ()
    expectations: Lines = ()
    goals: Lines = ()
    pains: Lines = ()
    preferred_channel: ChannelId | None = None
    is_high_value: bool = False
