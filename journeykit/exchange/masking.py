"""Personal data in people's text, masked at the door, and counted.

A comment such as "call me on ..." would else be printed in a report. E-mail addresses,
telephone numbers, cards, IBANs, IP addresses and the secret parts of page addresses are
replaced by a word in brackets; what was found is counted by kind and never kept. Names
are not looked for: no rule finds them without taking brands and places along.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from journeykit.exchange.personal_numbers import (
    REGIONS,
    Looks,
    card_spans,
    iban_spans,
    ip_spans,
    phone_spans,
)

__all__ = [
    "BY_FORM_ALONE",
    "MASKS",
    "Looks",
    "Masked",
    "free_texts",
    "mask_text",
    "mask_text_column",
    "masking_note",
]

MASKS: Mapping[str, str] = {
    "link": "[link]",
    "e-mail": "[e-mail]",
    "IBAN": "[IBAN]",
    "card": "[card]",
    "IP address": "[IP address]",
    "phone": "[phone]",
}
"""Kind of personal data to what stands in its place, in the order they are sought."""

BY_FORM_ALONE = (
    "So many numbers stand in these texts that the last of them were taken for "
    "telephone numbers by their form alone: look at what was masked."
)
"""What is said of a file that used up its looks at the numbering plans."""

_WORDS = {
    "link": ("secret in a page address", "secrets in page addresses"),
    "e-mail": ("e-mail address", "e-mail addresses"),
    "IBAN": ("IBAN", "IBANs"),
    "card": ("card number", "card numbers"),
    "IP address": ("IP address", "IP addresses"),
    "phone": ("telephone number", "telephone numbers"),
}

# One quick look: most comments hold none of these, and pass as they are.
_SUSPECT = re.compile(
    r"[@＠]|://|www\.|\?[^\s?]*=|[(\[{]\s?at\s?[)\]}]|\d(?:[^\w]{0,4}\d){6}"
    r"|[A-Za-z]{2}\d{2}[ -]?[A-Za-z0-9]{4}|\.\d{1,3}\.\d|::|:[0-9a-fA-F]{1,4}:"
)

_LINK = re.compile(
    r"(?<![\w@.-])(?:[a-z][a-z0-9+.-]{1,14}://|www\.|(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}"
    r"(?=[/?]))[^\s<>\"“”„«»]+",
    re.IGNORECASE,
)
_USER = re.compile(r"(?<=://)[^/?#@\s]+(?=@)")
_HOST = re.compile(r"(?:[^/]*//)?[^/]*")
_PAIR = re.compile(r"([?&#;])([^=&#;?]{1,64})=([^&#;]+)")
_SECRET_KEYS = frozenset(
    {
        *("token", "accesstoken", "idtoken", "refreshtoken", "session"),
        *("sessionid", "sess", "sid", "ssid", "phpsessid"),
        *("jsessionid", "key", "apikey", "accesskey", "authkey"),
        *("sig", "signature", "hash", "hmac", "code"),
        *("authcode", "otp", "pin", "auth", "authorization"),
        *("password", "passwd", "pass", "pwd", "secret"),
        *("clientsecret", "jwt", "ticket", "nonce", "state"),
        *("email", "emailaddress", "mail", "mailto", "user"),
        *("username", "userid", "uid", "login", "account"),
        *("accountid", "customer", "customerid", "customernumber", "member"),
        *("memberid", "contact", "contactid", "recipient", "phone"),
        *("phonenumber", "tel", "telephone", "mobile", "firstname"),
        *("lastname", "surname", "fullname", "invite", "invitation"),
        *("magic", "reset", "confirm", "confirmation", "verify"),
        *("verification", "unsubscribe"),
    }
)
_TAILS = ("token", "session", "sessionid", "signature", "secret", "password", "email")
_PIECE = re.compile(r"(?<=/)[^/?#]{12,}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z0-9_+=]{16,}")

_AT = re.compile(r"[@＠]|[(\[{]\s?at\s?[)\]}]", re.IGNORECASE)
_DIGITS = re.compile(r"\d\W{0,4}\d|::|:[0-9a-f]", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w.+%'’-])[\w.+%'’-]+\s?[@＠]\s?(?:[\w-]{1,63}\.){1,8}[\w-]{2,63}"
    r"|(?<![\w.+%'’-])[\w.+%-]+@(?:gmail|googlemail|hotmail|yahoo|outlook|icloud|gmx)\b"
    r"|(?<![\w.+%'’-])[\w.+%-]+\s?[(\[{]\s?at\s?[)\]}]\s?[\w-]{1,63}"
    r"(?:(?:\.|\s?[(\[{]\s?(?:dot|punkt|punto|point)\s?[)\]}]\s?|\sdot\s)[\w-]{2,63}){1,8}",
    re.IGNORECASE,
)
_MIN_SENTENCE = 12
_FOUR_WORDS = r"\S\s+\S+\s+\S+\s+\S"


class Masked(NamedTuple):
    """A text without personal data, and how many of each kind were in it."""

    text: str
    counts: dict[str, int]


def mask_text(
    text: str, *, regions: Sequence[str] = REGIONS, looks: Looks | None = None
) -> Masked:
    """Return a text with personal data masked, and what was found.

    Parameters
    ----------
    text
        What somebody wrote.
    regions
        Countries, by two letters, whose telephone numbers are known without a code.
    looks
        How many more numbers of this file may be looked up in vain; None: any.

    Returns
    -------
    Masked
        The text, and kind to count; the kinds are the keys of :data:`MASKS`. Of page
        addresses only tokens, keys and names go; host and path stay readable.

    Examples
    --------
    >>> mask_text("Write to ann@example.org, order 4155552671")
    Masked(text='Write to [e-mail], order 4155552671', counts={'e-mail': 1})
    >>> mask_text("See https://shop.example/reset?lang=de&token=x9").text
    'See https://shop.example/reset?lang=de&token=[link]'
    """
    if _SUSPECT.search(text) is None:
        return Masked(text, {})
    counts: Counter[str] = Counter()

    def address(found: re.Match[str]) -> str:
        shown = _without_secrets(found[0])
        counts["link"] += shown != found[0]
        return shown

    if "." in text or "://" in text:
        text = _LINK.sub(address, text)
    if _AT.search(text):
        text, counts["e-mail"] = _EMAIL.subn(MASKS["e-mail"], text)
    kinds: tuple[tuple[str, Callable[[str], Iterator[tuple[int, int]]]], ...] = (
        ("IBAN", iban_spans),
        ("card", card_spans),
        ("IP address", ip_spans),
        ("phone", lambda text: phone_spans(text, regions, looks)),
    )
    for kind, spans in kinds if _DIGITS.search(text) else ():
        text, counts[kind] = _replaced(text, sorted(spans(text)), MASKS[kind])
    return Masked(text, {kind: counts[kind] for kind in MASKS if counts[kind]})


def _replaced(
    text: str, spans: Sequence[tuple[int, int]], mask: str
) -> tuple[str, int]:
    """Return a text with a mask in place of each span, and how many there were."""
    kept, begin = [], 0
    for start, end in spans:
        kept += [text[begin:start], mask]
        begin = end
    return "".join((*kept, text[begin:])), len(spans)


def _is_secret(value: str) -> bool:
    """Say whether a part of an address looks made by a machine, not by an editor."""
    if _UUID.search(value) or "@" in value or "%40" in value:
        return True
    return any(
        any(sign.isdigit() for sign in piece)
        and sum(sign.isalpha() for sign in piece) >= 4
        for piece in _TOKEN.findall(value)
    )


def _without_secrets(address: str) -> str:
    head, mark, query = re.split(r"([?#]|$)", address, maxsplit=1)
    end = _HOST.match(head).end()  # type: ignore[union-attr]  # matches anything
    host, path = head[:end], head[end:]
    host = _USER.sub(MASKS["link"], host)
    path = _PIECE.sub(lambda m: MASKS["link"] if _is_secret(m[0]) else m[0], path)

    def pair(found: re.Match[str]) -> str:
        key = "".join(sign for sign in found[2].lower() if sign.isalnum())
        if key in _SECRET_KEYS or key.endswith(_TAILS) or _is_secret(found[3]):
            return f"{found[1]}{found[2]}={MASKS['link']}"
        return found[0]

    rest = _PAIR.sub(pair, mark + query)
    if "=" not in rest and _is_secret(rest):
        rest = mark + MASKS["link"]
    return host + path + rest


def mask_text_column(
    column: pd.Series[str],
    *,
    regions: Sequence[str] = REGIONS,
    looks: Looks | None = None,
) -> tuple[pd.Series[str], dict[str, int]]:
    """Return a column of texts with personal data masked, and how many of each kind.

    Parameters
    ----------
    column
        Texts; missing ones stay missing. It is not changed.
    regions
        As for :func:`mask_text`.
    looks
        How many more numbers may be looked up in vain, shared by the columns of a file;
        as many as a file may by default.

    Returns
    -------
    tuple of pandas.Series and dict
        The texts, with the same index and name, and kind to count.

    Examples
    --------
    >>> column = pd.Series(["fine", "mail ann@example.org"], dtype="str")
    >>> mask_text_column(column)[1]
    {'e-mail': 1}
    """
    texts = column.tolist()
    counts: Counter[str] = Counter()
    looks = looks or Looks()
    is_changed = False
    for place, text in enumerate(texts):
        if not isinstance(text, str) or _SUSPECT.search(text) is None:
            continue
        masked = mask_text(text, regions=regions, looks=looks)
        if masked.counts:
            texts[place] = masked.text
            counts.update(masked.counts)
            is_changed = True
    if not is_changed:
        return column, {}
    fresh = pd.Series(texts, index=column.index, name=column.name, dtype=column.dtype)
    return fresh, {kind: counts[kind] for kind in MASKS if counts[kind]}


def free_texts(frame: pd.DataFrame, leaving: Collection[str] = ()) -> list[str]:
    """Return the columns in which people wrote sentences, whatever they are called.

    Parameters
    ----------
    frame
        A table; only its columns of texts are looked at.
    leaving
        Columns that are not looked at.

    Returns
    -------
    list of str
        Columns where a tenth of the filled cells or more has four words or more.

    Examples
    --------
    >>> frame = pd.DataFrame({"Q1": ["5"], "why": ["The queue was long"]})
    >>> free_texts(frame)
    ['why']
    """
    found = []
    for name in map(str, frame.columns):
        column = frame[name]
        if name in leaving or not pd.api.types.is_string_dtype(column.dtype):
            continue
        cells = pa.array(column, from_pandas=True)
        n_signs = pc.utf8_length(cells)
        if (pc.max(n_signs).as_py() or 0) < _MIN_SENTENCE:
            continue
        n_filled = pc.sum(pc.greater(n_signs, 0)).as_py()
        n_sentences = pc.sum(pc.match_substring_regex(cells, _FOUR_WORDS)).as_py()
        if n_sentences >= 0.1 * n_filled:
            found.append(name)
    return found


def masking_note(name: str, counts: Mapping[str, int]) -> str:
    """Return what was masked in a column, as a sentence; empty if nothing was.

    Examples
    --------
    >>> masking_note("Q8", {"e-mail": 1, "phone": 2})
    'Q8: masked 1 e-mail address and 2 telephone numbers.'
    """
    parts = [f"{n:,} {_WORDS[kind][n != 1]}" for kind, n in counts.items() if n]
    if not parts:
        return ""
    listed = " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
    return f"{name}: masked {listed}."
