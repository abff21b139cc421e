"""One stage of the journey in depth, or each in turn.

The notebook ``templates/reports/stage_deep_dive.ipynb`` shows these parts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import cached_property
from typing import ClassVar

import pandas as pd

from journeykit.check.evidence import StageCoverage, coverage_by_stage
from journeykit.errors import UnknownNameError
from journeykit.language import day, say, say_count, word
from journeykit.layout.emotion_curve import chosen_journey
from journeykit.model import Kpi, Measurement, Stage, Touchpoint
from journeykit.report import parts
from journeykit.report.evidence_lines import MOST_NAMES, cut, shortlist
from journeykit.report.kpi_tables import KpiTables, kpi_number
from journeykit.report.part import Part
from journeykit.report.stage_page import StagePage
from journeykit.report.subject_report import first_names
from journeykit.show.numbers import count, signed, value_text, with_interval
from journeykit.show.scores_data import scores_by_touchpoint_data
from journeykit.workshop import Workshop

__all__ = ["StageDeepDive"]

_CSAT = "customer_satisfaction_score"
_STAGE = {
    "reached": word("Reached"),
    "missed": word("Missed"),
    "not yet": word("Not reached yet"),
    "may be chance": word("Too close to call"),
    "no target": word("No target"),
    "not measured": word("Not measured"),
}


class StageDeepDive(KpiTables):
    """All that is known of a stage.

    Parameters
    ----------
    workshop, persona, language, today
        As for its base.
    stage
        Id of the stage; empty for each stage of today's map in turn.

    Raises
    ------
    UnknownNameError
        If there is no such stage, or as its base does.
    """

    kind: ClassVar[str] = word("Stage in depth")

    def __init__(
        self,
        workshop: Workshop,
        *,
        stage: str = "",
        persona: str = "",
        language: str = "",
        today: date | None = None,
    ) -> None:
        super().__init__(workshop, persona=persona, language=language, today=today)
        every = {one.id: one for one in self.of(Stage)}
        if stage and stage not in every:
            raise UnknownNameError("stage", stage, every, workshop.store.where)
        self.stage: Stage | None = every.get(stage)
        journey = chosen_journey(self.document, None)
        self.shown: tuple[Stage, ...] = (
            (self.stage,)
            if self.stage
            else tuple(
                one for one in every.values() if journey and one.journey == journey.id
            )
        )

    # --- what it is about -------------------------------------------------------------

    @cached_property
    def pages(self) -> tuple[StagePage, ...]:
        """The stages that are shown, each with its parts."""
        return tuple(StagePage(self, one) for one in self.shown)

    @cached_property
    def points(self) -> tuple[Touchpoint, ...]:
        """The touchpoints of the stages that are shown."""
        return tuple(one for page in self.pages for one in page.points)

    @cached_property
    def measured(self) -> tuple[Measurement, ...]:
        """The plain measurements of what is shown."""
        stages = {one.id for one in self.shown}
        here = stages | {one.id for one in self.of(Touchpoint) if one.stage in stages}
        return tuple(one for one in super().measured if one.subject in here)

    def score_of(self, touchpoint: str) -> Measurement | None:
        """Return the satisfaction of a touchpoint; None if it was not measured."""
        return self._by_touchpoint(_CSAT).get(touchpoint)

    def is_about(self, persona: str | None) -> bool:
        """Say whether a note of somebody belongs to whom the report is about."""
        return self.persona is None or persona in (None, self.persona.id)

    # --- opening ----------------------------------------------------------------------

    def band(self) -> Part:
        """Return the opening, which names the stage."""
        part = super().band()
        if self.stage is None:
            return part
        kind = say("Stage in depth: {stage}", stage=self.stage.name)
        return Part(part.name, {**part.data, "kind": kind})

    def found(self) -> Part:
        """Return three findings on the stage, or on all of them."""
        given = list(self._findings())
        if not given:
            return parts.found(
                [say("Nothing is known yet: step 4 adds the touchpoints.")]
            )
        return parts.found(given[:3])

    def _findings(self) -> Iterator[tuple[str, str]]:
        rows = [(one.name, self.score_of(one.id)) for one in self.points]
        if rows:
            yield from self._lowest(rows)
        pains = {one.id: one for page in self.pages for one in page.pains}
        rated = [
            one
            for one in pains.values()
            if one.priority is not None and one.status != "resolved"
        ]
        if rated:
            worst = max(rated, key=lambda one: (one.priority or 0, one.severity or 0))
            yield (
                count(worst.priority or 0),
                say(
                    "“{pain}” hurts most: severity {severity} times frequency "
                    "{frequency}, 25 at worst.",
                    pain=cut(worst.text, 140),
                    severity=worst.severity,
                    frequency=worst.frequency,
                ),
            )
        if not self.points:
            return
        bare = [cut(name, 50) for name, score in rows if score is None]
        if bare:
            yield (
                say("{n} of {all}", n=count(len(bare)), all=count(len(rows))),
                say("Touchpoints without data: {names}.", names=first_names(bare)),
            )
        felt = [one for one in self.points if one.emotion is not None]
        if felt:
            low = min(felt, key=lambda one: one.emotion or 0)
            yield (
                signed(low.emotion or 0, 0),
                say("{name} feels worst, as the team sees it.", name=low.name),
            )

    def _lowest(
        self, rows: list[tuple[str, Measurement | None]]
    ) -> Iterator[tuple[str, str]]:
        twin = scores_by_touchpoint_data(
            self.score_rows(rows), definition=_CSAT, minimum=self.case.min_group
        )
        rated = twin.dropna(subset=["value"])
        if rated.empty:
            return
        worst = rated[rated["standing"] == "weakest"].iloc[0]
        near = rated.loc[rated["standing"] == "may be chance", "touchpoint"]
        score = with_interval(worst["value"], worst["low"], worst["high"], _CSAT)
        values = {
            "name": cut(worst["touchpoint"], 80),
            "score": score,
            "n": count(worst["n"]),
        }
        if near.empty:
            said = say("{name} satisfies least: {score}, n {n}.", **values)
        else:
            said = say(
                "{name} satisfies least: {score}, n {n}; {others} may be no better.",
                **values,
                others=first_names([cut(one, 40) for one in near], 2),
            )
        yield value_text(worst["value"], _CSAT), said

    def evidence(self) -> Part:
        """Return how much of it is assumed, observed and measured."""
        ids = {one.id for one in self.shown}
        here = [one for one in self._coverage if one.stage in ids]
        return parts.evidence(
            assumed=sum(one.shares.n_assumed for one in here),
            observed=sum(one.shares.n_observed for one in here),
            measured=sum(one.shares.n_measured for one in here),
            without_data=shortlist(
                (one.name for one in self.points if self.score_of(one.id) is None),
                MOST_NAMES,
            ),
        )

    @cached_property
    def _coverage(self) -> tuple[StageCoverage, ...]:
        journeys = dict.fromkeys(one.journey for one in self.shown)
        return tuple(
            row for name in journeys for row in coverage_by_stage(self.document, name)
        )

    # --- the stages -------------------------------------------------------------------

    def overview(self) -> Part:
        """Return the stages side by side: where it feels bad, hurts, lacks data."""
        if not self.pages:
            return parts.sentence(
                say("There is no stage yet: that is step 4, touchpoints and channels.")
            )
        if self.stage is not None:
            return parts.together(())
        known = {one.stage: one for one in self._coverage}
        rows = []
        for page in self.pages:
            felt = [one.emotion for one in page.points if one.emotion is not None]
            open_ones = [one for one in page.pains if one.status != "resolved"]
            cells = known.get(page.stage.id)
            rows.append(
                {
                    "stage": page.stage.name,
                    "n": len(page.points),
                    "data": cells.n_with_data if cells else 0,
                    "felt": signed(min(felt), 0) if felt else say("not asked"),
                    "pains": len(open_ones),
                    "worst": max(
                        (one.priority or 0 for one in open_ones), default=None
                    ),
                }
            )
        table = pd.DataFrame(rows)
        table["worst"] = table["worst"].astype("Int64")
        most = max(rows, key=lambda row: int(str(row["pains"])))
        return parts.ranked_table(
            table,
            {
                "stage": say("Stage"),
                "n": say("Touchpoints"),
                "data": say("With data"),
                "felt": say("Lowest emotion"),
                "pains": say("Open pain points"),
                "worst": say("Highest score"),
            },
            title=say_count(
                "“{stage}” has most open pain points: {n}",
                "“{stage}” has most open pain points: {n}",
                int(str(most["pains"])),
                stage=most["stage"],
            )
            if most["pains"]
            else say_count("{n} stage", "{n} stages", len(rows)),
            subtitle=say("Emotion from −2 to +2; score: severity times frequency."),
            is_ranked=False,
        )

    def stages(self) -> Part:
        """Return the stage part by part, or each stage in turn."""
        return parts.together(one for page in self.pages for one in page.parts())

    def kpis_at(self, places: Collection[str]) -> Part | None:
        """Return the KPIs that stand for these places; None if there are none.

        Parameters
        ----------
        places
            Ids of a stage and its touchpoints.
        """
        rows = []
        for one in self.standings:
            kpi = self._kpi(one.kpi)
            if not {kpi.stage, kpi.touchpoint} & set(places):
                continue
            value = next(iter(self._values(kpi)[-1:]), None)
            rows.append(
                {
                    "kpi": kpi.name,
                    "now": self._now(kpi, value),
                    "target": self._target(kpi),
                    "status": say(_STAGE[self._status(kpi, one)]),
                    "owner": self.name(kpi.owner) or say("nobody yet"),
                }
            )
        if not rows:
            return None
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "kpi": say("KPI"),
                "now": say("Now"),
                "target": say("Target"),
                "status": say("Status"),
                "owner": say("Owner"),
            },
            title=say_count(
                "{n} KPI stands for it", "{n} KPIs stand for it", len(rows)
            ),
            is_ranked=False,
        )

    def _target(self, kpi: Kpi) -> str:
        if kpi.target is None:
            return say("no target")
        said = kpi_number(kpi, kpi.target)
        if kpi.target_date is None:
            return said
        return say("{target} by {day}", target=said, day=day(kpi.target_date))
