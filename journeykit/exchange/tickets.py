"""Tickets and complaints from file to table, with what customers wrote in them."""

from __future__ import annotations

from os import PathLike
from typing import Any

import pandas as pd

from journeykit.exchange.record_taking import Taking
from journeykit.exchange.records import Records, read_by
from journeykit.model.records import TicketMapping

__all__ = ["read_tickets"]


def read_tickets(
    source: str | PathLike[str] | bytes,
    mapping: TicketMapping | None = None,
    **overrides: Any,  # Any: what the readers are told
) -> Records:
    r"""Read tickets, or look at what a file of tickets may hold.

    Parameters
    ----------
    source
        Path of the file, or its content: text, workbook or Parquet.
    mapping
        What the columns mean. Without one nothing is taken.
    **overrides
        As for :func:`journeykit.exchange.purchases.read_purchases`.

    Returns
    -------
    Records
        The table has one row a ticket, as in the file: ``ticket``, ``created`` and
        ``closed`` (UTC; NaT if open), ``text`` (personal data masked); where mapped
        ``customer``, ``status``, ``topic``, ``channel``, ``rating``, ``touchpoint``.

    Raises
    ------
    FileProblemError, InputError, UnknownNameError
        If the file or the mapping cannot be used.
    TableError
        If most times or ratings cannot be read.

    Examples
    --------
    >>> records = read_tickets(
    ...     b"id,created_at,subject\n1,2026-01-31,Write to ann@example.com\n",
    ...     TicketMapping(ticket="id", created="created_at", text=("subject",)),
    ... )
    >>> records.frame["text"].tolist(), records.quality.masked
    (['Write to [e-mail]'], {'e-mail': 1})
    """
    return read_by(_taken, "tickets", source, mapping, **overrides)


def _taken(taking: Taking) -> tuple[pd.DataFrame, dict[str, Any]]:
    assert isinstance(taking.mapping, TicketMapping)
    ticket, created = taking.names("ticket"), taking.times("created")
    index = taking.frame.index
    frame = pd.DataFrame({"ticket": ticket, "created": created})
    none = pd.Series(pd.NaT, index=index, dtype="datetime64[us]")
    frame["closed"] = taking.times("closed") if taking.has("closed") else none
    nothing = pd.Series(None, index=index, dtype="str")
    frame["text"] = taking.texts("text") if taking.has("text") else nothing
    parts = taking.repeated(ticket) | taking.period(created)
    if taking.has("customer"):
        frame["customer"] = taking.names("customer")
        parts |= taking.customers(frame["customer"])
    for role in ("status", "topic", "channel"):
        if taking.has(role):
            frame[role] = taking.labels(role)
    if taking.has("rating"):
        frame["rating"] = taking.ratings()
    n_early = int((frame["closed"] < frame["created"]).sum())
    if n_early:
        rows = "1 ticket was" if n_early == 1 else f"{n_early:,} tickets were"
        taking.say(f"{rows} closed before being opened: look at the two columns.")
    if taking.has("topic"):
        parts |= taking.unmatched(frame["topic"], taking.mapping.topics)
    return taking.kept(frame).reset_index(drop=True), parts
