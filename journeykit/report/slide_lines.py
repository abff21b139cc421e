"""Curves over time on slides: survival in steps, retention of cohorts, both XY charts.

A line chart would set times that are far apart as close as others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.util import Pt

from journeykit.language import say
from journeykit.report.column_words import column_words
from journeykit.report.slide_dots import Point, round_axis, without_keys, xy_data
from journeykit.report.slide_marks import broken, marked, set_in, written_as
from journeykit.report.slide_texts import colour

__all__ = ["add_cohorts", "add_steps"]

_ALL = "all"
_Row = Mapping[str, Any]


def add_steps(
    shapes: Any, rows: Sequence[_Row], box: tuple[int, ...], number_format: str
) -> Any:
    """Add a share that falls step by step, and the ends of its interval.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    rows
        With ``time``, ``value``, ``low`` and ``high``, in order.
    box
        Left, top, width, height.
    number_format
        Of the share.
    """
    columns = ("value", "low", "high")
    given = [(column_words(one), _steps(rows, one)) for one in columns]
    data = xy_data(given, number_format)
    shape = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, *box, data)
    first, *ends = shape.chart.plots[0].series
    _line(first, "accent", 2.5)
    for one in ends:
        broken(one)
    without_keys(shape.chart, [])
    _axes(shape.chart, rows, "time", number_format)
    return shape


def _steps(rows: Sequence[_Row], column: str) -> list[Point]:
    known = [row for row in rows if row[column] is not None]
    points: list[Point] = [(row["time"], row[column]) for row in known[:1]]
    for before, row in pairwise(known):
        points.append((row["time"], before[column]))
        points.append((row["time"], row[column]))
    return points


def add_cohorts(
    shapes: Any, rows: Sequence[_Row], box: tuple[int, ...], number_format: str
) -> Any:
    """Add the retention of all cohorts, thick with its interval, and of each, thin.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    rows
        With ``cohort``, ``age``, ``value``, ``low`` and ``high``.
    box
        Left, top, width, height.
    number_format
        Of the shares.
    """
    names = [str(one) for one in dict.fromkeys(row["cohort"] for row in rows)]
    names.sort(key=lambda one: one == _ALL)  # the thick line lies above the others
    by_name = {one: [row for row in rows if str(row["cohort"]) == one] for one in names}
    given = [
        (one, [(row["age"], row["value"]) for row in those])
        for one, those in by_name.items()
    ]
    ends: list[Point] = []
    for row in by_name.get(_ALL, []):
        if row["low"] is not None and row["high"] is not None:
            age = row["age"]
            ends += [(age, row["low"]), (age, row["high"]), (None, None)]
    data = xy_data([*given, (say("95 % interval"), ends)], number_format)
    shape = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES, *box, data)
    *lines, last = shape.chart.plots[0].series
    for one, name in zip(lines, names, strict=True):
        is_oldest = any(row.get("is_oldest") for row in by_name[name])
        if name == _ALL:
            _line(one, "accent", 3)
            marked(one.marker, "accent")
        elif is_oldest:
            broken(one)
        else:
            _line(one, "mark-quiet", 1.25)
    _line(last, "accent", 1.5)
    hidden = [at for at, name in enumerate([*names, ""]) if name != _ALL]
    without_keys(shape.chart, hidden if len(names) > 1 else range(len(names) + 1))
    _axes(shape.chart, rows, "age", number_format)
    return shape


def _line(series: Any, role: str, width: float) -> None:
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.color.rgb = colour(role)
    series.format.line.width = Pt(width)


def _axes(chart: Any, rows: Sequence[_Row], time: str, number_format: str) -> None:
    set_in(chart, 12)
    across, up = chart.category_axis, chart.value_axis
    times = [row[time] for row in rows]
    shares = [row[one] for row in rows for one in ("value", "high")]
    low, high, step = round_axis(min(times), max(times))
    across.minimum_scale, across.maximum_scale = low, high
    across.major_unit = max(step, 1)
    written_as(across.tick_labels, "0")
    across.has_major_gridlines = False
    _, most, up.major_unit = round_axis(0.0, max(filter(None, shares), default=1.0))
    up.minimum_scale, up.maximum_scale = 0.0, most
    written_as(up.tick_labels, number_format)
    up.major_gridlines.format.line.color.rgb = colour("rule")
    up.format.line.fill.background()
    across.format.line.color.rgb = colour("rule")
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
