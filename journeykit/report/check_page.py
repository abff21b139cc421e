"""What the consistency check says of a workshop, and where its story breaks off.

The journey report shows these parts; so can a notebook.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

import pandas as pd
from markupsafe import Markup

from journeykit.check.rule import Finding
from journeykit.check.rules import RULES, rules_off
from journeykit.check.traceability import COLUMNS
from journeykit.language import say, say_count, word
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.show.charts import Picture, Words
from journeykit.show.check_panel import counted_findings
from journeykit.show.surfaces import drawn
from journeykit.show.traceability_picture import (
    WIDE,
    traceability_picture,
    traceability_pictures,
)
from journeykit.show.traceability_words import (
    breaks_data,
    trace_finding,
    traceability_data,
)
from journeykit.workshop import Workshop

__all__ = ["CheckPage"]

_SEVERITIES = {"error": word("Error"), "warning": word("Warning"), "hint": word("Hint")}
_N_OF_A_RULE = 6


class CheckPage:
    """The check of one workshop, part by part.

    Parameters
    ----------
    workshop
        The workshop.
    today
        The day on which it is looked at; today if None.
    """

    def __init__(self, workshop: Workshop, today: date | None = None) -> None:
        self.document = workshop.document()
        self.found = workshop.findings(today)

    def findings(self) -> Part:
        """Return what contradicts itself or stops short, worst first."""
        if not self.found:
            return parts.sentence(
                say(
                    "The check found nothing: map, evidence, COPIS, canvas and plan "
                    "tell one story."
                )
            )
        table = pd.DataFrame(self._rows(), dtype=object)
        return parts.ranked_table(
            table,
            {
                "text": say("What was found"),
                "next_step": say("Next step"),
                "severity": say("Severity"),
                "rule": say("Rule"),
            },
            title=counted_findings(self.found),
            subtitle=say("Errors first. Each says what to do about it."),
            source=say_count(
                "{n} rule on map, evidence, COPIS, canvas and plan.",
                "{n} rules on map, evidence, COPIS, canvas and plan.",
                len(RULES),
            ),
            is_ranked=False,
        )

    def _rows(self) -> Iterator[dict[str, str]]:
        for _, group in groupby(self.found, key=lambda one: one.rule):
            those = list(group)
            shown = those if len(those) <= _N_OF_A_RULE else those[: _N_OF_A_RULE - 1]
            for number, one in enumerate(shown):
                yield _row(one, one.text, is_first=not number)
            if len(shown) < len(those):
                more = len(those) - len(shown)
                said = say_count(
                    "And {n} more like these", "And {n} more like these", more
                )
                yield _row(those[0], said, is_first=False)

    def switched_off(self) -> Part:
        """Return which rules the team switched off, and why."""
        off = rules_off(self.document)
        if not off:
            return parts.sentence(say("No rule was switched off."))
        rows = [
            {
                "text": say(RULES[rule].text)
                if rule in RULES
                else say("There is no such rule"),
                "reason": reason,
                "rule": rule,
            }
            for rule, reason in off.items()
        ]
        return parts.ranked_table(
            pd.DataFrame(rows, dtype=object),
            {
                "text": say("What was not checked"),
                "reason": say("Why"),
                "rule": say("Rule"),
            },
            title=say_count(
                "{n} rule was switched off", "{n} rules were switched off", len(rows)
            ),
            is_ranked=False,
        )

    def traceability(self) -> Part:
        """Return the way from each objective to its effect, as picture and table."""
        twin = traceability_data(self.document)
        if twin.empty:
            return parts.sentence(
                say(
                    "There is nothing to trace yet: it takes objectives, pain points "
                    "and actions (steps 1, 7 and 12)."
                )
            )
        words = Words(
            title=trace_finding(self.document),
            subtitle=say(
                "From what is wanted, by way of who is hurt where, to what is done and "
                "which number it moves. A frame with a number breaks off; the table "
                "that follows says where."
            ),
            source=say("Proposed links do not count."),
            alt="",
        )

        def sheets(paper: str) -> tuple[Markup, ...]:
            return traceability_pictures(self.document, paper=paper)

        picture = Picture(
            words,
            traceability_picture(self.document, width_px=WIDE),
            None,
            _as_above(twin).rename(
                columns={name: say(label) for name, label in COLUMNS.items()}
            ),
            drawn("printed", lambda: sheets("A4 portrait"), ()),
            drawn("slides", lambda: sheets("slide"), ()),
        )
        return parts.figure(picture, is_wide=True)

    def breaks(self) -> Part:
        """Return every entry that is not joined to what it needs."""
        table = breaks_data(self.document)
        if table.empty:
            if traceability_data(self.document).empty:
                return parts.NOTHING
            return parts.sentence(say("Nothing breaks off."))
        return parts.ranked_table(
            table,
            {
                "name": say("Name"),
                "kind": say("Kind"),
                "lacks": say("Is joined to no"),
            },
            title=say_count(
                "{n} place where the story breaks off",
                "{n} places where the story breaks off",
                len(table),
            ),
            subtitle=say("Numbered as in the picture."),
        )


def _as_above(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which what the row above says already is a ditto mark."""
    is_again = table.eq(table.shift()) & table.astype(bool)
    return table.mask(is_again, "″")


def _row(one: Finding, text: str, *, is_first: bool) -> dict[str, str]:
    return {
        "severity": say(_SEVERITIES[one.severity]),
        "text": text,
        "next_step": f"{one.next_step}." if is_first else "",
        "rule": one.rule,
    }
