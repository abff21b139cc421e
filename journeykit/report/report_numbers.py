"""The numbers behind a report: tables and measurements picked out of a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from journeykit.check.evidence import entry_bases
from journeykit.errors import UnknownNameError
from journeykit.language import commas, day, month, say, speak, word
from journeykit.layout.emotion_curve import emotion_curve_data
from journeykit.measure.groups import group_mask
from journeykit.model import (
    DataSet,
    Document,
    Measurement,
    PainPoint,
    Persona,
    Scale,
    Segment,
    SurveyMapping,
    Touchpoint,
)
from journeykit.model.survey import Group
from journeykit.report.answer_groups import answer_group, is_answer_group
from journeykit.show.numbers import count
from journeykit.vocabulary import PAIN_STATUSES
from journeykit.workshop import Workshop

__all__ = ["ReportNumbers", "period_of", "quoted", "reason_words", "source_of"]

_NPS, _CSAT = "net_promoter_score", "customer_satisfaction_score"
_PAIN_COLUMNS = (
    "priority",
    "pain_point",
    "touchpoint",
    "severity",
    "frequency",
    "status",
    "basis",
    "owner",
)
_WHY = (
    *(word("empty"), word("no words"), word("nothing to say"), word("no rating")),
    *(word("no number"), word("answered twice, differently")),
)
"""Reasons of ours; others are what people's own answers say."""


class ReportNumbers:
    """What a report on one workshop says, for everybody or one persona.

    Parameters
    ----------
    workshop
        The workshop, read only once.
    persona
        Id of a persona or segment, or column and value of those who gave one answer,
        such as ``TERMINAL=3``; empty for everybody.
    language
        Language of the page's own words; empty for English.
    today
        Date of the report.

    Raises
    ------
    UnknownNameError
        If there is no such persona, or its words are not known in that language.
    """

    def __init__(
        self,
        workshop: Workshop,
        *,
        persona: str = "",
        language: str = "",
        today: date | None = None,
    ) -> None:
        self.workshop = workshop
        self.document: Document = workshop.document()
        self.case = workshop.case
        self.number = workshop.store.number()
        self.today = today or workshop.store.now().astimezone().date()
        self.language = language or "en"
        speak(self.language)
        who = {one.id: one for one in (*self.of(Persona), *self.of(Segment))}
        self._asked: tuple[Measurement, ...] = ()
        self._rules: tuple[Group, ...] = ()
        if persona not in who and is_answer_group(persona):
            group = answer_group(workshop, persona)
            self._asked, self._rules = group.measurements, (group.rule,)
            who[persona] = group.segment
        if persona and persona not in who:
            raise UnknownNameError("persona", persona, who, workshop.store.where)
        self.persona = who.get(persona)

    def of(self, kind: Any) -> tuple[Any, ...]:  # Any: entries of the kind asked for
        """Return the entries of a kind, in order."""
        return self.document.of(kind)

    def name(self, entry_id: str | None) -> str:
        """Return what people call an entry; empty if there is none."""
        entry = self.document.get(entry_id)
        return entry.name_for_people if entry else ""

    def place(self, pain: PainPoint) -> str:
        """Return where a pain point hurts: its touchpoint, else its stage."""
        return self.name(pain.touchpoint) or self.name(pain.stage)

    # --- numbers ----------------------------------------------------------------------

    @cached_property
    def newest(self) -> tuple[Measurement, ...]:
        """The measurements of the newest wave that has them, the newest wave first."""
        every = (*self.of(Measurement), *self._asked)
        found: dict[tuple[object, ...], Measurement] = {}
        for one in sorted(every, key=lambda one: one.day or date.min, reverse=True):
            key = (one.definition, one.subject, one.persona, one.is_weighted)
            found.setdefault((*key, one.column), one)
        return tuple(found.values())

    @cached_property
    def measured(self) -> tuple[Measurement, ...]:
        """The plain measurements of those whom the report is about."""
        wanted = self.persona.id if self.persona else None
        return tuple(
            one for one in self.newest if one.persona == wanted and not one.is_weighted
        )

    def overall(self, definition: str, *, is_weighted: bool = False) -> Any:
        """Return the score of the whole journey, None if not measured."""
        wanted = self.persona.id if self.persona else None
        for one in self.newest:
            is_it = one.definition == definition and one.subject is None
            if is_it and one.persona == wanted and one.is_weighted == is_weighted:
                return one
        return None

    def _by_touchpoint(self, definition: str) -> dict[str, Measurement]:
        found: dict[str, Measurement] = {}
        for one in self.measured:
            if one.definition == definition and one.subject is not None:
                found.setdefault(one.subject, one)  # the main question comes first
        return found

    @cached_property
    def satisfaction_table(self) -> pd.DataFrame:
        """CSAT by touchpoint: one row each, also those that were not measured."""
        measured = self._by_touchpoint(_CSAT)
        return self.score_rows(
            [(one.name, measured.get(one.id)) for one in self.of(Touchpoint)]
        )

    @property
    def overall_satisfaction(self) -> pd.DataFrame:
        """CSAT of the whole journey: a row a question that rates no touchpoint."""
        asked = {
            (data.id, question.column): question.wording
            for data in self.of(DataSet)
            if data.mapping is not None
            for question in data.mapping.questions
        }
        return self.score_rows(
            [
                (asked.get((one.data_set or "", one.column)) or one.column, one)
                for one in self.measured
                if one.definition == _CSAT and one.subject is None
            ]
        )

    @property
    def not_measured(self) -> list[str]:
        """Touchpoints of which nobody was asked, by name."""
        table = self.satisfaction_table
        return list(table.loc[table["reliability"] == "not measured", "name"])

    def score_rows(
        self, rows: Sequence[tuple[str, Measurement | None]]
    ) -> pd.DataFrame:
        """Return scores as a table for the charts, unmeasured ones too."""
        columns = ["name", "value", "low", "high", "n", "reliability"]
        minimum = self.case.min_group
        table = [
            (name, one.value, one.low, one.high, one.n, one.reliability(minimum))
            if one is not None
            else (name, None, None, None, 0, "not measured")
            for name, one in rows
        ]
        return pd.DataFrame(table, columns=columns)

    @cached_property
    def gap_table(self) -> pd.DataFrame:
        """Felt against measured by touchpoint, both -2 to +2."""
        columns = ["name", "felt", "measured", "low", "high", "n"]
        persona = self.persona.id if isinstance(self.persona, Persona) else None
        rows = [
            (row.name, row.felt, row.measured, row.low, row.high, row.n)
            for row in emotion_curve_data(self.document, persona)
            if row.persona == (persona or "")
        ]
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def pain_table(self) -> pd.DataFrame:
        """Pain points, worst first: severity x frequency, severity first on ties."""
        bases = entry_bases(self.document)
        rows = [
            {
                "priority": one.priority,
                "pain_point": one.text,
                "touchpoint": self.place(one),
                "severity": one.severity,
                "frequency": one.frequency,
                "status": say(PAIN_STATUSES[one.status]),
                "basis": say("assumed")
                if one.is_assumption or one.id not in bases
                else say("with evidence"),
                "owner": self.name(one.owner),
            }
            for one in self.of(PainPoint)
            if self.persona is None or one.persona in (None, self.persona.id)
        ]
        table = pd.DataFrame(rows, columns=list(_PAIN_COLUMNS))
        for name in ("priority", "severity", "frequency"):
            table[name] = table[name].astype("Int64")
        return table.sort_values(
            ["priority", "severity"], ascending=False, kind="stable", na_position="last"
        ).reset_index(drop=True)

    def data_set_of(self, one: Measurement | None) -> Any:
        """Return the data set of a measurement."""
        return self.document.get(one.data_set) if one is not None else None

    def answers_to(self, data: DataSet, column: str) -> tuple[pd.Series, Scale]:
        """Return the answers to a question by those whom the report is about."""
        mapping = data.mapping or SurveyMapping()
        frame = self.workshop.survey(data.id)
        for group in (*mapping.groups, *self._rules):
            if self.persona is not None and group.subject == self.persona.id:
                frame = frame[group_mask(frame, group)]
        scale = next(one.scale for one in mapping.questions if one.column == column)
        return frame[column], scale

    def any_data_set(self) -> Any:
        """Return the data set of the first measurement."""
        return self.data_set_of(self.measured[0] if self.measured else None)


def period_of(data: DataSet | None) -> str:
    """Return when the answers were given, in words."""
    if data is None or data.period_start is None or data.period_end is None:
        return ""
    first, last = data.period_start, data.period_end
    if (first.year, first.month) == (last.year, last.month):
        return month(first)
    return say("{first} to {last}", first=day(first), last=day(last))


def quoted(left_out: Mapping[str, int]) -> str:
    """Return what was left out in words: how many answers of which code.

    Examples
    --------
    >>> quoted({"11 no answer": 84, "empty": 1})
    '84 “11 no answer”, 1 “empty”'
    """
    return commas(
        say("{n} “{why}”", n=count(n), why=reason_words(why))
        for why, n in left_out.items()
        if n
    )


def reason_words(why: str) -> str:
    """Return why something was left out: said if the reason is ours, else as it is."""
    return say(why) if why in _WHY else why


def source_of(data: DataSet | None, left_out: Mapping[str, int]) -> str:
    """Return the last line of a chart: source, and what was left out."""
    if data is None:
        return ""
    words = {"title": data.title, "n": count(data.n_rows or 0)}
    said = quoted(left_out)
    if said:
        return say("Source: {title}, n {n}. Left out: {list}.", **words, list=said)
    return say("Source: {title}, n {n}.", **words)
