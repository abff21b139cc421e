"""The process that draws for all reports of a warm parent, and is started by it."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Protocol

from journeykit.report.engine_child import end_with_parent

__all__ = ["Drawer"]

_MODULE = "journeykit.show.chart_drawing"
_MEMORY_MB = 2_048


class _Closed(Protocol):
    """What can be closed."""

    def close(self) -> None:
        """Close it."""


class Drawer:
    """A process that draws; it is started when a report first wants one."""

    def __init__(self) -> None:
        self.pid = 0
        self._control: socket.socket | None = None

    def ended(self, pid: int) -> None:
        """Hear that a process of the parent has ended."""
        if pid == self.pid:
            self.close()

    def close(self) -> None:
        """Let it end when its last report has."""
        self.pid = 0
        if self._control is not None:
            self._control.close()
            self._control = None

    def line(self, own_ends: Iterable[_Closed]) -> socket.socket | None:
        """Return what a new report asks over; None where reports draw no charts.

        Parameters
        ----------
        own_ends
            What the parent has open and the drawing process must not keep.
        """
        if _MODULE not in sys.modules:
            return None
        if not self.pid:
            self._start(own_ends)
        ours, theirs = socket.socketpair()
        try:
            assert self._control is not None
            socket.send_fds(self._control, [b"d"], [theirs.fileno()])
        except OSError:
            # It has drawn enough, or was killed: the next report has a fresh one.
            self.close()
            ours.close()
            return None
        finally:
            theirs.close()
        return ours

    def _start(self, own_ends: Iterable[_Closed]) -> None:
        own = os.getpid()
        self._control, control = socket.socketpair()
        self.pid = os.fork()
        if self.pid:
            control.close()
            return
        try:
            end_with_parent(own)
            os.setsid()
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, signal.SIGALRM):
                signal.signal(number, signal.SIG_DFL)
            for end in (*own_ends, self._control):
                end.close()
            _limit_memory()
            from journeykit.show.chart_drawing import serve_drawings

            serve_drawings(control)
        finally:
            os._exit(0)


def _limit_memory() -> None:
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = _MEMORY_MB * 2**20
    if most == resource.RLIM_INFINITY or wanted < most:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))
