"""The canvas of a workshop as pictures with their numbers, for notebooks and reports.

The notebook ``11_business_model_canvas`` shows these parts.
"""

from __future__ import annotations

from journeykit.check.canvas_difference import canvas_difference
from journeykit.report import parts
from journeykit.report.parts import Part
from journeykit.show.alignment_picture import alignment_picture, alignment_pictures
from journeykit.show.alignment_rows import (
    State,
    alignment_finding,
    alignment_picture_data,
)
from journeykit.show.canvas_notes import canvas_finding, canvas_picture_data
from journeykit.show.canvas_picture import canvas_picture, canvas_sheet
from journeykit.show.charts import Picture, Words
from journeykit.vocabulary import CANVAS_CREDIT
from journeykit.workshop import Workshop

__all__ = ["CanvasPage"]

_PAPER = "A4 portrait"
_NO_ENTRIES = "The canvas has no entries yet. Write them above, then run this again."
_NOT_BEGUN = (
    "The canvas after the change is not begun. Take over what stays and write what is "
    "new, then run this again."
)


class CanvasPage:
    """The canvas, drawn when asked.

    Parameters
    ----------
    workshop
        The workshop.
    """

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop

    def canvas(self, state: State = "before") -> Part:
        """Return the canvas in its known arrangement.

        Parameters
        ----------
        state
            As it is, or after the change with what is new, changed or gone marked.
        """
        document = self.workshop.document()
        table = canvas_picture_data(document, state)
        if state == "after" and not canvas_difference(document).is_begun:
            return parts.sentence(_NOT_BEGUN)
        if table.empty:
            return parts.sentence(_NO_ENTRIES)
        words = Words(
            title=canvas_finding(document, state),
            subtitle="Strength from 1 (weak) to 5 (strong) as the team rated it; a red "
            "dot counts the pain points that hurt where an entry works.",
            source=CANVAS_CREDIT,
            alt="",
        )
        labels = {
            "block": "Block",
            "entry": "Entry",
            "strength": "Strength",
            "pain_points": "Pain points",
        }
        if state == "after":
            labels |= {"becomes": "Becomes", "what_changes": "What changes"}
        drawn = Picture(
            words,
            canvas_picture(document, state=state),
            None,
            table[list(labels)].rename(columns=labels),
            (canvas_sheet(document, state=state, paper=_PAPER),),
        )
        return parts.figure(drawn, is_wide=True)

    def alignment(self, state: State = "before") -> Part:
        """Return journey stage by block as a heat map.

        Parameters
        ----------
        state
            Which canvas.
        """
        document = self.workshop.document()
        table = alignment_picture_data(document, state)
        if not table["n"].sum():
            return parts.sentence(
                "No stage touches the canvas yet. Tie its entries to touchpoints, "
                "channels, personas or pain points, then run this again."
            )
        words = Words(
            title=alignment_finding(document, state),
            subtitle="Canvas entries that each stage touches, by themselves, their "
            "channel, their persona or a pain point; the deeper blue, the stronger.",
            source="An entry counts in every stage that it touches.",
            alt="",
        )
        labels = {
            "stage": "Stage",
            "block": "Block",
            "n": "Entries",
            "strength": "Strength",
            "pain_points": "Pain points",
            "entries": "Which entries",
            "pains": "Which pain points",
        }
        filled = table[table["n"] > 0].reset_index(drop=True)
        drawn = Picture(
            words,
            alignment_picture(document, state=state),
            None,
            filled[list(labels)].rename(columns=labels),
            alignment_pictures(document, state=state, paper=_PAPER),
        )
        return parts.figure(drawn, is_wide=True)
