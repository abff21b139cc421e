"""Events read from a table, counted, rated and engaged with."""

import pandas as pd
import pytest
from event_logs import START, log_of, typed
from pandas.testing import assert_frame_equal

from journeykit.errors import InputError, TableError, UnknownNameError
from journeykit.measure.events import (
    COUNT_COLUMNS,
    ENGAGEMENT_COLUMNS,
    SATISFACTION_COLUMNS,
    engagement,
    engagement_rate,
    event_counts,
    event_satisfaction,
    read_events,
)
from journeykit.model.survey import Scale

FIVE = Scale(lowest=1, highest=5)


@pytest.fixture
def shop() -> pd.DataFrame:
    """Six customers of two personas; one says nothing of his persona at first."""
    table = log_of(
        {
            "ann": "search cart pay",
            "bob": "search search cart",
            "cat": "search",
            "dan": "cart pay",
            "eve": "search cart pay",
            "fay": "search cart",
        }
    )
    personas = ["new"] * 3 + ["", "regular", "new"] + ["regular"] + [None] * 2
    return typed(table.assign(persona=[*personas, *["new"] * 3, *["regular"] * 2]))


def test_counts_say_how_often_and_how_many(shop):
    """Ann's two searches would count once among customers, and twice among events."""
    table = event_counts(shop)

    assert list(COUNT_COLUMNS) == list(table.columns)
    assert {"activity": ["search", "cart", "pay"], "n_events": [6, 5, 3]} == table[
        ["activity", "n_events"]
    ].to_dict("list")
    assert [5, 5, 3] == table["n_customers"].tolist()
    assert [5 / 6, 5 / 6, 3 / 6] == table["value"].tolist()
    assert [6, 6, 6] == table["n"].tolist()


def test_persona_is_that_of_the_first_event_that_states_one(shop):
    """Bob said nothing, then regular, then new: he is regular. Dan never says."""
    table = event_counts(shop, by_persona=True)
    groups = table[table["activity"] == "search"].set_index("group")["n_customers"]

    assert {None: 5, "new": 2, "regular": 3} == groups.to_dict()
    assert [6, 6, 6] == table["n"].tolist()[:3]
    assert {2, 3} == set(table["n"].tolist()[3:])


def test_personas_of_nobody_are_no_group():
    """A persona that only a left out row states, or a later one, has no rows."""
    table = log_of({"ann": "a b", "": "a"}, persona=["new", "later", "nobody"])

    assert ("new",) == read_events(table).personas


def test_few_customers_are_not_shown(shop):
    """Below five customers there is no share, only the number of customers."""
    table = event_counts(shop, by_persona=True)
    few = table[table["group"] == "new"]

    assert few["value"].isna().all()
    assert {"fewer than minimum"} == set(few["reliability"])


def test_engagement_is_the_share_of_customers_with_an_event_in_the_stage(shop):
    """Two activities of a stage do not make two customers of one."""
    table = engagement(shop, {"choosing": ("search", "cart"), "buying": "pay"})

    assert list(ENGAGEMENT_COLUMNS) == list(table.columns)
    assert ["choosing", "buying"] == table["stage"].tolist()
    assert [11, 3] == table["n_events"].tolist()
    assert [6, 3] == table["n_customers"].tolist()
    assert [1.0, 0.5] == table["value"].tolist()
    assert 0.5 == engagement_rate(shop, ["pay"]).value


def test_engagement_of_personas_has_a_row_even_where_nobody_came(shop):
    """A persona without an event in a stage is a 0, not a missing row."""
    shop = shop[(shop["persona"] != "new") | (shop["activity"] != "pay")]
    table = engagement(shop, {"buying": ["pay"]}, by_persona=True)

    assert [(None, 1), ("new", 0), ("regular", 0)] == list(
        zip(table["group"], table["n_customers"], strict=True)
    )


def test_satisfaction_counts_ratings_and_what_was_not_rated():
    """Six of seven events were rated, the search never."""
    table = log_of({"ann": "pay pay pay pay pay pay pay search"})
    table["rating"] = [5.0, 4, 4, 2, 1, 5, None, None]
    found = event_satisfaction(table, FIVE)
    share, mean = found[found["activity"] == "pay"].to_dict("records")

    assert list(SATISFACTION_COLUMNS) == list(found.columns)
    assert ("customer_satisfaction_score", 4 / 6, 6) == (
        share["definition"],
        share["value"],
        share["n"],
    )
    assert ("mean_satisfaction", 3.5, {"no rating": 1}) == (
        mean["definition"],
        mean["value"],
        mean["left_out"],
    )
    assert {"not measured"} == set(found[found["activity"] == "search"]["reliability"])


def test_satisfaction_without_ratings_is_refused(shop):
    """There is no such number as the satisfaction of events that nobody rated."""
    with pytest.raises(InputError, match="a column of ratings was expected"):
        event_satisfaction(shop, FIVE)


def test_rows_that_lack_something_are_left_out_and_said():
    """Each row has one reason, the first that holds."""
    table = log_of({"ann": "cart pay", "": "cart", "bob": "cart pay"})
    table.loc[1, "activity"] = ""
    table.loc[3, ["time", "activity"]] = [pd.NaT, None]
    totals = read_events(table).totals

    assert {"no customer": 1, "no activity": 2} == totals.left_out
    assert (5, 2, 2) == (totals.n_rows, totals.n_events, totals.n_customers)
    assert (
        "Left out, no customer: 1.",
        "Left out, no activity: 2.",
    ) == totals.notes


def test_unsorted_and_equal_times_are_put_in_order_and_said():
    """Equal times stay in the order of the table, or of its column ``row``."""
    table = log_of({"ann": "b c"})
    first = typed(
        pd.DataFrame(
            {"customer": ["ann"] * 2, "activity": ["a", "z"]} | {"time": [START, START]}
        )
    )
    table = pd.concat([table.iloc[::-1], first], ignore_index=True)
    log = read_events(table)
    by_row = read_events(table.assign(row=[3, 2, 1, 0]))

    assert ("b", "a", "z", "c") == log.paths().path(0)
    assert ("z", "a", "b", "c") == by_row.paths().path(0)
    assert (
        "1 events stood out of order and were put in order by their times.",
        "2 events have the time of the one before; among these the order of the table "
        "decided.",
    ) == log.totals.notes
    assert "the column row decided" in by_row.totals.notes[-1]


def test_input_is_unchanged_and_order_does_not_matter(shop):
    """Measures sort for themselves."""
    before = shop.copy(deep=True)
    shuffled = shop.sample(frac=1, random_state=3)

    assert_frame_equal(event_counts(shop), event_counts(shuffled))
    assert_frame_equal(before, shop)


def test_touchpoints_are_measured_instead_of_activities(shop):
    """Matched names are one touchpoint; what matches none is left out and said."""
    matches = {"search": "t1", "cart": "t2", "nowhere": "t3"}
    log = read_events(shop, of="touchpoint", matches=matches)
    with_column = read_events(
        shop.assign(touchpoint=shop["activity"].map(matches)), of="touchpoint"
    )

    assert ("t1", "t2") == log.activities
    assert {"no touchpoint": 3} == log.totals.left_out
    assert_frame_equal(event_counts(log), event_counts(with_column))


def test_sessions_walk_paths_of_their_own():
    """The same number of a session with another customer is another session."""
    table = log_of({"ann": "a b a b", "bob": "a"})
    table["session"] = pd.Series(["1", "1", "2", None, "1"], dtype="str")
    log = read_events(table, unit="session")

    assert (4, 2, 3) == (
        log.totals.n_events,
        log.totals.n_customers,
        log.totals.n_units,
    )
    assert {"no session": 1} == log.totals.left_out
    assert [("a",), ("a", "b")] == [log.paths().path(place) for place in range(2)]


def test_customers_of_sessions_are_counted_once():
    """Two sessions with a search are one customer who searched."""
    table = log_of({"ann": "a b a"}, session=["1", "1", "2"])
    counts = event_counts(read_events(table, unit="session"))

    assert [1, 1] == counts["n_customers"].tolist()


def test_times_of_a_zone_are_measured_in_utc():
    """Ann's times of Vienna and Bob's of UTC are not mixed up."""
    table = log_of({"ann": "a b"})
    table["time"] = table["time"].dt.tz_localize("Europe/Vienna")

    assert START - pd.Timedelta(hours=1) == read_events(table).totals.first


def test_no_events_are_no_error():
    """An empty table gives empty tables with the same columns."""
    table = log_of({"ann": "a"}).iloc[:0]
    log = read_events(table)

    assert (0, None, ()) == (log.totals.n_events, log.totals.first, log.activities)
    assert list(COUNT_COLUMNS) == list(event_counts(log).columns)
    assert 0 == len(log.paths())


@pytest.mark.parametrize(
    ("change", "options", "error", "words"),
    [
        (lambda t: t.rename(columns={"time": "tme"}), {}, UnknownNameError, "'tme'"),
        (lambda t: t.astype({"time": "str"}), {}, InputError, "times were expected"),
        (lambda t: t, {"unit": "session"}, UnknownNameError, "session"),
        (lambda t: t, {"unit": "person"}, UnknownNameError, "unit"),
        (lambda t: t, {"of": "step"}, UnknownNameError, "kind of step"),
        (lambda t: t.assign(rating="good"), {}, TableError, "row 2: 'good'"),
        (lambda t: t.assign(row=0.5), {}, InputError, "whole numbers"),
        (
            lambda t: t.set_axis(["customer", "activity", "time", "time"], axis=1),
            {},
            InputError,
            "2 have this name",
        ),
    ],
)
def test_tables_that_cannot_be_read_are_refused(shop, change, options, error, words):
    """The message says what was expected, and where."""
    with pytest.raises(error, match=words):
        read_events(change(shop), **options)


def test_addresses_of_pages_are_no_activities():
    """More names than steps of any journey are refused with a way out."""
    pages = " ".join(f"/page/{number}" for number in range(2_001))

    with pytest.raises(InputError, match="Match them to touchpoints first"):
        read_events(log_of({"ann": pages}))


def test_measured_numbers_are_no_ratings():
    """A column of amounts taken for ratings is refused."""
    table = log_of({"ann": " ".join(["a"] * 1_001)})

    with pytest.raises(InputError, match="1,001 different numbers"):
        read_events(table.assign(rating=[n / 7 for n in range(1_001)]))


def test_options_out_of_range_are_refused(shop):
    """The privacy minimum may only be raised."""
    with pytest.raises(InputError, match="a minimum of 5"):
        event_counts(shop, minimum=1)


@pytest.mark.parametrize("stages", [{}, {"empty": []}, "search"])
def test_stages_without_activities_are_refused(shop, stages):
    """A stage is a name and its activities."""
    with pytest.raises(InputError, match=r"expected|has no activity"):
        engagement(shop, stages)


def test_misspelled_activities_are_refused_with_the_nearest(shop):
    """The nearest name is offered."""
    with pytest.raises(UnknownNameError, match="Did you mean 'search'"):
        engagement(shop, {"choosing": ["serch"]})
