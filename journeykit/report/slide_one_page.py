"""A one-page report on two slides: what was found and is asked, then where and what.

A deck gives each idea a slide of its own; a report that promises one page would become
eight. The same parts are placed beside each other instead, each still native.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from journeykit.language import say
from journeykit.report.parts import Part
from journeykit.report.shown import Shown
from journeykit.report.slide_pictures import slide_png
from journeykit.report.slide_tables import add_table, table_widths
from journeykit.report.slide_texts import colour, plain
from journeykit.show.svg import checked_svg

__all__ = ["one_page_slides"]

_LEFT = Inches(0.6)
_GAP = Inches(0.4)
_SMALL = Inches(0.28)
_LETTERS = 13.5
"""Letters in an inch of a small table, in a wide face."""
_Parts = Mapping[str, list[Mapping[str, Any]]]
_ROLES = {"measured": "ink", "observed": "mark-quiet", "assumed": "paper"}


_NewSlide = Callable[[str, str], Any]
"""Opens a slide with a title and the line below it."""


def one_page_slides(new_slide: _NewSlide, width: int, shown: Iterable[Shown]) -> None:
    """Add the two slides of a report that promises one page.

    Parameters
    ----------
    new_slide
        Opens a slide with a title and the line below it.
    width
        Of a slide.
    shown
        The parts, the band first.
    """
    parts = [one for one in shown if isinstance(one, Part)]
    by_name: dict[str, list[Mapping[str, Any]]] = {}
    for one in parts:
        by_name.setdefault(one.name, []).append(one.data)
    wide = Emu(width - 2 * _LEFT)
    _first(new_slide, wide, by_name)
    _second(new_slide, wide, by_name)


def _first(new_slide: _NewSlide, wide: int, by_name: _Parts) -> None:
    band = by_name["band"][0]
    facts = " · ".join(said for _, said in band["facts"])
    slide = new_slide(band["title"], facts)
    for data in by_name.get("found", ())[:1]:
        pairs = data["sentences"]
        width = Emu((wide - _GAP * (len(pairs) - 1)) // max(1, len(pairs)))
        for place, (number, said) in enumerate(pairs):
            left = Emu(_LEFT + place * (width + _GAP))
            _rule(slide, left, Inches(2.0), width, "accent")
            frame = _box(slide, (left, Inches(2.05), width, Inches(1.8)))
            _line(frame, plain(number, 20), 32, "accent", is_bold=True, is_first=True)
            _line(frame, plain(said, 260), 15, "ink")
    for data in by_name.get("evidence", ())[:1]:
        _evidence(slide, data, wide)
    for data in by_name.get("sentences", ())[:1]:
        _rule(slide, _LEFT, Inches(5.3), wide, "ink")
        frame = _box(slide, (_LEFT, Inches(5.33), wide, Inches(1.3)))
        _line(frame, plain(data["heading"]), 14, "ink", is_bold=True, is_first=True)
        for said in data["texts"]:
            _line(frame, plain(said, 240), 14, "ink")
    lines = [line for data in by_name.get("credits", ()) for line in data["lines"]]
    if lines:
        frame = _box(slide, (_LEFT, Inches(6.62), wide, Inches(0.4)))
        _line(frame, plain(" ".join(lines), 900), 7, "ink-quiet", is_first=True)


def _evidence(slide: Any, data: Mapping[str, Any], wide: int) -> None:
    frame = _box(slide, (_LEFT, Inches(3.95), wide, _SMALL))
    _line(frame, plain(data["heading"]), 14, "ink", is_bold=True, is_first=True)
    left = int(_LEFT)
    for one in data["pieces"]:
        width = int(wide * one["share"] / 100)
        if width:
            bar = slide.shapes.add_shape(1, left, Inches(4.3), width, Inches(0.2))
            bar.fill.solid()
            bar.fill.fore_color.rgb = colour(_ROLES[one["basis"]])
            bar.line.color.rgb = colour("ink")
            bar.shadow.inherit = False
        left += width
    said = " · ".join(
        f"{one['percent']} {one['label']} ({one['meaning']})" for one in data["pieces"]
    )
    frame = _box(slide, (_LEFT, Inches(4.52), wide, Inches(0.6)))
    _line(frame, plain(said), 12, "ink", is_first=True)
    if data["without_data"]:
        head = say("Not measured:")
        missing = f"{head} {', '.join(data['without_data'])}."
        _line(frame, plain(missing, 300), 12, "ink-soft")


def _second(new_slide: _NewSlide, wide: int, by_name: _Parts) -> None:
    slide = new_slide(say("Where it hurts, and what to do"), "")
    narrow = Emu(int((wide - _GAP) * 0.38))
    # What has nothing to show says so in a sentence, where it would have stood.
    empty = [data["text"] for data in by_name.get("section", ()) if data["text"]]
    figures = by_name.get("figure", [])
    tables = by_name.get("ranked_table", [])
    top = Emu(Inches(1.5))
    for data in figures[:1]:
        _head(slide, (_LEFT, top, narrow), data["title"], data["subtitle"])
        png = slide_png(str(checked_svg(data["narrow"] or data["wide"])))
        drawn = slide.shapes.add_picture(io.BytesIO(png), _LEFT, Inches(2.6))
        scale = min(narrow / drawn.width, Inches(3.5) / drawn.height)
        drawn.width, drawn.height = int(drawn.width * scale), int(drawn.height * scale)
        below = Emu(drawn.top + drawn.height)
        frame = _box(slide, (_LEFT, below, narrow, Inches(0.7)))
        _line(frame, plain(data["source"], 500), 9, "ink-quiet", is_first=True)
    left = Emu(_LEFT + narrow + _GAP) if figures else Emu(_LEFT)
    width = Emu(wide - narrow - _GAP) if figures else Emu(wide)
    if empty:
        frame = _box(slide, (left, top, width, Inches(0.3)))
        for place, said in enumerate(empty):
            _line(frame, plain(said), 13, "ink-soft", is_first=not place)
        top = Emu(top + Inches(0.35) * len(empty))
    for data in tables:
        _head(slide, (left, top, width), data["title"], data["subtitle"])
        end = _table(slide, data, (left, Emu(top + Inches(0.52)), width))
        top = Emu(end + Inches(0.12))


def _table(slide: Any, data: Mapping[str, Any], box: tuple[int, int, int]) -> int:
    """Add a small table and return where it ends."""
    given = [max(one, 0.1) for one in table_widths(data)]
    widths = [one / sum(given) for one in given]
    rows: Sequence[Sequence[str]] = [data["labels"], *data["rows"]]
    add_table(slide.shapes, rows, data["numeric"], widths, box)
    shape = slide.shapes[-1]
    letters = box[2] / Inches(1) * _LETTERS
    height = 0
    for place, row in enumerate(shape.table.rows):
        lines = 1
        for share, cell in zip(widths, row.cells, strict=True):
            cell.text_frame.paragraphs[0].font.size = Pt(9.5 if place else 9)
            cell.margin_top = cell.margin_bottom = Inches(0.025)
            room = max(4, int(share * letters) - 1)
            lines = max(lines, -(-len(cell.text_frame.text) // room))
        row.height = Emu(int(Inches(0.165) * lines + Inches(0.06)))
        height += row.height
    return box[1] + height


def _head(slide: Any, box: tuple[int, int, int], title: str, subtitle: str) -> None:
    left, top, width = box
    frame = _box(slide, (left, top, width, Inches(0.6)))
    _line(frame, plain(title, 160), 13, "ink", is_bold=True, is_first=True)
    if subtitle:
        _line(frame, plain(subtitle, 200), 10, "ink-soft")


def _box(slide: Any, box: tuple[int, int, int, int]) -> Any:
    frame = slide.shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    return frame


def _line(
    frame: Any,
    text: str,
    size: float,
    role: str,
    *,
    is_bold: bool = False,
    is_first: bool = False,
) -> None:
    line = frame.paragraphs[0] if is_first else frame.add_paragraph()
    line.text, line.alignment = text, PP_ALIGN.LEFT
    line.font.size, line.font.bold = Pt(size), is_bold
    line.font.color.rgb = colour(role)


def _rule(slide: Any, left: int, top: int, width: int, role: str) -> None:
    line = slide.shapes.add_connector(1, left, top, Emu(left + width), top)
    line.line.color.rgb, line.line.width = colour(role), Pt(1.5)
