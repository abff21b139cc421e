"""One writer at a time, in order, and nobody waits for the dead."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from journeykit.store.lock import WriterLock

HOLD = """
import sys
from pathlib import Path
from journeykit.store.lock import WriterLock
with WriterLock(Path(sys.argv[1]), 5):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the lock lies."""
    return tmp_path / "map.journey.lock"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a process that holds the lock until it is told or killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "held" == process.stdout.readline().strip()
    with process:
        yield process
        process.kill()


def waiting_for(lock: WriterLock, taken: threading.Event) -> threading.Thread:
    """Start a thread that waits for *lock*."""

    def wait() -> None:
        with lock:
            taken.set()

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def test_a_second_writer_waits_until_the_first_is_done(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    """The lock is handed on the moment it is given back."""
    taken = threading.Event()
    thread = waiting_for(WriterLock(path, 30), taken)
    assert not taken.wait(0.05)

    holder.communicate("done\n")

    assert taken.wait(10)
    thread.join()


def test_a_killed_writer_keeps_nobody_waiting(
    path: Path, holder: subprocess.Popen[str]
) -> None:
    """The system gives back what the dead held."""
    taken = threading.Event()
    thread = waiting_for(WriterLock(path, 30), taken)

    holder.kill()

    assert taken.wait(10)
    thread.join()


@pytest.mark.parametrize("timeout", [0, 0.02])
def test_who_waits_too_long_is_told_and_leaves_the_queue(
    path: Path, holder: subprocess.Popen[str], timeout: float
) -> None:
    """A writer that gave up does not hold the lock when its turn comes."""
    lock = WriterLock(path, 30)

    with pytest.raises(Timeout):
        lock.acquire(timeout)

    holder.communicate("done\n")
    other = WriterLock(path, 10)
    other.acquire()
    other.release()


def test_who_holds_the_lock_may_take_it_once_more(path: Path) -> None:
    """It is free only when it was given back as often."""
    lock, other = WriterLock(path, 5), WriterLock(path, 0)
    with lock, lock:
        pass
    with lock:
        with lock:
            pass
        with pytest.raises(Timeout):
            other.acquire()

    other.acquire()
    other.release()
    other.release()  # once too often is no harm


@pytest.mark.skipif(sys.platform == "win32", reason="the very same class there")
def test_older_releases_and_ours_keep_each_other_out(path: Path) -> None:
    """The lock is of the kind that ``filelock`` takes."""
    with FileLock(path), pytest.raises(Timeout):
        WriterLock(path, 0).acquire()


def test_a_lock_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    """The folder is not there."""
    with pytest.raises(FileNotFoundError):
        WriterLock(tmp_path / "nowhere" / "lock", 1).acquire()


def test_a_lock_that_fails_in_the_queue_is_an_error(
    path: Path, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk without such locks says so to the one who waits."""
    fcntl = pytest.importorskip("fcntl")
    real = fcntl.flock

    def failing(file: int, how: int) -> None:
        if how == fcntl.LOCK_EX:
            raise OSError(37, "No locks available")
        real(file, how)

    monkeypatch.setattr(fcntl, "flock", failing)

    with pytest.raises(OSError, match="No locks available"):
        WriterLock(path, 5).acquire()
