"""Dots with intervals on slides, one line each below another, as charts to be edited.

Lines have names, which an XY chart has no axis for: they are the labels of marks that
cannot be seen, at the left end. Bars and dots of a line chart were turned down: dots
of several groups would lie on each other there, and names would stand aslant.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Pt

from journeykit.language import say
from journeykit.report.slide_letters import ems
from journeykit.report.slide_marks import broken, key_above, marked, set_in, written_as
from journeykit.report.slide_texts import colour, plain

__all__ = [
    "Dot",
    "Dots",
    "Point",
    "add_dots",
    "label_points",
    "round_axis",
    "unseen",
    "without_keys",
    "xy_data",
]

_MAX_NAME, _MAX_SERIES = 44, 60
_WIDEST = 0.34
"""Share of the chart's width that the names of its lines take at most."""
_AROUND = 0.08
"""Share of a chart's height that its axis takes; as much again its legend."""
_MANY, _HEAD, _HEADROOM = 14, 1.0, 1.4
"""Lines from which their type is small; where a head stands above the first."""


Point = tuple[float | None, float | None]
"""Across and up; both are None for a gap."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A value on a line (0 is the first), the ends of its interval, whose it is."""

    line: float
    value: float
    low: float | None = None
    high: float | None = None
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Dots:
    """Dots of one colour: how they are called, and the role of their colour."""

    name: str
    role: str
    dots: tuple[Dot, ...]


def add_dots(
    shapes: Any,
    names: Sequence[str],
    series: Sequence[Dots],
    box: tuple[int, ...],
    *,
    number_format: str,
    ends: tuple[float, float],
    level: tuple[str, float] | None = None,
    said: tuple[str, Mapping[int, str]] = ("", {}),
) -> Any:
    """Add dots with intervals to a slide, and return the shape.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    names
        Of the lines, the first on top.
    series
        The dots.
    box
        Left, top, width, height.
    number_format
        Of the axis and the labels.
    ends
        The least and the most that the axis must reach.
    level
        Name and value of a broken line from top to bottom.
    said
        What stands at the right end of lines: the head above it, then the texts.
    """
    n = len(names)
    low, high, step = round_axis(*ends)
    given: list[tuple[str, list[Point]]] = [
        (one.name, [(dot.value, n - dot.line) for dot in one.dots]) for one in series
    ]
    barred = [one for one in series if any(dot.low is not None for dot in one.dots)]
    given += [(say("95 % interval"), _intervals(one, n)) for one in barred]
    if level is not None:
        given.append((level[0], [(level[1], 0.5), (level[1], n + 0.5)]))
    # Their names are blank: they are no data, only places for words.
    given.append((" ", [(low, n - line) for line in range(n)]))
    head, right = said
    if right:
        at = [(high, n - line) for line in right]
        given.append(("  ", [*at, (high, n + _HEAD)]))
    data = xy_data(given, number_format)
    shape = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *box, data)
    chart = shape.chart
    is_dense = n > _MANY
    size = 9 if is_dense else 11
    set_in(chart, size)
    drawn = list(chart.plots[0].series)
    for one, here in zip(series, drawn, strict=False):
        _drawn(here, one, 6 if is_dense or len(series) > 2 else 9)
    for one, here in zip(barred, drawn[len(series) :], strict=False):
        here.marker.style, here.smooth = XL_MARKER_STYLE.NONE, False
        here.format.line.color.rgb = colour(one.role)
        here.format.line.width = Pt(2)
        whose = [dot.letter for dot in one.dots if dot.low is not None]
        letters = {3 * place + 1: text for place, text in enumerate(whose) if text}
        label_points(here, letters, XL_LABEL_POSITION.RIGHT, 9)
    if level is not None:
        broken(drawn[len(series) + len(barred)])
    n_helpers = 2 if right else 1
    texts = [list(names), [*right.values(), head]]
    sides = (XL_LABEL_POSITION.LEFT, XL_LABEL_POSITION.RIGHT)
    for here, words, side in zip(drawn[-n_helpers:], texts, sides, strict=False):
        unseen(here)
        label_points(here, dict(enumerate(words)), side, size)
    has_key = len(series) + (level is not None) > 1
    first = len(series)
    hidden = [*range(first, first + len(barred)), *range(len(drawn))[-n_helpers:]]
    without_keys(chart, hidden if has_key else range(len(drawn)))
    most = n + (_HEADROOM if right else 0.5)
    _axes(chart, most, (low, high, step), number_format, is_parted=len(series) > 2)
    _placed(chart, box, texts, size, has_key=has_key)
    return shape


def xy_data(given: Sequence[tuple[str, Sequence[Point]]], number_format: str) -> Any:
    """Return the data of an XY chart: names and points of its series.

    All are made equally long by blank points: LibreOffice loses those that are shorter
    than one after them.
    """
    data: Any = XyChartData(number_format=number_format)  # type: ignore[no-untyped-call]
    most = max((len(points) for _, points in given), default=0)
    for name, points in given:
        series = data.add_series(plain(name, _MAX_SERIES) if name.strip() else name)
        for x, y in [*points, *[(None, None)] * (most - len(points))]:
            series.add_data_point(x, y)
    return data


def _intervals(one: Dots, n: int) -> list[Point]:
    """Return the ends of intervals, a gap after each.

    Custom error bars that lie flat are lost in LibreOffice, and nobody could edit them.
    """
    points: list[Point] = []
    for dot in one.dots:
        if dot.low is not None and dot.high is not None:
            y = n - dot.line
            points += [(dot.low, y), (dot.high, y), (None, None)]
    return points


def round_axis(least: float, most: float) -> tuple[float, float, float]:
    """Return the ends of an axis and its step, all round."""
    span = most - least or 1.0
    rough = span / 8
    power = 10 ** math.floor(math.log10(rough))
    step = next(one * power for one in (1, 2, 5, 10) if one * power >= rough)
    low, high = math.floor(least / step) * step, math.ceil(most / step) * step
    return round(low, 10), round(max(high, low + step), 10), step


def _drawn(series: Any, given: Dots, size: int) -> None:
    series.format.line.fill.background()
    marked(series.marker, given.role, size=size)


def unseen(series: Any) -> None:
    """Draw nothing at the points of a series: its labels are what it is for."""
    series.marker.style = XL_MARKER_STYLE.NONE
    series.format.line.fill.background()


def label_points(
    series: Any, texts: Mapping[int, str], position: Any, size: int
) -> None:
    """Write texts at points of a series, by their places; nothing at the others."""
    for place, text in texts.items():
        label = series.points[place].data_label
        frame = label.text_frame
        frame.text = plain(text, _MAX_NAME) or " "
        frame.word_wrap = False
        run = frame.paragraphs[0].runs[0]
        run.font.size, run.font.color.rgb = Pt(size), colour("ink")
        label.position = position
    for one in series._element.findall("{*}dLbls/{*}showVal"):
        one.set("val", "0")


def without_keys(chart: Any, hidden: Iterable[int]) -> None:
    """Leave series out of the legend; if none is left there is none."""
    places = sorted(hidden, reverse=True)
    if len(places) >= len(list(chart.plots[0].series)):
        chart.has_legend = False
        return
    key_above(chart)
    at = chart.legend._element.find("{*}legendPos")
    for place in places:
        entry = (
            f"<c:legendEntry {nsdecls('c')}>"
            f'<c:idx val="{place}"/><c:delete val="1"/></c:legendEntry>'
        )
        at.addnext(parse_xml(entry))


def _axes(
    chart: Any,
    most: float,
    scale: tuple[float, float, float],
    number_format: str,
    *,
    is_parted: bool,
) -> None:
    across, up = chart.category_axis, chart.value_axis
    across.minimum_scale, across.maximum_scale, across.major_unit = scale
    across.has_major_gridlines = True
    across.major_gridlines.format.line.color.rgb = colour("rule")
    written_as(across.tick_labels, _whole(number_format, scale[2]))
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.format.line.fill.background()
    up.minimum_scale, up.maximum_scale, up.major_unit = 0.5, most, 1
    up.has_major_gridlines = is_parted
    if is_parted:
        up.major_gridlines.format.line.color.rgb = colour("rule")
    up.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    up.major_tick_mark = across.major_tick_mark = XL_TICK_MARK.NONE
    up.format.line.color.rgb = colour("rule")
    # At its left end, whatever the numbers are.
    crosses = across._element.getparent().findall("{*}valAx/{*}crosses")
    for one in crosses:
        one.set("val", "min")


def _whole(number_format: str, step: float) -> str:
    """Return a format without digits after the point where steps are whole."""
    return number_format if step < 1 else number_format.replace(".0", "")


def _placed(
    chart: Any,
    box: tuple[int, ...],
    texts: Sequence[Sequence[str]],
    size: int,
    *,
    has_key: bool,
) -> None:
    """Leave room beside the field for the words at its ends."""
    wide = Emu(box[2]).inches

    def room(texts: Sequence[str]) -> float:
        most = max((ems(plain(one, _MAX_NAME)) for one in texts), default=0.0)
        return min(most * size / 72 / wide + 0.02, _WIDEST)

    left, after = room(texts[0]), max(room(texts[1]), 0.03)
    top = _AROUND if has_key else 0.02
    sides = {"x": left, "y": top, "w": 1 - left - after, "h": 1 - top - _AROUND}
    inner = "".join(f'<c:{one} val="{at:.4f}"/>' for one, at in sides.items())
    layout = parse_xml(
        f"<c:layout {nsdecls('c')}><c:manualLayout>"
        '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{inner}</c:manualLayout></c:layout>"
    )
    plot = chart._chartSpace.find("{*}chart/{*}plotArea")
    for old in plot.findall("{*}layout"):
        plot.remove(old)
    plot.insert(0, layout)
