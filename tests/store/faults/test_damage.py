"""Flipped bits and files that were cut off: doctor finds them, a backup restores."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from journeykit.errors import DamagedFileError, FileProblemError, JourneyKitError
from journeykit.model import Document, Persona
from journeykit.model.edits import add, change, remove
from journeykit.store import (
    back_up,
    examine_file,
    forget_entry,
    keep_table,
    open_store,
    restore,
)
from journeykit.store.schema import STEP, TABLES
from journeykit.store.sqlite import seal_path

N_FLIPS = 400
N_LENGTHS = 200


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed workshop that holds something in every table."""
    path = tmp_path_factory.mktemp("whole") / "whole.journey"
    store = open_store(path, is_new=True)
    for n in range(60):
        persona = Persona(id=f"p{n}", name=f"Persona {n}", summary="waits " * n)
        store.write([add(persona, author="ann")])
    for n in range(0, 60, 3):
        store.write([change(store.document(), f"p{n}", {"name": f"N {n}"})])
    store.write([remove(store.document(), "p1")])
    store.undo()
    store.name_author("ann", "Ann Example")
    store.mark("first review", author="ann", reason="the room agrees")
    keep_table(
        store,
        random.Random(1).randbytes(20_000),
        reading={"encoding": "utf-8"},
        quality={"rows": 2_746},
        mapping={},
    )
    forget_entry(store, "p2")
    store.close()
    return path


@pytest.fixture(scope="module")
def backup(workshop: Path) -> Path:
    """Return a backup of the workshop."""
    store = open_store(workshop)
    path = back_up(store, workshop.with_name("good.journey"))
    store.close()
    return path


# All but the moment at which a schema step was applied, which nothing rests on.
QUERIES = (
    *(
        f"SELECT * FROM {table.name} ORDER BY 1"
        for table in TABLES
        if table is not STEP
    ),
    "SELECT number, name FROM step",
    "SELECT type, name, tbl_name FROM sqlite_master ORDER BY 1, 2",
    *(f"PRAGMA table_xinfo({table.name})" for table in TABLES),
    *(f"PRAGMA {name}" for name in ("user_version", "application_id", "encoding")),
)


def content(path: Path) -> object:
    """Return every row, table and number that SQLite itself reads, or what it says."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            return [connection.execute(query).fetchall() for query in QUERIES]
        except (sqlite3.Error, UnicodeDecodeError) as error:
            return str(error)


def document(path: Path) -> Document:
    """Return what a workshop holds."""
    store = open_store(path)
    held = store.document()
    store.close()
    return held


def flipped(data: bytes, bit: int) -> bytes:
    """Return a copy in which one bit is another."""
    copy = bytearray(data)
    copy[bit // 8] ^= 1 << bit % 8
    return bytes(copy)


@pytest.mark.slow
def test_every_flipped_bit_is_found(
    workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its seal any flip is found, without it any that changes what is read."""
    data, original = workshop.read_bytes(), content(workshop)
    path = tmp_path / "flipped.journey"
    bits = random.Random(2017).sample(range(8 * len(data)), N_FLIPS)
    missed_sealed, missed, n_slack = [], [], 0
    for bit in bits:
        path.write_bytes(flipped(data, bit))
        shutil.copyfile(seal_path(workshop), seal_path(path))
        if examine_file(path).is_whole:
            missed_sealed.append(bit)
        seal_path(path).unlink()
        is_found = not examine_file(path).is_whole
        is_changed = content(path) != original
        n_slack += not is_changed
        if is_changed and not is_found:
            missed.append(bit)

    assert [] == missed_sealed
    assert [] == missed
    assert examine_file(workshop).is_whole
    assert n_slack < N_FLIPS // 2
    with capsys.disabled():
        print(f" [{n_slack} of {N_FLIPS} flips lay in unused bytes]", end="")


@pytest.mark.slow
def test_every_flipped_bit_of_what_sqlite_reads_first_is_found(
    workshop: Path, tmp_path: Path
) -> None:
    """The header and the table of tables: each of their first bits, without a seal."""
    data, original = workshop.read_bytes(), content(workshop)
    path = tmp_path / "flipped.journey"
    missed = []
    for bit in range(8 * 120):
        path.write_bytes(flipped(data, bit))
        if content(path) != original and examine_file(path).is_whole:
            missed.append(bit)

    assert [] == missed


def test_the_last_good_backup_takes_the_place_of_a_damaged_file(
    workshop: Path, backup: Path, tmp_path: Path
) -> None:
    """What was damaged is kept beside it, for whoever wants to look."""
    path = tmp_path / "hurt.journey"
    bad = flipped(workshop.read_bytes(), 8 * (workshop.stat().st_size // 2) + 3)
    path.write_bytes(bad)
    shutil.copyfile(seal_path(workshop), seal_path(path))

    kept = restore(backup, path)

    assert kept is not None
    assert bad == kept.read_bytes()
    assert examine_file(path).is_whole
    assert document(workshop) == document(path)


def test_a_damaged_backup_is_refused(backup: Path, tmp_path: Path) -> None:
    """A backup with a flipped bit takes the place of nothing."""
    bad = tmp_path / "bad.journey"
    bad.write_bytes(flipped(backup.read_bytes(), 8 * (backup.stat().st_size // 2)))
    shutil.copyfile(seal_path(backup), seal_path(bad))
    target = tmp_path / "target.journey"

    with pytest.raises(DamagedFileError, match="the backup is not whole"):
        restore(bad, target)

    assert not target.exists()


@pytest.mark.slow
@pytest.mark.parametrize("was_killed", [False, True], ids=["closed", "left open"])
def test_a_file_that_was_cut_off_is_said_to_be(
    workshop: Path, tmp_path: Path, was_killed: bool
) -> None:
    """At any length it is refused with a sentence, by opening and by doctor."""
    path = tmp_path / "short.journey"
    data = workshop.read_bytes()
    wal = b""
    if was_killed:
        shutil.copyfile(workshop, path)
        store = open_store(path)
        store.write([add(Persona(id="late", name="Late"))])
        data = path.read_bytes()
        wal = path.with_name(path.name + "-wal").read_bytes()
        store.close()
    step = len(data) // N_LENGTHS
    lengths = sorted({0, 1, 15, 16, 99, 100, 4_095, 4_096, *range(0, len(data), step)})
    silent = []
    for length in lengths:
        for old in tmp_path.glob("short.journey*"):
            old.unlink()
        path.write_bytes(data[:length])
        if wal:
            path.with_name(path.name + "-wal").write_bytes(wal)
        said = examine_file(path).problems
        try:
            open_store(path).close()
            is_opened = True
        except FileProblemError as error:
            is_opened = False
            assert "restore the last good backup" in str(error).lower()
        except JourneyKitError as error:
            is_opened = False
            said = (*said, f"unclear: {error}")
        if not said or (is_opened and not wal) or "unclear" in said[-1]:
            silent.append((length, said))

    assert [] == silent
