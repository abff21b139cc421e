"""What was found out: data, evidence, measurements, pain points, opportunities."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from journeykit.language import word
from journeykit.model.base import (
    Count,
    DataSetId,
    Day,
    Entry,
    EntryId,
    KpiId,
    Line,
    Lines,
    PainPointId,
    PersonaId,
    Prose,
    Ref,
    Score,
    StageId,
    StakeholderId,
    TouchpointId,
    Word,
)
from journeykit.model.records import AnyRecordMapping
from journeykit.model.reliability import MIN_ANSWERS, Reliability, reliability_of
from journeykit.model.survey import Column, SurveyMapping
from journeykit.vocabulary import (
    Basis,
    DataKind,
    OpportunityType,
    PainStatus,
    Response,
)

__all__ = [
    "DataSet",
    "DepartmentAgreement",
    "DepartmentAnswer",
    "Evidence",
    "Experiment",
    "Measurement",
    "Opportunity",
    "PainPoint",
    "PainPointStatus",
]


DepartmentAgreement = Literal["agrees", "in_part", "disagrees"]
"""What a department says to a pain point that was routed to it."""


class DataSet(Entry):
    """Where data came from; its rows are kept by the hash of the imported table.

    Parameters
    ----------
    table
        SHA-256 of the table in the store; empty if only described.
    mapping
        How the columns of a survey are to be read.
    records
        How the columns of purchases, events, tickets or feedback were read.
    attribution
        The line that its licence asks for; printed in every report.
    """

    kind: Literal["data_set"] = "data_set"
    label: ClassVar[str] = word("Data set")
    title: Line
    data_kind: DataKind = "survey"
    source: Line = ""
    licence: Line = ""
    attribution: Line = ""
    period_start: Day | None = None
    period_end: Day | None = None
    table: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    n_rows: Count | None = None
    n_columns: Count | None = None
    mapping: SurveyMapping | None = None
    records: AnyRecordMapping | None = None
    note: Prose = ""

    @model_validator(mode="after")
    def _period_runs_forward(self) -> DataSet:
        if (
            self.period_start
            and self.period_end
            and self.period_start > self.period_end
        ):
            raise ValueError("the period ends before it starts")
        return self


class Evidence(Entry):
    """Why we believe something; what it supports hangs on ``supports`` links.

    Parameters
    ----------
    basis
        Assumed (we think so), observed (interview, quote, ticket, visit) or measured.
    n_people
        How many people stand behind it.
    """

    kind: Literal["evidence"] = "evidence"
    label: ClassVar[str] = word("Evidence")
    text: Prose
    basis: Basis = "assumed"
    source: Line = ""
    day: Day | None = None
    n_people: Count | None = None
    data_set: DataSetId | None = None


class Measurement(Entry):
    """A measured number worth keeping.

    Parameters
    ----------
    definition
        Key of the measure in :data:`journeykit.definitions.MEASURES`.
    subject
        What was measured: a touchpoint, stage, channel; None for the whole journey.
    persona
        Persona or segment whose answers count; None for all.
    value, low, high
        In the unit of the definition; None if too few answered.
    left_out
        Why answers were left out, and how many.
    """

    kind: Literal["measurement"] = "measurement"
    label: ClassVar[str] = word("Measurement")
    definition: Annotated[Word, Field(min_length=1)]
    subject: (
        Annotated[EntryId, Ref(("touchpoint", "stage", "channel", "journey"))] | None
    ) = None
    persona: Annotated[EntryId, Ref(("persona", "segment"))] | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: Count = 0
    n_left_out: Count = 0
    left_out: dict[Line, Count] = Field(default_factory=dict)
    effective_n: float | None = None
    is_weighted: bool = False
    data_set: DataSetId | None = None
    column: Column | Literal[""] = ""
    day: Day | None = None

    def reliability(self, minimum: int = MIN_ANSWERS) -> Reliability:
        """Return how far the number may be trusted; without one it is not measured."""
        found = reliability_of(self.n, minimum)
        is_hidden = found == "fewer than minimum"
        return found if self.value is not None or is_hidden else "not measured"


class PainPoint(Entry):
    """Something that hurts customers.

    Parameters
    ----------
    moment
        When in the touchpoint it happens.
    category
        One of :data:`journeykit.vocabulary.PAIN_CATEGORIES` or a workshop's own.
    severity, frequency
        1 to 5 each; their product ranks by default, severity first on ties.
    detection
        1 (noticed at once) to 5 (nobody notices), for the risk priority number.
    response
        Proactive (prevent) or reactive (fix).
    departments
        To which departments it was routed; each of them owes an answer.
    """

    kind: Literal["pain_point"] = "pain_point"
    label: ClassVar[str] = word("Pain point")
    text: Line
    stage: StageId | None = None
    touchpoint: TouchpointId | None = None
    persona: PersonaId | None = None
    moment: Line = ""
    effect: Line = ""
    cause: Prose = ""
    category: Line = ""
    response: Response | None = None
    severity: Score | None = None
    frequency: Score | None = None
    detection: Score | None = None
    status: PainStatus = "open"
    is_assumption: bool = False
    is_process_friction: bool = False
    owner: StakeholderId | None = None
    departments: Lines = ()

    @property
    def priority(self) -> int | None:
        """Severity x frequency, 1 to 25; None until both are rated."""
        if self.severity is None or self.frequency is None:
            return None
        return self.severity * self.frequency


class PainPointStatus(Entry):
    """What became of a pain point on one day: its status over time."""

    kind: Literal["pain_point_status"] = "pain_point_status"
    label: ClassVar[str] = word("Status of a pain point")
    pain_point: PainPointId
    status: PainStatus
    day: Day
    note: Line = ""


class DepartmentAnswer(Entry):
    """What a department says to a pain point that was routed to it.

    Parameters
    ----------
    agreement
        Whether it agrees that this is its to mend; None if it did not say.
    until
        The day by which it does what it answers.
    """

    kind: Literal["department_answer"] = "department_answer"
    label: ClassVar[str] = word("Answer of a department")
    pain_point: PainPointId
    department: Line
    answer: Prose = ""
    day: Day | None = None
    answered_by: StakeholderId | None = None
    agreement: DepartmentAgreement | None = None
    until: Day | None = None


class Opportunity(Entry):
    """Something that could be done; what it answers hangs on ``answers`` links.

    Parameters
    ----------
    expected_effect, effort
        1 (low) to 5 (high), on satisfaction and in work.
    reach, impact, confidence, effort_months
        What RICE takes: customers in a quarter, steps of impact and of confidence,
        person-months above 0.
    is_chosen
        Whether the team goes on with it; ideas that were not chosen are kept.
    exceeds_expectations
        Whether it delights, or only meets what is expected.
    """

    kind: Literal["opportunity"] = "opportunity"
    label: ClassVar[str] = word("Opportunity")
    text: Line
    opportunity_type: OpportunityType = "service_improvement"
    stage: StageId | None = None
    touchpoint: TouchpointId | None = None
    unmet_need: Line = ""
    expected_effect: Score | None = None
    effort: Score | None = None
    reach: Count | None = None
    impact: Literal["massive", "high", "medium", "low", "minimal"] | None = None
    confidence: Literal["high", "medium", "low"] | None = None
    effort_months: Annotated[float, Field(gt=0)] | None = None
    is_chosen: bool | None = None
    exceeds_expectations: bool = False
    owner: StakeholderId | None = None
    tags: Lines = ()


class Experiment(Entry):
    """A trial of an opportunity: what we expect, how we see it, what came of it.

    Parameters
    ----------
    kpi, expected_change
        The number that should move, and by how much, in its own unit: what the sample
        size is planned from.
    sample_size
        Customers in each of the two groups that are compared.
    follows
        The experiment whose result led to this one.
    """

    kind: Literal["experiment"] = "experiment"
    label: ClassVar[str] = word("Experiment")
    opportunity: Annotated[EntryId, Ref(("opportunity",))]
    hypothesis: Prose
    measure: Line = ""
    sample_size: Count | None = None
    result: Prose = ""
    decision: Literal["open", "adopt", "change", "drop"] = "open"
    start: Day | None = None
    end: Day | None = None
    kpi: KpiId | None = None
    expected_change: float | None = None
    follows: Annotated[EntryId, Ref(("experiment",))] | None = None
