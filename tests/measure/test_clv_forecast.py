"""Modelled values of customers and groups, with what is known of them."""

import math
import warnings
from dataclasses import replace

import numpy as np
import pytest
from buyers import CDNOW_PARAMETERS, made_histories
from measure_cases import cdnow_39_weeks, retail_purchases

from journeykit.errors import InputError, JourneyKitWarning
from journeykit.measure.clv_forecast import (
    PREDICTED_COLUMNS,
    ClvModel,
    clv_modelled,
    fit_clv,
    modelled_clv_by_group,
    predicted_clv,
)
from journeykit.measure.clv_model import expected_purchases
from journeykit.measure.clv_spend import expected_spend
from journeykit.measure.customer_groups import GROUP_VALUE_COLUMNS
from journeykit.measure.purchases import purchase_days, purchase_histories


@pytest.fixture(scope="module")
def cdnow() -> ClvModel:
    """Return both models of the CDNOW sample."""
    return fit_clv(cdnow_39_weeks())


def test_a_value_is_purchases_times_spend(cdnow):
    """Without a discount; the first customer of the sample buys 1.56 times 24.66."""
    histories = cdnow_39_weeks()
    found = predicted_clv(cdnow, histories, discount=0)
    first = found.iloc[0]

    assert list(PREDICTED_COLUMNS) == list(found.columns)
    assert histories["customer"].tolist() == found["customer"].tolist()
    assert expected_purchases(
        cdnow.purchases, histories, horizon_days=365
    ).tolist() == pytest.approx(found["expected_purchases"].tolist())
    assert expected_spend(cdnow.spend, histories).tolist() == pytest.approx(
        found["expected_spend"].tolist()
    )
    assert (found["expected_purchases"] * found["expected_spend"]).tolist() == (
        pytest.approx(found["value"].tolist())
    )
    assert (0.727, 1.562, 24.66) == pytest.approx(tuple(first[1:4]), abs=5e-3)


def test_later_money_is_worth_less(cdnow):
    """Months are discounted at their middle; a rate of 0.3 takes 0.3 of revenue."""
    histories = cdnow_39_weeks().iloc[:20]
    plain = predicted_clv(cdnow, histories, discount=0)["value"]
    month = predicted_clv(cdnow, histories, discount=0.1, horizon_days=365.25 / 12)
    undiscounted = predicted_clv(cdnow, histories, discount=0, horizon_days=365.25 / 12)
    year = predicted_clv(cdnow, histories, discount=0.1)["value"]
    margin = predicted_clv(cdnow, histories, discount=0.1, margin_rate=0.3)["value"]

    assert (undiscounted["value"] * 1.1 ** (-1 / 24)).tolist() == pytest.approx(
        month["value"].tolist()
    )
    assert ((plain / 1.1 < year) & (year < plain)).all()
    assert (year * 0.3).tolist() == pytest.approx(margin.tolist())


def test_the_mean_has_an_interval_and_says_how_it_was_made(cdnow):
    """Of all 2,357: about 31 dollars in the next year, known to a tenth."""
    found = clv_modelled(cdnow, cdnow_39_weeks())
    each = predicted_clv(cdnow, cdnow_39_weeks())["value"]

    assert each.mean() == pytest.approx(found.value)
    assert (30.83, 27.83, 34.14) == pytest.approx(
        (found.value, found.low, found.high), abs=0.01
    )
    assert 2357 == found.n
    assert (
        "next 365 days, discount 10.0\u00a0% a year, revenue, which is not margin"
        == found.note
    )
    assert (
        "margin of 30.0\u00a0%"
        in clv_modelled(cdnow, cdnow_39_weeks(), margin_rate=0.3).note
    )


def test_groups_have_the_mean_of_their_customers(cdnow):
    """The group of all is the mean of all, to the last end of the interval."""
    histories = cdnow_39_weeks()
    each = predicted_clv(cdnow, histories).set_index("customer")["value"]
    members = {"odd": [str(n) for n in range(1, 2358, 2)], "few": ["1"]}
    found = modelled_clv_by_group(cdnow, histories, members, high_value=["1", "2"])
    whole = clv_modelled(cdnow, histories)

    assert list(GROUP_VALUE_COLUMNS) == list(found.columns)
    assert (whole.value, whole.low, whole.high) == pytest.approx(
        tuple(found.loc[0, ["value", "low", "high"]])
    )
    assert each[members["odd"]].mean() == pytest.approx(found["value"][1])
    assert found["low"][1] < found["value"][1] < found["high"][1]
    assert [2357, 1179, 1] == found["n"].tolist()
    assert math.isnan(found["value"][2])
    assert [2, 1, 0] == found["n_high_value"].tolist()


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """The mean of 40 sets of customers by the parameters that made them."""
    chance, hits = np.random.default_rng(5), 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JourneyKitWarning)
        for _ in range(40):
            histories = made_histories(800, chance)
            model = fit_clv(histories)
            r, alpha, a, b = CDNOW_PARAMETERS
            true = ClvModel(
                replace(model.purchases, r=r, alpha=alpha, a=a, b=b),
                replace(model.spend, p=6.25, q=3.74, v=15.44),
            )
            truth = predicted_clv(true, histories, horizon_days=60)["value"].mean()
            found = clv_modelled(model, histories, horizon_days=60)
            hits += found.low <= truth <= found.high

    assert 0.85 <= hits / 40 <= 1


def test_doubts_stand_beside_the_number():
    """The retail year gives a value, and the note says that it cannot be trusted."""
    histories = purchase_histories(purchase_days(retail_purchases()))
    with pytest.warns(JourneyKitWarning, match="cannot be trusted"):
        model = fit_clv(histories)
    found = clv_modelled(model, histories)

    assert not model.is_trusted
    assert found.value > 0
    assert "not to be trusted: hardly anybody is ever lost" in found.note


def test_a_refused_spend_model_gives_no_value():
    """With q at or below 1 it is not measured, and the reason is said."""
    chance = np.random.default_rng(3)
    histories = made_histories(3000, chance, spend=(4.0, 0.6, 10.0))
    with pytest.warns(JourneyKitWarning, match="must not be used"):
        model = fit_clv(histories)
    found = clv_modelled(model, histories)

    assert found.value is None
    assert "at or below 1" in found.note
    assert not model.is_trusted
    with pytest.raises(InputError, match="differs too much"):
        predicted_clv(model, histories)
    with pytest.raises(InputError, match="differs too much"):
        modelled_clv_by_group(model, histories, {})


def test_without_standard_errors_there_are_no_ends(cdnow):
    """A value whose spread cannot be had is shown without one."""
    unknown = replace(cdnow.purchases, covariance=np.full((4, 4), np.nan))
    found = clv_modelled(ClvModel(unknown, cdnow.spend), cdnow_39_weeks())

    assert found.value > 0
    assert found.low is found.high is None


def test_few_customers_are_not_shown(cdnow):
    """Four people could be recognised."""
    found = clv_modelled(cdnow, cdnow_39_weeks().iloc[:4])

    assert found.value is None
    assert "fewer than minimum" == found.reliability


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"horizon_days": 0}, "a horizon above 0"),
        ({"discount": -0.1}, "a discount rate of a year"),
        ({"margin_rate": 30}, "above 0 and up to 1"),
        ({"margin_rate": 0}, "above 0 and up to 1"),
    ],
)
def test_options_out_of_range_are_refused(cdnow, options, words):
    """30 is not 30 %."""
    with pytest.raises(InputError, match=words):
        predicted_clv(cdnow, cdnow_39_weeks(), **options)
