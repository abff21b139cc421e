"""Expected purchases against the textbook's form, and where that one fails."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import hyp2f1

from journeykit.measure.clv_expected import alive_share, expected_repeats

CDNOW = np.array([0.243, 4.414, 0.793, 2.426])


def _ahead(parameters, x, age, *times, weights=None):
    return expected_repeats(
        np.array(parameters),
        np.atleast_1d(np.array(x, dtype=float)),
        np.atleast_1d(np.array(age, dtype=float)),
        np.array(times, dtype=float),
        np.ones(len(times)) if weights is None else np.array(weights),
    )


def _textbook(parameters, x, age, time):
    r, alpha, a, b = parameters
    part = ((alpha + age) / (alpha + age + time)) ** (r + x)
    part *= hyp2f1(r + x, b + x, a + b + x - 1, time / (alpha + age + time))
    return (a + b + x - 1) / (a - 1) * (1 - part)


def test_the_published_customer_buys_1226_times():
    """E[Y(39) | x = 2, t_x = 30.43, T = 38.86] = 1.226 (Fader, Hardie and Lee 2005)."""
    alive = alive_share(CDNOW, *(np.array([one]) for one in (2.0, 30.43, 38.86)))

    assert 1.226 == pytest.approx((alive * _ahead(CDNOW, 2, 38.86, 39))[0], abs=5e-4)


@given(
    st.tuples(
        st.floats(0.05, 5), st.floats(0.5, 40), st.floats(0.1, 0.9), st.floats(1.2, 20)
    ),
    st.integers(0, 20),
    st.floats(1, 100),
    st.floats(0.5, 50),
)
def test_the_expectation_is_that_of_the_textbook(parameters, x, age, time):
    """Where the hypergeometric form is at ease both agree."""
    assert _textbook(parameters, x, age, time) == pytest.approx(
        _ahead(parameters, x, age, time)[0], rel=1e-8
    )


def test_nothing_breaks_where_the_textbook_divides_by_0():
    """At a = 1, and at a + b = 1, the value lies between its neighbours."""
    for parameters, at in (((0.3, 4.0, 1.0, 2.0), 2), ((0.3, 4.0, 0.4, 0.6), 3)):
        below, above = list(parameters), list(parameters)
        below[at], above[at] = below[at] * 0.999, above[at] * 1.001
        values = [_ahead(one, 0, 30, 40)[0] for one in (below, parameters, above)]

        assert values == sorted(values) or values == sorted(values, reverse=True)
        assert values[0] == pytest.approx(values[2], rel=0.01)


def test_busy_customers_do_not_overflow():
    """A thousand purchases: about as many again, if nobody is ever lost."""
    found = _ahead((0.3, 4.0, 1e-5, 100.0), 1000, 300, 300)

    assert 300 * 1000.3 / 304 == pytest.approx(found[0], rel=1e-3)


def test_steps_add_up_and_weigh():
    """Twelve months are the year; a weight of 2 in all steps doubles it."""
    months = np.arange(1, 13) * 4.0
    whole = _ahead(CDNOW, [0, 3], [30, 20], 48)

    assert whole.tolist() == pytest.approx(
        _ahead(CDNOW, [0, 3], [30, 20], *months).tolist()
    )
    assert (2 * whole).tolist() == pytest.approx(
        _ahead(CDNOW, [0, 3], [30, 20], *months, weights=[2.0] * 12).tolist()
    )
    first = _ahead(CDNOW, 3, 20, *months, weights=[1.0] + [0.0] * 11)
    assert _ahead(CDNOW, 3, 20, 4).tolist() == pytest.approx(first.tolist())


def test_many_ages_come_back_in_their_order():
    """Blocks of customers are put together again."""
    ages = np.linspace(1, 300, 45_000)
    found = _ahead(CDNOW, np.full(45_000, 2.0), ages, 10)

    assert (np.diff(found) < 0).all()  # the longer for two purchases, the fewer to come
    assert _ahead(CDNOW, 2, ages[30_000], 10)[0] == pytest.approx(found[30_000])


@given(st.integers(0, 300), st.floats(0, 1), st.floats(0.1, 500))
def test_the_share_alive_is_a_share_and_falls_with_silence(x, part, age):
    """1 without a repeat purchase; the longer the silence the smaller."""
    recency = age * part * (x > 0)
    rows = (np.array([float(x)] * 2), np.array([recency] * 2), np.array([age, age * 2]))
    sooner, later = alive_share(CDNOW, *rows)

    assert 0 <= later <= sooner <= 1
    assert x > 0 or later == 1


def test_the_share_alive_is_that_of_the_paper():
    """1 / (1 + a / (b + x - 1) ((alpha + T) / (alpha + t_x))^(r + x))."""
    r, alpha, a, b = CDNOW
    expected = 1 / (1 + a / (b + 1) * ((alpha + 38.86) / (alpha + 30.43)) ** (r + 2))

    assert expected == pytest.approx(
        alive_share(CDNOW, *(np.array([one]) for one in (2.0, 30.43, 38.86)))[0]
    )
