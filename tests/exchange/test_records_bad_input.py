"""Whatever a file of records holds: read rightly, or refused with a sentence."""

from __future__ import annotations

import io
import warnings
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from journeykit.errors import JourneyKitError, JourneyKitWarning
from journeykit.exchange.record_proposals import guess_reads
from journeykit.exchange.record_readers import read_records
from journeykit.exchange.records import Records
from journeykit.model import EventMapping

KINDS = ("purchases", "events", "tickets", "feedback")
DATA = Path(__file__).parents[1] / "data"
HEADINGS = (
    *("customer_id", "date", "amount", "event", "timestamp", "id", "created_at"),
    *("status", "subject", "comment", "rating", "Kunde", "cancelled", "x", "", "x"),
)
CELLS = st.one_of(
    st.sampled_from(
        [
            *(
                "1",
                "-5",
                "1.234,50",
                "1,234",
                "£3",
                "5%",
                "1e400",
                "NaN",
                "inf",
                "9" * 50,
            ),
            *("2026-01-31", "3/4/2026", "13/13/2026", "1606780800", "0000-00-00", "99"),
            *("a@b.org", "+44 20 7946 0958", "true", "nein", "", " ", "-", "null"),
            *('"', "'", ";", "=1+1", "\t", "ä", "\u202e", "\x0b", "🙂", "a\nb"),
        ]
    ),
    st.text(max_size=12),
)
slow = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def looked_at(data: bytes | Path, reads: str) -> Records | None:
    """Look at a file, and take it by what was proposed; None if it is refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JourneyKitWarning)
        try:
            records = read_records(data, reads)
            guess_reads(records.frame)
            return read_records(data, reads, records.proposal())
        except JourneyKitError as error:
            assert str(error).endswith((".", "?"))
            return None


@slow
@given(
    st.sampled_from(KINDS),
    st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=7),
    st.lists(st.lists(CELLS, min_size=2, max_size=7), min_size=1, max_size=8),
)
def test_tables_of_odd_cells_are_read_or_refused(
    reads: str, headings: list[str], rows: list[list[str]]
) -> None:
    """Every row stays, and the report counts it."""
    frame = pd.DataFrame([(row + [""] * 7)[: len(headings)] for row in rows])
    text = frame.to_csv(index=False, header=headings, lineterminator="\n")
    records = looked_at(text.encode("utf-8", "replace"), reads)

    if records is not None:
        quality = records.quality
        assert len(records.frame) == quality.n_rows - quality.n_other
        for role in quality.roles:
            assert 0 <= role.n_taken <= quality.n_rows
        assert all(isinstance(sentence, str) for sentence in records.notes)


@slow
@given(st.sampled_from(KINDS), st.binary(max_size=400))
@example("events", b"<?xml version='1.0'?><log><trace><event></event></trace></log>")
@example("events", b"PAR1PAR1")
@example("events", b"PAR1" + b"\x00" * 60 + b"PAR1")
@example("purchases", b"\x1f\x8b\x08\x00")
def test_bytes_are_refused_with_a_sentence(reads: str, data: bytes) -> None:
    """No file of a stranger ends a reader."""
    found = looked_at(data, reads)

    assert found is None or len(found.frame)


LOG = (
    b'<?xml version="1.0"?><log><trace><string key="concept:name" value="1"/><event>'
    b'<string key="concept:name" value="A"/><date key="time:timestamp" '
    b'value="2026-01-01T09:00:00Z"/></event></trace></log>'
)


def parquet() -> bytes:
    """Return a small log as Parquet."""
    out = io.BytesIO()
    when = pd.to_datetime(["2026-01-01", "2026-01-02"])
    pd.DataFrame({"user": [1, 2], "event": ["a", "b"], "time": when}).to_parquet(out)
    return out.getvalue()


@slow
@given(st.sampled_from([LOG, parquet()]), st.data())
def test_damaged_logs_are_refused_with_a_sentence(whole: bytes, draw: Any) -> None:
    """A flipped byte, or an end that is missing."""
    place = draw.draw(st.integers(0, len(whole) - 1))
    value = draw.draw(st.integers(0, 255))
    cut = draw.draw(st.integers(0, len(whole)))
    for data in (whole[:place] + bytes([value]) + whole[place + 1 :], whole[:cut]):
        found = looked_at(data, "events")
        assert found is None or len(found.frame)


FILES = sorted(
    path
    for path in DATA.rglob("*")
    if path.suffix in (".csv", ".txt", ".tsv", ".xlsx") and path.stat().st_size < 10**6
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.parametrize("reads", KINDS)
def test_files_of_other_tools_are_read_or_refused(path: Path, reads: str) -> None:
    """Surveys, maps and tickets, taken for what they are not."""
    found = looked_at(path, reads)

    assert found is None or len(found.frame)


def test_a_column_of_nothing_is_refused() -> None:
    """An export whose times are all empty has no period, and says so by its counts."""
    mapping = EventMapping(customer="c", activity="a", time="t")
    records = read_records(b"c,a,t\n1,x,\n2,y,-\n", "events", mapping)

    assert (None, 2) == (
        records.quality.period_start,
        next(one.n_missing for one in records.quality.roles if one.role == "time"),
    )
