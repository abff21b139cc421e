"""Reports where nothing can be forked: each in a process that was spawned for it.

Such a process does its imports, waits for one report, runs it as a fork would (see
:mod:`journeykit.report.engine_child`), and ends. It is started while the report before
it runs, so that a batch does not wait for imports. Only what every system has is used:
a socket of this machine for the messages, opened to who knows a word that is used once,
and the process's standard input to interrupt it and to tell it that its caller is gone.
A thread of the caller does what the keeper of a fork does.

Two things are weaker than with forks: imports cost CPU time for each report, and a cell
that kills the process which asked for the report is not kept from it.
"""

from __future__ import annotations

import atexit
import hmac
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

import psutil  # type: ignore[import-untyped]

from journeykit.report.engine_child import (
    adopt_orphans,
    run_report_process,
    warm_kernel,
)
from journeykit.report.engine_imports import begin_warm, warm
from journeykit.report.engine_server import job_of, settings_at_start
from journeykit.report.engine_wire import Wire, wire_pair

if TYPE_CHECKING:
    from journeykit.report.engine_client import Limits, Line

__all__ = ["new_line", "work"]

_START = (
    "import sys; sys.path[:1] = []; "
    "from journeykit.report.engine_spawn import work; work()"
)
_THIS_MACHINE = "127.0.0.1"
_FIRST = {"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {}}
_LOOK_SECONDS = 0.2
_GRACE_SECONDS = 5.0


class _Worker:
    """A spawned process that takes one report when its imports are done.

    Parameters
    ----------
    imports
        Modules to import.
    settings
        What of the environment it is started with.
    """

    def __init__(self, imports: Sequence[str], settings: dict[str, str]) -> None:
        self.settings, self.owner = settings, os.getpid()
        self._word = secrets.token_hex().encode()
        self._listener = socket.socket()
        if sys.platform == "win32":
            # Else another program could listen at the same port.
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        self._listener.bind((_THIS_MACHINE, 0))
        self._listener.listen()
        self._listener.settimeout(_LOOK_SECONDS)
        self.process = subprocess.Popen(  # noqa: S603 - this interpreter, this package
            [sys.executable, "-c", _START],
            env={**os.environ, **settings},
            cwd=Path(sys.prefix).anchor,  # a report's folder may go away
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        port = self._listener.getsockname()[1]
        begin = {"imports": list(imports), "port": port, "word": self._word.decode()}
        self.tell(begin)

    def tell(self, content: object) -> None:
        """Say something to it; if it has ended, its wire says so."""
        assert self.process.stdin is not None
        with suppress(OSError):
            self.process.stdin.write(json.dumps(content).encode() + b"\n")
            self.process.stdin.flush()

    def is_usable(self, settings: dict[str, str]) -> bool:
        """Say whether it waits and is ours, not of a process that forked us."""
        return (
            self.owner == os.getpid()
            and self.settings == settings
            and self.process.poll() is None
        )

    def wire(self, seconds: float) -> Wire | None:
        """Wait until its imports are done; return the wire to it, None if it ended."""
        until = time.monotonic() + seconds
        with self._listener:
            while time.monotonic() < until and self.process.poll() is None:
                try:
                    end, _ = self._listener.accept()
                except TimeoutError:
                    continue
                with suppress(OSError):
                    end.settimeout(1)
                    if hmac.compare_digest(end.recv(len(self._word)), self._word):
                        return _wire(end)
                end.close()  # a stranger's
        self.end([])
        return None

    def end(self, family: Iterable[psutil.Process]) -> int:
        """End it and what it has started; return how it ended."""
        assert self.process.stdin is not None
        if self.owner == os.getpid():
            self.process.kill()
            if hasattr(os, "killpg"):
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.process.pid, signal.SIGKILL)
            for one in family:
                with suppress(psutil.Error):
                    one.kill()
            self.process.wait()
        with suppress(OSError):
            self.process.stdin.close()
        self._listener.close()
        return int(self.process.returncode or 0)


def _wire(end: socket.socket) -> Wire:
    # Small messages go at once, and do not wait for the answer to the last.
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return Wire(end)


def _below(process: psutil.Process) -> set[psutil.Process]:
    with suppress(psutil.Error):
        return set(process.children(recursive=True))
    return set()


def _resident_mb(processes: Iterable[psutil.Process]) -> float:
    n_bytes = 0
    for one in processes:
        with suppress(psutil.Error):
            n_bytes += one.memory_info().rss
    return n_bytes / 2**20


def _keep(worker: _Worker, told: Wire, memory_limit_mb: float | None) -> None:
    """Wait for a report's process and say over *told* how it ended."""
    process, family, reason = worker.process, set[psutil.Process](), ""
    with suppress(OSError, psutil.Error):
        own = psutil.Process(process.pid)
        told.send_json({"pid": process.pid})
        while process.poll() is None:
            try:
                asked = told.receive_json(_LOOK_SECONDS)
            except EOFError:
                asked = {"do": "kill"}
            now = _below(own)
            family |= now  # what has lost its parent is found no more
            if (
                memory_limit_mb
                and (used := _resident_mb({own, *now})) > memory_limit_mb
            ):
                reason = f"its processes used {used:,.0f} MB of memory"
                break
            do = asked["do"] if asked else ""
            if do == "interrupt":
                worker.tell("interrupt")
            elif do == "end":
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_GRACE_SECONDS)
            if do in {"end", "kill"}:
                break
    code = worker.end(family)
    with suppress(OSError):
        told.send_json({"code": code, "reason": reason})
    told.close()


_lock = threading.Lock()
_spares: deque[_Worker] = deque()


def _taken(settings: dict[str, str]) -> _Worker | None:
    """Return a process that waits for a report; None if there is none."""
    with _lock:
        while _spares:
            worker = _spares.popleft()
            if worker.is_usable(settings):
                return worker
            worker.end([])
    return None


def _close() -> None:
    while _spares:
        _spares.pop().end([])


atexit.register(_close)


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
        Modules to have imported.
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

    settings = settings_at_start(os.environ)
    data: Wire | None = None
    for _ in range(2):
        worker = _taken(settings) or _Worker(imports, settings)
        data = worker.wire(start_seconds)
        if data is not None:
            break
    else:
        raise RuntimeError("the process of a report did not start")
    # One for each report that runs now: while it runs, the next one's imports are done.
    with _lock:
        _spares.append(_Worker(imports, settings))
    told, told_end = wire_pair()
    keeping = (worker, Wire(told_end), limits.memory_mb)
    threading.Thread(target=_keep, args=keeping, daemon=True).start()
    worker.tell(job_of(imports, limits, environment))
    line = Line(data, told, limits)
    line.wait_for_start(start_seconds)
    return line


def _watch(control: IO[bytes]) -> None:
    """Hear the caller: interrupt a cell, or end when the caller has."""
    while control.readline():
        if sys.platform == "win32":
            import _thread

            _thread.interrupt_main()
        else:
            main = threading.main_thread().ident
            assert main is not None
            signal.pthread_kill(main, signal.SIGINT)
    for one in _below(psutil.Process()):
        with suppress(psutil.Error):
            one.kill()
    os._exit(1)


def work() -> NoReturn:
    """Do the imports, wait for a report, run it and end: the spawned process.

    The first line of standard input says what to import, where to bring the wire, and
    the word to say there; the second is the report's job; each more is an interrupt.
    """
    begin_warm()
    control = os.fdopen(os.dup(0), "rb")  # a report's own standard input is empty
    begin = json.loads(control.readline())
    adopt_orphans()
    app = warm_kernel()
    warm(app, begin["imports"])
    if drawing := sys.modules.get("journeykit.show.chart_drawing"):
        drawing.draw(_FIRST)  # the first chart takes as long as ten others
    asked = b""
    with suppress(OSError):
        end = socket.create_connection((_THIS_MACHINE, begin["port"]))
        end.sendall(begin["word"].encode())
        asked = control.readline()
    if not asked:
        os._exit(0)  # nobody asks for a report any more
    job = json.loads(asked)
    # As ipykernel names the thread that hears of interrupts.
    watching = threading.Thread(target=_watch, args=(control,), name="Control")
    watching.daemon = True
    watching.start()
    warm(app, job["imports"])
    run_report_process(app, _wire(end), job)
