"""A language that nobody speaks: what is still Latin on a page was never translated."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from unittest.mock import patch
from xml.etree import ElementTree as ET

from journeykit.language import speaking

__all__ = ["latin_words", "speaking_strangely", "texts_of"]

_STRANGE = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "абцдефгхийклмнопярстувжьызАБЦДЕФГХИЙКЛМНОПЯРСТУВЖЬЫЗ",
)
_GAPS = re.compile(r"(\{\w+\})")


class _StrangeWords(gettext.NullTranslations):
    """A catalogue with every word in it; gaps keep their names."""

    def gettext(self, message: str) -> str:
        """Return the same words in other letters."""
        parts = _GAPS.split(message)
        return "".join(
            part if _GAPS.fullmatch(part) else part.translate(_STRANGE)
            for part in parts
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the same words in other letters."""
        return self.gettext(msgid1 if n == 1 else msgid2)


@contextmanager
def speaking_strangely() -> Iterator[None]:
    """Speak German numbers and days, and strange words."""
    with (
        patch("journeykit.language._words", lambda _: _StrangeWords()),
        speaking("de"),
    ):
        yield


def texts_of(picture: str) -> list[str]:
    """Return every text of a picture, its title and its description."""
    root = ET.fromstring(picture)
    return [text for element in root.iter() for text in (element.text,) if text]


def latin_words(said: Iterable[str], known: Iterable[str]) -> list[str]:
    """Return words in Latin letters that nobody typed.

    Parameters
    ----------
    said
        What stands on a page.
    known
        What people typed: names and texts.
    """
    typed = {part for one in known for part in re.findall(r"[A-Za-z]+", one)}
    words = re.findall(r"[A-Za-z]{2,}", " ".join(said))
    # The end of a line may cut a long name.
    return sorted(
        {
            word
            for word in words
            if word not in typed and not any(one.startswith(word) for one in typed)
        }
    )
