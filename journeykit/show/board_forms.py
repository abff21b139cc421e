"""What a board's panel asks for: the forms of the kinds on it, and what they offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from journeykit.errors import UnknownNameError
from journeykit.layout.zones import Layout
from journeykit.model import Document, Entry, Link
from journeykit.model.fields import fields_of, label_of, plural_of, text_field_of
from journeykit.model.kinds import kind_class
from journeykit.model.relations import RELATIONS
from journeykit.show.board_joins import JOINS, Join

__all__ = ["forms_of", "kinds_on", "known_fields", "links_of", "refs_of"]


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


def known_fields(kind: str, names: Iterable[str]) -> list[str]:
    """Return fields of a kind that a form is to ask for.

    Raises
    ------
    UnknownNameError
        If there is no such kind or field.
    """
    known, asked = [one.name for one in fields_of(kind)], list(names)
    for name in asked:
        if name not in known:
            raise UnknownNameError("field", name, known, label_of(kind))
    return asked


def forms_of(
    kinds: Iterable[str], settings: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the form of each kind, as the page builds it.

    Parameters
    ----------
    kinds
        The kinds.
    settings
        How the board is shown: ``only`` has the fields to ask for, beside those that
        are needed; with the ``kind`` of a form come the links that it offers.
    """
    asked = settings or {}
    only = asked.get("only", ())
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
            "joins": [_join(one) for one in _joins(asked) if kind == asked["kind"]],
        }
        for kind in sorted(kinds)
    }


def _joins(settings: Mapping[str, Any]) -> tuple[Join, ...]:
    """Return what the form asks for beside its fields; boards draw their links."""
    return () if settings.get("only") else JOINS.get(settings.get("kind", ""), ())


def _join(one: Join) -> dict[str, Any]:
    return {
        "title": one.title,
        "relation": one.relation,
        "kinds": [[kind, plural_of(kind)] for kind in one.kinds],
        "is_source": one.is_source,
    }


def refs_of(
    document: Document, kinds: Iterable[str], settings: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return id and name of every entry that these forms may point to, by kind."""
    wanted = {other for kind in kinds for one in fields_of(kind) for other in one.refs}
    wanted |= {kind for one in _joins(settings or {}) for kind in one.kinds}
    return {
        kind: [[one.id, one.name_for_people] for one in document.of(kind_class(kind))]
        for kind in sorted(wanted)
    }


def links_of(document: Document, entry: Entry) -> list[list[str]]:
    """Return the links of an entry: id, relation, other end, its name, in words."""
    found = []
    for one in document.referrers(entry.id):
        if isinstance(one, Link):
            is_source = one.source == entry.id
            other = document[one.target if is_source else one.source]
            words = _question(entry.kind, one.relation, is_source=is_source)
            found.append([one.id, one.relation, other.id, other.name_for_people, words])
    return found


def _question(kind: str, relation: str, *, is_source: bool) -> str:
    """Return how a form asks for such links, else what the link says."""
    for one in JOINS.get(kind, ()):
        if (one.relation, one.is_source) == (relation, is_source):
            return one.title
    label = next(rule.label for name, rule in RELATIONS.items() if name == relation)
    return label if is_source else f"{label} this"
