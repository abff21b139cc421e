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

__all__ = [
    "Column",
    "Condition",
    "Group",
    "Need",
    "Question",
    "Scale",
    "SurveyMapping",
]

Column = Annotated[
    str, StringConstraints(min_length=1, max_length=1_000), BeforeValidator(clean_tree)
]
"""Name of a column, as the reader gave it."""

_Subject = Annotated[EntryId, Ref(("touchpoint", "pain_point", "opportunity"))]


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
    answers
        Words that stand in the data for an answer, with its number:
        ``{"Very satisfied": 5, "10 - Extremely likely": 10}``.
    """

    lowest: float
    highest: float
    best: Literal["highest", "lowest"] = "highest"
    not_answers: dict[Code, Line] = Field(default_factory=dict)
    answers: dict[Code, float] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _ends_differ(self) -> Scale:
        if self.lowest >= self.highest:
            raise ValueError("the lowest answer must lie below the highest")
        return self

    @model_validator(mode="after")
    def _words_are_on_the_scale(self) -> Scale:
        for word, answer in self.answers.items():
            if not self.lowest <= answer <= self.highest:
                raise ValueError(
                    f"the answer {answer:g} of {word!r} lies outside the scale"
                )
            if word in self.not_answers:
                raise ValueError(f"{word!r} is declared as an answer and as none")
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


class Need(Fragment):
    """A need of customers, or a feature, that a survey asks about in two questions.

    Parameters
    ----------
    name
        The need in the customers' words: ``Get through security quickly``.
    subject
        The touchpoint, pain point or opportunity that it is about; None for none.
    importance, satisfaction
        Columns of how important it is and how satisfied people are; both give the
        opportunity score.
    functional, dysfunctional
        Columns of how people find it if it is there, and if it is not: both give the
        Kano class.
    scale
        Of importance and satisfaction; that of the question with the same column, else
        1 to 5, if None.
    kano_answers
        What stands in *functional* and *dysfunctional*, with its place: 1 I like it,
        2 I expect it, 3 I am neutral, 4 I can live with it, 5 I dislike it.
    kano_not_answers
        Codes that stand there and are no answers.
    """

    name: Line
    subject: _Subject | None = None
    importance: Column | None = None
    satisfaction: Column | None = None
    functional: Column | None = None
    dysfunctional: Column | None = None
    scale: Scale | None = None
    kano_answers: dict[Code, Annotated[int, Field(ge=1, le=5)]] = Field(
        default_factory=dict
    )
    kano_not_answers: dict[Code, Line] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _asked_in_pairs(self) -> Need:
        if not self.name:
            raise ValueError("a need was expected, its name is empty")
        pairs = (
            ("importance", "satisfaction"),
            ("functional", "dysfunctional"),
        )
        for pair in pairs:
            if sum(getattr(self, role) is not None for role in pair) == 1:
                raise ValueError(
                    f"{self.name!r} was expected to be asked for {' and '.join(pair)}"
                )
        if not self.columns:
            raise ValueError(f"{self.name!r} names no column")
        return self

    @property
    def columns(self) -> dict[str, str]:
        """What is asked to the column of its answers."""
        roles = ("importance", "satisfaction", "functional", "dysfunctional")
        named = {role: getattr(self, role) for role in roles}
        return {role: column for role, column in named.items() if column is not None}


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
    needs
        Needs that are asked for importance and satisfaction, or both ways as Kano does.
    """

    questions: tuple[Question, ...] = ()
    groups: tuple[Group, ...] = ()
    weight: Column | None = None
    respondent: Column | None = None
    comments: tuple[Column, ...] = ()
    renamed: dict[Column, tuple[Column, ...]] = Field(default_factory=dict)
    other_scales: dict[Column, tuple[Scale, ...]] = Field(default_factory=dict)
    needs: tuple[Need, ...] = ()

    def scale_of(self, need: Need, column: str) -> Scale:
        """Return the scale of a column in which a need is rated."""
        asked = (one.scale for one in self.questions if one.column == column)
        return need.scale or next(asked, Scale(lowest=1, highest=5))

    @property
    def columns(self) -> dict[str, str]:
        """Every column that is named here, and the first thing it is for."""
        roles: dict[str, str] = {}
        for question in self.questions:
            roles.setdefault(question.column, "question")
        for need in self.needs:
            for asks, column in need.columns.items():
                roles.setdefault(column, f"{asks} of {need.name}")
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

    @model_validator(mode="after")
    def _each_need_once(self) -> SurveyMapping:
        names = Counter(need.name for need in self.needs)
        twice = sorted(name for name, n in names.items() if n > 1)
        if twice:
            raise ValueError(f"needs mapped twice: {', '.join(twice)}")
        return self
