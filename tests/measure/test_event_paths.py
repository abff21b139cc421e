"""Transitions, funnels, variants, trees and times."""

import numpy as np
import pandas as pd
import pytest
from event_logs import log_of, typed
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure import events_paths
from journeykit.measure.events import (
    FUNNEL_COLUMNS,
    PATH_TREE_COLUMNS,
    TIME_COLUMNS,
    TRANSITION_COLUMNS,
    VARIANT_COLUMNS,
    conversion_rate,
    drop_off_rate,
    funnel,
    path_tree,
    read_events,
    times_between,
    transitions,
    variants,
)
from journeykit.measure.events_order import in_order
from journeykit.measure.events_paths import ranked_paths


def reached(table: pd.DataFrame) -> list[int]:
    """Return how many reached each step, in order."""
    rows = table[table["definition"] == "conversion_rate"]
    return rows["n_reached"].tolist()


def test_shares_of_the_first_step_and_of_the_step_before_are_not_mixed_up():
    """Of 100 paths 5 reach the cart, 4 of them pay: 4 % convert, 20 % drop off."""
    # Guards against reading 80 % as the share of all.
    paths = {f"c{n}": "visit" for n in range(95)}
    paths |= {"d": "visit cart"} | {f"e{n}": "visit cart pay" for n in range(4)}
    table = funnel(log_of(paths), ["visit", "cart", "pay"])
    pay = table[table["step"] == "pay"].set_index("definition")

    assert list(FUNNEL_COLUMNS) == list(table.columns)
    assert [100, 5, 4] == reached(table)
    assert (0.04, 100) == tuple(pay.loc["conversion_rate", ["value", "n"]])
    assert (0.2, 5) == tuple(pay.loc["drop_off_rate", ["value", "n"]])
    assert {"did not reach the step before": 95} == pay.loc["drop_off_rate", "left_out"]
    assert 0.04 == conversion_rate(log_of(paths), ["visit", "cart", "pay"]).value
    assert 0.2 == drop_off_rate(log_of(paths), ["visit", "cart", "pay"]).value


def test_steps_count_in_order_only():
    """Who pays before the cart has not gone from the cart to paying."""
    table = funnel(log_of({"ann": "pay cart", "bob": "cart pay"}), ["cart", "pay"])

    assert [2, 1] == reached(table)


def test_who_leaves_and_comes_back_goes_on():
    """What lies between steps does not matter, and nobody counts twice."""
    log = log_of({"ann": "cart home cart help pay pay", "bob": "cart cart"})

    assert [2, 1] == reached(funnel(log, ["cart", "pay"]))


def test_a_step_twice_needs_two_events():
    """From the cart back to the cart takes two carts."""
    log = log_of({"ann": "cart pay cart", "bob": "cart pay"})
    table = funnel(log, ["cart", "pay", "cart"])

    assert [2, 2, 1] == reached(table)
    assert ["cart", "pay", "cart (2)"] == table["step"].drop_duplicates().tolist()


def test_several_activities_may_be_one_step():
    """A card and an invoice are both payments."""
    log = log_of({"ann": "cart card", "bob": "cart invoice", "cat": "cart"})
    two = funnel(log, ["cart", ("card", "invoice")])
    named = funnel(log, {"chosen": "cart", "paid": ["card", "invoice"]})

    assert [3, 2] == reached(two) == reached(named)
    assert "card or invoice" == two["step"].iloc[-1]
    assert "paid" == named["step"].iloc[-1]


def test_sessions_walk_the_funnel_by_themselves():
    """Ann pays in another visit: as a person she converts, her visits do not."""
    table = log_of({"ann": "cart pay"}, session=["1", "2"])

    assert [1, 1] == reached(funnel(table, ["cart", "pay"]))
    assert [1, 0] == reached(
        funnel(read_events(table, unit="session"), ["cart", "pay"])
    )


def test_each_persona_has_a_funnel_of_its_own():
    """Those without a persona stand among all only."""
    table = log_of(
        {"ann": "cart pay", "bob": "cart", "cat": "cart"},
        persona=["new", "new", "regular", None],
    )
    found = funnel(table, ["cart", "pay"], by_persona=True)

    assert [3, 1, 1, 1, 1, 0] == reached(found)
    assert [None, "new", "regular"] == found["group"].drop_duplicates().tolist()


def test_a_funnel_that_nobody_enters_is_not_measured():
    """No denominator, no rate."""
    table = log_of({"ann": "pay", "bob": "cart"}, persona=["new", "regular"])
    found = funnel(table, ["cart", "pay"], by_persona=True)
    new = found[found["group"] == "new"]

    assert {"not measured"} == set(new["reliability"])


@pytest.mark.parametrize(
    ("steps", "error", "words"),
    [
        (["cart"], InputError, "2 steps or more"),
        ("cart", InputError, "a list of steps"),
        (["cart", "pya"], UnknownNameError, "Did you mean 'pay'"),
        (["cart", ()], InputError, "has no activity"),
    ],
)
def test_funnels_that_make_no_sense_are_refused(steps, error, words):
    """The nearest name is offered."""
    with pytest.raises(error, match=words):
        funnel(log_of({"ann": "cart pay"}), steps)


def test_transitions_know_how_often_how_many_and_how_long():
    """Gaps of 1, 1 and 3 minutes from a to b; ann did it twice."""
    log = log_of({"ann": "a b a b", "bob": "a - - b", "cat": "b"})
    table = transitions(log)

    assert list(TRANSITION_COLUMNS) == list(table.columns)
    assert [("a", "b", 3, 2, 3), ("b", "a", 1, 1, 1)] == list(
        zip(
            *(
                table[name]
                for name in ("source", "target", "n_times", "n_customers", "n")
            ),
            strict=True,
        )
    )
    assert table["median_gap_seconds"].isna().all()  # fewer than five


def test_median_gap_is_shown_from_five_transitions():
    """Even numbers of gaps lie between two."""
    log = log_of(dict.fromkeys("pqrst", "a b") | {"u": "a - - b"})

    assert [60.0] == transitions(log)["median_gap_seconds"].tolist()
    assert [1.0] == transitions(log)["value"].tolist()


def test_variants_are_whole_paths_the_most_frequent_first():
    """Equal counts stand in the order of their names, shorter first."""
    log = log_of({"p": "b", "q": "a b", "r": "a b", "s": "a", "t": "a b c d e f"})
    table = variants(log, most=3)

    assert list(VARIANT_COLUMNS) == list(table.columns)
    assert [("a", "b"), ("a",), ("a", "b", "c", "d", "e", "f")] == table[
        "path"
    ].tolist()
    assert [2, 1, 1] == table["n_paths"].tolist()
    assert [0.4, 0.2, 0.2] == table["value"].tolist()


@given(
    st.lists(
        st.lists(st.integers(0, 3), min_size=1, max_size=11), min_size=1, max_size=40
    ),
    st.integers(1, 12),
)
def test_paths_are_ranked_as_by_a_dictionary(paths, most):
    """However long equal beginnings are, count and then names decide."""
    different = sorted({tuple(path) for path in paths})
    counts = [paths.count(list(path)) for path in different]
    shuffled = list(range(len(different)))[::-1]
    sizes = np.array([len(different[at]) for at in shuffled])
    flat = np.concatenate([different[at] for at in shuffled])
    found = ranked_paths(
        ("a", "b", "c", "d"),
        flat,
        np.cumsum(sizes) - sizes,
        sizes,
        np.array([counts[at] for at in shuffled]),
        most=most,
    )
    order = sorted(range(len(different)), key=lambda at: (-counts[at], different[at]))
    expected = [(tuple("abcd"[c] for c in different[at]), counts[at]) for at in order]

    assert expected[:most] == [
        (found.path(place), int(found.counts[place])) for place in range(len(found))
    ]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 5), st.integers(0, 2))),
    st.booleans(),
)
def test_events_are_put_in_order_as_sorting_would(rows, with_place):
    """By path, then time, then place, then as they stand."""
    units, time, place = (
        (np.array(c, dtype=np.int64) for c in zip(*rows, strict=True))
        if rows
        else (np.empty(0, dtype=np.int64),) * 3
    )
    keys = [
        (row[0], row[1], *([row[2]] if with_place else []), at)
        for at, row in enumerate(rows)
    ]

    assert [key[-1] for key in sorted(keys)] == in_order(
        units, time, place if with_place else None
    ).tolist()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=30))
def test_hashes_that_differ_in_their_last_bits_are_told_apart(rows):
    """Sorting by place uses these bits, so such hashes are sorted once more."""
    high = np.array([row[0] for row in rows], dtype=np.uint64) << np.uint64(40)
    hashes = high | np.array([row[1] for row in rows], dtype=np.uint64)
    time = np.zeros(len(rows), dtype=np.int64)
    found = in_order(hashes, time)

    assert sorted(range(len(rows)), key=lambda at: (hashes[at], at)) == found.tolist()


def test_numbers_too_large_to_be_packed_are_sorted_too():
    """A number of 63 bits leaves no room for the place."""
    units = np.array([2**62, 5, 2**62], dtype=np.int64)

    assert [1, 0, 2] == in_order(units, np.zeros(3, dtype=np.int64)).tolist()


def test_tree_tells_who_goes_on_and_who_ends():
    """Each beginning stands below the one it grows from."""
    log = log_of(
        {"p": "a b c d", "q": "a b", "r": "a b c", "s": "a", "t": "x", "u": "a c"}
    )
    table = path_tree(log, depth=3)

    assert list(PATH_TREE_COLUMNS) == list(table.columns)
    assert ["a", "ab", "abc", "ac", "x"] == ["".join(path) for path in table["path"]]
    assert [5, 3, 2, 1, 1] == table["n_reached"].tolist()
    assert [1, 1, 1, 1, 1] == table["n_ended"].tolist()
    assert [6, 5, 3, 5, 6] == table["n"].tolist()
    assert [5 / 6, 3 / 6, 2 / 6, 1 / 6, 1 / 6] == table["share_of_all"].tolist()


def test_paths_longer_than_the_tree_are_cut():
    """What comes after the depth does not part what began alike."""
    log = log_of({"p": "a b c d", "q": "a b d", "r": "a b"})
    table = path_tree(log, depth=1)

    assert [(("a",), 3, 0)] == list(
        zip(table["path"], table["n_reached"], table["n_ended"], strict=True)
    )


@pytest.mark.parametrize("paths", [("a b", "b a", "a b"), ("a", "a b", "a b")])
def test_equal_numbers_are_not_taken_for_equal_paths(paths, monkeypatch):
    """If two paths ever had the same number, they would be told apart all the same."""
    log = read_events(log_of(dict(zip("pqr", paths, strict=True))))
    expected = variants(log)
    monkeypatch.setattr(
        events_paths,
        "_numbers",
        lambda log, lengths: np.zeros(log.n_units, dtype=np.uint64),
    )

    assert_frame_equal(expected, variants(log))


def test_gaps_of_millennia_have_medians():
    """Where pair and gap do not fit into one number they are sorted side by side."""
    table = log_of({f"c{n}": "a b c d e f g h i j" for n in range(5)})
    years = [*range(1_000, 1_009), 9_000] * 5
    table["time"] = pd.to_datetime([f"{year}-01-01" for year in years])
    found = transitions(table.astype({"time": "datetime64[us]"}))
    found = (found["median_gap_seconds"] / 31_556_952).round().tolist()

    assert [*[1] * 8, 7_992] == found


def test_sessions_of_a_customer_stay_together():
    """Sums walk over parts of a log, and count each customer in one part only."""
    rng = np.random.default_rng(1)
    people = [f"c{n}" for n in rng.integers(0, 9, 200)]
    table = log_of({"x": " ".join(rng.choice(list("abc"), 200))})
    table = typed(table.assign(customer=people, session=rng.integers(0, 9, 200)))
    arrays = read_events(table, unit="session").arrays
    parts = list(arrays.parts(most=5))
    customers = [set(arrays.customers_of(part).tolist()) for part in parts]

    assert len(parts) > 1
    assert sum(map(len, customers)) == len(set.union(*customers)) == 9


def test_cut_tree_keeps_the_stems():
    """The most frequent beginnings always have the one before with them."""
    log = log_of({"p": "a b", "q": "a b", "r": "x", "s": "y"})

    assert [("a",), ("a", "b")] == path_tree(log, most=2)["path"].tolist()


@pytest.mark.parametrize("options", [{"most": 0}, {"depth": 0}])
def test_trees_of_nothing_are_refused(options):
    """At least one of each."""
    with pytest.raises(InputError, match="1 or more"):
        path_tree(log_of({"ann": "a"}), **options)


def test_times_between_steps_have_a_median_and_quartiles():
    """One to nine minutes from a to b; the interval lies between the 2nd and 8th."""
    paths = {f"c{n}": "a " + "- " * n + "b" for n in range(9)} | {"d": "a"}
    (row,) = times_between(log_of(paths), ["a", "b"]).to_dict("records")

    assert list(TIME_COLUMNS) == list(row)
    assert (300.0, 120.0, 480.0) == (row["value"], row["low"], row["high"])
    assert (180.0, 420.0) == (row["first_quartile"], row["third_quartile"])
    assert (9, {"did not go on": 1}) == (row["n"], row["left_out"])


def test_times_of_few_are_not_shown():
    """Below five there is only a number of people."""
    (row,) = times_between(log_of({"p": "a b"}), ["a", "b"]).to_dict("records")

    assert "fewer than minimum" == row["reliability"]
    assert np.isnan(row["value"])
