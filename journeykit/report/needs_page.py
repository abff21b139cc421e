"""What customers need most and get least, and what they take for granted.

Shown beside the priorities: the numbers are of a survey that asks about needs both ways
(see :class:`journeykit.model.survey.Need`); without one the page says what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeAlias

import pandas as pd

from journeykit.measure.result import MIN_ANSWERS
from journeykit.model import Document
from journeykit.report import parts
from journeykit.report.parts import Part
from journeykit.show.numbers import NBSP, count
from journeykit.workshop import Workshop

__all__ = ["NeedsPage"]

_EVERYBODY = "All"
_WORDS = {
    "must_be": "Taken for granted",
    "one_dimensional": "The more, the better",
    "attractive": "A delight",
    "indifferent": "Leaves cold",
    "reverse": "Unwanted",
    "questionable": "Contradicts itself",
}
_Row: TypeAlias = Mapping[Any, Any]  # Any: cells of a table
_MINUS = "\N{MINUS SIGN}"


class NeedsPage:
    """Needs by importance and satisfaction, and features by Kano's classes.

    Parameters
    ----------
    workshop
        The workshop. Each of its surveys whose mapping names needs is shown.
    """

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.document: Document = workshop.document()

    def _tables(self, name: str) -> pd.DataFrame:
        found = [
            table.assign(survey=one.title)
            for one in self.workshop.data_sets("survey")
            if one.mapping is not None and one.mapping.needs
            if (table := self.workshop.summary(one.id).tables.get(name)) is not None
        ]
        return pd.concat(found, ignore_index=True) if found else pd.DataFrame()

    @cached_property
    def scores(self) -> pd.DataFrame:
        """Opportunity scores of every need, for all and for each group."""
        return self._tables("opportunity_scores")

    @cached_property
    def classes(self) -> pd.DataFrame:
        """Kano classes of every need, for all and for each group."""
        return self._tables("kano_classes")

    def opportunities(self) -> Part:
        """Return the needs by Ulwick's opportunity score, the least served first."""
        if self.scores.empty:
            return parts.sentence(
                "No survey asks yet how important a need is and how satisfied people "
                "are with it. Ask for both on 1 to 5, and name the two columns in the "
                "mapping of the survey, under needs."
            )
        cut_off = float(self.scores["cut_off"].iloc[0])
        several = self.scores["survey"].nunique() > 1
        rows = [
            {
                "need": row["entry"],
                "who": self._who(row),
                "survey": row["survey"],
                "importance": _tenths(row, "importance"),
                "satisfaction": _tenths(row, "satisfaction"),
                "score": _tenths(row, "value"),
                "between": _between(row["low"], row["high"]),
                "n": count(int(row["n"])) if row["n"] >= self._minimum() else "",
                "reliability": row["reliability"],
            }
            for row in self.scores.to_dict("records")
        ]
        everybody = self.scores[self.scores["segment"].isna()]
        under = everybody[everybody["value"] >= cut_off]
        first = everybody.sort_values("rank")["entry"].iloc[0]
        title = f"{len(under)} of {len(everybody)} needs are underserved"
        if not under.empty:
            title = f"“{first}” is the need that is served least"
        shown = {
            "need": "Need",
            "who": "Whose answers",
            "survey": "Survey",
            "importance": "Important to",
            "satisfaction": "Satisfied with",
            "score": "Score",
            "between": "Between",
            "n": "Answers",
            "reliability": "How firm",
        }
        if not several:
            shown.pop("survey")
        if everybody["value"].isna().all():
            title = "Too few answers to score a need"
        return parts.ranked_table(
            pd.DataFrame(rows),
            shown,
            title=title,
            subtitle="Opportunity score (Ulwick): importance + max(importance "
            f"{_MINUS} satisfaction, 0), each 10 \N{MULTIPLICATION SIGN} the share of "
            f"answers 4 to 5. Underserved from {cut_off:g} on.",
            is_ranked=False,
        )

    def kano(self) -> Part:
        """Return the Kano class of each need, with what it wins and what it costs."""
        if self.classes.empty:
            return parts.sentence(
                "No survey asks yet how people find a feature if it is there, and if "
                "it is not. Ask both ways, and name the two columns in the mapping of "
                "the survey, under needs."
            )
        rows = [
            {
                "need": row["entry"],
                "who": self._who(row),
                "class": _WORDS.get(str(row["category"]), "Too few answers")
                + (f" ({row['note']})" if row["note"] else ""),
                "better": _share(row, "better"),
                "worse": _share(row, "worse"),
                "n": count(int(row["n"])) if row["n"] >= self._minimum() else "",
                "reliability": row["reliability"],
            }
            for row in self.classes.to_dict("records")
        ]
        everybody = self.classes[self.classes["segment"].isna()]
        must = everybody.loc[everybody["category"] == "must_be", "entry"].tolist()
        title = "Nothing is taken for granted"
        if must:
            title = f"Taken for granted: {', '.join(f'“{name}”' for name in must)}"
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "need": "Need",
                "who": "Whose answers",
                "class": "Kano class",
                "better": "Pleases if there",
                "worse": "Hurts if missing",
                "n": "Answers",
                "reliability": "How firm",
            },
            title=title,
            subtitle="Better = (A + O) / (A + O + M + I), worse = "
            f"{_MINUS}(O + M) / the same: A a delight, O the more the better, M taken "
            "for granted, I leaves cold.",
            is_ranked=False,
        )

    def _minimum(self) -> int:
        case = self.document.case
        return case.min_group if case else MIN_ANSWERS

    def _who(self, row: _Row) -> str:
        if row["segment"] is None or pd.isna(row["segment"]):
            return _EVERYBODY
        entry = self.document.get(str(row["segment"]))
        return entry.name_for_people if entry else str(row["segment"])


def _tenths(row: _Row, name: str) -> str:
    value = float(str(row[name]))
    return "" if pd.isna(value) else f"{value:.1f}"


def _between(low: float, high: float) -> str:
    return "" if pd.isna(low) else f"{low:.1f} to {high:.1f}"


def _share(row: _Row, name: str) -> str:
    """Return a share in per cent with its interval, a true minus before what hurts."""
    numbers = [float(str(row[f"{name}{end}"])) for end in ("", "_low", "_high")]
    if pd.isna(numbers[0]):
        return ""
    value, low, high = (
        f"{100 * one:.0f}".replace("-0", "0").replace("-", _MINUS) for one in numbers
    )
    return f"{value}{NBSP}% ({low} to {high})"
