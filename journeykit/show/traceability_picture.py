"""From the objective to the effect on its KPI as a picture, with every break numbered.

A break is said in ink, not in red: red is for what hurts customers and for nothing
else. Its number leads to its sentence in the list below the picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from xml.etree import ElementTree as ET

from markupsafe import Markup

from journeykit.check.trace_plan import (
    Box,
    TracePlan,
    break_sides,
    in_order,
    pages_of,
    placed,
    trace_plan,
)
from journeykit.check.traceability import (
    COLUMNS,
    TraceRow,
    breaks,
    traceability,
)
from journeykit.language import decimals, say, word
from journeykit.model import Document, PainPoint
from journeykit.show.drawing import (
    hinted,
    line,
    number_text,
    path,
    rect,
    root,
    text,
    written,
)
from journeykit.show.paper import sheet_size
from journeykit.show.text_width import text_width, wrapped
from journeykit.show.tokens import SIZES_PX
from journeykit.show.traceability_words import finding_of, trace_alt

__all__ = [
    "NARROW",
    "WIDE",
    "traceability_picture",
    "traceability_pictures",
    "traceability_sheets",
]

WIDE, NARROW = 1020.0, 830.0
"""Widths in a notebook, in px: alone, and beside an open list of files."""

_SHARES: Mapping[str, float] = MappingProxyType(
    {
        "objective": 1.05,
        "kpi": 1.0,
        "persona": 0.95,
        "touchpoint": 1.0,
        "pain_point": 1.15,
        "opportunity": 1.15,
        "action": 1.15,
        "effect": 1.0,
    }
)
_BARS: Mapping[str, str] = MappingProxyType(
    {"pain_point": "pain", "opportunity": "opportunity", "action": "accent"}
)
"""Colour of the bar at the left of a box: only what has a colour of its own."""

_SMALL = SIZES_PX["small"]
_LINE, _PAD, _GAP, _HEAD = 15.5, 5.0, 9.0, 44.0
_INSET = 9.0
_FEW, _SOME, _ON_A_SHEET = 60, 140, 5
_BADGE = 18.0
_CAPTION = 200.0  # what stands above a picture on a page
_HALVES = (tuple(COLUMNS)[:5], tuple(COLUMNS)[4:])
_HINT = word(
    "Nothing to trace yet. Write an objective with its KPI in step 1, and a pain point "
    "in step 7."
)


@dataclass(frozen=True)
class _Sheet:
    """How wide everything is, and how many lines a name may have."""

    document: Document
    width: float
    n_lines: int
    columns: tuple[str, ...] = tuple(COLUMNS)

    @property
    def gap(self) -> float:
        """Return the room between two columns, for lines and badges."""
        return 28.0 if self.width > 900 else 22.0

    def left(self, column: str) -> float:
        """Return where a column begins."""
        before = self.columns[: self.columns.index(column)]
        return sum(self.wide(name) + self.gap for name in before)

    def wide(self, column: str) -> float:
        """Return how wide a column is."""
        room = self.width - self.gap * (len(self.columns) - 1)
        return room * _SHARES[column] / sum(_SHARES[name] for name in self.columns)

    def lines(self, box: Box) -> tuple[str, ...]:
        """Return the name of an entry as it stands in its box."""
        column, entry = box
        room = self.wide(column) - _INSET - 3
        name = self.document[entry].name_for_people or "…"
        return wrapped(name, room, _SMALL, max_lines=self.n_lines) or ("…",)

    def height(self, box: Box) -> float:
        """Return how high a box is."""
        return len(self.lines(box)) * _LINE + 2 * _PAD


def _n_lines(rows: Sequence[TraceRow]) -> int:
    """Return how many lines a name may have: fewer where many have to be read."""
    plan = trace_plan(rows)
    most = max((len(names) for names in plan.columns.values()), default=0)
    return 5 if most <= _FEW else 3 if most <= _SOME else 2


def traceability_picture(document: Document, *, width_px: float = WIDE) -> Markup:
    """Return the whole as one picture, as high as it needs.

    Parameters
    ----------
    document
        The workshop.
    width_px
        Width of the picture.

    Examples
    --------
    >>> "Nothing to trace yet" in traceability_picture(Document())
    True
    """
    return traceability_sheets(document, width_px, float("inf"))[0]


def traceability_pictures(
    document: Document, *, paper: str = "A4 landscape"
) -> tuple[Markup, ...]:
    """Return the whole as pictures, one for each page.

    Parameters
    ----------
    document
        The workshop.
    paper
        One of :data:`journeykit.show.paper.SHEETS`. Eight columns are too many for a
        page that is higher than wide: there the way to the pain point comes first, and
        the way on from it then.

    Raises
    ------
    UnknownNameError
        If there is no such paper.
    """
    width, tallest = sheet_size(paper)
    if width > tallest:
        return traceability_sheets(document, width, tallest)
    size = width, tallest - _CAPTION
    return tuple(
        one
        for columns in _HALVES
        for one in traceability_sheets(document, *size, columns=columns)
    )


def traceability_sheets(
    document: Document,
    width_px: float,
    tallest_px: float,
    *,
    columns: tuple[str, ...] = tuple(COLUMNS),
) -> tuple[Markup, ...]:
    """Return the whole as one picture, or as several if it is higher than wanted.

    Parameters
    ----------
    document
        The workshop.
    width_px, tallest_px
        Width of the pictures, and how high one may be.
    columns
        The columns to show, side by side in the table.
    """
    width, tallest = width_px, tallest_px
    every, found = traceability(document), breaks(document)
    rows = _cut(every, columns)
    key = f"{width} {tallest} {rows!r}"
    prefix = "t" + sha256(key.encode()).hexdigest()[:10]
    if not rows:
        return (written(hinted(say(_HINT), width, prefix=prefix)),)
    n_lines = _n_lines(rows) if tallest == float("inf") else _ON_A_SHEET
    sheet = _Sheet(document, width, n_lines, columns)
    heights: dict[Box, float] = {}

    def height_of(box: Box) -> float:
        if box not in heights:
            heights[box] = sheet.height(box)
        return heights[box]

    pages = pages_of(in_order(rows), height_of, _GAP, tallest - _HEAD)
    drawn = []
    for number, own in enumerate(pages, start=1):
        plan = trace_plan(own)
        tops, whole = placed(plan, height_of, _GAP)
        title = finding_of(every, found)
        if len(pages) > 1:
            title = say(
                "{title} (page {number} of {n})",
                title=title,
                number=number,
                n=len(pages),
            )
        picture = root(
            width,
            _HEAD + whole,
            prefix=f"{prefix}-{number}",
            title=title,
            desc=trace_alt(every, found),
        )
        _draw_heads(picture, sheet, plan)
        places = {
            box: (
                sheet.left(box[0]),
                _HEAD + top,
                sheet.wide(box[0]),
                height_of(box),
            )
            for box, top in tops.items()
        }
        _draw_ties(picture, plan, places)
        sides = break_sides(found)
        for box in plan.boxes:
            _draw_box(picture, sheet, box, places[box], box[1] in sides)
        for box in plan.boxes:
            if box[0] != "effect" and box[1] in sides:
                left, right = sides[box[1]]  # there is room between columns only
                left = [] if box[0] == columns[0] else left
                right = [] if box[0] == columns[-1] else right
                _draw_breaks(picture, places[box], sheet.gap, (left, right))
        drawn.append(written(picture))
    return tuple(drawn)


def _cut(rows: Sequence[TraceRow], columns: Sequence[str]) -> tuple[TraceRow, ...]:
    """Return the rows with these columns alone, each once."""
    left_out = {name: None for name in COLUMNS if name not in columns}
    cut = dict.fromkeys(replace(row, **left_out) for row in rows)
    return tuple(row for row in cut if row != TraceRow())


def _draw_heads(picture: ET.Element, sheet: _Sheet, plan: TracePlan) -> None:
    for column in sheet.columns:
        label = say(COLUMNS[column])
        x, n = sheet.left(column), len(plan.columns[column])
        text(picture, x, 14, label, is_bold=True)
        text(picture, x, 30, decimals(n, 0) if n else say("none"), role="ink-quiet")
        line(picture, (x, 36.5, x + sheet.wide(column), 36.5), "ink", 1.5)


_Place = tuple[float, float, float, float]


def _draw_ties(
    picture: ET.Element, plan: TracePlan, places: Mapping[Box, _Place]
) -> None:
    at = number_text
    for left, right in plan.ties:
        x, y, wide, high = places[left]
        x2, y2, _, high2 = places[right]
        x1, y1, y2 = x + wide, y + high / 2, y2 + high2 / 2
        bend = min(60.0, (x2 - x1) / 2)
        path(
            picture,
            f"M{at(x1)},{at(y1)}C{at(x1 + bend)},{at(y1)} "
            f"{at(x2 - bend)},{at(y2)} {at(x2)},{at(y2)}",
            stroke="rule" if left[0] == "kpi" else "mark-quiet",
            width=1.2,
        )


def _draw_box(
    picture: ET.Element, sheet: _Sheet, box: Box, place: _Place, is_broken: bool
) -> None:
    x, y, wide, high = place
    rect(picture, (x - 1, y - 1, wide + 2, high + 2), fill="paper")
    rect(picture, place, fill="panel", stroke="ink" if is_broken else None, radius=2)
    bar = _BARS.get(box[0], "mark-quiet")
    is_past = box[0] == "pain_point" and _is_resolved(sheet.document, box[1])
    rect(picture, (x, y, 3, high), fill="mark-quiet" if is_past else bar)
    for i, words in enumerate(sheet.lines(box)):
        text(picture, x + _INSET, y + _PAD + 12 + _LINE * i, words)


def _is_resolved(document: Document, entry: str) -> bool:
    one = document[entry]
    return isinstance(one, PainPoint) and one.status == "resolved"


def _draw_breaks(
    picture: ET.Element,
    place: _Place,
    gap: float,
    sides: tuple[Sequence[int], Sequence[int]],
) -> None:
    """Draw an open end for each break, with its number."""
    x, y, wide, high = place
    for numbers, edge, way in ((sides[0], x, -1), (sides[1], x + wide, 1)):
        top = y + high / 2 - (len(numbers) - 1) * (_BADGE + 1) / 2
        for i, number in enumerate(numbers):
            words, middle = f"{number}", top + i * (_BADGE + 1)
            room = max(_BADGE, text_width(words, _SMALL, is_bold=True) + 8)
            start = edge + way * min(5.0, gap - room)
            left = start if way > 0 else start - room
            line(picture, (edge, middle, start, middle), "ink", 1.5)
            box = (left, middle - _BADGE / 2, room, _BADGE)
            rect(picture, box, fill="ink", radius=_BADGE / 2)
            at = (left + room / 2, middle + 4.5)
            text(picture, *at, words, role="paper", is_bold=True, anchor="middle")
