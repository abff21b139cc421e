"""Where title, the line below it and the content of a slide stand.

Titles begin at the same height on every slide; what is below moves up as far as they
leave room. A company's own master keeps the place of its titles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from journeykit.report.slide_feet import add_feet
from journeykit.report.slide_letters import n_lines
from journeykit.report.slide_master import Master
from journeykit.report.slide_texts import colour, plain

__all__ = [
    "LEFT",
    "Head",
    "Page",
    "add_block",
    "add_box",
    "add_line",
    "add_rule",
    "head_of",
    "new_page",
    "say_on",
    "say_source",
]

LEFT, _BOTTOM = Inches(0.6), Inches(6.5)
_SOURCE, _FOOT = Inches(6.55), Inches(7.02)
_TITLE = 0.42
"""Where the letters of our titles begin, in inches."""
_SIZES = (24, 22, 20, 18)
_LARGE = _SIZES[:2]
_BOLD = 1.17
_MOST_LINES = 2
_SUBTITLE = 13
_MAX_TITLE, _MAX_SUBTITLE, _MAX_SOURCE = 180, 420, 460
_GIVEN = Inches(1.5)
"""Where what is below the titles of a company's own master begins."""
_GIVEN_SIZES, _GIVEN_HIGH, _USUAL = (40, 36, 32, 28, 24, 22, 20, 18), 1.1, 44
"""Sizes of its titles where its own is too large; their height in inches at most; the
size of a master that says none."""


@dataclass(frozen=True, slots=True)
class Head:
    """A title: its size (None for a master's own), where what is below it begins."""

    size: Any
    below: Emu
    top: Emu

    @property
    def room(self) -> Emu:
        """Height for the content."""
        return Emu(_BOTTOM - self.top)


@dataclass(frozen=True, slots=True)
class Page:
    """A slide and where its content may stand."""

    slide: Any
    head: Head

    @property
    def top(self) -> Emu:
        """Where the content begins."""
        return self.head.top

    @property
    def room(self) -> Emu:
        """Height for the content."""
        return self.head.room


def head_of(master: Master, title: str, subtitle: str) -> Head:
    """Return how a title and the line below it stand."""
    wide = Emu(master.width - 2 * LEFT).inches
    below, said, size = _GIVEN, plain(title, _MAX_TITLE), None
    if master.is_ours:
        room = Emu(master.title_width).inches / _BOLD
        lines = {one: n_lines(said, room, one) for one in _SIZES}
        ones = [one for one in _LARGE if lines[one] == 1]
        fits = [one for one in _SIZES if lines[one] <= _MOST_LINES]
        points = next(iter([*ones, *fits]), _SIZES[-1])
        size = None if points == _SIZES[0] else Pt(points)
        below = Inches(_TITLE + lines[points] * points * 1.2 / 72 + 0.03)
    top = Emu(below + Inches(0.22))
    if subtitle:
        n = n_lines(plain(subtitle, _MAX_SUBTITLE), wide, _SUBTITLE)
        top = Emu(below + Inches(n * 0.22 + 0.2))
    return Head(size, Emu(below), top)


def _given_size(master: Master, said: str, width_in: float) -> Any:
    """Return the size that a title needs on a company's master; None for its own."""
    styles = master.content.slide_master._element.findall(
        "{*}txStyles/{*}titleStyle/{*}lvl1pPr/{*}defRPr"
    )
    own = next((int(one.get("sz", 0)) for one in styles), 0) / 100 or _USUAL

    def is_fitting(points: float) -> bool:
        lines = n_lines(said, (width_in - 0.2) / _BOLD, points)
        return lines * points * 1.2 / 72 <= _GIVEN_HIGH

    if is_fitting(own):
        return None
    smaller = [one for one in _GIVEN_SIZES if one < own]
    points = next((one for one in smaller if is_fitting(one)), _GIVEN_SIZES[-1])
    return Pt(min(points, own))


def new_page(master: Master, title: str, subtitle: str, foot: str) -> Page:
    """Add a slide with its title, the line below it and its feet."""
    slide = master.presentation.slides.add_slide(master.content)
    head = head_of(master, title, subtitle)
    heading = slide.shapes.title
    heading.text = plain(title, _MAX_TITLE)
    master.fit_title(slide)
    size = head.size
    if not master.is_ours:
        size = _given_size(master, heading.text, Emu(heading.width).inches)
    if size is not None:
        heading.text_frame.paragraphs[0].runs[0].font.size = size
    for shape in list(slide.placeholders):
        if shape._element is not heading._element:
            shape._element.getparent().remove(shape._element)
    wide = Emu(master.width - 2 * LEFT)
    if subtitle:
        box = (LEFT, head.below, wide, Inches(0.3))
        say_on(slide, plain(subtitle, _MAX_SUBTITLE), box, _SUBTITLE, "ink-soft")
    if not add_feet(slide, foot):
        number = len(master.presentation.slides)
        place = (LEFT, _FOOT, wide, Inches(0.3))
        say_on(slide, plain(f"{foot}   {number}", 260), place, 10, "ink-quiet")
    slide.shapes.turbo_add_enabled = True  # else each shape looks through all others
    return Page(slide, head)


def say_on(slide: Any, text: str, box: tuple[int, ...], size: float, role: str) -> Any:
    """Add a line of text to a slide and return its frame; *box* as shapes have it."""
    frame = slide.shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    frame.margin_top = frame.margin_bottom = 0
    frame.text = text
    font = frame.paragraphs[0].font
    font.size, font.color.rgb = Pt(size), colour(role)
    return frame


def add_box(slide: Any, box: tuple[int, ...]) -> Any:
    """Add room for lines to a slide and return its frame; *box* as shapes have it."""
    frame = slide.shapes.add_textbox(*box).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    return frame


def add_line(
    frame: Any,
    text: str,
    size: float,
    role: str,
    *,
    is_bold: bool = False,
    is_first: bool = False,
) -> None:
    """Add a line below those that a frame has."""
    line = frame.paragraphs[0] if is_first else frame.add_paragraph()
    line.text, line.alignment = text, PP_ALIGN.LEFT
    line.font.size, line.font.bold = Pt(size), is_bold
    line.font.color.rgb = colour(role)


def add_block(shapes: Any, box: tuple[int, ...], role: str, edge: str = "") -> Any:
    """Add a rectangle of a role's colour, without the shadow one begins with."""
    block = shapes.add_shape(MSO_SHAPE.RECTANGLE, *box)
    block.fill.solid()
    block.fill.fore_color.rgb = colour(role)
    if edge:
        block.line.color.rgb = colour(edge)
    else:
        block.line.fill.background()
    # Some programs draw the shadow of the style whatever the shape says.
    for style in block._element.findall("{*}style"):
        block._element.remove(style)
    return block


def add_rule(shapes: Any, left: int, top: int, width: int, role: str) -> Any:
    """Add a line from left to right, without the shadow such a shape begins with."""
    line = shapes.add_connector(1, left, top, Emu(left + width), top)
    line.line.color.rgb, line.line.width = colour(role), Pt(2)
    for style in line._element.findall("{*}style"):
        line._element.remove(style)
    return line


def say_source(page: Page, master: Master, source: str) -> None:
    """Say where what a slide shows is from."""
    if source:
        box = (LEFT, _SOURCE, Emu(master.width - 2 * LEFT), Inches(0.36))
        said = plain(source, _MAX_SOURCE)
        is_long = n_lines(said, Emu(box[2]).inches, 10) > _MOST_LINES
        say_on(page.slide, said, box, 9 if is_long else 10, "ink-quiet")
