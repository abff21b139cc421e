"""Who left, of the customers that came to a touchpoint and of those that did not.

Purchases tell who left, events who was where. Only events before the window in which
customers leave count: who stays longer has more time to come by.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from journeykit.errors import InputError
from journeykit.measure.groups import survey_column
from journeykit.measure.purchases import PurchaseDays
from journeykit.measure.retention import active_customers

__all__ = ["TOUCHED_COLUMNS", "touched_customers"]

TOUCHED_COLUMNS = (
    "entry",
    "touched",
    "lost_touched",
    "n_touched",
    "lost_others",
    "n_others",
)
"""Columns of :func:`touched_customers`, in order."""


def touched_customers(
    purchases: PurchaseDays,
    events: pd.DataFrame,
    touchpoints: Mapping[str, str | None],
    *,
    silence_days: int,
) -> pd.DataFrame:
    """Return how many left, of those touched and of the others, for each entry.

    Parameters
    ----------
    purchases
        Purchase days. The last *silence_days* of them are the window in which customers
        leave; who bought in as many days before it was a customer.
    events
        ``customer``, ``touchpoint`` (id), ``time``; the ids of customers are those of
        the purchases.
    touchpoints
        Entry (a pain point) to its touchpoint; None if it has none.
    silence_days
        Who buys nothing for so many days has left, 1 or more.

    Returns
    -------
    pandas.DataFrame
        What :func:`journeykit.measure.value_at_stake.values_at_stake` takes, one row an
        entry: ``entry``; ``touched`` and ``n_touched`` (customers at the touchpoint
        before the window; no number without a touchpoint of which there are events),
        ``lost_touched`` of them; ``lost_others`` of ``n_others`` who were not there.

    Raises
    ------
    UnknownNameError
        If a column of the events is not there.
    InputError
        If *silence_days* is below 1, or nothing was bought.

    Examples
    --------
    >>> from journeykit.measure.purchases import purchase_days
    >>> bought = {"A": ["2026-01-05"], "B": ["2026-01-05", "2026-01-20"]}
    >>> rows = [(who, day) for who, days in bought.items() for day in days]
    >>> table = pd.DataFrame(rows, columns=["customer", "time"])
    >>> table = table.assign(time=pd.to_datetime(table["time"]), amount=9.0)
    >>> seen = pd.DataFrame({"customer": ["A"], "touchpoint": ["desk"]})
    >>> seen["time"] = pd.to_datetime("2026-01-04")
    >>> found = touched_customers(
    ...     purchase_days(table), seen, {"queue": "desk"}, silence_days=10
    ... )
    >>> found.iloc[0, 2:].tolist()
    [1, 1, 0, 1]
    """
    if silence_days < 1:
        raise InputError(f"1 or more days were expected, not {silence_days!r}")
    if purchases.end is None:
        raise InputError("purchases were expected, there are none")
    pause = pd.Timedelta(days=silence_days)
    day = pd.Timedelta(days=1)
    until = purchases.end - pause
    before = active_customers(purchases, until - pause + day, until)
    lost = before - active_customers(purchases, until + day, purchases.end)
    time = survey_column(events, "time")
    early = events[(time < until + day).to_numpy(dtype=bool)]
    where = survey_column(early, "touchpoint")
    who = survey_column(early, "customer")
    rows = []
    for entry, touchpoint in touchpoints.items():
        is_here = (where == touchpoint).fillna(value=False).to_numpy(dtype=bool)
        seen = frozenset(who[is_here].dropna().astype("str"))
        touched = before & seen
        others = before - seen if seen else frozenset()
        rows.append(
            {
                "entry": entry,
                "touched": len(touched) if seen else None,
                "lost_touched": len(touched & lost),
                "n_touched": len(touched),
                "lost_others": len(others & lost),
                "n_others": len(others),
            }
        )
    return pd.DataFrame(rows, columns=list(TOUCHED_COLUMNS))
