"""What a table of records may be, and what its columns may mean: proposals to look at.

Headings decide, and the cells must fit: a column called ``date`` whose cells are no
times is no time. Nothing is applied by itself. A column that nobody found is ``?`` in
the proposal, for a person to fill in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Literal

import pandas as pd

from journeykit.exchange.column_finder import N_HEAD, ColumnFinder, heading_key
from journeykit.exchange.proposals import propose_mapping
from journeykit.model.records import (
    EventMapping,
    FeedbackMapping,
    PurchaseMapping,
    RecordMapping,
    TicketMapping,
)

__all__ = [
    "UNKNOWN",
    "Reads",
    "address_column",
    "guess_reads",
    "matched_names",
    "propose_records",
    "unknown_roles",
]

Reads = Literal["survey", "purchases", "events", "tickets", "feedback"]
"""What a table may hold."""

UNKNOWN = "?"
"""Stands in a proposal for a column that nobody found."""

_MAX_MATCHED = 500
_OF_ORDERS = ("financialstatus", "lineitemname", "lineitemprice", "currency")
_STRONG_EVENTS = frozenset({"conceptname", "eventname", "event", "activity"})


def address_column(personal: Iterable[str]) -> str | None:
    """Return the column of e-mail addresses among those about a person.

    Examples
    --------
    >>> address_column(("Name", "Customer e-mail"))
    'Customer e-mail'
    """
    return next((name for name in personal if "mail" in heading_key(name)), None)


def guess_reads(
    frame: pd.DataFrame, *, tool: str = "", personal: Iterable[str] = ()
) -> tuple[Reads, str]:
    """Return what a table seems to hold, and by which sign.

    Parameters
    ----------
    frame
        The table as read.
    tool
        The survey tool that wrote it; empty if unknown.
    personal
        Columns about a person, which were left out: customers may be known by them.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"user_id": ["7"], "event": ["search"], "timestamp": ["2026-01-31 09:00"]}
    ... )
    >>> guess_reads(table)
    ('events', 'it has customers (user_id), what happened (event) and when (timestamp)')
    """
    finder = ColumnFinder(frame)
    # Forms is known by a first column "Timestamp", with which many logs begin too.
    found = _log(finder) if tool in ("", "Google Forms") else None
    if found is not None:
        return "events", found
    if tool:
        return "survey", f"{tool} wrote it"
    ticket, created = finder.peek("ticket"), finder.peek("created")
    orders = _orders(finder, address_column(personal), is_address=True)
    if orders is None and ticket and created and finder.peek("status"):
        if finder.texts(1) or finder.peek("channel") or finder.peek("topic"):
            return "tickets", f"it has numbers ({ticket}), opening times and a state"
        finder = ColumnFinder(frame)
    orders = orders or _orders(finder, finder.peek("customer"))
    if orders is not None:
        return "purchases", orders
    asked = propose_mapping(frame.head(N_HEAD).astype("str")).questions
    texts = ColumnFinder(frame).texts(1) if len(asked) < 2 else ()
    if texts:
        return "feedback", f"people wrote something in {texts[0]}"
    return "survey", "it looks like nothing else"


def _log(finder: ColumnFinder) -> str | None:
    """Return the sign by which a table is a log of events; None if it is none."""
    customer, time = finder.peek("customer"), finder.peek("time")
    activity = finder.peek("activity")
    is_log = finder.key_of("activity") in _STRONG_EVENTS or not _amount(finder)
    if customer and time and activity and is_log:
        return (
            f"it has customers ({customer}), what happened ({activity}) and when "
            f"({time})"
        )
    return None


def _orders(
    finder: ColumnFinder, customer: str | None, *, is_address: bool = False
) -> str | None:
    """Return the sign by which a table holds purchases; None if it holds none.

    People who left an address and a number are in surveys, too: where customers are
    known by addresses alone, a heading of orders is asked for.
    """
    time, amount = finder.peek("time"), _amount(finder)
    is_order = finder.peek("invoice") or any(map(finder.has, _OF_ORDERS))
    if customer and time and amount and (is_order or not is_address):
        return f"it has customers ({customer}), times and amounts ({amount})"
    return None


def _amount(finder: ColumnFinder) -> str:
    if finder.peek("quantity") is not None and finder.peek("price") is not None:
        return finder.peek("amount") or "quantity and price"
    return finder.peek("amount") or ""


def propose_records(
    frame: pd.DataFrame,
    reads: str,
    *,
    names: Mapping[str, str] | None = None,
) -> RecordMapping:
    """Return what the columns of a table of records may mean, for people to check.

    Parameters
    ----------
    frame
        The table as read.
    reads
        ``purchases``, ``events``, ``tickets`` or ``feedback``.
    names
        Name of a touchpoint of the workshop to its id, to match names of the file.

    Returns
    -------
    RecordMapping
        A mapping of that kind; a column that is needed and was not found is ``?``.

    Examples
    --------
    >>> table = pd.DataFrame({"user_id": ["7"], "event": ["Search"], "when": ["?"]})
    >>> mapping = propose_records(table, "events", names={"search": "tp-search"})
    >>> mapping.activities, unknown_roles(mapping)
    ({'Search': 'tp-search'}, ('time',))
    """
    finder = ColumnFinder(frame)
    if reads == "purchases":
        return _purchases(finder, frame)
    if reads == "events":
        activity = finder.find("activity") or UNKNOWN
        return EventMapping(
            customer=finder.find("customer") or UNKNOWN,
            activity=activity,
            time=finder.find("time") or UNKNOWN,
            session=finder.find("session"),
            persona=finder.find("persona"),
            rating=finder.rating(),
            activities=_matches(frame, activity, names),
        )
    if reads == "tickets":
        ticket, created = finder.find("ticket"), finder.find("created")
        text, topic = finder.texts(2), finder.find("topic")
        return TicketMapping(
            ticket=ticket or UNKNOWN,
            created=created or UNKNOWN,
            closed=finder.find("closed"),
            text=text,
            customer=finder.find("customer"),
            status=finder.find("status"),
            topic=topic,
            channel=finder.find("channel"),
            rating=finder.rating(),
            topics=_matches(frame, topic, names),
        )
    text = finder.texts(1)
    touchpoint = finder.find("touchpoint")
    return FeedbackMapping(
        text=text or (UNKNOWN,),
        time=finder.find("time"),
        customer=finder.find("customer"),
        touchpoint=touchpoint,
        persona=finder.find("persona"),
        rating=finder.rating(),
        touchpoints=_matches(frame, touchpoint, names),
    )


def _purchases(finder: ColumnFinder, frame: pd.DataFrame) -> PurchaseMapping:
    invoice = finder.find("invoice")
    amount = finder.find("amount")
    quantity = None if amount else finder.find("quantity")
    price = finder.find("price") if quantity else None
    if price is None:
        quantity, amount = None, amount or finder.find("price") or UNKNOWN
    cancelled = finder.find("cancelled")
    prefix = ""
    if invoice is not None and cancelled is None:
        numbers = frame[invoice].head(N_HEAD * 10).astype("str").str.strip()
        is_c = numbers.str.fullmatch(r"[Cc]\d+")
        prefix = "C" if 0 < is_c.mean() < 0.5 else ""
    return PurchaseMapping(
        customer=finder.find("customer") or UNKNOWN,
        time=finder.find("time") or UNKNOWN,
        amount=amount,
        quantity=quantity,
        price=price,
        invoice=invoice,
        cancelled=cancelled,
        cancelled_prefix=prefix,
        margin=finder.find("margin"),
        currency=finder.currency(),
    )


def _matches(
    frame: pd.DataFrame, column: str | None, names: Mapping[str, str] | None
) -> dict[str, str]:
    if not names or column is None or column == UNKNOWN:
        return {}
    counts = frame[column].dropna().astype("str").str.strip().value_counts()
    return matched_names(counts.index[:_MAX_MATCHED].tolist(), names)


def matched_names(found: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Return names of a file with the entry that each may be, for people to check.

    Names that are the same but for capitals and signs come first, then close ones.

    Examples
    --------
    >>> matched_names(["/check-in", "Baggage", "x"], {"Check in": "a", "Bagage": "b"})
    {'/check-in': 'a', 'Baggage': 'b'}
    """
    ids = {
        heading_key(name): entry for name, entry in names.items() if heading_key(name)
    }
    matched: dict[str, str] = {}
    for name in found:
        key = heading_key(name)
        close = [key] if key in ids else get_close_matches(key, ids, n=1, cutoff=0.8)
        if name and close:
            matched[name] = ids[close[0]]
    return matched


def unknown_roles(mapping: RecordMapping) -> tuple[str, ...]:
    """Return the roles of a proposal for which no column was found."""
    return tuple(role for role, column in mapping.columns() if column == UNKNOWN)
