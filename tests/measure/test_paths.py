"""The map against the paths that customers really take."""

import pandas as pd
import pytest
from event_logs import log_of
from hypothesis import given
from hypothesis import strategies as st

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.events import read_events
from journeykit.measure.paths import (
    DIFFERENCE_COLUMNS,
    MATCH_COLUMNS,
    map_against_paths,
    propose_matches,
)

STEPS = ("search", "product", "cart", "pay")


def steps(*names: str) -> pd.DataFrame:
    """Return touchpoints whose ids are their names with a t in front."""
    return pd.DataFrame({"touchpoint": [f"t-{name}" for name in names], "name": names})


MATCHES = {name: f"t-{name}" for name in STEPS}
MATCHES_OF_THREE = {name: f"t-{name}" for name in ("search", "cart", "pay")}


def of_kind(table: pd.DataFrame, difference: str, *columns: str) -> list[tuple]:
    """Return some columns of the differences of one kind."""
    rows = table[table["difference"] == difference]
    return list(zip(*(rows[name] for name in columns), strict=True))


@pytest.fixture
def found() -> pd.DataFrame:
    """Six customers: one skips, one pays first, one comes back twice, two ask."""
    log = log_of(
        {
            "ann": "search product cart pay",
            "bob": "search cart pay",
            "cat": "pay search product",
            "dan": "search product search product search cart",
            "eve": "search ask ask",
            "fay": "ask search search product cart",
        }
    )
    return map_against_paths(log, steps(*STEPS, "deliver"), MATCHES)


def test_steps_that_nobody_is_matched_to_are_not_measured(found):
    """That the log does not record the delivery does not mean that it is missing."""
    rows = found[found["difference"] == "missing"]

    assert list(DIFFERENCE_COLUMNS) == list(found.columns)
    assert ["t-deliver"] == rows["touchpoint"].tolist()
    assert ["not measured"] == rows["reliability"].tolist()
    assert [{"no activity is matched to it": 6}] == rows["left_out"].tolist()


def test_steps_that_nobody_takes_are_missing():
    """It is matched, and none of five customers was there."""
    log = log_of(dict.fromkeys("abcde", "search pay"))
    table = map_against_paths(log, steps("search", "cart", "pay"), MATCHES_OF_THREE)

    assert [("t-cart", 0.0, 5)] == of_kind(table, "missing", "touchpoint", "value", "n")


def test_who_was_later_but_never_here_skipped(found):
    """Bob skips the product; of five who were later, one. Eve was nowhere later."""
    assert [("t-product", 1, 5), ("t-cart", 1, 3)] == of_kind(
        found, "skipped", "touchpoint", "n_customers", "n"
    )


def test_what_the_map_lacks_is_extra(found):
    """Two customers asked, three times in all."""
    assert [("ask", 2, 3, 6)] == of_kind(
        found, "extra", "activity", "n_customers", "n_times", "n"
    )


def test_what_came_too_early_is_out_of_order(found):
    """Cat paid before she searched and before she saw a product."""
    columns = ("touchpoint", "other", "n_customers", "n")

    assert [("t-search", "t-pay", 1, 3), ("t-product", "t-pay", 1, 2)] == of_kind(
        found, "out of order", *columns
    )


def test_coming_back_after_another_step_is_a_loop(found):
    """Dan comes back to the search twice; Fay's two searches in a row are none."""
    columns = ("touchpoint", "n_customers", "n_times", "n")

    assert [("t-search", 1, 2, 6), ("t-product", 1, 1, 4)] == of_kind(
        found, "loop", *columns
    )


def test_shares_come_with_intervals_from_five_customers(found):
    """Six customers are enough for a share, four are not."""
    extra = found[found["difference"] == "extra"].iloc[0]
    loops = found[found["difference"] == "loop"]

    assert 2 / 6 == extra["value"]
    assert 0 < extra["low"] < 2 / 6 < extra["high"] < 1
    assert ["few answers", "fewer than minimum"] == loops["reliability"].tolist()
    assert 1 / 6 == loops["value"].iloc[0]


def test_steps_side_by_side_have_no_order():
    """Whether the mail or the call came first is no difference."""
    log = log_of({"ann": "call mail pay"})
    matches = {name: f"t-{name}" for name in ("mail", "call", "pay")}
    beside = steps("mail", "call", "pay").assign(place=[1, 1, 2])

    assert [] == of_kind(map_against_paths(log, beside, matches), "out of order")
    assert 1 == len(
        of_kind(
            map_against_paths(log, steps("mail", "call", "pay"), matches),
            "out of order",
            "touchpoint",
        )
    )


def test_matches_may_stand_in_the_table():
    """What is matched to another map is extra on this."""
    log = log_of({"ann": "search ask"}, touchpoint=["t-search", "t-elsewhere"])
    table = map_against_paths(log, steps("search"))
    opened = map_against_paths(read_events(log, of="touchpoint"), steps("search"))

    assert [("ask", 1)] == of_kind(table, "extra", "activity", "n_customers")
    assert [("t-elsewhere", 1)] == of_kind(opened, "extra", "activity", "n_customers")


def test_sessions_walk_the_map_by_themselves():
    """Two visits that search first are no loop; as one path they are."""
    log = log_of({"ann": "search cart search cart"}, session=["1", "1", "2", "2"])
    on_map = steps("search", "cart", "pay")
    by_person = map_against_paths(log, on_map, MATCHES_OF_THREE)
    visits = read_events(log, unit="session")
    by_session = map_against_paths(visits, on_map, MATCHES_OF_THREE)

    assert [("t-search",), ("t-cart",)] == of_kind(by_person, "loop", "touchpoint")
    assert [] == of_kind(by_session, "loop", "touchpoint")


@given(
    st.lists(
        st.lists(st.sampled_from("abcx"), min_size=1, max_size=7),
        min_size=1,
        max_size=12,
    )
)
def test_counts_are_those_of_going_through_each_path(paths):
    """What numpy counts together is what one counts customer by customer."""
    log = log_of({f"c{n}": " ".join(path) for n, path in enumerate(paths)})
    table = map_against_paths(log, steps("a", "b", "c"), {n: f"t-{n}" for n in "abc"})
    walked = [[one for one in path if one in "abc"] for path in paths]
    runs = [
        [one for at, one in enumerate(path) if not at or path[at - 1] != one]
        for path in walked
    ]

    for touchpoint, n_customers, n_times, n in of_kind(
        table, "loop", "touchpoint", "n_customers", "n_times", "n"
    ):
        times = [run.count(touchpoint[-1]) for run in runs]
        assert sum(count > 1 for count in times) == n_customers
        assert sum(max(count - 1, 0) for count in times) == n_times
        assert sum(count > 0 for count in times) == n
    pairs = of_kind(table, "out of order", "touchpoint", "other", "n_customers", "n")
    for one, other, n_customers, n in pairs:
        both = [path for path in walked if {one[-1], other[-1]} <= set(path)]
        assert len(both) == n
        assert n_customers == sum(
            path.index(other[-1]) < path.index(one[-1]) for path in both
        )
    for touchpoint, n_customers, n in of_kind(
        table, "skipped", "touchpoint", "n_customers", "n"
    ):
        later = [path for path in walked if any(one > touchpoint[-1] for one in path)]
        assert len(later) == n
        assert sum(touchpoint[-1] not in path for path in later) == n_customers
    expected = sum("x" in path for path in paths)
    extra = of_kind(table, "extra", "n_customers")
    assert ([(expected,)] if expected else []) == extra


@pytest.mark.parametrize(
    ("table", "matches", "error", "words"),
    [
        (steps("cart").drop(columns="name"), {}, UnknownNameError, "column 'name'"),
        (steps("cart", "cart"), {}, InputError, "stands twice"),
        (steps("cart"), {"x": "t-crat"}, UnknownNameError, "Did you mean 't-cart'"),
        (steps("cart").assign(place=[0.5]), {}, InputError, "whole numbers"),
        (steps("cart"), None, UnknownNameError, "column 'touchpoint'"),
    ],
)
def test_maps_that_cannot_be_meant_are_refused(table, matches, error, words):
    """The nearest name is offered."""
    with pytest.raises(error, match=words):
        map_against_paths(log_of({"ann": "cart"}), table, matches)


def test_an_activity_has_one_touchpoint():
    """A table that says two things is refused."""
    log = log_of({"ann": "cart cart"}, touchpoint=["t-cart", "t-pay"])

    with pytest.raises(InputError, match="'cart' has several"):
        map_against_paths(log, steps("cart", "pay"))


def test_no_paths_are_no_difference():
    """An empty log measures nothing and is no error."""
    log = log_of({"ann": "cart"}).iloc[:0]
    table = map_against_paths(log, steps("cart"), {"cart": "t-cart"})

    assert [("missing", "not measured")] == list(
        zip(table["difference"], table["reliability"], strict=True)
    )


SHOP = pd.DataFrame(
    {
        "touchpoint": ["t1", "t2", "t3", "t4", "t5", "t6"],
        "name": [
            *("Product page", "Shopping cart", "Checkout", "Card payment"),
            *("Delivery", "Return by post"),
        ],
    }
)


@pytest.mark.parametrize(
    ("activity", "expected"),
    [
        ("Product page", ("t1", "same name")),
        ("product_page", ("t1", "same name")),
        ("productPage", ("t1", "same name")),
        ("PRODUCT-PAGE!", ("t1", "same name")),
        ("t3", ("t3", "same name")),
        ("check out", ("t3", "close")),
        ("payment card", ("t4", "close")),
        ("delivry", ("t5", "close")),
        ("cart", (None, "ambiguous")),
        ("payment", (None, "ambiguous")),
        ("newsletter", (None, "none")),
        ("???", (None, "none")),
    ],
)
def test_names_are_matched_once_by_what_they_say(activity, expected):
    """The same and the nearly same are proposed, the half like are asked."""
    table = propose_matches([activity], SHOP)

    assert list(MATCH_COLUMNS) == list(table.columns)
    assert expected == tuple(table.loc[0, ["touchpoint", "how"]])


def test_candidates_of_a_question_are_named():
    """Two touchpoints of one name cannot be told apart by name."""
    both = pd.DataFrame({"touchpoint": ["t1", "t2"], "name": ["Café", "Cafe"]})
    (row,) = propose_matches(["cafe"], both).to_dict("records")

    assert ("ambiguous", ("t1", "t2"), None) == (
        row["how"],
        row["candidates"],
        row["touchpoint"],
    )
    assert ("none", 0.0) == tuple(
        propose_matches(["x"], both.iloc[:0]).loc[0, ["how", "likeness"]]
    )
