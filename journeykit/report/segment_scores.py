"""How satisfied each persona or segment is, and which differences are no chance."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from journeykit.language import percent, say, say_count
from journeykit.model import Persona, Segment
from journeykit.report import parts
from journeykit.report.evidence_lines import cut
from journeykit.report.part import Part
from journeykit.report.report_numbers import period_of, source_of
from journeykit.report.segment_feelings import SegmentFeelings
from journeykit.report.segment_numbers import ComparedGroup
from journeykit.show.charts import picture
from journeykit.show.groups_data import MOST_GROUPS
from journeykit.show.numbers import count, joined, signed, value_text

__all__ = ["SegmentScores"]

_NPS, _CSAT = "net_promoter_score", "customer_satisfaction_score"
_MOST_ROWS, _LENGTH = 24, 140


class SegmentScores(SegmentFeelings):
    """Scores of groups side by side; parameters as for its base."""

    @cached_property
    def apart(self) -> pd.DataFrame:
        """Differences at touchpoints with their names, the clear and widest first."""
        found = self.numbers.differences
        rows = found[found["touchpoint"].notna() & (found["definition"] == _CSAT)]
        rows = rows.assign(
            name=rows["touchpoint"].map(self.name),
            question=rows["column"].map(self._wording),
            size=rows["value"].abs(),
            is_clear=rows["is_difference"].fillna(value=False).astype(bool),
        )
        return rows.sort_values(
            ["is_clear", "size"], ascending=False, kind="stable"
        ).reset_index(drop=True)

    def _wording(self, column: object) -> str:
        asked = {one.column: one.wording for one in self.numbers.mapping.questions}
        return asked.get(str(column)) or str(column)

    def told(
        self, row: Mapping[Any, Any]
    ) -> tuple[tuple[str, str], tuple[str, str], str]:
        """Return the higher and the lower of a pair with scores, and the ends."""
        definition = str(row["definition"])
        factor, digits = (100.0, 0) if definition == _CSAT else (1.0, 1)
        sides = [
            (self.name(str(row[key])), value_text(float(row[value]), definition))
            for key, value in (("group", "group_value"), ("other", "other_value"))
        ]
        low, high = (float(row[key]) * factor for key in ("low", "high"))
        if float(row["value"]) < 0:
            low, high = -high, -low
        else:
            sides.reverse()
        ends = say(
            "{low} to {high}",
            low=signed(low, digits).lstrip("+"),
            high=signed(high, digits).lstrip("+"),
        )
        return sides[0], sides[1], ends

    def source(self) -> str:
        """Return the last line of a table: the survey, and how many answered it.

        Where a group is too small to be shown, its number would follow from the whole.
        """
        data = self.numbers.data
        numbers = self.numbers
        if data is not None and (numbers.too_few or numbers.withheld):
            return say("Source: {title}.", title=data.title)
        return source_of(data, {})

    def how_to_begin(self) -> str:
        """Return what to do where nobody said whose answers are whose."""
        return say(
            "Bring a survey and say in its mapping, under groups, which answers belong "
            "to whom: step 5 of the workbook."
        )

    # --- who --------------------------------------------------------------------------

    def who(self) -> Part:
        """Return each group: how many answered, their share, what was noted of them."""
        numbers = self.numbers
        if not numbers.entries:
            return parts.sentence(
                say(
                    "There are no personas and no segments yet: step 3 of the workbook."
                )
            )
        rows = [
            {
                "name": one.entry.name,
                "about": _about(one.entry),
                "n": self._answers(one),
                "share": self._share(one.entry),
                "verdict": self._verdict(one),
            }
            for one in numbers.groups
        ]
        heads = {
            "name": say("Persona") if numbers.compare == "personas" else say("Segment"),
            "about": say("Who this is"),
            "n": say("Answers"),
            "share": say("Share of customers"),
            "verdict": say("Compared"),
        }
        if not any(row["share"] for row in rows):
            del heads["share"]
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            is_ranked=False,
            title=self._who_title(),
            subtitle=say(
                "One person may belong to several groups. Below {n} answers nothing is "
                "shown, below 30 it says “few answers”.",
                n=count(numbers.minimum),
            ),
            source=self.source(),
        )

    def _who_title(self) -> str:
        numbers = self.numbers
        if numbers.data is None:
            return say("No survey says yet which answers are whose")
        hidden = numbers.names(numbers.too_few)
        if hidden:
            return say_count(
                "{n} group is compared; too few answered of {names}",
                "{n} groups are compared; too few answered of {names}",
                len(numbers.shown),
                names=joined(hidden),
            )
        return say_count(
            "{n} group is compared", "{n} groups are compared", len(numbers.shown)
        )

    def _share(self, entry: object) -> str:
        known = entry.share_of_customers if isinstance(entry, Segment) else None
        return "" if known is None else percent(known)

    def _answers(self, group: ComparedGroup) -> str:
        if group.reliability == "not measured":
            return say("none")
        if group.reliability == "fewer than minimum":
            return say("fewer than {n}", n=count(self.numbers.minimum))
        return say("not shown") if group.is_withheld else count(group.n)

    def _verdict(self, group: ComparedGroup) -> str:
        if group.is_withheld and group.n >= self.numbers.minimum:
            return say("no, it would tell what a smaller group answered")
        return {
            "enough": say("yes"),
            "few answers": say("yes, few answers"),
            "fewer than minimum": say("no, too few answers"),
        }.get(group.reliability) or say("no, nobody was asked")

    # --- scores -----------------------------------------------------------------------

    def recommendation(self) -> Part:
        """Return the net promoter score of each group, with its interval."""
        table = self.numbers.scores
        rows = table[table["touchpoint"].isna() & (table["definition"] == _NPS)]
        if rows.empty or rows["value"].isna().all():
            return parts.sentence(
                say(
                    "Whether they would recommend it was not measured: bring a survey "
                    "in step 5, evidence."
                )
            )
        first = rows[rows["column"] == rows["column"].iloc[0]]
        scores = first.assign(name=first["group"].map(self.name))
        return parts.figure(
            picture(
                "scores_by_touchpoint",
                scores=scores,
                definition=_NPS,
                minimum=self.numbers.minimum,
                period=period_of(self.numbers.data),
                source=self.source(),
            ),
            named={"touchpoint": say("Group")},
        )

    def differences(self) -> Part:
        """Return the satisfaction of each group at each touchpoint, with intervals."""
        numbers = self.numbers
        table = numbers.scores
        main = table["column"].isin(numbers.main_columns)
        rows = table[main & (table["definition"] == _CSAT)]
        if len(numbers.shown) < 2 or rows["value"].isna().all():
            return parts.sentence(
                say("No two groups can be compared by their answers.")
                + " "
                + self.how_to_begin()
            )
        drawn = sorted(numbers.shown, key=lambda one: -one.n)[:MOST_GROUPS]
        kept = [one.entry.id for one in numbers.groups if one in drawn]
        rows = rows[rows["group"].isin(kept)]
        apart = self.apart
        apart = apart[
            apart["column"].isin(numbers.main_columns)
            & apart["group"].isin(kept)
            & apart["other"].isin(kept)
        ]
        left = [one.entry.name for one in numbers.shown if one not in drawn]
        more = ""
        if left:
            more = say("In the table only: {names}.", names=joined(left))
        source = self.source()
        return parts.figure(
            picture(
                "group_scores",
                scores=rows.assign(
                    name=rows["touchpoint"].map(self.name),
                    group=rows["group"].map(self.name),
                ),
                differences=apart.assign(
                    group=apart["group"].map(self.name),
                    other=apart["other"].map(self.name),
                ),
                definition=_CSAT,
                minimum=numbers.minimum,
                source=" ".join(filter(None, (more, source))),
            )
        )

    def clear_differences(self) -> Part:
        """Return each two groups that are clearly apart, question by question."""
        rows = self.apart.dropna(subset=["value"])
        if rows.empty:
            if len(self.numbers.shown) < 2:
                return parts.NOTHING  # said once, above
            return parts.sentence(say("No question was answered by two groups."))
        clear = rows[rows["is_clear"]]
        if clear.empty:
            return parts.sentence(
                say_count(
                    "The one comparison may differ by chance alone.",
                    "All {n} comparisons may differ by chance alone.",
                    len(rows),
                )
            )
        shown = clear.head(_MOST_ROWS)
        table = [self._difference_row(row) for row in shown.to_dict("records")]
        n_more = len(clear) - len(shown)
        source = self.source()
        more = (
            say_count(
                "And {n} more, less far apart.", "And {n} more, less far apart.", n_more
            )
            if n_more
            else ""
        )
        return parts.ranked_table(
            pd.DataFrame(table),
            {
                "name": say("Touchpoint"),
                "question": say("Question"),
                "upper": say("More satisfied"),
                "lower": say("Less satisfied"),
                "apart": say("Points between them"),
            },
            title=say_count(
                "{n} of {n_all} comparison is beyond chance",
                "{n} of {n_all} comparisons are beyond chance",
                len(clear),
                n_all=count(len(rows)),
            ),
            subtitle=say(
                "Each two groups at each question, widest first. 95 % intervals "
                "(Newcombe), tests corrected for their number (Benjamini and Hochberg)."
            ),
            source=" ".join(filter(None, (more, source))),
        )

    def _difference_row(self, row: Mapping[Any, Any]) -> dict[str, str]:
        upper, lower, ends = self.told(row)
        return {
            "name": str(row["name"]),
            "question": str(row["question"]),
            "upper": f"{upper[0]}: {upper[1]}",
            "lower": f"{lower[0]}: {lower[1]}",
            "apart": ends,
        }


def _about(entry: Persona | Segment) -> str:
    """Return its first sentences, as many as a cell holds; none of them is cut."""
    said = entry.summary if isinstance(entry, Persona) else entry.description
    kept = said
    while len(kept) > _LENGTH and ". " in kept:
        kept = f"{kept.rpartition('. ')[0]}."
    return cut(kept, _LENGTH)
