"""A disk that fails or is full: the caller is told, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest
from store.faults.failing_disk import Fault, play

from journeykit.errors import FileProblemError
from journeykit.model import Persona
from journeykit.model.edits import add
from journeykit.store import examine_file, open_store

N_EDITS = 7  # of a session, the undone one and its undoing included
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[], Path]:
    """Return a function that gives an empty, closed workshop."""
    model, path = tmp_path / "model.journey", tmp_path / "failing.journey"
    open_store(model, is_new=True).close()

    def made() -> Path:
        for old in tmp_path.glob("failing.*"):
            old.unlink()
        shutil.copyfile(model, path)
        return path

    return made


@pytest.mark.slow
@pytest.mark.parametrize(
    ("error", "is_lasting", "words"),
    [
        (apsw.IOError, False, "disk I/O error. Try again"),
        (apsw.FullError, True, "the disk is full"),
    ],
    ids=["one operation fails", "the disk stays full"],
)
def test_every_failing_write_or_sync_is_told_and_loses_nothing(
    fresh: Callable[[], Path], error: type[apsw.Error], is_lasting: bool, words: str
) -> None:
    """Each write, cut, sync, creation and deletion fails once, one session each."""
    n_operations = play(fresh(), Fault()).n_operations
    wrong = []
    for at in range(1, n_operations + 1):
        path = fresh()
        played = play(path, Fault(error, at, is_lasting))
        store = open_store(path)
        record = store.changes_since(0)
        store.close()
        times = Counter(step.edit.id for step in record)
        stands = {step.edit.id: step.edit for step in record}
        if (
            len(played.said) != 1
            or words not in played.said[0]
            or len(record) != N_EDITS
            or set(times.values()) != {1}
            or any(stands.get(edit.id) != edit for edit in played.acknowledged)
            or not examine_file(path).is_whole
        ):
            wrong.append((at, played.hits[:1], played.said, len(record)))

    assert n_operations > 200
    assert [] == wrong


def fill(path: Path, make_room: Callable[[], object]) -> str:
    """Write until the disk is full, make room, go on; return what was said."""
    store = open_store(path, is_new=True)
    edits = [add(Persona(id=f"p{n}", name="n" * 300)) for n in range(2_000)]
    waiting = iter(edits)
    n_written, said = 0, ""
    for edit in waiting:
        try:
            store.write([edit])
        except FileProblemError as error:
            said = str(error)
            break
        n_written += 1
    make_room()
    assert n_written == store.number()
    store.write([edits[n_written]])
    for edit in edits[n_written + 1 : n_written + 5]:
        store.write([edit])
    store.close()
    assert n_written + 5 == examine_file(path).n_edits
    assert examine_file(path).is_whole
    return said


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 1.2 MB, where that is allowed."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not sys.platform.startswith("linux") or not IS_ROOT:
        pytest.skip("mounting a small disk needs root on Linux")
    mounting = ["mount", "-t", "tmpfs", "-o", "size=1200k", "tmpfs", str(disk)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_is_said_and_the_store_goes_on_after_it(small_disk: Path) -> None:
    """A small disk of another program's rubbish is full, then the rubbish goes."""
    rubbish = small_disk / "rubbish"
    rubbish.write_bytes(bytes(600_000))

    said = fill(small_disk / "full.journey", rubbish.unlink)

    expected = "the disk is full; the last change was not saved. Make room"
    assert expected in said


def test_a_file_that_may_not_grow_is_said_and_the_store_goes_on(tmp_path: Path) -> None:
    """A quota on the length of a file ends the writing, until it is lifted."""
    resource = pytest.importorskip("resource", reason="quotas are of Unix")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def lift() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
    try:
        said = fill(tmp_path / "quota.journey", lift)
    finally:
        lift()

    assert "the last change was not saved" in said
