"""Events from file to table: text, Parquet, names matched once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from journeykit.errors import FileProblemError, InputError, UnknownNameError
from journeykit.exchange.events import read_events
from journeykit.exchange.records import with_matches
from journeykit.exchange.tables import Limits
from journeykit.model import EventMapping, Rating, Scale

LOG = (
    b"user_id;event;timestamp;session;kind;stars\n"
    b"7;Search;2026-01-31 09:00:00+01:00;a;biz;5\n"
    b"7;/pay?token=abc123def456ghi;2026-01-31 09:05:00+01:00;a;biz;0\n"
    b"8;Search;2026-01-31 10:00:00+01:00;b;;9\n"
    b"8;;2026-01-31 10:01:00+01:00;b;fun;4\n"
)


def log(**more: Any) -> EventMapping:
    """Return what the columns of the log mean."""
    fields: dict[str, Any] = {
        "customer": "user_id",
        "activity": "event",
        "time": "timestamp",
    }
    return EventMapping(**fields | more)


def none(values: pd.Series) -> list[Any]:
    """Return values with None for what is missing."""
    return [None if pd.isna(one) else one for one in values]


def test_canonical_table_has_only_what_is_mapped() -> None:
    """Three columns are needed; the others come with their roles."""
    plain = read_events(LOG, log())
    full = read_events(
        LOG,
        log(
            session="session",
            persona="kind",
            rating=Rating(
                column="stars",
                scale=Scale(lowest=1, highest=5, not_answers={"0": "none"}),
            ),
        ),
    ).frame

    assert ["customer", "activity", "time"] == list(plain.frame)
    assert "2026-01-31 08:00:00" == str(plain.frame["time"][0])
    assert ["a", "a", "b", "b"] == full["session"].tolist()
    assert ["biz", "biz", None, "fun"] == none(full["persona"])
    assert [5.0, None, None, 4.0] == none(full["rating"])


def test_names_of_activities_are_matched_once() -> None:
    """A name that is matched to none has no touchpoint, and is counted."""
    records = read_events(
        LOG,
        log(activities={"Search": "tp-search"}, persona="kind", personas={"biz": "p"}),
    )

    assert ["tp-search", None, "tp-search", None] == none(records.frame["touchpoint"])
    assert ["p", "p", None, "fun"] == none(records.frame["persona"])
    assert 1 == records.quality.n_unmatched
    assert "touchpoint" not in records.table
    assert ["biz", "biz", None, "fun"] == none(records.table["persona"])


def test_other_matches_need_no_new_import() -> None:
    """The table is kept as it was; a mapping that matches more is applied to it."""
    kept = read_events(LOG, log()).table
    fresh = with_matches(kept, log(activities={"Search": "tp-find"}))

    assert ["tp-find", None, "tp-find", None] == none(fresh["touchpoint"])


def test_addresses_lose_their_secrets() -> None:
    """A page of a shop may carry a token of the customer."""
    records = read_events(LOG, log())

    assert "/pay?token=[link]" == records.frame["activity"][1]
    assert {"link": 1} == records.quality.masked


def test_proposal_matches_names_of_the_workshop() -> None:
    """Nothing is applied: a person says yes by keeping it in the mapping."""
    proposed = read_events(LOG).proposal({"search": "tp-search", "Book": "tp-book"})

    assert isinstance(proposed, EventMapping)
    assert {"Search": "tp-search"} == proposed.activities
    assert ("session", None) == (proposed.session, proposed.persona)


def test_things_that_begin_and_end_are_said() -> None:
    """A log of starts and ends would count everything twice."""
    data = (
        b"case:concept:name,concept:name,time:timestamp,lifecycle:transition\n"
        b"1,A,2026-01-01 09:00,start\n1,A,2026-01-01 09:05,complete\n"
    )
    mapping = EventMapping(
        customer="case:concept:name", activity="concept:name", time="time:timestamp"
    )
    only = EventMapping.model_validate(
        mapping.model_dump()
        | {"only": [{"column": "lifecycle:transition", "values": ["complete"]}]}
    )

    assert any("stand here twice" in note for note in read_events(data, mapping).notes)
    assert 1 == len(read_events(data, only).frame)
    assert not any("twice" in note for note in read_events(data, only).notes)


def big(path: Path, n: int = 10) -> Path:
    """Write a log of typed columns, some of them of no use."""
    frame = pd.DataFrame(
        {
            "user_id": range(n),
            "event": pd.Categorical(["Search", "Pay"] * (n // 2)),
            "timestamp": pd.date_range("2026-01-01", periods=n, freq="h", tz="UTC"),
            "email": ["ann@example.com"] * n,
            "page\x0b": ["a\x0bb"] * n,
        }
    )
    frame.to_parquet(path)
    return path


def test_parquet_is_read_by_its_columns(tmp_path: Path) -> None:
    """Only what the mapping needs; the same table as from text."""
    records = read_events(big(tmp_path / "log.parquet"), log())
    content = (tmp_path / "log.parquet").read_bytes()

    assert ["user_id", "event", "timestamp"] == list(records.raw)
    assert {"customer": "str", "activity": "str", "time": "datetime64[us]"} == {
        name: str(kind) for name, kind in records.frame.dtypes.items()
    }
    assert 10 == records.quality.n_customers
    assert records.frame.equals(read_events(content, log()).frame)
    assert records.quality.n_columns == 5


def test_parquet_is_recognised_first_and_clean(tmp_path: Path) -> None:
    """Columns about a person are left out, and control signs removed, as elsewhere."""
    records = read_events(big(tmp_path / "log.parquet"))

    assert ["user_id", "event", "timestamp", "page"] == list(records.frame)
    assert {"ab"} == set(records.frame["page"])
    assert ("email",) == records.reading.personal
    assert any("Removed from the texts: 10 control signs" in n for n in records.notes)
    assert ("user_id", "event", "timestamp") == (
        getattr(records.proposal(), name) for name in ("customer", "activity", "time")
    ) or "user_id" == records.proposal().model_dump()["customer"]


def test_columns_of_parquet_are_checked(tmp_path: Path) -> None:
    """A name that is not there is refused with the nearest."""
    path = big(tmp_path / "log.parquet")
    with pytest.raises(UnknownNameError, match=r"'users'.*Did you mean 'user_id'"):
        read_events(path, log(customer="users"))
    with pytest.raises(InputError, match="at most 5 rows"):
        read_events(path, log(), limits=Limits(n_rows=5))
    path.write_bytes(path.read_bytes()[:-30] + b"PAR1")
    with pytest.raises(FileProblemError, match="this Parquet file is damaged"):
        read_events(path, log())
