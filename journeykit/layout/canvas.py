"""The Business Model Canvas in its known arrangement, before and after the change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from journeykit.errors import UnknownNameError
from journeykit.layout.cards import Deck
from journeykit.layout.prompts import BLOCK_PROMPTS
from journeykit.layout.status_boards import link_ties
from journeykit.layout.zones import Card, Cell, Layout, Zone
from journeykit.model.document import Document
from journeykit.model.findings import PainPoint
from journeykit.model.plan import CanvasEntry
from journeykit.vocabulary import CANVAS_BLOCKS, CANVAS_CREDIT, CanvasBlock

__all__ = ["BLOCK_CELLS", "canvas"]

BLOCK_CELLS: Mapping[CanvasBlock, Cell] = {
    "key_partnerships": Cell(0, 0, 2, 2),
    "key_activities": Cell(0, 2, 1, 2),
    "key_resources": Cell(1, 2, 1, 2),
    "value_propositions": Cell(0, 4, 2, 2),
    "customer_relationships": Cell(0, 6, 1, 2),
    "channels": Cell(1, 6, 1, 2),
    "customer_segments": Cell(0, 8, 2, 2),
    "cost_structure": Cell(2, 0, 1, 5),
    "revenue_streams": Cell(2, 5, 1, 5),
}
"""Where each block stands, on ten columns."""

_NARROW = 2

_STATES = {"before": "as it is", "after": "after the change"}
_OTHER = {"before": "after", "after": "before"}


def canvas(
    document: Document,
    *,
    bases: Mapping[str, str] | None = None,
    state: Literal["before", "after"] = "before",
) -> Layout:
    """Return the Business Model Canvas.

    Parameters
    ----------
    document, bases
        As for :func:`journeykit.layout.map_board.map_board`.
    state
        Before or after the change. What stands on the other one waits below.

    Raises
    ------
    UnknownNameError
        If *state* is neither.

    Examples
    --------
    >>> canvas(Document()).zone("channels").cell
    Cell(row=1, column=6, n_rows=1, n_columns=2)
    """
    if state not in _STATES:
        raise UnknownNameError("state of the canvas", state, _STATES)
    deck = Deck(document, bases)
    cards: dict[str, list[Card]] = {}
    others: list[Card] = []
    for entry in document.of(CanvasEntry):
        here = cards.setdefault(entry.block, []) if entry.state == state else others
        here.append(_card(deck, entry))
    zones = [
        Zone(
            block,
            CANVAS_BLOCKS[block],
            cell,
            tuple(cards.get(block, ())),
            {"canvas_entry": {"block": block, "state": state}},
            adds="canvas_entry",
            hint=BLOCK_PROMPTS[block].hint,
            example=BLOCK_PROMPTS[block].example,
            shape="wall" if cell.n_columns > _NARROW else "list",
        )
        for block, cell in BLOCK_CELLS.items()
    ]
    other = _OTHER[state]
    tray = Zone(
        "tray",
        f"Only on the canvas {_STATES[other]}",
        Cell(3, 0, 1, 10),
        tuple(others),
        {"canvas_entry": {"state": other}},
        hint="What belongs only to the other canvas waits here",
        shape="wall",
    )
    shown = {entry.id for entry in document.of(CanvasEntry)}
    layout = Layout(
        "canvas",
        f"Business Model Canvas, {_STATES[state]}",
        4,
        10,
        (*zones, tray),
        ties=link_ties(deck, "depends_on", "relates_to", shown=shown),
        joins={("canvas_entry", "canvas_entry"): "depends_on"},
        foot=CANVAS_CREDIT,
    )
    return deck.finished(layout)


def _card(deck: Deck, entry: CanvasEntry) -> Card:
    """Return a card that says how many pain points its entry addresses."""
    card = deck.card(entry)
    targets = deck.targets("addresses", entry.id)
    n = sum(isinstance(deck.document[one], PainPoint) for one in targets)
    if not n:
        return card
    words = f"addresses {n} pain point{'s' if n > 1 else ''}"
    return replace(card, marks=(*card.marks, words))
