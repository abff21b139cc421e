"""COPIS in a report: the flow, what it says, the strategies, what is known where."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from journeykit.check.copis_reading import (
    copis_information,
    copis_sentences,
    copis_strategies,
)
from journeykit.language import commas, say, say_count, word
from journeykit.layout.copis_flow import copis_flow
from journeykit.model import CopisElement, Document
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.part_tables import NO_VALUE
from journeykit.show.charts import Picture
from journeykit.show.copis_picture import copis_picture, copis_pictures
from journeykit.show.copis_tables import copis_picture_data
from journeykit.show.copis_words import copis_alt, copis_finding
from journeykit.show.frame import Words
from journeykit.show.surfaces import drawn

__all__ = ["CopisPage"]

_NOTHING = word(
    "COPIS has no elements yet: step 10 of the workbook fills it from the map."
)
_NARROW = 680.0
_SOURCE = word(
    "Source: the workshop's COPIS. Dots are the touchpoints that an element affects; "
    "resolved pain points and what is only proposed do not count."
)
_RESPONSES = {"proactive": word("proactive"), "reactive": word("reactive")}
"""In place of what has nothing to show, where the flow has said so."""


class CopisPage:
    """COPIS as parts of a page.

    Parameters
    ----------
    document
        The workshop.
    paper
        A key of :data:`journeykit.show.paper.SHEETS` on which the flow is printed.
    """

    def __init__(self, document: Document, paper: str = "A4 portrait") -> None:
        self.document = document
        self.paper = paper

    @property
    def _is_empty(self) -> bool:
        return not self.document.of(CopisElement)

    def flow(self) -> Part:
        """Return the flow as a picture under the definition in use, and its numbers."""
        if self._is_empty:
            return parts.sentence(say(_NOTHING))
        flow = copis_flow(self.document)
        words = Words(
            f"{copis_finding(flow)}.",
            say(
                "COPIS read as {definition}. {glossary}",
                definition=flow.label,
                glossary=flow.glossary,
            ),
            say(_SOURCE),
            copis_alt(self.document, flow),
        )

        def narrow() -> Markup | None:
            return copis_picture(
                self.document, width_px=_NARROW, has_title=False, key="narrow"
            )

        def sheets(paper: str, key: str) -> tuple[Markup, ...]:
            return copis_pictures(self.document, paper=paper, has_title=False, key=key)

        picture = Picture(
            words,
            copis_picture(self.document, has_title=False, key="wide"),
            drawn("narrow", narrow, None),
            copis_picture_data(self.document),
            drawn("printed", lambda: sheets(self.paper, "print"), ()),
            drawn("slides", lambda: sheets("slide", "slide"), ()),
            chart="copis_flow",
        )
        return parts.figure(picture, is_wide=True)

    def sentences(self) -> Part:
        """Return what COPIS says: bottlenecks, automation, strategies, what is open."""
        # The flow says the first of them as its title.
        said = copis_sentences(self.document)[1:]
        return parts.sentences(said) if said else parts.NOTHING

    def strategies(self) -> Part:
        """Return the strategy of each part that hurts, worst first."""
        rows = copis_strategies(self.document)
        if not rows:
            return parts.NOTHING
        table = pd.DataFrame(
            {
                "name": [one.name for one in rows],
                "column": [one.column for one in rows],
                "pains": [one.n_pains for one in rows],
                "strategy": [one.strategy or say("none yet") for one in rows],
                "response": [
                    say(_RESPONSES[one.response]) if one.response else NO_VALUE
                    for one in rows
                ],
                "owner": [one.owner or NO_VALUE for one in rows],
            }
        )
        heads = {
            "name": say("Part"),
            "column": say("Column"),
            "pains": say("Pain points"),
            "strategy": say("Strategy"),
            "response": say("Prevents or fixes"),
            "owner": say("Owner"),
        }
        bare = sum(one.n_pains > 0 and not one.strategy for one in rows)
        title = (
            say_count(
                "{n} of the parts that hurt has no strategy yet",
                "{n} of the parts that hurt have no strategy yet",
                bare,
            )
            if bare
            else say("Every part that hurts has a strategy")
        )
        return parts.ranked_table(table, heads, title=title, is_ranked=False)

    def information(self) -> Part:
        """Return what information is gathered where, and what it is used for."""
        rows = copis_information(self.document)
        if not rows:
            return parts.NOTHING
        not_said = say("not said yet")
        table = pd.DataFrame(
            {
                "name": [one.name for one in rows],
                "gathered": [one.gathered_at or not_said for one in rows],
                "used": [one.used_for or not_said for one in rows],
                "needed": [commas(one.needed_by) or NO_VALUE for one in rows],
                "source": [commas(one.comes_from) or NO_VALUE for one in rows],
            }
        )
        heads = {
            "name": say("Information"),
            "gathered": say("Gathered"),
            "used": say("Used for"),
            "needed": say("Needed by"),
            "source": say("Comes from"),
        }
        title = say_count(
            "{n} piece of information", "{n} pieces of information", len(rows)
        )
        return parts.ranked_table(table, heads, title=title, is_ranked=False)
