"""The one warm parent of this process: started with the first report, ended with us."""

from __future__ import annotations

import atexit
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeykit.report.engine_wire import wire_pair

if TYPE_CHECKING:
    from journeykit.report.engine_client import Limits, Line

__all__ = ["WarmParent", "begin_early", "job_of", "new_line", "settings_at_start"]

# The folder that a report is asked for in must not hide a package of the parent.
_START = (
    "import sys; sys.path[:1] = []; "
    "from journeykit.report.engine_parent import serve; "
    "serve({}, of_kernels={}, imports={})"
)
# What a process reads once, at its start.
_AT_START = ("PYTHON", "IPYTHON", "LC_", "MPL", "HOME", "LANG", "TZ", "VIRTUAL_ENV")


def settings_at_start(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what of an environment a warm parent must have from its start."""
    return {k: v for k, v in environment.items() if k.startswith(_AT_START)}


class WarmParent:
    """A warm parent, and how it can be asked.

    Parameters
    ----------
    settings
        What of the environment it is started with.
    of_kernels
        It forks kernels with sockets, not reports with a wire.
    imports
        What it imports before anything is asked of it.
    """

    def __init__(
        self,
        settings: dict[str, str],
        *,
        of_kernels: bool = False,
        imports: Sequence[str] = (),
    ) -> None:
        self.settings, self.owner = settings, os.getpid()
        self._is_asked = False
        self.control, theirs = socket.socketpair()
        with theirs:
            start = _START.format(theirs.fileno(), of_kernels, list(imports))
            self.process = subprocess.Popen(  # noqa: S603 - this interpreter, this package
                [sys.executable, "-c", start],
                pass_fds=[theirs.fileno()],
                env={**os.environ, **settings},
                cwd=Path(sys.prefix).anchor,  # a report's folder may go away
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )

    def is_usable(self, settings: dict[str, str]) -> bool:
        """Say whether it runs and is ours, not of a process that forked us."""
        return (
            self.owner == os.getpid()
            and self.settings == settings
            and self.process.poll() is None
        )

    def ask(self, ends: Sequence[int]) -> None:
        """Ask for a process; errors are those of a socket.

        Parameters
        ----------
        ends
            Descriptors that it gets: of its wires, and of what it writes to.
        """
        socket.send_fds(self.control, [b"r"], list(ends))
        self._is_asked = True

    def close(self) -> None:
        """Let it end as soon as its last report has."""
        self.control.close()
        if self.owner == os.getpid():
            if not self._is_asked:
                self.process.kill()  # it may still be importing
            try:
                self.process.wait(2)
            except subprocess.TimeoutExpired:
                _leaving.append(self.process)  # it waits for its last reports


_lock = threading.Lock()
_parent: WarmParent | None = None
_leaving: list[subprocess.Popen[bytes]] = []


def _close() -> None:
    global _parent  # noqa: PLW0603 - one for the process
    if _parent is not None:
        _parent.close()
        _parent = None


atexit.register(_close)


def _running(imports: Sequence[str] = ()) -> WarmParent:
    global _parent  # noqa: PLW0603 - one for the process
    settings = settings_at_start(os.environ)
    if _parent is None or not _parent.is_usable(settings):
        _close()
        _parent = WarmParent(settings, imports=imports)
    return _parent


def begin_early() -> None:
    """Start what reports of ours will run in, while this process imports its own."""
    if os.environ.get("JOURNEYKIT_ENGINE", "fork") != "fork" or not hasattr(os, "fork"):
        return
    with _lock:
        _running(["journeykit.report.warmed"])


def job_of(
    imports: Sequence[str], limits: Limits, environment: Mapping[str, str]
) -> dict[str, Any]:
    """Return what a report's process has to know.

    Parameters
    ----------
    imports
        Modules to have imported.
    limits
        What the report may take.
    environment
        What it finds in its environment beside ours.
    """
    return {
        "imports": list(imports),
        "folder": str(os.getcwd()),  # noqa: PTH109 - as papermill has changed it
        "environment": {**os.environ, **environment},
        "memory_limit_mb": limits.memory_mb,
    }


def new_line(
    imports: Sequence[str],
    limits: Limits,
    start_seconds: float,
    environment: Mapping[str, str],
) -> Line:
    """Return the line to a new process for a report.

    Parameters
    ----------
    imports
        Modules to have imported before the fork.
    limits
        What the report may take.
    start_seconds
        Longest time until the process is there.
    environment
        What the report finds in its environment beside ours.

    Raises
    ------
    RuntimeError
        If no process could be started.
    """
    from journeykit.report.engine_client import Line

    data, data_end = wire_pair()
    told, told_end = wire_pair()
    job = job_of(imports, limits, environment)
    with _lock, data_end, told_end:
        for _ in range(2):
            try:
                parent = _running()
                ends = [data_end.fileno(), told_end.fileno()]
                parent.ask(ends)
                break
            except OSError:
                # Killed since the last report.
                time.sleep(0.05)
        else:
            raise RuntimeError("the warm process for reports cannot be started")
    data.send_json(job)
    line = Line(data, told, limits)
    line.wait_for_start(start_seconds)
    return line
