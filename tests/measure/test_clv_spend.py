"""Gamma-Gamma against the published fit, and where it is refused."""

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from buyers import made_histories
from measure_cases import cdnow_39_weeks

from journeykit.errors import InputError, JourneyKitWarning, UnknownNameError
from journeykit.measure.clv_spend import expected_spend, fit_spend


def test_the_cdnow_fit_is_the_published_one():
    """Fader and Hardie (2013): p 6.25, q 3.74, v 15.44, of 946 who came back."""
    found = fit_spend(cdnow_39_weeks())

    assert 6.25 == pytest.approx(found.p, abs=0.005)
    assert 3.74 == pytest.approx(found.q, abs=0.005)
    assert 15.44 == pytest.approx(found.v, abs=0.01)
    assert 946 == found.n
    assert 0.11 == pytest.approx(found.correlation, abs=0.005)
    assert found.is_trusted
    assert ["p", "q", "v"] == found.parameters()["parameter"].tolist()


def test_the_mean_of_few_purchases_is_drawn_to_that_of_all():
    """Published: customer 1, two repeats of 22.35 on the mean: 24.66."""
    histories = cdnow_39_weeks()
    found = fit_spend(histories)
    spend = expected_spend(found, histories)

    assert 24.66 == pytest.approx(spend[0], abs=0.005)
    assert 35.17 == pytest.approx(spend[2], abs=0.005)  # without repeats: that of all
    assert found.p * found.v / (found.q - 1) == pytest.approx(spend[2])


def test_money_in_pence_gives_the_same_fit():
    """Only v is money."""
    histories = cdnow_39_weeks()
    pounds = fit_spend(histories)
    pence = fit_spend(histories.assign(repeat_spend=histories["repeat_spend"] * 100))

    assert (pounds.p, pounds.q) == pytest.approx((pence.p, pence.q), rel=1e-6)
    assert pounds.v * 100 == pytest.approx(pence.v, rel=1e-6)
    assert pounds.log_likelihood - 946 * math.log(100) == pytest.approx(
        pence.log_likelihood
    )


def test_made_customers_give_back_what_made_them():
    """60,000 of them; every parameter within four standard errors."""
    truth = (4.0, 2.5, 30.0)
    found = fit_spend(made_histories(60_000, np.random.default_rng(1), spend=truth))
    errors = np.sqrt(np.diag(found.covariance))

    assert (np.abs(np.log(found.values / truth)) < 4 * errors).all()
    assert (errors < 0.1).all()


def test_intervals_hold_the_truth_as_often_as_they_say():
    """100 sets of 1,000 made customers, 95 % each."""
    chance = np.random.default_rng(2)
    truth = (6.25, 3.74, 15.44)
    hits = np.zeros(3)
    for _ in range(100):
        table = fit_spend(made_histories(1000, chance)).parameters()
        low, high = table["low"].to_numpy(), table["high"].to_numpy()
        hits += (low <= truth) & (high >= truth)

    assert (hits / 100 >= 0.89).all()
    assert (hits / 100 <= 1).all()


def test_spend_that_differs_too_much_is_refused():
    """With q at or below 1 the expected spend is infinite."""
    chance = np.random.default_rng(3)
    histories = made_histories(3000, chance, spend=(4.0, 0.6, 10.0))

    with pytest.warns(JourneyKitWarning, match="must not be used"):
        found = fit_spend(histories)

    assert found.q <= 1
    assert not found.is_trusted
    assert "at or below 1" in found.refusal
    with pytest.raises(InputError, match="differs too much"):
        expected_spend(found, histories)


def test_who_buys_often_and_spends_more_is_said():
    """The model rules out what the data show."""
    histories = made_histories(2000, np.random.default_rng(4))
    more = histories["repeat_spend"] * histories["repeats"]

    with pytest.warns(JourneyKitWarning, match="cannot be trusted: who buys often"):
        found = fit_spend(histories.assign(repeat_spend=more))

    assert found.correlation >= 0.3
    assert "spends more a time" in found.doubts[0]


def test_customers_who_are_all_alike_have_no_correlation():
    """Nothing varies, so nothing goes along with it; the fit has its doubts."""
    histories = pd.DataFrame(
        {"repeats": [2] * 8, "recency_days": 5, "age_days": 9, "repeat_spend": 3.0}
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JourneyKitWarning)
        found = fit_spend(histories)

    assert 0 == found.correlation
    assert found.doubts


def test_amounts_that_are_none_are_refused():
    """Whoever came back has paid something; without repeats nothing is asked."""
    histories = cdnow_39_weeks()
    faulty = histories.assign(
        repeat_spend=histories["repeat_spend"].where(lambda z: z > 5)
    )

    with pytest.raises(InputError, match="a mean amount above 0"):
        fit_spend(faulty)
    with pytest.raises(InputError, match="there are 0"):
        fit_spend(histories[histories["repeats"] == 0])
    with pytest.raises(UnknownNameError, match="no column 'repeat_spend'"):
        fit_spend(histories.drop(columns="repeat_spend"))
