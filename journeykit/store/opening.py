"""Open or make a workshop by path or URL; what is wrong with it is said first."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import ModuleType

from journeykit.errors import FileProblemError, InputError, warn
from journeykit.store.backend import Backend
from journeykit.store.places import unsafe_place
from journeykit.store.postgres import PostgresBackend
from journeykit.store.schema import STEPS, migrate, step_of
from journeykit.store.sqlite import SqliteBackend, file_problem, version_of
from journeykit.store.store import Store, utc_now

__all__ = ["SUFFIX", "check_free", "is_url", "open_backend", "open_store"]

SUFFIX = ".journey"


def is_url(address: str | Path) -> bool:
    """Return whether *address* names a PostgreSQL database."""
    return str(address).startswith(("postgresql://", "postgresql+psycopg://"))


def open_store(
    address: str | Path | None,
    *,
    is_new: bool = False,
    is_read_only: bool = False,
    now: Callable[[], datetime] = utc_now,
    dbapi: ModuleType | None = None,
) -> Store:
    """Open a workshop, or make one.

    Parameters
    ----------
    address
        Path of a ``.journey`` file, a PostgreSQL URL, or None for one in memory.
    is_new
        Whether to make it; a path must be free then. A URL is made where it is missing.
    is_read_only
        Whether to open it for reading only. What cannot be written, or what a newer
        release made, is opened so anyway, with a warning.
    now
        The clock.
    dbapi
        Another driver with the interface of ``sqlite3``, for tests of power cuts.

    Raises
    ------
    FileProblemError
        If there is no such file, the path is taken, or the file is another program's.
    DamagedFileError
        If the file is empty, cut off or malformed.
    """
    if address is not None and not is_url(address) and not is_read_only:
        path = Path(address)
        unsafe = unsafe_place(path)
        if unsafe is not None and (is_new or not _is_only_readable(path)):
            from journeykit.store.working_copy import WorkingCopy

            copy = WorkingCopy.take(path, unsafe, is_new=is_new)
            store = open_store(copy.local, is_new=not copy.local.exists(), now=now)
            store.on_publish = copy.publish
            return store
    backend = open_backend(
        address, is_new=is_new, is_read_only=is_read_only, dbapi=dbapi
    )
    try:
        _bring_up_to_date(backend, now)
    except BaseException:
        backend.close()
        raise
    return Store(backend, now=now)


def open_backend(
    address: str | Path | None,
    *,
    is_new: bool = False,
    is_read_only: bool = False,
    dbapi: ModuleType | None = None,
) -> Backend:
    """Open the database beneath a workshop without looking into it."""
    if address is None:
        return SqliteBackend(None, dbapi=dbapi)
    if is_url(address):
        url = str(address).replace("postgresql://", "postgresql+psycopg://", 1)
        return PostgresBackend(url, is_read_only=is_read_only)
    path = Path(address)
    if is_new:
        check_free(path)
        return SqliteBackend(path, dbapi=dbapi)
    problem = file_problem(path)
    if problem is not None:
        raise problem
    reason = "" if is_read_only else _why_read_only(path)
    if reason:
        warn(f"{path}: opened for reading only: {reason}.")
    return SqliteBackend(path, is_read_only=is_read_only or bool(reason), dbapi=dbapi)


def check_free(path: Path) -> None:
    """Refuse a path at which no workshop can be made."""
    if path.exists():
        raise FileProblemError(
            str(path), "there is a file of that name already", "Choose another name"
        )
    if path.suffix != SUFFIX:
        raise InputError(
            f"the name of a workshop file ends in {SUFFIX}, found {path.name!r}"
        )
    if not path.parent.is_dir():
        raise FileProblemError(
            str(path.parent), "there is no such folder", "Make it first"
        )
    if not os.access(path.parent, os.W_OK):
        raise FileProblemError(
            str(path.parent), "this folder cannot be written", "Choose another folder"
        )


def _is_only_readable(path: Path) -> bool:
    return file_problem(path) is None and bool(_why_read_only(path))


def _newer(found: int) -> str:
    return (
        f"a newer journeykit made it (schema {found}, this release knows {len(STEPS)})"
    )


def _why_read_only(path: Path) -> str:
    found = version_of(path)
    if found > len(STEPS):
        return _newer(found)
    if not os.access(path, os.W_OK):
        return "the file is write-protected"
    if not os.access(path.parent, os.W_OK):
        return "its folder cannot be written"
    return ""


def _bring_up_to_date(backend: Backend, now: Callable[[], datetime]) -> None:
    """Apply the schema steps that are missing, after a backup of what was there."""
    if backend.is_read_only:
        return
    with backend.reading() as connection:
        done = step_of(connection)
    if done > len(STEPS):
        backend.is_read_only = True
        warn(f"{backend.where}: opened for reading only: {_newer(done)}.")
    if done >= len(STEPS):
        return
    if done:
        stamp = now().strftime("%Y%m%d-%H%M%S-%f")
        backend.keep_whole(f"before-schema-{done + 1}-{stamp}")
    with backend.writing() as connection:
        migrate(connection, now, STEPS)
        backend.set_version(connection, len(STEPS))
