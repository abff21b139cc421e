"""Finds the columns of records by their headings, where the cells fit as well."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from journeykit.exchange.proposals import propose_mapping
from journeykit.exchange.record_columns import read_amounts, read_flags
from journeykit.exchange.record_times import NO_VALUE, read_times
from journeykit.model.records import Rating

__all__ = ["N_HEAD", "ColumnFinder", "heading_key"]

N_HEAD = 1_000
"""Rows that are looked at."""
_WORDS: Mapping[str, str] = {
    "customer": (
        "customerid customer custid customerno customernumber clientid client userid "
        "user userpseudoid caseconceptname caseid case visitorid memberid accountid "
        "personid buyerid shopperid kundennummer kundennr kundenid kunde idclient "
        "numeroclient cliente idcliente requesterid contactid respondentid id"
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
        "gesamtbetrag nettobetrag summe montant importe linetotal dollars usd eur "
        "euros gbp spend spent"
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
        "isrefund isreturn storno storniert annule cancelledat canceledat"
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
        "sourcesubject sourcebody reviewtext verbatim content complaint "
        "consumercomplaintnarrative betreff "
        "beschreibung nachricht kommentar commentaire comentario"
    ),
    "status": "status state ticketstatus zustand",
    "topic": "topic category type reason product issue subjectarea thema kategorie",
    "channel": "viachannel channel sourcetype source via kanal canal submittedvia",
    "touchpoint": "touchpoint step stage page location topic category product place",
}
_KEYS = {role: tuple(words.split()) for role, words in _WORDS.items()}


def heading_key(name: str) -> str:
    """Return letters and digits of a heading alone.

    Examples
    --------
    >>> heading_key("Invoice No.")
    'invoiceno'
    """
    return "".join(sign for sign in name.casefold() if sign.isalnum())


class ColumnFinder:
    """Finds the column of each role; a column is found once."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._head = frame.head(N_HEAD)
        self._by_key: dict[str, str] = {}
        for name in map(str, frame.columns):
            self._by_key.setdefault(heading_key(name), name)
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
            # A bare "id" may as well be that of the row: customers come more than once.
            is_of_rows = key == "id" and self._head[name].is_unique
            if role == "customer" and is_of_rows:
                continue
            if _fits(role, self._head[name]):
                return name
        return None

    def has(self, key: str) -> bool:
        """Say whether a column has this bare heading."""
        return key in self._by_key

    def currency(self) -> str:
        """Return the code that a column of currencies holds; empty if several."""
        name = self._by_key.get("currency") or self._by_key.get("currencycode")
        if name is None:
            return ""
        codes = self._head[name].dropna().astype("str").str.strip()
        found = set(codes[codes != ""])
        code = found.pop() if len(found) == 1 else ""
        return code if re.fullmatch("[A-Z]{3}", code) else ""

    def key_of(self, role: str) -> str:
        """Return the bare heading of a role's column; empty if there is none."""
        return heading_key(self.peek(role) or "")

    def rating(self) -> Rating | None:
        """Return the column of ratings with a scale that its cells run over."""
        name = self.peek("rating")
        if name is None:
            return None
        asked = propose_mapping(self._head[[name]].astype("str")).questions
        if not asked:
            return None
        self._taken.add(name)
        scale, asks = asked[0].scale, asked[0].asks
        # Tools that ask one question call its answer "score"; from 0 to 10 it is NPS.
        is_nps = heading_key(name) in {"score", "nps", "rating"}
        if is_nps and (scale.lowest, scale.highest) == (0, 10):
            asks = "recommend"
        return Rating(column=name, scale=scale, asks=asks)

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
