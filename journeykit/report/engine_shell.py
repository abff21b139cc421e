"""ipykernel's own kernel, with a wire in the place of its five sockets.

What a cell shows must be what papermill would have kept. So nothing of a kernel is
written again: this is ipykernel's kernel, shell, display hook and streams, from whose
session every message goes over one wire. A capturing IPython shell of our own was
turned down: input, comms, magics, async cells, interrupts and the order of streams
would all have to be copied, and stay equal with every release.
"""

from __future__ import annotations

import asyncio
import os
import select
import sys
import threading
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from heapq import heappop, heappush
from itertools import count
from types import SimpleNamespace
from typing import Any

from ipykernel import iostream
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.utils import _async_in_context
from IPython.core.application import BaseIPythonApplication
from jupyter_client.session import Session
from tornado import ioloop
from tornado.platform import asyncio as _  # noqa: F401 - else each child imports it
from traitlets import Any as AnyTrait
from traitlets import Type

from journeykit.report.engine_wire import Wire

__all__ = ["OutStream", "WireKernel", "WireKernelApp", "WireSession"]

_CHUNK = 1 << 16


class WireSession(Session):
    """A session that sends every message over a wire, packed as the real one does."""

    wire = AnyTrait()

    def send(
        self,
        stream: Any,
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        ident: Any = None,
        buffers: Any = None,
        track: bool = False,
        header: Any = None,
        metadata: Any = None,
    ) -> Any:
        """Send a message: to the shell channel without a stream, else to iopub."""
        message = (
            msg_or_type
            if isinstance(msg_or_type, dict)
            else self.msg(msg_or_type, content, parent, header, metadata)
        )
        if self.wire is None or os.getpid() != self.pid:
            return message  # what a cell has forked has no say in the report
        channel = b"shell" if stream is None else b"iopub"
        head = {key: message[key] for key in ("header", "parent_header", "metadata")}
        packed = self.pack(message["content"])
        more = [bytes(one) for one in (buffers or message.get("buffers") or [])]
        self.wire.send(channel, self.pack(head), packed, *more)
        return message

    def feed_identities(self, msg_list: Any, copy: bool = True) -> Any:
        """Return no identities: there is one client."""
        return [], msg_list

    def deserialize(
        self, msg_list: Any, content: bool = True, copy: bool = True
    ) -> Any:
        """Return the message, which is read already."""
        return msg_list[0]


class _Later(iostream.IOPubThread):
    """The thread of ipykernel's streams: it does things a little later."""

    def __init__(self) -> None:
        self.io_loop = self  # type: ignore[assignment]
        self._due: list[tuple[float, int, Callable[[], object]]] = []
        self._numbers = count()
        self._changed = threading.Condition()
        self.thread = threading.Thread(target=self._run, name="IOPub", daemon=True)

    def call_later(self, delay: float, function: Callable[[], object]) -> None:
        """Call *function* in *delay* seconds."""
        with self._changed:
            if self.thread.ident is None:
                self.thread.start()
            due = (time.monotonic() + delay, next(self._numbers), function)
            heappush(self._due, due)
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._due or self._due[0][0] > time.monotonic():
                    pause = self._due[0][0] - time.monotonic() if self._due else None
                    self._changed.wait(pause)
                _, _, function = heappop(self._due)
            function()


class OutStream(iostream.OutStream):
    """ipykernel's stream, flushed by who asks for it and without a socket between.

    What programs and libraries write to the descriptor itself is read before what is
    written next and before each flush, so that it is in its cell and in its place.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._flushing = threading.RLock()
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._n_flushes = 0
        super().__init__(*args, **kwargs)

    def write(self, string: str) -> int | None:  # type: ignore[override]
        """Write; a process that a cell has forked writes to the descriptor."""
        if isinstance(string, str) and not self._is_master_process():
            data = string.encode("utf-8", "backslashreplace")
            os.write(1 if self.name == "stdout" else 2, data)
            return len(string)
        if isinstance(string, str) and not string.isascii():
            # Half a sign cannot be sent; in ipykernel it stops the stream for good.
            string = string.encode("utf-8", "backslashreplace").decode()
        self._read_descriptor()
        return super().write(string)

    def _schedule_flush(self) -> None:
        if not self._flush_pending:
            self._flush_pending = True
            due = partial(self._flush_if, self._n_flushes)
            self.pub_thread.call_later(self.flush_interval, due)

    def _flush_if(self, n_flushes: int) -> None:
        """Flush unless that was done meanwhile, as at the end of each cell.

        Else what the next cell writes would come in twice as many pieces.
        """
        if n_flushes == self._n_flushes:
            self._flush()

    def _watch_pipe_fd(self) -> None:
        while self._should_watch and self._fid is not None:
            select.select([self._fid], [], [])
            self._read_descriptor()

    def _read_descriptor(self) -> None:
        if self._fid is None:
            return
        with self._flushing:
            while select.select([self._fid], [], [], 0)[0]:
                data = os.read(self._fid, _CHUNK)
                super().write(self._decoder.decode(data, final=not data))
                if not data:
                    self._should_watch = False
                    return

    def flush(self) -> None:
        """Send what was written."""
        if self._is_master_process():
            self._read_descriptor()
            self._flush()

    def _flush(self) -> None:
        with self._flushing:
            self._n_flushes += 1
            super()._flush()


class _NoDebugger:
    """The debugger of a kernel that nobody can attach to."""

    def __init__(self, *args: Any) -> None:
        pass


class WireKernel(IPythonKernel):
    """ipykernel's kernel without sockets."""

    debugger_class = Type(_NoDebugger)
    _supports_kernel_subshells = False

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Abort nothing: the client sends no cell before it knows of the last."""


class WireKernelApp(IPKernelApp):
    """ipykernel's application in two halves: before the fork and after it."""

    kernel_class = Type(WireKernel)

    def prepare(self, arguments: Sequence[str]) -> None:
        """Do what needs no report: configuration, shell, magics, extensions.

        No thread is started and no socket opened, so that the process can fork.
        """
        self.outstream_class = f"{__name__}.OutStream"
        BaseIPythonApplication.initialize(self, list(arguments))
        self.init_pdb()
        self.session = WireSession(parent=self, key=b"-")  # nothing is signed
        self.configure_tornado_logger()
        self.iopub_socket = SimpleNamespace()
        self.iopub_thread = _Later()
        self.kernel = WireKernel.instance(
            parent=self,
            session=self.session,
            shell_channel_thread=SimpleNamespace(
                parent_thread=threading.current_thread()
            ),
            iopub_socket=self.iopub_socket,
            iopub_thread=self.iopub_thread,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.init_shell()
        self.init_gui_pylab()
        self.init_extensions()

    def connect(self, wire: Wire) -> None:
        """Do what belongs to this process alone: streams, signals, startup code."""
        self.session.wire = wire
        self.session.pid = os.getpid()
        self.iopub_thread = self.kernel.iopub_thread = _Later()
        self.init_io()
        # An ordinary kernel has a thread that looks for its parent: those of cells get
        # the same numbers as there, which stand in what they say when they fail.
        threading.Thread()
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count
        self.kernel._stdout, self.kernel._stderr = sys.stdout, sys.stderr
        self.init_signal()
        self.init_path()
        self.init_code()
        sys.stdout.flush()
        sys.stderr.flush()

    def serve(self, wire: Wire) -> None:
        """Answer messages until the wire ends or the kernel is told to stop."""
        kernel, pid = self.kernel, os.getpid()
        loop = asyncio.SelectorEventLoop()  # Windows' own cannot wait for a wire
        asyncio.set_event_loop(loop)

        async def handle(message: Mapping[str, Any]) -> None:
            try:
                await kernel.shell_main(None, [message, None])
            finally:
                if os.getpid() != pid:
                    os._exit(0)  # a cell has forked and its child came to the end

        in_context = _async_in_context(handle)
        running = set()

        def read() -> None:
            try:
                parts = wire.receive()
            except EOFError:
                loop.stop()
                return
            assert parts is not None
            message = kernel.session.unpack(parts[0])
            message["buffers"] = [memoryview(part) for part in parts[1:]]
            if message["header"]["msg_type"] == "shutdown_request":
                loop.stop()
                return
            task = loop.create_task(in_context(message))
            running.add(task)
            task.add_done_callback(running.discard)

        async def start() -> None:
            kernel.io_loop = ioloop.IOLoop.current()
            kernel.shell.exit_now = False
            kernel._control_lock = asyncio.Lock()
            loop.add_reader(wire.fileno(), read)

        loop.run_until_complete(start())
        loop.run_forever()
