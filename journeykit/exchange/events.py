"""Events from file to table: who did what, when; XES and Parquet as well as text."""

from __future__ import annotations

from os import PathLike
from typing import Any

import pandas as pd

from journeykit.exchange.record_taking import Taking
from journeykit.exchange.records import Records, read_by
from journeykit.model.records import EventMapping

__all__ = ["read_events"]


def read_events(
    source: str | PathLike[str] | bytes,
    mapping: EventMapping | None = None,
    **overrides: Any,  # Any: what the readers are told
) -> Records:
    r"""Read an event log, or look at what it may hold.

    Parameters
    ----------
    source
        Path of the file, or its content: text, workbook, Parquet, or XES.
    mapping
        What the columns mean. Without one nothing is taken.
    **overrides
        As for :func:`journeykit.exchange.purchases.read_purchases`.

    Returns
    -------
    Records
        The table has one row an event, as in the file: ``customer``, ``activity``,
        ``time`` (UTC); where mapped ``session``, ``persona``, ``rating`` (what counts
        on its scale), ``touchpoint`` (the entry that the activity is matched to), and
        the columns that rules of groups read. What cannot be read is missing.

    Raises
    ------
    FileProblemError, InputError, UnknownNameError
        If the file or the mapping cannot be used.
    TableError
        If most times or ratings cannot be read.

    Examples
    --------
    >>> records = read_events(
    ...     b"user;event;at\n7;search;1606780800\n7;buy;1606780900\n",
    ...     EventMapping(customer="user", activity="event", time="at"),
    ... )
    >>> records.frame["time"].dt.strftime("%H:%M:%S").tolist()
    ['00:00:00', '00:01:40']
    """
    return read_by(_taken, "events", source, mapping, **overrides)


_LIFECYCLE = "lifecycle:transition"


def _taken(taking: Taking) -> tuple[pd.DataFrame, dict[str, Any]]:
    assert isinstance(taking.mapping, EventMapping)
    customer, activity = taking.names("customer"), taking.labels("activity")
    time = taking.times("time")
    frame = pd.DataFrame({"customer": customer, "activity": activity, "time": time})
    if taking.has("session"):
        frame["session"] = taking.names("session")
    if taking.has("persona"):
        frame["persona"] = taking.labels("persona")
    if taking.has("rating"):
        frame["rating"] = taking.ratings()
    if _LIFECYCLE in taking.frame and taking.frame[_LIFECYCLE].nunique() > 1:
        taking.say(
            "Things may stand here twice, as they begin and as they end "
            f"({_LIFECYCLE}): count one of them by a rule in 'only'."
        )
    frame = taking.kept(frame).reset_index(drop=True)
    parts = taking.customers(customer) | taking.period(time)
    return frame, parts | taking.unmatched(activity, taking.mapping.activities)
