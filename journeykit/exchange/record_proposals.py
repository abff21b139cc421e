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

from journeykit.exchange.proposals import propose_mapping
from journeykit.exchange.record_columns import read_amounts, read_flags
from journeykit.exchange.record_times import NO_VALUE, read_times
from journeykit.model.records import (
    EventMapping,
    FeedbackMapping,
    PurchaseMapping,
    Rating,
    RecordMapping,
    TicketMapping,
)

__all__ = [
    "UNKNOWN",
    "Reads",
    "guess_reads",
    "matched_names",
    "propose_records",
    "unknown_roles",
]

Reads = Literal["survey", "purchases", "events", "tickets", "feedback"]
"""What a table may hold."""

UNKNOWN = "?"
"""Stands in a proposal for a column that nobody found."""

_N_HEAD = 1_000
_MAX_MATCHED = 500
_WORDS: Mapping[str, str] = {
    "customer": (
        "customerid customer custid customerno customernumber clientid client userid "
        "user userpseudoid caseconceptname caseid case visitorid memberid accountid "
        "personid buyerid shopperid kundennummer kundennr kundenid kunde idclient "
        "numeroclient cliente idcliente requesterid contactid respondentid"
    ),
    "time": (
        "timetimestamp timestamp eventtimestamp time datetime eventtime occurredat "
        "invoicedate orderdate purchasedate orderpurchasetimestamp transactiondate "
        "orderedat paidat createdat created date day datum zeit zeitstempel "
        "rechnungsdatum bestelldatum fecha horodateur starttime startdate submittedat "
        "reviewdate completetimestamp"
    ),
    "amount": (
        "amount totalamount total grandtotal ordertotal totalprice revenue sales "
        "netamount grossamount paymentvalue ordervalue value turnover betrag umsatz "
        "gesamtbetrag nettobetrag summe montant importe linetotal"
    ),
    "quantity": "quantity qty pieces units menge anzahl quantite cantidad",
    "price": "unitprice price itemprice preis einzelpreis stueckpreis prix precio",
    "invoice": (
        "invoice invoiceno invoiceid invoicenumber orderid orderno ordernumber order "
        "transactionid receiptid receipt rechnungsnummer rechnungsnr bestellnummer "
        "commande factura"
    ),
    "cancelled": (
        "cancelled canceled iscancelled iscanceled cancellation returned refunded "
        "isrefund isreturn storno storniert annule"
    ),
    "margin": "margin grossmargin profit contribution marge deckungsbeitrag",
    "activity": (
        "conceptname activity activityname event eventname eventtype action touchpoint "
        "step page pagepath screen screenname aktivitaet aktivität ereignis"
    ),
    "session": "sessionid session gasessionid visitid visit",
    "persona": "persona segment customersegment customertype usertype kundengruppe",
    "rating": (
        "rating stars score satisfactionscore satisfaction csat satisfactionrating "
        "conversationratingvalue bewertung note nps"
    ),
    "ticket": (
        "ticketid ticketnumber ticket casenumber caseid conversationid requestid "
        "incidentid issuekey complaintid id"
    ),
    "created": (
        "createdat created opened openedat createddate creationdate datecreated "
        "datereceived submittedat opendate erstellt eroeffnet"
    ),
    "closed": (
        "closedat solvedat resolvedat closed resolved closeddate resolutiondate "
        "dateclosed datesolved geschlossen"
    ),
    "text": (
        "subject title description body message text comment comments feedback review "
        "reviewtext verbatim content complaint consumercomplaintnarrative betreff "
        "beschreibung nachricht kommentar commentaire comentario"
    ),
    "status": "status state ticketstatus zustand",
    "topic": "topic category type reason product issue subjectarea thema kategorie",
    "channel": "viachannel channel sourcetype source via kanal canal submittedvia",
    "touchpoint": "touchpoint step stage page location topic category product place",
}
_KEYS = {role: tuple(words.split()) for role, words in _WORDS.items()}
_STRONG_EVENTS = frozenset({"conceptname", "eventname", "event", "activity"})


def _key(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


class _Finder:
    """Finds the column of each role; a column is found once."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._head = frame.head(_N_HEAD)
        self._by_key: dict[str, str] = {}
        for name in map(str, frame.columns):
            self._by_key.setdefault(_key(name), name)
        self._taken: set[str] = set()

    def find(self, role: str) -> str | None:
        """Return the first column that is called like the role and looks like it."""
        found = self.peek(role)
        if found is None and role == "time":
            found = self._of_times()
        if found is not None:
            self._taken.add(found)
        return found

    def _of_times(self) -> str | None:
        """Return the first column of times that are written out, whatever its name."""
        for name in map(str, self._head.columns):
            column = self._head[name]
            is_text = pd.api.types.is_string_dtype(column.dtype)
            if name in self._taken or not is_text or not _is_filled(column):
                continue
            read = read_times(column.where(~column.str.fullmatch(r"[\d\s]+([.,]\d+)?")))
            if read.values.notna().mean() >= 0.9:
                return name
        return None

    def peek(self, role: str) -> str | None:
        """Return it without taking it."""
        for key in _KEYS[role]:
            name = self._by_key.get(key)
            if name is None or name in self._taken:
                continue
            if _fits(role, self._head[name]):
                return name
        return None

    def key_of(self, role: str) -> str:
        """Return the bare heading of a role's column; empty if there is none."""
        return _key(self.peek(role) or "")

    def rating(self) -> Rating | None:
        """Return the column of ratings with a scale that its cells run over."""
        name = self.peek("rating")
        if name is None:
            return None
        asked = propose_mapping(self._head[[name]].astype("str")).questions
        if not asked:
            return None
        self._taken.add(name)
        return Rating(column=name, scale=asked[0].scale, asks=asked[0].asks)

    def texts(self, n: int) -> tuple[str, ...]:
        """Return up to *n* columns of what people wrote, in the order of the file."""
        named = [self._by_key[key] for key in _KEYS["text"] if key in self._by_key]
        prose = propose_mapping(self._head.astype("str")).comments
        chosen = [name for name in named if name not in self._taken]
        chosen = chosen or [name for name in prose if name not in self._taken]
        chosen = [name for name in chosen if _is_filled(self._head[name])][:n]
        self._taken.update(chosen)
        return tuple(chosen)


def _is_filled(column: pd.Series) -> bool:
    texts = column.dropna().astype("str").str.strip()
    return bool((~texts.str.lower().isin(NO_VALUE)).any())


def _fits(role: str, column: pd.Series) -> bool:
    """Say whether most of the cells are what the role needs."""
    if not _is_filled(column):
        return False
    if role in {"time", "created", "closed"}:
        times = read_times(column)
        return int(times.values.notna().sum()) > 4 * times.n_unreadable
    if role in {"amount", "quantity", "price", "margin"}:
        read = read_amounts(column)
        return int(read.values.notna().sum()) > 4 * read.n_unreadable
    if role == "cancelled":
        return not read_flags(column).n_unreadable
    return True


def guess_reads(frame: pd.DataFrame, *, tool: str = "") -> tuple[Reads, str]:
    """Return what a table seems to hold, and by which sign.

    Parameters
    ----------
    frame
        The table as read.
    tool
        The survey tool that wrote it; empty if unknown.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"user_id": ["7"], "event": ["search"], "timestamp": ["2026-01-31 09:00"]}
    ... )
    >>> guess_reads(table)
    ('events', 'it has customers (user_id), what happened (event) and when (timestamp)')
    """
    if tool:
        return "survey", f"{tool} wrote it"
    finder = _Finder(frame)
    customer, time = finder.peek("customer"), finder.peek("time")
    activity, amount = finder.peek("activity"), finder.peek("amount")
    has_amount = amount is not None or (
        finder.peek("quantity") is not None and finder.peek("price") is not None
    )
    is_log = finder.key_of("activity") in _STRONG_EVENTS or not has_amount
    if customer and time and activity and is_log:
        return "events", (
            f"it has customers ({customer}), what happened ({activity}) and when "
            f"({time})"
        )
    ticket, created = finder.peek("ticket"), finder.peek("created")
    status = finder.peek("status")
    if ticket and created and status and finder.texts(1):
        return "tickets", f"it has numbers ({ticket}), opening times and a state"
    if customer and time and has_amount:
        said = amount or "quantity and price"
        return "purchases", f"it has customers ({customer}), times and amounts ({said})"
    asked = propose_mapping(frame.head(_N_HEAD).astype("str")).questions
    if len(asked) < 2:
        texts = _Finder(frame).texts(1)
        if texts:
            return "feedback", f"people wrote something in {texts[0]}"
    return "survey", "it looks like nothing else"


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
    finder = _Finder(frame)
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


def _purchases(finder: _Finder, frame: pd.DataFrame) -> PurchaseMapping:
    invoice = finder.find("invoice")
    amount = finder.find("amount")
    quantity = None if amount else finder.find("quantity")
    price = finder.find("price") if quantity else None
    if price is None:
        quantity, amount = None, amount or finder.find("price") or UNKNOWN
    cancelled = finder.find("cancelled")
    prefix = ""
    if invoice is not None and cancelled is None:
        numbers = frame[invoice].head(_N_HEAD * 10).astype("str").str.strip()
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
    ids = {_key(name): entry for name, entry in names.items() if _key(name)}
    matched: dict[str, str] = {}
    for name in found:
        key = _key(name)
        close = [key] if key in ids else get_close_matches(key, ids, n=1, cutoff=0.8)
        if name and close:
            matched[name] = ids[close[0]]
    return matched


def unknown_roles(mapping: RecordMapping) -> tuple[str, ...]:
    """Return the roles of a proposal for which no column was found."""
    return tuple(role for role, column in mapping.columns() if column == UNKNOWN)
