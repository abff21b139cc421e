"""The writers' lock: one at a time, in the order in which they came.

The system's own queue where there is one: 30 writers that ask again every 3 ms, as file
locks usually do, spend half of their CPU on asking, and some wait for seconds while
others come first by chance. A kill releases it. Elsewhere it is asked for in turns.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

__all__ = ["WriterLock"]

_POLL_SECONDS = 0.003
_MODE = 0o644

if sys.platform == "win32":  # pragma: no cover - tested where it runs

    class WriterLock(FileLock):
        """A lock that is asked for again and again.

        Parameters
        ----------
        path
            The file of the lock, beside the workshop.
        seconds
            How long to wait for the others.
        """

        def __init__(self, path: Path, seconds: float) -> None:
            super().__init__(path, timeout=seconds, poll_interval=_POLL_SECONDS)

        def give_way(self) -> None:
            """Let those come first who wait by asking again."""
            time.sleep(random.uniform(0, 2 * _POLL_SECONDS))  # noqa: S311 - no secret

else:
    import fcntl

    class WriterLock:
        """A lock that the system hands on.

        Parameters
        ----------
        path
            The file of the lock, beside the workshop.
        seconds
            How long to wait for the others.
        """

        def __init__(self, path: Path, seconds: float) -> None:
            self.path, self.seconds = path, seconds
            self._file: int | None = None
            self._n_held = 0

        def acquire(self, timeout: float | None = None) -> None:
            """Take the lock; who holds it already holds it once more.

            Raises
            ------
            filelock.Timeout
                If others hold it for longer than *timeout* (default: *seconds*).
            """
            if not self._n_held:
                wait = self.seconds if timeout is None else timeout
                self._file = _locked(self.path, wait)
            self._n_held += 1

        def release(self) -> None:
            """Give the lock back as often as it was taken; else nothing happens."""
            self._n_held = max(0, self._n_held - 1)
            if not self._n_held and self._file is not None:
                file, self._file = self._file, None
                _unlock(file)

        def give_way(self) -> None:
            """Do nothing: those who wait are next."""

        def __enter__(self) -> None:
            self.acquire()

        def __exit__(
            self,
            kind: type[BaseException] | None,
            error: BaseException | None,
            traceback: TracebackType | None,
        ) -> None:
            self.release()

    def _locked(path: Path, seconds: float) -> int:
        """Return the file that holds the lock; opened afresh, so never a parent's."""
        file = os.open(path, os.O_RDWR | os.O_CREAT, _MODE)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if seconds <= 0:
                os.close(file)
                raise Timeout(str(path)) from None
            _Turn(file).wait(path, seconds)
        except BaseException:
            os.close(file)
            raise
        return file

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)  # a forked child may have the file open too
        os.close(file)

    class _Turn:
        """A thread that stands in the system's queue, which knows no time limit."""

        def __init__(self, file: int) -> None:
            self.file = file
            self.error: OSError | None = None
            self.has_come = threading.Event()
            self._guard = threading.Lock()
            self._is_given_up = False

        def wait(self, path: Path, seconds: float) -> None:
            """Wait until the lock is ours, or raise and leave the queue."""
            is_ours = False
            threading.Thread(target=self._stand, daemon=True).start()
            try:
                is_ours = self.has_come.wait(seconds) and self.error is None
            finally:
                if not is_ours:  # an interrupt from the notebook comes here too
                    self._give_up()
            if not is_ours:
                raise self.error or Timeout(str(path))

        def _give_up(self) -> None:
            with self._guard:
                self._is_given_up = True
                if self.has_come.is_set():
                    _unlock(self.file)

        def _stand(self) -> None:
            try:
                fcntl.flock(self.file, fcntl.LOCK_EX)
            except OSError as error:
                self.error = error
            with self._guard:
                if self._is_given_up:
                    _unlock(self.file)
                else:
                    self.has_come.set()
