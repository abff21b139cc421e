"""Medians with intervals that assume nothing about the values."""

from math import comb

import numpy as np
import pytest

from journeykit.errors import InputError
from journeykit.measure.medians import (
    median_interval,
    median_ranks,
    quantile,
    quantile_places,
)


@pytest.mark.parametrize(
    ("n", "expected"),
    # Conover's table of the binomial with one half: P(X <= low) is at most 0.025.
    [(1, (0, 0)), (5, (0, 4)), (6, (0, 5)), (9, (1, 7)), (10, (1, 8)), (20, (5, 14))],
)
def test_interval_lies_between_two_of_the_values(n, expected):
    """The ends are the values that the binomial distribution names."""
    assert expected == median_ranks(n)


@pytest.mark.parametrize("n", [6, 7, 30, 31, 200, 999, 1_000])
def test_interval_is_the_narrowest_that_covers(n):
    """One value further in would cover less than 95 %."""
    low, high = median_ranks(n)
    outside = 2 * sum(comb(n, k) for k in range(low + 1)) / 2**n
    further_in = outside + 2 * comb(n, low + 1) / 2**n

    assert n - 1 - low == high
    assert outside <= 0.05 < further_in


def test_many_values_are_covered_by_the_normal_distribution():
    """Where the exact way ends, the next n differs by one place at most."""
    exact, normal = median_ranks(1_000), median_ranks(1_001)

    assert abs(exact[0] - normal[0]) <= 1


def test_nothing_to_rank_is_refused():
    """A median of nothing is an error, and so is a level of 95."""
    with pytest.raises(InputError, match="one value or more"):
        median_ranks(0)
    with pytest.raises(InputError, match="a level between 0 and 1"):
        median_ranks(5, 95)


def test_quantiles_are_those_of_numpy():
    """In a straight line between neighbours."""
    values = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0]

    for share in (0, 0.25, 0.5, 0.75, 1):
        assert np.quantile(values, share) == quantile(6, values, share)
    assert (1, 2) == quantile_places(6, 0.25)


def test_median_comes_with_its_interval():
    """Unsorted values are put in order first."""
    assert (5.5, 2.0, 9.0) == median_interval([10, 9, 8, 7, 6, 5, 4, 3, 2, 1])
