"""A trend on a slide shows its intervals, as its words say."""

from __future__ import annotations

from typing import Any

import pptx
import pytest
from pptx.util import Inches

from journeykit.report.slide_charts import add_chart


def chart_of(*rows: dict[str, Any]) -> Any:
    """Return the chart that a slide shows of a trend."""
    deck = pptx.Presentation()
    page = deck.slides.add_slide(deck.slide_layouts[6])
    box = (0, 0, Inches(8), Inches(4))
    return add_chart(page.shapes, "trend_chart", rows, box).chart


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
