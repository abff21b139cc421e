"""Times of a column: what they mean is decided together, said, and turned into UTC."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.errors import InputError
from journeykit.exchange.record_times import Times, read_times, zone_named
from journeykit.exchange.time_texts import written


def read(*cells: Any, **told: Any) -> Times:
    """Return a column of cells as times."""
    return read_times(pd.Series(cells), **told)


def moments(found: Times) -> list[str]:
    """Return the times as texts; empty where there is none."""
    texts = found.values.dt.strftime("%Y-%m-%d %H:%M:%S")
    return texts.fillna("").tolist()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2010-12-30 14:32:00+01:00", "2010-12-30 13:32:00"),
        ("2010-12-30T14:32:00Z", "2010-12-30 14:32:00"),
        ("2010-12-30 14:32:00+00", "2010-12-30 14:32:00"),
        ("2010-12-30 14:32 UTC", "2010-12-30 14:32:00"),
        ("2010-12-30", "2010-12-30 00:00:00"),
        ("2010/12/30 14:32", "2010-12-30 14:32:00"),
        ("2018/04/09 2:30:02 PM MDT", "2018-04-09 20:30:02"),
        ("4/22/2016 19:57:50", "2016-04-22 19:57:50"),
        ("22/4/2016 7.57 a.m.", "2016-04-22 07:57:00"),
        ("1/20/23", "2023-01-20 00:00:00"),
        ("20.1.99", "1999-01-20 00:00:00"),
        ("31.12.2025 23:59 Uhr", "2025-12-31 23:59:00"),
        ("12/31/2025 12:00 AM", "2025-12-31 00:00:00"),
        ("12/31/2025 12:00 PM", "2025-12-31 12:00:00"),
        ("Dec 4, 2022 9 pm", "2022-12-04 21:00:00"),
        ("Thu, 04 Dec 2022 10:00:00 +0000", "2022-12-04 10:00:00"),
        ("04-Dec-22", "2022-12-04 00:00:00"),
        ("4. März 2022 10:15", "2022-03-04 10:15:00"),
        ("4 de marzo de 2022", "2022-03-04 00:00:00"),
        ("1st of March 2022", "2022-03-01 00:00:00"),
        ("31/01/2022 10:00 GMT+2", "2022-01-31 08:00:00"),
        ("1606780800", "2020-12-01 00:00:00"),
        ("1606780800.0", "2020-12-01 00:00:00"),
        ("1606780800123", "2020-12-01 00:00:00"),
        ("1606780800123456", "2020-12-01 00:00:00"),
        ("1606780800123456789", "2020-12-01 00:00:00"),
        ("20201201", "2020-12-01 00:00:00"),
        ("202012010930", "2020-12-01 09:30:00"),
        ("20201201093015", "2020-12-01 09:30:15"),
        ("40148.5", "2009-12-01 12:00:00"),
    ],
)
def test_a_time_is_read_however_it_is_written(cell: str, expected: str) -> None:
    """The forms that exports really have."""
    assert [expected] == moments(read(cell))


@pytest.mark.parametrize(
    "cell",
    [
        *("soon", "2010-13-30", "2010-12-30 25:00", "32/01/2020", "30/02/2020", "12"),
        *("13/13/2020", "1/2/2020 13:00 PM", "2020-01-02 10:00 IST", "3 Foo 2020"),
        *("1/2/2020 10:61", "1-2/2020", "9" * 400, "1e9", "31/12/2020 10:00 +99:00"),
    ],
)
def test_what_is_no_time_is_unreadable_and_shown(cell: str) -> None:
    """Nothing is made up; a name of a zone that means several is no zone."""
    found = read("2020-05-17", cell)

    assert ["2020-05-17 00:00:00", ""] == moments(found)
    assert (1, ((3, cell[:60]),)) == (found.n_unreadable, found.unreadable)


@pytest.mark.parametrize("cell", ["", "  ", "-", "NULL", "n/a", "NaT", "\\N", None])
def test_words_for_nothing_are_missing(cell: str | None) -> None:
    """They are no faults."""
    found = read("2020-05-17", cell)

    assert (1, 0) == (found.n_missing, found.n_unreadable)


@pytest.mark.parametrize(
    "cell", ["1900-01-01", "9999-12-31", "1970-01-01", "0001-01-01"]
)
def test_stand_ins_are_no_times(cell: str) -> None:
    """A time before computers or after all of us means that there is none."""
    found = read("2020-05-17", cell)

    assert ["2020-05-17 00:00:00", ""] == moments(found)
    assert (1, ((3, cell),)) == (found.n_outside, found.outside)


@pytest.mark.parametrize(
    ("cells", "dates", "first"),
    [
        (("3/4/2026", "13/4/2026"), "d/m", "2026-04-03 00:00:00"),
        (("3/4/2026", "4/13/2026"), "m/d", "2026-03-04 00:00:00"),
        (("3.4.2026", "4.5.2026"), "d/m", "2026-04-03 00:00:00"),  # as dots go
        (("3/3/2026", "4/4/2026"), "d/m", "2026-03-03 00:00:00"),  # all the same
    ],
)
def test_the_whole_column_tells_day_from_month(
    cells: tuple[str, ...], dates: str, first: str
) -> None:
    """One date beyond the twelfth decides for all of them, and that is said."""
    found = read(*cells)

    assert (dates, False) == (found.dates, found.is_ambiguous)
    assert first == moments(found)[0]


def test_nobody_guesses_where_the_column_does_not_tell() -> None:
    """Every date reads both ways: told, it is read so."""
    cells = ("3/4/2026", "5/6/2026")

    assert read(*cells).is_ambiguous
    assert "day first and month first" in read(*cells).notes[0]
    assert "2026-04-03 00:00:00" == moments(read(*cells, dates="d/m"))[0]
    assert "2026-03-04 00:00:00" == moments(read(*cells, dates="m/d"))[0]


def test_dates_that_contradict_each_other_are_not_turned_round() -> None:
    """Cell by cell, 13/1 and 1/14 would both pass, and 3/4 be wrong in one of them."""
    found = read("1/14/2026", "2/15/2026", "13/1/2026")

    assert ["2026-01-14 00:00:00", "2026-02-15 00:00:00", ""] == moments(found)
    assert "1 different date can only be the other way round" in " ".join(found.notes)


def test_what_was_told_is_kept_to() -> None:
    """A wrong order leaves unreadable dates, and says so."""
    found = read("1/14/2026", "2/3/2026", dates="d/m")

    assert ["", "2026-03-02 00:00:00"] == moments(found)
    assert "look at the order again" in found.notes[1]


def test_clocks_without_a_zone_stand_where_the_mapping_says() -> None:
    """A winter and a summer time of Berlin; without a word it is UTC, and said."""
    cells = ("2026-01-10 12:00", "2026-07-10 12:00")

    assert ["2026-01-10 11:00:00", "2026-07-10 10:00:00"] == moments(
        read(*cells, timezone="Europe/Berlin")
    )
    assert "taken as UTC; say where the clocks stood" in read(*cells).notes[-1]
    assert "taken as Europe/Berlin." in read(*cells, timezone="Europe/Berlin").notes[-1]


def test_hours_that_come_twice_or_never_are_said() -> None:
    """When clocks are changed, one hour has no name and another has two."""
    found = read("2025-10-26 02:30", "2025-03-30 02:30", timezone="Europe/Berlin")

    assert ["2025-10-26 00:30:00", "2025-03-30 01:00:00"] == moments(found)
    assert 1 == sum("comes twice" in note for note in found.notes)
    assert 1 == sum("leaves out" in note for note in found.notes)


def test_typed_times_keep_what_they_are() -> None:
    """Parquet knows zones; times without one stand where the mapping says."""
    zoned = pd.Series(pd.to_datetime(["2020-01-01 10:00"]).tz_localize("Europe/Berlin"))
    plain = pd.Series(pd.to_datetime(["2020-01-01 10:00", None]))
    there = read_times(plain, timezone="America/New_York")

    assert ["2020-01-01 09:00:00"] == moments(read_times(zoned))
    assert ["2020-01-01 15:00:00", ""] == moments(there)
    assert (1, 0) == (there.n_missing, there.n_unreadable)
    assert ["2020-12-01 00:00:00"] == moments(read_times(pd.Series([1606780800])))


def test_rows_are_counted_as_they_stand_in_the_file() -> None:
    """Rows that do not count are gone already, and yet the numbers are right."""
    column = pd.Series(["2020-01-01", "soon"], index=[3, 8])

    assert ((10, "soon"),) == read_times(column).unreadable
    assert ((12, "soon"),) == read_times(column, first_row=4).unreadable


def test_unknown_zones_are_refused_with_the_nearest() -> None:
    """A misspelled place is no place."""
    with pytest.raises(InputError, match=r"'Europe/Berlni'\. Did you mean 'Europe/Ber"):
        zone_named("Europe/Berlni")
    with pytest.raises(InputError, match="a time zone such as"):
        zone_named("../../etc/passwd")


@given(st.lists(st.text(max_size=30), max_size=20))
def test_no_text_breaks_the_reader(cells: list[str]) -> None:
    """Every cell is a time, missing, unreadable or a stand-in."""
    found = read_times(pd.Series(cells, dtype="str"))
    n_taken = int(found.values.notna().sum())

    assert (
        len(cells) == n_taken + found.n_missing + found.n_unreadable + found.n_outside
    )
    assert "datetime64[us]" == str(found.values.dtype)


@given(
    st.lists(
        st.datetimes(
            min_value=pd.Timestamp("1980-01-01").to_pydatetime(),
            max_value=pd.Timestamp("2099-12-31").to_pydatetime(),
        ),
        min_size=2,
        max_size=9,
        unique=True,
    ),
    st.sampled_from(["%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%d %H:%M:%S", "%d %b %Y %H:%M:%S"]),
)
def test_order_of_moments_survives(times: list[Any], form: str) -> None:
    """What was later is not earlier afterwards."""
    found = read_times(pd.Series([one.strftime(form) for one in sorted(times)])).values

    assert all(a <= b for a, b in pairwise(found))


def test_parts_of_a_time_are_left_open() -> None:
    """What is day and what is month is not decided by one cell."""
    found = written("3/4/2026 9:05 pm EST")

    assert found is not None
    assert (3, 4, True) == (found.first, found.second, found.is_open)
    assert ("EST", "half days") == found.signs
