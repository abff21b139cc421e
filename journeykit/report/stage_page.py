"""One stage of the journey, part by part: what is there, and what is missing.

A part that has nothing to show is None, and the last part says so once, with the step
of the workbook where it is added: a page of empty headings helps nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from journeykit.check.channel_reading import CRITERIA, changes_read
from journeykit.language import day, say, say_count, word
from journeykit.layout.workload import answered_by_actions
from journeykit.model import (
    Action,
    Channel,
    LaneNote,
    Objective,
    Opportunity,
    PainPoint,
    Stage,
    Touchpoint,
)
from journeykit.report import parts
from journeykit.report.evidence_lines import evidence_of, evidence_words
from journeykit.report.part import Part
from journeykit.report.report_numbers import period_of, source_of
from journeykit.report.stage_gaps import missing
from journeykit.report.stage_process import behind, causes_of
from journeykit.report.subject_report import first_names
from journeykit.show.charts import picture
from journeykit.show.numbers import signed, with_interval
from journeykit.vocabulary import ACTION_STATUSES, OPPORTUNITY_TYPES, PAIN_STATUSES

if TYPE_CHECKING:
    from journeykit.report.stage_deep_dive import StageDeepDive

__all__ = ["StagePage"]

_CSAT = "customer_satisfaction_score"
_NOTES = {
    "goal": word("Goal"),
    "action": word("Does"),
    "thought": word("Thinks"),
    "feeling": word("Feels"),
    "need": word("Needs"),
    "expectation": word("Expects"),
    "motivation": word("Is moved by"),
}


class StagePage:
    """One stage of a workshop.

    Parameters
    ----------
    report
        The report, for the numbers and whom it is about.
    stage
        The stage.
    """

    def __init__(self, report: StageDeepDive, stage: Stage) -> None:
        self.report, self.stage = report, stage
        self.document = report.document
        self.points: tuple[Touchpoint, ...] = tuple(
            one for one in report.of(Touchpoint) if one.stage == stage.id
        )
        self._here = {stage.id, *(one.id for one in self.points)}

    def parts(self) -> Iterator[Part]:
        """Yield the parts of the stage, its heading first."""
        yield parts.section(self.stage.name, self.stage.description)
        made = (
            self.touchpoints(),
            self.notes(),
            self.scores(),
            self.channels(),
            self.pain_points(),
            behind(self.document, self.points),
            self.opportunities(),
            self.actions(),
            self.kpis(),
            missing(self),
        )
        yield from (one for one in made if one is not None)

    # --- what is there ----------------------------------------------------------------

    def touchpoints(self) -> Part | None:
        """Return the touchpoints: channel, emotion, moment of truth, satisfaction."""
        if not self.points:
            return None
        rows = [
            {
                "name": one.name,
                "channel": self.report.name(one.channel),
                "felt": self._felt(one),
                "truth": say("yes") if one.moment_of_truth else "",
                "score": self._score(one),
                "owner": self.report.name(one.owner) or one.department,
            }
            for one in self.points
        ]
        felt = [one for one in self.points if one.emotion is not None]
        title = say_count("{n} touchpoint", "{n} touchpoints", len(self.points))
        if felt:
            low = min(felt, key=lambda one: one.emotion or 0)
            title = say(
                "“{name}” feels worst, as the team sees it: {felt}",
                name=low.name,
                felt=self._felt(low),
            )
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "name": say("Touchpoint"),
                "channel": say("Channel"),
                "felt": say("Emotion"),
                "truth": say("Moment of truth"),
                "score": say("Satisfied"),
                "owner": say("Owner"),
            },
            title=title,
            subtitle=say(
                "Emotion from −2 to +2; satisfied: share of the two best answers, with "
                "its 95 % interval."
            ),
            is_ranked=False,
        )

    def _felt(self, one: Touchpoint) -> str:
        if one.emotion is None:
            return say("not asked")
        felt = signed(one.emotion, 0)
        if not one.emotion_word:
            return felt
        return say("{felt} ({word})", felt=felt, word=one.emotion_word)

    def _score(self, one: Touchpoint) -> str:
        score = self.report.score_of(one.id)
        if score is None or score.value is None:
            is_few = score is not None and 0 < score.n < self.report.case.min_group
            if is_few:
                return say("fewer than {n} people", n=self.report.case.min_group)
            return say("not measured")
        if score.low is None or score.high is None:
            return say("not measured")
        return with_interval(score.value, score.low, score.high, _CSAT)

    def notes(self) -> Part | None:
        """Return the objective, and what customers want, do, think and feel here."""
        rows = [
            {"lane": say("Objective"), "text": one.text, "where": "", "who": ""}
            for one in self.objectives
        ]
        notes = [
            one
            for one in self.report.of(LaneNote)
            if (one.touchpoint or one.stage) in self._here
            and self.report.is_about(one.persona)
        ]
        order = list(_NOTES)
        for one in sorted(notes, key=lambda one: order.index(one.lane)):
            felt = "" if one.emotion is None else f" ({signed(one.emotion, 0)})"
            rows.append(
                {
                    "lane": say(_NOTES[one.lane]),
                    "text": f"{one.text}{felt}",
                    "where": self.report.name(one.touchpoint),
                    "who": self.report.name(one.persona),
                }
            )
        if not rows:
            return None
        labels = {
            "lane": say("Lane"),
            "text": say("What it says"),
            "where": say("Where"),
            "who": say("Who"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows),
            {key: label for key, label in labels.items() if any(r[key] for r in rows)},
            title=say("What customers want, do, think and feel here"),
            is_ranked=False,
        )

    @cached_property
    def objectives(self) -> list[Objective]:
        """The objectives of the stage."""
        every = self.report.of(Objective)
        return [one for one in every if one.stage == self.stage.id]

    def scores(self) -> Part | None:
        """Return the measured satisfaction of the touchpoints, with its intervals."""
        rows = [(one.name, self.report.score_of(one.id)) for one in self.points]
        table = self.report.score_rows(rows)
        if table["value"].isna().all():
            return None
        data = self.report.any_data_set()
        return parts.figure(
            picture(
                "scores_by_touchpoint",
                scores=table,
                definition=_CSAT,
                minimum=self.report.case.min_group,
                period=period_of(data),
                source=source_of(data, {}),
            )
        )

    def channels(self) -> Part | None:
        """Return how consistent the channels are, and where customers begin again."""
        ids = dict.fromkeys(one.channel for one in self.points if one.channel)
        used = [
            one for name in ids if isinstance(one := self.document.get(name), Channel)
        ]
        if not used:
            return None
        table = pd.DataFrame(
            {"name": one.name, **{field: getattr(one, field) for field in CRITERIA}}
            for one in used
        )
        for field in CRITERIA:
            table[field] = table[field].astype("Int64")
        lost = [
            one.name
            for one in changes_read(self.document)
            if one.context == "lost" and {one.source.id, one.target.id} & self._here
        ]
        if lost:
            title = say("Customers begin again at {changes}", changes=first_names(lost))
        else:
            title = say_count("{n} channel here", "{n} channels here", len(used))
        return parts.ranked_table(
            table,
            {
                "name": say("Channel"),
                **{field: say(label) for field, label in CRITERIA.items()},
            },
            title=title,
            subtitle=say(
                "Consistency with the other channels, 1 (worst) to 5, as rated."
            ),
            is_ranked=False,
        )

    # --- what hurts -------------------------------------------------------------------

    @cached_property
    def pains(self) -> list[PainPoint]:
        """Pain points of the stage, worst first; resolved ones last."""
        also = {
            link.id
            for here in self._here
            for link in self.document.linked("pain_at", target=here)
        }
        found = [
            one
            for one in self.report.of(PainPoint)
            if {one.stage, one.touchpoint} & self._here or one.id in also
            if self.report.is_about(one.persona)
        ]
        found.sort(
            key=lambda one: (
                one.status == "resolved",
                -(one.priority or 0),
                -(one.severity or 0),
            )
        )
        return found

    def pain_points(self) -> Part | None:
        """Return what hurts, its cause, and what stands behind it."""
        if not self.pains:
            return None
        table = pd.DataFrame(
            {
                "score": one.priority,
                "pain": one.text,
                "where": self.report.name(one.touchpoint),
                "cause": causes_of(self.document, one),
                "evidence": evidence_words(
                    evidence_of(self.document, one.id),
                    length=120,
                    minimum=self.report.case.min_group,
                ),
                "status": say(PAIN_STATUSES[one.status]),
            }
            for one in self.pains
        )
        table["score"] = table["score"].astype("Int64")
        return parts.ranked_table(
            table,
            {
                "score": say("Score"),
                "pain": say("Pain point"),
                "where": say("Where"),
                "cause": say("Where it comes from"),
                "evidence": say("What stands behind it"),
                "status": say("Status"),
            },
            title=say("“{pain}” hurts most", pain=self.pains[0].text),
            subtitle=say("Severity times frequency, 1 to 5 each; as the team rated."),
            dot="score",
        )

    # --- what to do -------------------------------------------------------------------

    @cached_property
    def _opportunities(self) -> list[Opportunity]:
        pains = {one.id for one in self.pains}
        return [
            one
            for one in self.report.of(Opportunity)
            if {one.stage, one.touchpoint} & self._here
            or any(
                other.id in pains
                for other in self.document.linked("answers", source=one.id)
            )
        ]

    def opportunities(self) -> Part | None:
        """Return what could be done, the strongest first."""
        found = sorted(
            self._opportunities,
            key=lambda one: (-(one.expected_effect or 0), one.effort or 9),
        )
        if not found:
            return None
        table = pd.DataFrame(
            {
                "text": one.text,
                "type": say(OPPORTUNITY_TYPES[one.opportunity_type]),
                "effect": one.expected_effect,
                "effort": one.effort,
                "chosen": say("yes") if one.is_chosen else "",
            }
            for one in found
        )
        for name in ("effect", "effort"):
            table[name] = table[name].astype("Int64")
        return parts.ranked_table(
            table,
            {
                "text": say("Opportunity"),
                "type": say("Type"),
                "effect": say("Effect"),
                "effort": say("Effort"),
                "chosen": say("Chosen"),
            },
            title=say_count("One opportunity", "{n} opportunities", len(found)),
            subtitle=say("Expected effect and effort, 1 (low) to 5 (high)."),
        )

    @cached_property
    def answers(self) -> list[Action]:
        """Actions that answer a pain point or an opportunity of the stage."""
        aims = {one.id for one in (*self.pains, *self._opportunities)}
        answered = answered_by_actions(self.document)
        return [one for one in self.report.of(Action) if answered[one.id] & aims]

    def actions(self) -> Part | None:
        """Return who does what by when."""
        if not self.answers:
            return None
        rows = [
            {
                "text": one.text,
                "owner": self.report.name(one.owner) or say("nobody yet"),
                "due": day(one.due) or say("no date"),
                "effect": one.expected_effect or self.report.name(one.kpi),
                "status": say(ACTION_STATUSES[one.status]),
            }
            for one in self.answers
        ]
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "text": say("Action"),
                "owner": say("Owner"),
                "due": say("Due"),
                "effect": say("Expected effect"),
                "status": say("Status"),
            },
            title=say_count(
                "{n} action answers it", "{n} actions answer it", len(rows)
            ),
            is_ranked=False,
        )

    def kpis(self) -> Part | None:
        """Return the KPIs of the stage and its touchpoints against their targets."""
        return self.report.kpis_at(self._here)
