"""Real kernels forked from a warm process, for whatever starts kernels in Jupyter.

Where a notebook needs a kernel with sockets (widgets, comms, a second client), the
engine of reports cannot help. This provisioner can: nbclient, papermill's own engine,
nbconvert and JupyterLab start their kernels as ever, and each comes as a fork of a
process that has ipykernel and the large imports done. Either for all kernels that name
no provisioner of their own, with nothing installed::

    JUPYTER_DEFAULT_PROVISIONER_NAME=journeykit-fork-provisioner jupyter lab

or for one kernel, in the ``metadata`` of its ``kernel.json``::

    {"kernel_provisioner": {"provisioner_name": "journeykit-fork-provisioner",
                            "config": {"imports": ["pandas"]}}}

A kernelspec that comes with the package was turned down: it would stand in everybody's
launcher, and notebooks would name a kernel that others have not.

Kernels of other languages, environments and start commands, and systems without fork,
get an ordinary kernel, with a line in the log. Two things are other than in an ordinary
kernel: what a kernel has started ends with it, and arithmetic has one thread, unless
``OMP_NUM_THREADS`` and the like say another number.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import signal
import socket
import sys
import threading
import time
import weakref
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode

from journeykit.report.engine_server import WarmParent, settings_at_start
from journeykit.report.engine_wire import Wire, wire_pair

__all__ = ["ForkProvisioner", "ForkedKernel"]

_START_SECONDS = 60.0
_LOOK_SECONDS = 0.01
_KNOWN = {"cwd", "env", "stdout", "stderr", "kernel_id", "extra_arguments"}
_IMPORTS = [
    *("numpy", "pandas", "altair", "matplotlib.pyplot"),
    *("journeykit.show.step", "journeykit.workplace"),  # what the workbook begins with
]

_lock = threading.Lock()
_parents: dict[frozenset[tuple[str, str]], WarmParent] = {}
_kernels: weakref.WeakSet[ForkedKernel] = weakref.WeakSet()


class ForkedKernel:
    """A kernel's process, to be handled as :class:`subprocess.Popen` is.

    Parameters
    ----------
    told
        The wire to its keeper, which ends it when this end is closed.
    """

    stdin = stdout = stderr = None

    def __init__(self, told: Wire) -> None:
        self.pid: int | None = None
        self.returncode: int | None = None
        self._told, self._hearing = told, threading.Lock()
        _kernels.add(self)

    def _hear(self, timeout: float) -> None:
        with self._hearing:
            if self.returncode is not None:
                return
            try:
                word = self._told.receive_json(timeout)
            except (EOFError, OSError):
                word = {"code": -signal.SIGKILL}  # with its keeper
            if word is not None:
                self.pid = word.get("pid", self.pid)
                self.returncode = word.get("code")
            if self.returncode is not None:
                self._told.close()

    def wait_for_start(self, seconds: float) -> None:
        """Wait until the process is there.

        Raises
        ------
        RuntimeError
            If it did not start in that time.
        """
        self._hear(seconds)
        if self.pid is None:
            self.close()
            raise RuntimeError("the warm process gave no kernel")

    def poll(self) -> int | None:
        """Return how the process ended; None while it runs."""
        self._hear(0)
        return self.returncode

    def wait(self) -> int:
        """Wait for the end of the process, and return how it ended."""
        while self.returncode is None:
            self._hear(1)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Let its keeper send a signal to the process and what it has started."""
        if self.poll() is None:
            with suppress(OSError):
                self._told.send_json({"do": "signal", "number": int(number)})

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Let go of it: its keeper ends it."""
        self._told.close()
        if self.returncode is None:
            self.returncode = -signal.SIGKILL


def _parent(settings: dict[str, str]) -> WarmParent:
    key = frozenset(settings.items())
    parent = _parents.get(key)
    if parent is not None and not parent.is_usable(settings):
        parent.close()
        parent = None
    if parent is None:
        parent = _parents[key] = WarmParent(settings, of_kernels=True)
    return parent


def _close() -> None:
    for kernel in list(_kernels):
        kernel.close()
    for parent in _parents.values():
        parent.close()
    _parents.clear()


atexit.register(_close)


def _start(job: Mapping[str, Any], streams: Sequence[int]) -> ForkedKernel:
    """Return a new kernel's process.

    Raises
    ------
    RuntimeError
        If there is none.
    """
    data, data_end = wire_pair()
    told, told_end = wire_pair()
    kernel = ForkedKernel(told)
    with data_end, told_end:
        for _ in range(2):
            try:
                with _lock:
                    parent = _parent(settings_at_start(job["environment"]))
                    ends = [data_end.fileno(), told_end.fileno(), *streams]
                    parent.ask(ends)
                break
            except OSError:
                time.sleep(0.05)  # killed since the last kernel
        else:
            kernel.close()
            raise RuntimeError("the warm process for kernels cannot be started")
    with suppress(OSError):
        data.send_json(job)
    kernel.wait_for_start(_START_SECONDS)
    data.close()
    return kernel


class ForkProvisioner(LocalProvisioner):
    """jupyter_client's provisioner of the name ``journeykit-fork-provisioner``."""

    imports = List(
        Unicode(),
        default_value=_IMPORTS,
        help="Modules to have imported before the fork; they must start no thread.",
    ).tag(config=True)

    def _beyond(self, cmd: Sequence[str], options: Mapping[str, Any]) -> str:
        """Return why a kernel cannot be a fork; nothing if it can."""
        if not hasattr(os, "fork") or not hasattr(socket, "send_fds"):
            return "this system cannot fork"
        if list(cmd[1:3]) != ["-m", "ipykernel_launcher"]:
            return "it is started in its own way"
        if Path(cmd[0]) != Path(sys.executable):
            return "it is another Python"
        for name in sorted(set(options) - _KNOWN):
            if options[name]:
                return f"{name} asks for a process of its own"
        for name in ("stdout", "stderr"):
            if options.get(name) is not None and not hasattr(options[name], "fileno"):
                return f"{name} asks for a process of its own"
        return ""

    async def launch_kernel(
        self, cmd: list[str], **kwargs: Any
    ) -> KernelConnectionInfo:
        """Start a kernel: a fork where it can be one, else an ordinary process."""
        why = self._beyond(cmd, kwargs)
        if not why:
            try:
                await self._fork(cmd[3:], kwargs)
            except (RuntimeError, OSError) as error:
                why = str(error)
            else:
                return self.connection_info
        self.log.info("An ordinary kernel is started: %s", why)
        return await super().launch_kernel(cmd, **kwargs)

    async def _fork(self, arguments: Sequence[str], options: Mapping[str, Any]) -> None:
        folder = options.get("cwd") or Path.cwd()
        job = {
            "imports": list(self.imports),
            "folder": str(folder),
            "environment": dict(options.get("env") or os.environ),
            "arguments": list(arguments),
        }
        quiet = os.open(os.devnull, os.O_WRONLY)
        try:
            streams = [
                _descriptor(options.get(name), number, quiet)
                for number, name in enumerate(("stdout", "stderr"), start=1)
            ]
            # The first one waits for the imports, and a server has others to answer.
            process = await asyncio.to_thread(_start, job, streams)
        finally:
            os.close(quiet)
        # Its signals go by its keeper, which knows whether the number is still its own.
        self.process: Any = process
        self.pid, self.pgid = process.pid, None
        self.cwd = folder


def _descriptor(stream: Any, number: int, quiet: int) -> int:
    """Return where a kernel writes to, as a process of its own would."""
    with suppress(OSError, ValueError):
        number = stream.fileno() if stream is not None else number
        os.fstat(number)
        return number
    return quiet
