"""Tables on slides: type as large as fits, columns as their words need, cut by rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.util import Emu

from journeykit.report.part_tables import NO_VALUE
from journeykit.report.slide_grid import Cell, Line, add_grid
from journeykit.report.slide_letters import ems, n_lines
from journeykit.report.slide_texts import plain
from journeykit.show.paper import fair_pages

__all__ = [
    "MARGIN",
    "Fitted",
    "add_table",
    "fitted_table",
    "row_height",
    "table_height",
]

_MAX_CELL = 420
_LINE, _PAD = 1.19, 0.12
"""Height of a line in sizes of its type; the space of a row in inches."""
MARGIN = 0.17
"""Room beside the words of a cell, in inches."""
_MOST_EMS = 14.0
"""Longest word that a column keeps whole."""
_SIZES = (16, 14, 13, 12, 11)
_FEW_ROWS = 4
"""Rows up to which the largest type is taken."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A table as slides show it: size of type, widths in inches, rows by slide."""

    size: float
    widths: tuple[float, ...]
    pages: tuple[tuple[Sequence[str], ...], ...]


def row_height(n: int, size: float = 12.0, pad: float = _PAD) -> float:
    """Return the height of a row with *n* lines of a size, in inches."""
    return n * size * _LINE / 72 + pad


def fitted_table(
    data: Mapping[str, Any], room: tuple[float, float], sizes: Sequence[float] = _SIZES
) -> Fitted:
    """Return a table on as few slides as can be, its type as large as these allow.

    Parameters
    ----------
    data
        Its ``labels`` and ``rows``.
    room
        Width and height for the table, in inches.
    sizes
        Of type, the largest first.
    """
    labels = [plain(str(one), _MAX_CELL) for one in data["labels"]]
    rows = [[plain(str(one), _MAX_CELL) for one in row] for row in data["rows"]]
    tried = [(size, *_widths(labels, rows, room[0], size)) for size in sizes]
    whole = [one for one in tried if one[2]] or tried[-1:]
    found = [_cut(labels, rows, size, widths, room[1]) for size, widths, _ in whole]
    # 11 points only where they spare the second slide or keep words whole.
    usual = [one for one in found if one.size > min(sizes)] or found
    fewest = min(len(one.pages) for one in usual)
    if len(found[-1].pages) == 1:
        fewest = 1
    large = [
        one for one in found if one.size < _SIZES[0] or len(rows) <= _FEW_ROWS
    ] or found
    return next((one for one in large if len(one.pages) <= fewest), found[-1])


def _cut(
    labels: Sequence[str],
    rows: Sequence[Sequence[str]],
    size: float,
    widths: Sequence[float],
    height: float,
) -> Fitted:
    heights = [_height(row, widths, size) for row in rows]
    room = height - _height(labels, widths, size)
    ranges = fair_pages(heights, room) if rows else iter([range(0)])
    pages = tuple(tuple(rows[one.start : one.stop]) for one in ranges)
    return Fitted(size, tuple(widths), pages)


def _widths(
    labels: Sequence[str], rows: Sequence[Sequence[str]], width: float, size: float
) -> tuple[list[float], bool]:
    """Return widths in inches, and whether all words stay whole."""
    inch = size / 72
    least, wanted = [], []
    for place, label in enumerate(labels):
        texts = [row[place] for row in rows if row[place] != NO_VALUE]
        words = {word for text in (*texts, label) for word in text.split()}
        longest = min(max(map(ems, words), default=0.0), _MOST_EMS)
        least.append(longest * inch * 1.03 + MARGIN)
        most = min(max(map(ems, texts), default=0.0), 40.0)
        wanted.append(max(most * inch * 1.03 + MARGIN, least[-1]))
    if sum(wanted) <= width:
        # What is short stays short; the widest column takes what is left.
        spare = width - sum(wanted)
        room = [spare * one / sum(wanted) for one in wanted]
        return [one + more for one, more in zip(wanted, room, strict=True)], True
    if sum(least) >= width:
        return [one * width / sum(least) for one in least], False
    more = [max(0.0, one - few) for one, few in zip(wanted, least, strict=True)]
    part = (width - sum(least)) / sum(more)
    return [few + part * one for few, one in zip(least, more, strict=True)], True


def _height(cells: Sequence[str], widths: Sequence[float], size: float) -> float:
    pairs = zip(cells, widths, strict=True)
    return row_height(
        max(n_lines(text, width - MARGIN, size) for text, width in pairs), size
    )


def table_height(data: Mapping[str, Any], fitted: Fitted) -> float:
    """Return the height of a whole table that fits one slide, in inches."""
    rows = [data["labels"], *data["rows"]]
    texts = [[plain(str(one), _MAX_CELL) for one in row] for row in rows]
    return sum(_height(row, fitted.widths, fitted.size) for row in texts)


def add_table(
    shapes: Any,
    data: Mapping[str, Any],
    rows: Sequence[Sequence[str]],
    fitted: Fitted,
    box: tuple[int, int, int],
) -> int:
    """Add a table to a slide and return where it ends.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    data
        Its ``labels``, and which columns are ``numeric``.
    rows
        What is below its head here.
    fitted
        As :func:`fitted_table` gives it.
    box
        Left, top, width.
    """
    size = fitted.size
    made = []
    for place, row in enumerate([data["labels"], *rows]):
        said = [plain(str(one), _MAX_CELL) for one in row]
        is_head = place == 0
        cells = [
            Cell(
                (Line(text, size - 1 if is_head else size, _role(is_head=is_head)),),
                "r" if is_number else "l",
                "b" if is_head else "t",
            )
            for text, is_number in zip(said, data["numeric"], strict=True)
        ]
        made.append((_height(said, fitted.widths, size), cells))
    add_grid(shapes, fitted.widths, made, box)
    return box[1] + round(sum(high for high, _ in made) * Emu(914400))


def _role(*, is_head: bool) -> str:
    return "ink-quiet" if is_head else "ink"
