"""Pain points proposed from events: found where they are, and nowhere else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from event_logs import START, log_of, typed
from pandas.testing import assert_frame_equal

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.events import Events, read_events
from journeykit.measure.incident_scan import scan
from journeykit.measure.incident_series import Series, watched
from journeykit.measure.incident_words import (
    days_in_words,
    seconds_in_words,
    sentence_parts,
)
from journeykit.measure.incidents import (
    INCIDENT_COLUMNS,
    INCIDENT_KINDS,
    WATCHED_COLUMNS,
    find_incidents,
)
from journeykit.measure.intervals import Estimate
from journeykit.model.survey import Scale

WORST_TEN = Scale(lowest=0, highest=10, best="lowest")


def clinic(
    seed: int, *, n_days: int = 90, a_day: int = 30, grows: bool = False
) -> pd.DataFrame:
    """Return a log without incidents: arrive, wait, be seen, pay; weekends are worse.

    Ratings say how hard it was, 0 to 10, lowest is best: another scale, another trade
    and other names than in any file that is shipped.
    """
    rng = np.random.default_rng(seed)
    days = np.arange(n_days)
    visits = a_day * (1 + days / n_days if grows else 1.0) * np.ones(n_days)
    day = np.repeat(days, rng.poisson(visits))
    n = len(day)
    begins = START.normalize() + pd.to_timedelta(day * 86_400 + 30_000, unit="s")
    minutes = rng.lognormal(2.5, 0.6, (4, n)).cumsum(axis=0)
    goes_on = np.cumprod(rng.random((4, n)) > [[-1], [0.15], [0.1], [0.05]], axis=0)
    harder = 3 + 1.0 * (begins.day_of_week >= 5)
    parts = []
    for place, name in enumerate(("arrival", "waiting room", "doctor", "desk")):
        rated = rng.random(n) < 0.3
        rating = np.clip(np.round(rng.normal(harder, 1.5)), 0, 10)
        parts.append(
            pd.DataFrame(
                {
                    "customer": [f"k{number}" for number in range(n)],
                    "activity": name,
                    "time": begins
                    + pd.to_timedelta(minutes[place], unit="m").round("s"),
                    "persona": np.where(np.arange(n) % 3 == 0, "child", "adult"),
                    "rating": np.where(rated, rating, np.nan),
                }
            )[goes_on[place] == 1]
        )
    return typed(pd.concat(parts, ignore_index=True))


def rows(table: pd.DataFrame) -> list[tuple]:
    """Return kind, activity and persona of what was found."""
    names = ("kind", "activity", "persona")
    return list(zip(*(table[name] for name in names), strict=True))


def days_of(log: pd.DataFrame) -> pd.Series:
    """Return the day of each event, from 0."""
    return (log["time"] - START.normalize()).dt.days


def test_harder_days_are_found_where_low_is_good():
    """A week that was harder at the desk, for all; the scale runs the other way."""
    log = clinic(1)
    worse = days_of(log).between(40, 46) & (log["activity"] == "desk")
    log["rating"] = np.minimum(log["rating"] + 2.5 * worse, 10)
    found, _ = find_incidents(log, scale=WORST_TEN)
    (row,) = found.to_dict("records")

    assert list(INCIDENT_COLUMNS) == list(found.columns)
    assert [("dissatisfaction", "desk", None)] == rows(found)
    assert (START.normalize() + pd.Timedelta(days=40)) == row["start"]
    assert (START.normalize() + pd.Timedelta(days=46)) == row["end"]
    assert row["low"] < row["value"] < row["high"]
    assert row["low"] > row["outside"]
    assert row["q"] <= 0.05
    assert "customers were less satisfied with desk" == row["what"]
    assert "11 to 17 April 2026" == row["when"]


def test_who_leaves_is_found_for_the_persona_that_left():
    """Half of the adults go home from the waiting room for ten days; children stay."""
    log = clinic(2, a_day=60)
    first = log[log["activity"] == "arrival"].set_index("customer")
    day = (first["time"] - START.normalize()).dt.days
    left = first.index[
        day.between(50, 59)
        & (first["persona"] == "adult")
        & (np.random.default_rng(5).random(len(first)) < 0.5)
    ]
    gone = log["customer"].isin(left) & log["activity"].isin(["doctor", "desk"])
    found, _ = find_incidents(log[~gone], scale=WORST_TEN)
    (row,) = found.to_dict("records")

    assert [("drop-off", "waiting room", "adult")] == rows(found)
    assert (pd.Timestamp("2026-04-21"), pd.Timestamp("2026-04-30")) == (
        row["start"],
        row["end"],
    )
    assert row["value"] > 0.4 > 0.2 > row["outside"]
    assert "more adult customers left after waiting room" == row["what"]


def test_long_waits_are_found_at_the_step_that_takes_long():
    """Five days in which the doctor came late; the wait is before, not after."""
    log = clinic(3)
    late = days_of(log).between(20, 24)
    after = log["activity"].isin(["doctor", "desk"])
    log.loc[late & after, "time"] += pd.Timedelta(minutes=25)
    found, _ = find_incidents(log, scale=WORST_TEN)
    (row,) = found.to_dict("records")

    assert [("long wait", "waiting room", None)] == rows(found)
    assert (5, "customers waited longer after waiting room") == (
        row["n_days"],
        row["what"],
    )
    assert row["value"] > row["outside"] + 1_000  # seconds
    assert "minutes, otherwise" in row["measured"]


def test_one_bad_day_is_enough():
    """An incident of a day is no noise if it was bad enough."""
    log = clinic(4)
    worse = (days_of(log) == 33) & (log["activity"] == "doctor")
    log["rating"] = np.where(worse & log["rating"].notna(), 10, log["rating"])
    found, _ = find_incidents(log, scale=WORST_TEN)

    assert [("dissatisfaction", "doctor", None)] == rows(found)
    assert [33] == (found["start"] - START.normalize()).dt.days.tolist()
    assert found["n_days"].max() <= 2


def test_two_incidents_of_one_step_are_both_found():
    """The first that was found is set aside to look for the second."""
    log = clinic(5)
    day, at_desk = days_of(log), log["activity"] == "desk"
    worse = at_desk & (day.between(15, 21) | day.between(60, 69))
    log["rating"] = np.minimum(log["rating"] + 3 * worse, 10)
    found, _ = find_incidents(log, scale=WORST_TEN)

    assert [("dissatisfaction", "desk", None)] * 2 == rows(found)
    starts = sorted((found["start"] - START.normalize()).dt.days)
    assert 1 >= abs(starts[0] - 15)
    assert 1 >= abs(starts[1] - 60)


def test_weekends_growth_and_better_days_are_no_incidents():
    """What is worse each weekend, or only more, or better, is not proposed."""
    log = clinic(6, grows=True)
    better = days_of(log).between(40, 60) & (log["activity"] == "desk")
    log["rating"] = np.maximum(log["rating"] - 2 * better, 0)

    assert [] == rows(find_incidents(log, scale=WORST_TEN).found)


def test_another_mix_of_personas_is_no_incident():
    """Children find it harder; more of them for two weeks is no worse service."""
    log = clinic(7, a_day=60)
    child = log["persona"] == "child"
    log["rating"] = np.minimum(log["rating"] + 2 * child, 10)
    first = days_of(log).groupby(log["customer"]).min()
    fewer = first.index[first.between(30, 43) & (np.arange(len(first)) % 5 > 1)]
    kept = ~log["customer"].isin(fewer) | child

    assert [] == rows(find_incidents(log[kept], scale=WORST_TEN).found)


@pytest.mark.timeout(1_200)
def test_shuffled_logs_rarely_give_an_incident():
    """Of 100 shuffles at most 11 give one: 5 % are put up with, 99 % of runs stay so.

    Half of them shuffle ratings and times across all events; half leave the paths of
    customers as they are, shuffle their first days and the ratings.
    """
    log = clinic(8, n_days=60)
    first = log.groupby("customer")["time"].min()
    rated = log["rating"].notna().to_numpy()
    n_false = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        shuffled = log.copy()
        shuffled.loc[rated, "rating"] = rng.permutation(log.loc[rated, "rating"])
        if seed % 2:
            shuffled["time"] = rng.permutation(log["time"])
        else:
            moved = pd.Series(rng.permutation(first), index=first.index)
            move = log["customer"].map(moved) - log["customer"].map(first)
            shuffled["time"] = log["time"] + move
        n_false += not find_incidents(shuffled, scale=WORST_TEN).found.empty

    assert n_false <= 11


def test_what_was_watched_is_told():
    """Each series has its reason if it was not tested."""
    log = clinic(9, n_days=30)
    _, table = find_incidents(log, scale=WORST_TEN)
    reasons = table[table["persona"].isna()].set_index(["kind", "activity"])["why_not"]

    assert list(WATCHED_COLUMNS) == list(table.columns)
    assert 3 * 4 * 3 == len(table)
    assert "" == reasons["drop-off", "waiting room"]
    assert "nothing follows it" == reasons["drop-off", "desk"]
    assert "all are alike" == reasons["drop-off", "arrival"] or reasons.size
    tested = table[table["is_tested"]]
    assert tested["p"].between(0, 1).all()
    assert (tested["q"] >= tested["p"]).all()
    assert table.loc[~table["is_tested"], "p"].isna().all()


def test_short_or_small_logs_are_not_tested():
    """Two weeks and fifty events are needed, and the reason says so."""
    few = find_incidents(clinic(10, n_days=20, a_day=2), scale=WORST_TEN).watched
    short = find_incidents(clinic(10, n_days=13), scale=WORST_TEN).watched

    assert "fewer than 50 events" in set(few["why_not"])
    assert "fewer than 14 days" in set(short["why_not"])
    assert not short["is_tested"].any()


def test_visits_by_session_end_with_the_session():
    """No patience has to be guessed where the log knows visits."""
    log = clinic(11).assign(session="1").astype({"session": "str"})
    _, table = find_incidents(read_events(log, unit="session"), scale=WORST_TEN)
    leaving = table[(table["kind"] == "drop-off") & table["persona"].isna()]

    assert leaving["patience_days"].isna().all()
    assert leaving.set_index("activity")["is_tested"]["doctor"]


def test_the_same_seed_gives_the_same_numbers():
    """And the events are left as they are."""
    log = clinic(12, n_days=30)
    before = log.copy(deep=True)
    first, second = (find_incidents(log, scale=WORST_TEN, seed=4) for _ in range(2))

    assert_frame_equal(first.watched, second.watched)
    assert_frame_equal(before, log)


def test_only_what_is_asked_is_watched():
    """Kinds can be chosen."""
    _, table = find_incidents(clinic(13, n_days=15), kinds=["long wait"])

    assert {"long wait"} == set(table["kind"])
    assert ("dissatisfaction", "drop-off", "long wait") == INCIDENT_KINDS


def test_logs_without_ratings_or_events_are_no_error():
    """There is nothing to find, and the tables have their columns."""
    plain = clinic(14, n_days=20).drop(columns=["rating", "persona"])
    _, table = find_incidents(plain)
    empty = find_incidents(log_of({"ann": "a"}).iloc[:0])

    assert not table[table["kind"] == "dissatisfaction"]["is_tested"].any()
    assert table["persona"].isna().all()
    assert [list(INCIDENT_COLUMNS), list(WATCHED_COLUMNS)] == [
        list(part.columns) for part in empty
    ]


class _Elsewhere(Events):
    """Events of which only sums are known."""

    personas = ()
    totals = group_sums = activity_sums = rating_sums = follow_sums = None
    stage_sums = step_sums = gaps = paths = None


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"limit": 5}, InputError, "a limit between 0 and 1"),
        ({"seed": -1}, InputError, "a seed of 0 or more"),
        ({"kinds": ["anger"]}, UnknownNameError, "kind of incident"),
        ({"minimum": 1}, InputError, "a minimum of 5"),
    ],
)
def test_options_that_make_no_sense_are_refused(options, error, words):
    """One sentence says what was expected."""
    with pytest.raises(error, match=words):
        find_incidents(log_of({"ann": "a"}), **options)


def test_sums_of_a_warehouse_are_not_enough():
    """Shuffling needs the events themselves."""
    with pytest.raises(InputError, match="Export the events"):
        find_incidents(_Elsewhere())


def series_of(score: np.ndarray, n_days: int) -> Series:
    """Return a series with as many events each day."""
    day = np.repeat(np.arange(n_days), len(score) // n_days)
    score = score - score.mean()
    group = np.zeros(len(score), dtype=np.int64)
    return Series("drop-off", "a", None, 20_000, n_days, day, score, score, group)


def test_noise_of_whole_days_is_no_incident():
    """Days that differ by more than chance, but at random, are taken as noise."""
    n_false = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        noisy = np.repeat(rng.normal(0, 0.5, 100), 50) + rng.normal(0, 1, 5_000)
        n_false += scan(series_of(noisy, 100), seed=seed, most_shuffles=99).p <= 0.05

    assert n_false <= 6  # 2 are put up with; without the noise it would be all 40


def test_p_values_of_noise_are_even():
    """One in five is below a fifth: the p value is what it says."""
    p_values = [
        scan(
            series_of(np.random.default_rng(seed).normal(0, 1, 800), 40),
            seed=seed,
            most_shuffles=199,
        ).p
        for seed in range(100)
    ]

    assert 8 <= sum(p <= 0.2 for p in p_values) <= 33  # 20 +- 3 standard errors


def test_many_events_a_day_are_not_shuffled_one_by_one():
    """Sums of large days are normal; the answer is the same and costs no more."""
    rng = np.random.default_rng(3)
    score = rng.normal(0, 1, 60 * 150)
    score[30 * 150 : 34 * 150] += 0.4
    few = scan(series_of(score, 60), seed=1, most_shuffles=999)
    rows_of_fewer = series_of(score.reshape(60, 150)[:, :90].reshape(-1), 60)
    shuffled = scan(rows_of_fewer, seed=1, most_shuffles=999)

    assert (0.001, 0.001) == (few.p, shuffled.p)
    assert 28 <= few.first <= 31
    assert 32 <= few.last <= 36


def test_series_too_thin_for_any_stretch_finds_nothing():
    """Where no stretch holds ten events and half of them, p is 1."""
    thin = series_of(np.arange(12.0), 12)

    assert 1 == scan(thin, seed=1, most_shuffles=99).p


def test_rare_events_are_not_tested():
    """One drop-off in a thousand says nothing about days."""
    log = clinic(15, n_days=60)
    at_desk = log["activity"] == "desk"
    log.loc[at_desk, "rating"] = 5.0
    log.loc[log.index[at_desk][:3], "rating"] = 9.0
    series = watched(read_events(log), ("dissatisfaction",), low_is_good=True)
    reasons = {one.activity: one.why_not for one in series if one.persona is None}

    assert "all but fewer than 20 are alike" == reasons["desk"]


def test_days_and_times_are_said_as_people_do():
    """The unit fits the length, and months are named once."""
    new_year = pd.Timestamp("2026-12-30"), pd.Timestamp("2027-01-02")

    assert "30 December 2026 to 2 January 2027" == days_in_words(*new_year)
    assert "3.0 hours" == seconds_in_words(10_800)


def test_few_events_are_found_but_not_shown():
    """Below the minimum no number is said."""
    series = series_of(np.zeros(20), 20)
    day = pd.Timestamp("2026-03-02")
    value = Estimate(1, 0, 1)

    assert (
        "too few to be shown"
        == sentence_parts(series, day, day, value, None)["measured"]
    )
