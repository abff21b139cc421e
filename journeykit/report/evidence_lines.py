"""What stands behind a pain point or persona, in a line short enough for a table."""

from __future__ import annotations

from collections.abc import Iterable

from journeykit.language import say, say_count
from journeykit.model import Document, Evidence, Link

__all__ = ["MOST_NAMES", "cut", "evidence_of", "evidence_words", "shortlist"]

_ORDER = ("measured", "observed", "assumed")


def cut(text: str, length: int) -> str:
    """Return *text* in one line and no longer, cut between words where it can be.

    Examples
    --------
    >>> cut("Cannot see the way", 12)
    'Cannot see…'
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    kept = line[: length - 1]
    whole = kept.rpartition(" ")[0].rstrip(" ,;:")
    return f"{whole if len(whole) > length // 2 else kept.rstrip()}…"


MOST_NAMES = 24
"""How many names in a sentence are still read."""


def shortlist(names: Iterable[str], most: int) -> list[str]:
    """Return the first names, and how many more there are.

    Examples
    --------
    >>> shortlist(["Roads", "Signs", "Wi-Fi"], 1)
    ['Roads', '2 more']
    """
    every = list(names)
    rest = len(every) - most
    more = [say_count("{n} more", "{n} more", rest)] if rest > 0 else []
    return [*every[:most], *more]


def evidence_of(document: Document, entry_id: str) -> tuple[Evidence, ...]:
    """Return the evidence that people linked to an entry, the firmest first.

    Of equal firmness that with more people behind it comes first.
    """
    found = [
        source
        for link in document.of(Link)
        if link.relation == "supports"
        and link.target == entry_id
        and not link.is_proposed
        and isinstance(source := document[link.source], Evidence)
    ]
    found.sort(key=lambda one: (_ORDER.index(one.basis), -(one.n_people or 0)))
    return tuple(found)


def evidence_words(
    found: Iterable[Evidence], *, length: int = 200, most: int = 1, minimum: int = 1
) -> str:
    """Return evidence as a line: the firmest in its own words, and how many more.

    Parameters
    ----------
    found
        As :func:`evidence_of` gives it.
    length
        Most letters of each.
    most
        How many are written out.
    minimum
        Fewest people of whom something may be told: what fewer said is only counted.

    Examples
    --------
    >>> seen = Evidence(id="e", text="80 asked the way.", basis="observed")
    >>> evidence_words([seen])
    'Observed: 80 asked the way.'
    >>> evidence_words([])
    'Assumed: nothing stands behind it yet.'
    """
    every = list(found)
    told = [one for one in every if one.n_people is None or one.n_people >= minimum]
    if not every:
        return say("Assumed: nothing stands behind it yet.")
    said = [_said(one, length) for one in told[:most]]
    rest = len(every) - len(said)
    if not said:
        return say("Told by fewer than {minimum} people.", minimum=minimum)
    if rest:
        said.append(say_count("And {n} more.", "And {n} more.", rest))
    return " ".join(said)


def _said(one: Evidence, length: int) -> str:
    text = cut(one.text, length).rstrip(".")
    words = {
        "measured": say("Measured: {text}.", text=text),
        "observed": say("Observed: {text}.", text=text),
        "assumed": say("Assumed: {text}.", text=text),
    }
    return words[one.basis].replace("….", "…")
