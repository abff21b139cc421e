"""The journey map on slides: the curve as a chart, then one stage at a time as a table.

Both are the program's own, so that they can be edited. Pictures of the map were turned
down here: at the size of a slide their type is four points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.util import Emu, Pt

from journeykit.language import say
from journeykit.report.slide_grid import Cell, Line, add_grid
from journeykit.report.slide_letters import ems, n_lines
from journeykit.report.slide_marks import error_bars, upright
from journeykit.report.slide_tables import MARGIN, row_height
from journeykit.report.slide_texts import colour, plain
from journeykit.show.paper import fair_pages
from journeykit.show.tokens import EMOTION_ROLES

__all__ = ["StageTable", "add_curve", "add_stage", "curve_parts", "stage_tables"]

_MAX_COLUMNS, _MAX_POINTS, _FIELD = 5, 16, 0.93
_FULL = 2
_DIAMOND = "\N{BLACK DIAMOND}"
_LABEL, _WIDEST_LABEL = 2.0, 2.85
"""Inches of the column of lane heads, and at most, where words of heads are long."""
_HEAD = 0.62
_SIZES = (14, 13, 12, 11)
_PAD = 0.035
_BOLD = 1.15
_MAX_NOTES, _MAX_NOTE = 6, 160
_LANE_ROLES = {"pain_points": "pain", "opportunities": "opportunity"}

_Sheet = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Row:
    """A lane: notes at each touchpoint, or (*is_whole*) on the whole stage."""

    lane: str
    label: str
    cells: tuple[tuple[str, ...], ...]
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class StageTable:
    """What one slide shows of a stage.

    Parameters
    ----------
    title, subtitle
        What stands out; which stage it is.
    heads
        Name and channel of the touchpoints.
    rows
        Lanes with their notes.
    felt
        The emotion at each touchpoint, None where nobody was asked.
    foot
        Who is meant by which letter.
    size
        Of the type, in points.
    label_in
        Width of the column of lane heads.
    """

    title: str
    subtitle: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[_Row, ...]
    felt: tuple[float | None, ...]
    foot: str
    size: int = 12
    label_in: float = _LABEL


def stage_tables(
    sheets: Sequence[_Sheet], width_in: float, height_in: float
) -> Iterator[StageTable]:
    """Yield the tables of all stages, each no taller than a slide.

    Parameters
    ----------
    sheets
        As :func:`journeykit.show.stage_sheets.stage_sheets` gives them.
    width_in, height_in
        The room for a table, in inches.
    """
    for sheet in sheets:
        n = len(sheet["columns"])
        n_parts = -(-n // _MAX_COLUMNS)
        ends = [round(n * part / n_parts) for part in range(n_parts + 1)]
        tried = [
            [
                (places, page, size)
                for places in (range(*pair) for pair in pairwise(ends))
                for page in _pages(
                    [row for lane in sheet["lanes"] for row in _rows(lane, places)],
                    _widths(len(places), width_in, label_in),
                    height_in - _HEAD,
                    size,
                )
            ]
            for size, label_in in _labelled(sheet)
        ]
        # As few slides as can be, their type as large as these allow.
        pages = min(tried, key=len)
        for number, (places, page, size) in enumerate(pages, start=1):
            part = say("{n} of {total}", n=number, total=len(pages))
            said = [sheet["stage"], sheet["pains"], part if len(pages) > 1 else ""]
            subtitle = " · ".join(filter(None, said))
            table = _table(sheet, places, page, subtitle)
            label_in = dict(_labelled(sheet))[size]
            yield replace(table, size=size, label_in=label_in)


def _table(
    sheet: _Sheet, places: range, rows: Sequence[_Row], subtitle: str
) -> StageTable:
    columns = [sheet["columns"][place] for place in places]
    people = [f"{letter} {name}" for letter, name in sheet["people"]]
    if any(one["is_moment_of_truth"] for one in columns):
        truth = say("moment of truth")
        people.insert(0, f"{_DIAMOND} {truth}")
    return StageTable(
        sheet["title"],
        subtitle,
        tuple(
            (f"{_DIAMOND} {name}" if one["is_moment_of_truth"] else name, channel)
            for one in columns
            for name, channel in [(one["name"], one["channel"])]
        ),
        tuple(rows),
        tuple(one["felt"] for one in columns),
        " · ".join(people),
    )


def _labelled(sheet: _Sheet) -> list[tuple[int, float]]:
    """Return sizes of type, and how wide lane heads are so that no word is broken."""
    words = [word for lane in sheet["lanes"] for word in lane["label"].split(" ")]
    inches = max(map(ems, words), default=0.0) * _BOLD / 72
    found = [(size, max(_LABEL, inches * size + MARGIN)) for size in _SIZES]
    fitting = [one for one in found if one[1] <= _WIDEST_LABEL]
    return fitting or [(_SIZES[-1], _WIDEST_LABEL)]


def _widths(n_columns: int, width_in: float, label_in: float) -> list[float]:
    return [label_in, *[(width_in - label_in) / n_columns] * n_columns]


def _rows(lane: _Sheet, places: range) -> Iterator[_Row]:
    """Yield a lane as rows of at most some notes in a cell."""
    label = lane["label"]
    if lane["stage"] and places.start == 0:
        for start in range(0, len(lane["stage"]), _MAX_NOTES):
            part = _cut(lane["stage"], start)
            yield _Row(lane["lane"], label, (part,), is_whole=True)
            label = ""
    cells = [lane["notes"][place] for place in places]
    for start in range(0, max(map(len, cells)), _MAX_NOTES):
        parts = tuple(_cut(cell, start) for cell in cells)
        yield _Row(lane["lane"], label, parts)
        label = ""


def _cut(notes: Sequence[str], start: int) -> tuple[str, ...]:
    part = notes[start : start + _MAX_NOTES]
    return tuple(plain(note, _MAX_NOTE) for note in part)


def _pages(
    rows: Sequence[_Row], widths: Sequence[float], room: float, size: int
) -> Iterator[list[_Row]]:
    heights = [_height(row, widths, size) for row in rows]
    for page in fair_pages(heights, room):
        yield list(rows[page.start : page.stop])


def _height(row: _Row, widths: Sequence[float], size: int) -> float:
    room = [sum(widths[1:])] if row.is_whole else widths[1:]
    pairs = zip(row.cells, room, strict=True)
    most = max(
        sum(n_lines(note, width - MARGIN, size) for note in cell)
        for cell, width in pairs
    )
    label = n_lines(row.label, (widths[0] - MARGIN) / _BOLD, size)
    return row_height(max(most, label), size, 2 * _PAD)


def add_stage(shapes: Any, table: StageTable, box: tuple[int, int, int]) -> None:
    """Add a table of a stage to a slide; *box* is left, top and width."""
    n_columns, size = len(table.heads), table.size
    widths = _widths(n_columns, Emu(box[2]).inches, table.label_in)
    head = [Cell(())]
    for name, channel in table.heads:
        lines = [Line(plain(name, 60), 13, "ink", is_bold=True)]
        lines += [Line(plain(channel, 60), 11, "ink-quiet")] if channel else []
        head.append(Cell(lines, anchor="b"))
    rows = [(_HEAD, head)]
    for row in table.rows:
        role = _LANE_ROLES.get(row.lane, "ink-soft")
        cells = [Cell((Line(row.label, size, role, is_bold=True),))]
        span = n_columns if row.is_whole else 1
        for place in range(0, n_columns, span):
            felt = table.felt[place] if row.lane == "emotion" and row.label else None
            cells.append(_noted(row.cells[place], felt, size, span))
        rows.append((_height(row, widths, size), cells))
    add_grid(shapes, widths, rows, box, _PAD)


def _noted(notes: Sequence[str], felt: float | None, size: int, span: int) -> Cell:
    """Return a cell, in the colour of an emotion if it has one."""
    if felt is None:
        return Cell([Line(note, size) for note in notes], span=span)
    level = max(-2, min(2, round(felt)))
    role = "paper" if abs(level) == _FULL else "ink"
    lines = [Line(note, size, role) for note in notes]
    return Cell(lines, fill=EMOTION_ROLES[level], span=span)


def curve_parts(sheets: Sequence[_Sheet]) -> Iterator[list[Mapping[str, Any]]]:
    """Yield the points of the emotion curve, as many as a slide can name."""
    points = [column for sheet in sheets for column in sheet["columns"]]
    if all(one["felt"] is None and one["measured"] is None for one in points):
        return
    n_parts = -(-len(points) // _MAX_POINTS)
    ends = [round(len(points) * part / n_parts) for part in range(n_parts + 1)]
    for first, last in pairwise(ends):
        yield points[first:last]


def add_curve(
    shapes: Any, points: Sequence[Mapping[str, Any]], box: tuple[int, ...]
) -> Any:
    """Add the emotion curve to a slide as a chart that can be edited.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    points
        As :func:`curve_parts` gives them.
    box
        Left, top, width, height.
    """
    data: Any = CategoryChartData(number_format="+0.0;\u22120.0;0.0")  # type: ignore[no-untyped-call]
    data.categories = [plain(one["name"], 60) or " " for one in points]
    data.add_series(say("Felt"), [one["felt"] for one in points])
    has_measured = any(one["measured"] is not None for one in points)
    if has_measured:
        data.add_series(say("Measured"), [one["measured"] for one in points])
    hurts = [bool(one["n_pain_points"]) and one["felt"] is not None for one in points]
    if any(hurts):
        # A series of its own: not every program colours single points of a line.
        at = zip(points, hurts, strict=True)
        data.add_series(
            say("It hurts"), [one["felt"] if is_in else None for one, is_in in at]
        )
    shape = shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, data)
    chart = shape.chart
    chart.font.size, chart.font.color.rgb = Pt(12), colour("ink")
    chart.has_title, chart.has_legend = False, True
    chart.legend.position = XL_LEGEND_POSITION.TOP
    chart.legend.include_in_layout = False
    looks = [("accent", 3.0, 9)]
    looks += [("mark-quiet", 1.5, 6)] if has_measured else []
    looks += [("pain", 0.0, 12)] if any(hurts) else []
    for series, (role, width, size) in zip(chart.plots[0].series, looks, strict=True):
        series.smooth = False
        if width:
            series.format.line.color.rgb = colour(role)
            series.format.line.width = Pt(width)
        else:
            series.format.line.fill.background()
        _marked(series.marker, role, size)
    if has_measured:
        ends = [(one.get("low"), one.get("high")) for one in points]
        measured = chart.plots[0].series[1]
        error_bars(measured, list(measured.values), ends, role="mark-quiet")
    value, category = chart.value_axis, chart.category_axis
    value.minimum_scale, value.maximum_scale, value.major_unit = -2, 2, 1
    value.tick_labels.number_format = "+0;\u22120;0"
    value.tick_labels.number_format_is_linked = False
    value.major_gridlines.format.line.color.rgb = colour("rule")
    value.format.line.fill.background()
    names = [plain(one["name"], 60) for one in points]
    upright(category, names, _FIELD * Emu(box[2]).inches)
    category.format.line.color.rgb = colour("rule")
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    return shape


def _marked(marker: Any, role: str, size: int) -> None:
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, size
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour(role)
    marker.format.line.color.rgb = colour("paper")
