"""How names and words are compared to suggest what belongs together."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import TypeVar

from pydantic import JsonValue

from journeykit.check.rule import Facts
from journeykit.model import Entry
from journeykit.model.relations import Relation

__all__ = [
    "NEW",
    "Offer",
    "Proposer",
    "best_match",
    "by_words",
    "closeness",
    "words_of",
]

NEW = "+"
"""Begins the end of a link that is a new entry: ``+0`` is the first one added."""

_E = TypeVar("_E", bound=Entry)
_CLOSE = 0.75
_LIKE = 0.86
_LONG_WORD = 4
_COMMON = frozenset(
    {
        *("about", "after", "again", "also", "been", "before"),
        *("cannot", "customer", "customers", "does", "each", "every"),
        *("find", "from", "have", "into", "made", "make"),
        *("many", "more", "most", "need", "needs", "never"),
        *("nobody", "once", "only", "other", "over", "people"),
        *("should", "some", "takes", "than", "that", "their"),
        *("them", "then", "there", "they", "this", "time"),
        *("until", "what", "when", "where", "which", "while"),
        *("will", "with", "without", "your"),
    }
)
"""Words that say nothing about what belongs together."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a suggestion writes.

    Parameters
    ----------
    text
        What taking it does, in words.
    name
        What it ties the entry to; with rule and entry its name.
    links
        Links to add: source, relation, target; an end ``+0`` is the first added entry.
    adds
        Fields of entries to add, each with its kind.
    fields
        Fields to change, by the id of their entry.
    """

    text: str
    name: str
    links: tuple[tuple[str, Relation, str], ...] = ()
    adds: tuple[Mapping[str, JsonValue], ...] = ()
    fields: Mapping[str, Mapping[str, JsonValue]] = field(
        default_factory=lambda: MappingProxyType({})
    )


Proposer = Callable[[Facts, Entry], Iterator[Offer]]
"""From a workshop and the entry of a finding to what would mend it, likeliest first."""


def _squeezed(name: str) -> str:
    whole = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in whole if sign.isalnum())


def closeness(one: str, other: str) -> float:
    """Return how alike two names are: 1 but for spaces and signs, 0 if they differ.

    Examples
    --------
    >>> closeness("Web site", "Website"), closeness("The app", "Mobile app")
    (1.0, 0.0)
    >>> closeness("App", "Mobile app")
    0.8
    """
    a, b = _squeezed(one), _squeezed(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    few, many = sorted(
        (set(one.casefold().split()), set(other.casefold().split())), key=len
    )
    if few < many and any(len(word) > 2 for word in few):
        return 0.8
    if 2 * min(len(a), len(b)) / (len(a) + len(b)) < _LIKE:
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    ratio = matcher.ratio() if matcher.quick_ratio() >= _LIKE else 0.0
    return ratio if ratio >= _LIKE else 0.0


def best_match(name: str, others: Iterable[_E]) -> _E | None:
    """Return the entry whose name is likest; None if none is near or two are equally.

    Parameters
    ----------
    name
        The name that is looked for.
    others
        Where to look.
    """
    found = [(closeness(name, one.name_for_people), one) for one in others]
    near = [pair for pair in found if pair[0] >= _CLOSE]
    if not near:
        return None
    most = max(score for score, _ in near)
    best = [one for score, one in near if score == most]
    return best[0] if len(best) == 1 or most == 1.0 else None


def words_of(text: str) -> frozenset[str]:
    """Return the telling words of a text.

    Examples
    --------
    >>> sorted(words_of("The code never comes, and nobody finds the code"))
    ['code', 'comes', 'finds']
    """
    signs = (sign if sign.isalnum() else " " for sign in text.casefold())
    words = "".join(signs).split()
    return frozenset(w for w in words if len(w) >= _LONG_WORD and w not in _COMMON)


def by_words(text: str, others: Sequence[_E]) -> list[_E]:
    """Return the entries that share a telling word with a text, most of them first."""
    wanted = words_of(text)
    shared = [(len(wanted & words_of(one.name_for_people)), one) for one in others]
    return [one for n, one in sorted(shared, key=lambda pair: -pair[0]) if n]
