"""What stands on every slide of a master: its feet as placeholders, a bar, a logo.

Feet are the master's own placeholders, so that a company can move them for all slides
at once; python-pptx leaves them out when it makes a slide.
"""

from __future__ import annotations

import io
from copy import deepcopy
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.shapes.autoshape import CT_Shape
from pptx.oxml.shapes.picture import CT_Picture
from pptx.shapes.autoshape import Shape
from pptx.util import Emu, Pt

from journeykit.report.slide_letters import n_lines
from journeykit.report.slide_texts import colour_of, plain

__all__ = ["add_bar", "add_feet", "add_logo"]

_MAX_FOOT = 160
_SIZES = (12, 10, 9, 8)
"""Of a footer: as large as fits one line."""


def add_feet(slide: Any, text: str) -> bool:
    """Add footer and number of a slide where its layout has them.

    Parameters
    ----------
    slide
        A slide.
    text
        The footer.

    Returns
    -------
    bool
        Whether the layout has both.
    """
    kinds = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
    found = set()
    for holder in slide.slide_layout.placeholders:
        kind = holder.placeholder_format.type
        if kind not in kinds or kind in found:
            continue
        found.add(kind)
        element = deepcopy(holder._element)
        properties = element.spPr
        for child in list(properties):
            properties.remove(child)
        element.nvSpPr.cNvPr.set("id", str(_next_id(slide)))
        slide.shapes._spTree.append(element)
        _styled(element, slide.slide_layout.slide_master, kind)
        if kind == PP_PLACEHOLDER.FOOTER:
            frame = Shape(element, slide.shapes).text_frame
            frame.text = plain(text, _MAX_FOOT)
            room = Emu(holder.width).inches - 0.2
            sizes = [one for one in _SIZES if n_lines(frame.text, room, one) == 1]
            if sizes[:1] != [_SIZES[0]]:
                size = sizes[0] if sizes else _SIZES[-1]
                frame.paragraphs[0].runs[0].font.size = Pt(size)
    return found == kinds


def _styled(element: Any, master: Any, kind: Any) -> None:
    """Give a foot the style of its master's: LibreOffice looks no further up."""
    style = element.find("{*}txBody/{*}lstStyle")
    if style is None or len(style):
        return
    for holder in master.placeholders:
        if holder.placeholder_format.type == kind:
            given = holder._element.find("{*}txBody/{*}lstStyle")
            style.extend(deepcopy(one) for one in (given if given is not None else ()))


def _next_id(holder: Any) -> int:
    ids = holder._element.xpath("//p:cNvPr/@id")
    return max((int(one) for one in ids if str(one).isdigit()), default=1) + 1


def add_bar(layout: Any, place: tuple[int, int, int, int], colour: str) -> None:
    """Add a bar of a colour (``#rrggbb``) to a layout, behind all else."""
    name = "Bar"
    element = CT_Shape.new_autoshape_sp(_next_id(layout), name, "rect", *place)
    layout.shapes._spTree.insert(2, element)
    bar = Shape(element, layout.shapes)
    bar.fill.solid()
    bar.fill.fore_color.rgb = colour_of(colour)
    bar.line.fill.background()
    # The style that such a shape begins with has a shadow.
    for style in element.findall("{*}style"):
        element.remove(style)


def add_logo(
    layout: Any,
    png: bytes,
    name: str,
    box: tuple[int, int, int, int],
    *,
    is_right: bool,
) -> None:
    """Add a logo to a layout, as large as fits a box, at its left or right end."""
    part, relation = layout.part.get_or_add_image_part(io.BytesIO(png))
    left, top, width, height = box
    across, down = part.image.size
    scale = min(width / across, height / down)
    wide, high = Emu(int(across * scale)), Emu(int(down * scale))
    at = left + width - wide if is_right else left
    middle = top + (height - high) // 2
    make: Any = CT_Picture.new_pic
    element = make(_next_id(layout), "Logo", name, relation, at, middle, wide, high)
    layout.shapes._spTree.insert(2, element)
