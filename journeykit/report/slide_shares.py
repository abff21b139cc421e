"""Parts of a whole on slides: stacked bars of 100 %, one or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION
from pptx.util import Pt

from journeykit.language import say
from journeykit.report.column_words import cell_words, column_words
from journeykit.report.slide_dot_charts import named
from journeykit.report.slide_marks import filled, key_above, set_in, written_as
from journeykit.report.slide_texts import colour, plain
from journeykit.show.numbers import n_text, value_text, with_interval

__all__ = ["add_shares", "add_stack"]

_ROLES = ("emotion-good", "emotion-neutral", "emotion-bad")
_PIECES = ("promoters", "passives", "detractors")
_SCORE = "net_promoter_score"
_LEAST_LABEL = 0.02
"""Share from which a piece is as wide as its number."""
_MANY = 12

_Row = Mapping[str, Any]


def add_stack(
    shapes: Any,
    rows: Sequence[_Row],
    columns: tuple[str, str],
    box: tuple[int, ...],
    number_format: str,
) -> Any:
    """Add one bar: the columns are what its pieces are called, and their shares."""
    name, share = columns
    pieces = [
        (cell_words(name, str(row[name])), [row[share]])
        for row in rows
        if row[share] is not None
    ]
    return _added(shapes, [""], pieces, box, number_format)


def add_shares(
    shapes: Any, rows: Sequence[_Row], box: tuple[int, ...], number_format: str
) -> Any:
    """Add a bar for each group or wave: promoters, passives and detractors.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    rows
        As the twin of a promoter stack has them, the first on top.
    box
        Left, top, width, height.
    number_format
        Of the shares.
    """
    ordered = list(reversed(rows))
    pieces = [
        (column_words(piece), [row[piece] for row in ordered]) for piece in _PIECES
    ]
    return _added(shapes, [_named(row) for row in ordered], pieces, box, number_format)


def _named(row: _Row) -> str:
    """Return the name of a bar with its score, or why there is none."""
    name = plain(str(row["name"]), 60)
    if row["value"] is None:
        return f"{name}\n{cell_words('reliability', row['reliability'])}"
    score = value_text(row["value"], _SCORE)
    if row["low"] is not None and row["high"] is not None:
        score = with_interval(row["value"], row["low"], row["high"], _SCORE)
    told = say("{value}, {n}", value=score, n=n_text(row["n"]))
    return f"{named(row, name)}\n{told}"


def _added(
    shapes: Any,
    names: Sequence[str],
    pieces: Sequence[tuple[str, Sequence[float | None]]],
    box: tuple[int, ...],
    number_format: str,
) -> Any:
    data: Any = CategoryChartData(number_format=number_format)  # type: ignore[no-untyped-call]
    data.categories = names
    for name, shares in pieces:
        data.add_series(name, shares)
    left, top, width, height = box
    if len(names) == 1:
        # A single bar as high as a slide would be a wall.
        height = height // 2
    shape = shapes.add_chart(
        XL_CHART_TYPE.BAR_STACKED_100, left, top, width, height, data
    )
    chart = shape.chart
    set_in(chart, 9 if len(names) > _MANY else 12)
    key_above(chart)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    series_of = zip(plot.series, _ROLES, pieces, strict=False)
    for series, role, (_, shares) in series_of:
        filled(series.format, role)
        # The scale has a light middle: an edge parts it from the paper.
        series.format.line.color.rgb = colour("mark-quiet")
        series.format.line.width = Pt(0.75)
        labels = series.data_labels
        labels.show_value, labels.font.size = True, Pt(11)
        written_as(labels, number_format)
        for place, share in enumerate(shares):
            if share is not None and share < _LEAST_LABEL:
                series.points[place].data_label.has_text_frame = True
    value, category = chart.value_axis, chart.category_axis
    value.has_major_gridlines = value.visible = False
    category.visible = len(names) > 1
    category.format.line.fill.background()
    category.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    return shape
