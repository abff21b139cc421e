"""What customers need most and get least, and what they take for granted.

Shown beside the priorities: the numbers are of a survey that asks about needs both ways
(see :class:`journeykit.model.survey.Need`); without one the page says what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeAlias

import pandas as pd

from journeykit.language import commas, decimals, say, say_count, word
from journeykit.measure.result import MIN_ANSWERS
from journeykit.model import Document
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.show.numbers import NBSP, count
from journeykit.workshop import Workshop

__all__ = ["NeedsPage"]

_EVERYBODY = word("All")
_TOO_FEW = word("Too few answers")
_WORDS = {
    "must_be": word("Taken for granted"),
    "one_dimensional": word("The more, the better"),
    "attractive": word("A delight"),
    "indifferent": word("Leaves cold"),
    "reverse": word("Unwanted"),
    "questionable": word("Contradicts itself"),
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
                say(
                    "No survey asks yet how important a need is and how satisfied "
                    "people are with it. Ask for both on 1 to 5, and name the two "
                    "columns in the mapping of the survey, under needs."
                )
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
                "reliability": say(row["reliability"]),
            }
            for row in self.scores.to_dict("records")
        ]
        everybody = self.scores[self.scores["segment"].isna()]
        under = everybody[everybody["value"] >= cut_off]
        first = everybody.sort_values("rank")["entry"].iloc[0]
        title = say_count(
            "{n_under} of {n} needs are underserved",
            "{n_under} of {n} needs are underserved",
            len(everybody),
            n_under=count(len(under)),
        )
        if not under.empty:
            title = say("“{need}” is the need that is served least", need=first)
        shown = {
            "need": say("Need"),
            "who": say("Whose answers"),
            "survey": say("Survey"),
            "importance": say("Important to"),
            "satisfaction": say("Satisfied with"),
            "score": say("Score"),
            "between": say("Between"),
            "n": say("Answers"),
            "reliability": say("How firm"),
        }
        if not several:
            shown.pop("survey")
        if everybody["value"].isna().all():
            title = say("Too few answers to score a need")
        return parts.ranked_table(
            pd.DataFrame(rows),
            shown,
            title=title,
            subtitle=say(
                "Opportunity score (Ulwick): importance + max(importance "
                "\N{MINUS SIGN} satisfaction, 0), each 10 \N{MULTIPLICATION SIGN} the "
                "share of answers 4 to 5. Underserved from {cut_off} on.",
                cut_off=f"{cut_off:g}",
            ),
            is_ranked=False,
        )

    def kano(self) -> Part:
        """Return the Kano class of each need, with what it wins and what it costs."""
        if self.classes.empty:
            return parts.sentence(
                say(
                    "No survey asks yet how people find a feature if it is there, and "
                    "if it is not. Ask both ways, and name the two columns in the "
                    "mapping of the survey, under needs."
                )
            )
        rows = [
            {
                "need": row["entry"],
                "who": self._who(row),
                "class": say(_WORDS.get(str(row["category"]), _TOO_FEW))
                + (f" ({row['note']})" if row["note"] else ""),
                "better": _share(row, "better"),
                "worse": _share(row, "worse"),
                "n": count(int(row["n"])) if row["n"] >= self._minimum() else "",
                "reliability": say(row["reliability"]),
            }
            for row in self.classes.to_dict("records")
        ]
        everybody = self.classes[self.classes["segment"].isna()]
        must = everybody.loc[everybody["category"] == "must_be", "entry"].tolist()
        title = say("Nothing is taken for granted")
        if must:
            names = commas(say("“{name}”", name=name) for name in must)
            title = say("Taken for granted: {names}", names=names)
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "need": say("Need"),
                "who": say("Whose answers"),
                "class": say("Kano class"),
                "better": say("Pleases if there"),
                "worse": say("Hurts if missing"),
                "n": say("Answers"),
                "reliability": say("How firm"),
            },
            title=title,
            subtitle=say(
                "Better = (A + O) / (A + O + M + I), worse = "
                "\N{MINUS SIGN}(O + M) / the same: A a delight, O the more the better, "
                "M taken for granted, I leaves cold."
            ),
            is_ranked=False,
        )

    def _minimum(self) -> int:
        case = self.document.case
        return case.min_group if case else MIN_ANSWERS

    def _who(self, row: _Row) -> str:
        if row["segment"] is None or pd.isna(row["segment"]):
            return say(_EVERYBODY)
        entry = self.document.get(str(row["segment"]))
        return entry.name_for_people if entry else str(row["segment"])


def _tenths(row: _Row, name: str) -> str:
    value = float(str(row[name]))
    return "" if pd.isna(value) else decimals(value, 1)


def _between(low: float, high: float) -> str:
    if pd.isna(low):
        return ""
    return say("{low} to {high}", low=decimals(low, 1), high=decimals(high, 1))


def _share(row: _Row, name: str) -> str:
    """Return a share in per cent with its interval, a true minus before what hurts."""
    numbers = [float(str(row[f"{name}{end}"])) for end in ("", "_low", "_high")]
    if pd.isna(numbers[0]):
        return ""
    value, low, high = (
        f"{100 * one:.0f}".replace("-0", "0").replace("-", _MINUS) for one in numbers
    )
    return say(
        "{value} ({interval})",
        value=f"{value}{NBSP}%",
        interval=say("{low} to {high}", low=low, high=high),
    )
