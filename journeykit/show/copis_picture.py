"""COPIS as one static picture: columns, curved lines, red where it hurts.

Everything is measured before it is drawn, with widths from a table. Where there are
many elements the picture grows longer, and on paper goes on with the next page: type
never shrinks.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from xml.etree import ElementTree as ET

from markupsafe import Markup

from journeykit.language import say, say_count, word
from journeykit.layout.copis_flow import CopisFlow, copis_flow
from journeykit.layout.layered import near_places
from journeykit.model.document import Document
from journeykit.show.copis_boxes import Placed, box_height, draw_box, draw_lines
from journeykit.show.copis_words import (
    CopisKey,
    copis_alt,
    copis_finding,
    copis_foot,
    read_as,
    tray_words,
)
from journeykit.show.drawing import line, path, root, text, written
from journeykit.show.paper import sheet_size
from journeykit.show.text_width import wrapped
from journeykit.show.tokens import SIZES_PX
from journeykit.vocabulary import CopisDefinition

__all__ = ["copis_picture", "copis_pictures"]

_WIDE = 1160.0
_SMALL, _BASE = SIZES_PX["small"], SIZES_PX["base"]
_SLOT = 5.0
_MARGIN, _TIGHT = 7.0, 3.5
"""What is free above and below a box; less where that saves a page."""
_HEADS, _FOOT = 34.0, 12.0
_LINES, _MORE_LINES, _THIN = 4, 6, 120.0
"""Lines of a name at most; more where boxes are thinner than *_THIN* px."""
_TRAY_HEAD, _TRAY_LINE = 34.0, 22.0
_HINT = word("Nothing stands here yet. Begin with your customers and what they get.")


@dataclass(frozen=True)
class _Sheet:
    """A flow measured for a width."""

    flow: CopisFlow
    width: float
    has_title: bool = True
    margin: float = _MARGIN

    @property
    def n_columns(self) -> int:
        return len(self.flow.columns)

    @property
    def n_lines(self) -> int:
        return _LINES if self.box_width >= _THIN else _MORE_LINES

    @property
    def gutter(self) -> float:
        return max(40.0, self.width * 0.065)

    @property
    def box_width(self) -> float:
        return (self.width - 8 - self.gutter * (self.n_columns - 1)) / self.n_columns

    def x_of(self, column: int) -> float:
        return column * (self.box_width + self.gutter) + 1

    def boxes_of(self, column: int) -> list[str]:
        return [one for one in self.flow.columns[column][1] if one in self.flow.boxes]

    @cached_property
    def heights(self) -> Mapping[str, float]:
        """How tall everything in a column is, with what is free around it."""
        return {
            name: box_height(self.flow.boxes[name], self.box_width, self.n_lines)
            + 2 * self.margin
            if name in self.flow.boxes
            else _SLOT
            for _, names in self.flow.columns
            for name in names
        }

    @cached_property
    def title(self) -> tuple[str, ...]:
        if not self.has_title:
            return ()
        words = copis_finding(self.flow)
        return wrapped(words, self.width, _BASE, max_lines=2, is_bold=True)

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The definition and its glossary."""
        if not self.has_title:
            return ()
        return wrapped(read_as(self.flow), self.width, _SMALL)

    @property
    def head_height(self) -> float:
        return len(self.title) * 22 + len(self.said) * 17 + 14

    @cached_property
    def key(self) -> CopisKey:
        return CopisKey(self.flow, self.width)

    @cached_property
    def tray(self) -> tuple[str, ...]:
        lines: list[str] = []
        for words in tray_words(self.flow):
            lines += wrapped(words, self.width - 24, _SMALL)
        return tuple(lines)

    @property
    def tray_height(self) -> float:
        return _TRAY_HEAD + len(self.tray) * 17 + 18 if self.tray else 0.0

    def placed(
        self, columns: Sequence[Sequence[str]], top: float
    ) -> tuple[dict[str, Placed], float]:
        """Return where everything in these columns stands, and how tall it is."""
        tops, total = near_places(columns, self.flow.segments, self.heights, 0)
        found = {}
        for column, names in enumerate(columns):
            for name in names:
                margin = self.margin if name in self.flow.boxes else _SLOT / 2
                found[name] = Placed(
                    self.x_of(column),
                    top + tops[name] + margin,
                    self.box_width,
                    self.heights[name] - 2 * margin,
                )
        return found, total


def _draw(
    picture: ET.Element,
    sheet: _Sheet,
    columns: Sequence[Sequence[str]],
    *,
    foot: str = "",
    is_last: bool = True,
) -> None:
    """Draw one page: its head, its columns, what waits, and its key."""
    y = 16.0
    for words in sheet.title:
        text(picture, 0, y, words, size=_BASE, is_bold=True)
        y += 22
    for words in sheet.said:
        text(picture, 0, y, words, role="ink-soft")
        y += 17
    top = sheet.head_height
    for column, title in enumerate(sheet.flow.titles):
        x = sheet.x_of(column)
        text(picture, x, top + 14, title, is_bold=True, size=_BASE)
        n = len(sheet.boxes_of(column))
        right = x + sheet.box_width
        text(picture, right, top + 14, str(n), role="ink-quiet", anchor="end")
        line(picture, (x, top + 22, right, top + 22), "ink", 1.5)
    top += _HEADS
    placed, total = sheet.placed(columns, top)
    draw_lines(picture, sheet.flow, placed, sheet.gutter)
    _elsewhere(picture, sheet, placed)
    hit = {one.id for one in sheet.flow.most_hit}
    for name, place in placed.items():
        if name in sheet.flow.boxes:
            box = sheet.flow.boxes[name]
            draw_box(picture, box, place, sheet.n_lines, is_most_hit=name in hit)
    y = top + total + _FOOT
    if is_last and sheet.tray:
        _draw_tray(picture, sheet, y)
        y += sheet.tray_height
    line(picture, (0, y, sheet.width, y), "rule")
    sheet.key.draw(picture, y + 8, foot)


def _elsewhere(
    picture: ET.Element, sheet: _Sheet, placed: Mapping[str, Placed]
) -> None:
    """Say beside a box how many of its lines go to another page."""
    gone: dict[tuple[str, bool], int] = {}
    for one in sheet.flow.lines:
        if (one.left in placed) != (one.right in placed):
            here = one.left if one.left in placed else one.right
            is_right = here == one.left
            if sheet.flow.boxes[here].column == sheet.n_columns - 1:
                is_right = False  # nothing is free on the other side
            side = (here, is_right)
            gone[side] = gone.get(side, 0) + 1
    for (name, is_right), n in gone.items():
        place = placed[name]
        x = place.x + place.width + 4 if is_right else place.x - 4
        y = place.y + place.height - 1
        anchor = "start" if is_right else "end"
        text(picture, x, y, f"+{n}", role="ink-quiet", anchor=anchor, has_halo=True)


def _draw_tray(picture: ET.Element, sheet: _Sheet, y: float) -> None:
    height = sheet.tray_height - 12
    at = f"M1,{y:g}h{sheet.width - 2:g}v{height:g}h{2 - sheet.width:g}Z"
    path(picture, at, stroke="mark-quiet", stroke_dasharray="5 4")
    n = len(sheet.flow.tray)
    words = say_count(
        "{n} element waits: this definition has no column for them",
        "{n} elements wait: this definition has no column for them",
        n,
    )
    text(picture, 12, y + 21, words, is_bold=True)
    for at_line, said in enumerate(sheet.tray):
        text(picture, 12, y + _TRAY_HEAD + 8 + at_line * 17, said, role="ink-soft")


def _prefix(flow: CopisFlow, key: str) -> str:
    """Return what makes the ids of a picture differ from those of others in a page."""
    return "c" + sha256(f"{key}\n{flow!r}".encode()).hexdigest()[:10]


def _empty(prefix: str, flow: CopisFlow, width: float) -> Markup:
    hint = say(_HINT)
    lines = wrapped(read_as(flow), width - 16, _SMALL)
    height = 32 + 17 * len(lines)
    picture = root(width, height, prefix=prefix, title=hint, desc=hint)
    text(picture, 0, 18, hint, role="ink-soft", size=_BASE)
    for at, words in enumerate(lines):
        text(picture, 0, 40 + 17 * at, words, role="ink-quiet")
    return written(picture)


def copis_picture(
    document: Document,
    *,
    definition: CopisDefinition | None = None,
    width_px: float = _WIDE,
    has_title: bool = True,
    key: str = "",
) -> Markup:
    """Return COPIS as one picture, as long as it needs to be.

    Parameters
    ----------
    document, definition
        As for :func:`journeykit.layout.copis_flow.copis_flow`.
    width_px
        Width of the picture.
    has_title
        Whether it says above what was found, and the definition with its glossary; a
        page that does so itself needs them once.
    key
        Makes the ids differ where the same picture stands twice in a page.

    Returns
    -------
    Markup
        One ``<svg role="img">`` with its title and description.

    Raises
    ------
    UnknownNameError
        If there is no such definition.

    Examples
    --------
    >>> from journeykit.model import CopisElement
    >>> cook = CopisElement(id="c", role="process", text="Cook & serve")
    >>> "Cook &amp; serve" in copis_picture(Document([cook]))
    True
    """
    flow = copis_flow(document, definition=definition)
    prefix = _prefix(flow, f"{key} {width_px} {has_title}")
    if not flow.boxes:
        return _empty(prefix, flow, width_px)
    sheet = _Sheet(flow, width_px, has_title)
    columns = [names for _, names in flow.columns]
    return _page(document, sheet, columns, prefix)


def _page(
    document: Document,
    sheet: _Sheet,
    columns: Sequence[Sequence[str]],
    prefix: str,
    part: tuple[int, int] = (1, 1),
) -> Markup:
    number, n_parts = part
    is_last = number == n_parts
    _, total = sheet.placed(columns, 0)
    height = sheet.head_height + _HEADS + total + _FOOT + sheet.key.height + 8
    height += sheet.tray_height if is_last else 0
    said, title = "", copis_finding(sheet.flow)
    if n_parts > 1:
        numbers = {"number": number, "n": n_parts}
        said = say("Part {number} of {n}", **numbers)
        title = say("{title} (part {number} of {n})", title=title, **numbers)
    alt = copis_alt(document, sheet.flow)
    picture = root(sheet.width, height, prefix=prefix, title=title, desc=alt)
    foot = copis_foot(document, said)
    _draw(picture, sheet, columns, foot=foot, is_last=is_last)
    return written(picture)


def copis_pictures(
    document: Document,
    *,
    definition: CopisDefinition | None = None,
    paper: str = "A4 landscape",
    has_title: bool = True,
    key: str = "",
) -> tuple[Markup, ...]:
    """Return COPIS as pictures, one for each page.

    A line whose ends stand on two pages is counted beside its box.

    Parameters
    ----------
    document, definition, has_title, key
        As for :func:`copis_picture`.
    paper
        One of :data:`journeykit.show.paper.SHEETS`.

    Raises
    ------
    UnknownNameError
        If there is no such definition or paper.
    """
    width, tallest = sheet_size(paper)
    flow = copis_flow(document, definition=definition)
    prefix = _prefix(flow, f"{key} {paper} {has_title}")
    if not flow.boxes:
        return (_empty(prefix, flow, width),)
    sheet = _Sheet(flow, width, has_title)
    pages = _pages(sheet, tallest)
    if len(pages) > 1:
        tight = _Sheet(flow, width, has_title, _TIGHT)
        fewer = _pages(tight, tallest)
        if len(fewer) < len(pages):
            sheet, pages = tight, fewer
    return tuple(
        _page(document, sheet, columns, f"{prefix}-p{number}", (number, len(pages)))
        for number, columns in enumerate(pages, start=1)
    )


def _pages(sheet: _Sheet, tallest: float) -> list[list[list[str]]]:
    """Return what stands on each page, column by column."""
    room = tallest - sheet.head_height - _HEADS - _FOOT - sheet.key.height - 8
    whole = [list(names) for _, names in sheet.flow.columns]
    if sheet.placed(whole, 0)[1] + sheet.tray_height <= room:
        return [whole]
    for share in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5):
        pages = _split(sheet, room * share)
        if all(sheet.placed(page, 0)[1] <= room for page in pages):
            break
    if sheet.placed(pages[-1], 0)[1] + sheet.tray_height > room and sheet.tray:
        pages.append([[] for _ in whole])
    return pages


def _split(sheet: _Sheet, room: float) -> list[list[list[str]]]:
    """Return pages on which boxes that belong together stand together if they can."""
    flow = sheet.flow
    names = [sheet.boxes_of(column) for column in range(sheet.n_columns)]
    tops, total = near_places(names, flow.segments, sheet.heights, 0)
    n_pages = max(1, math.ceil(total / room))
    page_of: dict[str, int] = {}
    for column in names:
        page, used = 0, 0.0
        for name in column:
            height = sheet.heights[name]
            wanted = int((tops[name] + height / 2) / max(total, 1) * n_pages)
            if wanted > page:
                page, used = wanted, 0.0
            elif used and used + height > room:
                page, used = page + 1, 0.0
            page_of[name] = page
            used += height
    for one in flow.lines:
        for slot in flow.way(one)[1:-1]:
            if page_of[one.left] == page_of[one.right]:
                page_of[slot] = page_of[one.left]
    last = max(page_of.values())
    return [
        [
            [name for name in column if page_of.get(name) == page]
            for _, column in flow.columns
        ]
        for page in range(last + 1)
    ]
