"""What the record tells about people's work: when a field changed, who added what.

Only plain columns of the record are read, never what people wrote: so nothing that was
erased can come back, and a name that was erased is simply not there.
"""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import select

from journeykit.model.kinds import kind_class
from journeykit.store.schema import EDIT
from journeykit.store.store import Store

__all__ = ["began_with", "changed_by", "field_changes"]


def field_changes(
    store: Store, kind: str, field: str
) -> dict[str, tuple[tuple[datetime, object], ...]]:
    """Return when a field got which value, by entry, oldest first.

    Parameters
    ----------
    store
        The workshop's store.
    kind, field
        Of which entries, and which of their fields; one that holds no text of people.

    Returns
    -------
    dict
        The first of each entry is what it was added with.
    """
    start = kind_class(kind).model_fields[field].get_default(call_default_factory=True)
    query = (
        select(EDIT.c.entry, EDIT.c.patch, EDIT.c.time, EDIT.c.verb)
        .where(EDIT.c.kind == kind, EDIT.c.verb != "remove")
        .order_by(EDIT.c.number)
    )
    found: dict[str, list[tuple[datetime, object]]] = {}
    with store.backend.reading() as connection:
        for row in connection.execute(query):
            plain = json.loads(row.patch)["plain"]
            if row.verb == "add":
                plain.setdefault(field, start)
            if field in plain:
                when = datetime.fromisoformat(row.time)
                found.setdefault(row.entry, []).append((when, plain[field]))
    return {entry: tuple(changes) for entry, changes in found.items()}


def changed_by(store: Store, since: int = 0) -> dict[str, frozenset[str]]:
    """Return which entries each author changed, by author.

    Parameters
    ----------
    store
        The workshop's store.
    since
        Number of the record after which to look.
    """
    query = select(EDIT.c.author, EDIT.c.entry).where(EDIT.c.number > since)
    query = query.where(EDIT.c.verb == "change", EDIT.c.author.is_not(None)).distinct()
    found: dict[str, set[str]] = {}
    with store.backend.reading() as connection:
        for row in connection.execute(query):
            found.setdefault(row.author, set()).add(row.entry)
    return {author: frozenset(entries) for author, entries in found.items()}


def began_with(store: Store) -> frozenset[str]:
    """Return what a workshop began with: that of its starter is nobody's own work."""
    first = select(EDIT.c.edit_group).where(EDIT.c.number == 1).scalar_subquery()
    query = select(EDIT.c.entry).where(EDIT.c.edit_group == first)
    with store.backend.reading() as connection:
        return frozenset(connection.execute(query).scalars())
