"""What fitting the models of customer value costs, beside ``lifetimes`` in one run."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from statistics import median
from time import process_time

import numpy as np
import pandas as pd
import pytest
from benchmarks.figures import Figures
from buyers import made_histories, made_purchases
from measure_cases import cdnow_39_weeks

from journeykit.measure.clv_backtest import backtest_clv
from journeykit.measure.clv_forecast import clv_modelled, fit_clv
from journeykit.measure.clv_model import fit_purchases
from journeykit.measure.purchases import purchase_days, purchase_histories

GOALS = {100_000: 3.0, 200_000: 5.0, 400_000: 10.0, 1_000_000: 20.0, 2_000_000: 40.0}
PEER_TO = 1_000_000
"""The peer is not asked to fit more customers: it needs its time and memory."""


def cpu_seconds(work: Callable[[], object], n_runs: int = 1) -> float:
    """Return the median CPU seconds of some runs."""
    took = []
    for _ in range(n_runs):
        start = process_time()
        work()
        took.append(process_time() - start)
    return median(took)


def on_whole_days(n: int) -> pd.DataFrame:
    """Return made customers of a year and a half, seen on whole days as in a shop."""
    table = made_histories(n, np.random.default_rng(1), seen_days=540, came_within=450)
    return table.assign(recency_days=np.ceil(table["recency_days"]))


def peer_seconds(table: pd.DataFrame, n_runs: int = 1) -> dict[str, float]:
    """Return what ``lifetimes`` takes; nothing, and why, where it does not run."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from lifetimes import BetaGeoFitter

            weeks = (table["recency_days"] / 7, table["age_days"] / 7)
            columns = (table["repeats"], *weeks)
            took = cpu_seconds(lambda: BetaGeoFitter().fit(*columns), n_runs)
    except Exception as error:  # noqa: BLE001 (an archived package may fail anyhow)
        return {f"lifetimes does not run ({type(error).__name__})": float("nan")}
    return {"lifetimes": took}


def test_the_cdnow_sample_is_fitted_at_once(figures: Figures) -> None:
    """2,357 customers, with standard errors and three starts."""
    table = cdnow_39_weeks()
    fit_purchases(table)
    took = cpu_seconds(lambda: fit_purchases(table), 15)

    figures.at_most("BG/NBD, CDNOW sample", 0.3, took, "s", **peer_seconds(table, 3))


@pytest.mark.parametrize("n", GOALS)
def test_many_customers_are_fitted_in_seconds(n: int, figures: Figures) -> None:
    """The cost grows with different histories, which are fewer than customers."""
    table = on_whole_days(n)
    peers = peer_seconds(table) if n <= PEER_TO else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        took = cpu_seconds(lambda: fit_purchases(table))

    figures.at_most(f"BG/NBD, {n:,} customers", GOALS[n], took, "s", **peers)


def test_growth_is_a_straight_line(figures: Figures) -> None:
    """Ten times the customers take at most twelve times the CPU."""
    few, many = on_whole_days(100_000), on_whole_days(1_000_000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ratio = cpu_seconds(lambda: fit_purchases(many)) / cpu_seconds(
            lambda: fit_purchases(few), 3
        )

    figures.at_most("BG/NBD, 1,000,000 over 100,000", 12, ratio, "times")


def test_the_whole_way_from_purchases_to_values(figures: Figures) -> None:
    """Days, histories, both models, the mean and its interval."""
    purchases = made_purchases(np.random.default_rng(1), 200_000, 500)
    n = len(purchases)

    def from_purchases_to_values() -> None:
        histories = purchase_histories(purchase_days(purchases))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            clv_modelled(fit_clv(histories), histories)

    took = cpu_seconds(from_purchases_to_values)

    figures.at_most(f"CLV, {n:,} purchases of 200,000", 20, took, "s")


def test_a_backtest_of_many_customers(figures: Figures) -> None:
    """A simulation for its interval as well."""
    purchases = made_purchases(np.random.default_rng(1), 20_000, 500)
    days = purchase_days(purchases)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        took = cpu_seconds(lambda: backtest_clv(days))

    figures.at_most("CLV backtest, 20,000 customers", 10, took, "s")
