"""The Business Model Canvas in its known arrangement, before and after the change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, get_args

from journeykit.errors import UnknownNameError
from journeykit.layout.cards import Deck
from journeykit.layout.prompts import BLOCK_PROMPTS
from journeykit.layout.status_boards import link_ties
from journeykit.layout.zones import Card, Cell, Layout, Zone
from journeykit.model.document import Document
from journeykit.model.findings import PainPoint
from journeykit.model.plan import CanvasEntry
from journeykit.vocabulary import CANVAS_BLOCKS, CANVAS_CREDIT, CanvasBlock

__all__ = ["BLOCK_CELLS", "block_cells", "canvas", "shown_blocks"]

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
"""Where each block stands, on ten columns, where none is hidden."""

_GROUPS: tuple[tuple[CanvasBlock, ...], ...] = (
    ("key_partnerships",),
    ("key_activities", "key_resources"),
    ("value_propositions",),
    ("customer_relationships", "channels"),
    ("customer_segments",),
)
_IN_ORDER: tuple[CanvasBlock, ...] = get_args(CanvasBlock)
_FOOT: tuple[CanvasBlock, ...] = ("cost_structure", "revenue_streams")

_COLUMN, _ROWS = 2, 2
_STATES = {"before": "as it is", "after": "after the change"}
_OTHER = {"before": "after", "after": "before"}
_NO_ROOM = "This block is hidden: show it again to put something there"


def shown_blocks(document: Document) -> tuple[CanvasBlock, ...]:
    """Return the blocks of the canvas that the workshop uses, in their order.

    Examples
    --------
    >>> len(shown_blocks(Document()))
    9
    """
    hidden = document.case.hidden_blocks if document.case else ()
    return tuple(block for block in _IN_ORDER if block not in hidden)


def block_cells(
    shown: Iterable[CanvasBlock] = tuple(BLOCK_CELLS),
) -> dict[CanvasBlock, Cell]:
    """Return where the shown blocks stand; neighbours take the room of hidden ones.

    Parameters
    ----------
    shown
        The blocks; all nine if nothing is said.

    Examples
    --------
    >>> block_cells() == BLOCK_CELLS
    True
    """
    used = set(shown)
    kept = [[one for one in group if one in used] for group in _GROUPS]
    groups = [group for group in kept if group]
    foot = [one for one in _FOOT if one in used]
    n_columns = max(len(groups), 1) * _COLUMN
    cells: dict[CanvasBlock, Cell] = {}
    for i, group in enumerate(groups):
        n_rows = _ROWS // len(group)
        for row, block in enumerate(group):
            cells[block] = Cell(row * n_rows, i * _COLUMN, n_rows, _COLUMN)
    for i, block in enumerate(foot):
        width = n_columns // len(foot)
        cells[block] = Cell(_ROWS if groups else 0, i * width, 1, width)
    return cells


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
        Before or after the change. What stands on the other one waits below: dropped
        into a block it stands on both, as what stays does.

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
    deck = Deck(document, bases, {"canvas_entry": ("state",)})
    places = block_cells(shown_blocks(document))
    cards: dict[str, list[Card]] = {}
    others: list[Card] = []
    unseen: list[Card] = []
    for entry in document.of(CanvasEntry):
        here = cards.setdefault(entry.block, [])
        if entry.state not in (state, "both"):
            here = others
        elif entry.block not in places:
            here = unseen
        here.append(_card(deck, entry, state))
    zones = [
        _block(block, cell, cards.get(block, []), state)
        for block, cell in places.items()
    ]
    other = _OTHER[state]
    n_columns = max((one.column + one.n_columns for one in places.values()), default=10)
    n_rows = max((one.row + one.n_rows for one in places.values()), default=0)
    tray = Zone(
        "tray",
        f"Only on the canvas {_STATES[other]}",
        Cell(n_rows, 0, 1, n_columns),
        tuple(others),
        {"canvas_entry": {"state": other}},
        hint="What belongs only to the other canvas waits here",
        shape="wall",
    )
    hidden = Zone(
        "hidden",
        "In blocks that are hidden",
        Cell(n_rows + 1, 0, 1, n_columns),
        tuple(unseen),
        why_not=_NO_ROOM,
        shape="wall",
    )
    waiting = (tray, hidden) if unseen else (tray,)
    shown = {entry.id for entry in document.of(CanvasEntry)}
    layout = Layout(
        "canvas",
        f"Business Model Canvas, {_STATES[state]}",
        n_rows + len(waiting),
        n_columns,
        (*zones, *waiting),
        ties=link_ties(deck, "depends_on", "relates_to", shown=shown),
        joins={("canvas_entry", "canvas_entry"): "depends_on"},
        foot=CANVAS_CREDIT,
    )
    return deck.finished(layout)


def _block(block: CanvasBlock, cell: Cell, cards: list[Card], state: str) -> Zone:
    """Return a block: what is written into it is of this canvas alone."""
    return Zone(
        block,
        CANVAS_BLOCKS[block],
        cell,
        tuple(cards),
        {"canvas_entry": {"block": block, "state": "both"}},
        keeps={"canvas_entry": {"state": [state, "both"]}},
        adds="canvas_entry",
        starts={"state": state},
        hint=BLOCK_PROMPTS[block].hint,
        example=BLOCK_PROMPTS[block].example,
        shape="wall" if cell.n_columns > _COLUMN else "list",
    )


def _card(deck: Deck, entry: CanvasEntry, state: str) -> Card:
    """Return a card that says what it addresses, and what is new about it."""
    card = deck.card(entry)
    targets = deck.targets("addresses", entry.id)
    n = sum(isinstance(deck.document[one], PainPoint) for one in targets)
    marks = card.marks
    if n:
        marks = (*marks, f"addresses {n} pain point{'s' if n > 1 else ''}")
    before = deck.document.get(entry.replaces)
    if state == "after" and before is not None:
        marks = (*marks, f"instead of “{before.name_for_people}”")
    return replace(card, marks=marks)
