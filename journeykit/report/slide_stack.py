"""Small tables that follow one another on a slide of their section.

A table of one row on a slide of its own looks forgotten. Two or more that leave most of
a slide empty stand below one another, each with its own finding above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.util import Emu, Inches

from journeykit.report.slide_frame import LEFT, Page, add_box, add_line
from journeykit.report.slide_letters import n_lines
from journeykit.report.slide_tables import Fitted, add_table, fitted_table, table_height
from journeykit.report.slide_texts import plain

__all__ = ["Small", "add_head", "add_small", "head_height", "small_table", "stacks"]

_SIZES = (12,)
_MOST = 0.5
"""Share of a slide that a small table takes at most, with the words around it."""
_MOST_ROWS = 7
_GAP, _SOURCE = 0.3, 0.26


@dataclass(frozen=True, slots=True)
class Small:
    """A small table: what it says, how it stands, and its height in inches."""

    data: Mapping[str, Any]
    fitted: Fitted
    height: float


def small_table(data: Mapping[str, Any], room: tuple[float, float]) -> Small | None:
    """Return a table that may share a slide, or None if it needs one of its own.

    Parameters
    ----------
    data
        Its part.
    room
        Width and height of a slide's content, in inches.
    """
    if not data["title"] or not 0 < len(data["rows"]) <= _MOST_ROWS:
        return None
    fitted = fitted_table(data, room, _SIZES)
    if len(fitted.pages) > 1:
        return None
    head = head_height(data["title"], data["subtitle"], room[0])
    height = head + table_height(data, fitted) + (_SOURCE if data["source"] else 0.0)
    return Small(data, fitted, height) if height <= _MOST * room[1] else None


def stacks(tables: Sequence[Small], height: float) -> Iterator[Sequence[Small]]:
    """Yield which tables stand on each slide, in their order."""
    first, used = 0, 0.0
    for place, one in enumerate(tables):
        needed = one.height + (_GAP if place > first else 0.0)
        if place > first and used + needed > height:
            yield tables[first:place]
            first, used, needed = place, 0.0, one.height
        used += needed
    if tables:
        yield tables[first:]


def add_small(page: Page, tables: Sequence[Small], width: int) -> None:
    """Add tables to a slide, below one another."""
    shapes, top = page.slide.shapes, int(page.top)
    for one in tables:
        data = one.data
        box = (int(LEFT), top, width)
        below = add_head(page.slide, box, data["title"], data["subtitle"])
        end = add_table(shapes, data, data["rows"], one.fitted, (LEFT, below, width))
        if data["source"]:
            place = (LEFT, Emu(end + Inches(0.06)), width, Inches(0.2))
            said = plain(data["source"], 200)
            add_line(add_box(page.slide, place), said, 10, "ink-quiet", is_first=True)
            end += Inches(_SOURCE)
        top = end + Inches(_GAP)


def head_height(title: str, subtitle: str, width_in: float) -> float:
    """Return the height of what :func:`add_head` adds, in inches."""
    high = 0.24 * n_lines(plain(title, 160), width_in / 1.17, 14) + 0.08
    if subtitle:
        high += 0.185 * n_lines(plain(subtitle, 200), width_in, 11)
    return high


def add_head(slide: Any, box: tuple[int, int, int], title: str, subtitle: str) -> int:
    """Say what is below and return where that begins."""
    left, top, width = box
    frame = add_box(slide, (left, top, width, Inches(0.6)))
    add_line(frame, plain(title, 160), 14, "ink", is_bold=True, is_first=True)
    if subtitle:
        add_line(frame, plain(subtitle, 200), 11, "ink-soft")
    return int(top + Inches(head_height(title, subtitle, Emu(width).inches)))
