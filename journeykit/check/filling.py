"""What the map already says about COPIS and the canvas, as proposals.

A proposal is an entry that is marked as proposed until a person takes it. Its id
follows from what it says, so that proposing twice adds nothing twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from journeykit.check.rule import alike
from journeykit.model import Document, Entry, Link, entry_from, rank_between
from journeykit.model.edits import Edit, change, new_edit_id
from journeykit.model.relations import Relation

__all__ = ["Filling", "edits_taking"]


class Filling:
    """Gathers proposals beside what stands there already.

    Parameters
    ----------
    document
        The workshop.
    kind
        Kind of the proposed entries.
    place
        The field that says where an entry stands: two of one name may stand in two.
    """

    def __init__(self, document: Document, kind: str, place: str) -> None:
        self._document, self._kind, self._place = document, kind, place
        self._known: dict[tuple[str, str], Entry] = {}
        self._rank: str | None = None
        for one in document:
            if one.kind == kind:
                key = (getattr(one, place), alike(one.name_for_people))
                self._known.setdefault(key, one)
                self._rank = max(self._rank or "", one.rank)
        self._links = {
            (one.source, one.target, one.relation) for one in document.of(Link)
        }
        self.made: list[Entry] = []

    def add(self, place: str, text: str, **fields: Any) -> Entry | None:
        """Return what stands there under this name, proposed now if it is new."""
        name = alike(text)
        if not name:
            return None
        key = (place, name)
        if key not in self._known:
            self._rank = rank_between(self._rank, None)
            values = {"kind": self._kind, "rank": self._rank, self._place: place}
            made = entry_from(
                {**values, "id": _id(*key), "text": text, "is_proposed": True, **fields}
            )
            self._known[key] = made
            self.made.append(made)
        return self._known[key]

    def reached(self, place: str) -> Iterator[str]:
        """Yield what an entry of this place stands for already."""
        here = {one.id for (at, _), one in self._known.items() if at == place}
        for source, target, relation in self._links:
            if relation == "reaches" and source in here:
                yield target

    def join(self, source: Entry | None, target: str, relation: Relation) -> None:
        """Propose a link unless it is there already, at either end."""
        if source is None or source.id == target:
            return
        pair = (source.id, target, relation)
        if pair in self._links or (target, source.id, relation) in self._links:
            return
        self._links.add(pair)
        values = {"source": source.id, "target": target, "relation": relation}
        link = {"kind": "link", "id": _id(*pair), "is_proposed": True, **values}
        self.made.append(entry_from(link))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is proposed: entries first, so that links find both ends."""
        return tuple(sorted(self.made, key=lambda one: one.kind == "link"))


def _id(*parts: str) -> str:
    key = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return f"prop-{hashlib.sha256(key).hexdigest()[:15]}"


def edits_taking(
    document: Document, entry_ids: Iterable[str], author: str | None = None
) -> tuple[Edit, ...]:
    """Return the edits, one group, by which a person takes proposals.

    A link that was proposed with them is taken as soon as both its ends are.

    Parameters
    ----------
    document
        The workshop.
    entry_ids
        Entries or links that are marked as proposed; others are passed over.
    author
        Id of the author.

    Raises
    ------
    InputError
        If there is no such entry.
    """
    taken = {name: None for name in entry_ids if _is_proposed(document[name])}
    for link in document.of(Link):
        ends = {link.source, link.target}
        is_ready = all(
            name in taken or not _is_proposed(document[name]) for name in ends
        )
        if link.is_proposed and is_ready and ends & set(taken):
            taken[link.id] = None
    group = new_edit_id()
    given = {"is_proposed": False}
    return tuple(
        change(document, name, given, author=author, group=group) for name in taken
    )


def _is_proposed(entry: Entry) -> bool:
    return bool(getattr(entry, "is_proposed", False))
