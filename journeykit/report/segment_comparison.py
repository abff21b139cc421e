"""Personas or segments of one workshop side by side: where they part, and where not.

The notebook ``templates/reports/segment_comparison.ipynb`` shows these parts. Numbers
of everybody together do not stand beside those of the groups: where one group is too
small to be shown, they would give it away.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from journeykit.check.high_value import group_values
from journeykit.definitions import MEASURES, NPS_CREDIT
from journeykit.language import commas, day, percent, say, word
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.report_numbers import period_of, reason_words
from journeykit.report.segment_numbers import SegmentNumbers
from journeykit.report.segment_scores import SegmentScores
from journeykit.show.groups_data import MOST_GROUPS
from journeykit.show.numbers import count, joined, signed, with_interval
from journeykit.workshop import Workshop

__all__ = ["SegmentComparison"]

_NPS, _CSAT = "net_promoter_score", "customer_satisfaction_score"
_MOST_ROWS = 24


class SegmentComparison(SegmentScores):
    """A comparison of all personas, or all segments, of a workshop.

    Parameters
    ----------
    workshop
        The workshop.
    compare
        ``personas`` or ``segments``.
    stage
        Id of the stage to look at; empty for the whole journey.
    language, today
        As for its base.

    Raises
    ------
    UnknownNameError
        If *compare* is neither, or the stage or the language is not known.
    """

    kind: ClassVar[str] = word("Personas and segments side by side")
    credited: ClassVar[tuple[str, ...]] = (NPS_CREDIT,)
    sections: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType(
        {
            "who": (word("Who stands side by side"), ""),
            "recommend": (
                word("Would they recommend it?"),
                word("The net promoter score of each group, with its interval."),
            ),
            "apart": (
                word("Where they part"),
                word(
                    "Satisfaction at each touchpoint, group by group. What may be "
                    "chance is grey: many comparisons always show some differences."
                ),
            ),
            "feel": (
                word("What they feel"),
                word("The emotion that the team noted for each persona."),
            ),
            "hurt": (word("What hurts whom"), ""),
            "worth": (word("What they are worth"), ""),
        }
    )

    def __init__(
        self,
        workshop: Workshop,
        *,
        compare: str = "personas",
        stage: str = "",
        language: str = "",
        today: date | None = None,
    ) -> None:
        super().__init__(workshop, language=language, today=today)
        self.numbers = SegmentNumbers(workshop, self.document, compare, stage)

    def band(self) -> Part:
        """Return the opening: who is compared, by which survey, of when."""
        numbers, case = self.numbers, self.case
        names = [one.name for one in numbers.entries]
        stage = self.name(numbers.stage)
        return parts.band(
            case.title,
            kind=say(self.kind),
            scope=say("Only the stage “{stage}”.", stage=stage) if stage else "",
            facts={
                say("Organisation"): case.organisation,
                say("Compared"): joined(names) if len(names) <= MOST_GROUPS else "",
                say("Survey"): numbers.data.title if numbers.data else "",
                say("Answers from"): period_of(numbers.data),
                say("Date"): day(self.today),
                say("Owner"): self.name(case.owner),
            },
            language=self.language,
        )

    # --- what was found ---------------------------------------------------------------

    def found(self) -> Part:
        """Return in three sentences where they part, where not, and who is missing."""
        every = (self._where_apart(), self._who_recommends(), self.what_hurts())
        said: list[str | tuple[str, str]] = [one for one in every if one is not None]
        if not said:
            said.append(
                say("Nothing was measured or noted group by group yet.")
                + " "
                + self.how_to_begin()
            )
        return parts.found(said)

    def _where_apart(self) -> tuple[str, str] | None:
        rows = self.apart.dropna(subset=["value"])
        rows = rows[rows["column"].isin(self.numbers.main_columns)]
        if rows.empty:
            return None
        n_all = rows["touchpoint"].nunique()
        clear = rows[rows["is_clear"]]
        if clear.empty:
            text = say(
                "At none of {n} touchpoints are they clearly apart: what differs may "
                "be chance.",
                n=count(n_all),
            )
            return "0", text
        row = clear.iloc[0]
        upper, lower, ends = self.told(row.to_dict())
        text = say(
            "They are clearly apart at {n} of {n_all} touchpoints, most at {name}: "
            "{upper} {higher}, {lower} {less}; {ends} points between them.",
            n=count(clear["touchpoint"].nunique()),
            n_all=count(n_all),
            name=row["name"],
            upper=upper[0],
            higher=upper[1],
            lower=lower[0],
            less=lower[1],
            ends=ends,
        )
        return f"{clear['touchpoint'].nunique()}/{n_all}", text

    def _who_recommends(self) -> tuple[str, str] | None:
        found = self.numbers.differences
        rows = found[found["touchpoint"].isna() & (found["definition"] == _NPS)]
        rows = rows.dropna(subset=["value"])
        if rows.empty:
            return None
        is_clear = rows["is_difference"].fillna(value=False).astype(bool)
        chosen = rows[is_clear] if is_clear.any() else rows
        row = chosen.iloc[int(chosen["value"].abs().to_numpy().argmax())].to_dict()
        upper, lower, ends = self.told(row)
        gaps = {
            "upper": upper[0],
            "higher": upper[1],
            "lower": lower[0],
            "less": lower[1],
            "ends": ends,
        }
        big = signed(abs(row["value"]), 1)
        if is_clear.any():
            text = say(
                "{upper} recommends it more than {lower}: NPS {higher} against {less}, "
                "{ends} points between them.",
                **gaps,
            )
            return big, text
        text = say(
            "Who recommends it more may be chance: NPS {higher} of {upper} against "
            "{less} of {lower}, {ends} points between them.",
            **gaps,
        )
        return big, text

    # --- value ------------------------------------------------------------------------

    def worth(self) -> Part:
        """Return the measured value of each group, the highest first."""
        ids = {one.id for one in self.numbers.entries}
        found = [one for one in group_values(self.document) if one.group.id in ids]
        minimum = self.numbers.minimum
        rows = [
            {
                "name": one.group.name,
                "value": with_interval(
                    one.own.value, one.own.low, one.own.high, "clv_to_date"
                ),
                "n": count(one.own.n),
                "verdict": say("more than customers as a whole")
                if one.stands_out
                else say("may be chance"),
            }
            for one in found
            if one.own.value is not None
            and one.own.low is not None
            and one.own.high is not None
            and one.own.n >= minimum
        ]
        if not rows:
            return parts.sentence(
                say(
                    "What a customer of each group is worth was not measured: bring "
                    "purchases and declare the groups in their mapping."
                )
            )
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "name": say("Group"),
                "value": say("Value to date"),
                "n": say("Customers"),
                "verdict": say("Beside all customers"),
            },
            title=say("{name} is worth most: {value}", **_two(rows[0])),
            subtitle=say(MEASURES["clv_to_date"].text),
        )

    def definitions(self) -> Part:
        """Return what the numbers of this report mean."""
        used = [key for key in (_NPS, _CSAT) if self._has(key)]
        if group_values(self.document):
            used.append("clv_to_date")
        terms = {
            say(MEASURES[key].label): say(
                "{meaning} Interval: {interval}, {percent}.",
                meaning=say(MEASURES[key].text),
                interval=say(MEASURES[key].interval),
                percent=percent(0.95),
            )
            for key in used
        }
        terms[say("May be chance")] = say(
            "Each two groups are held against each other at each question. Of so many "
            "comparisons some look different by chance alone, so p values are raised "
            "by their number (Benjamini and Hochberg); above 0.05 it may be chance. "
            "Who belongs to both groups makes the interval wider, never narrower."
        )
        term, text = self.evidence_term()
        return parts.definitions({**terms, term: text})

    def _has(self, definition: str) -> bool:
        table = self.numbers.scores
        return bool((table["definition"] == definition).any())

    def left_out(self) -> Part:
        """Return which answers were left out, and why, all shown groups together."""
        table = self.numbers.scores
        shown = [one.entry.id for one in self.numbers.shown]
        rows = table[
            table["group"].isin(shown) & table["definition"].isin((_NPS, _CSAT))
        ]
        found: list[tuple[str, str, int]] = []
        for column, part in rows.groupby("column", sort=False):
            reasons: dict[str, int] = {}
            for left in part["left_out"]:
                for why, n in left.items():
                    reasons[why] = max(reasons.get(why, 0), n)
            where = self.name(part["touchpoint"].iloc[0]) or say("The whole journey")
            n_left = int(part["n_left_out"].max())
            if n_left >= self.numbers.minimum:
                why = commas(say("“{name}”", name=reason_words(one)) for one in reasons)
                text = say("the most in any one group: {reasons}", reasons=why)
                found.append((f"{where} ({column})", text, n_left))
        return parts.left_out(found)


def _two(row: Mapping[str, str]) -> dict[str, str]:
    return {"name": row["name"], "value": row["value"]}
