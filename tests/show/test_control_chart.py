"""A line with its control limits: signals are named, noise is not."""

from __future__ import annotations

import pytest
from chart_cases import CSAT, csat_limits, n_embedded, written

from journeykit.errors import InputError, UnknownNameError
from journeykit.show.control_chart import control_chart_data, control_chart_spec


def test_twin_holds_values_limits_and_signals() -> None:
    """The centre is that of all answers; only the fall is a signal."""
    twin = control_chart_data(csat_limits(70, 74, 69, 45, 72, 70), definition=CSAT)

    assert [0.7, 0.74, 0.69, 0.45, 0.72, 0.7] == twin["value"].tolist()
    assert [pytest.approx(400 / 600)] == twin["centre"].unique().tolist()
    assert ["", "", "", "below the limit", "", ""] == twin["signal"].tolist()


def test_title_is_the_last_signal() -> None:
    """The title names the period that signals, with its value."""
    spec = control_chart_spec(csat_limits(70, 74, 69, 45, 72, 70), definition=CSAT)

    assert "CSAT in P4: 45 %, below its limit" == written(spec)["title"]
    assert "P3: 69 %; P4: 45 %, below the limit; P5: 72 %" in written(spec)["alt"]


def test_noise_is_called_chance() -> None:
    """Without a signal the title claims none."""
    spec = control_chart_spec(csat_limits(70, 71, 69), definition=CSAT)

    assert "CSAT moves by chance only; last 69 %" == written(spec)["title"]


def test_no_period_is_said() -> None:
    """Without a number there is a picture that says so."""
    spec = control_chart_spec(csat_limits(), definition=CSAT)

    assert "CSAT was measured in no period" == written(spec)["title"]


@pytest.mark.parametrize("width", [342, 760])
def test_hundreds_of_periods_stay_below_the_limit(width: int) -> None:
    """Five years of days are drawn with few labels and fewer than 5,000 rows."""
    counts = [60 + i % 9 for i in range(1826)]
    spec = control_chart_spec(csat_limits(*counts), definition=CSAT, width=width)

    assert n_embedded(spec) < 5000
    assert "Only the last 700 periods are drawn." in written(spec)["source"]


def test_bad_input_is_refused() -> None:
    """A measure that is not known and a missing column are named."""
    limits = csat_limits(70, 71)
    with pytest.raises(UnknownNameError, match=CSAT):
        control_chart_data(limits, definition="customer_satisfaction")
    with pytest.raises(InputError, match="without centre"):
        control_chart_data(limits.drop(columns="centre"), definition=CSAT)
