"""The parts of the journey report, each made from a document and its measurements.

The notebook ``templates/reports/journey_report.ipynb`` shows them one by one; whoever
wants another report writes another notebook with the same parts.
"""

from __future__ import annotations

from datetime import date
from importlib.metadata import version

import pandas as pd

from journeykit.check.evidence import evidence_shares
from journeykit.check.team_order import team_order
from journeykit.definitions import MEASURES, NPS_CREDIT
from journeykit.language import day
from journeykit.layout.journey_map import journey_map
from journeykit.measure.net_promoter import promoter_counts
from journeykit.model import (
    Action,
    DataSet,
    Journey,
    Measurement,
    Opportunity,
    Persona,
)
from journeykit.report import parts
from journeykit.report.parts import Part
from journeykit.report.report_numbers import period_of, quoted, source_of
from journeykit.report.report_pages import ReportPages
from journeykit.show.charts import Picture, Words, picture
from journeykit.show.map_bands import GAP, HEAD
from journeykit.show.map_picture import journey_map_picture, journey_map_pictures
from journeykit.show.map_tables import map_table
from journeykit.show.map_words import map_finding
from journeykit.show.numbers import signed, value_text, with_interval
from journeykit.vocabulary import ACTION_STATUSES, ACTION_TYPES, OPPORTUNITY_TYPES

__all__ = ["JourneyReport"]

_NPS, _CSAT = "net_promoter_score", "customer_satisfaction_score"
_PHONE = 358
_PAPER = "A4 portrait"
_CAPTION_PX = 200.0  # heading, finding and measure of the map, on that paper
_VERDICT = {
    (True, False): "More customers promote it than warn of it:",
    (False, True): "More customers warn of it than promote it:",
    (False, False): "Promoters and detractors balance:",
}


class JourneyReport(ReportPages):
    """One report on one workshop, part by part; parameters as for its base."""

    def band(self) -> Part:
        """Return the opening: workshop, scope, persona, date, version, owner."""
        case, journeys = self.case, self.of(Journey)
        state = f"{journeys[0].name} ({journeys[0].state} state)" if journeys else ""
        ends = {"Begins": case.scope_start, "Ends": case.scope_end}
        scope = " ".join(f"{when}: {end}." for when, end in ends.items() if end)
        marks = self.workshop.marks()
        version = f"{marks[-1].name}, edit {self.number}" if marks else str(self.number)
        return parts.band(
            case.title,
            scope=scope,
            facts={
                "Organisation": case.organisation,
                "Journey": state,
                "Seen by": self.persona.name if self.persona else "all customers",
                "Date": day(self.today),
                "Version": version,
                "Owner": self.name(case.owner),
                "Next review": day(case.review_date),
            },
            language=self.language,
        )

    def context(self) -> Part:
        """Return the business context and the constraints."""
        limits = "; ".join(self.case.constraints)
        tail = f" Constraints: {limits}." if limits else ""
        text = f"{self.case.context}{tail}".strip() or "No context was recorded."
        return parts.section("Why this journey", text)

    def found(self) -> Part:
        """Return what was found, in at most three sentences with numbers."""
        sentences: list[str | tuple[str, str]] = []
        score = self.overall(_NPS)
        if score is not None and score.value is not None:
            why = quoted(score.left_out)
            sentences.append(
                (
                    value_text(score.value, _NPS),
                    f"{_VERDICT[score.low > 0, score.high < 0]} "
                    f"NPS {score.value:.2f} [{score.low:.2f}, {score.high:.2f}], "
                    f"n {score.n:,}; left out: {why or 'nothing'}.",
                )
            )
        rated = self.satisfaction_table.dropna(subset=["value"])
        if len(rated):
            worst = rated.sort_values("value").iloc[0]
            text = with_interval(worst["value"], worst["low"], worst["high"], _CSAT)
            sentences.append(
                (
                    value_text(worst["value"], _CSAT),
                    f"{worst['name']}: the lowest satisfaction, {text}, "
                    f"n {worst['n']:,}.",
                )
            )
        gaps = self.gap_table.dropna(subset=["felt", "measured"])
        if len(gaps):
            sizes = (gaps["felt"] - gaps["measured"]).abs()
            widest = gaps.iloc[int(sizes.to_numpy().argmax())]
            gap = widest["felt"] - widest["measured"]
            view = "better" if gap > 0 else "worse"
            sentences.append(
                (
                    signed(gap),
                    f"{widest['name']}: the team thinks {view} of it than customers "
                    f"do, felt {signed(widest['felt'])} against "
                    f"{signed(widest['measured'])} measured.",
                )
            )
        if not sentences:
            sentences.append(
                "Nothing was measured yet: the map is what the team thinks."
            )
        return parts.found(sentences)

    def evidence(self) -> Part:
        """Return how much is assumed, observed and measured, and what has no data."""
        shares = evidence_shares(self.document)
        return parts.evidence(
            assumed=shares.n_assumed,
            observed=shares.n_observed,
            measured=shares.n_measured,
            without_data=self.not_measured,
        )

    def map(self) -> Part:
        """Return the journey map."""
        persona = self.persona.id if isinstance(self.persona, Persona) else None
        layout = journey_map(self.document, None, persona)
        words = Words(
            title=map_finding(layout),
            subtitle="Emotion as the team felt it, from -2 (very bad) to +2 (very "
            "good); measured satisfaction on the same scale, with its interval.",
            source="All that stands on the map, also what it has no room for, is in "
            "the table below it.",
            alt="",
        )
        drawn = Picture(
            words,
            journey_map_picture(self.document, persona=persona),
            journey_map_picture(self.document, persona=persona, width_px=_PHONE),
            map_table(layout),
            journey_map_pictures(
                self.document, persona=persona, paper=_PAPER, caption_px=_CAPTION_PX
            ),
        )
        heads = HEAD - GAP / 2 if layout.columns else 0.0
        return parts.figure(drawn, is_wide=True, heads_px=heads)

    def recommendation(self) -> Part:
        """Return promoters, passives and detractors with the score."""
        score = self.overall(_NPS)
        data = self.data_set_of(score)
        if score is None or data is None or score.value is None:
            return parts.sentence("Whether they would recommend it was not measured.")
        answers, scale = self.answers_to(data, score.column)
        counts = promoter_counts(answers, scale)
        return parts.figure(
            picture(
                "promoter_bar",
                **counts,
                low=score.low,
                high=score.high,
                period=period_of(data),
                source=source_of(data, score.left_out),
            )
        )

    def recommendation_by_persona(self) -> Part:
        """Return the score of each persona with its interval."""
        rows = [
            (self.name(one.persona), one)
            for one in self.of(Measurement)
            if one.definition == _NPS
            and not one.is_weighted
            and isinstance(self.document.get(one.persona), Persona)
        ]
        if not rows:
            return parts.sentence("No persona was measured.")
        data = self.data_set_of(rows[0][1])
        return parts.figure(
            picture(
                "scores_by_touchpoint",
                scores=self.score_rows(rows),
                definition=_NPS,
                minimum=self.case.min_group,
                period=period_of(data),
                source=source_of(data, rows[0][1].left_out),
            )
        )

    def satisfaction(self) -> Part:
        """Return CSAT by touchpoint with its intervals, else by overall question."""
        scores = self.satisfaction_table
        if scores["n"].sum() == 0:
            scores = self.overall_satisfaction
        if scores.empty:
            return parts.sentence("How satisfied they are was not measured.")
        data = self.any_data_set()
        return parts.figure(
            picture(
                "scores_by_touchpoint",
                scores=scores,
                definition=_CSAT,
                minimum=self.case.min_group,
                period=period_of(data),
                source=source_of(data, {}),
            )
        )

    def gap(self) -> Part:
        """Return what the team felt against what was measured."""
        if self.gap_table.dropna(subset=["felt", "measured"]).empty:
            return parts.sentence(
                "No touchpoint has both an emotion of the team and a measured one."
            )
        data = self.any_data_set()
        return parts.figure(
            picture(
                "felt_against_measured",
                scores=self.gap_table,
                period=period_of(data),
                source=source_of(data, {}),
            )
        )

    def pain_points(self) -> Part:
        """Return the pain points, worst first, with the reasons of their rank."""
        table = self.pain_table
        if table.empty:
            return parts.sentence("No pain point was recorded.")
        first = table.iloc[0]
        rated = "" if pd.isna(first["priority"]) else f": {first['priority']} of 25"
        return parts.ranked_table(
            table,
            {
                "priority": "Score",
                "pain_point": "Pain point",
                "touchpoint": "Touchpoint",
                "severity": "Severity",
                "frequency": "Frequency",
                "status": "Status",
                "basis": "Basis",
                "owner": "Owner",
            },
            title=f"{first['pain_point']} hurts most{rated}",
            subtitle="Severity times frequency, 1 to 5 each; severity first on ties.",
            source=f"Rated by the team in the workshop.{self._taken_up()}",
            dot="priority",
        )

    def _taken_up(self) -> str:
        """Return what the team chose to take up first, and why; empty if nothing."""
        said = [
            f"{one.place} {one.pain_point.text}{f' ({why})' if why else ''}"
            for one in team_order(self.document)
            for why in [one.reason.rstrip(".")]
        ]
        return f" Taken up first: {'; '.join(said)}." if said else ""

    def opportunities(self) -> Part:
        """Return the opportunities by expected effect, and what each answers."""
        rows = [
            {
                "effect": one.expected_effect,
                "opportunity": one.text,
                "type": OPPORTUNITY_TYPES[one.opportunity_type],
                "answers": "; ".join(
                    other.name_for_people
                    for other in self.document.linked("answers", source=one.id)
                )
                or one.unmet_need,
                "effort": one.effort,
                "owner": self.name(one.owner),
            }
            for one in self.of(Opportunity)
        ]
        if not rows:
            return parts.sentence("No opportunity was recorded.")
        table = pd.DataFrame(rows)
        for name in ("effect", "effort"):
            table[name] = table[name].astype("Int64")
        table = table.sort_values(
            ["effect", "effort"], ascending=[False, True], na_position="last"
        )
        labels = {
            "opportunity": "Opportunity",
            "type": "Type",
            "answers": "Answers",
            "effect": "Effect",
            "effort": "Effort",
            "owner": "Owner",
        }
        return parts.ranked_table(
            table.reset_index(drop=True),
            labels,
            title=f"{len(table)} opportunities, the strongest first",
            subtitle="Expected effect on satisfaction and effort, 1 (low) to 5 (high).",
        )

    def actions(self) -> Part:
        """Return who does what by when."""
        rows = [
            {
                "due": day(one.due) or "no date",
                "action": one.text,
                "type": ACTION_TYPES[one.action_type],
                "owner": self.name(one.owner) or "nobody yet",
                "effect": one.expected_effect or self.name(one.kpi),
                "status": ACTION_STATUSES[one.status],
            }
            for one in sorted(self.of(Action), key=lambda one: one.due or date.max)
        ]
        if not rows:
            return parts.sentence("No action was agreed.")
        labels = {
            "action": "Action",
            "type": "Type",
            "owner": "Owner",
            "due": "Due",
            "effect": "Expected effect",
            "status": "Status",
        }
        n_owned = sum(row["owner"] != "nobody yet" for row in rows)
        owned = "each" if n_owned == len(rows) else f"{n_owned}"
        return parts.ranked_table(
            pd.DataFrame(rows),
            labels,
            title=f"{len(rows)} actions, {owned} with an owner",
            subtitle="In the order of their dates.",
        )

    def definitions(self) -> Part:
        """Return the definition of every measure that the page shows."""
        used = dict.fromkeys(one.definition for one in self.measured)
        terms = {
            MEASURES[key].label: f"{MEASURES[key].text} Interval: "
            f"{MEASURES[key].interval}, 95{chr(160)}%."
            for key in (*used, "felt_minus_measured")
            if key in MEASURES
        }
        terms["Assumed, observed, measured"] = (
            "A cell is a touchpoint with an emotion, goal, action, thought or pain "
            "point. Assumed: we think so. Observed: interview, quote, ticket or visit. "
            "Measured: computed from data in this workshop."
        )
        return parts.definitions(terms)

    def left_out(self) -> Part:
        """Return which answers were left out, and why."""
        seen: dict[str, Measurement] = {}
        for one in self.measured:
            seen.setdefault(one.column, one)
        rows = [
            (
                f"{self.name(one.subject) or 'The whole journey'} ({column})",
                quoted(one.left_out),
                one.n_left_out,
            )
            for column, one in seen.items()
            if one.n_left_out
        ]
        return parts.left_out(rows)

    def credits(self) -> Part:
        """Return attributions and marks."""
        lines = [one.attribution for one in self.of(DataSet) if one.attribution]
        weighted = self.overall(_NPS, is_weighted=True)
        if weighted is not None and weighted.value is not None:
            lines.insert(
                0,
                f"With the survey's weights the NPS is {weighted.value:.2f}, "
                f"effective n {weighted.effective_n:,.0f} (Kish); without them, as "
                f"shown, {self.overall(_NPS).value:.2f}.",
            )
        made = f"Made with journeykit {version('journeykit')}, edit {self.number}."
        return parts.credits([*lines, NPS_CREDIT, made])
