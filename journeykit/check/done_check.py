"""One "done when": what has to hold, whether it does, and what is missing by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from journeykit.model.base import Entry
from journeykit.model.document import Document
from journeykit.model.journey import Link

__all__ = [
    "Check",
    "every",
    "found",
    "joined_from",
    "joined_to",
    "named",
    "there_are",
]

_E = TypeVar("_E", bound=Entry)
_MOST_NAMES = 6
_MOST_SIGNS = 48


@dataclass(frozen=True, slots=True)
class Check:
    """What has to hold before a step is done.

    Parameters
    ----------
    text
        What has to hold, as a sentence.
    is_done
        Whether it holds.
    missing
        What is missing, each a sentence that names it; empty if it holds.
    """

    text: str
    is_done: bool
    missing: tuple[str, ...] = ()


def named(names: Iterable[str]) -> str:
    """Return names as a list for people, the first six and how many more.

    Examples
    --------
    >>> named(["Parking", "Shops"])
    'Parking, Shops'
    >>> named("abcdefgh")
    'a, b, c, d, e, f and 2 more'
    """
    every_name = list(names)
    shown = ", ".join(map(_set_apart, every_name[:_MOST_NAMES]))
    more = len(every_name) - _MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


def _set_apart(name: str) -> str:
    """Return a name that stays one name between commas, and is not too long."""
    short = name
    if len(name) > _MOST_SIGNS:
        cut = name[:_MOST_SIGNS]
        whole = cut.rpartition(" ")[0].rstrip(" ,;:")
        short = f"{whole or cut}…"
    return f"“{short}”" if "," in short else short


def found(text: str, is_done: bool, *missing: str) -> Check:
    """Return a check whose *missing* sentences count only if it fails."""
    return Check(text, is_done, () if is_done else missing)


def there_are(text: str, entries: Sequence[Entry], none: str) -> Check:
    """Return the check that there is at least one; *none* says that there is not."""
    return found(text, bool(entries), none)


def every(
    text: str,
    entries: Sequence[_E],
    holds: Callable[[_E], object],
    lack: tuple[str, str],
    *,
    none: str = "",
) -> Check:
    """Return the check that something holds of every entry; those that lack it named.

    Parameters
    ----------
    text
        What has to hold.
    entries
        The entries it is asked of.
    holds
        Whether it holds of one.
    lack
        What an entry lacks, for one and for several: ``("touchpoint has no owner",
        "touchpoints have no owner")``.
    none
        What is said if there are no entries, which is then not done; empty if none is
        as good as all.

    Examples
    --------
    >>> from journeykit.model import Channel
    >>> lack = ("channel is offline", "channels are offline")
    >>> entries = [Channel(id="a", name="Desk"), Channel(id="b", name="Post")]
    >>> every("All online", entries, lambda one: one.is_online, lack).missing
    ('2 channels are offline: Desk, Post',)
    """
    if not entries:
        return found(text, not none, none)
    lacking = [entry for entry in entries if not holds(entry)]
    if not lacking:
        return found(text, True)
    words = lack[0] if len(lacking) == 1 else lack[1]
    more = len(lacking) - _MOST_NAMES
    shown = [one.name_for_people for one in lacking[:_MOST_NAMES]]
    tail = f" and {more} more" if more > 0 else ""
    return found(text, False, f"{len(lacking)} {words}: {named(shown)}{tail}")


def joined_from(document: Document, relation: str) -> Mapping[str, list[Entry]]:
    """Return what a relation joins to each source, by its id, in one pass."""
    return _joined(document, relation, "source", "target")


def joined_to(document: Document, relation: str) -> Mapping[str, list[Entry]]:
    """Return what a relation joins to each target, by its id, in one pass."""
    return _joined(document, relation, "target", "source")


def _joined(
    document: Document, relation: str, near: str, far: str
) -> Mapping[str, list[Entry]]:
    joined: dict[str, list[Entry]] = {}
    for link in document.of(Link):
        if link.relation == relation and not link.is_proposed:
            joined.setdefault(getattr(link, near), []).append(
                document[getattr(link, far)]
            )
    return joined
