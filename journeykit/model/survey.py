"""How the columns of a survey are to be read; kept in the workshop itself."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from journeykit.model.base import (
    Code,
    EntryId,
    Fragment,
    Line,
    Ref,
    TouchpointId,
    clean_tree,
)

__all__ = ["Column", "Condition", "Group", "Question", "Scale", "SurveyMapping"]

Column = Annotated[
    str, StringConstraints(min_length=1, max_length=1_000), BeforeValidator(clean_tree)
]
"""Name of a column, as the reader gave it."""


class Scale(Fragment):
    """What the answers to a question mean.

    Parameters
    ----------
    lowest, highest
        Ends of the scale as it is printed on the questionnaire.
    best
        Which end is the good one.
    not_answers
        Codes that stand in the data and are no answers, with what they mean:
        ``{"0": "blank", "6": "never used"}``. Empty cells never are answers.
    """

    lowest: float
    highest: float
    best: Literal["highest", "lowest"] = "highest"
    not_answers: dict[Code, Line] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ends_differ(self) -> Scale:
        if self.lowest >= self.highest:
            raise ValueError("the lowest answer must lie below the highest")
        return self


class Question(Fragment):
    """One rated question: its column, what it rates, on which scale.

    Parameters
    ----------
    column
        Column of the answers.
    asks
        ``satisfaction`` gives CSAT and a mean, ``recommend`` NPS, ``effort`` CES.
    scale
        The declared scale.
    touchpoint
        What is rated; None for the whole journey.
    wording
        The question as it was asked.
    """

    column: Column
    asks: Literal["satisfaction", "recommend", "effort"]
    scale: Scale
    touchpoint: TouchpointId | None = None
    wording: Line = ""


class Condition(Fragment):
    """A test of one column; several values are alternatives."""

    column: Column
    test: Literal["is", "is_not", "at_least", "at_most"] = "is"
    values: Annotated[tuple[Code, ...], Field(min_length=1)]


class Group(Fragment):
    """The rule by which an answer belongs to a persona or segment: all tests hold."""

    subject: Annotated[EntryId, Ref(("persona", "segment"))]
    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]


class SurveyMapping(Fragment):
    """Which column of a survey means what.

    Parameters
    ----------
    questions
        The rated questions.
    groups
        Rules for personas and segments.
    weight
        Column of the weights; None if every answer counts the same.
    respondent
        Column of the respondents' numbers, to find duplicates.
    comments
        Columns of free text.
    renamed
        Column to its names in other waves, where they drift: ``{"NETPRO": ("Q16",)}``.
    other_scales
        Column of a question to the scales on which other waves asked it. A wave is read
        on the scale that its answers fit; without a declaration it is refused.
    """

    questions: tuple[Question, ...] = ()
    groups: tuple[Group, ...] = ()
    weight: Column | None = None
    respondent: Column | None = None
    comments: tuple[Column, ...] = ()
    renamed: dict[Column, tuple[Column, ...]] = Field(default_factory=dict)
    other_scales: dict[Column, tuple[Scale, ...]] = Field(default_factory=dict)

    @property
    def columns(self) -> dict[str, str]:
        """Every column that is named here, and the first thing it is for."""
        roles: dict[str, str] = {}
        for question in self.questions:
            roles.setdefault(question.column, "question")
        for group in self.groups:
            for condition in group.conditions:
                roles.setdefault(condition.column, f"rule of {group.subject}")
        for name, role in ((self.weight, "weight"), (self.respondent, "respondent")):
            if name is not None:
                roles.setdefault(name, role)
        for name in self.comments:
            roles.setdefault(name, "comment")
        return roles

    @model_validator(mode="after")
    def _other_waves_are_of_known_columns(self) -> SurveyMapping:
        unknown = [name for name in self.renamed if name not in self.columns]
        asked = {question.column for question in self.questions}
        unknown += [name for name in self.other_scales if name not in asked]
        if unknown:
            raise ValueError(f"columns that are not mapped: {', '.join(unknown)}")
        others = Counter(name for names in self.renamed.values() for name in names)
        twice = sorted(n for n in others if others[n] > 1 or n in self.columns)
        if twice:
            raise ValueError(f"names that stand for two columns: {', '.join(twice)}")
        return self

    @model_validator(mode="after")
    def _one_question_a_column(self) -> SurveyMapping:
        columns = Counter(question.column for question in self.questions)
        twice = sorted(name for name, n in columns.items() if n > 1)
        if twice:
            raise ValueError(f"columns mapped twice: {', '.join(twice)}")
        return self
