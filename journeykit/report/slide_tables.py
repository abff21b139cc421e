"""Tables on slides: type as large as fits, columns as their words need, cut by rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.util import Emu

from journeykit.report.part_tables import NO_VALUE
from journeykit.report.slide_grid import Cell, Line, add_grid, margin
from journeykit.report.slide_letters import ems, n_lines
from journeykit.report.slide_texts import plain
from journeykit.show.paper import fair_pages

__all__ = [
    "MARGIN",
    "Fitted",
    "add_table",
    "fitted_table",
    "numbered",
    "row_height",
    "table_height",
]

_MAX_CELL = 420
_LINE, _PAD = 1.19, 0.12
"""Height of a line in sizes of its type; the space of a row in inches."""
MARGIN = margin("l")
"""Room beside the words of a cell, in inches."""
_MOST_EMS, _SHORT_EMS = 14.0, 9.0
"""Longest word that a column keeps whole; longest text, such as a day."""
_MOST_SHORT = 0.65
"""Share of a table's width up to which columns keep their short texts whole."""
_SIZES = (16, 14, 13, 12, 11)
_FEW_ROWS = 7
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


def numbered(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a table with the place of each row before it, if its order means that.

    Examples
    --------
    >>> table = {"labels": ["Name"], "rows": [["Ann"], ["Bo"]], "numeric": [False]}
    >>> numbered({**table, "is_ranked": True})["rows"]
    [['1', 'Ann'], ['2', 'Bo']]
    """
    if not data["is_ranked"] or len(data["rows"]) == 1:
        return data
    rows = [[str(place), *row] for place, row in enumerate(data["rows"], start=1)]
    heads = {"labels": ["", *data["labels"]], "numeric": [False, *data["numeric"]]}
    return {**data, **heads, "rows": rows}


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
    margins = _margins(data)
    tried = [(one, *_widths(labels, rows, room[0], one, margins)) for one in sizes]
    whole = [one for one in tried if one[2]] or tried[-1:]
    found = [
        _cut((labels, rows), size, widths, room[1], margins)
        for size, widths, _ in whole
    ]
    # 11 points only where they spare the second slide or keep words whole.
    usual = [one for one in found if one.size > min(sizes)] or found
    fewest = min(len(one.pages) for one in usual)
    if len(found[-1].pages) == 1:
        fewest = 1
    large = [
        one for one in found if one.size < _SIZES[0] or len(rows) <= _FEW_ROWS
    ] or found
    return next((one for one in large if len(one.pages) <= fewest), found[-1])


def _margins(data: Mapping[str, Any]) -> list[float]:
    numeric = data.get("numeric") or [False] * len(data["labels"])
    return [margin("r" if one else "l") for one in numeric]


def _cut(
    table: tuple[Sequence[str], Sequence[Sequence[str]]],
    size: float,
    widths: Sequence[float],
    height: float,
    margins: Sequence[float],
) -> Fitted:
    labels, rows = table
    heights = [_height(row, widths, size, margins) for row in rows]
    room = height - (_height(labels, widths, size, margins) if any(labels) else 0)
    ranges = fair_pages(heights, room) if rows else iter([range(0)])
    pages = tuple(tuple(rows[one.start : one.stop]) for one in ranges)
    return Fitted(size, tuple(widths), pages)


def _widths(
    labels: Sequence[str],
    rows: Sequence[Sequence[str]],
    width: float,
    size: float,
    margins: Sequence[float],
) -> tuple[list[float], bool]:
    """Return widths in inches, and whether all words stay whole."""
    inch = size / 72 * 1.03
    least, kept, wanted = [], [], []
    for place, (label, margin_in) in enumerate(zip(labels, margins, strict=True)):
        texts = [row[place] for row in rows if row[place] != NO_VALUE]
        words = {word for text in (*texts, label) for word in text.split(" ")}
        longest = min(max(map(ems, words), default=0.0), _MOST_EMS)
        text_ems = max(map(ems, texts), default=0.0)
        least.append(longest * inch + margin_in)
        short = text_ems if text_ems <= _SHORT_EMS else 0.0
        kept.append(max(short * inch + margin_in, least[-1]))
        wanted.append(max(min(text_ems, 40.0) * inch + margin_in, least[-1]))
    if sum(wanted) <= width:
        # What is short stays short; the widest column takes what is left.
        spare = width - sum(wanted)
        room = [spare * one / sum(wanted) for one in wanted]
        return [one + more for one, more in zip(wanted, room, strict=True)], True
    if sum(kept) <= _MOST_SHORT * width:
        least = kept
    if sum(least) >= width:
        return [one * width / sum(least) for one in least], False
    more = [max(0.0, one - few) for one, few in zip(wanted, least, strict=True)]
    part = (width - sum(least)) / sum(more)
    return [few + part * one for few, one in zip(least, more, strict=True)], True


def _height(
    cells: Sequence[str],
    widths: Sequence[float],
    size: float,
    margins: Sequence[float],
) -> float:
    columns = zip(cells, widths, margins, strict=True)
    return row_height(
        max(n_lines(text, width - room, size) for text, width, room in columns), size
    )


def table_height(data: Mapping[str, Any], fitted: Fitted) -> float:
    """Return the height of a whole table that fits one slide, in inches."""
    texts = [[plain(str(one), _MAX_CELL) for one in row] for row in _lines(data)]
    margins = _margins(data)
    return sum(_height(row, fitted.widths, fitted.size, margins) for row in texts)


def _lines(
    data: Mapping[str, Any], rows: Sequence[Sequence[str]] | None = None
) -> list[Sequence[Any]]:
    """Return the head, if it says anything, and the rows below it."""
    head = [data["labels"]] if any(data["labels"]) else []
    return [*head, *(data["rows"] if rows is None else rows)]


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
    size, margins = fitted.size, _margins(data)
    has_head = any(data["labels"])
    made = []
    for place, row in enumerate(_lines(data, rows)):
        said = [plain(str(one), _MAX_CELL) for one in row]
        is_head = has_head and place == 0
        cells = [
            Cell(
                (Line(text, size - 1 if is_head else size, _role(is_head=is_head)),),
                "r" if is_number else "l",
                "b" if is_head else "t",
            )
            for text, is_number in zip(said, data["numeric"], strict=True)
        ]
        made.append((_height(said, fitted.widths, size, margins), cells))
    add_grid(shapes, fitted.widths, made, box, has_head=has_head)
    return box[1] + round(sum(high for high, _ in made) * Emu(914400))


def _role(*, is_head: bool) -> str:
    return "ink-quiet" if is_head else "ink"
