"""A KPI over time: where it stands against its target, in words."""

from __future__ import annotations

import pandas as pd
import pytest
from chart_cases import CSAT, NPS, n_embedded, written

from journeykit.errors import InputError, UnknownNameError
from journeykit.show.trend_chart import trend_chart_data, trend_chart_spec

WAVES = pd.DataFrame(
    [
        ("2013", 28.0, 25.1, 30.8, 2500, "enough"),
        ("2014", 44.0, 30.0, 58.0, 27, "few answers"),
        ("2015", None, None, None, 3, "fewer than minimum"),
        ("2016", None, None, None, 0, "not measured"),
        ("2017", 39.8, 37.2, 42.4, 2746, "enough"),
    ],
    columns=["period", "value", "low", "high", "n", "reliability"],
)


def test_twin_says_the_status_of_each_period() -> None:
    """Only an interval on one side of the target decides."""
    twin = trend_chart_data(WAVES, definition=NPS, target=35)

    assert [
        *("below target", "too close to call", "fewer than minimum"),
        *("not measured", "on target"),
    ] == twin["status"].tolist()
    assert twin["n"].isna().tolist() == [False, False, True, True, False]


def test_lower_can_be_better() -> None:
    """Of waiting times those below the target are on it."""
    table = pd.DataFrame({"period": ["May", "June"], "value": [12.0, 8.0]})
    twin = trend_chart_data(table, target=9, direction="lower is better")

    assert ["above target", "on target"] == twin["status"].tolist()


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (45, "below the target of 45"),
        (40, "too close to the target of 40 to call"),
        (30, "on target (30 or better)"),
        (None, "no target is set"),
    ],
)
def test_title_says_value_and_status(target: float | None, said: str) -> None:
    """The title holds the last value, its interval and where it stands."""
    spec = trend_chart_spec(WAVES, definition=NPS, target=target)

    assert (
        f"NPS in 2017: 39.8 (37.2 to 42.4), n 2,746, {said}" == (written(spec)["title"])
    )


def test_missing_periods_are_named_and_break_the_line() -> None:
    """A period without a number is said, and no line runs through it."""
    spec = trend_chart_spec(WAVES, definition=NPS, target=45)
    words = written(spec)

    assert "2015: fewer than minimum. 2016: not measured." in words["source"]
    assert "2015: fewer than minimum; 2016: not measured" in words["alt"]
    assert "2013: 28.0 (25.1 to 30.8), n 2,500, below target" in words["alt"]


def test_own_measure_keeps_its_name_and_unit() -> None:
    """A KPI without a definition is written in its own unit; a day has "on"."""
    table = pd.DataFrame({"period": ["2026-01-01", "2026-02-01"], "value": [12, 8.6]})
    spec = trend_chart_spec(
        table, name="Waiting", unit="minutes", target=9, direction="lower is better"
    )

    assert (
        "Waiting on 2026-02-01: 8.6 minutes, on target (9 minutes or better)"
        == written(spec)["title"]
    )


@pytest.mark.parametrize("table", [WAVES[:0], WAVES[2:4]])
def test_no_number_at_all_is_said(table: pd.DataFrame) -> None:
    """Without a number the title says so."""
    spec = trend_chart_spec(table, definition=CSAT, target=0.8)

    assert "CSAT was measured in no period" == written(spec)["title"]


@pytest.mark.parametrize("width", [342, 760])
def test_years_of_days_stay_below_the_limit(width: int) -> None:
    """Ten years of days embed fewer than 5,000 rows; the twin holds them all."""
    days = [str(day.date()) for day in pd.date_range("2016-01-01", periods=3650)]
    table = pd.DataFrame({"period": days, "value": [i % 9 for i in range(3650)]})
    table = table.assign(low=table["value"] - 1, high=table["value"] + 1)
    spec = trend_chart_spec(table, width=width)

    assert n_embedded(spec) < 5000
    assert "Only the last 700 periods are drawn." in written(spec)["source"]
    assert 3650 == len(trend_chart_data(table))


def test_bad_input_is_refused() -> None:
    """A measure that is not known and a missing column are named."""
    with pytest.raises(UnknownNameError, match="net_promoter_score"):
        trend_chart_data(WAVES, definition="net_promoter")
    with pytest.raises(InputError, match="without period"):
        trend_chart_data(WAVES.drop(columns="period"))
