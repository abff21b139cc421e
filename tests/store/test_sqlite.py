"""The file beneath a workshop: its lock, its log, its seal, its end."""

from __future__ import annotations

import gc
import hashlib
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import threading
import warnings
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from stored_workshops import Workshops, change, fill

from journeykit.errors import (
    BusyError,
    DamagedFileError,
    FileProblemError,
    ReadOnlyError,
)
from journeykit.store import Store, examine, examine_file, faults, open_store, sqlite
from journeykit.store.schema import EDIT
from journeykit.store.sqlite import APPLICATION_ID, SqliteBackend, seal_of


def names(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(file.name for file in folder.iterdir())


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait half a minute."""
    monkeypatch.setattr(sqlite, "LOCK_SECONDS", 0.05)


def test_file_says_what_it_is(path: Path) -> None:
    """Its header holds the program and the schema, so that nothing need be guessed."""
    header = path.read_bytes()[:100]

    assert b"SQLite format 3\0" == header[:16]
    assert (APPLICATION_ID, b"JKIT") == (int.from_bytes(header[68:72]), header[68:72])
    assert 1 == int.from_bytes(header[60:64])


def test_closed_workshop_is_one_plain_file(path: Path) -> None:
    """Nothing is left in a log, and the seal holds the hash of the file."""
    assert {"airport.journey", "airport.journey.lock", "airport.journey.seal"} >= set(
        names(path.parent)
    )
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    assert (sha256, sha256) == seal_of(path)
    with sqlite3.connect(path) as raw:
        assert ("delete",) == raw.execute("PRAGMA journal_mode").fetchone()
    raw.close()


def test_open_workshop_has_no_seal(path: Path) -> None:
    """What is worked on is not as it was last closed, which is no fault."""
    store = open_store(path)

    assert seal_of(path) is None
    assert examine(store.backend).is_whole
    store.close()
    assert seal_of(path) is not None


def test_seal_that_cannot_be_written_is_done_without(path: Path) -> None:
    """A seal is a help; a workshop is whole without it."""
    store = open_store(path)
    path.with_name(path.name + ".seal").mkdir()
    store.close()

    assert seal_of(path) is None
    assert examine_file(path).is_whole


def test_every_write_is_on_the_disk_before_it_is_answered(path: Path) -> None:
    """Full syncs, a write-ahead log, deleted text overwritten."""
    store = open_store(path)
    found = {
        name: store.backend.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
        for name in ("journal_mode", "synchronous", "secure_delete", "trusted_schema")
    }
    store.close()

    assert {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
    } == found


def test_only_the_last_to_leave_folds_the_log_in(path: Path) -> None:
    """While somebody works on, the log stays."""
    first, second = open_store(path), open_store(path)
    first.close()
    change(second, "queue", name="Line")
    assert seal_of(path) is None
    second.close()

    assert seal_of(path) is not None
    assert examine_file(path).is_whole


def test_lock_held_by_another_is_waited_for_and_then_said(
    path: Path, quick: None
) -> None:
    """A writer that hangs does not hang the others for ever, and nothing is lost."""
    store = open_store(path)
    with FileLock(f"{path}.lock"), pytest.raises(BusyError, match="Nothing was lost"):
        change(store, "queue", name="Line")
    change(store, "queue", name="Line")
    store.close()

    assert 13 == examine_file(path).n_edits


def test_closing_waits_for_the_lock_and_can_be_tried_again(
    path: Path, quick: None
) -> None:
    """What could not be closed is open still."""
    store = open_store(path)
    with FileLock(f"{path}.lock"), pytest.raises(BusyError):
        store.close()
    change(store, "queue", name="Line")
    store.close()

    assert 13 == examine_file(path).n_edits


def test_database_locked_by_another_program_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that knows nothing of our lock may hold the file."""
    store = open_store(path)
    store.backend.connection.exec_driver_sql("PRAGMA busy_timeout = 10")
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("BEGIN IMMEDIATE")
    with pytest.raises(BusyError):
        change(store, "queue", name="Line")
    raw.execute("ROLLBACK")
    raw.close()
    change(store, "queue", name="Line")
    store.close()


def test_file_that_was_replaced_while_open_is_not_written(path: Path) -> None:
    """An edit would go into a file that nobody finds again."""
    store = open_store(path)
    kept = path.rename(path.with_name("moved.journey"))
    with pytest.raises(
        FileProblemError, match="moved, deleted or replaced while it was"
    ):
        change(store, "queue", name="Line")
    kept.rename(path)
    change(store, "queue", name="Line")
    store.close()

    assert 13 == examine_file(path).n_edits


def test_file_that_was_deleted_while_open_can_be_closed(path: Path) -> None:
    """There is nothing to fold in or to seal."""
    store = open_store(path)
    path.unlink()
    store.close()

    assert not path.exists()


def test_query_that_was_broken_off_does_not_hinder_closing(path: Path) -> None:
    """Somebody pressed stop in the middle; the next to close folds the log in."""
    store = open_store(path)
    with store.backend.reading() as connection:
        rows = connection.execute(select(EDIT))
        assert 1 == next(iter(rows)).number
    store.close()
    del rows, connection
    gc.collect()
    open_store(path).close()

    assert seal_of(path) is not None
    assert examine_file(path).is_whole


def test_failure_on_closing_is_raised_and_the_file_given_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the disk reports is said, once, and the file is not held on to."""
    store = open_store(path)

    def fail(_: object) -> bool:
        raise OperationalError(
            "PRAGMA", None, sqlite3.OperationalError("disk I/O error")
        )

    with monkeypatch.context() as patch:
        patch.setattr(SqliteBackend, "_leaves_last", fail)
        with pytest.raises(FileProblemError, match="cannot be closed: disk I/O error"):
            store.close()
    store.close()
    open_store(path).close()
    assert examine_file(path).is_whole


def test_other_faults_of_the_log_are_raised(path: Path) -> None:
    """Only being locked, or in use, is no fault on leaving."""
    store = open_store(path)
    assert isinstance(store.backend, SqliteBackend)
    store.backend.connection.close()

    class Broken:
        def exec_driver_sql(self, statement: str) -> Broken:
            if "journal_mode" in statement:
                raise OperationalError(statement, None, sqlite3.OperationalError("I/O"))
            return self

        def close(self) -> None:
            """Do nothing."""

    store.backend.connection = Broken()  # type: ignore[assignment]
    with pytest.raises(FileProblemError, match="it cannot be closed: I/O"):
        store.close()


def test_workshop_in_memory_can_be_wiped_and_kept() -> None:
    """Where there is no file, there is nothing to fold in or to copy."""
    store = Workshops(None).new()
    store.backend.wipe()
    store.backend.keep_whole("x")
    store.backend.is_contended()

    assert examine(store.backend).is_whole
    store.close()


def test_memory_of_its_own() -> None:
    """Two workshops in memory know nothing of each other."""
    first, second = open_store(None), open_store(None)
    fill(first)

    assert (12, 0) == (first.number(), second.number())
    first.close()
    second.close()


def test_forgotten_store_is_given_back_without_a_word(path: Path) -> None:
    """A notebook that just runs on leaves no warning and no lock behind."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        store: Store | None = open_store(path)
        assert store is not None
        change(store, "queue", name="Line")
        del store
        gc.collect()

    assert [] == [str(said.message) for said in caught]
    again = open_store(path)
    assert "Line" == again.document()["queue"].name
    again.close()
    assert seal_of(path) is not None


def test_forgotten_store_waits_for_nobody(path: Path) -> None:
    """Who holds the lock is not waited for by the garbage collector."""
    store: Store | None = open_store(path)
    assert store is not None
    with FileLock(f"{path}.lock"):
        del store
        gc.collect()
    open_store(path).close()

    assert examine_file(path).is_whole


def test_end_of_a_process_gives_everything_back(path: Path, postgres_url: str) -> None:
    """Warnings as errors, stores never closed: nothing is said at the end."""
    code = f"""
        from journeykit.store import open_store
        for address in ({str(path)!r}, None, {postgres_url + "&workshop=atexit"!r}):
            globals()[f"store_{{address}}"] = open_store(address)
            again = open_store(address)
        """
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-X", "dev", "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "", "") == (ended.returncode, ended.stdout, ended.stderr)
    assert examine_file(path).is_whole


def test_file_without_its_last_pages_is_read_with_its_log(path: Path) -> None:
    """After a kill the file alone may be short; the log makes it whole."""
    code = (
        "import os, sys\n"
        "from journeykit.store import open_store\n"
        "from journeykit.model import Persona\n"
        "from journeykit.model.edits import add\n"
        "store = open_store(sys.argv[1])\n"
        "for n in range(30):\n"
        "    store.write([add(Persona(id=f'p{n}', name='x' * 290))])\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert path.with_name(path.name + "-wal").stat().st_size > 0

    assert ((), 42) == (examine_file(path).problems, examine_file(path).n_edits)
    store = open_store(path)
    assert 42 == store.number()
    store.close()
    assert ["airport.journey", "airport.journey.lock", "airport.journey.seal"] == names(
        path.parent
    )


def test_many_threads_read_while_one_writes(path: Path) -> None:
    """Everybody sees a whole moment: name and description always of one edit."""
    store = open_store(path)
    stop = threading.Event()
    torn: list[object] = []

    def look() -> None:
        while not stop.is_set():
            queue = store.document()["queue"]
            if queue.description not in ("", queue.name):
                torn.append(queue)

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(30):
        change(store, "queue", name=f"Line {number}", description=f"Line {number}")
    stop.set()
    for reader in readers:
        reader.join()
    store.close()

    assert [] == torn


# --- what drivers report --------------------------------------------------------------


@pytest.mark.parametrize(
    ("reported", "kind", "said"),
    [
        ("database is locked", BusyError, "try again"),
        ("database or disk is full", FileProblemError, "the disk is full"),
        ("attempt to write a readonly database", ReadOnlyError, "cannot be written"),
        ("database disk image is malformed", DamagedFileError, "journeykit doctor"),
        ("file is not a database", DamagedFileError, "file is not a database"),
        (
            "disk I/O error",
            FileProblemError,
            "last change was not saved: disk I/O error",
        ),
    ],
)
def test_report_of_the_driver_is_said_in_plain_words(
    reported: str, kind: type[Exception], said: str
) -> None:
    """Each kind of trouble has its own class and its own way out."""
    error = OperationalError("COMMIT", None, sqlite3.OperationalError(reported))

    with pytest.raises(kind, match=said) as caught, faults.plain_errors("a.journey"):
        raise error
    assert kind is caught.type
    assert error is caught.value.__cause__


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (PermissionError(13, "Permission denied"), ReadOnlyError, "no permission"),
        (OSError(28, "No space left on device"), FileProblemError, "the disk is full"),
        (OSError(5, "Input/output error"), FileProblemError, "not saved: Input/output"),
        (OSError("odd"), FileProblemError, "the last change was not saved: odd"),
    ],
)
def test_report_of_the_system_is_said_in_plain_words(
    error: OSError, kind: type[Exception], said: str
) -> None:
    """What the lock file meets is as plain as what the database meets."""
    with pytest.raises(kind, match=said) as caught, faults.plain_errors("a.journey"):
        raise error
    assert kind is caught.type


def test_lost_connection_is_said_for_reading_and_for_writing() -> None:
    """Only a change may have been lost."""
    error = OperationalError(
        "SELECT", None, Exception("gone"), connection_invalidated=True
    )
    with pytest.raises(FileProblemError, match="may not have been saved"):
        with faults.plain_errors("url"):
            raise error
    with pytest.raises(FileProblemError, match=r"was lost\. Look"):
        with faults.plain_errors("url", faults.NOT_READ):
            raise error


def test_own_errors_pass_as_they_are() -> None:
    """What is said already is not said in other words."""
    error = ReadOnlyError("a.journey", "said already")

    with pytest.raises(ReadOnlyError) as caught, faults.plain_errors("a.journey"):
        raise error
    assert error is caught.value


def test_failed_configuration_gives_the_file_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that turns out to be damaged while it is opened is not held on to."""

    def fail(_: object) -> None:
        raise RuntimeError("planted")

    with monkeypatch.context() as patch:
        patch.setattr(SqliteBackend, "_configure", fail)
        with pytest.raises(RuntimeError, match="planted"):
            open_store(path)
    open_store(path).close()
    assert seal_of(path) is not None


def test_forgotten_workshop_in_a_folder_that_went_is_let_go(tmp_path: Path) -> None:
    """A store that nobody closed says nothing when its folder is gone already."""
    folder = tmp_path / "gone"
    folder.mkdir()
    store = open_store(folder / "airport.journey", is_new=True)
    shutil.rmtree(folder)

    del store
    gc.collect()  # an error here would be an unraisable one, which fails the test

    assert not folder.exists()
