"""What the shares of fifteen drivers cost, with the intervals of their ranks."""

from __future__ import annotations

from statistics import median
from time import process_time

import numpy as np
import pandas as pd
import pytest
from benchmarks.figures import Figures

from journeykit.measure.drivers import driver_shares

N_ROWS, N_DRIVERS, N_RUNS = 3_000, 15, 3


def survey(n_drivers: int) -> pd.DataFrame:
    """Return answers from 1 to 5 that go together."""
    rng = np.random.default_rng(4)
    liking = rng.normal(size=(N_ROWS, 1)) + rng.normal(size=(N_ROWS, n_drivers + 1))
    names = [*(f"d{i}" for i in range(n_drivers)), "overall"]
    return pd.DataFrame(np.clip(np.round(liking + 3), 1, 5), columns=names)


def seconds(table: pd.DataFrame, n_draws: int) -> float:
    """Return the CPU seconds of one run, the middle one of three."""
    drivers = list(table.columns[:-1])
    runs = []
    for _ in range(N_RUNS):
        start = process_time()
        driver_shares(table, "overall", drivers, n_draws=n_draws)
        runs.append(process_time() - start)
    return median(runs)


@pytest.mark.parametrize("n_draws", [0, 500])
def test_fifteen_drivers(figures: Figures, n_draws: int) -> None:
    """Fifteen drivers, all 32,768 subsets, with and without drawing anew."""
    what = f"15 drivers of {N_ROWS:,} rows, {n_draws} draws"
    figures.at_most(what, 1.0, seconds(survey(N_DRIVERS), n_draws), "s CPU")


def test_thirty_drivers_by_johnsons_weights(figures: Figures) -> None:
    """Thirty drivers by relative weights, 500 draws: a guard, no goal of the issue."""
    what = f"30 drivers of {N_ROWS:,} rows, 500 draws"
    figures.at_most(what, 3.0, seconds(survey(30), 500), "s CPU")
