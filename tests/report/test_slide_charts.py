"""Charts on slides show what their words say: intervals, targets, means, pairs."""

from __future__ import annotations

from typing import Any

import pptx
import pytest
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.util import Inches

from journeykit.report.slide_charts import add_chart


def chart_of(*rows: dict[str, Any], name: str = "trend_chart") -> Any:
    """Return the chart that a slide shows of a trend, or of another by its name."""
    deck = pptx.Presentation()
    page = deck.slides.add_slide(deck.slide_layouts[6])
    box = (0, 0, Inches(8), Inches(4))
    return add_chart(page.shapes, name, rows, box).chart


@pytest.mark.parametrize(
    ("ends", "axis"), [((37.2, 49.3), (30, 50)), ((0.52, 0.58), (0.52, 0.58))]
)
def test_axis_reaches_around_intervals(
    ends: tuple[float, float], axis: tuple[float, float]
) -> None:
    """Nothing of an interval is cut off, and the ends of the axis are round."""
    low, high = ends
    row = {"period": "May", "value": (low + high) / 2, "low": low, "high": high}
    chart = chart_of(row, row)
    found = chart.value_axis.minimum_scale, chart.value_axis.maximum_scale
    assert axis == pytest.approx(found)
    assert chart._chartSpace.findall(".//{*}errBars")


def test_trend_without_intervals_has_no_bars() -> None:
    """Values that people noted by hand have none."""
    row = {"period": "May", "value": 3.0, "low": None, "high": None}

    assert not chart_of(row)._chartSpace.findall(".//{*}errBars")


def test_target_is_a_broken_line_of_its_own() -> None:
    """What the words say about a target can be seen beside the values."""
    rows = [{"period": one, "value": 0.5, "target": 0.7} for one in ("May", "June")]
    chart = chart_of(*rows)
    values, target = chart.plots[0].series

    assert ("Value", "Target") == (values.name, target.name)
    assert (0.7, 0.7) == tuple(target.values)
    assert MSO_LINE.DASH == target.format.line.dash_style
    assert chart.has_legend


def test_trend_without_a_target_has_one_line() -> None:
    """No empty line stands in the legend."""
    chart = chart_of({"period": "May", "value": 0.5, "target": None})

    assert 1 == len(chart.plots[0].series)
    assert not chart.has_legend


def test_league_shows_the_mean_of_all() -> None:
    """Each stands as a dot with its interval, what may be chance in grey."""
    rows = [
        {"workshop": "Bern", "value": 20.0, "low": 10.0, "high": 30.0},
        {"workshop": "Cork", "value": -4.0, "low": -9.0, "high": 1.0},
    ]
    rows = [rows[0], {**rows[1], "standing": "may be chance"}]
    chart = chart_of(*rows, name="league")
    values, chance, mean = chart.plots[0].series

    assert (20.0, None) == tuple(values.values)
    assert ("may be chance", (None, -4.0)) == (chance.name, tuple(chance.values))
    assert (8.0, 8.0) == tuple(mean.values)
    assert ["Bern", "Cork"] == list(chart.plots[0].categories)
    assert 2 == len(chart._chartSpace.findall(".//{*}errBars"))


def test_bars_whose_intervals_cross_their_numbers_are_dots() -> None:
    """A number in a bar is readable only where no interval lies on it."""
    row = {"touchpoint": "Search", "value": 12.0, "low": -2.0, "high": 26.0}
    clear = {**row, "value": 24.0, "low": 20.0}

    assert XL_CHART_TYPE.LINE_MARKERS == _kind(row)
    assert XL_CHART_TYPE.BAR_CLUSTERED == _kind(clear)


def _kind(row: dict[str, Any]) -> object:
    return chart_of(row, name="scores_by_touchpoint").chart_type


def test_pairs_are_a_ring_and_a_dot_as_their_words_say() -> None:
    """A line joins before and after; each has its number on its own side."""
    rows = [{"touchpoint": "Search", "before": 0.4, "after": 0.6}]
    chart = chart_of(*rows, name="before_and_after")
    before, after = chart.plots[0].series
    places = [one.points[0].data_label.position for one in (before, after)]
    (minus,) = after._element.findall("{*}errBars/{*}minus//{*}v")

    assert [XL_LABEL_POSITION.BELOW, XL_LABEL_POSITION.ABOVE] == places
    assert "0.200000" == minus.text
    assert before.marker.format.fill.fore_color.rgb != (
        after.marker.format.fill.fore_color.rgb
    )
