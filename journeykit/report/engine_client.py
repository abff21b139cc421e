"""nbclient's own client, with a wire in the place of a kernel's sockets.

What a message does to a cell (streams, display updates, cleared output, widgets, errors
and time limits) is nbclient's own code and papermill's, so that the notebook is the
same as theirs. Only the way of the messages is another.
"""

from __future__ import annotations

import asyncio
import json
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty
from typing import Any

import nbformat
from jupyter_client.client import KernelClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient

from journeykit.report.engine_wire import Wire

__all__ = ["Limits", "Line", "ReportClient", "ReportLimitError"]

_TICK_SECONDS = 0.05
_DRAIN_SECONDS = 2.0
_LONGEST_WAIT_SECONDS = 8.0
_SAVE_SECONDS = 1.0


class ReportLimitError(RuntimeError):
    """A report ran longer, took more memory or wrote more than it may."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a report may take.

    Parameters
    ----------
    seconds
        Longest time of the whole notebook; None for no limit.
    memory_mb
        Most memory of its processes in MB, warm imports included; None for no limit.
    output_mb
        Most output in MB; None for no limit.
    """

    seconds: float | None = None
    memory_mb: float | None = None
    output_mb: float | None = None


class Line:
    """The two wires to one report's process.

    Parameters
    ----------
    data
        Messages of the kernel.
    told
        Word about the process: its number, then how it ended.
    limits
        What the report may take.
    """

    def __init__(self, data: Wire, told: Wire, limits: Limits) -> None:
        self.data, self.told, self.limits = data, told, limits
        self.waiting: dict[str, deque[dict[str, Any]]] = {
            "shell": deque(),
            "iopub": deque(),
        }
        self.failure: Exception | None = None
        self.is_closed = False
        self.pid: int | None = None
        self.on_idle: Callable[[], None] = lambda: None
        self._started = time.monotonic()
        self._end: Mapping[str, Any] | None = None

    def _hear(self, timeout: float) -> None:
        """Take in what is told about the process."""
        if self._end is None:
            try:
                word = self.told.receive_json(timeout)
            except (EOFError, OSError):
                word = {"code": None, "reason": ""}
            if word is not None:
                self.pid = word.get("pid", self.pid)
                self._end = word if "code" in word else None

    def wait_for_start(self, seconds: float) -> None:
        """Wait until the process is there; its time counts from then.

        Raises
        ------
        RuntimeError
            If it did not start in that time.
        """
        until = time.monotonic() + seconds
        while self.pid is None and self._end is None and time.monotonic() < until:
            self._hear(0.5)
        if self.pid is None:
            self.close(is_orderly=False)
            raise RuntimeError("the process of a report did not start")
        self._started = time.monotonic()

    def _death(self) -> Exception:
        until = time.monotonic() + 1
        while self._end is None and time.monotonic() < until:
            self._hear(0.1)
        end = self._end or {}
        if end.get("reason"):
            return ReportLimitError(end["reason"])
        code = end.get("code")
        if code is None:
            how = "was ended together with its parent"
        elif code < 0:
            how = f"was ended by {signal.Signals(-code).name}"
        else:
            how = f"ended itself with exit code {code}"
        return DeadKernelError(f"Kernel died: the report's process {how}")

    def _over_limit(self) -> Exception | None:
        most, n_mb = self.limits.output_mb, self.data.n_received / 2**20
        if most is not None and n_mb > most:
            return ReportLimitError(f"it wrote more than {most:g} MB of output")
        most = self.limits.seconds
        if most is not None and time.monotonic() - self._started > most:
            return ReportLimitError(f"it ran longer than {most:g} seconds")
        return None

    def pump(self, timeout: float) -> bool:
        """Take in one message; say whether there was one."""
        if self.failure is not None:
            return False
        self.failure = self._over_limit()
        try:
            parts = None if self.failure else self.data.receive(timeout)
        except (EOFError, OSError):
            self.failure = self._death()
            return False
        if parts is None:
            self.on_idle()
            if self._end is None:
                self._hear(0)
            elif self.failure is None:
                # Somebody that a cell has started still holds the wire.
                self.failure = self._death()
            return False
        message = json.loads(parts[1])
        message["msg_id"] = message["header"]["msg_id"]
        message["msg_type"] = message["header"]["msg_type"]
        message["content"] = json.loads(parts[2].decode("utf-8", "replace"))
        message["buffers"] = [memoryview(part) for part in parts[3:]]
        self.waiting[parts[0].decode()].append(message)
        return True

    def interrupt(self) -> None:
        """Interrupt the running cell, as a kernel is interrupted."""
        with suppress(OSError):
            self.told.send_json({"do": "interrupt"})

    def close(self, *, is_orderly: bool) -> None:
        """End the process, and wait until it and what it left behind are gone."""
        if not self.is_closed:
            self.is_closed = True
            if is_orderly and self.failure is None:
                with suppress(OSError):
                    self.told.send_json({"do": "end"})
            else:
                with suppress(OSError):
                    self.told.send_json({"do": "kill"})
            self.data.close()
            until = time.monotonic() + _LONGEST_WAIT_SECONDS
            while self._end is None and time.monotonic() < until:
                self._hear(0.5)
            self.told.close()


class _Channel:
    """What nbclient takes for a channel of a kernel client."""

    def __init__(self, line: Line, name: str) -> None:
        self._line, self._name, self._yielded = line, name, 0.0

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Return the next message of this channel."""
        line, until = (
            self._line,
            None if timeout is None else time.monotonic() + timeout,
        )
        patience = 0.0
        while not line.waiting[self._name]:
            if line.is_closed:
                # A task that nbclient has left behind.
                raise asyncio.CancelledError
            left = _TICK_SECONDS if until is None else until - time.monotonic()
            if line.pump(max(0.0, min(_TICK_SECONDS, left))):
                if line.waiting["iopub"]:
                    # What is shown is put into its cell as it comes: nbclient gives
                    # what is left of it four seconds once the reply is there.
                    await asyncio.sleep(0)
                continue
            if line.failure is not None and self._name == "shell":
                patience = patience or time.monotonic() + _DRAIN_SECONDS
                # First what the cell has shown is taken in, if somebody does that.
                if not line.waiting["iopub"] or time.monotonic() > patience:
                    raise line.failure
            if until is not None and time.monotonic() >= until:
                raise Empty
            await asyncio.sleep(0 if line.failure is None else _TICK_SECONDS)
        if time.monotonic() - self._yielded > _TICK_SECONDS:
            # A cell that never stops writing must not keep its time limit away.
            await asyncio.sleep(0)
            self._yielded = time.monotonic()
        return line.waiting[self._name].popleft()

    def send(self, message: Mapping[str, Any]) -> None:
        """Send a message to the kernel."""
        keys = ("header", "parent_header", "metadata", "content")
        packed = json.dumps({key: message[key] for key in keys}, default=str)
        parts = [bytes(one) for one in message.get("buffers") or ()]
        with suppress(OSError):  # the answer says that it is gone
            self._line.data.send(packed.encode(), *parts)


class _LineClient(KernelClient):
    """A kernel client over a line."""

    allow_stdin = False

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line
        self._channels = {name: _Channel(line, name) for name in ("shell", "iopub")}

    @property
    def shell_channel(self) -> Any:
        """Requests and replies."""
        return self._channels["shell"]

    @property
    def iopub_channel(self) -> Any:
        """What the kernel shows."""
        return self._channels["iopub"]

    async def is_alive(self) -> bool:
        """Say whether the process runs; what becomes of it the line says itself."""
        if self.line.is_closed:
            raise asyncio.CancelledError
        return True


class _LineManager:
    """What nbclient takes for a kernel manager."""

    def __init__(self, line: Line) -> None:
        self.line, self.has_kernel = line, True

    def interrupt_kernel(self) -> None:
        """Interrupt the running cell."""
        self.line.interrupt()


class ReportClient(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client of one notebook, over the wires of a report's process."""

    def __init__(self, nb_man: Any, line: Line, **kwargs: Any) -> None:
        super().__init__(nb_man, km=_LineManager(line), **kwargs)
        self.line = line
        self.kc = _LineClient(line)
        self._loop: asyncio.AbstractEventLoop | None = None

    @contextmanager
    def setup_kernel(self, **kwargs: Any) -> Iterator[None]:
        """Use the process that is there already, and end it afterwards."""
        is_orderly = False
        try:
            yield
            is_orderly = self.shutdown_kernel == "graceful"
        finally:
            self.line.close(is_orderly=is_orderly)

    def execute_cell(self, *args: Any, **kwargs: Any) -> Any:
        """Run one cell; from a running loop as nbclient does it."""
        if self._loop is None:
            return super().execute_cell(*args, **kwargs)
        return self._loop.run_until_complete(self.async_execute_cell(*args, **kwargs))

    def wait_for_reply(self, *args: Any, **kwargs: Any) -> Any:
        """Wait for a reply; from a running loop as nbclient does it."""
        if self._loop is None:
            return super().wait_for_reply(*args, **kwargs)
        return self._loop.run_until_complete(self.async_wait_for_reply(*args, **kwargs))

    def papermill_execute_cells(self) -> None:
        """Run the cells; one that does not come to an end is marked as failed, too."""
        for place, cell in enumerate(self.nb.cells):
            self.nb_man.cell_start(cell, place)
            failure: Exception | None = None
            try:
                self.execute_cell(cell, place)
            except CellExecutionError as error:
                failure = error
            except (DeadKernelError, CellTimeoutError, ReportLimitError) as error:
                failure = error
                lines = str(error).strip().splitlines()
                name = type(error).__name__
                said: dict[str, Any] = {"ename": name, "evalue": lines[0]}
                said |= {"traceback": [f"{name}: {lines[0]}"]}
                cell.outputs.append(
                    nbformat.from_dict({"output_type": "error", **said})  # type: ignore[no-untyped-call]
                )
                self.line.failure = failure
            finally:
                if failure is not None:
                    self.nb_man.cell_exception(
                        cell, cell_index=place, exception=failure
                    )
                self.nb_man.cell_complete(cell, cell_index=place)
            if failure is not None:
                break

    @contextmanager
    def _saving_less(self) -> Iterator[None]:
        """Save at most once a second; papermill saves before and after each cell."""
        manager, save = self.nb_man, self.nb_man.save
        last, is_due = time.monotonic(), False

        def save_later(**_kwargs: Any) -> None:
            nonlocal is_due
            is_due = True
            save_now()

        def save_now() -> None:
            nonlocal is_due, last
            if is_due and time.monotonic() - last > _SAVE_SECONDS:
                is_due = False
                save()
                last = time.monotonic()

        manager.save, self.line.on_idle = save_later, save_now
        try:
            yield
        finally:
            del manager.save
            self.line.on_idle = lambda: None

    def execute(self, **kwargs: Any) -> Any:
        """Run the notebook and return it."""
        if asyncio._get_running_loop() is not None:
            return self._execute(**kwargs)
        self._loop = asyncio.new_event_loop()
        try:
            return self._execute(**kwargs)
        finally:
            left = asyncio.all_tasks(self._loop)
            for task in left:
                task.cancel()
            if left:
                done, _ = self._loop.run_until_complete(asyncio.wait(left))
                # Asked for, or asyncio would tell of them at the terminal.
                for task in done:
                    if not task.cancelled():
                        task.exception()
            self._loop.close()

    def _execute(self, **kwargs: Any) -> Any:
        try:
            with self._saving_less():
                return super().execute(**kwargs)
        except (DeadKernelError, CellTimeoutError, ReportLimitError):
            # After the last cell, when the cells are marked already.
            return self.nb
