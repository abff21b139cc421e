"""APSW in the clothes of ``sqlite3``, so that the store can run on a disk of our own.

As much of the interface as SQLAlchemy's dialect for SQLite and the store ask for. The
rows of a statement are read at once. APSW's errors become the ones of ``sqlite3``, with
SQLite's own words, so that the store says the same to people.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from types import ModuleType
from typing import Any

import apsw

__all__ = ["Connection", "Cursor", "driver"]

_MEMBERS = (
    *("Binary", "DataError", "DatabaseError", "Error", "IntegrityError"),
    *("InterfaceError", "InternalError", "NotSupportedError", "OperationalError"),
    *("ProgrammingError", "Warning", "apilevel", "paramstyle", "threadsafety"),
)
_CLASSES: dict[type[Exception], type[sqlite3.Error]] = {
    apsw.ConstraintError: sqlite3.IntegrityError,
    apsw.MismatchError: sqlite3.IntegrityError,
    apsw.NotADBError: sqlite3.DatabaseError,
    apsw.CorruptError: sqlite3.DatabaseError,
    apsw.MisuseError: sqlite3.InterfaceError,
    apsw.RangeError: sqlite3.InterfaceError,
    apsw.ConnectionClosedError: sqlite3.ProgrammingError,
}
# What SQLite says of a result, where the disk below raised it with words of its own.
_WORDS: dict[type[Exception], str] = {
    apsw.FullError: "database or disk is full",
    apsw.IOError: "disk I/O error",
    apsw.CantOpenError: "unable to open database file",
}


def _translated(error: apsw.Error) -> sqlite3.Error:
    cls = _CLASSES.get(type(error), sqlite3.OperationalError)
    return cls(_WORDS.get(type(error), str(error)))


class Cursor:
    """A statement and its rows."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.description: tuple[tuple[Any, ...], ...] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self._rows: list[tuple[Any, ...]] = []

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Cursor:
        """Run a statement to its end."""
        return self._run(lambda cursor: cursor.execute(sql, tuple(values)))

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> Cursor:
        """Run a statement once for each row of values."""
        return self._run(lambda cursor: cursor.executemany(sql, map(tuple, rows)))

    def _run(self, run: Callable[[apsw.Cursor], Iterable[tuple[Any, ...]]]) -> Cursor:
        def see(cursor: apsw.Cursor, _sql: str, _values: object) -> bool:
            named = cursor.get_description()
            self.description = (
                tuple((name, *[None] * 6) for name, _ in named) if named else None
            )
            return True

        raw = self.connection.raw
        self.description, before = None, raw.total_changes()
        try:
            cursor = raw.cursor()
            cursor.exec_trace = see
            self._rows = list(run(cursor))[::-1]
        except apsw.Error as error:
            raise _translated(error) from error
        self.rowcount = -1 if self.description else raw.total_changes() - before
        self.lastrowid = raw.last_insert_rowid()
        return self

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row."""
        return self._rows.pop() if self._rows else None

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        """Return the next rows."""
        return [self._rows.pop() for _ in range(min(size, len(self._rows)))]

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return the rows that are left."""
        rows, self._rows = self._rows[::-1], []
        return rows

    def close(self) -> None:
        """Forget the rows."""
        self._rows = []


class Connection:
    """One open database."""

    isolation_level: str | None = None  # no transaction begins by itself

    def __init__(self, uri: str, vfs: str, timeout: float) -> None:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        try:
            self.raw = apsw.Connection(uri, flags | apsw.SQLITE_OPEN_URI, vfs)
        except apsw.Error as error:
            raise _translated(error) from error
        self.raw.set_busy_timeout(int(timeout * 1000))

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return self.raw.in_transaction

    def cursor(self) -> Cursor:
        """Return a fresh cursor."""
        return Cursor(self)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Cursor:
        """Run a statement on a cursor of its own."""
        return Cursor(self).execute(sql, values)

    def create_function(
        self,
        name: str,
        n_values: int,
        function: Callable[..., Any],
        *,
        deterministic: bool = False,
    ) -> None:
        """Make a function known to SQL."""
        self.raw.create_scalar_function(
            name, function, n_values, deterministic=deterministic
        )

    def commit(self) -> None:
        """Commit, if a transaction is open."""
        if self.in_transaction:
            self.execute("COMMIT")

    def rollback(self) -> None:
        """Roll back, if a transaction is open."""
        if self.in_transaction:
            self.execute("ROLLBACK")

    def close(self) -> None:
        """Close the database; like ``sqlite3``, say nothing of a failing disk."""
        with suppress(*_WORDS):
            self.raw.close()


def driver(vfs: str) -> ModuleType:
    """Return a module like ``sqlite3`` whose databases lie on the disk *vfs*."""
    module = ModuleType(f"apsw_on_{vfs}")
    for name in _MEMBERS:
        setattr(module, name, getattr(sqlite3, name))
    version = apsw.sqlite_lib_version()

    def connect(
        database: str,
        *,
        timeout: float = 5.0,
        uri: bool = False,
        check_same_thread: bool = True,
    ) -> Connection:
        return Connection(database, vfs, timeout)

    module.__dict__.update(
        connect=connect,
        sqlite_version=version,
        sqlite_version_info=tuple(map(int, version.split("."))),
    )
    return module
