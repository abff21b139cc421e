"""Who stands side by side in a comparison of groups, and what they said.

Scores are computed from the answers and not taken from what was measured before: the
minimum may have been raised since, and a difference needs the answers anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from journeykit.errors import UnknownNameError
from journeykit.measure.group_differences import group_differences
from journeykit.measure.groups import group_mask, told_counts
from journeykit.measure.scores import score_table
from journeykit.model import (
    DataSet,
    Document,
    PainPoint,
    Persona,
    Segment,
    Stage,
    SurveyMapping,
    Touchpoint,
)
from journeykit.model.reliability import MIN_ANSWERS, Reliability, reliability_of
from journeykit.workshop import Workshop

__all__ = ["COMPARED", "ComparedGroup", "SegmentNumbers"]

COMPARED: dict[str, type[Persona] | type[Segment]] = {
    "personas": Persona,
    "segments": Segment,
}
"""Who can stand side by side."""

_NPS, _CSAT = "net_promoter_score", "customer_satisfaction_score"


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """One persona or segment that stands beside others.

    Parameters
    ----------
    entry
        The persona or segment.
    n
        Whose answers the survey has; 0 if nobody's or if no rule says whose.
    reliability
        How far its numbers may be trusted.
    is_withheld
        Whether its numbers, taken from those of everybody, would tell what a smaller
        group answered.
    """

    entry: Any  # Any: Persona or Segment, which have no common base of their own
    n: int
    reliability: Reliability
    is_withheld: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether numbers may be shown: enough answered, and it gives nobody away."""
        enough = self.reliability in ("few answers", "enough")
        return enough and not self.is_withheld


class SegmentNumbers:
    """The numbers of a comparison of personas or segments.

    Parameters
    ----------
    workshop, document
        The workshop, and its entries.
    compare
        ``personas`` or ``segments``; those of which there are fewer than two give way
        to the others.
    stage
        Id of the stage to look at; empty for all.

    Raises
    ------
    UnknownNameError
        If it is neither, or there is no such stage.
    """

    def __init__(
        self, workshop: Workshop, document: Document, compare: str, stage: str
    ) -> None:
        if compare not in COMPARED:
            raise UnknownNameError("kind of group", compare, COMPARED)
        stages = [one.id for one in document.of(Stage)]
        if stage and stage not in stages:
            raise UnknownNameError("stage", stage, stages, workshop.store.where)
        self.workshop, self.document, self.stage = workshop, document, stage
        case = document.case
        self.minimum = case.min_group if case else MIN_ANSWERS
        others = [key for key in COMPARED if key != compare]
        enough = [
            key for key in (compare, *others) if len(document.of(COMPARED[key])) >= 2
        ]
        self.compare = enough[0] if enough else compare
        self.entries: tuple[Any, ...] = document.of(COMPARED[self.compare])

    @cached_property
    def data(self) -> DataSet | None:
        """The newest survey that says whose answers belong to one of the groups."""
        ids = {one.id for one in self.entries}
        surveys = [
            one
            for one in self.workshop.data_sets("survey")
            if one.mapping and ids & {group.subject for group in one.mapping.groups}
        ]
        return surveys[-1] if surveys else None

    @cached_property
    def mapping(self) -> SurveyMapping:
        """What the survey's columns mean, and who belongs to which group.

        Groups that are not compared stay: reports on them give numbers away as well.
        """
        if self.data is None or self.data.mapping is None:
            return SurveyMapping()
        mapping = self.data.mapping
        asked = mapping.questions
        if self.stage:
            here = self._touchpoints_of(self.stage)
            asked = tuple(
                one for one in asked if one.touchpoint is None or one.touchpoint in here
            )
        return mapping.model_copy(
            update={"questions": asked, "weight": None, "needs": ()}
        )

    def _touchpoints_of(self, stage: str) -> set[str]:
        return {one.id for one in self.document.of(Touchpoint) if one.stage == stage}

    @cached_property
    def answers(self) -> pd.DataFrame:
        """The answers of the survey."""
        if self.data is None:
            return pd.DataFrame()
        return self.workshop.survey(self.data.id)

    @cached_property
    def groups(self) -> tuple[ComparedGroup, ...]:
        """Every persona or segment with how many answered, in their order."""
        rules = self.mapping.groups
        told = told_counts(self.answers, rules, self.minimum)
        found = []
        for one in self.entries:
            rule = next((each for each in rules if each.subject == one.id), None)
            n = 0 if rule is None else int(group_mask(self.answers, rule).sum())
            is_withheld = rule is not None and n > 0 and told[one.id] is None
            trusted = reliability_of(n, self.minimum)
            found.append(ComparedGroup(one, n, trusted, is_withheld))
        return tuple(found)

    @property
    def shown(self) -> tuple[ComparedGroup, ...]:
        """Those of whom enough answered."""
        return tuple(one for one in self.groups if one.is_shown)

    @property
    def too_few(self) -> tuple[ComparedGroup, ...]:
        """Those of whom somebody answered, and too few to be shown."""
        return tuple(
            one for one in self.groups if one.reliability == "fewer than minimum"
        )

    @property
    def withheld(self) -> tuple[ComparedGroup, ...]:
        """Those of whom enough answered, and who would give a smaller group away."""
        return tuple(
            one for one in self.groups if one.is_withheld and one.n >= self.minimum
        )

    @property
    def silent(self) -> tuple[ComparedGroup, ...]:
        """Those of whom nobody answered, or no rule says whose answers are theirs."""
        return tuple(one for one in self.groups if one.reliability == "not measured")

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Scores of every question for each group, as ``score_table`` gives them."""
        if self.data is None:
            return score_table(pd.DataFrame(), SurveyMapping())
        table = score_table(self.answers, self.mapping, minimum=self.minimum)
        compared = table["group"].isin([one.id for one in self.entries])
        return table[compared].reset_index(drop=True)

    @cached_property
    def differences(self) -> pd.DataFrame:
        """Differences of each two groups of whom enough answered."""
        ids = [one.entry.id for one in self.shown]
        mapping = self.mapping if self.data is not None else SurveyMapping()
        if len(ids) < 2:
            mapping, ids = SurveyMapping(), []
        return group_differences(
            self.answers,
            mapping,
            ids,
            definitions=(_NPS, _CSAT, "customer_effort_score"),
            minimum=self.minimum,
        )

    @cached_property
    def main_columns(self) -> frozenset[str]:
        """The first question of each touchpoint: the one that pictures show."""
        first: dict[str, str] = {}
        for question in self.mapping.questions:
            if question.touchpoint is not None and question.asks == "satisfaction":
                first.setdefault(question.touchpoint, question.column)
        return frozenset(first.values())

    def feels(self, pain: PainPoint) -> frozenset[str]:
        """Return which of the groups feel a pain point.

        A segment feels what one of its personas feels.
        """
        felt = {pain.persona} if pain.persona else set()
        for one in self.document.linked("felt_by", source=pain.id):
            felt.add(one.id)
        for persona in self.document.of(Persona):
            if persona.id in felt and persona.segment:
                felt.add(persona.segment)
        for persona_id in tuple(felt):
            for one in self.document.linked("member_of", source=persona_id):
                felt.add(one.id)
        return frozenset(felt & {one.id for one in self.entries})

    def names(self, groups: Sequence[ComparedGroup]) -> list[str]:
        """Return what people call these groups."""
        return [one.entry.name for one in groups]
