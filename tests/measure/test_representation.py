"""Who answered beside who the customers are."""

from __future__ import annotations

import pytest

from journeykit.errors import InputError
from journeykit.measure.representation import REPRESENTATION_COLUMNS, representation


@pytest.mark.parametrize(
    ("count", "share", "verdict"),
    [
        (10, 0.3, "too few"),
        (60, 0.3, "too many"),
        (30, 0.3, "as customers are"),
        (30, None, "not known"),
    ],
)
def test_group_is_compared_with_the_customers(
    count: int, share: float | None, verdict: str
) -> None:
    """By whether its share of customers lies inside the interval."""
    known = {} if share is None else {"young": share}
    table = representation({"young": count}, 100, known)

    assert verdict == table["verdict"].iloc[0]
    assert list(REPRESENTATION_COLUMNS) == list(table.columns)
    assert count / 100 == table["value"].iloc[0]


def test_small_group_is_not_shown() -> None:
    """Fewer than five stay private, yet the verdict stands."""
    row = representation({"rare": 3}, 400, {"rare": 0.1}).iloc[0]

    assert "fewer than minimum" == row["reliability"]
    assert row[["count", "value", "low", "high"]].isna().all()
    assert "too few" == row["verdict"]


def test_nobody_answered() -> None:
    """No answers, no verdict."""
    row = representation({"young": 0}, 0, {"young": 0.3}).iloc[0]

    assert "not known" == row["verdict"]


@pytest.mark.parametrize(
    ("counts", "shares"), [({"a": 11}, {}), ({"a": -1}, {}), ({"a": 1}, {"a": 1.2})]
)
def test_impossible_numbers_are_refused(
    counts: dict[str, int], shares: dict[str, float]
) -> None:
    """A count beyond all answers, or a share beyond one."""
    with pytest.raises(InputError, match="was expected for 'a'"):
        representation(counts, 10, shares)
