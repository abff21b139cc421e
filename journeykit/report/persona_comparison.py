"""What a persona answered, beside what all others did; or each of several."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from journeykit.language import say, say_count
from journeykit.model import Touchpoint
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.persona_findings import PersonaFindings
from journeykit.report.persona_tables import MOST_COLUMNS
from journeykit.report.report_numbers import period_of, source_of
from journeykit.show.charts import picture
from journeykit.show.numbers import count, signed, with_interval

__all__ = ["PersonaComparison"]

_CSAT = "customer_satisfaction_score"


class PersonaComparison(PersonaFindings):
    """The people of a persona report against all others."""

    def scores(self) -> Part:
        """Return CSAT by touchpoint, or of the whole journey by persona."""
        if self.only is not None:
            return self.satisfaction()
        rows = [
            (who.name, score)
            for who in self.people
            if (score := self.overall_of(who, _CSAT)) is not None
        ]
        if not rows:
            return parts.sentence(
                say(
                    "How satisfied they are was not measured: bring a survey in step "
                    "5, evidence."
                )
            )
        data = self.data_set_of(rows[0][1])
        return parts.figure(
            picture(
                "scores_by_touchpoint",
                scores=self.score_rows(rows),
                definition=_CSAT,
                minimum=self.case.min_group,
                period=period_of(data),
                source=source_of(data, {}),
            ),
            named={"touchpoint": say("Group")},
        )

    def recommends(self) -> Part:
        """Return who would recommend it: one's answers, or each with its interval."""
        if self.only is not None:
            return self.recommendation()
        return self.recommendation_by_persona()

    @cached_property
    def _standing_words(self) -> dict[str, str]:
        return {
            "lower": say("lower"),
            "higher": say("higher"),
            "may be chance": say("may be chance"),
        }

    def differences(self) -> Part:
        """Return satisfaction beside that of all others, touchpoint by touchpoint."""
        told = [(who, self.compared[who.id]) for who in self.people]
        told = [(who, rows) for who, rows in told if rows]
        if not told:
            return parts.sentence(
                say(
                    "Nothing can be compared: no question was answered by enough of "
                    "them and enough others. Bring a survey whose rule tells who is "
                    "who (step 5, evidence)."
                )
            )
        if self.only is not None:
            return self._difference_table()
        shown = told[:MOST_COLUMNS]
        names = {row.subject for _, rows in shown for row in rows}
        order = [None, *(one.id for one in self.of(Touchpoint))]
        table = pd.DataFrame(
            {
                "place": self.name(subject) or say("The whole journey"),
                **{who.id: self._compared_words(who.id, subject) for who, _ in shown},
            }
            for subject in order
            if subject in names
        )
        clear = sum(row.standing != "may be chance" for _, rows in told for row in rows)
        return parts.ranked_table(
            table,
            {"place": say("Touchpoint"), **{who.id: who.name for who, _ in shown}},
            title=say_count(
                "{n} difference from all others is more than chance",
                "{n} differences from all others are more than chance",
                clear,
            ),
            subtitle=say(
                "Share of the two best answers, its 95 % interval; lower or higher: "
                "than all others, more than chance (Benjamini and Hochberg)."
            ),
            source=source_of(self.any_data_set(), {}),
            is_ranked=False,
        )

    def _compared_words(self, who: str, subject: str | None) -> str:
        for row in self.compared[who]:
            if row.subject == subject and row.own.value is not None:
                said = with_interval(
                    row.own.value, row.own.low or 0.0, row.own.high or 0.0, _CSAT
                )
                if row.standing == "may be chance":
                    return said
                return f"{said} {self._standing_words[row.standing]}"
        return say("not compared")

    def _difference_table(self) -> Part:
        rows = self.compared[self.people[0].id]
        clear = [row for row in rows if row.standing != "may be chance"]
        ordered = sorted(rows, key=lambda row: row.difference.value)
        table = pd.DataFrame(
            {
                "place": self.name(row.subject) or say("The whole journey"),
                "own": with_interval(
                    row.own.value or 0.0, row.own.low or 0.0, row.own.high or 0.0, _CSAT
                ),
                "n": row.own.n,
                "rest": with_interval(row.rest, row.rest_low, row.rest_high, _CSAT),
                "difference": say(
                    "{value} ({low} to {high})",
                    value=signed(100 * row.difference.value, 0),
                    low=signed(100 * row.difference.low, 0),
                    high=signed(100 * row.difference.high, 0),
                ),
                "reading": self._standing_words[row.standing],
            }
            for row in ordered
        )
        return parts.ranked_table(
            table,
            {
                "place": say("Touchpoint"),
                "own": say("Theirs"),
                "n": say("n"),
                "rest": say("All others"),
                "difference": say("Difference, points"),
                "reading": say("Reading"),
            },
            title=say_count(
                "At {clear} of {n} place they differ by more than chance",
                "At {clear} of {n} places they differ by more than chance",
                len(rows),
                clear=count(len(clear)),
            ),
            subtitle=say(
                "Share of the two best answers, its 95 % interval. Differences as "
                "Newcombe has them, looked at together (Benjamini and Hochberg)."
            ),
            source=source_of(self.any_data_set(), {}),
            is_ranked=False,
        )
