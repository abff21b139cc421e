"""Where a workshop is kept: every acknowledged edit is there, whoever else writes.

A write holds the lock, catches up with what others wrote, applies the edits with the
very functions of the model, adds them to the record and commits. A refused group leaves
nothing behind; a group that is sent again is answered, not doubled.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from journeykit.errors import (
    DanglingReferenceError,
    FileProblemError,
    InputError,
    UnknownNameError,
)
from journeykit.model import Document, Edit, apply
from journeykit.model.edits import new_edit_id
from journeykit.model.kinds import body
from journeykit.store.backend import Backend, Mark, Receipt
from journeykit.store.chain import compact, new_salt, row_hash
from journeykit.store.moment import Moment, Seen, last_edit
from journeykit.store.record import Recorded, Replay, edit_rows, read_record
from journeykit.store.repeats import repeat_of
from journeykit.store.schema import EDIT, ENTRY, MARK, PRIVATE, STEPS, step_of
from journeykit.store.undo import Undoing, edits_undoing, last_group
from journeykit.text import clean_text

__all__ = ["Store", "utc_now"]

_MAX_NAME = 200
_FRESH = ("kind", "body", "version", "fields")  # columns that an edit makes anew


def _upsert(insert_into: Any) -> Any:  # Any: either dialect's own statement
    upsert = insert_into(ENTRY)
    fresh = {name: upsert.excluded[name] for name in _FRESH}
    return upsert.on_conflict_do_update(index_elements=["id"], set_=fresh)


# Built once: making a statement costs as much CPU as running it.
_UPSERT = {
    "sqlite": _upsert(sqlite.insert),
    "postgresql": _upsert(postgresql.insert),
}


def utc_now() -> datetime:
    """Return the present moment; tests put a clock of their own in its place."""
    return datetime.now(UTC)


class Store:
    """The record and the entries of one workshop.

    Parameters
    ----------
    backend
        The database beneath; :func:`journeykit.store.open_store` makes it.
    now
        The clock.
    """

    def __init__(
        self, backend: Backend, *, now: Callable[[], datetime] = utc_now
    ) -> None:
        self.backend = backend
        self.now = now
        self._moment = Moment()
        self.on_publish: Callable[[], object] | None = None
        """What to do on every mark and on closing, where the file lies elsewhere."""
        self._is_closed = False

    @property
    def where(self) -> str:
        """The file or address, for messages."""
        return self.backend.where

    # --- reading --------------------------------------------------------------------

    def document(self, at: str | int | None = None) -> Document:
        """Return the document as it stands, or at a mark or number of the record.

        Raises
        ------
        UnknownNameError
            If there is no such mark.
        InputError
            If the record has no such number.
        FileProblemError
            If a newer release wrote what this one does not know.
        """
        with self.backend.reading() as connection:
            until = None if at is None else _number_of(connection, at)
            try:
                if until is None:
                    return self._moment.catch_up(connection).document
                replay = Replay()
                for step in read_record(connection, EDIT.c.number <= until):
                    replay.take(step)
                return replay.document()
            except (DanglingReferenceError, InputError, UnknownNameError) as error:
                if step_of(connection) > len(STEPS):
                    raise FileProblemError(
                        self.where,
                        "a newer journeykit made it, and this one cannot show it all",
                        "Install a newer journeykit",
                    ) from error
                raise

    def number(self) -> int:
        """Return the number of the last edit; 0 in an empty workshop."""
        with self.backend.reading() as connection:
            return last_edit(connection)[0]

    def changes_since(self, number: int) -> tuple[Recorded, ...]:
        """Return the edits after *number*, in order: what a live view asks for."""
        with self.backend.reading() as connection:
            return tuple(read_record(connection, EDIT.c.number > number))

    def history(self, entry_id: str) -> tuple[Recorded, ...]:
        """Return every edit of an entry, in order."""
        with self.backend.reading() as connection:
            return tuple(read_record(connection, EDIT.c.entry == entry_id))

    def written(self, group: str) -> Receipt | None:
        """Return the answer to a group that was written already; None if it was not."""
        with self.backend.reading() as connection:
            mine = select(EDIT.c.number).where(EDIT.c.edit_group == group)
            numbers = tuple(connection.execute(mine.order_by(EDIT.c.number)).scalars())
        return Receipt(group, numbers, is_repeat=True) if numbers else None

    def added_by(self, since: int = 0) -> dict[str, str]:
        """Return who added each entry, by id, where the record says it.

        Parameters
        ----------
        since
            Number of the record after which to look.
        """
        adding = (EDIT.c.verb == "add", EDIT.c.author.is_not(None))
        query = select(EDIT.c.entry, EDIT.c.author).where(EDIT.c.number > since)
        with self.backend.reading() as connection:
            rows = connection.execute(query.where(*adding).order_by(EDIT.c.number))
            return {row.entry: row.author for row in rows}

    def marks(self) -> tuple[Mark, ...]:
        """Return the named moments, oldest first."""
        with self.backend.reading() as connection:
            rows = connection.execute(select(MARK).order_by(MARK.c.number, MARK.c.time))
            return tuple(
                Mark(row.name, row.number, row.author, row.reason, row.time)
                for row in rows
            )

    def author_names(self) -> dict[str, str]:
        """Return the names of authors by their ids, where they were not erased."""
        names = PRIVATE.c.key.startswith("author:")
        with self.backend.reading() as connection:
            rows = connection.execute(select(PRIVATE).where(names))
            return {row.author: json.loads(row.text) for row in rows}

    # --- writing --------------------------------------------------------------------

    def write(self, edits: Sequence[Edit]) -> Receipt:
        """Write one group of edits, whole or not at all.

        Parameters
        ----------
        edits
            Edits that share a group id. A group that was written before is only
            answered again; it must be the very same then.

        Returns
        -------
        Receipt
            Once it is returned, the edits are on the disk.

        Raises
        ------
        ConflictError, DanglingReferenceError, InputError, UnknownNameError
            If the edits are refused (see :func:`journeykit.model.apply`).
        ReadOnlyError, BusyError, FileProblemError
            If nothing could be written; the edits may be sent again as they are.
        """
        groups = {edit.group for edit in edits}
        if len(groups) != 1:
            raise InputError(f"one group of edits was expected, found {len(groups)}")
        with self.backend.writing() as connection:
            repeat = repeat_of(connection, edits)
            if repeat is not None:
                return repeat
            before = self._moment.seen
            seen = self._moment.catch_up(connection)
            done = self._add(connection, seen, [Undoing(edit, {}) for edit in edits])
        receipt = self._acknowledge(done)
        if before is not None and seen.number > before.number:
            self.backend.is_contended()
        return receipt

    def undo(
        self,
        author: str | None = None,
        *,
        group: str | None = None,
        made: str | None = None,
    ) -> Receipt | None:
        """Undo the last group of an author that was not undone yet, or a named one.

        Parameters
        ----------
        author
            Whose last group; nobody's in particular if None.
        group
            A group to undo instead. That of an undoing brings back what it took away.
        made
            Id of the group that undoes, for those who may have to ask again; a fresh
            one if None. What was written under it already is only answered.

        Returns
        -------
        Receipt or None
            None if there is nothing to undo.

        Raises
        ------
        ConflictError
            If a field was changed by somebody else since; nothing is undone then.
        DanglingReferenceError
            If somebody else points to what would go.
        """
        known = self.written(made) if made else None
        if known is not None:
            return known
        with self.backend.writing() as connection:
            seen = self._moment.catch_up(connection)
            group = group or last_group(connection, author)
            if group is None:
                return None
            own = made or new_edit_id()
            edits = edits_undoing(connection, group, seen.document, own)
            done = self._add(connection, seen, edits, undoes=group)
        return self._acknowledge(done)

    def mark(self, name: str, *, author: str | None = None, reason: str = "") -> Mark:
        """Name the present moment.

        Raises
        ------
        InputError
            If the name is empty or taken.
        """
        clean = clean_text(name, max_length=_MAX_NAME).text.strip()
        if not clean:
            raise InputError("a mark needs a name")
        why = clean_text(reason).text
        with self.backend.writing() as connection:
            taken = connection.execute(select(MARK.c.name).where(MARK.c.name == clean))
            if taken.first() is not None:
                raise InputError(f"there is a mark {clean!r} already")
            time = self.now().isoformat(timespec="microseconds")
            mark = Mark(clean, last_edit(connection)[0], author, why, time)
            row = {name: getattr(mark, name) for name in Mark.__slots__}
            connection.execute(insert(MARK), row | {"hash": row_hash(row)})
        if self.on_publish is not None:
            self.on_publish()
        return mark

    def name_author(self, author: str, name: str) -> None:
        """Keep the name of an author, apart from the record and erasable."""
        text = json.dumps(clean_text(name, max_length=_MAX_NAME).text)
        row = {"key": f"author:{author}", "author": author, "entry": None}
        row |= {"salt": new_salt(), "text": text}
        with self.backend.writing() as connection:
            connection.execute(delete(PRIVATE).where(PRIVATE.c.key == row["key"]))
            connection.execute(insert(PRIVATE), row | {"hash": row_hash(row)})

    def forget_moment(self) -> None:
        """Read everything afresh next time, after the tables were replaced."""
        self._moment.forget()

    def close(self) -> None:
        """Close the workshop; the last to leave folds everything into the one file.

        Closing again does nothing.
        """
        self.backend.close()
        if self._is_closed:
            return
        self._is_closed = True
        if self.on_publish is not None:
            self.on_publish()

    def add_in(self, connection: Connection, edits: Sequence[Edit]) -> None:
        """Add edits within a transaction that the caller holds and commits."""
        seen = self._moment.catch_up(connection)
        self._add(connection, seen, [Undoing(edit, {}) for edit in edits])

    def _add(
        self,
        connection: Connection,
        seen: Seen,
        edits: Sequence[Undoing],
        undoes: str | None = None,
    ) -> tuple[Document, list[dict[str, Any]]]:
        """Put edits into the record and the entries; return what then stands."""
        before, number, last_hash = seen
        new = apply(before, [edit for edit, _ in edits])
        time = self.now().isoformat(timespec="microseconds")
        versions: dict[str, int] = {}
        rows, private = [], []
        for edit, sources in edits:
            number += 1
            version = versions.get(edit.entry, before.version(edit.entry).number) + 1
            versions[edit.entry] = version
            row, text = edit_rows(
                edit,
                number=number,
                version=version,
                time=time,
                before=last_hash,
                undoes=undoes,
                sources=sources,
            )
            last_hash = row["hash"]
            rows.append(row)
            if text is not None:
                private.append(text)
        connection.execute(insert(EDIT), rows)
        if private:
            connection.execute(insert(PRIVATE), private)
        kinds = {edit.entry: edit.kind for edit, _ in edits}
        connection.execute(
            _UPSERT[self.backend.dialect],
            [_entry_row(new, name, kind) for name, kind in kinds.items()],
        )
        return new, rows

    def _acknowledge(self, done: tuple[Document, list[dict[str, Any]]]) -> Receipt:
        """Answer for edits that were committed, and keep the moment they made."""
        document, rows = done
        self._moment.seen = Seen(document, rows[-1]["number"], rows[-1]["hash"])
        return Receipt(rows[0]["edit_group"], tuple(row["number"] for row in rows))


def _entry_row(document: Document, entry_id: str, kind: str) -> dict[str, Any]:
    entry, version = document.get(entry_id), document.version(entry_id)
    return {
        "id": entry_id,
        "kind": kind,
        "body": None if entry is None else compact(body(entry)),
        "version": version.number,
        "fields": compact(dict(version.fields)),
    }


def _number_of(connection: Connection, at: str | int) -> int:
    if isinstance(at, int):
        last = last_edit(connection)[0]
        if not 0 <= at <= last:
            raise InputError(f"the record runs from 0 to {last}, found {at}")
        return at
    marks = {mark.name: mark.number for mark in connection.execute(select(MARK))}
    if at not in marks:
        raise UnknownNameError("mark", at, marks)
    return int(marks[at])
