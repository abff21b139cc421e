"""The process of one report: it is set up, runs cells until it is told to stop."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from journeykit.report.engine_wire import Wire

if TYPE_CHECKING:
    from journeykit.report.engine_shell import WireKernelApp

__all__ = [
    "adopt_orphans",
    "end_with_parent",
    "run_report_process",
    "warm_kernel",
]

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def _process_control(option: int, value: int) -> None:
    """Ask Linux for something about this process; other systems have no such thing."""
    if sys.platform != "linux":
        return
    import ctypes

    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def end_with_parent(parent: int) -> None:
    """Let this process be killed when its parent ends, however that ends."""
    _process_control(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of what this process's children leave behind."""
    _process_control(_PR_SET_CHILD_SUBREAPER, 1)


def warm_kernel() -> WireKernelApp:
    """Return a kernel that has everything but a report and a wire.

    It is made before pandas is imported: pandas looks for a kernel at its import to
    choose the width of its tables.
    """
    from journeykit.report.engine_shell import WireKernelApp

    app = WireKernelApp.instance()
    import ipykernel_launcher  # type: ignore[import-untyped]

    arguments = ["-f", "engine.json", "--HistoryManager.hist_file=:memory:"]
    sys.argv[:] = [ipykernel_launcher.__file__, *arguments]
    app.prepare(arguments)
    return app


def _limit_memory(limit_mb: float | None) -> None:
    if not limit_mb or sys.platform == "win32":
        return
    import resource

    used = 0
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmData:"):
                used = int(line.split()[1]) * 1024
    wanted = used + int(limit_mb * 2**20)
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most != resource.RLIM_INFINITY:
        wanted = min(wanted, most)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted, most))


def _set_up(app: WireKernelApp, job: Mapping[str, Any]) -> None:
    os.environ.clear()
    os.environ.update(job["environment"])
    app.kernel.shell.init_environment()
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    if not os.environ.get("MPLBACKEND"):
        os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    os.chdir(job["folder"])
    quiet = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(quiet, descriptor)
    os.close(quiet)
    if "numpy" in sys.modules:
        # Children of one parent would all draw the same numbers.
        sys.modules["numpy"].random.seed()
    _limit_memory(job.get("memory_limit_mb"))


def run_report_process(
    app: WireKernelApp,
    wire: Wire,
    job: Mapping[str, Any],
    drawing: socket.socket | None = None,
) -> NoReturn:
    """Run a report's cells as they come over the wire. Does not return.

    Parameters
    ----------
    app
        The warm kernel.
    wire
        Where cells come from and messages go to.
    job
        ``folder``, ``environment`` and ``memory_limit_mb``.
    drawing
        Whom to ask for drawings; None for nobody.
    """
    code = 1
    try:
        _set_up(app, job)
        if drawing is not None:
            sys.modules["journeykit.show.chart_drawing"].draw_at(drawing)
        app.connect(wire)
        app.serve(wire)
        code = 0
        atexit._run_exitfuncs()
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        # Threads that cells have left running end here.
        os._exit(code)
