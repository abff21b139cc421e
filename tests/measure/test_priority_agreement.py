"""Rankings side by side, how far methods agree, and who sees it otherwise."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.errors import InputError, TableError, UnknownNameError
from journeykit.measure.priority import rice_scores, severity_times_frequency
from journeykit.measure.priority_agreement import (
    AGREEMENT_COLUMNS,
    PEOPLE_COLUMNS,
    SPREAD_COLUMNS,
    kendall_tau,
    method_agreement,
    people_apart,
    rankings_side_by_side,
    rating_spread,
    spearman_rho,
)


def ranked(*entries: str | None, ranks: list[float] | None = None) -> pd.DataFrame:
    """Return a ranking, the first entry first."""
    numbers = ranks or list(range(1, len(entries) + 1))
    return pd.DataFrame({"entry": entries, "rank": numbers})


def individual(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    """Return scores for severity: entry, participant, value."""
    table = pd.DataFrame(rows, columns=["entry", "participant", "value"])
    return table.assign(criterion="severity")


def test_rankings_stand_side_by_side():
    """Each entry with its rank by each method, the best, the worst, and the gap."""
    found = rankings_side_by_side(
        {"votes": ranked("a", "b", "c"), "rice": ranked("c", "a")}
    ).set_index("entry")

    assert ["a", "b", "c"] == found.index.to_list()
    assert [1, 2, 3] == found["votes"].to_list()
    assert [2, 1] == found["rice"].dropna().to_list()
    assert found.loc["b", "rice"] is pd.NA
    assert [1, 2, 1] == found["rank_best"].to_list()
    assert [2, 2, 3] == found["rank_worst"].to_list()
    assert [1, 0, 2] == found["rank_spread"].to_list()
    assert [2, 1, 2] == found["n_methods"].to_list()


def test_tables_of_the_methods_fit_as_they_are():
    """What the methods return goes in without a change."""
    pains = pd.DataFrame(
        {
            "entry": ["a", "b", "c"],
            "severity": [5, 3, None],
            "frequency": [1, 4, 2],
            "reach": [10, 20, 30],
            "impact": [1, 1, 1],
            "confidence": [1, 1, 1],
            "effort": [1, 1, 1],
        }
    )
    found = method_agreement(
        {"severity": severity_times_frequency(pains), "rice": rice_scores(pains)}
    )

    assert 2 == found["n"].item()
    assert math.isnan(found["kendall"].item())


def test_methods_that_agree_and_methods_that_do_not():
    """The same order is 1, the other way round -1; the top three are counted."""
    same, turned = ranked(*"abcde"), ranked(*"edcba")
    found = method_agreement({"one": same, "two": same, "three": turned})

    assert [("one", "two"), ("one", "three"), ("two", "three")] == list(
        zip(found["method_a"], found["method_b"], strict=True)
    )
    assert [1.0, -1.0, -1.0] == pytest.approx(found["kendall"].to_list())
    assert [1.0, -1.0, -1.0] == pytest.approx(found["spearman"].to_list())
    assert [3, 1, 1] == found["n_top_shared"].to_list()
    assert list(AGREEMENT_COLUMNS) == list(found.columns)


def test_kendalls_tau_of_his_own_example():
    """Kendall (1938), Biometrika 30, 81-93: orders of ten, tau 0.11 and rho 0.14."""
    first = np.arange(1.0, 11)
    second = np.array([4, 7, 2, 10, 3, 6, 8, 1, 5, 9], dtype=float)

    assert 5 / 45 == pytest.approx(kendall_tau(first, second))
    assert 0.1394 == pytest.approx(spearman_rho(first, second), abs=5e-5)


def test_ties_are_allowed_for():
    """tau-b and rho with mean ranks, by hand: 5 of 6 pairs, one tied on one side."""
    first, second = np.array([1.0, 2, 2, 4]), np.array([1.0, 2, 3, 4])

    assert 5 / math.sqrt(5 * 6) == pytest.approx(kendall_tau(first, second))
    assert 4.5 / math.sqrt(4.5 * 5) == pytest.approx(spearman_rho(first, second))


@pytest.mark.parametrize("agreement", [kendall_tau, spearman_rho])
def test_no_order_no_agreement(agreement):
    """Two entries, or all of one rank, say nothing."""
    few = np.array([1.0, 2.0])
    flat = np.array([1.0, 1.0, 1.0])

    assert math.isnan(agreement(few, few))
    assert math.isnan(agreement(flat, np.array([1.0, 2.0, 3.0])))


@given(st.permutations(range(1, 8)), st.permutations(range(1, 8)))
def test_agreement_lies_between_minus_one_and_one(first, second):
    """And is the same whichever comes first."""
    one, other = np.array(first, dtype=float), np.array(second, dtype=float)
    for agreement in (kendall_tau, spearman_rho):
        value = agreement(one, other)

        assert -1 - 1e-12 <= value <= 1 + 1e-12
        assert value == pytest.approx(agreement(other, one))


def test_a_single_method_has_nothing_to_agree_with():
    """One ranking is shown, with no pair; none at all is refused."""
    found = method_agreement({"votes": ranked("a", "b")})

    assert 0 == len(found)
    assert list(AGREEMENT_COLUMNS) == list(found.columns)
    with pytest.raises(InputError, match="at least one ranking"):
        method_agreement({})


def test_a_ranking_with_an_entry_twice_is_refused():
    """Several segments in one table: take one of them."""
    with pytest.raises(TableError, match="each entry was expected once"):
        rankings_side_by_side({"ulwick": ranked("a", "a")})
    with pytest.raises(UnknownNameError, match="there is no column 'rank'"):
        rankings_side_by_side({"kano": pd.DataFrame({"entry": ["a"]})})


def test_widest_disagreement_stands_first():
    """Median, quartiles, both ends and who stands there."""
    found = rating_spread(
        individual(
            ("a", "p1", 4), ("a", "p2", 4), ("a", "p3", 4),
            ("b", "p1", 1), ("b", "p2", 5), ("b", "p3", 5), ("b", "p4", None),
        )
    )  # fmt: skip
    row = found.iloc[0]

    assert ["b", "a"] == found["entry"].to_list()
    assert (5, 1, 5) == tuple(row[["median", "low", "high"]])
    assert (("p1",), ("p2", "p3")) == (row["who_low"], row["who_high"])
    assert (4, 3) == (row["spread"], row["n_people"])
    assert ((), ()) == (found["who_low"].iloc[1], found["who_high"].iloc[1])
    assert list(SPREAD_COLUMNS) == list(found.columns)


def test_person_who_sees_it_otherwise_stands_first():
    """Distance from the median of the others, and the entry where it is largest."""
    rows = [
        (entry, person, value)
        for entry, values in {"a": [5, 5, 1], "b": [3, 3, 3], "c": [1, 1, 4]}.items()
        for person, value in zip(("p1", "p2", "p3"), values, strict=True)
    ]
    found = people_apart(individual(*rows)).set_index("participant")

    assert "p3" == found.index[0]
    assert (4 + 0 + 3) / 3 == pytest.approx(found.loc["p3", "distance"])
    assert ("a", 4.0) == tuple(found.loc["p3", ["furthest_entry", "furthest_distance"]])
    assert -1 == pytest.approx(found.loc["p3", "spearman"], abs=0.02)
    assert [3, 3, 3] == found["n"].to_list()


def test_who_scored_alone_is_not_compared():
    """Nobody else gave a score there, so there is no distance."""
    found = people_apart(individual(("a", "p1", 5), ("b", "p2", 1)))

    assert found["distance"].isna().all()
    assert [0, 0] == found["n"].to_list()
    assert ["", ""] == found["furthest_entry"].to_list()
    assert list(PEOPLE_COLUMNS) == list(found.columns)


def test_nobody_scored_gives_empty_tables():
    """No scores, no error."""
    assert 0 == len(rating_spread(individual()))
    assert 0 == len(people_apart(individual()))


def test_a_second_score_is_refused():
    """One person, one score for one thing."""
    with pytest.raises(TableError, match="one score of a person"):
        rating_spread(individual(("a", "p1", 5), ("a", "p1", 4)))
