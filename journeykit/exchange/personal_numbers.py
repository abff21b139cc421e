"""Numbers in people's text that lead to a person: telephone, card, IBAN, IP address.

A regular expression alone takes order numbers for telephone numbers, so each kind has
its own test: telephone numbers by the numbering plans of ``phonenumbers``, cards by the
issuer's prefix and the Luhn sum, IBANs by the country's length and the remainder of 97.
A bare number that fits a numbering plan is still an order number more often than not:
it counts only after a word such as "call", or in a form that only telephones have.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Sequence

import phonenumbers

__all__ = ["REGIONS", "Looks", "card_spans", "iban_spans", "ip_spans", "phone_spans"]

REGIONS = ("US", "GB", "DE", "FR", "ES", "IT", "NL", "CH", "AU", "IN")
"""Where a telephone number without its country's code may come from."""

_Span = tuple[int, int]

_CARD = re.compile(r"(?<![\w.,/-])\d(?:[ -]?\d){12,25}(?![\w])")
_CARD_LENGTHS: tuple[tuple[re.Pattern[str], frozenset[int]], ...] = tuple(
    (re.compile(prefix), frozenset(lengths))
    for prefix, lengths in (
        (r"4", (13, 16, 19)),  # Visa
        (r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720", (16,)),  # Mastercard
        (r"3[47]", (15,)),  # American Express
        (r"3(?:0[0-5]|[689])", (14,)),  # Diners Club
        (r"6011|64[4-9]|65|62|352[89]|35[3-8]", (16,)),  # Discover, UnionPay, JCB
        (r"50|5[6-8]|6[037]", (16,)),  # Maestro
    )
)
_DIGIT = re.compile(r"\d")

_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,34}", re.IGNORECASE)
_IBAN_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FK FO GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ LT LU MN XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB NI PL",
        29: "BR EG PS QA UA",
        30: "JO KW MU",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}

_IP4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)")
_IP6 = re.compile(r"(?<![\w:.])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])", re.I)
_SAYS_IP = re.compile(r"\bip\b(?:[\s-]?(?:address|adresse))?[^\w]{0,3}$", re.IGNORECASE)

_SEPARATORS = r"\s().\-/\u2010-\u2015\u00ad"
# Not after a letter, a currency or number sign, a decimal: those are other numbers.
_PHONE = re.compile(
    rf"(?<![\w#№$€£¥=@&%])(?<!\d[.,])[+＋(]{{0,2}}\d(?:[{_SEPARATORS}]{{0,4}}\d){{6,16}}"
    r"(?![\w%€£$]|[.,]\d|\s?(?:€|EUR|USD|GBP|CHF)\b)"
)
# Words before a number, by their beginnings; the nearest one tells what it is.
_CALLS = (
    *("tel", "tél", "phone", "mobil", "móvil", "cell", "call", "contact", "kontakt"),
    *("whats", "fax", "reach", "anruf", "rufe", "erreich", "llam", "appel", "portable"),
    *("chiam", "handy", "fon", "ring", "text", "sms", "ligue", "smartphone"),
)
_COUNTS = (
    *("order", "invoice", "ref", "booking", "buchung", "ticket", "case", "account"),
    *("konto", "customer", "kunden", "client", "bestell", "rechnung", "auftrag", "ids"),
    *("vorgang", "isbn", "ean", "sku", "artic", "artik", "item", "model", "serial"),
    *("serie", "track", "parcel", "paket", "sendung", "shipment", "flight", "flug"),
    *("gate", "pnr", "polic", "version", "pedido", "factura", "commande", "facture"),
    *("reserv", "réserv", "ordine", "fattura", "barcode", "voucher", "coupon"),
    *("transact", "receipt", "confirmation", "part", "member", "loyalty", "miles"),
    *("postcode", "zip", "plz", "price", "preis", "total"),
)
_WHOLE_COUNTS = frozenset({"id", "s/n"})
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|/(?=[^\W\d_]))*")
_STATE = re.compile(r"\b[A-Z]{2}\s+$")  # CA 94128-8097: a ZIP code
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}([-./])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d([-./])\d{1,2}\2\d{1,2})"
    r"(?!\d)"
)
_DECIMAL_BEFORE, _DECIMAL_AFTER = re.compile(r"\d[.,]$"), re.compile(r"[.,]\d")
_N_BEFORE = 32
_MAX_LOOKED_AT = 50  # numbers in one text, by the numbering plans
_MIN_DIGITS = 9  # of a number that neither a code nor a word tells to be a telephone's


class Looks:
    """How many more numbers of a file may be held against the numbering plans in vain.

    A number that is none costs up to 2 ms, for every country is tried. A file made of
    such numbers would take hours; once they are used up, the form alone decides, and
    one number too many is masked rather than one too few.

    Parameters
    ----------
    n
        Looks in vain, 10,000 by default: a quarter of a minute.
    """

    def __init__(self, n: int = 10_000) -> None:
        self.n = n

    @property
    def are_used_up(self) -> bool:
        """Whether the form alone decides from now on."""
        return self.n <= 0


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    return (
        sum(map(int, digits[::-2])) + sum(n - 9 if n > 9 else n for n in doubled)
    ) % 10 == 0


def _is_card(digits: str) -> bool:
    return (
        any(
            prefix.match(digits) and len(digits) in lengths
            for prefix, lengths in _CARD_LENGTHS
        )
        and len(set(digits)) > 1
        and _luhn(digits)
    )


def card_spans(text: str) -> Iterator[_Span]:
    """Yield where payment cards' numbers stand.

    Examples
    --------
    >>> list(card_spans("My card 4111 1111 1111 1111 was charged twice"))
    [(8, 27)]
    >>> list(card_spans("Order 4111 1111 1111 1112"))
    []
    """
    for found in _CARD.finditer(text):
        ends = [digit.end() for digit in _DIGIT.finditer(found[0])]
        for n_digits in range(min(19, len(ends)), 12, -1):
            end = ends[n_digits - 1]
            is_whole = end == len(found[0]) or not found[0][end].isdigit()
            if is_whole and _is_card(_digits(found[0][:end])):
                yield found.start(), found.start() + end
                break


def iban_spans(text: str) -> Iterator[_Span]:
    """Yield where IBANs stand.

    Examples
    --------
    >>> list(iban_spans("Refund to DE89 3704 0044 0532 0130 00 please"))
    [(10, 37)]
    >>> list(iban_spans("Refund to DE89 3704 0044 0532 0130 01 please"))
    []
    """
    for found in _IBAN.finditer(text):
        length = _IBAN_LENGTHS.get(found[0][:2].upper())
        places = [i for i, sign in enumerate(found[0]) if sign.isalnum()]
        if length is None or len(places) < length:
            continue
        end = places[length - 1] + 1
        if found[0][end : end + 1].isdigit():
            continue
        account = _digits(found[0][:end]).upper()
        turned = "".join(str(int(sign, 36)) for sign in account[4:] + account[:4])
        if int(turned) % 97 == 1:
            yield found.start(), found.start() + end


def ip_spans(text: str) -> Iterator[_Span]:
    """Yield where IP addresses stand; a version such as 10.0.1.2 is none.

    Examples
    --------
    >>> list(ip_spans("from 84.161.22.107 with version 1.2.3.4"))
    [(5, 18)]
    """
    for found in (*_IP4.finditer(text), *_IP6.finditer(text)):
        try:
            address = ipaddress.ip_address(found[0])
        except ValueError:
            continue
        is_said = _SAYS_IP.search(text[max(0, found.start() - 16) : found.start()])
        n_signs = len(_digits(found[0]))
        if is_said or (n_signs >= 8 and not address.is_unspecified):
            yield found.span()


def phone_spans(
    text: str, regions: Sequence[str] = REGIONS, looks: Looks | None = None
) -> Iterator[_Span]:
    """Yield where telephone numbers stand.

    Parameters
    ----------
    text
        What somebody wrote.
    regions
        Countries, by two letters, whose numbering plans are tried for numbers without
        a country's code.
    looks
        How many more numbers may be looked up in vain; None: as many as there are.

    Examples
    --------
    >>> list(phone_spans("Call 4155552671, my order is 4155552671"))
    [(5, 15)]
    >>> list(phone_spans("On 13.12.2011 I paid 1.234.567,89"))
    []
    """
    # As long as before, so that the places stay right.
    text = _DATE.sub(lambda date: "x" * len(date[0]), text)
    for place, found in enumerate(_PHONE.finditer(text)):
        before = text[max(0, found.start() - _N_BEFORE) : found.start()]
        said = _said(before)
        if place >= _MAX_LOOKED_AT or (looks is not None and looks.are_used_up):
            # A list of numbers: better one too many masked than minutes of looking.
            if said > 0 or _may_be_plain(found[0], said):
                yield found.span()
            continue
        spans = list(_numbers(found[0], regions, said))
        if looks is not None and not spans:
            looks.n -= _is_looked_up(found[0], said)
        for start, end in spans:
            yield found.start() + start, found.start() + end


def _said(before: str) -> int:
    """Return 1 after a word such as "call", -1 after one such as "order", else 0."""
    if _STATE.search(before):
        return -1
    for word in reversed(_WORD.findall(before.lower())):
        if word.startswith(_COUNTS) or word in _WHOLE_COUNTS:
            return -1
        if word.startswith(_CALLS):
            return 1
    return 0


def _numbers(found: str, regions: Sequence[str], said: int) -> Iterator[_Span]:
    """Yield the telephone numbers among digits and separators.

    *said* is what :func:`_said` makes of the words before them.
    """
    if not _is_looked_up(found, said):
        return
    leniency = phonenumbers.Leniency
    how = leniency.VALID if said > 0 else leniency.STRICT_GROUPING
    end = 0
    for region in regions:
        for match in phonenumbers.PhoneNumberMatcher(found, region, leniency=how):
            if match.start >= end and (
                said > 0
                or match.raw_string[0] in "+＋"
                or _is_plain(found, match, said)
            ):
                yield match.start, match.end
                end = match.end
        if end:
            return


def _is_looked_up(found: str, said: int) -> bool:
    return said > 0 or _may_be_plain(found, said)


def _may_be_plain(found: str, said: int) -> bool:
    """Say at a glance whether a telephone number can be among these signs.

    The numbering plans take 2 ms, and tickets are full of order numbers.
    """
    if "+" in found or "＋" in found:
        return True
    n_digits = sum(map(str.isdigit, found))
    is_bare = n_digits == len(found) and found[0] != "0"
    return said == 0 and n_digits >= _MIN_DIGITS and not is_bare


def _is_plain(found: str, match: phonenumbers.PhoneNumberMatch, said: int) -> bool:
    """Say whether a valid number is written as only telephone numbers are."""
    digits = _digits(match.raw_string)
    if (
        said < 0
        or len(digits) < _MIN_DIGITS
        or _DECIMAL_BEFORE.search(found[: match.start])
        or _DECIMAL_AFTER.match(found, match.end)
    ):
        return False
    return digits != match.raw_string or digits[0] == "0"
