"""Every engine gives the same numbers, row for row; what cannot be read is refused."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from event_logs import log_of, typed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from postgres_server import PostgresServer
from sqlalchemy import make_url

from journeykit.errors import (
    FileProblemError,
    InputError,
    JourneyKitWarning,
    MissingExtraError,
    TableError,
    UnknownNameError,
)
from journeykit.exchange import event_tables
from journeykit.exchange.event_tables import event_measures
from journeykit.measure.events import (
    Events,
    engagement,
    event_counts,
    event_satisfaction,
    funnel,
    path_tree,
    times_between,
    transitions,
    variants,
)
from journeykit.model.survey import Scale

ibis = pytest.importorskip("ibis")
duckdb = pytest.importorskip("duckdb")

# Ibis 12 calls what DuckDB 2 and pandas 4 are about to take away.
pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:The 'future.infer_string' option"),
]

# Names that databases put in different orders, or that need care in SQL.
NAMES = ("a", "B", "ä", "x y", "o'z\"")
FIVE = Scale(lowest=1, highest=5)
BEGINNING = pd.Timestamp("1969-12-31 23:59:58")


@st.composite
def logs(draw: st.DrawFn) -> pd.DataFrame:
    """Draw small logs with equal times, times before 1970, and cells left empty."""

    def cells(*values: object) -> st.SearchStrategy[object]:
        return st.sampled_from([*values, None, ""])

    row = st.tuples(
        cells("p", "q", "Q", "ü"),
        cells(*NAMES),
        st.one_of(st.none(), st.integers(0, 12)),
        cells("1", "2"),
        cells("new", "Old"),
        st.sampled_from([1, 2, 3, 4.5, 5, None]),
    )
    rows = draw(st.lists(row, min_size=1, max_size=24))
    columns = ("customer", "activity", "time", "session", "persona", "rating")
    table = pd.DataFrame(rows, columns=columns)
    steps = pd.to_timedelta(table["time"] * 700_001, unit="us")
    table["time"] = (BEGINNING + steps).astype("datetime64[us]")
    return typed(table).assign(row=range(len(table)))


class Places:
    """The places where a log can lie."""

    def __init__(self, postgres: object, folder: Path) -> None:
        self.postgres, self.folder = postgres, folder
        self.duckdb = ibis.duckdb.connect()

    def of(self, table: pd.DataFrame) -> Iterator[tuple[str, object, str]]:
        """Yield the name of each place, the log there, and the engine."""
        yield "DuckDB on a table", table, "duckdb"
        path = self.folder / "log.parquet"
        table.to_parquet(path)
        yield "DuckDB on Parquet", path, "duckdb"
        self.duckdb.con.register("given", pa.Table.from_pandas(table))
        self.duckdb.con.execute("CREATE OR REPLACE TABLE log AS FROM given")
        yield "Ibis on DuckDB", self.duckdb.table("log"), "warehouse"
        cells = table.astype("object").where(table.notna(), None)
        with self.postgres.con.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS log")
            cursor.execute(
                "CREATE TABLE log (customer text, activity text, time timestamp, "
                'session text, persona text, rating float, "row" bigint)'
            )
            cursor.executemany(
                "INSERT INTO log VALUES (%s, %s, %s, %s, %s, %s, %s)",
                list(cells.itertuples(index=False, name=None)),
            )
        self.postgres.con.commit()
        yield "Ibis on PostgreSQL", self.postgres.table("log"), "warehouse"


@pytest.fixture(scope="module")
def places(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Places]:
    """Connect to a PostgreSQL and a DuckDB."""
    database = make_url(postgres_server.new_database()).database
    postgres = ibis.postgres.connect(
        host=str(postgres_server.folder), user="postgres", database=database
    )
    yield Places(postgres, tmp_path_factory.mktemp("logs"))
    postgres.disconnect()


def measured(events: Events) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield every table of measures of a log."""
    steps = list(events.activities)
    yield "counts", event_counts(events, by_persona=True)
    yield "satisfaction", event_satisfaction(events, FIVE, by_persona=True)
    yield "transitions", transitions(events)
    yield "variants", variants(events, most=3)
    yield "tree", path_tree(events, depth=2, most=9)
    if len(steps) > 1:
        mixed = [steps[0], tuple(steps[:2]), steps[-1], steps[0]]
        yield "funnel", funnel(events, mixed, by_persona=True)
        stages = {"one": steps[:2], "two": steps[-1]}
        yield "engagement", engagement(events, stages, by_persona=True)
        yield "times", times_between(events, mixed)


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(table=logs(), unit=st.sampled_from(["customer", "session"]))
def test_every_engine_gives_the_same_rows(
    places: Places, table: pd.DataFrame, unit: str
) -> None:
    """pandas, DuckDB, and Ibis on two databases agree on each number and its order."""
    expected = event_measures(table, unit=unit)
    tables = dict(measured(expected))
    for place, source, engine in places.of(table):
        events = event_measures(source, unit=unit, engine=engine)

        for name, found in measured(events):
            assert_frame_equal(tables[name], found, obj=f"{name}, {place}")
        assert expected.totals.left_out == events.totals.left_out
        assert expected.totals.n_equal_times == events.totals.n_equal_times
        assert (expected.totals.first, expected.totals.n_units) == (
            events.totals.first,
            events.totals.n_units,
        )


def test_columns_and_activities_are_mapped_in_every_engine(places: Places) -> None:
    """Another log works through a mapping alone; ids may be numbers."""
    table = log_of({"1": "cart pay help", "2": "cart", "3": "home"})
    table = table.rename(columns={"customer": "user_id", "activity": "event name"})
    table["user_id"] = table["user_id"].astype("int64")
    options = {
        "columns": {"customer": "user_id", "activity": "event name"},
        "matches": {"cart": "t-cart", "pay": "t-pay", "gone": "t-gone"},
        "of": "touchpoint",
    }
    expected = event_measures(table, **options)

    assert ("t-cart", "t-pay") == expected.activities
    assert {"no touchpoint": 2} == expected.totals.left_out
    path = places.folder / "other.parquet"
    table.to_parquet(path)
    con = places.duckdb.con
    con.execute("CREATE OR REPLACE TABLE other AS FROM read_parquet(?)", [str(path)])
    for source in (path, places.duckdb.table("other")):
        found = event_measures(source, **options)

        assert_frame_equal(event_counts(expected), event_counts(found))
        assert expected.totals.left_out == found.totals.left_out


def test_without_a_row_column_files_keep_their_order(tmp_path: Path) -> None:
    """Equal times stand as in the files, one file after the other."""
    first = log_of({"ann": "z", "bob": "y"})
    second = log_of({"ann": "a", "bob": "b"})
    second["time"] = first["time"]
    first.to_parquet(tmp_path / "1.parquet")
    second.to_parquet(tmp_path / "2.parquet")
    events = event_measures(tmp_path)

    assert [("y", "b"), ("z", "a")] == variants(events)["path"].tolist()
    assert "the order of the table" in events.totals.notes[-1]


def test_without_a_row_column_a_warehouse_goes_by_name(places: Places) -> None:
    """A database has no order of its own, and that is said."""
    table = log_of({"ann": "z"})
    both = pd.concat([table, table.assign(activity="a")])
    places.duckdb.con.register("given", pa.Table.from_pandas(both))
    events = event_measures(places.duckdb.table("given"))

    assert [("a", "z")] == variants(events)["path"].tolist()
    assert "the name of the activity decided" in events.totals.notes[-1]


def test_times_with_a_zone_and_days_are_read(places: Places, tmp_path: Path) -> None:
    """A zone is turned into UTC; a day is its midnight."""
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    zoned = pd.DataFrame({"customer": ["a"], "activity": ["x"], "time": [noon]})
    zoned["time"] = zoned["time"].dt.tz_convert("Asia/Tokyo")
    dated = zoned.assign(time=[noon.date() + timedelta(days=1)])
    for number, (table, expected) in enumerate(
        [(zoned, "2026-03-01 12:00"), (dated, "2026-03-02")]
    ):
        path = tmp_path / f"{number}.parquet"
        table.to_parquet(path)
        view = places.duckdb.con.read_parquet(str(path))
        view.create_view(f"times_{number}", replace=True)
        for source in (path, places.duckdb.table(f"times_{number}")):
            assert pd.Timestamp(expected) == event_measures(source).totals.first


def test_large_tables_go_to_duckdb(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit DuckDB reads; without it pandas does, and says so."""
    monkeypatch.setattr(event_tables, "MOST_PANDAS_ROWS", 2)
    read = []
    by_duckdb = event_tables.duckdb_events
    monkeypatch.setattr(
        event_tables,
        "duckdb_events",
        lambda source, **rest: read.append(len(source)) or by_duckdb(source, **rest),
    )
    table = log_of({"ann": "cart pay help"})
    large = event_measures(table)
    small = event_measures(table.iloc[:2])

    assert [3] == read
    assert (3, 2) == (large.totals.n_events, small.totals.n_events)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.warns(JourneyKitWarning, match=r"pip install 'journeykit\[duckdb\]'"):
        found = event_measures(table)
    assert 3 == found.totals.n_events


def test_mixed_cells_are_read_by_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    """A column of numbers and text is none of Arrow's; pandas takes it as it is."""
    monkeypatch.setattr(event_tables, "MOST_PANDAS_ROWS", 1)
    table = log_of({"ann": "cart pay"}).assign(
        customer=pd.Series([1, "1"], dtype=object)
    )

    assert 2 == event_measures(table).totals.n_events


def test_what_was_opened_is_handed_on() -> None:
    """Opening twice costs nothing."""
    events = event_measures(log_of({"ann": "cart"}))

    assert events is event_measures(events)


@pytest.mark.parametrize(
    ("missing", "source", "extra"),
    [("duckdb", Path("log.parquet"), "duckdb"), ("ibis", None, "warehouse")],
)
def test_missing_extras_are_named(
    missing: str,
    source: Path | None,
    extra: str,
    places: Places,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The message says what to install."""
    places.duckdb.con.execute("CREATE OR REPLACE TABLE small AS SELECT 1 AS customer")
    table = places.duckdb.table("small")
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MissingExtraError, match=rf"journeykit\[{extra}\]"):
        event_measures(source or table)


def _text(table: pd.DataFrame, path: Path) -> Path:
    path.with_suffix(".csv").write_text("customer,activity,time\n", encoding="utf-8")
    return path.with_suffix(".csv")


def _parquet(table: pd.DataFrame, path: Path) -> Path:
    table.to_parquet(path)
    return path


@pytest.mark.parametrize(
    ("make", "options", "error", "words"),
    [
        (lambda t, p: p, {}, FileProblemError, "there is no such file"),
        (lambda t, p: p.parent, {}, FileProblemError, "cannot read it"),
        (_text, {}, FileProblemError, "Parquet was expected"),
        (lambda t, p: [1], {}, InputError, "not list"),
        (lambda t, p: t, {"engine": "warehouse"}, UnknownNameError, "engine"),
        (lambda t, p: t, {"columns": {"user": "x"}}, UnknownNameError, "of events"),
        (lambda t, p: t, {"columns": {"time": "tme"}}, UnknownNameError, "'tme'"),
        (
            _parquet,
            {"columns": {"time": "tme"}},
            UnknownNameError,
            "Did you mean 'time",
        ),
        (
            lambda t, p: _parquet(t.drop(columns="time"), p),
            {},
            UnknownNameError,
            "no column 'time'",
        ),
        (
            lambda t, p: _parquet(t.astype({"time": "str"}), p),
            {},
            InputError,
            "times were expected, not VARCHAR",
        ),
        (
            lambda t, p: _parquet(t.assign(rating=[None, "good"]), p),
            {},
            TableError,
            "row 3: 'good'",
        ),
        (
            lambda t, p: _parquet(t.assign(row=[0.5, 1]), p),
            {},
            InputError,
            "whole numbers",
        ),
        (
            lambda t, p: _parquet(t.assign(row=pd.array([None, 1], "Int64")), p),
            {},
            InputError,
            "whole numbers",
        ),
    ],
)
def test_sources_that_cannot_be_read_are_refused(
    make: object, options: dict, error: type, words: str, tmp_path: Path
) -> None:
    """One sentence says what was expected, and the nearest name is offered."""
    source = make(log_of({"ann": "cart pay"}), tmp_path / "log.parquet")
    with pytest.raises(error, match=words):
        event_measures(source, **options)


@pytest.mark.parametrize(
    ("select", "words"),
    [
        ("'a' AS customer, 'x' AS activity, 'now' AS time", "times were expected"),
        (
            "'a' AS customer, 'x' AS activity, now()::TIMESTAMP AS time, 'a' AS rating",
            "ratings were expected",
        ),
        (
            "'a' AS customer, 'x' AS activity, now()::TIMESTAMP AS time, 0.5 AS row",
            "whole numbers",
        ),
    ],
)
def test_columns_of_a_warehouse_have_their_types(
    places: Places, select: str, words: str
) -> None:
    """Text is no time, no rating and no place."""
    places.duckdb.con.execute(f"CREATE OR REPLACE VIEW faulty AS SELECT {select}")
    with pytest.raises(InputError, match=words):
        event_measures(places.duckdb.table("faulty"))


def test_a_warehouse_without_events_or_ratings_is_no_error(places: Places) -> None:
    """Empty tables with the same columns, and a sentence where ratings are asked."""
    table = log_of({"ann": "cart"})
    places.duckdb.con.register("none", pa.Table.from_pandas(table.iloc[:0]))
    events = event_measures(places.duckdb.table("none"))
    expected = event_measures(table.iloc[:0])

    for measure in (event_counts, transitions, variants, path_tree):
        assert_frame_equal(measure(expected), measure(events))
    assert expected.totals.n_events == events.totals.n_events
    with pytest.raises(InputError, match="a column of ratings"):
        event_satisfaction(events, FIVE)
