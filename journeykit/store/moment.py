"""The last moment of a workshop that this process has seen, kept in memory.

Whoever reads or writes first catches up: only entries that changed since are read. If
the record was replaced meanwhile (a backup was restored), everything is read afresh.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, bindparam, select

from journeykit.model import Document
from journeykit.model.base import Entry
from journeykit.model.kinds import KINDS, read_entries
from journeykit.store.chain import GENESIS
from journeykit.store.record import versions_from
from journeykit.store.schema import EDIT, ENTRY

__all__ = ["Moment", "Seen", "last_edit"]


class Seen(NamedTuple):
    """A document, with number and hash of the edit that it stands at."""

    document: Document
    number: int
    hash: str


# Built once: making a statement costs as much CPU as running it.
_LAST = select(EDIT.c.number, EDIT.c.hash).order_by(EDIT.c.number.desc()).limit(1)
_HERE = select(EDIT.c.hash).where(EDIT.c.number == bindparam("seen"))
_CHANGED = select(ENTRY).where(
    ENTRY.c.id.in_(select(EDIT.c.entry).where(EDIT.c.number > bindparam("seen")))
)


class Moment:
    """What was seen last: always one whole, whichever thread put it there."""

    def __init__(self) -> None:
        self.seen: Seen | None = None

    def forget(self) -> None:
        """Read everything afresh next time."""
        self.seen = None

    def catch_up(self, connection: Connection) -> Seen:
        """Read what others wrote, and return what stands now."""
        number, last_hash = last_edit(connection)
        seen = self.seen
        if seen is not None and (seen.number, seen.hash) == (number, last_hash):
            return seen
        document = None
        if seen is not None and number > seen.number:
            document = _ahead(connection, seen)
        if document is None:  # an empty document is one too
            document = _whole(connection)
        self.seen = Seen(document, number, last_hash)
        return self.seen


def _ahead(connection: Connection, seen: Seen) -> Document | None:
    """Return the document with what changed; None if the record is another."""
    at = {"seen": seen.number}
    if seen.number and connection.execute(_HERE, at).scalar() != seen.hash:
        return None
    rows = connection.execute(_CHANGED, at).mappings().all()
    gone = [row["id"] for row in rows if row["body"] is None]
    return seen.document.with_entries(_entries(rows), gone, versions_from(rows))


def last_edit(connection: Connection) -> tuple[int, str]:
    """Return number and hash of the last edit; 0 and the genesis hash if none."""
    row = connection.execute(_LAST).first()
    return (0, GENESIS) if row is None else (row.number, row.hash)


def _whole(connection: Connection) -> Document:
    rows = connection.execute(select(ENTRY)).mappings().all()
    versioned = [row for row in rows if row["version"] != 1 or row["body"] is None]
    return Document(_entries(rows), versions=versions_from(versioned))


def _entries(rows: Sequence[RowMapping]) -> list[Entry]:
    """Return the entries of rows at once; kinds of a newer release are passed over."""
    bodies = [row["body"] for row in rows if row["body"] and row["kind"] in KINDS]
    return read_entries("[" + ",".join(bodies) + "]")
