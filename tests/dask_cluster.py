"""A Dask cluster of real processes on this machine, of which one can be killed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from distributed import Client

__all__ = ["DaskCluster", "dask_cluster"]

_START_SECONDS = 180  # of a busy machine


@dataclass(frozen=True)
class DaskCluster:
    """A scheduler and its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: tuple[subprocess.Popen[bytes], ...]

    def kill_a_worker(self) -> list[psutil.Process]:
        """Kill a worker that is at work, as if its machine had gone; return its own."""
        busy = next(
            one
            for one in self.workers
            if one.poll() is None and psutil.Process(one.pid).children(recursive=True)
        )
        family = psutil.Process(busy.pid).children(recursive=True)
        busy.kill()
        busy.wait()
        return family


def _start(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *words]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet)


@contextmanager
def dask_cluster(folder: Path, n_workers: int = 2) -> Iterator[DaskCluster]:
    """Start a scheduler and workers of one thread each; end them afterwards."""
    place = folder / "scheduler.json"
    file = ("--scheduler-file", str(place))
    alone = ("--host", "127.0.0.1", "--no-dashboard")
    running = [_start(folder, "scheduler", "--port", "0", *alone, *file)]
    try:
        until = time.monotonic() + _START_SECONDS
        while not place.exists() and time.monotonic() < until:
            time.sleep(0.1)
        address = json.loads(place.read_text())["address"]
        own = ("--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
        running += [
            _start(folder, "worker", address, *alone, *own) for _ in range(n_workers)
        ]
        with Client(address, timeout=_START_SECONDS, set_as_default=False) as client:
            client.wait_for_workers(n_workers, timeout=_START_SECONDS)
        yield DaskCluster(address, running[0], tuple(running[1:]))
    finally:
        for one in reversed(running):
            one.terminate()
        for one in running:
            try:
                one.wait(10)
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait()
