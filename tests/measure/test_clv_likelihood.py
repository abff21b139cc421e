"""Likelihoods and their gradients, and how their highest point is found."""

import math

import numpy as np
import pytest
from buyers import made_histories
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import beta, gamma, gammaln

from journeykit.measure.clv_likelihood import (
    Maximum,
    PurchaseLikelihood,
    SpendLikelihood,
    largest,
)

LOGS = st.floats(-2.5, 2.5)


def _columns(n=60, seed=1):
    given_rows = made_histories(n, np.random.default_rng(seed))
    return (
        given_rows[name].to_numpy(float)
        for name in ("repeats", "recency_days", "age_days")
    )


def _purchases() -> PurchaseLikelihood:
    x, recency, age = _columns()
    return PurchaseLikelihood(x, recency / 7, age / 7, np.ones(len(x)))


def _spend() -> SpendLikelihood:
    table = made_histories(60, np.random.default_rng(1)).dropna()
    return SpendLikelihood(
        table["repeats"].to_numpy(float), table["repeat_spend"].to_numpy()
    )


def _by_differences(objective, logs, step=1e-5):
    found = []
    for at in range(len(logs)):
        nudge = np.zeros(len(logs))
        nudge[at] = step
        found.append(
            (objective(logs + nudge)[0] - objective(logs - nudge)[0]) / (2 * step)
        )
    return found


def test_the_likelihood_is_that_of_the_paper():
    """Equation 6 of Fader, Hardie and Lee (2005), term by term."""
    x, recency, age = _columns()
    recency, age = recency / 7, age / 7
    r, alpha, a, b = 0.3, 4.0, 0.9, 2.5
    first = (
        beta(a, b + x)
        / beta(a, b)
        * gamma(r + x)
        * alpha**r
        / (gamma(r) * (alpha + age) ** (r + x))
    )
    second = (
        beta(a + 1, np.maximum(b + x - 1, 0.1))
        / beta(a, b)
        * gamma(r + x)
        * alpha**r
        / (gamma(r) * (alpha + recency) ** (r + x))
    )
    expected = np.log(first + np.where(x > 0, second, 0)).sum()

    assert expected == pytest.approx(_purchases()(np.log([r, alpha, a, b]))[0])


def test_the_spend_likelihood_is_that_of_the_paper():
    """Equation 1a of Fader and Hardie (2013)."""
    table = made_histories(60, np.random.default_rng(1)).dropna()
    x, z = table["repeats"].to_numpy(float), table["repeat_spend"].to_numpy()
    p, q, v = 5.0, 3.0, 12.0
    expected = (
        gammaln(p * x + q)
        - gammaln(p * x)
        - gammaln(q)
        + q * math.log(v)
        + (p * x - 1) * np.log(z)
        + p * x * np.log(x)
        - (p * x + q) * np.log(v + x * z)
    ).sum()

    assert expected == pytest.approx(_spend()(np.log([p, q, v]))[0])


@given(st.tuples(LOGS, LOGS, LOGS, LOGS))
def test_the_gradient_of_purchases_is_that_of_differences(logs):
    """Written out and by finite differences, anywhere."""
    objective, at = _purchases(), np.array(logs)

    assert _by_differences(objective, at) == pytest.approx(
        objective(at)[1].tolist(), rel=1e-5, abs=1e-4
    )


@given(st.tuples(LOGS, LOGS, st.floats(0, 5)))
def test_the_gradient_of_spend_is_that_of_differences(logs):
    """Written out and by finite differences, anywhere."""
    objective, at = _spend(), np.array(logs)

    assert _by_differences(objective, at) == pytest.approx(
        objective(at)[1].tolist(), rel=1e-5, abs=1e-4
    )


def test_groups_weigh_as_many_as_they_are():
    """Three equal customers are one group of three."""
    once = PurchaseLikelihood(
        *(np.array([one] * 3) for one in (2.0, 5.0, 9.0)), np.ones(3)
    )
    grouped = PurchaseLikelihood(
        *(np.array([one]) for one in (2.0, 5.0, 9.0)), np.array([3.0])
    )
    logs = np.log([0.3, 4.0, 0.9, 2.5])

    assert once(logs)[0] == pytest.approx(grouped(logs)[0])
    assert once(logs)[1].tolist() == pytest.approx(grouped(logs)[1].tolist())


def test_nothing_overflows_at_the_end_of_the_range():
    """A thousand repeats and the furthest parameters give finite numbers."""
    busy = PurchaseLikelihood(
        *(np.array([one]) for one in (1000.0, 5.0, 900.0)), np.array([1.0])
    )
    for logs in ([14.0, -14.0, 14.0, -14.0], [-14.0, 14.0, -14.0, 14.0]):
        value, gradient = busy(np.array(logs))

        assert math.isfinite(value)
        assert np.isfinite(gradient).all()


def _hill(logs):
    """Return a likelihood with its top at e, e^-1."""
    away = logs - np.array([1.0, -1.0])
    return -float(50 * away @ away), -100 * away


def test_the_top_is_found_and_its_width():
    """A quadratic top of curvature 100: variance 0.01."""
    found = largest(_hill, [(1, 1), (10, 10)], 10)

    assert [1, -1] == pytest.approx(found.logs.tolist())
    assert np.allclose(np.eye(2) * 0.01, found.covariance)
    assert (2, 2) == (found.n_agree, found.n_starts)
    assert [] == found.doubts()


def test_a_slope_without_a_top_is_said():
    """The higher the parameter the better: it runs to the end of its range."""
    found = largest(lambda logs: (float(logs.sum()), np.ones(len(logs))), [(1.0,)], 1)

    assert (0,) == found.at_limit
    assert np.isnan(found.covariance).all()
    assert [
        "a parameter ran to the end of its range",
        "its standard errors cannot be computed",
    ] == found.doubts()


def test_a_top_beyond_the_range_is_not_followed():
    """The search stays within it, also where the curvature shows the way out."""

    def hill(logs):
        return -float(50 * (logs[0] - 20) ** 2), -100 * (logs - 20)

    found = largest(hill, [(1.0,)], 1)

    assert (0,) == found.at_limit
    assert found.logs[0] <= 14


def test_a_slope_spoilt_by_rounding_ends_the_search():
    """Where no step makes the slope smaller any more, it stops and says so."""
    n_calls = 0

    def worn(logs):
        nonlocal n_calls
        n_calls += 1
        value, gradient = _hill(logs)
        return value, gradient + 1e-4 * n_calls

    found = largest(worn, [(1, 1)], 1)

    assert [1, -1] == pytest.approx(found.logs.tolist(), abs=1e-3)
    assert ["the search found no highest point"] == found.doubts()


def test_two_tops_are_said():
    """Starts on both sides of a valley find different tops."""

    def humps(logs):
        x = logs[0]
        return -float((x * x - 4) ** 2) + 0.2 * x, np.array(
            [-4 * x * (x * x - 4) + 0.2]
        )

    found = largest(humps, [(math.e**2,), (math.e**-2,)], 1)

    assert 2 == pytest.approx(found.logs[0], abs=0.02)
    assert ["only 1 of 2 starts came to the same fit"] == found.doubts()


def test_a_search_that_stopped_too_soon_is_said():
    """The slope where it ended is not 0."""
    found = Maximum(np.zeros(1), 0.0, np.eye(1), 0.5, 1, 1, ())

    assert ["the search found no highest point"] == found.doubts()
