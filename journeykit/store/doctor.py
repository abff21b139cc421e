"""Examine a workshop: everything must be there, as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from journeykit.errors import JourneyKitError
from journeykit.model.kinds import body
from journeykit.store.backend import Backend
from journeykit.store.chain import GENESIS, compact, link_hash, row_hash, text_hash
from journeykit.store.record import Replay, recorded
from journeykit.store.schema import (
    DATASET,
    EDIT,
    ENTRY,
    MARK,
    PRIVATE,
    STEP,
    STEPS,
    migrate,
)
from journeykit.store.sqlite import SqliteBackend, seal_of
from journeykit.store.store import utc_now

__all__ = ["Examination", "examine"]

_MAX_SHOWN = 20
_NAMES = "SELECT type, name, tbl_name FROM sqlite_master ORDER BY 1, 2"
_COLUMNS = """
SELECT t.name, c.cid, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
FROM sqlite_master AS t JOIN pragma_table_xinfo(t.name) AS c
WHERE t.type = 'table' ORDER BY 1, 2
"""
_INDEXES = """
SELECT t.name, i.name, i."unique", i.origin, i.partial, c.seqno, c.name, c."desc",
    c.coll
FROM sqlite_master AS t
JOIN pragma_index_list(t.name) AS i JOIN pragma_index_xinfo(i.name) AS c
WHERE t.type = 'table' ORDER BY 1, 2, 6
"""


@dataclass(frozen=True, slots=True)
class Examination:
    """What an examination found.

    Parameters
    ----------
    problems
        One sentence each; empty if the workshop is whole.
    n_edits, n_entries
        Edits in the record, and entries that stand.
    n_erased
        Edits whose text was erased on purpose.
    """

    problems: tuple[str, ...]
    n_edits: int = 0
    n_entries: int = 0
    n_erased: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


class _Findings:
    def __init__(self) -> None:
        self.problems: list[str] = []
        self.n_edits = self.n_entries = self.n_erased = 0

    def add(self, problem: str) -> None:
        if len(self.problems) < _MAX_SHOWN:
            self.problems.append(problem)


def examine(backend: Backend) -> Examination:
    """Replay the record of a workshop and compare everything with it.

    Parameters
    ----------
    backend
        The opened database; reading is enough.

    Returns
    -------
    Examination
        With a problem for each of: a file that differs from its seal, what SQLite's own
        check reports, a link of the chain that does not fit, a text that is not the one
        that was written, an entry that is not what the record leads to, a mark or
        imported table with another hash.
    """
    found = _Findings()
    if backend.path is not None:
        seal = seal_of(backend.path)
        if seal is not None and seal[0] != seal[1]:
            found.add("the file is not as it was when it was last closed")
    try:
        with backend.reading() as connection:
            _examine(connection, backend.dialect, found)
    except (
        JourneyKitError,
        SQLAlchemyError,
        DBAPIError,
        ValueError,  # text that is no UTF-8 or no JSON
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
    ) as error:
        found.add(f"it cannot be read to the end ({type(error).__name__}: {error})")
    return Examination(
        tuple(found.problems), found.n_edits, found.n_entries, found.n_erased
    )


def _examine(connection: Connection, dialect: str, found: _Findings) -> None:
    if dialect == "sqlite":
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
            if said != "ok":
                found.add(f"the database reports: {said}")
    steps = connection.execute(select(STEP).order_by(STEP.c.number)).all()
    names = [name for name, _ in STEPS]
    if [(row.number, row.name) for row in steps] != list(enumerate(names, start=1)):
        if len(steps) > len(names):
            found.add(
                f"a newer journeykit made it (schema {len(steps)}, this release knows "
                f"{len(names)}): examine it with that one"
            )
            return
        if steps and [row.name for row in steps] == names[: len(steps)]:
            found.add(
                f"an older journeykit made it (schema {len(steps)}, this release knows "
                f"{len(names)}): open it once, which keeps a copy and brings it here"
            )
            return
        found.add("the list of schema steps is not the known one")
    if dialect == "sqlite":
        _examine_schema(connection, found)
    for table in (MARK, DATASET, PRIVATE):
        for problem in _rows_differ(connection, table):
            found.add(problem)
    replay = _replay(connection, found)
    _compare(connection, replay, found)


def _examine_schema(connection: Connection, found: _Findings) -> None:
    """Compare number, tables and indexes with those of a new workshop."""
    number = connection.exec_driver_sql("PRAGMA user_version").scalar()
    if number != len(STEPS):
        found.add(f"its header says schema {number}, its tables are {len(STEPS)}")
    if _structure(connection) != _known_structure(STEPS):
        found.add("its tables or indexes are not the known ones")


@cache
def _known_structure(steps: tuple[tuple[str, Any], ...]) -> list[tuple[Any, ...]]:
    """Return the tables and indexes that these schema steps make."""
    backend = SqliteBackend(None)
    try:
        with backend.writing() as connection:
            migrate(connection, utc_now, steps)
            return _structure(connection)
    finally:
        backend.close()


def _structure(connection: Connection) -> list[tuple[Any, ...]]:
    """Return every column of tables and indexes; the wording of SQL does not count."""
    return [
        tuple(row)
        for query in (_NAMES, _COLUMNS, _INDEXES)
        for row in connection.exec_driver_sql(query)
    ]


def _rows_differ(connection: Connection, table: Table) -> Iterator[str]:
    for row in connection.execute(select(table)).mappings():
        if row["hash"] != row_hash(dict(row)):
            key = next(iter(row.values()))
            yield f"{table.name} {key!r} is not as it was written"


def _replay(connection: Connection, found: _Findings) -> Replay:
    """Walk the chain from its first link and return where it leads."""
    texts = {row.key: row for row in connection.execute(select(PRIVATE))}
    known = {key for key in texts if key.startswith("author:")}
    replay, before = Replay(), GENESIS

    def text_of(number: int) -> str | None:
        held = texts.get(f"edit:{number}")
        return None if held is None else str(held.text)

    rows = connection.execute(select(EDIT).order_by(EDIT.c.number)).mappings()
    for expected, row in enumerate(rows, start=1):
        found.n_edits += 1
        if row["number"] != expected:
            found.add(f"edit {expected} is missing")
            return replay
        if row["hash"] != link_hash(before, dict(row)):
            found.add(f"edit {expected} is not as it was written")
            return replay
        before = row["hash"]
        private = texts.get(f"edit:{expected}")
        if private is not None:
            known.add(private.key)
            if row["text_hash"] != text_hash(private.salt, private.text):
                found.add(f"the text of edit {expected} is not as it was written")
        step = recorded(row, text_of(expected), text_of)
        found.n_erased += step.is_erased
        replay.take(step)
    for key in texts.keys() - known:
        found.add(f"text {key!r} belongs to no edit")
    for mark in connection.execute(select(MARK)):
        if mark.number > found.n_edits:
            found.add(f"mark {mark.name!r} lies beyond the record")
    return replay


def _compare(connection: Connection, replay: Replay, found: _Findings) -> None:
    """Compare the table of entries with what the record leads to."""
    document = replay.document()
    found.n_entries = len(document)
    seen = set()
    for row in connection.execute(select(ENTRY)):
        seen.add(row.id)
        entry, version = document.get(row.id), document.version(row.id)
        stands = None if entry is None else compact(body(entry))
        fields = compact(dict(version.fields))
        if row.kind != replay.kinds.get(row.id) or row.body != stands:
            found.add(f"entry {row.id!r} is not what its record leads to")
        elif (row.version, row.fields) != (version.number, fields):
            found.add(f"the version of entry {row.id!r} is not what its record says")
    for name in replay.kinds.keys() - seen:
        found.add(f"entry {name!r} is missing")
