"""Erase what a person wrote, and the person's name, to the last byte.

The chain of hashes stays whole: it holds only salted hashes of texts. That something
was erased is itself recorded, so that every open view takes it up and nobody writes the
old text back.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, select, update

from journeykit.model import Edit
from journeykit.model.edits import new_edit_id
from journeykit.model.kinds import body
from journeykit.store.chain import compact
from journeykit.store.record import Replay, read_record
from journeykit.store.schema import ENTRY, PRIVATE
from journeykit.store.store import Store

__all__ = ["Erasure", "forget_author", "forget_entry"]


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased: texts in the record, and entries that show ``[erased]`` now."""

    n_texts: int
    entries: tuple[str, ...]


def forget_author(store: Store, author: str) -> Erasure:
    """Erase the name of an author and every text that this author wrote.

    Backups that were made before still hold them.
    """
    return _forget(store, PRIVATE.c.author == author)


def forget_entry(store: Store, entry_id: str) -> Erasure:
    """Erase every text that an entry ever held, whoever wrote it.

    Backups that were made before still hold them.
    """
    return _forget(store, PRIVATE.c.entry == entry_id)


def _forget(store: Store, wanted: ColumnElement[bool]) -> Erasure:
    try:
        with store.backend.writing() as connection:
            rows = connection.execute(
                select(PRIVATE.c.key, PRIVATE.c.entry).where(wanted)
            ).all()
            touched = {row.entry for row in rows if row.entry}
            n_texts = sum(row.key.startswith("edit:") for row in rows)
            connection.execute(delete(PRIVATE).where(wanted))
            store.forget_moment()
            standing = _rewrite(connection, touched)
            if standing:
                store.add_in(connection, standing)
    finally:  # what was seen within a transaction that failed never was
        store.forget_moment()
    store.backend.wipe()
    if store.on_publish is not None:
        store.on_publish()
    return Erasure(n_texts, tuple(sorted(touched)))


def _rewrite(connection: Connection, names: Collection[str]) -> list[Edit]:
    """Put in the entries what the record leads to without the erased texts.

    Returns edits that change nothing: by them others see that the entries are new.
    """
    replay = Replay()
    for step in read_record(connection):
        if step.edit.entry in names:
            replay.take(step)
    group, edits = new_edit_id(), []
    for entry in replay.entries():
        statement = update(ENTRY).where(ENTRY.c.id == entry.id)
        connection.execute(statement.values(body=compact(body(entry))))
        edit = Edit(verb="change", entry=entry.id, kind=entry.kind, group=group)
        edits.append(edit)
    return edits
