"""Who left, of the customers at a touchpoint and of the others."""

from __future__ import annotations

import pandas as pd
import pytest

from journeykit.errors import InputError
from journeykit.measure.purchases import PurchaseDays, purchase_days
from journeykit.measure.touched_customers import touched_customers

PAINS = {"queue": "desk", "price": None, "signs": "gate"}


def bought(stayed: int, left: int) -> PurchaseDays:
    """Return purchases of customers who bought in May, and some in June again."""
    rows = [(f"c{n}", "2026-05-20") for n in range(stayed + left)]
    rows += [(f"c{n}", "2026-06-20") for n in range(stayed)]
    rows += [("new", "2026-06-30")]
    table = pd.DataFrame(rows, columns=["customer", "time"])
    times = pd.to_datetime(table["time"])
    return purchase_days(table.assign(time=times, amount=10.0))


def seen(customers: list[str], touchpoint: str = "desk", day: str = "2026-05-01"):
    """Return events at a touchpoint."""
    table = pd.DataFrame({"customer": customers, "touchpoint": touchpoint})
    return table.assign(time=pd.to_datetime(day))


def test_both_groups_are_counted() -> None:
    """Six customers, two left; three were at the desk, both who left among them."""
    table = touched_customers(
        bought(4, 2), seen(["c3", "c4", "c5", "c5"]), PAINS, silence_days=30
    )

    assert [3, 2, 3, 0, 3] == table.iloc[0, 1:].astype(int).tolist()


def test_entry_without_events_has_no_groups() -> None:
    """Neither a pain point without a touchpoint, nor one that no event tells of."""
    table = touched_customers(bought(4, 2), seen(["c3"]), PAINS, silence_days=30)

    assert table["touched"].isna().tolist() == [False, True, True]
    assert [0, 0] == table["n_others"].tolist()[1:]


def test_events_within_the_window_do_not_count() -> None:
    """Who stays has more time to come by: that is no effect of the touchpoint."""
    late = seen(["c0", "c1"], day="2026-06-25")
    table = touched_customers(bought(4, 2), late, PAINS, silence_days=30)

    assert 0 == table["n_touched"].iloc[0]


def test_silence_of_no_day_is_refused() -> None:
    """It would make everybody a customer who left."""
    with pytest.raises(InputError, match="1 or more days"):
        touched_customers(bought(1, 1), seen(["c0"]), PAINS, silence_days=0)
