"""Tables to Parquet bytes and back."""

from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from journeykit.exchange.parquet import from_parquet, to_parquet
from journeykit.exchange.tables import read_table


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"Q1": ["007", "", "N/A"], "ü 中": ["1e3", "-", "NaN"]}),
        pd.DataFrame({"Q1": ["", ""]}),
        pd.DataFrame({f"c{n}": ["x"] for n in range(500)}),
    ],
    ids=["texts", "empty cells", "many columns"],
)
def test_texts_come_back_as_they_were(frame: pd.DataFrame) -> None:
    """No text becomes a number or a missing value."""
    frame = frame.astype("str")

    assert_frame_equal(frame, from_parquet(to_parquet(frame)))


def test_what_the_reader_gives_is_kept_whole() -> None:
    """Mended names, cleaned cells and empty columns survive."""
    table = read_table(b"id,,id,note\n1,,x,a\x0bb\n2,,y,\n").frame

    assert_frame_equal(table, from_parquet(to_parquet(table)))


def test_same_table_has_the_same_bytes() -> None:
    """The workshop names a table by the hash of its bytes."""
    frame = pd.DataFrame({"Q1": ["5", "4"]})

    assert to_parquet(frame) == to_parquet(frame.copy())
    assert to_parquet(frame) != to_parquet(frame[::-1])


def test_input_is_not_changed() -> None:
    """A table that is written is as it was."""
    frame = pd.DataFrame({"Q1": ["5", "4"]}, index=[7, 9])
    before = frame.copy()
    to_parquet(frame)

    assert_frame_equal(before, frame)
