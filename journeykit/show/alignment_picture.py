"""Journey stage by block of the canvas as a heat map: who keeps the promise where.

Each cell prints what its colour says: how many entries, their mean strength, and in a
red dot how many pain points hurt there. Colour is one blue that grows, so that it needs
no eye for hues.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from xml.etree import ElementTree as ET

from markupsafe import Markup

from journeykit.check.canvas_filling import AlignmentCell
from journeykit.language import decimals, say, word
from journeykit.model import Document
from journeykit.show.alignment_rows import (
    AlignmentRow,
    State,
    alignment_alt,
    alignment_finding,
    alignment_rows,
)
from journeykit.show.drawing import circle, group, line, rect, root, text, written
from journeykit.show.numbers import NBSP
from journeykit.show.paper import fair_pages, sheet_size
from journeykit.show.text_width import text_width, wrapped
from journeykit.show.tokens import SIZES_PX
from journeykit.vocabulary import CANVAS_BLOCKS

__all__ = ["alignment_picture", "alignment_pictures"]

_WIDE = 1160.0
"""Width in a notebook, in px."""

_SMALL, _BASE = SIZES_PX["small"], SIZES_PX["base"]
_LINE, _CELL, _GAP, _PAD = 16.0, 52.0, 4.0, 8.0
_ROOMY = 92.0
"""Width of a cell from which words stand beside its numbers, in px."""
_SHADES = (0.08, 0.18, 0.29, 0.4, 0.5)
"""Opacity of the accent by strength from 1 to 5: ink stays readable on each."""
_UPRIGHT = 900.0
"""Below this width nine blocks side by side are too narrow for their names, in px."""
_MOST_ACROSS = 7
_KEY_PX = 40.0
_EMPTY = word("nothing here")
_HINT = word(
    "Nothing to hold against each other yet: the journey needs stages, and the canvas "
    "entries that are tied to touchpoints, channels, personas or pain points."
)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where columns stand."""

    width: float
    head: float
    names: tuple[str, ...]

    @property
    def column(self) -> float:
        return (self.width - self.head) / max(len(self.names), 1)

    def left(self, i: int) -> float:
        return self.head + i * self.column

    @property
    def is_roomy(self) -> bool:
        return self.column - _GAP >= _ROOMY

    def head_lines(self) -> list[tuple[str, ...]]:
        room = self.column - _GAP - 4
        return [
            wrapped(one, room, _SMALL, max_lines=5, is_bold=True) for one in self.names
        ]


def alignment_picture(
    document: Document,
    *,
    state: State = "before",
    width_px: float = _WIDE,
    key: str = "",
) -> Markup:
    """Return the heat map as one picture.

    Parameters
    ----------
    document, state
        As for :func:`journeykit.check.canvas_filling.alignment`.
    width_px
        Its width.
    key
        Makes the ids differ where the same picture stands twice in a page.

    Examples
    --------
    >>> "Nothing to hold" in alignment_picture(Document())
    True
    """
    rows = alignment_rows(document, state)
    if not any(cell.n for row in rows for cell in row.cells):
        return written(_empty(width_px, key))
    words = (alignment_finding(document, state), alignment_alt(document, rows, state))
    if width_px < _UPRIGHT and len(rows) <= _MOST_ACROSS:
        shown, names = _turned(rows), tuple(map(_full_name, rows))
        return _drawn(_grid(shown, width_px, names), shown, words, key)
    return _drawn(_grid(rows, width_px, _blocks(rows)), rows, words, key)


def alignment_pictures(
    document: Document, *, state: State = "before", paper: str = "A4 portrait"
) -> tuple[Markup, ...]:
    """Return the heat map as pictures, one for each sheet of paper.

    Parameters
    ----------
    document, state
        As for :func:`journeykit.check.canvas_filling.alignment`.
    paper
        One of :data:`journeykit.show.paper.SHEETS`.

    Raises
    ------
    UnknownNameError
        If there is no such paper.
    """
    width, tallest = sheet_size(paper)
    rows = alignment_rows(document, state)
    if not any(cell.n for row in rows for cell in row.cells):
        return (written(_empty(width, paper)),)
    finding = alignment_finding(document, state)
    is_turned = width < _UPRIGHT
    parts = _across(rows) if is_turned else _below(rows, width, tallest)
    sheets = []
    for i, part in enumerate(parts):
        words = (finding, alignment_alt(document, part, state))
        shown = _turned(part) if is_turned else part
        names = tuple(map(_full_name, part)) if is_turned else _blocks(part)
        sheets.append(_drawn(_grid(shown, width, names), shown, words, f"{paper} {i}"))
    return tuple(sheets)


def _blocks(rows: Sequence[AlignmentRow]) -> tuple[str, ...]:
    return tuple(say(CANVAS_BLOCKS[cell.block]) for cell in rows[0].cells)


def _full_name(row: AlignmentRow) -> str:
    return f"{row.name} ({row.journey})" if row.journey else row.name


def _across(rows: Sequence[AlignmentRow]) -> list[Sequence[AlignmentRow]]:
    """Return the stages of each sheet that has them side by side."""
    n_sheets = -(-len(rows) // _MOST_ACROSS)
    size = -(-len(rows) // n_sheets)
    return [rows[i : i + size] for i in range(0, len(rows), size)]


def _turned(rows: Sequence[AlignmentRow]) -> list[AlignmentRow]:
    """Return a row for each block: on narrow paper the names of stages break better."""
    columns = zip(*(row.cells for row in rows), strict=True)
    return [
        AlignmentRow(name, "", cells)
        for name, cells in zip(_blocks(rows), columns, strict=True)
    ]


def _below(
    rows: Sequence[AlignmentRow], width: float, tallest: float
) -> list[list[AlignmentRow]]:
    """Return the stages of each sheet that has them below one another."""
    grid = _grid(rows, width, _blocks(rows))
    room = tallest - _heads_height(grid) - _KEY_PX
    pages = fair_pages([_row_height(grid, row) for row in rows], room)
    return [list(rows[one.start : one.stop]) for one in pages]


def _grid(rows: Sequence[AlignmentRow], width: float, names: tuple[str, ...]) -> _Grid:
    widest = max(
        text_width(word, _SMALL, is_bold=True)
        for row in rows
        for word in row.name.split() or [""]
    )
    return _Grid(width, min(max(width * 0.18, widest + 12), 220.0), names)


def _heads_height(grid: _Grid) -> float:
    return max(map(len, grid.head_lines()), default=1) * _LINE + 12


def _name_lines(grid: _Grid, row: AlignmentRow) -> tuple[str, ...]:
    return wrapped(row.name, grid.head - 12, _SMALL, max_lines=4, is_bold=True)


def _journey_lines(grid: _Grid, row: AlignmentRow) -> tuple[str, ...]:
    if not row.journey:
        return ()
    return wrapped(row.journey, grid.head - 12, _SMALL, max_lines=2)


def _row_height(grid: _Grid, row: AlignmentRow) -> float:
    lines = len(_name_lines(grid, row)) + len(_journey_lines(grid, row))
    return max(_CELL, lines * _LINE + 8) + _GAP


def _drawn(
    grid: _Grid, rows: Sequence[AlignmentRow], words: tuple[str, str], key: str
) -> Markup:
    """Return rows as one picture; *words* are its finding and all it says."""
    top = _heads_height(grid)
    height = top + sum(_row_height(grid, row) for row in rows) + _KEY_PX
    content = f"{key} {words} {grid!r} {rows!r}"
    prefix = "a" + sha256(content.encode("utf-8", "replace")).hexdigest()[:10]
    picture = root(grid.width, height, prefix=prefix, title=words[0], desc=words[1])
    _draw_heads(picture, grid, top)
    for row in rows:
        taken = _row_height(grid, row)
        n_lines = len(_name_lines(grid, row)) + len(_journey_lines(grid, row))
        y = top + (taken - _GAP - n_lines * _LINE) / 2 + 12
        for said in _name_lines(grid, row):
            text(picture, 0, y, said, is_bold=True)
            y += _LINE
        for said in _journey_lines(grid, row):
            text(picture, 0, y, said, role="ink-quiet")
            y += _LINE
        for i, cell in enumerate(row.cells):
            box = (grid.left(i), top, grid.column - _GAP, taken - _GAP)
            _draw_cell(picture, cell, box, is_roomy=grid.is_roomy)
        top += taken
    _draw_key(picture, grid, top + 22)
    return written(picture)


def _draw_heads(picture: ET.Element, grid: _Grid, height: float) -> None:
    for i, lines in enumerate(grid.head_lines()):
        y = height - 10 - (len(lines) - 1) * _LINE
        for words in lines:
            text(picture, grid.left(i), y, words, role="ink-soft", is_bold=True)
            y += _LINE


def _draw_cell(
    picture: ET.Element,
    cell: AlignmentCell,
    box: tuple[float, float, float, float],
    *,
    is_roomy: bool,
) -> None:
    x, y, width, height = box
    if not cell.n:
        rect(picture, box, fill=None, stroke="rule", radius=3)
        lines = wrapped(say(_EMPTY), width - 8, _SMALL)
        middle = y + height / 2 + 4.5 - (len(lines) - 1) * _LINE / 2
        for i, words in enumerate(lines):
            place = (x + width / 2, middle + i * _LINE)
            text(picture, *place, words, role="ink-quiet", anchor="middle")
        return
    if cell.strength is None:
        rect(picture, box, fill="panel", stroke="mark-quiet", radius=3)
    else:
        shade = _SHADES[round(cell.strength) - 1]
        rect(group(picture, fill_opacity=f"{shade}"), box, fill="accent", radius=3)
    n = f"{cell.n}"
    said = _strength_words(cell, is_roomy=is_roomy)
    is_one_line = text_width(said, _SMALL) <= width - _PAD
    lines = (said,) if is_one_line else wrapped(said, width - 6, _SMALL, max_lines=2)
    # Words that need two lines push the number up, and begin nearer to the edge.
    base = y + height / 2 - (4 if is_one_line else 9)
    text(picture, x + _PAD, base, n, size=_BASE, is_bold=True)
    if is_roomy:
        left = x + _PAD + text_width(n, _BASE, is_bold=True) + 4
        noun = say("entry") if cell.n == 1 else say("entries")
        end = x + width - (28 if cell.pain_points else 4)
        if left + text_width(noun, _SMALL) <= end:
            text(picture, left, base, noun)
    role = "ink-soft" if cell.strength is None else "ink"
    for i, words in enumerate(lines):
        left, down = (_PAD, 20) if is_one_line else (4.0, 16 + 14 * i)
        text(picture, x + left, base + down, words, role=role)
    if cell.pain_points:
        _pain_dot(picture, x + width - 14, y + 14, len(cell.pain_points))


def _strength_words(cell: AlignmentCell, *, is_roomy: bool) -> str:
    if cell.strength is None:
        return say("not rated")
    said = decimals(cell.strength, 1)
    return say("strength {value}", value=said).replace(" ", NBSP) if is_roomy else said


def _pain_dot(picture: ET.Element, x: float, y: float, n: int) -> None:
    circle(picture, x, y, 10, fill="pain")
    words = f"{n}" if n < 100 else "99+"
    text(picture, x, y + 4.5, words, role="paper", is_bold=True, anchor="middle")


def _draw_key(picture: ET.Element, grid: _Grid, y: float) -> None:
    """Say what colour, frame and dot mean."""
    x = 0.0
    words = say("Strength 1 to 5")
    if grid.is_roomy:
        words = say("Strength, 1 weak to 5 strong")
    text(picture, x, y, words, role="ink-quiet")
    x += text_width(words, _SMALL) + 10
    for i, shade in enumerate(_SHADES):
        place = (x + i * 24, y - 13, 24.0, 18.0)
        rect(group(picture, fill_opacity=f"{shade}"), place, fill="accent")
        text(picture, x + i * 24 + 12, y, f"{i + 1}", anchor="middle")
    x += 5 * 24 + 20
    rect(picture, (x, y - 13, 18, 18), fill="panel", stroke="mark-quiet", radius=3)
    words = say("not rated")
    text(picture, x + 24, y, words, role="ink-quiet")
    x += 24 + text_width(words, _SMALL) + 20
    circle(picture, x + 8, y - 4, 8, fill="pain")
    text(picture, x + 22, y, say("pain points there"), role="ink-quiet")
    line(picture, (0, y - 22, grid.width, y - 22), "rule")


def _empty(width: float, key: str) -> ET.Element:
    hint = say(_HINT)
    lines = wrapped(hint, min(width, 720.0), _BASE)
    prefix = "a" + sha256(f"{key} {width}".encode()).hexdigest()[:10]
    picture = root(width, 16 + 24 * len(lines), prefix=prefix, title=hint, desc=hint)
    for i, words in enumerate(lines):
        text(picture, 0, 20 + i * 24, words, role="ink-soft", size=_BASE)
    return picture
