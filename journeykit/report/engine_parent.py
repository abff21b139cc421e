"""The warm parent: a process with the imports done, which forks one child a report.

Three generations, so that nothing a report does reaches another:

- the *parent* imports and forks, and runs nothing of a report;
- a *keeper* for each report, in a session of its own, waits for the report's process,
  watches its memory, ends it when it is told to, and then what that has left behind;
- the report's process runs the cells. When it kills its parent or its parent's group it
  kills its keeper, and so itself.

A pool of workers that run report after report was turned down: memory grows, one
report's monkey patch is the next one's bug.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeykit.report.engine_child import (
    adopt_orphans,
    end_with_parent,
    run_report_process,
    warm_kernel,
)
from journeykit.report.engine_drawing import Drawer
from journeykit.report.engine_imports import begin_warm, warm
from journeykit.report.engine_kernel import import_kernel, run_kernel
from journeykit.report.engine_wire import Wire

if TYPE_CHECKING:
    from journeykit.report.engine_shell import WireKernelApp

__all__ = ["serve"]

_LOOK_SECONDS = 0.1
_IDLE_SECONDS = 1.0
_GRACE_SECONDS = 5.0
_KILLED = -signal.SIGKILL if hasattr(signal, "SIGKILL") else -9


def _children(pid: int) -> list[int]:
    """Return the processes that a process has started, where the system says so."""
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def _family(pid: int) -> list[int]:
    """Return a process and all below it."""
    family = [pid]
    for one in family:
        family += [child for child in _children(one) if child not in family]
    return family


def _resident_mb(pids: Iterable[int]) -> float:
    n_pages = 0
    for pid in pids:
        with suppress(OSError, IndexError):
            n_pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return n_pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _end_orphans(own: int) -> None:
    """Kill what a report has left behind, and what that has started."""
    for _ in range(100):
        orphans = _children(own)
        if not orphans:
            return
        for pid in orphans:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in orphans:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _kill(pid: int) -> None:
    for end in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)


def _signal(pid: int, number: int) -> None:
    """Send a signal once: to the group of a process, or to it alone."""
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def _ended(pid: int) -> int | None:
    """Return how a child ended, below 0 for a signal; None while it runs."""
    done, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if done else None


def _asked(told: Wire) -> Iterator[Mapping[str, Any]]:
    """Return all that is asked for; to kill is the last, and so is a closed wire."""
    asked: Mapping[str, Any] | None = {}
    while asked is not None and asked.get("do") != "kill":
        try:
            asked = told.receive_json(0)
        except EOFError:
            asked = {"do": "kill"}
        if asked is not None:
            yield asked


def _keep(pid: int, told: Wire, memory_limit_mb: float | None) -> None:
    """Wait for a report's process and say over *told* how it ended."""
    told.send_json({"pid": pid})
    watched: list[int] = [told.fileno()]
    handle = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else -1
    if handle >= 0:
        watched.append(handle)
    reason, grace = "", None
    while (code := _ended(pid)) is None:
        pause = _LOOK_SECONDS if memory_limit_mb or handle < 0 else _IDLE_SECONDS
        ready, _, _ = select.select(watched, [], [], pause)
        for asked in _asked(told) if told.fileno() in ready else ():
            if asked["do"] == "kill":
                _kill(pid)
                watched.remove(told.fileno())
            elif asked["do"] == "interrupt":
                os.kill(pid, signal.SIGINT)
            elif asked["do"] == "signal":
                _signal(pid, asked["number"])
            elif asked["do"] == "end":
                grace = time.monotonic() + _GRACE_SECONDS
        if memory_limit_mb and not reason:
            used = _resident_mb(_family(pid))
            if used > memory_limit_mb:
                reason = f"its processes used {used:,.0f} MB of memory"
                _kill(pid)
        if grace is not None and time.monotonic() > grace:
            _kill(pid)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    _end_orphans(os.getpid())
    with suppress(OSError):
        told.send_json({"code": code, "reason": reason})


def _start(
    app: WireKernelApp | None,
    data: Wire,
    told: Wire,
    job: Mapping[str, Any],
    drawing: socket.socket | None,
    own_ends: Iterable[socket.socket],
    streams: Sequence[int],
) -> int:
    """Fork a keeper, which forks the report's process; return the keeper's number."""
    own = os.getpid()
    keeper = os.fork()
    if keeper:
        if drawing is not None:
            drawing.close()
        return keeper
    try:
        end_with_parent(own)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.set_wakeup_fd(-1)
        for end in own_ends:
            end.close()
        os.setsid()
        adopt_orphans()
        keeper = os.getpid()
        child = os.fork()
        if not child:
            end_with_parent(keeper)
            os.setsid()
            told.close()
            if app is None:
                data.close()
                run_kernel(job, streams)
            run_report_process(app, data, job, drawing)
        data.close()
        for stream in streams:
            os.close(stream)
        if drawing is not None:
            drawing.close()
        _keep(child, told, job.get("memory_limit_mb"))
    finally:
        os._exit(0)


def _take(control: socket.socket) -> tuple[Wire, Wire, list[int]] | None:
    """Return the two wires of the next report; None when nobody will ask again.

    With a kernel come the descriptors that it writes its own words to.
    """
    try:
        said, descriptors, _, _ = socket.recv_fds(control, 1, 4)
    except ConnectionError:
        return None
    if not said or len(descriptors) not in {2, 4}:
        return None
    for one in descriptors:
        os.set_inheritable(one, False)
    data, told = (socket.socket(fileno=one) for one in descriptors[:2])
    return Wire(data), Wire(told), descriptors[2:]


def _reap(keepers: set[int], drawer: Drawer) -> None:
    with suppress(ChildProcessError):
        while keepers or drawer.pid:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            keepers.discard(pid)
            drawer.ended(pid)
    for pid in set(_children(os.getpid())) - keepers - {drawer.pid}:
        # Its keeper was killed.
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)


def serve(
    descriptor: int, *, of_kernels: bool = False, imports: Sequence[str] = ()
) -> None:
    """Fork a child for each report that is asked for, until nobody can ask any more.

    Parameters
    ----------
    descriptor
        The socket over which reports are asked for: each time one byte with two
        sockets, the data of the report and word about its process.
    of_kernels
        What is forked are kernels with sockets of their own; then two more
        descriptors come with each, for what they write outside of cells.
    imports
        What is imported before the first is asked for.
    """
    begin_warm()
    caller = os.getppid()
    control = socket.socket(fileno=descriptor)
    control.set_inheritable(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    adopt_orphans()
    app: WireKernelApp | None = None
    if of_kernels:
        import_kernel()
    else:
        app = warm_kernel()
    if imports:
        warm(app, imports)
    woken, wake = socket.socketpair()
    woken.setblocking(False)
    wake.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    keepers: set[int] = set()
    drawer = Drawer()
    while os.getppid() == caller or keepers:
        ready, _, _ = select.select([control, woken], [], [], _IDLE_SECONDS)
        if woken in ready:
            with suppress(BlockingIOError):
                woken.recv(4096)
        _reap(keepers, drawer)
        if control not in ready:
            continue
        wires = _take(control)
        if wires is None:
            break
        data, told, streams = wires
        with suppress(EOFError, OSError, json.JSONDecodeError):
            job = data.receive_json()
            warm(app, job["imports"])
            ends = (control, woken, wake)
            line = drawer.line((*ends, data, told)) if app is not None else None
            keepers.add(_start(app, data, told, job, line, ends, streams))
        data.close()
        told.close()
        for stream in streams:
            os.close(stream)
    while keepers:
        _reap(keepers, drawer)
        time.sleep(0.01)
    drawer.close()
    os._exit(0)  # what a shell does at its end is for the children
