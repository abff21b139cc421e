"""The roadmap as a static picture: bars by owner, what waits for what, today, and load.

Late is said in ink and in words, not in red: red is for what hurts customers and for
nothing else. Every size is measured before it is drawn, so that no text lies on
another; what has no room for all of its words ends in an ellipsis, and the table that
the picture is drawn from has them whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from markupsafe import Markup

from journeykit.errors import UnknownNameError
from journeykit.language import say, word
from journeykit.layout.day_words import day_text
from journeykit.layout.roadmap import Bar, Owner, Roadmap, Wait, roadmap
from journeykit.model.document import Document
from journeykit.show.drawing import (
    circle,
    hinted,
    line,
    number_text,
    path,
    rect,
    root,
    text,
    written,
)
from journeykit.show.numbers import trimmed
from journeykit.show.roadmap_axis import Axis
from journeykit.show.roadmap_key import BAR_ROLES, KEY_PX, draw_key, key_names
from journeykit.show.roadmap_rows import LINE, Row, rows_of, rows_on_pages
from journeykit.show.roadmap_words import bar_words, roadmap_alt, roadmap_finding
from journeykit.show.text_width import text_width
from journeykit.show.tokens import SIZES_PX

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "NARROW",
    "PAPER",
    "WIDE",
    "roadmap_data",
    "roadmap_picture",
    "roadmap_pictures",
]

WIDE = 1030.0
"""Width of the picture in a notebook, in px."""

NARROW = 830.0
"""Width of the picture beside an open list of files, in px."""

PAPER: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "A4 landscape": (1030.0, 670.0),
        "A4 portrait": (680.0, 1020.0),
        "slide": (1176.0, 500.0),
    }
)
"""Width and greatest height on a page, in px: the smallest type prints at 9 points."""

_SMALL = SIZES_PX["small"]
_AXIS = 46.0
_LOAD = 20.0
_BAR = 14.0
_MIDDLE = 12.0
_HINT = word("No action has a day yet. Write who does what by when.")


@dataclass(frozen=True, slots=True)
class _Page:
    """One picture: its rows with their tops, and the axis."""

    plan: Roadmap
    axis: Axis
    rows: tuple[tuple[float, Row], ...]
    bottom: float

    def middle_of(self, action: str) -> tuple[float, Bar] | None:
        for top, row in self.rows:
            if row.bar is not None and row.bar.action.id == action:
                return top + _MIDDLE, row.bar
        return None


def roadmap_data(document: Document, today: date) -> pd.DataFrame:
    """Return the table that the roadmap is drawn from: a row for each action.

    Parameters, as for :func:`roadmap_picture`.

    Returns
    -------
    DataFrame
        ``owner``, ``action``, ``type``, ``status``, ``start``, ``due``,
        ``effort_days``, ``days_late``, ``waits_for`` and ``said``.
    """
    import pandas as pd

    from journeykit.show.roadmap_words import rows_for_table

    columns = ["owner", "action", "type", "status", "start", "due"]
    columns += ["effort_days", "days_late", "waits_for", "said"]
    rows = rows_for_table(roadmap(document, today))
    return pd.DataFrame(rows, columns=columns, dtype=object)


def roadmap_picture(
    document: Document, today: date, *, width_px: float = WIDE
) -> Markup:
    """Return the roadmap as one picture.

    Parameters
    ----------
    document
        The workshop as it stands.
    today
        The day on which it is looked at.
    width_px
        Width of the picture.

    Examples
    --------
    >>> from journeykit.model import Action, Document
    >>> signs = Action(id="a", text="Signs & maps", due=date(2026, 3, 2))
    >>> "7 days late" in roadmap_picture(Document([signs]), date(2026, 3, 9))
    True
    """
    return _pictures(roadmap(document, today), width_px, float("inf"), f"{width_px}")[0]


def roadmap_pictures(
    document: Document,
    today: date,
    *,
    paper: str = "A4 landscape",
    caption_px: float = 0.0,
) -> tuple[Markup, ...]:
    """Return the roadmap as pictures, one for each page.

    Parameters
    ----------
    document, today
        As for :func:`roadmap_picture`.
    paper
        One of :data:`PAPER`.
    caption_px
        Height that is left free above the first picture, for a heading.

    Raises
    ------
    UnknownNameError
        If there is no such paper.
    """
    if paper not in PAPER:
        raise UnknownNameError("paper", paper, PAPER)
    width, tallest = PAPER[paper]
    return _pictures(roadmap(document, today), width, tallest, paper, caption_px)


def _pictures(
    plan: Roadmap, width: float, tallest: float, key: str, caption: float = 0.0
) -> tuple[Markup, ...]:
    prefix = "r" + sha256(f"{key}\n{plan!r}".encode()).hexdigest()[:10]
    head = min(290.0, 0.29 * width)
    axis = Axis(plan.first, plan.last, head + 16, width - 8, plan.language)
    rows = rows_of(plan, head - 8, width - 8)
    if not rows:
        return (written(hinted(say(_HINT), width, prefix=prefix)),)
    pages = rows_on_pages(rows, tallest - _AXIS - KEY_PX, head - 8, caption)
    drawn = []
    for number, own in enumerate(pages, start=1):
        top, placed = _AXIS, []
        for row in own:
            placed.append((top, row))
            top += row.height
        page = _Page(plan, axis, tuple(placed), top)
        names = key_names(plan, own)
        title = roadmap_finding(plan)
        if len(pages) > 1:
            title = say(
                "{title} (page {number} of {n})",
                title=title,
                number=number,
                n=len(pages),
            )
        picture = root(
            width,
            draw_key(None, top, width, names),
            prefix=f"{prefix}-{number}",
            title=title,
            desc=roadmap_alt(plan),
        )
        _draw(picture, page, width)
        draw_key(picture, top, width, names)
        drawn.append(written(picture))
    return tuple(drawn)


def _draw(picture: ET.Element, page: _Page, width: float) -> None:
    bars = [top for top, row in page.rows if row.bar is not None]
    if page.plan.bars and (bars or page.rows[0][1].owner is not None):
        _draw_axis(picture, page, width)
    for wait in page.plan.waits:
        _draw_wait(picture, page, wait)
    for top, row in page.rows:
        if row.bar is None:
            _draw_head(picture, page, top, row, width)
        else:
            _draw_row_words(picture, top, row)
    for top, row in page.rows:
        if row.bar is not None:
            _draw_bar(picture, page, top + _MIDDLE, row.bar)


def _bottom_of_bars(page: _Page) -> float:
    return max(
        (top + row.height for top, row in page.rows if row.owner is not None),
        default=_AXIS,
    )


def _draw_axis(picture: ET.Element, page: _Page, width: float) -> None:
    axis, bottom = page.axis, _bottom_of_bars(page)
    for tick in axis.ticks():
        line(picture, (tick.x, 24, tick.x, bottom), "rule")
        if tick.words:
            text(picture, tick.x + 4, 38, tick.words, role="ink-quiet")
    line(picture, (0, _AXIS, width, _AXIS), "ink", 1.5)
    x = axis.x(page.plan.today)
    line(picture, (x, 18, x, bottom), "accent", 2)
    today = day_text(page.plan.today, page.plan.language)
    said = say("Today, {day}", day=today)
    room = text_width(said, _SMALL, is_bold=True)
    is_right = x + room > axis.right
    anchor = "end" if is_right else "start"
    text(picture, x, 13, said, role="accent", is_bold=True, anchor=anchor)


def _draw_head(
    picture: ET.Element, page: _Page, top: float, row: Row, width: float
) -> None:
    if not row.is_head:  # an action without a day
        text(picture, 0, top + LINE, row.lines[0], role="ink-soft")
        return
    if top > _AXIS:
        line(picture, (0, top, width, top), "rule")
    text(picture, 0, top + 18, row.lines[0], is_bold=True)
    text(picture, 0, top + 33, row.said, role="ink-quiet")
    if row.owner is not None:
        _draw_loads(picture, page.axis, top + 10, row.owner)


def _draw_loads(picture: ET.Element, axis: Axis, top: float, owner: Owner) -> None:
    """Draw days of work week by week: as numbers, or as columns where weeks are thin.

    A full column is all that the person can give.
    """
    said = [trimmed(load.days, 1) for load in owner.loads]
    widest = max((text_width(one, _SMALL, is_bold=True) for one in said), default=0)
    for load, words in zip(owner.loads, said, strict=True):
        if not axis.first <= load.week < axis.last:
            continue
        left, right = axis.x(load.week), axis.x(load.week + timedelta(days=7))
        gap = 1 if right - left > 4 else 0
        has_words = widest + 4 <= right - left - gap
        share = 1.0 if has_words or load.is_over else load.days / load.capacity
        high = max(1.5, _LOAD * min(1.0, share))
        box = (left + gap, top + _LOAD - high, right - left - gap, high)
        quiet = "accent-tint" if has_words else "accent"
        rect(picture, box, fill="ink" if load.is_over else quiet)
        if has_words:
            middle = (left + right + gap) / 2
            role, bold = ("paper", True) if load.is_over else ("ink", False)
            y = top + 14.5
            text(picture, middle, y, words, role=role, is_bold=bold, anchor="middle")
    if owner.loads and widest + 5 > axis.x(axis.first + timedelta(days=7)) - axis.left:
        first, last = axis.x(owner.loads[0].week), axis.after(owner.loads[-1].week)
        y = top + _LOAD + 0.5
        line(picture, (first, y, last, y), "mark-quiet")


def _draw_row_words(picture: ET.Element, top: float, row: Row) -> None:
    for i, words in enumerate(row.lines):
        text(picture, 12, top + 16.5 + LINE * i, words)


def _ends(page: _Page, bar: Bar) -> tuple[float, float]:
    left = page.axis.x(min(bar.first, bar.last))
    right = page.axis.after(max(bar.first, bar.last))
    return left, max(right, left + 4)


def _draw_bar(picture: ET.Element, page: _Page, y: float, bar: Bar) -> None:
    left, right = _ends(page, bar)
    fill, edge = BAR_ROLES[bar.action.status]
    if bar.has_both:
        box = (left, y - _BAR / 2, right - left, _BAR)
        rect(picture, box, fill=fill, stroke=edge, radius=3)
    else:
        circle(picture, left, y, 6, fill=fill, stroke=edge, width=2)
        left, right = left - 8, left + 8
    end = right
    if bar.days_late:
        end = max(right + 3, page.axis.x(page.plan.today))
        line(picture, (right, y, end, y), "ink", 3)
    _say_beside(picture, page, (left, end, y), bar)


def _say_beside(
    picture: ET.Element, page: _Page, place: tuple[float, float, float], bar: Bar
) -> None:
    """Write what a bar says: at its right, else at its left, else in it."""
    left, end, y = place
    said, is_bold = bar_words(bar, page.plan.language), bar.days_late > 0
    room = text_width(said, _SMALL, is_bold=is_bold)
    ends = {one for wait in page.plan.waits for one in (wait.action, wait.after)}
    gap = 14 if bar.action.id in ends else 7
    role = "ink" if is_bold else "ink-quiet"
    x, anchor = end + gap, "start"
    if x + room > page.axis.right + 8:
        if left - gap - room >= page.axis.left:
            x, anchor = left - gap, "end"
        else:
            x, role = left + 7, "paper" if bar.action.status == "doing" else "ink"
    if x != left + 7:  # on paper, clear of lines
        box = (x - 2 if anchor == "start" else x - room - 2, y - 8, room + 4, 16)
        rect(picture, box, fill="paper")
    text(picture, x, y + 4.5, said, role=role, is_bold=is_bold, anchor=anchor)


def _draw_wait(picture: ET.Element, page: _Page, wait: Wait) -> None:
    """Draw an elbow from the end of what comes first to the start of what waits."""
    first, then = page.middle_of(wait.after), page.middle_of(wait.action)
    if first is None or then is None:
        return  # on another page; the table names both
    (y1, bar1), (y2, bar2) = first, then
    x1, x2 = _ends(page, bar1)[1], _ends(page, bar2)[0] - 1
    role, width = ("ink", 2.0) if wait.is_broken else ("mark-quiet", 1.25)
    at = number_text
    if x2 - x1 >= 14:
        way = f"M{at(x1)},{at(y1)}H{at(x1 + 6)}V{at(y2)}H{at(x2 - 3)}"
    else:
        between = y2 + (-_MIDDLE if y1 < y2 else _MIDDLE)
        way = f"M{at(x1)},{at(y1)}H{at(x1 + 6)}V{at(between)}H{at(x2 - 10)}V{at(y2)}"
        way += f"H{at(x2 - 3)}"
    dashes = {"stroke_dasharray": "5 3"} if wait.is_broken else {}
    path(picture, way, stroke=role, width=width, **dashes)
    head = f"M{at(x2)},{at(y2)}l-6,-4v8z"
    path(picture, head, fill=role)
