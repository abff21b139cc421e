"""Tables of the evidence report: how sure each stage is, scores by place and group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from journeykit.check.evidence import coverage_by_stage
from journeykit.exchange.quality import Quality, check_survey
from journeykit.language import say, say_count
from journeykit.model import (
    Channel,
    Measurement,
    Persona,
    Segment,
    Stage,
    SurveyMapping,
    Touchpoint,
)
from journeykit.report import parts
from journeykit.report.kpi_tables import KpiTables
from journeykit.report.part import Part
from journeykit.report.part_tables import NO_VALUE
from journeykit.report.report_numbers import period_of, source_of
from journeykit.report.subject_report import first_names
from journeykit.show.charts import picture
from journeykit.show.numbers import count, value_text, with_interval
from journeykit.vocabulary import BASES

__all__ = ["EvidenceTables"]

_NPS, _CSAT = "net_promoter_score", "customer_satisfaction_score"
_RECORDS = ("purchases", "events", "tickets", "feedback")


class EvidenceTables(KpiTables):
    """Coverage, data and scores, part by part; parameters as for its base."""

    # --- coverage ---------------------------------------------------------------------

    def by_stage(self) -> Part:
        """Return how much of each stage is measured, observed and assumed."""
        stages = coverage_by_stage(self.today_map)
        if not stages:
            return parts.sentence(
                say("There is no stage yet: that is step 4, touchpoints and channels.")
            )
        rows = []
        for one in stages:
            shares = one.shares
            rows.append(
                {
                    "stage": one.name,
                    "with": say(
                        "{n} of {all}", n=one.n_with_data, all=one.n_touchpoints
                    )
                    if one.n_touchpoints
                    else say("none yet"),
                    "measured": _percent(shares.measured),
                    "observed": _percent(shares.observed),
                    "assumed": _percent(shares.assumed),
                    "cells": shares.n_cells,
                }
            )
        table = pd.DataFrame(rows)
        for name in BASES:
            table[name] = table[name].astype("Int64")
        bare = sum(not one.shares.n_measured for one in stages)
        title = say_count(
            "{n} of {all} stages has nothing measured",
            "{n} of {all} stages have nothing measured",
            bare,
            all=count(len(stages)),
        )
        if not bare:
            title = say("Every stage has something measured")
        heads = {
            "stage": say("Stage"),
            "with": say("Touchpoints with data"),
            "measured": say("Measured, %"),
            "observed": say("Observed, %"),
            "assumed": say("Assumed, %"),
            "cells": say("Cells"),
        }
        return parts.ranked_table(
            table,
            heads,
            title=title,
            subtitle=say("Share of the cells of each stage, by what they rest on."),
            is_ranked=False,
        )

    # --- data -------------------------------------------------------------------------

    def quality(self) -> Part:
        """Return how many answers of each data set count, and why others do not."""
        rows = [*self._survey_rows(), *self._record_rows()]
        if not rows:
            return parts.NOTHING
        table = pd.DataFrame(rows)
        for name in ("count", "empty", "codes", "wrong", "repeated"):
            table[name] = table[name].astype("Int64")
        wrong = int(table["wrong"].fillna(0).sum())
        title = say_count(
            "{n} answer lies outside its scale or is no number",
            "{n} answers lie outside their scale or are no number",
            wrong,
        )
        if not wrong:
            title = say("No answer lies outside its scale")
        heads = {
            "data": say("Data set"),
            "count": say("Answers that count"),
            "empty": say("Empty"),
            "codes": say("Said nothing"),
            "wrong": say("Off the scale or no number"),
            "repeated": say("Rows repeated"),
        }
        return parts.ranked_table(
            table,
            heads,
            title=title,
            subtitle=say(
                "Cells of the questions that are mapped. Said nothing: declared codes "
                "such as blank or never used."
            ),
            is_ranked=False,
        )

    def _survey_rows(self) -> Iterator[dict[str, object]]:
        for one in self.workshop.data_sets("survey"):
            mapping = one.mapping or SurveyMapping()
            found: Quality = check_survey(self.workshop.survey(one.id), mapping)
            asked = [column for column in found.columns if column.role == "question"]
            yield {
                "data": one.title,
                "count": sum(column.n_answers for column in asked),
                "empty": sum(column.n_missing for column in asked),
                "codes": sum(column.n_not_answers for column in asked),
                "wrong": sum(
                    column.n_out_of_range + column.n_not_numbers for column in asked
                ),
                "repeated": found.n_duplicate_rows,
            }

    def _record_rows(self) -> Iterator[dict[str, object]]:
        for kind in _RECORDS:
            for one in self.workshop.data_sets(kind):
                table = self.workshop.records(one.id, kind)
                told = table.dropna(axis="columns", how="all")
                yield {
                    "data": one.title,
                    "count": int(told.notna().to_numpy().sum()),
                    "empty": int(told.isna().to_numpy().sum()),
                    "codes": None,
                    "wrong": None,
                    "repeated": int(_comparable(told).duplicated().sum()),
                }

    # --- scores -----------------------------------------------------------------------

    def scores_by_stage(self) -> Part:
        """Return between which touchpoints the satisfaction of each stage lies."""
        places = {
            stage.name: [
                one.id for one in self.today_map.of(Touchpoint) if one.stage == stage.id
            ]
            for stage in self.today_map.of(Stage)
        }
        return self._ranges(places, say("Stage"))

    def scores_by_channel(self) -> Part:
        """Return between which touchpoints the satisfaction of each channel lies."""
        places = {
            channel.name: [
                one.id
                for one in self.today_map.of(Touchpoint)
                if one.channel == channel.id
            ]
            for channel in self.today_map.of(Channel)
        }
        used = {name: found for name, found in places.items() if found}
        return self._ranges(used, say("Channel"))

    def _ranges(self, places: dict[str, list[str]], head: str) -> Part:
        scores = self._shown_scores()
        rows = []
        for name, touchpoints in places.items():
            here = [(scores[one], one) for one in touchpoints if one in scores]
            known = sorted(here, key=lambda pair: pair[0].value or 0)
            row = {
                "place": name,
                "with": say("{n} of {all}", n=len(known), all=len(touchpoints)),
                "low": self._score(known[0]) if known else say("not measured"),
                "high": self._score(known[-1]) if len(known) > 1 else NO_VALUE,
            }
            rows.append((known[0][0].value if known else None, row))
        rows.sort(key=lambda pair: 2 if pair[0] is None else pair[0])
        lowest, worst = rows[0] if rows else (None, {})
        if lowest is None:
            return parts.NOTHING
        heads = {
            "place": head,
            "with": say("Touchpoints measured"),
            "low": say("Worst touchpoint"),
            "high": say("Best touchpoint"),
        }
        title = say(
            "“{name}” has the lowest satisfaction: {score}",
            name=worst["place"],
            score=value_text(lowest, _CSAT),
        )
        return parts.ranked_table(
            pd.DataFrame([row for _, row in rows]),
            heads,
            title=title,
            subtitle=say(
                "Customer satisfaction, worst first. Touchpoints are not averaged: "
                "they were not rated by the same people."
            ),
            is_ranked=False,
        )

    def _shown_scores(self) -> dict[str, Measurement]:
        """Return the satisfaction of each touchpoint of which a number may be shown."""
        minimum = self.case.min_group
        found: dict[str, Measurement] = {}
        for one in self.measured:
            is_shown = one.value is not None and one.n >= minimum
            if one.definition == _CSAT and one.subject and is_shown:
                found.setdefault(one.subject, one)
        return found

    def _score(self, pair: tuple[Measurement, str]) -> str:
        one, touchpoint = pair
        score = value_text(one.value or 0, _CSAT)
        if one.low is not None and one.high is not None:
            score = with_interval(one.value or 0, one.low, one.high, _CSAT)
        return say("{name}: {score}", name=self.name(touchpoint), score=score)

    def scores_by_group(self) -> Part:
        """Return the recommendation of each persona and segment with its interval."""
        rows: list[tuple[str, Measurement | None]] = [
            (self.name(one.persona), one)
            for one in self._of_groups()
            if one.definition == _NPS and one.subject is None
        ]
        if not rows:
            return parts.sentence(
                say("No persona or segment was measured: its mapping names no groups.")
            )
        first = rows[0][1]
        data = self.data_set_of(first)
        return parts.figure(
            picture(
                "scores_by_touchpoint",
                scores=self.score_rows(rows),
                definition=_NPS,
                minimum=self.case.min_group,
                period=period_of(data),
                source=source_of(data, first.left_out if first else {}),
            ),
            named={"touchpoint": say("Group")},
        )

    def _of_groups(self) -> Iterable[Measurement]:
        for one in self.newest:
            group = self.document.get(one.persona)
            if not one.is_weighted and isinstance(group, Persona | Segment):
                yield one

    def worst_by_group(self) -> Part:
        """Return the touchpoint that each persona and segment rates lowest."""
        minimum = self.case.min_group
        worst: dict[str, Measurement] = {}
        for one in self._of_groups():
            if one.definition != _CSAT or not one.subject or one.value is None:
                continue
            known = worst.get(one.persona or "")
            if one.n >= minimum and (known is None or one.value < (known.value or 0)):
                worst[one.persona or ""] = one
        if not worst:
            return parts.NOTHING
        rows = [
            {
                "group": self.name(group),
                "touchpoint": self.name(one.subject),
                "score": with_interval(
                    one.value or 0, one.low or 0, one.high or 0, _CSAT
                ),
                "n": one.n,
            }
            for group, one in worst.items()
        ]
        named = list(dict.fromkeys(row["touchpoint"] for row in rows))
        title = say("Every group is least satisfied with “{name}”", name=named[0])
        if len(named) > 1:
            title = say(
                "What groups are least satisfied with: {names}",
                names=first_names([str(one) for one in named]),
            )
        heads = {
            "group": say("Persona or segment"),
            "touchpoint": say("Least satisfied with"),
            "score": say("Satisfaction"),
            "n": "n",
        }
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            title=title,
            subtitle=say(
                "The lowest satisfaction of each group with its 95 % interval; groups "
                "overlap, and differences between them may be chance."
            ),
            is_ranked=False,
        )


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)


def _comparable(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose cells can be compared, lists among them."""
    return table.astype(str)
