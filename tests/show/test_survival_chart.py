"""The survival curve: its steps, its median, what is left out of a long one."""

from __future__ import annotations

import pytest
from chart_cases import FREIREICH, n_embedded, written

from journeykit.errors import InputError
from journeykit.measure.survival import survival
from journeykit.show.survival_chart import survival_curve_data, survival_curve_spec


def test_twin_holds_every_step_and_marks_the_median() -> None:
    """Freireich's treated patients: half have relapsed after 23 weeks (13 to -)."""
    twin = survival_curve_data(survival(*FREIREICH))

    assert len(survival(*FREIREICH)) == len(twin)
    assert [23.0] == twin.loc[twin["crossed"] == "median", "time"].tolist()
    assert [13.0] == twin.loc[twin["crossed"] == "low", "time"].tolist()
    assert pytest.approx(0.448, abs=5e-4) == twin["value"].iloc[-1]


def test_title_says_the_median_with_its_interval() -> None:
    """An upper end that was not reached is said, not invented."""
    spec = survival_curve_spec(survival(*FREIREICH), unit="weeks")

    assert (
        "Half of the customers are gone after 23 weeks (13 to beyond the last seen), "
        "n 21" == written(spec)["title"]
    )
    assert "Hatched: fewer than 30" in written(spec)["source"]


def test_median_that_is_not_reached_is_said() -> None:
    """Where more than half stay, the title says how many at the last time seen."""
    spec = survival_curve_spec(survival([10] * 40, [True] * 10 + [False] * 30))

    assert written(spec)["title"].startswith("More than half stay: 75 % (")
    assert "are still customers after 10 days, n 40" in written(spec)["title"]
    assert "The median is not reached." in written(spec)["source"]


def test_alt_text_tells_shares_at_round_times() -> None:
    """Who does not see the curve is told where it stands."""
    words = written(survival_curve_spec(survival(*FREIREICH), unit="weeks"))

    assert "after 10 weeks 75 % (50 to 89)" in words["alt"]


def test_long_curve_is_thinned_without_moving_the_median() -> None:
    """Twenty thousand steps become at most 500, the median stays where it was."""
    n = 20_000
    curve = survival([i + 0.5 for i in range(n)], [True] * n)
    twin = survival_curve_data(curve)
    whole = curve.loc[curve["value"] <= 0.5 + 1e-12, "time"].iloc[0]

    assert len(twin) <= 500
    assert [whole] == twin.loc[twin["crossed"] == "median", "time"].tolist()
    assert curve["time"].iloc[-1] == twin["time"].iloc[-1]
    assert n_embedded(survival_curve_spec(curve)) < 5000


@pytest.mark.parametrize(
    ("n", "title"),
    [(0, "Survival was not measured"), (3, "too few customers to show")],
)
def test_nobody_and_too_few_are_said(n: int, title: str) -> None:
    """Below the minimum nothing is drawn and no number given away."""
    curve = survival([1.0] * n, [True] * n)
    twin = survival_curve_data(curve)

    assert title in written(survival_curve_spec(curve))["title"]
    assert twin["value"].isna().all()
    assert twin["at_risk"].isna().all() or not n


def test_missing_column_is_refused() -> None:
    """A curve without its times cannot be drawn."""
    with pytest.raises(InputError, match="without time"):
        survival_curve_data(survival(*FREIREICH).drop(columns="time"))
