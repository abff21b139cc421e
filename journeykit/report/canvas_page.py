"""The canvas in a report: as it is, after the change, and held against the journey."""

from __future__ import annotations

from markupsafe import Markup

from journeykit.check.canvas_difference import canvas_difference
from journeykit.language import say, word
from journeykit.model import CanvasEntry, Document
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.show.alignment_picture import alignment_picture, alignment_pictures
from journeykit.show.alignment_rows import (
    State,
    alignment_finding,
    alignment_picture_data,
)
from journeykit.show.canvas_notes import canvas_finding, canvas_picture_data
from journeykit.show.canvas_picture import canvas_picture, canvas_sheet
from journeykit.show.charts import Picture, Words
from journeykit.show.surfaces import drawn

__all__ = ["CanvasPage"]

_PAPER = "A4 portrait"
_NO_ENTRIES = word(
    "The canvas has no entries yet: step 11 of the workbook fills it from the map."
)
_NOT_TIED = word(
    "No stage of the journey touches the canvas yet: its entries are not tied to "
    "touchpoints, channels, personas or pain points."
)
"""In place of what has nothing to show, where the first part has said so."""


class CanvasPage:
    """The canvas as parts of a page.

    Parameters
    ----------
    document
        The workshop.
    """

    def __init__(self, document: Document) -> None:
        self.document = document

    def canvas(self, state: State = "before") -> Part:
        """Return the canvas in its known arrangement.

        Parameters
        ----------
        state
            As it is, or after the change with what is new, changed or gone marked.
        """
        document = self.document
        table = canvas_picture_data(document, state)
        if state == "after" and not canvas_difference(document).is_begun:
            return parts.NOTHING
        if table.empty:
            return parts.sentence(say(_NO_ENTRIES))
        words = Words(
            title=canvas_finding(document, state),
            subtitle=say(
                "Strength from 1 (weak) to 5 (strong) as the team rated it; a red dot "
                "counts the pain points that hurt where an entry works."
            ),
            source=say(
                "Source: the workshop's canvas. What is only proposed does not count."
            ),
            alt="",
        )
        labels = {
            "block": say("Block"),
            "entry": say("Entry"),
            "strength": say("Strength"),
            "pain_points": say("Pain points"),
        }
        if state == "after":
            labels |= {"becomes": say("Becomes"), "what_changes": say("What changes")}

        def sheets(paper: str) -> tuple[Markup, ...]:
            return (canvas_sheet(document, state=state, paper=paper),)

        picture = Picture(
            words,
            canvas_picture(document, state=state),
            None,
            table[list(labels)].rename(columns=labels),
            drawn("printed", lambda: sheets(_PAPER), ()),
            drawn("slides", lambda: sheets("slide"), ()),
            chart="canvas" if state == "before" else "canvas_after",
        )
        return parts.figure(picture, is_wide=True)

    def alignment(self, state: State = "before") -> Part:
        """Return journey stage by block as a heat map.

        Parameters
        ----------
        state
            Which canvas.
        """
        document = self.document
        table = alignment_picture_data(document, state)
        if not table["n"].sum():
            is_empty = not self.document.of(CanvasEntry)
            return parts.NOTHING if is_empty else parts.sentence(say(_NOT_TIED))
        words = Words(
            title=alignment_finding(document, state),
            subtitle=say(
                "Canvas entries that each stage touches, by themselves, their channel, "
                "their persona or a pain point; the deeper blue, the stronger."
            ),
            source=say("An entry counts in every stage that it touches."),
            alt="",
        )
        labels = {
            "stage": say("Stage"),
            "block": say("Block"),
            "n": say("Entries"),
            "strength": say("Strength"),
            "pain_points": say("Pain points"),
            "entries": say("Which entries"),
            "pains": say("Which pain points"),
        }
        filled = table[table["n"] > 0].reset_index(drop=True)

        def sheets(paper: str) -> tuple[Markup, ...]:
            return alignment_pictures(document, state=state, paper=paper)

        picture = Picture(
            words,
            alignment_picture(document, state=state),
            None,
            filled[list(labels)].rename(columns=labels),
            drawn("printed", lambda: sheets(_PAPER), ()),
            drawn("slides", lambda: sheets("slide"), ()),
        )
        return parts.figure(picture, is_wide=True)
