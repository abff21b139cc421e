"""Comments as words: folded, cut into tokens, and searched for words and phrases.

Spaces are not taken for granted: in scripts written without them (Chinese, Japanese,
Thai, Lao, Burmese, Khmer) every sign is a token, and a word of the codebook is a phrase
of such signs. Case, accents and full-width forms do not matter. Words are sought once
among the different words of all comments instead of in each comment: a hundred thousand
comments use some ten thousand words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MASK_WORDS", "Tokens", "fold", "is_sign", "tokenise", "words_of"]

MASK_WORDS = ("link", "e-mail", "iban", "card", "ip address", "phone")
"""What stands in brackets where personal data was masked; no words of the comment."""

# Scripts written without spaces, and pictures: each sign is a token.
_SIGNS = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"  # Japanese
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"  # Han
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0edd\u1000-\u109f\u1780-\u17d3"  # Thai to Khmer
    "\u2600-\u27bf\U0001f300-\U0001faff"  # pictures
)
# Vowel signs and points that stand within words but are no letters.
_MARKS = (
    "\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0963\u0966-\u0dff"
)
_TOKEN = re.compile(rf"[{_SIGNS}]|(?:[^\W_{_SIGNS}]|[{_MARKS}])+|[.!?;\n…。！？；]")
_PART = re.compile(rf"[{_SIGNS}]|\*?(?:[^\W_{_SIGNS}]|[{_MARKS}])+\*?")
_SIGN = re.compile(rf"[{_SIGNS}]")
_ENDS = ".!?;\n…。！？；"
_ACCENTS = re.compile("[\u0300-\u036f]+")
_MASK = re.compile(rf"\[(?:{'|'.join(map(re.escape, MASK_WORDS))})\]")


def fold(text: str) -> str:
    """Return a text in which what does not matter is equal: case, accents, width.

    Examples
    --------
    >>> fold("Größe É ＷＩＦＩ Ｉ'm")
    "grosse e wifi i'm"
    """
    small = text.casefold()
    if small.isascii():
        return small
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", small))
    return unicodedata.normalize("NFC", bare).casefold()


def is_sign(word: str) -> bool:
    """Say whether a token is one sign of a script without spaces, or a picture."""
    return len(word) == 1 and _SIGN.match(word) is not None


def words_of(text: str) -> list[str]:
    """Return the tokens of one text, ends of sentences left out.

    Examples
    --------
    >>> words_of("Can't check-in! 排队 太久")
    ['can', 't', 'check', 'in', '排', '队', '太', '久']
    """
    return [word for word in _tokens(text) if word not in _ENDS]


def _tokens(text: str) -> list[str]:
    folded = fold(text)
    if "[" in folded:
        folded = _MASK.sub(". ", folded)
    return _TOKEN.findall(folded)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Many comments as numbers of words, one after another.

    Parameters
    ----------
    n
        Number of comments.
    words
        The different words; the first, of number 0, is the end of a sentence.
    ids
        Number of each word, an end after each comment.
    comments
        Number of the comment that each word stands in, from 0.
    """

    n: int
    words: tuple[str, ...]
    ids: NDArray[np.int32]
    comments: NDArray[np.int32]
    _sorted: list[str] = field(init=False, repr=False)
    _places: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Sort the words once, for the search by their beginning."""
        object.__setattr__(self, "_sorted", sorted(self.words[1:]))
        places = {word: place for place, word in enumerate(self.words)}
        object.__setattr__(self, "_places", places)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many words each comment has."""
        spoken = self.comments[self.ids > 0]
        return np.bincount(spoken, minlength=self.n).astype(np.int64)

    def places(self, part: str) -> list[int]:
        """Return the numbers of the words that a word of a codebook stands for."""
        bare = part.strip("*")
        if part.startswith("*"):
            if part.endswith("*"):
                found: Iterable[str] = (w for w in self._sorted if bare in w)
            else:
                found = (w for w in self._sorted if w.endswith(bare))
        elif part.endswith("*"):
            found = self._beginning(bare)
        else:
            found = (bare,) if bare in self._places else ()
        return [self._places[word] for word in found]

    def _beginning(self, bare: str) -> Iterator[str]:
        for word in self._sorted[bisect_left(self._sorted, bare) :]:
            if not word.startswith(bare):
                return
            yield word

    def matches(
        self, words: Sequence[str], not_words: Sequence[str] = ()
    ) -> NDArray[np.int64]:
        """Return how often words and phrases of a theme stand in each comment.

        Parameters
        ----------
        words
            As in :class:`journeykit.model.codebook.Theme`.
        not_words
            Words and phrases within which a match does not count.
        """
        found = self._spans(words)
        if not_words and any(len(starts) for starts, _ in found):
            covered = self._covered(self._spans(not_words))
            found = [(_free(starts, n, covered), n) for starts, n in found]
        begins = [starts for starts, _ in found]
        places = np.concatenate(begins) if begins else np.empty(0, dtype=np.int64)
        # A word and a phrase that begin at one place are one match.
        return np.bincount(self.comments[np.unique(places)], minlength=self.n)

    def _spans(self, words: Sequence[str]) -> list[tuple[NDArray[np.int64], int]]:
        """Return where words and phrases begin, with their number of words."""
        parts = [_parts(entry) for entry in words]
        single = {part for entry in parts if len(entry) == 1 for part in entry}
        found = [(np.flatnonzero(self._is_one_of(single)[self.ids]), 1)]
        phrases = [entry for entry in parts if len(entry) > 1]
        return found + [(self._phrase(entry), len(entry)) for entry in phrases]

    def _is_one_of(self, parts: Iterable[str]) -> NDArray[np.bool_]:
        table = np.zeros(len(self.words), dtype=bool)
        for part in parts:
            table[self.places(part)] = True
        return table

    def _phrase(self, parts: tuple[str, ...]) -> NDArray[np.int64]:
        starts = np.flatnonzero(self._is_one_of(parts[:1])[self.ids])
        for step, part in enumerate(parts[1:], start=1):
            starts = starts[starts + step < len(self.ids)]
            starts = starts[self._is_one_of([part])[self.ids[starts + step]]]
        return starts

    def _covered(
        self, spans: Sequence[tuple[NDArray[np.int64], int]]
    ) -> NDArray[np.bool_]:
        covered = np.zeros(len(self.ids), dtype=bool)
        for starts, n in spans:
            for step in range(n):
                covered[starts + step] = True
        return covered


def _free(
    starts: NDArray[np.int64], n: int, covered: NDArray[np.bool_]
) -> NDArray[np.int64]:
    for step in range(n):
        starts = starts[~covered[starts + step]]
    return starts


@lru_cache(maxsize=8_192)
def _parts(entry: str) -> tuple[str, ...]:
    """Return the words of a word or phrase of the codebook, with their stars."""
    return tuple(_PART.findall(fold(entry)))


def tokenise(texts: Iterable[str]) -> Tokens:
    """Return comments as numbers of words.

    Parameters
    ----------
    texts
        The comments, each a text.

    Returns
    -------
    Tokens
        Words in the order in which they first appear.

    Examples
    --------
    >>> tokens = tokenise(["The wait was long", "I can't wait to return"])
    >>> tokens.matches(["wait*"]).tolist()
    [1, 1]
    >>> tokens.matches(["wait*"], ["can't wait"]).tolist()
    [1, 0]
    """
    known: defaultdict[str, int] = defaultdict(count(1).__next__)
    known.update(dict.fromkeys(_ENDS, 0))
    ids: list[int] = []
    lengths: list[int] = []
    for text in texts:
        found = _tokens(text)
        ids += [known[word] for word in found]
        ids.append(0)
        lengths.append(len(found) + 1)
    n = len(lengths)
    comments = np.repeat(np.arange(n, dtype=np.int32), lengths)
    words = [word for word, place in known.items() if place]
    return Tokens(n, ("", *words), np.array(ids, dtype=np.int32), comments)
