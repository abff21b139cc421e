"""A one-page report on two slides: what was found and is asked, then where and what.

A deck gives each idea a slide of its own; a report that promises one page would become
eight. The same parts are placed beside each other instead, each still native.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pptx.util import Emu, Inches

from journeykit.language import say
from journeykit.report.part import Part
from journeykit.report.shown import Shown
from journeykit.report.slide_frame import (
    LEFT,
    Page,
    add_block,
    add_box,
    add_line,
    add_rule,
)
from journeykit.report.slide_letters import n_lines
from journeykit.report.slide_pictures import slide_png
from journeykit.report.slide_stack import add_head
from journeykit.report.slide_tables import add_table, fitted_table, numbered
from journeykit.report.slide_texts import plain
from journeykit.show.svg import checked_svg

__all__ = ["one_page_slides"]

_GAP = Inches(0.4)
_END = Inches(6.5)
_SIZES = (13, 12, 11, 10, 9)
_Parts = Mapping[str, list[Mapping[str, Any]]]
_ROLES = {"measured": "ink", "observed": "mark-quiet", "assumed": "paper"}


_NewSlide = Callable[[str, str], Page]
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
    wide = Emu(width - 2 * LEFT)
    _first(new_slide, wide, by_name)
    _second(new_slide, wide, by_name)


def _first(new_slide: _NewSlide, wide: int, by_name: _Parts) -> None:
    band = by_name["band"][0]
    facts = " \N{MIDDLE DOT} ".join(said for _, said in band["facts"])
    page = new_slide(band["title"], facts)
    slide, room = page.slide, _END - page.top
    for data in by_name.get("found", ())[:1]:
        pairs = data["sentences"]
        width = Emu((wide - _GAP * (len(pairs) - 1)) // max(1, len(pairs)))
        for place, (number, said) in enumerate(pairs):
            left = Emu(LEFT + place * (width + _GAP))
            add_rule(slide.shapes, left, page.top, width, "accent")
            at = Emu(page.top + Inches(0.05))
            frame = add_box(slide, (left, at, width, Inches(1.8)))
            add_line(
                frame, plain(number, 20), 36, "accent", is_bold=True, is_first=True
            )
            add_line(frame, plain(said, 260), 15, "ink")
    for data in by_name.get("evidence", ())[:1]:
        _evidence(slide, data, Emu(page.top + int(0.43 * room)), wide)
    for data in by_name.get("sentences", ())[:1]:
        top = Emu(page.top + int(0.7 * room))
        add_rule(slide.shapes, LEFT, top, wide, "ink")
        frame = add_box(slide, (LEFT, Emu(top + Inches(0.05)), wide, Inches(1.3)))
        add_line(frame, plain(data["heading"]), 15, "ink", is_bold=True, is_first=True)
        for said in data["texts"]:
            add_line(frame, plain(said, 240), 15, "ink")
    lines = [line for data in by_name.get("credits", ()) for line in data["lines"]]
    if lines:
        frame = add_box(slide, (LEFT, Inches(6.56), wide, Inches(0.4)))
        add_line(frame, plain(" ".join(lines), 900), 7, "ink-quiet", is_first=True)


def _evidence(slide: Any, data: Mapping[str, Any], top: int, wide: int) -> None:
    frame = add_box(slide, (LEFT, top, wide, Inches(0.28)))
    add_line(frame, plain(data["heading"]), 15, "ink", is_bold=True, is_first=True)
    left = int(LEFT)
    for one in data["pieces"]:
        width = int(wide * one["share"] / 100)
        if width:
            place = (left, Emu(top + Inches(0.38)), width, Inches(0.24))
            add_block(slide.shapes, place, _ROLES[one["basis"]], "ink")
        left += width
    said = " \N{MIDDLE DOT} ".join(
        f"{one['percent']} {one['label']} ({one['meaning']})" for one in data["pieces"]
    )
    frame = add_box(slide, (LEFT, Emu(top + Inches(0.66)), wide, Inches(0.6)))
    add_line(frame, plain(said), 13, "ink", is_first=True)
    if data["without_data"]:
        head = say("Not measured:")
        missing = f"{head} {', '.join(data['without_data'])}."
        add_line(frame, plain(missing, 300), 13, "ink-soft")


def _second(new_slide: _NewSlide, wide: int, by_name: _Parts) -> None:
    page = new_slide(say("Where it hurts, and what to do"), "")
    slide, top = page.slide, page.top
    narrow = Emu(int((wide - _GAP) * 0.38))
    # What has nothing to show says so in a sentence, where it would have stood.
    empty = [data["text"] for data in by_name.get("section", ()) if data["text"]]
    figures = by_name.get("figure", [])
    tables = [numbered(one) for one in by_name.get("ranked_table", ())]
    for data in figures[:1]:
        below = add_head(slide, (LEFT, top, narrow), data["title"], data["subtitle"])
        n_source = n_lines(plain(data["source"], 500), Emu(narrow).inches, 9)
        foot = Inches(0.16 * n_source + 0.1)
        png = slide_png(str(checked_svg(data["narrow"] or data["wide"])))
        drawn = slide.shapes.add_picture(io.BytesIO(png), LEFT, below)
        room = max(Inches(1), Inches(6.9) - foot - below)
        scale = min(narrow / drawn.width, room / drawn.height)
        drawn.width, drawn.height = int(drawn.width * scale), int(drawn.height * scale)
        frame = add_box(slide, (LEFT, Emu(drawn.top + drawn.height), narrow, foot))
        add_line(frame, plain(data["source"], 500), 9, "ink-quiet", is_first=True)
    left = Emu(LEFT + narrow + _GAP) if figures else Emu(LEFT)
    width = Emu(wide - narrow - _GAP) if figures else Emu(wide)
    if empty:
        frame = add_box(slide, (left, top, width, Inches(0.3)))
        for place, said in enumerate(empty):
            add_line(frame, plain(said), 13, "ink-soft", is_first=not place)
        top = Emu(top + Inches(0.35) * len(empty))
    for place, data in enumerate(tables):
        room = Emu((Inches(6.85) - top) // (len(tables) - place))
        below = add_head(slide, (left, top, width), data["title"], data["subtitle"])
        space = Emu(room - (below - top) - Inches(0.12)).inches
        fitted = fitted_table(data, (width.inches, space), _SIZES)
        box = (left, below, width)
        end = add_table(slide.shapes, data, data["rows"], fitted, box)
        top = Emu(end + Inches(0.15))
