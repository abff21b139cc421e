"""Backups that are whole, and restoring that keeps what was there.

A backup is written row by row from one moment of the workshop, never a copy of the
file: 9 of 12 such copies of a busy file were damaged. One way serves both databases, so
a PostgreSQL workshop is backed up to a file that opens anywhere.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from journeykit.errors import DamagedFileError, FileProblemError, JourneyKitError
from journeykit.store.backend import Backend
from journeykit.store.doctor import Examination, examine
from journeykit.store.opening import SUFFIX, is_url, open_backend, open_store
from journeykit.store.places import unsafe_place
from journeykit.store.schema import DATASET, STEPS, TABLES, migrate, step_of
from journeykit.store.sqlite import (
    COMPANIONS,
    SqliteBackend,
    file_problem,
    remove_file,
)
from journeykit.store.store import Store, utc_now

__all__ = ["back_up", "copy_rows", "examine_file", "move_aside", "restore"]

# A journal left behind would be played back into the file that takes its place.
_ROWS_AT_ONCE = 500


def back_up(store: Store, target: str | Path | None = None) -> Path:
    """Write a verified backup of a workshop and return its path.

    Parameters
    ----------
    store
        The workshop, which others may go on changing meanwhile.
    target
        Where to; by default beside the workshop, with the time in its name.

    Raises
    ------
    FileProblemError
        If the target exists or cannot be written, or a newer release made the workshop.
    DamagedFileError
        If the copy is not whole (the workshop itself is damaged then).
    """
    stamp = store.now().strftime("%Y%m%d-%H%M%S")
    here = store.backend.path or Path(f"workshop{SUFFIX}")
    path = Path(target) if target else here.with_suffix(f".backup-{stamp}{SUFFIX}")
    copy_rows(store.backend, path)
    found = examine_file(path)
    if not found.is_whole:
        remove_file(path)
        raise DamagedFileError(
            store.where,
            f"no backup was made, the workshop is not whole: {found.problems[0]}",
            "Restore the last good backup",
        )
    return path


def copy_rows(source: Backend, path: Path) -> None:
    """Write every row of one moment of *source* to a new file, whole or not at all."""
    if path.exists():
        raise FileProblemError(str(path), "there is a file of that name already")
    if not path.parent.is_dir():
        raise FileProblemError(str(path.parent), "there is no such folder")
    aside = path.with_name(f".{path.name}.part")
    remove_file(aside)
    try:
        backend = SqliteBackend(aside)
        try:
            with source.reading() as old, backend.writing() as new:
                if step_of(old) != len(STEPS):
                    raise FileProblemError(
                        source.where, "another journeykit made it, use that one"
                    )
                migrate(new, utc_now, STEPS)
                backend.set_version(new, len(STEPS))
                _copy_tables(old, new)
        finally:
            backend.close()
        aside.replace(path)
        seal = aside.with_name(aside.name + ".seal")
        if seal.exists():
            seal.replace(path.with_name(path.name + ".seal"))
    finally:
        remove_file(aside)


def _copy_tables(old: Connection, new: Connection) -> None:
    """Put the rows of one workshop in the place of another's, a handful at a time."""
    for table in TABLES:
        new.execute(delete(table))
        # An imported table is many megabytes: one is held at a time.
        n_rows = 1 if table is DATASET else _ROWS_AT_ONCE
        rows = old.execute(select(table).execution_options(yield_per=n_rows))
        for some in rows.mappings().partitions():
            new.execute(insert(table), [dict(row) for row in some])


def examine_file(path: str | Path) -> Examination:
    """Examine a workshop by path or URL; one that will not open has a problem too."""
    try:
        backend = open_backend(path, is_read_only=True)
    except JourneyKitError as error:
        return Examination((str(error),))
    try:
        return examine(backend)
    finally:
        backend.close()


def restore(backup: str | Path, target: str | Path) -> Path | None:
    """Put a backup in the place of a workshop, and keep a copy of what was there.

    Parameters
    ----------
    backup
        The backup; it is examined first.
    target
        The workshop; a file that is damaged or missing is made anew, a whole one is
        replaced within one transaction, so that others may have it open.

    Returns
    -------
    pathlib.Path or None
        The copy of what was there; None if there was nothing.

    Raises
    ------
    DamagedFileError
        If the backup is not whole; the workshop is as it was then.
    FileProblemError
        If the target is a folder or another program's file.
    """
    found = examine_file(backup)
    if not found.is_whole:
        raise DamagedFileError(
            str(backup),
            f"the backup is not whole: {_said_of(backup, found.problems[0])}",
            "Take another",
        )
    stamp = utc_now().strftime("%Y%m%d-%H%M%S-%f")
    if is_url(target):
        kept = Path(f"workshop.before-restore-{stamp}{SUFFIX}")
        _replace_rows(backup, target, kept)
        return kept
    path = Path(target)
    kept = path.with_suffix(f".before-restore-{stamp}{SUFFIX}")
    if not path.exists():
        _place(backup, path)
        return None
    _check_replaceable(path)
    if unsafe_place(path) is None and examine_file(path).is_whole:
        _replace_rows(backup, path, kept)
    else:
        move_aside(path, kept)
        _place(backup, path)
    return kept


def _check_replaceable(path: Path) -> None:
    """Refuse what was never a workshop; a damaged one is known by its name."""
    problem = file_problem(path)
    is_damaged = isinstance(problem, DamagedFileError) or path.suffix == SUFFIX
    if problem is not None and (path.is_dir() or not is_damaged):
        raise problem


def _replace_rows(backup: str | Path, target: str | Path, kept: Path) -> None:
    source = open_backend(backup, is_read_only=True)
    try:
        store = open_store(target)
        try:
            copy_rows(store.backend, kept)
            with source.reading() as old, store.backend.writing() as new:
                _copy_tables(old, new)
        finally:
            store.close()
    finally:
        source.close()


def _place(backup: str | Path, path: Path) -> None:
    source = open_backend(backup, is_read_only=True)
    try:
        copy_rows(source, path)
    finally:
        source.close()


def move_aside(path: Path, kept: Path) -> None:
    """Move a workshop with what belongs to it."""
    for suffix in COMPANIONS:
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            shutil.move(companion, kept.with_name(kept.name + suffix))


def _said_of(backup: str | Path, problem: str) -> str:
    """Return a problem without the name that the sentence begins with anyway."""
    return problem.removeprefix(f"{backup}: ").rstrip(".")
