"""How often the interval of a net promoter score holds the true score: exactly."""

import math
from functools import cache

import numpy as np
import pytest

from journeykit.measure.intervals import adjusted_wald

SIZES = (10, 25, 50, 100, 200, 400)
SHARES = ((0.5, 0.2), (0.3, 0.3), (0.2, 0.5), (0.6, 0.1))
"""Promoters and detractors: a usual score, an even one, a bad one, a good one."""


@cache
def intervals(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return all outcomes (promoters, detractors) of n answers, and their intervals."""
    outcomes = [(p, d) for p in range(n + 1) for d in range(n + 1 - p)]
    ends = np.array([adjusted_wald(p, d, n) for p, d in outcomes])
    return np.array(outcomes), ends


@pytest.mark.parametrize("shares", SHARES)
@pytest.mark.parametrize("n", SIZES)
def test_interval_holds_the_true_score_as_often_as_it_says(n, shares):
    """Over every possible outcome, 95 % intervals hold the truth 93 to 97 times."""
    promoters, detractors = shares
    outcomes, ends = intervals(n)
    factorials = np.cumsum([0.0, *(math.log(k) for k in range(1, n + 1))])
    rest = n - outcomes.sum(axis=1)
    chances = np.exp(
        factorials[n]
        - factorials[outcomes].sum(axis=1)
        - factorials[rest]
        + outcomes @ np.log([promoters, detractors])
        + rest * math.log(1 - promoters - detractors)
    )
    true = 100 * (promoters - detractors)
    holds = (ends[:, 0] <= true + 1e-9) & (true - 1e-9 <= ends[:, 1])
    coverage = chances[holds].sum()

    assert chances.sum() == pytest.approx(1)
    assert 0.93 <= coverage <= 0.97
