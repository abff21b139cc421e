"""What stands in each block of the canvas picture, measured before it is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from journeykit.language import say
from journeykit.layout.canvas import block_cells
from journeykit.layout.zones import Cell
from journeykit.show.canvas_notes import CanvasNote
from journeykit.show.text_width import text_width, wrapped
from journeykit.show.tokens import SIZES_PX
from journeykit.vocabulary import CANVAS_BLOCKS, CANVAS_CREDIT, CanvasBlock

__all__ = [
    "BULLET",
    "COLUMN_GAP",
    "DOT",
    "HEAD_GAP",
    "HEAD_LINE",
    "KEY",
    "LINE",
    "PAD",
    "BlockPlan",
    "CanvasPlan",
    "EntryPlan",
    "Notes",
    "free_plan",
    "sheet_plan",
]

_SMALL, _BASE = SIZES_PX["small"], SIZES_PX["base"]
LINE, HEAD_LINE = 16.0, 18.0
"""Distance of two lines of a note and of a head, in px."""
PAD, BULLET, HEAD_GAP, COLUMN_GAP = 10.0, 16.0, 12.0, 20.0
"""Room around a block, for a bullet, below a head and between two columns, in px."""
DOT, KEY = 24.0, 26.0
"""Room for a red dot and for the line that explains the marks, in px."""
_SCORE, _BETWEEN = 30.0, 7.0
_NARROW = 140.0
"""Below this width one line of a note says too little, in px."""
_LEAST = 92.0
"""Height of a block at least, in px."""
_FOOT_COLUMN = 180.0
"""Width of a column of notes in a block that is wider than others, at least, in px."""


Notes = Mapping[CanvasBlock, Sequence[CanvasNote]]
"""The notes of each block that is shown."""


class _Limits(NamedTuple):
    """How much of a note is shown: lines, and whether its strength has its own."""

    n_lines: int
    is_dense: bool = False

    @property
    def between(self) -> float:
        return 3.0 if self.is_dense else _BETWEEN


_FREE = _Limits(6)
_TIGHTER = (
    *(_FREE, _Limits(4), _Limits(3)),
    *(_Limits(3, is_dense=True), _Limits(2, is_dense=True), _Limits(1, is_dense=True)),
)


@dataclass(frozen=True, slots=True)
class EntryPlan:
    """One note, measured; *score* stands beside it where it has no line of its own."""

    note: CanvasNote
    lines: tuple[str, ...]
    detail: tuple[str, ...]
    score: str
    between: float

    @property
    def height(self) -> float:
        """With the room below it."""
        return (len(self.lines) + len(self.detail)) * LINE + self.between


@dataclass(frozen=True, slots=True)
class BlockPlan:
    """One block, measured: its head, its notes in columns, how many found no room."""

    block: CanvasBlock
    cell: Cell
    head: tuple[str, ...]
    head_size: float
    n_columns: int
    columns: tuple[tuple[EntryPlan, ...], ...]
    n_more: int = 0

    @property
    def height(self) -> float:
        """What it needs."""
        tallest = max((sum(e.height for e in one) for one in self.columns), default=0)
        more = LINE if self.n_more else 0
        heads = len(self.head) * HEAD_LINE + HEAD_GAP
        return max(PAD + heads + tallest + more + PAD, _LEAST)


@dataclass(frozen=True, slots=True)
class CanvasPlan:
    """All blocks, measured, and how tall each row of them is."""

    width: float
    blocks: tuple[BlockPlan, ...]
    heights: tuple[float, ...]
    has_marks: bool

    @property
    def height(self) -> float:
        """Of the picture, with the lines below the blocks."""
        key = KEY if self.has_marks else 0
        return 1 + sum(self.heights) + key + len(self.credit) * LINE + 12

    @property
    def credit(self) -> tuple[str, ...]:
        """Whose canvas it is."""
        return wrapped(say(CANVAS_CREDIT), self.width, _SMALL)

    def room_of(self, block: BlockPlan) -> float:
        """Return how tall a block is drawn."""
        cell = block.cell
        return sum(self.heights[cell.row : cell.row + cell.n_rows])


def free_plan(notes: Notes, width: float) -> CanvasPlan:
    """Return the canvas as tall as its notes need it to be.

    Parameters
    ----------
    notes
        The notes of each block that is shown.
    width
        Of the picture, in px.
    """
    return _planned(notes, width, _FREE)


def sheet_plan(notes: Notes, width: float, tallest: float) -> CanvasPlan:
    """Return the canvas so that it fills a sheet.

    The rows share the sheet by what they need; then each block shows as much of each
    note as it has room for, and counts the notes that it has no room for.

    Parameters
    ----------
    notes, width
        As for :func:`free_plan`.
    tallest
        Height of the sheet, in px.
    """
    plans = [_planned(notes, width, limits) for limits in _TIGHTER]
    plan = next((one for one in plans if one.height <= tallest), plans[-1])
    room = tallest - (plan.height - sum(plan.heights))
    plan = replace(plan, heights=_shared(plan.heights, room))
    unit = width / max(
        (b.cell.column + b.cell.n_columns for b in plan.blocks), default=1
    )
    blocks = tuple(
        _fitted(one, notes[one.block], unit * one.cell.n_columns, plan.room_of(one))
        for one in plan.blocks
    )
    return replace(plan, blocks=blocks)


def _shared(heights: Sequence[float], room: float) -> tuple[float, ...]:
    """Return heights that fill *room*: spare room evenly, too little by need."""
    total = sum(heights)
    if total <= room:
        return tuple(one + (room - total) / len(heights) for one in heights)
    wanted = [max(one * room / total, _LEAST) for one in heights]
    tallest = wanted.index(max(wanted))
    wanted[tallest] -= sum(wanted) - room
    return tuple(wanted)


def _planned(notes: Notes, width: float, limits: _Limits) -> CanvasPlan:
    cells = block_cells(notes)
    n_columns = max((one.column + one.n_columns for one in cells.values()), default=1)
    unit = width / n_columns
    blocks = tuple(
        _measured(block, cell, notes[block], unit * cell.n_columns, limits)
        for block, cell in cells.items()
    )
    has_marks = any(note.mark for some in notes.values() for note in some)
    return CanvasPlan(width, blocks, _row_heights(blocks), has_marks)


def _fitted(
    block: BlockPlan, notes: Sequence[CanvasNote], width: float, height: float
) -> BlockPlan:
    """Return a block that says as much as it has room for."""
    for limits in _TIGHTER:
        found = _measured(block.block, block.cell, notes, width, limits)
        if found.height <= height:
            return found
    return _cut(found, height)


def _measured(
    block: CanvasBlock,
    cell: Cell,
    notes: Sequence[CanvasNote],
    width: float,
    limits: _Limits,
) -> BlockPlan:
    """Return a block of this width, measured."""
    room = width - 2 * PAD
    label = say(CANVAS_BLOCKS[block])
    widest = max(text_width(one, _BASE, is_bold=True) for one in label.split())
    size = _BASE if widest <= room else _SMALL
    head = wrapped(label, room, size, is_bold=True)
    n_columns = max(1, int(room // _FOOT_COLUMN)) if cell.n_columns > 2 else 1
    each = (room - (n_columns - 1) * COLUMN_GAP) / n_columns - BULLET
    entries = [_entry_plan(note, each, limits) for note in notes]
    return BlockPlan(
        block, cell, head, size, n_columns, _in_columns(entries, n_columns)
    )


def _entry_plan(note: CanvasNote, room: float, limits: _Limits) -> EntryPlan:
    is_rated = note.strength is not None and note.mark != "gone"
    score = f"{note.strength}/5" if limits.is_dense and is_rated else ""
    n_lines = max(limits.n_lines, 2) if room < _NARROW else limits.n_lines
    room -= (DOT if note.n_pains else 0) + (_SCORE if score else 0)
    lines = wrapped(
        note.text or say("(no words)"),
        room,
        _SMALL,
        max_lines=n_lines,
        is_bold=note.mark == "new",
    )
    detail = wrapped(note.detail, room, _SMALL, max_lines=2) if note.detail else ()
    shown = () if limits.is_dense else detail
    return EntryPlan(note, lines, shown, score, limits.between)


def _in_columns(
    entries: Sequence[EntryPlan], n: int
) -> tuple[tuple[EntryPlan, ...], ...]:
    """Return entries in columns of about the same height, read down and then on."""
    if n == 1 or not entries:
        return (tuple(entries),)
    share = sum(one.height for one in entries) / n
    columns: list[list[EntryPlan]] = [[]]
    height = 0.0
    for one in entries:
        if columns[-1] and height + one.height / 2 > share and len(columns) < n:
            columns.append([])
            height = 0.0
        columns[-1].append(one)
        height += one.height
    return tuple(tuple(one) for one in columns)


def _row_heights(blocks: Sequence[BlockPlan]) -> tuple[float, ...]:
    """Return heights of the rows, so that every block has room for what it says."""
    n_rows = max((one.cell.row + one.cell.n_rows for one in blocks), default=0)
    heights = [0.0] * n_rows
    for one in sorted(blocks, key=lambda one: one.cell.n_rows):
        rows = range(one.cell.row, one.cell.row + one.cell.n_rows)
        lacking = one.height - sum(heights[row] for row in rows)
        for row in rows:
            heights[row] += max(lacking, 0) / len(rows)
    return tuple(heights)


def _cut(block: BlockPlan, height: float) -> BlockPlan:
    """Return a block with the notes that fit, the rest counted."""
    room = height - 2 * PAD - len(block.head) * HEAD_LINE - HEAD_GAP - LINE
    columns = []
    for column in block.columns:
        kept, taken = [], 0.0
        for one in column:
            if taken + one.height > room:
                break
            kept.append(one)
            taken += one.height
        columns.append(tuple(kept))
    n = sum(map(len, block.columns)) - sum(map(len, columns))
    return replace(block, columns=tuple(columns), n_more=n)
