"""Importance against satisfaction on a slide, as an XY chart that can be edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Pt

from journeykit.language import say, word
from journeykit.report.column_words import cell_words, column_words
from journeykit.report.slide_dots import (
    label_points,
    round_axis,
    unseen,
    without_keys,
    xy_data,
)
from journeykit.report.slide_letters import ems
from journeykit.report.slide_marks import broken, marked, set_in, written_as
from journeykit.report.slide_texts import colour, plain

__all__ = ["add_quadrants", "quadrant_rows"]

_FIRST = word("Concentrate here")
_CORNERS = {
    _FIRST: (0, 1),
    word("Keep up the good work"): (1, 1),
    word("Low priority"): (0, 0),
    word("Perhaps too much"): (1, 0),
}
"""Words of each quadrant, and whether it lies right and above."""
_SIZE, _MAX_NAME, _MOST = 11, 40, 24
_WIDE, _HIGH = 11.2, 3.7
"""Inches of the field, about: where the names of dots must not lie on each other."""
_INSET = 0.05
"""Of the words in the corners, as a share of the field's height."""
_LINES = ("satisfaction_line", "importance_line")
_VALUES = ("satisfaction", "importance")

_Row = Mapping[str, Any]
_Box = tuple[float, float, float, float]


def quadrant_rows(rows: Sequence[_Row]) -> list[_Row]:
    """Return the rows that are drawn; none if their names would lie on each other."""
    placed = [row for row in rows if row["quadrant"] and _is_placed(row)]
    if not 0 < len(placed) <= _MOST:
        return []
    boxes = [_name_box(row, _field(placed)) for row in placed]
    if any(_collide(*pair) for pair in combinations(boxes, 2)):
        return []
    return placed


def _is_placed(row: _Row) -> bool:
    return all(row[one] is not None for one in (*_VALUES, *_LINES))


def _field(rows: Sequence[_Row]) -> _Box:
    """Return the ends of both axes: left, right, bottom, top."""
    ends: list[float] = []
    for value, line in zip(_VALUES, _LINES, strict=True):
        found = [row[value] for row in rows] + [rows[0][line]]
        spare = 0.12 * (max(found) - min(found) or 1.0)
        ends += [min(found) - spare, max(found) + spare]
    return (*round_axis(*ends[:2])[:2], *round_axis(*ends[2:])[:2])


def _is_left(row: _Row, field: _Box) -> bool:
    """Say whether the name of a dot stands at its left."""
    return bool(row["satisfaction"] > (field[0] + 2 * field[1]) / 3)


def _name_box(row: _Row, field: _Box) -> _Box:
    """Return the place of a name and its dot, in inches."""
    left, right, bottom, top = field
    x = (row["satisfaction"] - left) / (right - left) * _WIDE
    y = (row["importance"] - bottom) / (top - bottom) * _HIGH
    wide = ems(plain(row["name"], _MAX_NAME)) * _SIZE / 72 + 0.2
    first = x - wide if _is_left(row, field) else x - 0.1
    return first, y - 0.11, first + wide + 0.1, y + 0.11


def _collide(one: _Box, other: _Box) -> bool:
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )


def add_quadrants(shapes: Any, rows: Sequence[_Row], box: tuple[int, ...]) -> Any:
    """Add dots by satisfaction and importance, and the lines that part them.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    rows
        As :func:`quadrant_rows` gives them.
    box
        Left, top, width, height.
    """
    field = _field(rows)
    left, right, bottom, top = field
    inset = _INSET * (top - bottom)
    edges = (bottom + inset, top - inset)
    faces: dict[str, list[_Row]] = {"accent": [], "ink": [], "ink-quiet": []}
    for row in rows:
        faces[_role(row)].append(row)
    names = (say(_FIRST), say("Other"), cell_words("standing", "may be chance"))
    drawn = [
        (name, role, faces[role])
        for name, role in zip(names, faces, strict=True)
        if faces[role]
    ]
    given: list[tuple[str, Any]] = [
        (name, [(row["satisfaction"], row["importance"]) for row in those])
        for name, _, those in drawn
    ]
    across, up = (rows[0][one] for one in _LINES)
    given += [
        (column_words("satisfaction_line"), [(across, bottom), (across, top)]),
        (column_words("importance_line"), [(left, up), (right, up)]),
        (
            " ",
            [(field[is_right], edges[above]) for is_right, above in _CORNERS.values()],
        ),
    ]
    data = xy_data(given, "0.0")
    shape = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *box, data)
    chart = shape.chart
    set_in(chart, _SIZE)
    series = list(chart.plots[0].series)
    for one, (_, role, those) in zip(series, drawn, strict=False):
        one.format.line.fill.background()
        marked(one.marker, role)
        sides = {True: XL_LABEL_POSITION.LEFT, False: XL_LABEL_POSITION.RIGHT}
        for is_left, side in sides.items():
            texts = {
                place: plain(row["name"], _MAX_NAME)
                for place, row in enumerate(those)
                if _is_left(row, field) is is_left
            }
            label_points(one, texts, side, _SIZE)
    for one in series[-3:-1]:
        broken(one)
    _corners(series[-1])
    hidden = range(len(series) - 3, len(series))
    without_keys(chart, hidden if len(drawn) > 1 else range(len(series)))
    _axes(chart, field)
    return shape


def _role(row: _Row) -> str:
    if row["is_clear"] is False:
        return "ink-quiet"
    return "accent" if row["quadrant"] == _FIRST else "ink"


def _corners(series: Any) -> None:
    """Write the words of the quadrants in their corners."""
    unseen(series)
    for place, (quadrant, (is_right, _)) in enumerate(_CORNERS.items()):
        side = XL_LABEL_POSITION.LEFT if is_right else XL_LABEL_POSITION.RIGHT
        label_points(series, {place: say(quadrant)}, side, _SIZE)


def _axes(chart: Any, field: tuple[float, ...]) -> None:
    left, right, bottom, top = field
    titles = [column_words(one) for one in _VALUES]
    axes = (chart.category_axis, chart.value_axis)
    for axis, title, low, high in zip(
        axes, titles, (left, bottom), (right, top), strict=True
    ):
        axis.minimum_scale, axis.maximum_scale = low, high
        axis.major_unit = round_axis(low, high)[2]
        axis.has_major_gridlines = False
        axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        written_as(axis.tick_labels, "0.0")
        axis.format.line.color.rgb = colour("rule")
        axis.has_title = True
        axis.axis_title.text_frame.text = title
        run = axis.axis_title.text_frame.paragraphs[0].runs[0]
        run.font.size, run.font.bold = Pt(_SIZE), False
    for one in chart._chartSpace.findall(".//{*}valAx/{*}crosses"):
        one.set("val", "min")
