"""SQLite beneath a workshop: how it is opened, locked and closed.

WAL, ``synchronous=FULL``, ``BEGIN IMMEDIATE``, and one advisory lock on a file beside
the workshop around every write and every checkpoint. Deferred transactions, as mappers
use them, failed 98 % of the edits of 30 writers; SQLite releases before 3.51.3 can lose
a checkpoint that races with a write, which the lock rules out.

The last to leave turns the WAL off, so that a closed workshop is one plain file that
can be sent by e-mail and read from a folder that nobody may write.
"""

from __future__ import annotations

import hashlib
import os
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from filelock import Timeout
from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine
from sqlalchemy.exc import DBAPIError

from journeykit.errors import (
    BusyError,
    DamagedFileError,
    FileProblemError,
    ReadOnlyError,
)
from journeykit.store.faults import LOCK_SECONDS, NOT_READ, plain_errors
from journeykit.store.lock import WriterLock

__all__ = [
    "APPLICATION_ID",
    "COMPANIONS",
    "SqliteBackend",
    "file_problem",
    "remove_file",
    "seal_of",
    "seal_path",
    "version_of",
]

APPLICATION_ID = 0x4A4B4954  # "JKIT"
COMPANIONS = ("", "-wal", "-shm", "-journal", ".seal")
"""Endings of a workshop file and of what stands beside it, but the lock."""
_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100


class SqliteBackend:
    """One SQLite file, or one in memory, with its writer's lock.

    Parameters
    ----------
    path
        The file; None for a workshop in memory.
    is_read_only
        Whether it is opened for reading only.
    dbapi
        Another driver with the interface of ``sqlite3``, for tests of power cuts.
    """

    dialect = "sqlite"

    def __init__(
        self,
        path: Path | None,
        *,
        is_read_only: bool = False,
        dbapi: ModuleType | None = None,
    ) -> None:
        self.path = path
        self.is_read_only = is_read_only
        self.where = str(path) if path else "workshop in memory"
        self._threads = threading.RLock()
        self._lock = (
            WriterLock(path.with_name(f"{path.name}.lock"), LOCK_SECONDS)
            if path and not is_read_only
            else None
        )
        self._is_closed = False
        self._engine = self._new_engine(dbapi)
        with plain_errors(self.where, "it cannot be opened"):
            self.connection: Connection = self._engine.connect()
            raw = self.connection.connection.dbapi_connection
            self._give_back = weakref.finalize(self, _abandon, raw, self._lock)
            try:
                self._configure()
            except BaseException:
                self._give_back()
                raise
        self._file = _identity(path)

    def _new_engine(self, dbapi: ModuleType | None) -> Engine:
        url = URL.create("sqlite+pysqlite")
        if self.path is not None:
            mode = _read_mode(self.path) if self.is_read_only else {"mode": "rwc"}
            file = quote(os.fsencode(self.path.absolute()))
            url = url.set(database=f"file:{file}", query={**mode, "uri": "true"})
        return create_engine(
            url,
            module=dbapi,
            poolclass=StaticPool,
            pool_reset_on_return=None,  # each transaction is ended here
            connect_args={"check_same_thread": False, "timeout": LOCK_SECONDS},
            isolation_level="AUTOCOMMIT",
        )

    def _configure(self) -> None:
        say = self.connection.exec_driver_sql
        if not self.is_read_only:
            with self._locked():  # a first connection may make or recover the WAL
                if self.path is not None:
                    # Before anything is changed, or doctor would find a stale seal.
                    seal_path(self.path).unlink(missing_ok=True)
                if not say("PRAGMA application_id").scalar():
                    say(f"PRAGMA application_id = {APPLICATION_ID}")
                say("PRAGMA journal_mode = WAL").all()  # in memory it stays "memory"
            say("PRAGMA synchronous = FULL")
            say("PRAGMA secure_delete = ON").all()
        say("PRAGMA trusted_schema = OFF")
        say("PRAGMA cell_size_check = ON")

    def is_contended(self) -> None:
        """Let others come first, where the lock does not see to it."""
        if self._lock is not None:
            self._lock.give_way()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold the writer's lock and one transaction: committed whole or not at all."""
        if self.is_read_only:
            raise ReadOnlyError(
                self.where, "the workshop is open for reading only, nothing was changed"
            )
        with self._threads, plain_errors(self.where), self._locked():
            self._check_open()
            if _identity(self.path) != self._file:
                raise FileProblemError(
                    self.where,
                    "the file was moved, deleted or replaced while it was open",
                    "Open the workshop again; nothing that was saved before is lost",
                )
            self.connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.exec_driver_sql("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Hold one moment of the workshop for several queries."""
        with self._threads, plain_errors(self.where, NOT_READ):
            self._check_open()
            self.connection.exec_driver_sql("BEGIN")
            try:
                yield self.connection
            finally:
                self._roll_back()

    def _check_open(self) -> None:
        if self._is_closed:
            raise FileProblemError(
                self.where, "the workshop was closed", "Open it again"
            )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        if self._lock is None:
            yield
        else:
            with self._lock:
                yield

    def _roll_back(self) -> None:
        # After some failures SQLite has rolled back by itself.
        driver: Any = self.connection.connection.dbapi_connection
        if driver is not None and getattr(driver, "in_transaction", True):
            self.connection.exec_driver_sql("ROLLBACK")

    def set_version(self, connection: Connection, version: int) -> None:
        """Write the schema number where a reader finds it without the tables."""
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")

    def wipe(self) -> None:
        """Leave no byte of what was deleted: fold the WAL in and cut it to nothing."""
        with self._threads, plain_errors(self.where), self._locked():
            self._check_open()
            folded = self.connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            if folded.one()[0]:  # somebody has been reading all the time
                raise BusyError(self.where, LOCK_SECONDS)

    def keep_whole(self, name: str) -> None:
        """Keep a copy beside the file, whatever its schema, written aside and moved."""
        if self.path is None:
            return
        kept = self.path.with_suffix(f".{name}{self.path.suffix}")
        aside = kept.with_name(f".{kept.name}.part")
        with self._threads, plain_errors(self.where):
            self._check_open()
            aside.unlink(missing_ok=True)
            self.connection.exec_driver_sql("VACUUM INTO ?", (str(aside),))
            with aside.open("rb+") as file:
                os.fsync(file.fileno())
            aside.replace(kept)

    def close(self) -> None:
        """Close the file under the lock; the last to leave folds the WAL in."""
        with self._threads:
            if self._is_closed:
                return
            with plain_errors(self.where, "it cannot be closed"), self._locked():
                self._is_closed = True
                try:
                    is_last = self._leaves_last()
                finally:
                    self._give_back.detach()
                    self.connection.close()
                    self._engine.dispose()
                if is_last and self.path is not None:
                    _seal(self.path)

    def _leaves_last(self) -> bool:
        """Turn the WAL off, which works only when nobody else has the file open."""
        if self.path is None or self.is_read_only or _identity(self.path) != self._file:
            return False
        self.connection.exec_driver_sql("PRAGMA busy_timeout = 0").close()
        try:
            mode = self.connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
            return str(mode.scalar()) == "delete"
        except DBAPIError as error:
            # A query that was broken off counts as a transaction of our own.
            if any(word in str(error.orig) for word in ("locked", "transaction")):
                return False
            raise


def file_problem(path: Path) -> FileProblemError | None:  # noqa: PLR0911 - one a fault
    """Return why *path* is no workshop to be opened; None if it looks like one."""
    where = str(path)
    try:
        if path.is_dir():
            return FileProblemError(
                where, "this is a folder, a workshop file was expected"
            )
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
            size = file.seek(0, os.SEEK_END)
    except FileNotFoundError:
        near = ", ".join(sorted(p.name for p in path.parent.glob("*.journey"))[:5])
        mend = f"In that folder there is {near}" if near else "Make it: journeykit new"
        return FileProblemError(where, "there is no such workshop file", mend)
    except OSError as error:
        return FileProblemError(where, f"the file cannot be read ({error.strerror})")
    restore = "Restore the last good backup with 'journeykit restore'"
    if not size:
        return DamagedFileError(where, "the file is empty", restore)
    if not header.strip(b"\0"):
        return DamagedFileError(where, "the file holds nothing but zeros", restore)
    if len(header) < _HEADER_BYTES and header.startswith(_MAGIC[: len(header)]):
        return DamagedFileError(where, "the file was cut off", restore)
    if not header.startswith(_MAGIC):
        return FileProblemError(where, "this is not a workshop file, another program's")
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        return FileProblemError(where, "this is another program's database")
    page_bytes = int.from_bytes(header[16:18])
    page_bytes = 65_536 if page_bytes == 1 else page_bytes
    wal = path.with_name(path.name + "-wal")
    is_whole = wal.exists() and wal.stat().st_size
    if not is_whole and size < page_bytes * int.from_bytes(header[28:32]):
        return DamagedFileError(where, "the file was cut off", restore)
    return None


def version_of(path: Path) -> int:
    """Return the schema number of a workshop file, from its header."""
    with path.open("rb") as file:
        return int.from_bytes(file.read(_HEADER_BYTES)[60:64])


def remove_file(path: Path) -> None:
    """Remove a workshop file with everything that stands beside it."""
    for suffix in (*COMPANIONS, ".lock"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def seal_path(path: Path) -> Path:
    """Return the small file that holds the hash of a cleanly closed workshop."""
    return path.with_name(path.name + ".seal")


def seal_of(path: Path) -> tuple[str, str] | None:
    """Return the sealed and the present SHA-256 of a workshop; None if unsealed.

    After a power cut there may be a seal without content, or an old one beside a file
    that was open; those say nothing.
    """
    try:
        sealed = seal_path(path).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    has_log = any(_has_companion(path, suffix) for suffix in ("-wal", "-journal"))
    if not sealed or has_log or _is_wal(path):
        return None
    with path.open("rb") as file:
        return sealed, hashlib.file_digest(file, "sha256").hexdigest()


def _seal(path: Path) -> None:
    """Note the hash of a file that nobody has open."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    # A seal is a help to doctor; a workshop is whole without it.
    with suppress(OSError):
        seal_path(path).write_text(digest, encoding="ascii")


def _abandon(raw: Any, lock: WriterLock | None) -> None:  # Any: a driver's connection
    """Close a file that was never closed, as safely as may be: who knows who waits."""
    try:
        # Without the lock, or the folder, it is as if the process was killed.
        with suppress(Timeout, OSError):
            if lock is not None:
                lock.acquire(timeout=0)
        raw.close()
    finally:
        if lock is not None:
            lock.release()


def _identity(path: Path | None) -> tuple[int, int] | None:
    if path is None:
        return None
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _read_mode(path: Path) -> dict[str, str]:
    """Return how to read a file; a WAL without a folder to write needs its own way.

    A journal that was left when the power went is played back before anybody reads.
    """
    can_write = os.access(path.parent, os.W_OK)
    if can_write and _has_companion(path, "-journal") and os.access(path, os.W_OK):
        return {"mode": "rw"}
    wal, shared = (path.with_name(path.name + end) for end in ("-wal", "-shm"))
    if _is_wal(path) and not can_write:
        if not wal.exists():
            return {"mode": "ro", "immutable": "1"}
        if not shared.exists():
            raise FileProblemError(
                str(path),
                "it was not closed properly, and its folder cannot be written",
                f"Copy it to a folder of yours together with {wal.name}, open it there",
            )
    return {"mode": "ro"}


def _is_wal(path: Path) -> bool:
    """Return whether a file was left in the state in which it is worked on."""
    with path.open("rb") as file:
        return file.read(20)[18:20] == b"\x02\x02"


def _has_companion(path: Path, suffix: str) -> bool:
    # Where a name has its longest, the longer one of a companion cannot exist.
    with suppress(OSError):
        return path.with_name(path.name + suffix).stat().st_size > 0
    return False
