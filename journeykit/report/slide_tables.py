"""Tables on slides: as wide as their words need, cut between rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from journeykit.report.part_tables import NO_VALUE
from journeykit.report.slide_texts import colour, plain

__all__ = ["add_table", "table_pages", "table_widths"]

_MAX_CELL = 160
_ROW, _LINE = Inches(0.36), Inches(0.22)
_LETTERS = 150
"""Letters in a line of a slide-wide table, at its size."""
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


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
    left, top, width = box
    shape = shapes.add_table(
        len(rows), len(widths), left, top, width, Emu(_ROW * len(rows))
    )
    table = shape.table
    style = shape._element.graphic.graphicData.tbl.tblPr
    style.set("bandRow", "0")
    style.set("firstRow", "0")
    for old in style.findall("{*}tableStyleId"):
        old.text = _NO_STYLE
    for place, share in enumerate(widths):
        table.columns[place].width = Emu(int(width * share))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            cell = table.cell(row, column)
            _cell(cell, text, is_head=row == 0, is_number=numeric[column])


def _cell(cell: Any, text: str, *, is_head: bool, is_number: bool) -> None:
    cell.margin_top = cell.margin_bottom = Inches(0.04)
    cell.margin_left, cell.margin_right = Inches(0.04), Inches(0.12)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if is_head else MSO_ANCHOR.TOP
    cell.text = plain(text, _MAX_CELL)
    line = cell.text_frame.paragraphs[0]
    line.font.size = Pt(11) if is_head else Pt(12)
    line.font.color.rgb = colour("ink-quiet" if is_head else "ink")
    line.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT


def table_widths(data: Mapping[str, Any]) -> list[float]:
    """Return the share of the slide's width that each column takes."""
    longest = []
    for place, label in enumerate(data["labels"]):
        cells = [row[place] for row in data["rows"] if row[place] != NO_VALUE]
        most = max((len(text) for text in cells), default=0)
        word = max((len(one) for one in label.split()), default=0)
        short = max(word, min(most, 14)) + 2
        longest.append(max(min(most, 60) ** 0.8, 0.55 * short, 3.0))
    return [one / sum(longest) for one in longest]


def table_pages(
    rows: Sequence[Sequence[str]], widths: Sequence[float], height: int
) -> Iterator[list[Sequence[str]]]:
    """Yield as many rows as one slide holds, again and again."""
    room = (height - _ROW) / _LINE
    page: list[Sequence[str]] = []
    used = 0.0
    for row in rows:
        lines = max(
            -(-len(plain(text, _MAX_CELL)) // max(int(share * _LETTERS), 1))
            for text, share in zip(row, widths, strict=True)
        )
        needed = max(lines, 1) + 0.45
        if page and used + needed > room:
            yield page
            page, used = [], 0.0
        page.append(row)
        used += needed
    if page:
        yield page
