"""How far the map rests on data: shares, gaps, who answered, drivers, themes.

The notebook ``05_evidence`` shows these parts below the survey itself.
"""

from __future__ import annotations

import pandas as pd

from journeykit.check.coverage import coverage
from journeykit.check.evidence import evidence_shares
from journeykit.language import commas, percent, say, say_count, word
from journeykit.measure.groups import group_mask, told_counts
from journeykit.measure.representation import representation
from journeykit.measure.summary import Summary
from journeykit.model import DataSet, Document, Segment, SurveyMapping
from journeykit.model.codebook import NOT_ASSIGNED
from journeykit.report import parts
from journeykit.report.customer_lists import win_back_and_advocates
from journeykit.report.part import Part
from journeykit.report.report_numbers import period_of
from journeykit.show.charts import picture
from journeykit.show.numbers import count, with_interval
from journeykit.vocabulary import DATA_KINDS
from journeykit.workshop import Workshop

__all__ = ["EvidencePage"]

_MOST_THEMES = 12
_VERDICTS = {
    "too few": word("fewer than among customers"),
    "too many": word("more than among customers"),
    "as customers are": word("as among customers"),
    "not known": word("share of customers not known"),
}
_KINDS = {
    "stage": word("Stages"),
    "touchpoint": word("Touchpoints"),
    "channel": word("Channels"),
    "persona": word("Personas"),
    "segment": word("Segments"),
}


class EvidencePage:
    """How far a workshop's map rests on data.

    Parameters
    ----------
    workshop
        The workshop.
    """

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.document: Document = workshop.document()
        self.minimum = workshop.case.min_group

    def _name(self, entry_id: object) -> str:
        entry = self.document.get(entry_id if isinstance(entry_id, str) else None)
        return entry.name_for_people if entry else str(entry_id or "")

    def shares(self) -> Part:
        """Return how much of the map is assumed, observed and measured."""
        shares = evidence_shares(self.document)
        return parts.evidence(
            assumed=shares.n_assumed,
            observed=shares.n_observed,
            measured=shares.n_measured,
            heading="",
        )

    def ledger(self) -> Part:
        """Return every data set: what it is, how many rows, of when."""
        held = self.document.of(DataSet)
        if not held:
            return parts.sentence(
                say("There is no data set yet: bring one in step 5, evidence.")
            )
        rows = [
            {
                "title": one.title,
                "kind": say(DATA_KINDS[one.data_kind]),
                "rows": count(one.n_rows) if one.n_rows else say("described only"),
                "period": period_of(one),
                "table": one.table[:8],
            }
            for one in held
        ]
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "title": say("Data set"),
                "kind": say("Kind"),
                "rows": say("Rows"),
                "period": say("Period"),
                "table": say("Fingerprint"),
            },
            is_ranked=False,
            title=say_count("{n} data set", "{n} data sets", len(rows)),
            subtitle=say(
                "The fingerprint tells whether two people look at the same table."
            ),
        )

    def coverage(self) -> Part:
        """Return which stages, touchpoints, channels and personas have no data."""
        found = coverage(self.document)
        if not found:
            return parts.sentence(say("There is no map yet."))
        rows = [
            {
                "kind": say(_KINDS[one.kind]),
                "with": say("{n} of {total}", n=count(one.n_with), total=count(one.n)),
                "without": commas(map(self._name, one.without)) or say("none"),
            }
            for one in found
        ]
        n = sum(len(one.without) for one in found if one.kind == "touchpoint")
        return parts.ranked_table(
            pd.DataFrame(rows),
            {"kind": say("Kind"), "with": say("With data"), "without": say("Without")},
            is_ranked=False,
            title=say_count(
                "{n} touchpoint has no data", "{n} touchpoints have no data", n
            )
            if n
            else say("Every touchpoint has data")
            if any(one.kind == "touchpoint" for one in found)
            else say("There are no touchpoints yet: step 4 of the workbook asks."),
        )

    def representativeness(self) -> Part:
        """Return who answered beside who the customers are, survey by survey."""
        rows = []
        for one in self.workshop.data_sets("survey"):
            rows += self._groups_of(one)
        if not rows:
            return parts.sentence(
                say(
                    "No survey says yet which answers belong to which persona or "
                    "segment: declare it in the mapping, under groups."
                )
            )
        known = any(row["customers"] for row in rows)
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "group": say("Group"),
                "survey": say("Survey"),
                "n": say("Answers"),
                "share": say("Share of answers"),
                "customers": say("Share of customers"),
                "verdict": say("Verdict"),
            },
            is_ranked=False,
            title=say("Whom the answers speak for"),
            subtitle=say("With {level} interval (Wilson).", level=percent(0.95))
            if known
            else say(
                "Write down each segment's share of your customers (step 3), and both "
                "are compared."
            ),
        )

    def _groups_of(self, one: DataSet) -> list[dict[str, str]]:
        mapping = one.mapping or SurveyMapping()
        answers = self.workshop.survey(one.id)
        counts = {
            group.subject: int(group_mask(answers, group).sum())
            for group in mapping.groups
        }
        told = told_counts(answers, mapping.groups, self.minimum)
        shares = {
            name: share
            for name in counts
            if (share := self._customer_share(name)) is not None
        }
        table = representation(counts, len(answers), shares, minimum=self.minimum)
        return [
            {
                "group": self._name(row["group"]),
                "survey": one.title,
                "n": _told(told[row["group"]], is_few=pd.isna(row["count"])),
                "share": _range(row["value"], row["low"], row["high"])
                if told[row["group"]] is not None
                else "",
                "customers": _percent(row["customer_share"]),
                "verdict": say(_VERDICTS[row["verdict"]]),
            }
            for row in table.to_dict("records")
        ]

    def _customer_share(self, name: str) -> float | None:
        entry = self.document.get(name)
        return entry.share_of_customers if isinstance(entry, Segment) else None

    def customers(self) -> Part:
        """Return whom to win back and who recommends you, by number only."""
        surveys = [
            (one.title, self.workshop.survey(one.id), one.mapping or SurveyMapping())
            for one in self.workshop.data_sets("survey")
        ]
        return win_back_and_advocates(surveys, minimum=self.minimum)

    def drivers(self) -> Part:
        """Return which touchpoints go with the overall score, with their firmness."""
        for one in self.workshop.data_sets("survey"):
            table = self._summary(one).tables.get("drivers")
            if table is not None and table["value"].notna().any():
                names = table["touchpoint"].map(self._name)
                # Several questions about one touchpoint: their columns tell which.
                asked = names + " (" + table["driver"].astype(str) + ")"
                names = names.where(~names.duplicated(keep=False), asked)
                named = table.assign(driver=names)
                return parts.figure(
                    picture("driver_shares", shares=named, source=one.title)
                )
        return parts.sentence(
            say(
                "No survey has both an overall question and questions about "
                "touchpoints that enough people answered together."
            )
        )

    def themes(self) -> Part:
        """Return what comments and tickets are about, with examples."""
        for reads in ("feedback", "tickets"):
            for one in self.workshop.data_sets(reads):
                table = self._summary(one).tables.get("themes")
                if table is not None:
                    return self._themes_of(one, table)
        return parts.sentence(
            say(
                "There are no comments or tickets yet. Bring them: journeykit import "
                "WORKSHOP FILE --reads feedback."
            )
        )

    def _themes_of(self, one: DataSet, table: pd.DataFrame) -> Part:
        everybody = table[table["group"].isna()]
        found = everybody[everybody["theme"] != NOT_ASSIGNED]
        found = found.sort_values("value", ascending=False, kind="stable")
        rest = everybody[everybody["theme"] == NOT_ASSIGNED]
        rows = [
            {
                "theme": row["label"] or row["theme"],
                "n": say("few") if pd.isna(row["count"]) else count(row["count"]),
                "share": _range(row["value"], row["low"], row["high"]),
                "examples": " · ".join(
                    say("“{name}”", name=text) for text in row["examples"][:2]
                ),
            }
            for row in found.head(_MOST_THEMES).to_dict("records")
        ]
        title, level = say("What {title} is about", title=one.title), percent(0.95)
        left = "" if rest.empty else _percent(rest["value"].iloc[0])
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "theme": say("Theme"),
                "n": say("Comments"),
                "share": say("Share"),
                "examples": say("In their words"),
            },
            is_ranked=False,
            title=title,
            subtitle=say(
                "Themes of the codebook, {level} interval. Not assigned: {share}.",
                level=level,
                share=left,
            ),
        )

    def _summary(self, one: DataSet) -> Summary:
        return self.workshop.summary(one.id)


def _told(n: int | None, *, is_few: bool) -> str:
    if is_few:
        return say("few")
    return say("not shown") if n is None else count(n)


def _percent(share: float) -> str:
    return "" if pd.isna(share) else percent(share)


def _range(value: float, low: float, high: float) -> str:
    if pd.isna(value):
        return ""
    return with_interval(value, low, high, "theme_share")
