"""How many customers an experiment needs, from the number that it should move."""

from __future__ import annotations

import pytest

from journeykit.errors import InputError
from journeykit.measure.experiment_size import experiment_size, spread_of
from journeykit.measure.sample_size import (
    n_to_detect_mean,
    n_to_detect_net_promoter_score,
    n_to_detect_share,
)


@pytest.mark.parametrize(
    ("change", "unit", "baseline"),
    [(10, "", 0.5), (0.1, "", 0.5), (10, "%", 50), (0.1, "share", 0.5)],
)
def test_share_is_planned_in_points_or_as_a_share(
    change: float, unit: str, baseline: float
) -> None:
    """Fleiss's 388 in each group, however people write ten points."""
    measure = "" if unit else "customer_satisfaction_score"

    assert 388 == n_to_detect_share(0.5, 0.6).n
    assert 388 == experiment_size(measure, change, baseline=baseline, unit=unit).n


def test_unknown_share_is_taken_about_one_half() -> None:
    """There most customers are needed; ten points from 45 to 55 %."""
    assert n_to_detect_share(0.45, 0.55).n == experiment_size("easy_share", 10).n


def test_points_and_means_go_by_their_own_plan() -> None:
    """The NPS most carefully; a mean with a spread of 1, or the one that is known."""
    assert n_to_detect_net_promoter_score(5).n == (
        experiment_size("net_promoter_score", 5).n
    )
    assert n_to_detect_mean(0.5, standard_deviation=1).n == (
        experiment_size("mean_satisfaction", 0.5).n
    )
    assert n_to_detect_mean(2, standard_deviation=6).n == (
        experiment_size("", -2, unit="minutes", spread=6).n
    )


@pytest.mark.parametrize(
    ("measure", "change", "baseline", "said"),
    [
        ("easy_share", 0, None, "a change other than 0"),
        ("easy_share", float("nan"), None, "a change other than 0"),
        ("easy_share", 20, 0.9, "leads beyond 100"),
        ("easy_share", -20, 0.1, "leads beyond 0"),
        ("", 2, None, "how far single values lie apart is not known"),
        ("clv_to_date", 2, None, "how far single values lie apart is not known"),
    ],
)
def test_what_cannot_be_planned_says_what_is_missing(
    measure: str, change: float, baseline: float | None, said: str
) -> None:
    """In words, with what to do about it."""
    with pytest.raises(InputError, match=said):
        experiment_size(measure, change, baseline=baseline, unit="minutes")


def test_spread_comes_from_an_interval() -> None:
    """Nothing without interval or number of answers."""
    assert 1.0 == pytest.approx(spread_of(3.902, 4.098, 400), abs=0.01)
    assert spread_of(None, 1, 5) is None
    assert spread_of(1, 1, 5) is None
    assert spread_of(1, 2, 0) is None
