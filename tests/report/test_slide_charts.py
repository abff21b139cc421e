"""Charts on slides show what their words say: intervals, targets, means, pairs."""

from __future__ import annotations

from typing import Any

import pptx
import pytest
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_FILL, MSO_LINE
from pptx.util import Inches

from journeykit.report.slide_charts import add_chart
from journeykit.report.slide_native import chart_pages
from journeykit.report.slide_quadrants import quadrant_rows


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
    places = {"rank_low": 1, "rank_high": 2}
    chart = chart_of(*({**row, **places} for row in rows), name="league")
    values, chance, *ends, mean, names, told = chart.plots[0].series

    assert XL_CHART_TYPE.XY_SCATTER == chart.chart_type
    assert ("may be chance", "Mean") == (chance.name, mean.name)
    assert [[20.0], [-4.0]] == [_across(one) for one in (values, chance)]
    assert [[10.0, 30.0], [-9.0, 1.0]] == [_across(one) for one in ends]
    assert [8.0, 8.0] == _across(mean)
    assert ["Bern", "Cork"] == _labels(names)
    assert ["1 to 2", "1 to 2", "Possible places"] == _labels(told)


def _across(series: Any) -> list[float]:
    """Return where the points of an XY chart stand from left to right."""
    return [float(one.text) for one in series._element.findall("{*}xVal//{*}pt/{*}v")]


def _labels(series: Any) -> list[str]:
    return [one.text for one in series._element.findall("{*}dLbls//{*}t")]


def test_bars_whose_intervals_cross_their_numbers_are_dots() -> None:
    """A number in a bar is readable only where no interval lies on it."""
    row = {"touchpoint": "Search", "value": 12.0, "low": -2.0, "high": 26.0}
    clear = {**row, "value": 24.0, "low": 20.0}

    assert XL_CHART_TYPE.XY_SCATTER == _kind(row)
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
    assert MSO_FILL.BACKGROUND == before.marker.format.fill.type
    assert MSO_FILL.SOLID == after.marker.format.fill.type


def _group(touchpoint: str, letter: str, value: float, **more: Any) -> dict[str, Any]:
    """Return a score of a group at a touchpoint."""
    ends = {"low": value - 0.1, "high": value + 0.1, "reliability": "enough"}
    apart = {"apart": 0.2, "apart_low": 0.1, "apart_high": 0.3, "standing": "apart"}
    row = {"touchpoint": touchpoint, "group": f"Group {letter}", "letter": letter}
    return {**row, "value": value, **ends, **apart, **more}


def test_each_group_has_its_own_line_at_a_touchpoint() -> None:
    """Intervals do not lie on each other; how far they are apart stands beside them."""
    chart = chart_of(
        _group("Gate", "A", 0.4), _group("Gate", "B", 0.6), name="group_scores"
    )
    one, other, *ends, names, told = chart.plots[0].series
    heights = [next(iter(series.values)) for series in (one, other)]

    assert ["A Group A", "B Group B"] == [one.name, other.name]
    assert heights[0] > heights[1]
    assert [0.3, 0.5] == pytest.approx(_across(ends[0]))
    assert ["Gate"] == _labels(names)
    assert ["20 (10 to 30)", "difference"] == _labels(told)


def test_groups_that_may_differ_by_chance_are_grey_with_their_letters() -> None:
    """Grey dots still say whose they are, and where few answered."""
    rows = [
        _group("Gate", "A", 0.4, standing="may be chance"),
        _group("Gate", "B", 0.6, standing="may be chance", reliability="few answers"),
    ]
    chart = chart_of(*rows, name="group_scores")
    by_name = {one.name: one for one in chart.plots[0].series}

    assert [0.4, 0.6] == _across(by_name["may be chance"])
    assert ["A", "B (few answers)"] == _labels(by_name["95 % interval"])


def test_many_touchpoints_of_groups_are_parted_evenly() -> None:
    """Each slide has as many as its dots leave room for; none is lost."""
    rows = [
        _group(f"Touchpoint {n}", letter, 0.5) for n in range(8) for letter in "ABCD"
    ]
    pages = chart_pages("group_scores", rows)

    assert [16, 16] == [len(page) for page in pages]
    assert rows == [row for page in pages for row in page]


def _placed(name: str, importance: float, satisfaction: float) -> dict[str, Any]:
    """Return an entry by its importance and satisfaction."""
    lines = {"importance_line": 3.5, "satisfaction_line": 3.5}
    is_first = importance > 3.5 > satisfaction
    quadrant = "Concentrate here" if is_first else "Low priority"
    values = {"importance": importance, "satisfaction": satisfaction}
    return {"name": name, **values, **lines, "quadrant": quadrant, "is_clear": True}


def test_importance_and_satisfaction_have_lines_between_the_quadrants() -> None:
    """Dots have their names; what to concentrate on has a colour of its own."""
    rows = [_placed("Queue", 4.5, 2.1), _placed("Price", 2.0, 2.2)]
    chart = chart_of(*rows, name="importance_performance")
    first, other, across, up, corners = chart.plots[0].series

    assert ["Queue"] == _labels(first)
    assert [2.2] == _across(other)
    assert [3.5, 3.5] == _across(across)
    assert (3.5, 3.5) == tuple(up.values)[:2]
    assert "Concentrate here" in _labels(corners)


def test_crowded_dots_stay_a_picture() -> None:
    """Names that would lie on each other are placed better there."""
    rows = [_placed("Queue at security", 4.5, 2.1), _placed("Price", 4.5, 2.11)]

    assert [] == quadrant_rows(rows)


def test_promoters_of_each_wave_are_a_bar_of_all_answers() -> None:
    """A wave too small to show keeps its name, and says why it has no bar."""
    shares = {"promoters": 0.5, "passives": 0.3, "detractors": 0.2}
    ends = {"value": 30.0, "low": 20.0, "high": 40.0, "n": 90}
    small = dict.fromkeys([*shares, *ends], None)
    chart = chart_of(
        {"name": "2016", **small, "reliability": "fewer than minimum"},
        {"name": "2017", **shares, **ends, "reliability": "enough"},
        name="promoter_stack",
    )
    named = [str(one).split("\n") for one in chart.plots[0].categories]

    assert XL_CHART_TYPE.BAR_STACKED_100 == chart.chart_type
    assert ["2017", "30.0 (20.0 to 40.0), n 90"] == [
        one.replace("\N{NO-BREAK SPACE}", " ") for one in named[0]
    ]
    assert ["2016", "fewer than minimum"] == named[1]
    assert ["Promoters", "Passives", "Detractors"] == [
        one.name for one in chart.plots[0].series
    ]
    assert (0.5, None) == tuple(chart.plots[0].series[0].values)


def test_survival_falls_in_steps_at_its_times() -> None:
    """Times far apart stand far apart, and the ends of the interval are drawn."""
    rows = [
        {"time": time, "value": share, "low": share - 0.1, "high": share + 0.1}
        for time, share in ((0, 0.9), (2, 0.8), (9, 0.5))
    ]
    value, *ends = chart_of(*rows, name="survival_curve").plots[0].series

    assert [0, 2, 2, 9, 9] == _across(value)
    assert (0.9, 0.9, 0.8, 0.8, 0.5) == tuple(value.values)
    assert ["Low", "High"] == [one.name for one in ends]


def test_retention_of_all_lies_above_that_of_single_cohorts() -> None:
    """Each cohort is a thin line of its own; only the thick one is in the legend."""
    ends = {"low": 0.3, "high": 0.5, "is_drawn": True}
    rows = [
        {"cohort": cohort, "age": age, "value": 0.4, **ends}
        for cohort in ("all", "2026-01")
        for age in (1, 2)
    ]
    chart = chart_of(*rows, name="retention_curves")
    names = [one.name for one in chart.plots[0].series]

    assert ["2026-01", "all", "95 % interval"] == names
    assert 2 == len(chart.legend._element.findall("{*}legendEntry"))
