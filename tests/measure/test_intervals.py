"""Intervals against the literature."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.errors import InputError
from journeykit.measure.intervals import (
    Interval,
    adjusted_wald,
    effective_n,
    mean_interval,
    t_quantile,
    wilson,
)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_newcombes_values(count, n, low, high):
    """Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
    found = wilson(count, n)

    assert (low, high) == pytest.approx(found, abs=5e-5)


def test_wilson_ends_exactly_at_the_ends_of_a_share():
    """Nobody of some is a share from 0, everybody one up to 1, without rounding."""
    assert wilson(0, 20).low == 0
    assert wilson(20, 20).high == 1


def test_wilson_is_wider_at_a_higher_level():
    """More certainty costs width; the ends are the textbook formula by hand."""
    # 5 of 10: the centre stays 0.5.
    z = 2.5758293035489004
    half = z * math.sqrt(1 / 40 + z * z / 400) / (1 + z * z / 10)

    assert (0.5 - half, 0.5 + half) == pytest.approx(wilson(5, 10, 0.99), abs=1e-12)


@pytest.mark.parametrize(("count", "n"), [(-1, 5), (6, 5), (0, 0), (1, math.nan)])
def test_wilson_refuses_counts_that_are_no_share(count, n):
    """A count outside 0 to n, or no answers at all, is an error."""
    with pytest.raises(InputError, match="a count from 0 to n"):
        wilson(count, n)


@pytest.mark.parametrize("level", [0, 1, 95, -0.5, math.nan])
def test_a_level_is_a_share(level):
    """95 instead of 0.95 is refused everywhere, with the way to write it."""
    with pytest.raises(InputError, match=r"Write 95 % as 0\.95"):
        wilson(1, 2, level)
    with pytest.raises(InputError, match="a level between 0 and 1"):
        adjusted_wald(1, 1, 2, level)
    with pytest.raises(InputError, match="a level between 0 and 1"):
        mean_interval([1, 2], level=level)


def test_a_level_next_to_one_is_computed():
    """The tail is taken as it is, not as 1 minus something that rounds to 1."""
    low, high = wilson(5, 10, 1 - 2**-53)

    assert 0 < low < 0.1 < 0.9 < high < 1


@pytest.mark.parametrize(
    ("promoters", "detractors", "n", "low", "high"),
    [
        (50, 20, 100, 14.05, 44.20),
        (162, 54, 324, 24.95, 41.11),
        (10, 0, 10, 47.50, 100),
        (1436, 342, 2746, 37.18, 42.41),
    ],
)
def test_adjusted_wald_gives_the_declared_values(promoters, detractors, n, low, high):
    """Rocks (2016), The American Statistician 70; clipped at the end of the scale."""
    found = adjusted_wald(promoters, detractors, n)

    assert (low, high) == pytest.approx(found, abs=5e-3)


def test_adjusted_wald_is_the_same_from_both_ends():
    """Promoters and detractors exchanged turn the interval round."""
    low, high = adjusted_wald(10, 0, 10)

    assert Interval(-high, -low) == adjusted_wald(0, 10, 10)


def test_adjusted_wald_holds_the_score_at_a_narrow_level():
    """All promote: the half-interval would end at 90, below the score of 100."""
    assert adjusted_wald(20, 0, 20, 0.5).high == 100
    assert adjusted_wald(0, 20, 20, 0.5).low == -100


@pytest.mark.parametrize(
    ("p", "d", "n"), [(6, 5, 10), (-1, 0, 5), (0, -1, 5), (0, 0, 0)]
)
def test_adjusted_wald_refuses_counts_that_do_not_add_up(p, d, n):
    """More promoters and detractors than answers is an error."""
    with pytest.raises(InputError, match="together at most n"):
        adjusted_wald(p, d, n)


# NIST/SEMATECH e-Handbook of Statistical Methods, section 1.3.6.7.2.
_T_TABLE = {
    1: (3.078, 6.314, 12.706, 31.821, 63.657, 318.309),
    2: (1.886, 2.920, 4.303, 6.965, 9.925, 22.327),
    5: (1.476, 2.015, 2.571, 3.365, 4.032, 5.893),
    10: (1.372, 1.812, 2.228, 2.764, 3.169, 4.144),
    29: (1.311, 1.699, 2.045, 2.462, 2.756, 3.396),
    100: (1.290, 1.660, 1.984, 2.364, 2.626, 3.174),
}


@pytest.mark.parametrize("df", _T_TABLE)
def test_t_quantiles_are_those_of_the_published_table(df):
    """One-sided 0.90, 0.95, 0.975, 0.99, 0.995 and 0.999."""
    found = [t_quantile(p, df) for p in (0.90, 0.95, 0.975, 0.99, 0.995, 0.999)]

    assert list(_T_TABLE[df]) == pytest.approx(found, abs=5.1e-4)


def _share_within(t: float, df: int) -> float:
    """Share between -t and t by finite series, Abramowitz and Stegun 26.7.3 and 4."""
    angle = math.atan(t / math.sqrt(df))
    cosine, sine = math.cos(angle), math.sin(angle)
    if df == 1:
        return 2 * angle / math.pi
    terms = [1.0]
    for k in range(2 if df % 2 else 1, df - 2, 2):
        terms.append(terms[-1] * cosine * cosine * k / (k + 1))
    if df % 2:
        return 2 / math.pi * (angle + sine * cosine * math.fsum(terms))
    return sine * math.fsum(terms)


@pytest.mark.parametrize("df", [1, 2, 3, 4, 5, 10, 29, 100, 999, 4_999, 5_000, 50_000])
@pytest.mark.parametrize("probability", [0.51, 0.6, 0.9, 0.975, 0.995, 0.9995])
def test_t_quantiles_are_exact(df, probability):
    """The share within the quantile, by the finite series, is the one asked for."""
    t = t_quantile(probability, df)

    assert 2 * probability - 1 == pytest.approx(_share_within(t, df), abs=1e-11)


def test_t_quantiles_have_the_closed_forms():
    """One degree of freedom is a tangent, two a root, to eight digits and beyond."""
    p = 0.9995

    assert math.tan(math.pi * (p - 0.5)) == pytest.approx(t_quantile(p, 1), rel=1e-12)
    two = (2 * p - 1) / math.sqrt(2 * p * (1 - p))
    assert two == pytest.approx(t_quantile(p, 2), rel=1e-12)


def test_t_quantiles_mirror_at_one_half():
    """The distribution is even."""
    assert t_quantile(0.5, 7) == 0
    assert t_quantile(0.25, 7) == -t_quantile(0.75, 7)


def test_t_quantile_beyond_every_number_is_endless():
    """Next to no degree of freedom has tails that no float can hold."""
    assert t_quantile(0.975, 0.003) == math.inf
    assert t_quantile(0.975, 1e-4) == math.inf
    assert t_quantile(0.025, 1e-4) == -math.inf


@pytest.mark.parametrize(("p", "df"), [(0, 5), (1, 5), (0.5, 0), (0.5, math.nan)])
def test_t_quantile_refuses_what_has_none(p, df):
    """A probability of 0 or 1, or no degrees of freedom, is an error."""
    with pytest.raises(InputError, match="a probability between 0 and 1"):
        t_quantile(p, df)


def test_mean_has_the_textbook_interval():
    """1 to 5: mean 3, s^2 = 2.5, half-width 2.776445 x sqrt(2.5 / 5)."""
    half = 2.7764451052 * math.sqrt(0.5)

    assert (3, 3 - half, 3 + half) == pytest.approx(mean_interval([1, 2, 3, 4, 5]))


def test_counts_say_how_often_an_answer_was_given():
    """A frequency table has the interval of its answers written out."""
    written_out = mean_interval([2, 2, 2, 4, 5, 5])

    assert written_out == pytest.approx(mean_interval([2, 4, 5], counts=[3, 1, 2]))


def test_equal_weights_change_nothing():
    """A weight of 7 for all is a weight of 1 for all; it is no count."""
    plain = mean_interval([1, 2, 3, 4, 5])

    assert plain == pytest.approx(mean_interval([1, 2, 3, 4, 5], weights=[7] * 5))


def test_one_answer_has_no_interval():
    """A mean of one answer, or of one that outweighs all, is not bounded."""
    assert mean_interval([4]) == (4, -math.inf, math.inf)
    assert mean_interval([4, 1], weights=[1, 0]) == (4, -math.inf, math.inf)


def test_a_mean_needs_answers_and_one_kind_of_factor():
    """Nothing, only zeros, and counts beside weights are errors."""
    with pytest.raises(InputError, match="there is none"):
        mean_interval([])
    with pytest.raises(InputError, match="there is none"):
        mean_interval([3], counts=[0])
    with pytest.raises(InputError, match="not both"):
        mean_interval([3], counts=[1], weights=[1])


def test_effective_n_is_kishs():
    """(1 + 1 + 2)^2 / (1 + 1 + 4); nothing weighs nothing, much does not overflow."""
    assert effective_n([1, 1, 2]) == pytest.approx(16 / 6)
    assert effective_n([]) == 0
    assert effective_n([0, 0]) == 0
    assert effective_n([1e300, 1e300]) == 2


@given(
    n=st.integers(1, 10_000),
    part=st.floats(0, 1),
    level=st.floats(0.01, 0.999),
)
def test_intervals_hold_the_number_and_stay_on_the_scale(n, part, level):
    """0 <= low <= share <= high <= 1, and likewise for points."""
    count = int(part * n)
    low, high = wilson(count, n, level)
    worst, best = adjusted_wald(count, n - count, n, level)

    assert 0 <= low <= count / n <= high <= 1
    assert -100 <= worst <= 100 * (2 * count - n) / n <= best <= 100


@given(p=st.floats(1e-9, 1 - 1e-9), df=st.floats(0.5, 1e6))
def test_t_quantile_grows_with_the_probability(p, df):
    """A larger share lies below a larger quantile."""
    assert t_quantile(p / 2, df) < t_quantile(p, df)
