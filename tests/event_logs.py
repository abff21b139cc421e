"""Small tables of events for tests."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = ["START", "log_of", "typed"]

START = pd.Timestamp("2026-03-02 08:00")


def log_of(paths: Mapping[str, str], **columns: list[object]) -> pd.DataFrame:
    """Return a table of events: each customer walks a path, an event a minute.

    Parameters
    ----------
    paths
        Customer to activities, divided by spaces; ``-`` is a minute without an event.
    columns
        More columns, a cell for each event.
    """
    rows = [
        (customer, activity, START + pd.Timedelta(minutes=minute))
        for customer, path in paths.items()
        for minute, activity in enumerate(path.split())
        if activity != "-"
    ]
    table = pd.DataFrame(rows, columns=["customer", "activity", "time"])
    return typed(table.assign(**columns))


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the types that readers give."""
    texts = ("customer", "activity", "session", "persona", "touchpoint")
    kinds = {name: "str" for name in texts if name in table}
    kinds |= {"time": "datetime64[us]"}
    kinds |= {"rating": "float64"} if "rating" in table else {}
    return table.astype(kinds)
