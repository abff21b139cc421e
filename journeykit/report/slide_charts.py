"""Charts that a reader can edit on a slide, made from the number twin of a picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.util import Pt

from journeykit.language import percent, say
from journeykit.report.column_words import cell_words, column_words
from journeykit.report.slide_marks import broken, error_bars, filled, marked
from journeykit.report.slide_texts import colour

__all__ = ["NATIVE", "add_chart", "chart_rows"]

_MAX_ROWS, _MANY_BARS = 24, 20


@dataclass(frozen=True, slots=True)
class _Native:
    """How a chart is drawn natively: its kind, and the columns of the twin it uses.

    A twin with the column *of_several* says more than one such chart can show.
    """

    kind: Literal["bars", "curves", "dots", "pairs", "line", "stack"]
    category: str
    values: tuple[str, ...]
    low: str = ""
    high: str = ""
    only: tuple[str, object] | None = None
    levels: tuple[str, ...] = ()
    has_mean: bool = False
    of_several: str = ""


NATIVE: Mapping[str, _Native] = MappingProxyType(
    {
        "scores_by_touchpoint": _Native(
            "bars", "touchpoint", ("value",), "low", "high"
        ),
        "driver_shares": _Native("bars", "driver", ("value",), "low", "high"),
        "funnel_steps": _Native("bars", "step", ("share",)),
        "felt_against_measured": _Native("pairs", "touchpoint", ("felt", "measured")),
        "trend_chart": _Native(
            "line", "period", ("value",), "low", "high", levels=("target",)
        ),
        "control_chart": _Native(
            "line",
            "period",
            ("value",),
            levels=("centre", "lower_limit", "upper_limit"),
        ),
        "survival_curve": _Native("line", "time", ("value",)),
        "retention_curves": _Native("line", "age", ("value",), only=("cohort", "all")),
        "league": _Native("dots", "workshop", ("value",), "low", "high", has_mean=True),
        "emotion_curve": _Native(
            "curves", "name", ("felt", "measured"), "low", "high", of_several="who"
        ),
        "before_and_after": _Native("pairs", "touchpoint", ("before", "after")),
        "promoter_bar": _Native("stack", "group", ("share",)),
    }
)
"""The charts that slides draw natively; others stand there as pictures."""

_GREY = "ink-quiet"
"""Of what may be chance: dark enough for the white number at the foot of a bar."""
_KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "curves": XL_CHART_TYPE.LINE_MARKERS,
    "dots": XL_CHART_TYPE.LINE_MARKERS,
    "pairs": XL_CHART_TYPE.LINE_MARKERS,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "stack": XL_CHART_TYPE.BAR_STACKED_100,
}
_COLOURS = {
    "bars": ("accent",),
    "curves": ("ink", "accent"),
    "dots": ("accent", _GREY),
    "pairs": ("ink", "accent"),
    "line": ("accent",),
    "stack": ("emotion-good", "emotion-neutral", "emotion-bad"),
}
_FOOT = 0.16
"""Share of a bar that its number takes: no interval may begin there."""
_MANY_LABELS = 10
_CHANCE = "may be chance"


def chart_rows(chart: str, twin: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows that a native chart shows; empty if it must be a picture.

    Parameters
    ----------
    chart
        Name of the chart.
    twin
        Its number twin, as a part keeps it.
    """
    native = NATIVE.get(chart)
    columns = twin.get("columns", [])
    if native is None or not {native.category, *native.values} <= set(columns):
        return []
    if native.of_several in columns:
        return []
    rows = [dict(zip(columns, values, strict=True)) for values in twin["values"]]
    if native.only is not None:
        name, wanted = native.only
        rows = [row for row in rows if row.get(name) == wanted]
    shown = [row for row in rows if any(row[one] is not None for one in native.values)]
    return shown if 0 < len(shown) <= _MAX_ROWS else []


def add_chart(
    shapes: Any, chart: str, rows: Sequence[Mapping[str, Any]], box: tuple[int, ...]
) -> Any:
    """Add a chart to a slide, and return its shape.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    chart
        A key of :data:`NATIVE`.
    rows
        As :func:`chart_rows` gives them.
    box
        Left, top, width, height.
    """
    native = _drawn_as(NATIVE[chart], rows)
    ordered = list(reversed(rows)) if native.kind == "bars" else list(rows)
    data: Any = CategoryChartData(  # type: ignore[no-untyped-call]
        number_format=_number_format(native, rows)
    )
    if native.kind == "stack":
        data.categories = [""]
        for row in rows:
            said = cell_words(native.category, str(row[native.category]))
            data.add_series(said, [row[native.values[0]]])
    else:
        data.categories = [str(row[native.category]) for row in ordered]
        for name, values in _own_series(native, ordered).items():
            data.add_series(name, values)
    levels = _levels(native, ordered)
    for name, values in levels.items():
        data.add_series(name, values)
    shape = shapes.add_chart(_KINDS[native.kind], *box, data)
    _looks(shape.chart, native, len(levels), _number_format(native, rows))
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


def _with_ends(
    chart: Any,
    native: _Native,
    rows: Sequence[Mapping[str, Any]],
    levels: Mapping[str, Sequence[float | None]],
) -> None:
    """Draw the intervals of what is measured, and let the axis reach around them."""
    ends = [(row.get(native.low), row.get(native.high)) for row in rows]
    all_series = list(chart.plots[0].series)
    n_first = len(native.values) - 1
    for series in all_series[n_first : len(all_series) - len(levels)]:
        error_bars(series, list(series.values), ends)
    if native.kind in {"line", "dots"}:
        given = [one for some in levels.values() for one in some]
        _room_for_ends(chart, native, rows, given)


def _drawn_as(native: _Native, rows: Sequence[Mapping[str, Any]]) -> _Native:
    """Return bars as dots if an interval would cross the number at a bar's foot."""
    lows = [row[native.low] for row in rows if row.get(native.low) is not None]
    highs = [row[native.high] for row in rows if row.get(native.high) is not None]
    if native.kind == "bars" and lows and min(lows) < _FOOT * max(highs):
        return replace(native, kind="dots")
    return native


def _own_series(
    native: _Native, rows: Sequence[Mapping[str, Any]]
) -> dict[str, list[float | None]]:
    """Return what is drawn of the values, by what it is called.

    Dots that may be chance are a series of their own: the legend says why they are
    grey, and every program draws them so.
    """
    if native.kind != "dots" or not any(_may_be_chance(row) for row in rows):
        return {
            column_words(name): [row[name] for row in rows] for name in native.values
        }
    (name,) = native.values
    clear = [None if _may_be_chance(row) else row[name] for row in rows]
    chance = [row[name] if _may_be_chance(row) else None for row in rows]
    return {column_words(name): clear, cell_words("standing", _CHANCE): chance}


def _may_be_chance(row: Mapping[str, Any]) -> bool:
    return bool(row.get("standing") == _CHANCE)


def _levels(
    native: _Native, rows: Sequence[Mapping[str, Any]]
) -> dict[str, list[float | None]]:
    """Return what is drawn as broken lines beside the values, by what it is called."""
    found = {
        column_words(name): [row.get(name) for row in rows] for name in native.levels
    }
    given = [row[native.values[0]] for row in rows]
    if native.has_mean and len(rows) > 1 and None not in given:
        found[say("Mean")] = [sum(given) / len(given)] * len(given)
    return {
        name: values
        for name, values in found.items()
        if any(one is not None for one in values)
    }


def _from_zero(chart: Any, native: _Native, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let bars begin at zero, whatever a program would choose, and end beyond all."""
    names = (*native.values, native.low, native.high)
    found = [row[name] for row in rows for name in names if row.get(name) is not None]
    low, high = min([0.0, *found]), max([0.0, *found])
    spare = 0.06 * (high - low)
    chart.value_axis.minimum_scale = low - spare if low < 0 else 0.0
    chart.value_axis.maximum_scale = high + spare if high > 0 else 1.0


def _greyed(chart: Any, native: _Native, rows: Sequence[Mapping[str, Any]]) -> None:
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
                filled(point.format, "rule" if is_ring else _GREY)
                point.format.line.fill.background()


def _number_format(native: _Native, rows: Sequence[Mapping[str, Any]]) -> str:
    found = [
        abs(row[one]) for row in rows for one in native.values if row[one] is not None
    ]
    if native.values == ("felt", "measured"):
        return "+0.0;-0.0;0.0"
    if found and max(found) <= 1:
        # The space before the sign is that of the language.
        space = percent(0.5)[2:-1]
        return f'0"{space}"%' if space else "0%"
    return "#,##0.0"


def _looks(chart: Any, native: _Native, n_levels: int, number_format: str) -> None:
    n_rows = len(list(chart.plots[0].categories))
    is_dense = (native.kind == "bars" and n_rows > _MANY_BARS) or (
        native.kind in {"curves", "dots", "pairs"} and n_rows > _MANY_LABELS
    )
    chart.font.size = Pt(10 if is_dense else 12)
    chart.font.color.rgb = colour("ink")
    chart.has_title = False
    several = native.kind != "bars" and len(list(chart.plots[0].series)) > 1
    chart.has_legend = several
    if several:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    plot = chart.plots[0]
    roles = _COLOURS[native.kind]
    all_series = list(plot.series)
    n_own = len(all_series) - n_levels
    for at, (series, role) in enumerate(
        zip(all_series[:n_own], roles * n_own, strict=False)
    ):
        if native.kind in {"bars", "stack"}:
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
    if native.kind in {"bars", "stack"}:
        # Few bars stay slim.
        gap = 35 if is_dense else max(60, round(100 * (8 / max(1, n_rows) - 1)))
        plot.gap_width = min(500, gap) if native.kind == "bars" else 60
        plot.has_data_labels = True
        plot.data_labels.font.size = Pt(9 if is_dense else 11)
        plot.data_labels.show_value = True
        if native.kind == "bars":
            place = XL_LABEL_POSITION.INSIDE_BASE
            plot.data_labels.position = (
                place if native.low else XL_LABEL_POSITION.OUTSIDE_END
            )
        if native.low:
            plot.data_labels.font.color.rgb = colour("paper")
    elif native.kind == "dots":
        for series in all_series[:n_own]:
            labels = series.data_labels
            labels.show_value, labels.position = True, XL_LABEL_POSITION.RIGHT
            labels.font.size = Pt(9 if is_dense else 11)
    _axes(chart, native, number_format)


def _axes(chart: Any, native: _Native, number_format: str) -> None:
    value, category = chart.value_axis, chart.category_axis
    value.has_major_gridlines = native.kind not in {"bars", "stack"}
    value.visible = value.has_major_gridlines
    if value.has_major_gridlines:
        value.major_gridlines.format.line.color.rgb = colour("rule")
    value.format.line.fill.background()
    value.tick_labels.number_format = number_format
    value.tick_labels.number_format_is_linked = False
    category.format.line.color.rgb = colour("rule")
    category.has_major_gridlines = False
    # Names stay clear of bars that run to the left.
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    category.visible = native.kind != "stack"


def _joined(chart: Any, native: _Native, rows: Sequence[Mapping[str, Any]]) -> None:
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
    native: _Native,
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
        chart.value_axis.tick_labels.number_format = "#,##0"
        chart.value_axis.tick_labels.number_format_is_linked = False
    elif native.values == ("felt", "measured"):
        found, step = [-2.0, 2.0], 1
    chart.value_axis.minimum_scale = math.floor(min(found) / step) * step
    chart.value_axis.maximum_scale = math.ceil(max(found) / step) * step
