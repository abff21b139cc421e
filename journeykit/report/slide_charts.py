"""Charts that a reader can edit on a slide, made from the number twin of a picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.util import Emu, Pt

from journeykit.language import percent, say
from journeykit.report.column_words import column_words
from journeykit.report.slide_dot_charts import add_groups, add_scores, named
from journeykit.report.slide_lines import add_cohorts, add_steps
from journeykit.report.slide_marks import (
    broken,
    error_bars,
    filled,
    key_above,
    marked,
    set_in,
    upright,
    written_as,
)
from journeykit.report.slide_native import NATIVE, Native
from journeykit.report.slide_quadrants import add_quadrants
from journeykit.report.slide_shares import add_shares, add_stack
from journeykit.report.slide_texts import colour

__all__ = ["add_chart"]

_MANY_BARS = 20


_GREY = "ink-quiet"
"""Of what may be chance: dark enough for the white number at the foot of a bar."""
_KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "curves": XL_CHART_TYPE.LINE_MARKERS,
    "pairs": XL_CHART_TYPE.LINE_MARKERS,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
_PLAIN = {"cohorts": add_cohorts, "shares": add_shares, "steps": add_steps}
"""What draws a kind that needs nothing but rows, place and the form of its numbers."""
_COLOURS = {
    "bars": ("accent",),
    "curves": ("ink", "accent"),
    "pairs": ("ink", "accent"),
    "line": ("accent",),
}
_POINTS, _WHOLE = "#,##0.0;\u2212#,##0.0", "#,##0;\u2212#,##0"
"""With a true minus, as texts have it."""
_FOOT = 0.16
"""Share of a bar that its number takes: no interval may begin there."""
_MANY_LABELS, _FIELD = 10, 0.92
"""Names from which their type is small; share of a chart that its axis is long."""
_CHANCE = "may be chance"


def add_chart(
    shapes: Any,
    chart: str,
    rows: Sequence[Mapping[str, Any]],
    box: tuple[int, ...],
    whole: Sequence[Mapping[str, Any]] = (),
) -> Any:
    """Add a chart to a slide, and return its shape.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    chart
        A key of :data:`journeykit.report.slide_native.NATIVE`.
    rows
        As :func:`journeykit.report.slide_native.chart_pages` gives them.
    box
        Left, top, width, height.
    whole
        The rows of all its slides, if it has several.
    """
    native = _drawn_as(NATIVE[chart], rows)
    says = _number_format(native, rows)
    if native.kind not in _KINDS:
        return _drawn_elsewhere(shapes, native, rows, box, (says, whole or rows))
    ordered = list(reversed(rows)) if native.kind == "bars" else list(rows)
    data: Any = CategoryChartData(number_format=says)  # type: ignore[no-untyped-call]
    data.categories = [named(row, str(row[native.category])) for row in ordered]
    for name in native.values:
        data.add_series(column_words(name), [row[name] for row in ordered])
    levels = _levels(native, ordered)
    for name, values in levels.items():
        data.add_series(name, values)
    shape = shapes.add_chart(_KINDS[native.kind], *box, data)
    _looks(shape.chart, native, len(levels), says)
    if native.kind in {"curves", "pairs"}:
        names = [str(row[native.category]) for row in ordered]
        upright(shape.chart.category_axis, names, _FIELD * Emu(box[2]).inches)
    if native.kind == "pairs":
        _joined(shape.chart, native, ordered)
    elif any(row.get(native.low) is not None for row in rows):
        _with_ends(shape.chart, native, ordered, levels)
    if native.values == ("felt", "measured"):
        shape.chart.value_axis.major_unit = 1
    if native.kind == "curves":
        axis = shape.chart.value_axis
        axis.minimum_scale, axis.maximum_scale = -2.0, 2.0
    if native.kind == "bars":
        _from_zero(shape.chart, native, ordered)
    if native.kind in {"bars", "pairs"}:
        _greyed(shape.chart, native, ordered)
    return shape


def _drawn_elsewhere(
    shapes: Any,
    native: Native,
    rows: Sequence[Mapping[str, Any]],
    box: tuple[int, ...],
    more: tuple[str, Sequence[Mapping[str, Any]]],
) -> Any:
    """Add a chart of a kind that has a module of its own."""
    says, whole = more
    plain = _PLAIN.get(native.kind)
    if plain is not None:
        return plain(shapes, rows, box, says)
    match native.kind:
        case "stack":
            columns = (native.category, native.values[0])
            return add_stack(shapes, rows, columns, box, says)
        case "quadrants":
            return add_quadrants(shapes, rows, box)
        case "groups":
            return add_groups(shapes, rows, box, number_format=says, whole=whole)
    return add_scores(
        shapes,
        rows,
        native.category,
        box,
        number_format=says,
        level=_mean(rows) if native.has_mean else None,
        has_places=native.has_mean,
    )


def _with_ends(
    chart: Any,
    native: Native,
    rows: Sequence[Mapping[str, Any]],
    levels: Mapping[str, Sequence[float | None]],
) -> None:
    """Draw the intervals of what is measured, and let the axis reach around them."""
    ends = [(row.get(native.low), row.get(native.high)) for row in rows]
    all_series = list(chart.plots[0].series)
    n_first = len(native.values) - 1
    for series in all_series[n_first : len(all_series) - len(levels)]:
        error_bars(series, list(series.values), ends)
    if native.kind == "line":
        given = [one for some in levels.values() for one in some]
        _room_for_ends(chart, native, rows, given)


def _drawn_as(native: Native, rows: Sequence[Mapping[str, Any]]) -> Native:
    """Return bars as dots if an interval would cross the number at a bar's foot."""
    lows = [row[native.low] for row in rows if row.get(native.low) is not None]
    highs = [row[native.high] for row in rows if row.get(native.high) is not None]
    if native.kind == "bars" and lows and min(lows) < _FOOT * max(highs):
        return replace(native, kind="dots")
    return native


def _may_be_chance(row: Mapping[str, Any]) -> bool:
    return bool(row.get("standing") == _CHANCE)


def _levels(
    native: Native, rows: Sequence[Mapping[str, Any]]
) -> dict[str, list[float | None]]:
    """Return what is drawn as broken lines beside the values, by what it is called."""
    found = {
        column_words(name): [row.get(name) for row in rows] for name in native.levels
    }
    return {
        name: values
        for name, values in found.items()
        if any(one is not None for one in values)
    }


def _mean(rows: Sequence[Mapping[str, Any]]) -> tuple[str, float] | None:
    """Return what the mean of all is called, and the mean, each counting once."""
    given = [row["value"] for row in rows]
    if len(given) < 2 or None in given:
        return None
    return say("Mean"), sum(given) / len(given)


def _from_zero(chart: Any, native: Native, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let bars begin at zero, whatever a program would choose, and end beyond all."""
    names = (*native.values, native.low, native.high)
    found = [row[name] for row in rows for name in names if row.get(name) is not None]
    low, high = min([0.0, *found]), max([0.0, *found])
    spare = 0.06 * (high - low)
    chart.value_axis.minimum_scale = low - spare if low < 0 else 0.0
    chart.value_axis.maximum_scale = high + spare if high > 0 else 1.0


def _greyed(chart: Any, native: Native, rows: Sequence[Mapping[str, Any]]) -> None:
    """Show in grey what may be chance, as the words below say."""
    for at, series in enumerate(list(chart.plots[0].series)[: len(native.values)]):
        for place, row in enumerate(rows):
            if not _may_be_chance(row):
                continue
            point = series.points[place]
            if native.kind == "bars":
                filled(point.format, _GREY)
            else:
                is_ring = native.kind == "pairs" and at == 0
                marked(point.marker, _GREY, is_ring=is_ring)
                filled(point.format, "mark-quiet" if is_ring else _GREY)
                point.format.line.fill.background()


def _number_format(native: Native, rows: Sequence[Mapping[str, Any]]) -> str:
    found = [
        abs(row[one]) for row in rows for one in native.values if row[one] is not None
    ]
    if native.values == ("felt", "measured"):
        return "+0.0;\u22120.0;0.0"
    if found and max(found) <= 1:
        # The space before the sign is that of the language.
        space = percent(0.5)[2:-1]
        return f'0"{space}"%' if space else "0%"
    return _POINTS


def _looks(chart: Any, native: Native, n_levels: int, number_format: str) -> None:
    n_rows = len(list(chart.plots[0].categories))
    is_dense = (native.kind == "bars" and n_rows > _MANY_BARS) or (
        native.kind in {"curves", "pairs"} and n_rows > _MANY_LABELS
    )
    set_in(chart, 10 if is_dense else 12)
    several = native.kind != "bars" and len(list(chart.plots[0].series)) > 1
    if several:
        key_above(chart)
    else:
        chart.has_legend = False
    plot = chart.plots[0]
    roles = _COLOURS[native.kind]
    all_series = list(plot.series)
    n_own = len(all_series) - n_levels
    for at, (series, role) in enumerate(
        zip(all_series[:n_own], roles * n_own, strict=False)
    ):
        if native.kind == "bars":
            filled(series.format, role)
            continue
        series.smooth = False
        marked(series.marker, role, is_ring=native.kind == "pairs" and at == 0)
        if native.kind in {"curves", "line"}:
            series.format.line.color.rgb = colour(role)
            series.format.line.width = Pt(1.5 if at else 2.25)
        else:
            series.format.line.fill.background()
    for series in all_series[n_own:]:
        broken(series)
    if native.kind == "bars":
        # Few bars stay slim.
        gap = 35 if is_dense else max(60, round(100 * (8 / max(1, n_rows) - 1)))
        plot.gap_width = min(500, gap)
        plot.has_data_labels = True
        plot.data_labels.font.size = Pt(9 if is_dense else 11)
        plot.data_labels.show_value = True
        place = XL_LABEL_POSITION.INSIDE_BASE
        plot.data_labels.position = (
            place if native.low else XL_LABEL_POSITION.OUTSIDE_END
        )
        if native.low:
            plot.data_labels.font.color.rgb = colour("paper")
    _axes(chart, native, number_format)


def _axes(chart: Any, native: Native, number_format: str) -> None:
    value, category = chart.value_axis, chart.category_axis
    value.has_major_gridlines = native.kind != "bars"
    value.visible = value.has_major_gridlines
    if value.has_major_gridlines:
        value.major_gridlines.format.line.color.rgb = colour("rule")
    value.format.line.fill.background()
    written_as(value.tick_labels, number_format)
    category.format.line.color.rgb = colour("rule")
    category.has_major_gridlines = False
    # Names stay clear of bars that run to the left.
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def _joined(chart: Any, native: Native, rows: Sequence[Mapping[str, Any]]) -> None:
    """Join the two marks of each pair by a line, their numbers at its ends."""
    pairs = [tuple(row[name] for name in native.values) for row in rows]
    series = list(chart.plots[0].series)
    ends: list[tuple[Any, Any]] = [
        (None, None) if None in pair else (min(pair), max(pair)) for pair in pairs
    ]
    error_bars(series[1], [pair[1] for pair in pairs], ends)
    _room_for_ends(chart, native, rows, ())
    for place, pair in enumerate(pairs):
        if None in pair or len(rows) > _MANY_LABELS:
            continue
        for one, mine, other in zip(series, pair, reversed(pair), strict=True):
            is_upper = mine > other or (mine == other and one is series[0])
            label = one.points[place].data_label
            label.position = (
                XL_LABEL_POSITION.ABOVE if is_upper else XL_LABEL_POSITION.BELOW
            )


def _room_for_ends(
    chart: Any,
    native: Native,
    rows: Sequence[Mapping[str, Any]],
    levels: Sequence[float | None],
) -> None:
    """Let an axis reach around the intervals: by itself it sees only the values."""
    names = (*native.values, native.low, native.high)
    given = [row.get(name) for row in rows for name in names]
    found = [one for one in (*given, *levels) if one is not None]
    if native.kind == "pairs":
        # Numbers stand above and below.
        spare = 0.06 * (max(found) - min(found))
        found += [min(found) - spare, max(found) + spare]
    step = 10 ** math.floor(math.log10(max(found) - min(found) or 1))
    if step >= 1 and native.values != ("felt", "measured"):
        written_as(chart.value_axis.tick_labels, _WHOLE)
    elif native.values == ("felt", "measured"):
        found, step = [-2.0, 2.0], 1
    chart.value_axis.minimum_scale = math.floor(min(found) / step) * step
    chart.value_axis.maximum_scale = math.ceil(max(found) / step) * step
