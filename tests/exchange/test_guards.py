"""Formulas in cells are made harmless, and come back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.exchange.guards import GUARDED, guarded, unguarded


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+49 170 1234", "'+49 170 1234"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("'=1", "''=1"),
        ("-5", "-5"),
        ("+3.5e+9", "+3.5e+9"),
        ("-1.234,5%", "-1.234,5%"),
        ("-5-2", "'-5-2"),
        ("- no", "'- no"),
        ("fine", "fine"),
        ("'tis", "'tis"),
        ("", ""),
    ],
)
def test_only_what_a_spreadsheet_would_run_is_guarded(cell: str, expected: str) -> None:
    """Plain numbers stay numbers, and everything comes back."""
    assert expected == guarded(cell)
    assert cell == unguarded(expected)


@given(st.text(alphabet="'=+-@\t\r\n1.eA＝", max_size=8))
def test_every_cell_comes_back(cell: str) -> None:
    """Apostrophes that were there before stay; nothing live goes out."""
    out = guarded(cell)

    assert cell == unguarded(out)
    assert (out == unguarded(out)) or GUARDED.search(out)
