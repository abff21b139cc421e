"""A made language whose every letter differs, to see which words nobody translates."""

from __future__ import annotations

import gettext
import re
from collections.abc import Collection, Iterable, Iterator
from html.parser import HTMLParser

import pytest

import journeykit.language

__all__ = ["asked_for", "left_in_english", "seen_in", "speak_otherwise"]

_ENGLISH = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OTHER = "àƀçđēƒĝĥĩĵķĺɱńōƥǫŕśţũṽŵẋýžÀɃÇĐĒƑĜĤĨĴĶĹⱮŃŌƤǪŔŚŢŨṼŴẊÝŽ"
_SIGNS = str.maketrans(_ENGLISH, _OTHER)
_GAP = re.compile(r"(\{\w+\})")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’.-]+(?:\s+[A-Za-z][A-Za-z'’.-]*)*")
"""Words of two letters or more: single ones are marks, such as n and S1."""
_SHOWN_ATTRIBUTES = {"alt", "aria-label", "data-label", "title"}


def otherwise(text: str) -> str:
    """Return *text* with every letter changed, its gaps as they are.

    Examples
    --------
    >>> otherwise("{n} of 25")
    '{n} ōƒ 25'
    """
    pieces = _GAP.split(text)
    return "".join(
        piece if _GAP.fullmatch(piece) else piece.translate(_SIGNS) for piece in pieces
    )


class _Other(gettext.NullTranslations):
    """The made language, which keeps what it was asked for in :attr:`asked`."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def gettext(self, message: str) -> str:
        self.asked.add(message)
        return otherwise(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.asked.add(msgid1)
        return otherwise(msgid1 if n == 1 else msgid2)


_OTHER_WORDS = _Other()


def speak_otherwise(monkeypatch: pytest.MonkeyPatch) -> str:
    """Let every catalogue give the made language; return one without Latin letters.

    Its dates and lists come from Unicode's own tables and have no Latin letters.
    """
    monkeypatch.setattr(journeykit.language, "_words", lambda _language: _OTHER_WORDS)
    return "zh"


def asked_for() -> frozenset[str]:
    """Return all English that was said in the made language so far."""
    return frozenset(_OTHER_WORDS.asked)


def seen_in(html: str) -> Iterator[str]:
    """Yield every text of a page that is shown or read out."""
    found: list[str] = []

    class Reader(HTMLParser):
        is_hidden = False

        def handle_starttag(
            self, tag: str, attrs: list[tuple[str, str | None]]
        ) -> None:
            self.is_hidden = tag in ("style", "script")
            found.extend(
                said for name, said in attrs if said and name in _SHOWN_ATTRIBUTES
            )

        def handle_endtag(self, tag: str) -> None:
            self.is_hidden = False

        def handle_data(self, data: str) -> None:
            if not self.is_hidden and data.strip():
                found.append(" ".join(data.split()))

    Reader().feed(html)
    yield from found


def left_in_english(texts: Iterable[str], known: Collection[str] = ()) -> list[str]:
    """Return the words in *texts* that passed through no catalogue, each once.

    Parameters
    ----------
    texts
        What a reader sees.
    known
        Names and people's own words, which stay as they are.
    """
    ours = sorted(known, key=len, reverse=True)
    found: dict[str, str] = {}
    for text in texts:
        rest = text
        for one in ours:
            rest = rest.replace(one, " ")
        for word in _WORD.findall(rest):
            found.setdefault(word, f"{word}  <  {text[:120]}")
    return list(found.values())
