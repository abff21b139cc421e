"""What a board's panel asks for: the forms of the kinds on it, and what they offer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from journeykit.layout.zones import Layout
from journeykit.model import Document, Entry, Link
from journeykit.model.fields import fields_of, label_of, plural_of, text_field_of
from journeykit.model.kinds import kind_class

__all__ = ["forms_of", "kinds_on", "links_of", "refs_of"]


def kinds_on(
    layout: Layout, document: Document, settings: Mapping[str, Any]
) -> frozenset[str]:
    """Return the kinds that stand on a board or can be put there."""
    found = {str(settings.get("kind", ""))}
    for zone in layout.zones:
        found |= {zone.adds, *zone.puts, *(card.kind for card in zone.cards)}
    for head in layout.heads:
        entry = document.get(head.entry)
        found |= {entry.kind} if entry else set()
    return frozenset(found - {""})


def forms_of(kinds: Iterable[str], only: Collection[str] = ()) -> dict[str, Any]:
    """Return the form of each kind, as the page builds it.

    Parameters
    ----------
    kinds
        The kinds.
    only
        The fields to ask for, beside those that are needed; all if empty.
    """
    return {
        kind: {
            "label": label_of(kind),
            "plural": plural_of(kind),
            "text_field": text_field_of(kind),
            "fields": [
                one.as_json()
                for one in fields_of(kind)
                if not only or one.is_required or one.name in only
            ],
        }
        for kind in sorted(kinds)
    }


def refs_of(document: Document, kinds: Iterable[str]) -> dict[str, Any]:
    """Return id and name of every entry that these forms may point to, by kind."""
    wanted = {other for kind in kinds for one in fields_of(kind) for other in one.refs}
    return {
        kind: [[one.id, one.name_for_people] for one in document.of(kind_class(kind))]
        for kind in sorted(wanted)
    }


def links_of(document: Document, entry_id: str) -> list[tuple[Link, Entry]]:
    """Return the links of an entry, each with what is at its other end."""
    found = []
    for one in document.referrers(entry_id):
        if isinstance(one, Link):
            other = one.target if one.source == entry_id else one.source
            found.append((one, document[other]))
    return found
