"""Charts that a reader can edit on a slide, made from the number twin of a picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
)
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from journeykit.report.column_words import cell_words, column_words
from journeykit.report.slide_texts import colour
from journeykit.show.tokens import light

__all__ = ["NATIVE", "add_chart", "chart_rows"]

_MAX_ROWS, _MANY_BARS = 24, 20


@dataclass(frozen=True, slots=True)
class _Native:
    """How a chart is drawn natively: its kind, and the columns of the twin it uses."""

    kind: Literal["bars", "pairs", "line", "stack"]
    category: str
    values: tuple[str, ...]
    low: str = ""
    high: str = ""
    only: tuple[str, object] | None = None


NATIVE: Mapping[str, _Native] = MappingProxyType(
    {
        "scores_by_touchpoint": _Native(
            "bars", "touchpoint", ("value",), "low", "high"
        ),
        "driver_shares": _Native("bars", "driver", ("value",), "low", "high"),
        "funnel_steps": _Native("bars", "step", ("share",)),
        "felt_against_measured": _Native("pairs", "touchpoint", ("felt", "measured")),
        "trend_chart": _Native("line", "period", ("value",), "low", "high"),
        "control_chart": _Native("line", "period", ("value",)),
        "survival_curve": _Native("line", "time", ("value",)),
        "retention_curves": _Native("line", "age", ("value",), only=("cohort", "all")),
        "league": _Native("bars", "workshop", ("value",), "low", "high"),
        "before_and_after": _Native("pairs", "touchpoint", ("before", "after")),
        "promoter_bar": _Native("stack", "group", ("share",)),
    }
)
"""The charts that slides draw natively; others stand there as pictures."""

_KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "pairs": XL_CHART_TYPE.BAR_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "stack": XL_CHART_TYPE.BAR_STACKED_100,
}
_COLOURS = {
    "bars": ("accent",),
    "pairs": ("ink", "accent"),
    "line": ("accent",),
    "stack": ("emotion-good", "emotion-neutral", "emotion-bad"),
}
_GREYS = {"bars": ("ink-quiet",), "pairs": ("ink-quiet", "mark-quiet")}
"""Of what may be chance: dark enough for the white number at the foot of a bar."""
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
    native = NATIVE[chart]
    is_flat = native.kind in {"bars", "pairs"}
    ordered = list(reversed(rows)) if is_flat else list(rows)
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
        for name in native.values:
            data.add_series(column_words(name), [row[name] for row in ordered])
    shape = shapes.add_chart(_KINDS[native.kind], *box, data)
    _looks(shape.chart, native)
    has_ends = any(row.get(native.low) is not None for row in rows)
    if has_ends and len(native.values) == 1:
        _error_bars(shape.chart, native, ordered)
        if native.kind == "line":
            _room_for_ends(shape.chart, native, ordered)
    if native.kind == "bars":
        _from_zero(shape.chart, native, ordered)
    if is_flat:
        _greyed(shape.chart, native, ordered)
    return shape


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
    for series, role in zip(chart.plots[0].series, _GREYS[native.kind], strict=True):
        for place, row in enumerate(rows):
            if row.get("standing") != _CHANCE:
                continue
            fill = series.points[place].format.fill
            fill.solid()
            fill.fore_color.rgb = colour(role)


def _number_format(native: _Native, rows: Sequence[Mapping[str, Any]]) -> str:
    found = [
        abs(row[one]) for row in rows for one in native.values if row[one] is not None
    ]
    if native.values == ("felt", "measured"):
        return "+0.0;-0.0;0.0"
    return "0%" if found and max(found) <= 1 else "#,##0.0"


def _looks(chart: Any, native: _Native) -> None:
    n_bars = len(list(chart.plots[0].categories)) * len(list(chart.plots[0].series))
    is_dense = native.kind in {"bars", "pairs"} and n_bars > _MANY_BARS
    chart.font.size = Pt(10 if is_dense else 12)
    chart.font.color.rgb = colour("ink")
    chart.has_title = False
    several = native.kind in {"pairs", "stack"}
    chart.has_legend = several
    if several:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    plot = chart.plots[0]
    roles = _COLOURS[native.kind]
    for series, role in zip(plot.series, roles * len(list(plot.series)), strict=False):
        if native.kind == "line":
            series.format.line.color.rgb = colour(role)
            series.format.line.width = Pt(2.25)
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = colour(role)
            series.smooth = False
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour(role)
    if native.kind != "line":
        plot.gap_width = 35 if is_dense else 60
        plot.has_data_labels = True
        plot.data_labels.font.size = Pt(9 if is_dense else 11)
        plot.data_labels.show_value = True
        if native.kind != "stack":
            place = XL_LABEL_POSITION.INSIDE_BASE
            plot.data_labels.position = (
                place if native.low else XL_LABEL_POSITION.OUTSIDE_END
            )
        if native.low:
            plot.data_labels.font.color.rgb = colour("paper")
    value, category = chart.value_axis, chart.category_axis
    value.has_major_gridlines = native.kind == "line"
    value.visible = native.kind == "line"
    if value.has_major_gridlines:
        value.major_gridlines.format.line.color.rgb = colour("rule")
    value.format.line.fill.background()
    category.format.line.color.rgb = colour("rule")
    category.has_major_gridlines = False
    # Names stay clear of bars that run to the left.
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    category.visible = native.kind != "stack"


def _error_bars(chart: Any, native: _Native, rows: Sequence[Mapping[str, Any]]) -> None:
    """Draw the intervals, which python-pptx has no call for."""
    name = native.values[0]

    def numbers(pairs: Sequence[tuple[Any, Any]]) -> str:
        points = "".join(
            f'<c:pt idx="{place}"><c:v>{abs(one - other):.6f}</c:v></c:pt>'
            for place, (one, other) in enumerate(pairs)
            if one is not None and other is not None
        )
        return f'<c:numLit><c:ptCount val="{len(pairs)}"/>{points}</c:numLit>'

    plus = numbers([(row.get(native.high), row[name]) for row in rows])
    minus = numbers([(row[name], row.get(native.low)) for row in rows])
    colour = light("ink").lstrip("#").upper()
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="both"/>'
        '<c:errValType val="cust"/><c:noEndCap val="1"/>'
        f"<c:plus>{plus}</c:plus><c:minus>{minus}</c:minus>"
        f'<c:spPr><a:ln w="19050"><a:solidFill><a:srgbClr val="{colour}"/>'
        "</a:solidFill></a:ln></c:spPr></c:errBars>"
    )
    series = chart.plots[0].series[0]._element
    series.find("{*}cat").addprevious(bars)


def _room_for_ends(
    chart: Any, native: _Native, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Let an axis reach around the intervals: by itself it sees only the values."""
    names = (*native.values, native.low, native.high)
    found = [row[name] for row in rows for name in names if row.get(name) is not None]
    step = 10 ** math.floor(math.log10(max(found) - min(found) or 1))
    chart.value_axis.minimum_scale = math.floor(min(found) / step) * step
    chart.value_axis.maximum_scale = math.ceil(max(found) / step) * step
