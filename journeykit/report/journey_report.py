"""The parts of the journey report, each made from a document and its measurements.

The notebook ``templates/reports/journey_report.ipynb`` shows them one by one; whoever
wants another report writes another notebook with the same parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from journeykit.check.evidence import evidence_shares
from journeykit.definitions import MEASURES, NPS_CREDIT
from journeykit.language import day, decimals, percent, say, semicolons, word
from journeykit.layout.emotion_curve import chosen_journey, columns_in_order
from journeykit.measure.net_promoter import promoter_counts
from journeykit.model import (
    DataSet,
    Journey,
    Measurement,
    Persona,
)
from journeykit.report import parts
from journeykit.report.evidence_lines import MOST_NAMES, shortlist
from journeykit.report.journey_tables import JourneyTables
from journeykit.report.map_page import map_figure
from journeykit.report.part import Part
from journeykit.report.report_numbers import period_of, quoted, source_of
from journeykit.show.charts import picture
from journeykit.show.numbers import count, joined, signed, value_text, with_interval

__all__ = ["JourneyReport"]

_NPS, _CSAT = "net_promoter_score", "customer_satisfaction_score"
_VERDICT = {
    (True, False): word(
        "More customers promote it than warn of it: NPS {score}, n {n}; "
        "left out: {why}."
    ),
    (False, True): word(
        "More customers warn of it than promote it: NPS {score}, n {n}; "
        "left out: {why}."
    ),
    (False, False): word(
        "Promoters and detractors balance: NPS {score}, n {n}; left out: {why}."
    ),
}
_VIEWS = {
    True: word(
        "{touchpoint}: the team thinks better of it than customers do, felt {felt} "
        "against {measured} measured."
    ),
    False: word(
        "{touchpoint}: the team thinks worse of it than customers do, felt {felt} "
        "against {measured} measured."
    ),
}
_STATES = {
    "current": word("{name} (current state)"),
    "target": word("{name} (target state)"),
}


class JourneyReport(JourneyTables):
    """The whole journey: map, evidence, pain, COPIS, canvas, plan; as its base."""

    def band(self) -> Part:
        """Return the opening: workshop, scope, persona, date, version, owner."""
        case, journeys = self.case, self.of(Journey)
        state = (
            say(_STATES[journeys[0].state], name=journeys[0].name) if journeys else ""
        )
        ends = (
            say("Begins: {start}.", start=case.scope_start) if case.scope_start else "",
            say("Ends: {end}.", end=case.scope_end) if case.scope_end else "",
        )
        scope = " ".join(filter(None, ends))
        marks = self.workshop.marks()
        number = str(self.number)
        version = (
            say("{mark}, edit {number}", mark=marks[-1].name, number=number)
            if marks
            else number
        )
        seen_by = self.persona.name if self.persona else say("all customers")
        return parts.band(
            case.title,
            scope=scope,
            facts={
                say("Organisation"): case.organisation,
                say("Journey"): state,
                say("Seen by"): seen_by,
                say("Date"): day(self.today),
                say("Version"): version,
                say("Owner"): self.name(case.owner),
                say("Next review"): day(case.review_date),
            },
            language=self.language,
        )

    def context(self) -> Part:
        """Return the business context and the constraints."""
        limits = semicolons(self.case.constraints)
        tail = say("Constraints: {list}.", list=limits) if limits else ""
        text = f"{self.case.context} {tail}".strip() or say(
            "No context was recorded yet: step 1 of the workbook asks for it."
        )
        return parts.section(say("Why this journey"), text)

    def found(self) -> Part:
        """Return what was found, in at most three sentences with numbers."""
        sentences: list[str | tuple[str, str]] = []
        score = self.overall(_NPS)
        if score is not None and score.value is not None:
            said = say(
                _VERDICT[score.low > 0, score.high < 0],
                score=with_interval(score.value, score.low, score.high, _NPS),
                n=count(score.n),
                why=quoted(score.left_out) or say("nothing"),
            )
            sentences.append((value_text(score.value, _NPS), said))
        rated = self.satisfaction_table.dropna(subset=["value"])
        if len(rated):
            worst = rated.sort_values("value").iloc[0]
            text = with_interval(worst["value"], worst["low"], worst["high"], _CSAT)
            said = say(
                "{touchpoint}: the lowest satisfaction, {value}, n {n}.",
                touchpoint=worst["name"],
                value=text,
                n=count(worst["n"]),
            )
            sentences.append((value_text(worst["value"], _CSAT), said))
        gaps = self.gap_table.dropna(subset=["felt", "measured"])
        if len(gaps):
            sizes = (gaps["felt"] - gaps["measured"]).abs()
            widest = gaps.iloc[int(sizes.to_numpy().argmax())]
            gap = widest["felt"] - widest["measured"]
            said = say(
                _VIEWS[bool(gap > 0)],
                touchpoint=widest["name"],
                felt=signed(widest["felt"]),
                measured=signed(widest["measured"]),
            )
            sentences.append((signed(gap), said))
        if not sentences:
            sentences.append(
                say("Nothing was measured yet: the map is what the team thinks.")
            )
        return parts.found(sentences)

    def evidence(self) -> Part:
        """Return how much is assumed, observed and measured, and what has no data."""
        shares = evidence_shares(self.document)
        return parts.evidence(
            assumed=shares.n_assumed,
            observed=shares.n_observed,
            measured=shares.n_measured,
            without_data=shortlist(self.not_measured, MOST_NAMES),
        )

    def map(self) -> Part:
        """Return the journey map."""
        journey = chosen_journey(self.document, None)
        columns = columns_in_order(self.document, journey)
        if not any(touchpoint for _, touchpoint in columns):
            stages = list(dict.fromkeys(stage.name for stage, _ in columns))
            if not stages:
                return parts.sentence(
                    say(
                        "There is no stage yet: that is step 4, touchpoints and "
                        "channels."
                    )
                )
            return parts.sentence(
                say(
                    "No touchpoint yet in {stages}: that is step 4, touchpoints and "
                    "channels.",
                    stages=joined(stages),
                )
            )
        persona = self.persona.id if isinstance(self.persona, Persona) else None
        return map_figure(self.document, persona=persona)

    def recommendation(self) -> Part:
        """Return promoters, passives and detractors with the score."""
        score = self.overall(_NPS)
        data = self.data_set_of(score)
        if score is None or data is None or score.value is None:
            return parts.sentence(
                say(
                    "Whether they would recommend it was not measured: bring a survey "
                    "in step 5, evidence."
                )
            )
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
            for one in self.newest
            if one.definition == _NPS
            and not one.is_weighted
            and isinstance(self.document.get(one.persona), Persona)
        ]
        if not rows:
            if not self.of(Measurement):
                return parts.NOTHING  # said once, above
            return parts.sentence(
                say(
                    "No persona was measured: say in the survey's mapping, under "
                    "groups, which answers are whose (step 5, evidence)."
                )
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
                source=source_of(data, self._left_out_of_all(first)),
            ),
            named={"touchpoint": say("Group")},
        )

    def _left_out_of_all(self, one: Measurement) -> Mapping[str, int]:
        """Return what was left out of everybody's answers to the same question."""
        asked = (one.definition, one.data_set, one.column, one.subject)
        for other in self.newest:
            same = (other.definition, other.data_set, other.column, other.subject)
            if other.persona is None and not other.is_weighted and same == asked:
                return other.left_out
        return {}

    def satisfaction(self) -> Part:
        """Return CSAT by touchpoint with its intervals, else by overall question."""
        scores = self.satisfaction_table
        if scores["n"].sum() == 0:
            scores = self.overall_satisfaction
        if scores.empty:
            return parts.sentence(
                say(
                    "How satisfied they are was not measured: bring a survey in step "
                    "5, evidence."
                )
            )
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
                say(
                    "No touchpoint has both an emotion of the team and a measured one: "
                    "step 6 takes what the team felt, step 5 the survey."
                )
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

    def definitions(self) -> Part:
        """Return the definition of every measure that the page shows."""
        used = dict.fromkeys(one.definition for one in self.measured)
        terms = {
            say(MEASURES[key].label): say(
                "{meaning} Interval: {interval}, {percent}.",
                meaning=say(MEASURES[key].text),
                interval=say(MEASURES[key].interval),
                percent=percent(0.95),
            )
            for key in (*used, "felt_minus_measured")
            if key in MEASURES
        }
        terms[say("Assumed, observed, measured")] = say(
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
        whole = say("The whole journey")
        rows = [
            (
                f"{self.name(one.subject) or whole} ({column})",
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
                say(
                    "With the survey's weights the NPS is {weighted}, effective n {n} "
                    "(Kish); without them, as shown, {value}.",
                    weighted=decimals(weighted.value, 2),
                    n=decimals(weighted.effective_n, 0),
                    value=decimals(self.overall(_NPS).value, 2),
                ),
            )
        made = say(
            "Made with journeykit {version}, edit {number}.",
            version=version("journeykit"),
            number=self.number,
        )
        return parts.credits([*lines, say(NPS_CREDIT), made])
