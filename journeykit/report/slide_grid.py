"""A table of a slide, written at once: cell by cell takes ten times as long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches

from journeykit.report.company_colours import light_of

__all__ = ["Cell", "Line", "add_grid", "margin"]

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_MARGINS = {"l": (0.04, 0.12), "r": (0.04, 0.28)}
"""Room left and right of the words of a cell, in inches: numbers keep away from what
begins beside them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in a cell."""

    text: str
    size: float
    role: str = "ink"
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its lines, how they stand, the role of its ground, columns it spans."""

    lines: Sequence[Line]
    align: Literal["l", "r"] = "l"
    anchor: Literal["t", "b"] = "t"
    fill: str = ""
    span: int = 1


def add_grid(
    shapes: Any,
    widths: Sequence[float],
    rows: Sequence[tuple[float, Sequence[Cell]]],
    box: tuple[int, ...],
    pad_in: float = 0.05,
    *,
    has_head: bool = True,
) -> Any:
    """Add a table to a slide and return its shape.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    widths
        Of the columns, in inches.
    rows
        Height in inches and cells of each.
    box
        Left, top and width.
    pad_in
        Room above and below the words of a cell, in inches.
    has_head
        Whether the first row is the head.
    """
    height = Inches(sum(one for one, _ in rows))
    shape = shapes.add_table(1, 1, *box[:3], height)
    pads = f'marT="{Inches(pad_in)}" marB="{Inches(pad_in)}"'
    columns = "".join(f'<a:gridCol w="{Inches(one)}"/>' for one in widths)
    lines = "".join(
        f'<a:tr h="{Inches(high)}">{"".join(_cell(one, pads) for one in cells)}</a:tr>'
        for high, cells in rows
    )
    table = parse_xml(
        f'<a:tbl {nsdecls("a")}><a:tblPr firstRow="{int(has_head)}">'
        f"<a:tableStyleId>{_NO_STYLE}</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>{lines}</a:tbl>"
    )
    data = shape._element.graphic.graphicData
    data.replace(data.tbl, table)
    return shape


def margin(align: str) -> float:
    """Return the room beside the words of a cell, in inches."""
    return sum(_MARGINS[align]) + 0.01


def _cell(cell: Cell, pads: str) -> str:
    left, right = _MARGINS[cell.align]
    pads = f'{pads} marL="{Inches(left)}" marR="{Inches(right)}"'
    texts = "".join(_line(one, cell.align) for one in cell.lines)
    # An empty line is 18 points high otherwise.
    texts = texts or '<a:p><a:endParaRPr sz="1100"/></a:p>'
    fill = f"{_solid(cell.fill)}" if cell.fill else ""
    rule = f'<a:lnB w="6350">{_solid("rule")}</a:lnB>'
    span = f' gridSpan="{cell.span}"' if cell.span > 1 else ""
    body = f"<a:txBody><a:bodyPr/><a:lstStyle/>{texts}</a:txBody>"
    look = f'<a:tcPr {pads} anchor="{cell.anchor}">{rule}{fill}</a:tcPr>'
    empty = (
        "<a:txBody><a:bodyPr/><a:lstStyle/><a:p/></a:txBody>"
        f"<a:tcPr {pads}>{rule}</a:tcPr>"
    )
    hidden = f'<a:tc hMerge="1">{empty}</a:tc>' * (cell.span - 1)
    return f"<a:tc{span}>{body}{look}</a:tc>{hidden}"


def _line(line: Line, align: str) -> str:
    size = f'sz="{round(line.size * 100)}"'
    said = f'<a:pPr algn="{align}"/>'
    if not line.text:
        return f"<a:p>{said}<a:endParaRPr {size}/></a:p>"
    bold = ' b="1"' if line.is_bold else ""
    run = f"<a:rPr {size}{bold}>{_solid(line.role)}</a:rPr>"
    return f"<a:p>{said}<a:r>{run}<a:t>{escape(line.text)}</a:t></a:r></a:p>"


def _solid(role: str) -> str:
    value = light_of(role).lstrip("#").upper()
    return f'<a:solidFill><a:srgbClr val="{value}"/></a:solidFill>'
