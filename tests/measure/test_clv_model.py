"""BG/NBD against the published fit, on made customers, and where it must warn."""

import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import pytest
from buyers import CDNOW_PARAMETERS, made_histories
from measure_cases import cdnow_39_weeks, cdnow_purchases, retail_purchases
from pandas.testing import assert_frame_equal

from journeykit.errors import InputError, JourneyKitWarning, UnknownNameError
from journeykit.measure.clv_model import (
    PARAMETER_COLUMNS,
    expected_purchases,
    fit_purchases,
    probability_alive,
)
from journeykit.measure.purchases import purchase_days, purchase_histories


@pytest.fixture(scope="module")
def cdnow():
    """Return the fit of the CDNOW sample."""
    return fit_purchases(cdnow_39_weeks())


def test_the_cdnow_fit_is_the_published_one(cdnow):
    """Fader, Hardie and Lee (2005), table 2: 39 weeks, 2,357 customers."""
    assert 0.243 == pytest.approx(cdnow.r, abs=5e-4)
    assert 4.414 == pytest.approx(cdnow.alpha, abs=5e-4)
    assert 0.793 == pytest.approx(cdnow.a, abs=5e-4)
    assert 2.426 == pytest.approx(cdnow.b, abs=5e-4)
    assert -9582.4 == pytest.approx(cdnow.log_likelihood, abs=0.05)
    assert (2357, 946) == (cdnow.n, cdnow.n_repeat)
    assert cdnow.n_groups < 1100
    assert cdnow.is_trusted


def test_the_published_customer_buys_1226_times(cdnow):
    """E[Y(39) | x = 2, t_x = 30.43, T = 38.86] = 1.226, in weeks."""
    one = cdnow_39_weeks().iloc[[0]]

    assert 1.226 == pytest.approx(
        expected_purchases(cdnow, one, horizon_days=39 * 7)[0], abs=5e-4
    )
    assert 0.7266 == pytest.approx(probability_alive(cdnow, one)[0], abs=5e-5)


def test_the_purchases_themselves_give_the_same_fit(cdnow):
    """From invoices by way of purchase days; the published weeks are rounded."""
    histories = purchase_histories(purchase_days(cdnow_purchases(), until="1997-09-30"))
    found = fit_purchases(histories)

    assert cdnow.values.tolist() == pytest.approx(found.values.tolist(), rel=2e-3)


def test_the_unit_of_time_changes_alpha_and_nothing_else(cdnow):
    """In days: alpha seven times as large; the likelihood is a density in time."""
    days = fit_purchases(cdnow_39_weeks(), unit_days=1)
    n_repeats = cdnow_39_weeks()["repeats"].sum()

    assert cdnow.alpha * 7 == pytest.approx(days.alpha, rel=1e-6)
    assert cdnow.b == pytest.approx(days.b, rel=1e-6)
    assert cdnow.log_likelihood - n_repeats * np.log(7) == pytest.approx(
        days.log_likelihood
    )
    assert expected_purchases(
        cdnow, cdnow_39_weeks(), horizon_days=90
    ).tolist() == pytest.approx(
        expected_purchases(days, cdnow_39_weeks(), horizon_days=90).tolist()
    )


def test_customers_in_another_order_give_the_same_fit(cdnow):
    """Equal histories are one group, wherever they stand; the input stays as it was."""
    histories = cdnow_39_weeks().sample(frac=1, random_state=1)
    before = histories.copy()
    found = fit_purchases(histories)

    assert cdnow.n_groups == found.n_groups
    assert cdnow.values.tolist() == pytest.approx(found.values.tolist(), rel=1e-9)
    assert_frame_equal(before, histories)


def test_parameters_have_intervals_above_0(cdnow):
    """The table of the fit, with standard errors."""
    found = cdnow.parameters()
    wider = cdnow.parameters(level=0.99)

    assert list(PARAMETER_COLUMNS) == list(found.columns)
    assert ["r", "alpha", "a", "b"] == found["parameter"].tolist()
    assert [0.0126, 0.378, 0.186, 0.705] == pytest.approx(
        found["standard_error"].tolist(), rel=0.005
    )
    assert (found["low"] > 0).all()
    assert (wider["low"] < found["low"]).all()


def test_standard_errors_are_those_of_the_bootstrap(cdnow):
    """100 samples of the customers, drawn again, spread as the curvature says."""
    histories, chance = cdnow_39_weeks(), np.random.default_rng(1)
    fits = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JourneyKitWarning)
        for _ in range(100):
            drawn = chance.integers(0, len(histories), len(histories))
            fits.append(np.log(fit_purchases(histories.iloc[drawn]).values))
    spread = np.std(fits, axis=0, ddof=1)

    assert np.sqrt(np.diag(cdnow.covariance)).tolist() == pytest.approx(
        spread.tolist(), rel=0.25
    )


def test_intervals_hold_the_truth_as_often_as_they_say():
    """120 sets of 1,000 made customers, 95 % for each parameter."""
    chance = np.random.default_rng(2)
    hits = np.zeros(4)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JourneyKitWarning)
        for _ in range(120):
            table = fit_purchases(made_histories(1000, chance)).parameters()
            low, high = table["low"].to_numpy(), table["high"].to_numpy()
            hits += (low <= CDNOW_PARAMETERS) & (high >= CDNOW_PARAMETERS)

    assert (hits / 120 >= 0.90).all()
    assert (hits / 120 <= 1).all()


def test_made_customers_give_back_what_made_them():
    """40,000 of other parameters; every one within four standard errors."""
    truth = (1.2, 8.0, 1.5, 6.0)
    chance = np.random.default_rng(3)
    found = fit_purchases(
        made_histories(40_000, chance, parameters=truth, seen_days=500)
    )
    errors = np.sqrt(np.diag(found.covariance))

    assert found.is_trusted
    assert (np.abs(np.log(found.values / truth)) < 4 * errors).all()
    assert (errors < 0.1).all()


def test_expected_purchases_are_what_comes():
    """Made customers buy as often in the year after as the model says."""
    table = made_histories(20_000, np.random.default_rng(4), holdout_days=365)
    found = expected_purchases(fit_purchases(table), table, horizon_days=365)

    assert table["later"].sum() == pytest.approx(found.sum(), rel=0.04)


def test_the_retail_year_is_degenerate_and_says_so():
    """The shared shop: hardly anybody is ever lost, in every library in silence."""
    histories = purchase_histories(purchase_days(retail_purchases()))

    with pytest.warns(JourneyKitWarning, match="cannot be trusted: hardly anybody"):
        found = fit_purchases(histories)

    assert not found.is_trusted
    lost, spread, silent = found.doubts
    assert "a / (a + b) is 0.0014, below 0.005" in lost
    assert "b is 193, above 50, with a 0.27, below 1" in spread
    assert (
        "99.6\u00a0% for active although 10.8\u00a0% of those who came back" in silent
    )


def test_the_warning_points_to_the_line_that_asked():
    """Not to a line of the package."""
    histories = purchase_histories(purchase_days(retail_purchases()))
    with pytest.warns(JourneyKitWarning) as caught:
        fit_purchases(histories)

    assert __file__ == caught[0].filename


def test_shops_that_lose_customers_do_not_warn():
    """No doubt about 50 sets of made customers: a warning must mean something."""
    chance = np.random.default_rng(6)
    parameters = (0.8, 6.0, 0.8, 3.0)

    doubts = [
        fit_purchases(made_histories(1500, chance, parameters=parameters)).doubts
        for _ in range(50)
    ]

    assert [()] * 50 == doubts


def test_shops_that_lose_nobody_warn():
    """Customers who never leave: no BG/NBD can tell how they leave."""
    chance = np.random.default_rng(8)
    never = (0.8, 6.0, 0.001, 1000.0)

    with pytest.warns(JourneyKitWarning, match="hardly anybody is ever lost"):
        fit_purchases(made_histories(1500, chance, parameters=never))


def _table(*rows):
    return pd.DataFrame(rows, columns=["repeats", "recency_days", "age_days"])


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ((1, 20.0, 10.0), "20 of 10 days"),  # bought after the end
        ((0, 5.0, 10.0), "0 repeats, 5"),  # time without a repeat
        ((2, 0.0, 10.0), "2 repeats, 0"),  # repeats on the first day
        ((1.5, 5.0, 10.0), "1.5 repeats"),
        ((-1, 5.0, 10.0), "-1 repeats"),
        ((1, -5.0, 10.0), "-5 of 10"),
        ((1, 5.0, None), "nan days"),
    ],
)
def test_histories_that_cannot_be_are_refused(row, shown):
    """The first faulty row is named, and how many there are."""
    table = _table((1, 5.0, 10.0), row, row)

    with pytest.raises(InputError, match=shown) as caught:
        fit_purchases(table)

    assert "row 2" in str(caught.value)
    assert "2 rows differ" in str(caught.value)


def test_too_little_to_fit_is_refused():
    """Nobody came back, or hardly anybody is there."""
    with pytest.raises(InputError, match="of 6 came back 0"):
        fit_purchases(_table(*[(0, 0.0, 10.0)] * 6))
    with pytest.raises(InputError, match="of 4 came back 4"):
        fit_purchases(_table(*[(1, 5.0, 10.0)] * 4))
    with pytest.raises(UnknownNameError, match="no column 'repeats'"):
        fit_purchases(pd.DataFrame({"frequency": [1]}))
    with pytest.raises(InputError, match="a unit above 0 days"):
        fit_purchases(_table(*[(1, 5.0, 10.0)] * 6), unit_days=0)


def test_a_horizon_of_nothing_is_refused(cdnow):
    """Days ahead are above 0."""
    with pytest.raises(InputError, match="a horizon above 0 days"):
        expected_purchases(cdnow, cdnow_39_weeks(), horizon_days=0)


@pytest.mark.parametrize(
    "rows",
    [
        [(1, 10.0, 10.0)] * 6,  # all alike, and just bought
        [(1, 1.0, 1000.0)] * 6 + [(0, 0.0, 1000.0)] * 60,  # all gone at once
        [(50, 100.0, 100.0)] * 20 + [(0, 0.0, 100.0)] * 20,
    ],
)
def test_odd_customers_give_a_fit_with_doubts_or_an_answer(rows):
    """Whatever is given, numbers come out, and doubts where they mean nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JourneyKitWarning)
        found = fit_purchases(_table(*rows))
        ahead = expected_purchases(found, _table(*rows), horizon_days=365)
        table = found.parameters()

    assert np.isfinite(found.values).all()
    assert np.isfinite(ahead).all()
    assert (ahead >= 0).all()
    assert found.doubts or table["high"].notna().all()


def test_without_scipy_it_says_what_to_install():
    """The extra is named in one sentence."""
    code = (
        "import sys; sys.modules['scipy'] = None\n"
        "import pandas as pd\n"
        "from journeykit.errors import MissingExtraError\n"
        "from journeykit.measure.clv_model import fit_purchases\n"
        "t = pd.DataFrame({'repeats': [1] * 6, 'recency_days': 5.0, 'age_days': 9.0})\n"
        "try:\n    fit_purchases(t)\n"
        "except MissingExtraError as error:\n    print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert "needs the extra 'clv'" in done.stdout
