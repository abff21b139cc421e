"""Forecasts of the first part of the time beside what came."""

import warnings

import numpy as np
import pytest
from buyers import made_purchases
from measure_cases import bought, cdnow_purchases, retail_purchases

from journeykit.errors import InputError, JourneyKitWarning
from journeykit.measure.clv_backtest import (
    BACKTEST_COLUMNS,
    BY_REPEATS_COLUMNS,
    backtest_clv,
)
from journeykit.measure.purchases import as_day, days_between, purchase_days

MODELLED, CARRIED_ON = "modelled", "repeat rate carried on"
OWN_RATE = "each customer's own rate carried on"


@pytest.fixture(scope="module")
def cdnow():
    """Return the backtest of the CDNOW sample: a year, and the half year after it."""
    return backtest_clv(purchase_days(cdnow_purchases()))


def test_the_model_beats_carrying_on_at_cdnow(cdnow):
    """1,156 purchase days came; the model says 1,175, carrying on 1,810."""
    table = cdnow.table.set_index(["of", "forecast"])
    days = table.loc["purchase days"]

    assert list(BACKTEST_COLUMNS) == list(cdnow.table.columns)
    assert as_day("1997-12-30") == cdnow.cut
    assert 182 == cdnow.horizon_days
    assert {1156.0} == set(days["actual"])
    assert (1175, 1810) == pytest.approx(
        (days["value"][MODELLED], days["value"][CARRIED_ON]), abs=0.5
    )
    assert days["low"][MODELLED] < 1156 < days["high"][MODELLED]
    assert days["low"][[CARRIED_ON, OWN_RATE]].isna().all()
    assert abs(table.loc[("revenue", MODELLED), "error_share"]) < 0.02
    assert days["mean_error"].idxmin() == MODELLED
    assert cdnow.is_better


def test_what_came_is_counted_from_the_purchases(cdnow):
    """Only of customers of the first part, only after the cut."""
    days = purchase_days(cdnow_purchases())
    known = set(days_between(days, None, "1997-12-30").days["customer"])
    later = days_between(days, "1997-12-31", None).days
    later = later[later["customer"].isin(known)]
    table = cdnow.table.set_index("of")

    assert len(later) == table.loc["purchase days", "actual"].iloc[0]
    assert later["amount"].sum() == pytest.approx(
        table.loc["revenue", "actual"].iloc[0]
    )
    assert {len(known)} == set(cdnow.table["n"])


def test_classes_of_customers_stand_beside_each_other(cdnow):
    """By repeats in the first part; together they are all customers."""
    found = cdnow.by_repeats
    total = (found["actual"] * found["n"]).sum()

    assert list(BY_REPEATS_COLUMNS) == list(found.columns)
    assert ["0", "1", "2", "3", "4 to 6", "7 or more"] == found["repeats"].tolist()
    assert 2357 == found["n"].sum()
    assert 1156 == pytest.approx(total)
    assert (found["modelled"].diff().dropna() > 0).all()
    assert found["carried_on"][0] == pytest.approx(found["carried_on"][5])


def test_the_retail_year_is_better_carried_on():
    """A model that cannot be trusted loses: 12 % below, against 3 %."""
    with pytest.warns(JourneyKitWarning, match="cannot be trusted"):
        found = backtest_clv(purchase_days(retail_purchases()))
    errors = found.table.set_index(["of", "forecast"])["error_share"]["purchase days"]

    assert (-0.118, -0.031) == pytest.approx(
        (errors[MODELLED], errors[CARRIED_ON]), abs=5e-4
    )
    assert not found.is_better


def test_the_interval_holds_what_comes_as_often_as_it_says():
    """30 made shops: purchase days and revenue of the last third."""
    chance, hits = np.random.default_rng(1), np.zeros(2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JourneyKitWarning)
        for _ in range(30):
            days = purchase_days(made_purchases(chance), until="2026-10-27")
            rows = backtest_clv(days).table.query("forecast == @MODELLED")
            hits += (rows["low"] <= rows["actual"]).to_numpy() & (
                rows["actual"] <= rows["high"]
            ).to_numpy()

    assert (hits / 30 >= 0.85).all()


def test_the_same_seed_gives_the_same_interval(cdnow):
    """A report printed twice says the same."""
    again = backtest_clv(purchase_days(cdnow_purchases()))

    assert cdnow.table.equals(again.table)


def test_a_refused_spend_model_forecasts_no_revenue():
    """Purchase days are forecast all the same."""
    chance = np.random.default_rng(2)
    table = made_purchases(chance, n=400)
    table["amount"] = chance.pareto(0.4, len(table)) + 1
    with pytest.warns(JourneyKitWarning, match="must not be used"):
        found = backtest_clv(purchase_days(table))
    value = found.table.set_index(["of", "forecast"])["value"]

    assert np.isnan(value["revenue", MODELLED])
    assert value["purchase days", MODELLED] > 0


def test_nothing_to_come_has_no_share_of_error():
    """Nobody came back after the cut: an error of nothing is no share."""
    chance = np.random.default_rng(3)
    table = made_purchases(chance, n=400, days=200)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JourneyKitWarning)
        found = backtest_clv(purchase_days(table, until="2027-12-31"), share=0.5)

    assert found.table["error_share"].isna().all()
    assert {0.0} == set(found.table["actual"])


def test_a_higher_minimum_hides_more(cdnow):
    """Classes and totals of fewer customers than asked for are not shown."""
    found = backtest_clv(purchase_days(cdnow_purchases()), minimum=3000)

    assert found.table["value"].isna().all()
    assert found.by_repeats["actual"].isna().all()


@pytest.mark.parametrize(
    ("table", "share", "words"),
    [
        (cdnow_purchases(), 1, "a share between 0 and 1"),
        (bought(), 0.5, "there are 0 in all"),
        (
            bought(("A", "2026-01-01", 1.0), ("A", "2026-01-02", 1.0)),
            0.5,
            "there are 1",
        ),
    ],
)
def test_a_time_that_cannot_be_cut_is_refused(table, share, words):
    """Both parts need days."""
    with pytest.raises(InputError, match=words):
        backtest_clv(purchase_days(table), share=share)
