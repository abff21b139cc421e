"""The journey itself: stages, channels, touchpoints, and what people note on them."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from journeykit.language import word
from journeykit.model.base import (
    AnyId,
    ChannelId,
    Emotion,
    Entry,
    EntryId,
    JourneyId,
    Line,
    Lines,
    PersonaId,
    Prose,
    Score,
    StageId,
    StakeholderId,
    TouchpointId,
    Word,
)
from journeykit.model.relations import Relation

__all__ = [
    "Attachment",
    "Channel",
    "ChannelChange",
    "IndividualScore",
    "Journey",
    "LaneNote",
    "Link",
    "NoteLane",
    "Stage",
    "Touchpoint",
]


class Journey(Entry):
    """One map: as it is, or as it should be. Its personas hang on ``travels`` links."""

    kind: Literal["journey"] = "journey"
    label: ClassVar[str] = word("Journey")
    name: Line
    state: Literal["current", "target"] = "current"
    description: Prose = ""


class Stage(Entry):
    """A part of the journey, named from the customer's side."""

    kind: Literal["stage"] = "stage"
    label: ClassVar[str] = word("Stage")
    journey: JourneyId
    name: Line
    description: Prose = ""
    is_before_purchase: bool = False
    is_after_purchase: bool = False


class Channel(Entry):
    """A way by which customer and organisation meet.

    Parameters
    ----------
    catalogue
        Key in :data:`journeykit.vocabulary.CHANNELS`; empty for a workshop's own.
    messaging, branding, service_delivery
        Consistency with the other channels, 1 (worst) to 5.
    """

    kind: Literal["channel"] = "channel"
    label: ClassVar[str] = word("Channel")
    name: Line
    catalogue: Word = ""
    is_online: bool = False
    messaging: Score | None = None
    branding: Score | None = None
    service_delivery: Score | None = None


class Touchpoint(Entry):
    """A moment at which customer and organisation meet: the finest column of the map.

    Parameters
    ----------
    emotion, emotion_word
        What the team believes customers feel, -2 to +2, with an optional word; feelings
        of single personas stand in lane notes.
    satisfaction, importance_to_customer, importance_to_organisation
        1 to 5, as the team rates them.
    ease, information, personalisation, responsiveness
        1 to 5, quality as the team rates it.
    bears_on
        Which of satisfaction, loyalty and CLV it moves, and how strongly, 1 to 5.
    is_subtle
        Whether it is one of those that maps forget: entrance, queue, parking.
    excels
        Where the organisation does better than others.
    why_no_pain
        Why a bad emotion has no pain point.
    """

    kind: Literal["touchpoint"] = "touchpoint"
    label: ClassVar[str] = word("Touchpoint")
    stage: StageId
    name: Line
    channel: ChannelId | None = None
    description: Prose = ""
    owner: StakeholderId | None = None
    department: Line = ""
    is_online: bool = False
    moment_of_truth: bool = False
    is_subtle: bool = False
    excels: bool = False
    emotion: Emotion | None = None
    emotion_word: Line = ""
    why_no_pain: Line = ""
    satisfaction: Score | None = None
    importance_to_customer: Score | None = None
    importance_to_organisation: Score | None = None
    ease: Score | None = None
    information: Score | None = None
    personalisation: Score | None = None
    responsiveness: Score | None = None
    bears_on_satisfaction: Score | None = None
    bears_on_loyalty: Score | None = None
    bears_on_clv: Score | None = None
    personalisation_idea: Line = ""
    systems: Lines = ()
    backstage: Lines = ()
    support_processes: Lines = ()


class ChannelChange(Entry):
    """A way from one touchpoint to another: on, by another channel, back, or around.

    Parameters
    ----------
    context_kept
        Whether the customer need not begin again; None if nobody asked.
    """

    kind: Literal["channel_change"] = "channel_change"
    label: ClassVar[str] = word("Change of channel")
    source: TouchpointId
    target: TouchpointId
    change: Literal["channel_change", "branch", "loop", "return"] = "channel_change"
    context_kept: bool | None = None
    note: Line = ""


NoteLane = Literal[
    "goal", "action", "thought", "feeling", "need", "expectation", "motivation"
]


class LaneNote(Entry):
    """A sticky note in a lane: at a touchpoint, or over a whole stage.

    Parameters
    ----------
    emotion
        -2 to +2, for a feeling only.
    """

    kind: Literal["lane_note"] = "lane_note"
    label: ClassVar[str] = word("Note")
    lane: NoteLane
    text: Line
    stage: StageId | None = None
    touchpoint: TouchpointId | None = None
    persona: PersonaId | None = None
    emotion: Emotion | None = None

    @model_validator(mode="after")
    def _stands_somewhere(self) -> LaneNote:
        if self.stage is None and self.touchpoint is None:
            raise ValueError("a note needs a stage or a touchpoint")
        if self.emotion is not None and self.lane != "feeling":
            raise ValueError("only a feeling carries an emotion")
        return self


class IndividualScore(Entry):
    """What one person answered in silence, before the group talked.

    Parameters
    ----------
    participant
        Id of the person as the store knows it; names live apart.
    value
        In the unit of *scale*: emotion -2 to +2, the others 1 to 5.
    """

    kind: Literal["individual_score"] = "individual_score"
    label: ClassVar[str] = word("Individual score")
    subject: AnyId
    scale: Literal[
        "emotion",
        "satisfaction",
        "importance_to_customer",
        "importance_to_organisation",
        "severity",
        "frequency",
        "impact",
        "effort",
    ]
    value: Annotated[float, Field(ge=-2, le=5)]
    participant: EntryId
    persona: PersonaId | None = None

    @model_validator(mode="after")
    def _fits_its_scale(self) -> IndividualScore:
        low, high = (-2, 2) if self.scale == "emotion" else (1, 5)
        if not low <= self.value <= high:
            raise ValueError(f"{self.scale} runs from {low} to {high}")
        return self


class Link(Entry):
    """A many-to-many relation between two entries.

    Parameters
    ----------
    relation
        A key of :data:`journeykit.model.relations.RELATIONS`: what it may join.
    strength
        1 (weak) to 5 (strong); None if nobody rated it.
    is_proposed
        Whether the machine proposed it and no person has taken it yet.
    """

    kind: Literal["link"] = "link"
    label: ClassVar[str] = word("Link")
    source: AnyId
    target: AnyId
    relation: Relation = "relates_to"
    strength: Score | None = None
    note: Line = ""
    is_proposed: bool = False


class Attachment(Entry):
    """A picture or file that hangs on an entry; its bytes are kept by hash."""

    kind: Literal["attachment"] = "attachment"
    label: ClassVar[str] = word("Attachment")
    subject: AnyId
    name: Line
    media_type: Literal["image/png", "image/jpeg", "image/webp"]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    n_bytes: Annotated[int, Field(ge=1, le=10_000_000)]
    alt: Line = ""
