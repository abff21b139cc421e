"""How many answers are needed: the usual tables, and whether the plans hold."""

import numpy as np
import pytest

from journeykit.errors import InputError
from journeykit.measure.differences import net_promoter_difference
from journeykit.measure.intervals import adjusted_wald, mean_interval
from journeykit.measure.sample_size import (
    n_for_mean,
    n_for_net_promoter_score,
    n_for_share,
    n_to_detect_mean,
    n_to_detect_net_promoter_score,
    n_to_detect_share,
)


@pytest.mark.parametrize(
    ("population", "n"),
    [(None, 385), (100, 80), (500, 218), (1_000, 278), (10_000, 370), (1_000_000, 384)],
)
def test_share_within_five_points(population, n):
    """Krejcie and Morgan (1970), Educational and Psychological Measurement 30, 607."""
    # Their formula begins with chi square 3.841, ours with 1.96 and rounds up.
    assert n == pytest.approx(n_for_share(0.05, population=population).n, abs=1)


def test_a_guess_saves_answers():
    """A share near 0 or 1 needs fewer answers than one half."""
    assert 246 == n_for_share(0.05, expected=0.2).n
    assert n_for_share(0.05, expected=0.2).n == n_for_share(0.05, expected=0.8).n


@pytest.mark.parametrize(("half_width", "n"), [(3, 2604), (5, 938), (10, 235)])
def test_planned_score_has_the_planned_interval(half_width, n):
    """With the guessed answers the interval is as wide as wanted."""
    plan = n_for_net_promoter_score(half_width, promoters=0.5, detractors=0.2)
    low, high = adjusted_wald(plan.n * 0.5, plan.n * 0.2, plan.n)

    assert n == pytest.approx(plan.n, abs=1)
    assert half_width == pytest.approx((high - low) / 2, rel=0.01)


def test_without_a_guess_a_score_needs_most_answers():
    """Half promoters and half detractors have the largest variance."""
    assert 1537 == n_for_net_promoter_score(5).n
    assert (
        n_for_net_promoter_score(5).n
        > n_for_net_promoter_score(5, promoters=0.4, detractors=0.4).n
    )


def test_planned_mean_has_the_planned_interval():
    """With Student's t: one answer fewer, and the interval is too wide."""
    plan = n_for_mean(0.2, standard_deviation=1)
    answers = np.linspace(-1, 1, plan.n)
    answers = 3 + answers / answers.std(ddof=1)
    _, low, high = mean_interval(answers)
    _, low_less, high_less = mean_interval(
        3 + (answers - 3)[:-1] / answers[:-1].std(ddof=1)
    )

    assert 99 == plan.n
    assert (high - low) / 2 <= 0.2 < (high_less - low_less) / 2


@pytest.mark.parametrize(
    ("before", "after", "power", "n"),
    [
        (0.5, 0.6, 0.8, 388),
        (0.5, 0.6, 0.9, 519),
        (0.1, 0.2, 0.8, 199),
        (0.6, 0.5, 0.8, 388),
    ],
)
def test_two_shares_need_fleisss_numbers(before, after, power, n):
    """Fleiss, Statistical Methods for Rates and Proportions, without correction."""
    assert n == pytest.approx(n_to_detect_share(before, after, power=power).n, abs=1)


@pytest.mark.parametrize(("difference", "n"), [(0.2, 394), (0.5, 64), (0.8, 26)])
def test_two_means_need_cohens_numbers(difference, n):
    """Cohen (1992), Psychological Bulletin 112, table 2: small, medium and large."""
    assert n == pytest.approx(
        n_to_detect_mean(difference, standard_deviation=1).n, abs=1
    )


def test_planned_difference_is_found_as_often_as_planned():
    """Of 1,000 pairs of waves of that size four of five show the difference."""
    plan = n_to_detect_net_promoter_score(15, promoters=0.5, detractors=0.2)
    rng = np.random.default_rng(5)
    n = plan.n
    before = rng.multinomial(n, [0.425, 0.275, 0.3], size=1_000)
    after = rng.multinomial(n, [0.5, 0.2, 0.3], size=1_000)
    found = [
        net_promoter_difference((*one[:2], n), (*other[:2], n)).p_value < 0.05
        for one, other in zip(before, after, strict=True)
    ]

    assert 2 == plan.n_groups
    assert 0.75 <= np.mean(found) <= 0.87


def test_a_small_population_needs_fewer_answers_never_more_than_there_are():
    """Asking everybody is always enough."""
    assert 40 >= n_for_share(0.01, population=40).n
    assert 1 == n_for_share(0.05, population=1).n
    assert 1 == n_for_share(0.05, expected=0).n


def test_people_to_ask_follow_the_response_rate():
    """One in five answers: five times as many are asked, and it is said if too many."""
    plan = n_for_share(0.05, response_rate=0.2)
    few = n_for_share(0.05, population=500, response_rate=0.2)

    assert 385 * 5 == plan.n_invited
    assert few.n_invited == 218 * 5
    assert "more than the 500 there are would have to be asked" in few.text
    assert n_for_share(0.05).n_invited is None


def test_a_plan_says_what_it_rests_on():
    """The guess, the width and the level stand in words beside the number."""
    assert "share guessed at 0.5, +/- 0.05 at 95%" == n_for_share(0.05).text
    assert (
        "guessed at 50% promoters and 20% detractors, 5 points found in 80% at 95%"
    ) == n_to_detect_net_promoter_score(5, promoters=0.5, detractors=0.2).text
    assert (
        "1,000 customers there are"
        in n_for_mean(0.2, standard_deviation=1, population=1_000).text
    )


@pytest.mark.parametrize(
    ("plan", "match"),
    [
        (lambda: n_for_share(0), "half a width between 0 and 1"),
        (lambda: n_for_share(5), "half a width between 0 and 1"),
        (lambda: n_for_share(0.05, expected=2), "a share from 0 to 1"),
        (lambda: n_for_share(0.05, level=95), "a level between 0 and 1"),
        (lambda: n_for_share(0.05, population=0), "1 customer or more"),
        (lambda: n_for_share(0.05, response_rate=0), "a response rate above 0"),
        (lambda: n_for_net_promoter_score(0), "half a width above 0 points"),
        (lambda: n_for_net_promoter_score(5, promoters=0.9), "together at most 1"),
        (lambda: n_for_mean(0, standard_deviation=1), "half a width above 0"),
        (lambda: n_for_mean(1, standard_deviation=0), "a standard deviation above 0"),
        (lambda: n_to_detect_share(0.5, 0.5), "they are the same"),
        (lambda: n_to_detect_share(0.5, 1.5), "a share from 0 to 1"),
        (lambda: n_to_detect_share(0.5, 0.6, power=1), "a power between 0 and 1"),
        (lambda: n_to_detect_net_promoter_score(0), "a difference in points"),
        (
            lambda: n_to_detect_mean(0, standard_deviation=1),
            "a difference other than 0",
        ),
    ],
)
def test_plans_that_cannot_be_are_refused(plan, match):
    """Each refusal says what was expected."""
    with pytest.raises(InputError, match=match):
        plan()
