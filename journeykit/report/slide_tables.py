"""Tables on slides: as wide as their words need, cut between rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Inches, Pt

from journeykit.report.part_tables import NO_VALUE
from journeykit.report.slide_texts import colour, plain
from journeykit.show.tokens import light

__all__ = [
    "add_grid",
    "add_table",
    "fair_pages",
    "n_lines",
    "row_height",
    "ruled",
    "table_pages",
    "table_widths",
]

_MAX_CELL = 320
_LETTER, _LINE, _PAD = 0.082, 0.195, 0.12
"""Inches that a letter of 12 points takes on average; a line; the space of a row."""
_MARGIN = 0.16
_WIDE_FROM = 0x2E80
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def n_lines(text: str, width_in: float) -> int:
    """Return how many lines of 12 points a text takes in a cell.

    Examples
    --------
    >>> n_lines("Waits long at security", 2.5), n_lines("Waits long at security", 1.2)
    (1, 2)
    """
    room = max(1.0, (width_in - _MARGIN) / _LETTER)
    lines, used = 1, 0.0
    for one in text.split(" "):
        wide = _signs(one)
        if used and used + 1 + wide > room:
            lines, used = lines + 1, 0.0
        used += wide + (1 if used else 0)
        if used > room:
            lines += int(used // room)
            used %= room
    return lines


def _signs(text: str) -> int:
    # A sign of Chinese is as wide as two letters.
    return sum(1 if ord(sign) < _WIDE_FROM else 2 for sign in text)


def row_height(n: int) -> float:
    """Return the height of a row with *n* lines, in inches."""
    return n * _LINE + _PAD


def ruled(cell: Any) -> None:
    """Draw a thin line below a cell, which python-pptx has no call for."""
    rule = light("rule").lstrip("#").upper()
    line = parse_xml(
        f'<a:lnB {nsdecls("a")} w="6350"><a:solidFill><a:srgbClr val="{rule}"/>'
        "</a:solidFill></a:lnB>"
    )
    cell._tc.get_or_add_tcPr().insert(0, line)


def add_grid(shapes: Any, n_rows: int, n_columns: int, box: tuple[int, ...]) -> Any:
    """Add a bare table to a slide and return it; *box* is left, top and width."""
    shape = shapes.add_table(n_rows, n_columns, *box, Inches(1))
    style = shape._element.graphic.graphicData.tbl.tblPr
    style.set("bandRow", "0")
    style.set("firstRow", "1")
    for old in style.findall("{*}tableStyleId"):
        old.text = _NO_STYLE
    return shape.table


def add_table(
    shapes: Any,
    rows: Sequence[Sequence[str]],
    numeric: Sequence[bool],
    widths: Sequence[float],
    box: tuple[int, int, int],
) -> None:
    """Add a table to a slide.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    rows
        Its rows, the head first.
    numeric
        Which columns are numbers.
    widths
        Share of the width that each column takes.
    box
        Left, top, width.
    """
    width = Emu(box[2]).inches
    table = add_grid(shapes, len(rows), len(widths), box)
    for place, share in enumerate(widths):
        table.columns[place].width = Inches(width * share)
    for row, cells in enumerate(rows):
        table.rows[row].height = Inches(_height(cells, widths, width))
        for column, text in enumerate(cells):
            cell = table.cell(row, column)
            _cell(cell, text, is_head=row == 0, is_number=numeric[column])


def _cell(cell: Any, text: str, *, is_head: bool, is_number: bool) -> None:
    cell.margin_top = cell.margin_bottom = Inches(0.05)
    cell.margin_left, cell.margin_right = Inches(0.04), Inches(0.12)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if is_head else MSO_ANCHOR.TOP
    cell.text = plain(text, _MAX_CELL)
    line = cell.text_frame.paragraphs[0]
    line.font.size = Pt(11) if is_head else Pt(12)
    line.font.color.rgb = colour("ink-quiet" if is_head else "ink")
    line.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
    ruled(cell)


def table_widths(data: Mapping[str, Any], width_in: float = 12.13) -> list[float]:
    """Return the share of a width that each column takes: its words stay whole."""
    least, wanted = [], []
    for place, label in enumerate(data["labels"]):
        cells = [str(row[place]) for row in data["rows"] if row[place] != NO_VALUE]
        texts = [plain(cell, _MAX_CELL) for cell in cells]
        words = [word for text in (*texts, label) for word in text.split()]
        longest = max(map(_signs, words), default=0)
        least.append(min(longest + 1, 24) * _LETTER * 1.08 + _MARGIN)
        most = max(map(_signs, texts), default=0)
        wanted.append(max(min(most, 70) * _LETTER + _MARGIN, least[-1]))
    if sum(wanted) <= width_in:
        # What is short stays short; the widest column takes what is left.
        spare = width_in - sum(wanted)
        room = [spare * one / sum(wanted) for one in wanted]
        found = [one + more for one, more in zip(wanted, room, strict=True)]
    elif sum(least) >= width_in:
        found = least
    else:
        more = [max(0.0, one - few) for one, few in zip(wanted, least, strict=True)]
        part = (width_in - sum(least)) / sum(more)
        found = [few + part * one for few, one in zip(least, more, strict=True)]
    return [one / sum(found) for one in found]


def _height(cells: Sequence[str], widths: Sequence[float], width_in: float) -> float:
    pairs = zip(cells, widths, strict=True)
    return row_height(
        max(n_lines(plain(text, _MAX_CELL), share * width_in) for text, share in pairs)
    )


def table_pages(
    labels: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    room: tuple[float, float],
) -> Iterator[list[Sequence[str]]]:
    """Yield as many rows as one slide holds, again and again.

    Parameters
    ----------
    labels, rows
        The head, which each slide repeats, and what is below it.
    widths
        Share of the width that each column takes.
    room
        Width and height for the table, in inches.
    """
    width, height = room
    heights = [_height(row, widths, width) for row in rows]
    for page in fair_pages(heights, height - _height(labels, widths, width)):
        yield list(rows[page.start : page.stop])


def fair_pages(heights: Sequence[float], room: float) -> Iterator[range]:
    """Yield which rows stand on each slide: on as few as can be, about as many each.

    Examples
    --------
    >>> list(fair_pages([1.0] * 6, 5.0))
    [range(0, 3), range(3, 6)]
    """
    n_least = len(_ends(heights, room))
    fair = next(
        share * room / 20
        for share in range(1, 21)
        if share == 20 or len(_ends(heights, share * room / 20)) == n_least
    )
    for first, last in pairwise([0, *_ends(heights, fair)]):
        yield range(first, last)


def _ends(heights: Sequence[float], room: float) -> list[int]:
    """Return before which row each slide ends, the last with the last."""
    ends, used = [], 0.0
    for place, height in enumerate(heights):
        if used and used + height > room + 1e-9:
            ends.append(place)
            used = 0.0
        used += height
    return [*ends, len(heights)]
